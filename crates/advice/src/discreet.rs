//! What a review shows of private words: the days, and where the letter is; never the illness, the
//! grief or the family. What is private, [`inroad_language::private`] decides.
//!
//! It comes last, when everything is concluded: the words count as before, they are only not shown.
//! Must not: change a state, a probability or an advice, or add a word that does not stand there.

use std::collections::BTreeMap;

use inroad_language::private;
use inroad_model::{Cue, Fact, FactKind, Finding, SecondReading, Source};
use jiff::civil::Date;

use crate::DealReview;
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

/// Takes the private words out of a whole deal.
pub(crate) fn keep(deal: &mut DealReview) {
    let mut words = Words::default();
    deal.facts.iter_mut().for_each(keep_fact);
    let causes = deal.causes.iter_mut();
    let of_causes = causes.flat_map(|c| c.evidence_for.iter_mut().chain(&mut c.evidence_against));
    let politics = &mut deal.politics;
    let pointed =
        politics.decides.iter_mut().chain(&mut politics.moves).chain(&mut politics.against);
    let of_seats = politics.seats.iter_mut().flat_map(|seat| &mut seat.evidence);
    let of_people = pointed.flat_map(|pointed| &mut pointed.evidence).chain(of_seats);
    for evidence in deal.reasons.iter_mut().chain(of_causes).chain(of_people) {
        words.keep(&mut evidence.quote);
    }
    let of_ties = politics.ties.iter_mut().map(|tie| &mut tie.quote);
    for quote in of_ties.chain(politics.map.quotes_mut()) {
        words.keep(quote);
    }
}

/// What may be shown of the quotes of a deal; most stand there several times.
#[derive(Default)]
struct Words(BTreeMap<String, Option<String>>);

impl Words {
    fn keep(&mut self, quote: &mut Option<String>) {
        let Some(text) = quote.take() else { return };
        let shown = self.0.entry(text).or_insert_with_key(|text| {
            let shown =
                if private::is_private(text) { private::shown(text) } else { Some(&**text) };
            shown.filter(|shown| !shown.is_empty()).map(str::to_owned)
        });
        quote.clone_from(shown);
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
