//! `cargo xtask bench load`: how much one to three programs answer that serve one workspace in one PostgreSQL with a
//! follower, directly and through `PgBouncer`, and how much Tryton does with the same people and deals.
//!
//! What is asked is asked by a process of its own, on the same machine: it, the programs and the database share its
//! cores.

pub(super) mod processor;
mod tryton;
mod wrk;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use self::wrk::{Rate, Target};
use super::fleet::{Fleet, Member};
use super::meter::Request;
use super::page::{Page, table};
use super::site::Site;
use super::{import, release_for_teams, web};
use crate::command;
use crate::postgres::{Follower, Postgres, WritesThrough};
use crate::project::Project;

/// Connections to each program.
const CONNECTIONS: usize = 4;
const SECONDS: u64 = 10;
/// Deals and words that are asked for in turn.
const DEALS: usize = 100;
const WORDS: [&str; 8] =
    ["invoice", "meeting", "vision", "schedule", "linux", "report", "question", "budget"];
/// Contacts that come in with one request.
const CONTACTS: usize = 10;
/// Between two writes of whoever writes while others read.
const PAUSE: Duration = Duration::from_secs(1);

/// How programs reach the database.
#[derive(Clone, Copy)]
enum Through {
    Nothing,
    Pooler,
}

const SETUPS: [(&str, usize, Through); 4] = [
    ("1 program", 1, Through::Nothing),
    ("2 programs", 2, Through::Nothing),
    ("3 programs", 3, Through::Nothing),
    ("3 through PgBouncer", 3, Through::Pooler),
];

/// What is asked of a program.
struct Asked {
    what: &'static str,
    requests: fn(&Site) -> Vec<Request>,
    /// Whether somebody writes meanwhile.
    beside_writes: bool,
}

const ASKED: [Asked; 7] = [
    Asked { what: "review of all deals", requests: review, beside_writes: false },
    Asked { what: "the same, a write a second", requests: review, beside_writes: true },
    Asked { what: "a deal and what is concluded of it", requests: deal, beside_writes: false },
    Asked { what: "search", requests: search, beside_writes: false },
    Asked { what: "50 deals", requests: list, beside_writes: false },
    Asked { what: "make a deal", requests: make, beside_writes: false },
    Asked { what: "import of 10 contacts", requests: contacts, beside_writes: false },
];
/// Which of them Tryton is asked, too.
const LIKE_TRYTON: [&str; 3] = ["50 deals", "search", "make a deal"];

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    wrk::bring()?;
    let mail = import::mail_folder(project, args)?;
    let program = release_for_teams(project)?;
    let filled = project.path("target/bench/web");
    let data = web::prepare(&program, &mail.join("all.mbox"), &filled)?;
    let folder = project.path("target/bench/load");
    std::fs::create_dir_all(&folder)?;
    let postgres = Postgres::start(WritesThrough::Yes).map_err(anyhow::Error::msg)?;
    let follower = Follower::of(&postgres)?;
    // The file that names where it was moved to is of a database that is gone.
    let named = filled.join("measured.toml");
    if named.exists() {
        std::fs::remove_file(named)?;
    }
    let mut moved = Command::new(&program);
    moved.args(["--data", &data, "migrate", "--to", &postgres.url(), "--workspace", "measured"]);
    command::run(moved.stdin(Stdio::null()).stdout(Stdio::null()))?;
    let scene = Scene { folder: &folder, postgres: &postgres };

    let mut setups = Vec::new();
    for (name, count, through) in SETUPS {
        // What one of them writes is not there for the next.
        let database = format!("for_{}", setups.len());
        postgres.copy(&database)?;
        let url = match through {
            Through::Nothing => postgres.url(),
            Through::Pooler => postgres.url_of_sessions()?,
        };
        let (server, _) = url.rsplit_once('/').context("An address without a database")?;
        let urls = vec![format!("{server}/{database}"); count];
        let fleet = Fleet::start(&program, &folder, &urls)?;
        eprintln!("{name} …");
        setups.push((name, scene.all(&fleet.members)?));
    }
    follower.catch_up(&postgres)?;
    let beside = tryton::measure(project, &filled, &postgres, &folder)?;
    Ok(page(&setups, &beside))
}

/// One thing that was asked, and what it took of the processor in milliseconds a request.
struct Found {
    rate: Rate,
    programs_ms: f64,
    database_ms: f64,
}

struct Scene<'a> {
    folder: &'a Path,
    postgres: &'a Postgres,
}

