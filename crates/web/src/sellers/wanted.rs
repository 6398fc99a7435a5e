//! Where everybody begins: one's own, who lets one look, what one is asked for; and for who answers for a
//! team, where help is wanted, by its day.

use inroad_service::{AskedFor, HelpWanted, OpenToMe, Right, Shared};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::forms::hidden;
use crate::parts;
use crate::visit::Visit;

/// What stands there.
pub(super) struct Start {
    /// For who answers for a team.
    pub wanted: Option<HelpWanted>,
    pub open: Vec<OpenToMe>,
    pub asked_of_me: Vec<AskedFor>,
    pub shares: Vec<Shared>,
}

/// So many are shown at once; those that are due first.
const SHOWN_MAX: usize = 200;

pub(super) fn page(start: &Start, visit: &Visit, today: Date) -> Markup {
    html! {
        h1 { "You" }
        @if visit.actor.may(Right::Selling) {
            p.lead { "How you sell is yours. " a href="/sellers/me" { "Your selling" } " · " a href="/sellers/goal" { "What you practise" } }
        }
        @if let Some(wanted) = &start.wanted { (help_wanted(wanted, today)) }
        h2 { "Who lets you look" }
        @if start.open.is_empty() {
            p { "Nobody. What somebody says of their selling, and what is seen of it, is theirs until they say otherwise." }
        }
        ul { @for one in &start.open {
            li { a href={ "/sellers/" (parts::escape(one.email.as_str())) } { (one.name) } ": " (in_words(one)) }
        } }
        @if !start.asked_of_me.is_empty() { h2 { "What you are asked for" } (asked_of_me(&start.asked_of_me)) }
        @if !start.shares.is_empty() { h2 { "Shares of commissions" } (shares(&start.shares, visit, "/sellers")) }
    }
}

fn in_words(one: &OpenToMe) -> String {
    use inroad_model::SellerPart::{Goals, Profile, Reluctance};
    let part = |part: &_| match part {
        Profile => "their profile",
        Reluctance => "what they put off",
        Goals => "what they practise",
    };
    one.parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn help_wanted(wanted: &HelpWanted, today: Date) -> Markup {
    html! {
        h2 { "Where help is wanted" }
        p.quiet { "What the people of your team ask for, by the day on which they need it. Nobody is compared here." }
        @if wanted.asked.is_empty() { p { "Nobody asks for anything now." } }
        ul.written { @for one in wanted.asked.iter().take(SHOWN_MAX) { (line(one, Some(today))) } }
        @if wanted.asked.len() > SHOWN_MAX { p.quiet { "And " (wanted.asked.len() - SHOWN_MAX) " more, due later." } }
    }
}

/// What others ask one for.
pub(super) fn asked_of_me(asked: &[AskedFor]) -> Markup {
    html! { ul.written { @for one in asked.iter().take(SHOWN_MAX) { (line(one, None)) } } }
}

fn line(one: &AskedFor, today: Option<Date>) -> Markup {
    let is_due = today.is_some_and(|today| one.asked.by.is_some_and(|by| by <= today));
    html! {
        li { p {
            strong { (one.who) } ": " (one.asked.with.in_words()) ". " (one.asked.words) " "
            small.quiet {
                @match one.asked.by { Some(by) => { "by " (parts::date(by)) @if is_due { " (due)" } }, None => "no day named" }
                ", asked " (parts::day(Some(one.since)))
                @if let Some(of) = &one.of { ", of " (of) }
            }
        } }
    }
}

/// Shares that concern one, with the way to agree.
pub(super) fn shares(shares: &[Shared], visit: &Visit, next: &str) -> Markup {
    html! {
        ul.written { @for one in shares.iter().take(SHOWN_MAX) {
            li {
                p {
                    (one.called) ": " (one.percent) " % for " (one.with) ", proposed by " (one.from) ", since " (parts::date(one.since))
                    @if let Some(words) = &one.words { ". " (words) }
                    " " @match one.agreed_at { Some(at) => span.quiet { "agreed by both on " (parts::day(Some(at))) }, None => strong { "not agreed yet" } }
                }
                @if one.is_mine_to_agree {
                    form.line method="post" action={ "/sellers/words/" (one.number) "/agree" } {
                        (hidden(&visit.form_key, next))
                        button.small type="submit" aria-label={ "I agree: " (one.called) } { "I agree" }
                    }
                } @else if visit.actor.is_owner() {
                    form.line method="post" action={ "/sellers/words/" (one.number) "/back" } {
                        (hidden(&visit.form_key, next))
                        button.small type="submit" aria-label={ "Take back: " (one.called) } { "Take back" }
                    }
                }
            }
        } }
    }
}
