//! What a rule that is data looks for, as its file writes it: words, with the signs of regular expressions where
//! they are needed.
//!
//! A blank stands for any white space, an apostrophe for both kinds of it, letters for both cases, and
//! a word at the edge for a whole word. The engine is `regex`, whose time is linear in the text; it looks at
//! bytes, and takes every byte of a letter beyond the plain ones for a letter.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex::bytes::{Regex, RegexBuilder};

/// No pattern may grow larger than this when it is compiled.
const SIZE_MAX: usize = 1 << 20;
/// Built one by one, so that no machine of a text is kept where none is read.
const CACHE_MAX: usize = 1 << 18;

/// Some patterns, any of which is meant.
///
/// They are compiled when they are first looked for. Many rules are never asked (they are for another
/// stage, or want what is not known), and to compile all takes as long as to check hundreds of drafts.
/// Copies share what was compiled.
#[derive(Debug, Clone)]
pub struct Patterns(Arc<Machine>);

#[derive(Debug)]
struct Machine {
    /// All of them in one, as the engine reads it.
    written: String,
    case: Case,
    /// `None` finds nothing.
    one: OnceLock<Option<Regex>>,
}

/// How great and small letters are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// They differ.
    Kept,
    /// They are the same, and both patterns and text are written small: an engine that has to look for both is
    /// twice as large.
    Small,
    /// They are the same, and the engine looks for both, since the pattern says something of its own of them.
    Either,
}

impl Patterns {
    /// The patterns of a rule, in one; none find nothing. Whether they can be read tells [`try_all`].
    pub fn new(patterns: &[impl AsRef<str>], keeps_case: bool) -> Self {
        let speak_of_case = || patterns.iter().any(|pattern| speaks_of_case(pattern.as_ref()));
        let case = match keeps_case {
            true => Case::Kept,
            false if speak_of_case() => Case::Either,
            false => Case::Small,
        };
        let mut written = joined(patterns);
        if case == Case::Small {
            written = small(&written);
        }
        Self(Arc::new(Machine { written, case, one: OnceLock::new() }))
    }

    fn one(&self) -> Option<&Regex> {
        let compile = || {
            let Machine { written, case, .. } = &*self.0;
            let is_any = !written.is_empty();
            let one = is_any.then(|| build(written, *case != Case::Either)).transpose();
            debug_assert!(one.is_ok(), "{written}: {one:?}");
            one.ok().flatten()
        };
        self.0.one.get_or_init(compile).as_ref()
    }

    /// A text as the engine is to see it, byte for byte as long.
    fn seen<'t>(&self, text: &'t str) -> Cow<'t, [u8]> {
        match self.0.case {
            Case::Small => Cow::Owned(text.as_bytes().to_ascii_lowercase()),
            Case::Kept | Case::Either => Cow::Borrowed(text.as_bytes()),
        }
    }

    /// The first place.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.one()?.find(&self.seen(text)).map(|found| whole(text, found.range()))
    }

    /// All places, from left to right.
    pub fn find_all(&self, text: &str) -> impl Iterator<Item = Range<usize>> + use<> {
        let Some(one) = self.one() else { return Vec::new().into_iter() };
        let seen = self.seen(text);
        let all = one.find_iter(&seen).map(|found| whole(text, found.range()));
        all.collect::<Vec<_>>().into_iter()
    }

    /// Whether it is there.
    pub fn is_in(&self, text: &str) -> bool {
        self.one().is_some_and(|one| one.is_match(&self.seen(text)))
    }
}

/// Patterns that are no rule's but our own, in letters of both cases.
pub fn patterns(list: &[&str]) -> Patterns {
    Patterns::new(list, false)
}

/// Tries whether the patterns of a rule can be read, one by one and all together.
///
/// # Errors
/// What the engine says of the first that it cannot read.
pub fn try_all(patterns: &[String], keeps_case: bool) -> Result<(), String> {
    for pattern in patterns {
        build(&written_out(pattern), keeps_case).map_err(|why| format!("'{pattern}': {why}"))?;
    }
    build(&joined(patterns), keeps_case).map(|_| ())
}

