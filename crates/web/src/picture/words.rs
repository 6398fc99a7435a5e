//! How the picture says things.

use inroad_advice::politics::Part;
use inroad_advice::politics::map::{Bond, Learnt, Map, Person, Side};

use super::text::clean;

/// Where somebody stands, as a word and a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    For,
    LeansFor,
    Undecided,
    Unknown,
    LeansAgainst,
    Against,
}

/// Known less surely than that, a stance is not known.
const KNOWN_FROM: f64 = 0.2;
/// From so much on somebody leans to one side.
const LEANS_FROM: f64 = 0.15;
/// From so much on somebody is for or against it.
const STANDS_FROM: f64 = 0.5;

impl Stance {
    pub(super) fn of(person: &Person) -> Self {
        let stance = person.stance;
        match stance.value {
            _ if stance.known < KNOWN_FROM => Self::Unknown,
            value if value >= STANDS_FROM => Self::For,
            value if value >= LEANS_FROM => Self::LeansFor,
            value if value <= -STANDS_FROM => Self::Against,
            value if value <= -LEANS_FROM => Self::LeansAgainst,
            _ => Self::Undecided,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::LeansFor => "leans for",
            Self::Undecided => "undecided",
            Self::Unknown => "not known",
            Self::LeansAgainst => "leans against",
            Self::Against => "against",
        }
    }

    /// The class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::LeansFor => "leans-for",
            Self::Undecided => "undecided",
            Self::Unknown => "unknown",
            Self::LeansAgainst => "leans-against",
            Self::Against => "against",
        }
    }
}

/// What somebody does in the purchase.
pub(crate) fn part(part: Part) -> &'static str {
    match part {
        Part::DecisionMaker => "decides",
        Part::Purchaser => "buys for others",
        Part::EndUser => "would use it",
        Part::ProblemOwner => "has the problem",
        Part::Influencer => "is listened to",
        Part::Outsider => "of another firm",
        Part::Assistant => "answers for somebody",
    }
}

/// How surely, in words.
pub(super) fn surely(known: f64) -> &'static str {
    match known {
        known if known >= 0.75 => "surely",
        known if known >= 0.45 => "likely",
        known if known >= 0.2 => "perhaps",
        _ => "a guess",
    }
}

/// Everything about somebody, as one text.
pub(super) fn person(map: &Map, at: usize, badges: &[String]) -> String {
    let Some(person) = map.people().get(at) else { return String::new() };
    let mut says = vec![clean(&person.name)];
    says.extend(person.title.as_deref().map(clean));
    says.extend(person.part.map(|of| part(of).to_owned()));
    says.push(match person.side {
        Side::Theirs => "theirs".to_owned(),
        Side::Outside => "outside".to_owned(),
        Side::Ours => "ours".to_owned(),
    });
    if person.side != Side::Ours {
        let stance = Stance::of(person);
        says.push(match stance {
            Stance::Unknown => "stance not known".to_owned(),
            known => format!("{} ({})", known.word(), surely(person.stance.known)),
        });
        let weight = person.weight;
        says.push(format!("weight {:.1} ({})", weight.value, surely(weight.known)));
    }
    says.extend(person.camp.as_deref().map(|camp| format!("camp: {}", clean(camp))));
    says.extend(person.agenda.as_deref().map(|agenda| format!("wants: {}", clean(agenda))));
    says.extend(badges.iter().map(|badge| clean(badge)));
    says.join("; ")
}

/// A tie as a sentence, with when and in which words it was learnt.
pub(super) fn bond(map: &Map, bond: &Bond) -> String {
    let name = |at: usize| map.people().get(at).map_or(String::new(), |who| clean(&who.name));
    let tells = bond.kind.in_words(&name(bond.from), &name(bond.to));
    let learnt = match bond.learnt {
        Learnt::Told => "told",
        Learnt::Mail => "read from mail",
        Learnt::Supposed => "supposed",
    };
    let date = bond.date.map(|date| date.strftime(", %-d %B %Y").to_string()).unwrap_or_default();
    let quote = bond.quote.as_deref().map(|quote| format!(": “{}”", clean(quote)));
    format!("{tells} ({}, {learnt}{date}){}", surely(bond.known), quote.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use inroad_advice::politics::map::Guess;

    use super::*;

    #[test]
    fn stances() {
        for (value, known, expected) in [
            (0.9, 0.1, "not known"),
            (0.9, 0.5, "for"),
            (0.2, 0.5, "leans for"),
            (0.0, 0.5, "undecided"),
            (-0.3, 0.5, "leans against"),
            (-1.0, 1.0, "against"),
        ] {
            let unknown = Person::unknown("a", "A");
            let person = Person { stance: Guess { value, known }, ..unknown };
            assert_eq!(Stance::of(&person).word(), expected);
        }
    }
}
