//! The list: overdue first, then what waits, then what is under way, then what is done.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use inroad_leads::LeadState;
use inroad_service::{Asks, LEADS_A_PAGE, LeadList, LeadOrder, LeadRow, LeadWhich, LeadsAsked};
use maud::{Markup, html};

use super::{due, page_of, ways};
use crate::forms::{all, decoded_pairs, one};
use crate::pager;
use crate::parts::{self, escape};
use crate::server::{App, failed};
use crate::visit::Visit;

pub(super) async fn look(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Response {
    let fields = decoded_pairs(&query.unwrap_or_default());
    let asked = LeadsAsked {
        which: LeadWhich::from_name(one(&fields, "which")).unwrap_or_default(),
        states: all(&fields, "state").filter(|state| !state.is_empty()).map(Into::into).collect(),
        owner: one(&fields, "owner").to_owned(),
        source: one(&fields, "source").to_owned(),
        words: one(&fields, "words").to_owned(),
        order: if one(&fields, "by") == "latest" { LeadOrder::Latest } else { LeadOrder::Waiting },
    };
    let page = one(&fields, "page").parse().unwrap_or(1_usize).max(1);
    match app.inroad.leads(&visit.actor, &asked, page, app.as_of()).await {
        Ok(list) => page_of("Leads", &body(&list, &asked, page, &visit), &visit),
        Err(error) => failed(&error),
    }
}

fn body(list: &LeadList, asked: &LeadsAsked, page: usize, visit: &Visit) -> Markup {
    let is_all = *asked == LeadsAsked::default();
    let last = pager::last(list.count, LEADS_A_PAGE);
    html! {
        h1 { "Leads" }
        p.lead {
            @match (list.count, list.overdue) {
                (0, _) if is_all => { "None yet." }
                (0, _) => { "None like that." }
                (1, 0) => { "One lead." }
                (n, 0) => { (n) " leads, none of them overdue." }
                (n, late) => { (n) " leads, " (late) " of them overdue." }
            }
        }
        (ways(&visit.actor))
        @if list.count == 0 && is_all {
            p { "A lead comes in when marketing hands somebody over: who it is, what was said and promised, and to whom it goes. Begin with what both sides mean by "
                a href="/leads/definition" { "a qualified lead" } "." }
        } @else {
            (filter(list, asked))
        }
        @if !list.rows.is_empty() { (table(&list.rows)) }
        (pager::pager(page, last, |page| address(asked, page)))
    }
}

fn filter(list: &LeadList, asked: &LeadsAsked) -> Markup {
    html! {
        form.filter method="get" action="/leads" {
            label { "Whose" select name="which" {
                @for (which, words) in [(LeadWhich::All, "All that I may see"), (LeadWhich::Mine, "Mine"), (LeadWhich::Team, "My team's")] {
                    option value=(which.as_str()) selected[asked.which == which] { (words) }
                }
            } }
            label { "State" select name="state" {
                option value="" { "Any" }
                @for name in LeadState::NAMES {
                    option value=(name) selected[asked.states.iter().any(|state| state == name)] { (name.replace('_', " ")) }
                }
            } }
            @if !list.owners.is_empty() { (choice("owner", "With", &list.owners, &asked.owner)) }
            (choice("source", "Source", &list.sources, &asked.source))
            label { "Words" input type="search" name="words" value=(asked.words) maxlength="100"; }
            label { "Order" select name="by" {
                option value="" { "What waits first" }
                option value="latest" selected[asked.order == LeadOrder::Latest] { "The latest first" }
            } }
            button type="submit" { "Show" }
        }
    }
}

fn choice(name: &str, label: &str, names: &[String], chosen: &str) -> Markup {
    html! {
        label { (label) select name=(name) {
            option value="" { "Any" }
            @for one in names { option value=(one) selected[one == chosen] { (one) } }
        } }
    }
}

fn table(rows: &[LeadRow]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Leads" { table {
            thead { tr { th scope="col" { "Who" } th scope="col" { "State" } th scope="col" { "Waits" } th scope="col" { "With" } th scope="col" { "From" } } }
            tbody { @for row in rows { (line(row)) } }
        } }
    }
}

/// One lead as a row of a table.
pub(super) fn line(row: &LeadRow) -> Markup {
    html! {
        tr data-row {
            th scope="row" {
                a href={ "/leads/" (row.number) } data-key="Enter" { (row.label) }
                @if !row.account.is_empty() { br; small.quiet { (row.account) } }
            }
            td {
                (row.state.in_words())
                @if row.is_stopped { br; strong.overdue { "Leave alone" } }
                @if row.is_qualified == Some(false) { br; small.quiet { "not qualified" } }
            }
            td {
                @match &row.due { Some(waits) => (due(waits, row.is_overdue)), None => span.quiet { "for nobody" } }
                @match row.asks {
                    Some(Asks::You) => { br; strong { "Yours to do" } }
                    Some(Asks::Climbed) => { br; strong { "Climbed to you" } }
                    None => {}
                }
            }
            td { @match &row.owner { Some(owner) => (owner), None => "sales" } }
            td {
                (row.source)
                @if !row.campaign.is_empty() { br; small.quiet { (row.campaign) } }
                br; small.quiet { (row.by) ", " (parts::day(Some(row.since))) }
            }
        }
    }
}

fn address(asked: &LeadsAsked, page: usize) -> String {
    let mut parts = vec![format!("page={page}"), format!("which={}", asked.which.as_str())];
    parts.extend(asked.states.iter().map(|state| format!("state={}", escape(state))));
    for (name, value) in
        [("owner", &asked.owner), ("source", &asked.source), ("words", &asked.words)]
    {
        if !value.is_empty() {
            parts.push(format!("{name}={}", escape(value)));
        }
    }
    if asked.order == LeadOrder::Latest {
        parts.push("by=latest".to_owned());
    }
    format!("/leads?{}", parts.join("&"))
}
