//! The numbers of a draft: what a person sees beside the findings, and what bands are held against.

use std::ops::Range;

use inroad_language::questions::QuestionKind;
use inroad_language::voice;
use jiff::civil::Date;
use serde::Serialize;

use super::Said;
use super::asks::{self, Ask};
use super::readability;
use crate::audience::Audience;
use crate::draft::Draft;

/// Words a minute, as people speak on an answering machine (National Center for Voice and Speech gives
/// 150 for conversation in American English).
const WORDS_PER_MINUTE: usize = 150;
/// A sentence of more words than these is long.
const LONG_WORDS: usize = 30;
/// A word in capitals of fewer letters is as a rule the short form of a name.
const CAPITALS_MIN: usize = 5;

/// Questions by their kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Questions {
    /// Those that let somebody tell.
    pub open: usize,
    /// Those that want one datum.
    pub narrow: usize,
    /// Those that want a yes or a no.
    pub closed: usize,
    /// Those that give a choice.
    pub choice: usize,
}

impl Questions {
    /// All of them.
    pub fn all(self) -> usize {
        self.open + self.narrow + self.closed + self.choice
    }

    /// As a person says it.
    pub fn in_words(self) -> String {
        match self.all() {
            0 => "no question".to_owned(),
            _ => format!(
                "questions: {} open, {} narrow, {} closed, {} with a choice",
                self.open, self.narrow, self.closed, self.choice
            ),
        }
    }

    pub(crate) fn add(&mut self, kind: QuestionKind) {
        match kind {
            QuestionKind::Open => self.open += 1,
            QuestionKind::Narrow => self.narrow += 1,
            QuestionKind::Closed => self.closed += 1,
            QuestionKind::Choice => self.choice += 1,
        }
    }
}

/// The numbers of a draft.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Metrics {
    /// Words, without head, greeting, quotes and signature.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Characters of the subject; `None` without one.
    pub subject_characters: Option<usize>,
    /// Words of the subject.
    pub subject_words: Option<usize>,
    /// Seconds when spoken, the greeting too; `None` where it is written.
    pub seconds: Option<usize>,
    /// The school grade that reads it easily (Flesch and Kincaid); `None` for a short text.
    pub grade: Option<f64>,
    /// The words of the longest sentence.
    pub longest_sentence: usize,
    /// Sentences of more than 30 words.
    pub long_sentences: usize,
    /// Questions by kind.
    pub questions: Questions,
    /// Things that are asked for.
    pub asks: usize,
    /// How many different kinds of things are asked for.
    pub kinds_of_asks: usize,
    /// Words that stand behind the last thing that is asked for.
    pub words_after_ask: Option<usize>,
    /// Words before the first question.
    pub words_before_question: Option<usize>,
    /// How often it says you and your.
    pub you: u32,
    /// How often it says I, we and ours.
    pub we: u32,
    /// Exclamation marks.
    pub exclamations: usize,
    /// Words of five letters and more in capitals.
    pub capitals: usize,
    /// Web addresses.
    pub links: usize,
    /// Words of the longest paragraph.
    pub longest_paragraph: usize,
    /// Words of ours that stand without an answer; `None` where no mail is known.
    pub unanswered: Option<u32>,
    /// Days since our last word.
    pub days_since_ours: Option<i32>,
    #[serde(skip)]
    longest: Option<Range<usize>>,
}

