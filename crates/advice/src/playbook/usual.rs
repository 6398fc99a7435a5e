//! How often something is said where nothing is wrong, and what it tells that it is said more often, or less.
//!
//! Warm words stand in nearly every other letter, and a cue is read here and there where there is none; so a sign
//! is not that something is said, but that it is said oftener than in as many ordinary letters.
//!
//! Must not: know a cause.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use inroad_model::Cue;
use serde::Deserialize;

/// What is said less than so often, in all letters, tells little: the count is drawn towards the usual one.
const DRAWN: f64 = 0.5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Usual {
    /// How often each cue is read in an ordinary letter.
    per_letter: BTreeMap<String, f64>,
}

static USUAL: LazyLock<BTreeMap<String, f64>> = LazyLock::new(|| {
    // A test rules out that the shipped file is broken.
    let read = toml::from_str::<Usual>(include_str!("../../../../playbook/usual.toml"));
    read.map(|usual| usual.per_letter).unwrap_or_default()
});

/// How strong a sign it is that a cue is told so many times in so many letters: the logarithm of how much oftener
/// that is than usual, in units of what is said once and never else.
///
/// ```
/// use inroad_advice::playbook::usual::strength;
/// use inroad_model::Cue;
/// assert!(strength(Cue::TooDear, 1.0, 2.0) > 0.7);
/// assert!(strength(Cue::Warmth, 1.0, 6.0) < 0.0);
/// assert_eq!(strength(Cue::Warmth, 0.0, 0.0), 0.0);
/// ```
pub fn strength(cue: Cue, times: f64, letters: f64) -> f64 {
    let usual = USUAL.get(cue.as_str()).copied().unwrap_or_default();
    strength_beside(usual, times, letters)
}

/// The same where it is usually told so often in a letter.
pub fn strength_beside(usual: f64, times: f64, letters: f64) -> f64 {
    ((DRAWN + times) / (DRAWN + usual * letters)).ln() / ((DRAWN + 1.0) / DRAWN).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_known_of_each_cue_how_often_it_is_said() {
        for cue in Cue::ALL {
            let usual = USUAL.get(cue.as_str()).copied();
            assert!(usual.is_some_and(|usual| usual > 0.0 && usual < 1.0), "{cue:?} {usual:?}");
        }
        assert_eq!(USUAL.len(), Cue::ALL.len());
    }

    #[test]
    fn once_is_one_and_as_often_as_usual_is_nothing() {
        assert!((strength_beside(0.0, 1.0, 5.0) - 1.0).abs() < 1e-12);
        assert!(strength_beside(0.2, 1.0, 5.0).abs() < 1e-12);
        assert!(strength_beside(0.2, 0.0, 5.0) < 0.0);
        assert!(strength_beside(0.0, 3.0, 5.0) > 1.5);
    }
}
