//! The arguments of `inroad tell`, and what they say.

use clap::{Args, ValueEnum};
use inroad_model::{Degree, InsightNumber, Remark, Stance, TieKind, Trait};

use super::PlainFormat;

/// Shown below the options.
pub(crate) const EXAMPLES: &str = "\
Of one person:
  stance    for, leans-for, open, leans-against, against: what they think of the deal
  weight    none, little, some, much, most: what they can bring to bear in it
  openness  none, little, some, much, most: how openly they talk with you
  fear      none, little, some, much, most: how much they fear for themselves
  veto      yes, no: whether nobody can overrule their no
  camp      TEXT: whom they are counted to
  agenda    TEXT: what they want for themselves
Of two:
  reports-to, goes-to (for advice), trusts, at-odds, answers-for, knows

Examples:
  inroad tell jana@lindner.example stance leans-for --because \"She said so at lunch\"
  inroad tell \"Jana Kühn\" reports-to \"Bernd Vogt\"
  inroad tell bernd@lindner.example veto yes
  inroad tell --list
  inroad tell --undo        the last one
  inroad tell --undo 3";

#[derive(Debug, Args)]
pub(crate) struct TellArgs {
    /// Who: the address, or the name where one person alone has it
    #[arg(value_name = "WHO", required_unless_present_any = ["list", "undo"])]
    pub who: Option<String>,
    /// What is told of them
    #[arg(value_enum, value_name = "WHAT", required_unless_present_any = ["list", "undo"])]
    pub what: Option<What>,
    /// How much, or to whom
    #[arg(value_name = "VALUE", required_unless_present_any = ["list", "undo"])]
    pub value: Vec<String>,
    /// Where you know it from, in a few words
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// Show what you told, by number
    #[arg(long, conflicts_with_all = ["who", "because", "undo"])]
    pub list: bool,
    /// Take one back: the last, or the one of that number
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, conflicts_with_all = ["who", "because"])]
    // The inner one is the number.
    #[expect(clippy::option_option, reason = "how an option with an optional value is written")]
    pub undo: Option<Option<InsightNumber>>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}

/// What can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    Stance,
    Weight,
    Openness,
    Fear,
    Veto,
    Camp,
    Agenda,
    ReportsTo,
    GoesTo,
    Trusts,
    AtOdds,
    AnswersFor,
    Knows,
}

/// What is told of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    /// Something about them.
    Is(Trait),
    /// What somebody else, by address or name, is to them.
    Tied(TieKind, String),
}

impl What {
    /// What is said with that value.
    pub(crate) fn word(self, value: &str) -> Result<Word, String> {
        let tied = |kind| Ok(Word::Tied(kind, value.to_owned()));
        let remark = || Remark::new(value).map_err(|cause| cause.to_string());
        match self {
            Self::Stance => Ok(Word::Is(Trait::Stance(stance(value)?))),
            Self::Weight => Ok(Word::Is(Trait::Weight(degree(value)?))),
            Self::Openness => Ok(Word::Is(Trait::Openness(degree(value)?))),
            Self::Fear => Ok(Word::Is(Trait::Fear(degree(value)?))),
            Self::Veto => Ok(Word::Is(Trait::Veto(yes_or_no(value)?))),
            Self::Camp => Ok(Word::Is(Trait::Camp(remark()?))),
            Self::Agenda => Ok(Word::Is(Trait::Agenda(remark()?))),
            Self::ReportsTo => tied(TieKind::ReportsTo),
            Self::GoesTo => tied(TieKind::GoesToForAdvice),
            Self::Trusts => tied(TieKind::Trusts),
            Self::AtOdds => tied(TieKind::AtOdds),
            Self::AnswersFor => tied(TieKind::AnswersFor),
            Self::Knows => tied(TieKind::Knows),
        }
    }
}

fn stance(text: &str) -> Result<Stance, String> {
    let named = |name: &str| match name {
        "for" => Some(Stance::For),
        "leans_for" => Some(Stance::LeansFor),
        "open" => Some(Stance::Open),
        "leans_against" => Some(Stance::LeansAgainst),
        "against" => Some(Stance::Against),
        _ => None,
    };
    super::names::named(
        text,
        named,
        "For a stance write for, leans-for, open, leans-against or against",
    )
}

fn degree(text: &str) -> Result<Degree, String> {
    let named = |name: &str| match name {
        "none" => Some(Degree::None),
        "little" => Some(Degree::Little),
        "some" => Some(Degree::Some),
        "much" => Some(Degree::Much),
        "most" => Some(Degree::Most),
        _ => None,
    };
    super::names::named(text, named, "For how much write none, little, some, much or most")
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    let named = |name: &str| match name {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    super::names::named(text, named, "For a veto write yes or no")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_they_say() {
        for (what, value, expected) in [
            (What::Stance, "leans-for", Some(Word::Is(Trait::Stance(Stance::LeansFor)))),
            (What::Stance, "Leans Against", Some(Word::Is(Trait::Stance(Stance::LeansAgainst)))),
            (What::Stance, "much", None),
            (What::Fear, "most", Some(Word::Is(Trait::Fear(Degree::Most)))),
            (What::Weight, "for", None),
            (What::Veto, "no", Some(Word::Is(Trait::Veto(false)))),
            (What::Veto, "perhaps", None),
            (What::Camp, " ", None),
            (What::GoesTo, "Jan", Some(Word::Tied(TieKind::GoesToForAdvice, "Jan".into()))),
        ] {
            assert_eq!(what.word(value).ok(), expected, "{what:?} {value}");
        }
    }
}
