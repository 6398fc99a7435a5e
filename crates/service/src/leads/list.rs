//! Lists of leads: what waits first, what is overdue on top, each sees their own.

use inroad_leads::{Due, LeadState, Who};
use inroad_model::{MemberRole, Moment};
use serde::Serialize;

use super::register::{LeadRegister, Registered};
use crate::Result;
use crate::inroad::Inroad;
use crate::rights::{Actor, LeadRight, LeadSides, Right};
use crate::search::fold;

/// So many leads a page shows.
pub const LEADS_A_PAGE: usize = 100;

/// Which of the leads that somebody may see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LeadWhich {
    /// Those that they handed over, or that are theirs to work on.
    Mine,
    /// Those of their team, on either side; of a manager, of the teams they answer for.
    Team,
    /// All of them.
    #[default]
    All,
}

impl LeadWhich {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mine, Self::Team, Self::All];

    /// The name in addresses and arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Team => "team",
            Self::All => "all",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.as_str() == name)
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LeadOrder {
    /// Overdue ones first, then what waits, then what is under way, then what is done.
    #[default]
    Waiting,
    /// The latest first.
    Latest,
}

/// What is asked of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadsAsked {
    /// Which of them.
    pub which: LeadWhich,
    /// In these states, by name; all where none is named.
    pub states: Vec<String>,
    /// Of this seller or team, by what they are called; all where empty.
    pub owner: String,
    /// Of this source; all where empty.
    pub source: String,
    /// With these words in name, address, firm, source or campaign.
    pub words: String,
    /// In which order.
    pub order: LeadOrder,
}

/// Why a lead is on somebody's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// It waits for them.
    You,
    /// It waited too long for somebody for whom they answer.
    Climbed,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeadRow {
    /// Its number.
    pub number: i64,
    /// What the person is called.
    pub label: String,
    /// Their firm; may be empty.
    pub account: String,
    /// Where they came from.
    pub source: String,
    /// The campaign; may be empty.
    pub campaign: String,
    /// Where it stands.
    #[serde(flatten)]
    pub state: LeadState,
    /// Since when.
    pub since: Moment,
    /// Whose it is; `None` for an outside provider, who learns of nobody inside.
    pub owner: Option<String>,
    /// Who handed it over.
    pub by: String,
    /// What it waits for.
    pub due: Option<Due>,
    /// Whether that should have been done by now.
    pub is_overdue: bool,
    /// Whether it asks for whoever looks.
    pub asks: Option<Asks>,
    /// Whether it is qualified by what counted when it was handed over; `None` where nothing was signed.
    pub is_qualified: Option<bool>,
    /// Whether they asked to be left alone: nobody works on it.
    pub is_stopped: bool,
}

/// A list, in its order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeadList {
    /// The lines of the page that was asked for.
    pub rows: Vec<LeadRow>,
    /// How many there are in all.
    pub count: usize,
    /// How many of them are overdue.
    pub overdue: usize,
    /// Whose they are, for the choice.
    pub owners: Vec<String>,
    /// Where they came from, for the choice.
    pub sources: Vec<String>,
}

/// What waits for somebody, most urgent first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct WaitingLeads {
    /// The first of them.
    pub rows: Vec<LeadRow>,
    /// How many there are in all.
    pub count: usize,
}

impl Inroad {
    /// The leads that somebody may see, of a page from 1 on.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`].
    pub async fn leads(
        &self,
        actor: &Actor,
        asked: &LeadsAsked,
        page: usize,
        at: Moment,
    ) -> Result<LeadList> {
        actor.must(Right::Leads)?;
        let register = self.lead_register(at).await?;
        Ok(register.list(actor, asked, page, at))
    }

