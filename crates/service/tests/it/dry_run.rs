//! What a dry run says is what the import that follows does.

use std::path::Path;

use inroad_service::ImportReport;

use crate::desk::Desk;
use crate::letters::{mbox, usual};

/// The figures of a report that a dry run promises.
fn promised(report: ImportReport) -> ImportReport {
    // Who the user is and what to propose follows from what is kept, not from what comes in.
    ImportReport { owner: None, deals_proposed: 0, ..report }
}

/// Rehearses, imports, and does both again; returns what the first import did.
async fn check(desk: &Desk, paths: &[&Path]) -> ImportReport {
    let before = desk.inroad.diagnose().await.unwrap().digest;
    let rehearsed = desk.rehearse(paths).await;
    assert_eq!(desk.inroad.diagnose().await.unwrap().digest, before, "nothing is kept");
    let done = desk.import(paths).await;
    assert_eq!(promised(rehearsed), promised(done.clone()));
    let rehearsed = desk.rehearse(paths).await;
    let again = desk.import(paths).await;
    assert_eq!((again.messages, again.events, again.contacts, again.deals), (0, 0, 0, 0));
    assert_eq!(again.companies, 0);
    assert_eq!(promised(rehearsed), promised(again));
    done
}

const EVENT: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:m1\r\nDTSTAMP:20260301T090000Z\r\n\
    DTSTART:20260401T090000Z\r\nSUMMARY:Board\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
const CARD: &str =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jana Kühn\r\nEMAIL:jana@lindner.example\r\nEND:VCARD\r\n";
const TYPED: &str = r#"{"me": {"emails": ["marta@studio.example"]},
    "deals": [{"id": "w", "name": "Warehouse", "organization": "Lindner"}]}"#;
const DEALS: &str = "Record ID,Deal Name,Deal Stage,Create Date,Associated Company\n\
    1,Warehouse,Proposal Sent,2026-03-01,Lindner\n2,Press,Lead,2026-03-01,Acme\n";
const COMPANIES: &str = "Record ID,Company name,Company Domain Name,Industry\n\
    9,Lindner,lindner.example,Steel\n8,Ott,gmail.com,\n";
const ACTIVITIES: &str = "Activity type,Subject,Notes,Due date,Deal,Organization\n\
    Call,Price,Asked for a rebate,2026-03-04,Warehouse,Lindner\n";

#[tokio::test]
async fn doubles_between_the_files_of_one_run_are_counted() {
    let desk = Desk::new().await;
    let moved = EVENT.replace("20260401", "20260408").replace("20260301", "20260302");
    for (name, content) in [
        ("in/a.ics", EVENT),
        ("in/b.ics", EVENT),
        ("in/c.ics", moved.as_str()),
        ("in/a.vcf", CARD),
        ("in/b.vcf", CARD),
        ("in/deals.json", TYPED),
        ("in/hubspot.csv", DEALS),
        ("in/hubspot-again.csv", DEALS),
        ("in/activities.csv", ACTIVITIES),
        ("in/companies.csv", COMPANIES),
        ("in/companies-again.csv", COMPANIES),
        ("in/a.mbox", &mbox(&usual())),
        ("in/b.mbox", &mbox(&usual()[3..])),
    ] {
        desk.write(name, content);
    }
    let done = check(&desk, &[&desk.folder.path().join("in")]).await;
    assert_eq!((done.deals, done.deal_doubles, done.notes), (2, 3, 1));
    assert_eq!((done.events, done.event_doubles), (2, 1));
    assert_eq!((done.contacts, done.contact_doubles), (1, 1));
    assert_eq!((done.companies, done.company_doubles), (2, 2));
}

#[tokio::test]
async fn the_sample_comes_in_as_it_was_rehearsed() {
    let desk = Desk::new().await;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let done = check(&desk, &[&examples]).await;
    assert!(done.deals > 0 && done.deal_doubles > 0, "{done:?}");
}
