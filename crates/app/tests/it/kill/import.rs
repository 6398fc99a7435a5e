//! An import that is killed at any moment and started again ends with the same data file as one
//! that ran through, and nothing that it said was kept is lost.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{MAILS, Numbers, doctor, import, line, messages, remove, start_import, write_mailbox};

const KILLS: u32 = 200;

/// Starts an import and kills it after some time; returns the last number of messages that it
/// said were kept.
fn import_killed(data: &Path, mail: &Path, after: Duration) -> u64 {
    let mut child = start_import(data, mail);
    let told = BufReader::new(child.stderr.take().unwrap());
    let reader = thread::spawn(move || {
        let lines = told.lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("kept ")?.parse().ok()).last().unwrap_or(0)
    });
    thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn a_killed_import_ends_as_if_nothing_had_happened() {
    let folder = tempfile::tempdir().unwrap();
    let mail = folder.path().join("mail");
    std::fs::create_dir(&mail).unwrap();
    write_mailbox(&mail);
    let whole = folder.path().join("whole.db");
    let started = Instant::now();
    import(&whole, &mail);
    let duration = started.elapsed();
    let expected = doctor(&whole);
    assert_eq!(messages(&expected), u64::from(MAILS));
    let expected = line(&expected, "Digest").to_owned();

    // One import is killed at moments that are spread over its whole run; two at a time, since
    // a killed import mostly waits.
    let (failed, failures) = mpsc::channel();
    thread::scope(|scope| {
        for worker in 0..2 {
            let (failed, mail, expected) = (failed.clone(), &mail, &expected);
            let data = folder.path().join(format!("killed-{worker}.db"));
            scope.spawn(move || {
                let mut numbers = Numbers(u64::from(worker) + 11);
                for n in (worker..KILLS).step_by(2) {
                    let span = duration / KILLS;
                    let after = span * n + span * numbers.below(1000) / 1000;
                    if let Some(fault) = kill_once(&data, mail, after, expected) {
                        failed.send(format!("kill {n} after {after:?}: {fault}")).unwrap();
                    }
                }
            });
        }
    });
    drop(failed);
    let failures: Vec<String> = failures.iter().collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Kills one import, looks whether everything it spoke of is there, and imports again.
fn kill_once(data: &Path, mail: &Path, after: Duration, expected: &str) -> Option<String> {
    remove(data);
    let kept = import_killed(data, mail, after);
    // Killed before it had made the file, there is nothing to look into.
    let found = if data.exists() { messages(&doctor(data)) } else { 0 };
    if found < kept {
        return Some(format!("said that {kept} messages are kept, but {found} are"));
    }
    import(data, mail);
    let end = doctor(data);
    (line(&end, "Digest") != expected).then(|| format!("ended differently:\n{end}"))
}
