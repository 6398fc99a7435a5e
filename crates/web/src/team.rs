//! Who works here: what they do, in which team, and the link by which each comes in.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use inroad_model::{EmailAddress, Member, MemberRole, TeamName};
use inroad_service::{Error, KeptMember, Right, now};
use maud::{Markup, html};

use crate::access::{CameFrom, Door};
use crate::deeds;
use crate::forms::{Fields, OurForm, all, hidden, one};
use crate::frame::Place;
use crate::parts;
use crate::rights::As;
use crate::server::{App, failed, not_found};
use crate::sign_in;
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/team", get(look).post(put))
        .route("/team/{email}", get(one_member))
        .route("/team/{email}/leave", post(leave))
        .route("/team/{email}/link", post(link))
        .route("/team/{email}/sign-out", post(shut_out))
}

async fn look(State(app): State<App>, visit: Visit) -> Response {
    let found = async {
        visit.actor.must(Right::Members)?;
        app.inroad.members().await
    };
    match found.await {
        Ok(members) => visit.page("Team", Place::Team, &page(&members, &visit)).into_response(),
        Err(error) => failed(&error),
    }
}

fn page(members: &[KeptMember], visit: &Visit) -> Markup {
    let here: Vec<&KeptMember> = members.iter().filter(|kept| kept.left_at.is_none()).collect();
    html! {
        h1 { "Team" }
        p.lead { "Who works with you: they see leads and what is shared about selling, and never your mailbox." }
        @if here.is_empty() {
            p { "Nobody else yet. Alone, you do whatever is done here: find leads, take them on, answer for them." }
        } @else {
            div.scroll { table {
                thead { tr { th scope="col" { "Who" } th scope="col" { "What they do" } th scope="col" { "Team" } th scope="col" { "Link" } } }
                tbody { @for kept in here { (row(kept)) } }
            } }
        }
        section.setting {
            h2 { "Name somebody" }
            (form(None, visit))
        }
        p { a href="/team/letters" { "How long letters are kept" } }
    }
}

fn row(kept: &KeptMember) -> Markup {
    let member = &kept.member;
    html! {
        tr {
            th scope="row" { a href=(address(member.email())) { (member.name()) } br; small.quiet { (member.email()) } }
            td { (in_words(member)) }
            td { @match member.team() { Some(team) => (team), None => span.quiet { "none" } } }
            td { @if kept.has_link { "made" } @else { span.quiet { "none yet" } } }
        }
    }
}

fn in_words(member: &Member) -> String {
    member.roles().iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ")
}

fn address(email: &EmailAddress) -> String {
    format!("/team/{}", parts::escape(email.as_str()))
}

/// What is asked of somebody; of who is there already, what is so now.
fn form(member: Option<&Member>, visit: &Visit) -> Markup {
    html! {
        form method="post" action="/team" {
            (hidden(&visit.form_key, "/team"))
            @match member {
                Some(member) => input type="hidden" name="email" value=(member.email());,
                None => {
                    label for="email" { "Mail address" }
                    input type="email" name="email" id="email" required autocomplete="off" maxlength="254";
                }
            }
            label for="name" { "Name" }
            input type="text" name="name" id="name" autocomplete="off" maxlength="60" value=(member.map_or("", Member::name));
            fieldset {
                legend { "What they do" }
                @for role in MemberRole::ALL {
                    label.choice { input type="checkbox" name="role" value=(role.as_str()) checked[member.is_some_and(|member| member.is(role))]; " " (role.as_str()) ": " (role.in_words()) }
                }
            }
            label for="team" { "Team; of an outside provider, the firm" }
            input type="text" name="team" id="team" autocomplete="off" maxlength="60" value=(member.and_then(Member::team).map_or("", TeamName::as_str));
            p.quiet { small { "A manager without a team answers for all of them." } }
            div.row { button type="submit" { "Keep" } }
        }
    }
}

/// The member of an address who works here.
async fn working(app: &App, email: &str) -> Result<Member, Error> {
    let members = app.inroad.members().await?.into_iter();
    let mut here = members.filter(|kept| kept.left_at.is_none()).map(|kept| kept.member);
    let found = here.find(|member| member.email().as_str() == email);
    found.ok_or_else(|| Error::NotFound { what: format!("{email} does not work here") })
}

