//! Deals that their seller shows others who work here, and the part of a deal's own page that says who sees it.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::{DealId, Entry, FactKind, SharedWith, Subject, TeamName};
use inroad_service::{
    Actor, DealShare, Error, Right, SharedDeal, SharedDealWhole, SharedTouch, SharedWay,
};
use maud::{Markup, html};

use crate::deeds;
use crate::forms::{Fields, OurForm, hidden, one};
use crate::frame::Place;
use crate::parts;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/shared", get(list))
        .route("/shared/{id}", get(deal))
        .route("/deals/{id}/share", post(share))
}

async fn list(State(app): State<App>, visit: Visit) -> Response {
    let found = async {
        visit.actor.must(Right::Inside)?;
        let morning = app.desk.morning().await?;
        app.inroad.shared_with(&visit.actor, &morning)
    };
    match found.await {
        Ok(deals) => {
            let body = list_page(&deals, &visit.actor);
            visit.page("Shared deals", Place::Shared, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn list_page(deals: &[SharedDeal], actor: &Actor) -> Markup {
    html! {
        h1 { "Shared with you" }
        @if actor.is_owner() {
            p.lead { "All deals here are yours. On the page of each you say who else sees how it stands." }
        } @else if deals.is_empty() {
            p.lead { "No deal is shared with you." }
        } @else {
            p.lead { "How these deals stand. What was written stays with their seller, unless that is shared, too." }
            div.scroll { table {
                thead { tr { th scope="col" { "Deal" } th scope="col" { "State" } th scope="col" { "Since" } th scope="col" { "Advice" } } }
                tbody { @for deal in deals {
                    tr {
                        th scope="row" {
                            a href={ "/shared/" (parts::escape(deal.id.as_str())) } { (deal.name) }
                            @if let Some(firm) = &deal.organization { br; small.quiet { (firm) } }
                        }
                        td { (parts::state(deal.state)) }
                        td { @if let Some(day) = deal.since { (parts::date(day)) } }
                        td { (advice(deal)) }
                    }
                } }
            } }
        }
    }
}

fn advice(deal: &SharedDeal) -> Markup {
    html! { (deal.advice.as_str()) @if let Some(day) = deal.until { " until " (parts::date(day)) } }
}

async fn deal(State(app): State<App>, Path(id): Path<String>, visit: Visit) -> Response {
    let found = async {
        visit.actor.must(Right::Inside)?;
        let id = DealId::new(&id)
            .map_err(|_odd| Error::NotFound { what: "There is no such deal".to_owned() })?;
        let morning = app.desk.morning().await?;
        app.inroad.shared_deal(&visit.actor, &id, &morning).await
    };
    match found.await {
        Ok(whole) => {
            let body = deal_page(&whole);
            visit.page(&whole.deal.name, Place::Shared, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn deal_page(whole: &SharedDealWhole) -> Markup {
    let deal = &whole.deal;
    html! {
        p { a href="/shared" { "← Shared with you" } }
        h1 { (deal.name) }
        p.lead { (parts::state(deal.state)) " " @if let Some(day) = deal.since { "since " (parts::date(day)) ". " } "Advice: " (advice(deal)) "." }
        h2 { "What took place" }
        @if whole.touches.is_empty() { p.quiet { "Nothing yet." } }
        ol.timeline { @for touch in &whole.touches {
            li {
                time.quiet datetime=(touch.at.to_string()) { (touch.at.date().strftime("%-d %b %Y").to_string()) }
                div { (took_place(touch)) }
            }
        } }
        @if whole.count > whole.touches.len() { p.quiet { "The latest " (whole.touches.len()) " of " (whole.count) "." } }
    }
}

fn took_place(touch: &SharedTouch) -> Markup {
    html! {
        span.way {
            @match &touch.way {
                SharedWay::Sent => "the seller wrote",
                SharedWay::Received { from } => { (from) " wrote" },
                SharedWay::Meeting { is_cancelled: false } => "meeting",
                SharedWay::Meeting { is_cancelled: true } => "meeting, called off",
            }
        }
        @if let Some(subject) = &touch.subject { " " (subject) }
        @if !touch.facts.is_empty() { ": " (facts(&touch.facts)) }
        @for quote in &touch.quotes { blockquote { (quote) } }
    }
}

fn facts(facts: &[FactKind]) -> String {
    facts.iter().map(|fact| fact.in_words()).collect::<Vec<_>>().join(", ")
}

/// Who sees a deal, on its own page.
pub(crate) async fn beside_deal(app: &App, id: &DealId, visit: &Visit) -> Result<Markup, Error> {
    let shares = app.inroad.who_sees(id, app.as_of()).await?;
    let members = app.inroad.members().await?.into_iter();
    let here = members.filter(|kept| kept.left_at.is_none()).map(|kept| kept.member);
    let inside: Vec<_> =
        here.filter(|member| Actor::member(member.clone()).may(Right::Inside)).collect();
    if inside.is_empty() && shares.is_empty() {
        return Ok(Markup::default());
    }
    let teams: std::collections::BTreeSet<&TeamName> =
        inside.iter().filter_map(|member| member.team()).collect();
    let link = parts::deal_link(id);
    Ok(html! {
        h2 id="shared" { "Who else sees it" }
        (shared(&shares, &link))
        form.own method="post" action={ (link) "/share" } {
            (hidden(&visit.form_key, &format!("{link}#shared")))
            label for="with" { "Show how it stands to" }
            select name="with" id="with" required {
                option value="" { "Choose" }
                @for member in &inside { option value={ "member:" (member.email()) } { (member.name()) } }
                @for team in teams { option value={ "team:" (team) } { "The team " (team) } }
            }
            label.choice { input type="checkbox" name="letters" value="yes"; " also what letters are about, and the words that state something" }
            div.row { button type="submit" { "Show it" } }
        }
    })
}

fn shared(shares: &[DealShare], link: &str) -> Markup {
    let back = parts::escape(link);
    html! {
        @if shares.is_empty() { p.quiet { "Nobody but you." } }
        ul.plans { @for share in shares {
            li {
                span { (share.with) @if share.letters { ", with what letters are about" } }
                span { a.act href={ "/entries/" (share.number) "/strike?next=" (back) } data-dialog { "Take back" } }
            }
        } }
    }
}

async fn share(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    let done = async {
        let entry =
            Entry::Shared { with: with(&fields)?, letters: one(&fields, "letters") == "yes" };
        app.inroad.write_down(Subject::Deal(id.clone()), entry, app.as_of()).await
    };
    match done.await {
        Ok(done) => deeds::done(&app, one(&fields, "next"), Some(&id), done.deed).await,
        Err(error) => failed(&error),
    }
}

fn with(fields: &Fields) -> Result<SharedWith, Error> {
    let chosen = one(fields, "with");
    let found = match chosen.split_once(':') {
        Some(("member", email)) => email.parse().ok().map(SharedWith::Member),
        Some(("team", team)) => TeamName::new(team).ok().map(SharedWith::Team),
        _ => None,
    };
    found.ok_or_else(|| Error::Invalid { what: "Choose who shall see it".to_owned() })
}
