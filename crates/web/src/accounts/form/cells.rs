//! The cells of the form: what is held, where it comes from, and the small forms that change it.

use inroad_model::{EntryNumber, Topic};
use inroad_prospect::Held;
use jiff::civil::Date;
use maud::{Markup, html};

use super::source;
use crate::forms::hidden;
use crate::parts;
use crate::visit::Visit;

/// The longest text of a cell, in characters.
const TEXT_CHARS_MAX: usize = 400;

/// Something assumed, with what to do once it is checked.
pub(super) fn assumed(held: &Held, at: &str, today: Date, visit: &Visit) -> Markup {
    html! {
        div.known-so {
            (told(held, at, today))
            @if let Some(number) = held.number {
                details.no-print {
                    summary { "Checked?" }
                    form.stack method="post" action={ (at) "/held" } {
                        (hidden(&visit.form_key, &visit.address))
                        input type="hidden" name="number" value=(number);
                        label { "As it is" input name="text" value=(held.text) required maxlength=(TEXT_CHARS_MAX); }
                        label { "Who said so" input name="by" maxlength="200" placeholder="jana@lindner.example"; }
                        button type="submit" { "It holds" }
                    }
                    form.stack method="post" action={ (at) "/fell" } {
                        (hidden(&visit.form_key, &visit.address))
                        input type="hidden" name="number" value=(number);
                        label { "What is so instead" input name="because" maxlength=(TEXT_CHARS_MAX); }
                        button type="submit" { "It does not hold" }
                    }
                    (number_form(at, "strike", number, "Remove", visit))
                }
            } @else {
                (check_import(held, at, visit))
            }
        }
    }
}

/// What an import says has no number: checking it writes it down as verified.
fn check_import(held: &Held, at: &str, visit: &Visit) -> Markup {
    html! {
        details.no-print {
            summary { "Checked?" }
            form.stack method="post" action={ (at) "/claim" } {
                (hidden(&visit.form_key, &visit.address))
                input type="hidden" name="topic" value=(held.topic.as_str());
                input type="hidden" name="verified" value="yes";
                input type="hidden" name="import" value=(held.text);
                label { "As it is" input name="text" value=(held.text) required maxlength=(TEXT_CHARS_MAX); }
                label { "Who said so" input name="by" maxlength="200" placeholder="jana@lindner.example"; }
                button type="submit" { "So it is" }
            }
        }
    }
}

/// Something verified.
pub(super) fn verified(held: &Held, at: &str, today: Date, visit: &Visit) -> Markup {
    html! {
        div.known-so {
            (told(held, at, today))
            @if let Some(number) = held.number { div.no-print { (number_form(at, "strike", number, "Remove", visit)) } }
        }
    }
}

/// An assumption that did not hold.
pub(super) fn fell(held: &Held) -> Markup {
    html! {
        p.quiet { small { "Did not hold: " s { (held.text) } @if let Some(because) = &held.because { "; " (because) } } }
    }
}

/// An assumption that held.
pub(super) fn held_true(held: &Held) -> Markup {
    html! { p.quiet { small { "Assumed on " (parts::date(held.day)) ", and held: " (held.text) } } }
}

fn told(held: &Held, at: &str, today: Date) -> Markup {
    html! {
        (held.text) br;
        small.quiet { (source(&held.source, at)) ", " (parts::date(held.day)) @if held.is_stale(today) { " · old" } }
    }
}

/// Something more about a topic.
pub(super) fn add(topic: Topic, at: &str, visit: &Visit) -> Markup {
    html! {
        details.no-print {
            summary { "Add" span.for-ears { ": " (topic.in_words()) } }
            form.stack method="post" action={ (at) "/claim" } {
                (hidden(&visit.form_key, &visit.address))
                input type="hidden" name="topic" value=(topic.as_str());
                label { (topic.in_words()) input name="text" required maxlength=(TEXT_CHARS_MAX); }
                label { "Who said so" input name="by" maxlength="200"; }
                label { "Day" input type="date" name="day"; }
                label.choice { input type="checkbox" name="verified" value="yes"; " verified, not only assumed" }
                button type="submit" { "Keep" }
            }
        }
    }
}

/// A form of one button about one entry.
pub(super) fn number_form(
    at: &str,
    action: &str,
    number: EntryNumber,
    says: &str,
    visit: &Visit,
) -> Markup {
    html! {
        form method="post" action={ (at) "/" (action) } {
            (hidden(&visit.form_key, &visit.address))
            input type="hidden" name="number" value=(number);
            button.small type="submit" { (says) }
        }
    }
}
