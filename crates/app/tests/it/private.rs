//! No face shows the words of a private sentence: of an illness, a birth, a death, a family.

use std::path::Path;
use std::process::{Command, Stdio};

/// What somebody wrote, the words of it that nobody else need read, and what may stay.
const LETTERS: &[(&str, &[&str], &str)] = &[
    (
        "Bandscheibe, operiert, bin bis 5. Mai nicht im Büro.",
        &["Bandscheibe", "operiert"],
        "bin bis 5. Mai nicht im Büro",
    ),
    ("Jana is off sick until 5 May with her back.", &["sick", "her back"], "until 5 May"),
    (
        "I am in hospital for an operation and will be back on 4 May.",
        &["hospital", "operation"],
        "will be back on 4 May",
    ),
    ("My father died last week, please give me some time.", &["father", "died"], "last week"),
    ("Unsere Tochter ist im Krankenhaus, ich melde mich.", &["Tochter", "Krankenhaus"], ""),
    ("Meine Frau hat Krebs, ich kann gerade an nichts anderes denken.", &["Frau", "Krebs"], ""),
    ("Ich bin krank und liege mit Fieber im Bett.", &["krank", "Fieber"], ""),
    ("We had a baby on Sunday, so I am on parental leave.", &["baby", "parental"], ""),
    ("Frau Wolf hatte einen Herzinfarkt.", &["Herzinfarkt"], ""),
    ("Sorry, I had a miscarriage and am not myself.", &["miscarriage", "myself"], ""),
    ("Je suis en arrêt maladie jusqu'au 5 mai.", &["arrêt", "maladie"], "jusqu'au 5 mai"),
    ("Ik ben ziek en lig in het ziekenhuis.", &["ziek", "ziekenhuis"], ""),
];

fn mail() -> String {
    let letters = LETTERS.iter().enumerate().flat_map(|(n, (sentence, ..))| {
        let (me, them) = ("ada@brandt-advice.example", format!("jana@firm{n}.example"));
        let letter = move |(at, ours, text): (u32, bool, &str)| {
            let (from, to) = if ours { (me, &*them) } else { (&*them, me) };
            format!(
                "From x Mon Apr  6 09:00:00 2026\nFrom: {from}\nTo: {to}\nSubject: Proposal\n\
                 Message-ID: <{n}.{at}@mail.example>\nDate: {at} Apr 2026 09:00:00 +0200\n\
                 Content-Type: text/plain; charset=utf-8\n\nHello,\n\n{text}\n\n"
            )
        };
        [
            (1, true, "How does the proposal look to you?"),
            (2, false, "It looks good. I shall come back to you."),
            (6, true, "Shall we talk this week?"),
            (7, false, sentence),
            (20, true, "Is there any news?"),
        ]
        .map(letter)
    });
    letters.collect()
}

fn deals() -> String {
    let deal = |n: usize| {
        format!(
            "{{\"id\": \"d{n}\", \"name\": \"Deal {n}\", \"domain\": \"firm{n}.example\", \"people\": \
             [{{\"email\": \"jana@firm{n}.example\", \"name\": \"Jana Wolf\"}}]}}"
        )
    };
    let deals: Vec<String> = (0..LETTERS.len()).map(deal).collect();
    format!(
        "{{\"me\": {{\"name\": \"Ada\", \"emails\": [\"ada@brandt-advice.example\"]}}, \"deals\": [{}]}}",
        deals.join(",")
    )
}

fn says(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.current_dir(folder).args(["--data", "data.db"]).args(args).stdin(Stdio::null());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn is_discreet(face: &[&str], shown: &str) {
    let folded = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for (sentence, words, _) in LETTERS {
        assert!(!folded.contains(sentence), "{face:?} shows {sentence:?}");
        for word in *words {
            let whole =
                |found: &str| found.split(|c: char| !c.is_alphanumeric()).any(|w| w == *word);
            let there = if word.contains(' ') { folded.contains(word) } else { whole(&folded) };
            assert!(!there, "{face:?} shows {word:?} of {sentence:?}");
        }
    }
}

#[test]
fn no_face_shows_private_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mail.mbox"), mail()).unwrap();
    std::fs::write(folder.path().join("deals.json"), deals()).unwrap();
    says(folder.path(), &["import", "mail.mbox", "deals.json"]);
    let files = ["review", "--mail", "mail.mbox", "--deals", "deals.json", "--as-of", "2026-04-29"];
    let json = says(folder.path(), &[&files[..], &["--format", "json"]].concat());
    for format in ["table", "json", "html", "md"] {
        let face = [&files[..], &["--format", format]].concat();
        is_discreet(&face, &says(folder.path(), &face));
    }
    let names: Vec<String> = (0..LETTERS.len()).map(|n| format!("d{n}")).collect();
    for name in &names {
        for format in ["table", "json", "html", "md"] {
            let face = ["deal", name, "--as-of", "2026-04-29", "--format", format];
            is_discreet(&face, &says(folder.path(), &face));
        }
    }
    for n in 0..LETTERS.len() {
        let email = format!("jana@firm{n}.example");
        for format in ["table", "json"] {
            let face = ["person", &email, "--as-of", "2026-04-29", "--format", format];
            is_discreet(&face, &says(folder.path(), &face));
        }
    }
    for typed in LETTERS.iter().flat_map(|(_, words, _)| *words).chain(&["Proposal", "bis", "I*"]) {
        for format in ["table", "json"] {
            let face = ["search", typed, "--format", format];
            let shown = says(folder.path(), &face);
            assert!(shown.contains("Proposal"), "{typed} is found: {shown}");
            is_discreet(&face, &shown);
        }
    }
    what_may_stay_stands_there(&serde_json::from_str(&json).unwrap());
}

/// The days stay, as they stand in the letter, and every private letter can be found.
fn what_may_stay_stands_there(review: &serde_json::Value) {
    let mut noticed = 0;
    for (n, (sentence, _, stays)) in LETTERS.iter().enumerate() {
        let mut deals = review["deals"].as_array().unwrap().iter();
        let deal = deals.find(|deal| deal["id"] == format!("d{n}")).unwrap().to_string();
        assert!(deal.contains(&format!("<{n}.7@mail.example>")), "{sentence}: {deal}");
        noticed += usize::from(deal.contains("something private"));
        if !stays.is_empty() {
            assert!(deal.contains(stays), "{sentence} lacks {stays}: {deal}");
        }
    }
    assert!(noticed >= 10, "discretion must not hide that there is a reason: {noticed}");
}
