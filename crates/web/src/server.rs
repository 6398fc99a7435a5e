//! The server: routes, and the loop that answers until it is told to stop.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::{DealId, MessageId, Moment};
use inroad_service::{Comfort, Error, Inroad};
use jiff::ZonedDateTime;
use tokio::net::TcpListener;

use crate::access::{self, Key, Lock};
use crate::picture::Layout;
use crate::{lessons, overruling, pages, picture};

/// What the server needs to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The secret in the link.
    pub key: Key,
    /// Another secret, which the forms hold that change something.
    pub form_key: Key,
    /// The day that is reviewed; today where none is given.
    pub as_of: Option<Moment>,
}

/// Why the server could not start or stopped.
#[derive(Debug, thiserror::Error)]
#[error("The page could not be served: {0}")]
pub struct ServerError(#[from] std::io::Error);

/// A server that has its port and is ready to answer.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
    key: Key,
}

#[derive(Debug, Clone)]
pub(crate) struct App {
    pub inroad: Inroad,
    pub form_key: Key,
    as_of: Option<Moment>,
}

impl Server {
    /// Takes a port of this machine; port 0 takes any free one.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn bind(inroad: Inroad, settings: Settings, port: u16) -> Result<Self, ServerError> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
        let lock = Lock { key: settings.key.clone(), port: listener.local_addr()?.port() };
        let form_key = settings.form_key;
        let router = router(App { inroad, form_key, as_of: settings.as_of }, lock);
        Ok(Self { listener, router, key: settings.key })
    }

    /// The link that opens the page, with its key.
    pub fn link(&self) -> Result<String, ServerError> {
        Ok(format!("http://{}/?key={}", self.listener.local_addr()?, self.key.as_str()))
    }

    /// Answers until `stop` is done; requests under way are answered first.
    pub async fn run(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServerError> {
        Ok(axum::serve(self.listener, self.router).with_graceful_shutdown(stop).await?)
    }
}

/// No form of ours holds more than the lesson's: three remarks, each character escaped.
const FORM_BYTES_MAX: usize = 256 * 1024;

fn router(app: App, lock: Lock) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/deals/{id}", get(deal))
        .route("/deals/{id}/politics", get(politics))
        .route("/messages/{id}", get(message))
        .route("/backtest", get(backtest))
        .route("/lessons", get(lessons::list))
        .route("/deals/{id}/lesson", post(lessons::tell))
        .route("/deals/{id}/overrule", post(overruling::decide))
        .route("/deals/{id}/overrule/undo", post(overruling::undo))
        .route("/lessons/{number}/undo", post(lessons::undo))
        .route("/style.css", get(style))
        .route("/map.js", get(map_script))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .fallback(async || not_found("There is no such page."))
        .layer(middleware::from_fn_with_state(lock, access::check))
        .with_state(app)
}

impl App {
    /// The day that is reviewed: what is said on its pages is said on that day.
    pub(crate) fn as_of(&self) -> Moment {
        self.as_of.unwrap_or_else(|| {
            let now = ZonedDateTime::now();
            Moment::new(now.timestamp(), now.offset())
        })
    }
}

async fn list(State(app): State<App>) -> Response {
    match app.inroad.review(app.as_of()).await {
        Ok(review) => pages::review(&review).into_response(),
        Err(error) => failed(&error),
    }
}

async fn deal(State(app): State<App>, Path(id): Path<String>) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    match app.inroad.review_deal(id.as_str(), app.as_of()).await {
        Ok(review) => match review.deals.first() {
            Some(deal) => {
                let offer = lessons::offer(&app, deal).await;
                let form = offer.as_ref().map(|offer| pages::LessonForm::new(offer, &app.form_key));
                pages::deal(deal, review.as_of, form.as_ref(), &app.form_key).into_response()
            }
            None => not_found("This deal was not open on that day."),
        },
        Err(error) => failed(&error),
    }
}

async fn politics(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    let comfort =
        asked.get("comfort").and_then(|name| Comfort::from_name(name)).unwrap_or_default();
    let layout = asked.get("layout").and_then(|name| Layout::from_name(name)).unwrap_or_default();
    match app.inroad.politics(id.as_str(), app.as_of(), comfort).await {
        Ok(politics) => pages::politics(&politics, layout, &id).into_response(),
        Err(error) => failed(&error),
    }
}

async fn message(State(app): State<App>, Path(id): Path<String>) -> Response {
    let Ok(id) = MessageId::new(&id) else { return not_found("There is no such message.") };
    match app.inroad.read_kept(&id).await {
        Ok(reading) => pages::message(&reading).into_response(),
        Err(error) => failed(&error),
    }
}

async fn backtest(State(app): State<App>) -> Response {
    match app.inroad.backtest(app.as_of()).await {
        Ok(report) => pages::backtest(&report).into_response(),
        Err(error) => failed(&error),
    }
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], pages::STYLE)
}

/// The one script: it moves and saves pictures that are there without it.
async fn map_script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], picture::SCRIPT)
}

pub(crate) fn not_found(text: &str) -> Response {
    (StatusCode::NOT_FOUND, pages::notice("Not found", text)).into_response()
}

pub(crate) fn failed(error: &Error) -> Response {
    let (status, title) = match error {
        Error::NotFound { .. } => (StatusCode::NOT_FOUND, "Not found"),
        Error::Conflict { .. } => (StatusCode::CONFLICT, "Not clear"),
        Error::Invalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "Not possible"),
        Error::Unavailable { .. } => (StatusCode::BAD_GATEWAY, "No answer"),
        Error::File { .. } | Error::Store(_) | Error::Internal { .. } => {
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong")
        }
    };
    (status, pages::notice(title, &error.to_string())).into_response()
}
