//! A data file with people, firms, letters, deals and targets, of the size that is wanted.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::super::contacts::made::{self, Wanted};
use super::letters::Letters;

pub(in super::super) use super::letters::ME;
use crate::command;

const SEED: u64 = 7;
const PEOPLE_A_DEAL: usize = 3;
const TARGETS: usize = 20;
const TOUCH_PLANS: usize = 20;

/// Of whom deals are.
#[derive(Clone, Copy)]
pub(in super::super) enum DealsOf {
    /// Those at the beginning of the list, who write most.
    TheBusiest,
    /// Evenly from the list.
    All,
}

/// How much there is of what.
pub(in super::super) struct Filling {
    pub contacts: usize,
    pub companies: usize,
    pub letters: usize,
    /// Each with three people.
    pub deals: usize,
    pub deals_of: DealsOf,
    pub leads: usize,
    /// Who wants no mail.
    pub listed: usize,
}

/// The data file with people, firms, letters, deals and targets; made once.
pub(in super::super) fn prepare(
    program: &Path,
    folder: &Path,
    filling: &Filling,
) -> Result<String> {
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
    let wanted = Wanted { seed: SEED, contacts: filling.contacts, companies: filling.companies };
    made::write(wanted, list("contacts.csv")?, list("companies.csv")?)?;
    let people = addresses(&folder.join("contacts.csv"))?;
    let firms = domains(&people);
    std::fs::write(folder.join("deals.json"), deals(&people, filling))?;
    std::fs::write(folder.join("leads.csv"), leads(&people, filling.leads))?;
    let last: Vec<&str> = people.iter().rev().take(filling.listed).map(String::as_str).collect();
    std::fs::write(folder.join("left-alone.csv"), last.join("\n"))?;
    let mut mail = BufWriter::new(list("mail.mbox")?);
    for letter in Letters::between(&people, filling.letters) {
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

/// A table of leads, taken evenly from some people.
fn leads(people: &[String], count: usize) -> String {
    let step = (people.len() / count.max(1)).max(1);
    let rows = people.iter().step_by(step).take(count).enumerate();
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

fn deals(people: &[String], filling: &Filling) -> String {
    let stages = ["lead", "discovery", "proposal", "negotiation", "won", "lost"];
    let wanted = filling.deals * PEOPLE_A_DEAL;
    let step = match filling.deals_of {
        DealsOf::TheBusiest => 1,
        DealsOf::All => (people.len() / wanted.max(1)).max(1),
    };
    let people: Vec<&String> = people.iter().step_by(step).take(wanted).collect();
    let deals: Vec<serde_json::Value> = people
        .chunks(PEOPLE_A_DEAL)
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
    format!(r#"{{"me": {{"name": "Test", "emails": ["{ME}"]}}, "deals": {deals}}}"#)
}
