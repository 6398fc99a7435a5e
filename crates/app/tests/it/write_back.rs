//! `inroad connect contacts --write-back` and `inroad record`: what a person decides on is written, told, and
//! written once also if the program is killed in between.

use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::address_book::{Book, FOLDER, Takes};

const CARD: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jana Kühn\r\nEMAIL:jana@lindner.example\r\n\
    TITLE:Buyer\r\nTEL:+49 30 1\r\nX-OTHER:stays\r\nEND:VCARD\r\n";

struct Seller {
    folder: tempfile::TempDir,
}

impl Seller {
    fn program(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("INROAD_PASSPHRASE", "four plain words here");
        command.args(["--data", "data.db"]).args(args);
        command
    }

    #[track_caller]
    fn check(&self, args: &[&str], succeeds: bool, words: &[&str]) {
        let Output { stdout, stderr, status } = self.program(args).output().unwrap();
        let said = String::from_utf8([stdout, stderr].concat()).unwrap();
        assert_eq!(status.success(), succeeds, "{args:?}: {said}");
        for words in words {
            assert!(said.contains(words), "{args:?} lacks {words}: {said}");
        }
    }
}

/// Ends a program as `kill -9` does.
fn kill(mut program: Child) {
    program.kill().unwrap();
    program.wait().unwrap();
}

#[test]
fn decided_written_killed_and_undone() {
    let seller = Seller { folder: tempfile::tempdir().unwrap() };
    std::fs::write(seller.folder.path().join("password"), "geheim\n").unwrap();
    let mut book = Book::default();
    book.put("jana.vcf", CARD);
    let (stand_in, book) = book.served();
    let address = format!("{}{FOLDER}", stand_in.url().trim_end_matches('/'));
    let connect = [
        "connect",
        "contacts",
        &address,
        "--user",
        "marta",
        "--name",
        "people",
        "--password-file",
        "password",
    ];
    let text = || book.lock().unwrap().text("jana.vcf");
    seller.check(&connect, true, &["people works", "It is only read"]);
    seller.check(&["sync"], true, &["people: 1 new or changed contact"]);
    seller.check(
        &["status"],
        true,
        &["It is only read: nothing that you decide on is written there"],
    );
    seller.check(
        &[&connect[..], &["--write-back"]].concat(),
        true,
        &["Changes you decide on are written"],
    );
    seller.check(&["status"], true, &["Changes you decide on are written to this address book"]);

    let jana = "jana@lindner.example";
    seller.check(&["record", jana, "title", "Buyer"], false, &["say so already"]);
    seller.check(
        &["record", jana, "title", "Head", "--instead", "CFO"],
        false,
        &["do not say “CFO”"],
    );
    seller.check(&["record", jana, "size", "Head"], false, &["write name, title, firm or phone"]);
    let decided = "title “Head of buying” instead of “Buyer”; to be written to people";
    seller.check(&["record", jana, "title", "Head of buying"], true, &[decided, "inroad undo 1"]);
    seller.check(&["status"], true, &["1 change waits for the server"]);
    seller.check(&["person", jana], true, &["Head of buying · +49 30 1"]);

    // The server takes the card, and the program is killed before it hears so.
    book.lock().unwrap().takes = Takes::NeverAnswers;
    let mut program = seller.program(&["sync"]);
    let program = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while book.lock().unwrap().taken == 0 {
        assert!(begun.elapsed() < Duration::from_mins(1), "nothing is written");
        std::thread::sleep(Duration::from_millis(20));
    }
    kill(program);
    assert_eq!(text(), CARD.replace("TITLE:Buyer", "TITLE:Head of buying"));
    book.lock().unwrap().takes = Takes::Well;
    seller.check(&["status"], true, &["1 change waits for the server"]);
    seller.check(&["sync"], true, &["people: nothing new"]);
    assert_eq!(book.lock().unwrap().taken, 1);
    seller.check(&["history"], true, &["Written to People: Jana Kühn, title “Head of buying”"]);

    seller.check(&["undo"], true, &["Undone: jana@lindner.example: title"]);
    seller.check(&["sync"], true, &["people: nothing new"]);
    assert_eq!((text(), book.lock().unwrap().taken), (CARD.to_owned(), 2));

    book.lock().unwrap().takes = Takes::Refuses(403);
    seller.check(&["record", jana, "phone", "+49 30 2"], true, &["telephone number “+49 30 2”"]);
    seller.check(&["sync"], true, &["people: nothing new"]);
    let told = ["not written: Jana Kühn", "does not let this address book be changed"];
    seller.check(&["status"], true, &told);
    // Without the leave nothing waits, and nothing is told.
    seller.check(&connect, true, &["It is only read"]);
    seller.check(&["status"], true, &["It is only read"]);
    book.lock().unwrap().takes = Takes::Well;
    seller.check(&["sync"], true, &["people: nothing new"]);
    assert_eq!(book.lock().unwrap().taken, 2);
}
