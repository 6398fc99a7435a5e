//! How a text is spelled where words are compared, and where its clauses end.

use inroad_language::folding;
use unicode_normalization::UnicodeNormalization;

/// A text without the marks upon its letters, however they were typed: in one sign with the letter,
/// or in one of their own behind it.
pub(super) fn bare(text: &str) -> String {
    let is_mark = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    text.nfd()
        .filter(|c| !is_mark(c))
        .map(|c| match c {
            'đ' | 'ð' => 'd',
            'Đ' | 'Ð' => 'D',
            'ı' => 'i',
            '\u{2bc}' | '‘' => '\'',
            other => other,
        })
        .collect()
}

/// A word of a bare text as it is compared.
pub(super) fn fold(word: &str) -> String {
    folding::fold(word)
}

/// Words that are shortened with a stop, folded, in English and German.
const SHORTENED: [&str; 28] = [
    "approx", "bzw", "ca", "co", "corp", "dept", "dr", "est", "etc", "ft", "inc", "incl", "inkl",
    "ltd", "max", "min", "mio", "mrd", "mrs", "mr", "mt", "nr", "prof", "st", "ste", "tsd", "vs",
    "zzgl",
];

/// Whether a mark ends a clause: what stands behind it, and the folded word before it.
///
/// A stop within a name (`Node.js`) or behind a shortened word (`St. Gallen`) does not, nor a comma
/// within a number.
pub(super) fn ends_clause(mark: char, next: Option<char>, before: Option<&str>) -> bool {
    let is_joined = next.is_some_and(char::is_alphanumeric);
    match mark {
        ';' | '!' | '?' | '(' | ')' | '\n' => true,
        ',' => !next.is_some_and(|c| c.is_ascii_digit()),
        ':' => !is_joined,
        '.' => !is_joined && !before.is_some_and(is_shortened),
        _ => false,
    }
}

fn is_shortened(word: &str) -> bool {
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    is_initial || SHORTENED.contains(&word)
}
