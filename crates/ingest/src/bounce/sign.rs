//! Cheap signs that a message may be a delivery report, and what it takes to be sure.
//!
//! Must not: look at the text unless a header gives reason to.

use inroad_model::Message;

use super::fields::{self, Group};
use super::head::{self, Head};
use super::phrases::{FAILURE, SUBJECT};
use crate::folding::folded;
use crate::mime::Mime;

/// What the header says.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own")]
pub(super) struct Signs {
    /// `multipart/report` with a delivery status, or such a part.
    status: bool,
    /// A mail server wrote it, not a person.
    server: bool,
    /// The subject starts as those of reports do.
    subject: bool,
    /// Exim's list of the addresses that failed.
    failed_recipients: bool,
    /// A receipt of a program that refused the mail, in the form of RFC 8098.
    receipt: bool,
    /// It holds the notice of a sending service, as data.
    pub(super) notification: bool,
}

/// Local parts and names under which servers write, without blanks and punctuation.
const SERVERS: [&str; 13] = [
    "mailerdaemon",
    "postmaster",
    "maildelivery",
    "deliverysubsystem",
    "deliverysystem",
    "mailsystem",
    "systemadministrator",
    "mailadministrator",
    "mailadmin",
    "mdaemon",
    "deliverystatus",
    "microsoftexchange",
    "ndradministrator",
];

/// Parts that are looked at for a status.
const PARTS_MAX: usize = 50;

impl Signs {
    /// `None` if nothing in the header speaks for a report.
    pub(super) fn read(mime: &Mime<'_>, message: &Message) -> Option<Self> {
        let root = mime.root();
        let mut signs = Self::default();
        let report = root.param("report-type").unwrap_or_default().to_ascii_lowercase();
        if report.contains("feedback") {
            return None;
        }
        let types: Vec<&str> = mime.parts().take(PARTS_MAX).map(|part| part.media_type()).collect();
        if types.contains(&"message/feedback-report") {
            return None;
        }
        signs.receipt = types.contains(&"message/disposition-notification");
        signs.status = !signs.receipt
            && types.iter().any(|kind| {
                matches!(*kind, "message/delivery-status" | "message/global-delivery-status")
            });
        if !signs.status && tells_of_quarantine(&message.subject) {
            return None;
        }
        signs.failed_recipients = root.raw_header("x-failed-recipients").is_some();
        signs.server = is_server(mime, message);
        signs.subject = starts_subject(&message.subject);
        signs.notification = message.text.starts_with('{')
            && message.text.get(..4_000).unwrap_or(&message.text).contains("bouncedRecipients");
        let is_report = root.media_type() == "multipart/report" && !signs.receipt;
        let any = signs.status
            || signs.failed_recipients
            || signs.server
            || signs.subject
            || signs.notification
            || is_report
            || is_machine(message) && starts_with_failure(message);
        any.then_some(signs)
    }

    /// The groups of a delivery status, from its part, or from the text of a server that knows
    /// no parts.
    pub(super) fn status_groups(self, mime: &Mime<'_>, head: &Head<'_>) -> Vec<Group> {
        const GROUPS_MAX: usize = 1_000;
        let mut groups = Vec::new();
        for part in mime.parts().take(PARTS_MAX) {
            if matches!(
                part.media_type(),
                "message/delivery-status" | "message/global-delivery-status"
            ) {
                groups.extend(fields::groups(&part.text(), GROUPS_MAX));
                if !groups.is_empty() {
                    break;
                }
            }
        }
        if groups.is_empty() && (self.server || self.subject) && !self.receipt {
            groups = fields::groups(&head.text(), GROUPS_MAX);
            groups.retain(|group| group.action.is_some() || group.status.is_some());
        }
        groups
    }

    /// Whether the words make a report of what the header lets expect.
    pub(super) fn proves(self, head: &Head<'_>, has_original: bool) -> bool {
        if self.failed_recipients {
            return true;
        }
        let tells = head.fails() || head.has_code();
        if self.receipt {
            return head.first_failure.is_some();
        }
        if self.server {
            return tells || self.subject && (head.refuses() || has_original || head.has_copy);
        }
        tells && (self.status || has_original || head.has_copy || self.subject && head.fails())
    }

    /// Whether it is a report even if it names nobody.
    pub(super) fn is_certain(self, head: &Head<'_>) -> bool {
        self.status
            || self.server && self.subject && head.fails()
            || self.subject && head.first_failure.is_some() && head.has_copy
    }
}

/// Whether a mail server wrote it, by its address, its name, or by having neither.
fn is_server(mime: &Mime<'_>, message: &Message) -> bool {
    let bare = |text: &str| -> String {
        let kept = text.chars().take(80).filter(char::is_ascii_alphanumeric);
        kept.map(|c| c.to_ascii_lowercase()).collect()
    };
    let is = |text: &str| {
        let text = bare(text);
        SERVERS.iter().any(|known| text.contains(known))
    };
    if let Some(from) = &message.from {
        return is(from.address.local()) || from.name.as_deref().is_some_and(is);
    }
    // "From: MAILER-DAEMON" and "From: <>" name no address.
    mime.root().header("from").is_none_or(|from| is(&from) || bare(&from).is_empty())
        || mime.root().header("return-path").is_some_and(|path| path.trim() == "<>")
}

/// Servers also tell what they kept back from its receiver; there the sender is listed.
fn tells_of_quarantine(subject: &str) -> bool {
    let lower = folded(subject);
    ["quarant", "cuarent", "quarent", "karant", "карантин", "隔離", "隔离"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Whether nobody reads what is sent back.
fn is_machine(message: &Message) -> bool {
    let Some(from) = &message.from else { return true };
    let local: String = from.address.local().chars().filter(char::is_ascii_alphanumeric).collect();
    local.contains("noreply") || local.contains("donotreply")
}

/// Whether the first lines tell of a failure.
fn starts_with_failure(message: &Message) -> bool {
    let text = message.text.trim_start();
    let start = text.get(..text.floor_char_boundary(400)).unwrap_or(text);
    head::stand_in(&FAILURE, start)
}

/// Whether a subject starts as reports do; an answer to a report starts otherwise.
fn starts_subject(subject: &str) -> bool {
    let lower = folded(subject);
    let start = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let answers =
        ["re:", "aw:", "fw:", "fwd:", "wg:", "sv:", "vs:", "tr:", "rv:", "res:", "enc:", "antw:"];
    let start = start.get(..start.floor_char_boundary(90)).unwrap_or(start);
    !answers.iter().any(|answer| start.starts_with(answer)) && SUBJECT.stand_in(start)
}
