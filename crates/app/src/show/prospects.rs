//! Targets, the form of a firm, and the sheet for a first call, within 80 columns.

use std::fmt::Display;
use std::io::Write;

use anyhow::Result;
use inroad_model::{AccountKey, Subject};
use inroad_prospect::{CallSheet, Fit, Held, Verdict};
use inroad_service::{
    CARE_A_DAY_MAX, Care, CareItem, Doubt, MaybeOne, OpenDoubles, Proposed, Prospect, Silence,
    TARGETS_AT_LEAST, TARGETS_AT_MOST, Target,
};
use jiff::civil::Date;

use super::{plain, quoted, table};

/// The targets, each with how well it fits and what to find out next.
pub(crate) fn targets(seen: &[(Prospect, Target)], out: &mut dyn Write) -> Result<()> {
    if seen.is_empty() {
        writeln!(
            out,
            "No targets yet. Put the {TARGETS_AT_LEAST} to {TARGETS_AT_MOST} firms here that you work on: \
             inroad targets add lindner.example --because TEXT"
        )?;
        return Ok(());
    }
    let row = |(prospect, target): &(Prospect, Target)| {
        let fit = prospect.fit();
        let because = target.because.as_ref().map_or_else(String::new, ToString::to_string);
        [prospect.label.clone(), fits(&fit), prospect.to_find_out().unwrap_or_default(), because]
    };
    let rows: Vec<[String; 4]> = seen.iter().map(row).collect();
    writeln!(out, "{}", table(["Firm", "Fits", "To find out next", "Because"], &rows))?;
    writeln!(out, "{} of {TARGETS_AT_MOST}", seen.len())?;
    Ok(())
}

fn fits(fit: &Fit<'_>) -> String {
    if fit.lines.is_empty() {
        return "no ideal client yet".to_owned();
    }
    if let Some(line) = fit.lines.iter().find(|line| line.rules_out()) {
        return format!("ruled out: {}", line.qualifier.topic.in_words());
    }
    match fit.score {
        None => "nothing known".to_owned(),
        Some(score) => format!("{:.0} % ({:.0} % known)", score * 100.0, fit.known * 100.0),
    }
}

/// What to look after today.
pub(crate) fn care(items: &[CareItem], out: &mut dyn Write) -> Result<()> {
    if items.is_empty() {
        writeln!(out, "Nothing to look after: what is known is in order.")?;
    }
    for item in items.iter().take(CARE_A_DAY_MAX) {
        writeln!(out, "{}: {}", plain(&item.label), plain(&in_words(item)))?;
    }
    if items.len() > CARE_A_DAY_MAX {
        writeln!(out, "The other {} can wait for another day.", items.len() - CARE_A_DAY_MAX)?;
    }
    Ok(())
}

/// What it is, with the way out.
fn in_words(item: &CareItem) -> String {
    match &item.what {
        Care::Doubt(Doubt::Left { .. }) => "left the firm; ask who follows".to_owned(),
        Care::Doubt(Doubt::Bounces { .. }) => {
            "mail comes back; look for another address".to_owned()
        }
        Care::Doubt(Doubt::OtherTitle { signed, recorded, .. }) => {
            let Subject::Person(whom) = &item.about else { return signed.clone() };
            let (whom, title) = (quoted(whom.as_str()), quoted(signed));
            format!(
                "signs as '{signed}', and your records say '{recorded}': inroad record {whom} title {title}"
            )
        }
        Care::Doubt(Doubt::Unanswered { since }) => format!("no answer since {}", since.date()),
        Care::SamePerson(pair) => {
            format!(
                "the same person as {}? inroad doubles same {} {}",
                pair.b_called, pair.a, pair.b
            )
        }
        Care::SameFirm(pair) => {
            format!("the same firm as {}? inroad doubles same {} {}", pair.b_called, pair.a, pair.b)
        }
        Care::Note(note) => format!(
            "a note to yourself of {} names no deal: inroad place {} DEAL",
            note.at.date(),
            quoted(note.id.as_str())
        ),
        Care::Kind => match &item.about {
            Subject::Account(key) => {
                format!("what are they to you? inroad tag {key} prospect, client or partner")
            }
            _ => "what are they to you?".to_owned(),
        },
        Care::Old { topic, text, day, .. } => {
            format!("{}: '{text}' is of {day}; still so?", topic.in_words())
        }
        Care::Missing { topic, is_must } => {
            let must = if *is_must { ", and they must have it" } else { "" };
            format!("{}? Nobody knows yet{must}", topic.in_words())
        }
    }
}

/// Who may be there twice, with the reasons.
pub(crate) fn doubles(found: &OpenDoubles, out: &mut dyn Write) -> Result<()> {
    let mut any = false;
    any |= pairs("people", &found.people, out)?;
    any |= pairs("firms", &found.accounts, out)?;
    if any {
        writeln!(out, "Say which: inroad doubles same A B, or inroad doubles apart A B")?;
    } else {
        writeln!(out, "Nobody and no firm seems to be there twice.")?;
    }
    Ok(())
}

