//! A reading of a mailbox that is killed at any moment and begun again ends with the same data file as one
//! that ran through.
//!
//! `INROAD_SYNC_KILLS` says how often; `cargo xtask bench sync` kills it 200 times.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::Numbers;

const KILLS: u32 = 30;
const FOLDERS: u32 = 24;
const LETTERS_A_FOLDER: u32 = 14;
/// Nobody else's mailbox in these tests.
const PERSON: &str = "seller10";
const PASSPHRASE: &str = "four plain words here";

/// Puts letters into folders of the server, as another mail program does.
fn fill(port: u16, password: &str) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut says = |command: &str| {
        write!(stream, "x {command}\r\n").unwrap();
        let end = lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("x ")).unwrap();
        assert!(end.starts_with("x OK"), "{command}: {end}");
    };
    says(&format!("LOGIN {PERSON} \"{password}\""));
    for folder in 0..FOLDERS {
        let name = if folder == 0 { "INBOX".to_owned() } else { format!("Folder{folder:02}") };
        if folder > 0 {
            says(&format!("CREATE {name}"));
        }
        for n in 0..LETTERS_A_FOLDER {
            let letter = letter(folder * LETTERS_A_FOLDER + n);
            says(&format!("APPEND {name} {{{}+}}\r\n{letter}", letter.len()));
        }
    }
}

fn letter(n: u32) -> String {
    let (us, them) = ("me@studio.example", format!("p{}@firm{}.example", n % 12, n % 5));
    let (from, to) = if n.is_multiple_of(3) { (us, them.as_str()) } else { (them.as_str(), us) };
    let mut letter = format!(
        "From: {from}\r\nTo: {to}\r\nDate: {} Mar 2026 09:{:02}:00 +0100\r\n\
         Message-ID: <{n}.k@studio.example>\r\nSubject: Offer {}\r\n",
        n % 28 + 1,
        n % 60,
        n % 9,
    );
    if n > 6 {
        write!(letter, "In-Reply-To: <{}.k@studio.example>\r\n", n - 5).unwrap();
    }
    // Some come from a list as well.
    if n.is_multiple_of(10) {
        letter.push_str("List-Post: <mailto:all@lists.example>\r\n");
    }
    letter.push_str("\r\n");
    for word in 0..n % 50 + 5 {
        write!(letter, "word{} ", (word * n) % 97).unwrap();
    }
    letter
}

struct Ground {
    folder: tempfile::TempDir,
    port: u16,
    password: String,
}

impl Ground {
    fn inroad(data: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(data).stdin(Stdio::null());
        command.env("INROAD_PASSPHRASE", PASSPHRASE);
        command
    }

    fn template(&self) -> PathBuf {
        self.folder.path().join("connected.db")
    }

    fn connect(&self) {
        let password = self.folder.path().join("password");
        std::fs::write(&password, &self.password).unwrap();
        let out = Self::inroad(&self.template())
            .args(["connect", "mailbox", "me@studio.example", "--all", "--security", "none"])
            .args(["--user", PERSON, "--imap", &format!("localhost:{}", self.port)])
            .arg("--password-file")
            .arg(password)
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }

    /// A data file that knows the mailbox and has read nothing.
    fn fresh(&self, name: &str) -> PathBuf {
        let data = self.folder.path().join(name);
        let beside = |data: &Path, ending: &str| {
            let mut name = data.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        };
        for ending in ["", "-wal", "-shm", ".live.json", ".live.json.new", ".live.lock"] {
            drop(std::fs::remove_file(beside(&data, ending)));
        }
        std::fs::copy(self.template(), &data).unwrap();
        let secrets = ".secrets";
        std::fs::copy(beside(&self.template(), secrets), beside(&data, secrets)).unwrap();
        data
    }

    fn start(data: &Path) -> Child {
        Self::inroad(data).arg("sync").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn sync(data: &Path) {
        let done = Self::start(data).wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// What the doctor says: a digest of everything that is kept, and whether the file is whole.
    fn doctor(data: &Path) -> String {
        let out = Self::inroad(data).arg("doctor").output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(out.status.success(), "{text}{}", String::from_utf8_lossy(&out.stderr));
        text
    }

    /// Kills one reading and reads again. What went wrong, if something did; else how many messages were
    /// kept when it was killed.
    fn kill_once(&self, name: &str, after: Duration, expected: &str) -> Result<u64, String> {
        let data = self.fresh(name);
        let mut child = Self::start(&data);
        thread::sleep(after);
        child.kill().unwrap();
        child.wait().unwrap();
        let kept = messages(&Self::doctor(&data));
        Self::sync(&data);
        let end = Self::doctor(&data);
        if line(&end, "Digest") != expected {
            return Err(format!("ended differently:\n{end}"));
        }
        Ok(kept)
    }
}

/// The line of the doctor's answer that holds a word.
fn line<'t>(text: &'t str, word: &str) -> &'t str {
    text.lines().find(|line| line.contains(word)).unwrap_or("")
}

fn messages(text: &str) -> u64 {
    line(text, " messages").trim().trim_end_matches(" messages").parse().unwrap_or(0)
}

#[test]
fn a_killed_reading_ends_as_if_nothing_had_happened() {
    let told = |name: &str| std::env::var(name).ok();
    let (Some(port), Some(password)) = (told("INROAD_IMAP_PORT"), told("INROAD_IMAP_PASSWORD"))
    else {
        println!("SKIPPED: no Dovecot was started (cargo xtask test does)");
        return;
    };
    let port = port.parse().unwrap();
    let kills = told("INROAD_SYNC_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    fill(port, &password);
    let ground = Ground { folder: tempfile::tempdir().unwrap(), port, password };
    ground.connect();
    let whole = ground.fresh("whole.db");
    let started = Instant::now();
    Ground::sync(&whole);
    let duration = started.elapsed();
    let expected = Ground::doctor(&whole);
    assert_eq!(messages(&expected), u64::from(FOLDERS * LETTERS_A_FOLDER));
    let expected = line(&expected, "Digest").to_owned();

    // Moments that are spread over a whole run; two at a time, since who is killed mostly waits.
    let (tell, told) = mpsc::channel();
    thread::scope(|scope| {
        for worker in 0..2 {
            let (tell, ground, expected) = (tell.clone(), &ground, &expected);
            scope.spawn(move || {
                let mut numbers = Numbers(u64::from(worker) + 11);
                for n in (worker..kills).step_by(2) {
                    let span = duration / kills;
                    let after = span * n + span * numbers.below(1000) / 1000;
                    let ended = ground.kill_once(&format!("killed-{worker}.db"), after, expected);
                    tell.send(ended.map_err(|fault| format!("{n} after {after:?}: {fault}")))
                        .unwrap();
                }
            });
        }
    });
    drop(tell);
    let ends: Vec<Result<u64, String>> = told.iter().collect();
    let failures: Vec<&String> = ends.iter().filter_map(|end| end.as_ref().err()).collect();
    assert!(failures.is_empty(), "{failures:#?}");
    let all = u64::from(FOLDERS * LETTERS_A_FOLDER);
    let in_between = ends.iter().flatten().filter(|kept| (1..all).contains(*kept)).count();
    println!("killed {kills} times, {in_between} of them with a part of the mailbox kept");
    assert!(in_between > 0, "it was killed in the middle");
}
