//! The lists and searches of other programs beside ours: Tryton, a business suite with a CRM, and
//! Django-CRM, both on SQLite, filled with the same people and deals and asked in the same run.
//!
//! Each has a script that fills it, serves it while somebody listens, and says in one line what to ask.
//! It is installed into `target/tools`; where that cannot be, the table says so.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Site;
use super::meter::{self, Request};
use crate::bench::page::table;
use crate::bench::tools;
use crate::project::Project;

/// Another program.
struct Peer {
    name: &'static str,
    /// Its script beside this file.
    script: &'static str,
    packages: &'static [&'static str],
    /// Packages whose own list of others is not followed.
    alone: &'static [&'static str],
}

const SCRIPTS: &str = "xtask/src/bench/web";
const PEERS: [Peer; 2] = [
    Peer {
        name: "Tryton",
        script: "tryton.py",
        packages: &["trytond==8.2.*", "trytond_party==8.2.*", "trytond_sale_opportunity==8.2.*"],
        alone: &[],
    },
    Peer {
        name: "Django-CRM",
        script: "django_crm.py",
        packages: &[
            "Django==5.2.*",
            "geoip2",
            "openpyxl",
            "pandas<3",
            "polib",
            "python-dateutil",
            "pytz",
            "requests",
            "tendo",
            "XlsxWriter",
            "waitress",
        ],
        // It wants a driver of MySQL, which is to be compiled; and from 2.0 on Python 3.12.
        alone: &["django-crm-admin==1.7.0"],
    },
];
/// What is searched for: in names, and everywhere. The second is a word of some addresses.
const NAME: &str = "Person 12";
const WORD: &str = "vision";
/// Ours that do the same: what, how, and the address, with what is searched for.
const OURS: [(&str, &str, &str); 4] = [
    ("People", "the page", "/people"),
    ("Deals", "the page, list", "/deals?view=list"),
    ("People by name", "the page, looked up", "/people?q={name}"),
    ("Search", "the page, with people, deals and 50,000 mails", "/search?q={word}"),
];
const HEAD: [&str; 7] = ["what", "program", "how", "requests", "median ms", "95 % ms", "kB"];
const NOTES: [&str; 4] = [
    "The same 5,000 people and 1,000 deals in each, each person with an e-mail address and in the \
     others with a postal address too; asked by the same clock as ours, uncompressed, by one user. \
     Neither of the others keeps mail, so their searches look through people alone, ours through \
     50,000 mails as well. All three find the same people.",
    "What is not alike: Tryton answers with data, of which its web client makes a page in the browser, \
     and that is not counted here; ours and Django-CRM's are whole pages. As its web client \
     (tryton-sao 8.0) asks: the numbers of at most 1,000 rows, how many there are if these may not be \
     all, then the columns of the first 100; one search_read of 100 rows is the same in one request, \
     without the count. Lists show 100 rows, but of deals ours 80 and Django-CRM's 50. Ours say the state of each \
     deal and person and why, which the others do not judge; they hold addresses, articles, orders and \
     accounts, which ours does not.",
    "Tryton is served by its own command, Django-CRM by waitress and not in debugging, both in one \
     process; Django-CRM is 1.7.0 on Django 5.2, the last that runs on Python 3.11.",
    "Not measured: koalixcrm, which installs from PyPI but rests on a Django without support since 2024, \
     and Frappe, which needs MariaDB and Redis.",
];

/// What a script says.
#[derive(Deserialize)]
pub(in super::super) struct Told {
    pub program: String,
    pub host: String,
    pub looks: Vec<Look>,
}

/// A list or a search of another program.
#[derive(Deserialize)]
pub(in super::super) struct Look {
    pub what: String,
    how: String,
    pub requests: Vec<Request>,
}

/// A part of the page: ours and theirs in one table.
pub(super) fn measure(project: &Project, folder: &Path, site: &Site) -> Result<String> {
    let mut rows = Vec::new();
    for (what, how, address) in OURS {
        let address = address.replace("{name}", &NAME.replace(' ', "+")).replace("{word}", WORD);
        let cells = site.often(&address)?.cells();
        rows.push(row([what, "inroad", how, "1"], cells));
    }
    for peer in &PEERS {
        match beside(project, folder, peer) {
            Ok(found) => rows.extend(found),
            Err(error) => {
                eprintln!("{}: {error:#}", peer.name);
                rows.push(row(["", peer.name, "not measured", ""], Default::default()));
            }
        }
    }
    // Alike beside alike, in our order; what was not measured stands last.
    rows.sort_by_key(|row| {
        OURS.iter()
            .position(|ours| row.first().is_some_and(|what| what == ours.0))
            .unwrap_or(OURS.len())
    });
    rows.insert(0, HEAD.map(str::to_owned).to_vec());
    let mut parts = vec!["## Beside other programs".to_owned(), table(&rows)];
    parts.extend(NOTES.map(str::to_owned));
    Ok(parts.join("\n\n"))
}

fn row(words: [&str; 4], figures: [String; 3]) -> Vec<String> {
    words.map(str::to_owned).into_iter().chain(figures).collect()
}

fn beside(project: &Project, folder: &Path, peer: &Peer) -> Result<Vec<Vec<String>>> {
    let python = tools::python(project, peer.name, peer.packages, peer.alone)?;
    eprintln!("{} …", peer.name);
    let files = [folder.join("people.vcf"), folder.join("deals.json")];
    let [people, deals] = files.map(|file| file.display().to_string());
    let script = project.path(SCRIPTS).join(peer.script);
    let more = [people.as_str(), deals.as_str(), NAME, WORD];
    let serving = Serving::start(project, &python, &script, &folder.join(peer.name), &more)?;
    let told = &serving.told;
    let figures = told.looks.iter().map(|look| {
        let count = look.requests.len().to_string();
        let figure = meter::often(&told.host, &look.requests)?;
        Ok(row([&look.what, &told.program, &look.how, &count], figure.cells()))
    });
    figures.collect()
}

/// A script that serves; it ends when nobody holds its input any more.
pub(in super::super) struct Serving {
    child: Child,
    /// What it said.
    pub told: Told,
}

impl Serving {
    /// Starts a script in a folder of its own.
    pub(in super::super) fn start(
        project: &Project,
        python: &Path,
        script: &Path,
        folder: &Path,
        more: &[&str],
    ) -> Result<Self> {
        let mut child = Command::new(python)
            .arg(script)
            .arg(folder)
            .args(more)
            .env("PYTHONPATH", project.path(SCRIPTS))
            // Nothing is written among the sources.
            .env("PYTHONPYCACHEPREFIX", project.path("target/bench/compiled"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", python.display()))?;
        let mut line = String::new();
        let out = child.stdout.take().context("The script has no output")?;
        BufReader::new(out).read_line(&mut line)?;
        let told = serde_json::from_str(&line).context("The script did not say what to ask");
        match told {
            Ok(told) => Ok(Self { child, told }),
            Err(error) => {
                end(&mut child);
                Err(error)
            }
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Lets go of its input and waits until it has ended its server.
fn end(child: &mut Child) {
    drop(child.stdin.take());
    let _status = child.wait();
}
