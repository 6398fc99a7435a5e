//! The server: routes, and the loop that answers until it is told to stop.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use inroad_model::Moment;
use inroad_service::{
    Coaches, Desk, Error, Fault, Inroad, Jobs, OwnerLook, Passwords, ServerReach, SignIns,
};
use tokio::net::TcpListener;

use crate::access::{self, Door, Key, Reach};
use crate::ending::Ending;
use crate::sample::{SampleSettings, Showing};
use crate::watching::{Watched, Watching};
use crate::{
    accounts, acts, assets, audit, backtest, care, clip, coach, connections, credentials, deal,
    deals, deeds, feed, frame, help, ideal, import, job, leads, lessons, message, news, people,
    playbook, politics, privacy, proposals, search, sellers, sending, settings, shared, sign_in,
    targets, team, today, touches, welcome,
};

/// What the server needs to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Who can ask for pages.
    pub reach: Reach,
    /// The day that is reviewed; today where none is given.
    pub as_of: Option<Moment>,
    /// The sample that may be tried.
    pub sample: Option<SampleSettings>,
    /// The way to the user's own pages, where these are the sample's.
    pub own: Option<String>,
    /// The folder that `~` stands for in a path that the user types.
    pub home: Option<PathBuf>,
    /// The passwords of what is connected; without them nothing is connected on these pages and nothing goes out.
    pub passwords: Option<Passwords>,
}

impl Settings {
    /// For this machine, with the secret of the link, for today, and nothing else.
    pub fn new(key: Key) -> Self {
        Self::within(Reach::ThisMachine { key })
    }

    /// For whoever can ask, for today, and nothing else.
    pub fn within(reach: Reach) -> Self {
        Self { reach, as_of: None, sample: None, own: None, home: None, passwords: None }
    }
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
    link: String,
    ending: Ending,
    jobs: Jobs,
    #[cfg(feature = "api")]
    telling: crate::api::Telling,
    watching: Watching,
}

#[derive(Debug, Clone)]
pub(crate) struct App {
    pub inroad: Inroad,
    pub desk: Desk,
    /// Those who read drafts.
    pub coaches: Coaches,
    /// Long work in the background.
    pub jobs: Jobs,
    /// Who the user could be.
    pub owner: OwnerLook,
    /// When the server ends.
    pub ending: Ending,
    /// The sample, where it may be tried.
    pub sample: Showing,
    /// The way to the user's own pages, on those of the sample.
    pub own: Option<String>,
    /// What `~` stands for.
    pub home: Option<PathBuf>,
    /// The passwords of what is connected.
    pub passwords: Option<Passwords>,
    /// Sign-ins at providers that are under way.
    pub sign_ins: SignIns,
    /// `http://` and where the server listens.
    pub address: String,
    /// Whether others ask from their own machines: then nobody who asks has a right to what this one alone reaches.
    pub is_for_others: bool,
}

impl Server {
    /// Takes a port; port 0 takes any free one.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn bind(inroad: Inroad, settings: Settings, port: u16) -> Result<Self, ServerError> {
        let listen = match &settings.reach {
            Reach::ThisMachine { .. } => IpAddr::from([127, 0, 0, 1]),
            Reach::Network { listen, .. } => *listen,
        };
        let listener = TcpListener::bind(SocketAddr::new(listen, port)).await?;
        let here = listener.local_addr()?;
        let (address, link) = match &settings.reach {
            Reach::ThisMachine { key } => {
                (format!("http://{here}"), format!("http://{here}/?key={}", key.as_str()))
            }
            Reach::Network { address, .. } => (address.to_string(), format!("{address}/")),
        };
        #[cfg(feature = "mcp")]
        let answered_at = crate::mcp::answered_at(&settings.reach, here.port());
        let door = Door::new(settings.reach, here.port(), inroad.clone());
        let desk = Desk::new(inroad.clone(), settings.as_of);
        let jobs = Jobs::new(inroad.clone());
        let ending = Ending::default();
        #[cfg(feature = "api")]
        let telling = crate::api::Telling::begin(&inroad);
        let watching = Watching::of(inroad.clone(), jobs.clone(), ending.clone());
        let is_for_all = door.is_network();
        let app = App {
            owner: OwnerLook::new(inroad.clone()),
            coaches: Coaches::new(inroad.clone()),
            inroad,
            desk,
            jobs: jobs.clone(),
            ending: ending.clone(),
            sample: Showing::new(settings.sample, link.clone()),
            own: settings.own,
            home: settings.home,
            passwords: settings.passwords,
            sign_ins: SignIns::default(),
            address,
            is_for_others: is_for_all,
        };
        let pages = pages(&app);
        #[cfg(feature = "mcp")]
        let pages = pages.merge(crate::mcp::routes(&app, answered_at));
        let router = behind(door, pages).with_state(app);
        Ok(Self {
            listener,
            router: watching.around(router, is_for_all),
            link,
            ending,
            jobs,
            watching,
            #[cfg(feature = "api")]
            telling,
        })
    }

    /// Takes another address, at which nothing is answered but whether all is well, and metrics.
    ///
    /// # Errors
    /// If the address is taken, or none of this machine's.
    pub async fn watched_at(&self, address: SocketAddr) -> Result<Watched, ServerError> {
        Watched::bind(&self.watching, address).await
    }

    /// The link that opens the pages: with its key, or where somebody signs in.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If the system does not tell.
    pub fn listens_at(&self) -> Result<SocketAddr, ServerError> {
        Ok(self.listener.local_addr()?)
    }

    /// Answers until `stop` is done; requests under way are answered first, for half a minute, and what a job
    /// has under way is kept.
    pub async fn run(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServerError> {
        #[cfg(feature = "api")]
        let telling = self.telling;
        let Self { listener, router, ending, jobs, .. } = self;
        let too_late = ending.begun_for(STOP_PATIENCE);
        let stop = async move {
            stop.await;
            ending.begin();
        };
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::select! {
            served = axum::serve(listener, router).with_graceful_shutdown(stop) => served?,
            () = too_late => {}
        }
        #[cfg(feature = "api")]
        telling.end().await;
        jobs.end().await;
        Ok(())
    }
}

