//! The sample mailbox against what a person who knows its whole story would say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const FILES: [&str; 5] = ["mailbox.mbox", "calendar.ics", "contacts.vcf", "deals.json", "crm.csv"];

fn examples(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(file)
}

/// What the program prints; it must succeed.
pub(crate) fn inroad(data: &Path, args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_inroad"))
        .arg("--data")
        .arg(data)
        .args(args)
        .output()
        .unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Brings the sample in.
pub(crate) fn import(data: &Path) -> String {
    let paths: Vec<PathBuf> = FILES.iter().map(|file| examples(file)).collect();
    let mut args = vec!["import"];
    args.extend(paths.iter().map(|path| path.to_str().unwrap()));
    inroad(data, &args)
}

fn by_id(list: &Value) -> BTreeMap<&str, &Value> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| (item["id"].as_str().unwrap(), item)).collect()
}

fn is_one_of(value: &Value, right: &Value, also: &Value) -> bool {
    value == right || also.as_array().is_some_and(|also| also.contains(value))
}

/// Whether a fact says what another one does, in the fields that the other one has.
fn says(fact: &Value, wanted: &Value) -> bool {
    wanted.as_object().unwrap().iter().all(|(name, value)| fact[name] == *value)
}

#[test]
fn every_deal_stands_as_its_story_says() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sample.db");
    import(&data);
    let expected: Value =
        serde_json::from_slice(&std::fs::read(examples("expected.json")).unwrap()).unwrap();
    let as_of = expected["as_of"].as_str().unwrap();
    let review = inroad(&data, &["review", "--as-of", as_of, "--format", "json"]);
    let review: Value = serde_json::from_str(&review).unwrap();
    let deals = by_id(&review["deals"]);
    let wanted = by_id(&expected["deals"]);
    assert!(wanted.len() >= 10, "the sample has lost deals");
    let mut wrong = Vec::new();
    for (id, want) in wanted {
        let got = deals[id];
        for (what, also) in [("state", "also"), ("advice", "also_advice")] {
            if !is_one_of(&got[what], &want[what], &want[also]) {
                wrong.push(format!("{id}: {what} {} instead of {}", got[what], want[what]));
            }
        }
        let facts = got["facts"].as_array().unwrap();
        for never in want["never"].as_array().unwrap() {
            if facts.iter().any(|fact| says(fact, never)) {
                wrong.push(format!("{id}: states {never}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_second_import_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sample.db");
    import(&data);
    let digest = inroad(&data, &["doctor", "--digest"]);
    let again = import(&data);
    assert!(again.contains("Imported 0 messages, 380 known already."), "{again}");
    assert_eq!(inroad(&data, &["doctor", "--digest"]), digest);
}

#[test]
fn the_demonstration_fits_a_terminal_and_says_where_things_lie() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("own.db");
    let shown = inroad(&data, &["demo", "--no-serve"]);
    for line in shown.lines().filter(|line| !line.starts_with("The ")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for words in ["Review of Tuesday, 1 September 2026", "The data file:"] {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(!data.exists(), "the demonstration keeps out of the user's own data");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one.db"), folder.path().join("two.db"));
    let review = |data: &Path| {
        import(data);
        inroad(data, &["review", "--as-of", "2026-08-03", "--format", "json"])
    };
    assert_eq!(review(&one), review(&two));
}
