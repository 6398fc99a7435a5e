//! News: pages hear when something changed, by server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use axum::routing::get;
use futures_util::Stream;
use futures_util::{StreamExt, stream};

use crate::server::App;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/news", get(news))
}

/// An event `changed` with a number at once, and another number whenever something is new.
async fn news(State(app): State<App>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut changes = app.desk.changes();
    changes.mark_changed();
    let changes = stream::unfold(changes, async |mut changes| {
        changes.changed().await.ok()?;
        let number = *changes.borrow_and_update();
        Some((Ok(Event::default().event("changed").data(number.to_string())), changes))
    });
    // The server waits at its end for answers under way; this one would never end.
    let changes = changes.take_until(app.ending.begun());
    Sse::new(changes).keep_alive(KeepAlive::new().interval(ALIVE_EVERY))
}

/// So often a quiet connection says that it is still there.
const ALIVE_EVERY: Duration = Duration::from_secs(20);
