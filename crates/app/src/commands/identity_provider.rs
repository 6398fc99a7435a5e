//! `inroad team identity-provider`: with which services people sign in.

use std::io::{IsTerminal, Write};

use anyhow::Result;
use inroad_service::{Actor, Inroad, NewProvider};
use inroad_web::return_address;

use super::connect_mailbox::first_line;
use super::entrance::here;
use super::live::{hidden, passwords};
use crate::cli::{ProviderAction, ProviderArgs};
use crate::show::plain;
use crate::when;

/// Lists them, names one, or lets one go.
pub(super) async fn run(
    inroad: &Inroad,
    action: Option<ProviderAction>,
    out: &mut dyn Write,
) -> Result<()> {
    match action {
        None => list(inroad, out).await,
        Some(ProviderAction::Put(args)) => put(inroad, args, out).await,
        Some(ProviderAction::Remove { number, secrets }) => {
            let (owner, passwords) = (Actor::owner(), passwords(inroad.path(), &secrets));
            let at = when::now();
            inroad.remove_identity_provider(&owner, number, &passwords, &here(), at).await?;
            writeln!(out, "Nobody signs in with it any more.")?;
            Ok(())
        }
    }
}

async fn list(inroad: &Inroad, out: &mut dyn Write) -> Result<()> {
    let providers = inroad.identity_providers().await?;
    for provider in &providers {
        let (number, name, issuer) = (provider.number, plain(&provider.name), &provider.issuer);
        let known = if provider.by_address { ", also by their mail address" } else { "" };
        writeln!(out, "{number}  {name}: {}{known}", plain(issuer))?;
    }
    if providers.is_empty() {
        writeln!(
            out,
            "People sign in by their passwords. To let them sign in with a service of yours:\n\
             inroad team identity-provider put https://ISSUER --name NAME --client-id ID --at https://NAME"
        )?;
    }
    Ok(())
}

async fn put(inroad: &Inroad, args: ProviderArgs, out: &mut dyn Write) -> Result<()> {
    let secret = match &args.client_secret_file {
        Some(path) => first_line(path)?,
        None if std::io::stdin().is_terminal() => hidden("Client secret (Enter: there is none): ")?,
        None => String::new(),
    };
    let passwords = passwords(inroad.path(), &args.secrets);
    let new = NewProvider {
        issuer: args.issuer,
        name: args.name,
        client_id: args.client_id,
        client_secret: (!secret.is_empty()).then_some(secret),
        by_address: args.by_address,
    };
    let (owner, at) = (Actor::owner(), when::now());
    inroad.put_identity_provider(&owner, new, &passwords, &here(), at).await?;
    let back = return_address(&args.at);
    writeln!(out, "People sign in with it from now on. It has to send them back to\n{back}")?;
    Ok(())
}
