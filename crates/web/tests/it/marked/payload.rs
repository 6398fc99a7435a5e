//! Markup with a number in it, so that where it turns up tells where it came in.

use std::collections::BTreeSet;

/// What stands before and behind a number.
const HEAD: &str = "qx";
const TAIL: char = 'z';
/// What would be an element, an attribute and a script, wherever it is not escaped: short, for names of 40 characters.
pub(super) const MARKUP: &str = "\"><img src=x onerror=a>'<script>";

/// All that was brought in, with where, and which of it was seen.
#[derive(Debug, Default)]
pub(super) struct Payloads {
    brought: Vec<String>,
    seen: BTreeSet<usize>,
}

impl Payloads {
    /// One more, to be brought in there.
    pub(super) fn for_place(&mut self, place: &str) -> String {
        self.brought.push(place.to_owned());
        format!("{HEAD}{}{TAIL}{MARKUP}", self.brought.len() - 1)
    }

    /// One more, for a field that takes an address.
    pub(super) fn for_address(&mut self, place: &str) -> String {
        self.brought.push(place.to_owned());
        format!("javascript:alert(1)//{HEAD}{}{TAIL}", self.brought.len() - 1)
    }

    /// Looks for them in an answer.
    pub(super) fn look(&mut self, text: &str) {
        for after in text.split(HEAD).skip(1) {
            let digits = after.split(TAIL).next().unwrap_or_default();
            if let Ok(number) = digits.parse() {
                self.seen.insert(number);
            }
        }
    }

    /// Where something was brought in that no answer showed.
    pub(super) fn unseen(&self) -> impl Iterator<Item = &str> {
        // What one try did not bring in, another at the same place may have.
        let place = |number: &usize| self.brought.get(*number).map(String::as_str);
        let shown: BTreeSet<&str> = self.seen.iter().filter_map(place).collect();
        self.brought.iter().map(String::as_str).filter(move |place| !shown.contains(place))
    }

    pub(super) fn counts(&self) -> (usize, usize) {
        let places: BTreeSet<&String> = self.brought.iter().collect();
        let unseen: BTreeSet<&str> = self.unseen().collect();
        (places.len(), places.len() - unseen.len())
    }
}
