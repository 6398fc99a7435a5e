//! `inroad team`: who works here.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::{Member, TeamName};
use inroad_service::Inroad;

use inroad_web::begin_link;

use super::entrance::here;
use crate::cli::{MemberArgs, TeamAction};
use crate::show::plain;
use crate::when;

/// Lists who works here, or names somebody, or lets somebody go.
pub(crate) async fn run(
    inroad: Inroad,
    action: Option<TeamAction>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let owner = inroad.owner().await?;
    let at = when::now();
    match action {
        None => list(&inroad, out).await?,
        Some(TeamAction::Put(MemberArgs { email, name, roles, team })) => {
            let team = team.as_deref().map(TeamName::new).transpose()?;
            let member = Member::new(email, &name, roles, team)?;
            let done = inroad.put_member(&owner, member, at).await?;
            writeln!(out, "{}", plain(&inroad.deed(done.deed).await?.says))?;
        }
        Some(TeamAction::Leave { email }) => {
            let done = inroad.member_leaves(&owner, &email, at).await?;
            writeln!(out, "{}", plain(&inroad.deed(done.deed).await?.says))?;
        }
        Some(TeamAction::Invite { email, at: address }) => {
            let (token, lasts) = match &email {
                Some(email) => (inroad.invite(&owner, email, &here(), at).await?, "for seven days"),
                None => (inroad.invite_owner(at).await?, "for an hour"),
            };
            writeln!(out, "{}\nIt works once, {lasts}.", begin_link(&address, &token))?;
        }
        #[cfg(feature = "oidc")]
        Some(TeamAction::IdentityProvider { action }) => {
            super::identity_provider::run(&inroad, action, out).await?;
        }
        Some(TeamAction::Link { email }) => {
            let key = inroad.renew_member_key(&owner, &email, at).await?.what;
            writeln!(
                out,
                "The key of {email}, shown this once. While 'inroad serve' runs, their pages are at\n\
                 the address that it prints, with this at its end instead:\n/?key={key}"
            )?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn list(inroad: &Inroad, out: &mut dyn Write) -> Result<()> {
    let members = inroad.members().await?;
    let here = members.iter().filter(|kept| kept.left_at.is_none());
    let mut is_alone = true;
    for kept in here {
        is_alone = false;
        let member = &kept.member;
        let roles: Vec<&str> = member.roles().iter().map(|role| role.as_str()).collect();
        let team = member.team().map(|team| format!(" · {team}")).unwrap_or_default();
        let name = plain(member.name());
        writeln!(out, "{name} <{}>: {}{}", member.email(), roles.join(", "), plain(&team))?;
    }
    if is_alone {
        writeln!(
            out,
            "Nobody else works here. To name somebody:\ninroad team put ADDRESS --name NAME --role seller --team TEAM"
        )?;
    }
    Ok(())
}
