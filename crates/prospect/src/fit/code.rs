//! Industry codes in what is known of a firm: `NACE J62.01`, `NAICS 541512`, `ISIC 6201`.
//!
//! NACE revision 2 and ISIC revision 4 share their divisions, the first two digits; beyond that a
//! code of one says nothing of the other. NAICS shares none.

use inroad_model::IndustryCode;

use super::spelling::{bare, fold};
use super::units::{factor, is_money, unit};

/// What the codes of a text say of the codes that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coded {
    /// One of them is among those wanted.
    Yes,
    /// There are codes that can be compared, and none that is wanted can lie below one of them.
    No,
    /// No code that could be compared, or none that is precise enough.
    Nothing,
}

/// Digits that both systems share.
const DIVISION: usize = 2;
/// So many codes at most are read out of a span.
const SPAN_MAX: usize = 100;
/// Other classifications; their codes are compared with none.
const OTHERS: [&str; 7] = ["sic", "wz", "naf", "onace", "noga", "ateco", "sbi"];
/// Words that stand between the name of a system and its code, or between codes.
const BESIDE: [&str; 16] = [
    "code", "codes", "class", "classes", "group", "division", "section", "sector", "no", "nr",
    "and", "or", "to", "und", "oder", "bis",
];
/// Words that name an edition; the number behind them is no code.
const EDITIONS: [&str; 4] = ["rev", "revision", "version", "edition"];

/// Compares the codes of a text with beginnings of codes.
pub(super) fn coded(text: &str, system: IndustryCode, wanted: &[String]) -> Coded {
    let wanted = wanted.iter().map(|code| digits(code)).filter(|code| !code.is_empty());
    let wanted: Vec<String> = wanted.collect();
    if wanted.is_empty() {
        return Coded::Nothing;
    }
    let comparable = |told: &IndustryCode, code: &String| {
        let is_kin = *told != IndustryCode::Naics && system != IndustryCode::Naics;
        match *told == system {
            true => Some(code.clone()),
            false if is_kin => code.get(..DIVISION).map(str::to_owned),
            false => None,
        }
    };
    let said = read(text).codes.into_iter().filter_map(|(told, span)| {
        let span: Option<Vec<String>> = span.iter().map(|code| comparable(&told, code)).collect();
        // The firm is somewhere within a span: it says what all of its codes say.
        Some(agreed(span?.iter().map(|code| compare(code, &wanted))))
    });
    let said: Vec<Coded> = said.collect();
    if said.contains(&Coded::Yes) { Coded::Yes } else { agreed(said.into_iter()) }
}

/// Whether a text says anything beside codes.
pub(super) fn has_words(text: &str) -> bool {
    read(text).has_words
}

fn compare(code: &str, wanted: &[String]) -> Coded {
    if wanted.iter().any(|wanted| code.starts_with(wanted.as_str())) {
        Coded::Yes
    } else if wanted.iter().any(|wanted| wanted.starts_with(code)) {
        // They told only a beginning: the one that is wanted may lie below it.
        Coded::Nothing
    } else {
        Coded::No
    }
}

/// What all of them say, if they say the same.
fn agreed(mut all: impl Iterator<Item = Coded>) -> Coded {
    let Some(first) = all.next() else { return Coded::Nothing };
    if all.all(|one| one == first) { first } else { Coded::Nothing }
}

/// What a text holds.
#[derive(Default)]
struct Read {
    /// Codes, each with its system, and with all of a span where one was told.
    codes: Vec<(IndustryCode, Vec<String>)>,
    /// Whether there are words beside.
    has_words: bool,
}

/// A classification whose codes may follow.
#[derive(Clone, Copy)]
enum Named {
    Known(IndustryCode),
    Other,
}

fn read(text: &str) -> Read {
    let tokens = tokens(text);
    let token = |at: usize| tokens.get(at).map_or("", String::as_str);
    let mut read = Read::default();
    let mut named: Option<Named> = None;
    let mut at = 0;
    while at < tokens.len() {
        let word = token(at);
        at += 1;
        if let Some(system) = IndustryCode::from_name(word) {
            named = Some(Named::Known(system));
        } else if OTHERS.contains(&word) {
            named = Some(Named::Other);
        } else if EDITIONS.contains(&word) {
            at += usize::from(token(at).starts_with(|c: char| c.is_ascii_digit()));
        } else if let Some(system) = named
            && let Some(code) = code(word, system)
        {
            let to = matches!(token(at), "-" | "to" | "bis").then(|| token(at + 1));
            let span = to.and_then(|to| span(&code, &self::code(to, system)?));
            at += if span.is_some() { 2 } else { 0 };
            if counts_something(tokens.get(at..).unwrap_or_default()) {
                named = None;
            } else if let Named::Known(system) = system {
                read.codes.push((system, span.unwrap_or_else(|| vec![code])));
            }
        } else if is_edition(word) || BESIDE.contains(&word) || is_number(word) {
            // It says nothing, and codes may still follow.
        } else if word.chars().nth(1).is_some() || unit(word).is_some() {
            read.has_words |= word.chars().any(char::is_alphabetic);
            named = None;
        }
    }
    read
}

/// Folded words with the stops within; signs are words of their own, a dash is `-`.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    for c in bare(text).chars().chain([' ']) {
        if c.is_alphanumeric() || c == '.' {
            word.push(c);
            continue;
        }
        let bare = fold(std::mem::take(&mut word).trim_matches('.'));
        tokens.extend(Some(bare).filter(|word| !word.is_empty()));
        match c {
            '–' | '—' | '‑' => tokens.push("-".to_owned()),
            blank if blank.is_whitespace() => {}
            sign => tokens.push(sign.to_string()),
        }
    }
    tokens
}