impl Metrics {
    pub(super) fn of(
        draft: &Draft<'_>,
        sentences: &[Said],
        asked: &[Ask],
        audience: &Audience,
    ) -> Self {
        let words = sentences.iter().map(|said| said.words).sum();
        let longest = sentences.iter().max_by_key(|said| said.words);
        let mut kinds: Vec<_> = asked.iter().map(|ask| ask.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut questions = Questions::default();
        sentences.iter().filter_map(|said| said.asks).for_each(|kind| questions.add(kind));
        let body = body(draft);
        let voice = voice::of_text(body);
        let dealings = audience.person.as_ref().and_then(|person| person.dealings.as_ref());
        let is_real =
            |said: &Said| said.asks.is_some() && !asks::is_courtesy(draft.sentence(&said.range));
        let first_question = sentences.iter().position(is_real);
        let sum = |said: &[Said]| said.iter().map(|said| said.words).sum::<usize>();
        Self {
            words,
            sentences: sentences.len(),
            subject_characters: draft.subject().map(|subject| subject.chars().count()),
            subject_words: draft.subject().map(|subject| readability::words(subject).count()),
            seconds: draft.channel.is_spoken().then(|| seconds(draft)),
            grade: grade(draft, sentences, words),
            longest_sentence: longest.map_or(0, |said| said.words),
            long_sentences: sentences.iter().filter(|said| said.words > LONG_WORDS).count(),
            questions,
            asks: asked.len(),
            kinds_of_asks: kinds.len(),
            words_after_ask: asked
                .last()
                .map(|ask| sentences.get(ask.sentence + 1..).map_or(0, sum)),
            words_before_question: first_question.map(|n| sentences.get(..n).map_or(0, sum)),
            you: voice.yours,
            we: first_persons(body),
            exclamations: body.matches('!').count(),
            capitals: readability::words(body)
                .chain(readability::words(draft.subject().unwrap_or("")))
                .filter(|word| is_shouted(word))
                .count(),
            links: body.matches("http://").count()
                + body.matches("https://").count()
                + body.matches("www.").count(),
            longest_paragraph: longest_paragraph(body),
            unanswered: dealings.map(|dealings| dealings.unanswered),
            days_since_ours: dealings
                .and_then(|dealings| days_between(dealings.last_ours?, audience.on?)),
            longest: longest.map(|said| said.range.clone()),
        }
    }

    /// A number by the name that rules use; `None` where it is not known, or where there is no such one.
    pub fn named(&self, name: &str) -> Option<f64> {
        let count = |n: usize| Some(n as f64);
        match name {
            "words" => count(self.words),
            "sentences" => count(self.sentences),
            "subject_characters" => self.subject_characters.and_then(count),
            "subject_words" => self.subject_words.and_then(count),
            "seconds" => self.seconds.and_then(count),
            "grade" => self.grade,
            "longest_sentence" => count(self.longest_sentence),
            "long_sentences" => count(self.long_sentences),
            "questions" => count(self.questions.all()),
            "open_questions" => count(self.questions.open),
            "closed_questions" => count(self.questions.closed + self.questions.choice),
            "asks" => count(self.asks),
            "kinds_of_asks" => count(self.kinds_of_asks),
            "words_after_ask" => self.words_after_ask.and_then(count),
            "words_before_question" => self.words_before_question.and_then(count),
            "you" => Some(self.you.into()),
            "we" => Some(self.we.into()),
            "exclamations" => count(self.exclamations),
            "capitals" => count(self.capitals),
            "links" => count(self.links),
            "longest_paragraph" => count(self.longest_paragraph),
            "unanswered" => self.unanswered.map(f64::from),
            "days_since_ours" => self.days_since_ours.map(f64::from),
            _ => None,
        }
    }

    /// Whether rules may name such a number.
    pub fn knows(name: &str) -> bool {
        NAMES.contains(&name)
    }

    /// The bytes that show a number best; `None` for the draft as a whole.
    pub(crate) fn place(&self, name: &str, draft: &Draft<'_>) -> Option<Range<usize>> {
        match name {
            "longest_sentence" | "long_sentences" => self.longest.clone(),
            "subject_characters" | "subject_words" => draft.subject.clone(),
            _ => None,
        }
    }
}

/// The names of all numbers.
pub const NAMES: [&str; 23] = [
    "words",
    "sentences",
    "subject_characters",
    "subject_words",
    "seconds",
    "grade",
    "longest_sentence",
    "long_sentences",
    "questions",
    "open_questions",
    "closed_questions",
    "asks",
    "kinds_of_asks",
    "words_after_ask",
    "words_before_question",
    "you",
    "we",
    "exclamations",
    "capitals",
    "links",
    "longest_paragraph",
    "unanswered",
    "days_since_ours",
];

/// The words of the longest run of lines without a blank one between them.
fn longest_paragraph(body: &str) -> usize {
    let (mut longest, mut current) = (0, 0);
    for line in body.lines() {
        current =
            if line.trim().is_empty() { 0 } else { current + readability::words(line).count() };
        longest = longest.max(current);
    }
    longest
}

/// What stands behind the greeting, without what is blanked.
pub(crate) fn body<'d>(draft: &'d Draft<'_>) -> &'d str {
    let from = draft.greeting.as_ref().map_or(0, |greeting| greeting.end);
    draft.words.get(from..).unwrap_or("")
}

fn days_between(from: Date, to: Date) -> Option<i32> {
    to.since(from).ok().map(|span| span.get_days())
}

fn grade(draft: &Draft<'_>, sentences: &[Said], words: usize) -> Option<f64> {
    let text = sentences.iter().map(|said| draft.sentence(&said.range));
    let syllables = text.flat_map(readability::words).map(readability::syllables).sum();
    readability::grade(words, sentences.len(), syllables)
}

/// Digits are said one by one, so a telephone number takes as long as it has digits.
fn seconds(draft: &Draft<'_>) -> usize {
    let spoken: usize = readability::words(&draft.words)
        .chain(draft.signature.iter().flat_map(|range| readability::words(draft.sentence(range))))
        .map(|word| word.chars().filter(char::is_ascii_digit).count().max(1))
        .sum();
    (spoken * 60 + WORDS_PER_MINUTE / 2) / WORDS_PER_MINUTE
}

fn first_persons(body: &str) -> u32 {
    let is_ours = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let stem = word.split(['\'', '’']).next().unwrap_or("");
        OURS.iter().any(|ours| ours.eq_ignore_ascii_case(stem))
    };
    u32::try_from(body.split_whitespace().filter(is_ours).count()).unwrap_or(u32::MAX)
}

const OURS: [&str; 8] = ["i", "me", "my", "mine", "we", "us", "our", "ours"];

fn is_shouted(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= CAPITALS_MIN
        && letters.clone().all(char::is_uppercase)
        && !word.contains(|c: char| c.is_ascii_digit())
}
