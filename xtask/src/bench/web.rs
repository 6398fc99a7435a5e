//! `cargo xtask bench web`: how long the pages take with 50,000 messages, 5,000 people and 1,000 deals,
//! how heavy they are, and how soon a browser shows them.
//!
//! The mail is that of `bench import`. People and deals are made of its writers: no figure depends on
//! what they are called. Beside our pages stand the lists and searches of other programs with the same
//! people and deals.

pub(super) mod beside;
mod draft;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use super::meter::{self, RUNS};
use super::page::Page;
use super::site::Site;
use super::{browser, import, release};
use crate::command;
use crate::project::Project;
use crate::server::Server;

const PEOPLE: usize = 5000;
const DEALS: usize = 1000;
const PEOPLE_A_DEAL: usize = 3;
const SCRIPTS: [&str; 8] = [
    "/app.js",
    "/palette.js",
    "/board.js",
    "/slider.js",
    "/search.js",
    "/map.js",
    "/import.js",
    "/coach.js",
];
/// What is looked at: a name, and the address. `{deal}`, `{person}`, `{message}` are filled in.
const PAGES: [(&str, &str); 22] = [
    ("Today", "/"),
    ("Deals, board", "/deals?view=board"),
    ("Deals, list", "/deals?view=list"),
    ("Deals, filtered and sorted", "/deals?view=list&state=dark&sort=-value"),
    ("A deal", "/deals/{deal}"),
    ("A deal that has ended", "/deals/{ended}"),
    ("A deal, 60 days ago", "/deals/{deal}?as_of={past}"),
    ("Timeline of a deal", "/deals/{deal}/timeline"),
    ("Who moves it", "/deals/{deal}/politics"),
    ("Sheet for a meeting", "/deals/{deal}/sheet"),
    ("People", "/people"),
    ("A person", "/people/{person}"),
    ("Coach, for a person", "/coach?person={person}"),
    ("Rules of the coach", "/coach/rules"),
    ("Accounts", "/accounts"),
    ("A message", "/messages/{message}"),
    ("Search, a word", "/search?q=invoice"),
    ("Search, a word begun", "/search/suggest?q=conf"),
    ("Search, a letter", "/search/suggest?q=c"),
    ("Lessons", "/lessons"),
    ("Playbook", "/playbook"),
    ("Help", "/help/manual"),
];

/// Measures the pages of one data file.
pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let mail = import::mail_folder(project, args)?;
    let program = release(project)?;
    let folder = project.path("target/bench/web");
    let data = prepare(&program, &mail.join("all.mbox"), &folder)?;
    let server = Server::start(&program, &["--data", &data, "serve"])?;
    let site = Site::of(&server.link)?;
    let places = Places::find(&site)?;
    let mut page =
        Page::table(&["page", "median ms", "95 % ms", "kB, without pictures", "largest paint ms"]);
    for (name, address) in PAGES {
        let address = places.fill(address);
        let figure = site.often(&address)?;
        let paint = browser::largest_paint_ms(project, &server.link, &address)?;
        let mut row = vec![name.to_owned()];
        row.extend(figure.cells());
        row.push(paint.map_or_else(|| "no browser".to_owned(), |ms| format!("{ms:.0}")));
        page.row(&row);
    }
    let mut look = vec!["A draft of 140 words, read while it is typed".to_owned()];
    look.extend(meter::often(&site.host, &[draft::look(&site, &places.person)?])?.cells());
    look.push("no page".to_owned());
    page.row(&look);
    let style = site.ask("/style.css")?.len() as f64 / 1000.0;
    let scripts: Vec<usize> =
        SCRIPTS.iter().map(|script| Ok(site.ask(script)?.len())).collect::<Result<_>>()?;
    page.notes.push(format!(
        "{RUNS} requests a page, one after the other, each on a connection of its own, the whole \
         answer read; a page was asked for once before. Beside its page a first visit loads the style \
         sheet ({style:.0} kB) and scripts (all of them together {:.0} kB). The largest paint is what \
         headless Chromium tells of a first visit, the median of five.",
        scripts.iter().sum::<usize>() as f64 / 1000.0
    ));
    if let Some(memory) = server.resident_mb() {
        page.notes.push(format!("Afterwards the server holds {memory:.0} MB."));
    }
    page.part = Some(beside::measure(project, &folder, &site)?);
    Ok(page)
}

