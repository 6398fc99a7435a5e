//! The server: routes, and the loop that answers until it is told to stop.

use std::future::Future;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use inroad_model::Moment;
use inroad_service::{Desk, Error, Inroad};
use tokio::net::TcpListener;

use crate::access::{self, Key, Lock};
use crate::{
    accounts, acts, assets, backtest, deal, deals, deeds, frame, help, lessons, message, news,
    people, playbook, politics, search, today,
};

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
    pub desk: Desk,
    pub form_key: Key,
}

impl Server {
    /// Takes a port of this machine; port 0 takes any free one.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn bind(inroad: Inroad, settings: Settings, port: u16) -> Result<Self, ServerError> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
        let lock = Lock { key: settings.key.clone(), port: listener.local_addr()?.port() };
        let desk = Desk::new(inroad.clone(), settings.as_of);
        let router = router(App { inroad, desk, form_key: settings.form_key }, lock);
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
        .merge(today::routes())
        .merge(acts::routes())
        .merge(deal::routes())
        .merge(deals::routes())
        .merge(playbook::routes())
        .merge(politics::routes())
        .merge(people::routes())
        .merge(accounts::routes())
        .merge(search::routes())
        .merge(message::routes())
        .merge(lessons::routes())
        .merge(backtest::routes())
        .merge(help::routes())
        .merge(deeds::routes())
        .merge(news::routes())
        .merge(assets::routes())
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .fallback(async || not_found("There is no such page."))
        .layer(middleware::from_fn_with_state(lock, access::check))
        .with_state(app)
}

impl App {
    /// The day that is reviewed: what is said on its pages is said on that day.
    pub(crate) fn as_of(&self) -> Moment {
        self.desk.now()
    }
}

pub(crate) fn not_found(text: &str) -> Response {
    (StatusCode::NOT_FOUND, frame::notice("Not found", text)).into_response()
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
    (status, frame::notice(title, &error.to_string())).into_response()
}
