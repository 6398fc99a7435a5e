//! Where the user decided otherwise than advised, and why.

use serde::{Deserialize, Serialize};

use crate::{Advice, DealId, Moment, Remark};

/// A person's decision against the advice. It always differs from the advice, and never takes the
/// place of [`Advice::Stop`]: who asked for no more mail gets none, whoever decides what.
///
/// ```
/// use inroad_model::{Advice, Overruling, Remark};
/// let because = Remark::new("I met her at the fair").unwrap();
/// let (id, at) = ("d1".to_owned().try_into().unwrap(), "2026-03-02T09:00:00Z".parse().unwrap());
/// let mine = Overruling::new(id, at, Advice::LetGo, Advice::Pursue, because.clone()).unwrap();
/// assert_eq!((mine.advised(), mine.chosen()), (Advice::LetGo, Advice::Pursue));
/// assert!(Overruling::new(mine.deal().clone(), at, Advice::Wait, Advice::Wait, because).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Overruling {
    deal: DealId,
    at: Moment,
    advised: Advice,
    chosen: Advice,
    because: Remark,
}

/// Why a decision is no overruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOverruling {
    /// It agrees.
    #[error("That is what inroad advises already")]
    Agrees,
    /// They asked for no more mail.
    #[error("They asked for no more mail, and that is kept whatever else is decided")]
    Stopped,
}

impl Overruling {
    /// A decision of that moment.
    ///
    /// # Errors
    /// [`InvalidOverruling`] if it agrees with the advice, or the advice was to stop.
    pub fn new(
        deal: DealId,
        at: Moment,
        advised: Advice,
        chosen: Advice,
        because: Remark,
    ) -> Result<Self, InvalidOverruling> {
        match (advised, chosen) {
            (Advice::Stop, _) => Err(InvalidOverruling::Stopped),
            (advised, chosen) if advised == chosen => Err(InvalidOverruling::Agrees),
            _ => Ok(Self { deal, at, advised, chosen, because }),
        }
    }

    /// The same decision, told anew at a moment.
    #[must_use]
    pub fn told_again(mut self, at: Moment) -> Self {
        self.at = at;
        self
    }

    /// The deal.
    pub fn deal(&self) -> &DealId {
        &self.deal
    }

    /// When it was decided.
    pub fn at(&self) -> Moment {
        self.at
    }

    /// What the program advised.
    pub fn advised(&self) -> Advice {
        self.advised
    }

    /// What the person chose.
    pub fn chosen(&self) -> Advice {
        self.chosen
    }

    /// Why.
    pub fn because(&self) -> &Remark {
        &self.because
    }
}

/// The fields as they are written down.
#[derive(Deserialize)]
struct Unchecked {
    deal: DealId,
    at: Moment,
    advised: Advice,
    chosen: Advice,
    because: Remark,
}

impl TryFrom<Unchecked> for Overruling {
    type Error = InvalidOverruling;

    fn try_from(read: Unchecked) -> Result<Self, InvalidOverruling> {
        Self::new(read.deal, read.at, read.advised, read.chosen, read.because)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_checked_when_it_is_read() {
        let because = Remark::new("I know them").unwrap();
        let deal = DealId::new("d1").unwrap();
        let at = "2026-03-02T09:00:00+01:00".parse().unwrap();
        let mine = Overruling::new(deal, at, Advice::LetGo, Advice::Wait, because).unwrap();
        let json = serde_json::to_string(&mine).unwrap();
        assert_eq!(serde_json::from_str::<Overruling>(&json).unwrap(), mine);
        for advised in ["wait", "stop"] {
            let wrong = json.replace("let_go", advised);
            assert!(serde_json::from_str::<Overruling>(&wrong).is_err(), "{wrong}");
        }
    }
}
