//! The politics of a deal: who is in the way, where to go, what would tip it, what to ask.

use std::path::Path;

use inroad_advice::DealReview;
use inroad_advice::politics::account::{self, Account};
use inroad_advice::politics::map::{Comfort, Map};
use inroad_advice::politics::{scenarios, unmet};
use inroad_model::Moment;
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::{Error, Inroad, Result};

/// Larger files hold no map.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The politics of one deal, or of a map of one's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealPolitics {
    /// The name of the deal, or of the file.
    pub name: String,
    /// What is told; `None` where the deal is over or they asked for peace: nobody there is to be
    /// moved then.
    pub account: Option<Account>,
    /// What the review of the deal advises, in words; `None` for a map of one's own.
    pub advice: Option<String>,
    /// Seats that nobody who was met fills, in words.
    pub unmet: Vec<String>,
    /// The map itself, to be drawn.
    #[serde(skip)]
    pub map: Map,
}

impl Inroad {
    /// Reads the politics of a deal as they stood at a moment, for that comfort with risk.
    ///
    /// # Errors
    /// As [`Inroad::review_deal`].
    pub async fn politics(
        &self,
        name: &str,
        as_of: Moment,
        comfort: Comfort,
    ) -> Result<DealPolitics> {
        let id = self.deal_called(name).await?.deal.id;
        match self.review_alone(&id, as_of).await? {
            Some(deal) => self.politics_of(deal, comfort).await,
            None => Err(Error::NotFound { what: format!("'{name}' is not open yet") }),
        }
    }

    /// The same of a deal that was reviewed.
    ///
    /// # Errors
    /// Only by a fault of this program.
    pub async fn politics_of(&self, deal: DealReview, comfort: Comfort) -> Result<DealPolitics> {
        let is_over = deal.is_over();
        let mut map = deal.politics.map;
        map.comfort = comfort;
        // A thousand simulated decisions keep no other page waiting.
        let (account, map) = spawn_blocking(move || {
            let account = (!is_over).then(|| account::read(&map));
            (account, map)
        })
        .await
        .map_err(|task| Error::stopped(&task))?;
        let until = deal.until.map(|day| format!(" until {}", day.strftime("%-d %B %Y")));
        let advice = format!("{}{}", deal.advice.in_words(), until.unwrap_or_default());
        let (name, unmet) = (deal.name, deal.politics.unmet);
        Ok(DealPolitics { name, account, advice: Some(advice), unmet, map })
    }
}

/// Reads a map that a person wrote by hand, as TOML.
///
/// # Errors
/// [`Error::Invalid`] with the file, the line and what is wrong there.
pub fn read_map(file: &Path, comfort: Option<Comfort>) -> Result<DealPolitics> {
    let invalid = |what: &dyn std::fmt::Display| Error::Invalid {
        what: format!("{}: {what}", file.display()),
    };
    let size = std::fs::metadata(file).map_err(|cause| invalid(&cause))?.len();
    if size > FILE_BYTES_MAX {
        return Err(invalid(&"that is too large for a map"));
    }
    let text = std::fs::read_to_string(file).map_err(|cause| invalid(&cause))?;
    let (name, mut map) = Map::read(&text).map_err(|cause| invalid(&cause))?;
    map.comfort = comfort.unwrap_or(map.comfort);
    if map.in_the_way.is_none() {
        map.in_the_way = scenarios::weightiest(&map);
    }
    let name = name.unwrap_or_else(|| file.display().to_string());
    Ok(DealPolitics {
        name,
        account: Some(account::read(&map)),
        advice: None,
        unmet: unmet::on_map(&map),
        map,
    })
}
