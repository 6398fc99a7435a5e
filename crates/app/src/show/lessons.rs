//! What finished deals taught, and the short review of one that has ended.

use std::io::Write;

use anyhow::Result;
use inroad_model::{LessonNumber, Remark};
use inroad_service::{Change, Changed, LessonOffer, LessonsReport, ToldLesson};

use super::{plain, table};

/// More changes than these are for other programs.
const CHANGES_SHOWN_MAX: usize = 12;
/// A change by less than this share of the number is not worth a line.
const CHANGE_SHOWN_MIN: f64 = 0.03;

/// Prints the short review of a deal with what is filled in.
pub(crate) fn lesson_offer(offer: &LessonOffer, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", plain(&offer.name))?;
    let ended = offer.ended_at.date().strftime("%-d %B %Y");
    writeln!(out, "As of {ended}, {} just before\n", offer.state)?;
    let words = &offer.prefilled;
    for (head, remark) in [
        ("The people", &words.people),
        ("How it went", &words.process),
        ("What had changed", &words.changed),
    ] {
        block(head, remark.as_ref(), out)?;
    }
    if !offer.causes.is_empty() {
        writeln!(out, "What may have been behind it")?;
        for (cause, number) in offer.causes.iter().zip(1..) {
            let (name, likely) = (plain(&cause.name), cause.probability.in_percent());
            writeln!(out, "  {number}. {name} ({likely})  {}", cause.cause.as_str())?;
        }
    }
    if !offer.plays.is_empty() {
        writeln!(out, "What may have been tried")?;
        for (play, number) in offer.plays.iter().zip(1..) {
            writeln!(out, "  {number}. {}  {}", plain(&play.play), plain(&play.scenario))?;
        }
    }
    if let Some(own) = &offer.overruled {
        writeln!(out, "{}", plain(&own.in_words()))?;
    }
    match offer.told {
        Some(number) => writeln!(
            out,
            "\nLesson {number} tells of this deal already. To tell it anew: inroad lessons undo {number}"
        )?,
        None => writeln!(
            out,
            "\nYour answer: inroad lessons review DEAL --outcome won|lost|no-decision|let-go\n  \
             [--cause NAME] [--play NAME] [--people TEXT] [--process TEXT] [--changed TEXT]"
        )?,
    }
    Ok(())
}

fn block(head: &str, remark: Option<&Remark>, out: &mut dyn Write) -> Result<()> {
    let Some(remark) = remark else { return Ok(()) };
    writeln!(out, "{head}")?;
    for line in plain(remark.as_str()).lines() {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// Prints what the lessons add up to.
pub(crate) fn lessons(report: &LessonsReport, out: &mut dyn Write) -> Result<()> {
    if report.lessons.is_empty() {
        writeln!(out, "No lessons yet. When a deal has ended: inroad lessons review DEAL")?;
    } else {
        writeln!(out, "Won, of all deals with a lesson: {}", report.all.in_words())?;
        rates(report, out)?;
        changes(&report.changes, out)?;
        let rows: Vec<[String; 5]> = report.lessons.iter().map(row).collect();
        writeln!(out, "{}", table(["", "Deal", "Ended", "How", "What was behind it"], &rows))?;
    }
    decided(report, out)?;
    if !report.waiting.is_empty() {
        writeln!(out, "Ended, without a word yet:")?;
        for deal in &report.waiting {
            writeln!(out, "- {}", plain(&deal.name))?;
        }
        writeln!(out, "A few minutes each: inroad lessons review DEAL")?;
    }
    Ok(())
}

/// The tables of win rates.
fn rates(report: &LessonsReport, out: &mut dyn Write) -> Result<()> {
    if !report.by_cause.is_empty() {
        let row = |row: &inroad_service::CauseTally| [row.name.clone(), row.tally.in_words()];
        let rows: Vec<[String; 2]> = report.by_cause.iter().map(row).collect();
        writeln!(out, "{}", table(["What was behind it", "Won (95 % interval)"], &rows))?;
    }
    if !report.by_play.is_empty() {
        let row = |row: &inroad_service::PlayTally| {
            [format!("{} ({})", row.play.play, row.play.scenario), row.tally.in_words()]
        };
        let rows: Vec<[String; 2]> = report.by_play.iter().map(row).collect();
        writeln!(out, "{}", table(["What was tried", "Won (95 % interval)"], &rows))?;
    }
    Ok(())
}

/// What changed most in the playbook, with the lessons that say so.
fn changes(changes: &[Change], out: &mut dyn Write) -> Result<()> {
    let size = |change: &Change| (change.to / change.from).ln().abs();
    let mut shown: Vec<&Change> = changes
        .iter()
        .filter(|change| !change.lessons.is_empty() && size(change) >= CHANGE_SHOWN_MIN)
        .collect();
    shown.sort_by(|a, b| size(b).total_cmp(&size(a)));
    if shown.is_empty() {
        return Ok(());
    }
    let rows: Vec<[String; 4]> = shown
        .iter()
        .take(CHANGES_SHOWN_MAX)
        .map(|change| {
            let (what, moved) = in_words(change);
            [change.scenario.clone(), what, moved, numbers(&change.lessons)]
        })
        .collect();
    writeln!(out, "{}", table(["In the playbook", "", "Was, is", "By lessons"], &rows))?;
    if changes.len() > rows.len() {
        writeln!(out, "Smaller changes stand in: inroad lessons --format json")?;
    }
    Ok(())
}

/// What changed, and from what to what.
fn in_words(change: &Change) -> (String, String) {
    let (from, to) = (change.from, change.to);
    match &change.what {
        Changed::Share => {
            ("how common it is".to_owned(), format!("{:.1} %, {:.1} %", from * 100.0, to * 100.0))
        }
        Changed::Times { sign } => {
            (format!("{sign} speaks for it"), format!("{from:.1} times, {to:.1} times"))
        }
        Changed::Place { play } => (format!("place of \"{play}\""), format!("{from:.0}, {to:.0}")),
    }
}

fn numbers(lessons: &[LessonNumber]) -> String {
    lessons.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn row(told: &ToldLesson) -> [String; 5] {
    let lesson = &told.kept.lesson;
    let causes: Vec<String> =
        lesson.causes.iter().map(|cause| cause.as_str().replace('_', " ")).collect();
    let behind = if causes.is_empty() { "not known".to_owned() } else { causes.join(", ") };
    let taken_back = if told.kept.withdrawn_at.is_some() { "\ntaken back" } else { "" };
    [
        told.kept.number.to_string(),
        told.deal_name.clone(),
        lesson.ended_at.date().to_string(),
        format!("{}{taken_back}", lesson.outcome.in_words()),
        behind,
    ]
}

/// How the user's own decisions ended.
fn decided(report: &LessonsReport, out: &mut dyn Write) -> Result<()> {
    if report.decided.is_empty() {
        return Ok(());
    }
    let rows: Vec<[String; 4]> = report
        .decided
        .iter()
        .map(|decided| {
            let own = &decided.overruling;
            let ended = decided.outcome.map_or("not known yet", |outcome| outcome.in_words());
            [
                decided.deal_name.clone(),
                format!("{} instead of {}", own.chosen().in_words(), own.advised().in_words()),
                own.because().to_string(),
                ended.to_owned(),
            ]
        })
        .collect();
    writeln!(out, "{}", table(["You decided", "", "Because", "It ended"], &rows))?;
    if report.decided_tally.of > 0 {
        writeln!(out, "Of these, won: {}", report.decided_tally.in_words())?;
    }
    Ok(())
}
