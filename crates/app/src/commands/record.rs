//! `inroad record`: what the records say of a person is put right.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use inroad_model::{ContactField, RecordChange, Remark};
use inroad_service::Inroad;

use crate::show::plain;
use crate::when;

pub(crate) async fn run(
    inroad: Inroad,
    whom: &str,
    field: ContactField,
    value: &str,
    instead: Option<&str>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let whom = inroad.person_called(whom).await?;
    let on_record = inroad.on_record(&whom, when::now()).await?;
    let said: Vec<&str> =
        on_record.iter().filter(|(of, _)| *of == field).map(|(_, said)| said.as_str()).collect();
    let was = match (instead, said.as_slice()) {
        (Some(instead), _) => Some(instead),
        (None, _) if field == ContactField::Phone => None,
        (None, []) => None,
        (None, [one]) => Some(*one),
        (None, several) => bail!(
            "Your records say more than one {}: {}. Say which is wrong: --instead TEXT",
            field.in_words(),
            plain(&several.join(", "))
        ),
    };
    let remark =
        |text: &str| Remark::new(text).ok().context("Say what is so in a few words, on one line");
    let change =
        RecordChange { field, was: was.map(remark).transpose()?, is: Some(remark(value)?) };
    let done = inroad.put_right(&whom, change, when::now()).await?;
    let deed = inroad.deed(done.deed).await?;
    inroad.close().await?;
    writeln!(out, "{} · undo it: inroad undo {}", plain(&deed.says), deed.number)?;
    Ok(ExitCode::SUCCESS)
}
