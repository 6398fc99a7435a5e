//! A letter on its way out: shown as it will go, let go by a person's click on that very text, and what became of it.
//!
//! The click brings back the letter and the approval that was shown with it; anything else is refused and shown
//! anew. Must not: send by anything but that click, or decide what stands against a letter.

mod page;
mod sent;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_model::{ConnectionName, DealId, MessageId, Reads, Remark};
use inroad_service::{
    Answering, Approval, Error, InvalidApproval, LetGo, SendAct, SendAsked, SendLook, SendWay,
    ShownConnection,
};

use crate::deeds;
use crate::forms::{Fields, OurForm, all, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/send", get(begin).post(look))
        .route("/send/go", post(go))
        .route("/send/remind", post(remind))
        .route("/sent", get(sent::show))
        .route("/sent/look", post(sent::look))
        .route("/sent/{number}/settle", post(sent::settle))
}

/// A letter as it is typed, with what stands around it.
struct Typed {
    asked: SendAsked,
    deal: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let raw = |name: &str| all(fields, name).next().unwrap_or("").replace("\r\n", "\n");
        let to = match one(fields, "to") {
            // The coach's page knows whom a draft is for by one address.
            "" => one(fields, "person"),
            to => to,
        };
        let asked = SendAsked {
            from: ConnectionName::new(one(fields, "from")).ok(),
            to: to.to_owned(),
            cc: one(fields, "cc").to_owned(),
            bcc: one(fields, "bcc").to_owned(),
            subject: one(fields, "subject").to_owned(),
            text: raw("text"),
            answering: match one(fields, "answers") {
                "" => Answering::BySubject,
                "none" => Answering::Nothing,
                id => MessageId::new(id).map_or(Answering::Nothing, Answering::Letter),
            },
        };
        Self { asked, deal: one(fields, "deal").to_owned() }
    }
}

/// What a page of a letter shows.
struct Shown<'s> {
    typed: &'s Typed,
    /// `None` where it cannot be a letter yet.
    look: Option<&'s SendLook>,
    /// The mailboxes from which it may go.
    mailboxes: &'s [ShownConnection],
    /// Why what was just wished was not done, or why this is no letter.
    trouble: Option<&'s str>,
    /// Whether anything can be let go from here.
    is_open: bool,
}

async fn begin(
    State(app): State<App>,
    Query(query): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let value = |name: &str| query.get(name).cloned().unwrap_or_default();
    let asked = SendAsked { to: value("person"), ..SendAsked::default() };
    let typed = Typed { asked, deal: value("deal") };
    show(&app, &typed, None, StatusCode::OK, &visit).await
}

async fn look(State(app): State<App>, visit: Visit, OurForm(fields): OurForm) -> Response {
    let typed = Typed::of(&fields);
    looked(&app, &typed, None, &visit).await
}

/// Shows a letter as it would go, with why what was wished was not done.
async fn looked(
    app: &App,
    typed: &Typed,
    trouble: Option<(StatusCode, &str)>,
    visit: &Visit,
) -> Response {
    match app.inroad.look_before_sending(&typed.asked, app.as_of()).await {
        Ok(look) => {
            let (status, trouble) = trouble.unzip();
            let status = status.unwrap_or(StatusCode::OK);
            let shown = Found { look: Some(look), trouble };
            show_found(app, typed, &shown, status, visit).await
        }
        Err(Error::Invalid { what } | Error::Conflict { what } | Error::NotFound { what }) => {
            // Why what was wished was not done comes first.
            let told = trouble.map_or(what.as_str(), |(_, why)| why);
            show(app, typed, Some(told), StatusCode::UNPROCESSABLE_ENTITY, visit).await
        }
        Err(error) => failed(&error),
    }
}

struct Found<'f> {
    look: Option<SendLook>,
    trouble: Option<&'f str>,
}

async fn show(
    app: &App,
    typed: &Typed,
    trouble: Option<&str>,
    status: StatusCode,
    visit: &Visit,
) -> Response {
    show_found(app, typed, &Found { look: None, trouble }, status, visit).await
}

