//! What was marked on a page elsewhere, on its way in: a bookmark brings it in the part of an address that
//! no server sees, a script here puts it into a form, and a person keeps it.
//!
//! `/clip` alone answers without a cookie, since browsers hold ours back when another site leads here. It is
//! the same for everybody and knows nothing; what it leads to asks for the cookie as every page does.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_service::{Error, PageToKeep};
use maud::{Markup, html};

use crate::forms::{OurForm, hidden_key, one};
use crate::frame::{self, Place};
use crate::parts::account_link;
use crate::server::{App, failed};
use crate::visit::Visit;
use crate::{assets, deeds};

/// Where a bookmark leads.
const DOOR: &str = "/clip";
const SCRIPT: &str = include_str!("../assets/clip.js");

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(DOOR, get(door))
        .route("/clip.js", get(async || assets::script(SCRIPT)))
        .route("/clip/keep", get(form).post(keep))
        .route("/clip/bookmark", get(bookmark))
}

/// Whether a request is for the page that needs no cookie.
pub(crate) fn is_asked(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD) && request.uri().path() == DOOR
}

async fn door() -> Markup {
    let body = html! {
        h1 { "One moment" }
        p.lead { "What you marked goes into a form of inroad; nothing is kept before you say so." }
        p { a href="/clip/keep" { "Go on without it" } }
        script type="module" src="/clip.js" {}
    };
    frame::page("One moment", Place::None, None, &body)
}

async fn form(visit: Visit) -> Response {
    let body = html! {
        h1 { "Keep what you found" }
        p.lead { "What it says of the firm is proposed for its form, each with its quote; you take it or not." }
        form.own data-clip method="post" action="/clip/keep" {
            (hidden_key(&visit.form_key))
            label for="account" { "Of which firm: its domain, or its name" }
            input type="text" name="account" id="account" required maxlength="254" autocomplete="off";
            label for="text" { "Its words" }
            textarea name="text" id="text" rows="12" required {}
            label for="title" { "Title" }
            input type="text" name="title" id="title" maxlength="200" autocomplete="off";
            label for="url" { "Where it stands" }
            input type="text" name="url" id="url" maxlength="2000" autocomplete="off";
            div.row { button type="submit" { "Keep it" } }
        }
        p.quiet { a href="/clip/bookmark" { "How to bring what you mark on other pages" } }
        script type="module" src="/clip.js" {}
    };
    visit.page("Keep what you found", Place::Targets, &body).into_response()
}

async fn keep(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let kept = async {
        let typed = one(&fields, "account");
        let key = app.desk.register().await?.account_given(typed)?.key()?;
        app.inroad.must_be_a_firms(&key).await?;
        let page = PageToKeep {
            title: one(&fields, "title"),
            url: one(&fields, "url"),
            day: None,
            text: one(&fields, "text"),
        };
        let done = app.inroad.keep_page(&key, &page, app.as_of()).await?;
        Ok::<_, Error>((format!("{}/pages/{}", account_link(key.as_str()), done.what), done.deed))
    };
    match kept.await {
        Ok((place, deed)) => deeds::back(&place, Some(deed)),
        Err(error) => failed(&error),
    }
}

async fn bookmark(State(app): State<App>, visit: Visit) -> Response {
    let body = html! {
        h1 { "From other pages into inroad" }
        p.lead { "Drag this link to the bookmarks of your browser. On any page mark what matters, and click the bookmark." }
        p { a href=(code(&app.address)) { "Keep in inroad" } }
        p { "A new page opens here with what you marked, the title and the address of the page. Nothing goes anywhere else, nothing is fetched, and nothing is kept before you say so." }
        p.quiet { "It leads to " (app.address) ": if inroad listens elsewhere one day, take the bookmark anew." }
    };
    visit.page("From other pages into inroad", Place::Targets, &body).into_response()
}

/// What the bookmark does on the page where it is clicked: opens ours, with what is marked there behind a
/// `#`. So much at most goes with it as one page may keep.
fn code(address: &str) -> String {
    format!(
        "javascript:void open('{address}{DOOR}#'+new URLSearchParams({{\
         url:location.href.slice(0,2000),title:document.title.slice(0,200),\
         text:String(getSelection()).slice(0,200000)}}))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bookmark_leads_here_and_nowhere_else() {
        let code = code("http://127.0.0.1:4747");
        assert!(code.starts_with("javascript:void open('http://127.0.0.1:4747/clip#'+"), "{code}");
        assert_eq!(code.matches("http").count(), 1);
        assert!(!code.contains('"') && !code.contains('\n'), "{code}");
    }
}
