//! A program that is killed at any moment of sending: no letter goes twice, and none is said to have gone that
//! did not. The real program hands letters to a real server that takes its time, is killed, started again, and
//! what it says is held against what the server has.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Numbers;

/// So many times; `INROAD_SEND_KILLS` says otherwise.
const KILLS: u32 = 24;
/// So many programs at once, each with a data file and a mailbox of its own.
const WORKERS: u32 = 4;
/// Of so many kills one falls before anything is begun; the others fall anywhere behind that.
const EARLY_ONE_OF: u32 = 6;
/// The server pauses so long at each of three steps, so that moments fall everywhere.
const TO: &str = "slow90@buyer.example";
const PASSPHRASE: &str = "four plain words here";

/// The servers that `cargo xtask test` starts.
struct Servers {
    imap_port: String,
    password: String,
    smtp_port: String,
    authority: PathBuf,
    letters: PathBuf,
}

impl Servers {
    fn found() -> Option<Self> {
        let told = |name: &str| std::env::var(name).ok();
        Some(Self {
            imap_port: told("INROAD_IMAP_PORT")?,
            password: told("INROAD_IMAP_PASSWORD")?,
            smtp_port: told("INROAD_RECEIVER_TLS_PORT")?,
            authority: told("INROAD_RECEIVER_AUTHORITY")?.into(),
            letters: told("INROAD_RECEIVER_FOLDER")?.into(),
        })
    }

    /// How many letters with a subject the server kept.
    fn kept(&self, subject: &str) -> usize {
        let line = format!("Subject: {subject}\r\n");
        let entries = std::fs::read_dir(&self.letters).unwrap();
        let texts = entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap_or_default());
        texts.filter(|text| String::from_utf8_lossy(text).contains(&line)).count()
    }

    /// How many copies with an id lie among the sent letters of somebody.
    fn copies(&self, user: &str, ids: &[String]) -> Vec<usize> {
        let stream = TcpStream::connect(format!("127.0.0.1:{}", self.imap_port)).unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let mut ask = |command: &str| {
            write!(&stream, "x {command}\r\n").unwrap();
            let answer: Vec<String> = lines
                .by_ref()
                .map(Result::unwrap)
                .take_while(|line| !line.starts_with("x "))
                .collect();
            answer
        };
        ask(&format!("LOGIN {user} \"{}\"", self.password));
        ask("EXAMINE Sent");
        let mut count = |id: &String| {
            let found = ask(&format!("UID SEARCH HEADER Message-ID {id}"));
            let line = found.iter().find(|line| line.starts_with("* SEARCH")).unwrap();
            line.split_whitespace().count() - 2
        };
        ids.iter().map(&mut count).collect()
    }
}

struct Sender<'s> {
    servers: &'s Servers,
    folder: PathBuf,
    user: String,
}

impl Sender<'_> {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command
            .arg("--data")
            .arg(self.folder.join("data.db"))
            .args(args)
            .env("INROAD_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn connect(&self) {
        let password = self.folder.join("password");
        std::fs::write(&password, &self.servers.password).unwrap();
        let imap = format!("127.0.0.1:{}", self.servers.imap_port);
        let smtp = format!("localhost:{}", self.servers.smtp_port);
        let done = self.run(&[
            "connect",
            "mailbox",
            "me@studio.example",
            "--imap",
            &imap,
            "--security",
            "none",
            "--smtp",
            &smtp,
            "--authority",
            self.servers.authority.to_str().unwrap(),
            "--user",
            &self.user,
            "--password-file",
            password.to_str().unwrap(),
        ]);
        assert!(done.status.success(), "{done:?}");
    }

    /// Shows a letter; gives its file and what lets it go.
    fn shown(&self, subject: &str) -> (String, String) {
        let file = self.folder.join("letter.txt");
        let text = format!(
            "To: {TO}\nSubject: {subject}\n\nHi Ann,\n\nwould Tuesday suit you for a call? If not, just tell me.\n\nMarta\n"
        );
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap().to_owned();
        // The next program that has the turn makes it anew.
        let _absent = std::fs::remove_file(self.folder.join("data.db.send.lock"));
        let done = self.run(&["send", &file, "--show"]);
        let out = String::from_utf8(done.stdout).unwrap();
        let approval = out.split_once("--yes ").map(|(_, rest)| rest.trim().to_owned());
        assert!(approval.is_some(), "{out}{}", String::from_utf8_lossy(&done.stderr));
        (file, approval.unwrap())
    }

    /// Waits until a program has the turn to send: it makes a file for that.
    fn wait_for_the_turn(&self, child: &mut Child) {
        while !self.folder.join("data.db.send.lock").exists() && child.try_wait().unwrap().is_none()
        {
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn lets_go<'a>(file: &'a str, approval: &'a str) -> [&'a str; 6] {
        ["send", file, "--although", "a test", "--yes", approval]
    }

    /// What it says of its letters, by subject: the state, and the Message-ID.
    fn sent(&self) -> BTreeMap<String, (String, String)> {
        let done = self.run(&["sent", "--format", "json", "--limit", "1000"]);
        assert!(done.status.success(), "{done:?}");
        let letters: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        let text = |one: &serde_json::Value, name: &str| one[name].as_str().unwrap().to_owned();
        let said = letters
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (text(one, "subject"), (text(one, "state"), text(one, "message_id"))));
        said.collect()
    }
}

/// How the kills fell, and what came of them.
#[derive(Debug, Default)]
struct Tally {
    before: u32,
    begun: u32,
    sent: u32,
    ended: u32,
    faults: Vec<String>,
}

