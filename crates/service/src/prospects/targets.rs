//! The target list: fifteen to twenty firms, and it stays so.

use inroad_model::{AccountKey, Entry, EntryNumber, KeptEntry, Moment, Remark, Subject};

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// With fewer, the list is not full yet.
pub const TARGETS_AT_LEAST: usize = 15;
/// More nobody can know well: the next one asks which one leaves.
pub const TARGETS_AT_MOST: usize = 20;

/// A firm that is worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The firm.
    pub key: AccountKey,
    /// The entry that says so.
    pub number: EntryNumber,
    /// Since when.
    pub since: Moment,
    /// Why it.
    pub because: Option<Remark>,
}

impl Target {
    /// The targets among entries that count, in the order in which they came.
    pub fn among(entries: &[KeptEntry]) -> Vec<Self> {
        let target = |kept: &KeptEntry| match (&kept.about, &kept.entry) {
            (Subject::Account(key), Entry::Target { because }) => Some(Self {
                key: key.clone(),
                number: kept.number,
                since: kept.told_at,
                because: because.clone(),
            }),
            _ => None,
        };
        entries.iter().filter_map(target).collect()
    }
}

impl Inroad {
    /// Puts a firm on the target list; of a full list one leaves for it.
    ///
    /// # Errors
    /// [`Error::Conflict`] if it is on the list, or the list is full and none leaves; [`Error::NotFound`]
    /// if the one that leaves is not on it; [`Error::Invalid`] for a firm that is left alone, a mail
    /// provider and the user's own house.
    pub async fn add_target(
        &self,
        key: &AccountKey,
        because: Option<Remark>,
        leaves: Option<&AccountKey>,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        self.must_be_a_firms(key).await?;
        let same = self.groups::<AccountKey>().await?.all_of(key);
        let entries = self.entries(at).await?;
        let is_left_alone = |kept: &KeptEntry| {
            matches!(kept.entry, Entry::LeaveAlone { .. })
                && matches!(&kept.about, Subject::Account(key) if same.contains(key))
        };
        if entries.iter().any(is_left_alone) {
            let what = format!("{key} is left alone; take that back first, if you may");
            return Err(Error::Invalid { what });
        }
        let targets = Target::among(&entries);
        if targets.iter().any(|target| same.contains(&target.key)) {
            return Err(Error::Conflict { what: format!("{key} is on the list already") });
        }
        let leaving = leaves.map(|leaves| {
            targets.iter().find(|target| target.key == *leaves).ok_or_else(|| Error::NotFound {
                what: format!("{leaves} is not on the target list"),
            })
        });
        let leaving = leaving.transpose()?;
        if leaving.is_none() && targets.len() >= TARGETS_AT_MOST {
            let what = format!(
                "The target list holds {TARGETS_AT_MOST}, as many as one can know well; say which one \
                 leaves for {key}"
            );
            return Err(Error::Conflict { what });
        }
        let entry = Entry::Target { because };
        let number = self.store.add_entry(&Subject::Account(key.clone()), &entry, at).await?;
        let (says, inverse) = match leaving {
            Some(left) => {
                self.store.withdraw_entry(left.number, at).await?;
                let inverse = Inverse::Targets { came: number, left: left.number };
                (format!("{key} is on the target list in the place of {}", left.key), inverse)
            }
            None => (format!("{key} is on the target list"), Inverse::Entry { number }),
        };
        let deed = self.keep_deed(None, &says, &inverse, at).await?;
        Ok(Done { what: number, deed })
    }

    /// Takes a firm off the target list; what is known of it stays.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it is not on it.
    pub async fn remove_target(&self, key: &AccountKey, at: Moment) -> Result<Done<()>> {
        let same = self.groups::<AccountKey>().await?.all_of(key);
        let targets = Target::among(&self.entries(at).await?);
        let Some(target) = targets.into_iter().find(|target| same.contains(&target.key)) else {
            return Err(Error::NotFound { what: format!("{key} is not on the target list") });
        };
        self.store.withdraw_entry(target.number, at).await?;
        let inverse = Inverse::EntryBack { number: target.number };
        let says = format!("{key} is off the target list");
        let deed = self.keep_deed(None, &says, &inverse, at).await?;
        Ok(Done { what: (), deed })
    }
}
