//! The prospect analysis form of a firm: what is assumed beside what is verified, what to ask, and what
//! was found of it.

mod cells;
mod taken;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use inroad_model::{AccountKey, ClaimSource};
use inroad_prospect::{Form, FormRow, OpenQuestion};
use inroad_service::{Error, Prospect};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{nothing_there, research};
use crate::fits;
use crate::forms::hidden;
use crate::frame::Place;
use crate::parts::{self, account_link, person_link};
use crate::server::{App, failed};
use crate::touches;
use crate::visit::Visit;

pub(super) use taken::act;

/// What the pages before a first call show.
pub(super) struct Seen {
    pub(super) prospect: Prospect,
    pub(super) is_target: bool,
    pub(super) me: Option<String>,
    pub(super) today: Date,
}

/// Looks at a firm; any firm that can be named has a form.
pub(super) async fn see(app: &App, key: &AccountKey) -> Result<Seen, Error> {
    let at = app.as_of();
    app.inroad.must_be_a_firms(key).await?;
    let register = app.desk.register().await?;
    let morning = app.desk.glance().await?;
    let entries = app.inroad.entries(at).await?;
    let pages = app.inroad.pages(at).await?;
    let ideal = app.inroad.ideal_client(at).await?;
    let row = register.account(key, &morning, &entries);
    Ok(Seen {
        prospect: register.prospect(key, &entries, &pages, &ideal, at.date()),
        is_target: row.as_ref().is_some_and(|row| row.target.is_some()),
        me: app.inroad.myself().await?.and_then(|me| me.seller.name),
        today: at.date(),
    })
}

pub(super) async fn form(
    State(app): State<App>,
    Path(key): Path<String>,
    visit: Visit,
) -> Response {
    let Ok(key) = key.parse::<AccountKey>() else { return nothing_there() };
    match see(&app, &key).await {
        Ok(seen) => {
            let title = format!("Analysis of {}", seen.prospect.label);
            visit.page(&title, Place::Targets, &page(&seen, &visit)).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn page(seen: &Seen, visit: &Visit) -> Markup {
    let prospect = &seen.prospect;
    let at = account_link(prospect.key.as_str());
    let fit = prospect.fit();
    html! {
        article.paper.form {
            p.no-print { a href="/targets" { "← Targets" } " · " a href=(at) { "The account" } " · " a href={ (at) "/call" } { "Sheet for the call" } " · print it with your browser" }
            h1 { (prospect.label) }
            p.lead { @if prospect.label != prospect.key.as_str() { (prospect.key) " · " } "what we assume, and what we know" }
            @if seen.prospect.is_left_alone { p { span.state.closed { "left alone" } " Nothing here proposes to get in touch." } }
            (target(seen, &at, visit))
            h2 { "How well they fit" }
            p { (fits::short(&fit)) @if fit.verified > 0.0 { " · " (fits::percent(fit.verified)) " verified" } }
            @if fit.lines.is_empty() { p.quiet { a href="/ideal-client" { "Say whom you help best" } } }
            @else { details { summary { "Line by line" } (fits::lines(&fit)) } }
            h2 { "The form" }
            (table(&prospect.form, &at, seen.today, visit))
            (questions(&prospect.form.questions, &at, visit))
            (research::section(&prospect.pages, &at, visit))
        }
    }
}

fn target(seen: &Seen, at: &str, visit: &Visit) -> Markup {
    let (action, says) = if seen.is_target {
        ("/targets/remove", "Take it off the target list")
    } else {
        ("/targets/add", "Put it on the target list")
    };
    html! {
        form.no-print method="post" action=(action) {
            (hidden(&visit.form_key, &format!("{at}/form")))
            input type="hidden" name="account" value=(seen.prospect.key);
            button type="submit" disabled[seen.prospect.is_left_alone && !seen.is_target] { (says) }
        }
        @if !seen.prospect.is_left_alone {
            p.acts.no-print { a.act href=(touches::begin_link(None, None, Some(&seen.prospect.key))) { "Stay in touch with somebody there" } }
        }
    }
}

fn table(form: &Form, at: &str, today: Date, visit: &Visit) -> Markup {
    html! {
        div.scroll { table.analysis {
            thead { tr { th { "About" } th { "We assume" } th { "We verified" } } }
            tbody { @for row in &form.rows { (line(row, at, today, visit)) } }
        } }
    }
}

fn line(row: &FormRow, at: &str, today: Date, visit: &Visit) -> Markup {
    html! {
        tr id=(row.topic.as_str()) {
            th scope="row" {
                (row.topic.in_words())
                @if row.is_stale { br; small.quiet { "old: ask again" } }
            }
            td {
                @for held in &row.assumed { (cells::assumed(held, at, today, visit)) }
                @for held in &row.fell { (cells::fell(held)) }
                (cells::add(row.topic, at, visit))
            }
            td {
                @for held in &row.verified { (cells::verified(held, at, today, visit)) }
                @for held in &row.held_true { (cells::held_true(held)) }
            }
        }
    }
}

fn questions(questions: &[OpenQuestion], at: &str, visit: &Visit) -> Markup {
    html! {
        h2 { "To ask" }
        @if questions.is_empty() { p.quiet { "No question of yours. The sheet for the call asks about what nobody verified yet." } }
        @else { ul.written { @for question in questions { li {
            p { (question.text) @if let Some(whom) = &question.whom { " · " small.quiet { (whom) } } }
            div.line.no-print {
                (cells::number_form(at, "answered", question.number, "Answered", visit))
                (cells::number_form(at, "strike", question.number, "Remove", visit))
            }
        } } } }
        form.line.no-print method="post" action={ (at) "/question" } {
            (hidden(&visit.form_key, &visit.address))
            label for="question" { "A question" } input id="question" name="text" required maxlength="400";
            label for="whom" { "Who could tell" } input id="whom" name="whom" maxlength="200";
            button type="submit" { "Keep" }
        }
    }
}

/// Where something comes from, in a few words with its way there.
pub(super) fn source(source: &ClaimSource, at: &str) -> Markup {
    html! {
        @match source {
            ClaimSource::Own => "your word",
            ClaimSource::Told { by } => { "told by " a href=(person_link(by)) { (by) } },
            ClaimSource::Page { number, quote } => { a href={ (at) "/pages/" (number) "?words=" (parts::escape(quote.as_str())) "#words" } { "what you kept" } ": " q { (quote) } },
            ClaimSource::Import => "an import",
        }
    }
}
