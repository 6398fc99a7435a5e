//! Everybody with whom letters pass, each by their own rhythm, whether a deal has them or not; and
//! what about them is out of date or does not fit together.
//!
//! A person is looked at as the one person of a deal would be, so that the same letters give the same
//! state on every list. Must not: conclude anything about a deal.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{Cue, Deal, DealId, EmailAddress, FactKind, Moment, Seat, Source, Touch};
use jiff::civil::Date;

use crate::Input;
use crate::absence;
use crate::correspondence::Correspondence;
use crate::dealings::{Dealings, Direction, Stated};
use crate::do_not_contact::DoNotContact;
use crate::people::{PersonReview, review_people};
use crate::review::Shared;
use crate::rhythm::Owes;
use crate::titles;
use crate::touch_plan::reach::Reach;

/// One person, by all that passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Acquaintance {
    /// How they write and stand.
    pub person: PersonReview,
    /// What is out of date or does not fit together.
    pub doubts: Vec<Doubt>,
    /// When and how they can be reached.
    pub reach: Reach,
}

/// Something about a person that is out of date or does not fit together.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// They left the firm, and were not heard since.
    Left {
        /// When it was said.
        at: Moment,
        /// Where it stands.
        source: Source,
        /// Who follows, if that was said.
        to: Option<EmailAddress>,
        /// What that one is called.
        to_name: Option<String>,
    },
    /// Mail to them comes back, and they were not heard since.
    Bounces {
        /// Since when.
        at: Moment,
        /// The report.
        source: Source,
    },
    /// They sign with another title than the one that is on record.
    OtherTitle {
        /// How they sign.
        signed: String,
        /// What is on record.
        recorded: String,
        /// Since when they sign so, as far as letters show.
        at: Moment,
        /// A letter that shows it.
        source: Source,
    },
    /// Our last letters have waited for an answer for more than a year.
    Unanswered {
        /// When the first of them was written.
        since: Moment,
    },
}

/// So long a letter waits for an answer before that is told as something to settle.
const DAYS_UNANSWERED: f64 = 365.0;
/// A cue that is less sure is no cue.
const CUE_FROM: f32 = 0.5;

/// A person as the one person of a deal, for [`acquaintances`]: the title is the one on record.
pub fn alone(seat: Seat) -> Option<Deal> {
    Some(Deal {
        id: DealId::new(seat.email.as_str()).ok()?,
        name: String::new(),
        organization: None,
        domain: None,
        stage: None,
        stage_since: None,
        value: None,
        currency: None,
        fee_quoted: None,
        usual_fee_range: None,
        ongoing_account: false,
        opened: None,
        source: None,
        industry: None,
        people: vec![seat],
        notes: Vec::new(),
        insights: Vec::new(),
    })
}

/// Looks at some people, each given by [`alone`]; in their order.
pub fn acquaintances<'a>(
    input: &Input<'a>,
    shared: &Shared<'a>,
    correspondence: &Correspondence<'a>,
    people: &'a [Deal],
) -> Vec<Acquaintance> {
    let asked = shared.opt_outs().list();
    people
        .iter()
        .filter_map(|alone| {
            let dealings = Dealings::gather(input, alone, correspondence, shared.opt_outs());
            let person = review_people(&dealings, input.as_of).into_iter().next()?;
            let doubts = doubts(&dealings, &person, &asked, input.as_of);
            let reach = Reach::of(&dealings, &person.email, correspondence);
            Some(Acquaintance { person, doubts, reach })
        })
        .collect()
}

