//! `inroad seller`: how one sells, from the command line.

use std::process::{Command, Output};

use serde_json::Value;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.says(&["me", "marta@studio.example", "--name", "Marta Sol"]);
        for (address, role) in [("tom@studio.example", "seller"), ("mo@studio.example", "manager")]
        {
            desk.says(&["team", "put", address, "--role", role, "--team", "North"]);
        }
        desk
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.folder.path().join("data.db")).args(args).output().unwrap()
    }

    fn says(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    fn refuses(&self, args: &[&str], expected: &str) {
        let done = self.run(args);
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success() && said.contains(expected), "{args:?}: {said}");
    }
}

#[test]
fn what_is_ones_own_and_what_others_may_see() {
    let desk = Desk::new();
    let tom = ["--as", "tom@studio.example"];
    let mo = ["--as", "mo@studio.example"];
    let with = |who: &[&'static str], args: &[&'static str]| [&["seller"], args, who].concat();
    let mine = desk.says(&["seller"]);
    for words in ["Seen", "not enough to say", "hunting.enjoys", "Nobody", "open_questions"] {
        assert!(mine.contains(words), "{words} is missing in:\n{mine}");
    }
    desk.says(&with(&tom, &["say", "money.price", "2"]));
    desk.says(&with(&tom, &["goal", "next_step"]));
    desk.says(&with(&tom, &["ask", "closing", "The last meeting"]));
    assert!(desk.says(&with(&mo, &["wanted"])).contains("tom@studio.example: a final meeting"));
    let show = with(&mo, &["show", "tom@studio.example"]);
    desk.refuses(&show, "gave you no leave");
    desk.refuses(&["seller", "show", "tom@studio.example"], "gave you no leave");
    desk.says(&with(&tom, &["leave", "mo@studio.example", "goals"]));
    let seen = desk.says(&show);
    assert!(seen.contains("Practice") && !seen.contains("money.price"), "{seen}");
    desk.says(&with(&mo, &["note", "tom@studio.example", "One ask, one day"]));
    let practice = desk.says(&with(&tom, &["goal", "--format", "json"]));
    let practice: Value = serde_json::from_str(&practice).unwrap();
    assert_eq!(practice["now"]["habit"]["name"], "next_step");
    assert_eq!(practice["now"]["notes"][0][3], "One ask, one day");
    let own = desk.says(&with(&tom, &["show", "--format", "json"]));
    let own: Value = serde_json::from_str(&own).unwrap();
    let leave = own["own"]["leaves"][0]["number"].to_string();
    desk.says(&["seller", "back", &leave, "--as", "tom@studio.example"]);
    desk.refuses(&show, "gave you no leave");
    desk.refuses(&with(&mo, &["show"]), "for those who sell");
    desk.refuses(&with(&tom, &["help", "Stock"]), "Only whose mailbox it is");
    desk.refuses(&with(&tom, &["wanted"]), "Only who answers for a team");
    desk.refuses(&["seller", "say", "money.price", "6"], "from 1");
    desk.refuses(&["seller", "goal", "heroism"], "There is no habit");
    desk.refuses(&["seller", "--as", "x@nowhere.example"], "does not work here");
}
