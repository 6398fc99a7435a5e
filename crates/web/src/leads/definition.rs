//! What a qualified lead is: what counts, all versions, and the form for the next one.

use axum::extract::State;
use axum::response::Response;
use inroad_leads::{Criterion, Definition, Need, Side, Told, Version, Workday};
use inroad_service::DefinitionPage;
use maud::{Markup, html};

use super::{moment, page_of};
use crate::forms::hidden;
use crate::server::{App, failed};
use crate::visit::Visit;

/// So many rows for further criteria stand in the form.
pub(super) const BLANK_ROWS: usize = 2;

pub(super) async fn look(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.lead_definition(&visit.actor, app.as_of()).await {
        Ok(page) => {
            let body = body(&page, &visit);
            page_of("What a qualified lead is", &body, &visit)
        }
        Err(error) => failed(&error),
    }
}

fn body(page: &DefinitionPage, visit: &Visit) -> Markup {
    let others: Vec<&Version> = page
        .versions
        .iter()
        .rev()
        .filter(|version| Some(version.number) != page.in_force)
        .collect();
    let start = page.counting().map_or_else(Definition::to_begin_with, |it| it.definition.clone());
    html! {
        p { a href="/leads" { "← Leads" } }
        h1 { "What a qualified lead is" }
        p.lead { "Marketing and sales say it together. A version counts once both have signed it, and each lead is measured by the one of its day." }
        @match page.counting() {
            Some(version) => { (shown(version, page, visit, true)) }
            None => { p { "Nothing is signed yet. Until then leads go over unmeasured, with " (Definition::unsigned().accept_hours) " working hours to accept or return one." } }
        }
        @if !others.is_empty() {
            h2 { "Other versions" }
            @for version in others { (shown(version, page, visit, false)) }
        }
        @if page.may_propose {
            h2 { "Propose another one" }
            details.folded open[page.versions.is_empty()] { summary { "The form" } (form(&start, visit)) }
        }
    }
}

fn shown(version: &Version, page: &DefinitionPage, visit: &Visit, counts: bool) -> Markup {
    let named = page.named.get(&version.number);
    let by = named.map_or("somebody", |(by, _)| by.as_str());
    html! {
        section.setting {
            h3 { "Version " (version.number) @if counts { " counts" } @else if version.counts_from().is_some() { " counted before" } @else { " is proposed" } }
            p { "Proposed by " (by) ", " (moment(version.at)) @if let Some(because) = &version.because { ": " (because) } }
            p {
                @for side in Side::ALL {
                    @match version.signed.get(&side) {
                        Some(signed) => { "Signed for " (side.as_str()) " by " (named.and_then(|(_, signed)| signed.get(&side)).map_or("somebody", String::as_str)) ", " (moment(signed.at)) ". " }
                        None => { "Not yet signed for " (side.as_str()) ". " }
                    }
                }
            }
            @for side in page.may_sign.get(&version.number).into_iter().flatten() {
                form method="post" action={ "/leads/definition/" (version.number) "/sign" } {
                    (hidden(&visit.form_key, "/leads/definition"))
                    input type="hidden" name="side" value=(side.as_str());
                    button type="submit" { "Sign version " (version.number) " for " (side.as_str()) }
                }
            }
            details.folded open[counts || version.counts_from().is_none()] { summary { "What it says" } (says(&version.definition)) }
        }
    }
}

fn says(definition: &Definition) -> Markup {
    let hours = &definition.hours;
    html! {
        @if definition.criteria.is_empty() { p { "No criteria." } } @else {
            div.scroll tabindex="0" role="region" aria-label="Criteria" { table {
                thead { tr { th scope="col" { "Criterion" } th scope="col" { "What it means" } th scope="col" { "Weight" } th scope="col" { "Told by" } } }
                tbody { @for criterion in &definition.criteria { tr {
                    th scope="row" { (criterion.name) } td { (criterion.means) } td { (criterion.need.as_str()) } td { (criterion.rule()) }
                } } }
            } }
        }
        ul.plain {
            li { "Accepted or returned within " (definition.accept_hours) " working hours; returns answered within the same." }
            li { "The person hears from sales within " (definition.touch_hours) " working hours after that." }
            li { "Work is done " (hours.from.strftime("%H:%M").to_string()) " to " (hours.until.strftime("%H:%M").to_string()) ", " (days(hours.days.iter().copied())) ", by the clocks of " (hours.zone)
                @if let Some(country) = &hours.country { ", without the holidays of " (country.to_uppercase()) }
                @if !hours.closed.is_empty() { ", and " (hours.closed.len()) " closed days" } "." }
            li { "Reasons for a return: " (definition.return_reasons.join(" · ")) }
            @for territory in &definition.territories { li { (territory.words.iter().cloned().collect::<Vec<_>>().join(", ")) " go to team " (territory.team) } }
        }
    }
}

