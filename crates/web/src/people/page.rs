//! One person: how they write, what is known, and what to do about what is not right.

use inroad_advice::people::PersonReview;
use inroad_advice::rhythm::Owes;
use inroad_model::{ContactField, Moment, Subject};
use inroad_service::{CueMonth, LetterLine, Morning, PersonPage};
use maud::{Markup, html};

use super::{facts, known, records, same, written};
use crate::forms::hidden_key;
use crate::parts::{self, Links, account_link, person_link};
use crate::visit::Visit;
use crate::{coach, strip, touches};

/// Months that are shown at first.
const MONTHS_MAX: usize = 24;
/// Cues of one month.
const CUES_MAX: usize = 5;
/// Tags that most sellers want.
const TAGS_PROPOSED: [&str; 4] = ["champion", "referrer", "friend", "press"];

pub(crate) fn person(
    person: &PersonPage,
    on_record: &[(ContactField, String)],
    morning: &Morning,
    visit: &Visit,
    as_of: Moment,
) -> Markup {
    let deals = known::deals_with(person, morning);
    let at = person_link(&person.email);
    let review = person.acquaintance.as_ref().map(|known| &known.person);
    html! {
        article.person {
            p { a href="/people" { "← People" } }
            h1 { (person.label()) }
            (lead(person, review))
            (write(person))
            (no_mail(person, visit, &at))
            (facts::doubts(person, visit))
            @if let Some(review) = review { (rhythm(review, as_of)) }
            (known::seats(person, &deals))
            (known::ties(person, &deals, visit))
            (facts::facts(&person.facts))
            (cues(&person.cues))
            (written::notes_section(&person.entries, &at, visit))
            (written::tags_section(&person.entries, &at, &TAGS_PROPOSED, visit))
            (same::addresses(person, visit))
            (records::section(person, on_record, visit))
            (letters(person))
            (privacy(&at, visit))
        }
    }
}

/// What a person may ask for of the data that are held of them.
fn privacy(at: &str, visit: &Visit) -> Markup {
    html! {
        section aria-labelledby="privacy" {
            h2 id="privacy" { "Their data" }
            form method="post" action={ (at) "/export" } {
                (hidden_key(&visit.form_key))
                button type="submit" { "Save all that is held" }
            }
            p { a href={ (at) "/erase" } { "Erase this person" } }
        }
    }
}

fn lead(person: &PersonPage, review: Option<&PersonReview>) -> Markup {
    html! {
        p.lead {
            @if let Some(state) = review.and_then(|review| review.state) { (parts::state(state)) " " }
            @if let Some(title) = review.and_then(|review| review.title.as_deref()) { (title) " · " }
            @match (&person.domain, &person.firm) {
                (Some(domain), firm) => { a href=(account_link(domain)) { (firm.as_deref().unwrap_or(domain)) } " · " }
                (None, Some(firm)) => { (firm) " · " }
                (None, None) => {}
            }
            (person.email)
        }
        @if person.titles.len() > 1 {
            p.quiet { small {
                "Signed as " @for (n, (title, at, source)) in person.titles.iter().enumerate() {
                    @if n > 0 { ", then " } "“" (title) "” from " (at.date().strftime("%B %Y").to_string()) " " (parts::place(source, Links::Pages))
                }
            } }
        }
    }
}

/// The way to a draft; none to whom nothing is written.
fn write(person: &PersonPage) -> Markup {
    let is_alone = !person.opted_out.is_empty()
        || person.entries.iter().any(|kept| written::because(kept).is_some());
    html! {
        @if !is_alone {
            p.acts { a.act href=(coach::link(&person.email, None, None)) data-page-key="w" { "Write" } a.act href=(touches::begin_link(Some(&person.email), None, None)) data-dialog { "Stay in touch" } }
        }
    }
}

