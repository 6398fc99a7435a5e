//! The board: a column for each stage. A card is dragged, moved by keys, or by its own small form.

use inroad_model::Stage;
use maud::{Markup, html};

use super::query::{Query, View};
use super::row::Row;
use crate::forms::hidden;
use crate::parts;
use crate::visit::Visit;

/// So many cards a column shows; the list has all.
const CARDS_MAX: usize = 12;

/// The board.
pub(super) fn board(rows: &[Row<'_>], query: &Query, visit: &Visit) -> Markup {
    let mut columns: Vec<Option<Stage>> = Stage::ALL.into_iter().map(Some).collect();
    if rows.iter().any(|row| row.deal.stage.is_none()) {
        columns.insert(0, None);
    }
    html! {
        p.quiet data-with-script hidden {
            "Drag a card, or go to it with j and k and move it with [ and ]. Every move can be undone."
        }
        div.board data-board {
            @for stage in columns { (column(stage, rows, query, &visit.address)) }
        }
        form method="post" action="/deals/move" data-mover hidden {
            (hidden(&visit.form_key, &visit.address))
            input type="hidden" name="deal"; input type="hidden" name="version"; input type="hidden" name="stage";
        }
        p.for-ears role="status" aria-live="polite" data-said {}
        script type="module" src="/board.js" {}
    }
}

fn column(stage: Option<Stage>, rows: &[Row<'_>], query: &Query, here: &str) -> Markup {
    let of: Vec<&Row<'_>> = rows.iter().filter(|row| row.deal.stage == stage).collect();
    let title = stage.map_or("No stage yet", Stage::in_words);
    let name = stage.map_or("", Stage::as_str);
    html! {
        section.column data-stage=(name) aria-label={ (title) ", " (of.len()) } {
            h2 { (title) " " span.quiet { (of.len()) } }
            ul {
                @for row in of.iter().take(CARDS_MAX) { (card(row, here)) }
            }
            @if let (true, Some(stage)) = (of.len() > CARDS_MAX, stage) {
                a.quiet href=(query.address(|q| { q.view = View::List; q.stages = vec![stage]; })) {
                    "All " (of.len())
                }
            }
        }
    }
}

fn card(row: &Row<'_>, here: &str) -> Markup {
    let deal = row.deal;
    let link = parts::deal_link(&deal.id);
    html! {
        li.ticket data-row="" draggable="true" data-deal=(deal.id.as_str()) data-version=(row.version()) {
            div.head { (parts::state(deal.state)) @if let Some(sum) = parts::sum(deal) { span.sum { (sum) } } }
            a.name href=(link) data-key="Enter" draggable="false" { (deal.name) }
            p.quiet { (row.warmth()) }
            a.move.quiet href={ (link) "/edit?field=stage&next=" (parts::escape(here)) } data-dialog data-key="m" { "Move" span.for-ears { " " (deal.name) } }
        }
    }
}
