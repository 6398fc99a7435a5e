//! Everything in one file, to be kept elsewhere: written aside as it is at one moment, then sent.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use inroad_service::BackupFile;
use tokio::io::AsyncReadExt;

use crate::forms::OurForm;
use crate::server::{App, failed};

const PIECE_BYTES: usize = 256 << 10;

pub(super) async fn send(State(app): State<App>, OurForm(_): OurForm) -> Response {
    match app.jobs.backup().await {
        Ok(backup) => {
            let day = app.desk.now().date();
            let name = format!("attachment; filename=\"inroad-{day}.db\"");
            let headers = [
                (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CONTENT_LENGTH, backup.bytes.to_string()),
            ];
            (headers, Body::from_stream(stream::try_unfold(backup, piece))).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// The next piece of the file, which is let go of at its end.
async fn piece(mut backup: BackupFile) -> std::io::Result<Option<(Vec<u8>, BackupFile)>> {
    let mut piece = vec![0; PIECE_BYTES];
    let count = backup.file.read(&mut piece).await?;
    piece.truncate(count);
    Ok((count > 0).then_some((piece, backup)))
}