fn joined(patterns: &[impl AsRef<str>]) -> String {
    let each = patterns.iter().map(|pattern| format!("(?:{})", written_out(pattern.as_ref())));
    each.collect::<Vec<_>>().join("|")
}

fn build(pattern: &str, keeps_case: bool) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .case_insensitive(!keeps_case)
        // Classes of bytes are a hundred times as small as those of all scripts.
        .unicode(false)
        .size_limit(SIZE_MAX)
        .dfa_size_limit(CACHE_MAX)
        .build()
        .map_err(|why| why.to_string().lines().last().unwrap_or("").trim().to_owned())
}

/// Whether a pattern says of itself which letters are meant: by a flag, by a number, by a class of capitals or one
/// that goes from one kind of letters to the other.
fn speaks_of_case(pattern: &str) -> bool {
    let mut groups = pattern.split("(?").skip(1);
    let is_flag = |c: &char| c.is_ascii_alphabetic() || *c == '-';
    let has_flags = groups.any(|group| group.chars().take_while(is_flag).any(|c| c == '-'));
    let mixes = pattern.as_bytes().windows(3).any(|three| {
        matches!(three, [from, b'-', to] if from.is_ascii_uppercase() != to.is_ascii_uppercase())
    });
    let numbers = [r"\x", r"\u", r"\U", "[:upper:]"];
    has_flags || mixes || numbers.iter().any(|number| pattern.contains(number))
}

/// A pattern in small letters; what stands behind a stroke is a sign and stays.
fn small(pattern: &str) -> String {
    let mut is_sign = false;
    let each = pattern.chars().map(|c| {
        let out = if is_sign { c } else { c.to_ascii_lowercase() };
        is_sign = c == '\\' && !is_sign;
        out
    });
    each.collect()
}

/// The regular expression that a pattern of a file stands for.
fn written_out(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    if begins_word(pattern) {
        out.push_str(EDGE);
    }
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('b') => out.push_str(EDGE),
                Some('w') => out.push_str(LETTER),
                Some(next) => out.extend(['\\', next]),
                None => out.push('\\'),
            },
            '[' => out.push_str(&class(&mut chars)),
            // A blank that may be missing, or stand there several times.
            ' ' if chars.next_if(|c| matches!(c, '?' | '*')).is_some() => out.push_str(r"\s*"),
            ' ' => out.push_str(r"\s+"),
            '\'' | '’' => out.push_str("(?:'|’)"),
            // Whatever stands between two words ends before a word.
            '*' if chars.next_if_eq(&'?').is_some() => {
                out.push_str("*?");
                if begins_word(&chars.clone().collect::<String>()) {
                    out.push_str(EDGE);
                }
            }
            _ => out.push(c),
        }
    }
    if ends_word(pattern) {
        out.push_str(EDGE);
    }
    out
}

/// Whether a pattern begins with a word, or with a choice of words.
fn begins_word(pattern: &str) -> bool {
    pattern.trim_start_matches("(?:").starts_with(char::is_alphanumeric)
}

/// Whether a pattern ends with a word, or with a choice whose last word does.
fn ends_word(pattern: &str) -> bool {
    let last = pattern.trim_end_matches(')');
    let bare = last.trim_end_matches(['?', '*', '+']);
    let ends = bare.chars().next_back().is_some_and(char::is_alphanumeric);
    // A sign after a stroke is no letter, and a group that may be missing tells nothing.
    ends && !ends_in_escape(bare) && !pattern.ends_with(")?")
}

/// A class, whose opening bracket was read: letters of other scripts stand beside it, since a class is
/// one of bytes.
fn class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let negated = chars.next_if_eq(&'^').is_some();
    let (mut bytes, mut beside) = (String::new(), Vec::new());
    let mut first = true;
    while let Some(c) = chars.next() {
        match c {
            ']' if !first => break,
            '\\' => match chars.next() {
                Some('w') => {
                    bytes.push_str(r"\w");
                    beside.push(OTHER_LETTER.to_owned());
                }
                Some(next) => bytes.extend(['\\', next]),
                None => break,
            },
            '\'' | '’' => {
                bytes.push('\'');
                beside.push("’".to_owned());
            }
            c if c.is_ascii() => bytes.push(c),
            c => beside.push(c.to_string()),
        }
        first = false;
    }
    match (negated, beside.is_empty()) {
        (true, _) => format!("[^{bytes}]"),
        (false, true) => format!("[{bytes}]"),
        (false, false) => format!("(?:[{bytes}]|{})", beside.join("|")),
    }
}