/// So long an answer that is under way is waited for when the server ends.
const STOP_PATIENCE: Duration = Duration::from_secs(30);

/// No form of ours holds more than the lesson's: three remarks, each character escaped.
const FORM_BYTES_MAX: usize = 256 * 1024;

fn pages(app: &App) -> Router<App> {
    let pages = Router::new()
        .merge(today::routes())
        .merge(acts::routes())
        .merge(deal::routes())
        .merge(deals::routes())
        .merge(coach::routes())
        .merge(sending::routes())
        .merge(playbook::routes())
        .merge(politics::routes())
        .merge(people::routes())
        .merge(privacy::routes())
        .merge(accounts::routes())
        .merge(targets::routes())
        .merge(touches::routes())
        .merge(care::routes())
        .merge(clip::routes())
        .merge(ideal::routes())
        .merge(search::routes())
        .merge(message::routes())
        .merge(lessons::routes())
        .merge(backtest::routes())
        .merge(help::routes())
        .merge(deeds::routes())
        .merge(news::routes())
        .merge(import::routes())
        .merge(job::routes())
        .merge(welcome::routes())
        .merge(proposals::routes())
        .merge(settings::routes())
        .merge(connections::routes())
        .merge(team::routes())
        .merge(shared::routes())
        .merge(sign_in::routes())
        .merge(credentials::routes())
        .merge(audit::routes())
        .merge(leads::routes())
        .merge(sellers::routes())
        .merge(feed::routes())
        .merge(assets::routes())
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(middleware::from_fn_with_state(app.clone(), welcome::first_of_all));
    // Other programs come in by the same door, and are shown no page on the way.
    #[cfg(feature = "api")]
    let pages = pages.nest_service(crate::api::PLACE, crate::api::routes(app));
    pages
}

/// Everything that is answered at all is behind the one door.
fn behind(door: Door, pages: Router<App>) -> Router<App> {
    pages
        .fallback(async || not_found("There is no such page."))
        .layer(middleware::from_fn_with_state(door, access::check))
}

impl App {
    /// Which servers may be named on its pages: on one's own machine any, from elsewhere those of the public network.
    pub(crate) fn may_reach(&self) -> ServerReach {
        if self.is_for_others { ServerReach::Public } else { ServerReach::Anywhere }
    }

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
        Error::Forbidden { .. } => (StatusCode::FORBIDDEN, "Not open to you"),
        Error::TooOften { .. } => (StatusCode::TOO_MANY_REQUESTS, "Too often"),
        Error::NotFound { .. } => (StatusCode::NOT_FOUND, "Not found"),
        Error::Conflict { .. } => (StatusCode::CONFLICT, "Not clear"),
        Error::Invalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "Not possible"),
        Error::Unavailable { .. } => (StatusCode::BAD_GATEWAY, "No answer"),
        Error::File { .. } | Error::Store(_) | Error::Internal { .. } => {
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong")
        }
    };
    let mut response = (status, frame::notice(title, &error.to_string())).into_response();
    response.extensions_mut().insert(Fault(error.kind()));
    response
}
