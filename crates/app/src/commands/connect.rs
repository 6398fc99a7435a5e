//! `inroad connect`: a mailbox, calendars, address books, a feed, or a folder of notes.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use inroad_model::{
    AddressBooks, CalendarFeed, CalendarServer, Connection, ConnectionName, DavServer, NotesFolder,
    Reads,
};
use inroad_service::Inroad;
use jiff::ToSpan;
use jiff::civil::Date;

use super::connect_mailbox::{self, YEARS_READ, first_line};
use super::live::{self, hidden, passwords};
use crate::cli::{CommonArgs, ConnectAction, DavArgs, FeedArgs, NotesArgs, SecretArgs, SinceArgs};
use crate::show::plain;
use crate::when;

pub(crate) async fn run(
    inroad: Inroad,
    action: ConnectAction,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let (connection, password, secrets) = match action {
        ConnectAction::Mailbox(args) => return connect_mailbox::run(inroad, *args, out).await,
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
            let write_back = args.write_back;
            let reads = Reads::Contacts(Box::new(AddressBooks { server, write_back }));
            (Connection { name, reads }, password, common.secrets)
        }
        ConnectAction::Feed(args) => {
            let is_named = args.common.name.is_some();
            let (connection, address, secrets) = feed(*args)?;
            let known = inroad.connections().await?;
            if !is_named && known.iter().any(|shown| shown.connection.name == connection.name) {
                bail!(
                    "'{name}' is connected already. For another one give it a name: --name NAME. To put this one \
                     in its place: --name '{name}'",
                    name = connection.name
                );
            }
            (connection, address, secrets)
        }
        ConnectAction::Notes(args) => (notes(args)?, String::new(), SecretArgs::default()),
    };
    let passwords = passwords(inroad.path(), &secrets);
    inroad.connect(&connection, password, &passwords, when::now()).await?;
    inroad.close().await?;
    writeln!(out, "{} works.", plain(connection.name.as_str()))?;
    if let Reads::Contacts(books) = &connection.reads {
        writeln!(out, "{}", live::leave_told(books.write_back))?;
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
        Some("-") => first_line(Path::new("-"))?,
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

fn password(file: Option<&Path>, of: &str) -> Result<String> {
    match file {
        Some(path) => first_line(path),
        None if std::io::stdin().is_terminal() => {
            hidden(&format!("Password of {of} (many providers want one made for this program): "))
        }
        None => {
            bail!("Nobody can be asked for the password here; name a file with --password-file")
        }
    }
}