/// A place from the beginning of a letter to the end of one.
fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end)
}

/// A letter, a digit, or a byte of a letter of another script; no dash or quotation mark.
const LETTER: &str = r"(?:[\w\x80-\xe1\xe3-\xff]|\xe2[\x82-\xbf])";
/// A byte of a letter that is no plain one.
const OTHER_LETTER: &str = r"[\x80-\xe1\xe3-\xff]|\xe2[\x82-\xbf]";

/// The edge of a word of plain letters. The one that knows every script is slow where a text has a
/// letter of another, and costs a fold of the time.
const EDGE: &str = r"\b";

fn ends_in_escape(pattern: &str) -> bool {
    let mut chars = pattern.chars().rev();
    chars.next().is_some() && chars.next() == Some('\\')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(pattern: &str, text: &str) -> Option<String> {
        let patterns = Patterns::new(&[pattern], false);
        patterns.find(text).map(|range| text.get(range).unwrap_or("").to_owned())
    }

    #[test]
    fn words_are_whole_and_blanks_and_apostrophes_are_any() {
        assert_eq!(found("check in", "Just to Check\n in!").as_deref(), Some("Check\n in"));
        assert_eq!(found("check in", "a check into it"), None);
        assert_eq!(found("we've (?:built|made)", "We’ve made it").as_deref(), Some("We’ve made"));
        assert_eq!(found(r"\d+ ?%", "by 30 % or").as_deref(), Some("30 %"));
        assert_eq!(found(r"\d+ ?%", "by 30% or").as_deref(), Some("30%"));
    }

    #[test]
    fn words_are_of_any_script() {
        for word in ["fine", "größer_2", "Łódź", "чудо", "λόγος", "שלום", "素晴らしい"]
        {
            assert_eq!(
                found(r"(?:^|is )\w+", &format!("“{word}” is {word}. Yes")),
                Some(format!("is {word}"))
            );
        }
    }

    #[test]
    fn capitals_are_letters_unless_a_pattern_speaks_of_them() {
        assert_eq!(
            found("[A-Z][a-z]+ GmbH", "by nordhafen gmbh").as_deref(),
            Some("nordhafen gmbh")
        );
        assert_eq!(found(r"\S+\W\D", "Ab, C").as_deref(), Some("Ab, C"));
        assert_eq!(found("(?-i:CEO)", "a ceo"), None);
        assert_eq!(found("(?-i:CEO)", "A CEO").as_deref(), Some("CEO"));
        assert_eq!(found(r"\x41lso", "also").as_deref(), Some("also"));
        let kept = Patterns::new(&["Ann"], true);
        assert!(kept.is_in("Ann") && !kept.is_in("ann"));
    }

    proptest! {
        #[test]
        fn small_letters_find_what_both_would(
            pattern in r"(a|B|\\S|\\w|\\b|[A-C]|[^Bc]|(?:|\(\?:aB\|[Cd]\))|\[A-C]|\[\^Bc\]|[.]|[ '?]){1,8}",
            text in "[a-dA-D .üÜ']{0,16}",
        ) {
            let both = build(&joined(&[&pattern]), false);
            prop_assume!(both.is_ok());
            let both = both.unwrap();
            let expected: Vec<_> =
                both.find_iter(text.as_bytes()).map(|found| whole(&text, found.range())).collect();
            let found: Vec<_> = Patterns::new(&[&pattern], false).find_all(&text).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn none_find_nothing() {
        assert!(!Patterns::new(&[""; 0], false).is_in("any words"));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let error = try_all(&["a(".to_owned()], false).expect_err("no pattern");
        assert!(error.contains("'a('"), "{error}");
        try_all(&[r"(?=ahead)".to_owned()], false).expect_err("takes no looking ahead");
    }
}
