//! What was done can be undone.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use inroad_model::DealId;
use inroad_service::{Deed, DeedNumber};
use maud::{Markup, html};

use crate::forms::{OurForm, hidden, one};
use crate::rights::As;
use crate::server::{App, failed, not_found};
use crate::visit::{DONE, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/deeds/{number}/undo", post(undo))
}

async fn undo(
    State(app): State<App>,
    Path(number): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is nothing to undo.") };
    match app.inroad.undo_of(&actor, number, app.as_of()).await {
        Ok(deed) => {
            app.desk.changed(deed.deal.as_ref()).await;
            back(one(&fields, "next"), None)
        }
        Err(error) => failed(&error),
    }
}

/// What was just done, with the way back.
pub(crate) fn word(deed: &Deed, visit: &Visit) -> Markup {
    html! {
        div.word role="status" {
            span { (deed.says) }
            @if deed.is_undoable {
                form method="post" action={ "/deeds/" (deed.number) "/undo" } {
                    (hidden(&visit.form_key, &visit.address))
                    button type="submit" data-key="z" { "Undo" }
                }
            }
        }
    }
}

/// Back to where a form was sent from, with word of what was done.
pub(crate) fn back(next: &str, done: Option<DeedNumber>) -> Response {
    Redirect::to(&place(next, done)).into_response()
}

/// Back to where a form was sent from once something was done about a deal.
pub(crate) async fn done(
    app: &App,
    next: &str,
    deal: Option<&DealId>,
    deed: DeedNumber,
) -> Response {
    app.desk.changed(deal).await;
    back(next, Some(deed))
}

/// The address that a link asked to be led back to; only a path of ours is followed.
pub(crate) fn ours(next: &str) -> String {
    place(next, None)
}

/// The address of `next` with word of what was done; only a path of ours is followed.
fn place(next: &str, done: Option<DeedNumber>) -> String {
    let is_odd = |c: char| c == '\\' || c.is_control();
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains(is_odd);
    let (path, anchor) = match next.split_once('#') {
        _ if !ours => ("/", None),
        Some((path, anchor)) => (path, Some(anchor)),
        None => (next, None),
    };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mark = format!("{DONE}=");
    let mut query: Vec<String> = query
        .split('&')
        .filter(|p| !p.is_empty() && !p.starts_with(&mark))
        .map(Into::into)
        .collect();
    query.extend(done.map(|number| format!("{DONE}={number}")));
    let mut place = path.to_owned();
    if !query.is_empty() {
        place = format!("{place}?{}", query.join("&"));
    }
    anchor.map_or_else(|| place.clone(), |anchor| format!("{place}#{anchor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_back_to_pages_of_ours_only() {
        let number: DeedNumber = "7".parse().unwrap();
        for (next, done, expected) in [
            ("/", Some(number), "/?done=7"),
            ("/deals?by=stage&done=3#a", Some(number), "/deals?by=stage&done=7#a"),
            ("/deals?done=3", None, "/deals"),
            ("//evil.example", None, "/"),
            ("https://evil.example", None, "/"),
            ("/\\evil.example", None, "/"),
            ("/\t/evil.example", None, "/"),
            ("", Some(number), "/?done=7"),
        ] {
            assert_eq!(place(next, done), expected, "{next}");
        }
    }
}