async fn one_member(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Path(email): Path<String>,
    visit: Visit,
) -> Response {
    let found = async {
        visit.actor.must(Right::Members)?;
        working(&app, &email).await
    };
    match found.await {
        Ok(member) => {
            let at = address(member.email());
            let body = html! {
                p { a href="/team" { "← Team" } }
                h1 { (member.name()) }
                p.lead { (member.email()) }
                section.setting { h2 { "What they do" } (form(Some(&member), &visit)) }
                section.setting {
                    h2 { "Their link" }
                    @if door.is_network() {
                        p { "By it they set up how they sign in. It works once, for seven days; a former link, and how they signed in before, lead nowhere from then on." }
                    } @else {
                        p { "It opens the pages that are theirs, on this machine, until you make another one. A former link leads nowhere from then on." }
                    }
                    form method="post" action={ (at) "/link" } { (hidden(&visit.form_key, &at)) button type="submit" { "Make a link" } }
                }
                @if door.is_network() {
                    section.setting {
                        h2 { "Signing out" }
                        p { "Wherever they are signed in, they have to sign in again; tokens of their programs open nothing from then on." }
                        form method="post" action={ (at) "/sign-out" } { (hidden(&visit.form_key, &at)) button type="submit" { "Sign them out everywhere" } }
                    }
                }
                section.setting {
                    h2 { "Leaving" }
                    p { "What they did stays under their name. Their link leads nowhere from then on." }
                    form method="post" action={ (at) "/leave" } { (hidden(&visit.form_key, "/team")) button type="submit" { "They work here no more" } }
                }
            };
            visit.page(member.name(), Place::Team, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn put(State(app): State<App>, As(actor): As, OurForm(fields): OurForm) -> Response {
    let done = async { app.inroad.put_member(&actor, member(&fields)?, app.as_of()).await };
    match done.await {
        Ok(done) => deeds::back("/team", Some(done.deed)),
        Err(error) => failed(&error),
    }
}

/// Who a form names.
fn member(fields: &Fields) -> Result<Member, Error> {
    let invalid = |what: String| Error::Invalid { what };
    let typed = one(fields, "email");
    let email = typed.parse::<EmailAddress>().map_err(|_fault| {
        invalid(format!("'{typed}' is no mail address; write it as name@firm.example"))
    })?;
    let team = match one(fields, "team") {
        "" => None,
        name => Some(TeamName::new(name).map_err(|why| invalid(why.to_string()))?),
    };
    let roles = all(fields, "role").filter_map(MemberRole::from_name);
    Member::new(email, one(fields, "name"), roles, team).map_err(|why| invalid(why.to_string()))
}

async fn leave(
    State(app): State<App>,
    Path(email): Path<String>,
    As(actor): As,
    OurForm(_): OurForm,
) -> Response {
    let Ok(email) = email.parse::<EmailAddress>() else {
        return not_found("Nobody of that address works here.");
    };
    match app.inroad.member_leaves(&actor, &email, app.as_of()).await {
        Ok(done) => deeds::back("/team", Some(done.deed)),
        Err(error) => failed(&error),
    }
}

/// A mail address in an address of ours.
fn addressed(email: &str) -> Result<EmailAddress, Error> {
    email
        .parse()
        .map_err(|_odd| Error::NotFound { what: "Nobody of that address works here".to_owned() })
}

async fn shut_out(
    State(app): State<App>,
    Path(email): Path<String>,
    As(actor): As,
    from: CameFrom,
    OurForm(_): OurForm,
) -> Response {
    let done = async {
        let email = addressed(&email)?;
        app.inroad.shut_out(&actor, &email, &from.caller, now()).await?;
        Ok(email)
    };
    match done.await {
        Ok(email) => deeds::back(&address(&email), None),
        Err(error) => failed(&error),
    }
}

async fn link(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Path(email): Path<String>,
    from: CameFrom,
    visit: Visit,
    OurForm(_): OurForm,
) -> Response {
    let made = async {
        let email = addressed(&email)?;
        if door.is_network() {
            let token = app.inroad.invite(&visit.actor, &email, &from.caller, now()).await?;
            return Ok((sign_in::link(&app.address, &token), "It works once, for seven days."));
        }
        let done = app.inroad.renew_member_key(&visit.actor, &email, app.as_of()).await?;
        let link = format!("{}/?key={}", app.address, done.what);
        Ok((link, "It works on this machine while inroad serves its pages here."))
    };
    match made.await {
        Ok((link, works)) => {
            let body = html! {
                p { a href="/team" { "← Team" } }
                h1 { "A link for " (email) }
                p.lead { "It is shown this once. Give it to nobody else: whoever holds it is taken for them." }
                p { code.address { (link) } }
                p.quiet { (works) }
            };
            visit.page("A link", Place::Team, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
