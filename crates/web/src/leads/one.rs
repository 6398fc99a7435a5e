//! One lead: what is known, what it waits for, what happened, and what whoever looks may do.

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_leads::{Given, Kept, Need, Outcome, To, Told};
use inroad_service::{LeadPage, Touched, Treatment};
use maud::{Markup, html};

use super::new::criteria_fields;
use super::{choose_taker, due, feedback, moment, page_of};
use crate::forms::hidden;
use crate::parts;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(super) async fn look(
    State(app): State<App>,
    Path(number): Path<String>,
    visit: Visit,
) -> Response {
    let Ok(number) = number.parse::<i64>() else { return not_found("There is no such lead.") };
    let found = async {
        let page = app.inroad.lead(&visit.actor, number, app.as_of()).await?;
        let takers = app.inroad.lead_takers(&visit.actor, app.as_of()).await?;
        Ok((page, takers))
    };
    match found.await {
        Ok((page, takers)) => {
            let body = body(&page, &takers, &visit);
            page_of(&page.row.label, &body, &visit)
        }
        Err(error) => failed(&error),
    }
}

fn body(page: &LeadPage, takers: &[(To, String)], visit: &Visit) -> Markup {
    let row = &page.row;
    html! {
        p { a href="/leads" { "← Leads" } }
        h1 { (row.label) }
        p.lead {
            @if !row.account.is_empty() { (row.account) " · " }
            (row.state.in_words()) " since " (moment(row.since))
            @if let Some(owner) = &row.owner { " · with " (owner) }
        }
        @if row.is_stopped { p.overdue role="alert" { "They asked to be left alone. Nobody works on this lead; sales returns it, and marketing gives it up." } }
        @if let Some(waits) = &row.due { p { "Waits " (due(waits, row.is_overdue)) "." } }
        (steps(page, takers, visit))
        (known(page))
        (criteria(page))
        (promises(page, visit))
        @if let Some(treatment) = &page.treatment { (treated(treatment, page)) }
        (feedback::both(page, visit))
        section aria-labelledby="happened" {
            h2 id="happened" { "What happened" }
            ol.plain { @for told in &page.told {
                li { (moment(told.at)) " · " (told.by) " " (told.says) @if let Some(words) = &told.words { blockquote { (words) } } }
            } }
        }
    }
}

/// A form for one step.
pub(super) fn step(
    page: &LeadPage,
    what: &str,
    visit: &Visit,
    fields: &Markup,
    button: &str,
) -> Markup {
    let here = format!("/leads/{}", page.row.number);
    html! {
        form method="post" action={ (here) "/act" } {
            (hidden(&visit.form_key, &here))
            input type="hidden" name="do" value=(what);
            input type="hidden" name="seen" value=(page.lead.last_event);
            (fields)
            div.row { button type="submit" { (button) } }
        }
    }
}

fn words(label: &str, required: bool) -> Markup {
    html! { label { (label) textarea name="words" rows="3" maxlength="4000" required[required] {} } }
}

fn folded(title: &str, form: &Markup) -> Markup {
    html! { details.folded { summary { (title) } (form) } }
}

fn steps(page: &LeadPage, takers: &[(To, String)], visit: &Visit) -> Markup {
    let may = &page.may;
    let reasons = html! {
        label { "Why" select name="reason" required { @for reason in &page.definition.return_reasons { option value=(reason) { (reason) } } } }
        (words("In words, so that marketing can learn from it", true))
    };
    let until = html! {
        label { "It comes back on" input type="date" name="until" required; }
        (words("Why", false))
    };
    let answer = html! {
        (words("What you know now", true))
        @if !page.definition.criteria.is_empty() { (criteria_fields(&page.definition, |name| answered(page, name))) }
        @if !takers.is_empty() { (choose_taker(takers, "To", "The same as before", "")) }
    };
    let hand_on = html! {
        (choose_taker(takers, "To", "Choose", ""))
        (words("Why", false))
    };
    html! {
        section.setting aria-label="What you can do" {
            @if may.accept { (step(page, "accept", visit, &html! {}, "Accept")) }
            @if may.go_on { (far(page, visit)) }
            @if may.give_back {
                (folded("Return it", &step(page, "return", visit, &reasons, "Return")))
                (folded("Too early", &step(page, "recycle", visit, &until, "Lay it aside until then")))
            }
            @if may.answer { (folded("Answer, and hand it over again", &step(page, "answer", visit, &answer, "Hand it over again"))) }
            @if may.give_up { (folded("Give it up", &step(page, "give-up", visit, &words("Why", true), "Give it up"))) }
            @if may.hand_on && !takers.is_empty() { (folded("Give it to somebody else", &step(page, "move", visit, &hand_on, "Give it to them"))) }
            @if may.attach { (deal(page, visit)) }
        }
    }
}

