//! How the findings look.

use inroad_service::search::{Findings, Listed, Marked};
use maud::{Markup, html};

use crate::help::Section;
use crate::parts;

/// More sections of the manual than these push the letters away.
const SECTIONS_MAX: usize = 4;

/// The page: the box, what could not be understood, and what was found of each kind.
pub(super) fn search(typed: &str, findings: &Findings, sections: &[Section]) -> Markup {
    html! {
        h1 { "Search" }
        form.filters.search method="get" action="/search" role="search" data-search {
            label { span.for-ears { "What to find" } input type="search" name="q" value=(typed) autofocus maxlength="1000" placeholder="Words, a name, from:jana, deal:warehouse, before:2026-03"; }
            button type="submit" { "Find" }
        }
        div data-found aria-live="polite" {
            @if typed.trim().is_empty() { (how()) } @else { (found(typed, findings, sections)) }
        }
        script type="module" src="/search.js" {}
    }
}

fn found(typed: &str, findings: &Findings, sections: &[Section]) -> Markup {
    let nothing = findings.deals.shown.is_empty()
        && findings.people.shown.is_empty()
        && findings.messages.shown.is_empty()
        && findings.notes.shown.is_empty()
        && sections.is_empty();
    html! {
        @for problem in &findings.problems {
            p.warning { (typed.get(problem.place.clone()).unwrap_or_default()) ": " (problem.what) }
        }
        @if nothing { p { "Nothing holds that. Try fewer words, or the beginning of one." } }
        @if !findings.deals.shown.is_empty() {
            h2 { "Deals" }
            ul.found {
                @for deal in &findings.deals.shown {
                    li data-row="" {
                        @if let Some(state) = deal.state { (parts::state(state)) " " }
                        a href=(parts::deal_link(&deal.id)) data-key="Enter" { (marked(&deal.name)) }
                        @if let Some(organization) = &deal.organization { " " span.quiet { (marked(organization)) } }
                        @if let Some(person) = &deal.person { " " span.quiet { "with " (marked(person)) } }
                    }
                }
            }
            (more(&findings.deals))
        }
        @if !findings.people.shown.is_empty() {
            h2 { "People" }
            ul.found {
                @for person in &findings.people.shown {
                    li data-row="" {
                        a href=(parts::person_link(&person.email)) data-key="Enter" {
                            @if let Some(name) = &person.name { (marked(name)) } @else { (person.email.as_str()) }
                        }
                        " " span.quiet {
                            (person.email.as_str())
                            @if let Some(organization) = &person.organization { " · " (marked(organization)) }
                            " · " (person.messages) " letters"
                        }
                    }
                }
            }
            (more(&findings.people))
        }
        @if !findings.messages.shown.is_empty() {
            h2 { "Letters" }
            ul.found {
                @for message in &findings.messages.shown {
                    @let words = message.snippet.as_ref().and_then(first_mark);
                    li data-row="" {
                        (parts::day(message.date)) " "
                        a href=(parts::message_link(&message.message, words)) data-key="Enter" {
                            @if message.subject.text.trim().is_empty() { "(without a subject)" } @else { (marked(&message.subject)) }
                        }
                        @if let Some(from) = &message.from { " " span.quiet { "from " (from.label()) } }
                        @if let Some(snippet) = &message.snippet { p.snippet { (marked(snippet)) } }
                    }
                }
            }
            (more(&findings.messages))
        }
        @if !findings.notes.shown.is_empty() {
            h2 { "Notes" }
            ul.found {
                @for note in &findings.notes.shown {
                    li data-row="" {
                        (parts::date(note.date)) " "
                        a href={ (parts::deal_link(&note.deal)) "#timeline" } data-key="Enter" { (note.deal_name) }
                        @if let Some(snippet) = &note.snippet { p.snippet { (marked(snippet)) } }
                    }
                }
            }
            (more(&findings.notes))
        }
        @if !sections.is_empty() {
            h2 { "In the manual" }
            ul.found { @for section in sections.iter().take(SECTIONS_MAX) { li data-row="" { a href=(section.address) data-key="Enter" { (section.title) } } } }
        }
    }
}

fn more<T>(listed: &Listed<T>) -> Markup {
    html! { @if listed.more { p.quiet { "There are more; another word or an operator narrows it down." } } }
}

/// The words of the first mark, with which a message is opened.
fn first_mark(snippet: &Marked) -> Option<&str> {
    snippet.text.get(snippet.marks.first()?.clone())
}

/// A text with its marks.
fn marked(text: &Marked) -> Markup {
    let starts = std::iter::once(0).chain(text.marks.iter().map(|mark| mark.end));
    let between = |from: usize, to: usize| text.text.get(from..to).unwrap_or_default();
    html! {
        @for (mark, from) in text.marks.iter().zip(starts) {
            (between(from, mark.start))
            mark { (between(mark.start, mark.end)) }
        }
        (between(text.marks.last().map_or(0, |mark| mark.end), text.text.len()))
    }
}

/// What can be typed.
fn how() -> Markup {
    html! {
        p { "Deals, people, letters, notes and the manual, as you type. Words may be begun; words in quotes stand side by side; a " code { "-" } " before a word leaves it out." }
        dl.numbers {
            @for (what, says) in [
                ("from:jana  to:  with:", "who wrote it, to whom, or either: a name, an address, a domain"),
                ("deal:warehouse", "about one deal"),
                ("state:cold", "about deals that are warm, cooling, cold, dark, paused or closed"),
                ("before:2026-03  after:  on:", "by day, month or year"),
                ("has:attachment", "with an attachment, a fact or an invitation"),
                ("kind:note", "only letters (message), people (person), deals or notes"),
            ] {
                div { dt { code { (what) } } dd { (says) } }
            }
        }
    }
}
