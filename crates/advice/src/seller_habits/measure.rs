//! What is counted of somebody's selling, and what may be said of the count.

use inroad_stats::{Conclusion, Counted, conclude, median};
use serde::{Deserialize, Serialize};

/// How often intervals hold what they should.
const LEVEL: f64 = 0.95;
/// From fewer numbers no middle is told.
pub const NUMBERS_MIN: usize = 8;

macro_rules! measures {
    ($($(#[$doc:meta])* $variant:ident $name:literal $title:literal $counts:literal,)*) => {
        /// What is counted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Measure { $($(#[$doc])* $variant,)* }

        impl Measure {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// As a person reads it.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What exactly is counted.
            pub fn counts(self) -> &'static str {
                match self { $(Self::$variant => $counts,)* }
            }
        }
    };
}

measures! {
    /// Planned calls that were made.
    CallsMade "calls_made" "Planned calls that were made"
        "Of the calls planned for a day of the last year, but for days off: those ticked as done, or noted.",
    /// First letters to strangers that won an answer.
    FirstAnswers "first_answers" "First letters that won an answer"
        "Of your first letters to people whom nobody of your house had written to or heard from: those answered by a person within 30 days. Automatic replies are no answers; the last 30 days are left out.",
    /// Letters that ask, with an open question in them.
    OpenQuestions "open_questions" "Letters that ask openly"
        "Of your English letters of the last half year that ask anything: those with a question that begins with how, what, why or the like.",
    /// Letters that ask for a next step.
    NextSteps "next_steps" "Letters that end in a next step"
        "Of your English letters of the last half year: those that ask for something to be done.",
    /// How many words a letter has.
    LetterWords "letter_words" "Words in a letter"
        "The middle of your letters of the last half year, quotes and signature left out.",
    /// Our share of what is said in a call.
    TalkShare "talk_share" "Your share of a talk"
        "The middle of the calls that were kept from a transcript in the last year.",
    /// Calls in which the others spoke longer.
    OthersTalk "others_talk" "Talks in which the others spoke longer"
        "Of the calls that were kept from a transcript in the last year.",
    /// Reminders that left people their usual time.
    FollowUpPatience "follow_up_patience" "Reminders that left them their time"
        "Of your letters behind an unanswered one of yours in the last year: those sent when the time had passed in which that person, or people at large, give three of four answers.",
    /// Days before one writes again.
    FollowUpGap "follow_up_gap" "Days before you write again"
        "The middle of the days between two letters of yours with no answer in between.",
    /// Deals with a meeting that came to a proposal.
    MeetingsToProposals "meetings_to_proposals" "Meetings that led to a proposal"
        "Of the deals in which a meeting was held more than 30 days ago or which have ended: those that came to a proposal.",
    /// Proposals that were won.
    Closing "closing" "Proposals that were won"
        "Of the deals that came to a proposal and have ended.",
    /// Silences that ended in an answer.
    Recovery "recovery" "Deals that came back"
        "Of the silences of more than 30 days behind a letter of yours in a deal: those in which they wrote again within 120 days.",
}

/// What may be said of a count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Told {
    /// A share of cases.
    Share {
        /// How many did.
        events: u64,
        /// Of how many.
        of: u64,
        /// The share, 0 to 1.
        share: f64,
        /// The lower end of the 95 % interval.
        low: f64,
        /// Its upper end.
        high: f64,
    },
    /// The middle of some numbers.
    Middle {
        /// Of how many.
        of: u64,
        /// The middle, in the unit of the measure.
        value: f64,
        /// The lower end of the 95 % interval.
        low: f64,
        /// Its upper end.
        high: f64,
    },
    /// Too few to say anything.
    TooFew {
        /// How many cases there are.
        of: u64,
    },
}

impl Told {
    /// What may be said of so many of so many.
    pub fn share(events: usize, of: usize) -> Self {
        let (events, of) = (events as u64, of as u64);
        match conclude(Counted { events, of }) {
            Ok(Conclusion::Share { share, low, high }) => {
                Self::Share { events, of, share, low, high }
            }
            Ok(Conclusion::TooFew) | Err(_) => Self::TooFew { of },
        }
    }

