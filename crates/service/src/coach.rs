//! Drafts read before they go out: with the rules of the user's own folder, and for the very person.
//!
//! Must not: send, keep or change a draft. What the user dismissed and what became of findings is
//! remembered ([`memory`]).

pub(crate) mod alone;
mod audience;
mod coaches;
pub(crate) mod facts;
mod memory;
mod own;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inroad_coach::audience::{Audience, Standing, Stated};
use inroad_coach::draft::{Channel, Draft, Stage};
use inroad_coach::report::{Finding, Report};
use inroad_coach::rules::Pack;
use inroad_ingest::{Limits, mail};
use inroad_model::{EmailAddress, Moment};
use serde::Serialize;

use crate::inroad::Inroad;
use crate::{Error, Result};

use alone::LeftAlone;
pub use coaches::Coaches;
pub use facts::{FactPlace, PlacedFact};

pub use memory::{CoachTally, Dismissal};
pub use own::coach_folder;

/// A larger text is no draft.
pub const DRAFT_BYTES_MAX: usize = 64 * 1024;

/// What is asked of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoachAsked {
    /// By which way it goes.
    pub channel: Channel,
    /// Its stage, if the user said it.
    pub stage: Option<Stage>,
    /// Whom it is for; else its head may say.
    pub person: Option<EmailAddress>,
    /// Whether it goes to many, if the user said it.
    pub many: Option<bool>,
}

/// What the coach says of a draft, with what the user put to rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coached {
    /// Whom it was read for.
    pub person: Option<EmailAddress>,
    /// What was found, and what could not be checked.
    #[serde(flatten)]
    pub report: Report,
    /// Findings that the user dismissed for these very words.
    pub dismissed: Vec<Finding>,
}

/// The coach with everything that does not change from one look at a draft to the next.
#[derive(Debug, Clone)]
pub struct Coach {
    pack: Pack,
    audience: Audience,
    facts: Vec<PlacedFact>,
    person: Option<EmailAddress>,
    dismissals: Vec<Dismissal>,
    left_alone: Arc<LeftAlone>,
}

impl Coach {
    /// A coach who knows nobody: with the rules and proofs of a folder, if there is one.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the file and the rule that cannot be used.
    pub fn without_record(folder: Option<&Path>, on: Moment) -> Result<Self> {
        Ok(Self::of_nobody(own::read(folder)?, on))
    }

    /// The same, where a draft is read while it is typed: with the shipped rules in place of a folder
    /// that cannot be used, and why it cannot.
    pub fn without_record_at_least(folder: &Path, on: Moment) -> (Self, Option<Error>) {
        let (own, why) = own::read_at_least(folder);
        (Self::of_nobody(own, on), why)
    }

    fn of_nobody(own: own::Own, on: Moment) -> Self {
        let audience = Audience { on: Some(on.date()), proofs: own.proofs, ..Audience::default() };
        let (facts, dismissals) = (Vec::new(), Vec::new());
        let left_alone = Arc::default();
        Self { pack: own.pack, audience, facts, person: None, dismissals, left_alone }
    }

    /// The rules as they are used here.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// For whom it is.
    pub fn person(&self) -> Option<&EmailAddress> {
        self.person.as_ref()
    }

    /// What is known around a draft.
    pub fn audience(&self) -> &Audience {
        &self.audience
    }

    /// Puts a finding to rest in what this coach says from now on. Nothing is kept.
    pub fn dismiss(&mut self, dismissal: Dismissal) {
        if !self.dismissals.contains(&dismissal) {
            self.dismissals.push(dismissal);
        }
    }

    /// Lets it speak up again.
    pub fn undismiss(&mut self, dismissal: &Dismissal) {
        self.dismissals.retain(|one| one != dismissal);
    }

    /// What is known of the person and may be said, each with its place; nothing private.
    pub fn facts(&self) -> impl Iterator<Item = &PlacedFact> {
        self.facts.iter().filter(|placed| !placed.fact.private)
    }

    /// Why they are left alone: by their own word, or by the user's.
    pub fn left_alone(&self) -> Option<&Stated> {
        self.stated(Standing::OptedOut).or_else(|| self.stated(Standing::LeftAlone))
    }

    /// What stands of them of a kind on the day of the draft.
    pub fn stated(&self, what: Standing) -> Option<&Stated> {
        self.audience.person.as_ref()?.stated(what, self.audience.on)
    }

    /// Reads a draft.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a text that is too long.
    pub fn read(&self, text: &str, asked: &CoachAsked) -> Result<Coached> {
        self.read_but(text, asked, &self.dismissals)
    }