/// The data file with mail, people and deals; made once.
pub(super) fn prepare(program: &Path, mbox: &Path, folder: &Path) -> Result<String> {
    let data = folder.join("inroad.db");
    let text = data.to_str().context("The path is no UTF-8")?.to_owned();
    if folder.join("done").exists() {
        return Ok(text);
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let writers = writers(mbox)?;
    let cards = folder.join("people.vcf");
    std::fs::write(&cards, vcards(&writers))?;
    let deals = folder.join("deals.json");
    std::fs::write(&deals, deals_file(&writers))?;
    eprintln!("importing …");
    for file in [mbox, &cards, &deals] {
        let mut import = Command::new(program);
        command::run(import.args(["--data", &text, "import"]).arg(file))?;
    }
    std::fs::write(folder.join("done"), "")?;
    Ok(text)
}

/// Addresses that wrote, in a fixed order; filled up with made-up ones where the mail has fewer.
fn writers(mbox: &Path) -> Result<Vec<String>> {
    let mut found = BTreeSet::new();
    for line in BufReader::new(File::open(mbox)?).split(b'\n') {
        let line = line?;
        if let Some(rest) = line.strip_prefix(b"From: ") {
            let text = String::from_utf8_lossy(rest);
            let address = text.rsplit_once('<').map_or(&*text, |(_, address)| address);
            let address = address.trim().trim_end_matches('>').to_lowercase();
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
            if address.contains('@') && address.chars().all(is_plain) {
                found.insert(address);
            }
        }
    }
    let mut writers: Vec<String> = found.into_iter().take(PEOPLE).collect();
    for number in writers.len()..PEOPLE {
        writers.push(format!("person{number}@firm{}.example", number / 7));
    }
    Ok(writers)
}

fn vcards(writers: &[String]) -> String {
    let mut cards = String::new();
    for (number, email) in writers.iter().enumerate() {
        // Writing to a text never fails.
        let _ok = write!(
            cards,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {number}\r\nN:{number};Person;;;\r\nEMAIL:{email}\r\n\
             ORG:Firm {}\r\nEND:VCARD\r\n",
            number / 7
        );
    }
    cards
}

fn deals_file(writers: &[String]) -> String {
    let stages = ["lead", "discovery", "proposal", "negotiation", "won", "lost"];
    let deals: Vec<serde_json::Value> = (0..DEALS)
        .map(|number| {
            let of = |n: usize| writers.get((number * PEOPLE_A_DEAL + n) % writers.len().max(1));
            let people: Vec<serde_json::Value> = (0..PEOPLE_A_DEAL)
                .filter_map(of)
                .map(|email| serde_json::json!({ "email": email }))
                .collect();
            serde_json::json!({
                "id": format!("deal-{number}"),
                "name": format!("Deal number {number}"),
                "organization": format!("Firm {number}"),
                "stage": stages[number % stages.len()],
                "value": 1000 * (number + 1),
                "currency": "EUR",
                "people": people,
            })
        })
        .collect();
    // Who it is stands first: by that a deals file is known.
    let deals = serde_json::Value::Array(deals);
    format!(r#"{{"me": {{"name": "Test", "emails": ["test@example.com"]}}, "deals": {deals}}}"#)
}

/// A deal, a person and a message that are there.
struct Places {
    deal: String,
    ended: String,
    person: String,
    message: String,
    past: String,
}

impl Places {
    fn find(site: &Site) -> Result<Self> {
        let page = |address: &str| -> Result<String> {
            Ok(String::from_utf8_lossy(&site.ask(address)?).into_owned())
        };
        let first = |page: &str, head: &str| {
            let (_, rest) = page.split_once(head)?;
            let end = rest.find(['"', '?', '#', '/'])?;
            rest.get(..end).map(str::to_owned)
        };
        let today = page("/")?;
        let deal = first(&today, "href=\"/deals/deal-").context("Today shows no deal")?;
        let deal = format!("deal-{deal}");
        let closed = page("/deals?view=list&state=closed")?;
        let ended = first(&closed, "href=\"/deals/deal-").context("No deal has ended")?;
        let of_deal = page(&format!("/deals/{deal}"))?;
        let found = page("/search?q=invoice")?;
        let since = SystemTime::UNIX_EPOCH.elapsed()?.as_secs() / 86_400;
        let days = jiff::Span::new().days(i64::try_from(since)? - 60);
        let past = jiff::civil::date(1970, 1, 1).checked_add(days)?;
        Ok(Self {
            person: first(&of_deal, "href=\"/people/").context("The deal has nobody")?,
            message: first(&found, "href=\"/messages/").context("No message was found")?,
            deal,
            ended: format!("deal-{ended}"),
            past: past.to_string(),
        })
    }

    fn fill(&self, address: &str) -> String {
        address
            .replace("{deal}", &self.deal)
            .replace("{ended}", &self.ended)
            .replace("{person}", &self.person)
            .replace("{message}", &self.message)
            .replace("{past}", &self.past)
    }
}
