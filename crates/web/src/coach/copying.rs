//! The way out of the page: a person copies the text. While something holds it up, only after a second
//! look; to somebody who is not to be contacted never.

use inroad_coach::draft::Channel;
use inroad_coach::report::Finding;
use inroad_coach::rules::rule::Severity;
use maud::{Markup, html};

use super::Shown;
use crate::parts;

pub(super) fn copying(shown: &Shown<'_>) -> Markup {
    let findings = &shown.coached.report.findings;
    let held: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity == Severity::Block).collect();
    html! {
        div id="copying" data-part {
            @if shown.coach.left_alone().is_some() {
                p.held { "Nothing is copied from here: they are not to be contacted." }
            } @else if shown.typed.is_empty() {
                p.quiet { "Write something, or paste a draft. It stays in this page: nothing of it is kept, and nothing is sent from it." }
            } @else if held.is_empty() {
                (buttons(shown, "Copy"))
                p.quiet { "Paste it into your mail program." (mail_program(shown)) }
                (sending(shown))
            } @else {
                @let reasons = reasons(&held);
                p data-with-script hidden {
                    button type="button" disabled aria-describedby="held" { "Copy" }
                }
                p.held id="held" { "Held up: " (reasons) }
                details.all-the-same data-with-script hidden {
                    summary { "Copy all the same" }
                    p { "It would go out as it is. " (reasons) }
                    (buttons(shown, "Copy it so"))
                }
                (sending(shown))
            }
        }
    }
}

fn reasons(held: &[&Finding]) -> String {
    let mut says: Vec<&str> = held.iter().map(|finding| finding.says.as_str()).collect();
    says.dedup();
    format!("{}.", says.join("; "))
}

fn buttons(shown: &Shown<'_>, label: &str) -> Markup {
    html! {
        p.acts data-with-script hidden {
            button type="button" data-copy="text" { (label) }
            @if shown.asked.channel == Channel::Email && !shown.typed.subject.is_empty() {
                button type="button" data-copy="subject" { "Copy the subject" }
            }
        }
    }
}

/// On to the page that shows it as it would go; what holds it up holds it up there, too.
fn sending(shown: &Shown<'_>) -> Markup {
    html! {
        @if shown.asked.channel == Channel::Email {
            p.acts {
                button type="submit" formaction="/send" { "Before it goes…" }
                span.quiet { "Shows it as it would go, for your drafts or to be sent; nothing goes by that." }
            }
        }
    }
}

fn mail_program(shown: &Shown<'_>) -> Markup {
    let person = shown.coach.person().filter(|_| shown.asked.channel == Channel::Email);
    html! {
        @if let Some(person) = person {
            " " a href={ "mailto:" (parts::escape(person.as_str())) } title="Opens your own mail program" { "Open it with the address" }
        }
    }
}
