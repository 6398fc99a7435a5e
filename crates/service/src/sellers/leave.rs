//! Whom one lets look, and who lets one look.

use inroad_model::{
    EmailAddress, KeptSellerWord, Moment, SellerPart, SellerWord, SellerWordNumber,
};
use serde::Serialize;

use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// A leave that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenLeave {
    /// The word that gives it.
    pub number: SellerWordNumber,
    /// What who may look is called.
    pub to: String,
    /// At what.
    pub part: SellerPart,
    /// Since when.
    pub since: Moment,
}

/// Somebody who lets one look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenToMe {
    /// Their address.
    pub email: EmailAddress,
    /// What they are called.
    pub name: String,
    /// At what.
    pub parts: Vec<SellerPart>,
}

impl Inroad {
    /// All words about somebody's selling, for who sees at least one part of it or the one named.
    ///
    /// # Errors
    /// [`Error::Forbidden`], in the same words whether they work here or not.
    pub(super) async fn open_words(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        part: Option<SellerPart>,
    ) -> Result<(Option<EmailAddress>, Vec<KeptSellerWord>)> {
        actor.must(Right::Inside)?;
        let closed = || Error::Forbidden {
            what: format!("{email} gave you no leave to look at this; only they can"),
        };
        let other = self.inside(email).await.map_err(|error| match error {
            Error::NotFound { .. } => closed(),
            other => other,
        })?;
        let whose = other.signs().cloned();
        let words = self.store.seller_words_of(whose.as_ref()).await?;
        let sees = |part: SellerPart| actor.sees(whose.as_ref(), part, &words);
        let is_open = part.map_or_else(|| SellerPart::ALL.iter().any(|part| sees(*part)), sees);
        if is_open && other.may(Right::Selling) { Ok((whose, words)) } else { Err(closed()) }
    }

    /// The leaves that somebody gave and that stand.
    pub(super) async fn leaves_given(&self, words: &[KeptSellerWord]) -> Result<Vec<GivenLeave>> {
        let mut given = Vec::new();
        for kept in words.iter().filter(|kept| kept.withdrawn_at.is_none()) {
            if let SellerWord::Leave { to, part } = &kept.word {
                given.push(GivenLeave {
                    number: kept.number,
                    to: self.name_here(to.as_ref()).await?,
                    part: *part,
                    since: kept.told_at,
                });
            }
        }
        Ok(given)
    }

    /// Who lets somebody look, by name.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whom does not work here.
    pub async fn open_to(&self, actor: &Actor) -> Result<Vec<OpenToMe>> {
        actor.must(Right::Inside)?;
        let words = self.store.seller_words_of_kind("leave").await?;
        let mut open = Vec::new();
        for other in self.sellers().await? {
            let whose = other.signs();
            let Some(email) = other.email().filter(|_| !actor.did(whose)) else { continue };
            let parts: Vec<SellerPart> = SellerPart::ALL
                .iter()
                .copied()
                .filter(|part| actor.sees(whose, *part, &words))
                .collect();
            if !parts.is_empty() {
                open.push(OpenToMe { email: email.clone(), name: other.name().to_owned(), parts });
            }
        }
        open.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(open)
    }

    /// The address and the name of everybody else who works inside and could be asked.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whom does not work here.
    pub async fn who_works_inside(&self, actor: &Actor) -> Result<Vec<(String, String)>> {
        actor.must(Right::Inside)?;
        let others = self.colleagues().await?.into_iter();
        Ok(others
            .filter(|other| !actor.did(other.signs()))
            .filter_map(|other| Some((other.email()?.to_string(), other.name().to_owned())))
            .collect())
    }

    /// Everybody who sells here now, whose data file it is among them.
    pub(super) async fn sellers(&self) -> Result<Vec<Actor>> {
        let mut sellers = self.colleagues().await?;
        sellers.retain(|actor| actor.may(Right::Selling));
        Ok(sellers)
    }

    /// Everybody who works inside now, whose data file it is first.
    pub(super) async fn colleagues(&self) -> Result<Vec<Actor>> {
        let me = self.myself().await?.map(|myself| myself.seller.emails).unwrap_or_default();
        let members = self.members().await?.into_iter();
        let here = members.filter(|kept| kept.left_at.is_none()).map(|kept| kept.member);
        let others = here.filter(|member| !me.contains(member.email())).map(Actor::member);
        let mut all = vec![self.owner().await?];
        all.extend(others.filter(|actor| actor.may(Right::Inside)));
        Ok(all)
    }

    /// What somebody is called here; `None` is whose data file it is.
    pub(super) async fn name_here(&self, email: Option<&EmailAddress>) -> Result<String> {
        let Some(email) = email else { return Ok(self.owner().await?.name().to_owned()) };
        let members = self.members().await?;
        let found = members.iter().find(|kept| kept.member.email() == email);
        Ok(found.map_or_else(|| email.to_string(), |kept| kept.member.name().to_owned()))
    }
}
