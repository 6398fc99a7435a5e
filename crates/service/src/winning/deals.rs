//! What the user's own closed deals tell of the open ones.

use std::collections::BTreeMap;

use inroad_advice::playbook::second::SecondReadings;
use inroad_advice::winning::of_deals::{Past, outcome, table};
use inroad_advice::winning::{Chance, Declared, Learnt, Summary, Table, learn};
use inroad_advice::{Input, Review};
use inroad_model::{Deal, DealId, Moment};
use inroad_store::DealStatus;
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::inroad::Inroad;
use crate::uniting::unite;
use crate::{Error, Result};

/// With fewer closed deals not even the base rate is told beside a deal.
const BASE_RATE_FROM: usize = 10;
/// Puts the base rate beside each open deal of a review of files, if enough of them are closed. A file
/// of deals does not tell on which day a deal ended, so none of its attributes can be taken from
/// before that day.
pub(crate) fn add_base_rates(review: &mut Review, deals: &[Deal]) {
    let outcomes: Vec<Option<bool>> = deals.iter().map(outcome).collect();
    if outcomes.iter().flatten().count() < BASE_RATE_FROM {
        return;
    }
    let table = Table { columns: Vec::new(), outcomes };
    let learnt = learn(&table, &Declared::default());
    for reviewed in &mut review.deals {
        let row = deals.iter().position(|deal| deal.id == reviewed.id && outcome(deal).is_none());
        reviewed.winning = row.and_then(|row| learnt.chance(row));
    }
}

/// With fewer closed deals no attribute is weighed, so no letter needs to be looked at.
const ATTRIBUTES_FROM: usize = 30;

/// What the closed deals of the data file told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealsWinning {
    /// What was found.
    pub summary: Summary,
    /// The open deals.
    pub open: Vec<DealChance>,
}

/// The chance of one deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealChance {
    /// The deal.
    pub id: DealId,
    /// Its name.
    pub name: String,
    /// The chance.
    pub chance: Chance,
}

impl Inroad {
    /// Weighs the closed deals, and tells the chances of the open ones, as of a moment.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn winning(&self, as_of: Moment) -> Result<DealsWinning> {
        let deals = self.accepted_deals(as_of).await?;
        let learnt = self.learn_from(&deals, as_of).await?;
        let chance = |(row, deal): (usize, &Deal)| {
            let chance = learnt.chance(row)?;
            Some(DealChance { id: deal.id.clone(), name: deal.name.clone(), chance })
        };
        let open = deals.iter().enumerate().filter(|(_, deal)| outcome(deal).is_none());
        let open = open.filter_map(chance).collect();
        Ok(DealsWinning { summary: learnt.summary, open })
    }

    /// Puts the chance of winning beside each open deal of a review, if there are closed deals.
    pub(crate) async fn add_chances(&self, review: &mut Review) -> Result<()> {
        let deals = self.accepted_deals(review.as_of).await?;
        if deals.iter().filter_map(outcome).count() < BASE_RATE_FROM {
            return Ok(());
        }
        let learnt = self.learn_from(&deals, review.as_of).await?;
        let rows: BTreeMap<&DealId, usize> =
            deals.iter().enumerate().map(|(row, deal)| (&deal.id, row)).collect();
        for reviewed in &mut review.deals {
            let row = rows
                .get(&reviewed.id)
                .filter(|row| deals.get(**row).is_some_and(|deal| outcome(deal).is_none()));
            reviewed.winning = row.and_then(|row| learnt.chance(*row));
        }
        Ok(())
    }

    async fn accepted_deals(&self, as_of: Moment) -> Result<Vec<Deal>> {
        let stored = self.store.deals_at(as_of).await?.into_iter();
        let accepted = stored.filter(|stored| stored.status == DealStatus::Open);
        let opened = |deal: &Deal| deal.opened.is_none_or(|opened| opened <= as_of.date());
        Ok(accepted.map(|stored| stored.deal).filter(opened).collect())
    }

    /// What the closed ones among some deals tell.
    async fn learn_from(&self, deals: &[Deal], as_of: Moment) -> Result<Learnt> {
        let outcomes: Vec<Option<bool>> = deals.iter().map(outcome).collect();
        if outcomes.iter().flatten().count() < ATTRIBUTES_FROM {
            let table = Table { columns: Vec::new(), outcomes };
            return Ok(learn(&table, &Declared::default()));
        }
        let mut deals = deals.to_vec();
        let seller = self.seller().await?.unwrap_or_default();
        let aliases = self.aliases().await?;
        let mut touches = self.touches_of(&deals, &aliases, as_of).await?;
        let mut events = self.store.events(None).await?;
        let playbook = self.playbook()?;
        let told = self.store.deal_stages().await?;
        let past = |(id, told): (&DealId, &Vec<_>)| (id.clone(), Past { told: told.clone() });
        let pasts = told.iter().map(past).collect();
        let canonical = aliases.canonical(&seller, &deals);
        unite(&canonical, &mut deals, &mut touches, &mut events);
        let learnt = spawn_blocking(move || {
            let input = Input {
                seller: &seller,
                deals: &deals,
                beside: &[],
                touches: &touches,
                events: &events,
                opted_out: &[],
                playbook: &playbook,
                second_readings: &SecondReadings::default(),
                as_of,
            };
            let (table, declared) = table(&input, &pasts);
            learn(&table, &declared)
        });
        learnt.await.map_err(|task| Error::stopped(&task))
    }
}
