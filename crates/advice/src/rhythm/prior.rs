//! The file of a prior: a line for each knot of each curve, for people and programs to read.
//!
//! ```text
//! # Who answers, and who falls silent
//! question,term,at,log_odds
//! reply,elapsed_days,0,0.41
//! reply,elapsed_days,unknown,0
//! reply,,,-0.83
//! ```

use std::fmt::Write as _;

use super::curve::{Curves, Design, Shape};
use super::term::Term;

/// What a prior is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether a letter is answered within a week.
    Reply,
    /// Whether somebody writes nothing within a horizon.
    Silence,
}

/// The curves for both questions.
#[derive(Debug, Clone, PartialEq)]
pub struct RhythmPrior {
    /// Whether a letter is answered.
    pub reply: Curves,
    /// Whether somebody falls silent.
    pub silence: Curves,
}

/// Why a file is no prior.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line} of the prior: {what}")]
pub struct InvalidPrior {
    /// Where, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

const HEAD: &str = "question,term,at,log_odds";

impl Question {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Silence => "silence",
        }
    }

    /// What is measured for it.
    pub const fn terms(self) -> &'static [Term] {
        match self {
            Self::Reply => REPLY,
            Self::Silence => SILENCE,
        }
    }
}

/// What is measured for the question of an answer.
const REPLY: &[Term] = &[
    Term::ElapsedDays,
    Term::DaysSinceHeard,
    Term::DaysSinceWrote,
    Term::DaysSinceSeen,
    Term::DaysSinceSent,
    Term::In1,
    Term::In7,
    Term::In30,
    Term::In90,
    Term::In180,
    Term::Out1,
    Term::Out7,
    Term::Out180,
    Term::Seen7,
    Term::Seen30,
    Term::Begins,
    Term::Unanswered,
    Term::PendingDays,
    Term::In365,
    Term::GapMax,
    Term::LnGapMean,
    Term::LnGapSpread,
    Term::GapTail,
    Term::SilenceRatio,
    Term::AnswerShare,
    Term::AnswerShareAll,
    Term::AnswerShareDay,
    Term::AnswerShareNow,
    Term::AnswerShareAllNow,
    Term::LnHours,
    Term::LnHoursLast,
    Term::LnHoursSpread,
    Term::LnHoursAll,
    Term::Sent1,
    Term::Sent7,
    Term::Received1,
    Term::Received90,
    Term::InTrend,
    Term::Rate30,
    Term::Rate90,
    Term::Rate365,
    Term::LetterWeekday,
    Term::To,
    Term::Direct,
    Term::Others,
    Term::OthersAnswered,
    Term::IsReply,
    Term::AnswersThem,
    Term::HeardBeforeLetter,
    Term::Reminders,
    Term::SeenSince,
    Term::ReceivedSince,
    Term::ReceivedSinceTrend,
    Term::ThreadPeople,
    Term::ThreadAgeDays,
    Term::ThreadAfter,
];

/// What is measured for the question of silence.
const SILENCE: &[Term] = &[
    Term::HorizonDays,
    Term::DaysSinceHeard,
    Term::DaysSinceWrote,
    Term::DaysSinceAny,
    Term::DaysSinceSeen,
    Term::DaysSinceSent,
    Term::In7,
    Term::In30,
    Term::In90,
    Term::In180,
    Term::Out7,
    Term::Out30,
    Term::Out90,
    Term::Out180,
    Term::Seen30,
    Term::Seen90,
    Term::Unanswered,
    Term::PendingDays,
    Term::In365,
    Term::Seen365,
    Term::GapMax,
    Term::GapLast,
    Term::LnGapMean,
    Term::LnGapSpread,
    Term::LnGapLast3,
    Term::GapTail,
    Term::SilenceRatio,
    Term::AnswerShare,
    Term::AnswerShareAll,
    Term::AnswerShareDay,
    Term::LnHours,
    Term::YourShare,
    Term::Begins,
    Term::Sent30,
    Term::Sent90,
    Term::Received30,
    Term::Received90,
    Term::InTrend,
    Term::OutTrend,
    Term::ReceivedTrend,
    Term::Rate30,
    Term::Rate90,
    Term::Rate365,
    Term::SeenSince,
    Term::ReceivedSince,
    Term::ReceivedSinceTrend,
    Term::SentSince,
    Term::SentSinceTrend,
    Term::OutSince,
    Term::LongSilences,
    Term::LongerSilences,
    Term::SilencesThatLasted,
];

