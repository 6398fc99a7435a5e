//! What was found of a firm: kept as it was pasted, and shown with its words marked.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use inroad_model::{AccountKey, KeptPage, PageNumber};
use inroad_service::{Error, PageToKeep};
use maud::{Markup, html};

use super::{nothing_there, statements};
use crate::deeds;
use crate::forms::{OurForm, hidden, hidden_key, one};
use crate::frame::Place;
use crate::parts::{self, account_link};
use crate::server::{App, failed};
use crate::visit::Visit;

/// What was kept of a firm, and a form for more.
pub(super) fn section(pages: &[KeptPage], at: &str, visit: &Visit) -> Markup {
    html! {
        h2 { "What you found" }
        @if pages.is_empty() { p.quiet { "Nothing kept yet. A page of theirs, a report, a press note: paste its words, and what they say of the firm is proposed for the form, each with its quote. Nothing is fetched." } }
        @else { ul.written { @for page in pages { li { a href={ (at) "/pages/" (page.number) } { (page.head.title) } " " small.quiet { (parts::date(page.head.day)) } } } } }
        details.no-print.own {
            summary { "Keep something" }
            form method="post" action={ (at) "/pages" } {
                (hidden_key(&visit.form_key))
                label { "Its words" textarea name="text" rows="8" required {} }
                label { "Title" input name="title" maxlength="200"; }
                label { "Where it stands" input name="url" maxlength="2000" placeholder="https://lindner.example/about"; }
                label { "Of which day" input type="date" name="day"; }
                button type="submit" { "Keep it" }
            }
            p.quiet { a href="/clip/bookmark" { "With one click from other pages" } }
        }
    }
}

/// Keeps what was pasted.
pub(super) async fn keep(
    State(app): State<App>,
    Path(key): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(key) = key.parse::<AccountKey>() else { return nothing_there() };
    let day = match one(&fields, "day") {
        "" => None,
        day => match day.parse() {
            Ok(day) => Some(day),
            Err(_odd) => {
                return failed(&Error::Invalid { what: "Write the day as 2026-03-02".to_owned() });
            }
        },
    };
    let page = PageToKeep {
        title: one(&fields, "title"),
        url: one(&fields, "url"),
        day,
        text: one(&fields, "text"),
    };
    match app.inroad.keep_page(&key, &page, app.as_of()).await {
        Ok(done) => {
            let place = format!("{}/pages/{}", account_link(key.as_str()), done.what);
            deeds::back(&place, Some(done.deed))
        }
        Err(error) => failed(&error),
    }
}

/// One text, with the words that are asked for marked.
pub(super) async fn page(
    State(app): State<App>,
    Path((key, number)): Path<(String, String)>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let (Ok(key), Ok(number)) = (key.parse::<AccountKey>(), number.parse::<PageNumber>()) else {
        return nothing_there();
    };
    let at = app.as_of();
    let found = async {
        let (page, text) = kept_of(&app, &key, number).await?;
        let called = app.desk.register().await?.called_in_texts(&page.about);
        let proposed = app.inroad.proposed_of_page(number, &called, at).await?;
        let entries = app.inroad.entries(at).await?;
        Ok((page, text, proposed, entries))
    };
    match found.await {
        Ok((page, text, proposed, entries)) => {
            let words = asked.get("words").map_or("", String::as_str);
            let body = html! {
                (shown(&key, &page, &text, words, &visit))
                (statements::section(&page, &proposed, &entries, &visit))
            };
            visit.page(&page.head.title, Place::Targets, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// What is kept under a number, if it is of that firm.
async fn kept_of(
    app: &App,
    key: &AccountKey,
    number: PageNumber,
) -> Result<(KeptPage, String), Error> {
    let register = app.desk.register().await?;
    let (page, text) = app.inroad.page(number, app.as_of()).await?;
    if register.standing_key(&page.about) != register.standing_key(key) {
        let what = format!("Nothing of that number is kept of {key}");
        return Err(Error::NotFound { what });
    }
    Ok((page, text))
}

fn shown(key: &AccountKey, page: &KeptPage, text: &str, words: &str, visit: &Visit) -> Markup {
    let at = account_link(key.as_str());
    html! {
        article.paper {
            p { a href={ (at) "/form" } { "← The form" } }
            h1 { (page.head.title) }
            p.lead { "Of " (parts::date(page.head.day)) @if let Some(url) = &page.head.url { " · " (url) } " · kept on " (parts::date(page.told_at.date())) }
            form.no-print method="post" action={ (at) "/drop" } {
                (hidden(&visit.form_key, &format!("{at}/form")))
                input type="hidden" name="page" value=(page.number);
                button.small type="submit" { "Remove it" }
            }
            div.mail { (marked(text, words)) }
        }
    }
}

/// A text with the first place of some words marked.
fn marked(text: &str, words: &str) -> Markup {
    // A quote has blanks where the text has tabs.
    let blanks = text.replace('\t', " ");
    let at = if words.is_empty() { None } else { blanks.find(words) };
    let parts = at.and_then(|at| {
        let end = at + words.len();
        Some((text.get(..at)?, text.get(at..end)?, text.get(end..)?))
    });
    html! {
        @match parts {
            Some((before, words, behind)) => { (before) mark id="words" { (words) } (behind) }
            None => { (text) }
        }
    }
}

/// Takes back what was kept.
pub(super) async fn drop_page(
    State(app): State<App>,
    Path(key): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let (Ok(key), Ok(number)) = (key.parse::<AccountKey>(), one(&fields, "page").parse()) else {
        return nothing_there();
    };
    let dropped = async {
        kept_of(&app, &key, number).await?;
        app.inroad.drop_page(number, app.as_of()).await
    };
    match dropped.await {
        Ok(done) => deeds::back(&format!("{}/form", account_link(key.as_str())), Some(done.deed)),
        Err(error) => failed(&error),
    }
}
