//! What an assistant proposes about a deal: kept as proposed, confirmed or dismissed by a person.
//!
//! A proposal counts for nothing. Whatever is proposed is something that a person could say themselves, and its words
//! stand in a letter of the deal: that is looked at when it is proposed, and once more when it is confirmed. Then
//! it is said the way a person says it, and the proposal no longer waits.

use inroad_language::private;
use inroad_model::{
    Assessed, Correction, Cue, Deal, DealId, EmailAddress, Entry, EntryNumber, Insight, KeptEntry,
    MessageId, Moment, ProposedAssessment, Remark, Subject,
};
use inroad_second_reading::true_words;

use crate::corrections::{correction, is_private};
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// So many wait at once about one deal: as many as a person looks through.
const WAITING_MAX: usize = 20;
/// What an assistant is called is no longer.
const NAME_CHARS_MAX: usize = 60;
/// What it says in words of its own is no longer.
const WORDS_CHARS_MAX: usize = 200;

/// What an assistant wishes to propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentAsked {
    /// The deal, by its id or its name.
    pub deal: String,
    /// What is to be so.
    pub says: Assessed,
    /// The letter that shows it.
    pub message: MessageId,
    /// The words that show it.
    pub quote: String,
    /// How sure it is, from 1 to 99 in a hundred.
    pub sure_percent: Option<u8>,
    /// What the assistant is called.
    pub by: String,
}

/// A proposal that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct WaitingAssessment {
    /// Its number.
    pub number: EntryNumber,
    /// The deal.
    pub deal: DealId,
    /// When it was proposed.
    pub proposed_at: Moment,
    /// What.
    #[serde(flatten)]
    pub proposed: ProposedAssessment,
}

impl WaitingAssessment {
    fn of(kept: KeptEntry) -> Option<Self> {
        let KeptEntry { number, about: Subject::Deal(deal), told_at, entry, .. } = kept else {
            return None;
        };
        let Entry::ProposedAssessment(proposed) = entry else { return None };
        Some(Self { number, deal, proposed_at: told_at, proposed })
    }
}

impl Inroad {
    /// Keeps what an assistant proposes about a deal of whoever asks, until a person decides.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for whose mailbox it is not; [`Error::NotFound`] for a deal, a letter or words that are
    /// not there; [`Error::Invalid`] for what a person could not say; [`Error::Conflict`] for what is known, waits or
    /// was decided already, and where too many wait.
    pub async fn propose_assessment(
        &self,
        actor: &Actor,
        asked: AssessmentAsked,
        at: Moment,
    ) -> Result<WaitingAssessment> {
        actor.must(Right::Mailbox)?;
        let deals = self.store.deals().await?;
        let deal = &crate::deals::find(&deals, asked.deal.trim())?.deal;
        let proposed = ProposedAssessment {
            by: name_of(&asked.by)?,
            quote: quote_of(&asked.quote)?,
            says: asked.says,
            message: asked.message,
            sure_percent: asked.sure_percent,
        };
        if proposed.sure_percent.is_some_and(|sure| !(1..=99).contains(&sure)) {
            return invalid("How sure it is, is a number from 1 to 99");
        }
        let proposed = self.as_it_stands(deal, proposed, at).await?;
        self.must_be_new(&deal.id, &proposed, at).await?;
        let (about, entry) = (Subject::Deal(deal.id.clone()), Entry::ProposedAssessment(proposed));
        let number = self.store.add_entry(&about, &entry, at).await?;
        let Entry::ProposedAssessment(proposed) = entry else {
            return Err(Error::Internal { what: "a proposal".to_owned() });
        };
        Ok(WaitingAssessment { number, deal: deal.id.clone(), proposed_at: at, proposed })
    }

    /// What waited for a person at a moment, about one deal or about all, oldest first.
    pub async fn waiting_assessments(
        &self,
        deal: Option<&DealId>,
        at: Moment,
    ) -> Result<Vec<WaitingAssessment>> {
        let entries = self.entries(at).await?.into_iter();
        let waiting = entries.filter_map(WaitingAssessment::of);
        Ok(waiting.filter(|one| deal.is_none_or(|deal| one.deal == *deal)).collect())
    }

