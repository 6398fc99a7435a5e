//! How the morning looks.

use std::collections::BTreeSet;

use inroad_advice::DealReview;
use inroad_advice::agenda::{Agenda, Planned, Resting};
use inroad_model::{DealId, Moment};
use inroad_service::{DealStatus, Morning, TouchPlan, Touches};
use maud::{Markup, html};

use super::changes::{self, Changed};
use crate::acts;
use crate::parts::{self, Links};
use crate::strip;
use crate::touches;

/// So many a section shows; the list of all deals has the rest.
const FOLDED_MAX: usize = 40;
/// So many deals are named about which something was proposed.
const PROPOSED_MAX: usize = 5;

/// The page.
pub(super) fn today(
    morning: &Morning,
    touches: &Touches,
    leads: &Markup,
    waiting: &[DealId],
) -> Markup {
    let review = &morning.review;
    let mut agenda = Agenda::of(review, &morning.entries);
    let settled = touches.settled();
    agenda.due.retain(|plan| !settled.contains(&plan.number));
    let to_approve = touches.to_approve();
    let proposed = morning.deals.iter().filter(|deal| deal.status == DealStatus::Proposed).count();
    html! {
        h1 { (review.as_of.date().strftime("%A, %-d %B %Y").to_string()) }
        p.lead { (lead(&agenda, to_approve.len())) }
        @if review.deals.is_empty() {
            (leads)
            (nothing_yet())
            (due_touches(&to_approve))
        } @else {
            @if proposed > 0 { p { a href="/deals/proposed" { (proposed) " more proposed from your mail" } } }
            (proposed_by_assistants(morning, waiting))
            (due(&agenda.due, review.as_of))
            (due_touches(&to_approve))
            (leads)
            (changed(&changes::since_yesterday(morning)))
            (first(&agenda, morning))
            (resting(&agenda.resting))
            (folded("Can wait for another day", &agenda.more))
            (folded("Over", &agenda.over))
            p.quiet { "Afterwards, if there is time: " a href="/care" { "a few things to look after" } }
        }
    }
}

