//! `cargo xtask bench contacts`: what an import of 100,000 contacts and their 10,000 companies costs, and
//! what Tryton takes for parties made of the same people in the same run.
//!
//! People and firms are made from a seed (`made`), as `HubSpot` would export them.

pub(super) mod made;
mod words;

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use self::made::Wanted;
use super::cost::{self, Cost};
use super::page::{Page, table};
use super::{release, tools};
use crate::command;
use crate::project::Project;

const WANTED: Wanted = Wanted { seed: 7, contacts: 100_000, companies: 10_000 };
/// So many of the same people go into Tryton, which would take minutes for all.
const PARTIES: usize = 10_000;
const RUNS: usize = 3;
const PACKAGES: [&str; 2] = ["trytond==8.2.*", "trytond_party==8.2.*"];
const SCRIPT: &str = "xtask/src/bench/contacts/tryton.py";
const ALIKE: [&str; 3] = [
    "What is alike: the same first 10,000 people of the list, with name, company, postal address, e-mail \
     address and telephone number, on the same machine in the same run, each into an empty data file of \
     SQLite. Ours reads the CSV file; Tryton's server gets the rows over its web API from a script that \
     has read the file already, as its own clients send them. Seconds are of the clock, from the call to \
     its answer, and for ours from the start of the program to its end.",
    "What is not: Tryton checks what it takes in against its rules, gives each party a code, makes records \
     of address and contact mechanism of their own and keeps who wrote them and when; ours keeps \
     each contact as one record, looks by content whether it is there already, and keeps title, note, \
     owner and identifier as well. Tryton takes the same list a second time as new parties. Its \
     `import_data` is one transaction, as is ours a file; `create` is one a call.",
    "Processor and memory of Tryton are those of its server alone. Where other programs are at work on the \
     machine, seconds of processor can be compared, not those of the clock.",
];

/// Measures ours on all, and both on the same part.
pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    if let [first, ..] = args {
        bail!("There is no option {first}");
    }
    let program = release(project)?;
    let folder = project.path("target/bench/contacts");
    std::fs::create_dir_all(&folder)?;
    let list = |name| File::create(folder.join(name));
    made::write(WANTED, list("contacts.csv")?, list("companies.csv")?)?;
    let mut page = Page::table(&[
        "what",
        "clock s",
        "processor s",
        "most memory MB",
        "data file MB",
        "it says",
    ]);
    let lists = ["contacts.csv", "companies.csv"];
    let ways = [
        ("100,000 contacts and 10,000 companies", &["import"][..], &lists[..], Before::Empty),
        ("the same again: all doubles", &["import"][..], &lists[..], Before::Full),
        ("who of them may be there twice, and why", &["doubles"][..], &[][..], Before::Full),
        (
            "looked at only, into an empty file",
            &["import", "--dry-run"][..],
            &lists[..],
            Before::Empty,
        ),
    ];
    for (what, asked, lists, before) in ways {
        eprintln!("{what} …");
        let run = Asked { program: &program, folder: &folder, words: asked, lists };
        page.row(&run.row(what, before)?);
    }
    page.notes.push(format!(
        "Medians of {RUNS}, by seconds of processor. The contacts have {} MB in 17 columns, the companies \
         {} MB in 15. Contacts and companies that are there already are told by their content.",
        megabytes(&folder.join("contacts.csv"))?,
        megabytes(&folder.join("companies.csv"))?,
    ));
    page.part = Some(beside(project, &program, &folder)?);
    Ok(page)
}

/// What is in the data file at first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Empty,
    Full,
}

/// What is asked of our program, of some lists.
struct Asked<'a> {
    program: &'a Path,
    folder: &'a Path,
    words: &'a [&'a str],
    lists: &'a [&'a str],
}

