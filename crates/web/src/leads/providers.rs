//! Outside providers of leads: who they are, how they work, and what became of their leads.

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_model::TeamName;
use inroad_service::{Error, Provider, ProviderWord, Way};
use maud::{Markup, html};

use super::{invalid, page_of, remark};
use crate::deeds;
use crate::forms::{Fields, OurForm, all as all_of, hidden, one as field};
use crate::parts::{self, escape};
use crate::rights::As;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(super) async fn all(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.lead_providers(&visit.actor, app.as_of()).await {
        Ok(providers) => {
            let body = html! {
                p { a href="/leads" { "← Leads" } }
                h1 { "Outside providers" }
                p.lead { "Who hands leads over from outside. They use the same form and the same definition, and see their own leads and what became of them." }
                @if providers.is_empty() { p { "None yet. Name one of their people with the role of a provider, and the firm as the team: " code { "inroad team put ADDRESS --role provider --team FIRM" } } }
                @else {
                    div.scroll tabindex="0" role="region" aria-label="Outside providers" { table {
                        thead { tr { th scope="col" { "Firm" } th scope="col" { "Their people" } th scope="col" { "Ways" } th scope="col" { "Handed over" } th scope="col" { "Taken on" } } }
                        tbody { @for provider in &providers { tr data-row {
                            th scope="row" { a data-key="Enter" href=(address(&provider.firm)) { (provider.firm) } }
                            td { (provider.people.join(", ")) }
                            td { @match provider.words.first() { Some((_, word)) => (ways(word)), None => span.quiet { "nothing said" } } }
                            td { (provider.leads.handed) }
                            td { (provider.leads.taken.in_words()) }
                        } } }
                    } }
                }
            };
            page_of("Outside providers", &body, &visit)
        }
        Err(error) => failed(&error),
    }
}

fn address(firm: &TeamName) -> String {
    format!("/leads/providers/{}", escape(firm.as_str()))
}

fn ways(word: &ProviderWord) -> String {
    word.ways.iter().map(|way| way.as_str()).collect::<Vec<_>>().join(", ")
}

fn firm(text: &str) -> Result<TeamName, Error> {
    let found = TeamName::new(text);
    found.map_err(|_odd| Error::NotFound { what: "There is no such provider".to_owned() })
}

pub(super) async fn one(
    State(app): State<App>,
    Path(name): Path<String>,
    visit: Visit,
) -> Response {
    let found = async { app.inroad.lead_provider(&visit.actor, &firm(&name)?, app.as_of()).await };
    match found.await {
        Ok(provider) => {
            let body = body(&provider, &visit, app.as_of().date());
            page_of(provider.firm.as_str(), &body, &visit)
        }
        Err(error) => failed(&error),
    }
}

fn body(provider: &Provider, visit: &Visit, today: jiff::civil::Date) -> Markup {
    let leads = &provider.leads;
    html! {
        p { a href="/leads" { "← Leads" } }
        h1 { (provider.firm) }
        p.lead { @if provider.people.is_empty() { "Nobody of theirs has a link now." } @else { (provider.people.join(", ")) } }
        section {
            h2 { "What became of their leads" }
            ul.plain {
                li { (leads.handed) " handed over" }
                li { "Taken on: " (leads.taken.in_words()) }
                li { "Came to a meeting: " (leads.met.in_words()) }
                li { "Won: " (leads.won.in_words()) }
                @if !leads.reasons.is_empty() { li { "Why returned: " @for (at, (reason, count)) in leads.reasons.iter().enumerate() { @if at > 0 { ", " } (reason) " (" (count) ")" } } }
            }
        }
        section {
            h2 { "How they work" }
            @if provider.words.is_empty() { p.quiet { "Nobody said anything yet." } }
            ul.plain { @for (by, word) in &provider.words { li {
                (parts::date(word.day)) ", says " (by) ": "
                @if !word.ways.is_empty() { "by " (ways(word)) ". " }
                @match word.believes { Some(true) => { "Their people believe in it. " } Some(false) => { "Their people do not believe in it. " } None => {} }
                @if let Some(words) = &word.words { blockquote { (words) } }
            } } }
            details.folded { summary { "Say how they work" } (form(provider, visit, today)) }
        }
    }
}

fn form(provider: &Provider, visit: &Visit, today: jiff::civil::Date) -> Markup {
    let here = address(&provider.firm);
    html! {
        form.setting method="post" action=(here) {
            (hidden(&visit.form_key, &here))
            label { "On the day" input type="date" name="day" required value=(today); }
            fieldset {
                legend { "By which ways they find leads" }
                @for way in Way::ALL { label.choice { input type="checkbox" name="way" value=(way.as_str()); " " (way.as_str()) } }
            }
            label { "Do their people believe in it?" select name="believes" { option value="" { "unknown" } option value="yes" { "yes" } option value="no" { "no" } } }
            label { "In words" textarea name="words" rows="3" maxlength="4000" {} }
            div.row { button type="submit" { "Keep" } }
        }
    }
}

pub(super) async fn say(
    State(app): State<App>,
    Path(name): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        let firm = firm(&name)?;
        let word = word(&fields)?;
        let done = app.inroad.say_of_provider(&actor, &firm, word, app.as_of()).await?;
        Ok((firm, done.deed))
    };
    match done.await {
        Ok((firm, deed)) => deeds::back(&address(&firm), Some(deed)),
        Err(error) => failed(&error),
    }
}

fn word(fields: &Fields) -> Result<ProviderWord, Error> {
    let day = field(fields, "day");
    Ok(ProviderWord {
        day: day.parse().map_err(|_odd| invalid(format!("'{day}' is no day")))?,
        ways: all_of(fields, "way").filter_map(Way::from_name).collect(),
        believes: match field(fields, "believes") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        words: remark(fields, "words")?,
    })
}
