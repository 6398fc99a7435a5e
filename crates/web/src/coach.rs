//! The coach: a draft is typed, and what a careful reader would say of it stands beside it.
//!
//! Must not: keep a draft, or send one. The page holds it; a person copies it into their mail program, or takes it
//! to the page on which letters are let go.

mod begin;
mod copying;
mod facts;
mod looked;
mod page;
mod recorder;
mod rules;
mod typed;
mod whom;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use inroad_coach::draft::{Channel, Stage};
use inroad_model::EmailAddress;
use inroad_service::{
    Coach, CoachAsked, Coached, DeedNumber, Dismissal, Error, FittingPlay, Skeleton,
};

use self::typed::Typed;
use crate::access::Beyond;
use crate::assets;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/coach", get(open).post(answer))
        .route("/coach/look", post(look))
        .route("/coach/rules", get(rules::rules))
        .route("/coach.js", get(async || assets::script(include_str!("../assets/coach.js"))))
}

/// The value of `play` that begins with an empty page.
const NO_PLAY: &str = "none";

/// The page of a draft to somebody.
pub(crate) fn link(person: &EmailAddress, deal: Option<&str>, play: Option<&str>) -> String {
    let mut link = format!("/coach?person={}", crate::parts::escape(person.as_str()));
    for (name, value) in [("deal", deal), ("play", play)] {
        if let Some(value) = value {
            link = format!("{link}&{name}={}", crate::parts::escape(value));
        }
    }
    link
}

/// What is asked for: by the address, or by the form.
#[derive(Debug, Clone)]
struct Asked {
    /// Whom it is for, as it was typed.
    person: String,
    deal: String,
    play: String,
    channel: Channel,
    /// `None` to be told by what passed before.
    stage: Option<Stage>,
    /// Which way to open, from 1.
    opening: usize,
}

impl Asked {
    fn of<'v>(value: impl Fn(&str) -> &'v str) -> Self {
        let channel = Channel::ALL.into_iter().find(|one| one.as_str() == value("channel"));
        Self {
            person: value("person").trim().to_owned(),
            deal: value("deal").to_owned(),
            play: value("play").to_owned(),
            channel: channel.unwrap_or(Channel::Email),
            stage: Stage::ALL.into_iter().find(|one| one.as_str() == value("stage")),
            opening: value("opening").parse().unwrap_or(1),
        }
    }

    fn of_coach(&self) -> CoachAsked {
        CoachAsked {
            channel: self.channel,
            stage: self.stage,
            person: self.person.parse().ok(),
            many: None,
        }
    }
}

/// What was done with a finding just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Just {
    Dismissed(DeedNumber),
    Restored,
}

/// Everything that the page shows of a draft.
struct Shown<'s> {
    asked: &'s Asked,
    coach: &'s Coach,
    typed: &'s Typed,
    coached: &'s Coached,
    just: Option<Just>,
}

async fn open(
    State(app): State<App>,
    Query(query): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let mut asked = Asked::of(|name| query.get(name).map_or("", String::as_str));
    let found = match whom::find(&app, &mut asked).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    whole_page(&app, &asked, None, None, &visit, &found).await
}

/// Without a script the form is answered by the page.
async fn answer(State(app): State<App>, visit: Visit, OurForm(fields): OurForm) -> Response {
    let asked = Asked::of(|name| one(&fields, name));
    let just = match put_to_rest(&app, &fields).await {
        Ok(just) => just,
        Err(error) => return failed(&error),
    };
    let typed = Typed::of(&fields, asked.channel);
    whole_page(&app, &asked, Some(typed), just, &visit, &whom::Found::default()).await
}

async fn whole_page(
    app: &App,
    asked: &Asked,
    typed: Option<Typed>,
    just: Option<Just>,
    visit: &Visit,
    found: &whom::Found,
) -> Response {
    let shown = async {
        let of_coach = asked.of_coach();
        let coach = app.coaches.of(of_coach.person.as_ref(), app.as_of()).await?;
        let fitting = begin::fitting(app, asked, of_coach.person.as_ref()).await?;
        let begun = begin::begun(app, asked, &coach, &fitting).await;
        let (begun, refused) = match begun {
            Ok(begun) => (begun, None),
            Err(Error::Conflict { what }) => (None, Some(what)),
            Err(error) => return Err(error),
        };
        let typed = typed.unwrap_or_else(|| match &begun {
            Some(begun) if asked.play != NO_PLAY => Typed::begun(begun),
            _ => Typed::default(),
        });
        let coached = coach.read(typed.whole(), &of_coach)?;
        Ok::<_, Error>((coach, fitting, begun, refused, typed, coached))
    };
    let (coach, fitting, begun, refused, typed, coached) = match shown.await {
        Ok(shown) => shown,
        Err(error) => return failed(&error),
    };
    let shown = Shown { asked, coach: &coach, typed: &typed, coached: &coached, just };
    let beside = Beside { fitting, begun, refused };
    let body = page::page(&shown, &beside, found, visit);
    (Extension(Beyond::Listens), visit.page("Coach", Place::Coach, &body)).into_response()
}

/// What helps to write it.
struct Beside {
    fitting: Vec<FittingPlay>,
    begun: Option<Skeleton>,
    /// Why nothing may be written to them.
    refused: Option<String>,
}

/// What stands beside the text, for what is typed now.
async fn look(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let asked = Asked::of(|name| one(&fields, name));
    match looked(&app, &asked, &fields).await {
        Ok(part) => part,
        Err(error) => {
            let status = match error {
                Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, looked::not_read(&error.to_string())).into_response()
        }
    }
}

async fn looked(app: &App, asked: &Asked, fields: &Fields) -> Result<Response, Error> {
    let just = put_to_rest(app, fields).await?;
    let typed = Typed::of(fields, asked.channel);
    let of_coach = asked.of_coach();
    let (coach, coached): (Arc<Coach>, Coached) =
        app.coaches.look(typed.whole(), &of_coach, app.as_of()).await?;
    let shown = Shown { asked, coach: &coach, typed: &typed, coached: &coached, just };
    Ok(page::parts(&shown).into_response())
}

/// Puts a finding to rest, or lets it speak up again, if the form asks for it.
async fn put_to_rest(app: &App, fields: &Fields) -> Result<Option<Just>, Error> {
    if let Some(dismissal) = dismissal(fields, "dismiss") {
        let done = app.inroad.dismiss_at_desk(dismissal, app.as_of()).await?;
        return Ok(Some(Just::Dismissed(done.deed)));
    }
    if let Some(dismissal) = dismissal(fields, "restore") {
        app.inroad.undismiss_finding(&dismissal).await?;
        return Ok(Some(Just::Restored));
    }
    if let Ok(deed) = one(fields, "undo").parse() {
        app.inroad.undo(deed, app.as_of()).await?;
        return Ok(Some(Just::Restored));
    }
    Ok(None)
}

/// A rule and the words, as a button holds them: no name of a rule has a blank in it.
fn dismissal(fields: &Fields, name: &str) -> Option<Dismissal> {
    let value = fields.iter().find(|(of, _)| of == name).map(|(_, value)| value)?;
    let (rule, quote) = value.split_once(' ')?;
    Some(Dismissal { rule: rule.to_owned(), quote: typed::one_kind_of_lines(quote) })
}
