//! From places in a rank to the probability that one stands above the other.
//!
//! The model: standing and place in the rank are two marks of a person that go together with a
//! correlation ρ, as two normal variables do. Then of two people whose places are `d` apart the first
//! stands higher with probability `Φ(ρ d / √(2 (1 − ρ²)))`; with places as log-odds of the share
//! that is lower, and a logistic curve in place of the normal one, the same factor stands before the
//! difference of log-odds.
//!
//! A prior, not a fit: ρ² is taken as 1/2 for the mail of a whole firm, which says that who is put
//! together with whom shows half of standing, the other half being work, office and habit; and as 1/3
//! for one mailbox, in which the owner's own business decides who is put together. What few letters
//! show is worth less: of `n` letters that both are on together the share `n / (n + 5)` counts.
//! These three numbers were chosen among a dozen for each view, with the reliability of one company's
//! pairs in sight.
//!
//! Misleads: in firms where secretaries are on every letter of their chiefs, or where those at the
//! top do not write.

use std::cmp::Ordering;

/// How much of standing a whole firm's mail shows, from 0 to 1 (ρ²).
pub(super) const WORTH_FIRM: f64 = 0.5;
/// How much of it one mailbox shows.
pub(super) const WORTH_MAILBOX: f64 = 1.0 / 3.0;
/// Nothing shows standing itself.
const WORTH_MAX: f64 = 0.9;
/// With so many letters half of that is left to chance.
const LETTERS_HALF: f64 = 5.0;
/// Both together must be on so many letters to several before anything is said.
pub const SEEN_MIN: f64 = 3.0;

/// Where each stands among all, as the log-odds of the share that has a lower score; equals share
/// the middle of their places.
pub(super) fn places(scores: &[f64]) -> Vec<f64> {
    let mut order: Vec<f64> = scores.to_vec();
    order.sort_by(f64::total_cmp);
    let count = scores.len() as f64;
    let place = |score: &f64| {
        let lower = order.partition_point(|other| other.total_cmp(score) == Ordering::Less);
        let equal = order.partition_point(|other| other.total_cmp(score) != Ordering::Greater);
        // Never 0 or 1: somebody is always counted with half of oneself.
        let share = (lower + equal) as f64 / 2.0 / count;
        (share / (1.0 - share)).ln()
    };
    scores.iter().map(place).collect()
}

/// How much of standing so many letters of the two together show, by how much many would.
pub(super) fn worth(of_many: f64, letters: f64) -> f64 {
    of_many * letters / (letters + LETTERS_HALF)
}

/// The log-odds that one stands above another whose place is so much lower. `worth` is how much of
/// standing places show, from 0 to below 1.
pub(super) fn log_odds(difference: f64, worth: f64) -> f64 {
    let worth = worth.min(WORTH_MAX);
    difference * (worth / (2.0 * (1.0 - worth))).sqrt()
}

/// Log-odds as a probability.
pub(super) fn chance(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_equals_are_in_the_middle() {
        assert!(places(&[]).is_empty());
        assert!(places(&[4.0])[0].abs() < 1e-12);
        let found = places(&[1.0, 0.0, 1.0, 7.0]);
        assert!(found[0].abs() < 1e-12 && found[2].abs() < 1e-12, "{found:?}");
        assert!(found[3] > 0.0 && (found[3] + found[1]).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn more_letters_say_more() {
        let said = [0.0, 3.0, 10.0, 1e9].map(|letters| log_odds(2.0, worth(0.5, letters)));
        assert!(said[0].abs() < 1e-12 && said.is_sorted(), "{said:?}");
        // Half of standing: the factor is 1/√2.
        assert!((log_odds(2.0, 0.5) - 2.0_f64.sqrt()).abs() < 1e-12);
        assert!(log_odds(2.0, 2.0).is_finite());
        assert!((chance(0.0) - 0.5).abs() < 1e-12);
    }
}
