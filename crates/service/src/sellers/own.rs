//! What only the one whom it is about sees: whom they let look, what they offer, ask for and agreed.

use inroad_model::{KeptSellerWord, Moment, Remark, SellerWord, SellerWordNumber, Strength};
use serde::Serialize;

use super::helping::{Asked, AskedFor, asked_of};
use super::leave::GivenLeave;
use super::shares::Shared;
use crate::Result;
use crate::inroad::Inroad;
use crate::rights::Actor;

/// One's own words, but for the answers and what one practises.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnWords {
    /// Whom one lets look.
    pub leaves: Vec<GivenLeave>,
    /// Who could be given leave: the address and the name of everybody who works inside.
    pub colleagues: Vec<(String, String)>,
    /// What one offers: the number, with what, in which words.
    pub offers: Vec<(SellerWordNumber, Strength, Option<Remark>)>,
    /// What help one asks for.
    pub asked: Vec<Asked>,
    /// What one is asked for by others.
    pub asked_of_me: Vec<AskedFor>,
    /// Shares of commissions, one's own and those that others propose.
    pub shares: Vec<Shared>,
}

impl Inroad {
    pub(super) async fn own_words(
        &self,
        actor: &Actor,
        words: &[KeptSellerWord],
        at: Moment,
    ) -> Result<OwnWords> {
        let counting: Vec<&KeptSellerWord> =
            words.iter().filter(|kept| kept.counts_at(at)).collect();
        let offers = counting.iter().filter_map(|kept| match &kept.word {
            SellerWord::Offer { with, words } => Some((kept.number, *with, words.clone())),
            _ => None,
        });
        Ok(OwnWords {
            leaves: self.leaves_given(words).await?,
            colleagues: self.who_works_inside(actor).await?,
            offers: offers.collect(),
            asked: asked_of(&counting, actor),
            asked_of_me: self.asked_of_me(actor, at).await?,
            shares: self.shares_of(actor, at).await?,
        })
    }
}
