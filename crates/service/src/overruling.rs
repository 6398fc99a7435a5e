//! The user decides otherwise than advised, with a reason, and is asked once how it ended.

use inroad_model::{Advice, DealId, InvalidOverruling, Moment, Overruling, Remark, State};

use crate::{Error, Inroad, Result};

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It counts from now on in place of the advice.
    Own(Overruling),
    /// The user follows the advice again.
    Back(Advice),
}

/// A decision of which it is asked how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedOnce {
    /// The name of the deal.
    pub deal_name: String,
    /// The decision.
    pub overruling: Overruling,
}

impl Inroad {
    /// Takes the user's decision on a deal in place of the advice; the advice itself takes an
    /// earlier decision back.
    ///
    /// # Errors
    /// As [`Inroad::review_deal`]; [`Error::Invalid`] without a reason, for a decision that agrees,
    /// and against a stop; [`Error::Conflict`] for a deal that has ended.
    pub async fn overrule(
        &self,
        name: &str,
        chosen: Advice,
        because: &str,
        at: Moment,
    ) -> Result<Decision> {
        let review = self.review_deal(name, at).await?;
        let Some(deal) = review.deals.first() else {
            return Err(Error::NotFound { what: format!("'{name}' is not open yet") });
        };
        let advised = deal.overruled.as_ref().map_or(deal.advice, |own| own.advised);
        if deal.state == State::Closed && advised != Advice::Stop {
            return Err(Error::Conflict {
                what: format!("'{}' has ended; nothing is advised any more", deal.name),
            });
        }
        let invalid = |what: String| Error::Invalid { what };
        let because = Remark::new(because)
            .map_err(|_cause| invalid("Say why, in a few words that you will understand".into()))?;
        match Overruling::new(deal.id.clone(), at, advised, chosen, because) {
            Ok(overruling) => {
                self.store.add_overruling(&overruling).await?;
                Ok(Decision::Own(overruling))
            }
            Err(InvalidOverruling::Agrees)
                if self.store.withdraw_overruling(&deal.id, at).await? =>
            {
                Ok(Decision::Back(advised))
            }
            Err(error) => Err(invalid(error.to_string())),
        }
    }

    /// The decisions on deals that have ended meanwhile, without a word on how. Each is given once
    /// in its life.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn ask_how_it_ended(&self, at: Moment) -> Result<Vec<AskedOnce>> {
        let waiting = self.waiting_deals().await?;
        let ids: Vec<DealId> = waiting.iter().map(|deal| deal.id.clone()).collect();
        let asked = self.store.ask_overrulings(&ids, at).await?;
        let name = |id: &DealId| {
            let deal = waiting.iter().find(|deal| deal.id == *id);
            deal.map_or_else(|| id.to_string(), |deal| deal.name.clone())
        };
        Ok(asked
            .into_iter()
            .map(|overruling| AskedOnce { deal_name: name(overruling.deal()), overruling })
            .collect())
    }
}
