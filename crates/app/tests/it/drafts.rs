//! `inroad draft`, and what `inroad coach` says of it.

use std::path::Path;

use crate::program::{Outcome, inroad};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
  {"id": "d1", "name": "Warehouse", "people": [{"email": "jana@lindner.example", "name": "Jana Kuehn"}]}]}"#;

fn run(folder: &Path, args: &[&str]) -> Outcome {
    let args: Vec<&Path> = args.iter().map(Path::new).collect();
    inroad(&folder.join("data.db"), &args)
}

#[test]
fn a_draft_is_begun_with_blanks_that_the_coach_holds_up() {
    let folder = tempfile::tempdir().unwrap();
    let deals = folder.path().join("deals.json");
    std::fs::write(&deals, DEALS).unwrap();
    run(folder.path(), &["import", deals.to_str().unwrap()]);
    let jana = "jana@lindner.example";
    let begun = run(folder.path(), &["draft", "--person", jana, "--bare"]);
    assert!(begun.success && begun.out.contains("\n\nHello Jana,\n\n[fill in: "), "{begun:?}");
    let file = folder.path().join("draft.txt");
    std::fs::write(&file, &begun.out).unwrap();
    let args = ["coach", file.to_str().unwrap(), "--person", jana, "--fail-on", "block"];
    let read = run(folder.path(), &args);
    assert!(!read.success && read.out.contains("unfilled-field"), "{read:?}");
    let whole = run(folder.path(), &["draft", "--person", jana, "--channel", "voicemail"]);
    assert!(whole.out.contains("Ways to open (--opening N):"), "{whole:?}");
    assert!(whole.out.contains("The deal: Warehouse (your deals)"), "{whole:?}");
    let json = run(folder.path(), &["draft", "--person", jana, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["channel"], "email");
    assert_eq!(json["openings"].as_array().unwrap().len(), 1);
    let list = run(folder.path(), &["draft", "--person", jana, "--list"]);
    assert!(list.success, "{list:?}");
    run(folder.path(), &["do-not-contact", "add", jana, "--because", "She retired"]);
    let refused = run(folder.path(), &["draft", "--person", jana]);
    assert!(!refused.success && refused.errors.contains("is not to be contacted"), "{refused:?}");
}

/// The file that the chapter about the coach shows.
#[test]
fn rules_of_ones_own_are_written_as_the_manual_says() {
    let manual = include_str!("../../../../docs/coach.md");
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("coach");
    std::fs::create_dir(&own).unwrap();
    for (block, name) in manual.split("```toml\n").skip(1).zip(["mine.toml", "proofs.toml"]) {
        std::fs::write(own.join(name), block.split("```").next().unwrap()).unwrap();
    }
    let rules = run(folder.path(), &["coach", "rules"]);
    assert!(rules.success && rules.out.contains("(put to rest)"), "{rules:?}");
    let draft = folder.path().join("draft.txt");
    std::fs::write(&draft, "Hello Jana,\n\nTouching base again!").unwrap();
    let read = run(folder.path(), &["coach", draft.to_str().unwrap()]);
    assert!(read.out.contains("[just-checking-in]"), "{read:?}");
    assert!(!read.out.contains("[exclamation-marks]"), "{read:?}");
}
