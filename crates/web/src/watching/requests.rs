//! Each request, counted and told by what it is and how it went: its method, its route with the blanks unfilled,
//! its status, how long it took. Never what stands in the blanks or behind the question mark.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use inroad_service::Fault;

use super::Watching;

/// A request that was answered.
pub(super) struct Answered {
    pub route: MatchedOrNone,
    pub method: &'static str,
    pub status: u16,
    /// Until the answer began: what is sent for ever would otherwise never count.
    pub seconds: f64,
}

/// A route of ours, or that there is none.
#[derive(Debug, Clone)]
pub(super) struct MatchedOrNone(Option<MatchedPath>);

impl MatchedOrNone {
    pub(super) fn as_str(&self) -> &str {
        self.0.as_ref().map_or("none", MatchedPath::as_str)
    }
}

/// Lets a request through, and remembers it.
pub(super) async fn seen(
    State(watching): State<Watching>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = known(request.method());
    #[cfg(feature = "operations")]
    let under_way = watching.metrics.begin();
    let begun = Instant::now();
    let response = next.run(request).await;
    // What is answered to other programs tells its route beside the answer; from here it cannot be seen.
    let inner_route = response.extensions().get::<MatchedPath>().cloned();
    let answered = Answered {
        route: MatchedOrNone(inner_route.or(route)),
        method,
        status: response.status().as_u16(),
        seconds: begun.elapsed().as_secs_f64(),
    };
    #[cfg(feature = "operations")]
    {
        drop(under_way);
        watching.metrics.count(&answered);
    }
    #[cfg(not(feature = "operations"))]
    drop(watching);
    tell(&answered, response.extensions().get::<Fault>().copied());
    response
}

/// Methods that somebody made up count as one.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn tell(answered: &Answered, fault: Option<Fault>) {
    let Answered { route, method, status, seconds } = answered;
    let route = route.as_str();
    let milliseconds = (seconds * 1e5).round() / 100.0;
    let fault = fault.map_or("none", |Fault(kind)| kind);
    if *status >= 500 {
        tracing::error!(target: "inroad::requests", method, route, status, milliseconds, fault, "answered");
    } else {
        tracing::info!(target: "inroad::requests", method, route, status, milliseconds, fault, "answered");
    }
}
