//! `inroad leave-alone` and `inroad tag`: what the user writes down of a person or a firm.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::Inroad;

use crate::show::plain;
use crate::when;

/// Leaves somebody alone, or with no reason given takes that back.
pub(crate) async fn leave_alone(
    inroad: Inroad,
    whom: &str,
    because: Option<&str>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let subject = inroad.subject_called(whom).await?;
    let deed = match because {
        Some(because) => inroad.leave_alone(subject, because, when::now()).await?.deed,
        None => inroad.no_longer_leave_alone(&subject, when::now()).await?.deed,
    };
    say(inroad, deed, out).await
}

/// Gives somebody a tag, or takes it away.
pub(crate) async fn tag(
    inroad: Inroad,
    whom: &str,
    tag: &str,
    remove: bool,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let subject = inroad.subject_called(whom).await?;
    let deed = if remove {
        inroad.untag(&subject, tag, when::now()).await?.deed
    } else {
        inroad.tag(subject, tag, when::now()).await?.deed
    };
    say(inroad, deed, out).await
}

/// Says what was done, in the words under which it is kept.
async fn say(
    inroad: Inroad,
    deed: inroad_service::DeedNumber,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let says = inroad.deed(deed).await?.says;
    inroad.close().await?;
    writeln!(out, "{}", plain(&says))?;
    Ok(ExitCode::SUCCESS)
}
