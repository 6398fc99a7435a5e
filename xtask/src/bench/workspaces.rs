//! `cargo xtask bench workspaces`: how soon every list answers where ten workspaces of 100,000 messages share one
//! PostgreSQL, how the database finds what they show, and what one letter more costs with 1,000, 10,000 and 100,000
//! messages.

mod letter;
mod plans;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Result;

use self::plans::Plans;
use super::fleet::workspace_file_of;
use super::lists::PAGES;
use super::lists::filling::{DealsOf, Filling, prepare};
use super::meter::RUNS;
use super::page::{Page, table};
use super::release_for_teams;
use super::site::Site;
use crate::command;
use crate::postgres::{Postgres, WritesThrough};
use crate::project::Project;
use crate::server::Server;

const WORKSPACES: usize = 10;
const FILLING: Filling = Filling {
    contacts: 10_000,
    companies: 1_000,
    letters: 100_000,
    deals: 200,
    deals_of: DealsOf::All,
    leads: 1_000,
    listed: 1_000,
};
/// A table with fewer rows may be read whole.
const SMALL: u64 = 1_000;

pub(super) fn measure(project: &Project, _args: &[String]) -> Result<Page> {
    let program = release_for_teams(project)?;
    let folder = project.path("target/bench/workspaces");
    let data = prepare(&program, &folder.join("whole"), &FILLING)?;
    let postgres = Postgres::start(WritesThrough::Yes).map_err(anyhow::Error::msg)?;
    for number in 0..WORKSPACES {
        let name = format!("of-{number}");
        eprintln!("{name} …");
        move_to(&program, Path::new(&data), &postgres, &name)?;
    }
    postgres.ask("ANALYZE")?;
    let large = plans::larger_than(&postgres, SMALL)?;
    let mut page = Page::table(&[
        "list",
        "first look s",
        "median ms",
        "95 % ms",
        "kB",
        "queries",
        "by an index",
        "large tables read whole",
    ]);
    let server = serve(&program, &folder, &postgres, "of-5")?;
    let site = Site::of(&server.link)?;
    for (name, address) in PAGES {
        let plans = Plans::watch(&postgres)?;
        let start = Instant::now();
        site.ask(address)?;
        let first = start.elapsed().as_secs_f64();
        let seen = plans.end(&large)?;
        let mut row = vec![name.to_owned(), format!("{first:.1}")];
        row.extend(site.often(address)?.cells());
        row.extend([seen.queries.to_string(), seen.by_index.to_string(), seen.whole.join(", ")]);
        eprintln!("{}", row.join(" | "));
        page.row(&row);
    }
    page.notes.push(format!(
        "{WORKSPACES} workspaces of {} messages, {} people, {} deals and {} leads in one PostgreSQL, one of them served, and \
         asked as in `bench lists`: {RUNS} requests a list, one after the other. The first look is at a server that has just started, \
         in this order, and its queries are those whose plans are counted (`auto_explain`): how many there were, how many steps \
         of them went by an index, and which tables of more than {SMALL} rows they read whole.",
        FILLING.letters, FILLING.contacts, FILLING.deals, FILLING.leads
    ));
    if let Some(memory) = server.resident_mb() {
        page.notes.push(format!("Afterwards the server holds {memory:.0} MB."));
    }
    drop(server);
    let costs = letter::costs(&program, &folder, &postgres)?;
    page.part = Some(format!("## One letter more\n\n{}\n\n{}", table(&costs), letter::NOTE));
    Ok(page)
}

/// Puts what a data file holds into a workspace of the server.
fn move_to(program: &Path, data: &Path, postgres: &Postgres, name: &str) -> Result<()> {
    // The file that names where it was moved to may be of a server that is gone.
    let named = data.with_file_name(format!("{name}.toml"));
    if named.exists() {
        std::fs::remove_file(named)?;
    }
    let mut moved = Command::new(program);
    moved.arg("--data").arg(data).args(["migrate", "--to", &postgres.url(), "--workspace", name]);
    command::run(moved.stdin(Stdio::null()).stdout(Stdio::null()))
}

/// Serves a workspace of the server.
fn serve(program: &Path, folder: &Path, postgres: &Postgres, name: &str) -> Result<Server> {
    let file = folder.join("served.toml");
    std::fs::write(&file, workspace_file_of(&postgres.url(), name))?;
    Server::start(program, &["--data", &file.display().to_string(), "serve"])
}
