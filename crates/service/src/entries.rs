//! What the user writes down at the desk: notes, plans, what is laid aside, steps that are done.

use inroad_advice::propose;
use inroad_model::{AccountKey, Claim, Entry, EntryNumber, KeptEntry, Moment, Subject};

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

impl Inroad {
    /// Writes something down; it can be undone.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deal that is not there; [`Error::Invalid`] for a day that has passed
    /// where a coming one is meant.
    pub async fn write_down(
        &self,
        about: Subject,
        entry: Entry,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let name = match &about {
            Subject::Deal(id) => self.stored_deal(id).await?.deal.name,
            Subject::Person(email) => email.to_string(),
            Subject::Account(key) => key.to_string(),
        };
        check(&entry, at)?;
        self.check_new(&about, &entry, at).await?;
        let number = self.store.add_entry(&about, &entry, at).await?;
        let says = format!("{name}: {}", says(&entry));
        let deal = deal_of(&about);
        let deed = self.keep_deed(deal, &says, &Inverse::Entry { number }, at).await?;
        Ok(Done { what: number, deed })
    }

    /// Takes something back that was written down; that can be undone, too.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nothing counts under that number.
    pub async fn strike(&self, number: EntryNumber, at: Moment) -> Result<Done<KeptEntry>> {
        let kept = self.store.entries().await?;
        let counting = kept.into_iter().find(|kept| kept.number == number && kept.counts_at(at));
        let Some(entry) = counting else {
            return Err(Error::NotFound { what: "That was taken back already".to_owned() });
        };
        self.store.withdraw_entry(number, at).await?;
        self.write_cards_soon(number).await?;
        let says = format!("Taken back: {}", says(&entry.entry));
        let inverse = Inverse::EntryBack { number };
        let deed = self.keep_deed(deal_of(&entry.about), &says, &inverse, at).await?;
        Ok(Done { what: entry, deed })
    }

    /// Refuses what would say a second time what counts already, or speak of nobody.
    async fn check_new(&self, about: &Subject, entry: &Entry, at: Moment) -> Result<()> {
        if let Subject::Account(key) = about {
            self.must_be_a_firms(key).await?;
        }
        let again = match entry {
            Entry::Tag { tag } => format!("That is tagged {tag} already"),
            Entry::Fell { claim, .. } => {
                return self.check_open(about, Open::Assumption, *claim, at).await;
            }
            Entry::Answered { question } => {
                return self.check_open(about, Open::Question, *question, at).await;
            }
            Entry::LeaveAlone { .. } => {
                if let Subject::Person(email) = about
                    && self.seller().await?.unwrap_or_default().is_ours(email)
                {
                    let what = format!("{email} is of your own house");
                    return Err(Error::Invalid { what });
                }
                "They are left alone already".to_owned()
            }
            Entry::Shared { with, .. } => {
                self.must_work_here(with).await?;
                format!("It is shared with {with} already; take that back first")
            }
            _ => return Ok(()),
        };
        let is_same = |kept: &KeptEntry| match (&kept.entry, entry) {
            (Entry::Tag { tag }, Entry::Tag { tag: new }) => tag == new,
            (Entry::LeaveAlone { .. }, Entry::LeaveAlone { .. }) => true,
            (Entry::Shared { with, .. }, Entry::Shared { with: new, .. }) => with == new,
            _ => false,
        };
        let counting = self.entries(at).await?;
        if counting.iter().any(|kept| kept.about == *about && is_same(kept)) {
            return Err(Error::Conflict { what: again });
        }
        Ok(())
    }

    /// Refuses to settle what is no open assumption or question of that firm any more.
    pub(crate) async fn check_open(
        &self,
        about: &Subject,
        open: Open,
        number: EntryNumber,
        at: Moment,
    ) -> Result<()> {
        let counting = self.entries(at).await?;
        let groups = self.groups::<AccountKey>().await?;
        let is_own = |other: &Subject| match (about, other) {
            (Subject::Account(a), Subject::Account(b)) => groups.is_one_firm(a, b),
            _ => false,
        };
        let is_there = counting.iter().any(|kept| {
            let settled = match &kept.entry {
                Entry::Fell { claim: settled, .. }
                | Entry::Answered { question: settled }
                | Entry::Claim(Claim { settles: Some(settled), .. }) => *settled,
                _ => return false,
            };
            settled == number
        });
        let found = counting.iter().find(|kept| kept.number == number && is_own(&kept.about));
        let is_open = found.is_some_and(|kept| match (&kept.entry, open) {
            (Entry::Claim(claim), Open::Assumption) => !claim.is_verified,
            (Entry::Question { .. }, Open::Question) => true,
            _ => false,
        });
        let what = match (is_open, is_there) {
            (true, false) => return Ok(()),
            (true, true) => "That was settled already",
            (false, _) => "That was taken back already",
        };
        Err(Error::Conflict { what: what.to_owned() })
    }

    /// Refuses what is no mail domain of another firm.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a mail provider's domain and the user's own house.
    pub async fn must_be_a_firms(&self, key: &AccountKey) -> Result<()> {
        let invalid = |what: String| Err(Error::Invalid { what });
        let Some(domain) = key.as_domain() else { return Ok(()) };
        if propose::is_free_mail(domain) {
            return invalid(format!(
                "{domain} is a mail provider's, not one firm's; name one address there instead"
            ));
        }
        let myself = self.myself().await?;
        if myself.is_some_and(|me| propose::own_domains(&me.seller).contains(domain)) {
            return invalid(format!("{domain} is of your own house"));
        }
        Ok(())
    }

