//! The ideal client: whom the user helps best, in versions, beside what finished deals tell.
//!
//! Must not: change anything without the key that our own forms hold.

mod page;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::IdealClient;
use inroad_prospect::{TypedQualifier, read_ideal_file, typed_number};
use inroad_service::Error;

use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/ideal-client", get(look))
        .route("/ideal-client/add", post(add))
        .route("/ideal-client/remove", post(remove))
        .route("/ideal-client/file", post(file))
}

async fn look(State(app): State<App>, visit: Visit) -> Response {
    let at = app.as_of();
    let found = async {
        let register = app.desk.register().await?;
        let morning = app.desk.glance().await?;
        let entries = app.inroad.entries(at).await?;
        let versions = app.inroad.ideal_clients(at).await?;
        Ok((versions, register.closed_deals(&morning, &entries)))
    };
    match found.await {
        Ok((versions, closed)) => {
            let body = page::page(&versions, &closed, &visit);
            visit.page("Ideal client", Place::Targets, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn add(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let added = match typed(&fields) {
        Ok(typed) => typed.read().map_err(|what| Error::Invalid { what }),
        Err(error) => Err(error),
    };
    let changed = match added {
        Ok(qualifier) => app.inroad.ideal_client(app.as_of()).await.map(|mut ideal| {
            ideal.qualifiers.push(qualifier);
            ideal
        }),
        Err(error) => Err(error),
    };
    state(&app, changed).await
}

/// What a form holds; a blank field says nothing.
fn typed(fields: &Fields) -> Result<TypedQualifier, Error> {
    let list = |name: &str| -> Vec<String> {
        let parts = one(fields, name).split([',', ';', '\n']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let number = |name: &str| match one(fields, name) {
        "" => Ok(None),
        text => typed_number(text).map(Some).ok_or_else(|| Error::Invalid {
            what: format!("'{text}' is no number; write it as 500"),
        }),
    };
    let codes = list("codes");
    let codes_of = |system: &str| {
        if one(fields, "system") == system { codes.clone() } else { Vec::new() }
    };
    let because = one(fields, "because");
    Ok(TypedQualifier {
        topic: one(fields, "topic").to_owned(),
        level: one(fields, "level").to_owned(),
        words: list("words"),
        naics: codes_of("naics"),
        isic: codes_of("isic"),
        nace: codes_of("nace"),
        at_least: number("at-least")?,
        at_most: number("at-most")?,
        of: one(fields, "of").to_owned(),
        weight: one(fields, "weight").parse().ok(),
        because: Some(because.to_owned()).filter(|because| !because.is_empty()),
    })
}

/// Takes one out. The form tells which version it was made from, so that another window's change is
/// not lost.
async fn remove(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let changed = async {
        let mut ideal = last_version(&app, &fields).await?;
        let at = one(&fields, "qualifier").parse().ok().filter(|at| *at < ideal.qualifiers.len());
        let gone = || Error::NotFound { what: "There is no such qualifier".to_owned() };
        ideal.qualifiers.remove(at.ok_or_else(gone)?);
        Ok(ideal)
    };
    state(&app, changed.await).await
}

/// The last version, if it is the one from which a form was made.
async fn last_version(app: &App, fields: &Fields) -> Result<IdealClient, Error> {
    let last = app.inroad.ideal_clients(app.as_of()).await?.pop();
    let version = last.as_ref().map_or(0, |last| last.version);
    if one(fields, "version") != version.to_string() {
        let what = "It was changed in another window; look at it again".to_owned();
        return Err(Error::Conflict { what });
    }
    Ok(last.map(|last| last.ideal).unwrap_or_default())
}

/// Takes it whole, as a file.
async fn file(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let changed = async {
        last_version(&app, &fields).await?;
        read_ideal_file(one(&fields, "text"))
            .map_err(|why| Error::Invalid { what: why.to_string() })
    };
    state(&app, changed.await).await
}

async fn state(app: &App, changed: Result<IdealClient, Error>) -> Response {
    let stated = match changed {
        Ok(ideal) => app.inroad.state_ideal_client(&ideal, app.as_of()).await,
        Err(error) => Err(error),
    };
    match stated {
        Ok(done) => deeds::back("/ideal-client", Some(done.deed)),
        Err(error) => failed(&error),
    }
}
