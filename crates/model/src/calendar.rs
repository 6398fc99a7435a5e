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
    /// When this version of it was written, as far as the calendar tells.
    #[serde(default)]
    pub changed: Option<Moment>,
    /// RFC 5545 `SEQUENCE`: how often it was changed in a way that people have to be told.
    #[serde(default)]
    pub sequence: u32,
    /// When it was called off: at the latest when it would have begun. `None` where it was not,
    /// or where nobody tells when.
    #[serde(default)]
    pub called_off: Option<Moment>,
    /// Where it stood before, oldest first, as far as earlier versions of it were seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
}

/// A meeting that was moved to another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// When it was to start.
    pub from: Moment,
    /// When that was changed: at the latest when it would have begun.
    pub at: Moment,
}

impl CalendarEvent {
    /// Whether it was called off by a moment. Where nobody tells when, it always had been.
    pub fn is_called_off(&self, at: Moment) -> bool {
        self.cancelled && self.called_off.is_none_or(|off| off.timestamp() <= at.timestamp())
    }

    /// Whether this version of a meeting was written before another one (RFC 5546, 2.1.5).
    pub fn is_older_than(&self, other: &Self) -> bool {
        if self.sequence != other.sequence {
            return self.sequence < other.sequence;
        }
        match (self.changed, other.changed) {
            (Some(this), Some(other)) => this.timestamp() < other.timestamp(),
            _ => false,
        }
    }

    /// Whether two versions differ in nothing but when they were written, as every export writes
    /// all its entries anew.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let Self { created, changed, sequence, .. } = *self;
        *self == Self { created, changed, sequence, moves: self.moves.clone(), ..other.clone() }
    }

    /// The move from this version of a meeting to a later one, if that starts at another time.
    pub fn moved_by(&self, later: &Self) -> Option<Move> {
        let (from, to) = self.start.zip(later.start)?;
        let at = later.changed.filter(|at| at.timestamp() < from.timestamp()).unwrap_or(from);
        (from.timestamp() != to.timestamp()).then_some(Move { from, at })
    }

    /// This meeting, called off by a later version of it, which need not repeat what it was.
    #[must_use]
    pub fn called_off_by(&self, later: &Self) -> Self {
        if self.cancelled {
            return self.clone();
        }
        Self {
            cancelled: true,
            called_off: later.called_off.or(self.start),
            changed: later.changed,
            sequence: later.sequence,
            ..self.clone()
        }
    }
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
