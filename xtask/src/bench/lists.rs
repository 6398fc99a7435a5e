//! `cargo xtask bench lists`: how soon every list answers with 10,000 firms, 100,000 people, 1 million
//! touches, 1,000 deals, 10,000 leads and 10,000 who want no mail, and what holding them takes.
//!
//! People and firms are those of `bench contacts`; each letter is short, since no list looks at its words.

pub(super) mod filling;
mod letters;

use std::time::Instant;

use anyhow::{Result, bail};

use self::filling::{DealsOf, Filling, prepare};
use super::meter::RUNS;
use super::page::Page;
use super::release;
use super::site::Site;
use crate::project::Project;
use crate::server::Server;

const FILLING: Filling = Filling {
    contacts: 100_000,
    companies: 10_000,
    letters: 1_000_000,
    deals: 1000,
    deals_of: DealsOf::TheBusiest,
    leads: 10_000,
    listed: 10_000,
};
/// Every page that is a list, or begins with one.
pub(super) const PAGES: [(&str, &str); 21] = [
    ("Today", "/"),
    ("Deals, board", "/deals?view=board"),
    ("Deals, list", "/deals?view=list"),
    ("People", "/people"),
    ("People, the last page", "/people?page=1000"),
    ("People, filtered", "/people?state=dark"),
    ("People, by a name", "/people?q=anna"),
    ("Accounts", "/accounts"),
    ("Accounts, by a name", "/accounts?q=nord"),
    ("Targets, and who else fits", "/targets"),
    ("To look after", "/care"),
    ("Touches", "/touches"),
    ("Leads, those that wait first", "/leads"),
    ("Leads, the last page", "/leads?page=100"),
    ("Leads, where both sides disagree", "/leads/disagreements"),
    ("Do not contact", "/do-not-contact"),
    ("Do not contact, by a word", "/do-not-contact?q=nord"),
    ("Your selling", "/sellers/me"),
    ("Search, a word", "/search?q=invoice"),
    ("Search, a word begun", "/search/suggest?q=conf"),
    ("Lessons", "/lessons"),
];

/// Measures the lists of one data file.
pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    if let [first, ..] = args {
        bail!("There is no option {first}");
    }
    let program = release(project)?;
    let folder = project.path("target/bench/lists");
    let data = prepare(&program, &folder, &FILLING)?;
    let server = Server::start(&program, &["--data", &data, "serve"])?;
    let site = Site::of(&server.link)?;
    let mut page = Page::table(&["list", "first look s", "median ms", "95 % ms", "kB"]);
    for (name, address) in PAGES {
        eprintln!("{name} …");
        let start = Instant::now();
        site.ask(address)?;
        let first = start.elapsed().as_secs_f64();
        let mut row = vec![name.to_owned(), format!("{first:.1}")];
        row.extend(site.often(address)?.cells());
        page.row(&row);
    }
    page.notes.push(format!(
        "{RUNS} requests a list, one after the other, each on a connection of its own, the whole answer \
         read. The first look is at a server that has just started, in this order: what it works out is \
         kept in memory until something is written."
    ));
    if let Some(memory) = server.resident_mb() {
        page.notes.push(format!("Afterwards the server holds {memory:.0} MB."));
    }
    Ok(page)
}
