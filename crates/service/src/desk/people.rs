//! What pages of people take from the desk: everybody, kept beside the review, and the review without
//! waiting for a newer one.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use inroad_model::DealId;

use super::{Desk, Morning, PATIENCE, is_late_at_most};
use crate::Result;
use crate::register::Register;

/// So many deals are reviewed one by one before it is quicker to review all.
const REDONE_MAX: usize = 6;

impl Desk {
    /// The last morning without waiting for a newer one, which is worked out meanwhile: for pages that
    /// show deals beside something else.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn glance(&self) -> Result<Arc<Morning>> {
        let version = self.inroad.store.file_state().await?;
        let newest = self.kept.read().await.clone();
        if let Some(kept) = newest.filter(|kept| kept.version == version && !self.is_old(kept)) {
            self.is_stale.store(false, Ordering::Relaxed);
            return Ok(kept);
        }
        let last = self.last.read().await.clone();
        let late = last.filter(|last| is_late_at_most(version, last.version));
        let Some(last) = late else { return self.renew().await };
        self.is_stale.store(true, Ordering::Relaxed);
        self.renew_meanwhile();
        Ok(last)
    }

    /// Everybody on the other side. As with [`Desk::morning`] an older one is shown where a new one
    /// takes long; what the user writes down needs none.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn register(&self) -> Result<Arc<Register>> {
        let state = self.inroad.store.file_state().await?;
        let version = self.inroad.store.people_version().await?;
        let kept = self.register.read().await.clone();
        match kept {
            Some(kept) if kept.version == version && !self.is_long_ago(kept.as_of) => Ok(kept),
            Some(kept) if is_late_at_most(state, kept.state) => {
                let desk = self.clone();
                let renewing = tokio::spawn(async move { desk.renew_register().await });
                match tokio::time::timeout(PATIENCE, renewing).await {
                    Ok(renewed) => renewed.map_err(|task| crate::Error::stopped(&task))?,
                    Err(_takes_longer) => Ok(kept),
                }
            }
            _ => self.renew_register().await,
        }
    }

    /// Works out the register; one at a time, as the morning.
    async fn renew_register(&self) -> Result<Arc<Register>> {
        let _turn = self.registering.lock().await;
        let version = self.inroad.store.people_version().await?;
        if let Some(kept) = self.register.read().await.clone()
            && kept.version == version
            && !self.is_long_ago(kept.as_of)
        {
            return Ok(kept);
        }
        let register = Arc::new(self.inroad.register(self.now()).await?);
        *self.register.write().await = Some(Arc::clone(&register));
        Ok(register)
    }

    /// The user did something about some deals: the next look shows it. With many of them, or none
    /// that could be reviewed alone, it waits for a review of all.
    pub async fn changed_some(&self, deals: &[DealId]) {
        self.acts.fetch_add(1, Ordering::SeqCst);
        if deals.is_empty() || deals.len() > REDONE_MAX {
            return self.changed(None).await;
        }
        for deal in deals {
            if !self.redo(deal).await.unwrap_or(false) {
                return self.changed(None).await;
            }
        }
        self.renew_meanwhile();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use inroad_model::{Channel, EmailAddress, Entry, Remark, Subject};

    use super::*;
    use crate::inroad::Inroad;

    const LONGER_THAN_PATIENCE: Duration = Duration::from_millis(600);

    /// An older register is shown where a newer one takes long, but for whoever was erased since.
    #[tokio::test]
    async fn nobody_is_shown_who_was_erased() {
        let folder = tempfile::tempdir().unwrap();
        let inroad = Inroad::open(&folder.path().join("data.db")).await.unwrap();
        let desk = Desk::new(inroad.clone(), None);
        let jana: EmailAddress = "jana@lindner.example".parse().unwrap();
        let row = "First Name,Last Name,Email\nJana,Kim,jana@lindner.example\nOmar,Li,omar@lindner.example\n";
        let path = folder.path().join("rows.csv");
        std::fs::write(&path, row).unwrap();
        inroad.import(&[path], &crate::ImportOptions::default(), &|_| ()).await.unwrap();
        assert_eq!(desk.register().await.unwrap().people.len(), 2);
        desk.glance().await.unwrap();

        // Whatever it takes long for; a note needs no newer one.
        let turn = desk.registering.lock().await;
        let note = Entry::Note {
            day: desk.now().date(),
            by: Some(Channel::Call),
            text: Remark::new("called").unwrap(),
        };
        inroad.write_down(Subject::Person(jana.clone()), note, desk.now()).await.unwrap();
        assert_eq!(desk.register().await.unwrap().people.len(), 2);

        inroad.erase(&jana, &[], desk.now()).await.unwrap();
        let asked = tokio::time::timeout(LONGER_THAN_PATIENCE, desk.register()).await;
        assert!(asked.is_err(), "it waits for the new one");
        drop(turn);
        assert_eq!(desk.register().await.unwrap().people.len(), 1);
        assert!(desk.person(&jana).await.is_err());
    }
}
