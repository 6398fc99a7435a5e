//! A small mailbox behind the routes, and whoever asks.

use std::path::PathBuf;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use inroad_api::{Api, document, router};
use inroad_leads::{HandOver, LeadPerson};
use inroad_model::{Advice, Channel, DealId, Entry, Member, MemberRole, Moment, Remark, Subject};
use inroad_service::{
    Actor, Coaches, Desk, ImportOptions, Inroad, Jobs, NewLead, ServerPlace, WebhookReach,
};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::schema;

const MAIL: &str = "\
From ada@brandt-advice.example Mon Jan  5 09:00:00 2026
From: Ada Brandt <ada@brandt-advice.example>
To: Jana <jana@lindner.example>
Date: Mon, 5 Jan 2026 09:00:00 +0100
Message-ID: <m1@brandt-advice.example>
Subject: Pricing

Hello Jana, when may I call?

From jana@lindner.example Mon Jan  5 15:00:00 2026
From: Jana <jana@lindner.example>
To: Ada Brandt <ada@brandt-advice.example>
Date: Mon, 5 Jan 2026 15:00:00 +0100
Message-ID: <m2@lindner.example>
In-Reply-To: <m1@brandt-advice.example>
Subject: Re: Pricing

I am out of the office until 9 January 2026. The pricing looks fine.

Jana

";

const DEALS: &str = r#"{"me": {"name": "Ada Brandt", "emails": ["ada@brandt-advice.example"]}, "deals": [
  {"id": "d1", "name": "Pricing", "organization": "Lindner Bau", "domain": "lindner.example", "stage": "discovery",
   "value": 48000, "currency": "EUR", "people": [{"email": "jana@lindner.example", "name": "Jana Kim"}]},
  {"id": "d/2 ü", "name": "Rota plan", "domain": "quiet.example",
   "people": [{"email": "rik@quiet.example", "name": "Rik"}]}]}"#;

/// A data file with its routes.
pub(crate) struct World {
    router: axum::Router,
    pub(crate) inroad: Inroad,
    _folder: TempDir,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

pub(crate) fn now() -> Moment {
    "2026-01-12T09:00:00Z".parse().unwrap()
}

/// Somebody who works here.
pub(crate) fn member(role: MemberRole) -> Actor {
    let email = "mia@brandt-advice.example".parse().unwrap();
    Actor::member(Member::new(email, "Mia", [role], None).unwrap())
}

impl World {
    /// With two deals, a note (entry 1, deed 1), somebody to be left alone, a decision and a lead.
    pub(crate) async fn new() -> Self {
        Self::reaching(WebhookReach::ThisMachineToo).await
    }

    /// The same, as it is served: programs on this machine are not told.
    pub(crate) async fn guarded() -> Self {
        Self::reaching(WebhookReach::Public).await
    }

    async fn reaching(reach: WebhookReach) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inroad = Inroad::open(&place(&folder)).await.unwrap();
        let files = [("mail.mbox", MAIL), ("deals.json", DEALS)].map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        });
        inroad.import(&files, &ImportOptions::default(), &|_| ()).await.unwrap();
        let about = Subject::Deal(DealId::new("d1").unwrap());
        let text = Remark::new("She asked for references").unwrap();
        let note = Entry::Note { day: now().date(), by: Some(Channel::Call), text };
        inroad.write_down(about, note, now()).await.unwrap();
        inroad.add_not_contacted("eva@quiet.example", "She asked me", now()).await.unwrap();
        inroad.overrule("d1", Advice::LetGo, "No budget this year", now()).await.unwrap();
        let person = LeadPerson {
            name: "Omar Li".to_owned(),
            email: Some("omar@acme.example".parse().unwrap()),
            ..LeadPerson::default()
        };
        let hand_over = HandOver {
            person,
            account: "Acme".to_owned(),
            source: "Fair".to_owned(),
            ..HandOver::default()
        };
        let lead = NewLead { hand_over, ..NewLead::default() };
        let owner = inroad.owner().await.unwrap();
        inroad.hand_over_lead(&owner, lead, now()).await.unwrap();
        Self { router: routes_of(&inroad, reach), inroad, _folder: folder }
    }

    /// Asks as whose data it is.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: &str) -> Answered {
        self.send(Some(Actor::owner()), request(method, path, body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answered {
        self.ask("GET", path, "").await
    }

    /// Asks, and holds the answer against what the document says of it.
    pub(crate) async fn send(&self, actor: Option<Actor>, mut request: Request<Body>) -> Answered {
        request.extensions_mut().extend(actor.map(extension).unwrap_or_default());
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let kind = parts.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap());
        let json: Value =
            if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        let answered = Answered { status: parts.status, headers: parts.headers.clone(), json };
        if parts.status.is_client_error() || parts.status.is_server_error() {
            assert_eq!(kind, Some("application/problem+json"), "{method} {path}: {answered:?}");
            assert_eq!(answered.json["status"], parts.status.as_u16(), "{method} {path}");
            assert!(answered.json["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        }
        if let Some(operation) = operation_at(&method, &path) {
            let declared = &operation["responses"][parts.status.as_str()];
            assert!(!declared.is_null(), "{method} {path}: {answered:?} is not declared");
            if let Some(kind) = kind.filter(|_| !answered.json.is_null()) {
                let schema = &declared["content"][kind]["schema"];
                assert!(!schema.is_null(), "{method} {path}: {kind} is not declared");
                let wrong = schema::faults(document(), schema, &answered.json, "answer");
                assert!(wrong.is_empty(), "{method} {path}: {wrong:?}\n{}", answered.json);
            }
        }
        answered
    }
}

/// Where the data lies: in a file, or, where the environment names a server, in a workspace there.
fn place(folder: &TempDir) -> PathBuf {
    if let Ok(database) = std::env::var("INROAD_TEST_DATABASE") {
        let file = folder.path().join("team.toml");
        let workspace = folder.path().display().to_string();
        ServerPlace { database, workspace }.write(&file).unwrap();
        return file;
    }
    folder.path().join("data.db")
}

fn extension(actor: Actor) -> axum::http::Extensions {
    let mut extensions = axum::http::Extensions::new();
    extensions.insert(actor);
    extensions
}

fn routes_of(inroad: &Inroad, reach: WebhookReach) -> axum::Router {
    let desk = Desk::new(inroad.clone(), Some(now()));
    let (coaches, jobs) = (Coaches::new(inroad.clone()), Jobs::new(inroad.clone()));
    router(Api::new(inroad.clone(), desk, coaches, jobs).reaching(reach))
}

pub(crate) fn request(method: &str, path: &str, body: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    let request = if body.is_empty() {
        request
    } else {
        request.header(header::CONTENT_TYPE, "application/json")
    };
    request.body(Body::from(body.to_owned())).unwrap()
}

/// What the document says of a request; `None` where it names no such route.
fn operation_at(method: &Method, path: &str) -> Option<&'static Value> {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let places: Vec<&str> = template.split('/').collect();
        places.len() == parts.len()
            && places
                .iter()
                .zip(&parts)
                .all(|(place, part)| place.starts_with('{') || place == part)
    };
    let paths = document()["paths"].as_object().unwrap();
    let (_, item) = paths.iter().find(|(template, _)| fits(template))?;
    item.get(method.as_str().to_ascii_lowercase())
}
