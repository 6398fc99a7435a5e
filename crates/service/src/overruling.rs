//! The user decides otherwise than advised, with a reason, and is asked once how it ended.

use inroad_advice::{DealReview, Review};
use inroad_model::{
    Advice, DealId, DeedNumber, InvalidOverruling, InvalidRemark, Moment, Overruling, Remark, State,
};

use crate::deeds::{Done, Inverse};
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
    ) -> Result<Done<Decision>> {
        let review = self.review_deal(name, at).await?;
        let deal = the_deal(&review, name)?;
        let advised = advised(deal);
        if deal.state == State::Closed && advised != Advice::Stop {
            return Err(Error::Conflict {
                what: format!("'{}' has ended; nothing is advised any more", deal.name),
            });
        }
        let invalid = |what: String| Error::Invalid { what };
        let because = Remark::new(because).map_err(|cause| {
            invalid(match cause {
                InvalidRemark::Empty => "Say why, in a few words that you will understand".into(),
                InvalidRemark::TooLong => cause.to_string(),
            })
        })?;
        match Overruling::new(deal.id.clone(), at, advised, chosen, because) {
            Ok(overruling) => {
                let before = self.own_decision(&deal.id, at).await?;
                self.store.add_overruling(&overruling).await?;
                let says = format!(
                    "{}: you decided to {}, where inroad said {}: {}",
                    deal.name,
                    chosen.in_words(),
                    advised.in_words(),
                    overruling.because()
                );
                let inverse = Inverse::Overruling { before };
                let deed = self.keep_deed(Some(&deal.id), &says, &inverse, at).await?;
                Ok(Done { what: Decision::Own(overruling), deed })
            }
            Err(InvalidOverruling::Agrees) => match self.follow_again(deal, at).await? {
                Some(deed) => Ok(Done { what: Decision::Back(advised), deed }),
                None => Err(invalid(InvalidOverruling::Agrees.to_string())),
            },
            Err(error @ InvalidOverruling::Stopped) => Err(invalid(error.to_string())),
        }
    }

    /// Takes back the user's decision that counts at that moment: the advice counts again. Returns
    /// that advice.
    ///
    /// # Errors
    /// As [`Inroad::review_deal`]; [`Error::NotFound`] if there is no decision.
    pub async fn take_overruling_back(&self, name: &str, at: Moment) -> Result<Done<Advice>> {
        let review = self.review_deal(name, at).await?;
        let deal = the_deal(&review, name)?;
        match self.follow_again(deal, at).await? {
            Some(deed) => Ok(Done { what: advised(deal), deed }),
            None => Err(Error::NotFound {
                what: format!(
                    "There is no decision of yours on '{}'; what inroad says counts",
                    deal.name
                ),
            }),
        }
    }

    /// Lets the advice count again; `None` where nothing else counted.
    async fn follow_again(&self, deal: &DealReview, at: Moment) -> Result<Option<DeedNumber>> {
        let before = self.own_decision(&deal.id, at).await?;
        if before.is_none() || !self.store.withdraw_overruling(&deal.id, at).await? {
            return Ok(None);
        }
        let says = format!("{}: back to what inroad says", deal.name);
        let inverse = Inverse::Overruling { before };
        self.keep_deed(Some(&deal.id), &says, &inverse, at).await.map(Some)
    }

    /// The user's decision that counts at a moment.
    async fn own_decision(&self, deal: &DealId, at: Moment) -> Result<Option<Overruling>> {
        let said = self.store.said(at).await?;
        Ok(said.overrulings.into_iter().find(|own| own.deal() == deal))
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

fn the_deal<'r>(review: &'r Review, name: &str) -> Result<&'r DealReview> {
    let missing = || Error::NotFound { what: format!("'{name}' is not open yet") };
    review.deals.first().ok_or_else(missing)
}

/// What the program says, whatever the user decided.
fn advised(deal: &DealReview) -> Advice {
    deal.overruled.as_ref().map_or(deal.advice, |own| own.advised)
}
