//! What finished deals taught: win rates with their intervals, and what they changed.

use inroad_service::{Change, Changed, LessonsReport, Tally, ToldLesson};
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::hidden_key;
use crate::parts;

/// A change by less than this share of the number is not worth a line.
const CHANGE_SHOWN_MIN: f64 = 0.03;

/// The page.
pub(crate) fn lessons(report: &LessonsReport, form_key: &Key) -> Markup {
    html! {
        h1 { "What finished deals taught" }
        @if report.lessons.is_empty() {
            p.lead { "No lessons yet. When a deal has ended, its page offers a short review." }
        } @else {
            p.lead { "Won, of all deals with a lesson: " (report.all.in_words()) }
            (rates("What was behind it", report.by_cause.iter().map(|row| (row.name.clone(), &row.tally))))
            (rates("What was tried", report.by_play.iter().map(|row| (row.play.play.clone(), &row.tally))))
            (changes(&report.changes))
            h2 { "The lessons" }
            div.scroll { table {
                thead { tr { th { "No." } th { "Deal" } th { "Ended" } th { "What was behind it" } td {} } }
                tbody { @for told in &report.lessons { (row(told, form_key)) } }
            } }
        }
        (decided(report))
        @if !report.waiting.is_empty() {
            h2 { "Ended, without a word yet" }
            ul { @for deal in &report.waiting {
                li { a href={ (parts::deal_link(&deal.id)) "#lesson" } { (deal.name) } }
            } }
        }
    }
}

fn rates<'r>(head: &str, rows: impl Iterator<Item = (String, &'r Tally)>) -> Markup {
    let rows: Vec<(String, &Tally)> = rows.collect();
    html! {
        @if !rows.is_empty() {
            div.scroll { table {
                thead { tr { th { (head) } th { "Won (95 % interval)" } } }
                tbody { @for (name, tally) in &rows { tr { td { (name) } td { (tally.in_words()) } } } }
            } }
        }
    }
}

fn changes(changes: &[Change]) -> Markup {
    let is_shown = |change: &&Change| {
        !change.lessons.is_empty() && (change.to / change.from).ln().abs() >= CHANGE_SHOWN_MIN
    };
    let shown: Vec<&Change> = changes.iter().filter(is_shown).collect();
    html! {
        @if !shown.is_empty() {
            h2 { "What this changed in your playbook" }
            div.scroll { table {
                thead { tr { th { "Scenario" } th { "What" } th { "Was" } th { "Is" } th { "By lessons" } } }
                tbody { @for change in shown { (changed(change)) } }
            } }
        }
    }
}

fn changed(change: &Change) -> Markup {
    let (what, from, to) = match &change.what {
        Changed::Share => (
            "how common it is".to_owned(),
            format!("{:.1} %", change.from * 100.0),
            format!("{:.1} %", change.to * 100.0),
        ),
        Changed::Times { sign } => (
            format!("{} speaks for it", sign.replace('_', " ")),
            format!("{:.1} times", change.from),
            format!("{:.1} times", change.to),
        ),
        Changed::Place { play } => (
            format!("place of \"{play}\""),
            format!("{:.0}", change.from),
            format!("{:.0}", change.to),
        ),
    };
    let lessons: Vec<String> = change.lessons.iter().map(ToString::to_string).collect();
    html! {
        tr {
            td { (change.scenario.replace('_', " ")) }
            td { (what) } td { (from) } td { (to) } td { (lessons.join(", ")) }
        }
    }
}

fn row(told: &ToldLesson, form_key: &Key) -> Markup {
    let lesson = &told.kept.lesson;
    let causes: Vec<String> =
        lesson.causes.iter().map(|cause| cause.as_str().replace('_', " ")).collect();
    let words = [&lesson.words.people, &lesson.words.process, &lesson.words.changed];
    html! {
        tr {
            td { (told.kept.number.get()) }
            td {
                (told.deal_name)
                @if words.iter().any(|word| word.is_some()) {
                    details {
                        summary { "Your words" }
                        @for word in words.into_iter().flatten() { blockquote { (word.as_str()) } }
                    }
                }
            }
            td { (parts::day(Some(lesson.ended_at))) br; (lesson.outcome.in_words()) }
            td { @if causes.is_empty() { "not known" } @else { (causes.join(", ")) } }
            td {
                @if told.kept.withdrawn_at.is_some() {
                    span.quiet { "taken back" }
                } @else {
                    form method="post" action={ "/lessons/" (told.kept.number.get()) "/undo" } {
                        (hidden_key(form_key))
                        button type="submit" { "Take back" }
                    }
                }
            }
        }
    }
}

fn decided(report: &LessonsReport) -> Markup {
    html! {
        @if !report.decided.is_empty() {
            h2 { "Where you decided otherwise" }
            div.scroll { table {
                thead { tr { th { "Deal" } th { "You decided" } th { "Because" } th { "It ended" } } }
                tbody { @for decided in &report.decided {
                    tr {
                        td { (decided.deal_name) }
                        td { (decided.overruling.chosen().in_words()) " instead of " (decided.overruling.advised().in_words()) }
                        td { (decided.overruling.because().as_str()) }
                        td { (decided.outcome.map_or("not known yet", |outcome| outcome.in_words())) }
                    }
                } }
            } }
            @if report.decided_tally.of > 0 { p { "Of these, won: " (report.decided_tally.in_words()) } }
        }
    }
}
