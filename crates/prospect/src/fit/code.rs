//! Industry codes in what is known of a firm: `NACE J62.01`, `NAICS 541512`, `ISIC 6201`.
//!
//! NACE revision 2 and ISIC revision 4 share their divisions, the first two digits; beyond that a
//! code of one says nothing of the other. NAICS shares none.

#[cfg(test)]
mod tests;

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
const OTHERS: [&str; 11] =
    ["sic", "wz", "naf", "onace", "noga", "ateco", "sbi", "cnae", "anzsic", "ssic", "gics"];
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
