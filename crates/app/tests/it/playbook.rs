//! `inroad playbook`: files of one's own, good and broken.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn playbook(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.arg("--data").arg(folder.join("data.db")).arg("playbook").args(args);
    command.output().unwrap()
}

fn error(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_file_of_ones_own_is_begun_checked_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["new", "price_too_high"][..], &["new", "my_own"], &["check"], &["signs"]] {
        let done = playbook(folder.path(), args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let own = folder.path().join("playbook/price_too_high.toml");
    let text = fs::read_to_string(&own).unwrap().replace("too dear for them", "too dear by far");
    fs::write(&own, text).unwrap();
    let shown = playbook(folder.path(), &["show", "price_too_high"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("too dear by far"));
    assert!(error(&playbook(folder.path(), &["new", "my_own"])).contains("my_own.toml"));
}

#[test]
fn what_cannot_be_used_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("playbook");
    fs::create_dir(&own).unwrap();
    let check = |text: &[u8], part: &str| {
        fs::write(own.join("mine.toml"), text).unwrap();
        let told = error(&playbook(folder.path(), &["check"]));
        assert!(told.contains("mine.toml") && told.contains(part), "{told}");
    };
    let good = "cause = \"price_too_high\"\nname = \"x\"\nshare = 0.1\nadvice = \"wait\"\n\
                looks_like = \"y\"\n";
    check(format!("{good}colour = 3\n").as_bytes(), "line 6: unknown field `colour`");
    check(good.replace("price_too_high", "bad_luck").as_bytes(), "line 1: unknown variant");
    check(good.replace("cause = \"price_too_high\"\n", "").as_bytes(), "'cause' is missing");
    check(b"\xff\xfe", "could not be read");
    check(&vec![b'#'; 300 * 1024], "too large");
    assert!(error(&playbook(folder.path(), &["new", "../out"])).contains("small letters"));
    assert!(error(&playbook(folder.path(), &["show", "nothing"])).contains("mine.toml"));
}
