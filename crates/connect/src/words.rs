//! Words of others, made fit to be shown: short, on one line, without control signs and without our
//! secrets.

/// Longest piece of somebody else's words that is shown.
const WORDS_CHARS_MAX: usize = 200;

/// The words as they may be shown. What equals a secret is put as `(hidden)`; some servers repeat
/// in their errors what they were sent.
pub(crate) fn shown(words: &str, secrets: &[&str]) -> String {
    let mut hidden = words.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        hidden = hidden.replace(secret, "(hidden)");
    }
    let folded = hidden.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().filter(|c| !turns_text(*c)).take(WORDS_CHARS_MAX).collect()
}

/// Whether a sign is a control, or turns the direction of the text around it.
pub(crate) fn turns_text(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, secrets: &[&str], expected: &str) {
        assert_eq!(shown(words, secrets), expected);
    }

    #[test]
    fn words_of_others() {
        check("Bad\r\n  code\u{7}", &[], "Bad code");
        check("token abc.def is old", &["abc.def", ""], "token (hidden) is old");
        check("a\u{202e}b", &[], "ab");
        check(&"x".repeat(500), &[], &"x".repeat(WORDS_CHARS_MAX));
    }
}