async fn show_found(
    app: &App,
    typed: &Typed,
    found: &Found<'_>,
    status: StatusCode,
    visit: &Visit,
) -> Response {
    let mut mailboxes = match app.inroad.connections().await {
        Ok(connections) => connections,
        Err(error) => return failed(&error),
    };
    // Nothing goes out from a calendar.
    mailboxes.retain(|shown| matches!(shown.connection.reads, Reads::Mailbox(_)));
    let shown = Shown {
        typed,
        look: found.look.as_ref(),
        mailboxes: &mailboxes,
        trouble: found.trouble,
        is_open: is_open(app),
    };
    (status, visit.page("Before it goes", Place::Coach, &page::page(&shown, visit))).into_response()
}

/// Nothing goes out from a desk of a past day, or where no passwords are at hand.
fn is_open(app: &App) -> bool {
    app.desk.fixed().is_none() && app.passwords.is_some()
}

async fn go(State(app): State<App>, visit: Visit, OurForm(fields): OurForm) -> Response {
    let typed = Typed::of(&fields);
    match let_go(&app, &typed, &fields).await {
        Ok(letter) => Redirect::to(&format!("/sent#letter-{}", letter.number)).into_response(),
        // A second click on the same letter leads to what came of the first.
        Err(Error::Conflict { .. }) if was_let_go(&app, &typed, &fields).await => {
            Redirect::to("/sent").into_response()
        }
        Err(error @ (Error::Conflict { .. } | Error::Forbidden { .. } | Error::Invalid { .. })) => {
            let status = match error {
                Error::Forbidden { .. } => StatusCode::FORBIDDEN,
                Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::CONFLICT,
            };
            looked(&app, &typed, Some((status, &error.to_string())), &visit).await
        }
        Err(Error::Unavailable { what }) => {
            looked(&app, &typed, Some((StatusCode::BAD_GATEWAY, &what)), &visit).await
        }
        Err(error) => failed(&error),
    }
}

/// Whether the letter of an act was let go before.
async fn was_let_go(app: &App, typed: &Typed, fields: &Fields) -> bool {
    let Ok(approval) = one(fields, "approval").parse::<Approval>() else { return false };
    app.inroad.was_let_go(&typed.asked, &approval).await.unwrap_or(false)
}

async fn let_go(app: &App, typed: &Typed, fields: &Fields) -> Result<LetGo, Error> {
    let closed = || Error::Conflict { what: "Nothing goes out from here".to_owned() };
    let passwords = app.passwords.as_ref().filter(|_| is_open(app)).ok_or_else(closed)?;
    let approval: Result<Approval, InvalidApproval> = one(fields, "approval").parse();
    let way = match one(fields, "do") {
        "now" => SendWay::Now,
        "drafts" => SendWay::Drafts,
        _ => {
            return Err(Error::Invalid {
                what: "Say whether it goes now, or to your drafts".into(),
            });
        }
    };
    // The reason counts with its tick alone.
    let although = match one(fields, "although") {
        "yes" => Remark::if_any(one(fields, "because")),
        _ => Ok(None),
    };
    let act = SendAct {
        asked: typed.asked.clone(),
        way,
        approval: approval.map_err(|no| Error::Conflict { what: no.to_string() })?,
        although: although.map_err(|no| Error::Invalid { what: no.to_string() })?,
    };
    app.inroad.let_go(act, passwords, app.as_of()).await
}

async fn remind(State(app): State<App>, visit: Visit, OurForm(fields): OurForm) -> Response {
    let typed = Typed::of(&fields);
    let planned = async {
        let odd = |_| Error::Invalid { what: "Choose the day on which you send it".to_owned() };
        let day = one(&fields, "day").parse().map_err(odd)?;
        let deal = match typed.deal.as_str() {
            "" => None,
            id => DealId::new(id).ok(),
        };
        app.inroad.remind_to_send(&typed.asked, deal.as_ref(), day, app.as_of()).await
    };
    match planned.await {
        Ok(done) => deeds::done(&app, "/", None, done.deed).await,
        Err(Error::Invalid { what } | Error::Forbidden { what }) => {
            looked(&app, &typed, Some((StatusCode::UNPROCESSABLE_ENTITY, &what)), &visit).await
        }
        Err(error) => failed(&error),
    }
}
