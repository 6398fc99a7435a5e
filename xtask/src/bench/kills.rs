//! `cargo xtask bench kills`: whether writes survive when whatever carries them is killed under load, `--minutes N`
//! long, else ten.
//!
//! Three programs serve one workspace in one PostgreSQL with a follower, the third through `PgBouncer`. Writers note
//! something on a deal, each note once, each under a key of its own; who gets no answer asks another program under
//! the same key. Meanwhile something is killed every few seconds: a program, all connections of the server, the
//! pooler, the server itself. What the database holds afterwards is held against what was acknowledged.

mod writer;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::RwLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use self::writer::{Door, Outcome, Written};
use super::fleet::{Fleet, fill, workspace_file};
use super::page::Page;
use super::{median, release_for_teams};
use crate::postgres::{Follower, Postgres, WritesThrough};
use crate::project::Project;

const MINUTES: u64 = 10;
const WRITERS: usize = 6;
const READERS: usize = 2;
/// Between two kills.
const PAUSES_MS: std::ops::Range<u64> = 1000..4000;
/// Conditions under which a note is found in the database.
const NOTES: &str = "SELECT substring(content FROM 'written [0-9]+-[0-9]+') AS note, count(*) FROM entry \
    WHERE kind = 'note' GROUP BY note HAVING substring(content FROM 'written [0-9]+-[0-9]+') IS NOT NULL ORDER BY note";

/// What is killed, and of twenty times how often.
const VICTIMS: [(&str, u64); 4] =
    [("a program", 11), ("all connections", 5), ("the pooler", 2), ("the server", 2)];

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let minutes = match args {
        [] => MINUTES,
        [name, count] if name == "--minutes" => {
            count.parse().context("--minutes wants a number")?
        }
        _ => bail!("There is only --minutes N"),
    };
    let program = release_for_teams(project)?;
    let folder = project.path("target/bench/kills");
    std::fs::create_dir_all(&folder)?;
    let mut postgres = Postgres::start(WritesThrough::Yes).map_err(anyhow::Error::msg)?;
    let follower = Follower::of(&postgres)?;
    let file = folder.join("workspace.toml");
    std::fs::write(&file, workspace_file(&postgres.url()))?;
    let sample = ["deals.json", "mailbox.mbox"].map(|name| project.path("examples").join(name));
    fill(&program, &file, &sample)?;
    let deals = postgres.ask("SELECT id FROM deal")?;
    let deals: Vec<String> = deals.lines().map(str::to_owned).collect();
    ensure!(!deals.is_empty(), "There are no deals to write about");
    let urls = [postgres.url(), postgres.url(), postgres.url_of_sessions()?];
    let mut fleet = Fleet::start(&program, &folder, &urls)?;
    let doors = RwLock::new(doors(&fleet));
    let until = Instant::now() + Duration::from_secs(60 * minutes);
    let read = AtomicU64::new(0);
    let (written, killed) = std::thread::scope(|scope| {
        let (deals, doors, read) = (&deals, &doors, &read);
        let mut writers = Vec::new();
        for writer in 0..WRITERS {
            writers.push(scope.spawn(move || writer::write(writer, deals, doors, until)));
        }
        for _ in 0..READERS {
            scope.spawn(move || writer::read(doors, until, read));
        }
        let killed = kill(&mut postgres, &mut fleet, doors, until);
        let written: Vec<Result<Vec<Written>>> = writers
            .into_iter()
            .map(|writer| writer.join().unwrap_or_else(|_| bail!("A writer broke")))
            .collect();
        (written, killed)
    });
    let killed = killed?;
    let mut all = Vec::new();
    for part in written {
        all.extend(part?);
    }
    // Whoever was asked last may still be at work.
    drop(fleet);
    let kept = kept(&postgres.ask(NOTES)?)?;
    follower.catch_up(&postgres)?;
    ensure!(kept == self::kept(&follower.ask(NOTES)?)?, "The follower has other notes");
    page(&all, &kept, &killed, read.load(Ordering::Relaxed), minutes)
}