/// What stands in a field of the form that answers, by its name.
fn answered(page: &LeadPage, name: &str) -> String {
    let answer = |key: &str| page.lead.hand_over.answers.get(key);
    if let Some(key) = name.strip_prefix("word-") {
        return answer(key).map(|answer| answer.words.clone()).unwrap_or_default();
    }
    match name.strip_prefix("answer-").and_then(answer).map(|answer| answer.given) {
        Some(Given::Yes) => "yes".to_owned(),
        Some(Given::No) => "no".to_owned(),
        Some(Given::Number(number)) => number.to_string(),
        Some(Given::Unknown) | None => String::new(),
    }
}

fn far(page: &LeadPage, visit: &Visit) -> Markup {
    let fields = html! {
        label { "How far did you come?" select name="outcome" { @for outcome in Outcome::ALL { option value=(outcome.as_str()) { (outcome.as_str()) } } } }
        label { "When; empty for now" input type="date" name="on"; }
        (words("A word on it; needed where it was lost", false))
    };
    step(page, "reach", visit, &fields, "Keep")
}

fn deal(page: &LeadPage, visit: &Visit) -> Markup {
    let here = format!("/leads/{}", page.row.number);
    html! {
        @match &page.lead.deal {
            Some(deal) => { p { "It became the deal " a href=(parts::deal_link(deal)) { (deal) } "." } }
            None => {
                form method="post" action={ (here) "/deal" } {
                    (hidden(&visit.form_key, &here))
                    label { "A deal that there is, by its id; empty for a new one" input name="deal" maxlength="200" autocomplete="off"; }
                    div.row { button type="submit" { "Make a deal of it" } }
                }
            }
        }
    }
}

fn known(page: &LeadPage) -> Markup {
    let lead = &page.lead.hand_over;
    let email = lead.person.email.as_ref().map(ToString::to_string).unwrap_or_default();
    let rows = [
        ("Name", lead.person.name.as_str()),
        ("Mail address", &email),
        ("Telephone", &lead.person.phone),
        ("What they do", &lead.person.title),
        ("Firm", &lead.account),
        ("Place", &lead.place),
        ("Source", &lead.source),
        ("Campaign", &lead.campaign),
        ("What was said", &lead.said),
        ("What they asked", &lead.asked),
    ];
    html! {
        section aria-labelledby="known" {
            h2 id="known" { "What marketing knows" }
            dl.facts { @for (name, value) in rows { @if !value.is_empty() { dt { (name) } dd { (value) } } } dt { "Handed over by" } dd { (page.row.by) ", " (moment(page.lead.handed_at)) } }
        }
    }
}