fn lead(agenda: &Agenda<'_>, touches: usize) -> String {
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let parts: Vec<String> = [
        count(agenda.first.len(), "deal asks for something today", "deals ask for something today"),
        count(agenda.due.len(), "is planned", "are planned"),
        count(touches, "touch waits for your word", "touches wait for your word"),
        count(agenda.resting.len(), "rests", "rest"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "Nothing asks for you today.".to_owned()
    } else {
        format!("{}.", parts.join(", "))
    }
}

/// That something waits for a person's word, and where: a line, however much it is.
fn proposed_by_assistants(morning: &Morning, waiting: &[DealId]) -> Markup {
    let about: BTreeSet<&DealId> = waiting.iter().collect();
    let named = morning.deals.iter().filter(|deal| about.contains(&deal.deal.id));
    let named: Vec<_> = named.take(PROPOSED_MAX).collect();
    html! {
        @if !named.is_empty() {
            p {
                "An assistant proposed something about "
                @for (n, deal) in named.iter().enumerate() {
                    @if n > 0 { ", " }
                    a href={ (parts::deal_link(&deal.deal.id)) "#proposed" } { (deal.deal.name) }
                }
                @if about.len() > named.len() { " and others" }
                ". It counts once you confirm it."
            }
        }
    }
}

fn nothing_yet() -> Markup {
    html! {
        section.empty {
            h2 { "No deals yet" }
            p { "Bring in your mail, and inroad proposes the deals that it sees in it. Then each morning begins here." }
            p { a.button href="/import" { "Bring in mail" } " " a.button href="/deals/proposed" { "See what is proposed" } }
        }
    }
}

fn due(due: &[Planned<'_>], as_of: Moment) -> Markup {
    html! {
        @if !due.is_empty() {
            h2 { "Planned" }
            ul.plans {
                @for plan in due {
                    li data-row="" {
                        span {
                            (plan.what)
                            @if let Some(deal) = plan.deal { " · " a href=(parts::deal_link(&deal.id)) { (deal.name) } }
                            @if plan.day < as_of.date() { " · " span.quiet { "planned for " (parts::date(plan.day)) } }
                        }
                        a.act href={ "/plans/" (plan.number) "/done?next=/" } data-dialog data-key="x" { "Done" }
                    }
                }
            }
        }
    }
}

/// So many touches stand on the page of a day.
const TOUCHES_MAX: usize = 7;

/// Whom to get in touch with today, once the user approves it.
fn due_touches(due: &[&TouchPlan]) -> Markup {
    html! {
        @if !due.is_empty() {
            h2 { "In touch" }
            ul.plans {
                @for plan in due.iter().take(TOUCHES_MAX) {
                    li data-row="" {
                        span {
                            a href={ "/touches/" (plan.number) } data-key="Enter" { (plan.label) }
                            @if let Some(next) = &plan.next { ": " (touches::by_words(next.by)) " · " span.quiet { (next.useful.in_words()) } }
                        }
                    }
                }
            }
            @if due.len() > TOUCHES_MAX { p { a href="/touches?state=due" { (due.len() - TOUCHES_MAX) " more can wait for another day" } } }
        }
    }
}

fn changed(changes: &[Changed<'_>]) -> Markup {
    html! {
        @if !changes.is_empty() {
            h2 { "Since yesterday" }
            ul.changes {
                @for change in changes {
                    li { a href=(parts::deal_link(&change.deal.id)) { (change.deal.name) } ": " (change.says) }
                }
            }
        }
    }
}

fn first(agenda: &Agenda<'_>, morning: &Morning) -> Markup {
    html! {
        @if !agenda.first.is_empty() {
            h2 { "For today" }
            ol.cards { @for deal in &agenda.first { (card(deal, morning)) } }
        }
    }
}

/// One deal that asks for something.
fn card(deal: &DealReview, morning: &Morning) -> Markup {
    html! {
        li.card data-row="" {
            div.head {
                (parts::state(deal.state))
                h3.name { a href=(parts::deal_link(&deal.id)) data-key="Enter" { (deal.name) } }
                @if let Some(organization) = deal.organization.as_ref().filter(|o| !deal.name.contains(*o)) {
                    span.quiet { (organization) }
                }
                span.side {
                    (strip::deal(deal, morning.review.as_of))
                    @if let Some(sum) = parts::sum(deal) { span.sum { (sum) } }
                }
            }
            @if let Some(reason) = deal.reasons.first() {
                p.why {
                    (reason.says) ". "
                    @if let Some(since) = morning.since(deal) {
                        span.since { (deal.state.as_str()) " since " (parts::date(since)) "." } " "
                    }
                    (parts::words_at(&reason.message, reason.quote.as_deref(), Links::Pages))
                }
            }
            @if let Some(own) = &deal.overruled { p.why { (own.in_words()) } }
            p.next { strong { (deal.advice.in_words()) } @if let Some(step) = &deal.next_step { " · " (step.text) } }
            (acts::row(deal, "/"))
        }
    }
}

fn resting(resting: &[Resting<'_>]) -> Markup {
    html! {
        @if !resting.is_empty() {
            section.resting {
                h2 { "Resting" }
                ul {
                    @for rest in resting.iter().take(FOLDED_MAX) {
                        li data-row="" {
                            (parts::state(rest.deal.state)) " "
                            a href=(parts::deal_link(&rest.deal.id)) data-key="Enter" { (rest.deal.name) }
                            " " span.quiet { (rest.until) }
                            @if let Some(number) = rest.laid_aside {
                                " " a.act href={ "/entries/" (number) "/strike?next=/" } data-dialog { "Bring it back" }
                            }
                        }
                    }
                }
                (rest_of(resting.len()))
            }
        }
    }
}

fn folded(title: &str, deals: &[&DealReview]) -> Markup {
    html! {
        @if !deals.is_empty() {
            details.folded {
                summary { (title) " (" (deals.len()) ")" }
                ul {
                    @for deal in deals.iter().take(FOLDED_MAX) {
                        li data-row="" {
                            (parts::state(deal.state)) " "
                            a href=(parts::deal_link(&deal.id)) data-key="Enter" { (deal.name) }
                            @if let Some(step) = &deal.next_step { " " span.quiet { (step.text) } }
                        }
                    }
                }
                (rest_of(deals.len()))
            }
        }
    }
}

/// The way to what a section leaves out.
fn rest_of(count: usize) -> Markup {
    html! {
        @if count > FOLDED_MAX {
            p { a href="/deals?view=list" { "All deals, of which " (count - FOLDED_MAX) " more are of this kind" } }
        }
    }
}
