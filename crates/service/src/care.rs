//! Looking after what is known: a few things a day that are missing, old, twice there or at odds.
//!
//! Must not: change anything by itself; each thing is answered by the user, or laid to rest.

use std::collections::BTreeSet;

use inroad_advice::acquaintance::Doubt;
use inroad_model::{
    AccountKey, EmailAddress, Entry, EntryNumber, IdealClient, KeptEntry, Level, Moment, Qualifier,
    Stage, Subject, Topic,
};
use inroad_store::ContentHash;
use jiff::civil::Date;

use crate::Result;
use crate::calls::by_mail::WaitingNote;
use crate::deeds::Done;
use crate::desk::Morning;
use crate::doubles::{MaybeOne, OpenDoubles};
use crate::inroad::Inroad;
use crate::prospects::{Prospect, Target};
use crate::register::{AccountRow, Register};

/// So many a day are as much as one does beside the day's work.
pub const CARE_A_DAY_MAX: usize = 7;
/// Words by which the user tells what a firm is to them.
pub const ACCOUNT_KINDS: [&str; 3] = ["prospect", "client", "partner"];
/// Of pairs that may be one, so many a day.
const TWICE_A_DAY_MAX: usize = 2;

/// One thing to look after.
#[derive(Debug, Clone, PartialEq)]
pub struct CareItem {
    /// Whom or what it is about; of a pair, one of the two.
    pub about: Subject,
    /// What that is called.
    pub label: String,
    /// What is to be looked after.
    pub what: Care,
}

/// What is to be looked after.
#[derive(Debug, Clone, PartialEq)]
pub enum Care {
    /// Something about a person is out of date or at odds with the record.
    Doubt(Doubt),
    /// Two addresses may be one person's.
    SamePerson(Box<MaybeOne<EmailAddress>>),
    /// Two names may be one firm's.
    SameFirm(Box<MaybeOne<AccountKey>>),
    /// A note that the user sent to themselves names no deal.
    Note(WaitingNote),
    /// A firm with deals of which nobody said whether it is a prospect, a client or a partner.
    Kind,
    /// What is known of a target is old.
    Old {
        /// About what.
        topic: Topic,
        /// What was so.
        text: String,
        /// On which day.
        day: Date,
        /// Whether it had been verified.
        is_verified: bool,
    },
    /// Of a target nobody knows what the ideal client asks for.
    Missing {
        /// About what.
        topic: Topic,
        /// Whether they are no prospect without it.
        is_must: bool,
    },
}

impl CareItem {
    /// What it is laid to rest under: something new about it has another name.
    pub fn code(&self) -> String {
        match &self.what {
            Care::Doubt(Doubt::Left { at, .. }) => format!("left {}", at.date()),
            Care::Doubt(Doubt::Bounces { at, .. }) => format!("bounces {}", at.date()),
            Care::Doubt(Doubt::OtherTitle { signed, .. }) => format!("title {signed}"),
            Care::Doubt(Doubt::Unanswered { since }) => format!("unanswered {}", since.date()),
            Care::SamePerson(pair) => format!("same {} {}", pair.a, pair.b),
            Care::SameFirm(pair) => format!("same {} {}", pair.a, pair.b),
            Care::Note(note) => {
                format!("note {}", ContentHash::of(note.id.as_str().as_bytes()).to_hex())
            }
            Care::Kind => "kind".to_owned(),
            Care::Old { topic, day, .. } => format!("old {} {day}", topic.as_str()),
            Care::Missing { topic, .. } => format!("missing {}", topic.as_str()),
        }
    }
}

/// What is needed to tell what to look after.
#[derive(Debug)]
pub struct CareAsked<'a> {
    /// The deals.
    pub morning: &'a Morning,
    /// What the user wrote down and counts.
    pub entries: &'a [KeptEntry],
    /// Whom the user can help best.
    pub ideal: &'a IdealClient,
    /// Who may be there twice, where that was looked for.
    pub doubles: Option<&'a OpenDoubles>,
    /// Notes by mail that wait for a deal.
    pub notes: &'a [WaitingNote],
    /// The day.
    pub on: Date,
}

fn note_waits(note: &WaitingNote) -> CareItem {
    CareItem {
        about: Subject::Person(note.from.clone()),
        label: note.title.clone(),
        what: Care::Note(note.clone()),
    }
}

