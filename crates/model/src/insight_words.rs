//! What the seller knows of people, as a person reads it.

use crate::{Degree, EmailAddress, Known, Stance, TieKind, Trait};

impl Known {
    /// A sentence without a stop, with what `name` calls the people.
    ///
    /// ```
    /// use inroad_model::{EmailAddress, Known, Stance, Trait};
    /// let who = "eva@lindner.example".parse().unwrap();
    /// let known = Known::Person { who, is: Trait::Stance(Stance::For) };
    /// assert_eq!(known.in_words(EmailAddress::to_string), "eva@lindner.example is for it");
    /// ```
    pub fn in_words(&self, name: impl Fn(&EmailAddress) -> String) -> String {
        match self {
            Self::Tie { from, kind, to } => kind.in_words(&name(from), &name(to)),
            Self::Person { who, is } => format!("{} {}", name(who), is.in_words()),
        }
    }
}

impl TieKind {
    /// What it says of two people, as a sentence without a stop: "Eva trusts Jan".
    pub fn in_words(self, from: &str, to: &str) -> String {
        match self {
            Self::ReportsTo => format!("{from} reports to {to}"),
            Self::GoesToForAdvice => format!("{from} goes to {to} for advice"),
            Self::Copies => format!("{from} puts {to} in copy"),
            Self::Forwards => format!("{from} passes letters on to {to}"),
            Self::AnswersFor => format!("{from} answers for {to}"),
            Self::Trusts => format!("{from} trusts {to}"),
            Self::AtOdds => format!("{from} is at odds with {to}"),
            Self::Knows => format!("{from} knows {to}"),
        }
    }
}

impl Trait {
    /// What is said of somebody, behind their name.
    pub fn in_words(&self) -> String {
        match self {
            Self::Stance(stance) => stance.in_words().to_owned(),
            Self::Weight(degree) => {
                let weight = one_of(*degree, ["no", "little", "some", "much", "the most"]);
                format!("has {weight} weight in it")
            }
            Self::Openness(degree) => {
                let told = ["nothing", "little", "something", "much", "everything"];
                format!("tells us {}", one_of(*degree, told))
            }
            Self::Fear(degree) => {
                let fears = ["nothing", "little", "something", "much", "the worst"];
                format!("fears {} for themselves", one_of(*degree, fears))
            }
            Self::Veto(true) => "has a veto".to_owned(),
            Self::Veto(false) => "has no veto".to_owned(),
            Self::Camp(camp) => format!("is counted to \"{camp}\""),
            Self::Agenda(agenda) => format!("wants for themselves: \"{agenda}\""),
        }
    }
}

impl Stance {
    /// What is said of somebody, behind their name.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Against => "is against it",
            Self::LeansAgainst => "leans against it",
            Self::Open => "is open",
            Self::LeansFor => "leans for it",
            Self::For => "is for it",
        }
    }
}

fn one_of(degree: Degree, [none, little, some, much, most]: [&str; 5]) -> &str {
    match degree {
        Degree::None => none,
        Degree::Little => little,
        Degree::Some => some,
        Degree::Much => much,
        Degree::Most => most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_in_a_sentence() {
        let name = |email: &EmailAddress| email.local().to_owned();
        for (json, expected) in [
            (
                r#"{"tie": {"from": "eva@x.example", "kind": "reports_to", "to": "jan@x.example"}}"#,
                "eva reports to jan",
            ),
            (
                r#"{"tie": {"from": "eva@x.example", "kind": "at_odds", "to": "jan@x.example"}}"#,
                "eva is at odds with jan",
            ),
            (
                r#"{"person": {"who": "eva@x.example", "is": {"stance": "leans_against"}}}"#,
                "eva leans against it",
            ),
            (
                r#"{"person": {"who": "eva@x.example", "is": {"weight": "most"}}}"#,
                "eva has the most weight in it",
            ),
            (
                r#"{"person": {"who": "eva@x.example", "is": {"openness": "little"}}}"#,
                "eva tells us little",
            ),
            (
                r#"{"person": {"who": "eva@x.example", "is": {"fear": "none"}}}"#,
                "eva fears nothing for themselves",
            ),
            (r#"{"person": {"who": "eva@x.example", "is": {"veto": true}}}"#, "eva has a veto"),
            (
                r#"{"person": {"who": "eva@x.example", "is": {"camp": "the old guard"}}}"#,
                "eva is counted to \"the old guard\"",
            ),
        ] {
            let known: Known = serde_json::from_str(json).unwrap();
            assert_eq!(known.in_words(name), expected);
        }
    }
}