    /// The leads that somebody may see, in the order of their numbers: at most `limit`, of those behind a number.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`].
    pub async fn leads_after(
        &self,
        actor: &Actor,
        asked: &LeadsAsked,
        number: i64,
        limit: usize,
        at: Moment,
    ) -> Result<Vec<LeadRow>> {
        actor.must(Right::Leads)?;
        let register = self.lead_register(at).await?;
        let words = fold(&asked.words);
        let is_asked = |kept: &&Registered| {
            kept.lead.number > number && register.fits(actor, asked, &words, kept)
        };
        let mut found: Vec<&Registered> =
            register.seen(actor, asked.which).filter(is_asked).collect();
        found.sort_by_key(|kept| kept.lead.number);
        Ok(found.into_iter().take(limit).map(|kept| register.row(actor, kept, at)).collect())
    }

    /// The leads that wait for somebody, and those that waited too long for whom they answer for.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`].
    pub async fn waiting_leads(
        &self,
        actor: &Actor,
        limit: usize,
        at: Moment,
    ) -> Result<WaitingLeads> {
        actor.must(Right::Leads)?;
        let register = self.lead_register(at).await?;
        let mut found: Vec<(&Registered, Asks)> = register
            .leads
            .values()
            .filter_map(|kept| Some((&**kept, asks(actor, kept, at)?)))
            .collect();
        found.sort_by_key(|(kept, asks)| (*asks, kept.due.map(|due| due.until.timestamp())));
        let count = found.len();
        let shown = found.into_iter().take(limit);
        let rows = shown.map(|(kept, _)| register.row(actor, kept, at)).collect();
        Ok(WaitingLeads { rows, count })
    }
}

/// Whether a lead asks for somebody at a moment.
pub(super) fn asks(actor: &Actor, kept: &Registered, at: Moment) -> Option<Asks> {
    let due = kept.due.filter(|due| due.waits_at(at))?;
    if actor.is_waited_for(&kept.sides, due.waits.is_for_sales()) {
        return Some(Asks::You);
    }
    let is_climbed = due.is_overdue(at) && climbs_to(actor, &kept.sides);
    is_climbed.then_some(Asks::Climbed)
}

/// Who answers for either side; of what comes from outside, marketing does.
fn climbs_to(actor: &Actor, sides: &LeadSides) -> bool {
    actor.answers_for(sides) || sides.is_from_outside && actor.is(MemberRole::Marketer)
}

impl LeadRegister {
    fn list(&self, actor: &Actor, asked: &LeadsAsked, page: usize, at: Moment) -> LeadList {
        let seen: Vec<&Registered> = self.seen(actor, asked.which).collect();
        let is_outside = actor.is(MemberRole::Provider);
        let mut owners: Vec<String> = if is_outside {
            Vec::new()
        } else {
            seen.iter().map(|kept| self.owner(&kept.sides)).collect()
        };
        let mut sources: Vec<String> =
            seen.iter().map(|kept| kept.lead.hand_over.source.clone()).collect();
        for names in [&mut owners, &mut sources] {
            names.sort();
            names.dedup();
        }
        let words = fold(&asked.words);
        let fits = |kept: &&Registered| self.fits(actor, asked, &words, kept);
        let mut found: Vec<(&Registered, u8)> =
            seen.into_iter().filter(fits).map(|kept| (kept, rank(actor, kept, at))).collect();
        let overdue = found.iter().filter(|(_, rank)| *rank == 0).count();
        let latest =
            |kept: &Registered| std::cmp::Reverse((kept.lead.since.timestamp(), kept.lead.number));
        match asked.order {
            LeadOrder::Waiting => found.sort_by_key(|(kept, rank)| {
                let until = kept.due.map(|due| due.until.timestamp()).filter(|_| *rank < 3);
                (*rank, until, latest(kept))
            }),
            LeadOrder::Latest => found.sort_by_key(|(kept, _)| latest(kept)),
        }
        let count = found.len();
        let first = page.saturating_sub(1).saturating_mul(LEADS_A_PAGE);
        let shown = found.into_iter().skip(first).take(LEADS_A_PAGE);
        let rows = shown.map(|(kept, _)| self.row(actor, kept, at)).collect();
        LeadList { rows, count, overdue, owners, sources }
    }