    /// Says what was proposed, as a person's own word.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it waits no more, or what shows it is gone; else as if it were said anew.
    pub async fn confirm_assessment(
        &self,
        number: EntryNumber,
        at: Moment,
    ) -> Result<Done<WaitingAssessment>> {
        let waiting = self.waiting(number, at).await?;
        let deal = self.stored_deal(&waiting.deal).await?.deal;
        let proposed = self.as_it_stands(&deal, waiting.proposed.clone(), at).await?;
        // Claimed before it is said, so that two clicks at once say it once.
        if !self.store.withdraw_entry(number, at).await? {
            return Err(decided_already());
        }
        let taken = match self.say(&proposed, at).await {
            Ok(taken) => Box::new(taken),
            Err(error) => {
                self.store.restore_entry(number, at).await?;
                return Err(error);
            }
        };
        let inverse = Inverse::Confirmed { proposal: number, taken };
        let says = format!("{}: confirmed: {}", deal.name, in_words(&proposed));
        let deed = self.keep_deed(Some(&deal.id), &says, &inverse, at).await?;
        Ok(Done { what: waiting, deed })
    }

    /// Lays a proposal to rest: it is not so, or not wanted.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it waits no more.
    pub async fn dismiss_assessment(
        &self,
        number: EntryNumber,
        at: Moment,
    ) -> Result<Done<WaitingAssessment>> {
        let waiting = self.waiting(number, at).await?;
        if !self.store.withdraw_entry(number, at).await? {
            return Err(decided_already());
        }
        let deal = self.stored_deal(&waiting.deal).await?.deal;
        let says = format!("{}: dismissed: {}", deal.name, in_words(&waiting.proposed));
        let inverse = Inverse::EntryBack { number };
        let deed = self.keep_deed(Some(&waiting.deal), &says, &inverse, at).await?;
        Ok(Done { what: waiting, deed })
    }

    async fn waiting(&self, number: EntryNumber, at: Moment) -> Result<WaitingAssessment> {
        let all = self.waiting_assessments(None, at).await?;
        all.into_iter().find(|one| one.number == number).ok_or_else(decided_already)
    }

    /// Refuses what a person could not say of that deal, and words that do not stand in a letter of it. Gives it with
    /// the words as the letter has them.
    async fn as_it_stands(
        &self,
        deal: &Deal,
        proposed: ProposedAssessment,
        at: Moment,
    ) -> Result<ProposedAssessment> {
        must_be_no_private_matter(&proposed, at)?;
        let id = &proposed.message;
        let aliases = self.aliases().await?;
        let letters = self.touches_of(std::slice::from_ref(deal), &aliases, at).await?;
        if !letters.iter().any(|touch| touch.message.id == *id) {
            let what = format!("No letter <{id}> is among those of '{}'", deal.name);
            return Err(Error::NotFound { what });
        }
        let quote = proposed.quote.as_str();
        let quote = match &proposed.says {
            Assessed::People(known) => {
                self.must_bear_on(known, deal, at).await?;
                let reading = self.read_kept(id, at).await?;
                true_words(&reading.new_text, quote).ok_or_else(|| Error::NotFound {
                    what: "Those words do not stand among what the writer added to that letter; quote at least eight \
                           characters, word for word"
                        .to_owned(),
                })?
            }
            Assessed::Sentence { cue, holds } => {
                let correction = correction(id, quote, *cue, *holds, at)?;
                self.must_be_correctable(&correction).await?;
                correction.sentence.as_str().to_owned()
            }
        };
        // What stands in a letter may be private where the words that were sent were cut short of it.
        let proposed = ProposedAssessment { quote: quote_of(&quote)?, ..proposed };
        must_be_no_private_matter(&proposed, at)?;
        Ok(proposed)
    }