/// Whether they are to be left alone: by their own word, which stands, or by the user's.
fn no_mail(person: &PersonPage, visit: &Visit, at: &str) -> Markup {
    let own = |kept: &&inroad_model::KeptEntry| {
        written::because(kept).is_some() && matches!(kept.about, Subject::Person(_))
    };
    let of_firm = person.entries.iter().find_map(|kept| match &kept.about {
        Subject::Account(domain) => Some((domain, written::because(kept)?)),
        _ => None,
    });
    html! {
        section.alone aria-labelledby="alone" {
            h2 id="alone" { "Do not contact" }
            @for stated in &person.opted_out {
                p { strong { "Asked for no more mail" } " on " (stated.at.date().strftime("%-d %B %Y").to_string()) ". That is theirs to decide, and is not taken back here." }
                @if !stated.fact.quote.is_empty() { blockquote { (stated.fact.quote) } }
                (parts::place(&stated.fact.source, Links::Pages))
            }
            @if let Some((domain, because)) = of_firm {
                p { strong { "The whole firm is left alone" } ": " (because) " " a href=(account_link(domain.as_str())) { "Change it at the firm" } }
            }
            (written::alone_section(person.entries.iter().find(own), at, "this person", visit))
        }
    }
}

fn rhythm(review: &PersonReview, as_of: Moment) -> Markup {
    html! {
        section aria-labelledby="rhythm" {
            h2 id="rhythm" { "Rhythm" }
            p { (habit(review)) }
            @if !review.letters.is_empty() {
                (strip::person(review, as_of))
                p.quiet { small { "Half a year up to today: their letters above the line, yours below; shaded, when their answer is usual." } }
            }
        }
    }
}

fn habit(review: &PersonReview) -> String {
    let wrote = format!("{} letters from them, {} from you", review.received, review.sent);
    let usual = match review.usual_days {
        Some((half, most)) => format!(
            "half of their answers come within {}, nine of ten within {}",
            days(half),
            days(most)
        ),
        None => "they have not answered a letter of yours yet".to_owned(),
    };
    let next = match review.owes {
        Owes::They => ", and you wrote last",
        Owes::We => ", and the last word is theirs",
        Owes::Nobody => "",
    };
    format!("{wrote}: {usual}{next}.")
}

/// Days as a person says them.
fn days(days: f64) -> String {
    match days {
        days if days < 0.95 => "a day".to_owned(),
        days if days < 10.0 => format!("{days:.1} days"),
        days => format!("{days:.0} days"),
    }
}

/// What their letters told between the lines, month by month.
fn cues(months: &[CueMonth]) -> Markup {
    html! {
        @if months.iter().any(|month| !month.cues.is_empty() || month.has_private) {
            section aria-labelledby="cues" {
                h2 id="cues" { "Between the lines" }
                p.quiet { small { "A guess from the words alone, taken down when the letters came in." } }
                div.scroll {
                    table {
                        thead { tr { th { "Month" } th { "Letters" } th { "What they told" } } }
                        tbody { @for month in months.iter().take(MONTHS_MAX) {
                            tr {
                                td { (month.month.strftime("%B %Y").to_string()) }
                                td { (month.letters) }
                                td {
                                    @for (n, (cue, times)) in month.cues.iter().take(CUES_MAX).enumerate() {
                                        @if n > 0 { "; " } (cue.says()) @if *times > 1 { " (" (times) "×)" }
                                    }
                                    @if month.has_private { @if !month.cues.is_empty() { "; " } "something private" }
                                }
                            }
                        } }
                    }
                }
                @if months.len() > MONTHS_MAX { p.quiet { small { "And " (months.len() - MONTHS_MAX) " months before." } } }
            }
        }
    }
}

fn letters(person: &PersonPage) -> Markup {
    html! {
        h2 { "Letters" }
        @if person.letters.is_empty() { p.quiet { "None yet." } }
        @else {
            div.scroll {
                table {
                    thead { tr { th { "Day" } th { "From" } th { "Subject" } } }
                    tbody { @for line in &person.letters { (letter(line, person)) } }
                }
            }
            @if person.letter_count > person.letters.len() { p.quiet { "The latest of " (person.letter_count) "." } }
        }
    }
}

fn letter(line: &LetterLine, person: &PersonPage) -> Markup {
    let subject = line.subject.trim();
    let is_theirs = line.from.as_ref().is_some_and(|from| person.addresses.contains(from));
    let is_ours = line.from.as_ref().is_some_and(|from| person.seller.emails.contains(from));
    html! {
        tr {
            td { (parts::day(line.at)) }
            td { @if is_theirs { "them" } @else if is_ours { "you" } @else if let Some(from) = &line.from { (from) } @else { span.quiet { "nobody named" } } }
            td { a href=(parts::message_link(&line.id, None)) { (if subject.is_empty() { "without a subject" } else { subject }) } }
        }
    }
}
