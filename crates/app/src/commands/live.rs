//! `inroad connect`, `disconnect`, `sync` and `status`.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use inroad_model::{
    AddressBooks, CalendarFeed, CalendarServer, Connection, ConnectionName, DavServer, Deleted,
    FoldersWanted, MailboxConnection, Moment, NotesFolder, Reads, Security, ServerAddress,
};
use inroad_service::{
    Error, ImportReport, Inroad, LiveState, LiveStatus, Passwords, ReadOnce, ShownConnection, Stop,
    usual_sending_port,
};
use jiff::ToSpan;
use jiff::civil::Date;

use super::import::n;
use crate::cli::{
    CommonArgs, ConnectAction, DavArgs, DeletedThere, FeedArgs, Guard, MailboxArgs, NotesArgs,
    SecretArgs, SinceArgs,
};
use crate::show::plain;
use crate::when;

/// So many years of letters are read where nobody says otherwise.
const YEARS_READ: i32 = 2;
const NOTHING: &str = "Nothing is connected. Begin with: inroad connect mailbox YOUR@ADDRESS --imap SERVER \
                       ('inroad connect --help' tells of calendars, contacts and notes)";
/// The ports of IMAP.
const PORT_TLS: u16 = 993;
const PORT_OPEN: u16 = 143;

pub(crate) async fn connect(
    inroad: Inroad,
    action: ConnectAction,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let (connection, password, secrets) = match action {
        ConnectAction::Mailbox(args) => {
            let secrets = args.secrets.clone();
            let password = password(args.password_file.as_deref(), args.address.as_str())?;
            (mailbox(*args)?, password, secrets)
        }
        ConnectAction::Calendar(args) => {
            let (server, common) = dav(args.server, args.only)?;
            let password = password(common.password_file.as_deref(), &server.user)?;
            let name = name_of(common.name, || format!("calendar {}", place(&server)))?;
            let since = since(&args.since);
            let reads = Reads::Calendar(Box::new(CalendarServer { server, since }));
            (Connection { name, reads }, password, common.secrets)
        }
        ConnectAction::Contacts(args) => {
            let (server, common) = dav(args.server, args.only)?;
            let password = password(common.password_file.as_deref(), &server.user)?;
            let name = name_of(common.name, || format!("contacts {}", place(&server)))?;
            let reads = Reads::Contacts(Box::new(AddressBooks { server }));
            (Connection { name, reads }, password, common.secrets)
        }
        ConnectAction::Feed(args) => feed(*args)?,
        ConnectAction::Notes(args) => (notes(args)?, String::new(), SecretArgs::default()),
    };
    let passwords = passwords(inroad.path(), &secrets);
    let sends =
        matches!(&connection.reads, Reads::Mailbox(mailbox) if mailbox.submission.is_some());
    inroad.connect(&connection, password, &passwords, when::now()).await?;
    inroad.close().await?;
    writeln!(out, "{} works.", plain(connection.name.as_str()))?;
    if sends {
        writeln!(out, "So does the server that sends; nothing was sent.")?;
    }
    writeln!(out, "Read it now: inroad sync · while the pages are served, it is read by itself")?;
    Ok(ExitCode::SUCCESS)
}

/// A server for calendars and address books as it is typed.
fn dav(args: DavArgs, only: Vec<String>) -> Result<(DavServer, CommonArgs)> {
    let DavArgs { address, user, common } = args;
    let authority = common.authority.clone().map(std::path::absolute).transpose()?;
    Ok((DavServer { address, user, authority, only }, common))
}

/// Its host, and who signs in there.
fn place(server: &DavServer) -> String {
    format!("{} at {}", server.user, host_of(&server.address))
}

/// The host in an address, without what may be a secret in it.
fn host_of(address: &str) -> String {
    let bare = address.trim().split_once("://").map_or(address.trim(), |(_, rest)| rest);
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    host.rsplit('@').next().unwrap_or_default().to_owned()
}

fn name_of(given: Option<String>, usual: impl FnOnce() -> String) -> Result<ConnectionName> {
    Ok(ConnectionName::new(&given.unwrap_or_else(usual))?)
}

/// From which day on meetings are read.
fn since(args: &SinceArgs) -> Option<Date> {
    let years_ago = || when::now().date().checked_sub(YEARS_READ.years()).ok();
    if args.all { None } else { args.since.or_else(years_ago) }
}

fn feed(args: FeedArgs) -> Result<(Connection, String, SecretArgs)> {
    let address = match args.address.as_deref() {
        Some("-") => first_line(&mut std::io::stdin().lock())?,
        Some(address) => address.to_owned(),
        None if std::io::stdin().is_terminal() => hidden("The address of the calendar: ")?,
        None => bail!("Name the address of the calendar, or - to give it as input"),
    };
    let (address, host) = (address.trim().to_owned(), host_of(&address));
    let common = args.common;
    let secret = match &args.user {
        Some(user) => format!("{address} {}", password(common.password_file.as_deref(), user)?),
        None => address,
    };
    let connection = Connection {
        name: name_of(common.name, || format!("calendar feed of {host}"))?,
        reads: Reads::Feed(Box::new(CalendarFeed {
            host,
            user: args.user,
            authority: common.authority.map(std::path::absolute).transpose()?,
            since: since(&args.since),
        })),
    };
    Ok((connection, secret, common.secrets))
}