    async fn must_be_new(
        &self,
        deal: &DealId,
        proposed: &ProposedAssessment,
        at: Moment,
    ) -> Result<()> {
        let conflict = |what: String| Err(Error::Conflict { what });
        let kept = self.store.entries().await?;
        let of_deal: Vec<(bool, ProposedAssessment)> = kept
            .into_iter()
            .map(|kept| (kept.counts_at(at), kept))
            .filter_map(|(waits, kept)| Some((waits, WaitingAssessment::of(kept)?)))
            .filter(|(_, one)| one.deal == *deal)
            .map(|(waits, one)| (waits, one.proposed))
            .collect();
        let is_same = |other: &ProposedAssessment| {
            other.says == proposed.says
                && other.message == proposed.message
                && other.quote == proposed.quote
        };
        // What is said of people is said once, whatever shows it; a sentence is another one in each letter.
        let repeats = |other: &ProposedAssessment| match &proposed.says {
            Assessed::People(_) => other.says == proposed.says,
            Assessed::Sentence { .. } => is_same(other),
        };
        if of_deal.iter().any(|(waits, other)| *waits && repeats(other)) {
            return conflict("That waits for a person already".to_owned());
        }
        if of_deal.iter().any(|(waits, other)| !waits && is_same(other)) {
            return conflict("A person decided about that already".to_owned());
        }
        if of_deal.iter().filter(|(waits, _)| *waits).count() >= WAITING_MAX {
            return conflict(format!(
                "{WAITING_MAX} proposals about this deal wait for a person; let some be decided first"
            ));
        }
        Ok(())
    }

    /// Says it as a person does; gives what takes it back.
    async fn say(&self, proposed: &ProposedAssessment, at: Moment) -> Result<Inverse> {
        match &proposed.says {
            Assessed::People(known) => {
                let because = Some(because(proposed));
                let told = self.tell(&Insight { at, known: known.clone(), because }).await?;
                Ok(Inverse::Insight { number: told.kept.number })
            }
            Assessed::Sentence { cue, holds } => {
                let quote = proposed.quote.as_str();
                let correction = correction(&proposed.message, quote, *cue, *holds, at)?;
                let before = self.must_be_correctable(&correction).await?.map(Box::new);
                self.store.add_correction(&correction).await?;
                let Correction { sentence, cue, .. } = correction;
                Ok(Inverse::Correction { sentence, cue, before })
            }
        }
    }
}

/// Health and family stay in their letter, whoever reads it.
fn must_be_no_private_matter(proposed: &ProposedAssessment, at: Moment) -> Result<()> {
    let quote = proposed.quote.as_str();
    let is_private = match &proposed.says {
        Assessed::Sentence { cue, holds } => {
            is_private(&correction(&proposed.message, quote, *cue, *holds, at)?)
        }
        Assessed::People(_) => private::is_private(quote),
    };
    let says = proposed.says.free_words().map_or("", Remark::as_str);
    if is_private || private::is_private(says) {
        return invalid("That is a private matter: it stays in its letter, and is not proposed");
    }
    if says.chars().count() > WORDS_CHARS_MAX {
        return invalid(&format!("Say it in {WORDS_CHARS_MAX} characters"));
    }
    Ok(())
}

/// Where a person's word came from, once they confirmed it.
fn because(proposed: &ProposedAssessment) -> Remark {
    let ProposedAssessment { quote, by, .. } = proposed;
    let text = format!("\"{}\" (proposed by {})", quote.as_str(), by.as_str());
    // It is shorter than a page, since a quote is.
    Remark::new(&text).unwrap_or_else(|_long| quote.clone())
}

/// What was decided about, in words; of private matters nothing was proposed.
fn in_words(proposed: &ProposedAssessment) -> String {
    let words = proposed.says.in_words(EmailAddress::to_string);
    match &proposed.says {
        Assessed::People(_) => words,
        Assessed::Sentence { .. } => format!("\"{}\": {words}", proposed.quote.as_str()),
    }
}

/// The cues that may be proposed, by name.
pub fn proposable_cues() -> Vec<&'static str> {
    let shown = |cue: &&Cue| !matches!(cue, Cue::Illness | Cue::Family);
    Cue::ALL.iter().filter(shown).map(|cue| cue.as_str()).collect()
}

fn quote_of(text: &str) -> Result<Remark> {
    Remark::new(text).map_err(|why| Error::Invalid { what: format!("The quote: {why}") })
}

fn name_of(text: &str) -> Result<Remark> {
    let one_line: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(NAME_CHARS_MAX)
        .collect();
    let named = if one_line.is_empty() { "an assistant" } else { &one_line };
    Remark::new(named).map_err(|why| Error::Invalid { what: format!("The name: {why}") })
}

fn decided_already() -> Error {
    Error::NotFound {
        what: "No proposal of that number waits; perhaps a person decided already".to_owned(),
    }
}

fn invalid<T>(what: &str) -> Result<T> {
    Err(Error::Invalid { what: what.to_owned() })
}
