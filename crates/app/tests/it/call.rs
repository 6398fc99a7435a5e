//! `inroad call`: the call of the sample, formats, who is who, and a call kept as a note.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

struct Caller {
    folder: tempfile::TempDir,
}

impl Caller {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// What the program says, on both outputs, and whether it succeeds.
    fn run(&self, args: &[&str]) -> (bool, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        // Without a data file of its own, whatever lies in this folder is the user's.
        command.env("XDG_DATA_HOME", self.folder.path()).env_remove("INROAD_DATA");
        let done = command.args(args).stdin(Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.success(), text(done.stdout), text(done.stderr))
    }

    fn check(&self, args: &[&str], succeeds: bool, words: &[&str]) -> String {
        let (success, out, errors) = self.run(args);
        let said = out.clone() + &errors;
        assert_eq!(success, succeeds, "{args:?}: {said}");
        for words in words {
            assert!(said.contains(words), "{args:?} lacks {words}: {said}");
        }
        out
    }

    fn json(&self, args: &[&str]) -> Value {
        let args = [args, &["--format", "json"]].concat();
        serde_json::from_str(&self.check(&args, true, &[])).unwrap()
    }
}

fn sample() -> String {
    let examples: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    examples.join("call-2026-03-05.vtt").to_str().unwrap().to_owned()
}

#[test]
fn the_call_of_the_sample() {
    let caller = Caller::new();
    let call = caller.json(&["call", &sample(), "--me", "jonas"]);
    assert_eq!(
        (&call["kind"], &call["on"], &call["on_from"]),
        (&"webvtt".into(), &"2026-03-05".into(), &"file_name".into())
    );
    assert_eq!(
        (&call["confidence"], &call["issues"]),
        (&"usual".into(), &Value::Array(Vec::new()))
    );
    let speakers = call["speakers"].as_array().unwrap();
    let names: Vec<_> =
        speakers.iter().map(|speaker| (&speaker["name"], &speaker["ours"])).collect();
    assert_eq!(
        names,
        [(&"Jonas Hartmann".into(), &true.into()), (&"Rachel Thornbury".into(), &false.into())]
    );
    assert!(speakers.iter().all(|speaker| speaker["share_by"] == "time"));
    assert!(speakers[1]["share"].as_f64().unwrap() > 0.6);
    assert_eq!(speakers[0]["questions"]["open"], 2);
    assert_eq!(speakers[0]["questions"]["choice"], 1);
    let most = &call["longest_monologue"];
    assert_eq!((&most["speaker"], &most["start"]), (&"Rachel Thornbury".into(), &22.3.into()));
    assert!(
        most["seconds"].as_f64().unwrap() > 50.0
            && most["quote"].as_str().unwrap().starts_with("Right.")
    );
    let step = &call["next_step"];
    assert_eq!(step["on"], "2026-03-12");
    let commitments = call["commitments"].as_array().unwrap();
    let taken: Vec<_> =
        commitments.iter().map(|one| (one["ours"].as_bool().unwrap(), &one["on"])).collect();
    assert_eq!(taken[0], (true, &"2026-03-06".into()));
    assert!(taken.iter().any(|(ours, _)| !ours), "{commitments:?}");
    let cues = call["cues"].as_array().unwrap();
    let has = |cue: &str, start: &str| {
        cues.iter()
            .any(|one| one["cue"] == cue && one["quote"].as_str().unwrap().starts_with(start))
    };
    assert!(has("asks_price", "Roughly what would") && has("needs_approval", "Anything over"));
    assert!(cues.iter().all(|one| one["speaker"] == "Rachel Thornbury"));
}

#[test]
fn every_field_is_there_and_unknown_is_null() {
    let caller = Caller::new();
    let file = caller.file("a.txt", "Jonas: Bonjour.\nJana: Bonjour, Jonas.\n");
    let call = caller.json(&["call", &file, "--me", "Jonas"]);
    for name in ["longest_monologue", "speakers", "questions", "commitments", "cues", "issues"] {
        assert!(!call[name].is_null(), "{name}");
    }
    for name in
        ["next_step", "overlaps", "seconds", "language", "pause_after_our_questions_seconds"]
    {
        assert!(call.as_object().unwrap().contains_key(name) && call[name].is_null(), "{name}");
    }
    let jonas = &call["speakers"][0];
    assert_eq!((&jonas["share_by"], &jonas["share"]), (&"words".into(), &0.333.into()));
    assert!(jonas["seconds"].is_null() && jonas["fillers_per_100_words"].is_null());
    assert!(jonas["longest_turn"]["seconds"].is_null() && jonas["longest_turn"]["start"].is_null());
    assert_eq!(call["confidence"], "low");
    assert_eq!(
        (&call["on_from"], &call["longest_monologue"]["line"]),
        (&"today".into(), &2.into())
    );
    let again = caller.json(&["call", &file, "--me", "Jonas", "--on", "2026-03-05"]);
    assert_eq!((&again["on"], &again["on_from"]), (&"2026-03-05".into(), &"said".into()));
}

#[test]
fn the_table_fits_and_explains() {
    let caller = Caller::new();
    let words = [
        "Rachel Thornbury",
        "Share of the time",
        "asks what it costs",
        "Agreed as the next step",
        "12 March 2026",
    ];
    let shown = caller.check(&["call", &sample(), "--me", "Jonas"], true, &words);
    let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 80, "{widest}: {shown}");
    let hostile =
        caller.file("b.srt", "1\n00:00:01,000 --> 00:00:02,000\nA: \u{1b}[31mred\n\n2\nx --> y\n");
    let shown = caller.check(&["call", &hostile, "--me", "A"], true, &["Problem: line 6"]);
    assert!(!shown.contains('\u{1b}'));
}

