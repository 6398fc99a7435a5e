//! `inroad tag`: by which words the user finds a person or a firm.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::Inroad;

use crate::show::plain;
use crate::when;

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
pub(crate) async fn say(
    inroad: Inroad,
    deed: inroad_service::DeedNumber,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let says = inroad.deed(deed).await?.says;
    inroad.close().await?;
    writeln!(out, "{}", plain(&says))?;
    Ok(ExitCode::SUCCESS)
}
