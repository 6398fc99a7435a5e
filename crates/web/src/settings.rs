//! Settings: who the user is, their data, the calendar address, and what was done.

mod backup;
mod history;
mod page;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_model::{EmailAddress, Seller};
use inroad_service::{DeedsAsked, Error};

use crate::forms::{Fields, OurForm, all, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;
use crate::{deeds, feed, job};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/settings", get(show))
        .route("/settings/me", post(me))
        .route("/settings/calendar", post(calendar))
        .route("/settings/reread", post(reread))
        .route("/settings/check", post(check))
        .route("/settings/backup", post(backup::send))
        .route("/settings/history", get(history::show))
        .route("/settings/problems", get(history::problems))
}

/// Deeds that are shown among the settings.
const DEEDS_SHOWN: u32 = 5;

async fn show(State(app): State<App>, visit: Visit) -> Response {
    match known(&app).await {
        Ok(known) => {
            let body = page::settings(&known, &visit);
            visit.page("Settings", Place::Settings, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn known(app: &App) -> Result<page::Known, Error> {
    let secret = app.inroad.calendar_secret().await?;
    Ok(page::Known {
        myself: app.inroad.myself().await?,
        path: app.inroad.path().display().to_string(),
        bytes: app.inroad.bytes_on_disk(),
        read_by_others: app.inroad.read_by_others().await?,
        jobs: app.jobs.all(),
        calendar: secret.map(|secret| feed::address(app, &secret)),
        deeds: app.inroad.deeds(&DeedsAsked::default(), DEEDS_SHOWN).await?,
    })
}

async fn me(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    declare(&app, &fields, "/settings").await
}

/// Takes the user's word for who they are, and goes on to `next`.
pub(crate) async fn declare(app: &App, fields: &Fields, next: &str) -> Response {
    let declared = async {
        let before = app.inroad.myself().await?;
        let seller = seller(fields, before.as_ref().map(|myself| &myself.seller))?;
        if before.is_some_and(|before| !before.guessed && before.seller == seller) {
            return Ok(None);
        }
        app.inroad.declare_myself(seller, app.as_of()).await.map(Some)
    };
    match declared.await {
        Ok(Some(done)) => deeds::done(app, next, None, done.deed).await,
        // Nothing changed.
        Ok(None) => Redirect::to(next).into_response(),
        Err(error) => failed(&error),
    }
}

/// Who a form says the user is; what it does not ask stays as it is.
fn seller(fields: &Fields, before: Option<&Seller>) -> Result<Seller, Error> {
    let typed = all(fields, "email").chain(all(fields, "more").flat_map(words));
    let mut seller = Seller {
        name: Some(one(fields, "name").to_owned()).filter(|name| !name.is_empty()),
        emails: addresses(typed)?,
        colleagues: before.map(|before| before.colleagues.clone()).unwrap_or_default(),
    };
    if fields.iter().any(|(name, _)| name == "colleagues") {
        seller.colleagues = addresses(all(fields, "colleagues").flat_map(words))?;
    }
    Ok(seller)
}

/// What stands between blanks, commas and ends of lines.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\r', '\n', ',', ';']).filter(|word| !word.is_empty())
}

fn addresses<'t>(texts: impl Iterator<Item = &'t str>) -> Result<Vec<EmailAddress>, Error> {
    let mut found: Vec<EmailAddress> = Vec::new();
    for text in texts {
        let email: EmailAddress = text.trim().parse().map_err(|_fault| Error::Invalid {
            what: format!("'{text}' is no mail address; write it as name@firm.example"),
        })?;
        if !found.contains(&email) {
            found.push(email);
        }
    }
    Ok(found)
}

async fn calendar(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let at = app.as_of();
    let done = match one(&fields, "do") {
        "close" => app.inroad.close_calendar(at).await.map(|done| done.deed),
        _ => app.inroad.renew_calendar(at).await.map(|done| done.deed),
    };
    match done {
        Ok(deed) => deeds::back("/settings#calendar", Some(deed)),
        Err(error) => failed(&error),
    }
}

async fn reread(State(app): State<App>, OurForm(_): OurForm) -> Response {
    Redirect::to(&job::address(app.jobs.reread())).into_response()
}

async fn check(State(app): State<App>, OurForm(_): OurForm) -> Response {
    Redirect::to(&job::address(app.jobs.check())).into_response()
}