    /// What counted at a moment of what was written down, in its order.
    pub async fn entries(&self, at: Moment) -> Result<Vec<KeptEntry>> {
        let mut kept = self.store.entries().await?;
        kept.retain(|entry| entry.counts_at(at));
        self.under_every_key(&mut kept).await?;
        Ok(kept)
    }

    /// A firm that is left alone is left alone under each of its keys: the same entry stands once for
    /// each.
    async fn under_every_key(&self, kept: &mut Vec<KeptEntry>) -> Result<()> {
        let is_alone = |kept: &KeptEntry| matches!(kept.entry, Entry::LeaveAlone { .. });
        let of_firm = |kept: &KeptEntry| matches!(kept.about, Subject::Account(_));
        if !kept.iter().any(|kept| is_alone(kept) && of_firm(kept)) {
            return Ok(());
        }
        let groups = self.groups::<AccountKey>().await?;
        let mut more: Vec<KeptEntry> = Vec::new();
        for entry in kept.iter().filter(|kept| is_alone(kept)) {
            let Subject::Account(key) = &entry.about else { continue };
            let others = groups.all_of(key).into_iter().filter(|other| other != key);
            more.extend(
                others.map(|other| KeptEntry { about: Subject::Account(other), ..entry.clone() }),
            );
        }
        kept.extend(more);
        Ok(())
    }
}

/// What can be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// Something that is assumed of a firm.
    Assumption,
    /// Something to find out.
    Question,
}

fn deal_of(about: &Subject) -> Option<&inroad_model::DealId> {
    match about {
        Subject::Deal(id) => Some(id),
        Subject::Person(_) | Subject::Account(_) => None,
    }
}

/// What was done, in words.
fn says(entry: &Entry) -> String {
    let day = |day: jiff::civil::Date| day.strftime("%-d %B %Y").to_string();
    match entry {
        Entry::Note { .. } => "a note".to_owned(),
        Entry::Plan { day: on, what, .. } => format!("planned for {}: {}", day(*on), what.as_str()),
        Entry::Done { .. } => "done as planned".to_owned(),
        Entry::Snooze { until, .. } => format!("laid aside until {}", day(*until)),
        Entry::Step { step, .. } => format!("step {step} is done"),
        Entry::Tag { tag } => format!("tagged {tag}"),
        Entry::Claim(Claim { topic, is_verified, .. }) => {
            let how = if *is_verified { "verified" } else { "assumed" };
            format!("{how}: {}", topic.in_words().to_lowercase())
        }
        Entry::Fell { .. } => "an assumption did not hold".to_owned(),
        Entry::Target { .. } => "on the target list".to_owned(),
        Entry::Question { .. } => "a question to ask".to_owned(),
        Entry::Answered { .. } => "a question has its answer".to_owned(),
        Entry::LookedAt { .. } => "seen, and laid to rest".to_owned(),
        Entry::Record(change) => crate::records::says(change),
        Entry::LeaveAlone { .. } => "to be left alone".to_owned(),
        Entry::KeepInTouch { .. } => "to stay in touch".to_owned(),
        Entry::TouchApproved { .. } => "a touch approved".to_owned(),
        Entry::Touched { day: on, .. } => format!("in touch on {}", day(*on)),
        Entry::TouchSkipped { day: on, .. } => format!("the touch of {} is left out", day(*on)),
        Entry::TouchPutOff { until, .. } => format!("no touch before {}", day(*until)),
        Entry::TouchesEnded { .. } => "no longer to stay in touch".to_owned(),
        Entry::Shared { with, .. } => format!("shared with {with}"),
        Entry::ProposedAssessment(_) => "a proposal of an assistant".to_owned(),
    }
}

fn check(entry: &Entry, at: Moment) -> Result<()> {
    let today = at.date();
    let invalid = |what: &str| Err(Error::Invalid { what: what.to_owned() });
    match entry {
        Entry::Snooze { until, .. } | Entry::LookedAt { until: Some(until), .. }
            if *until <= today =>
        {
            invalid("Choose a coming day on which it is to be shown again")
        }
        Entry::Plan { day, .. } if *day < today => invalid("Choose a day that has not passed"),
        Entry::Claim(claim) if claim.day > today => {
            invalid("What is so of a firm cannot be of a coming day")
        }
        Entry::Note { day, .. } if *day > today => {
            invalid("A note tells of what has been; for a coming day make a plan")
        }
        Entry::Tag { tag } if tag_from(tag).as_ref() != Ok(tag) => {
            invalid("A tag is a word or a few, without a line break")
        }
        _ => Ok(()),
    }
}

/// The longest tag, in characters.
pub const TAG_CHARS_MAX: usize = 40;

/// A tag as it is kept: small letters, single blanks.
///
/// # Errors
/// If there is none, or it is longer than [`TAG_CHARS_MAX`].
pub fn tag_from(typed: &str) -> std::result::Result<String, &'static str> {
    let clean: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let tag = clean.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match tag.chars().count() {
        0 => Err("Write the tag"),
        n if n > TAG_CHARS_MAX => Err("That is too long for a tag"),
        _ => Ok(tag),
    }
}