    /// The leads that somebody may see, of those that are theirs to be seen.
    fn seen(&self, actor: &Actor, which: LeadWhich) -> impl Iterator<Item = &Registered> {
        let may_see = |kept: &&Registered| actor.may_with_lead(LeadRight::See, &kept.sides);
        let all = self.leads.values().map(AsRef::as_ref).filter(may_see);
        all.filter(move |kept| is_among(actor, kept, which))
    }

    /// Whether a lead is one of those that are asked for, by words as they are searched for.
    fn fits(&self, actor: &Actor, asked: &LeadsAsked, words: &str, kept: &Registered) -> bool {
        let lead = &kept.lead;
        let is_outside = actor.is(MemberRole::Provider);
        let in_state =
            asked.states.is_empty() || asked.states.iter().any(|name| name == lead.state.as_str());
        in_state
            && (asked.source.is_empty() || lead.hand_over.source == asked.source)
            && (is_outside || asked.owner.is_empty() || self.owner(&kept.sides) == asked.owner)
            && words.split_whitespace().all(|word| kept.searched.contains(word))
    }

    /// Whose a lead is, in words.
    fn owner(&self, sides: &LeadSides) -> String {
        match (&sides.seller, &sides.sales_team) {
            (Some(seller), _) => self.called(seller),
            (None, Some(team)) => format!("Team {team}"),
            (None, None) => "nobody".to_owned(),
        }
    }

    /// One line, as somebody may see it.
    pub(super) fn row(&self, actor: &Actor, kept: &Registered, at: Moment) -> LeadRow {
        let lead = &kept.lead;
        let is_outside = actor.is(MemberRole::Provider);
        let measure = self.measure(lead.hand_over.definition);
        let due = due_for(actor, kept, at);
        LeadRow {
            number: lead.number,
            label: lead.label().to_owned(),
            account: lead.hand_over.account.clone(),
            source: lead.hand_over.source.clone(),
            campaign: lead.hand_over.campaign.clone(),
            state: lead.state,
            since: lead.since,
            owner: (!is_outside).then(|| self.owner(&kept.sides)),
            by: self.called(&lead.by),
            due,
            is_overdue: due.is_some_and(|due| due.is_overdue(at)),
            asks: asks(actor, kept, at),
            is_qualified: lead
                .hand_over
                .definition
                .map(|_| measure.0.qualifies(&lead.hand_over.answers).is_qualified()),
            is_stopped: kept.is_stopped,
        }
    }
}

fn is_among(actor: &Actor, kept: &Registered, which: LeadWhich) -> bool {
    let sides = &kept.sides;
    match which {
        LeadWhich::All => true,
        LeadWhich::Mine => {
            let seller = sides.seller.as_ref();
            actor.is_who(&sides.by)
                || seller.is_some_and(|seller: &Who| actor.is_who(seller))
                || seller.is_none() && actor.is_waited_for(sides, true)
        }
        LeadWhich::Team => {
            let is_mine = |team: &Option<inroad_model::TeamName>| {
                team.is_some() && actor.team() == team.as_ref()
            };
            is_mine(&sides.sales_team)
                || is_mine(&sides.marketing_team)
                || !actor.is_owner() && actor.answers_for(sides)
        }
    }
}

/// What a lead waits for at a moment, as far as somebody may know.
fn due_for(actor: &Actor, kept: &Registered, at: Moment) -> Option<Due> {
    let is_outside = actor.is(MemberRole::Provider);
    kept.due.filter(|due| due.waits_at(at) && !(is_outside && due.waits.is_for_sales()))
}

/// Overdue, waiting for them, waiting for others, under way, done.
fn rank(actor: &Actor, kept: &Registered, at: Moment) -> u8 {
    match due_for(actor, kept, at) {
        Some(due) if due.is_overdue(at) => 0,
        Some(_) if asks(actor, kept, at).is_some() => 1,
        Some(_) => 2,
        None if kept.lead.state.is_open() => 3,
        None => 4,
    }
}
