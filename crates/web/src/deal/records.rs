//! What is planned about a deal, and what was decided with what was known then.

use inroad_advice::agenda;
use inroad_model::{DealId, Moment};
use inroad_service::{Error, Morning};
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
    let deeds = app.inroad.deeds(Some(id), LOG_MAX).await?;
    let overruled = app.inroad.decisions_on(id).await?;
    let link = parts::deal_link(id);
    let until = |at: Moment| at.timestamp() <= as_of.timestamp();
    Ok(html! {
        h2 id="log" { "Decisions" }
        @if deeds.is_empty() && overruled.is_empty() {
            p.quiet { "What you decide and change about this deal is kept here, with what was known on that day." }
        }
        ul.log {
            @for own in overruled.iter().filter(|own| until(own.at())) {
                li {
                    (parts::day(Some(own.at()))) " "
                    "You decided to " strong { (own.chosen().in_words()) } " where inroad said " (own.advised().in_words()) ": "
                    q { (own.because().as_str()) } " " (known_then(&link, own.at()))
                }
            }
            @for deed in deeds.iter().filter(|deed| until(deed.at)) {
                li {
                    (parts::day(Some(deed.at))) " " (deed.says) " "
                    @if !deed.is_undoable { span.quiet { "(undone) " } }
                    (known_then(&link, deed.at))
                }
            }
        }
    })
}

fn known_then(link: &str, at: Moment) -> Markup {
    html! { a.quiet href={ (link) "?as_of=" (at.date().to_string()) } { "what was known then" } }
}
