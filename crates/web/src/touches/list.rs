//! The list: what is due, what comes, what rests and why, what is over.

use inroad_service::{TouchPlan, Touches};
use maud::{Markup, html};

use crate::pager;
use crate::parts::{self, person_link};

/// So many stand on a page.
const A_PAGE: usize = 100;

/// The states in the order in which they are shown, with their headings.
const STATES: [(&str, &str); 5] = [
    ("due", "Due today"),
    ("planned", "Coming"),
    ("paused", "Paused"),
    ("answered", "They answered"),
    ("ended", "Ended"),
];

/// What a touch is made by.
pub(crate) fn by_words(by: inroad_model::Channel) -> &'static str {
    match by {
        inroad_model::Channel::Mail => "a letter",
        inroad_model::Channel::Call => "a call",
        inroad_model::Channel::Meeting => "a meeting",
    }
}

pub(super) fn page(touches: &Touches, state: &str, page: usize) -> Markup {
    let state = STATES.iter().find(|(name, _)| *name == state).map_or("", |(name, _)| *name);
    let counts: Vec<(&str, &str, Vec<&TouchPlan>)> =
        STATES.iter().map(|(name, title)| (*name, *title, touches.of_state(name))).collect();
    let shown: Vec<(&str, &TouchPlan)> = counts
        .iter()
        .filter(|(name, ..)| state.is_empty() || state == *name)
        .flat_map(|(name, _, plans)| plans.iter().map(move |plan| (*name, *plan)))
        .collect();
    let last = pager::last(shown.len(), A_PAGE);
    let page = page.min(last);
    let here: Vec<(&str, &TouchPlan)> =
        shown.into_iter().skip((page - 1) * A_PAGE).take(A_PAGE).collect();
    html! {
        h1 { "Touches" }
        p.lead { "With whom you stay in touch until they respond: each touch is of use to them, and none goes without you." }
        p.acts { a.act href="/touches/begin" { "Stay in touch with somebody" } }
        @if touches.plans.is_empty() {
            section.empty {
                h2 { "Nobody yet" }
                p { "Begin with a person of one of your " a href="/targets" { "targets" } ", with somebody in a deal that has gone quiet, or here by an address." }
            }
        } @else {
            nav.inside aria-label="Which ones" {
                a href="/touches" aria-current=[state.is_empty().then_some("true")] { "All (" (touches.plans.len()) ")" }
                @for (name, title, plans) in &counts {
                    @if !plans.is_empty() {
                        a href={ "/touches?state=" (name) } aria-current=[(state == *name).then_some("true")] { (title) " (" (plans.len()) ")" }
                    }
                }
            }
            @for (name, title, _) in &counts {
                @let of_state: Vec<&TouchPlan> = here.iter().filter(|(of, _)| of == name).map(|(_, plan)| *plan).collect();
                @if !of_state.is_empty() {
                    h2 { (title) }
                    ul.written { @for plan in of_state { (line(plan)) } }
                }
            }
            @if here.is_empty() { p.quiet { "None of these now." } }
            (pager::pager(page, last, |page| address(state, page)))
        }
    }
}

fn address(state: &str, page: usize) -> String {
    if state.is_empty() {
        format!("/touches?page={page}")
    } else {
        format!("/touches?state={state}&page={page}")
    }
}

/// One plan in a list.
pub(crate) fn line(plan: &TouchPlan) -> Markup {
    html! {
        li data-row {
            p {
                a data-key="Enter" href={ "/touches/" (plan.number) } { (plan.label) }
                @if plan.label != plan.person.as_str() { " · " a.quiet href=(person_link(&plan.person)) { (plan.person) } }
            }
            @if let Some(next) = &plan.next {
                p {
                    time datetime=(next.day) { (parts::date(next.day)) } ": " (by_words(next.by)) " · " (next.useful.in_words())
                    @if let Some(approved) = next.approved.as_ref().filter(|_| !next.is_moved) { " · approved: " (approved.what) }
                }
            }
            @if let Some(why) = plan.state.why() { p.quiet { (why) } }
            @else if let Some(why) = plan.next.as_ref().and_then(|next| next.why_day.first()) { p.quiet { (why) } }
        }
    }
}
