//! Deals that their seller shows others who work here: how each stands, that somebody wrote or met, and what kind
//! of thing was stated. What letters are about and which words state something is shown only where that was
//! shared, too; private words never are, and the letters themselves stay where they are.

use inroad_advice::DealReview;
use inroad_model::{
    Advice, DealId, Entry, EntryNumber, FactKind, KeptEntry, Moment, SharedWith, State, Subject,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::desk::Morning;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::timeline::{Happened, Happening};
use crate::{Error, Result};

/// So many of the latest touches are shown.
const SHOWN_MAX: usize = 60;

/// Who sees a deal, as its seller knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealShare {
    /// Under which number it is taken back.
    pub number: EntryNumber,
    /// Who.
    pub with: SharedWith,
    /// Whether what letters are about is shown, too.
    pub letters: bool,
}

/// A deal that somebody may see.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedDeal {
    /// The deal.
    pub id: DealId,
    /// Its name.
    pub name: String,
    /// The organisation on the other side.
    pub organization: Option<String>,
    /// Its state.
    pub state: State,
    /// Since which day, where that is worked out.
    pub since: Option<Date>,
    /// What to do.
    pub advice: Advice,
    /// Until when to wait.
    pub until: Option<Date>,
}

/// A deal that somebody may see, with what took place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedDealWhole {
    /// How it stands.
    pub deal: SharedDeal,
    /// What took place, the latest first.
    pub touches: Vec<SharedTouch>,
    /// How many there are in all.
    pub count: usize,
}

/// Something that took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedTouch {
    /// When.
    pub at: Moment,
    /// How.
    pub way: SharedWay,
    /// What kind of thing was stated.
    pub facts: Vec<FactKind>,
    /// What it was about, where that is shared.
    pub subject: Option<String>,
    /// The words that state something, where they are shared.
    pub quotes: Vec<String>,
}

/// How something took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedWay {
    /// The seller wrote.
    Sent,
    /// Somebody of theirs wrote.
    Received {
        /// Who.
        from: String,
    },
    /// They met, or meant to.
    Meeting {
        /// Whether it was called off.
        is_cancelled: bool,
    },
}

impl Inroad {
    /// Who sees a deal.
    pub async fn who_sees(&self, deal: &DealId, at: Moment) -> Result<Vec<DealShare>> {
        let about = Subject::Deal(deal.clone());
        let entries = self.entries(at).await?.into_iter().filter(|kept| kept.about == about);
        let read = |kept: KeptEntry| match kept.entry {
            Entry::Shared { with, letters } => {
                Some(DealShare { number: kept.number, with, letters })
            }
            _ => None,
        };
        Ok(entries.filter_map(read).collect())
    }

    /// The deals that somebody may see, by name.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for whoever does not work inside.
    pub fn shared_with(&self, actor: &Actor, morning: &Morning) -> Result<Vec<SharedDeal>> {
        actor.must(Right::Inside)?;
        let seen = |deal: &&DealReview| letters_seen(actor, &deal.id, &morning.entries).is_some();
        let deals = morning.review.deals.iter().filter(seen);
        let mut deals: Vec<SharedDeal> = deals.map(|deal| shown(deal, morning)).collect();
        deals.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
        Ok(deals)
    }

    /// A deal that somebody may see. One that they may not see is not there.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for whoever does not work inside; [`Error::NotFound`].
    pub async fn shared_deal(
        &self,
        actor: &Actor,
        id: &DealId,
        morning: &Morning,
    ) -> Result<SharedDealWhole> {
        actor.must(Right::Inside)?;
        let not_there = || Error::NotFound { what: "No such deal is shared with you".to_owned() };
        let letters = letters_seen(actor, id, &morning.entries).ok_or_else(not_there)?;
        let deal = morning.review.deals.iter().find(|deal| deal.id == *id).ok_or_else(not_there)?;
        let stored = morning.deals.iter().find(|stored| stored.deal.id == *id);
        let stored = stored.ok_or_else(not_there)?;
        let as_of = morning.review.as_of;
        let timeline = self.timeline(&stored.deal, as_of, "", 0, usize::MAX).await?;
        let all = timeline.happenings.into_iter().filter_map(|one| touch(one, letters));
        let mut touches: Vec<SharedTouch> = all.collect();
        let count = touches.len();
        touches.truncate(SHOWN_MAX);
        Ok(SharedDealWhole { deal: shown(deal, morning), touches, count })
    }

    /// Refuses to share with whom nobody named.
    pub(crate) async fn must_work_here(&self, with: &SharedWith) -> Result<()> {
        let members = self.members().await?.into_iter();
        let mut here = members.filter(|kept| kept.left_at.is_none()).map(|kept| kept.member);
        let is_one = here.any(|member| {
            is_for(with, &Actor::member(member.clone())) && Actor::member(member).may(Right::Inside)
        });
        if is_one {
            return Ok(());
        }
        Err(Error::Invalid {
            what: format!("Nobody inside is meant by {with}; 'Team' lists who works here"),
        })
    }
}

/// Whether somebody sees a deal, and if so whether with what letters are about.
fn letters_seen(actor: &Actor, deal: &DealId, entries: &[KeptEntry]) -> Option<bool> {
    let shares = entries.iter().filter_map(|kept| match (&kept.about, &kept.entry) {
        (Subject::Deal(id), Entry::Shared { with, letters }) if id == deal => {
            Some((with, *letters))
        }
        _ => None,
    });
    shares.filter(|(with, _)| is_for(with, actor)).map(|(_, letters)| letters).max()
}

/// Whose data it is needs no leave of their own.
fn is_for(with: &SharedWith, actor: &Actor) -> bool {
    match with {
        _ if actor.is_owner() => false,
        SharedWith::Member(email) => actor.email() == Some(email),
        SharedWith::Team(team) => actor.team() == Some(team),
    }
}

fn shown(deal: &DealReview, morning: &Morning) -> SharedDeal {
    SharedDeal {
        id: deal.id.clone(),
        name: deal.name.clone(),
        organization: deal.organization.clone(),
        state: deal.state,
        since: morning.since(deal),
        advice: deal.advice,
        until: deal.until,
    }
}

/// `None` for what its seller wrote down for themselves.
fn touch(happening: Happening, letters: bool) -> Option<SharedTouch> {
    let at = happening.at;
    Some(match happening.what {
        Happened::Letter { is_ours, from, subject, facts, .. } => SharedTouch {
            at,
            way: if is_ours { SharedWay::Sent } else { SharedWay::Received { from } },
            // What somebody is, stands under each letter, and is nothing that took place.
            facts: facts
                .iter()
                .map(|fact| fact.kind)
                .filter(|kind| *kind != FactKind::Title)
                .collect(),
            subject: letters.then_some(subject),
            quotes: facts
                .into_iter()
                .map(|fact| fact.quote)
                .filter(|quote| letters && !quote.is_empty())
                .collect(),
        },
        Happened::Meeting { title, is_cancelled } => SharedTouch {
            at,
            way: SharedWay::Meeting { is_cancelled },
            facts: Vec::new(),
            subject: letters.then_some(title),
            quotes: Vec::new(),
        },
        Happened::Entry { .. } => return None,
    })
}
