//! What is sent from a message page about a sentence of it.

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_model::Cue;
use inroad_service::Error;

use crate::deeds;
use crate::forms::{OurForm, one};
use crate::server::{App, failed};

pub(super) const FIELD_SENTENCE: &str = "sentence";
pub(super) const FIELD_CUE: &str = "cue";
pub(super) const FIELD_SAYS: &str = "says";

/// What the user says of a sentence and a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It does that.
    Yes,
    /// It does not.
    No,
    /// What was said is taken back.
    Undo,
}

impl Says {
    const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Undo];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Undo => "undo",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|says| says.as_str() == name)
    }
}

/// Keeps the correction, and leads back to the letter.
pub(super) async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let id = match super::named(&app, &id).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let cue = Cue::from_name(one(&fields, FIELD_CUE));
    let Some((cue, says)) = cue.zip(Says::from_name(one(&fields, FIELD_SAYS))) else {
        return failed(&Error::Invalid { what: "Choose what the sentence tells".to_owned() });
    };
    let (sentence, at) = (one(&fields, FIELD_SENTENCE), app.as_of());
    let done = match says {
        Says::Yes => app.inroad.correct(&id, sentence, cue, true, at).await,
        Says::No => app.inroad.correct(&id, sentence, cue, false, at).await,
        Says::Undo => app.inroad.take_correction_back(sentence, cue, at).await,
    };
    match done {
        Ok(done) => deeds::done(&app, one(&fields, "next"), None, done.deed).await,
        Err(error) => failed(&error),
    }
}
