//! `inroad lessons`: what finished deals taught, one of them told, one taken back.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_model::{LessonNumber, LessonWords, Moment, Remark};
use inroad_service::{Inroad, LessonAnswers, WaitingDeal};

use super::import::n;
use crate::cli::{LessonArgs, LessonsAction, PlainFormat};
use crate::{asking, show, when};

/// More names than these are a list for `inroad lessons`.
const NAMED_MAX: usize = 3;

/// Shows what was learnt, or takes the user's word.
pub(crate) async fn run(
    inroad: Inroad,
    action: Option<LessonsAction>,
    as_of: Moment,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    match action {
        None => {
            let report = inroad.lessons(as_of).await?;
            match format {
                PlainFormat::Json => show::json(&report, out)?,
                PlainFormat::Table => {
                    show::lessons(&report, out)?;
                    ask_once(&inroad, out).await?;
                }
            }
        }
        Some(LessonsAction::Review(args)) => review(&inroad, args, out).await?,
        Some(LessonsAction::Undo { number }) => {
            let lesson = inroad.withdraw_lesson(number, when::now()).await?;
            writeln!(
                out,
                "Lesson {number} on {} is taken back; the playbook is as it was without it.",
                show::plain(lesson.lesson.deal.as_str())
            )?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Shows the review of one deal, and takes the answers: from the arguments, else from whoever sits at
/// the terminal.
async fn review(inroad: &Inroad, args: LessonArgs, out: &mut dyn Write) -> Result<()> {
    let at = when::now();
    let (name, format) = (args.name.clone(), args.format);
    let answers = if let Some(answers) = answered(args)? {
        answers
    } else {
        let offer = inroad.lesson_offer(&name, at).await?;
        if format == PlainFormat::Json {
            return show::json(&offer, out);
        }
        show::lesson_offer(&offer, out)?;
        if !std::io::stdin().is_terminal() || offer.told.is_some() {
            return Ok(());
        }
        asking::lesson::ask(&offer, &mut std::io::stdin().lock(), out)?
    };
    let number = inroad.learn(&name, answers, at).await?;
    kept(inroad, number, format, out).await
}

/// What the arguments answer; `None` if they answer nothing.
fn answered(args: LessonArgs) -> Result<Option<LessonAnswers>> {
    let words = |text: Option<String>, flag: &'static str| {
        text.as_deref().map_or(Ok(None), Remark::if_any).context(flag)
    };
    let said_nothing = args.outcome.is_none()
        && args.cause.is_empty()
        && args.ended.is_none()
        && [&args.play, &args.people, &args.process, &args.changed]
            .into_iter()
            .all(Option::is_none);
    if said_nothing {
        return Ok(None);
    }
    Ok(Some(LessonAnswers {
        outcome: args.outcome,
        causes: args.cause.into_iter().collect(),
        play: args.play,
        words: LessonWords {
            people: words(args.people, "--people")?,
            process: words(args.process, "--process")?,
            changed: words(args.changed, "--changed")?,
        },
        ended_at: args.ended.map(|day| day.0.min(when::now())),
    }))
}

async fn kept(
    inroad: &Inroad,
    number: LessonNumber,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<()> {
    let report = inroad.lessons(when::now()).await?;
    let Some(told) = report.lessons.iter().find(|told| told.kept.number == number) else {
        return Ok(());
    };
    if format == PlainFormat::Json {
        return show::json(told, out);
    }
    writeln!(
        out,
        "Thank you. Lesson {number}: {}, {}. What it changed: inroad lessons · take it back: inroad \
         lessons undo {number}",
        show::plain(&told.deal_name),
        told.kept.lesson.outcome.in_words()
    )?;
    Ok(())
}

/// Offers the review of deals that have ended since `before`, in a line.
pub(super) async fn offer(
    inroad: &Inroad,
    before: &[WaitingDeal],
    out: &mut dyn Write,
) -> Result<()> {
    let waiting = inroad.waiting_deals().await?;
    let fresh: Vec<&WaitingDeal> = waiting.iter().filter(|deal| !before.contains(deal)).collect();
    match fresh.as_slice() {
        [] => {}
        few if few.len() <= NAMED_MAX => {
            for deal in few {
                let name = show::plain(&deal.name);
                writeln!(
                    out,
                    "{name} has ended. What did it teach? inroad lessons review \"{name}\""
                )?;
            }
        }
        many => {
            let deals = n(many.len(), "deal");
            writeln!(
                out,
                "{deals} have ended. What did they teach? They stand in: inroad lessons"
            )?;
        }
    }
    ask_once(inroad, out).await
}

/// Asks how the user's own decisions ended, each once.
async fn ask_once(inroad: &Inroad, out: &mut dyn Write) -> Result<()> {
    for asked in inroad.ask_how_it_ended(when::now()).await? {
        let name = show::plain(&asked.deal_name);
        writeln!(
            out,
            "You decided to {} on {name}, where inroad said {}: \"{}\". How did it end? inroad lessons \
             review \"{name}\"",
            asked.overruling.chosen().in_words(),
            asked.overruling.advised().in_words(),
            show::plain(asked.overruling.because().as_str()),
        )?;
    }
    Ok(())
}