    /// The same with what was put to rest since.
    fn read_but(&self, text: &str, asked: &CoachAsked, rested: &[Dismissal]) -> Result<Coached> {
        if text.len() > DRAFT_BYTES_MAX {
            let what =
                format!("That is more than {} kB; no draft is so long", DRAFT_BYTES_MAX / 1024);
            return Err(Error::Invalid { what });
        }
        let draft = Draft::new(text, asked.channel);
        // What is known is long, and most looks add nothing to it.
        let mut audience = Cow::Borrowed(&self.audience);
        if let Some(many) = asked.many {
            audience.to_mut().many = Some(many);
        }
        if let Some(stated) = recipients(&draft).iter().find_map(|email| self.left_alone.of(email))
        {
            audience.to_mut().person.get_or_insert_default().stated.push(stated);
        }
        let mut report = self.pack.check(&draft, &audience, asked.stage);
        // Who asked for no more mail is left alone, whatever was dismissed.
        let may_rest = |finding: &Finding| {
            self.pack.rule(&finding.rule).is_some_and(|ready| ready.may_rest(&finding.quote))
        };
        let is_dismissed =
            |finding: &Finding| may_rest(finding) && rested.iter().any(|one| one.is_of(finding));
        let (dismissed, findings) = report.findings.into_iter().partition(is_dismissed);
        report.findings = findings;
        Ok(Coached { person: self.person.clone(), report, dismissed })
    }
}

/// The text of a draft out of the bytes of a file, and whether it is the file as it stands: a mail whose
/// words are encoded is decoded first.
///
/// # Errors
/// [`Error::Invalid`] for what is no text, with the byte.
pub fn draft_text(bytes: Vec<u8>) -> Result<(String, bool)> {
    let text = String::from_utf8(bytes).map_err(|error| Error::Invalid {
        what: format!(
            "Byte {} is no UTF-8 text; save the draft as plain text in UTF-8",
            error.utf8_error().valid_up_to()
        ),
    })?;
    let draft = Draft::new(&text, Channel::Email);
    let encoding = draft.header("content-transfer-encoding").unwrap_or("").to_lowercase();
    let kind = draft.header("content-type").unwrap_or("text/plain").to_lowercase();
    let is_plain = kind.starts_with("text/plain")
        && !matches!(encoding.as_str(), "base64" | "quoted-printable");
    if is_plain {
        return Ok((text, true));
    }
    let (message, _issues) = mail::parse_message(text.as_bytes(), &Limits::default());
    let to: Vec<String> = message.to.iter().map(ToString::to_string).collect();
    let body = message.text.trim_start();
    Ok((format!("To: {}\nSubject: {}\n\n{body}", to.join(", "), message.subject), false))
}

/// Whom a draft is for, by its head: the first of its `To:` line.
pub fn addressee(text: &str) -> Option<EmailAddress> {
    recipients(&Draft::new(text, Channel::Email)).into_iter().next()
}

/// Everybody to whom a draft goes, by its head, copies too; as mail is read, so that no way of writing an
/// address hides one.
fn recipients(draft: &Draft<'_>) -> Vec<EmailAddress> {
    let mut head = String::new();
    for (name, value) in draft.recipients() {
        // People part addresses by semicolons, and end a host with a full stop.
        let value = value.replace(';', ",").replace(".>", ">");
        let value: Vec<&str> = value.lines().map(str::trim).collect();
        let value = value.join(" ");
        head.extend([name, ": ", value.trim_end_matches('.'), "\r\n"]);
    }
    if head.is_empty() {
        return Vec::new();
    }
    head.push_str("\r\n");
    let (message, _issues) = mail::parse_message(head.as_bytes(), &Limits::default());
    let all = message.to.iter().chain(&message.cc).chain(&message.bcc);
    all.map(|mailbox| mailbox.address.clone()).collect()
}

impl Inroad {
    /// The folder for rules and proofs of one's own.
    pub fn coach_folder(&self) -> PathBuf {
        coach_folder(self.path())
    }

    /// A coach for drafts to one person, or to nobody in particular, as of a moment.
    ///
    /// # Errors
    /// As [`Coach::without_record`]; if the data file refuses.
    pub async fn coach(&self, person: Option<&EmailAddress>, as_of: Moment) -> Result<Coach> {
        self.coach_with(own::read(Some(&self.coach_folder()))?, person, as_of).await
    }

    /// The same, where a draft is read while it is typed: with the shipped rules in place of a folder
    /// that cannot be used, and why it cannot.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn coach_at_least(
        &self,
        person: Option<&EmailAddress>,
        as_of: Moment,
    ) -> Result<(Coach, Option<Error>)> {
        let (own, why) = own::read_at_least(&self.coach_folder());
        Ok((self.coach_with(own, person, as_of).await?, why))
    }

    async fn coach_with(
        &self,
        own: own::Own,
        person: Option<&EmailAddress>,
        as_of: Moment,
    ) -> Result<Coach> {
        let backdrop = self.backdrop().await?;
        let left_alone = Arc::new(self.left_alone(&backdrop, as_of).await?);
        let (mut audience, facts) = self.audience(&backdrop, &left_alone, person, as_of).await?;
        audience.proofs = own.proofs;
        let dismissals = self.coach_dismissals().await?;
        let person = person.cloned();
        Ok(Coach { pack: own.pack, audience, facts, person, dismissals, left_alone })
    }
}
