//! The closed vocabularies of a review: state, advice, cause.

use serde::{Deserialize, Serialize};

/// How a deal or a person stands towards us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Normal rhythm and tone.
    Warm,
    /// Slower or shorter than this person's own habit.
    Cooling,
    /// Answers, but vague or curt.
    Cold,
    /// Has stopped answering for no known reason.
    Dark,
    /// Silent for a known outside reason.
    Paused,
    /// Said no, opted out, or it is over.
    Closed,
}

impl State {
    /// All of them, from warm to closed.
    pub const ALL: [Self; 6] =
        [Self::Warm, Self::Cooling, Self::Cold, Self::Dark, Self::Paused, Self::Closed];

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Act.
    Pursue,
    /// A known pause: send nothing but a courtesy.
    Wait,
    /// Take it out of the pipeline, politely.
    LetGo,
    /// Never write again.
    Stop,
}

impl Advice {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pursue, Self::Wait, Self::LetGo, Self::Stop];

    /// The advice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|advice| advice.as_str() == name)
    }

    /// As a person reads it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Pursue => "pursue",
            Self::Wait => "wait",
            Self::LetGo => "let go",
            Self::Stop => "stop",
        }
    }
}

macro_rules! causes {
    ($(#[doc = $doc:literal] $name:ident = $text:literal),* $(,)?) => {
        /// Why a deal went quiet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Cause { $(#[doc = $doc] $name),* }

        impl Cause {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The cause of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|cause| cause.as_str() == name)
            }

            /// What it says, in one line.
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => $doc.trim_ascii()),* }
            }

            /// The name in files, the database and the review.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

causes! {
    /// Our contact cannot decide, and we never reached who can.
    LackOfInfluence = "lack_of_influence",
    /// A rival is favoured, or criteria count that we never saw.
    UnidentifiedIntelligence = "unidentified_intelligence",
    /// Our fee does not inspire confidence.
    PriceTooLow = "price_too_low",
    /// Our fee is too dear.
    PriceTooHigh = "price_too_high",
    /// The contact dodges a no.
    ConflictAvoidance = "conflict_avoidance",
    /// They want another kind or size of provider.
    NotTheRightFit = "not_the_right_fit",
    /// Who buys is against it.
    ResistantPurchaser = "resistant_purchaser",
    /// Who would use it is against it.
    ResistantEndUser = "resistant_end_user",
    /// Who has the problem is against it.
    ResistantProblemOwner = "resistant_problem_owner",
    /// Who decides is against it.
    ResistantDecisionMaker = "resistant_decision_maker",
    /// A third party talks against it.
    ResistantOutsider = "resistant_outsider",
    /// Somebody inside without a formal part is against it.
    ResistantInsider = "resistant_insider",
    /// A camp is against it.
    ResistantFaction = "resistant_faction",
    /// They avoid deciding for fear of how it looks.
    PoliticalFear = "political_fear",
    /// The contact is ill.
    ContactIll = "contact_ill",
    /// Something happened in the contact's family.
    FamilyEvent = "family_event",
    /// The contact has left.
    ContactLeft = "contact_left",
    /// Whoever backed it has left.
    SponsorLeft = "sponsor_left",
    /// The company was bought.
    CompanyAcquired = "company_acquired",
    /// Busy, or on the road.
    BusyOrTravelling = "busy_or_travelling",
    /// It takes time inside: a budget round, other departments.
    InternalApproval = "internal_approval",
    /// They found it less essential than they thought.
    PriorityLost = "priority_lost",
    /// We pitched and said nothing about them.
    IrrelevantOutreach = "irrelevant_outreach",
    /// They asked us to stop.
    OptedOut = "opted_out",
}

macro_rules! names {
    ($kind:ident: $($name:ident = $text:literal),*) => {
        impl $kind {
            /// The name in files, the database and the review.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

names!(State: Warm = "warm", Cooling = "cooling", Cold = "cold", Dark = "dark", Paused = "paused", Closed = "closed");
names!(Advice: Pursue = "pursue", Wait = "wait", LetGo = "let_go", Stop = "stop");
