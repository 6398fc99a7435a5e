//! The list of firms, a hundred a page.

use inroad_service::AccountRow;
use inroad_service::search::fold;
use maud::{Markup, html};

use crate::parts::{self, account_link, deal_link, escape};
use crate::people::Asked;
use crate::people::list::{A_PAGE, count, pages};

/// Deals that are named in one line.
const DEALS_NAMED: usize = 2;

pub(crate) fn list(rows: Vec<AccountRow<'_>>, tags: &[&str], asked: &Asked, page: usize) -> Markup {
    let words = asked.get("q").map_or("", |words| words.trim());
    let folded = fold(words);
    let tag = asked.get("tag").map_or("", String::as_str);
    let all = asked.contains_key("all");
    let is_asked = |row: &AccountRow<'_>| {
        (all || row.is_known())
            && (tag.is_empty() || row.tags.contains(&tag))
            && (words.is_empty() || row.firm.has_words(folded.split_whitespace()))
    };
    let everybody = rows.len();
    let rows: Vec<AccountRow<'_>> = rows.into_iter().filter(is_asked).collect();
    let here = format!(
        "/accounts?q={}&tag={}{}",
        escape(words),
        escape(tag),
        if all { "&all=1" } else { "" }
    );
    html! {
        h1 { "Accounts" }
        p.lead { "The firms on the other side · " a href="/people" { "People" } " · " a href="/targets" { "Targets" } " · " a href="/doubles/firms" { "The same firm twice?" } }
        @if everybody == 0 {
            p { "None yet. Every firm with which letters pass stands here once your mail is in: " a href="/import" { "import it" } "." }
        } @else {
            form.filter method="get" action="/accounts" role="search" {
                label { "Name or domain" input type="search" name="q" value=(words); }
                @if !tags.is_empty() {
                    label { "Tag" select name="tag" {
                        option value="" { "any" }
                        @for one in tags { option value=(one) selected[*one == tag] { (one) } }
                    } }
                }
                label.choice { input type="checkbox" name="all" value="1" checked[all]; " also where letters went one way only" }
                button type="submit" { "Show" }
            }
            @if rows.is_empty() { p { "No firm is like that. " a href="/accounts?all=1" { "Show all" } "." } }
            @else {
                p.quiet { (count(rows.len(), "firm", "firms")) ", those with deals first." }
                div.scroll { table {
                    thead { tr { th { "Firm" } th { "People" } th { "They wrote" } th { "You wrote" } th { "Deals" } } }
                    tbody { @for row in rows.iter().skip((page - 1).saturating_mul(A_PAGE)).take(A_PAGE) { (line(row)) } }
                } }
                (pages(page, rows.len(), &here))
            }
        }
    }
}

fn line(row: &AccountRow<'_>) -> Markup {
    html! {
        tr data-row {
            td {
                a data-key="Enter" href=(account_link(row.key().as_str())) { (row.label()) }
                @if row.firm.name.is_some() { br; small.quiet { (row.key()) } }
                @if !row.tags.is_empty() { br; small.tag { (row.tags.join(", ")) } }
                @if row.left_alone.is_some() { br; span.state.closed { "left alone" } }
            }
            td {
                (row.people.len())
                @let states = row.states();
                @if !states.is_empty() { br; small.quiet { @for (n, (state, people)) in states.iter().enumerate() { @if n > 0 { ", " } (people) " " (state.as_str()) } } }
            }
            td { (parts::day(row.firm.heard_at)) }
            td { (parts::day(row.firm.wrote_at)) }
            td {
                @for (n, deal) in row.deals.iter().take(DEALS_NAMED).enumerate() { @if n > 0 { br; } a href=(deal_link(&deal.id)) { (deal.name) } }
                @if row.deals.len() > DEALS_NAMED { br; small.quiet { "and " (row.deals.len() - DEALS_NAMED) " more" } }
            }
        }
    }
}
