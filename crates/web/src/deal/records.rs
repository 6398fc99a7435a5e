//! What is planned about a deal, and what was decided with what was known then.

use inroad_advice::agenda;
use inroad_model::{DealId, Moment};
use inroad_service::{Deed, DeedsAsked, Error, Morning};
use maud::{Markup, html};

use crate::parts;
use crate::server::App;

/// So many decisions are listed; the latest.
const LOG_MAX: u32 = 40;

/// What is planned.
pub(super) fn plans(id: &DealId, morning: &Morning, can_change: bool) -> Markup {
    let plans = agenda::planned(&morning.review, &morning.entries);
    let of: Vec<_> =
        plans.iter().filter(|plan| plan.deal.is_some_and(|deal| deal.id == *id)).collect();
    let link = parts::escape(&parts::deal_link(id));
    html! {
        @if can_change && !of.is_empty() {
            h2 { "Planned" }
            ul.plans {
                @for plan in of {
                    li {
                        span { (parts::date(plan.day)) ": " (plan.what) @if let Some(with) = plan.with { " · " (with.as_str()) } }
                        span {
                            a.act href={ "/plans/" (plan.number) "/done?next=" (link) } data-dialog { "Done" } " "
                            a.act href={ "/entries/" (plan.number) "/strike?next=" (link) } data-dialog { "Take back" }
                        }
                    }
                }
            }
        }
    }
}

/// What the user did about it, each with the way to what was known on that day.
pub(super) async fn log(app: &App, id: &DealId, as_of: Moment) -> Result<Markup, Error> {
    let asked = DeedsAsked { deal: Some(id), until: Some(as_of), ..DeedsAsked::default() };
    let deeds = app.inroad.deeds(&asked, LOG_MAX).await?;
    let link = parts::deal_link(id);
    // Of what was undone later nothing was known then.
    let undone = |deed: &Deed| deed.undone_at.is_some_and(|at| at.timestamp() <= as_of.timestamp());
    Ok(html! {
        h2 id="log" { "Decisions" }
        @if deeds.is_empty() {
            p.quiet { "What you decide and change about this deal is kept here, with what was known on that day." }
        }
        ul.log {
            @for deed in &deeds {
                li {
                    (parts::day(Some(deed.at))) " " (deed.says) " "
                    @if undone(deed) { span.quiet { "(undone) " } }
                    (known_then(&link, deed.at))
                }
            }
        }
    })
}

fn known_then(link: &str, at: Moment) -> Markup {
    html! { a.quiet href={ (link) "?as_of=" (at.date().to_string()) } { "what was known then" } }
}