fn criteria(page: &LeadPage) -> Markup {
    let lead = &page.lead;
    let held = lead.held();
    html! {
        @if lead.hand_over.definition.is_some() {
            section aria-labelledby="criteria" {
                h2 id="criteria" { "Measured by version " (lead.hand_over.definition.unwrap_or_default()) }
                p { @if page.qualifies.is_qualified() { "It is qualified." } @else { "It is not qualified: not every must is met." } }
                div.scroll tabindex="0" role="region" aria-label="Criteria" { table {
                    thead { tr { th scope="col" { "Criterion" } th scope="col" { "Marketing says" } th scope="col" { "So it is" } th scope="col" { "Sales found" } } }
                    tbody { @for criterion in &page.definition.criteria {
                        @let answer = lead.hand_over.answers.get(&criterion.key);
                        tr {
                            th scope="row" { (criterion.name) @if criterion.need == Need::Must { " (must)" } br; small.quiet { (criterion.rule()) } }
                            td { (given(answer.map(|answer| answer.given), &criterion.told)) @if let Some(answer) = answer { @if !answer.words.is_empty() { br; small.quiet { (answer.words) } } } }
                            td { (criterion.met(answer).in_words()) }
                            td { @match held.get(criterion.key.as_str()) { Some(held) => (held.in_words()), None => span.quiet { "nothing yet" } } }
                        }
                    } }
                } }
            }
        }
    }
}

fn given(given: Option<Given>, told: &Told) -> String {
    let unit = if let Told::Number { unit, .. } = told { unit.as_str() } else { "" };
    match given {
        Some(Given::Yes) => "yes".to_owned(),
        Some(Given::No) => "no".to_owned(),
        Some(Given::Number(number)) => format!("{number} {unit}").trim().to_owned(),
        Some(Given::Unknown) | None => "unknown".to_owned(),
    }
}

fn promises(page: &LeadPage, visit: &Visit) -> Markup {
    html! {
        @if !page.lead.promises.is_empty() {
            section aria-labelledby="promises" {
                h2 id="promises" { "What was promised" }
                ul.plain { @for (at, (promise, kept)) in page.lead.promises.iter().enumerate() {
                    li {
                        (promise) ": " strong { (kept.as_str()) }
                        @if page.may.go_on {
                            @for other in Kept::ALL.into_iter().filter(|other| other != kept) {
                                @let fields = html! { input type="hidden" name="promise" value=(at); input type="hidden" name="kept" value=(other.as_str()); };
                                (step(page, "promise", visit, &fields, &format!("Promise {} is {}", at + 1, other.as_str())))
                            }
                        }
                    }
                } }
            }
        }
    }
}

fn treated(treatment: &Treatment, page: &LeadPage) -> Markup {
    let (kept, open, broken) = treatment.promises;
    html! {
        section aria-labelledby="treated" {
            h2 id="treated" { "How it was treated" }
            ul.plain {
                li { @match &treatment.touched { Some(touched) => (first_touch(touched)), None => { "They have not heard from sales yet, as far as is known." } } }
                @if !page.lead.promises.is_empty() { li { "Promises: " (kept) " kept, " (open) " open, " (broken) " broken." } }
                @match treatment.letters {
                    Some(0) => { li { "No letter went to them since." } }
                    Some(letters) => {
                        li { (letters) " letters went to them since. " (findings(treatment)) }
                        li { @if treatment.pressed == 0 { "No pressure was found in them while it was only to be found out whether it fits." } @else { "Pressure was found " (treatment.pressed) " times while it was only to be found out whether it fits." } }
                    }
                    None => { @if page.lead.owner.is_some() { li.quiet { "Their mailbox is not here, so the time of the first call or letter is as they say it." } } }
                }
            }
            p.quiet { small { "Times, counts and names of rules; no word of a letter is shown. It says something of letters, not of a person." } }
        }
    }
}

fn first_touch(touched: &Touched) -> Markup {
    html! {
        "They first heard from sales " (moment(touched.at)) ", " (format!("{:.1}", touched.hours)) " working hours after it was accepted"
        @if touched.is_in_time { ", as agreed" } @else { ", later than agreed" }
        @if touched.is_seen { " (seen in the mailbox)." } @else { " (as sales says)." }
    }
}

fn findings(treatment: &Treatment) -> Markup {
    html! {
        @if treatment.findings.is_empty() { "The coach finds nothing in them." } @else {
            "The coach finds: "
            @for (at, (rule, times)) in treatment.findings.iter().enumerate() { @if at > 0 { ", " } (rule) " (" (times) ")" }
            "."
        }
    }
}
