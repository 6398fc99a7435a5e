//! Everything that happened about one deal, in its order: letters, meetings, notes, plans.

use inroad_advice::{discreet, meetings};
use inroad_model::{
    CalendarEvent, Deal, DealId, Entry, EntryNumber, Fact, KeptEntry, MessageId, Moment, Subject,
    Touch,
};

use crate::Result;
use crate::inroad::Inroad;
use crate::search::holds_words;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// When; for a note the beginning of its day.
    pub at: Moment,
    /// What.
    pub what: Happened,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// A letter.
    Letter {
        /// Which.
        id: MessageId,
        /// Whether we wrote it.
        is_ours: bool,
        /// Who wrote it.
        from: String,
        /// What about.
        subject: String,
        /// What it states, without private words.
        facts: Vec<Fact>,
    },
    /// A meeting in the calendar.
    Meeting {
        /// Its title.
        title: String,
        /// Whether it was called off.
        is_cancelled: bool,
    },
    /// Something that the user wrote down.
    Entry {
        /// Under which number; it can be taken back.
        number: EntryNumber,
        /// What.
        entry: Entry,
    },
}

/// A part of a deal's timeline, the latest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// What happened.
    pub happenings: Vec<Happening>,
    /// How many there are in all that were asked for.
    pub count: usize,
}

impl Inroad {
    /// What happened about a deal up to a moment, the latest first. With words only what holds all of
    /// them in its subject, its names, its statements or its notes. `skip` leaves out the latest,
    /// `limit` is the most that is given.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn timeline(
        &self,
        deal: &Deal,
        as_of: Moment,
        words: &str,
        skip: usize,
        limit: usize,
    ) -> Result<Timeline> {
        let id = &deal.id;
        let aliases = self.aliases().await?;
        let seller = self.seller().await?.unwrap_or_default();
        let touches = self.touches_of(std::slice::from_ref(deal), &aliases, as_of).await?;
        let events = self.store.events(None).await?;
        let concerns = |event: &&CalendarEvent| {
            meetings::is_known(event, as_of)
                && event.attendees.iter().map(|who| &who.mailbox.address).any(|email| {
                    deal.people.iter().any(|seat| seat.email == *email)
                        || deal.domain.as_deref().is_some_and(|domain| email.is_at(domain))
                })
        };
        let mut all: Vec<Happening> = touches
            .iter()
            .filter_map(|touch| letter(touch, |email| seller.is_ours(email)))
            .chain(events.iter().filter(concerns).filter_map(meeting))
            .chain(
                self.entries(as_of).await?.into_iter().filter_map(|kept| written(kept, id, as_of)),
            )
            .collect();
        if !words.trim().is_empty() {
            all.retain(|happening| holds(happening, words));
        }
        all.sort_by_key(|happening| std::cmp::Reverse(happening.at));
        let count = all.len();
        let happenings = all.into_iter().skip(skip).take(limit).collect();
        Ok(Timeline { happenings, count })
    }
}

fn letter(
    touch: &Touch,
    is_ours: impl Fn(&inroad_model::EmailAddress) -> bool,
) -> Option<Happening> {
    let message = &touch.message;
    let from = message.from.as_ref();
    let mut facts = touch.facts.clone();
    facts.iter_mut().for_each(discreet::keep_fact);
    Some(Happening {
        at: touch.date()?,
        what: Happened::Letter {
            id: message.id.clone(),
            is_ours: from.is_some_and(|from| is_ours(&from.address)),
            from: from.map(|from| from.label().to_owned()).unwrap_or_default(),
            subject: discreet::title(&message.subject).to_owned(),
            facts,
        },
    })
}

fn meeting(event: &CalendarEvent) -> Option<Happening> {
    let what = Happened::Meeting {
        title: discreet::title(&event.summary).to_owned(),
        is_cancelled: event.cancelled,
    };
    Some(Happening { at: event.start?, what })
}

/// Notes and plans; what else was written down stands among the decisions.
fn written(kept: KeptEntry, id: &DealId, as_of: Moment) -> Option<Happening> {
    if kept.about != Subject::Deal(id.clone()) {
        return None;
    }
    let day = match &kept.entry {
        Entry::Note { day, .. } | Entry::Plan { day, .. } => *day,
        _ => return None,
    };
    let at = as_of.offset().to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()?;
    let what = Happened::Entry { number: kept.number, entry: kept.entry };
    Some(Happening { at: Moment::new(at, as_of.offset()), what })
}

fn holds(happening: &Happening, words: &str) -> bool {
    let text = match &happening.what {
        Happened::Letter { from, subject, facts, .. } => {
            let quotes: Vec<&str> = facts.iter().map(|fact| fact.quote.as_str()).collect();
            format!("{from}\n{subject}\n{}", quotes.join("\n"))
        }
        Happened::Meeting { title, .. } => title.clone(),
        Happened::Entry { entry: Entry::Note { text, .. }, .. } => text.as_str().to_owned(),
        Happened::Entry { entry: Entry::Plan { what, .. }, .. } => what.as_str().to_owned(),
        Happened::Entry { .. } => String::new(),
    };
    holds_words(&text, words)
}