/// What is to be looked at, and nothing that would lead to somebody who asked for no more mail.
fn doubts(
    dealings: &Dealings<'_>,
    person: &PersonReview,
    asked: &DoNotContact,
    as_of: Moment,
) -> Vec<Doubt> {
    let last = |kind| {
        let about =
            |s: &&Stated| s.fact.kind == kind && s.fact.email.as_ref() == Some(&person.email);
        dealings.facts.iter().rfind(about)
    };
    let holds = |stated: &&Stated| !absence::heard_since(dealings, stated);
    let mut doubts = Vec::new();
    if let Some(Stated { fact, at }) = last(FactKind::LeftCompany).filter(holds) {
        let (at, source) = (*at, fact.source.clone());
        doubts.push(if fact.to.as_ref().is_some_and(|to| asked.forbids(to)) {
            Doubt::Left { at, source, to: None, to_name: None }
        } else {
            Doubt::Left { at, source, to: fact.to.clone(), to_name: fact.to_name.clone() }
        });
    }
    if let Some(Stated { fact, at }) = last(FactKind::Bounced).filter(holds) {
        doubts.push(Doubt::Bounces { at: *at, source: fact.source.clone() });
    }
    doubts.extend(other_title(dealings, last(FactKind::Title)));
    let first = dealings.unanswered().first().map(|exchange| exchange.at);
    if person.owes == Owes::They
        && !asked.forbids(&person.email)
        && let Some(since) = first.filter(|at| as_of.hours_since(*at) / 24.0 > DAYS_UNANSWERED)
    {
        doubts.push(Doubt::Unanswered { since });
    }
    doubts
}

fn other_title(dealings: &Dealings<'_>, last: Option<&Stated>) -> Option<Doubt> {
    let Stated { fact, .. } = last?;
    let signed = fact.title.as_deref()?;
    let recorded = dealings.deal.people.first()?.title.as_deref()?;
    if titles::same_title(recorded, signed) || recorded.eq_ignore_ascii_case(signed) {
        return None;
    }
    let so =
        |s: &&Stated| s.fact.kind == FactKind::Title && s.fact.title.as_deref() == Some(signed);
    let Stated { fact, at } = dealings.facts.iter().find(so)?;
    Some(Doubt::OtherTitle {
        signed: signed.to_owned(),
        recorded: recorded.to_owned(),
        at: *at,
        source: fact.source.clone(),
    })
}

/// What somebody's letters told between the lines in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueMonth {
    /// The first day of the month.
    pub month: Date,
    /// How many letters they wrote in it.
    pub letters: usize,
    /// What these told, with how many of them did, most first. What is private is left out.
    pub cues: Vec<(Cue, usize)>,
    /// Whether one of them told something private.
    pub has_private: bool,
}

/// What the letters of some addresses told, month by month, the latest first, from what was taken
/// down when they were read.
pub fn cues_by_month<'t>(
    touches: impl Iterator<Item = &'t Touch>,
    is_theirs: impl Fn(&EmailAddress) -> bool,
) -> Vec<CueMonth> {
    let mut months: BTreeMap<Date, (usize, BTreeMap<Cue, usize>)> = BTreeMap::new();
    for touch in touches {
        let (Some(from), Some(at)) = (&touch.message.from, touch.date()) else { continue };
        if !touch.message.nature.is_correspondence() || !is_theirs(&from.address) {
            continue;
        }
        let (letters, cues) = months.entry(at.date().first_of_month()).or_default();
        *letters += 1;
        let found = touch.gist.iter().flat_map(|gist| &gist.cues);
        let told: BTreeSet<Cue> =
            found.filter(|found| found.probability >= CUE_FROM).map(|found| found.cue).collect();
        for cue in told {
            *cues.entry(cue).or_default() += 1;
        }
    }
    let is_private = |cue: Cue| matches!(cue, Cue::Illness | Cue::Family);
    months
        .into_iter()
        .rev()
        .map(|(month, (letters, cues))| {
            let has_private = cues.keys().any(|cue| is_private(*cue));
            let mut cues: Vec<_> = cues.into_iter().filter(|(cue, _)| !is_private(*cue)).collect();
            cues.sort_by_key(|(cue, n)| (std::cmp::Reverse(*n), *cue));
            CueMonth { month, letters, cues, has_private }
        })
        .collect()
}

/// When letters went either way, by week, the latest last: theirs and ours.
pub fn by_week<const WEEKS: usize>(person: &PersonReview, as_of: Moment) -> [(u32, u32); WEEKS] {
    let mut weeks = [(0, 0); WEEKS];
    for (at, direction) in &person.letters {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weeks ago")]
        let ago = (as_of.hours_since(*at) / 168.0).max(0.0) as usize;
        if let Some(week) = WEEKS.checked_sub(ago + 1).and_then(|week| weeks.get_mut(week)) {
            match direction {
                Direction::Inbound => week.0 += 1,
                Direction::Outbound => week.1 += 1,
            }
        }
    }
    weeks
}
