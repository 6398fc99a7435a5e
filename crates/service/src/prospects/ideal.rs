//! Whom the user can help best, in versions, beside what finished deals tell.

use inroad_model::{IdealClient, KeptEntry, Moment, Stage, StatedIdealClient};
use inroad_prospect::{ClosedDeal, check_ideal, once_each};
use inroad_store::DealStatus;

use crate::deeds::{Done, Inverse};
use crate::desk::Morning;
use crate::inroad::Inroad;
use crate::register::Register;
use crate::{Error, Result};

impl Inroad {
    /// All versions of the ideal client by a moment, oldest first; the last one counts.
    pub async fn ideal_clients(&self, at: Moment) -> Result<Vec<StatedIdealClient>> {
        let mut stated = self.store.ideal_clients().await?;
        stated.retain(|stated| stated.told_at.timestamp() <= at.timestamp());
        Ok(stated)
    }

    /// The one that counted at a moment; one without qualifiers where nothing was stated.
    pub async fn ideal_client(&self, at: Moment) -> Result<IdealClient> {
        let stated = self.ideal_clients(at).await?.pop();
        Ok(stated.map(|stated| stated.ideal).unwrap_or_default())
    }

    /// States it anew; the former versions stay.
    ///
    /// # Errors
    /// [`Error::Invalid`] for more qualifiers, words or codes than one keeps in mind.
    pub async fn state_ideal_client(&self, ideal: &IdealClient, at: Moment) -> Result<Done<()>> {
        check_ideal(ideal).map_err(|what| Error::Invalid { what })?;
        let before = self.ideal_client(at).await?;
        self.store.state_ideal_client(ideal, at).await?;
        let says = format!("The ideal client is stated, {}", counted(ideal.qualifiers.len()));
        let deed = self.keep_deed(None, &says, &Inverse::IdealClient { before }, at).await?;
        Ok(Done { what: (), deed })
    }
}

fn counted(qualifiers: usize) -> String {
    match qualifiers {
        0 => "without qualifiers".to_owned(),
        1 => "with one qualifier".to_owned(),
        n => format!("with {n} qualifiers"),
    }
}

impl Register {
    /// The finished deals with what is held to be so about their firms.
    pub fn closed_deals(&self, morning: &Morning, entries: &[KeptEntry]) -> Vec<ClosedDeal> {
        let kept = morning.deals.iter().filter(|stored| stored.status != DealStatus::Dismissed);
        let over = kept.filter_map(|stored| match stored.deal.stage {
            Some(Stage::Won) => Some((&stored.deal, true)),
            Some(Stage::Lost) => Some((&stored.deal, false)),
            _ => None,
        });
        // Several deals with one firm say one thing of it.
        once_each(
            over.map(|(deal, is_won)| {
                let accounts = self.accounts_of(deal);
                let held = accounts.iter().flat_map(|key| self.held_of(key, entries)).collect();
                let firm =
                    accounts.first().map_or_else(|| deal.id.to_string(), ToString::to_string);
                (firm, ClosedDeal { is_won, held })
            })
            .collect(),
        )
    }
}
