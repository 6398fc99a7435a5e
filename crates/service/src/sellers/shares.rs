//! How a commission is shared: proposed by whose deal it is, and holding when the other has agreed.

use inroad_model::{
    CommissionShare, DealId, EmailAddress, KeptSellerWord, Moment, Remark, SellerWord,
    SellerWordNumber,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::deeds::Done;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// A share that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareAsked {
    /// Of which deal.
    pub deal: DealId,
    /// With whom.
    pub with: EmailAddress,
    /// Their share.
    pub share: CommissionShare,
    /// Since when.
    pub since: Date,
    /// What else is agreed.
    pub words: Option<Remark>,
}

/// A share, as either of the two sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// The word that proposes it.
    pub number: SellerWordNumber,
    /// The deal; only whose data file it is has it.
    pub deal: Option<DealId>,
    /// What the deal is called.
    pub called: String,
    /// Who proposes.
    pub from: String,
    /// With whom.
    pub with: String,
    /// Their share, in percent.
    pub percent: u8,
    /// Since when.
    pub since: Date,
    /// What else is agreed.
    pub words: Option<Remark>,
    /// When the other agreed; `None` while it does not hold.
    pub agreed_at: Option<Moment>,
    /// Whether whoever looks may agree.
    pub is_mine_to_agree: bool,
}

impl Inroad {
    /// Proposes how to share the commission of a deal. Its name is told to the other.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but to whose deal it is; [`Error::NotFound`]; [`Error::Invalid`] for a share
    /// with oneself; [`Error::Conflict`] while another with the same person counts.
    pub async fn share_commission(
        &self,
        actor: &Actor,
        asked: ShareAsked,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Mailbox)?;
        let called = self.stored_deal(&asked.deal).await?.deal.name;
        let other = self.inside(&asked.with).await?;
        if other.is_owner() {
            return Err(Error::Invalid {
                what: "Name somebody else; what you do not share is yours".to_owned(),
            });
        }
        let is_same = |kept: &KeptSellerWord| {
            matches!(&kept.word, SellerWord::Share { deal, with, .. }
                if *deal == asked.deal && *with == asked.with)
        };
        if self.counting_words(None, at).await?.iter().any(is_same) {
            let what = "A share with them is proposed already; take it back first".to_owned();
            return Err(Error::Conflict { what });
        }
        let ShareAsked { deal, with, share, since, words } = asked;
        let word = SellerWord::Share { deal, called, with, share, since, words };
        self.keep_seller_word(actor, None, &word, "A share of a commission is proposed", at).await
    }

    /// Agrees to a share that was proposed to one.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whom does not work here; [`Error::NotFound`] if none of that number waits
    /// for them.
    pub async fn agree_to_share(
        &self,
        actor: &Actor,
        share: SellerWordNumber,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Inside)?;
        let shares = self.shares_of(actor, at).await?;
        if !shares.iter().any(|shared| shared.number == share && shared.is_mine_to_agree) {
            let what = "No share of that number waits for your word".to_owned();
            return Err(Error::NotFound { what });
        }
        let word = SellerWord::Agreed { share };
        self.keep_seller_word(actor, actor.signs(), &word, "You agreed to a share", at).await
    }

    /// The shares that concern somebody, in their order.
    pub(super) async fn shares_of(&self, actor: &Actor, at: Moment) -> Result<Vec<Shared>> {
        let agreed = self.store.seller_words_of_kind("agreed").await?;
        let mut shares = Vec::new();
        for kept in self.store.seller_words_of_kind("share").await? {
            let SellerWord::Share { deal, called, with, share, since, words } = &kept.word else {
                continue;
            };
            let is_theirs = actor.did(Some(with));
            if !kept.counts_at(at) || !(is_theirs || actor.did(kept.whose.as_ref())) {
                continue;
            }
            let agreed_at = agreed.iter().find_map(|word| {
                let is_own = word.by.as_ref() == Some(with) && word.counts_at(at);
                let is_of =
                    matches!(word.word, SellerWord::Agreed { share } if share == kept.number);
                (is_own && is_of).then_some(word.told_at)
            });
            shares.push(Shared {
                number: kept.number,
                deal: Some(deal.clone()).filter(|_| actor.is_owner()),
                called: called.clone(),
                from: self.name_here(kept.whose.as_ref()).await?,
                with: self.name_here(Some(with)).await?,
                percent: share.percent(),
                since: *since,
                words: words.clone(),
                agreed_at,
                is_mine_to_agree: is_theirs && agreed_at.is_none(),
            });
        }
        Ok(shares)
    }

    /// The shares of commissions that others proposed to one, or one proposed.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whom does not work here.
    pub async fn my_shares(&self, actor: &Actor, at: Moment) -> Result<Vec<Shared>> {
        actor.must(Right::Inside)?;
        self.shares_of(actor, at).await
    }
}