fn notes(args: NotesArgs) -> Result<Connection> {
    let folder = std::fs::canonicalize(&args.folder)
        .with_context(|| format!("There is no folder {}", args.folder.display()))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Connection {
        name: name_of(args.name, || format!("notes in {name}"))?,
        reads: Reads::Notes(Box::new(NotesFolder { folder })),
    })
}

fn mailbox(args: MailboxArgs) -> Result<Connection> {
    let security = guard(args.security);
    let imap = server(&args.imap, security, usual_port(security))?;
    let smtp = guard(args.smtp_security);
    let submission =
        args.smtp.as_deref().map(|typed| server(typed, smtp, usual_sending_port(smtp)));
    let years_ago = || when::now().date().checked_sub(YEARS_READ.years()).ok();
    let since = if args.all { None } else { args.since.or_else(years_ago) };
    let name = args.name.unwrap_or_else(|| args.address.to_string());
    Ok(Connection {
        name: ConnectionName::new(&name)?,
        reads: Reads::Mailbox(Box::new(MailboxConnection {
            user: args.user.unwrap_or_else(|| args.address.to_string()),
            address: args.address,
            imap,
            submission: submission.transpose()?,
            authority: args.authority.map(std::path::absolute).transpose()?,
            since,
            folders: if args.folders.is_empty() {
                FoldersWanted::Usual
            } else {
                FoldersWanted::These(args.folders)
            },
            deleted: match args.deleted {
                DeletedThere::Keep => Deleted::Keep,
                DeletedThere::Forget => Deleted::Forget,
            },
        })),
    })
}

fn guard(asked: Guard) -> Security {
    match asked {
        Guard::Tls => Security::Tls,
        Guard::Starttls => Security::StartTls,
        Guard::None => Security::Plain,
    }
}

fn usual_port(security: Security) -> u16 {
    if security == Security::Tls { PORT_TLS } else { PORT_OPEN }
}

/// A server as it is typed: `imap.firm.example`, `127.0.0.1:1143`, `[::1]:1143`.
fn server(typed: &str, security: Security, usual: u16) -> Result<ServerAddress> {
    // The colons of an address in brackets are its own.
    let (host, port) = match typed.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => {
            (host, port.parse().with_context(|| format!("'{port}' is no port"))?)
        }
        _ => (typed, usual),
    };
    if host.is_empty() || host.chars().any(char::is_whitespace) {
        bail!("'{typed}' is no server; write imap.firm.example, or imap.firm.example:993");
    }
    Ok(ServerAddress { host: host.to_owned(), port, security })
}

fn first_line(from: &mut dyn BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn password(file: Option<&Path>, of: &str) -> Result<String> {
    match file {
        Some(path) if path == Path::new("-") => Ok(first_line(&mut std::io::stdin().lock())?),
        Some(path) => {
            let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
            Ok(first_line(&mut std::io::BufReader::new(file))?)
        }
        None if std::io::stdin().is_terminal() => {
            hidden(&format!("Password of {of} (many providers want one made for this program): "))
        }
        None => {
            bail!("Nobody can be asked for the password here; name a file with --password-file")
        }
    }
}

/// Asks for something that is not shown as it is typed.
fn hidden(question: &str) -> Result<String> {
    let term = Term::stderr();
    term.write_str(question)?;
    Ok(term.read_secure_line()?)
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
    for ShownConnection { connection, status } in &all {
        writeln!(out, "{}", plain(connection.name.as_str()))?;
        for line in told(status, when::now()) {
            writeln!(out, "  {}", plain(&line))?;
        }
    }
    Ok(ExitCode::SUCCESS)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_as_they_are_typed() {
        let check = |typed: &str, security, host: &str, port| {
            let server = server(typed, security, usual_port(security)).unwrap();
            assert_eq!((server.host.as_str(), server.port), (host, port), "{typed}");
        };
        check("imap.firm.example", Security::Tls, "imap.firm.example", 993);
        check("imap.firm.example", Security::StartTls, "imap.firm.example", 143);
        check("127.0.0.1:1143", Security::Plain, "127.0.0.1", 1143);
        check("[::1]:1143", Security::Plain, "[::1]", 1143);
        check("[::1]", Security::Tls, "[::1]", 993);
        for no in ["", ":993", "a b", "host:port", "host:99999"] {
            assert!(server(no, Security::Tls, PORT_TLS).is_err(), "{no}");
        }
    }
}
