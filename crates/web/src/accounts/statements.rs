//! What a text that was kept states about the firm: proposed with its words, taken by the user.

use inroad_model::{ClaimSource, Entry, KeptEntry, KeptPage, Topic};
use inroad_service::{Proposed, Silence, Statement};
use maud::{Markup, html};

use crate::forms::hidden;
use crate::parts::account_link;
use crate::visit::Visit;

/// The longest wording that is taken, in characters.
const TEXT_CHARS_MAX: usize = 400;

/// What is proposed, each with its words and the form that takes it.
pub(super) fn section(
    page: &KeptPage,
    proposed: &Proposed,
    entries: &[KeptEntry],
    visit: &Visit,
) -> Markup {
    html! {
        section.proposed aria-labelledby="proposed" {
            h2 id="proposed" { "What it says of them" }
            @if let Some(silence) = proposed.silence { p.quiet { (why_nothing(silence)) } }
            @else { p.quiet { "Proposed for the form, each with its words; nothing is taken by itself. What you take stands there as an assumption." } }
            ul.written {
                @for statement in &proposed.statements {
                    li data-row {
                        p { (statement.topic.in_words()) ": " q { (statement.quote) } }
                        @if is_taken(page, statement, entries) { p.quiet { "On the form." } }
                        @else { (take(page, statement, visit)) }
                    }
                }
            }
            @if proposed.left_out > 0 { p.quiet { "And " (proposed.left_out) " more, which tell less." } }
            @if proposed.is_cut { p.quiet { "The text is long; its end was not read." } }
        }
    }
}

fn why_nothing(silence: Silence) -> &'static str {
    match silence {
        Silence::NotEnglish => {
            "Nothing is proposed: only English is read. Write into the form what matters."
        }
        Silence::NothingStated => {
            "Nothing is proposed: no sentence states anything that belongs on the form, as far as it is understood."
        }
    }
}

fn is_taken(page: &KeptPage, statement: &Statement, entries: &[KeptEntry]) -> bool {
    entries.iter().any(|kept| match &kept.entry {
        Entry::Claim(claim) => {
            claim.topic == statement.topic
                && matches!(&claim.source, ClaimSource::Page { number, quote }
                    if *number == page.number && quote.as_str() == statement.quote.trim())
        }
        _ => false,
    })
}

fn take(page: &KeptPage, statement: &Statement, visit: &Visit) -> Markup {
    html! {
        form.line method="post" action={ (account_link(page.about.as_str())) "/accept" } {
            (hidden(&visit.form_key, &visit.address))
            input type="hidden" name="page" value=(page.number);
            input type="hidden" name="from" value=(statement.range.start);
            input type="hidden" name="to" value=(statement.range.end);
            select name="topic" aria-label="About" {
                @for topic in Topic::ALL { option value=(topic.as_str()) selected[topic == statement.topic] { (topic.in_words()) } }
            }
            input name="text" value=(statement.text) required maxlength=(TEXT_CHARS_MAX) aria-label="In your words";
            button type="submit" data-key="y" aria-label={ "Take it: " (statement.text) } { "Take it" }
        }
    }
}
