//! What comes in: files that are sent or that lie on this machine, looked at first or taken at once.

pub(crate) mod page;
mod upload;

use std::path::{Path as FilePath, PathBuf};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_service::{Error, UPLOAD_BYTES_MAX};

use crate::forms::{OurForm, one};
use crate::frame::Place;
use crate::job;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// What a form holds beside the files.
const FORM_BYTES: u64 = 64 << 20;

pub(crate) fn routes() -> Router<App> {
    // Only this one takes much: it writes all of it to the disk as it comes.
    let bytes_max = usize::try_from(UPLOAD_BYTES_MAX + FORM_BYTES).unwrap_or(usize::MAX);
    let upload = post(upload::take).layer(DefaultBodyLimit::max(bytes_max));
    Router::new()
        .route("/import", get(show))
        .route("/import/upload", upload)
        .route("/import/path", post(take_path))
        .route("/import/{number}/again", post(again))
        .route("/import/{number}/stop", post(stop))
}

async fn show(State(app): State<App>, visit: Visit) -> Response {
    let body = page::import(&app.jobs.all(), files_for(&app), &visit.form_key);
    visit.page("Import", Place::Import, &body).into_response()
}

/// Where the files of whoever asks may lie.
pub(crate) fn files_for(app: &App) -> page::Files {
    if app.is_for_others { page::Files::WithWhoAsks } else { page::Files::Anywhere }
}

/// Whether a form only wants to look; what is not clear keeps nothing.
fn is_dry(chosen: &str) -> bool {
    chosen != "import"
}

async fn take_path(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    // Whoever sits elsewhere has files of their own, and none here.
    if app.is_for_others {
        let what =
            "Files of that machine are read on it alone: inroad import. Choose files of yours";
        return failed(&Error::Forbidden { what: what.to_owned() });
    }
    let path = one(&fields, "path");
    if path.is_empty() {
        let what = "Type the path of a file or a folder first".to_owned();
        return failed(&Error::Invalid { what });
    }
    let path = at_home(path, app.home.as_deref());
    let begun = app.jobs.import_paths(&[path], is_dry(one(&fields, "do")));
    begun.map_or_else(|error| failed(&error), to_job)
}

/// A path as it is meant: `~` is the user's own folder.
fn at_home(path: &str, home: Option<&FilePath>) -> PathBuf {
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(path),
    }
}

async fn again(
    State(app): State<App>,
    Path(number): Path<String>,
    OurForm(_): OurForm,
) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is no such import.") };
    app.jobs.import_again(number).map_or_else(|error| failed(&error), to_job)
}

async fn stop(State(app): State<App>, Path(number): Path<String>, OurForm(_): OurForm) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is no such import.") };
    match app.jobs.stop(number) {
        Ok(()) => to_job(number),
        Err(error) => failed(&error),
    }
}

fn to_job(number: u64) -> Response {
    Redirect::to(&job::address(number)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_begin_at_home() {
        for (path, expected) in [
            ("~/Mail", "/srv/me/Mail"),
            ("~", "/srv/me"),
            ("~you/Mail", "~you/Mail"),
            ("/srv/mail", "/srv/mail"),
            ("Mail", "Mail"),
        ] {
            let meant = at_home(path, Some(FilePath::new("/srv/me")));
            assert_eq!(meant, PathBuf::from(expected), "{path}");
        }
        assert_eq!(at_home("~/Mail", None), PathBuf::from("~/Mail"));
    }
}
