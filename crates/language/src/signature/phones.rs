//! Phone numbers as people write them below their name.
//!
//! A number is a run of digits with the usual marks between, at least seven digits long, written
//! with a plus, a leading zero, a bracket, marks between groups, or behind a label. Fax numbers,
//! days, registers, bank accounts and postal codes are no phones.
//!
//! Must not: change the spelling.

use std::sync::LazyLock;

use crate::dates::tokens::{fold, word_set};
use crate::word_table::WordSet;

/// Digits of a phone number: local numbers have seven, E.164 allows fifteen, extensions add some.
const DIGITS_MIN: usize = 7;
const DIGITS_MAX: usize = 18;

const FAX: &str = "f fax telefax faks telefaks факс fx faksi télécopie";
const PHONE: &str = "t m p c o d h w tel tél tlf tfno phone mobile mobil mobiel móvil movil mob cell cellular office \
    direct durchwahl telefon telefono teléfono téléphone telefoon telephone telefone telemóvel portable cellulare handy ph gsm \
    puh puhelin kom tfn mobiltelefon switchboard zentrale direkt call whatsapp festnetz fixe bureau fijo centralita vaste \
    тел моб телефон work home desk main";
/// Words before numbers that are no phones.
const NOT_PHONE: &str = "hrb hrb. hra vat ust ustid idnr iban bic nip regon krs siret siren rcs kvk btw cvr org orgnr partita iva \
    cif nif crn ein tva uid abn reg registered registration account konto kontonr no. blz steuernummer p.iva инн кпп \
    огрн order invoice ref case id zoom pin code passcode";

struct Words {
    fax: WordSet,
    phone: WordSet,
    not_phone: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    fax: word_set(FAX),
    phone: word_set(PHONE),
    not_phone: word_set(NOT_PHONE),
});

/// What the word before a number says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    None,
    Phone,
    Fax,
    Other,
}

/// The phone numbers of a line.
pub(crate) fn of(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    each(line, |number, label| {
        if label == Label::Phone || label == Label::None && is_written_as_phone(number) {
            found.push(number);
        }
    });
    found
}

/// Whether a number of a phone or a fax stands in a line.
pub(crate) fn has_number(line: &str) -> bool {
    let mut found = false;
    each(line, |number, label| {
        found |= matches!(label, Label::Phone | Label::Fax)
            || label == Label::None && is_written_as_phone(number);
    });
    found
}

/// Whether a word is a label of a phone or fax number.
pub(crate) fn is_label(folded: &str) -> bool {
    WORDS.phone.contains(folded) || WORDS.fax.contains(folded)
}

fn each<'t>(line: &'t str, mut tell: impl FnMut(&'t str, Label)) {
    let mut label = Label::None;
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let run = rest.len() - rest.trim_start_matches(is_of_number).len();
        if run > 0 {
            let text = rest.get(..run).unwrap_or("");
            let glued = line.get(..at).and_then(|before| before.chars().next_back());
            let glued = glued.is_some_and(|c| {
                c.is_alphanumeric() && label != Label::Phone && label != Label::Fax
            }) || glued.is_some_and(|c| matches!(c, '@' | '=' | '_' | '#'));
            let after = rest.get(run..).and_then(|after| after.chars().next());
            let glued = glued || after.is_some_and(|c| matches!(c, '@' | '_' | '='));
            let number = trimmed(text);
            let digits = number.bytes().filter(u8::is_ascii_digit).count();
            if !glued && (DIGITS_MIN..=DIGITS_MAX).contains(&digits) && !is_day(number) {
                tell(number, label);
            }
            at += run;
            continue;
        }
        let word =
            rest.len() - rest.trim_start_matches(|c: char| c.is_alphabetic() || c == '.').len();
        if word == 0 {
            // What parts cells ends the reach of a label.
            let mark = rest.chars().next();
            if matches!(mark, Some('|' | ';' | '•' | '·')) {
                label = Label::None;
            }
            at += mark.map_or(1, char::len_utf8);
            continue;
        }
        label = label_of(rest.get(..word).unwrap_or(""), label);
        at += word;
    }
}

fn label_of(word: &str, before: Label) -> Label {
    if word.len() > 24 {
        return Label::None;
    }
    let folded = fold(word.trim_matches('.'));
    if WORDS.fax.contains(&folded) {
        Label::Fax
    } else if WORDS.not_phone.contains(&folded) {
        Label::Other
    } else if WORDS.phone.contains(&folded) {
        Label::Phone
    } else if before == Label::Other {
        Label::Other
    } else {
        Label::None
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '+' | '(' | ')' | ' ' | '\u{a0}' | '.' | '-' | '/' | '–' | '‑' | '\u{202f}')
}

/// Without what belongs to the text around it.
fn trimmed(run: &str) -> &str {
    let run = run.trim_start_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '('));
    let run = run.trim_end_matches(|c: char| !c.is_ascii_digit());
    if run.starts_with('(') && !run.contains(')') { run.trim_start_matches('(') } else { run }
}

/// Written so that it is a phone even without a label: an amount or a code is written otherwise.
fn is_written_as_phone(number: &str) -> bool {
    let groups = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let groups: Vec<usize> = groups.map(str::len).collect();
    let digits: usize = groups.iter().sum();
    let amount = groups.len() > 1
        && number.contains('.')
        && !number.contains(['-', ' ', '/', '('])
        && groups.iter().skip(1).all(|group| *group == 3)
        && !number.starts_with('0');
    let marked = number.starts_with(['+', '(']) || number.starts_with('0');
    let grouped = groups.len() >= 2 && digits >= 9 || groups.len() >= 2 && number.contains('-');
    !amount && groups.iter().all(|group| *group <= 12) && (marked || grouped)
}

fn is_day(number: &str) -> bool {
    let groups: Vec<usize> = number
        .split(['.', '/', '-'])
        .map(|group| if group.bytes().all(|b| b.is_ascii_digit()) { group.len() } else { 0 })
        .collect();
    matches!(groups.as_slice(), [1 | 2, 1 | 2, 4] | [4, 1 | 2, 1 | 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &[&str]) {
        assert_eq!(of(line), expected, "{line}");
    }

    #[test]
    fn reads_phones_as_written() {
        check("T +31 20 555 01 99 | M +31 6 5550 1234", &["+31 20 555 01 99", "+31 6 5550 1234"]);
        check("Tel.: 0431/555-120, Fax: 0431/555-121", &["0431/555-120"]);
        check("Phone: (406) 555-2806 Ext. 104", &["(406) 555-2806"]);
        check("p:908.555.6960", &["908.555.6960"]);
        check("Mobil 01705550123", &["01705550123"]);
        check("M: +44 (0)7700 900123", &["+44 (0)7700 900123"]);
        check("Tél. : 01 55 50 12 34", &["01 55 50 12 34"]);
    }

    #[test]
    fn other_numbers_are_no_phones() {
        for line in [
            "24103 Kiel, 12.05.2025",
            "HRB 1234567",
            "VAT GB 123 4567 89",
            "IBAN DE02 1203 0000 0000 2020 51",
            "Fax +49 431 555 121",
            "https://x.example/a/1234567890",
            "Budget 1.250.000",
            "Butte, MT 59701-1234x",
        ] {
            check(line, &[]);
        }
    }
}
