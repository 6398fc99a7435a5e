//! `inroad team`: who works here, from the command line.

use std::path::Path;
use std::process::Command;

fn run(data: &Path, args: &[&str], succeeds: bool) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_inroad"))
        .arg("--data")
        .arg(data)
        .args(args)
        .output()
        .unwrap();
    assert_eq!(done.status.success(), succeeds, "{args:?}");
    String::from_utf8(if succeeds { done.stdout } else { done.stderr }).unwrap()
}

#[test]
fn somebody_is_named_has_a_link_and_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    assert!(run(&data, &["team"], true).starts_with("Nobody else works here."));
    let tom = ["team", "put", "tom@studio.example", "--name", "Tom", "--role", "seller"];
    run(&data, &[&tom[..], &["--role", "manager", "--team", "North"]].concat(), true);
    let listed = "Tom <tom@studio.example>: seller, manager · North\n";
    assert_eq!(run(&data, &["team"], true), listed);
    let refused = run(&data, &[&tom[..], &["--role", "provider", "--team", "X"]].concat(), false);
    assert!(refused.contains("does nothing else here"), "{refused}");
    let link = run(&data, &["team", "link", "tom@studio.example"], true);
    let key = link.trim().rsplit_once("key=").unwrap().1;
    assert!(key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit()), "{link}");
    run(&data, &["team", "leave", "tom@studio.example"], true);
    assert!(run(&data, &["team", "leave", "tom@studio.example"], false).contains("not work here"));
    run(&data, &["undo"], true);
    assert_eq!(run(&data, &["team"], true), listed);
}
