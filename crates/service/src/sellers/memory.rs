//! What was counted of letters, in memory for as long as no mail comes in: a page waits for it once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use inroad_model::{EmailAddress, Moment};
use jiff::civil::Date;

use super::letters::AllLetters;
use super::record::Counted;
use crate::Result;
use crate::inroad::Inroad;

/// What is held; cloning is cheap and shares it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    held: Arc<Mutex<Held>>,
    /// One at a time counts: who comes meanwhile waits for what is being made.
    making: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct Held {
    /// Of which state of mail and people.
    version: String,
    letters: Option<Arc<AllLetters>>,
    by_seller: BTreeMap<(Option<EmailAddress>, Date), Arc<Counted>>,
}

/// So many people and days are held; then all are counted anew.
const HELD_MAX: usize = 64;

impl Memory {
    fn look<T>(&self, version: &str, look: impl FnOnce(&mut Held) -> T) -> T {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.version != version {
            *held = Held { version: version.to_owned(), ..Held::default() };
        }
        look(&mut held)
    }
}

impl Inroad {
    /// A text that stays the same as long as nothing changes of what is counted: mail and people, who
    /// works here, and which deals there are.
    pub(super) async fn selling_version(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.store.people_version().await?.as_bytes());
        for kept in self.members().await? {
            hasher.update(kept.member.email().as_str().as_bytes()).update(&[0]);
        }
        for stored in self.store.deals().await?.iter() {
            let line = format!("{} {}", stored.deal.id, stored.status.as_str());
            hasher.update(line.as_bytes()).update(&[0]);
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// All letters of the present state of the data file.
    pub(super) async fn letters_held(&self, version: &str) -> Result<Arc<AllLetters>> {
        if let Some(letters) = self.selling.look(version, |held| held.letters.clone()) {
            return Ok(letters);
        }
        let letters = Arc::new(self.all_letters().await?);
        self.selling.look(version, |held| held.letters = Some(Arc::clone(&letters)));
        Ok(letters)
    }

    /// What was counted of somebody's letters as of a day.
    pub(super) async fn counted(
        &self,
        whose: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Arc<Counted>> {
        let key = (whose.cloned(), at.date());
        let version = self.selling_version().await?;
        let look = || self.selling.look(&version, |held| held.by_seller.get(&key).cloned());
        if let Some(counted) = look() {
            return Ok(counted);
        }
        let _making = self.selling.making.lock().await;
        if let Some(counted) = look() {
            return Ok(counted);
        }
        let letters = self.letters_held(&version).await?;
        let counted = Arc::new(self.count_letters(whose, &letters, at).await?);
        self.selling.look(&version, |held| {
            if held.by_seller.len() >= HELD_MAX {
                held.by_seller.clear();
            }
            held.by_seller.insert(key.clone(), Arc::clone(&counted));
        });
        Ok(counted)
    }
}
