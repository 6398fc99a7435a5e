//! What the user tells of people that no letter says: told, taken back, listed, and laid beside the
//! deals that it bears on.

mod bearing;
mod near_spelling;
mod who;

use inroad_model::{
    Deal, EmailAddress, Insight, InsightNumber, KeptInsight, Known, Moment, Seller, TieKind,
};
use inroad_store::DealStatus;
use serde::Serialize;

use crate::deeds::{Done, Inverse};
use crate::people::Aliases;
use crate::{Error, Inroad, Result};

pub(crate) use bearing::{add_insights, bears_on, hold_at};

/// What became of something told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// How it is kept.
    #[serde(flatten)]
    pub kept: KeptInsight,
    /// What was said of the same thing before, and holds no more.
    pub instead_of: Option<Insight>,
    /// The names of the deals that it bears on.
    pub deals: Vec<String>,
}

/// What became of something taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Untold {
    /// What was taken back.
    #[serde(flatten)]
    pub kept: KeptInsight,
    /// What was said of the same thing before, and holds again.
    pub holds_again: Option<Insight>,
}

impl Inroad {
    /// Takes the user's word. What was said of the same thing before holds no more while this counts.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a tie of somebody to themselves, and for what is no knowledge of the
    /// other side; [`Error::NotFound`] for people of whom nothing was ever seen.
    pub async fn tell(&self, insight: &Insight) -> Result<Told> {
        let seller = self.seller().await?.unwrap_or_default();
        let aliases = self.aliases().await?;
        self.must_be_tellable(&insight.known, &seller, &aliases).await?;
        let before = self.told(insight.at).await?;
        let instead_of =
            before.into_iter().find(|kept| insight.known.replaces(&kept.insight.known));
        let number = self.store.add_insight(insight).await?;
        Ok(Told {
            kept: KeptInsight {
                number,
                withdrawn_at: None,
                away: Vec::new(),
                insight: insight.clone(),
            },
            instead_of: instead_of.map(|kept| kept.insight),
            deals: self.deals_borne_on(&insight.known, &seller, &aliases).await?,
        })
    }

    /// Refuses what says nothing of people on the other side, and people of whom nothing was ever seen.
    async fn must_be_tellable(
        &self,
        known: &Known,
        seller: &Seller,
        aliases: &Aliases,
    ) -> Result<()> {
        tells_something(known, seller, aliases)?;
        for email in known.people() {
            self.must_be_known(email, seller).await?;
        }
        Ok(())
    }

    /// Refuses what could not be told of a deal: what [`Inroad::tell`] refuses, what bears on nobody of the
    /// deal, and what was told already.
    pub(crate) async fn must_bear_on(&self, known: &Known, deal: &Deal, at: Moment) -> Result<()> {
        let seller = self.seller().await?.unwrap_or_default();
        let aliases = self.aliases().await?;
        self.must_be_tellable(known, &seller, &aliases).await?;
        let canonical = aliases.canonical(&seller, std::slice::from_ref(deal));
        if !bears_on(known, deal, &canonical) {
            let what = format!("That is about nobody of '{}'", deal.name);
            return Err(Error::Invalid { what });
        }
        if self.told(at).await?.iter().any(|told| told.insight.known == *known) {
            return Err(Error::Conflict { what: "That is known already".to_owned() });
        }
        Ok(())
    }

