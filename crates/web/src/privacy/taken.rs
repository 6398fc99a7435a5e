//! A list that a browser sends.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::response::{IntoResponse, Response};
use inroad_service::{Error, SuppressionReport};

use super::list;
use crate::access::FormKey;
use crate::forms::{is_our_key, refused};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

/// A list is no larger.
pub(super) const LIST_BYTES_MAX: usize = 64 << 20;

pub(super) async fn import(
    State(app): State<App>,
    key: FormKey,
    visit: Visit,
    form: Multipart,
) -> Response {
    match read(&app, &key, form).await {
        Ok(Some(report)) => {
            app.desk.changed(None).await;
            let body = list::taken(&report, &visit);
            visit.page("The list came in", Place::People, &body).into_response()
        }
        Ok(None) => refused(),
        Err(error) => failed(&error),
    }
}

/// Takes the list of a form; `None` without the key, which comes first.
async fn read(
    app: &App,
    key: &FormKey,
    mut form: Multipart,
) -> Result<Option<SuppressionReport>, Error> {
    let mut is_ours = false;
    while let Some(field) = form.next_field().await.map_err(|fault| broken(&fault))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|fault| broken(&fault))?;
        if !is_ours {
            is_ours = is_our_key(key, &name, &String::from_utf8_lossy(&bytes));
            if !is_ours {
                return Ok(None);
            }
        } else if name == "file" && !file.is_empty() {
            let report = app.inroad.import_not_contacted(bytes.to_vec(), &file, app.as_of());
            return report.await.map(Some);
        }
    }
    if !is_ours {
        return Ok(None);
    }
    Err(Error::Invalid { what: "Choose a list first".to_owned() })
}

fn broken(fault: &MultipartError) -> Error {
    let what = format!("The list did not arrive whole ({}); send it again", fault.body_text());
    Error::Invalid { what }
}
