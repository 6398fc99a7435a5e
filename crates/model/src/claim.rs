//! What is held to be so about a firm: assumed or verified, with where it comes from and its day.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{EmailAddress, EntryNumber, PageNumber, Remark};

/// What something known of a firm is about: the rows of a prospect analysis form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What they do, in words or by a code.
    Industry,
    /// How large they are: people, revenue.
    Size,
    /// Where they are, and where they do business.
    Region,
    /// What they are licensed, admitted or certified to do.
    Licence,
    /// What they work with.
    Technology,
    /// Whether they grow or shrink.
    Growth,
    /// What happened lately that may move them: a new chief, a merger, a new rule.
    Trigger,
    /// How and when they spend.
    Budget,
    /// Which department would buy.
    Department,
    /// Who decides there, and how.
    Deciding,
    /// What they need.
    Need,
    /// How they do it today, and with whom.
    Today,
    /// Why we in particular, here.
    Difference,
}

impl Topic {
    /// All of them, in the order of a form.
    pub const ALL: [Self; 13] = [
        Self::Industry,
        Self::Size,
        Self::Region,
        Self::Licence,
        Self::Technology,
        Self::Growth,
        Self::Trigger,
        Self::Budget,
        Self::Department,
        Self::Deciding,
        Self::Need,
        Self::Today,
        Self::Difference,
    ];

    /// The name in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Industry => "industry",
            Self::Size => "size",
            Self::Region => "region",
            Self::Licence => "licence",
            Self::Technology => "technology",
            Self::Growth => "growth",
            Self::Trigger => "trigger",
            Self::Budget => "budget",
            Self::Department => "department",
            Self::Deciding => "deciding",
            Self::Need => "need",
            Self::Today => "today",
            Self::Difference => "difference",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == name)
    }

    /// The row of the form as people read it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Industry => "What they do",
            Self::Size => "How large they are",
            Self::Region => "Where they are",
            Self::Licence => "What they are licensed to do",
            Self::Technology => "What they work with",
            Self::Growth => "Whether they grow",
            Self::Trigger => "What happened lately",
            Self::Budget => "How they spend",
            Self::Department => "Which department buys",
            Self::Deciding => "Who decides, and how",
            Self::Need => "What they need",
            Self::Today => "How they do it today",
            Self::Difference => "Why us, here",
        }
    }

    /// After how many months it should be looked at again. Our own judgement of how fast such things
    /// change: news within a quarter, people and plans within half a year, what a firm is within two.
    pub fn months_fresh(self) -> i32 {
        match self {
            Self::Trigger => 3,
            Self::Growth | Self::Department | Self::Deciding | Self::Need | Self::Today => 6,
            Self::Size | Self::Licence | Self::Technology | Self::Budget | Self::Difference => 12,
            Self::Industry | Self::Region => 24,
        }
    }

    /// Whether something of a day is too old on another.
    pub fn is_stale(self, of: Date, on: Date) -> bool {
        let until = of.checked_add(Span::new().months(self.months_fresh()));
        until.is_ok_and(|until| until < on)
    }
}

/// Where something about a firm comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum ClaimSource {
    /// The user says so.
    Own,
    /// Somebody told the user.
    Told {
        /// Who.
        by: EmailAddress,
    },
    /// It stands in something that the user kept.
    Page {
        /// Under which number it is kept.
        number: PageNumber,
        /// The words.
        quote: Remark,
    },
    /// It stood in an import.
    Import,
}

/// Something about a firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about.
    pub topic: Topic,
    /// What is so.
    pub text: Remark,
    /// Whether it was checked: told by them, or seen where it must be right. Else it is assumed.
    pub is_verified: bool,
    /// The day of which it tells.
    pub day: Date,
    /// Where it comes from.
    pub source: ClaimSource,
    /// The assumption that turned out to hold with it, if it settles one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<EntryNumber>,
    /// What an import says that it settles, in the words of the import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles_import: Option<Remark>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_old_depends_on_what_it_is() {
        let of = date(2026, 1, 31);
        assert!(!Topic::Trigger.is_stale(of, date(2026, 4, 30)));
        assert!(Topic::Trigger.is_stale(of, date(2026, 5, 1)));
        assert!(!Topic::Industry.is_stale(of, date(2028, 1, 31)));
        assert!(Topic::Industry.is_stale(of, date(2028, 2, 1)));
        assert!(!Topic::Region.is_stale(Date::MAX, date(2028, 2, 1)));
    }

    #[test]
    fn every_topic_has_a_name_of_its_own() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_name(topic.as_str()), Some(topic));
        }
    }
}