impl Scene<'_> {
    /// Everything, asked of these programs.
    fn all(&self, members: &[Member]) -> Result<Vec<Found>> {
        ASKED.iter().map(|asked| self.one(members, asked)).collect()
    }

    fn one(&self, members: &[Member], asked: &Asked) -> Result<Found> {
        let targets: Vec<Target> = members
            .iter()
            .map(|member| Target {
                host: member.site.host.clone(),
                requests: (asked.requests)(&member.site),
            })
            .collect();
        // What a program holds in memory it holds by now.
        wrk::ask(self.folder, &targets, CONNECTIONS, 2)?;
        let used = || -> Result<(f64, f64)> {
            let programs: f64 =
                members.iter().map(|member| processor::of(member.process())).sum::<Result<_>>()?;
            Ok((programs, processor::of_database(&self.postgres.named_by())?))
        };
        let before = used()?;
        let rate = if asked.beside_writes {
            self.beside_writes(members, &targets)?
        } else {
            wrk::ask(self.folder, &targets, CONNECTIONS, SECONDS)?
        };
        let after = used()?;
        let each = |before: f64, after: f64| (after - before) * 1e3 / rate.answered.max(1.0);
        eprintln!("{}: {:.0} a second, p99 {:.1} ms", asked.what, rate.per_second, rate.p99_ms);
        Ok(Found {
            rate,
            programs_ms: each(before.0, after.0),
            database_ms: each(before.1, after.1),
        })
    }

    /// Asks while somebody brings in a contact each second.
    fn beside_writes(&self, members: &[Member], targets: &[Target]) -> Result<Rate> {
        let site = &members.first().context("Nobody serves")?.site;
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let ended = &ended;
            let writer = scope.spawn(move || -> Result<u64> {
                let mut written = 0;
                while !ended.load(Ordering::Relaxed) {
                    let row = format!("{{\"emails\": [\"beside{written}@written.example\"]}}");
                    write(site, "/api/v1/imports/contacts", &format!("[{row}]")).ask(&site.host)?;
                    written += 1;
                    std::thread::sleep(PAUSE);
                }
                Ok(written)
            });
            let rate = wrk::ask(self.folder, targets, CONNECTIONS, SECONDS);
            ended.store(true, Ordering::Relaxed);
            let written = writer.join().unwrap_or_else(|_| bail!("The writer broke"))?;
            ensure!(written > SECONDS / 2, "Only {written} were written");
            rate
        })
    }
}

fn write(site: &Site, address: &str, body: &str) -> Request {
    let mut request = site.request(address);
    "POST".clone_into(&mut request.method);
    request.headers.insert("Content-Type".to_owned(), "application/json".to_owned());
    body.clone_into(&mut request.body);
    request
}

fn review(site: &Site) -> Vec<Request> {
    vec![site.request("/api/v1/review")]
}

fn deal(site: &Site) -> Vec<Request> {
    (0..DEALS).map(|deal| site.request(&format!("/api/v1/deals/deal-{deal}/review"))).collect()
}

fn search(site: &Site) -> Vec<Request> {
    WORDS.iter().map(|word| site.request(&format!("/api/v1/search?words={word}"))).collect()
}

fn list(site: &Site) -> Vec<Request> {
    vec![site.request("/api/v1/deals?limit=50")]
}

fn make(site: &Site) -> Vec<Request> {
    let body =
        r#"{"name": "Made {n}", "organization": "Firm {n}", "value": 4000, "currency": "EUR"}"#;
    vec![write(site, "/api/v1/deals", body)]
}

fn contacts(site: &Site) -> Vec<Request> {
    let rows: Vec<String> = (0..CONTACTS)
        .map(|row| format!(r#"{{"name": "Row {row}", "emails": ["r{row}-{{n}}@came.example"]}}"#))
        .collect();
    vec![write(site, "/api/v1/imports/contacts", &format!("[{}]", rows.join(",")))]
}

fn page(setups: &[(&str, Vec<Found>)], tryton: &tryton::Beside) -> Page {
    let mut head = vec!["requests a second (99 % within, ms)".to_owned()];
    head.extend(setups.iter().map(|(name, _)| (*name).to_owned()));
    let mut rates = vec![head];
    let mut head = vec!["processor, ms a request: programs + database".to_owned()];
    head.extend(setups.iter().map(|(name, _)| (*name).to_owned()));
    let mut costs = vec![head];
    for (at, asked) in ASKED.iter().enumerate() {
        let of = |cell: &dyn Fn(&Found) -> String| -> Vec<String> {
            let found = setups.iter().filter_map(|(_, all)| all.get(at)).map(cell);
            std::iter::once(asked.what.to_owned()).chain(found).collect()
        };
        rates.push(of(&|it| format!("{} ({:.0})", whole(it.rate.per_second), it.rate.p99_ms)));
        costs.push(of(&|it| format!("{:.2} + {:.2}", it.programs_ms, it.database_ms)));
    }
    let mut page = Page { rows: rates, ..Page::default() };
    page.notes.push(format!(
        "50,000 mails, 5,000 people and 1,000 deals in one workspace, which is asked by wrk over {CONNECTIONS} connections to each program, \
         {SECONDS} seconds each, uncompressed; every answer was a good one. The database writes through, and a second one follows it. \
         Programs, the database, its follower and wrk share the machine."
    ));
    page.notes.push(table(&costs));
    let mut rows =
        vec![["what", "inroad, 2 programs", &tryton.program, "times"].map(str::to_owned).to_vec()];
    let ours = setups.get(1).map(|(_, all)| all.as_slice()).unwrap_or_default();
    for (what, theirs) in LIKE_TRYTON.iter().zip(&tryton.rates) {
        let at = ASKED.iter().position(|asked| asked.what == *what);
        let Some(ours) = at.and_then(|at| ours.get(at)) else { continue };
        let cell = |rate: &Rate| {
            format!(
                "{} (median {:.0}, 99 % {:.0} ms)",
                whole(rate.per_second),
                rate.median_ms,
                rate.p99_ms
            )
        };
        let times = ours.rate.per_second / theirs.per_second;
        rows.push(vec![(*what).to_owned(), cell(&ours.rate), cell(theirs), format!("{times:.1}")]);
    }
    page.part = Some(format!("## Beside Tryton\n\n{}\n\n{}", table(&rows), tryton::NOTE));
    page
}

/// Small rates with a digit behind the point.
fn whole(rate: f64) -> String {
    if rate < 20.0 { format!("{rate:.1}") } else { format!("{rate:.0}") }
}
