//! The spelling in which records are compared, and words in it.
//!
//! Must not: know what a word means.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text of one field that is looked at, characters. Whatever lies beyond says nothing that the
/// beginning did not.
const CHARS_MAX: usize = 300;
/// Most words of one field that are looked at.
const WORDS_MAX: usize = 24;

/// A word, by its hash, with how rare it is in its field.
#[derive(Debug, Clone)]
pub struct Word {
    /// Stands for the text wherever only equality counts.
    pub(crate) hash: u64,
    /// Logarithm to base 2 of the chance that another record has just this in its field; 0 where nobody
    /// counted.
    pub(crate) rarity: f32,
    /// Logarithm to base 2 of the share of all organisations in the world that have this word in their name; 0 of
    /// other words.
    pub(crate) world: f32,
    /// How many characters it has.
    letters: u32,
    /// The folded text.
    pub(crate) text: Arc<str>,
}

impl Word {
    /// A word of a folded text.
    pub(crate) fn new(text: &str) -> Self {
        let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Self { hash: hash(text), rarity: 0.0, world: 0.0, letters, text: Arc::from(text) }
    }

    /// Whether both are the same text.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.hash == other.hash
    }

    /// The number of characters.
    pub(crate) fn chars(&self) -> usize {
        self.letters as usize
    }
}

/// A text of one field: its words, and all of them written as one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    /// In their order.
    pub(crate) words: Vec<Word>,
    /// Without blanks between, so that a blank that moved changes nothing.
    pub(crate) joined: Option<Word>,
}

impl Text {
    /// Of words that are folded already.
    pub(crate) fn of<S: AsRef<str>>(words: &[S]) -> Self {
        let joined: String = words.iter().map(AsRef::as_ref).collect();
        let words = words.iter().map(|word| Word::new(word.as_ref())).collect();
        Self { words, joined: (!joined.is_empty()).then(|| Word::new(&joined)) }
    }

    /// Whether the field says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.joined.is_none()
    }
}

/// FNV-1a with a last mixing: two texts with one hash are not met in practice.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    mixed(hash)
}

/// Spreads the bits of a number (the finisher of splitmix64).
pub(crate) fn mixed(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Small letters without marks, whatever form they came in: `Müller`, `MUELLER` and `Muller` are all
/// `muller`, `Øst` is `ost`, `Straße` is `strasse`. `&` and `+` become the word `and`, an apostrophe
/// vanishes, all else that is neither letter nor digit becomes a blank.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let marks_off = text.nfkd().take(CHARS_MAX).filter(|c| !is_combining_mark(*c));
    for c in marks_off.flat_map(char::to_lowercase) {
        match c {
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ħ' => out.push('h'),
            'þ' => out.push_str("th"),
            'ß' => out.push_str("ss"),
            'æ' | 'œ' => push_without_e(&mut out, c),
            // The second letter of an umlaut that was written out.
            'e' if out.ends_with(['a', 'o', 'u']) => {}
            '\'' | '’' | '‘' | '`' | '´' | 'ʼ' => {}
            '&' | '+' => out.push_str(" and "),
            c if c.is_alphanumeric() => out.push(c),
            // A lower case letter may come apart into a letter and a mark.
            c if is_combining_mark(c) => {}
            _ => out.push(' '),
        }
    }
    out
}

fn push_without_e(out: &mut String, c: char) {
    out.push(if c == 'æ' { 'a' } else { 'o' });
}

/// The words of a text, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().take(WORDS_MAX).map(str::to_owned).collect()
}

/// Runs of single letters made one word: `j p morgan` is `jp morgan`, `s a` is `sa`.
pub(crate) fn initials_joined(words: &[String]) -> Vec<String> {
    let single = |word: &str| {
        let mut chars = word.chars();
        matches!((chars.next(), chars.next()), (Some(c), None) if c.is_alphabetic())
    };
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut in_run = false;
    for word in words {
        let is_single = single(word);
        match out.last_mut() {
            Some(last) if is_single && in_run => last.push_str(word),
            _ => out.push(word.clone()),
        }
        in_run = is_single;
    }
    out
}

/// The digits of a text.
pub(crate) fn digits(text: &str) -> String {
    text.nfkd().take(CHARS_MAX).filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }

    #[test]
    fn folding() {
        check("Müller", "muller");
        check("MUELLER", "muller");
        check("Mu\u{308}ller", "muller");
        check("Łódź-Øst Straße", "lodz ost strasse");
        check("Æther & Co.", "ather and co");
        check("O’Brien's", "obriens");
        check("ﬁne Ｗide İzmir", "fine wide izmir");
        check("  ", "");
        check("東京 株式会社", "東京 株式会社");
        check("Ñuñez; Đặng", "nunez dang");
    }

    #[test]
    fn single_letters() {
        let joined = |text| initials_joined(&words(text)).join(" ");
        assert_eq!(joined("J. P. Morgan"), "jp morgan");
        assert_eq!(joined("Foo S.A."), "foo sa");
        assert_eq!(joined("a 1 b"), "a 1 b");
    }

    #[test]
    fn digits_of_any_script_form() {
        assert_eq!(digits("+49 (0)30 １２"), "4903012");
    }
}
