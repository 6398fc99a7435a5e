//! Which server: the one that is named, the one that is known of the mailbox, or one that is found and that a
//! person takes.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::{Context, Result, bail};
use inroad_model::{MailboxConnection, Security, ServerAddress};
use inroad_service::{
    Asking, FoundServers, ProposedServer, ServerReach, WayIn, find_servers, usual_sending_port,
    way_in_by_oauth,
};

use crate::cli::{Guard, MailboxArgs};
use crate::show::plain;

/// The ports of IMAP.
const PORT_TLS: u16 = 993;
const PORT_OPEN: u16 = 143;

/// A server that a person named or confirmed.
#[derive(Debug)]
pub(super) struct Taken {
    pub server: ServerAddress,
    /// The server that takes what is sent; `None` where none was named.
    pub submission: Option<ServerAddress>,
    /// By which name one signs in there, where that is known.
    pub user: Option<String>,
    /// How one signs in there; empty where nobody knows.
    pub ways: Vec<WayIn>,
}

pub(super) async fn take(
    args: &MailboxArgs,
    known: Option<&MailboxConnection>,
    out: &mut dyn Write,
) -> Result<Taken> {
    let sending = guard(args.smtp_security);
    let typed = args.smtp.as_deref();
    let typed =
        typed.map(|typed| server(typed, sending, usual_sending_port(sending))).transpose()?;
    let security = guard(args.security);
    let imap = args.imap.as_deref();
    let imap = imap.map(|typed| server(typed, security, usual_port(security))).transpose()?;
    // Where the mailbox is elsewhere now, its password is no business of the former server that sends.
    let stays = |known: &&MailboxConnection| {
        imap.as_ref().is_none_or(|server| server.host == known.imap.host)
    };
    let submission =
        typed.or_else(|| known.filter(stays).and_then(|known| known.submission.clone()));
    if let Some(server) = imap {
        let ways = Vec::new();
        let user = known.map_or_else(|| args.address.to_string(), |known| known.user.clone());
        return Ok(Taken { server, submission, user: Some(user), ways });
    }
    if let Some(known) = known {
        let ways = way_in_by_oauth(&known.imap.host).into_iter().chain([WayIn::Password]);
        let (server, user) = (known.imap.clone(), Some(known.user.clone()));
        return Ok(Taken { server, submission, user, ways: ways.collect() });
    }
    let found = find(args, out).await?;
    let chosen = choose(args, &found, out)?;
    Ok(Taken {
        server: chosen.server.clone(),
        submission,
        user: chosen.user.clone(),
        ways: chosen.ways.clone(),
    })
}

/// Looks; where nothing is known and somebody sits at the terminal, asks whether the domain may be asked.
async fn find(args: &MailboxArgs, out: &mut dyn Write) -> Result<FoundServers> {
    let asking = args.finding.ask.map_or(Asking::Nobody, Asking::from);
    let mut found = find_servers(&args.address, asking, ServerReach::Anywhere).await?;
    let domain = domain(args);
    if found.servers.is_empty() && args.finding.ask.is_none() && std::io::stdin().is_terminal() {
        writeln!(out, "inroad does not know who keeps the mail of {domain}.")?;
        writeln!(
            out,
            "It can ask {domain} itself: name servers, and who sees the traffic on the way, learn that \
             somebody here looks for its mail servers, and not for which address."
        )?;
        if yes(&ask(out, "May it ask? [y/N] ")?) {
            found = find_servers(&args.address, Asking::OwnDomain, ServerReach::Anywhere).await?;
        }
    }
    for issue in &found.issues {
        writeln!(out, "{}.", plain(issue))?;
    }
    if found.servers.is_empty() {
        let further = match (args.finding.ask, found.asked.is_empty()) {
            (None, true) => "Let its domain be asked (--ask domain), or name",
            _ => "Name",
        };
        bail!("No server was found for {}. {further} the server: --imap HOST", args.address);
    }
    Ok(found)
}

