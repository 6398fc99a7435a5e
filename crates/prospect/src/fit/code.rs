//! Industry codes in what is known of a firm: `NACE J62.01`, `NAICS 541512`, `ISIC 6201`.
//!
//! NACE revision 2 and ISIC revision 4 share their divisions, the first two digits; beyond that a
//! code of one says nothing of the other. NAICS shares none.

use inroad_model::IndustryCode;

/// What the codes of a text say of the codes that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coded {
    /// One of them is among those wanted.
    Yes,
    /// There are codes of that system, and none is wanted.
    No,
    /// No code that could be compared.
    Nothing,
}

/// Digits that both systems share.
const DIVISION: usize = 2;

/// Compares the codes of a text with beginnings of codes.
pub(super) fn coded(text: &str, system: IndustryCode, wanted: &[String]) -> Coded {
    let wanted: Vec<String> = wanted.iter().map(|code| digits(code)).collect();
    let mut told = Coded::Nothing;
    for (theirs, code) in codes(text) {
        let is_same = theirs == system;
        let is_kin = theirs != IndustryCode::Naics && system != IndustryCode::Naics;
        for wanted in wanted.iter().filter(|wanted| !wanted.is_empty()) {
            let (code, wanted) = if is_same {
                (code.as_str(), wanted.as_str())
            } else if is_kin {
                // Only the shared digits can be compared; a longer wish stays unknown where they agree.
                let division = |code: &str| code.get(..DIVISION).map(str::to_owned);
                let (Some(a), Some(b)) = (division(&code), division(wanted)) else { continue };
                if a != b {
                    told = Coded::No;
                } else if wanted.len() <= DIVISION {
                    return Coded::Yes;
                }
                continue;
            } else {
                continue;
            };
            if code.starts_with(wanted) {
                return Coded::Yes;
            }
            // A shorter code than wanted is not precise enough to say no.
            if !wanted.starts_with(code) {
                told = Coded::No;
            }
        }
    }
    told
}

/// All codes that follow the name of a system.
fn codes(text: &str) -> Vec<(IndustryCode, String)> {
    let lower = text.to_lowercase();
    let mut system = None;
    let mut found = Vec::new();
    for word in lower.split(|c: char| !c.is_alphanumeric() && c != '.') {
        let word = word.trim_matches('.');
        if let Some(named) = IndustryCode::from_name(word) {
            system = Some(named);
            continue;
        }
        let code = digits(word);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if let Some(system) = system
            && code.len() >= DIVISION
            && letters <= 1
        {
            found.push((system, code));
        } else if !word.is_empty() && !is_beside(word) {
            system = None;
        }
    }
    found
}

/// Words that stand between the name of a system and its code.
fn is_beside(word: &str) -> bool {
    word.len() == 1
        || matches!(word, "code" | "codes" | "rev" | "rev.2" | "rev.4" | "revision" | "and" | "or")
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_within_what_systems_share() {
        use IndustryCode::{Isic, Nace, Naics};
        for (text, system, wanted, expected) in [
            ("NACE J62.01 programming", Nace, "62", Coded::Yes),
            ("NACE 62.01", Nace, "62.02", Coded::No),
            ("NACE 62", Nace, "62.02", Coded::Nothing),
            ("NAICS code 541512", Naics, "5415", Coded::Yes),
            ("NAICS 541512, 541611", Naics, "541611", Coded::Yes),
            ("NACE 62.01", Isic, "62", Coded::Yes),
            ("NACE 62.01", Isic, "6201", Coded::Nothing),
            ("NACE 62.01", Isic, "49", Coded::No),
            ("NAICS 541512", Isic, "62", Coded::Nothing),
            ("since 1998 in ISIC 4923", Isic, "49", Coded::Yes),
            ("ISIC is used here since 1998", Isic, "19", Coded::Nothing),
            ("software", Nace, "62", Coded::Nothing),
        ] {
            assert_eq!(coded(text, system, &[wanted.to_owned()]), expected, "{text}: {wanted}");
        }
    }
}
