//! The server is told to stop: it answers what is under way, keeps what a job has done, and ends well.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use crate::sample::inroad;
use crate::serving::{Served, ask, escaped, rest};

fn mailbox(file: &Path, mails: u32) {
    let mut mailbox = String::new();
    for n in 0..mails {
        writeln!(
            mailbox,
            "From a@b.example Mon Mar  2 09:00:00 2026\nFrom: P <p{}@firm{}.example>\n\
             To: <me@studio.example>\nMessage-ID: <m{n}@studio.example>\nSubject: The offer {n}\n\
             Date: Mon, {} Mar 2026 09:{:02}:00 +0100\n\nShall we meet on Tuesday about it?\n",
            n % 12,
            n % 5,
            n % 28 + 1,
            n % 60,
        )
        .unwrap();
    }
    std::fs::write(file, mailbox).unwrap();
}

fn messages(data: &Path) -> u64 {
    let said = inroad(data, &["doctor"]);
    let line = said.lines().find(|line| line.ends_with(" messages")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn it_answers_what_is_under_way_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mail) = (folder.path().join("data.db"), folder.path().join("few.mbox"));
    mailbox(&mail, 3);
    inroad(&data, &["import", mail.to_str().unwrap()]);
    let mut served = Served::start(&data, &[]);
    let form = format!("form_key={}&path={}&do=import", served.form_key(), escaped("/nowhere"));
    let (head, form) = served.post("/import/path", &form);
    let (begun, left) = form.split_at(form.len() / 2);

    // Somebody is half through with what they send, and another says nothing at all.
    let silent = TcpStream::connect(&served.address).unwrap();
    let mut sender = TcpStream::connect(&served.address).unwrap();
    write!(sender, "{head}{begun}").unwrap();
    std::thread::sleep(Duration::from_millis(300));
    served.terminate();
    std::thread::sleep(Duration::from_millis(500));
    assert!(served.runs(), "it waits for what is under way");
    assert!(TcpStream::connect(&served.address).is_err(), "nobody else is let in");
    write!(sender, "{left}").unwrap();
    let answer = rest(&mut sender);
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("/nowhere"), "{answer}");
    let (status, errors) = served.ended();
    assert!(status.success(), "{status}: {errors}");
    drop(silent);
    // Everything is in the file itself.
    assert!(!folder.path().join("data.db-wal").exists());
    assert_eq!(messages(&data), 3);
}

#[test]
fn it_keeps_what_a_job_has_done() {
    const MAILS: u32 = 4000;
    let folder = tempfile::tempdir().unwrap();
    let [data, whole, few, mail] =
        ["data.db", "whole.db", "few.mbox", "many.mbox"].map(|name| folder.path().join(name));
    mailbox(&few, 1);
    mailbox(&mail, MAILS);
    inroad(&data, &["import", few.to_str().unwrap()]);
    let served = Served::start(&data, &[]);
    let path = escaped(mail.to_str().unwrap());
    let form = format!("form_key={}&path={path}&do=import", served.form_key());
    let (head, form) = served.post("/import/path", &form);
    let answer = ask(&served.address, &(head + &form));
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    std::thread::sleep(Duration::from_millis(400));
    served.terminate();
    let (status, errors) = served.ended();
    assert!(status.success(), "{status}: {errors}");
    let kept = messages(&data);
    println!("{kept} of {MAILS} were kept before it ended");
    assert!(kept >= 1, "{kept}");
    assert!(inroad(&data, &["doctor"]).contains("The data file is whole."));

    // Begun again, it goes on to where it would have come without being stopped.
    inroad(&data, &["import", mail.to_str().unwrap()]);
    inroad(&whole, &["import", mail.to_str().unwrap()]);
    assert_eq!(messages(&data), u64::from(MAILS));
    let digests = [&data, &whole].map(|data| {
        let counts = inroad(data, &["doctor"]);
        counts.lines().filter(|line| line.starts_with("   ")).collect::<String>()
    });
    assert_eq!(digests[0], digests[1]);
}
