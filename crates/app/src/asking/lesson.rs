//! The short review of a deal, asked question by question; Enter takes what is filled in.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use anyhow::{Result, bail};
use inroad_model::{Cause, LessonWords, Outcome, Remark};
use inroad_service::{LessonAnswers, LessonOffer};

use crate::cli;

/// Asks everything that an answer holds.
pub(crate) fn ask(
    offer: &LessonOffer,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<LessonAnswers> {
    let mut asking = Asking { input, out };
    let outcome = asking.outcome(offer.outcome)?;
    let causes = asking.causes(offer)?;
    let play = asking.play(offer)?;
    let prefilled = &offer.prefilled;
    let words = LessonWords {
        people: asking.words("The people", prefilled.people.as_ref())?,
        process: asking.words("How it went", prefilled.process.as_ref())?,
        changed: asking.words("What had changed", prefilled.changed.as_ref())?,
    };
    Ok(LessonAnswers { outcome, causes, play, words, ended_at: None })
}

/// The terminal.
struct Asking<'a> {
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
}

impl Asking<'_> {
    /// One line, without blanks around it.
    fn line(&mut self, question: &str) -> Result<String> {
        write!(self.out, "{question}: ")?;
        self.out.flush()?;
        let mut line = String::new();
        if self.input.read_line(&mut line)? == 0 {
            bail!("Nothing was kept");
        }
        Ok(line.trim().to_owned())
    }

    /// Asks until the answer can be read.
    fn until<T>(&mut self, question: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T> {
        loop {
            let line = self.line(question)?;
            match read(&line) {
                Ok(answer) => return Ok(answer),
                Err(why) => writeln!(self.out, "{why}")?,
            }
        }
    }

    fn outcome(&mut self, known: Option<Outcome>) -> Result<Option<Outcome>> {
        let enter = known.map(|known| format!(" [Enter: {known}]", known = known.as_str()));
        let question = format!(
            "How did it end, won, lost, no-decision or let-go?{}",
            enter.unwrap_or_default()
        );
        self.until(&question, |line| match known {
            Some(known) if line.is_empty() => Ok(Some(known)),
            _ => cli::outcome(line).map(Some),
        })
    }

    fn causes(&mut self, offer: &LessonOffer) -> Result<BTreeSet<Cause>> {
        let question = "What was behind it? Numbers or names, with commas [Enter: not known]";
        self.until(question, |line| {
            let words = line.split(',').map(str::trim).filter(|word| !word.is_empty());
            words
                .map(|word| match numbered(word, &offer.causes) {
                    Some(likely) => Ok(likely.cause),
                    None => cli::cause(word),
                })
                .collect()
        })
    }

    fn play(&mut self, offer: &LessonOffer) -> Result<Option<String>> {
        let line = self.line("What did you try? A number or a name [Enter: nothing of these]")?;
        let chosen = numbered(&line, &offer.plays);
        let name = chosen.map(|play| format!("{}: {}", play.scenario, play.play));
        Ok(name.or(Some(line)).filter(|name| !name.is_empty()))
    }

    fn words(&mut self, about: &str, known: Option<&Remark>) -> Result<Option<Remark>> {
        let enter = if known.is_some() { "as above; -: nothing" } else { "nothing" };
        self.until(&format!("{about}, in your words [Enter: {enter}]"), |line| match line {
            "" => Ok(known.cloned()),
            "-" => Ok(None),
            line => Remark::if_any(line).map_err(|why| why.to_string()),
        })
    }
}

/// The entry of a list that a number means, counted from 1.
fn numbered<'l, T>(text: &str, list: &'l [T]) -> Option<&'l T> {
    text.parse::<usize>().ok().and_then(|number| list.get(number.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use inroad_model::{Advice, LastReview, PlayTried, Probability, State};
    use inroad_service::LikelyCause;

    use super::*;

    fn offer() -> LessonOffer {
        LessonOffer {
            deal: "d1".to_owned().try_into().unwrap(),
            name: "Warehouse".to_owned(),
            organization: None,
            ended_at: "2026-03-02T09:00:00Z".parse().unwrap(),
            outcome: Some(Outcome::Lost),
            state: State::Dark,
            prefilled: LessonWords {
                people: Remark::if_any("Jana").unwrap(),
                ..LessonWords::default()
            },
            causes: vec![LikelyCause {
                cause: Cause::PriceTooHigh,
                name: "Too dear".to_owned(),
                probability: Probability::clamped(0.4),
            }],
            plays: vec![PlayTried { scenario: "price_too_high".into(), play: "Smaller".into() }],
            overruled: None,
            last_review: LastReview {
                causes: Vec::new(),
                advice: Advice::Pursue,
                signs: [].into(),
            },
            told: None,
        }
    }

    fn check(typed: &str) -> (LessonAnswers, String) {
        let mut out = Vec::new();
        let answers = ask(&offer(), &mut typed.as_bytes(), &mut out).unwrap();
        (answers, String::from_utf8(out).unwrap())
    }

    #[test]
    fn enter_takes_what_is_filled_in() {
        let (answers, _) = check("\n\n\n\n\n\n");
        assert_eq!((answers.outcome, answers.causes.len()), (Some(Outcome::Lost), 0));
        assert_eq!(answers.words.people.unwrap().as_str(), "Jana");
        assert_eq!((answers.play, answers.words.process), (None, None));
    }

    #[test]
    fn numbers_and_names_are_read_and_what_is_not_understood_is_asked_again() {
        let (answers, out) =
            check("drawn\nno-decision\n1, luck\n1, political_fear\n1\n-\nSlowly\n\n");
        assert!(out.contains("write won, lost") && out.contains("inroad playbook show"), "{out}");
        assert_eq!(answers.outcome, Some(Outcome::NoDecision));
        assert_eq!(answers.causes, [Cause::PriceTooHigh, Cause::PoliticalFear].into());
        assert_eq!(answers.play.as_deref(), Some("price_too_high: Smaller"));
        assert_eq!(answers.words.people, None);
        assert_eq!(answers.words.process.unwrap().as_str(), "Slowly");
    }

    #[test]
    fn an_input_that_ends_keeps_nothing() {
        assert!(ask(&offer(), &mut "lost\n".as_bytes(), &mut Vec::new()).is_err());
    }
}
