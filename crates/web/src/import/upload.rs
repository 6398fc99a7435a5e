//! Files that a browser sends: written to the disk as they come, in a private folder.
//!
//! The key of the form comes first. Without it nothing is written.

use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::response::Response;
use inroad_service::{Error, Upload};

use super::{is_dry, to_job};
use crate::access::FormKey;
use crate::forms::{is_our_key, refused};
use crate::server::{App, failed};

/// No field of the form but the files is longer.
const FIELD_BYTES_MAX: usize = 1024;

pub(super) async fn take(State(app): State<App>, key: FormKey, form: Multipart) -> Response {
    match read(&app, &key, form).await {
        Ok(Some((upload, dry_run))) => {
            let begun = app.jobs.import_upload(upload, dry_run).await;
            begun.map_or_else(|error| failed(&error), to_job)
        }
        Ok(None) => refused(),
        Err(error) => failed(&error),
    }
}

/// Takes the files of a form, and whether they are only to be looked at; `None` without the key.
async fn read(
    app: &App,
    key: &FormKey,
    mut form: Multipart,
) -> Result<Option<(Upload, bool)>, Error> {
    let mut upload: Option<Upload> = None;
    let mut dry_run = true;
    while let Some(field) = form.next_field().await.map_err(|fault| broken(&fault))? {
        let name = field.name().unwrap_or_default().to_owned();
        match (&mut upload, name.as_str()) {
            (Some(upload), "file") => take_file(upload, field).await?,
            (Some(_), "do") => dry_run = is_dry(&short(field).await?),
            (Some(_), _) => {}
            (None, name) => {
                if !is_our_key(key, name, &short(field).await?) {
                    return Ok(None);
                }
                upload = Some(app.jobs.begin_upload()?);
            }
        }
    }
    Ok(upload.map(|upload| (upload, dry_run)))
}

async fn take_file(upload: &mut Upload, mut field: Field<'_>) -> Result<(), Error> {
    let name = field.file_name().unwrap_or_default().to_owned();
    // Browsers send a file without a name where none was chosen.
    if name.is_empty() {
        return Ok(());
    }
    upload.begin_file(&name).await?;
    while let Some(bytes) = field.chunk().await.map_err(|fault| broken(&fault))? {
        upload.write(&bytes).await?;
    }
    upload.end_file().await
}

async fn short(mut field: Field<'_>) -> Result<String, Error> {
    let mut text = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(|fault| broken(&fault))? {
        text.extend_from_slice(&bytes);
        if text.len() > FIELD_BYTES_MAX {
            return Err(Error::Invalid { what: "A field of this form is too long".to_owned() });
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn broken(fault: &MultipartError) -> Error {
    let what = format!("The files did not arrive whole ({}); send them again", fault.body_text());
    Error::Invalid { what }
}
