//! One plan: how it stands, the next touch with its reasons, what to say, what can be decided, and what
//! has happened.

use inroad_model::{Channel, DealId, Remark, Useful};
use inroad_service::{Matter, NextTouch, TouchPlan, TouchWords};
use jiff::civil::Date;
use maud::{Markup, html};

use super::list::by_words;
use crate::coach;
use crate::forms::hidden;
use crate::parts::{self, person_link};
use crate::visit::Visit;

/// So much of what happened is shown.
const HAPPENED_MAX: usize = 50;

pub(super) fn page(plan: &TouchPlan, today: Date, visit: &Visit) -> Markup {
    let at = format!("/touches/{}", plan.number);
    html! {
        article {
            p { a href="/touches" { "← Touches" } }
            h1 { "In touch with " (plan.label) }
            p.lead {
                a href=(person_link(&plan.person)) { (plan.person) }
                @if let Some(deal) = &plan.deal { " · " a href=(parts::deal_link(deal)) { "the deal" } }
                @if let Some(firm) = &plan.firm { " · " a href={ (parts::account_link(firm)) "/form" } { (firm) } }
                " · begun on " (parts::date(plan.begun_on))
            }
            @if let Some(because) = &plan.because { p { (because) } }
            p { strong { (standing(plan)) } @if let Some(why) = plan.state.why() { ". " (why) "." } }
            @if let Some(next) = &plan.next { (next_touch(plan, next, &at, today, visit)) }
            @if plan.state.goes_on() {
                (made(plan, &at, today, visit))
                (otherwise(plan, &at, today, visit))
            } @else if !is_for_good(plan) {
                p.acts { a.act href=(super::begin_link(Some(&plan.person), plan.deal.as_ref(), None)) { "Stay in touch anew" } }
            }
            (happened(plan))
        }
    }
}

fn is_for_good(plan: &TouchPlan) -> bool {
    matches!(plan.state, inroad_service::TouchState::Ended { for_good: true, .. })
}

fn standing(plan: &TouchPlan) -> &'static str {
    match plan.state.as_str() {
        "due" => "The next touch is due",
        "planned" => "The next touch is to come",
        "paused" => "It rests for now",
        "answered" => "They answered",
        _ => "It has ended",
    }
}

fn next_touch(plan: &TouchPlan, next: &NextTouch, at: &str, today: Date, visit: &Visit) -> Markup {
    html! {
        section aria-labelledby="next" {
            h2 id="next" { "The next touch" }
            p { strong { (next.day.strftime("%A, %-d %B %Y").to_string()) } ", " (next.hours.in_words()) ": " (by_words(next.by)) }
            ul { @for why in &next.why_day { li { (why) } } li { (next.why_channel) } }
            (to_say(plan, next))
            @if let Some(approved) = next.approved.as_ref().filter(|_| !next.is_moved) {
                p { "Approved for " (parts::date(approved.day)) ": " (approved.what) }
                details { summary { "Change it" } (approve(next, at, today, "Change it", visit)) }
            } @else {
                (approve(next, at, today, "Approve", visit))
            }
        }
    }
}

/// What to say, as blanks.
fn to_say(plan: &TouchPlan, next: &NextTouch) -> Markup {
    let words = TouchWords::of(plan);
    html! {
        h3 { "What it brings" }
        p { (next.useful.in_words()) @if next.matters.is_empty() { ": " (next.look_for) } }
        @if !next.matters.is_empty() { ul { @for matter in &next.matters { li { (told(matter)) } } } }
        h3 { "What to say" }
        ol {
            @for opening in &next.openings { li { "[" (opening) "]" } }
            @if let Some(words) = &words { li { "[" (words.useful) "]" } }
            li { "[one question that is easy to answer]" }
            @if let Some(way_out) = &next.way_out { li { "[" (way_out) "]" } }
        }
        p.acts { a.act href=(coach::link(&plan.person, plan.deal.as_ref().map(DealId::as_str), None)) data-page-key="w" { "Begin the draft" } }
    }
}

fn told(matter: &Matter) -> Markup {
    html! { (matter.text) " " small.quiet { (matter.source) @if matter.is_assumed { "; ask, do not say" } } }
}

