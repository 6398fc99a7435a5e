//! What somebody says beside what is seen, and what was put off, for whoever may look.

use inroad_service::seller_habits::competences::Compared;
use inroad_service::seller_habits::measure::Seen;
use inroad_service::seller_habits::reluctance::Reluctance;
use inroad_service::{Profile, PutOffs};
use maud::{Markup, html};

/// What is counted, as a table.
pub(super) fn seen(profile: &Profile) -> Markup {
    html! {
        @if !profile.is_whole {
            p { "This data file is somebody else's mailbox: it holds the letters that came through it, and not the others. What is seen is a part, and not chosen by chance." }
        }
        div.wide { table {
            thead { tr { th scope="col" { "What is counted" } th scope="col" { "Seen" } } }
            tbody { @for one in &profile.seen { (row(one)) } }
        } }
        p.quiet { small { "In brackets the interval that holds the true value in 19 of 20 cases. Under eight cases nothing is said, and nothing where the interval is wider than half of all there is." } }
    }
}

fn row(one: &Seen) -> Markup {
    html! {
        tr {
            th scope="row" { (one.measure.title()) br; small.quiet { (one.measure.counts()) } }
            td { (one.measure.in_words(&one.told)) }
        }
    }
}

/// One competence in words: what is said, what is seen, and what the two say together.
pub(super) fn compared(one: &Compared) -> Markup {
    html! {
        @if let Some(seen) = &one.seen {
            p { "Seen: " (seen.measure.title().to_lowercase()) ", " (seen.measure.in_words(&seen.told)) "." }
        }
        @if let Some(together) = one.together { p { strong { (together.in_words()) } } }
        @if let Some(means) = one.means { p.quiet { (means) } }
    }
}

/// The competences with their answers, for somebody else to read.
pub(super) fn said(profile: &Profile) -> Markup {
    html! {
        @for one in &profile.competences {
            section.setting {
                h3 { (one.title) }
                ul { @for said in &one.said {
                    li { (said.statement) " " @match said.answer { Some(answer) => strong { (answer.in_words()) }, None => span.quiet { "not answered" } } }
                } }
                (compared(one))
            }
        }
    }
}

/// What was put off: said where it is often enough, counted otherwise.
pub(super) fn put_offs(put_offs: &PutOffs) -> Markup {
    let is_worth = |one: &&Reluctance| one.is_worth_a_word;
    html! {
        @if !put_offs.is_whole {
            p.quiet { "Plans are kept in the data file of whose mailbox it is; of yours there are none here." }
        } @else {
            @if !put_offs.what.iter().any(|one| one.is_worth_a_word) {
                p { "Nothing is put off more often than chance and full days do, as far as anybody can tell." }
            }
            @for one in put_offs.what.iter().filter(is_worth) {
                section.step {
                    p { (one.what.says()) }
                    p { strong { "One small step: " } (one.what.step()) }
                }
            }
            details.folded {
                summary { "What was counted" }
                ul { @for one in &put_offs.what { li { (one.what.counts()) ": " (counted(one)) "." } } }
            }
        }
    }
}

fn counted(one: &Reluctance) -> String {
    use inroad_service::seller_habits::measure::Measure::CallsMade;
    CallsMade.in_words(&one.told)
}
