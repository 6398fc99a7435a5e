//! What was stated of one person, and what does not fit together, in words with the way out.

use inroad_advice::dealings::Stated;
use inroad_model::{FactKind, Moment};
use inroad_service::{Doubt, PersonPage};
use maud::{Markup, html};

use super::records;
use crate::parts::{self, Links, person_link};
use crate::visit::Visit;

/// What is out of date or contradicts itself; nothing where nothing is.
pub(crate) fn doubts(person: &PersonPage, visit: &Visit) -> Markup {
    let doubts = person.acquaintance.as_ref().map_or(&[][..], |known| &known.doubts);
    html! {
        @if !doubts.is_empty() {
            section.doubts aria-labelledby="doubts" {
                h2 id="doubts" { "To check" }
                ul.evidence { @for doubt in doubts { li { (doubt_told(doubt)) (records::answer(doubt, &person.email, false, visit)) } } }
            }
        }
    }
}

/// One of them, in words with the way out.
pub(crate) fn doubt_told(doubt: &Doubt) -> Markup {
    html! {
        @match doubt {
            Doubt::Left { at, source, to, to_name } => {
                span {
                    "Left the firm, it was said on " (day(*at)) ", and did not write since. "
                    @match (to, to_name) {
                        (Some(to), name) => { a href=(person_link(to)) { (name.as_deref().unwrap_or(to.as_str())) } " follows: write there instead." }
                        (None, Some(name)) => { (name) " follows; ask for the address." }
                        (None, None) => { "Ask somebody there who follows; if you know a new address of theirs, join the two below." }
                    }
                }
                " " (parts::place(source, Links::Pages))
            }
            Doubt::Bounces { at, source } => {
                span { "Mail to them comes back since " (day(*at)) ". Look for another address and join the two below, or ask a colleague of theirs." }
                " " (parts::place(source, Links::Pages))
            }
            Doubt::OtherTitle { signed, recorded, at, source } => {
                span { "Signs as “" (signed) "” since " (day(*at)) "; your records say “" (recorded) "”." }
                " " (parts::place(source, Links::Pages))
            }
            Doubt::Unanswered { since } => {
                span { "No answer since you wrote on " (day(*since)) ", for more than a year. Write once more with something new to say, or leave them alone below." }
            }
        }
    }
}

/// What was stated, the latest first.
pub(crate) fn facts(facts: &[Stated]) -> Markup {
    html! {
        @if !facts.is_empty() {
            h2 { "What was stated" }
            ul.evidence {
                @for Stated { fact, at } in facts {
                    li {
                        span { (day(*at)) ": " (says(&Stated { fact: fact.clone(), at: *at })) }
                        @if !fact.quote.is_empty() { blockquote { (fact.quote) } }
                        (parts::words_at(&fact.source, Some(&fact.quote), Links::Pages))
                    }
                }
            }
        }
    }
}

fn says(stated: &Stated) -> String {
    let fact = &stated.fact;
    let to = fact.to_name.clone().or_else(|| fact.to.as_ref().map(ToString::to_string));
    let until = |day: Option<jiff::civil::Date>| {
        day.map_or_else(String::new, |day| format!(" until {}", day.strftime("%-d %B %Y")))
    };
    match fact.kind {
        FactKind::OutOfOffice => format!("away{}", until(fact.until)),
        FactKind::LeftCompany => to.map_or_else(
            || "left the firm".to_owned(),
            |to| format!("left the firm; {to} follows"),
        ),
        FactKind::Acquired => "the firm was acquired or merged".to_owned(),
        FactKind::Reorganised => "they are reorganising".to_owned(),
        FactKind::OptedOut => "asked for no more mail".to_owned(),
        FactKind::Ill => "something private".to_owned(),
        FactKind::Bounced => "mail comes back".to_owned(),
        FactKind::Referred => {
            format!("points to {}", to.unwrap_or_else(|| "a colleague".to_owned()))
        }
        FactKind::ComeBack => match fact.on {
            Some(day) => format!("asks to be written to on {}", day.strftime("%-d %B %Y")),
            None => "asks to be written to later".to_owned(),
        },
        FactKind::Title => {
            format!("signs as {}", fact.title.as_deref().unwrap_or("something else"))
        }
    }
}

fn day(at: Moment) -> String {
    at.date().strftime("%-d %B %Y").to_string()
}
