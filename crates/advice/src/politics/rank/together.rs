//! How much each is put together with others, by letters to several.
//!
//! Computes: `score(person) = Σ weight(letter)` over the letters a person is on, with `weight(letter)
//! = Σ count(person)` over the people on it, and `count(person)` on how many letters a person is: two
//! rounds of Kleinberg's hubs and authorities (1999) between letters and people.
//!
//! Misleads: where a team of equals writes to all of itself, since all of it comes out high.

use super::letters::Letters;

/// What letters to several show of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Together {
    /// The more, the higher; 0 for who is on no letter to several.
    pub(super) score: f64,
    /// On how many letters to several.
    pub(super) letters: f64,
}

/// One for each of the people.
pub(super) fn scores<P>(letters: &Letters<'_, P>) -> Vec<Together> {
    let mut found = vec![Together { score: 0.0, letters: 0.0 }; letters.people.len()];
    for who in letters.on.iter().flatten() {
        found[*who].letters += 1.0;
    }
    for people in &letters.on {
        let weight: f64 = people.iter().map(|who| found[*who].letters).sum();
        for who in people {
            found[*who].score += weight;
        }
    }
    found
}
