//! Which plays of the playbook fit, and any of them by its name.

use inroad_advice::DealReview;
use inroad_advice::playbook::Playbook;
use inroad_advice::plays;
use inroad_model::{EmailAddress, Moment};
use inroad_store::DealStatus;
use serde::Serialize;

use crate::coach::Coach;
use crate::deals::find;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// A play, with the names of the people in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FittingPlay {
    /// By which it is known: `cause/1`.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// The cause that it is against.
    pub against: String,
    /// When it fits; empty if always.
    pub when: String,
    /// With whom, where that is known.
    pub with: Option<EmailAddress>,
    /// Its steps.
    pub steps: Vec<String>,
    /// What never to do meanwhile.
    pub never: Vec<String>,
}

/// The plays that fit a deal, those against the likeliest cause first.
pub fn fitting_plays(deal: &DealReview, playbook: &Playbook, is_ongoing: bool) -> Vec<FittingPlay> {
    let offered = plays::offered(deal, playbook, is_ongoing).into_iter();
    offered
        .map(|play| FittingPlay {
            key: play.key,
            name: play.name.to_owned(),
            against: play.against.to_owned(),
            when: play.when.to_owned(),
            with: play.with,
            steps: play.steps,
            never: play.never.to_vec(),
        })
        .collect()
}

/// The first play that is with that person: the steps of any other speak of somebody else.
pub fn first_with<'p>(
    fitting: &'p [FittingPlay],
    person: Option<&EmailAddress>,
) -> Option<&'p FittingPlay> {
    fitting.iter().find(|play| play.with.is_some() && play.with.as_ref() == person)
}

/// A play by its key or a part of its name: of those that fit, else of the whole playbook.
///
/// # Errors
/// [`Error::NotFound`].
pub fn named(
    name: &str,
    fitting: &[FittingPlay],
    playbook: &Playbook,
    coach: &Coach,
) -> Result<FittingPlay> {
    let wanted = name.trim().to_lowercase();
    let all = every(playbook, coach);
    let is_key = |play: &&FittingPlay| play.key == wanted;
    let is_name = |play: &&FittingPlay| play.name.to_lowercase() == wanted;
    let has_part =
        |play: &&FittingPlay| !wanted.is_empty() && play.name.to_lowercase().contains(&wanted);
    let exact = fitting.iter().find(is_key).or_else(|| fitting.iter().find(is_name));
    let exact = exact.or_else(|| all.iter().find(is_key)).or_else(|| all.iter().find(is_name));
    let found = exact.or_else(|| fitting.iter().find(has_part));
    found.or_else(|| all.iter().find(has_part)).cloned().ok_or_else(|| Error::NotFound {
        what: format!(
            "No play is called '{name}'; 'inroad draft --person EMAIL --list' shows those that fit"
        ),
    })
}

/// All plays, with the name of whom the draft is for.
fn every(playbook: &Playbook, coach: &Coach) -> Vec<FittingPlay> {
    let who = coach.audience().person.as_ref().and_then(|person| person.name.as_deref());
    let who = who.unwrap_or("them");
    let of_all = playbook.scenarios().flat_map(|(file, scenario)| {
        scenario.play.iter().zip(1_usize..).map(move |(play, number)| FittingPlay {
            key: format!("{file}/{number}"),
            name: play.name.clone(),
            against: scenario.name.clone(),
            when: play.when.clone(),
            with: None,
            steps: play.steps.iter().map(|step| step.replace("{name}", who)).collect(),
            never: scenario.never.clone(),
        })
    });
    of_all.collect()
}

impl Inroad {
    /// The plays that fit a person's deal: the one that is named, else the open one in which they have
    /// a seat. None where they have no deal.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deal that is not there.
    pub async fn plays_for(
        &self,
        person: &EmailAddress,
        deal: Option<&str>,
        as_of: Moment,
    ) -> Result<Vec<FittingPlay>> {
        let backdrop = self.backdrop().await?;
        let stored = backdrop.deals.at(as_of);
        let same = backdrop.aliases.all_of(person);
        let meant = match deal {
            Some(name) => Some(find(&stored, name)?),
            None => stored.iter().find(|stored| {
                let mut people = stored.deal.people.iter();
                stored.status == DealStatus::Open && people.any(|seat| same.contains(&seat.email))
            }),
        };
        let Some(meant) = meant else { return Ok(Vec::new()) };
        let reviewed = self.review_before(&backdrop, &meant.deal.id, as_of).await?;
        let playbook = self.playbook()?;
        let is_ongoing = meant.deal.ongoing_account;
        Ok(reviewed.map_or_else(Vec::new, |deal| fitting_plays(&deal, &playbook, is_ongoing)))
    }
}
