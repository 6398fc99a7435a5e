//! What is asked before a firm comes on the list: whether it is one that is known, and of a full list
//! which one leaves.

use inroad_model::{Account, Remark};
use inroad_service::LikeAccount;
use maud::{Markup, html};

use super::list::Seen;
use crate::fits;
use crate::forms::hidden;
use crate::visit::Visit;

pub(super) fn page(seen: &Seen, typed: &str, because: Option<&Remark>, visit: &Visit) -> Markup {
    html! {
        section.sheet {
            h1 { "Which one leaves for " (typed) "?" }
            p { "The list holds as many firms as one can know well. What you know of the one that leaves stays." }
            form.stack method="post" action="/targets/add" {
                (hidden(&visit.form_key, "/targets"))
                input type="hidden" name="account" value=(typed);
                @if let Some(because) = because { input type="hidden" name="because" value=(because); }
                fieldset {
                    legend { "Leaves" }
                    @for (target, prospect) in &seen.targets {
                        label.choice {
                            input type="radio" name="leaves" value=(target.key) required;
                            " " (prospect.label) " · " (fits::short(&prospect.fit()))
                        }
                    }
                }
                p.buttons {
                    button.main type="submit" { "Change them" }
                    a.act href="/targets" { "Leave the list as it is" }
                }
            }
        }
    }
}

/// A new firm that is like some that are known: is it one of these?
pub(super) fn one_of(
    account: &Account,
    like: &[LikeAccount],
    because: Option<&Remark>,
    visit: &Visit,
) -> Markup {
    let typed = account.domain.as_deref().unwrap_or(&account.name);
    let form = |value: &str, is_new: bool, says: Markup| {
        html! {
            form.line method="post" action="/targets/add" {
                (hidden(&visit.form_key, "/targets"))
                input type="hidden" name="account" value=(value);
                @if is_new { input type="hidden" name="new" value="yes"; }
                @if let Some(because) = because { input type="hidden" name="because" value=(because); }
                button type="submit" { (says) }
            }
        }
    };
    html! {
        section.sheet {
            h1 { "Is " (typed) " one of these?" }
            ul.written {
                @for firm in like {
                    li {
                        (form(firm.key.as_str(), false, html! { "Yes: " (firm.called) @if firm.called != firm.key.as_str() { " (" (firm.key) ")" } }))
                        p.quiet { (firm.speaks_for.join(", ")) "." }
                    }
                }
            }
            (form(typed, true, html! { "No, it is a new one" }))
            p { a.act href="/targets" { "Leave the list as it is" } }
        }
    }
}
