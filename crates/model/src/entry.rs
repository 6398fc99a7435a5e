//! What the user writes down beside what mail says: at the desk, in a few words, with its day.

use std::fmt;
use std::num::NonZeroI64;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::away::counted;
use crate::{
    AccountKey, Away, Claim, DealId, EmailAddress, Moment, ProposedAssessment, RecordChange,
    Remark, TeamName, Useful,
};

/// The number under which an entry is kept; counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryNumber(NonZeroI64);

/// The number of something that the user did; counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeedNumber(NonZeroI64);

macro_rules! number {
    ($name:ident) => {
        impl $name {
            /// The number, if it is one: from 1 on.
            pub fn new(number: i64) -> Option<Self> {
                NonZeroI64::new(number).filter(|number| number.get() > 0).map(Self)
            }

            /// The number.
            pub fn get(self) -> i64 {
                self.0.get()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                text.parse().ok().and_then(Self::new).ok_or(())
            }
        }
    };
}

number!(EntryNumber);
number!(DeedNumber);

/// How one gets in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By letter.
    Mail,
    /// By telephone.
    Call,
    /// Face to face, or by video.
    Meeting,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Call, Self::Meeting];

    /// The name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Call => "call",
            Self::Meeting => "meeting",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == name)
    }
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A deal.
    Deal(DealId),
    /// A person.
    Person(EmailAddress),
    /// A firm, and everybody there.
    Account(AccountKey),
}

/// What was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Entry {
    /// What was said or seen, with its day. Of a deal it is read as evidence, as a letter is.
    Note {
        /// The day of which it tells.
        day: Date,
        /// How it came about; `None` for a thought.
        by: Option<Channel>,
        /// The words.
        text: Remark,
    },
    /// Something to do on a day.
    Plan {
        /// The day.
        day: Date,
        /// How.
        by: Channel,
        /// With whom.
        with: Option<EmailAddress>,
        /// What.
        what: Remark,
    },
    /// A plan that was carried out.
    Done {
        /// The plan.
        plan: EntryNumber,
    },
    /// Not today: the deal is laid aside until a day, or until they write.
    Snooze {
        /// The day on which it comes back.
        until: Date,
        /// Why.
        because: Remark,
    },
    /// A step of a play that is done.
    Step {
        /// The name of the play's file and of the play in it.
        play: String,
        /// The step, counted from 1.
        step: u32,
    },
    /// A word by which it is found.
    Tag {
        /// The word.
        tag: String,
    },
    /// What is held to be so about a firm.
    Claim(Claim),
    /// An assumption about a firm that did not hold.
    Fell {
        /// The assumption.
        claim: EntryNumber,
        /// What is known instead, or how it came out.
        because: Option<Remark>,
    },
    /// The firm is one of the few that are worked on.
    Target {
        /// Why it.
        because: Option<Remark>,
    },
    /// What is to be found out about a firm.
    Question {
        /// The question.
        text: Remark,
        /// Who could tell, as the user puts it.
        whom: Option<Remark>,
    },
    /// A question that has its answer.
    Answered {
        /// The question.
        question: EntryNumber,
    },
    /// Something that was to be looked after was seen, and rests.
    LookedAt {
        /// What, by the name under which it is told.
        what: String,
        /// Until when it rests; `None` for good.
        until: Option<Date>,
    },
    /// What is on record of a person was put right.
    Record(RecordChange),
    /// They are to be left alone.
    LeaveAlone {
        /// Why.
        because: Remark,
    },
    /// One stays in touch with the person, a touch at a time, until they respond.
    KeepInTouch {
        /// The deal that has gone quiet, if it is for one.
        deal: Option<DealId>,
        /// The firm whose form is drawn on, where the address does not tell it.
        firm: Option<AccountKey>,
        /// Why.
        because: Option<Remark>,
    },
    /// The next touch was approved, and a plan stands for it.
    TouchApproved {
        /// The touch plan.
        of: EntryNumber,
        /// What was planned for it.
        plan: EntryNumber,
        /// What it brings.
        useful: Option<Useful>,
        /// The very thing.
        matter: Option<Remark>,
    },
    /// A touch was made.
    Touched {
        /// The touch plan.
        of: EntryNumber,
        /// On which day.
        day: Date,
        /// How.
        by: Channel,
        /// What it brought.
        useful: Option<Useful>,
        /// The very thing.
        matter: Option<Remark>,
        /// Whether they answered at once: one spoke with them.
        is_answered: bool,
    },
    /// A touch that was proposed for a day was left out.
    TouchSkipped {
        /// The touch plan.
        of: EntryNumber,
        /// For which day it had been proposed.
        day: Date,
        /// Why.
        because: Remark,
    },
    /// The next touch is not to come before a day.
    TouchPutOff {
        /// The touch plan.
        of: EntryNumber,
        /// The first day on which it may come.
        until: Date,
        /// Why.
        because: Option<Remark>,
    },
    /// One stays in touch no longer.
    TouchesEnded {
        /// The touch plan.
        of: EntryNumber,
        /// Why.
        because: Remark,
    },
    /// Others who work here see how the deal stands.
    Shared {
        /// Who.
        with: SharedWith,
        /// Whether they see what letters are about and which words state something, too.
        letters: bool,
    },
    /// A program proposes something; it counts for nothing, and is taken back once a person decided.
    ProposedAssessment(ProposedAssessment),
}

