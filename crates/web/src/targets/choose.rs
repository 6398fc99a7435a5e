//! The list is full: which one leaves?

use inroad_model::{AccountKey, Remark};
use maud::{Markup, html};

use super::list::Seen;
use crate::fits;
use crate::forms::hidden;
use crate::visit::Visit;

pub(super) fn page(
    seen: &Seen,
    key: &AccountKey,
    because: Option<&Remark>,
    visit: &Visit,
) -> Markup {
    html! {
        section.sheet {
            h1 { "Which one leaves for " (key) "?" }
            p { "The list holds as many firms as one can know well. What you know of the one that leaves stays." }
            form.stack method="post" action="/targets/add" {
                (hidden(&visit.form_key, "/targets"))
                input type="hidden" name="account" value=(key);
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
