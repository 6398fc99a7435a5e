//! Where do we disagree? By source, campaign, criterion and person, and what another definition would have
//! done to past leads.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use inroad_leads::{CriterionGap, Effect, Group, Rate};
use inroad_service::DisagreementsPage;
use maud::{Markup, html};

use super::define::asked_change;
use super::page_of;
use crate::forms::{Fields, decoded_pairs, hidden, one};
use crate::server::{App, failed};
use crate::visit::Visit;

pub(super) async fn look(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Response {
    let fields = decoded_pairs(&query.unwrap_or_default());
    let found = async {
        visit.actor.must(inroad_service::Right::Disagreements)?;
        let change = asked_change(&fields)?;
        app.inroad.lead_disagreements(&visit.actor, change.as_ref(), app.as_of()).await
    };
    match found.await {
        Ok(page) => {
            let body = body(&page, &fields, &visit);
            page_of("Where do we disagree?", &body, &visit)
        }
        Err(error) => failed(&error),
    }
}

fn body(page: &DisagreementsPage, fields: &Fields, visit: &Visit) -> Markup {
    let found = &page.found;
    html! {
        p { a href="/leads" { "← Leads" } }
        h1 { "Where do we disagree?" }
        p.lead { "What marketing handed over, what sales took on, and why not. Behind each number stands how sure it is: from so many to so many percent. Of fewer than five nothing is said." }
        @if found.all.handed == 0 { p { "No lead was handed over yet." } } @else {
            (groups("In all", "What", std::slice::from_ref(&found.all)))
            (groups("By source", "Source", &found.sources))
            (groups("By campaign", "Campaign", &found.campaigns))
            (groups("By who handed over", "Who", &found.handed_by))
            (groups("By who took on", "Who", &found.taken_by))
            p.quiet { small { "People see themselves here, and who answers for them does." } }
            (criteria(&found.criteria))
        }
        (what_if(page, fields, visit))
    }
}

fn rate(rate: &Rate) -> Markup {
    html! { (rate.in_words()) }
}

fn groups(title: &str, what: &str, groups: &[Group]) -> Markup {
    html! {
        @if !groups.is_empty() {
            h2 { (title) }
            div.scroll tabindex="0" role="region" aria-label=(title) { table {
                thead { tr { th scope="col" { (what) } th scope="col" { "Handed over" } th scope="col" { "Taken on" } th scope="col" { "Told in time" } th scope="col" { "Half of them taken on within" } th scope="col" { "Came to a meeting" } th scope="col" { "Won" } th scope="col" { "Why returned" } } }
                tbody { @for group in groups { tr {
                    th scope="row" { (group.name) }
                    td { (group.handed) }
                    td { (rate(&group.taken)) }
                    td { (rate(&group.in_time)) }
                    td { @match group.hours_median { Some(hours) => { (format!("{hours:.1}")) " working hours" } None => { span.quiet { "too few" } } } }
                    td { (rate(&group.met)) }
                    td { (rate(&group.won)) }
                    td { @for (at, (reason, count)) in group.reasons.iter().take(4).enumerate() { @if at > 0 { ", " } (reason) " (" (count) ")" } }
                } } }
            } }
        }
    }
}

fn criteria(gaps: &[CriterionGap]) -> Markup {
    html! {
        @if !gaps.is_empty() {
            h2 { "Where the definition fails" }
            div.scroll tabindex="0" role="region" aria-label="Criteria" { table {
                thead { tr { th scope="col" { "Criterion" } th scope="col" { "Met, says marketing; did not hold, says sales" } th scope="col" { "Not met; held after all" } th scope="col" { "Taken on if met" } th scope="col" { "Taken on if not" } th scope="col" { "Tells apart what is taken on" } th scope="col" { "And what is won" } } }
                tbody { @for gap in gaps { tr {
                    th scope="row" { (gap.name) }
                    td { (rate(&gap.did_not_hold)) }
                    td { (rate(&gap.held_after_all)) }
                    td { (rate(&gap.taken_if_met)) }
                    td { (rate(&gap.taken_if_not)) }
                    td { (gap.taken.in_words()) }
                    td { (gap.won.in_words()) }
                } } }
            } }
        }
    }
}

fn what_if(page: &DisagreementsPage, fields: &Fields, visit: &Visit) -> Markup {
    html! {
        h2 { "What if?" }
        form.filter method="get" action="/leads/disagreements" {
            label { "Change" select name="change" {
                @for (value, words) in CHANGES { option value=(value) selected[one(fields, "change") == value] { (words) } }
            } }
            label { "Of" select name="criterion" {
                option value="" { "no criterion" }
                @for criterion in &page.definition.criteria { option value=(criterion.key) selected[one(fields, "criterion") == criterion.key] { (criterion.name) } }
            } }
            label { "Number" input name="value" inputmode="decimal" value=(one(fields, "value")); }
            button type="submit" { "What would it have done?" }
        }
        @if let Some((says, effect)) = &page.effect {
            section.setting aria-label="What it would have done" {
                h3 { (says) }
                (done(effect))
                @if page.may_propose {
                    form method="post" action="/leads/definition/change" {
                        (hidden(&visit.form_key, "/leads/definition"))
                        @for name in ["change", "criterion", "value"] { input type="hidden" name=(name) value=(one(fields, name)); }
                        label { "Why" textarea name="because" rows="2" maxlength="4000" {} }
                        div.row { button type="submit" { "Propose this change" } }
                    }
                }
            }
        }
    }
}

const CHANGES: [(&str, &str); 5] = [
    ("must", "becomes a must"),
    ("wanted", "is only wanted"),
    ("drop", "goes"),
    ("at_least", "is at least (number)"),
    ("accept_hours", "working hours to accept (number)"),
];

fn done(effect: &Effect) -> Markup {
    html! {
        ul.plain {
            li { "Of the leads that sales took on, kept out: " (rate(&effect.taken_kept_out)) @if effect.won_kept_out > 0 { "; " (effect.won_kept_out) " of them were won" } "." }
            li { "Of the returns, spared: " (rate(&effect.returns_avoided)) "." }
            li { "Let in that were not qualified before: " (effect.taken_let_in) " that sales took on, " (effect.returned_let_in) " that it returned." }
            li { "Told in time: " (rate(&effect.in_time_before)) " before, " (rate(&effect.in_time_after)) " by the new time." }
        }
        p.quiet { small { "Over " (effect.cases) " past leads, as they were answered. What people would have answered or done under another rule, nobody knows." } }
    }
}