/// So many pairs are listed at a time.
const PAIRS_MAX: usize = 50;

fn pairs<N: Display>(kind: &str, pairs: &[MaybeOne<N>], out: &mut dyn Write) -> Result<bool> {
    for pair in pairs.iter().take(PAIRS_MAX) {
        let sure = if pair.is_likely { "likely" } else { "perhaps" };
        writeln!(out, "{} and {}, {sure} one", pair.a, pair.b)?;
        writeln!(out, "  {} · {}", plain(&pair.a_called), plain(&pair.b_called))?;
        if !pair.speaks_for.is_empty() {
            writeln!(out, "  for it: {}", pair.speaks_for.join(", "))?;
        }
        if !pair.speaks_against.is_empty() {
            writeln!(out, "  against: {}", pair.speaks_against.join(", "))?;
        }
    }
    if pairs.len() > PAIRS_MAX {
        writeln!(out, "And {} more pairs of {kind}.", pairs.len() - PAIRS_MAX)?;
    }
    Ok(!pairs.is_empty())
}

/// The form of a firm.
pub(crate) fn form(seen: &Prospect, today: Date, out: &mut dyn Write) -> Result<()> {
    let fit = seen.fit();
    writeln!(out, "{} ({}): {}", plain(&seen.label), seen.key, fits(&fit))?;
    for line in &fit.lines {
        let verdict = match line.verdict {
            Verdict::There => "there",
            Verdict::NotThere => "not there",
            Verdict::Unknown => "unknown",
        };
        let by = line.by.map(|held| format!(": {}", held.text)).unwrap_or_default();
        let qualifier = line.qualifier;
        let topic = qualifier.topic.in_words();
        writeln!(out, "  {:<6} {topic}: {verdict}{}", qualifier.level.as_str(), plain(&by))?;
    }
    let cell = |held: &[Held]| {
        let lines = held.iter().map(|held| {
            let number = held.number.map(|number| format!("{number}: ")).unwrap_or_default();
            let old = if held.is_stale(today) { ", old" } else { "" };
            format!("{number}{} ({}{old})", held.text, held.day)
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let row = |row: &inroad_prospect::FormRow| {
        let topic = row.topic.in_words().to_owned();
        let fell = row.fell.iter().map(|fallen| format!("not so: {}", fallen.text));
        let assumed: Vec<String> = std::iter::once(cell(&row.assumed)).chain(fell).collect();
        [topic, assumed.join("\n").trim().to_owned(), cell(&row.verified)]
    };
    let rows: Vec<[String; 3]> = seen.form.rows.iter().map(row).collect();
    writeln!(out, "{}", table(["", "We assume", "We verified"], &rows))?;
    for question in &seen.form.questions {
        let whom = question.whom.as_deref().map(|whom| format!(" ({whom})")).unwrap_or_default();
        writeln!(out, "To ask: {}{}", plain(&question.text), plain(&whom))?;
    }
    for page in &seen.pages {
        writeln!(out, "Kept: {} ({})", plain(&page.head.title), page.head.day)?;
    }
    Ok(())
}

/// What a text that was kept states, to be taken by hand.
pub(crate) fn proposed(key: &AccountKey, proposed: &Proposed, out: &mut dyn Write) -> Result<()> {
    let said = match proposed.silence {
        Some(Silence::NotEnglish) => "Nothing is proposed: only English is read.".to_owned(),
        Some(Silence::NothingStated) => "Nothing in it belongs on the form.".to_owned(),
        None => format!("What it says of them; take what is right with 'inroad assume {key}':"),
    };
    writeln!(out, "{said}")?;
    for statement in &proposed.statements {
        writeln!(out, "  {:<10} {}", statement.topic.as_str(), plain(&statement.text))?;
    }
    Ok(())
}

/// The sheet for a first call.
pub(crate) fn call_sheet(label: &str, sheet: &CallSheet, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "Call to {}\n\nOpen", plain(label))?;
    for line in &sheet.opening {
        writeln!(out, "  {}", plain(line))?;
    }
    writeln!(out, "\nAsk")?;
    for (question, number) in sheet.questions.iter().zip(1..) {
        let whom = question.whom.as_deref().map(|whom| format!(" ({whom})")).unwrap_or_default();
        writeln!(out, "  {number}. {}{}", plain(&question.text), plain(&whom))?;
        writeln!(out, "     Listen for: {}", plain(&question.listen_for))?;
    }
    writeln!(out, "\nIf it does not fit")?;
    for line in &sheet.leaving_well {
        writeln!(out, "  {}", plain(line))?;
    }
    Ok(())
}
