//! Erasing somebody that is killed at any moment has happened wholly or not at all, in the data file and in a
//! backup; done again, it ends as if nothing had happened, and no byte of them is left in any file.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{Numbers, doctor, import, inroad, messages, remove, write_mailbox};

const KILLS: u32 = 30;
const WHO: &str = "person7@firm2.example";

fn start_erasing(data: &Path, backup: &Path) -> Child {
    inroad(data)
        .args(["erase", WHO, "--yes", "--backups"])
        .arg(backup)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lets an erasing run to its end; how long it took.
fn erase(data: &Path, backup: &Path) -> Duration {
    let started = Instant::now();
    let done = start_erasing(data, backup).wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    started.elapsed()
}

/// What the doctor counts. The digest is left out: it knows how often somebody was erased.
fn counts(data: &Path) -> String {
    let text = doctor(data);
    let is_count = |line: &&str| !line.contains("Digest") && !line.contains("MB");
    text.lines().filter(is_count).flat_map(|line| [line, "\n"]).collect()
}

/// The files of a folder that hold the address.
fn files_that_tell(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tells = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(WHO.len()).any(|window| window == WHO.as_bytes())
    };
    files.filter(tells).collect()
}

#[test]
fn an_erasing_that_is_killed_is_whole_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mail = folder.path().join("mail");
    std::fs::create_dir(&mail).unwrap();
    write_mailbox(&mail);
    let whole = folder.path().join("whole.db");
    import(&whole, &mail);
    let before = counts(&whole);

    let place = folder.path().join("killed");
    std::fs::create_dir(&place).unwrap();
    let (data, backup) = (place.join("inroad.db"), place.join("backup.db"));
    let begin_anew = || {
        for file in [&data, &backup] {
            remove(file);
            std::fs::copy(&whole, file).unwrap();
        }
    };
    begin_anew();
    assert_eq!(files_that_tell(&place).len(), 2, "the address is there before");
    // The longest so far: a busy machine takes longer at one time than at another.
    let mut longest = erase(&data, &backup);
    let erased = counts(&data);
    let after = messages(&erased);
    assert!(after < messages(&before), "letters went");
    assert_eq!(files_that_tell(&place), Vec::<PathBuf>::new());

    let mut numbers = Numbers(5);
    let mut whole_or_nothing = [0, 0];
    for n in 0..KILLS {
        begin_anew();
        // The last moments lie behind its end, so that some are wholly erased.
        let span = longest * 5 / 4 / KILLS;
        let moment = span * n + span * numbers.below(1000) / 1000;
        let mut child = start_erasing(&data, &backup);
        thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        for file in [&data, &backup] {
            let is_erased = messages(&counts(file)) == after;
            whole_or_nothing[usize::from(is_erased)] += 1;
            let expected = if is_erased { &erased } else { &before };
            assert_eq!(&counts(file), expected, "kill {n} after {moment:?}: {}", file.display());
        }
        longest = longest.max(erase(&data, &backup));
        assert_eq!(counts(&data), erased, "kill {n} after {moment:?}");
        assert_eq!(counts(&backup), erased, "kill {n} after {moment:?}, in the backup");
        assert_eq!(files_that_tell(&place), Vec::<PathBuf>::new(), "kill {n} after {moment:?}");
    }
    assert!(whole_or_nothing.iter().all(|times| *times > 0), "{whole_or_nothing:?}");
}
