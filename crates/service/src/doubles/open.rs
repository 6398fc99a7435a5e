//! Pairs of which nobody said yet whether they are one, kept beside the desk.

use std::collections::BTreeSet;
use std::sync::Arc;

use inroad_model::{AccountKey, EmailAddress};
use tokio::task::spawn_blocking;

use super::{Doubles, MaybeOne};
use crate::desk::{Desk, PATIENCE, is_late_at_most};
use crate::inroad::Inroad;
use crate::who_is_who::{Groups, Name};
use crate::{Error, Result};

/// Pairs of which nobody said yet whether they are one.
#[derive(Debug, Clone, Default)]
pub struct OpenDoubles {
    /// People, the likeliest first.
    pub people: Vec<MaybeOne<EmailAddress>>,
    /// Firms, the likeliest first.
    pub accounts: Vec<MaybeOne<AccountKey>>,
}

impl Desk {
    /// Who may be there twice; it takes seconds where there are very many, and is kept until people or
    /// firms change.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn doubles(&self) -> Result<Arc<Doubles>> {
        let register = self.register().await?;
        let mut kept = self.doubles.lock().await;
        if let Some(found) = kept.as_ref().filter(|found| found.version == register.version) {
            return Ok(Arc::clone(found));
        }
        let found = spawn_blocking(move || Doubles::of(&register)).await;
        let found = Arc::new(found.map_err(|task| Error::stopped(&task))?);
        *kept = Some(Arc::clone(&found));
        Ok(found)
    }

    /// Those of which nobody said anything yet. Where looking anew takes long, what was found before is
    /// shown, without what was answered meanwhile.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn open_doubles(&self) -> Result<OpenDoubles> {
        let before = self.doubles.try_lock().ok().and_then(|kept| kept.clone());
        let state = self.inroad().store.file_state().await?;
        let found = match before {
            Some(found) if is_late_at_most(state, found.state) => {
                let desk = self.clone();
                let renewing = tokio::spawn(async move { desk.doubles().await });
                match tokio::time::timeout(PATIENCE, renewing).await {
                    Ok(renewed) => renewed.map_err(|task| Error::stopped(&task))??,
                    Err(_takes_longer) => found,
                }
            }
            _ => self.doubles().await?,
        };
        self.inroad().open_among(&found).await
    }
}

impl Inroad {
    /// Those of some pairs that are open now.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn open_among(&self, found: &Doubles) -> Result<OpenDoubles> {
        Ok(OpenDoubles {
            people: self.open_pairs(&found.people).await?,
            accounts: self.open_pairs(&found.accounts).await?,
        })
    }

    async fn open_pairs<N: Name>(&self, pairs: &[MaybeOne<N>]) -> Result<Vec<MaybeOne<N>>> {
        let (groups, said) = (self.groups::<N>().await?, self.said_of::<N>().await?);
        let is_open = |pair: &&MaybeOne<N>| !is_answered(pair, &groups, &said);
        Ok(pairs.iter().filter(is_open).cloned().collect())
    }
}

/// Whether both are one by now, or somebody said something of any two names of both.
fn is_answered<N: Name>(pair: &MaybeOne<N>, groups: &Groups<N>, said: &BTreeSet<(N, N)>) -> bool {
    let others = groups.all_of(&pair.b);
    groups.all_of(&pair.a).iter().any(|a| {
        others.iter().any(|b| a == b || said.contains(&(a.min(b).clone(), a.max(b).clone())))
    })
}
