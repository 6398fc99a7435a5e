//! What a server says that it can, in its answer to `EHLO`.

use crate::answer::Answer;

/// What of it matters here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offers {
    pub start_tls: bool,
    pub eight_bit: bool,
    /// Longest letter in bytes; `None` where nothing or no bound is said.
    pub bytes_max: Option<u64>,
    /// Whether it wants to be told how long a letter is.
    pub size: bool,
    /// Ways to sign in, in upper case.
    pub ways: Vec<String>,
}

impl Offers {
    pub(crate) fn of(answer: &Answer) -> Self {
        let mut offers = Self::default();
        // The first line is a greeting.
        for line in answer.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            // Some old servers write `AUTH=LOGIN`.
            let line = line.replacen("AUTH=", "AUTH ", 1);
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("STARTTLS") => offers.start_tls = true,
                Some("8BITMIME") => offers.eight_bit = true,
                Some("SIZE") => {
                    offers.size = true;
                    let said = words.next().and_then(|word| word.parse().ok());
                    offers.bytes_max = said.filter(|bytes| *bytes > 0);
                }
                Some("AUTH") => offers.ways.extend(words.map(str::to_owned)),
                _ => {}
            }
        }
        offers
    }

    pub(crate) fn has_way(&self, way: &str) -> bool {
        self.ways.iter().any(|offered| offered == way)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &Offers) {
        let lines = std::iter::once("mx greets you").chain(lines.iter().copied());
        let answer = Answer { code: 250, lines: lines.map(str::to_owned).collect() };
        assert_eq!(Offers::of(&answer), *expected);
    }

    #[test]
    fn offers() {
        check(&[], &Offers::default());
        check(
            &[
                "PIPELINING",
                "size 35882577",
                "8BITMIME",
                "STARTTLS",
                "AUTH plain LOGIN",
                "AUTH=LOGIN",
            ],
            &Offers {
                start_tls: true,
                eight_bit: true,
                bytes_max: Some(35_882_577),
                size: true,
                ways: ["PLAIN", "LOGIN", "LOGIN"].map(str::to_owned).to_vec(),
            },
        );
        check(&["SIZE 0"], &Offers { size: true, ..Offers::default() });
        check(&["SIZE x", "XSTARTTLS"], &Offers { size: true, ..Offers::default() });
    }

    #[test]
    fn the_greeting_offers_nothing() {
        let answer = Answer { code: 250, lines: vec!["STARTTLS".to_owned()] };
        assert_eq!(Offers::of(&answer), Offers::default());
    }
}