impl RhythmPrior {
    /// Reads a file.
    pub fn parse(text: &str) -> Result<Self, InvalidPrior> {
        let mut reply = Draft::default();
        let mut silence = Draft::default();
        for (line, entry) in (1..).zip(text.lines()) {
            let entry = entry.trim();
            if entry.is_empty() || entry.starts_with('#') || entry == HEAD {
                continue;
            }
            let invalid = |what: String| InvalidPrior { line, what };
            let fields: Vec<&str> = entry.split(',').map(str::trim).collect();
            let [question, term, at, log_odds] = fields.as_slice() else {
                return Err(invalid(format!("expected {HEAD}")));
            };
            let draft = match *question {
                "reply" => &mut reply,
                "silence" => &mut silence,
                other => return Err(invalid(format!("'{other}' is neither reply nor silence"))),
            };
            let number = |text: &str| match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(number),
                _ => Err(invalid(format!("'{text}' is not a number"))),
            };
            let log_odds = number(log_odds)?;
            if term.is_empty() {
                draft.constant = Some(log_odds);
                continue;
            }
            let Some(term) = Term::find(term) else {
                return Err(invalid(format!("there is no measure '{term}'")));
            };
            let at = if *at == "unknown" { None } else { Some(number(at)?) };
            draft.take(term, at, log_odds).map_err(invalid)?;
        }
        let whole = |draft: Draft| {
            draft.finish().map_err(|what| InvalidPrior { line: text.lines().count(), what })
        };
        Ok(Self { reply: whole(reply)?, silence: whole(silence)? })
    }

    /// Writes a file, with lines of comment before it. What is read back is the same.
    pub fn write(&self, comment: &str) -> String {
        let mut text = String::new();
        for line in comment.lines() {
            let _infallible = writeln!(text, "# {line}");
        }
        text.push_str(HEAD);
        text.push('\n');
        for (question, curves) in
            [(Question::Reply, &self.reply), (Question::Silence, &self.silence)]
        {
            let mut coefficients = curves.coefficients.iter();
            let mut line = |term: &str, at: &str, log_odds: Option<&f64>| {
                let log_odds = log_odds.copied().unwrap_or_default();
                let _infallible = writeln!(text, "{},{term},{at},{log_odds}", question.name());
            };
            for shape in curves.design.shapes() {
                for knot in &shape.knots {
                    line(shape.term.name(), &knot.to_string(), coefficients.next());
                }
                line(shape.term.name(), "unknown", coefficients.next());
            }
            line("", "", coefficients.next());
        }
        text
    }

    /// Rounds all coefficients, so that the file stays small.
    #[must_use]
    pub fn rounded(mut self) -> Self {
        for curves in [&mut self.reply, &mut self.silence] {
            for value in &mut curves.coefficients {
                *value = (*value * 1e4).round() / 1e4;
            }
        }
        self
    }
}

/// Curves of which not all lines have been read.
#[derive(Debug, Default)]
struct Draft {
    shapes: Vec<Shape>,
    coefficients: Vec<f64>,
    /// Whether the last shape has its value for the unknown.
    closed: bool,
    constant: Option<f64>,
}

impl Draft {
    fn take(&mut self, term: Term, at: Option<f64>, log_odds: f64) -> Result<(), String> {
        if self.shapes.last().is_none_or(|shape| shape.term != term) {
            self.close()?;
            if self.shapes.iter().any(|shape| shape.term == term) {
                return Err(format!("'{}' stands in two places", term.name()));
            }
            self.shapes.push(Shape { term, knots: Vec::new() });
            self.closed = false;
        }
        if self.closed {
            return Err(format!("'{}' goes on after its line for unknown", term.name()));
        }
        if let (Some(at), Some(shape)) = (at, self.shapes.last_mut()) {
            if shape.knots.last().is_some_and(|last| *last >= at) {
                return Err(format!("the knots of '{}' do not rise", term.name()));
            }
            shape.knots.push(at);
        } else {
            self.closed = true;
        }
        self.coefficients.push(log_odds);
        Ok(())
    }

    fn close(&self) -> Result<(), String> {
        match self.shapes.last() {
            Some(shape) if shape.knots.len() < 2 => {
                Err(format!("'{}' needs two knots or more", shape.term.name()))
            }
            Some(shape) if !self.closed => {
                Err(format!("'{}' lacks its line for unknown", shape.term.name()))
            }
            _ => Ok(()),
        }
    }

    fn finish(mut self) -> Result<Curves, String> {
        self.close()?;
        let Some(constant) = self.constant else {
            return Err("A question lacks its constant (a line without term)".to_owned());
        };
        self.coefficients.push(constant);
        Ok(Curves { design: Design::new(self.shapes), coefficients: self.coefficients })
    }
}
