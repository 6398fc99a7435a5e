//! Who comes in: tokens of programs, and the log. What a link to set up a login is, `team` knows.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::{Actor, Caller, Inroad, Scope, scopes_in_words};

use crate::cli::{AuditArgs, TokenAction};
use crate::show::plain;
use crate::when;

/// Whoever types commands has the machine.
pub(crate) fn here() -> Caller {
    Caller::new("this machine", "")
}

/// `inroad token`: lists, makes or takes back.
pub(crate) async fn token(
    inroad: Inroad,
    action: Option<TokenAction>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let (owner, at) = (Actor::owner(), when::now());
    match action {
        None => {
            let tokens = inroad.tokens(&owner, at).await?;
            for token in &tokens {
                let may = scopes_in_words(&token.scopes);
                let (name, until) = (plain(&token.name), token.expires_at.date());
                writeln!(out, "{}  {name}: may {may}, until {until}", token.number)?;
            }
            if tokens.is_empty() {
                writeln!(out, "No token opens anything. To make one: inroad token make NAME")?;
            }
        }
        Some(TokenAction::Make { name, write, propose, days }) => {
            let more = [write.then_some(Scope::Write), propose.then_some(Scope::Propose)];
            let scopes = std::iter::once(Scope::Read).chain(more.into_iter().flatten());
            let made =
                inroad.make_token(&owner, &name, scopes.collect(), days, &here(), at).await?;
            writeln!(
                out,
                "{}\nIt is shown this once. Whoever has it asks in your name.",
                made.secret
            )?;
        }
        Some(TokenAction::Withdraw { number }) => {
            inroad.withdraw_token(&owner, number, &here(), at).await?;
            writeln!(out, "It opens nothing any more.")?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// `inroad audit`: the last lines, and whether all of them are what they were.
pub(crate) async fn audit(
    inroad: Inroad,
    args: AuditArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let owner = Actor::owner();
    for line in inroad.audit_log(&owner, None, args.lines).await? {
        let (what, from) = (line.what.to_string(), plain(&line.from));
        writeln!(out, "{:>6}  {}  {}: {}  {from}", line.number, line.at, line.by, plain(&what))?;
    }
    let check = inroad.check_audit_log(&owner, args.noted.as_deref()).await?;
    writeln!(out, "{} lines. The hash of all of them: {}", check.lines, check.hash)?;
    let mut is_well = true;
    if let Some(number) = check.broken_at {
        is_well = false;
        writeln!(out, "Line {number} was changed, or one before it is missing.")?;
    }
    if args.noted.is_some() {
        if let Some(number) = check.noted {
            writeln!(out, "You noted line {number}: it and all before it are what they were.")?;
        } else {
            is_well = false;
            writeln!(out, "No line has the hash that you noted.")?;
        }
    }
    inroad.close().await?;
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
