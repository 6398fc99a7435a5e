//! The first minutes with a data file: is anything there, and who could the user be?

use std::collections::BTreeMap;
use std::sync::Arc;

use inroad_model::{EmailAddress, Issue};
use inroad_store::FileState;
use tokio::sync::Mutex;

use crate::Result;
use crate::deeds::Inverse;
use crate::inroad::Inroad;
use crate::owner::is_sent_folder;

/// Somebody who could be the user, with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerCandidate {
    /// The address.
    pub email: EmailAddress,
    /// The name, if one was seen.
    pub name: Option<String>,
    /// Letters that it wrote.
    pub wrote: u64,
    /// Letters that it received.
    pub received: u64,
    /// Letters of it that lay in a folder of sent mail.
    pub in_sent: u64,
    /// That folder, as the user knows it.
    pub sent_folder: Option<String>,
    /// Whether the user is taken for them by now.
    pub chosen: bool,
}

/// Whoever could be the user, kept until somebody writes: to count a large mailbox takes a while.
#[derive(Debug, Clone)]
pub struct OwnerLook {
    inroad: Inroad,
    kept: Arc<Mutex<Option<Counted>>>,
}

/// Of which state of the data file, and who.
type Counted = (Option<FileState>, Arc<Vec<OwnerCandidate>>);

impl OwnerLook {
    /// At one data file.
    pub fn new(inroad: Inroad) -> Self {
        Self { inroad, kept: Arc::default() }
    }

    /// As [`Inroad::owner_candidates`].
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn candidates(&self) -> Result<Arc<Vec<OwnerCandidate>>> {
        let mut kept = self.kept.lock().await;
        let state = self.inroad.store.file_state().await?;
        if let Some((_, found)) = kept.as_ref().filter(|(of, _)| state.is_some() && *of == state) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(self.inroad.owner_candidates().await?);
        *kept = Some((state, Arc::clone(&found)));
        Ok(found)
    }
}

impl Inroad {
    /// Whether nothing was ever taken in.
    pub async fn is_empty(&self) -> Result<bool> {
        Ok(self.store.is_empty().await?)
    }

    /// Whoever could be the user, those who are taken for them first, with what speaks for each.
    pub async fn owner_candidates(&self) -> Result<Vec<OwnerCandidate>> {
        let own = self.myself().await?.unwrap_or_default().seller.emails;
        let mut counted = self.store.owner_candidates().await?;
        for email in &own {
            if !counted.iter().any(|(known, _, _)| known == email) {
                counted.push((email.clone(), 0, 0));
            }
        }
        let emails: Vec<EmailAddress> = counted.iter().map(|(email, _, _)| email.clone()).collect();
        let mut sent: BTreeMap<EmailAddress, (u64, String)> = BTreeMap::new();
        for (email, source, letters) in self.store.sources_of(&emails).await? {
            if is_sent_folder(&source) {
                sent.entry(email).or_insert((0, source)).0 += letters;
            }
        }
        let mut candidates = Vec::new();
        for (email, received, wrote) in counted {
            let chosen = own.contains(&email);
            if wrote == 0 && !chosen {
                continue;
            }
            let (in_sent, folder) = sent.remove(&email).unzip();
            candidates.push(OwnerCandidate {
                name: self.store.name_of(&email).await?,
                wrote,
                received,
                in_sent: in_sent.unwrap_or(0),
                sent_folder: folder,
                chosen,
                email,
            });
        }
        candidates.sort_by_key(|candidate| !candidate.chosen);
        Ok(candidates)
    }

    /// Keeps in the history that something came in.
    pub(crate) async fn note_import(&self, says: &str) -> Result<()> {
        self.keep_deed(None, says, &Inverse::Nothing, crate::now()).await?;
        Ok(())
    }

    /// What was wrong with imported files, the last first, each with its number: at most `limit`, of
    /// those before the number `before`.
    pub async fn latest_issues(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<(i64, Issue)>> {
        Ok(self.store.latest_issues(before, limit).await?)
    }
}