impl Asked<'_> {
    fn row(&self, what: &str, before: Before) -> Result<[String; 6]> {
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            runs.push(self.run(before)?);
        }
        let said = runs.first().map(|(_, said)| said.clone()).unwrap_or_default();
        ensure!(runs.iter().all(|(_, other)| *other == said), "Runs differ: {runs:?}");
        let cost = cost::middle(runs.into_iter().map(|(cost, _)| cost).collect());
        let cost = cost.context("Nothing was measured")?;
        Ok([
            what.to_owned(),
            format!("{:.1}", cost.clock_s),
            format!("{:.1}", cost.processor_s()),
            format!("{:.0}", cost.resident_mb),
            megabytes(&self.folder.join("inroad.db"))?,
            said,
        ])
    }

    fn run(&self, before: Before) -> Result<(Cost, String)> {
        let data = self.folder.join("inroad.db");
        if before == Before::Empty {
            for end in ["db", "db-wal", "db-shm"] {
                let _nothing_there = std::fs::remove_file(data.with_extension(end));
            }
        }
        let mut command = Command::new(self.program);
        command.arg("--data").arg(&data).args(self.words);
        command.args(self.lists.iter().map(|list| self.folder.join(list)));
        let said = self.folder.join("said.txt");
        let out = File::create(&said)?;
        let (cost, status) = cost::timed(&command, &self.folder.join("time.txt"), |time| {
            time.stdout(Stdio::from(out)).stderr(Stdio::null()).stdin(Stdio::null());
        })?;
        ensure!(status.success(), "{} failed", command::shown(&command));
        let said = std::fs::read_to_string(said)?;
        Ok((cost, told(&said)?))
    }
}

/// What it says it did; of a long list of pairs only how many there are.
fn told(said: &str) -> Result<String> {
    let imported: Vec<&str> = said.lines().filter(|line| line.contains("mport")).collect();
    if imported.iter().any(|line| line.contains("contact")) {
        return Ok(imported.join(" "));
    }
    let shown = said.lines().filter(|line| line.ends_with(" one")).count();
    let more = said.lines().filter_map(|line| {
        let count = line.strip_prefix("And ")?.split(' ').next()?;
        count.parse::<usize>().ok()
    });
    let pairs = shown + more.sum::<usize>();
    ensure!(pairs > 0, "It says: {said}");
    Ok(format!("{pairs} pairs that may be one"))
}

/// A part of the page: ours and Tryton on the same people.
fn beside(project: &Project, program: &Path, folder: &Path) -> Result<String> {
    let part = folder.join("part");
    std::fs::create_dir_all(&part)?;
    first_rows(&folder.join("contacts.csv"), &part.join("contacts.csv"), PARTIES)?;
    let ours = Asked { program, folder: &part, words: &["import"], lists: &["contacts.csv"] };
    let [what, clock_s, processor_s, memory, _, said] = ours.row("inroad import", Before::Empty)?;
    let head = ["what", "clock s", "processor s", "most memory MB", "it says"];
    let mut rows =
        vec![head.map(str::to_owned).to_vec(), vec![what, clock_s, processor_s, memory, said]];
    match tryton(project, folder) {
        Ok(found) => rows.extend(found),
        Err(error) => {
            eprintln!("Tryton: {error:#}");
            rows.push(["Tryton", "not measured", "", "", ""].map(str::to_owned).to_vec());
        }
    }
    let mut parts = vec!["## 10,000 of them beside Tryton".to_owned(), table(&rows)];
    parts.extend(ALIKE.map(str::to_owned));
    Ok(parts.join("\n\n"))
}

fn tryton(project: &Project, folder: &Path) -> Result<Vec<Vec<String>>> {
    let python = tools::python(project, "tryton-party", &PACKAGES, &[])?;
    eprintln!("Tryton …");
    let mut script = Command::new(python);
    script.arg(project.path(SCRIPT)).arg(folder.join("tryton")).arg(folder.join("contacts.csv"));
    script.arg(PARTIES.to_string()).env("PYTHONPYCACHEPREFIX", folder.join("compiled"));
    let out = script.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    ensure!(out.status.success(), "{} failed", command::shown(&script));
    let rows = String::from_utf8(out.stdout)?;
    let cells = rows.lines().map(|line| {
        let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if let Some(parties) = cells.last_mut() {
            ensure!(*parties == PARTIES.to_string(), "Tryton has {parties} parties");
            *parties = format!("{parties} parties");
        }
        Ok(cells)
    });
    cells.collect()
}

/// Writes the head of a table and so many of its rows.
fn first_rows(from: &Path, to: &Path, count: usize) -> Result<()> {
    let mut rows = csv::Reader::from_path(from)?;
    let mut part = csv::Writer::from_path(to)?;
    part.write_record(rows.headers()?)?;
    for row in rows.records().take(count) {
        part.write_record(&row?)?;
    }
    Ok(part.flush()?)
}

fn megabytes(file: &Path) -> Result<String> {
    let bytes = std::fs::metadata(file)?.len();
    Ok(format!("{:.0}", bytes as f64 / 1e6))
}
