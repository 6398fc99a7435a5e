//! `inroad connect`, `disconnect`, `sync` and `status`.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use inroad_model::{ConnectionName, Moment, Reads};
use inroad_service::{
    Error, ImportReport, Inroad, LiveState, LiveStatus, Passwords, PasswordsAre, ReadOnce,
    ShownConnection, Stop, WriteBack,
};

use super::import::n;
use crate::cli::SecretArgs;
use crate::show::plain;
use crate::when;

const NOTHING: &str = "Nothing is connected. Begin with: inroad connect mailbox YOUR@ADDRESS \
                       ('inroad connect --help' tells of calendars, contacts and notes)";

/// Asks for something that is not shown as it is typed.
pub(crate) fn hidden(question: &str) -> Result<String> {
    let term = Term::stderr();
    term.write_str(question)?;
    Ok(term.read_secure_line()?)
}

/// The passwords beside a data file for a program that asks nobody by itself.
fn passwords_unasked(data: &Path, args: &SecretArgs) -> Passwords {
    let told = |_is_new| Ok(std::env::var(inroad_service::PASSPHRASE_VARIABLE).ok());
    Passwords::beside(data, args.passphrase_file.as_deref(), Arc::new(told))
}

/// The passwords beside a data file for a program that serves pages: their passphrase is asked now, or on
/// the page Connections.
pub(crate) async fn passwords_at_start(
    inroad: &Inroad,
    args: &SecretArgs,
    out: &mut dyn Write,
) -> Result<Passwords> {
    let passwords = passwords_unasked(inroad.path(), args);
    let are_needed = !inroad.connections().await?.is_empty();
    #[cfg(feature = "oidc")]
    let are_needed =
        are_needed || inroad.identity_providers().await?.iter().any(|provider| provider.has_secret);
    if !are_needed {
        return Ok(passwords);
    }
    let opened = match passwords.are() {
        PasswordsAre::NotMade => return Ok(passwords),
        PasswordsAre::Open => inroad.open_passwords(&passwords).await,
        PasswordsAre::Sealed if std::io::stdin().is_terminal() => {
            let typed =
                hidden("Passphrase of your passwords (Enter: later, on the page Connections): ")?;
            if typed.is_empty() { Ok(()) } else { passwords.unlock(typed).await }
        }
        PasswordsAre::Sealed => Ok(()),
    };
    if let Err(why) = opened {
        writeln!(out, "{}", plain(&why.to_string()))?;
    }
    if !passwords.are_open() {
        writeln!(
            out,
            "What is connected is read once its passphrase is entered on the page Connections."
        )?;
    }
    Ok(passwords)
}

/// The passwords beside a data file, opened when they are needed.
pub(crate) fn passwords(data: &Path, args: &SecretArgs) -> Passwords {
    let ask = move |is_new: bool| -> Result<Option<String>, Error> {
        if let Ok(phrase) = std::env::var(inroad_service::PASSPHRASE_VARIABLE) {
            return Ok(Some(phrase));
        }
        if !std::io::stdin().is_terminal() {
            return Ok(None);
        }
        let invalid = |error: anyhow::Error| Error::Invalid { what: error.to_string() };
        if !is_new {
            return hidden("Passphrase of your passwords: ").map(Some).map_err(invalid);
        }
        let _told = Term::stderr().write_line(
            "Your passwords are sealed in a file beside your data. A passphrase opens it; nobody can \
             bring it back for you.",
        );
        let first = hidden("A passphrase for it: ").map_err(invalid)?;
        if hidden("Once more: ").map_err(invalid)? != first {
            return Err(Error::Invalid { what: "The two are not the same; begin anew".to_owned() });
        }
        Ok(Some(first))
    };
    Passwords::beside(data, args.passphrase_file.as_deref(), Arc::new(ask))
}

