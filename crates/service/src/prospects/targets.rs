//! The target list: fifteen to twenty firms, and it stays so.

use inroad_model::{AccountKey, Entry, EntryNumber, KeptEntry, Moment, Remark, Subject};

use super::AccountGiven;
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
    /// Puts a firm on the target list; of a full list one leaves for it. A new firm is written down with
    /// it, and goes with it when that is undone.
    ///
    /// # Errors
    /// [`Error::Conflict`] if it is on the list, or the list is full and none leaves; [`Error::NotFound`]
    /// if the one that leaves is not on it; [`Error::Invalid`] for a firm that is left alone, a mail
    /// provider and the user's own house.
    pub async fn add_target(
        &self,
        firm: &AccountGiven,
        because: Option<Remark>,
        leaves: Option<&AccountKey>,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let key = &firm.key()?;
        self.must_be_a_firms(key).await?;
        let groups = self.groups::<AccountKey>().await?;
        if self.is_firm_left_alone(key, at).await? {
            let what = format!("{key} is left alone; take that back first, if you may");
            return Err(Error::Invalid { what });
        }
        let targets = Target::among(&self.entries(at).await?);
        if targets.iter().any(|target| groups.is_one_firm(&target.key, key)) {
            return Err(Error::Conflict { what: format!("{key} is on the list already") });
        }
        let leaving = leaves.map(|leaves| {
            targets.iter().find(|target| groups.is_one_firm(&target.key, leaves)).ok_or_else(|| {
                Error::NotFound { what: format!("{leaves} is not on the target list") }
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
        let account = match firm {
            AccountGiven::New(account) => Some(self.store.add_account(account, at).await?),
            AccountGiven::Known(_) => None,
        };
        let entry = Entry::Target { because };
        let number = self.store.add_entry(&Subject::Account(key.clone()), &entry, at).await?;
        let (says, left) = match leaving {
            Some(left) => {
                self.store.withdraw_entry(left.number, at).await?;
                let says = format!("{key} is on the target list in the place of {}", left.key);
                (says, Some(left.number))
            }
            None => (format!("{key} is on the target list"), None),
        };
        let inverse = Inverse::Target { came: number, left, account };
        let deed = self.keep_deed(None, &says, &inverse, at).await?;
        Ok(Done { what: number, deed })
    }

    /// Takes a firm off the target list; what is known of it stays.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it is not on it.
    pub async fn remove_target(&self, key: &AccountKey, at: Moment) -> Result<Done<()>> {
        let groups = self.groups::<AccountKey>().await?;
        let targets = Target::among(&self.entries(at).await?);
        let is_meant = |target: &Target| groups.is_one_firm(&target.key, key);
        let Some(target) = targets.into_iter().find(is_meant) else {
            return Err(Error::NotFound { what: format!("{key} is not on the target list") });
        };
        self.store.withdraw_entry(target.number, at).await?;
        let inverse = Inverse::TargetBack { number: target.number, key: target.key };
        let says = format!("{key} is off the target list");
        let deed = self.keep_deed(None, &says, &inverse, at).await?;
        Ok(Done { what: (), deed })
    }

    /// Undoes that a firm was taken off the list, where it may come back.
    pub(crate) async fn put_target_back(
        &self,
        number: EntryNumber,
        key: &AccountKey,
        at: Moment,
    ) -> Result<()> {
        let groups = self.groups::<AccountKey>().await?;
        let targets = Target::among(&self.entries(at).await?);
        let conflict = |what: String| Err(Error::Conflict { what });
        if targets.iter().any(|target| groups.is_one_firm(&target.key, key)) {
            return conflict(format!("{key} is on the list again already"));
        }
        if targets.len() >= TARGETS_AT_MOST {
            return conflict(
                "The list is full by now; put it on anew, and say which one leaves".to_owned(),
            );
        }
        if self.is_firm_left_alone(key, at).await? {
            return conflict(format!("{key} is left alone by now"));
        }
        self.store.restore_entry(number, at).await?;
        Ok(())
    }
}
