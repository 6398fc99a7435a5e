//! The politics of a deal in three short answers, as every face shows them.

use super::Politics;
use super::pointed::{Pointed, in_words};
use crate::wording::lower;

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told<'p> {
    /// What is asked.
    pub asks: &'static str,
    /// Who it is, best first; empty where it is not known.
    pub who: &'p [Pointed],
    /// What to say where it is not known.
    pub unknown: &'static str,
}

impl Politics {
    /// Who decides, who could move it, who is against it.
    pub fn told(&self) -> [Told<'_>; 3] {
        [
            Told {
                asks: "Who decides",
                who: self.decides.as_slice(),
                unknown: "Not known yet; it is worth asking",
            },
            Told {
                asks: "Who could move it",
                who: &self.moves,
                unknown: "Not known yet; nobody with both weight and good will has shown",
            },
            Told {
                asks: "Who is against it",
                who: self.against.as_slice(),
                unknown: "Nobody, as far as letters and notes tell",
            },
        ]
    }
}

impl Pointed {
    /// The name, how surely, and why: "Jana Lang, likely: you said so".
    pub fn in_words(&self) -> String {
        let surely = in_words(self.confidence);
        match self.why.as_str() {
            "" => format!("{}, {surely}", self.name),
            why => format!("{}, {surely}: {}", self.name, lower(why)),
        }
    }
}

#[cfg(test)]
mod tests {
    use inroad_model::Probability;

    use super::*;

    #[test]
    fn a_pointed_finger_says_how_sure_it_is() {
        let pointed = |confidence: f64| Pointed {
            email: "jana@lindner.example".parse().unwrap(),
            name: "Jana".to_owned(),
            confidence: Probability::clamped(confidence),
            why: "You said so".to_owned(),
            evidence: Vec::new(),
        };
        assert_eq!(pointed(0.6).in_words(), "Jana, likely: you said so");
        assert_eq!(pointed(0.1).in_words(), "Jana, a guess: you said so");
        let politics = Politics { moves: vec![pointed(0.4)], ..Politics::default() };
        assert_eq!(politics.told().map(|told| told.who.len()), [0, 1, 0]);
    }
}
