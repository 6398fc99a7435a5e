//! `inroad do-not-contact`, `erase`, `export-person` and `privacy`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_model::EmailAddress;
use inroad_service::{
    Inroad, IntoFolder, IntoZip, NotContacted, NotContactedWho, Retention, SaidBy, Stop, WhatGoes,
};

use super::import::n;
use crate::cli::{DoNotContactAction, EraseArgs, ExportPersonArgs, PrivacyAction, RetentionArgs};
use crate::show::{plain, processing_record};
use crate::when;

pub(crate) async fn do_not_contact(
    inroad: Inroad,
    action: Option<DoNotContactAction>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let at = when::now();
    let action = action.unwrap_or(DoNotContactAction::List { words: Vec::new() });
    match action {
        DoNotContactAction::List { words } => {
            let all = inroad.not_contacted(&words.join(" "), at).await?;
            inroad.close().await?;
            for one in &all {
                writeln!(out, "{}", plain(&line(one)))?;
            }
            match (all.is_empty(), words.is_empty()) {
                (true, true) => writeln!(out, "Nobody is on the list.")?,
                (true, false) => writeln!(out, "Nobody like that is on the list.")?,
                (false, _) => writeln!(out, "{} in all.", all.len())?,
            }
        }
        DoNotContactAction::Add { whom, because } => {
            let deed = inroad.add_not_contacted(&whom, &because, at).await?.deed;
            return super::written::say(inroad, deed, out).await;
        }
        DoNotContactAction::Remove { whom } => {
            let done = inroad.remove_not_contacted(&whom, at).await?;
            let code = super::written::say(inroad, done.deed, out).await?;
            if done.what {
                writeln!(out, "They stay on the list: what they asked for themselves stands.")?;
            }
            return Ok(code);
        }
        DoNotContactAction::Import { file } => {
            let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let report = inroad.import_not_contacted(bytes, &name, at).await?;
            inroad.close().await?;
            write!(out, "{} listed", report.added)?;
            if report.doubles > 0 {
                write!(out, ", {} known already", report.doubles)?;
            }
            match report.deed {
                Some(deed) => writeln!(out, ". To take it back: inroad undo {deed}")?,
                None => writeln!(out, ".")?,
            }
            if !report.issues.is_empty() {
                writeln!(
                    out,
                    "{} with the list; the rest came in:",
                    n(report.issues.len(), "problem")
                )?;
                for issue in report.issues.iter().take(super::import::ISSUES_SHOWN_MAX) {
                    writeln!(out, "  {}", plain(&issue.to_string()))?;
                }
            }
        }
        DoNotContactAction::Export { file } => {
            let csv = inroad.export_not_contacted(at).await?;
            inroad.close().await?;
            if file == Path::new("-") {
                out.write_all(csv.as_bytes())?;
            } else {
                let mut new = std::fs::File::create_new(&file)
                    .with_context(|| format!("{}; name a new file", file.display()))?;
                new.write_all(csv.as_bytes())?;
                let count = csv.lines().count().saturating_sub(1);
                writeln!(out, "{count} in {}.", file.display())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn privacy(
    inroad: Inroad,
    action: &PrivacyAction,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    match action {
        PrivacyAction::Record => {
            let record = inroad.processing_record(when::now()).await?;
            inroad.close().await?;
            processing_record::write(&record, out)?;
        }
        PrivacyAction::Retention(args) => return retention(inroad, args, out).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn retention(inroad: Inroad, args: &RetentionArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let at = when::now();
    if args.off {
        inroad.set_retention(Retention::default()).await?;
    }
    let stands = inroad.retention().await?;
    let Some(months) = args.letters_months.or(stands.letters_months) else {
        inroad.close().await?;
        writeln!(out, "Letters are kept until you erase them.")?;
        return Ok(ExitCode::SUCCESS);
    };
    if args.yes {
        let wish = Retention { letters_months: Some(months), daily: args.daily };
        inroad.set_retention(wish).await?;
        let report = inroad.keep_no_longer(&Stop::default(), at).await?;
        inroad.close().await?;
        let went = report.went;
        writeln!(out, "{} went: those of before {}.", n(went.letters, "letter"), went.before)?;
        if !report.is_cleared {
            writeln!(
                out,
                "Another program reads the data file; the last bytes go at its next start."
            )?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let look = inroad.what_retention_takes(months, at).await?;
    inroad.close().await?;
    if args.letters_months.is_none() {
        let how =
            if stands.daily { "every day while 'inroad serve' runs" } else { "when you say so" };
        writeln!(out, "Letters are kept for {months} months; older ones go {how}.")?;
    }
    let goes = if look.letters == 1 { "goes" } else { "go" };
    writeln!(out, "{} {goes}: those of before {}.", n(look.letters, "letter"), look.before)?;
    let (ones, stay) = if look.kept_for_deals == 1 { ("one", "stays") } else { ("ones", "stay") };
    writeln!(
        out,
        "{} older {ones} {stay}, of open deals and firms with one.",
        look.kept_for_deals
    )?;
    let daily = if args.daily { " --daily" } else { "" };
    writeln!(
        out,
        "Nothing was changed. This cannot be undone; to do it: \
         inroad privacy retention --letters-months {months}{daily} --yes"
    )?;
    Ok(ExitCode::SUCCESS)
}

fn line(one: &NotContacted) -> String {
    let whom = match &one.whom {
        NotContactedWho::Person(email) => email.to_string(),
        NotContactedWho::Firm(key) => format!("everybody at {key}"),
        NotContactedWho::Sha256(hash) => format!("whoever has the hash {hash:.12}…"),
        NotContactedWho::Erased(hash) => format!("somebody who was erased ({hash:.12}…)"),
    };
    let since = one.since.map_or_else(|| "always    ".to_owned(), |day| day.to_string());
    let said = match &one.said {
        SaidBy::Letter(_) => "their letter".to_owned(),
        SaidBy::Contacts => "address book".to_owned(),
        SaidBy::You => "you".to_owned(),
        SaidBy::List(source) if source.is_empty() => "kept from an erased letter".to_owned(),
        SaidBy::List(source) => format!("list {source}"),
        SaidBy::Erasing => "erased".to_owned(),
    };
    let because = one.because.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{since}  {whom}  ({said}) {because}").trim_end().to_owned()
}

pub(crate) async fn erase(
    inroad: Inroad,
    args: EraseArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let at = when::now();
    let look = inroad.what_erasing_takes(&args.email, at).await?;
    if !args.yes {
        tell(&look, out)?;
        inroad.close().await?;
        let way = "This cannot be undone. To do it: inroad erase";
        writeln!(out, "{way} {} --yes [--backups FILE…]", args.email)?;
        return Ok(ExitCode::SUCCESS);
    }
    let report = Box::pin(inroad.erase(&args.email, &args.backups, at)).await?;
    inroad.close().await?;
    tell_done(&report.went, out)?;
    for backup in &report.backups {
        writeln!(out, "Erased in {} as well.", backup.display())?;
    }
    if !report.is_cleared {
        writeln!(out, "Another program reads the data file; the last bytes go at its next start.")?;
    }
    let left = report.went.other_files.iter().filter(|file| !report.backups.contains(file));
    for file in left {
        writeln!(out, "Not looked into: {}; name it with --backups.", file.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What would go, in words.
fn tell(look: &WhatGoes, out: &mut dyn Write) -> Result<()> {
    let emails: Vec<&str> = look.emails.iter().map(EmailAddress::as_str).collect();
    writeln!(out, "{}", plain(&emails.join(", ")))?;
    if look.is_nothing() {
        let word = if look.was_erased {
            "Nothing is held but a hash: they were erased."
        } else {
            "Nothing is held. Erased all the same, they are never proposed."
        };
        writeln!(out, "{word}")?;
        return Ok(());
    }
    writeln!(
        out,
        "Go as a whole: {}: theirs, and those to them alone.",
        n(look.letters_gone, "letter")
    )?;
    writeln!(out, "Stay without them: {} of others.", n(look.letters_changed, "letter"))?;
    for deal in &look.seats {
        writeln!(out, "Their seat goes: {}", plain(deal))?;
    }
    for (noun, erased) in &look.rows {
        writeln!(out, "{noun}: {} go, {} stay without them", erased.gone, erased.changed)?;
    }
    for (name, other) in &look.shared_names {
        writeln!(
            out,
            "The name {} stays in texts, since {other} bears it, too. If both are one: inroad person {} --same-as {other}",
            plain(name),
            look.emails.first().map_or("ADDRESS", EmailAddress::as_str),
        )?;
    }
    for file in &look.other_files {
        writeln!(out, "May hold them, too: {}", file.display())?;
    }
    Ok(())
}

fn tell_done(went: &WhatGoes, out: &mut dyn Write) -> Result<()> {
    if went.is_nothing() {
        writeln!(
            out,
            "Nothing was held. A hash of the address is on the list of whom not to write to."
        )?;
        return Ok(());
    }
    writeln!(
        out,
        "Erased: {} gone, {} of others without them. A hash stays on the list of whom not to write to.",
        n(went.letters_gone, "letter"),
        went.letters_changed
    )?;
    Ok(())
}

pub(crate) async fn export_person(
    inroad: Inroad,
    args: ExportPersonArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let at = when::now();
    let is_zip = args.to.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    let export = if is_zip {
        let mut zip = IntoZip::file(&args.to)?;
        let export = inroad.export_person(&args.email, at, &mut zip).await?;
        zip.finish()?;
        if export.is_nothing() {
            std::fs::remove_file(&args.to)?;
        }
        export
    } else {
        let mut folder = IntoFolder::new(&args.to)?;
        inroad.export_person(&args.email, at, &mut folder).await?
    };
    inroad.close().await?;
    if export.is_nothing() {
        writeln!(out, "Nothing is held about {}.", args.email)?;
        if export.is_erased {
            writeln!(
                out,
                "They were erased; a hash of the address is kept, so that nobody writes to them."
            )?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        out,
        "{} and {} about them are in {}. Begin with summary.md.",
        n(export.letters, "letter"),
        n(export.rows, "row"),
        args.to.display()
    )?;
    writeln!(out, "Letters name others, too: look through them before you hand them on.")?;
    Ok(ExitCode::SUCCESS)
}