/// Whether what stands behind a number makes it one of people or money.
fn counts_something(behind: &[String]) -> bool {
    let mut behind = behind.iter().skip_while(|word| *word == "+");
    let Some(word) = behind.next() else { return false };
    let is_of_next =
        is_money(word) && behind.next().is_some_and(|word| word.starts_with(char::is_numeric));
    let is_factor = word.chars().nth(1).is_some() && factor(word).is_some();
    (unit(word).is_some() && !is_of_next) || is_factor
}

/// `rev.2`, `rev2`, `v2.1`.
fn is_edition(word: &str) -> bool {
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    name.len() < word.len() && (name == "v" || EDITIONS.contains(&name))
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_numeric() || c == '.')
}

/// The digits of a word that has the form of a code of that system.
fn code(word: &str, system: Named) -> Option<String> {
    // The letter of a section stands before the digits; a country's own letter behind a class.
    let bare = word.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    let digits = digits(bare);
    let own = |c: char| c.is_ascii_lowercase() && digits.len() == 4;
    let bare = bare.strip_suffix(own).unwrap_or(bare);
    let (division, below) = bare.split_at_checked(DIVISION)?;
    let has_form = division.chars().all(|c| c.is_ascii_digit())
        && below.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_code = match system {
        Named::Known(IndustryCode::Naics) => {
            // No sector begins with these: it is the year of an edition.
            let is_year = digits.len() == 4 && ["19", "20"].contains(&division);
            digits == word && digits.len() <= 6 && !is_year
        }
        Named::Known(IndustryCode::Isic | IndustryCode::Nace) => has_form && digits.len() <= 4,
        Named::Other => has_form,
    };
    is_code.then_some(digits)
}

/// All codes from one to another of the same length: `31-33`.
fn span(low: &str, high: &str) -> Option<Vec<String>> {
    let (from, to): (usize, usize) = (low.parse().ok()?, high.parse().ok()?);
    let is_span = low.len() == high.len() && from < to && to - from < SPAN_MAX;
    let width = low.len();
    is_span.then(|| (from..=to).map(|code| format!("{code:0width$}")).collect())
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use IndustryCode::{Isic, Nace, Naics};

    fn check(text: &str, system: IndustryCode, wanted: &[&str], expected: Coded) {
        let any: Vec<String> = wanted.iter().map(|&code| code.to_owned()).collect();
        assert_eq!(coded(text, system, &any), expected, "{text}: {wanted:?}");
    }

    #[test]
    fn codes_are_compared_within_what_systems_share() {
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
            ("NAF 62.01Z", Nace, "62", Coded::Nothing),
        ] {
            check(text, system, &[wanted], expected);
        }
    }

    #[test]
    fn only_what_cannot_lie_below_a_code_is_denied_by_it() {
        for (text, system, wanted, expected) in [
            ("NACE 62", Nace, &["62.02", "49"][..], Coded::Nothing),
            ("NACE 62, 70", Nace, &["62.02"], Coded::Nothing),
            ("NACE 49, 70", Nace, &["62.02"], Coded::No),
            ("NACE 49, NAICS 62", Nace, &["62.02"], Coded::No),
            ("NAICS 31-33", Naics, &["332"], Coded::Nothing),
            ("NAICS 31–33", Naics, &["33"], Coded::Nothing),
            ("NAICS 31-33", Naics, &["31", "32", "33"], Coded::Yes),
            ("NAICS 44-45 and 48-49", Naics, &["4841"], Coded::Nothing),
            ("NAICS 44-45 and 48 - 49", Naics, &["332"], Coded::No),
            ("NACE 62", Isic, &["6201", "49"], Coded::Nothing),
            ("NACE 62", Nace, &[""], Coded::Nothing),
        ] {
            check(text, system, wanted, expected);
        }
    }

    #[test]
    fn numbers_that_are_no_codes() {
        for (text, system, wanted, expected) in [
            ("NACE Rev. 2.1: 62.10", Nace, "21", Coded::No),
            ("NACE Rev. 2.1: 62.10", Nace, "62.1", Coded::Yes),
            ("ISIC Rev.4 code 6201", Isic, "62", Coded::Yes),
            ("NACE 62.01, 350 people", Nace, "35", Coded::No),
            ("NACE 62.01, 350+ Mitarbeiter", Nace, "35", Coded::No),
            ("NACE 62.01, 12 million, EUR", Nace, "12", Coded::No),
            ("NACE 62.01; 35 %", Nace, "35", Coded::No),
            ("NACE 62.01, € 12", Nace, "12", Coded::No),
            ("NACE 62.01 €12", Nace, "12", Coded::No),
            ("NACE 62.01, staff: 49", Nace, "62", Coded::Yes),
            ("NACE 62.01, staff: 49", Nace, "49", Coded::No),
            ("NACE 6.201", Nace, "62", Coded::Nothing),
            ("NACE 62010", Nace, "62", Coded::Nothing),
            ("NAICS 2022: 541512", Naics, "20", Coded::No),
            ("NAICS 54.15", Naics, "54", Coded::Nothing),
        ] {
            check(text, system, &[wanted], expected);
        }
    }

    #[test]
    fn words_beside_codes() {
        for (text, expected) in [
            ("NACE 49.41", false),
            ("NACE Rev. 2 code H49.41 / ISIC 4923", false),
            ("WZ 49.41", false),
            ("49.41", false),
            ("NACE 49.41 Freight by road", true),
            ("Freight", true),
        ] {
            assert_eq!(has_words(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>(), code in "[0-9]{1,6}") {
            coded(&text, Nace, &[code]);
        }
    }
}
