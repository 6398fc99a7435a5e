//! Numbers for Prometheus: requests, jobs, connections to the database, and what is read by itself. Some are
//! counted as things happen, the others are looked at when somebody asks.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_service::{Job, JobState};
use jiff::Timestamp;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::Watching;
use super::requests::Answered;
use crate::access::is_this_machine;

/// A page takes some milliseconds, a first review some seconds.
const SECONDS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

type Labels<const N: usize> = [(&'static str, String); N];
/// Hours and fractions of seconds are not whole numbers.
type Real = Gauge<f64, AtomicU64>;

/// What is counted as it happens.
#[derive(Debug)]
pub(super) struct Metrics {
    requests: Family<Labels<3>, Counter>,
    seconds: Family<Labels<2>, Histogram>,
    under_way: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            under_way: Gauge::default(),
        }
    }
}

/// A request under way, until this is dropped: also where whoever asked hangs up.
pub(super) struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// A request begins.
    pub(super) fn begin(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// A request was answered.
    pub(super) fn count(&self, answered: &Answered) {
        let route = ("route", answered.route.as_str().to_owned());
        let method = ("method", answered.method.to_owned());
        let status = ("status", answered.status.to_string());
        self.seconds.get_or_create(&[route.clone(), method.clone()]).observe(answered.seconds);
        self.requests.get_or_create(&[route, method, status]).inc();
    }
}

pub(super) fn routes(watching: Watching, only_here: bool) -> Router {
    let tell = async move |State(watching): State<Watching>, request: Request| {
        // A name that leads to this machine opens nothing: only a browser would come by one.
        if only_here && !is_this_machine(request.headers()) {
            return (StatusCode::FORBIDDEN, "Ask this machine by its own name.\n").into_response();
        }
        told(&watching).await
    };
    Router::new().route("/metrics", get(tell)).with_state(watching)
}

async fn told(watching: &Watching) -> Response {
    let mut registry = counted(&watching.metrics);
    looked_at(watching, &mut registry).await;
    let mut text = String::new();
    if encode(&mut text, &registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response()
}

/// What was counted.
fn counted(metrics: &Arc<Metrics>) -> Registry {
    let mut registry = Registry::with_prefix("inroad");
    registry.register(
        "build",
        "The program that answers",
        Info::new([("version", env!("CARGO_PKG_VERSION"))]),
    );
    registry.register(
        "requests",
        "Requests that were answered, by route, method and status",
        metrics.requests.clone(),
    );
    registry.register_with_unit(
        "request",
        "How long it took until an answer began, by route and method",
        Unit::Seconds,
        metrics.seconds.clone(),
    );
    registry.register(
        "requests_under_way",
        "Requests whose answer has not begun",
        metrics.under_way.clone(),
    );
    registry
}

/// How things are at this moment.
async fn looked_at(watching: &Watching, registry: &mut Registry) {
    let jobs = Family::<Labels<1>, Gauge>::default();
    let all = watching.jobs.all();
    for wanted in ["waiting", "running", "done", "failed"] {
        let count = all.iter().filter(|job| state_of(job) == wanted).count();
        jobs.get_or_create(&[("state", wanted.to_owned())])
            .set(i64::try_from(count).unwrap_or(i64::MAX));
    }
    registry.register("jobs", "Imports and other long work since the start, by state", jobs);

    let pools = Family::<Labels<2>, Gauge>::default();
    for pool in watching.inroad.pools() {
        for (state, count) in [("busy", pool.busy), ("idle", pool.idle)] {
            let labels = [("pool", pool.pool.to_owned()), ("state", state.to_owned())];
            pools.get_or_create(&labels).set(i64::from(count));
        }
    }
    registry.register("database_connections", "Open connections to the database", pools);

    // Where the database does not answer, the rest is told all the same.
    let connections = watching.inroad.numbered_connections().await.unwrap_or_default();
    let (since, states) =
        (Family::<Labels<2>, Real>::default(), Family::<Labels<3>, Gauge>::default());
    for one in connections {
        let number = ("connection", one.number.to_string());
        let kind = ("kind", one.kind.to_owned());
        if let Some(worked_at) = one.worked_at {
            let seconds = Timestamp::now().duration_since(worked_at.timestamp()).as_secs_f64();
            since.get_or_create(&[number.clone(), kind.clone()]).set(seconds.max(0.0));
        }
        states.get_or_create(&[number, kind, ("state", one.state.to_owned())]).set(1);
    }
    registry.register_with_unit(
        "connection_since_read_well",
        "How long ago what is connected last answered all that it was asked; none if it never did",
        Unit::Seconds,
        since,
    );
    registry.register("connection_state", "What is being done about what is connected", states);
}

fn state_of(job: &Job) -> &'static str {
    match job.state {
        JobState::Waiting => "waiting",
        JobState::Running(_) => "running",
        JobState::Over(_) => "done",
        JobState::Failed(_) => "failed",
    }
}
