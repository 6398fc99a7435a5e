//! What the coach finds in a draft, before a person sends it. The draft is not kept.

use axum::extract::State;
use inroad_coach::draft::Channel;
use inroad_coach::report::Finding;
use inroad_model::EmailAddress;
use inroad_service::{CoachAsked, Coached, DRAFT_BYTES_MAX, addressee, draft_text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::asked::{Json, Mailbox, told};
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::words::DraftWord;

/// A draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "Hello Jana, just checking in. Any news?", "person": "jana@lindner.example"}))]
pub(crate) struct NewDraft {
    /// Its text, with or without a head such as `To: jana@firm.example`.
    #[schema(max_length = 65536)]
    text: String,
    /// Whom it is for, if the head does not say.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Email)]
    person: Option<EmailAddress>,
    /// By which way it goes; `email` if it is left out.
    #[serde(default)]
    #[schema(value_type = Option<DraftWord>)]
    channel: Option<Channel>,
}

/// What strikes a coach who has the whole record of that person at hand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadDraft {
    /// Whom it was read for.
    #[schema(format = Email)]
    person: Option<String>,
    /// Why they are not to be written to; `null` where they are.
    left_alone: Option<String>,
    /// What to look at before it goes out: what weighs most first.
    findings: Vec<CoachFinding>,
    /// What could not be checked, each with why.
    #[schema(value_type = Vec<Object>)]
    not_checked: Value,
    /// Words, sentences, questions and the like, counted.
    #[schema(value_type = Object)]
    metrics: Value,
}

/// Something to look at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CoachFinding {
    /// The rule, by name.
    rule: String,
    /// How much it weighs.
    #[schema(value_type = String)]
    severity: Value,
    /// Its first byte in the text, and the one behind its last; `null` for the draft as a whole.
    #[schema(value_type = Option<Vec<usize>>)]
    range: Option<(usize, usize)>,
    /// The words at that place.
    quote: String,
    /// What was found.
    message: String,
    /// Why it matters.
    why: String,
    /// What to do.
    fix: String,
}

impl CoachFinding {
    fn of(finding: &Finding) -> Answer<Self> {
        Ok(Self {
            rule: finding.rule.clone(),
            severity: told(&finding.severity)?,
            range: finding.range.as_ref().map(|range| (range.start, range.end)),
            quote: finding.quote.clone(),
            message: finding.says.clone(),
            why: finding.why.clone(),
            fix: finding.fix.clone(),
        })
    }
}

/// Coach a draft
///
/// It neither rewrites nor sends, and keeps nothing.
#[utoipa::path(post, path = "/coach/draft", tag = "coach", operation_id = "coach_draft", request_body = NewDraft,
    responses((status = 200, body = ReadDraft)))]
pub(crate) async fn draft(
    _: Mailbox,
    State(api): State<Api>,
    Json(draft): Json<NewDraft>,
) -> Answer<axum::Json<ReadDraft>> {
    if draft.text.len() > DRAFT_BYTES_MAX {
        let what = format!("A draft holds {} kB at most", DRAFT_BYTES_MAX / 1024);
        return Err(Problem::invalid(what));
    }
    let (text, _whole) = draft_text(draft.text.into_bytes())?;
    let person = draft.person.or_else(|| addressee(&text));
    let channel = draft.channel.unwrap_or(Channel::Email);
    let asked = CoachAsked { channel, stage: None, person: person.clone(), many: None };
    let coach = api.coaches.of(person.as_ref(), api.now()).await?;
    let Coached { person, report, dismissed: _ } = coach.read(&text, &asked)?;
    Ok(axum::Json(ReadDraft {
        person: person.map(|email| email.to_string()),
        left_alone: coach.left_alone().map(|stated| stated.quote.clone()),
        findings: report.findings.iter().map(CoachFinding::of).collect::<Answer<_>>()?,
        not_checked: told(&report.not_checked)?,
        metrics: told(&report.metrics)?,
    }))
}
