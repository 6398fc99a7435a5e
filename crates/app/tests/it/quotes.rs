//! Every fact quotes words that stand side by side in its mail, also where answers stand between
//! the lines of the mail that is answered.

use std::path::Path;

use crate::program::inroad;

const HEAD: &str = "From: Jana Kuehn <jana@lindner.example>\nTo: mo@seller.example\nSubject: Re: Offer\n\
    Date: Tue, 3 Mar 2026 09:00:00 +0100\nMessage-ID: <3@lindner.example>\n\n";

fn check(body: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mail = folder.path().join("mail.eml");
    std::fs::write(&mail, format!("{HEAD}{body}")).unwrap();
    let data = folder.path().join("none.db");
    let args = ["read", "--format", "json"].map(Path::new);
    let run = inroad(&data, &[&args[..], &[mail.as_path()]].concat());
    assert!(run.success, "{}", run.errors);
    let reading: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let text = folded(body);
    for fact in reading["facts"].as_array().unwrap() {
        let quote = fact["quote"].as_str().unwrap();
        assert!(text.contains(&folded(quote)), "{quote:?} does not stand in {body:?}");
    }
}

/// Quotes are compared with white space folded.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn quotes_stand_in_the_mail() {
    check("I am out of the office until 16 March.\n");
    check("I am out of the office\nuntil 16 March.\n");
    check("I am out of the office\n> Can we meet on Monday?\nuntil 16 March.\n");
    check(
        "Please write to Tom Wald\n> Who decides?\n(tom@lindner.example), I have left Lindner.\n",
    );
}