    /// What may be said of the middle of some numbers.
    pub fn middle(numbers: &[f64]) -> Self {
        let of = numbers.len() as u64;
        let too_few = Self::TooFew { of };
        if numbers.len() < NUMBERS_MIN {
            return too_few;
        }
        match median(numbers, LEVEL) {
            Ok(Some(told)) => {
                Self::Middle { of, value: told.value, low: told.low, high: told.high }
            }
            Ok(None) | Err(_) => too_few,
        }
    }

    /// What is estimated, with its interval; `None` where there are too few.
    pub fn interval(&self) -> Option<(f64, f64, f64)> {
        match *self {
            Self::Share { share: value, low, high, .. } | Self::Middle { value, low, high, .. } => {
                Some((value, low, high))
            }
            Self::TooFew { .. } => None,
        }
    }

    /// Of how many cases it tells.
    pub fn of(&self) -> u64 {
        match *self {
            Self::Share { of, .. } | Self::Middle { of, .. } | Self::TooFew { of } => of,
        }
    }
}

/// Something that was counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Seen {
    /// What.
    pub measure: Measure,
    /// What may be said of it.
    pub told: Told,
}

impl Measure {
    /// What was told of it, as a person reads it: `12 of 40, 30 % (17 to 46 %)`.
    pub fn in_words(self, told: &Told) -> String {
        let percent = |share: f64| format!("{:.0}", share * 100.0);
        match *told {
            Told::TooFew { of } => format!("not enough to say ({of})"),
            Told::Share { events, of, share, low, high } => format!(
                "{} % ({} to {} %), {events} of {of}",
                percent(share),
                percent(low),
                percent(high)
            ),
            Told::Middle { of, value, low, high } if self == Self::TalkShare => {
                format!("{} % ({} to {} %) of {of}", percent(value), percent(low), percent(high))
            }
            Told::Middle { of, value, low, high } => {
                let unit = if self == Self::FollowUpGap { "days" } else { "words" };
                let digits = usize::from(self == Self::FollowUpGap);
                format!("{value:.digits$} {unit} ({low:.digits$} to {high:.digits$}) of {of}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(measure: Measure, told: Told, expected: &str) {
        assert_eq!(measure.in_words(&told), expected);
    }

    #[test]
    fn as_a_person_reads_it() {
        check(Measure::Closing, Told::share(9, 20), "45 % (23 to 68 %), 9 of 20");
        check(Measure::Closing, Told::share(3, 4), "not enough to say (4)");
        check(Measure::Closing, Told::share(0, 0), "not enough to say (0)");
        let days: Vec<f64> = (1..=10).map(f64::from).collect();
        check(Measure::FollowUpGap, Told::middle(&days), "5.5 days (2.0 to 9.0) of 10");
        check(Measure::LetterWords, Told::middle(&days), "6 words (2 to 9) of 10");
        check(Measure::LetterWords, Told::middle(&days[..7]), "not enough to say (7)");
        check(Measure::TalkShare, Told::middle(&[0.4; 8]), "40 % (40 to 40 %) of 8");
    }

    #[test]
    fn names_are_one_each() {
        let names: std::collections::BTreeSet<&str> =
            Measure::ALL.iter().map(|measure| measure.as_str()).collect();
        assert_eq!(names.len(), Measure::ALL.len());
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_estimate(events in 0..400_usize, rest in 0..400_usize) {
            let told = Told::share(events, events + rest);
            if let Some((value, low, high)) = told.interval() {
                prop_assert!(low <= value && value <= high && low >= 0.0 && high <= 1.0);
                // Twice as much of the same narrows it.
                let twice = Told::share(2 * events, 2 * (events + rest));
                let (_, narrow_low, narrow_high) = twice.interval().expect("more tells more");
                prop_assert!(narrow_high - narrow_low <= high - low + 1e-9);
            }
        }

        #[test]
        fn a_middle_is_a_number(numbers in prop::collection::vec(prop::num::f64::ANY, 0..40)) {
            if let Some((value, low, high)) = Told::middle(&numbers).interval() {
                prop_assert!(low <= value && value <= high && value.is_finite());
            }
        }
    }
}
