//! What the coach finds in a draft, before a person sends it.

use inroad_coach::draft::Channel;
use inroad_model::EmailAddress;
use inroad_service::{CoachAsked, Error, Result, addressee, draft_text};
use rmcp::model::{JsonObject, Tool};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{reading, told};
use crate::asked::arguments;
use crate::server::Server;

pub(super) const NAME: &str = "coach_draft";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    text: String,
    person: Option<String>,
    #[serde(default)]
    voicemail: bool,
}

pub(super) fn tool() -> Tool {
    let takes = json!({
        "text": {"type": "string", "description": "The draft, with or without a head such as 'To: jana@firm.example'."},
        "person": {"type": "string", "description": "The e-mail address of whom it goes to, if the draft does not say."},
        "voicemail": {"type": "boolean", "description": "Whether it is to be spoken on a voicemail."},
    });
    reading(
        NAME,
        "Coach a draft",
        "What strikes a coach who has the whole record of that person at hand: findings with their place, why, and what \
         would help, and whether the person asked for no more mail. It neither rewrites nor sends.",
        &takes,
        &["text"],
    )
}

pub(super) async fn call(server: &Server, given: JsonObject) -> Result<Value> {
    let asked: Asked = arguments(given)?;
    let (text, _whole) = draft_text(asked.text.into_bytes())?;
    let named: Option<EmailAddress> = asked
        .person
        .map(|email| email.parse())
        .transpose()
        .map_err(|why| Error::Invalid { what: format!("The person: {why}") })?;
    let person = named.or_else(|| addressee(&text));
    let coach = server.inroad.coach(person.as_ref(), server.now()).await?;
    let channel = if asked.voicemail { Channel::Voicemail } else { Channel::Email };
    let asked = CoachAsked { channel, stage: None, person, many: None };
    told(&coach.read(&text, &asked)?)
}
