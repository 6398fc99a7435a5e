//! What pages of people take from the desk: everybody, kept beside the review, and the review without
//! waiting for a newer one.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use inroad_model::DealId;

use super::{Desk, Morning, PATIENCE};
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
        let Some(last) = self.last.read().await.clone() else { return self.renew().await };
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
        let version = self.inroad.store.people_version().await?;
        let kept = self.register.read().await.clone();
        match kept {
            Some(kept) if kept.version == version && !self.is_long_ago(kept.as_of) => Ok(kept),
            Some(kept) => {
                let desk = self.clone();
                let renewing = tokio::spawn(async move { desk.renew_register().await });
                match tokio::time::timeout(PATIENCE, renewing).await {
                    Ok(renewed) => renewed.map_err(|task| crate::Error::stopped(&task))?,
                    Err(_takes_longer) => Ok(kept),
                }
            }
            None => self.renew_register().await,
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
