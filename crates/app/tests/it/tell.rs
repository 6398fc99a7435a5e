//! `inroad tell`: what no letter says, told, listed and taken back from the command line.

use std::process::{Command, Output, Stdio};

use serde_json::Value;

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
  {"id": "d1", "name": "Warehouse", "domain": "lindner.example",
   "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"},
              {"email": "bernd@lindner.example", "name": "Bernd Vogt"}]}]}"#;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let path = desk.folder.path().join("deals.json");
        std::fs::write(&path, DEALS).unwrap();
        desk.says(&["import", path.to_str().unwrap()]);
        desk
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.folder.path().join("data.db")).args(args);
        command.stdin(Stdio::null()).output().unwrap()
    }

    /// What the program prints, in one line; it must succeed.
    fn says(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    fn tells(&self, args: &[&str]) -> String {
        self.says(&[&["tell"], args].concat()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.says(&[&["tell"], args, &["--format", "json"]].concat()))
            .unwrap()
    }

    fn refuses(&self, args: &[&str]) -> String {
        let done = self.run(&[&["tell"], args].concat());
        assert!(!done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stdout));
        String::from_utf8(done.stderr).unwrap()
    }
}

fn check(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(words), "{words} is missing in:\n{text}");
    }
}

#[test]
fn what_is_told_is_noted_listed_and_taken_back() {
    let desk = Desk::new();
    let jana = "jana@lindner.example";
    check(&desk.tells(&["--list"]), &["You have told nothing of people yet"]);
    let noted = desk.tells(&[jana, "stance", "leans-for", "--because", "She said so at lunch"]);
    let shown = [
        "Noted as 1: jana@lindner.example leans for it.",
        "It counts in the review of Warehouse.",
        "inroad tell --undo 1",
    ];
    check(&noted, &shown);
    let noted = desk.tells(&[jana, "stance", "against"]);
    check(&noted, &["It takes the place of what you said on", "leans for it."]);
    let noted = desk.tells(&["Jana Kühn", "reports-to", "Bernd", "Vogt"]);
    check(&noted, &["jana@lindner.example reports to bernd@lindner.example"]);
    desk.tells(&["Bernd", "agenda", "wants", "his", "own", "shop"]);
    check(&desk.tells(&["--list"]), &["is against it", "reports to", "\"wants his own shop\""]);
    let list = desk.json(&["--list"]);
    let numbers: Vec<u64> =
        list.as_array().unwrap().iter().map(|told| told["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [2, 3, 4]);
    assert_eq!(list[1]["known"]["tie"]["kind"], "reports_to");
    check(&desk.tells(&["--undo"]), &["Taken back: bernd@lindner.example wants"]);
    let back = desk.tells(&["--undo", "2"]);
    check(&back, &["jana@lindner.example is against it.", "holds again", "leans for it."]);
    let list = desk.json(&["--list"]);
    assert_eq!(list[0]["because"], "She said so at lunch");
    assert_eq!(list.as_array().unwrap().len(), 2);
    let told = desk.json(&["Bernd", "veto", "yes"]);
    assert_eq!((&told["number"], &told["deals"][0]), (&Value::from(5), &Value::from("Warehouse")));
    assert_eq!(told["known"]["person"]["is"]["veto"], true);
    assert_eq!(desk.json(&["--undo"])["number"], 5);
    check(&desk.says(&["doctor"]), &["insights"]);
}

#[test]
fn what_cannot_be_told_is_refused_with_the_way_out() {
    let desk = Desk::new();
    let jana = "jana@lindner.example";
    for (args, words) in [
        (&[jana, "stance", "much"][..], "write for, leans-for, open, leans-against or against"),
        (&[jana, "fear", "for"], "write none, little, some, much or most"),
        (&[jana, "veto", "perhaps"], "write yes or no"),
        (&[jana, "stance"], "<VALUE>"),
        (&[jana, "mood", "good"], "reports-to"),
        (&[jana, "trusts", jana], "a tie is between two people"),
        (&[jana, "trusts", "bernt@lindner.example"], "Did you mean bernd@lindner.example?"),
        (&["Zoe", "veto", "yes"], "Nobody was seen who is called 'Zoe'"),
        (&["marta@studio.example", "veto", "yes"], "of your own house"),
        (&["--undo"], "There is nothing to take back"),
        (&["--undo", "7"], "Nothing was told as 7"),
        (&["--undo", "0"], "write the number that 'inroad tell --list' shows"),
        (&["--list", "--undo"], "cannot be used with"),
        (&[], "required"),
    ] {
        check(&desk.refuses(args), &[words]);
    }
    check(&desk.tells(&["--help"]), &["Examples:", "leans-for", "--undo 3"]);
}

#[test]
fn whom_the_user_leaves_alone_and_how_they_are_tagged() {
    let desk = Desk::new();
    let (jana, because) = ("jana@lindner.example", "She retired");
    check(
        &desk.says(&["do-not-contact", "add", jana, "--because", because]),
        &["to be left alone"],
    );
    check(&desk.says(&["tag", "Bernd Vogt", "Champion"]), &["tagged champion"]);
    check(&desk.says(&["tag", "lindner.example", "client"]), &["lindner.example: tagged client"]);
    check(&desk.says(&["do-not-contact", "remove", jana]), &["Taken back"]);
    for (args, words) in [
        (&["do-not-contact", "remove", jana][..], "stands"),
        (&["do-not-contact", "add", "gmail.com", "--because", "x"], "mail provider"),
        (&["do-not-contact", "add", jana], "--because"),
        (&["tag", jana, "client", "--remove"], "no such tag"),
    ] {
        let done = desk.run(args);
        assert!(!done.status.success(), "{args:?}");
        check(&String::from_utf8_lossy(&done.stderr), &[words]);
    }
}
