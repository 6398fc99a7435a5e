//! Views of the deals that the user gave a name.

use inroad_model::{DeedNumber, Moment};
use serde::{Deserialize, Serialize};

use crate::deeds::Inverse;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// A name for what is asked for of the deals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealView {
    /// The name.
    pub name: String,
    /// The address of the page that shows it, from its first slash on.
    pub address: String,
}

/// Under which setting they are kept.
pub(crate) const SETTING: &str = "deal_views";
/// More views than these nobody finds again.
const VIEWS_MAX: usize = 30;

impl Inroad {
    /// The views, in the order in which they were kept.
    pub async fn deal_views(&self) -> Result<Vec<DealView>> {
        Ok(self.store.setting(SETTING).await?.unwrap_or_default())
    }

    /// Keeps a view, in place of one of the same name.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a name, for an address elsewhere, or with too many views.
    pub async fn keep_deal_view(
        &self,
        name: &str,
        address: &str,
        at: Moment,
    ) -> Result<DeedNumber> {
        let invalid = |what: &str| Err(Error::Invalid { what: what.to_owned() });
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return invalid("Give the view a name");
        }
        if !address.starts_with("/deals?") {
            return invalid("Only views of the deals can be kept");
        }
        let before = self.deal_views().await?;
        let mut after: Vec<DealView> =
            before.iter().filter(|view| view.name != name).cloned().collect();
        if after.len() >= VIEWS_MAX {
            return invalid("That are many views; forget one first");
        }
        let says = format!("The view '{name}' is kept");
        after.push(DealView { name, address: address.to_owned() });
        self.put_views(before, &after, &says, at).await
    }

    /// Forgets a view.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn forget_deal_view(&self, name: &str, at: Moment) -> Result<DeedNumber> {
        let before = self.deal_views().await?;
        let after: Vec<DealView> =
            before.iter().filter(|view| view.name != name).cloned().collect();
        if after.len() == before.len() {
            return Err(Error::NotFound { what: format!("There is no view '{name}'") });
        }
        self.put_views(before, &after, &format!("The view '{name}' is forgotten"), at).await
    }

    async fn put_views(
        &self,
        before: Vec<DealView>,
        after: &[DealView],
        says: &str,
        at: Moment,
    ) -> Result<DeedNumber> {
        self.store.set_setting(SETTING, &after).await?;
        self.keep_deed(None, says, &Inverse::DealViews { before }, at).await
    }
}