/// Shows what was found and lets a person take one.
fn choose<'f>(
    args: &MailboxArgs,
    found: &'f FoundServers,
    out: &mut dyn Write,
) -> Result<&'f ProposedServer> {
    writeln!(out, "Where the mailbox of {} may be read:", args.address)?;
    for (number, proposed) in (1..).zip(&found.servers) {
        writeln!(out, "{number:>2}. {}", plain(&place(&proposed.server)))?;
        for line in lines(proposed) {
            writeln!(out, "    {}", plain(&line))?;
        }
    }
    if !found.asked.is_empty() {
        writeln!(out, "Asked: {}", plain(&found.asked.join(", ")))?;
    }
    let first = found.servers.first().context("No server was found")?;
    let by_name = |proposed: &ProposedServer| format!("--imap {}", proposed.server.host);
    if args.finding.yes && !first.needs_a_look {
        return Ok(first);
    }
    if !std::io::stdin().is_terminal() {
        if first.needs_a_look {
            let by_name = by_name(first);
            bail!(
                "Nothing but the way it was found ties this server to the address; if it is right, name it: {by_name}"
            );
        }
        bail!("Take the first with --yes, or name one: {}", by_name(first));
    }
    let (last, usual) = (found.servers.len(), !first.needs_a_look);
    let question = match (last, usual) {
        (1, true) => "Is it this one? [Y/n] ".to_owned(),
        (1, false) => "Is it this one? [y/N] ".to_owned(),
        (_, true) => format!("Which one? [1 to {last}; Enter: 1; n: none] "),
        (_, false) => format!("Which one? [1 to {last}; Enter: none] "),
    };
    let typed = ask(out, &question)?;
    picked(&typed, last, usual)
        .and_then(|at| found.servers.get(at))
        .context("None was taken; name the server with --imap HOST")
}

/// What somebody typed, as a place in the list; `None` for none of them.
fn picked(typed: &str, count: usize, usual: bool) -> Option<usize> {
    match typed.trim() {
        "" => usual.then_some(0),
        word if yes(word) => (count == 1).then_some(0),
        word => {
            let number = word.parse::<usize>().ok()?;
            number.checked_sub(1).filter(|at| *at < count)
        }
    }
}

fn yes(typed: &str) -> bool {
    matches!(typed.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

fn ask(out: &mut dyn Write, question: &str) -> Result<String> {
    write!(out, "{question}")?;
    out.flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

fn domain(args: &MailboxArgs) -> &str {
    let address = args.address.as_str();
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}

fn place(server: &ServerAddress) -> String {
    let guard = match server.security {
        Security::Tls => "encrypted (TLS)",
        Security::StartTls => "encrypted (STARTTLS)",
        Security::Plain => "not encrypted",
    };
    format!("{}, port {}, {guard}", server.host, server.port)
}

/// What is to be known of it.
fn lines(proposed: &ProposedServer) -> Vec<String> {
    let user = proposed.user.as_deref().unwrap_or("a name that you look up (--user)");
    let ways: Vec<String> = proposed.ways.iter().map(way).collect();
    let by = if ways.is_empty() { String::new() } else { format!(", {}", ways.join(", or ")) };
    let mut lines = vec![
        format!("sign in as {user}{by}"),
        format!("found: {}", proposed.how_found.join("; also: ")),
    ];
    if proposed.needs_a_look {
        lines.push(
            "Look twice: it stands elsewhere, neither below the domain nor at a provider that inroad \
             knows"
                .to_owned(),
        );
    }
    lines.extend(proposed.notes.iter().cloned());
    lines
}

fn way(way: &WayIn) -> String {
    match way {
        WayIn::Password => "by the password".to_owned(),
        WayIn::AppPassword { page, needs } => {
            let page = page.as_ref().map(|page| format!(" at {page}")).unwrap_or_default();
            let needs = needs.as_ref().map(|needs| format!(" ({needs})")).unwrap_or_default();
            format!("by a password made for this program{page}{needs}")
        }
        WayIn::OAuth { name, register, .. } => {
            format!("by signing in at {name} (--oauth --client-id ID, which you get at {register})")
        }
    }
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

    #[test]
    fn what_is_picked() {
        let check = |typed, count, usual, expected| {
            assert_eq!(picked(typed, count, usual), expected, "{typed:?} of {count}");
        };
        check("", 1, true, Some(0));
        check("", 1, false, None);
        check("Yes", 1, false, Some(0));
        check("y", 2, true, None);
        check("2", 2, true, Some(1));
        check("3", 2, true, None);
        check("0", 2, true, None);
        check("n", 1, true, None);
    }
}