#[test]
#[expect(clippy::needless_collect, reason = "all of them begin before one is waited for")]
fn killed_at_any_moment_nothing_goes_twice() {
    let Some(servers) = Servers::found() else {
        println!("SKIPPED: no mail servers were started (cargo xtask test does)");
        return;
    };
    let told = std::env::var("INROAD_SEND_KILLS").ok().and_then(|told| told.parse().ok());
    let kills: u32 = told.unwrap_or(KILLS);
    let started = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let (servers, folder) = (&servers, folder.path());
                scope.spawn(move || killed(servers, folder, worker, kills))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let sum = |of: fn(&Tally) -> u32| tallies.iter().map(of).sum::<u32>();
    let (before, begun) = (sum(|t| t.before), sum(|t| t.begun));
    let (sent, ended) = (sum(|t| t.sent), sum(|t| t.ended));
    let faults: Vec<&String> = tallies.iter().flat_map(|tally| &tally.faults).collect();
    println!(
        "kills\t{kills}\t{before}\t{begun}\t{sent}\t{ended}\t{}\t{}",
        faults.len(),
        started.elapsed().as_secs()
    );
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(begun > 0, "some fell between the first byte and the server's word");
}

/// Kills its share of so many sendings.
fn killed(servers: &Servers, folder: &Path, worker: u32, kills: u32) -> Tally {
    let folder = folder.join(worker.to_string());
    std::fs::create_dir(&folder).unwrap();
    let sender = Sender { servers, folder, user: format!("seller{}", 15 + worker) };
    sender.connect();
    let (file, approval) = sender.shown("The whole way");
    let begun = Instant::now();
    let mut whole = sender.command(&Sender::lets_go(&file, &approval)).spawn().unwrap();
    sender.wait_for_the_turn(&mut whole);
    let mut spans = Spans { before: begun.elapsed(), behind: Duration::ZERO };
    let turn = Instant::now();
    assert!(whole.wait().unwrap().success());
    spans.behind = turn.elapsed();
    let mut tally = Tally::default();
    let mut numbers = Numbers(u64::from(worker) + 11);
    for n in (worker..kills).step_by(WORKERS as usize) {
        let part = numbers.below(1000);
        let subject = format!("Kill {n} of {kills}");
        let moment = Moment { is_early: (n / WORKERS).is_multiple_of(EARLY_ONE_OF), part };
        if let Err(fault) = kill_once(&sender, &subject, moment, &mut spans, &mut tally) {
            tally.faults.push(format!("{subject} at {moment:?} of {spans:?}: {fault}"));
        }
    }
    // Whatever the server was still busy with.
    thread::sleep(Duration::from_secs(1));
    let said = sender.sent();
    for (subject, (state, _)) in &said {
        let kept = servers.kept(subject);
        let is_right = match state.as_str() {
            "went" => kept == 1,
            "did_not_go" => kept == 0,
            "unknown" => kept <= 1,
            _ => false,
        };
        if !is_right && subject != "The whole way" {
            tally
                .faults
                .push(format!("{subject} is said to be {state}, and the server has {kept}"));
        }
    }
    let ids: Vec<String> = said.values().map(|(_, id)| id.clone()).collect();
    for ((subject, (state, _)), copies) in said.iter().zip(servers.copies(&sender.user, &ids)) {
        if copies != usize::from(state == "went") {
            tally
                .faults
                .push(format!("{subject} ({state}) lies {copies} times among sent letters"));
        }
    }
    if said.len() != (worker..kills).step_by(WORKERS as usize).count() + 1 {
        tally.faults.push(format!("{} letters are listed", said.len()));
    }
    tally
}

/// How long it takes until a program has the turn to send, and from there to its end.
#[derive(Debug, Clone, Copy)]
struct Spans {
    before: Duration,
    behind: Duration,
}

/// A moment of a run: in its beginning or behind that, in thousandths.
#[derive(Debug, Clone, Copy)]
struct Moment {
    is_early: bool,
    part: u32,
}

fn kill_once(
    sender: &Sender<'_>,
    subject: &str,
    moment: Moment,
    spans: &mut Spans,
    tally: &mut Tally,
) -> Result<(), String> {
    let (file, approval) = sender.shown(subject);
    let mut child = sender.command(&Sender::lets_go(&file, &approval)).spawn().unwrap();
    let turn = if moment.is_early {
        thread::sleep(spans.before * moment.part / 1000);
        Instant::now()
    } else {
        sender.wait_for_the_turn(&mut child);
        let turn = Instant::now();
        thread::sleep(spans.behind * moment.part / 1000);
        turn
    };
    let had_ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    if had_ended {
        // It was quicker than the first; the next kills fall where it still runs.
        spans.behind = spans.behind.min(turn.elapsed());
    }
    // Started again, it looks what became of it.
    let state = sender.sent().remove(subject).map(|(state, _)| state);
    match state.as_deref() {
        _ if had_ended => tally.ended += 1,
        None => tally.before += 1,
        Some("unknown") => tally.begun += 1,
        Some("went") => tally.sent += 1,
        Some(other) => return Err(format!("it is {other}")),
    }
    // The same act once more: what was begun is never sent again, what was not goes now.
    let again = sender.run(&Sender::lets_go(&file, &approval));
    let errors = String::from_utf8_lossy(&again.stderr).into_owned();
    let was_refused = !again.status.success() && errors.contains("was let go before");
    if was_refused != state.is_some() {
        return Err(format!("it was {state:?}, and the same once more says {again:?}"));
    }
    Ok(())
}