pub(crate) async fn disconnect(
    inroad: Inroad,
    name: &str,
    secrets: &SecretArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let passwords = passwords(inroad.path(), secrets);
    let name = ConnectionName::new(name)?;
    let unforgotten = inroad.disconnect(&name, &passwords, when::now()).await?;
    inroad.close().await?;
    writeln!(out, "{} is read no more. What was read stays.", plain(name.as_str()))?;
    if let Some(why) = unforgotten {
        writeln!(out, "Its password stays sealed: {}", plain(&why.to_string()))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn sync(
    inroad: Inroad,
    name: Option<String>,
    secrets: &SecretArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let passwords = passwords(inroad.path(), secrets);
    let only = name.as_deref().map(ConnectionName::new).transpose()?;
    // Whoever stops at the question for the passphrase ends the program by that.
    if std::io::stdin().is_terminal() {
        inroad.open_passwords(&passwords).await?;
    }
    let stop = Stop::default();
    let how = ReadOnce { only, stop: stop.clone() };
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} · {msg} · {eta} left")?);
    let told = |_: &ConnectionName, state: &LiveState| {
        if let LiveState::Reading { part, done, total } = state {
            bar.set_length(*total);
            bar.set_position(*done);
            bar.set_message(part.clone());
        }
    };
    tokio::spawn(async move {
        // What is under way is kept, and the next time goes on from there.
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.now();
        }
    });
    let reports = inroad.read_once(&how, &passwords, &told).await;
    bar.finish_and_clear();
    let reports = reports?;
    inroad.close().await?;
    if reports.is_empty() {
        writeln!(out, "{NOTHING}")?;
    }
    let mut failed = false;
    for report in reports {
        let name = plain(report.name.as_str());
        match report.outcome {
            Ok(report) => writeln!(out, "{name}: {}", brought(&report))?,
            Err(trouble) => {
                failed = true;
                writeln!(out, "{name}: {}. {}.", plain(&trouble.what), plain(&trouble.way_out))?;
            }
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What came in, in words.
fn brought(report: &ImportReport) -> String {
    let mut parts = Vec::new();
    match (report.messages, report.message_doubles) {
        (0, 0) => {}
        (new, 0) => parts.push(n(new, "new message")),
        (new, doubles) => parts.push(format!("{}, {doubles} known already", n(new, "new message"))),
    }
    let counted = [
        (report.events, "new or changed meeting"),
        (report.contacts, "new or changed contact"),
        (report.notes, "note"),
    ];
    parts.extend(counted.iter().filter(|(count, _)| *count > 0).map(|(count, of)| n(*count, of)));
    let mut said = if parts.is_empty() { "nothing new".to_owned() } else { parts.join(", ") };
    if report.stopped {
        said.push_str("; stopped, the next time goes on from there");
    }
    if report.issue_count > 0 {
        said = format!("{said}; {} ('inroad doctor' lists them)", n(report.issue_count, "problem"));
    }
    said
}

pub(crate) async fn status(inroad: Inroad, out: &mut dyn Write) -> Result<ExitCode> {
    let all = inroad.connections().await?;
    inroad.close().await?;
    if all.is_empty() {
        writeln!(out, "{NOTHING}")?;
    }
    for ShownConnection { connection, status, write_back } in &all {
        writeln!(out, "{}", plain(connection.name.as_str()))?;
        let mut lines = told(status, when::now());
        if matches!(connection.reads, Reads::Contacts(_)) {
            lines.extend(written(write_back.as_ref()));
        }
        for line in lines {
            writeln!(out, "  {}", plain(&line))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether an address book is written to.
pub(super) fn leave_told(leave: bool) -> &'static str {
    if leave {
        "Changes you decide on are written to this address book."
    } else {
        "It is only read: nothing that you decide on is written there (--write-back gives leave)."
    }
}

/// The same with how far that is, line by line.
fn written(write_back: Option<&WriteBack>) -> Vec<String> {
    let mut lines = vec![leave_told(write_back.is_some()).to_owned()];
    if let Some(WriteBack { waiting, not_written, more_not_written }) = write_back {
        match waiting {
            0 => {}
            1 => lines.push("1 change waits for the server".to_owned()),
            n => lines.push(format!("{n} changes wait for the server")),
        }
        let told = not_written.iter();
        lines.extend(told.map(|left| format!("not written: {}. {}", left.what, left.way_out)));
        if *more_not_written > 0 {
            lines.push(format!("and {more_not_written} more were not written"));
        }
    }
    lines
}

/// How a connection is, line by line.
fn told(status: &LiveStatus, now: Moment) -> Vec<String> {
    let time = |at: Moment| {
        let at = at.timestamp().to_zoned_datetime(jiff::tz::TimeZone::system());
        let is_today = at.date() == now.date();
        at.strftime(if is_today { "%H:%M" } else { "%Y-%m-%d %H:%M" }).to_string()
    };
    let mut lines = match &status.state {
        LiveState::Off { trouble } => {
            let off = "not read now: no program does ('inroad serve' or 'inroad sync')".to_owned();
            let last = trouble.as_ref().map(|trouble| format!("the last time: {}", trouble.what));
            std::iter::once(off).chain(last).collect()
        }
        LiveState::Reaching => vec![format!("being reached since {}", time(status.since))],
        LiveState::Reading { part, done, total } => {
            vec![format!("being read: {part}, {done} of {total}")]
        }
        LiveState::Listening => {
            vec![format!("read; hears of what is new at once, since {}", time(status.since))]
        }
        LiveState::Asking { next_at } => vec![format!("read; asked again at {}", time(*next_at))],
        LiveState::TryingAgain { trouble, next_at } => vec![
            format!("does not work: {}", trouble.what),
            format!("{}; tried again at {}", trouble.way_out, time(*next_at)),
        ],
        LiveState::NeedsYou { trouble } => {
            vec![format!("needs you: {}", trouble.what), trouble.way_out.clone()]
        }
    };
    lines.push(match status.worked_at {
        Some(at) => format!("last worked {}", time(at)),
        None => "never worked yet".to_owned(),
    });
    let left_out = status.left_out.iter();
    lines.extend(left_out.map(|left| format!("not taken: {}. {}", left.what, left.way_out)));
    lines
}
