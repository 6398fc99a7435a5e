//! Changing what is known of a deal, without losing what somebody else changed meanwhile.

use std::collections::BTreeSet;

use inroad_model::{Deal, DealId, Moment, Stage};
use inroad_store::{DealStatus, DealUpdate, StoredDeal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// One field of a deal with what it becomes; `None` is unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum DealField {
    /// Its name.
    Name(String),
    /// The organisation on the other side.
    Organization(Option<String>),
    /// How far it is.
    Stage(Option<Stage>),
    /// What it is worth, with the ISO 4217 code of the currency.
    Value(Option<f64>, Option<String>),
    /// The fee that was quoted.
    FeeQuoted(Option<f64>),
    /// The usual range of fees, the lower first.
    UsualFees(Option<(f64, f64)>),
    /// The day on which it was opened.
    Opened(Option<Date>),
    /// Whether it is a long-term account that must be handled with care.
    Ongoing(bool),
}

/// A deal as it is kept for an undo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptDeal {
    deal: Deal,
    status: String,
    known_as: BTreeSet<String>,
}

impl KeptDeal {
    fn of(stored: &StoredDeal) -> Self {
        Self {
            deal: stored.deal.clone(),
            status: stored.status.as_str().to_owned(),
            known_as: stored.known_as.clone(),
        }
    }

    pub(crate) fn into_stored(self) -> Result<StoredDeal> {
        Ok(StoredDeal { deal: self.deal, status: self.status.parse()?, known_as: self.known_as })
    }
}

impl Inroad {
    /// Changes one field of a deal. `seen` is the version that the user had before their eyes; `None`
    /// changes whatever is there.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for a value that cannot be; [`Error::Conflict`] if
    /// the deal was changed meanwhile, or has that value.
    pub async fn change_deal(
        &self,
        id: &DealId,
        field: DealField,
        seen: Option<&str>,
        at: Moment,
    ) -> Result<Done<StoredDeal>> {
        self.change_deal_at_once(id, vec![field], seen, at).await
    }

    /// Changes several fields of a deal in one deed, or none of them.
    ///
    /// # Errors
    /// As [`Inroad::change_deal`].
    pub async fn change_deal_at_once(
        &self,
        id: &DealId,
        fields: Vec<DealField>,
        seen: Option<&str>,
        at: Moment,
    ) -> Result<Done<StoredDeal>> {
        let before = self.stored_deal(id).await?;
        if seen.is_some_and(|seen| seen != before.version()) {
            return Err(changed_meanwhile(&before.deal.name));
        }
        let mut after = before.clone();
        let mut says = Vec::with_capacity(fields.len());
        for field in fields {
            let was = after.deal.clone();
            let said = write(&mut after.deal, field)?;
            // What is so already is not said to have changed.
            if after.deal != was {
                says.push(said);
            }
        }
        if after == before {
            return Err(Error::Conflict { what: format!("'{}' is so already", before.deal.name) });
        }
        let says = format!("{}: {}", after.deal.name, says.join(", "));
        self.put_deal(Some(&before), after, &says, at).await
    }

    /// A deal that the user types in.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a name; [`Error::Conflict`] if a deal has that name already.
    pub async fn add_deal(&self, deal: Deal, at: Moment) -> Result<Done<StoredDeal>> {
        let taken = match self.store.deal(&deal.id).await? {
            Some(stored) => Some(stored),
            None => self.store.deal_named(&deal.name).await?,
        };
        if let Some(stored) = taken {
            return Err(Error::Conflict {
                what: format!("There is a deal '{}' already", stored.deal.name),
            });
        }
        let says = format!("{}: a new deal", deal.name);
        let known_as = BTreeSet::new();
        let stored = StoredDeal { deal, status: DealStatus::Open, known_as };
        self.put_deal(None, stored, &says, at).await
    }

    async fn put_deal(
        &self,
        before: Option<&StoredDeal>,
        after: StoredDeal,
        says: &str,
        at: Moment,
    ) -> Result<Done<StoredDeal>> {
        let update = DealUpdate { stored: after.clone(), at, was_other: false };
        let seen = before.map(StoredDeal::version);
        if !self.store.put_deal_over(&update, seen.as_deref()).await? {
            return Err(changed_meanwhile(&update.stored.deal.name));
        }
        let inverse = Inverse::Deal {
            before: before.map(|stored| Box::new(KeptDeal::of(stored))),
            after: after.version(),
        };
        let deed = self.keep_deed(Some(&after.deal.id), says, &inverse, at).await?;
        Ok(Done { what: after, deed })
    }

    /// The one deal that is meant by a name, an id, or a part of one.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::Conflict`] if several are meant.
    pub async fn deal_called(&self, name: &str) -> Result<StoredDeal> {
        let kept = self.store.deals().await?;
        crate::deals::find(&kept, name).cloned()
    }

    /// A deal as it is kept now.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn stored_deal(&self, id: &DealId) -> Result<StoredDeal> {
        self.store.deal(id).await?.ok_or_else(|| Error::NotFound {
            what: format!("No deal is called '{id}'; 'inroad deals' lists them"),
        })
    }
}

pub(crate) fn changed_meanwhile(name: &str) -> Error {
    Error::Conflict {
        what: format!(
            "'{name}' was changed meanwhile, perhaps in another window. Nothing was overwritten: look at \
             it as it is now, and change it again"
        ),
    }
}

/// Writes a field; says what was done.
fn write(deal: &mut Deal, field: DealField) -> Result<String> {
    let invalid = |what: &str| Error::Invalid { what: what.to_owned() };
    let sums = |values: &[f64]| {
        let fit = values.iter().all(|value| value.is_finite() && (0.0..1e15).contains(value));
        if fit { Ok(()) } else { Err(invalid("Write a sum as a number, such as 48000")) }
    };
    Ok(match field {
        DealField::Name(name) => {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            if name.is_empty() {
                return Err(invalid("A deal needs a name"));
            }
            deal.name = name;
            "its name".to_owned()
        }
        DealField::Organization(organization) => {
            deal.organization = organization;
            "its organisation".to_owned()
        }
        DealField::Stage(stage) => {
            deal.stage = stage;
            deal.stage_since = None;
            format!("now at {}", stage.map_or("an unknown stage", Stage::in_words))
        }
        DealField::Value(value, currency) => {
            sums(value.as_slice())?;
            (deal.value, deal.currency) = (value, currency);
            "what it is worth".to_owned()
        }
        DealField::FeeQuoted(fee) => {
            sums(fee.as_slice())?;
            deal.fee_quoted = fee;
            "the fee that was quoted".to_owned()
        }
        DealField::UsualFees(range) => {
            if let Some((low, high)) = range {
                sums(&[low, high])?;
                if low > high {
                    return Err(invalid("Write the lower fee first"));
                }
            }
            deal.usual_fee_range = range;
            "the usual range of fees".to_owned()
        }
        DealField::Opened(day) => {
            deal.opened = day;
            "the day on which it was opened".to_owned()
        }
        DealField::Ongoing(ongoing) => {
            deal.ongoing_account = ongoing;
            let says = if ongoing { "an ongoing account" } else { "no ongoing account" };
            says.to_owned()
        }
    })
}
