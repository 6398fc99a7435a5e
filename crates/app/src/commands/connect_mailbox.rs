//! `inroad connect mailbox`: its server is found or named, a person confirms it and signs in, and what works
//! is kept.

mod server;
mod sign_in;

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use inroad_model::{
    Connection, ConnectionName, Deleted, FoldersWanted, MailboxConnection, Reads, SignIn,
};
use inroad_service::{Inroad, WayIn};
use jiff::ToSpan;

use self::server::Taken;
use super::live::{hidden, passwords};
use crate::cli::{DeletedThere, MailboxArgs};
use crate::show::plain;
use crate::when;

/// So many years of letters are read where nobody says otherwise.
pub(super) const YEARS_READ: i32 = 2;

pub(super) async fn run(
    inroad: Inroad,
    args: MailboxArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let name = args.common.name.clone().unwrap_or_else(|| args.address.to_string());
    let name = ConnectionName::new(&name)?;
    let known = known(&inroad, &name).await?;
    let taken = server::take(&args, known.as_ref(), out).await?;
    let sign_in = sign_in::way(&args, known.as_ref(), &taken)?;
    let by_password = sign_in.is_password().then(|| password(&args, &taken.ways)).transpose()?;
    let passwords = passwords(inroad.path(), &args.common.secrets);
    let secret_file = args.sign_in.client_secret_file.clone();
    let is_by_code = args.sign_in.device;
    let mailbox = mailbox(args, taken, sign_in, known)?;
    let sends = mailbox.submission.is_some();
    let connection = Connection { name, reads: Reads::Mailbox(Box::new(mailbox)) };
    if let Some(password) = by_password {
        inroad.connect(&connection, password, &passwords, when::now()).await?;
    } else {
        let client_secret = secret_file.as_deref().map(first_line).transpose()?;
        let asked = sign_in::Asked { client_secret, is_by_code };
        sign_in::run(&inroad, &connection, asked, &passwords, out).await?;
    }
    inroad.close().await?;
    writeln!(out, "{} works.", plain(connection.name.as_str()))?;
    if sends {
        writeln!(out, "So does the server that sends; nothing was sent.")?;
    }
    writeln!(out, "Read it now: inroad sync · while the pages are served, it is read by itself")?;
    Ok(ExitCode::SUCCESS)
}

/// The mailbox that is connected under that name already.
async fn known(inroad: &Inroad, name: &ConnectionName) -> Result<Option<MailboxConnection>> {
    let kept = inroad.connections().await?.into_iter();
    let found = kept.map(|shown| shown.connection).find(|kept| kept.name == *name);
    Ok(found.and_then(|kept| match kept.reads {
        Reads::Mailbox(mailbox) => Some(*mailbox),
        _ => None,
    }))
}

/// As it is wished; of one that is known, what is not said stays.
fn mailbox(
    args: MailboxArgs,
    taken: Taken,
    sign_in: SignIn,
    known: Option<MailboxConnection>,
) -> Result<MailboxConnection> {
    let years_ago = || when::now().date().checked_sub(YEARS_READ.years()).ok();
    let since = match (args.all, args.since, &known) {
        (true, ..) => None,
        (false, Some(day), _) => Some(day),
        (false, None, Some(known)) => known.since,
        (false, None, None) => years_ago(),
    };
    let folders = match (args.folders.is_empty(), &known) {
        (false, _) => FoldersWanted::These(args.folders),
        (true, Some(known)) => known.folders.clone(),
        (true, None) => FoldersWanted::Usual,
    };
    let user = args.user.or(taken.user);
    let Some(user) = user else {
        bail!("By which name you sign in there is not known; look it up, and say it: --user NAME");
    };
    let deleted = match (args.deleted, &known) {
        (Some(DeletedThere::Keep), _) => Deleted::Keep,
        (Some(DeletedThere::Forget), _) => Deleted::Forget,
        (None, Some(known)) => known.deleted,
        (None, None) => Deleted::default(),
    };
    let authority = args.common.authority.map(std::path::absolute).transpose()?;
    Ok(MailboxConnection {
        public_only: false,
        user,
        address: args.address,
        imap: taken.server,
        submission: taken.submission,
        sign_in,
        authority: authority.or_else(|| known.and_then(|known| known.authority)),
        since,
        folders,
        deleted,
    })
}

fn password(args: &MailboxArgs, ways: &[WayIn]) -> Result<String> {
    let made = ways.iter().find_map(|way| match way {
        WayIn::AppPassword { page, needs } => Some((page, needs)),
        _ => None,
    });
    let is_own = ways.is_empty() || ways.contains(&WayIn::Password);
    if !is_own && made.is_none() {
        bail!(
            "This provider takes no password from other programs: sign in there instead, with --oauth \
             --client-id ID (the manual says how you get one: 'Your mail servers')"
        );
    }
    if let Some(path) = &args.common.password_file {
        return first_line(path);
    }
    if !std::io::stdin().is_terminal() {
        bail!("Nobody can be asked for the password here; name a file with --password-file");
    }
    let hint = match made {
        Some((Some(page), _)) => format!("one made for this program at {page}"),
        Some((None, _)) => "one made for this program".to_owned(),
        None if ways.is_empty() => "many providers want one made for this program".to_owned(),
        None => String::new(),
    };
    let hint = if hint.is_empty() { hint } else { format!(" ({})", plain(&hint)) };
    hidden(&format!("Password of {}{hint}: ", args.address))
}

/// The first line of a file that holds a secret; of the input for `-`.
pub(super) fn first_line(path: &Path) -> Result<String> {
    let read = |from: &mut dyn BufRead| {
        let mut line = String::new();
        from.read_line(&mut line)?;
        Ok::<_, std::io::Error>(line.trim_end_matches(['\r', '\n']).to_owned())
    };
    if path == Path::new("-") {
        return Ok(read(&mut std::io::stdin().lock())?);
    }
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    Ok(read(&mut std::io::BufReader::new(file))?)
}
