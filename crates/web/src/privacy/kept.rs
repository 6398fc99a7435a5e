//! How long letters are kept: the rule, what another one would take, and setting it. For whose data it is, and for
//! administrators: it tells numbers and no letter.
//!
//! Must not: take anything but by a form that was shown what goes.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use inroad_service::{Error, Retention, RetentionLook, Right, Stop};
use maud::{Markup, html};

use super::list::in_words;
use crate::deeds;
use crate::forms::{Fields, OurForm, hidden_key, one};
use crate::frame::Place;
use crate::rights::As;
use crate::server::{App, failed};
use crate::visit::Visit;

/// The address of the page.
pub(super) const KEPT: &str = "/team/letters";

pub(super) async fn show(State(app): State<App>, As(actor): As, visit: Visit) -> Response {
    let found = async {
        actor.must(Right::Retention)?;
        app.inroad.retention().await
    };
    match found.await {
        Ok(rule) => visit.page(TITLE, Place::Team, &page(rule, None, None, &visit)).into_response(),
        Err(error) => failed(&error),
    }
}

const TITLE: &str = "How long letters are kept";

/// What a form wishes.
fn wish(fields: &Fields) -> Result<(u16, Retention), Error> {
    let typed = one(fields, "months");
    let months = typed.parse().map_err(|_odd| Error::Invalid {
        what: format!("'{typed}' is no number of months; write it as 36"),
    })?;
    let daily = one(fields, "daily") == "yes";
    Ok((months, Retention { letters_months: Some(months), daily }))
}

/// What a rule would take; nothing is changed.
pub(super) async fn look(
    State(app): State<App>,
    As(actor): As,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    if let Err(error) = actor.must(Right::Retention) {
        return failed(&error);
    }
    let rule = match app.inroad.retention().await {
        Ok(rule) => rule,
        Err(error) => return failed(&error),
    };
    let seen = async {
        let (months, wish) = wish(&fields)?;
        Ok::<_, Error>((wish, app.inroad.what_retention_takes(months, app.as_of()).await?))
    };
    match seen.await {
        Ok(seen) => {
            visit.page(TITLE, Place::Team, &page(rule, Some(seen), None, &visit)).into_response()
        }
        Err(error) => {
            let body = page(rule, None, Some(&error), &visit);
            (failed(&error).status(), visit.page(TITLE, Place::Team, &body)).into_response()
        }
    }
}

/// Sets the rule and does it, once somebody saw what goes and said that they are sure.
pub(super) async fn set(
    State(app): State<App>,
    As(actor): As,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    let at = app.as_of();
    let checked = async {
        actor.must(Right::Retention)?;
        let (months, wish) = wish(&fields)?;
        Ok::<_, Error>((wish, app.inroad.what_retention_takes(months, at).await?))
    };
    let (wish, look) = match checked.await {
        Ok(checked) => checked,
        Err(error) => return failed(&error),
    };
    // More may have grown old, or a deal been closed, since the number was shown.
    if one(&fields, "goes") != look.letters.to_string() {
        let rule = app.inroad.retention().await.unwrap_or_default();
        let why =
            Error::Conflict { what: "Another number goes by now; look at it again".to_owned() };
        let body = page(rule, Some((wish, look)), Some(&why), &visit);
        return (StatusCode::CONFLICT, visit.page(TITLE, Place::Team, &body)).into_response();
    }
    if let Err(error) = app.inroad.set_retention(wish).await {
        return failed(&error);
    }
    let inroad = app.inroad.clone();
    // It goes on when the page is closed.
    let done = tokio::spawn(async move { inroad.keep_no_longer(&Stop::default(), at).await });
    match done.await {
        Ok(Ok(report)) => {
            app.desk.changed(None).await;
            deeds::back(KEPT, report.deed)
        }
        Ok(Err(error)) => failed(&error),
        Err(broken) => failed(&Error::Internal { what: broken.to_string() }),
    }
}

/// Nothing goes by itself from now on.
pub(super) async fn off(State(app): State<App>, As(actor): As, OurForm(_): OurForm) -> Response {
    let done = async {
        actor.must(Right::Retention)?;
        app.inroad.set_retention(Retention::default()).await
    };
    match done.await {
        Ok(()) => deeds::back(KEPT, None),
        Err(error) => failed(&error),
    }
}

fn page(
    rule: Retention,
    seen: Option<(Retention, RetentionLook)>,
    wrong: Option<&Error>,
    visit: &Visit,
) -> Markup {
    let asked = seen.map_or(rule, |(wish, _)| wish);
    let months = asked.letters_months.map(|months| months.to_string());
    html! {
        h1 { (TITLE) }
        p.lead { (in_words(rule)) }
        @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) "." } }
        div.ways {
            @if let Some((wish, look)) = seen { (confirm(wish, look, visit)) }
            form.box method="post" action={ (KEPT) "/look" } {
                (hidden_key(&visit.form_key))
                h2 { @if seen.is_some() { "Another rule" } @else { "A rule" } }
                p.quiet {
                    "Letters that are older go with all that was read of them. Those stay that somebody of an open deal, or of a firm with one, wrote or got, and what you wrote down yourself. Whoever asked for no more mail in a letter that goes is left alone as before."
                }
                label for="months" { "Keep letters for so many months" }
                input type="text" inputmode="numeric" name="months" id="months" value=[months] required;
                label.choice { input type="checkbox" name="daily" value="yes" checked[asked.daily]; " See to it every day" }
                button type="submit" { "See what would go" }
            }
        }
        @if rule.letters_months.is_some() {
            form method="post" action={ (KEPT) "/off" } {
                (hidden_key(&visit.form_key))
                button type="submit" { "Keep them for good" }
            }
        }
    }
}

/// What goes, to be confirmed.
fn confirm(wish: Retention, look: RetentionLook, visit: &Visit) -> Markup {
    let before = look.before.strftime("%-d %B %Y").to_string();
    html! {
        form.box method="post" action=(KEPT) {
            (hidden_key(&visit.form_key))
            h2 { "What would go" }
            p {
                @match look.letters {
                    0 => { "No letter of before " (before) " goes now" }
                    1 => { "1 letter of before " (before) " goes" }
                    many => { (many) " letters of before " (before) " go" }
                }
                @if look.kept_for_deals > 0 { "; " (look.kept_for_deals) " stay, since a deal is open" }
                ". It cannot be undone, and backups are yours to remove."
            }
            input type="hidden" name="months" value=(wish.letters_months.unwrap_or_default());
            input type="hidden" name="daily" value=(if wish.daily { "yes" } else { "" });
            input type="hidden" name="goes" value=(look.letters);
            div.row {
                button.main type="submit" { "Set this rule, and let them go" }
                a.act href=(KEPT) { "Leave it as it is" }
            }
        }
    }
}