fn channels(chosen: Channel) -> Markup {
    html! {
        label {
            "How"
            select name="by" { @for by in Channel::ALL { option value=(by.as_str()) selected[by == chosen] { (by_words(by)) } } }
        }
    }
}

fn brings(next: Option<&NextTouch>) -> Markup {
    let chosen = next.map(|next| next.useful);
    let matter = next.and_then(|next| next.matters.first()).map_or("", |matter| &matter.text);
    html! {
        label {
            "What it brings"
            select name="useful" { @for useful in Useful::ALL { option value=(useful.as_str()) selected[Some(useful) == chosen] { (useful.in_words()) } } }
        }
        label { "The very thing" input name="matter" value=(matter) maxlength=(Remark::CHARS_MAX); }
    }
}

fn approve(next: &NextTouch, at: &str, today: Date, says: &str, visit: &Visit) -> Markup {
    let what = next.approved.as_ref().map_or_else(
        || {
            let matter = next.matters.first();
            matter.map_or_else(|| next.useful.in_words().to_owned(), |matter| matter.text.clone())
        },
        |approved| approved.what.clone(),
    );
    html! {
        form.stack method="post" action={ (at) "/approve" } {
            (hidden(&visit.form_key, at))
            label { "Day" input type="date" name="day" value=(next.day.to_string()) min=(today.to_string()) required; }
            (channels(next.by))
            label { "What, in your words" input name="what" value=(what) required maxlength=(Remark::CHARS_MAX); }
            (brings(Some(next)))
            button.main type="submit" { (says) }
        }
    }
}

fn made(plan: &TouchPlan, at: &str, today: Date, visit: &Visit) -> Markup {
    let next = plan.next.as_ref();
    html! {
        section aria-labelledby="made" {
            h2 id="made" { "Done?" }
            p.quiet { "A letter that you send is found by itself with your next import." }
            form.stack method="post" action={ (at) "/made" } {
                (hidden(&visit.form_key, at))
                label { "On which day" input type="date" name="day" value=(today.to_string()) max=(today.to_string()) required; }
                (channels(next.map_or(Channel::Mail, |next| next.by)))
                (brings(next))
                label.choice { input type="checkbox" name="answered" value="yes"; " they answered: we spoke" }
                button type="submit" { "It is done" }
            }
        }
    }
}

/// Not now, later, or no more.
fn otherwise(plan: &TouchPlan, at: &str, today: Date, visit: &Visit) -> Markup {
    let tomorrow = today.tomorrow().unwrap_or(today);
    html! {
        section aria-labelledby="otherwise" {
            h2 id="otherwise" { "Otherwise" }
            @if plan.next.is_some() {
                details {
                    summary { "Leave this touch out" }
                    form.stack method="post" action={ (at) "/skip" } {
                        (hidden(&visit.form_key, at))
                        label { "Why leave it out" input name="because" required maxlength=(Remark::CHARS_MAX); }
                        button type="submit" { "Leave it out" }
                    }
                }
            }
            details {
                summary { "Put it off" }
                form.stack method="post" action={ (at) "/put-off" } {
                    (hidden(&visit.form_key, at))
                    label { "Not before" input type="date" name="until" min=(tomorrow.to_string()) required; }
                    label { "Why put it off" input name="because" maxlength=(Remark::CHARS_MAX); }
                    button type="submit" { "Put it off" }
                }
            }
            details {
                summary { "End it" }
                form.stack method="post" action={ (at) "/end" } {
                    (hidden(&visit.form_key, at))
                    label { "Why end it" input name="because" required maxlength=(Remark::CHARS_MAX); }
                    button type="submit" { "No longer stay in touch" }
                }
            }
        }
    }
}

fn happened(plan: &TouchPlan) -> Markup {
    let rows = plan.happened.iter().rev().take(HAPPENED_MAX);
    html! {
        section aria-labelledby="happened" {
            h2 id="happened" { "What has happened" }
            @if plan.happened.is_empty() { p.quiet { "Nothing yet." } }
            @else {
                ol.timeline { @for row in rows { li {
                    time.quiet datetime=(row.day) { (parts::date(row.day)) }
                    div { (row.says) }
                } } }
                @if plan.happened.len() > HAPPENED_MAX { p.quiet { "The latest of " (plan.happened.len()) "." } }
            }
        }
    }
}
