//! All routes in one router, and what leads nowhere.

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_model::Moment;
use inroad_service::{Coaches, Desk, Inroad, Jobs, Right, WebhookReach};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asked::BODY_BYTES_MAX;
use crate::once::{self, Once};
use crate::problem::{Kind, Problem};
use crate::{
    accounts, coach, deals, decision, deeds, do_not_contact, document, entries, evidence, import,
    issues, jobs, leads, messages, people, reviews, search, webhooks,
};

/// What requests are answered from; cloning is cheap and shares it.
#[derive(Debug, Clone)]
pub struct Api {
    pub(crate) inroad: Inroad,
    pub(crate) desk: Desk,
    pub(crate) coaches: Coaches,
    pub(crate) jobs: Jobs,
    /// Which programs may be told of what was done.
    pub(crate) reach: WebhookReach,
}

impl Api {
    /// Over the very desk and jobs of the pages beside it, so that each sees what the other did.
    pub fn new(inroad: Inroad, desk: Desk, coaches: Coaches, jobs: Jobs) -> Self {
        Self { inroad, desk, coaches, jobs, reach: WebhookReach::default() }
    }

    /// The same where programs on this very machine may be told, too: for tests.
    #[must_use]
    pub fn reaching(self, reach: WebhookReach) -> Self {
        Self { reach, ..self }
    }

    /// The moment that is looked at.
    pub(crate) fn now(&self) -> Moment {
        self.desk.now()
    }
}

/// The routes, to be nested at `/api/v1`. Whoever nests them finds out who asks, and puts an
/// `inroad_service::Actor` beside the request: without one it is nobody, who may nothing.
pub fn router(api: Api) -> Router {
    let once = |bytes_max, right| {
        let once = Once { api: api.clone(), bytes_max, right };
        middleware::from_fn_with_state(once, once::answer)
    };
    let acts = acts().layer(once(BODY_BYTES_MAX, Some(Right::Mailbox)));
    let undos = undos().layer(once(BODY_BYTES_MAX, None));
    let imports = imports().layer(once(import::ROWS_BYTES_MAX, Some(Right::Mailbox)));
    let (routes, _described) = acts.merge(undos).merge(imports).merge(others()).split_for_parts();
    routes
        .route("/openapi.json", get(described))
        .method_not_allowed_fallback(not_that_way)
        .fallback(nowhere)
        .layer(middleware::from_fn(with_its_route))
        .with_state(api)
}

/// What the routes say of themselves.
pub(crate) fn paths() -> OpenApi {
    acts().merge(undos()).merge(imports()).merge(others()).into_openapi()
}

/// What is done once under a key, and what stands at the same places.
fn acts() -> OpenApiRouter<Api> {
    OpenApiRouter::default()
        .routes(routes!(deals::list, deals::make))
        .routes(routes!(deals::one, deals::change))
        .routes(routes!(entries::note))
        .routes(routes!(entries::plan))
        .routes(routes!(entries::lay_aside))
        .routes(routes!(entries::strike))
        .routes(routes!(decision::decide, decision::take_back))
        .routes(routes!(deeds::list))
        .routes(routes!(deeds::one))
        .routes(routes!(do_not_contact::list, do_not_contact::add))
        .routes(routes!(do_not_contact::remove))
}

/// The same for whoever did something, whatever else they may.
fn undos() -> OpenApiRouter<Api> {
    OpenApiRouter::default().routes(routes!(deeds::undo))
}

/// The same with more in it.
fn imports() -> OpenApiRouter<Api> {
    OpenApiRouter::default().routes(routes!(import::deals)).routes(routes!(import::contacts))
}

/// What only reads needs no key, and neither a draft nor a secret is kept for one. Files come in once by themselves.
fn others() -> OpenApiRouter<Api> {
    OpenApiRouter::default()
        .routes(routes!(reviews::all))
        .routes(routes!(reviews::one))
        .routes(routes!(reviews::people))
        .routes(routes!(evidence::of_deal))
        .routes(routes!(deals::touches))
        .routes(routes!(deeds::of_deal))
        .routes(routes!(messages::told))
        .routes(routes!(messages::text))
        .routes(routes!(search::search))
        .routes(routes!(people::list))
        .routes(routes!(people::one))
        .routes(routes!(accounts::list))
        .routes(routes!(accounts::one))
        .routes(routes!(leads::list))
        .routes(routes!(leads::one))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::one))
        .routes(routes!(issues::list))
        .routes(routes!(coach::draft))
        .routes(routes!(import::file))
        .routes(routes!(webhooks::list, webhooks::add))
        .routes(routes!(webhooks::remove))
        .routes(routes!(webhooks::deliveries))
        .routes(routes!(webhooks::replay))
}

/// Puts the route that was taken beside the answer: whoever nests the routes counts requests by it, and cannot see it
/// otherwise.
async fn with_its_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}

async fn described() -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], document::as_json().to_owned()).into_response()
}

async fn nowhere(request: Request) -> Problem {
    let path: String = request.uri().path().chars().take(200).collect();
    Problem::not_found(format!("Nothing is at {path}; /api/v1/openapi.json lists what there is"))
}

async fn not_that_way(method: Method) -> Problem {
    let what = format!("{method} is not answered here; the header Allow names what is");
    Problem::new(Kind::NotAllowed, what)
}
