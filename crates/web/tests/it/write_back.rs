//! Putting right what records say, and the leave to write it to an address book, on the pages.

use std::sync::Arc;

use inroad_model::{AddressBooks, Connection, ConnectionName, DavServer, Reads};
use inroad_service::{Passwords, ReadOnce, Stop};

use crate::address_book::{Book, FOLDER, Takes};
use crate::people::{check, done_and_undone, form, shows};
use crate::site::{DEALS, MAIL, Site};

const JANA: &str = "/people/jana@lindner.example";
const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jana Kühn\r\nEMAIL:jana@lindner.example\r\n\
    TITLE:Buyer\r\nTEL:+49 30 1\r\nEND:VCARD\r\n";

async fn read(site: &Site, passwords: &Passwords) {
    let how = ReadOnce { only: None, stop: Stop::default() };
    let reports = site.inroad.read_once(&how, passwords, &|_, _| ()).await.unwrap();
    assert!(reports.iter().all(|report| report.outcome.is_ok()), "{reports:?}");
}

#[tokio::test]
async fn a_record_is_put_right_and_undone() {
    let site =
        Site::start_with(&[("mail.mbox", MAIL), ("deals.json", DEALS), ("a.vcf", CARD)]).await;
    shows(
        &site,
        JANA,
        &["In your contacts", "title: Buyer", "no firm yet", "one more telephone number"],
        &[],
    )
    .await;
    let path = format!("{JANA}/record");
    done_and_undone(&site, &path, "of=title%3DBuyer&is=Head+%3Cof%3E", JANA, "Head &lt;of&gt;")
        .await;
    done_and_undone(&site, &path, "of=phone%3D&is=%2B49+30+77", JANA, "+49 30 77").await;
    for (fields, words) in [
        ("of=&is=x", "Choose what is to be put right"),
        ("of=title%3DSeller&is=x", "do not say “Seller”"),
        ("of=title%3DBuyer&is=", "Say what is so"),
    ] {
        let answer = site.send(&path, &[], &form(fields)).await;
        check(&answer, if fields.contains("Seller") { "409" } else { "422" }, words);
    }
}

#[tokio::test]
async fn another_title_is_taken_over_with_one_click() {
    let signed = "From jana@lindner.example Mon Jan  5 17:00:00 2026\nFrom: Jana <jana@lindner.example>\n\
        To: Ada Brandt <ada@brandt-advice.example>\nDate: Mon, 5 Jan 2026 17:00:00 +0100\n\
        Message-ID: <m9@lindner.example>\nSubject: Done\n\nDone.\n\n-- \nJana Kühn\nHead of Logistics\n\
        Lindner GmbH\nTel. +49 30 5550 1234\n\n";
    let mail = format!("{MAIL}{signed}");
    let site =
        Site::start_with(&[("mail.mbox", &mail), ("deals.json", DEALS), ("a.vcf", CARD)]).await;
    let offer = "Put right: “Head of Logistics”";
    shows(&site, JANA, &["To check", offer, "your records say “Buyer”"], &[]).await;
    shows(&site, "/care", &[offer], &[]).await;
    let fields = form("of=title%3DBuyer&is=Head+of+Logistics&next=/care");
    check(
        &site.send(&format!("{JANA}/record"), &[], &fields).await,
        "303",
        "location: /care?done=",
    );
    shows(&site, "/care", &[], &[offer]).await;
    shows(&site, JANA, &["Head of Logistics · "], &[offer]).await;
}

#[tokio::test]
async fn the_leave_is_given_shown_and_taken_back() {
    let mut book = Book::default();
    book.put("jana.vcf", CARD);
    let (stand_in, book) = book.served();
    let server = DavServer {
        address: format!("{}{FOLDER}", stand_in.url().trim_end_matches('/')),
        user: "ada".to_owned(),
        authority: None,
        only: Vec::new(),
    };
    let reads = Reads::Contacts(Box::new(AddressBooks { server, write_back: false }));
    let connection = Connection { name: ConnectionName::new("people <b>").unwrap(), reads };
    let site = Site::with_mailbox(&connection, "geheim").await;
    let phrase = Arc::new(|_is_new| Ok(Some("four plain words here".to_owned())));
    let passwords = Passwords::beside(site.inroad.path(), None, phrase);
    read(&site, &passwords).await;

    let page = site.see("/connections").await;
    for words in ["It is only read", "Write my changes there", "people &lt;b&gt;"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let path = "/connections/write-back";
    let refused = site.send(path, &[], "form_key=0&name=people+%3Cb%3E&leave=yes").await;
    check(&refused, "403", "");
    check(&site.send(path, &[], &form("name=nothing&leave=yes")).await, "404", "not connected");
    check(&site.send(path, &[], &form("name=people+%3Cb%3E&leave=yes")).await, "303", "");
    let page = site.see("/connections").await;
    let written = "Changes you decide on are written to this address book.";
    assert!(page.contains(written) && page.contains("Only read it"), "{page}");

    book.lock().unwrap().takes = Takes::Refuses(403);
    let decided = form("of=title%3DBuyer&is=Head");
    check(&site.send(&format!("{JANA}/record"), &[], &decided).await, "303", "done=");
    assert!(site.see("/connections").await.contains("One waits for the server"));
    read(&site, &passwords).await;
    let page = site.see("/connections").await;
    for words in ["Not written: Jana Kühn, title “Head” instead of “Buyer”", "What helps:"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    check(&site.send(path, &[], &form("name=people+%3Cb%3E&leave=no")).await, "303", "");
    let page = site.see("/connections").await;
    assert!(page.contains("It is only read") && !page.contains("Not written"), "{page}");
    assert_eq!(book.lock().unwrap().taken, 0);
}
