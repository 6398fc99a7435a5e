//! Signing in at the provider (OAuth 2), in a browser of this machine or by a code on another device.

use std::io::Write;

use anyhow::{Context, Result, bail};
use inroad_model::{Connection, MailboxConnection, OAuthServer, OAuthSignIn, Reads, SignIn};
use inroad_service::{Inroad, Passwords, SignedIn, Stop, WayIn, way_in_by_oauth};

use super::server::Taken;
use crate::cli::{MailboxArgs, OAuthArgs};
use crate::show::plain;
use crate::when;

/// How one signs in: as it is wished, or as it was.
pub(super) fn way(
    args: &MailboxArgs,
    known: Option<&MailboxConnection>,
    taken: &Taken,
) -> Result<SignIn> {
    let was = known.and_then(|known| match &known.sign_in {
        SignIn::OAuth(how) => Some(how.as_ref()),
        SignIn::Password => None,
    });
    if !args.sign_in.oauth {
        let stays = was.filter(|_| args.common.password_file.is_none() && args.imap.is_none());
        return Ok(stays.map_or(SignIn::Password, |how| SignIn::OAuth(Box::new(how.clone()))));
    }
    let server = match own(&args.sign_in)? {
        Some(own) => own,
        None => match (was, provider(taken)) {
            (_, Some(provider)) => OAuthServer::Provider(provider),
            (Some(was), None) => was.server.clone(),
            (None, None) => bail!(
                "inroad knows no sign-in for {}; name your firm's own sign-in server with \
                 --authorize-url, --token-url and --scope, or leave --oauth out and use a password",
                taken.server.host
            ),
        },
    };
    let client_id = match (&args.sign_in.client_id, was) {
        (Some(id), _) => id.clone(),
        (None, Some(was)) => was.client_id.clone(),
        (None, None) => bail!(
            "Which id did you get for inroad at your provider? Say it with --client-id; how to get one \
             stands in the manual under 'Your mail servers'"
        ),
    };
    Ok(SignIn::OAuth(Box::new(OAuthSignIn { client_id, server })))
}

/// A sign-in server of the firm's own, if one is named.
fn own(args: &OAuthArgs) -> Result<Option<OAuthServer>> {
    let (Some(authorize), Some(token)) = (&args.authorize_url, &args.token_url) else {
        return Ok(None);
    };
    if args.scope.is_empty() {
        bail!("For what is asked there? Say it with --scope");
    }
    Ok(Some(OAuthServer::Own {
        authorize: authorize.clone(),
        token: token.clone(),
        device: args.device_url.clone(),
        scopes: args.scope.clone(),
    }))
}

/// The provider at which one signs in for a server.
fn provider(taken: &Taken) -> Option<String> {
    let by_host = || way_in_by_oauth(&taken.server.host);
    let ways = taken.ways.iter().cloned().chain(by_host());
    ways.into_iter().find_map(|way| match way {
        WayIn::OAuth { provider, .. } => Some(provider),
        _ => None,
    })
}

/// What else is asked.
pub(super) struct Asked {
    pub client_secret: Option<String>,
    pub is_by_code: bool,
}

/// Lets a person sign in, tries what came of it, and keeps it.
pub(super) async fn run(
    inroad: &Inroad,
    connection: &Connection,
    asked: Asked,
    passwords: &Passwords,
    out: &mut dyn Write,
) -> Result<()> {
    let Reads::Mailbox(mailbox) = &connection.reads else { return Ok(()) };
    let SignIn::OAuth(how) = &mailbox.sign_in else { return Ok(()) };
    // Asked now, so that a mistyped passphrase costs no sign-in.
    inroad.make_passwords(passwords).await?;
    let Asked { client_secret, is_by_code } = asked;
    let (address, name) = (&mailbox.address, &connection.name);
    let asked = inroad.sign_in_asked(address, how, client_secret, name, passwords).await?;
    let stop = Stop::default();
    let signed_in: SignedIn = if is_by_code {
        let begun = asked.by_code().await?;
        writeln!(out, "On any device, open {}", plain(begun.page()))?;
        writeln!(out, "and enter the code {}", plain(begun.code()))?;
        writeln!(out, "Waiting until you have said yes there; Ctrl-C stops.")?;
        out.flush()?;
        tokio::select! {
            signed_in = begun.wait(&stop) => signed_in?,
            stopped = tokio::signal::ctrl_c() => return ended(stopped),
        }
    } else {
        let begun = asked.by_browser()?;
        writeln!(out, "Open this address in a browser of this machine, and say yes there:")?;
        writeln!(out, "{}", plain(begun.url()))?;
        writeln!(out, "Waiting until the browser comes back; Ctrl-C stops.")?;
        out.flush()?;
        tokio::select! {
            signed_in = begun.wait(&stop) => signed_in?,
            stopped = tokio::signal::ctrl_c() => return ended(stopped),
        }
    };
    inroad.connect_signed_in(connection, signed_in, passwords, when::now()).await?;
    Ok(())
}

fn ended(stopped: std::io::Result<()>) -> Result<()> {
    stopped.context("Ctrl-C cannot be heard")?;
    bail!("The sign-in was stopped; nothing was kept")
}