fn doors(fleet: &Fleet) -> Vec<Door> {
    fleet.members.iter().map(|member| Door::of(&member.site)).collect()
}

/// Kills something every few seconds; how often what was killed.
fn kill(
    postgres: &mut Postgres,
    fleet: &mut Fleet,
    doors: &RwLock<Vec<Door>>,
    until: Instant,
) -> Result<BTreeMap<&'static str, u32>> {
    let mut killed = BTreeMap::new();
    while Instant::now() < until {
        std::thread::sleep(Duration::from_millis(chosen(PAUSES_MS)));
        let mut dice = chosen(0..VICTIMS.iter().map(|(_, often)| often).sum());
        let victim = VICTIMS.iter().find(|(_, often)| {
            let is_meant = dice < *often;
            dice = dice.saturating_sub(*often);
            is_meant
        });
        let Some((victim, _)) = victim else { continue };
        match *victim {
            "a program" => {
                let at = usize::try_from(chosen(0..fleet.members.len() as u64))?;
                fleet.kill(at)?;
                *doors.write().unwrap_or_else(std::sync::PoisonError::into_inner) =
                    self::doors(fleet);
            }
            "all connections" => {
                postgres.ask(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                     WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
                )?;
            }
            "the pooler" => postgres.kill_pooler()?,
            _ => postgres.crash()?,
        }
        *killed.entry(*victim).or_insert(0) += 1;
    }
    Ok(killed)
}

/// A number that nobody foresees.
fn chosen(range: std::ops::Range<u64>) -> u64 {
    let random = RandomState::new().build_hasher().finish();
    range.start + random % (range.end - range.start).max(1)
}

/// How often each note is there.
fn kept(lines: &str) -> Result<BTreeMap<String, u32>> {
    let notes = lines.lines().map(|line| {
        let (note, count) = line.rsplit_once('|').context("A line without a count")?;
        Ok((note.to_owned(), count.parse()?))
    });
    notes.collect()
}

fn page(
    all: &[Written],
    kept: &BTreeMap<String, u32>,
    killed: &BTreeMap<&str, u32>,
    read: u64,
    minutes: u64,
) -> Result<Page> {
    let with = |outcome| all.iter().filter(move |written| written.outcome == outcome);
    let lost = with(Outcome::Acknowledged).filter(|note| !kept.contains_key(&note.text)).count();
    let twice = kept.values().filter(|count| **count > 1).count();
    let there = with(Outcome::Unknown).filter(|note| kept.contains_key(&note.text)).count();
    let mut page = Page::table(&["what", "figure"]);
    let mut row = |what: &str, figure: String| page.row(&[what.to_owned(), figure]);
    for (victim, count) in killed {
        row(&format!("{victim} killed"), format!("{count} times"));
    }
    row("writes acknowledged", with(Outcome::Acknowledged).count().to_string());
    row("of them after asking again", all.iter().filter(|n| n.asked > 1).count().to_string());
    row("writes of which nobody knew what came", with(Outcome::Unknown).count().to_string());
    row("of them there afterwards", there.to_string());
    row("reads answered meanwhile", read.to_string());
    row("median of a write, ms", format!("{:.0}", median(all.iter().map(|n| n.took_ms).collect())));
    row("acknowledged and lost", lost.to_string());
    row("there twice", twice.to_string());
    page.notes.push(format!(
        "{minutes} minutes, {WRITERS} writers, {READERS} readers. Three programs on one PostgreSQL that writes through, \
         with a follower; the third through PgBouncer, which keeps sessions. Something is killed every one to four \
         seconds: a program by SIGKILL, connections by the server, the pooler by SIGKILL, the server by an immediate \
         stop, and each is started again. Afterwards the follower held the same notes as the server."
    ));
    ensure!(lost == 0 && twice == 0, "{}", page.markdown("FAULTS", "", ""));
    Ok(page)
}
