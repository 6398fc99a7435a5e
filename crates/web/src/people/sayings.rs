//! What a form can say of people, by name: the same as `inroad tell`.

use inroad_model::{Degree, Remark, Stance, TieKind, Trait};

/// What can be chosen of one person: of each kind its name and its values.
pub(crate) fn traits() -> [(&'static str, Vec<Trait>); 5] {
    let stances =
        [Stance::For, Stance::LeansFor, Stance::Open, Stance::LeansAgainst, Stance::Against];
    let degrees = [Degree::None, Degree::Little, Degree::Some, Degree::Much, Degree::Most];
    let of = |make: fn(Degree) -> Trait| degrees.map(make).to_vec();
    [
        ("What they think of the deal", stances.map(Trait::Stance).to_vec()),
        ("What they can bring to bear", of(Trait::Weight)),
        ("How openly they talk with you", of(Trait::Openness)),
        ("What they fear for themselves", of(Trait::Fear)),
        ("Whether they can stop it", vec![Trait::Veto(true), Trait::Veto(false)]),
    ]
}

/// The name of a choice in the form.
pub(crate) fn name_of(kind: usize, value: usize) -> String {
    format!("{kind}-{value}")
}

/// What was chosen by that name.
pub(crate) fn chosen(name: &str) -> Option<Trait> {
    let (kind, value) = name.split_once('-')?;
    let (kind, value): (usize, usize) = (kind.parse().ok()?, value.parse().ok()?);
    traits().get(kind)?.1.get(value).cloned()
}

/// A camp or an agenda in the user's words.
pub(crate) fn in_words(kind: &str, words: &str) -> Result<Trait, String> {
    let words = Remark::new(words).map_err(|why| why.to_string())?;
    match kind {
        "camp" => Ok(Trait::Camp(words)),
        "agenda" => Ok(Trait::Agenda(words)),
        _ => Err("Choose what the words tell".to_owned()),
    }
}

/// The ties that can be told, each with its name and its words.
pub(crate) const TIES: [(TieKind, &str, &str); 6] = [
    (TieKind::ReportsTo, "reports-to", "reports to"),
    (TieKind::GoesToForAdvice, "goes-to", "goes for advice to"),
    (TieKind::Trusts, "trusts", "trusts"),
    (TieKind::AtOdds, "at-odds", "is at odds with"),
    (TieKind::AnswersFor, "answers-for", "answers for"),
    (TieKind::Knows, "knows", "knows"),
];

/// The tie of that name.
pub(crate) fn tie(name: &str) -> Option<TieKind> {
    TIES.into_iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_found_by_its_name() {
        for (kind, (_, values)) in traits().into_iter().enumerate() {
            for (value, expected) in values.into_iter().enumerate() {
                assert_eq!(chosen(&name_of(kind, value)), Some(expected));
            }
        }
        for wrong in ["", "9-0", "0-9", "0", "-", "a-b"] {
            assert_eq!(chosen(wrong), None, "{wrong}");
        }
        assert_eq!(tie("trusts"), Some(TieKind::Trusts));
        assert_eq!(tie("copies"), None);
    }
}
