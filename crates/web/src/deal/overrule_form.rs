//! "I know better": the user's own decision on a deal, as a form that needs no script.

use inroad_advice::DealReview;
use inroad_advice::overruled::Overruled;
use inroad_model::{Advice, Remark, State};
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::{hidden, hidden_key};
use crate::parts;

/// What the user may decide on a deal, and the way back; nothing once a deal has ended.
pub(crate) fn form(deal: &DealReview, key: &Key) -> Markup {
    let advised = deal.overruled.as_ref().map_or(deal.advice, |own| own.advised);
    html! {
        @if advised == Advice::Stop {
            p.quiet {
                "They asked for no more mail. That is theirs to decide, so nothing can be chosen in its \
                 place here. If they write to you again, answer them."
            }
        } @else if let Some(own) = &deal.overruled {
            (taken(deal, own, key))
        } @else if deal.state != State::Closed {
            details.own {
                summary { "I know better" }
                (choice(deal, advised, None, key))
            }
        }
    }
}

/// The same on a page of its own.
pub(super) fn sheet(deal: &DealReview, next: &str, key: &Key) -> Markup {
    let advised = deal.overruled.as_ref().map_or(deal.advice, |own| own.advised);
    html! {
        section.sheet data-sheet {
            h1 { "I know better: " (deal.name) }
            @if advised == Advice::Stop || deal.state == State::Closed {
                (form(deal, key))
                p { "There is nothing to decide on this deal now." }
                p.buttons { a.act href=(next) data-close { "Close" } }
            } @else {
                (choice(deal, advised, Some(next), key))
            }
        }
    }
}

/// What was decided, and both ways on from it.
fn taken(deal: &DealReview, own: &Overruled, key: &Key) -> Markup {
    html! {
        div.own {
            p.quiet {
                "Decided on " (parts::day(Some(own.at))) ", when inroad said "
                (own.advised_then.in_words()) "."
            }
            form method="post" action={ (parts::deal_link(&deal.id)) "/overrule/undo" } {
                (hidden_key(key))
                button type="submit" { "Take it back: " (own.advised.in_words()) }
            }
            details {
                summary { "Decide otherwise again" }
                (choice(deal, own.advised, None, key))
            }
        }
    }
}

fn choice(deal: &DealReview, advised: Advice, next: Option<&str>, key: &Key) -> Markup {
    let chosen = deal.overruled.is_some().then_some(deal.advice);
    html! {
        form method="post" action={ (parts::deal_link(&deal.id)) "/overrule" } {
            @match next {
                Some(next) => (hidden(key, next)),
                None => (hidden_key(key)),
            }
            fieldset {
                legend { "What do you do instead?" }
                @for advice in Advice::ALL {
                    label.choice {
                        input type="radio" name="advice" value=(advice.as_str()) required
                            disabled[advice == advised] checked[chosen == Some(advice)];
                        " " (advice.in_words())
                        @if advice == advised { " " small.quiet { "what inroad says" } }
                    }
                }
            }
            label {
                "Why? In a few words that you will understand"
                textarea name="because" rows="2" required maxlength=(Remark::CHARS_MAX) {
                    "\n" (deal.overruled.as_ref().map_or("", |own| own.because.as_str()))
                }
            }
            p.buttons {
                button.main type="submit" { "Keep my decision" }
                @if let Some(next) = next { a.act href=(next) data-close { "Cancel" } }
            }
        }
    }
}
