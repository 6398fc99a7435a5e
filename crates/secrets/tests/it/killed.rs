//! A process that is killed while it writes leaves the former file or the new one.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inroad_secrets::{Cost, SealedFile};

use crate::{passphrase, password_of, secret};

/// Which file the writer writes: set for the child alone.
const FILE: &str = "INROAD_TEST_SEALED_FILE";

/// Not a test of its own: what the child does until it is killed.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let file = SealedFile::open(path.as_ref(), &passphrase()).unwrap();
    for turn in 0..u64::MAX {
        // Long ones, so that a write takes its time.
        let text = format!("{:08}{turn:08}", std::process::id()).repeat(700);
        file.put(&password_of("mail"), secret(&text)).unwrap();
    }
}

#[test]
fn leaves_the_former_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap();
    let mut last = String::new();
    for round in 0..20_u64 {
        let before = std::fs::read(&path).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::writer", "--test-threads=1"])
            .env(FILE, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Until it writes, and then a while of its own.
        let start = Instant::now();
        while std::fs::read(&path).unwrap() == before {
            assert!(start.elapsed() < Duration::from_secs(20), "the writer wrote nothing");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(round * 1_700));
        child.kill().unwrap();
        child.wait().unwrap();
        // No rest of a former writer is in the way of the next.
        let file = SealedFile::open(&path, &passphrase()).unwrap();
        let found = file.get(&password_of("mail")).unwrap();
        let found = found.map_or_else(String::new, |secret| secret.expose().to_owned());
        let turn: String = found.chars().take(16).collect();
        let whole = found == turn.repeat(700);
        assert!(whole, "round {round}: two writes are mixed");
        assert!(found != last, "round {round}: the writer wrote nothing");
        last = found;
    }
}
