//! A call, read: who speaks how much, what is asked, what is taken on, what is agreed, and what the
//! other side's sentences tell.
//!
//! A pure function of the turns, of which speakers are ours, and of the day of the call, by which days
//! such as "Friday" are known. What cannot be told is `None`, and what makes the rest doubtful is said.
//!
//! Must not: give a mark, say how much anybody should speak, or show private words.

mod asked;
mod confidence;
mod discreet;
mod next_step;
mod overlaps;
mod pattern;
mod phrases;
mod promises;
mod saying;
mod speakers;
mod told;

use std::collections::BTreeSet;

use inroad_model::Turn;
use jiff::civil::Date;
use serde::Serialize;

pub use asked::AskedQuestion;
pub use confidence::Confidence;
pub use next_step::NextStep;
pub use overlaps::Overlap;
pub use promises::Commitment;
pub use saying::Spot;
pub use speakers::{LongTurn, QuestionCounts, ShareBy, Speaker};
pub use told::CallCue;

use phrases::Phrases;
use promises::Sides;

/// What a call tells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallReport {
    /// The day from which days were counted.
    pub on: Date,
    /// The code of the language, if it is one whose phrases are known.
    pub language: Option<String>,
    /// How far the rest may be believed.
    pub confidence: Confidence,
    /// Why no further.
    pub confidence_because: Vec<String>,
    /// Seconds from the first word to the last; `None` where times are missing.
    pub seconds: Option<f64>,
    /// How many words.
    pub words: usize,
    /// Who speaks, whoever spoke first comes first.
    pub speakers: Vec<Speaker>,
    /// What anybody said longest at once.
    pub longest_monologue: Option<Monologue>,
    /// The questions of all, in their order.
    pub questions: Vec<AskedQuestion>,
    /// The middle one of the silences after questions of ours, in seconds.
    pub pause_after_our_questions_seconds: Option<f64>,
    /// Where two speak at once; `None` where the file gives no times of words.
    pub overlaps: Option<Vec<Overlap>>,
    /// What was agreed, if anything was.
    pub next_step: Option<NextStep>,
    /// What each side took on, in its order.
    pub commitments: Vec<Commitment>,
    /// What the sentences of the other side tell, in their order.
    pub cues: Vec<CallCue>,
}

/// What somebody said longest at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Monologue {
    /// Who, by the name in the file.
    pub speaker: Option<String>,
    /// Whether that is one of us.
    pub ours: Option<bool>,
    /// How long it is, how it begins and where.
    #[serde(flatten)]
    pub turn: LongTurn,
}

/// Reads a call. `ours` holds the names of the speakers who are us, as the turns spell them; where it is
/// empty, nobody's side is known, and no sentence is read between the lines.
///
/// ```
/// use std::collections::BTreeSet;
/// use inroad_coach::call::analyse;
/// use inroad_model::{Piece, Turn};
/// use jiff::civil::date;
///
/// let says = |name: &str, text: &str| Turn {
///     speaker: Some(name.into()),
///     text: text.into(),
///     pieces: vec![Piece { at: 0, line: 1, start_ms: None, end_ms: None }],
///     has_word_times: false,
/// };
/// let turns = [
///     says("Jonas", "What is it that you need to decide in the house?"),
///     says("Jana", "The price. And I'll send you the list by Friday."),
/// ];
/// let ours = BTreeSet::from(["Jonas".to_owned()]);
/// let report = analyse(&turns, &ours, date(2026, 3, 10));
/// let step = report.next_step.unwrap();
/// assert_eq!((step.owner.as_deref(), step.on), (Some("Jana"), Some(date(2026, 3, 13))));
/// ```
pub fn analyse(turns: &[Turn], ours: &BTreeSet<String>, on: Date) -> CallReport {
    let all_words: Vec<_> = turns.iter().flat_map(|turn| pattern::words(&turn.text)).collect();
    let phrases = Phrases::of(&all_words);
    let language = phrases.map(|phrases| phrases.language.clone());
    let sayings = saying::sayings(turns, ours);
    let is_ours = |turn: &Turn| saying::is_ours(turn, ours);
    let mut speakers = speakers::find(turns, phrases, is_ours);
    let sides = sides(&speakers);
    let questions = asked::find(turns, &sayings, language.as_deref());
    for speaker in &mut speakers {
        let name = speaker.name.as_deref();
        speaker.questions = asked::counts(&questions, name, language.as_deref());
    }
    let confidence_because = confidence::doubts(turns, language.as_deref());
    let confidence =
        if confidence_because.is_empty() { Confidence::Usual } else { Confidence::Low };
    let span = turns
        .iter()
        .filter_map(Turn::start_ms)
        .min()
        .zip(turns.iter().filter_map(Turn::end_ms).max());
    CallReport {
        on,
        language,
        confidence,
        confidence_because,
        seconds: span.map(|(start, end)| saying::seconds(end.saturating_sub(start))),
        words: all_words.len(),
        longest_monologue: longest(&speakers),
        pause_after_our_questions_seconds: middle(&questions),
        overlaps: overlaps::find(turns),
        next_step: phrases
            .and_then(|phrases| next_step::find(turns, &sayings, phrases, &sides, on)),
        commitments: phrases
            .map_or_else(Vec::new, |phrases| promises::find(&sayings, phrases, &sides, on)),
        cues: told::find(turns, ours),
        speakers,
        questions,
    }
}

fn sides(speakers: &[Speaker]) -> Sides {
    let named = speakers.iter().filter_map(|speaker| Some((speaker.name.clone()?, speaker.ours)));
    Sides { voices: named.collect() }
}

fn longest(speakers: &[Speaker]) -> Option<Monologue> {
    let longer = |a: &&Speaker, b: &&Speaker| {
        let (a, b) = (&a.longest_turn, &b.longest_turn);
        let by_time = a.seconds.zip(b.seconds).map(|(a, b)| a.total_cmp(&b));
        by_time.unwrap_or_else(|| a.words.cmp(&b.words))
    };
    // Of several that are equally long that of whoever spoke first.
    let speaker = speakers.iter().rev().max_by(longer)?;
    Some(Monologue {
        speaker: speaker.name.clone(),
        ours: speaker.ours,
        turn: speaker.longest_turn.clone(),
    })
}

fn middle(questions: &[AskedQuestion]) -> Option<f64> {
    let mut pauses: Vec<f64> = questions.iter().filter_map(|asked| asked.pause_seconds).collect();
    pauses.sort_by(f64::total_cmp);
    pauses.get(pauses.len() / 2).copied()
}
