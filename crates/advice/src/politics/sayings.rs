//! The sentences that tell something of people, with who says them and whom they name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use inroad_language::facts::{Names, Naming, Part};
use inroad_model::{Cue, EmailAddress, FoundCue, Mailbox, Source};

use super::cast::{Cast, Member};
use crate::dealings::Dealings;
use crate::evidence::{Evidence, Reader};
use crate::playbook::signs::{Said, cues_of};

/// A cue that is less likely than this is no ground to name anybody.
const LIKELY_MIN: f32 = 0.15;
/// Less than so many letters are the number of a point, not a sentence.
const LETTERS_MIN: usize = 4;
/// Within so many bytes a sentence goes on from the one before.
const NEAR_BYTES: usize = 160;

/// A sentence with what it tells.
#[derive(Debug)]
pub(super) struct Saying {
    /// Who says it; `None` for a note of the seller's.
    pub(super) speaker: Option<EmailAddress>,
    /// Where it stands.
    source: Source,
    /// Its words.
    quote: String,
    /// How many days before the last letter it was said.
    pub(super) age_days: f64,
    /// What it may tell, with how likely.
    pub(super) cues: Vec<(Cue, f64)>,
    /// Whom it names.
    pub(super) naming: Naming,
}

impl Saying {
    /// How likely it tells one of these.
    pub(super) fn tells(&self, cues: &[Cue]) -> f64 {
        let those = self.cues.iter().filter(|(cue, _)| cues.contains(cue));
        those.map(|(_, p)| *p).fold(0.0, f64::max)
    }

    /// Whom else it is about, or names beside: with how much of it falls on them.
    pub(super) fn others(&self) -> impl Iterator<Item = (&EmailAddress, Part)> {
        let named = self.naming.named.iter().map(|named| (&named.email, named.part));
        named.filter(|(email, _)| Some(*email) != self.speaker.as_ref())
    }

    /// Whether it is about somebody else than its writer.
    pub(super) fn is_of_others(&self) -> bool {
        self.others().any(|(_, part)| part == Part::Subject)
    }

    /// The sentence as evidence.
    pub(super) fn evidence(&self, says: String) -> Evidence {
        Evidence {
            message: self.source.clone(),
            quote: Some(self.quote.clone()),
            says,
            source: Reader::BuiltIn,
        }
    }

    /// The name of whoever says it.
    pub(super) fn who<'c>(&self, cast: &'c Cast) -> &'c str {
        let Some(speaker) = &self.speaker else { return "Your note" };
        cast.get(speaker).map_or("Somebody", Member::name)
    }

    /// Its words.
    pub(super) fn quote(&self) -> &str {
        &self.quote
    }

    /// Where it stands.
    pub(super) fn source(&self) -> &Source {
        &self.source
    }
}

/// All of one deal, letter by letter.
#[derive(Debug)]
pub(super) struct Sayings(pub(super) Vec<Saying>);

impl Sayings {
    pub(super) fn read(dealings: &Dealings<'_>, said: &[Said<'_>], cast: &Cast) -> Self {
        let mailboxes = cast.mailboxes();
        let mut names: BTreeMap<Option<&EmailAddress>, Names<'_>> = BTreeMap::new();
        let mut all = Vec::new();
        let mut take =
            |writer: Option<&EmailAddress>, source: &Source, age: f64, cues: &[FoundCue]| {
                let Some(writer) =
                    writer.map_or(Some(None), |email| known(&mailboxes, email).map(Some))
                else {
                    return;
                };
                let address = writer.map(|mailbox| &mailbox.address);
                let names = names.entry(address).or_insert_with(|| Names::new(writer, &mailboxes));
                sentences(names, address, (source, age), cues, &mut all);
            };
        for said in said {
            take(said.writer, &said.source, said.age_days, &said.cues);
        }
        let last = dealings.exchanges.last().map(|exchange| exchange.at);
        for (at, touch) in &dealings.asides {
            let cues: Cow<'_, [FoundCue]> = cues_of(touch);
            let source = Source::Message(touch.message.id.clone());
            let age = last.map_or(0.0, |last| last.hours_since(*at) / 24.0);
            take(touch.message.from.as_ref().map(|from| &from.address), &source, age, &cues);
        }
        Self(all)
    }
}

fn known<'m>(mailboxes: &'m [Mailbox], email: &EmailAddress) -> Option<&'m Mailbox> {
    mailboxes.iter().find(|mailbox| mailbox.address == *email)
}

/// The cues of one text, sentence by sentence.
fn sentences(
    names: &Names<'_>,
    speaker: Option<&EmailAddress>,
    (source, age_days): (&Source, f64),
    cues: &[FoundCue],
    all: &mut Vec<Saying>,
) {
    let mut before: Option<(usize, EmailAddress)> = None;
    for same in cues.chunk_by(|a, b| a.range == b.range) {
        let Some(first) = same.first() else { continue };
        let likely = same.iter().filter(|found| found.probability >= LIKELY_MIN);
        let cues: Vec<(Cue, f64)> = likely.map(|f| (f.cue, f64::from(f.probability))).collect();
        let letters = first.quote.chars().filter(|c| c.is_alphabetic());
        if cues.is_empty() || letters.take(LETTERS_MIN).count() < LETTERS_MIN {
            continue;
        }
        let near = before.as_ref().filter(|(end, _)| first.range.start <= end + NEAR_BYTES);
        let naming = names.naming(&first.quote, near.map(|(_, email)| email));
        let subject = naming.named.iter().rfind(|named| named.part != Part::Addressed);
        let subject = subject.map(|named| (first.range.end, named.email.clone()));
        before = subject.or_else(|| near.map(|(_, email)| (first.range.end, email.clone())));
        all.push(Saying {
            speaker: speaker.cloned(),
            source: source.clone(),
            quote: first.quote.clone(),
            age_days,
            cues,
            naming,
        });
    }
}
