//! What an SMTP server answers: one code, one line of words or several. RFC 5321, 4.2.
//!
//! A pure reader over what has arrived so far, with a bound on everything.

use zeroize::Zeroizing;

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// 200 to 599.
    pub code: u16,
    /// The words of each line, without code and line end; at least one.
    pub lines: Vec<String>,
}

/// What stands in the bytes that have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Arrived {
    /// The beginning of an answer, or nothing.
    Part,
    /// An answer, which takes so many bytes.
    Whole(Answer, usize),
    /// Something else; why.
    NoAnswer(&'static str),
}

/// RFC 5321 has 512; some servers write longer lines.
const LINE_BYTES_MAX: usize = 2_000;
const LINES_MAX: usize = 100;
/// How much is kept of bytes that have arrived; more can be no answer.
pub(crate) const ANSWER_BYTES_MAX: usize = 32 << 10;
/// How much of an answer is shown.
const WORDS_CHARS_MAX: usize = 400;

/// Reads the first answer.
pub(crate) fn read(bytes: &[u8]) -> Arrived {
    let mut code = None;
    let mut lines = Vec::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(end) = rest.iter().position(|b| *b == b'\n') else {
            let too_long = rest.len() > LINE_BYTES_MAX || bytes.len() > ANSWER_BYTES_MAX;
            return if too_long {
                Arrived::NoAnswer("a line of it is too long")
            } else {
                Arrived::Part
            };
        };
        let (line, _) = rest.split_at(end);
        at += end + 1;
        if line.len() > LINE_BYTES_MAX || at > ANSWER_BYTES_MAX {
            return Arrived::NoAnswer("a line of it is too long");
        }
        let Some((found, is_last, words)) = parts(line.strip_suffix(b"\r").unwrap_or(line)) else {
            return Arrived::NoAnswer("it begins with no code");
        };
        if *code.get_or_insert(found) != found {
            return Arrived::NoAnswer("its lines have different codes");
        }
        if lines.len() == LINES_MAX {
            return Arrived::NoAnswer("it has too many lines");
        }
        lines.push(words);
        if is_last {
            return Arrived::Whole(Answer { code: found, lines }, at);
        }
    }
}

/// Code, whether it is the last line, and words.
fn parts(line: &[u8]) -> Option<(u16, bool, String)> {
    let (digits, rest) = line.split_first_chunk::<3>()?;
    let [first @ b'2'..=b'5', second @ b'0'..=b'9', third @ b'0'..=b'9'] = *digits else {
        return None;
    };
    let code = [first, second, third].iter().fold(0, |code, b| code * 10 + u16::from(b - b'0'));
    let (is_last, words) = match rest.split_first() {
        None => (true, rest),
        Some((b' ', words)) => (true, words),
        Some((b'-', words)) => (false, words),
        Some(_) => return None,
    };
    Some((code, is_last, String::from_utf8_lossy(words).into_owned()))
}

impl Answer {
    /// Whether the server did what it was asked for.
    pub(crate) fn is_yes(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// Whether it will not.
    pub(crate) fn is_no(&self) -> bool {
        (400..600).contains(&self.code)
    }

    /// Its words on one line, without control characters and without what is hidden, cut to what a
    /// person reads. Some servers repeat what they were sent.
    pub(crate) fn words(&self, hidden: &[Zeroizing<String>]) -> String {
        let mut words = String::new();
        for line in &self.lines {
            // Hidden first: of a secret that was cut, a part would be left.
            let line = hidden
                .iter()
                .fold(line.clone(), |line, text| line.replace(text.as_str(), "(hidden)"));
            for word in line.split(|c: char| c.is_whitespace() || c.is_control()) {
                if !word.is_empty() {
                    if !words.is_empty() {
                        words.push(' ');
                    }
                    words.push_str(word);
                }
            }
        }
        match words.char_indices().nth(WORDS_CHARS_MAX) {
            Some((end, _)) => format!("{} …", words.get(..end).unwrap_or_default()),
            None => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(bytes: &str, code: u16, words: &str, left: usize) {
        let Arrived::Whole(answer, used) = read(bytes.as_bytes()) else { panic!("{bytes:?}") };
        assert_eq!(
            (answer.code, answer.words(&[]).as_str(), bytes.len() - used),
            (code, words, left)
        );
        for end in 0..used {
            assert_eq!(read(&bytes.as_bytes()[..end]), Arrived::Part, "{end} of {bytes:?}");
        }
    }

    #[test]
    fn answers() {
        check("250 2.0.0 Ok\r\n", 250, "2.0.0 Ok", 0);
        check("250\r\n", 250, "", 0);
        check("354 go\n", 354, "go", 0);
        check("250-a\r\n250-b  c\r\n250 d\r\n", 250, "a b c d", 0);
        check("220 hello\r\n250 injected\r\n", 220, "hello", 14);
        check("550 5.1.1 no \u{1b}[31muser\t\0x\r\n", 550, "5.1.1 no [31muser x", 0);
    }

    #[test]
    fn no_answers() {
        let long = format!("250 {}\r\n", "x".repeat(LINE_BYTES_MAX));
        let endless = "x".repeat(LINE_BYTES_MAX + 1);
        let many = "250-x\r\n".repeat(LINES_MAX + 1);
        for bad in [
            "\r\n",
            "25\r\n",
            "HTTP/1.1 200 OK\r\n",
            "250_ok\r\n",
            "650 x\r\n",
            "150 x\r\n",
            "2５0 x\r\n",
            "250-a\r\n251 b\r\n",
            "250-a\r\nb\r\n",
            " 250 x\r\n",
            &long,
            &endless,
            &many,
        ] {
            assert!(matches!(read(bad.as_bytes()), Arrived::NoAnswer(_)), "{bad:?}");
        }
    }

    #[test]
    fn secrets_are_hidden_before_words_are_cut() {
        let secret = Zeroizing::new("two  words ".repeat(30));
        let lines = vec![format!("{}{}", "x".repeat(300), &*secret), format!("again {}", &*secret)];
        let words = Answer { code: 535, lines }.words(&[secret]);
        assert!(!words.contains("two") && words.ends_with("(hidden) again (hidden)"), "{words}");
    }

    #[test]
    fn words_are_cut() {
        let answer = Answer { code: 250, lines: vec!["ü".repeat(LINE_BYTES_MAX / 2)] };
        assert_eq!(answer.words(&[]).chars().count(), WORDS_CHARS_MAX + 2);
    }

    proptest! {
        #[test]
        fn reads_whatever_comes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Arrived::Whole(answer, used) = read(&bytes) {
                prop_assert!(used <= bytes.len() && (200..600).contains(&answer.code));
                prop_assert!(!answer.words(&[]).contains(char::is_control));
            }
        }
    }
}
