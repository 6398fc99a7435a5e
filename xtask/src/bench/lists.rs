//! `cargo xtask bench lists`: how soon every list answers with 10,000 firms, 100,000 people, 1 million
//! touches, 1,000 deals, 10,000 leads and 10,000 who want no mail, and what holding them takes.
//!
//! People and firms are those of `bench contacts`; each letter is short, since no list looks at its words.

mod letters;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use self::letters::Letters;
use super::contacts::made::{self, Wanted};
use super::meter::RUNS;
use super::page::Page;
use super::release;
use super::site::Site;
use crate::command;
use crate::project::Project;
use crate::server::Server;

const WANTED: Wanted = Wanted { seed: 7, contacts: 100_000, companies: 10_000 };
const LETTERS: usize = 1_000_000;
const DEALS: usize = 1000;
const PEOPLE_A_DEAL: usize = 3;
const TARGETS: usize = 20;
const TOUCH_PLANS: usize = 20;
const LEADS: usize = 10_000;
const LISTED: usize = 10_000;
/// Every page that is a list, or begins with one.
const PAGES: [(&str, &str); 21] = [
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
    let data = prepare(&program, &folder)?;
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

/// The data file with people, firms, letters, deals and targets; made once.
fn prepare(program: &Path, folder: &Path) -> Result<String> {
    let data = folder.join("inroad.db");
    let text = data.to_str().context("The path is no UTF-8")?.to_owned();
    if folder.join("done").exists() {
        return Ok(text);
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let list = |name| File::create(folder.join(name));
    made::write(WANTED, list("contacts.csv")?, list("companies.csv")?)?;
    let people = addresses(&folder.join("contacts.csv"))?;
    let firms = domains(&people);
    std::fs::write(folder.join("deals.json"), deals(&people))?;
    std::fs::write(folder.join("leads.csv"), leads(&people))?;
    let last: Vec<&str> = people.iter().rev().take(LISTED).map(String::as_str).collect();
    std::fs::write(folder.join("left-alone.csv"), last.join("\n"))?;
    let mut mail = BufWriter::new(list("mail.mbox")?);
    for letter in Letters::between(&people, LETTERS) {
        mail.write_all(letter.as_bytes())?;
    }
    mail.flush()?;
    eprintln!("importing …");
    for name in ["deals.json", "contacts.csv", "companies.csv", "mail.mbox"] {
        run(program, &text, &["import", &folder.join(name).display().to_string()])?;
    }
    std::fs::remove_file(folder.join("mail.mbox"))?;
    let file = |name: &str| folder.join(name).display().to_string();
    run(program, &text, &["leads", "import", &file("leads.csv")])?;
    run(program, &text, &["do-not-contact", "import", &file("left-alone.csv")])?;
    for person in people.iter().take(TOUCH_PLANS) {
        run(program, &text, &["touches", "begin", person])?;
    }
    for firm in firms.iter().take(TARGETS) {
        run(program, &text, &["targets", "add", firm])?;
    }
    std::fs::write(folder.join("done"), "")?;
    Ok(text)
}

fn run(program: &Path, data: &str, args: &[&str]) -> Result<()> {
    let mut asked = Command::new(program);
    asked.args(["--data", data]).args(args).stdout(Stdio::null());
    command::run(&mut asked)
}

fn addresses(contacts: &Path) -> Result<Vec<String>> {
    let mut rows = csv::Reader::from_path(contacts)?;
    let at = rows.headers()?.iter().position(|name| name == "Email").context("No addresses")?;
    let mut found = Vec::new();
    for row in rows.records() {
        found.extend(row?.get(at).filter(|email| email.contains('@')).map(str::to_owned));
    }
    Ok(found)
}

/// A table of leads: every tenth of some people.
fn leads(people: &[String]) -> String {
    let step = (people.len() / LEADS).max(1);
    let rows = people.iter().step_by(step).take(LEADS).enumerate();
    let rows = rows.map(|(number, email)| format!("Lead {number},{email},Fair {}\n", number % 7));
    let rows: Vec<String> = rows.collect();
    format!("Name,Email,Lead Source\n{}", rows.concat())
}

/// The firms of some people, in their order.
fn domains(people: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for domain in people.iter().filter_map(|email| email.split_once('@')).map(|(_, at)| at) {
        if found.len() == TARGETS {
            break;
        }
        if !found.iter().any(|known| known == domain) {
            found.push(domain.to_owned());
        }
    }
    found
}

fn deals(people: &[String]) -> String {
    let stages = ["lead", "discovery", "proposal", "negotiation", "won", "lost"];
    let deals: Vec<serde_json::Value> = people
        .chunks(PEOPLE_A_DEAL)
        .take(DEALS)
        .enumerate()
        .map(|(number, people)| {
            let people = people.iter().map(|email| serde_json::json!({ "email": email }));
            serde_json::json!({
                "id": format!("deal-{number}"),
                "name": format!("Deal number {number}"),
                "stage": stages[number % stages.len()],
                "value": 1000 * (number + 1),
                "currency": "EUR",
                "people": people.collect::<Vec<_>>(),
            })
        })
        .collect();
    // Who it is stands first: by that a deals file is known.
    let deals = serde_json::Value::Array(deals);
    let me = letters::ME;
    format!(r#"{{"me": {{"name": "Test", "emails": ["{me}"]}}, "deals": {deals}}}"#)
}