fn days(days: impl Iterator<Item = Workday>) -> String {
    days.map(Workday::as_str).collect::<Vec<_>>().join(" ")
}

fn form(start: &Definition, visit: &Visit) -> Markup {
    let hours = &start.hours;
    let closed: Vec<String> = hours.closed.iter().map(ToString::to_string).collect();
    let territories: Vec<String> = start
        .territories
        .iter()
        .map(|it| {
            format!("{}: {}", it.words.iter().cloned().collect::<Vec<_>>().join(", "), it.team)
        })
        .collect();
    html! {
        form method="post" action="/leads/definition" {
            (hidden(&visit.form_key, "/leads/definition"))
            label { "Why another one" textarea name="because" rows="2" maxlength="4000" {} }
            @for number in 0..start.criteria.len() + BLANK_ROWS { (criterion(number, start.criteria.get(number))) }
            fieldset {
                legend { "Times" }
                label { "Working hours to accept or return" input name="accept" inputmode="decimal" required value=(start.accept_hours); }
                label { "Working hours to the first call or mail after that" input name="touch" inputmode="decimal" required value=(start.touch_hours); }
                label { "Work begins" input type="time" name="from" required value=(hours.from.strftime("%H:%M").to_string()); }
                label { "Work ends" input type="time" name="until" required value=(hours.until.strftime("%H:%M").to_string()); }
                @for day in Workday::ALL { label.choice { input type="checkbox" name="day" value=(day.as_str()) checked[hours.days.contains(&day)]; " " (day.as_str()) } }
                label { "Time zone, such as Europe/Berlin" input name="zone" required maxlength="60" value=(hours.zone); }
                label { "Country whose holidays you keep, such as de; empty for none" input name="country" maxlength="2" value=(hours.country.as_deref().unwrap_or("")); }
                label { "Further closed days, one a line, such as 2026-12-24" textarea name="closed" rows="2" { (closed.join("\n")) } }
            }
            label { "Reasons for a return, one a line" textarea name="reasons" rows="6" required { (start.return_reasons.join("\n")) } }
            label { "Which team takes which places, one a line, such as Hamburg, .de: North" textarea name="territories" rows="3" { (territories.join("\n")) } }
            div.row { button type="submit" { "Propose it" } }
        }
    }
}

fn criterion(number: usize, kept: Option<&Criterion>) -> Markup {
    let told = kept.map(|kept| &kept.told);
    let (unit, least, most) = match told {
        Some(Told::Number { unit, at_least, at_most }) => (unit.as_str(), *at_least, *at_most),
        _ => ("", None, None),
    };
    let bound = |bound: Option<f64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    html! {
        fieldset {
            legend { "Criterion " (number + 1) @if kept.is_none() { ", if there is another one" } }
            input type="hidden" name={ "key-" (number) } value=(kept.map_or("", |kept| &kept.key));
            label { "Name; empty to leave it out" input name={ "name-" (number) } maxlength="80" value=(kept.map_or("", |kept| &kept.name)); }
            label { "What it means" input name={ "means-" (number) } maxlength="400" value=(kept.map_or("", |kept| &kept.means)); }
            label { "Weight" select name={ "need-" (number) } {
                @for need in [Need::Must, Need::Wanted] { option value=(need.as_str()) selected[kept.is_some_and(|kept| kept.need == need)] { (need.as_str()) } }
            } }
            label { "Told by" select name={ "told-" (number) } {
                option value="yes_no" { "yes, no or unknown" }
                option value="number" selected[matches!(told, Some(Told::Number { .. }))] { "a number" }
            } }
            label { "Unit of the number" input name={ "unit-" (number) } maxlength="20" value=(unit); }
            label { "At least" input name={ "least-" (number) } inputmode="decimal" value=(bound(least)); }
            label { "At most" input name={ "most-" (number) } inputmode="decimal" value=(bound(most)); }
        }
    }
}
