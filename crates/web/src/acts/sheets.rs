//! The forms: small sheets that need no script.

use inroad_model::{Channel, Entry, KeptEntry, Remark};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use super::About;
use crate::access::Key;
use crate::forms::hidden;
use crate::parts;

/// Something to do on a day.
pub(super) fn plan(about: &About, today: Date, next: &str, key: &Key) -> Markup {
    let name = &about.name;
    let action = format!("{}/plan", parts::deal_link(&about.id));
    let fields = html! {
        label { "What" input name="what" required maxlength=(Remark::CHARS_MAX) autofocus; }
        (day_field("day", "When", later(today, 1), today))
        (channels("How", None))
        @if !about.people.is_empty() {
            label {
                "With whom"
                select name="with" {
                    option value="" { "Nobody in particular" }
                    @for (email, name) in &about.people { option value=(email.as_str()) { (name) } }
                }
            }
        }
    };
    sheet(&format!("Plan something for {name}"), &action, &fields, "Plan it", next, key)
}

/// What was said or seen.
pub(super) fn note(about: &About, today: Date, next: &str, key: &Key) -> Markup {
    let name = &about.name;
    let action = format!("{}/note", parts::deal_link(&about.id));
    let fields = html! {
        label {
            "What was said, or what you saw"
            textarea name="text" rows="4" required maxlength=(Remark::CHARS_MAX) autofocus {}
        }
        label { "On which day" input type="date" name="day" value=(today.to_string()) max=(today.to_string()) required; }
        (channels("How it came about", Some("A thought of yours")))
        p.quiet { "It is read as evidence, as a letter is." }
    };
    sheet(&format!("Note on {name}"), &action, &fields, "Keep it", next, key)
}

/// Not today.
pub(super) fn aside(about: &About, today: Date, next: &str, key: &Key) -> Markup {
    let name = &about.name;
    let action = format!("{}/aside", parts::deal_link(&about.id));
    let fields = html! {
        (day_field("until", "Until", later(today, 7), later(today, 1)))
        label { "Why" input name="because" required maxlength=(Remark::CHARS_MAX) autofocus; }
        p.quiet { "It comes back on that day, or as soon as they write." }
    };
    sheet(&format!("Lay {name} aside"), &action, &fields, "Lay it aside", next, key)
}

/// A plan that was carried out.
pub(super) fn done(kept: &KeptEntry, next: &str, key: &Key) -> Markup {
    let action = format!("/plans/{}/done", kept.number);
    sheet("Done as planned?", &action, &told(&kept.entry), "Yes, it is done", next, key)
}

/// Something to be taken back.
pub(super) fn strike(kept: &KeptEntry, next: &str, key: &Key) -> Markup {
    let action = format!("/entries/{}/strike", kept.number);
    sheet("Take this back?", &action, &told(&kept.entry), "Take it back", next, key)
}

/// What an entry says.
fn told(entry: &Entry) -> Markup {
    let (text, day) = match entry {
        Entry::Note { day, text, .. } => (text.as_str(), Some(*day)),
        Entry::Plan { day, what, .. } => (what.as_str(), Some(*day)),
        Entry::Snooze { until, because } => (because.as_str(), Some(*until)),
        Entry::LeaveAlone { because } | Entry::TouchesEnded { because, .. } => {
            (because.as_str(), None)
        }
        Entry::Tag { tag } => (tag.as_str(), None),
        Entry::Step { play, .. } => (play.as_str(), None),
        Entry::Done { .. } => ("Something planned that is done", None),
        Entry::Claim(claim) => (claim.text.as_str(), Some(claim.day)),
        Entry::Fell { because, .. } => {
            (because.as_ref().map_or("An assumption that did not hold", Remark::as_str), None)
        }
        Entry::Target { because } => {
            (because.as_ref().map_or("On the target list", Remark::as_str), None)
        }
        Entry::Question { text, .. } => (text.as_str(), None),
        Entry::Record(change) => (change.is.as_ref().map_or("Put right", Remark::as_str), None),
        Entry::LookedAt { until, .. } => ("Something that was seen, and rests", *until),
        Entry::Answered { .. } => ("A question that has its answer", None),
        Entry::KeepInTouch { because, .. } => {
            (because.as_ref().map_or("To stay in touch", Remark::as_str), None)
        }
        Entry::TouchApproved { .. } => ("A touch that was approved", None),
        Entry::Shared { .. } => ("That others see how this deal stands", None),
        Entry::Touched { day, .. } => ("A touch that was made", Some(*day)),
        Entry::TouchSkipped { because, day, .. } => (because.as_str(), Some(*day)),
        Entry::TouchPutOff { until, .. } => ("A touch that was put off", Some(*until)),
        Entry::ProposedAssessment(proposed) => (proposed.quote.as_str(), None),
    };
    html! {
        blockquote { (text) }
        @if let Some(day) = day { p.quiet { (parts::date(day)) } }
    }
}

fn day_field(name: &str, says: &str, value: Date, min: Date) -> Markup {
    html! { label { (says) input type="date" name=(name) value=(value.to_string()) min=(min.to_string()) required; } }
}

fn channels(says: &str, none: Option<&str>) -> Markup {
    let name = |channel| match channel {
        Channel::Mail => "A letter",
        Channel::Call => "A call",
        Channel::Meeting => "A meeting",
    };
    html! {
        label {
            (says)
            select name="by" {
                @if let Some(none) = none { option value="" { (none) } }
                @for channel in Channel::ALL { option value=(channel.as_str()) { (name(channel)) } }
            }
        }
    }
}

/// A form on a page of its own; a script may show it elsewhere.
pub(crate) fn sheet(
    title: &str,
    action: &str,
    fields: &Markup,
    button: &str,
    next: &str,
    key: &Key,
) -> Markup {
    html! {
        section.sheet data-sheet {
            h1 { (title) }
            form method="post" action=(action) {
                (hidden(key, next))
                (fields)
                p.buttons {
                    button.main type="submit" { (button) }
                    a.act href=(next) data-close { "Cancel" }
                }
            }
        }
    }
}

fn later(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
