//! A call, as it was read.

use std::io::Write;

use anyhow::Result;
use inroad_model::TranscriptKind;
use inroad_service::call::{
    AskedQuestion, CallCue, Confidence, LongTurn, QuestionCounts, ShareBy, Spot,
};
use inroad_service::{Call, DayFrom};
use jiff::civil::Date;

use super::{plain, table};

/// So many questions and cues are listed; JSON has all of them.
const LISTED_MAX: usize = 12;

/// What a sentence tells is listed if it is likelier than not.
const SHOWN_PROBABILITY_MIN: f32 = 0.5;

/// Prints a call.
pub(crate) fn call(call: &Call, out: &mut dyn Write) -> Result<()> {
    head(call, out)?;
    who_speaks(call, out)?;
    questions(call, out)?;
    agreed(call, out)?;
    between_the_lines(call, out)?;
    for issue in &call.issues {
        writeln!(out, "Problem: {}", plain(&issue.to_string()))?;
    }
    Ok(())
}

fn head(call: &Call, out: &mut dyn Write) -> Result<()> {
    let report = &call.report;
    let kind = match call.kind {
        TranscriptKind::WebVtt => "WebVTT",
        TranscriptKind::Srt => "SRT",
        TranscriptKind::PlainText => "plain text",
    };
    let length = report.seconds.map(|seconds| format!(", {:.0} minutes", seconds / 60.0));
    writeln!(out, "A call in {kind}{}, {} words", length.unwrap_or_default(), report.words)?;
    let from = match call.on_from {
        DayFrom::Said => "",
        DayFrom::FileName => ", as the file is called",
        DayFrom::Today => ", today; if it was another day, say it with --on",
    };
    writeln!(out, "Days are counted from {}{from}", day(report.on))?;
    if report.confidence == Confidence::Low {
        writeln!(out, "Little can be built on this:")?;
        for why in &report.confidence_because {
            writeln!(out, "- {}", plain(why))?;
        }
    }
    Ok(())
}

fn who_speaks(call: &Call, out: &mut dyn Write) -> Result<()> {
    let speakers = &call.report.speakers;
    let by_time = speakers.iter().any(|speaker| speaker.share_by == ShareBy::Time);
    let rows: Vec<[String; 4]> = speakers
        .iter()
        .map(|speaker| {
            let fillers = speaker.fillers_per_100_words;
            [
                who(speaker.name.as_deref(), speaker.ours),
                format!("{:.0} %", 100.0 * speaker.share),
                longest(&speaker.longest_turn, by_time),
                fillers.map_or_else(|| "not known".to_owned(), |fillers| format!("{fillers:.1}")),
            ]
        })
        .collect();
    let share = if by_time { "Share of the time" } else { "Share of the words" };
    let header = ["Who", share, "Longest at once", "Fillers to 100 words"];
    writeln!(out, "\n{}", table(header, &rows))?;
    if !by_time {
        writeln!(out, "The file does not say when words end, so shares are of words.")?;
    }
    if let Some(most) = &call.report.longest_monologue {
        let begins = match most.turn.quote.as_str() {
            "" => words("", most.turn.place),
            quote => words(&format!("{quote} …"), most.turn.place),
        };
        let rows = [[who(most.speaker.as_deref(), most.ours), begins, most.turn.place.to_string()]];
        writeln!(out, "\n{}", table(["Longest at once", "It begins", "At"], &rows))?;
    }
    for overlap in call.report.overlaps.iter().flatten().take(LISTED_MAX) {
        let name = |name: &Option<String>| plain(name.as_deref().unwrap_or("somebody"));
        let (one, other) = (name(&overlap.speaker), name(&overlap.with));
        writeln!(
            out,
            "{one} and {other} speak at once for {:.1} s at {}",
            overlap.seconds, overlap.place
        )?;
    }
    Ok(())
}

