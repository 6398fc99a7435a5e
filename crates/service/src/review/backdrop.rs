//! What stands behind every deal on every day: read once, it serves the reviews of many days.

use inroad_advice::dealings::Stated;
use inroad_model::{CalendarEvent, Seller};
use inroad_store::DealHistories;

use crate::Result;
use crate::inroad::Inroad;
use crate::people::Aliases;

/// What a review takes beside the letters and words of its deals. What came later than its moment is
/// left out when it is used.
#[derive(Debug)]
pub(crate) struct Backdrop {
    pub(crate) seller: Seller,
    pub(crate) aliases: Aliases,
    pub(crate) deals: DealHistories,
    /// Every opt-out that was ever stated.
    pub(crate) stated: Vec<Stated>,
    pub(crate) events: Vec<CalendarEvent>,
}

impl Inroad {
    pub(crate) async fn backdrop(&self) -> Result<Backdrop> {
        let aliases = self.aliases().await?;
        Ok(Backdrop {
            seller: self.seller().await?.unwrap_or_default(),
            deals: self.store.deal_histories().await?,
            stated: self.all_stated_opt_outs(&aliases).await?,
            events: self.store.events(None).await?,
            aliases,
        })
    }
}
