//! What of leads asks for somebody today: what waits for them, and what climbed to them.

use inroad_service::{Actor, Asks, Error, WaitingLeads};
use maud::{Markup, html};

use super::due;
use crate::server::App;

/// So many are named.
const SHOWN_MAX: usize = 10;

/// The part of the morning that speaks of leads; nothing where none waits.
pub(crate) async fn on_today(app: &App) -> Result<Markup, Error> {
    let waiting = app.inroad.waiting_leads(&Actor::owner(), SHOWN_MAX, app.as_of()).await?;
    Ok(section(&waiting))
}

fn section(waiting: &WaitingLeads) -> Markup {
    html! {
        @if waiting.count > 0 {
            h2 { "Leads that wait" }
            ul.plans {
                @for row in &waiting.rows {
                    li data-row="" {
                        span {
                            a href={ "/leads/" (row.number) } data-key="Enter" { (row.label) }
                            @if !row.account.is_empty() { ", " (row.account) }
                            @if row.asks == Some(Asks::Climbed) { " · with " (row.owner.as_deref().unwrap_or("nobody")) }
                            @if let Some(waits) = &row.due { " · " (due(waits, row.is_overdue)) }
                        }
                    }
                }
            }
            @if waiting.count > waiting.rows.len() { p { a href="/leads" { "All " (waiting.count) " leads that wait" } } }
        }
    }
}
