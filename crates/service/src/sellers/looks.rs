//! A look at somebody's selling: each part that whoever looks may see, and no other.

use inroad_model::{EmailAddress, KeptSellerWord, Moment, SellerPart};
use serde::Serialize;

use super::goals::Goals;
use super::own::OwnWords;
use super::profile::Profile;
use super::put_off::PutOffs;
use crate::Result;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};

/// What is seen of somebody who sells. A part that is `None` is not open to whoever looks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Selling {
    /// What they are called.
    pub name: String,
    /// Whether it is one's own.
    pub is_own: bool,
    /// As of which moment.
    pub as_of: Moment,
    /// What they say, and what is seen.
    pub profile: Option<Profile>,
    /// What they put off.
    pub reluctance: Option<PutOffs>,
    /// What they practise.
    pub goals: Option<Goals>,
    /// What only they see: whom they let look, what they offer, ask for and agreed.
    pub own: Option<OwnWords>,
}

impl Inroad {
    /// A look at one's own.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`] to whom does not sell.
    pub async fn my_selling(&self, actor: &Actor, at: Moment) -> Result<Selling> {
        actor.must(Right::Selling)?;
        let whose = actor.signs().cloned();
        let words = self.store.seller_words_of(whose.as_ref()).await?;
        self.selling(actor, whose.as_ref(), &words, at).await
    }

    /// A look at what somebody gave leave for.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`] without any.
    pub async fn selling_of(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        at: Moment,
    ) -> Result<Selling> {
        let (whose, words) = self.open_words(actor, email, None).await?;
        self.selling(actor, whose.as_ref(), &words, at).await
    }

    async fn selling(
        &self,
        actor: &Actor,
        whose: Option<&EmailAddress>,
        words: &[KeptSellerWord],
        at: Moment,
    ) -> Result<Selling> {
        let sees = |part| actor.sees(whose, part, words);
        let counting: Vec<KeptSellerWord> =
            words.iter().filter(|kept| kept.counts_at(at)).cloned().collect();
        let counted = self.counted(whose, at).await?;
        let desk = self.desk_of(whose, &counted, at).await?;
        let (is_own, is_whole) = (actor.did(whose), whose.is_none());
        let profile = sees(SellerPart::Profile).then(|| {
            Profile::of(&counting, Self::seen_of(&counted, &desk, is_whole, at), is_whole)
        });
        let reluctance = if sees(SellerPart::Reluctance) {
            Some(self.put_offs(&counted.all, &counted, &desk, is_own, is_whole, at).await?)
        } else {
            None
        };
        let goals = if sees(SellerPart::Goals) {
            Some(self.goals(&counting, &counted, &desk, at).await?)
        } else {
            None
        };
        let own = if is_own { Some(self.own_words(actor, words, at).await?) } else { None };
        let name = self.name_here(whose).await?;
        Ok(Selling { name, is_own, as_of: at, profile, reluctance, goals, own })
    }
}
