//! The style sheet and the scripts, which are part of the program.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::picture;
use crate::server::App;

/// The style sheet of all pages: the tokens, then what uses them.
pub(crate) const STYLE: &str = concat!(
    include_str!("../assets/tokens.css"),
    include_str!("../assets/frame.css"),
    include_str!("../assets/style.css"),
    include_str!("../assets/today.css"),
    include_str!("../assets/deals.css"),
    include_str!("../assets/map.css"),
    include_str!("../assets/message.css"),
    include_str!("../assets/import.css"),
    include_str!("../assets/people.css"),
    include_str!("../assets/coach.css"),
    include_str!("../assets/targets.css"),
    include_str!("../assets/leads.css"),
    include_str!("../assets/connections.css")
);

/// What every page runs: sheets, keys, news of changes. Pages are whole without it.
const SCRIPT: &str = include_str!("../assets/app.js");
/// What moves cards on the board.
const BOARD: &str = include_str!("../assets/board.js");
/// What every page opens on a key.
const PALETTE: &str = include_str!("../assets/palette.js");

/// Sends files with a bar, takes what is dropped, and shows how far a job is.
const IMPORT_SCRIPT: &str = include_str!("../assets/import.js");

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/style.css", get(async || css(STYLE)))
        .route("/app.js", get(async || script(SCRIPT)))
        .route("/palette.js", get(async || script(PALETTE)))
        .route("/board.js", get(async || script(BOARD)))
        .route("/icon.svg", get(icon))
        .route("/import.js", get(async || script(IMPORT_SCRIPT)))
        .route("/map.js", get(async || script(picture::SCRIPT)))
}

/// Whether a request is for what pages look like, which tells nothing.
pub(crate) fn is_asked(path: &str) -> bool {
    matches!(path, "/style.css" | "/icon.svg" | "/clip.js")
}

fn css(text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], text)
}

/// What a browser shows beside the name of a page: a way in.
async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml")], include_str!("../assets/icon.svg"))
}

/// A script as an answer.
pub(crate) fn script(text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text)
}