    /// Takes one back, or the last one told that still counts. What was said of the same thing before
    /// holds again.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::Conflict`] if it was taken back before.
    pub async fn untell(&self, number: Option<InsightNumber>, at: Moment) -> Result<Untold> {
        let all = self.store.insights().await?;
        let wanted = match number {
            Some(number) => all.into_iter().find(|kept| kept.number == number),
            None => all.into_iter().rfind(|kept| kept.withdrawn_at.is_none()),
        };
        let Some(kept) = wanted else {
            let what = number.map_or_else(
                || "There is nothing to take back".to_owned(),
                |number| {
                    format!("Nothing was told as {number}; 'inroad tell --list' shows what was")
                },
            );
            return Err(Error::NotFound { what });
        };
        let held_before = self.told(at).await?.iter().any(|held| held.number == kept.number);
        if !self.store.withdraw_insight(kept.number, at).await? {
            let what = format!("{} was taken back before", kept.number);
            return Err(Error::Conflict { what });
        }
        let holds = self.told(at).await?.into_iter();
        let same = |other: &KeptInsight| kept.insight.known.replaces(&other.insight.known);
        let holds_again = holds.map(|held| (same(&held), held.insight)).find(|(same, _)| *same);
        let holds_again = holds_again.map(|(_, insight)| insight).filter(|_| held_before);
        Ok(Untold { kept: KeptInsight { withdrawn_at: Some(at), ..kept }, holds_again })
    }

    /// As [`Inroad::tell`], with an undo.
    ///
    /// # Errors
    /// As [`Inroad::tell`].
    pub async fn tell_at_desk(&self, insight: &Insight) -> Result<Done<Told>> {
        let told = self.tell(insight).await?;
        let inverse = Inverse::Insight { number: told.kept.number };
        let says = format!("Noted: {}", insight.known.in_words(EmailAddress::to_string));
        let deed = self.keep_deed(None, &says, &inverse, insight.at).await?;
        Ok(Done { what: told, deed })
    }

    /// As [`Inroad::untell`], with an undo.
    ///
    /// # Errors
    /// As [`Inroad::untell`].
    pub async fn untell_at_desk(&self, number: InsightNumber, at: Moment) -> Result<Done<Untold>> {
        let untold = self.untell(Some(number), at).await?;
        let known = &untold.kept.insight.known;
        let says = format!("Taken back: {}", known.in_words(EmailAddress::to_string));
        let deed = self.keep_deed(None, &says, &Inverse::InsightBack { number }, at).await?;
        Ok(Done { what: untold, deed })
    }

    /// What held of it at a moment, oldest first.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn told(&self, as_of: Moment) -> Result<Vec<KeptInsight>> {
        Ok(hold_at(self.store.insights().await?, as_of))
    }

    /// The deals that are proposed or open and have one of the people.
    async fn deals_borne_on(
        &self,
        known: &Known,
        seller: &Seller,
        aliases: &Aliases,
    ) -> Result<Vec<String>> {
        let stored = self.store.deals().await?;
        let in_use = stored.iter().filter(|stored| stored.status != DealStatus::Dismissed);
        let deals: Vec<Deal> = in_use.map(|stored| stored.deal.clone()).collect();
        let canonical = aliases.canonical(seller, &deals);
        let borne_on = deals.into_iter().filter(|deal| bears_on(known, deal, &canonical));
        Ok(borne_on.map(|deal| deal.name).collect())
    }
}

/// Refuses what says nothing about people of the other side.
fn tells_something(known: &Known, seller: &Seller, aliases: &Aliases) -> Result<()> {
    let is_ours =
        |email: &EmailAddress| aliases.all_of(email).iter().any(|one| seller.is_ours(one));
    let refused = |what: String| Err(Error::Invalid { what });
    match known {
        Known::Tie { from, to, .. } if aliases.all_of(from).contains(to) => {
            refused(format!("{from} and {to} are one person's; a tie is between two people"))
        }
        Known::Tie { from, to, .. } if is_ours(from) && is_ours(to) => refused(format!(
            "{from} and {to} are both of your own house; tell of the people on the other side"
        )),
        Known::Tie { from, kind, to } if is_ours(from) || is_ours(to) => match kind {
            TieKind::Knows | TieKind::Trusts => Ok(()),
            _ => refused(format!(
                "{} is of your own house; of that one you can tell whom they know and whom they \
                 trust, and who knows and trusts them",
                if is_ours(from) { from } else { to }
            )),
        },
        Known::Person { who, .. } if is_ours(who) => {
            refused(format!("{who} is of your own house; tell of the people on the other side"))
        }
        Known::Tie { .. } | Known::Person { .. } => Ok(()),
    }
}
