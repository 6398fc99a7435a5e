//! Telephone calls and meetings of which people marked every utterance: what is asked in them.
//!
//! The corpora lie beside the repository and are no part of it; no word of theirs comes in here.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use inroad_language::questions::QuestionKind;

/// What an utterance is, as far as corpora tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Nothing,
    /// Open or narrow: corpora do not part them.
    Open,
    /// Closed or a choice.
    Closed,
}

impl Class {
    pub(super) const ALL: [Self; 3] = [Self::Nothing, Self::Open, Self::Closed];

    pub(super) fn of(kind: Option<QuestionKind>) -> Self {
        match kind {
            None => Self::Nothing,
            Some(QuestionKind::Open | QuestionKind::Narrow) => Self::Open,
            Some(QuestionKind::Closed | QuestionKind::Choice) => Self::Closed,
        }
    }
}

/// An utterance.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) speaker: String,
    pub(super) text: String,
    pub(super) class: Class,
    /// What it is if nothing but the general tag is looked at and "A or B?" is none.
    pub(super) by_general_tag: Class,
}

/// The test part of Switchboard: `speaker|text|tag`.
pub(super) fn switchboard(folder: &Path) -> Result<Vec<Said>> {
    read(&folder.join("swda/test_set.txt"), |fields| {
        let [speaker, text, tag] = fields else { return None };
        let class = match *tag {
            "qw" | "qo" | "qw^d" => Class::Open,
            "qy" | "qy^d" | "qrr" | "^g" => Class::Closed,
            _ => Class::Nothing,
        };
        Some(said(speaker, text, class, class))
    })
}

/// The test part of MRDA: `speaker|text|basic|general|full`. The general tag tells questions apart;
/// that one is an echo (bh) or asks to say it again (br) stands in the full tag alone.
pub(super) fn meetings(folder: &Path) -> Result<Vec<Said>> {
    read(&folder.join("mrda/test_set.txt"), |fields| {
        let [speaker, text, _, general, full] = fields else { return None };
        let by_general_tag = match *general {
            "qw" | "qo" => Class::Open,
            "qy" | "qrr" => Class::Closed,
            _ => Class::Nothing,
        };
        let class = match (*general, *full) {
            (_, "bh" | "br") => Class::Nothing,
            ("qr", _) => Class::Closed,
            _ => by_general_tag,
        };
        Some(said(speaker, text, class, by_general_tag))
    })
}

fn said(speaker: &str, text: &str, class: Class, by_general_tag: Class) -> Said {
    Said { speaker: speaker.to_owned(), text: text.to_owned(), class, by_general_tag }
}

fn read(file: &Path, parse: impl Fn(&[&str]) -> Option<Said>) -> Result<Vec<Said>> {
    let bytes = std::fs::read(file).with_context(|| format!("{} is not there", file.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let parsed: Option<Vec<Said>> =
        text.lines().map(|line| parse(&line.split('|').collect::<Vec<_>>())).collect();
    let parsed = parsed.with_context(|| format!("{}: a line has other fields", file.display()))?;
    ensure!(!parsed.is_empty(), "{} is empty", file.display());
    Ok(parsed)
}

/// Whole turns of more than one utterance: what their last question asks.
pub(super) fn turns(said: &[Said]) -> Vec<Said> {
    let runs = said.chunk_by(|one, next| one.speaker == next.speaker);
    runs.filter(|run| run.len() > 1).filter_map(turn).collect()
}

fn turn(run: &[Said]) -> Option<Said> {
    let texts: Vec<&str> = run.iter().map(|said| said.text.as_str()).collect();
    let last = run.iter().rev().find(|said| said.class != Class::Nothing).or_else(|| run.last())?;
    Some(Said { text: texts.join(" "), ..last.clone() })
}

/// The same without capitals and marks; apostrophes stay.
pub(super) fn unmarked(text: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || c == '\'' { c } else { ' ' };
    let kept: String = text.to_lowercase().chars().map(kept).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_apostrophes_stay() {
        assert_eq!(unmarked("Well, what's -- the X.M.L. for?"), "well what's the x m l for");
    }

    #[test]
    fn turns_tell_their_last_question() {
        let of = |speaker, text, class| said(speaker, text, class, class);
        let found = turns(&[
            of("a", "Why?", Class::Open),
            of("a", "Is it late?", Class::Closed),
            of("a", "It is.", Class::Nothing),
            of("b", "Yes.", Class::Nothing),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].text.as_str(), found[0].class),
            ("Why? Is it late? It is.", Class::Closed)
        );
    }
}
