//! The program is killed at any moment: nothing that it said was kept is lost, and what is begun again ends
//! as if nothing had happened.

mod erase;
mod import;
mod send;
mod sync;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const MAILS: u32 = 160;
/// Few messages to a transaction, so that a small mailbox has many moments to be killed in.
const BATCH_MAILS: &str = "10";

/// A small generator of numbers (xorshift), so that a failure can be seen again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(bound)).unwrap()
    }
}

fn write_mailbox(folder: &Path) {
    const WORDS: [&str; 12] = [
        "offer",
        "warehouse",
        "price",
        "meeting",
        "Tuesday",
        "budget",
        "answer",
        "question",
        "project",
        "thanks",
        "decision",
        "Kühn",
    ];
    let mut numbers = Numbers(7);
    let mut mailboxes = [String::new(), String::new()];
    for n in 0..MAILS {
        let person = numbers.below(12);
        let (them, me) =
            (format!("person{person}@firm{}.example", person % 5), "me@studio.example");
        let sent = numbers.below(3) == 0;
        let (from, to) = if sent { (me, them.as_str()) } else { (them.as_str(), me) };
        let mut mail = format!(
            "From {from} Mon Mar  2 09:00:00 2026\nFrom: Name {person} <{from}>\nTo: <{to}>\n\
             Message-ID: <m{n}@studio.example>\nSubject: {}\n\
             Date: Mon, {} Mar 2026 09:{:02}:00 +0100\n",
            WORDS[numbers.below(12) as usize],
            n % 28 + 1,
            n % 60,
        );
        if n > 3 {
            let parent = numbers.below(n + 5);
            writeln!(mail, "In-Reply-To: <m{parent}@studio.example>").unwrap();
        }
        mail.push('\n');
        for _ in 0..numbers.below(60) + 5 {
            write!(mail, "{} ", WORDS[numbers.below(12) as usize]).unwrap();
        }
        mail.push_str("\n\n");
        // Some letters come from a list as well, before or after.
        let copy = mail.replacen("\n\n", "\nList-Post: <mailto:all@lists.example>\n\n", 1);
        let both = [copy, mail.clone()];
        let copies = match n % 9 {
            0 => both.concat(),
            1 => both.into_iter().rev().collect(),
            _ => mail,
        };
        mailboxes[usize::from(sent)].push_str(&copies);
    }
    std::fs::write(folder.join("Inbox.mbox"), &mailboxes[0]).unwrap();
    // The second one comes as Takeout sends it.
    let takeout = folder.join("takeout.zip");
    crate::packing::zip(
        &takeout,
        [("Takeout/Mail/Sent.mbox", [mailboxes[1].clone().into_bytes()])],
    );
}

fn inroad(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.arg("--data").arg(data).stdin(Stdio::null());
    command
}

fn start_import(data: &Path, mail: &Path) -> Child {
    inroad(data)
        .args(["import", "--batch-mails", BATCH_MAILS])
        .arg(mail)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Removes a data file with its logs.
fn remove(data: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = data.as_os_str().to_owned();
        name.push(suffix);
        drop(std::fs::remove_file(name));
    }
}

/// Lets an import run to its end.
fn import(data: &Path, mail: &Path) {
    let done = start_import(data, mail).wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// What the doctor says: a digest of everything that is kept, and whether the file is whole.
fn doctor(data: &Path) -> String {
    let out = inroad(data).arg("doctor").output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{text}{}", String::from_utf8_lossy(&out.stderr));
    text
}

/// The line of the doctor's answer that holds a word.
fn line<'t>(text: &'t str, word: &str) -> &'t str {
    text.lines().find(|line| line.contains(word)).unwrap_or("")
}

fn messages(text: &str) -> u64 {
    let number = line(text, " messages").trim().trim_end_matches(" messages");
    number.parse().unwrap_or(0)
}
