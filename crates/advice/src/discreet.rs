//! What a review shows of private words: the days, and where the letter is; never the illness, the
//! grief or the family. What is private, [`inroad_language::private`] decides.
//!
//! It comes last, when everything is concluded: the words count as before, they are only not shown.
//! Must not: change a state, a probability or an advice, or add a word that does not stand there.

use std::collections::{BTreeMap, BTreeSet};

use inroad_language::private;
use inroad_model::{Cue, Fact, FactKind, Finding, MessageId, SecondReading, Source};
use jiff::civil::Date;

use crate::DealReview;
use crate::correspondence::Correspondence;
use crate::dealings::Dealings;
use crate::wording;

/// What is said in the place of private words, of whom the words are about.
pub(crate) fn about(who: &str) -> String {
    format!("{who} has something private to see to")
}

/// What a cue of a letter or a note says, of who wrote it on that day.
pub(crate) fn of_cue(who: &str, cue: Cue, source: &Source, day: Date) -> String {
    match (cue, source) {
        (Cue::Illness | Cue::Family, Source::Message(_)) => {
            format!("{who} writes of something private (letter of {})", wording::day(day))
        }
        (Cue::Illness | Cue::Family, _) => format!("{who} tells of something private"),
        (cue, _) => format!("{who} {}", cue.says()),
    }
}

/// The subject of a letter or the title of a meeting in a list, or what may be shown of it.
pub fn title(text: &str) -> &str {
    if private::is_private(text) { private::shown(text).unwrap_or("(private)") } else { text }
}

/// Takes the private words out of a fact; what may be shown stays. An empty quote of a message
/// means that all of its words are private.
pub fn keep_fact(fact: &mut Fact) {
    if fact.kind == FactKind::Ill || private::is_private(&fact.quote) {
        fact.quote = private::shown(&fact.quote).unwrap_or_default().to_owned();
    }
}

/// Takes the private words out of what a language model pointed at and said of it.
pub fn keep_reading(reading: &mut SecondReading) {
    let findings = |finding: &mut Finding| {
        if private::is_private(&finding.quote) || private::is_private(&finding.says) {
            finding.quote = private::shown(&finding.quote).unwrap_or_default().to_owned();
            "Something private".clone_into(&mut finding.says);
        }
    };
    for named in &mut reading.causes {
        named.findings_for.iter_mut().chain(&mut named.findings_against).for_each(findings);
    }
    let question = &mut reading.remarks.question;
    *question = question.take().filter(|question| !private::is_private(question));
}

/// What the first reading of the letters of a deal tells of their private words.
pub(crate) struct Privacy<'a, 'c> {
    correspondence: &'c Correspondence<'a>,
    /// The letters in which no cue told anything private when they were read.
    harmless: BTreeSet<&'a MessageId>,
    /// Sentences of which the user says that they tell something private.
    said: BTreeSet<&'a str>,
}

impl<'a, 'c> Privacy<'a, 'c> {
    /// Of the letters of a deal.
    pub(crate) fn of(dealings: &Dealings<'a>, correspondence: &'c Correspondence<'a>) -> Self {
        let mut known = Self { correspondence, harmless: BTreeSet::new(), said: BTreeSet::new() };
        let letters = dealings.exchanges.iter().map(|exchange| exchange.touch);
        for touch in letters.chain(dealings.asides.iter().map(|(_, touch)| *touch)) {
            let Some(gist) = &touch.gist else { continue };
            if !gist.was_private && !gist.cues.iter().any(private::may_tell) {
                known.harmless.insert(&touch.message.id);
            }
            let said = gist.cues.iter().filter(|found| private::is_said(found));
            known.said.extend(said.map(|found| found.quote.as_str()));
        }
        known
    }

    fn is_private(&self, text: &str, source: Option<&Source>) -> bool {
        self.said.iter().any(|said| said.contains(text) || text.contains(said))
            || match source {
                Some(Source::Message(id)) if self.harmless.contains(id) => {
                    private::words_tell(text)
                }
                _ => self.correspondence.is_private(text),
            }
    }
}

/// Takes the private words out of a whole deal.
pub(crate) fn keep(deal: &mut DealReview, privacy: &Privacy<'_, '_>) {
    let mut words = Words { privacy, shown: BTreeMap::new() };
    for fact in &mut deal.facts {
        fact.quote = match fact.kind {
            FactKind::Ill => private::shown(&fact.quote).map(str::to_owned),
            // A title or an address tells nothing private but by its own words.
            FactKind::Title | FactKind::Bounced if !private::words_tell(&fact.quote) => continue,
            _ => words.shown(&fact.quote, Some(&fact.source)),
        }
        .unwrap_or_default();
    }
    let causes = deal.causes.iter_mut();
    let of_causes = causes.flat_map(|c| c.evidence_for.iter_mut().chain(&mut c.evidence_against));
    let politics = &mut deal.politics;
    let pointed =
        politics.decides.iter_mut().chain(&mut politics.moves).chain(&mut politics.against);
    let of_seats = politics.seats.iter_mut().flat_map(|seat| &mut seat.evidence);
    let of_people = pointed.flat_map(|pointed| &mut pointed.evidence).chain(of_seats);
    for evidence in deal.reasons.iter_mut().chain(of_causes).chain(of_people) {
        words.keep(&mut evidence.quote, Some(&evidence.message));
    }
    for tie in &mut politics.ties {
        words.keep(&mut tie.quote, Some(&tie.source));
    }
    // What was read of letters stands among the ties above, and is known by now.
    for words_of in politics.map.words_mut() {
        words.keep(words_of, None);
    }
}

/// What may be shown of the quotes of a deal; most stand there several times.
struct Words<'p> {
    privacy: &'p Privacy<'p, 'p>,
    shown: BTreeMap<String, Option<String>>,
}

impl Words<'_> {
    /// What may be shown of a text; `None` where nothing may.
    fn shown(&mut self, text: &str, source: Option<&Source>) -> Option<String> {
        if let Some(shown) = self.shown.get(text) {
            return shown.clone();
        }
        let shown =
            if self.privacy.is_private(text, source) { private::shown(text) } else { Some(text) };
        let shown = shown.filter(|shown| !shown.is_empty()).map(str::to_owned);
        self.shown.insert(text.to_owned(), shown.clone());
        shown
    }

    fn keep(&mut self, quote: &mut Option<String>, source: Option<&Source>) {
        *quote = quote.take().and_then(|text| self.shown(&text, source));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_an_illness_shows_its_days_at_most() {
        for (text, expected) in [
            ("Es ist der Rücken, ich bin bis 12. Mai nicht da.", "ich bin bis 12. Mai nicht da"),
            ("Ich liege flach.", ""),
        ] {
            let source = Source::Note(jiff::civil::date(2026, 5, 1));
            let mut fact = Fact::new(FactKind::Ill, None, source, text);
            keep_fact(&mut fact);
            assert_eq!(fact.quote, expected);
        }
    }
}
