//! The short review of a deal that has ended, filled in, as a form that needs no script.

use inroad_model::{Cause, Outcome, Remark};
use inroad_service::LessonOffer;
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::hidden_key;
use crate::parts;

/// What the form is filled in with.
#[derive(Debug)]
pub(crate) struct LessonForm<'a> {
    offer: &'a LessonOffer,
    key: &'a Key,
}

impl<'a> LessonForm<'a> {
    /// Of one deal.
    pub(crate) fn new(offer: &'a LessonOffer, key: &'a Key) -> Self {
        Self { offer, key }
    }
}

/// The form; where there is a lesson already, the way to it.
pub(crate) fn form(form: &LessonForm<'_>) -> Markup {
    let LessonForm { offer, key } = form;
    html! {
        section.lesson id="lesson" {
            h2 { "What did it teach?" }
            @if let Some(number) = offer.told {
                p { "Lesson " (number.get()) " tells of this deal. " a href="/lessons" { "To the lessons" } }
            } @else {
                p.quiet { "Filled in with what is known. Correct what was otherwise; what you leave out stays open." }
                form method="post" action={ (parts::deal_link(&offer.deal)) "/lesson" } {
                    (hidden_key(key))
                    (outcomes(offer.outcome))
                    (causes(offer))
                    (plays(offer))
                    (words("people", "The people", offer.prefilled.people.as_ref()))
                    (words("process", "How it went", offer.prefilled.process.as_ref()))
                    (words("changed", "What had changed", offer.prefilled.changed.as_ref()))
                    button type="submit" { "Keep this lesson" }
                }
            }
        }
    }
}

fn outcomes(known: Option<Outcome>) -> Markup {
    html! {
        label {
            "How did it end?"
            select name="outcome" required {
                @if known.is_none() { option value="" { "Choose" } }
                @for outcome in Outcome::ALL {
                    option value=(outcome.as_str()) selected[known == Some(outcome)] { (outcome.in_words()) }
                }
            }
        }
    }
}

fn causes(offer: &LessonOffer) -> Markup {
    let is_likely = |cause: &Cause| offer.causes.iter().any(|likely| likely.cause == *cause);
    html! {
        fieldset {
            legend { "What was behind it? Nothing marked means not known." }
            @for likely in &offer.causes {
                (cause(likely.cause, &html! {
                    (likely.name) " " small.quiet { (likely.probability.in_percent()) }
                }))
            }
            details {
                summary { "Something else" }
                @for other in Cause::ALL.iter().filter(|cause| !is_likely(cause)) {
                    (cause(*other, &html! { (other.as_str().replace('_', " ")) }))
                }
            }
        }
    }
}

fn cause(cause: Cause, name: &Markup) -> Markup {
    html! {
        label.choice { input type="checkbox" name="cause" value=(cause.as_str()); " " (name) }
    }
}

fn plays(offer: &LessonOffer) -> Markup {
    html! {
        @if !offer.plays.is_empty() {
            label {
                "What did you try?"
                select name="play" {
                    option value="" { "Nothing of these" }
                    @for play in &offer.plays {
                        option value={ (play.scenario) ": " (play.play) } { (play.play) " (" (play.scenario.replace('_', " ")) ")" }
                    }
                }
            }
        }
    }
}

fn words(name: &str, about: &str, prefilled: Option<&Remark>) -> Markup {
    html! {
        label {
            (about)
            textarea name=(name) rows="4" maxlength=(Remark::CHARS_MAX) { "\n" (prefilled.map_or("", Remark::as_str)) }
        }
    }
}
