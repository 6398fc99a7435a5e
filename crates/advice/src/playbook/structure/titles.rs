//! What a title tells: who buys, who answers for others, who usually decides, and who stands above
//! whom. Titles are those that were signed with, else those that were typed.
//!
//! Must not: know who wrote what.

use inroad_model::{EmailAddress, FactKind, Role};

use crate::dealings::Dealings;

/// Titles of those who buy, check contracts or follow rules, folded, as parts of words.
pub(crate) const BUYS: [&str; 16] = [
    "purchas",
    "procure",
    "buyer",
    "sourcing",
    "category manager",
    "einkauf",
    "einkäuf",
    "achat",
    "inkoop",
    "inkoper",
    "compras",
    "acquisti",
    "legal",
    "compliance",
    "contract",
    "vergabe",
];
/// Titles of those who answer for others.
const ASSISTS: [&str; 10] = [
    "assistant",
    "assistenz",
    "assistent",
    "secretar",
    "sekret",
    "secrétaire",
    "pa to",
    "office of",
    "secretaresse",
    "segretari",
];
/// Secretaries who head an office or a firm and assist nobody.
const HEADS: [&str; 11] = [
    "company secretary",
    "secretary general",
    "secretary-general",
    "general secretary",
    "generalsekret",
    "staatssekret",
    "secrétaire général",
    "secretaris-directeur",
    "secretaris-generaal",
    "secretario general",
    "segretario generale",
];
/// Titles of those who usually decide.
pub(crate) const DECIDES: [&str; 22] = [
    "ceo",
    "chief executive",
    "managing director",
    "geschäftsführ",
    "owner",
    "inhaber",
    "founder",
    "président",
    "president",
    "directeur général",
    "directeur",
    "vorstand",
    "cfo",
    "coo",
    "chief",
    "general manager",
    "vice-chancellor",
    "principal",
    "partner",
    "amministratore",
    "director general",
    "chair",
];
/// The title, as it was signed with last, else as it was typed.
pub(crate) fn title_of(dealings: &Dealings<'_>, email: &EmailAddress) -> Option<String> {
    let signed = dealings.facts.iter().rev().find(|stated| {
        stated.fact.kind == FactKind::Title && stated.fact.email.as_ref() == Some(email)
    });
    let typed = dealings.deal.people.iter().find(|seat| seat.email == *email);
    let title = signed.and_then(|stated| stated.fact.title.clone());
    title.or_else(|| typed.and_then(|seat| seat.title.clone()))
}

pub(crate) fn has_title(dealings: &Dealings<'_>, email: &EmailAddress, words: &[&str]) -> bool {
    title_of(dealings, email)
        .is_some_and(|title| words.iter().any(|word| names(&title.to_lowercase(), word)))
}

/// Whether somebody answers for others.
pub(crate) fn assists(dealings: &Dealings<'_>, email: &EmailAddress) -> bool {
    has_title(dealings, email, &ASSISTS) && !has_title(dealings, email, &HEADS)
}

/// Whether a title has a word in it. Abbreviations stand alone: a coordinator is no COO.
fn names(title: &str, word: &str) -> bool {
    if word.len() > ABBREVIATION_MAX {
        return title.contains(word);
    }
    title.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
}

/// So short a word of a title is an abbreviation.
const ABBREVIATION_MAX: usize = 3;

pub(crate) fn has_role(dealings: &Dealings<'_>, email: &EmailAddress, role: Role) -> bool {
    dealings.deal.people.iter().any(|seat| seat.email == *email && seat.roles.contains(&role))
}

/// Titles of those who lead others without deciding for the firm.
const LEADS: [&str; 14] = [
    "head of",
    "director",
    "vp",
    "leiter",
    "leitung",
    "leader",
    "responsable",
    "chef de",
    "hoofd",
    "jefe",
    "jefa",
    "direttore",
    "direttrice",
    "bereichs",
];

/// How high a title stands: 3 decides, 2 leads, 1 any other; `None` where none is known.
pub(crate) fn rank(dealings: &Dealings<'_>, email: &EmailAddress) -> Option<u8> {
    let title = title_of(dealings, email)?.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| names(&title, word));
    Some(match () {
        () if has(&HEADS) => 3,
        () if has(&ASSISTS) => 1,
        () if has(&DECIDES) => 3,
        () if has(&LEADS) => 2,
        () => 1,
    })
}

/// Whether somebody clearly stands above somebody else: typed as the one who decides, or with a
/// title a step higher. Above whom no title is known of, only those who decide stand.
pub(crate) fn stands_above(
    dealings: &Dealings<'_>,
    boss: &EmailAddress,
    other: &EmailAddress,
) -> bool {
    if has_role(dealings, other, Role::DecisionMaker) {
        return false;
    }
    let below = rank(dealings, other);
    if has_role(dealings, boss, Role::DecisionMaker) {
        return below != Some(3);
    }
    rank(dealings, boss).is_some_and(|rank| rank > below.unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decides(title: &str) -> bool {
        DECIDES.iter().any(|word| names(&title.to_lowercase(), word))
    }

    #[test]
    fn abbreviations_stand_alone() {
        assert!(decides("COO") && decides("CEO & Founder") && decides("Geschäftsführerin"));
        assert!(!decides("Project Coordinator") && !decides("Koordinatorin Einkauf"));
    }
}