#[test]
fn who_is_us_is_asked_where_nothing_tells() {
    let caller = Caller::new();
    let words = ["It is not known who of them is you", "There speak Jonas Hartmann, Rachel"];
    caller.check(&["call", &sample()], true, &words);
    let call = caller.json(&["call", &sample()]);
    assert!(call["speakers"][0]["ours"].is_null() && call["cues"].as_array().unwrap().is_empty());
    assert_eq!(
        (&call["next_step"]["on"], &call["issues"][0]["what"]),
        (&"2026-03-12".into(), &"It is not known who of them is you".into())
    );
    caller.check(&["call", &sample(), "--me", "Elin"], false, &["Nobody called 'Elin'"]);
    let unnamed = caller.file("c.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nand so on\n");
    caller.check(&["call", &unnamed], true, &["nobody named", "the file does not say who speaks"]);
    let mail = caller.file("d.eml", "From: a@b.example\nTo: c@d.example\nSubject: x\n\nHi\n");
    caller.check(&["call", &mail], false, &["is a mail; 'inroad read'"]);
    let note = caller.file("e.txt", "Only a note.\n");
    caller.check(&["call", &note], false, &["is no transcript. Nothing in the file is a turn"]);
    caller.check(&["call", "no-such.vtt"], false, &["no-such.vtt could not be read"]);
    caller.check(&["--data", "no-such.db", "call", &sample()], false, &["no data file no-such.db"]);
    caller.check(&["call", &sample(), "--me", "jonas", "--keep", "x"], false, &["no data file"]);
}

#[test]
fn a_call_is_kept_as_a_note_and_offers_plans() {
    let caller = Caller::new();
    let deals = r#"{"me": {"name": "Jonas Hartmann", "emails": ["jonas@hartmann-lindqvist.example"]}, "deals": [
        {"id": "d1", "name": "The 48 hours", "people": [{"email": "rachel@ashdown-pike.example"}]}]}"#;
    let deals = caller.file("deals.json", deals);
    let data = caller.folder.path().join("data.db").to_str().unwrap().to_owned();
    caller.check(&["--data", &data, "import", &deals], true, &[]);
    // Who is us is known from the data file.
    let words = [
        "Jonas Hartmann (you)",
        "inroad undo 1",
        "inroad plan 'hours' 2026-03-06 'I'\\''ll send you",
    ];
    caller.check(&["--data", &data, "call", &sample(), "--keep", "hours"], true, &words);
    caller.check(&["--data", &data, "history"], true, &["The 48 hours: a note"]);
    // A review reads it as it reads a letter.
    let review = caller.check(&["--data", &data, "review", "--format", "json"], true, &[]);
    assert!(
        review.contains("note:2026-03-05") && review.contains("Geoffrey to approve it."),
        "{review}"
    );
    caller.check(&["--data", &data, "undo"], true, &["Undone"]);
    // Beside JSON, what was kept is told on the other output.
    let args = ["--data", &data, "call", &sample(), "--keep", "hours"];
    let call = caller.json(&args);
    assert_eq!(call["kind"], "webvtt");
    caller.check(
        &["--data", &data, "call", &sample(), "--keep", "nothing"],
        false,
        &["No deal is called"],
    );
}

#[test]
fn private_words_stand_in_the_transcript_alone() {
    let caller = Caller::new();
    let deals = r#"{"me": {"name": "Jonas Hartmann", "emails": ["jonas@hartmann.example"]}, "deals": [
        {"id": "d1", "name": "Hall", "people": [{"email": "jana@firm.example"}]}]}"#;
    let deals = caller.file("deals.json", deals);
    let data = caller.folder.path().join("data.db").to_str().unwrap().to_owned();
    caller.check(&["--data", &data, "import", &deals], true, &[]);
    let said = "[00:00:01] Jonas: How is your mother after the surgery?\n\
                [00:02:36] Jana: I had a heart attack and my wife is not well.\n\
                [00:03:10] Jonas: I'll send flowers on Thursday for the funeral.\n\
                [00:04:00] Jana: I'll call you by Friday when the funeral of my father is over.\n";
    let file = caller.file("call-2026-03-10.txt", said);
    let call = ["--data", &data, "call", &file, "--me", "Jonas"];
    let private =
        ["mother", "surgery", "wife", "heart", "illness", "flowers", "funeral", "father", "family"];
    let lacks_private = |shown: &str| {
        for word in private {
            assert!(!shown.contains(word), "{word}: {shown}");
        }
    };
    let words = [
        "private, at 2:36",
        "tells something private",
        "inroad plan 'Hall' 2026-03-12 'What you took on in the call, at 3:10'",
        "inroad plan 'Hall' 2026-03-13 'Look whether it came: what was taken on in the call, at 4:00'",
    ];
    lacks_private(&caller.check(&[&call[..], &["--keep", "Hall"]].concat(), true, &words));
    for face in [&["review", "--format", "json"][..], &["deal", "d1"], &["history"]] {
        let shown = caller.check(&[&["--data", &data], face].concat(), true, &[]);
        lacks_private(&shown);
    }
    let json = caller.json(&call);
    assert_eq!(
        (&json["questions"][0]["quote"], &json["questions"][0]["line"]),
        (&"".into(), &1.into())
    );
    // Other programs are told what a sentence tells, and never in which words.
    let told =
        serde_json::to_string(&json).unwrap().replace("\"illness\"", "").replace("\"family\"", "");
    lacks_private(&told);
}
