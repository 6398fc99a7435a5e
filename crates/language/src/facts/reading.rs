//! One text while its facts are read: sentences, phrases, names and days at hand.
//!
//! Must not: know any kind of fact.

mod persons;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use inroad_model::{EmailAddress, Fact, FactKind, Source};
use jiff::civil::Date;

use crate::dates::{self, DateOrder, FoundDate, Precision, Role};

use super::grammar::{Before, Clauses};
use super::lexicon::{self, Cue, Hit};
use super::people::{Mention, People};
use crate::text::{Sentence, Text, Word};

/// Who speaks in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// A person in a mail.
    Person,
    /// A machine in a person's place.
    Machine,
    /// The seller in a note.
    Note,
}

/// So many days of one sentence are looked at.
const DAYS_MAX: usize = 12;
/// No absence and no reminder lies further ahead than this.
pub(super) const DAYS_AHEAD_MAX: i64 = 500;

/// One text while it is read.
#[derive(Debug)]
pub(super) struct Reading<'r> {
    pub(super) text: &'r Text<'r>,
    pub(super) people: &'r People<'r>,
    pub(super) hits: Vec<Hit>,
    pub(super) voice: Voice,
    /// The day on which it was written.
    pub(super) day: Date,
    pub(super) order: DateOrder,
    pub(super) source: Source,
    /// How many people got the mail.
    pub(super) recipients: usize,
    /// Those who got the mail.
    pub(super) got_it: Vec<usize>,
    /// Those who got a copy.
    pub(super) copied: Vec<usize>,
    /// The one to whom alone it is addressed.
    pub(super) only_recipient: Option<usize>,
    /// The names in each sentence, once they were asked for: what was never asked for decided
    /// nothing.
    mentions: Vec<OnceCell<Vec<Mention>>>,
    /// The days in each sentence, once they were asked for.
    days: Vec<OnceCell<Vec<FoundDate>>>,
    /// What was found so far.
    pub(super) facts: Vec<Fact>,
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        text: &'r Text<'r>,
        people: &'r People<'r>,
        (voice, day, order): (Voice, Date, DateOrder),
        source: Source,
    ) -> Self {
        let hits = lexicon::find(text);
        Self {
            text,
            people,
            hits,
            voice,
            day,
            order,
            source,
            recipients: 0,
            got_it: Vec::new(),
            copied: Vec::new(),
            only_recipient: None,
            mentions: vec![OnceCell::new(); text.sentences.len()],
            days: vec![OnceCell::new(); text.sentences.len()],
            facts: Vec::new(),
        }
    }

    /// The phrases of some cues.
    pub(super) fn of(&self, cues: &[Cue]) -> Vec<Hit> {
        self.hits.iter().filter(|hit| cues.contains(&hit.cue)).cloned().collect()
    }

    /// Whether a sentence has a phrase of a cue.
    pub(super) fn has(&self, sentence: usize, cue: Cue) -> bool {
        self.text.sentences.get(sentence).is_some_and(|s| {
            self.hits.iter().any(|hit| hit.cue == cue && s.words.contains(&hit.words.start))
        })
    }

    /// Whether the mail is addressed to that person alone: the reader of it.
    pub(super) fn is_only_recipient(&self, person: usize) -> bool {
        self.only_recipient == Some(person)
    }

    /// Whether an address got the mail.
    pub(super) fn is_recipient(&self, address: &EmailAddress) -> bool {
        let person = self.people.recipient(address);
        person.is_some_and(|person| self.got_it.contains(&person))
    }

    /// The sentence of a phrase, with its place.
    pub(super) fn sentence(&self, hit: &Hit) -> Option<(usize, &'r Sentence)> {
        let at = self.text.sentence_of(hit.words.start);
        self.text.sentences.get(at).map(|sentence| (at, sentence))
    }

    /// The names in a sentence.
    pub(super) fn mentions(&self, sentence: usize) -> &[Mention] {
        let found = self.text.sentences.get(sentence).zip(self.mentions.get(sentence));
        found.map_or(&[], |(words, cell)| {
            cell.get_or_init(|| self.people.mentions(self.text, words))
        })
    }

    /// The words and addresses on which it depended whom this text names: the words of all
    /// sentences whose names were asked for, and every address that was. Folded, each once.
    pub(super) fn names_asked(&self) -> BTreeSet<Box<str>> {
        let asked =
            self.text.sentences.iter().zip(&self.mentions).filter(|(_, m)| m.get().is_some());
        let words = asked.flat_map(|(sentence, _)| sentence.words.clone());
        let may_name = |word: &Word| word.capital || self.text.is_lower;
        let capital = words.filter(|at| self.text.words.get(*at).is_some_and(may_name));
        let addresses = self.people.addresses_asked().into_iter();
        capital
            .map(|at| self.text.word(at).into())
            .chain(addresses.map(|address| address.as_str().into()))
            .collect()
    }

    /// What stands before a phrase.
    pub(super) fn before(&self, hit: &Hit) -> Option<Before> {
        let (at, sentence) = self.sentence(hit)?;
        let is_note = self.voice == Voice::Note;
        let clauses = Clauses { text: self.text, sentence, mentions: self.mentions(at), is_note };
        Some(clauses.before(&hit.words))
    }

    /// "Last year", "years ago", "in 2019": too long ago to bear on a deal.
    pub(super) fn is_long_ago(&self, sentence: usize) -> bool {
        let Some(sentence) = self.text.sentences.get(sentence) else { return false };
        let year_now = self.day.year();
        sentence.words.clone().any(|at| {
            let next = self.text.word(at + 1);
            let year: Option<i16> = self.text.word(at).parse().ok();
            match self.text.word(at) {
                "last" | "previous" => {
                    matches!(next, "year" | "summer" | "winter" | "autumn" | "spring")
                }
                "years" | "ages" => matches!(next, "ago" | "back"),
                "year" => matches!(next, "before" | "ago"),
                "back" => {
                    next == "in"
                        && matches!(
                            self.text.word(at + 2),
                            "college" | "school" | "the" | "his" | "her" | "my"
                        )
                }
                "letztes" | "letzten" | "voriges" | "vergangenes" | "vergangenen" => {
                    matches!(next, "jahr" | "jahres" | "sommer" | "winter")
                }
                "vor" => next == "jahren" || matches!(self.text.word(at + 2), "jahr" | "jahren"),
                "l'" => next == "an" && matches!(self.text.word(at + 2), "passe" | "dernier"),
                "annee" => matches!(next, "derniere" | "passee"),
                "ans" => at
                    .checked_sub(4)
                    .is_some_and(|back| (back..at).any(|word| self.text.word(word) == "a")),
                "ano" => matches!(next, "pasado" | "anterior"),
                "anos" => matches!(self.text.word(at.saturating_sub(2)), "hace"),
                "anno" => next == "scorso",
                "anni" => next == "fa",
                "vorig" | "afgelopen" => next == "jaar",
                "jaren" | "jaar" => next == "geleden",
                _ => year.is_some_and(|year| (1950..year_now).contains(&year)),
            }
        })
    }

    /// The days in a sentence, with their places in the whole text.
    pub(super) fn days(&self, sentence: &Sentence) -> Vec<FoundDate> {
        let at = self.text.sentence_of(sentence.words.start);
        let found = || {
            let mut found = dates::find(self.text.quote(sentence), self.day, self.order);
            found.truncate(DAYS_MAX);
            if dates::has_bare(&found, self.text.quote(sentence)) {
                let before = at.checked_sub(1).and_then(|at| self.text.sentences.get(at));
                let before = before.map_or_else(Vec::new, |sentence| {
                    dates::find(self.text.quote(sentence), self.day, self.order)
                });
                dates::follow(&mut found, &before, self.text.quote(sentence));
            }
            for day in &mut found {
                day.range.start += sentence.source.start;
                day.range.end += sentence.source.start;
            }
            found
        };
        self.days.get(at).map_or_else(Vec::new, |cell| cell.get_or_init(found).clone())
    }

    /// The words that a day covers.
    pub(super) fn words_of(&self, day: &FoundDate) -> Range<usize> {
        let first = self.text.words.partition_point(|w| w.source.end <= day.range.start);
        let end = self.text.words.partition_point(|w| w.source.start < day.range.end);
        first..end.max(first)
    }

    /// Whether a day lies ahead, and near enough to be meant.
    pub(super) fn lies_ahead(&self, day: Date) -> bool {
        let days = (day - self.day).get_days();
        day >= self.day && i64::from(days) <= DAYS_AHEAD_MAX
    }

    /// Whether a day ends an absence: behind "back on", or before "wieder im Haus".
    pub(super) fn is_return(&self, day: &FoundDate, all: &[FoundDate]) -> bool {
        const WORDS_BETWEEN_MAX: usize = 7;
        if matches!(day.role, Role::Since | Role::Before) {
            return false;
        }
        let words = self.words_of(day);
        let clear = |between: Range<usize>| {
            between.len() <= WORDS_BETWEEN_MAX
                && !all.iter().any(|other| {
                    let start = self.words_of(other).start;
                    other.range != day.range && between.contains(&start)
                })
        };
        let leads_to = |hit: &Hit, start: usize| {
            hit.words.end <= start && start - hit.words.end <= WORDS_BETWEEN_MAX
        };
        let returns = |hit: &&Hit| matches!(hit.cue, Cue::Return | Cue::ReturnSure);
        // "Nobody knows when she is back", but "when I'm back on the 21st".
        let known = |hit: &&Hit| !self.asks_when(hit) || words.start <= hit.words.end + 2;
        self.hits.iter().filter(returns).filter(known).any(|hit| {
            let same = self.text.sentence_of(hit.words.start) == self.text.sentence_of(words.start);
            let leads = hit.words.end <= words.start && clear(hit.words.end..words.start);
            // "ab Montag wieder" ends with Monday, "from Monday, back on Friday" does not, nor
            // does "Saturday and back on the 20th".
            let trails = hit.words.start >= words.end
                && clear(words.end..hit.words.start)
                && day.precision == Precision::Day
                && !(day.role == Role::From && self.is_english_back(hit))
                && !(words.end..hit.words.start).any(|at| self.is_and(at))
                && !all.iter().any(|other| leads_to(hit, self.words_of(other).start));
            // "kommt erst am 27. Juli zurück"
            let within = hit.words.start < words.start
                && words.end <= hit.words.end
                && clear(words.end..hit.words.end);
            same && (leads || trails || within)
        })
    }

    /// "Nobody knows when she is back".
    fn asks_when(&self, hit: &Hit) -> bool {
        (hit.words.start.saturating_sub(2)..hit.words.start).any(|at| {
            matches!(
                self.text.word(at),
                "quando" | "wann" | "when" | "quand" | "cuando" | "wanneer" | "kiedy" | "whether"
            )
        })
    }

    fn is_and(&self, at: usize) -> bool {
        matches!(
            self.text.word(at),
            "and" | "und" | "et" | "y" | "e" | "en" | "og" | "och" | "oraz" | "i" | "then" | "dann"
        )
    }

    fn is_english_back(&self, hit: &Hit) -> bool {
        hit.words.clone().any(|at| {
            matches!(
                self.text.word(at),
                "back" | "return" | "returning" | "returns" | "reopen" | "open" | "opens"
            )
        })
    }

    /// A fact about a person in the words of a sentence.
    pub(super) fn fact(&self, kind: FactKind, person: Option<usize>, quote: &str) -> Fact {
        let email = person.and_then(|person| self.people.address(person)).cloned();
        let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        Fact::new(kind, email, self.source.clone(), quote)
    }

    /// Whether a fact of a kind was noted about a person.
    pub(super) fn noted(&self, kind: FactKind, person: Option<usize>) -> bool {
        let email = person.and_then(|person| self.people.address(person));
        self.facts.iter().any(|fact| fact.kind == kind && fact.email.as_ref() == email)
    }
}