impl Register {
    /// What to look after, the most useful first, without what was laid to rest. All of it: a page
    /// shows the first [`CARE_A_DAY_MAX`].
    pub fn care(&self, asked: &CareAsked<'_>) -> Vec<CareItem> {
        let mut items: Vec<CareItem> = asked.notes.iter().map(note_waits).collect();
        items.extend(self.doubts_of_deals(asked.morning));
        items.extend(asked.doubles.into_iter().flat_map(twice));
        let rows = self.accounts_with_deals(asked.morning, asked.entries);
        items.extend(
            rows.iter().filter(|row| is_without_kind(row)).map(|row| item(row, Care::Kind)),
        );
        let mut targets = Target::among(asked.entries);
        targets.retain(|target| !self.is_left_alone(&target.key, asked.entries));
        let look =
            |target: &Target| self.prospect(&target.key, asked.entries, &[], asked.ideal, asked.on);
        let prospects: Vec<Prospect> = targets.iter().map(look).collect();
        items.extend(prospects.iter().flat_map(old));
        items.extend(prospects.iter().flat_map(missing));
        let resting: BTreeSet<(&Subject, &str)> = asked
            .entries
            .iter()
            .filter_map(|kept| match &kept.entry {
                Entry::LookedAt { what, until } if until.is_none_or(|until| until > asked.on) => {
                    Some((&kept.about, what.as_str()))
                }
                _ => None,
            })
            .collect();
        items.retain(|item| !resting.contains(&(&item.about, item.code().as_str())));
        items
    }

    /// What is out of date about people of open deals: who left and whose mail comes back first.
    fn doubts_of_deals(&self, morning: &Morning) -> Vec<CareItem> {
        let is_open = |stage: Option<Stage>| !stage.is_some_and(Stage::is_end);
        let open = morning.deals.iter().filter(|stored| is_open(stored.deal.stage));
        let seats: BTreeSet<&EmailAddress> =
            open.flat_map(|stored| &stored.deal.people).map(|seat| &seat.email).collect();
        let doubted = self.people.iter().filter(|who| !who.acquaintance.doubts.is_empty());
        let people = doubted.filter(|who| who.addresses().any(|a| seats.contains(a)));
        let mut items: Vec<CareItem> = people
            .flat_map(|who| {
                who.acquaintance.doubts.iter().map(|doubt| CareItem {
                    about: Subject::Person(who.email().clone()),
                    label: who.label().to_owned(),
                    what: Care::Doubt(doubt.clone()),
                })
            })
            .collect();
        items.sort_by_key(|item| match item.what {
            Care::Doubt(Doubt::Left { .. }) => 0,
            Care::Doubt(Doubt::Bounces { .. }) => 1,
            Care::Doubt(Doubt::OtherTitle { .. }) => 2,
            _ => 3,
        });
        items
    }
}

/// What is known of a target and too old.
fn old(prospect: &Prospect) -> Vec<CareItem> {
    let old = prospect.form.rows.iter().filter(|row| row.is_stale).filter_map(|row| {
        let held = row.verified.first().or(row.assumed.first())?;
        let what = Care::Old {
            topic: row.topic,
            text: held.text.clone(),
            day: held.day,
            is_verified: held.is_verified,
        };
        Some(of_prospect(prospect, what))
    });
    old.collect()
}

/// What the ideal client asks for and nobody knows of a target, each topic once.
fn missing(prospect: &Prospect) -> Vec<CareItem> {
    let mut topics = BTreeSet::new();
    let fit = prospect.fit();
    let missing = fit.unknown().into_iter().filter(|one| topics.insert(one.topic));
    let what = |qualifier: &Qualifier| Care::Missing {
        topic: qualifier.topic,
        is_must: qualifier.level == Level::Must,
    };
    missing.map(|qualifier| of_prospect(prospect, what(qualifier))).collect()
}

fn of_prospect(prospect: &Prospect, what: Care) -> CareItem {
    let about = Subject::Account(prospect.key.clone());
    CareItem { about, label: prospect.label.clone(), what }
}

/// Pairs that are likely one.
fn twice(doubles: &OpenDoubles) -> Vec<CareItem> {
    let people = doubles.people.iter().filter(|pair| pair.is_likely).map(|pair| CareItem {
        about: Subject::Person(pair.a.clone()),
        label: pair.a_called.clone(),
        what: Care::SamePerson(Box::new(pair.clone())),
    });
    let firms = doubles.accounts.iter().filter(|pair| pair.is_likely).map(|pair| CareItem {
        about: Subject::Account(pair.a.clone()),
        label: pair.a_called.clone(),
        what: Care::SameFirm(Box::new(pair.clone())),
    });
    people.take(TWICE_A_DAY_MAX).chain(firms.take(TWICE_A_DAY_MAX)).collect()
}

fn is_without_kind(row: &AccountRow<'_>) -> bool {
    row.left_alone.is_none() && !row.tags.iter().any(|tag| ACCOUNT_KINDS.contains(tag))
}

fn item(row: &AccountRow<'_>, what: Care) -> CareItem {
    CareItem { about: Subject::Account(row.key().clone()), label: row.label().to_owned(), what }
}

impl Inroad {
    /// Lays something to rest: for good, or until a day. Something new about it is told again.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] for a day that has come.
    pub async fn looked_at(
        &self,
        about: Subject,
        what: &str,
        until: Option<Date>,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let what: String = what.chars().filter(|c| !c.is_control()).take(CODE_CHARS_MAX).collect();
        self.write_down(about, Entry::LookedAt { what, until }, at).await
    }
}

/// The longest name of something that is laid to rest, in characters.
const CODE_CHARS_MAX: usize = 600;