fn questions(call: &Call, out: &mut dyn Write) -> Result<()> {
    let report = &call.report;
    if report.questions.is_empty() {
        return Ok(writeln!(out, "\nNobody asks anything.")?);
    }
    let rows: Vec<[String; 3]> = report
        .speakers
        .iter()
        .filter_map(|speaker| {
            let asked = |one: &&AskedQuestion| one.speaker == speaker.name;
            let count = report.questions.iter().filter(asked).count();
            let name = who(speaker.name.as_deref(), speaker.ours);
            (count > 0).then(|| [name, count.to_string(), kinds(&speaker.questions)])
        })
        .collect();
    writeln!(out, "\n{}", table(["Who asks", "Questions", "Kinds"], &rows))?;
    let ours = report.questions.iter().filter(|asked| asked.ours == Some(true));
    let rows: Vec<[String; 3]> = ours
        .take(LISTED_MAX)
        .map(|asked| {
            [
                asked.place.to_string(),
                asked.kind.unwrap_or("").to_owned(),
                words(&asked.quote, asked.place),
            ]
        })
        .collect();
    if !rows.is_empty() {
        writeln!(out, "\n{}", table(["At", "Kind", "You ask"], &rows))?;
    }
    if let Some(pause) = report.pause_after_our_questions_seconds {
        writeln!(out, "After a question of yours it is quiet for {pause:.1} s, the middle one.")?;
    }
    Ok(())
}

fn agreed(call: &Call, out: &mut dyn Write) -> Result<()> {
    let report = &call.report;
    match &report.next_step {
        Some(step) => {
            let owner = match (&step.owner, step.ours) {
                (None, None) => "both, or nobody in particular".to_owned(),
                (name, ours) => who(name.as_deref(), ours),
            };
            let rows =
                [[words(&step.quote, step.place), owner, by_day(step.on), step.place.to_string()]];
            writeln!(
                out,
                "\n{}",
                table(["Agreed as the next step", "Whose", "When", "At"], &rows)
            )?;
        }
        None => writeln!(out, "\nNo sentence agrees on a next step.")?,
    }
    let rows: Vec<[String; 4]> = report
        .commitments
        .iter()
        .map(|taken| {
            let owner = who(taken.owner.as_deref(), taken.ours);
            [words(&taken.quote, taken.place), owner, by_day(taken.on), taken.place.to_string()]
        })
        .collect();
    if !rows.is_empty() {
        writeln!(out, "\n{}", table(["Taken on", "Whose", "When", "At"], &rows))?;
    }
    Ok(())
}

fn between_the_lines(call: &Call, out: &mut dyn Write) -> Result<()> {
    let cues = call.report.cues.iter().filter(|cue| cue.probability >= SHOWN_PROBABILITY_MIN);
    let mut surest: Vec<(usize, &CallCue)> = cues.enumerate().collect();
    surest.sort_by(|(_, a), (_, b)| b.probability.total_cmp(&a.probability));
    surest.truncate(LISTED_MAX);
    surest.sort_by_key(|(at, _)| *at);
    let shown = surest.into_iter().map(|(_, cue)| cue);
    let rows: Vec<[String; 4]> = shown
        .map(|cue| {
            [
                cue.speaker.clone().unwrap_or_default(),
                format!("{} ({:.0} %)", cue.says(), 100.0 * cue.probability),
                words(&cue.quote, cue.place),
                cue.place.to_string(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        writeln!(out, "\n{}", table(["Who", "Seems", "In these words", "At"], &rows))?;
    }
    Ok(())
}

fn who(name: Option<&str>, ours: Option<bool>) -> String {
    match (name, ours) {
        (Some(name), Some(true)) => format!("{name} (you)"),
        (Some(name), _) => name.to_owned(),
        (None, Some(true)) => "your side".to_owned(),
        (None, Some(false)) => "their side".to_owned(),
        (None, None) => "nobody named".to_owned(),
    }
}

fn longest(turn: &LongTurn, by_time: bool) -> String {
    match turn.seconds.filter(|_| by_time) {
        Some(seconds) => format!("{}, {} words", clock(seconds), turn.words),
        None => format!("{} words", turn.words),
    }
}

fn kinds(counts: &QuestionCounts) -> String {
    let kinds = [
        (counts.open, "open"),
        (counts.narrow, "narrow"),
        (counts.closed, "closed"),
        (counts.choice, "choice"),
    ];
    let told = kinds.iter().filter_map(|(count, kind)| {
        count.filter(|count| *count > 0).map(|count| format!("{count} {kind}"))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// What was said, or where it stands if its words are private.
fn words(quote: &str, place: Spot) -> String {
    if quote.is_empty() { format!("private, at {place}") } else { format!("\"{quote}\"") }
}

fn clock(seconds: f64) -> String {
    Spot { start: Some(seconds), line: 0 }.to_string()
}

fn by_day(on: Option<Date>) -> String {
    on.map_or_else(|| "no day named".to_owned(), day)
}

fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
