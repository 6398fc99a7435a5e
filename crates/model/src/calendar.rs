//! Meetings: calendar entries, and invitations that travel by mail.

use serde::{Deserialize, Serialize};

use crate::{Mailbox, Moment};

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarEvent {
    /// The `UID`, stable across changes of the same meeting.
    pub uid: String,
    /// The title.
    pub summary: String,
    /// The description, if any.
    pub description: Option<String>,
    /// The place, if any.
    pub location: Option<String>,
    /// When it starts; midnight for a whole day.
    pub start: Option<Moment>,
    /// When it ends.
    pub end: Option<Moment>,
    /// Who called it.
    pub organizer: Option<Mailbox>,
    /// Who is asked to come.
    pub attendees: Vec<Attendee>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// The recurrence rule as written (`FREQ=WEEKLY;…`), if it repeats.
    pub recurrence: Option<String>,
    /// When it was entered, as far as the calendar tells.
    #[serde(default)]
    pub created: Option<Moment>,
}

/// One invited person and the answer given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Who.
    pub mailbox: Mailbox,
    /// The answer so far.
    pub participation: Participation,
}

/// RFC 5545 `PARTSTAT`, reduced to what a seller acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Participation {
    /// Not answered yet, or not said.
    NeedsAction,
    /// Will come.
    Accepted,
    /// Will not come.
    Declined,
    /// May come.
    Tentative,
    /// Sends somebody else.
    Delegated,
}

/// RFC 5546 `METHOD` of a calendar part in a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationMethod {
    /// Asks to come.
    Request,
    /// Answers an invitation.
    Reply,
    /// Calls it off.
    Cancel,
    /// Proposes another time.
    Counter,
    /// Anything else, such as `PUBLISH`.
    Other,
}

/// A calendar part inside a mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// What it wants.
    pub method: InvitationMethod,
    /// The meeting.
    pub event: CalendarEvent,
}
