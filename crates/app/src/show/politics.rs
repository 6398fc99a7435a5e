//! The politics of a deal, for the terminal.

use std::io::Write;

use anyhow::Result;
use inroad_service::{Account, DealPolitics, words};

use super::{plain, table};

/// Prints them.
pub(crate) fn politics(politics: &DealPolitics, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", plain(&politics.name))?;
    if let Some(advice) = &politics.advice {
        writeln!(out, "Advice on the deal as a whole: {}", plain(advice))?;
    }
    let Some(account) = &politics.account else {
        writeln!(out, "It is over, or they asked for peace: nobody there is to be moved now.")?;
        return Ok(());
    };
    writeln!(out, "{}", people(account))?;
    for section in account.sections(&politics.unmet) {
        writeln!(out, "\n{}", section.title)?;
        for line in section.lines {
            writeln!(out, "- {}", plain(&line))?;
        }
    }
    writeln!(
        out,
        "\nRead from letters these are guesses. What you know counts more: inroad tell --help"
    )?;
    Ok(())
}

/// Everybody, the weightiest first.
fn people(account: &Account) -> comfy_table::Table {
    let mut standing = account.standing.clone();
    standing.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let rows: Vec<[String; 4]> = standing
        .iter()
        .map(|one| {
            let person = &account.people[one.who];
            let name = match &person.title {
                Some(title) => format!("{}\n{title}", person.name),
                None => person.name.clone(),
            };
            [
                name,
                words::weight(person).to_owned(),
                words::stance(person),
                one.where_told().join("\n"),
            ]
        })
        .collect();
    table(["Who", "Weight", "Stance", "Where"], &rows)
}
