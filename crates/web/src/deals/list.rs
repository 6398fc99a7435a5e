//! The list: a row a deal, its columns chosen, its cells changed where they stand.

use inroad_model::Stage;
use maud::{Markup, html};

use super::query::{COLUMNS, Query};
use super::row::Row;
use crate::pager::{self, pager};
use crate::parts;

/// Rows on one page.
const ROWS_MAX: usize = 80;

/// The list, a page of it.
pub(super) fn list(rows: &[Row<'_>], query: &Query) -> Markup {
    let last = pager::last(rows.len(), ROWS_MAX);
    let page = query.page.min(last);
    let here = query.address(|_| ());
    html! {
        div.scroll tabindex="0" role="region" aria-label="Deals" {
            table.deals {
                thead { tr {
                    (head("name", "Deal", query))
                    @for (name, says) in COLUMNS.iter().filter(|(name, _)| query.columns.contains(name)) {
                        (head(name, says, query))
                    }
                } }
                tbody {
                    @for row in rows.iter().skip((page - 1) * ROWS_MAX).take(ROWS_MAX) {
                        tr data-row="" {
                            th scope="row" {
                                a href=(parts::deal_link(&row.deal.id)) data-key="Enter" { (row.deal.name) }
                                @if let Some(organization) = row.deal.organization.as_ref().filter(|o| !row.deal.name.contains(*o)) {
                                    br; small.quiet { (organization) }
                                }
                            }
                            @for name in &query.columns { td { (cell(name, row, &here)) } }
                        }
                    }
                }
            }
        }
        (pager(page, last, |page| query.address(|q| q.page = page)))
    }
}

fn head(name: &str, says: &str, query: &Query) -> Markup {
    let turned = format!("-{name}");
    let (sorted, next) = match query.sort.as_str() {
        sort if sort == name => (Some("ascending"), turned),
        sort if sort == turned => (Some("descending"), String::new()),
        _ => (None, name.to_owned()),
    };
    let can_sort = !matches!(name, "state" | "next");
    html! {
        th scope="col" aria-sort=[sorted] {
            @if can_sort {
                a href=(query.address(|q| { q.sort = next; q.page = 1; })) {
                    (says) @match sorted { Some("ascending") => " ↑", Some(_) => " ↓", None => "" }
                }
            } @else { (says) }
        }
    }
}

fn cell(name: &str, row: &Row<'_>, here: &str) -> Markup {
    let deal = row.deal;
    let edit = |field: &str| {
        format!("{}/edit?field={field}&next={}", parts::deal_link(&deal.id), parts::escape(here))
    };
    html! {
        @match name {
            "state" => (parts::state(deal.state)),
            "stage" => a.cell href=(edit("stage")) data-dialog data-key="m" { (deal.stage.map_or("–", Stage::in_words)) },
            "value" => a.cell.sum href=(edit("value")) data-dialog { (parts::sum(deal).unwrap_or_else(|| "–".to_owned())) },
            "heard" => (parts::day(deal.heard_at)),
            "warmth" => (row.warmth()),
            "next" => {
                strong { (deal.advice.in_words()) }
                @if let Some(step) = &deal.next_step { " · " (step.text) }
            }
            _ => @if let Some(chance) = &deal.winning { (chance.in_words()) }
        }
    }
}