/// With whom something is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedWith {
    /// One who works here.
    Member(EmailAddress),
    /// Whoever is in a team.
    Team(TeamName),
}

impl fmt::Display for SharedWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(email) => email.fmt(f),
            Self::Team(team) => write!(f, "the team {team}"),
        }
    }
}

impl Entry {
    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Note { .. } => "note",
            Self::Plan { .. } => "plan",
            Self::Done { .. } => "done",
            Self::Snooze { .. } => "snooze",
            Self::Step { .. } => "step",
            Self::Tag { .. } => "tag",
            Self::Claim(_) => "claim",
            Self::Fell { .. } => "fell",
            Self::Target { .. } => "target",
            Self::Question { .. } => "question",
            Self::Answered { .. } => "answered",
            Self::LookedAt { .. } => "looked_at",
            Self::Record(_) => "record",
            Self::LeaveAlone { .. } => "leave_alone",
            Self::KeepInTouch { .. } => "keep_in_touch",
            Self::TouchApproved { .. } => "touch_approved",
            Self::Touched { .. } => "touched",
            Self::TouchSkipped { .. } => "touch_skipped",
            Self::TouchPutOff { .. } => "touch_put_off",
            Self::Shared { .. } => "shared",
            Self::TouchesEnded { .. } => "touches_ended",
            Self::ProposedAssessment(_) => "proposed_assessment",
        }
    }
}

/// An entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEntry {
    /// Its number.
    pub number: EntryNumber,
    /// What it is about.
    pub about: Subject,
    /// When it was written down.
    pub told_at: Moment,
    /// When it was taken back; `None` while it counts.
    pub withdrawn_at: Option<Moment>,
    /// When it did not count although it does now or did later, oldest first.
    pub away: Vec<Away>,
    /// What was written down.
    pub entry: Entry,
}

impl KeptEntry {
    /// The deal that it is about, if it is one.
    pub fn deal(&self) -> Option<&DealId> {
        match &self.about {
            Subject::Deal(id) => Some(id),
            Subject::Person(_) | Subject::Account(_) => None,
        }
    }

    /// The touch plan that it is a part of, if it is one's.
    pub fn touch_plan(&self) -> Option<EntryNumber> {
        match &self.entry {
            Entry::KeepInTouch { .. } => Some(self.number),
            Entry::TouchApproved { of, .. }
            | Entry::Touched { of, .. }
            | Entry::TouchSkipped { of, .. }
            | Entry::TouchPutOff { of, .. }
            | Entry::TouchesEnded { of, .. } => Some(*of),
            _ => None,
        }
    }

    /// Whether it counted at a moment.
    pub fn counts_at(&self, at: Moment) -> bool {
        counted(self.told_at, self.withdrawn_at, &self.away, at)
    }
}
