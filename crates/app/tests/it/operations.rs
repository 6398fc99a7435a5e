//! What a server tells whoever runs it: a log and metrics of a whole day's work, in which nobody is named.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::sample;
use crate::serving::{Served, ask, escaped};

/// Pages of the sample, with what a person might type into them.
const PAGES: [&str; 14] = [
    "/",
    "/deals",
    "/people",
    "/people?q=Ridgeline",
    "/people/megan.alvarado%40ridgeline-compressor.example",
    "/search?q=Ridgeline+budget",
    "/search/suggest?q=ridg",
    "/today",
    "/targets",
    "/connections",
    "/settings",
    "/help/privacy",
    "/news/../nowhere/ridgeline",
    "/deals/nothing-of-that-name",
];

/// All that may stand in a line of the log, but for numbers, times and routes.
const WORDS: [&str; 20] = [
    "INFO",
    "ERROR",
    "DEBUG",
    "inroad::requests",
    "inroad::jobs",
    "inroad::serving",
    "inroad::reading",
    "GET",
    "POST",
    "none",
    "answered",
    "begun",
    "ended",
    "import",
    "look",
    "starting",
    "asked to stop",
    "all under way is answered",
    "stopped",
    "not_found",
];

/// Imports the sample by a page, opens pages, and stops; gives the log and the metrics.
fn a_day(folder: &Path, form: &str) -> (String, String) {
    let data = folder.join("data.db");
    sample::import(&data);
    let args = ["--log", form, "--log-level", "debug", "--metrics", "127.0.0.1:0"];
    let served = Served::start(&data, &args);
    for page in PAGES {
        served.see(page);
    }
    let mailbox = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mailbox.mbox");
    for (path, chosen) in
        [(mailbox.as_path(), "look"), (&mailbox, "import"), (Path::new("/nowhere/megan"), "import")]
    {
        let path = escaped(path.to_str().unwrap());
        let form = format!("form_key={}&path={path}&do={chosen}", served.form_key());
        let (head, form) = served.post("/import/path", &form);
        ask(&served.address, &(head + &form));
    }
    let done = r#"inroad_jobs{state="done"} 2"#;
    let metrics = loop {
        let told = served.see("/metrics");
        if told.lines().any(|line| line == done) {
            break told;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    served.terminate();
    let (status, log) = served.ended();
    assert!(status.success(), "{log}");
    (log, metrics)
}

/// What nobody may read in a log: addresses, their halves, names, and the words of subjects and letters.
fn words_of_the_sample() -> BTreeSet<String> {
    let mailbox = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mailbox.mbox");
    let text = std::fs::read_to_string(mailbox).unwrap();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    let words = words.filter(|word| word.chars().any(char::is_alphabetic));
    let words: BTreeSet<String> = words.map(str::to_lowercase).collect();
    assert!(words.len() > 1000, "{}", words.len());
    words
}

#[test]
fn a_log_of_a_whole_run_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (log, metrics) = a_day(folder.path(), "json");
    let lines: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(lines.len() > PAGES.len(), "{log}");
    let mut routes = BTreeSet::new();
    for line in &lines {
        for (key, value) in line.as_object().unwrap() {
            match (key.as_str(), value) {
                ("timestamp" | "version", Value::String(_))
                | (_, Value::Number(_) | Value::Bool(_)) => {}
                ("route", Value::String(route)) => {
                    routes.insert(route.clone());
                }
                (_, Value::String(word)) => {
                    assert!(WORDS.contains(&word.as_str()), "{key}: {word}\n{line}");
                }
                _ => panic!("{line}"),
            }
        }
    }
    // A route is what stands in the source, not what was asked for.
    assert!(routes.contains("/people/{email}") && routes.contains("none"), "{routes:?}");
    let jobs: Vec<&Value> = lines
        .iter()
        .filter(|line| line["target"] == "inroad::jobs" && line["message"] == "ended")
        .collect();
    assert_eq!(jobs.len(), 2, "{log}");
    assert!(jobs[1]["doubles"].as_u64().unwrap() > 100, "{log}");
    assert_eq!(lines.last().unwrap()["message"], "stopped", "{log}");

    // No word of a letter, but those that our own words and routes are made of.
    let ours: BTreeSet<String> = WORDS
        .iter()
        .map(|word| (*word).to_owned())
        .chain(routes)
        .chain(lines.iter().flat_map(|line| line.as_object().unwrap().keys().cloned()))
        .flat_map(|text| {
            text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<Vec<_>>()
        })
        .collect();
    let of_letters = words_of_the_sample();
    for (name, text) in [("log", &log), ("metrics", &metrics)] {
        let found: BTreeSet<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase)
            .filter(|word| of_letters.contains(word) && !ours.contains(word))
            .collect();
        for word in ["ridgeline", "megan", "alvarado", "compressor", "budget", "nowhere"] {
            assert!(!found.contains(word) && !text.to_lowercase().contains(word), "{name}: {word}");
        }
        // The metrics explain themselves in words that letters use, too.
        assert!(name == "metrics" || found.is_empty(), "{found:?}");
    }
}

#[test]
fn a_log_in_words_is_as_discreet() {
    let folder = tempfile::tempdir().unwrap();
    let (log, _) = a_day(folder.path(), "text");
    assert!(log.contains("INFO inroad::requests: answered method=\"GET\""), "{log}");
    assert!(!log.contains('\u{1b}'), "{log}");
    let log = log.to_lowercase();
    for word in ["ridgeline", "megan", "alvarado", "budget", "nowhere", "key=", "q="] {
        assert!(!log.contains(word), "{word}");
    }
}

#[test]
fn without_a_wish_nothing_is_logged_and_a_taken_address_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    sample::import(&data);
    let served = Served::start(&data, &[]);
    served.see("/");
    served.terminate();
    let (status, log) = served.ended();
    assert!(status.success() && log.is_empty(), "{log}");

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let args = ["--data", data.to_str().unwrap(), "serve", "--port", "0", "--metrics", &address];
    let done =
        std::process::Command::new(env!("CARGO_BIN_EXE_inroad")).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains(&format!("--metrics {address}")), "{said}");
}
