//! What exports hold comes in, or is said to have been left out.

use crate::desk::Desk;

const CONTACTS: &str = "Record ID,First Name,Last Name,Email,Company Name,Contact owner\n\
     7,Jana,Kühn,jana@lindner.example,Lindner,Marta\n";
const DEALS: &str = "Record ID,Deal Name,Deal Stage,Create Date,Associated Company,\
     Associated Contact,Associated Contact IDs,Description\n\
     1,Warehouse,Proposal Sent,2026-03-01,Lindner,Jana Kühn,7,They want two doors\n";
const COMPANIES: &str = "Record ID,Company name,Company Domain Name,Phone Number,Industry\n\
     9,Lindner,lindner.example,+49 30 1,Steel\n";
const ACTIVITIES: &str = "Activity type,Subject,Notes,Due date,Deal,Organization\n\
     Call,Price,Asked for a rebate,2026-03-04,Warehouse,Lindner\n\
     Call,Lunch,Nothing,2026-03-05,Unknown deal,Nobody\n";

#[tokio::test]
async fn tables_are_joined_whatever_their_order() {
    let desk = Desk::new().await;
    let files = [("a_deals.csv", DEALS), ("b_companies.csv", COMPANIES), ("c.csv", CONTACTS)];
    let paths: Vec<_> = files.iter().map(|(name, text)| desk.write(name, text)).collect();
    let paths: Vec<_> = paths.iter().map(std::path::PathBuf::as_path).collect();
    let report = desk.import(&paths).await;
    let deal = desk.inroad.deals().await.unwrap()[0].deal.clone();
    assert_eq!(deal.people.len(), 1, "{deal:?} {report:?}");
    assert_eq!(deal.people[0].name.as_deref(), Some("Jana Kühn"));
    assert_eq!(deal.domain.as_deref(), Some("lindner.example"));
    assert_eq!(deal.notes[0].text, "They want two doors");
    assert_eq!((report.contacts, report.companies), (1, 1));
    assert!(report.issues.is_empty(), "{:?}", report.issues);
}

#[tokio::test]
async fn companies_that_came_earlier_tell_of_later_deals() {
    let desk = Desk::new().await;
    let report = desk.take("companies.csv", COMPANIES).await;
    assert_eq!((report.companies, report.company_doubles), (1, 0));
    let again = desk.take("companies.csv", COMPANIES).await;
    assert_eq!((again.companies, again.company_doubles), (0, 1));
    desk.take("deals.csv", DEALS).await;
    let deal = desk.inroad.deals().await.unwrap()[0].deal.clone();
    assert_eq!(deal.domain.as_deref(), Some("lindner.example"));
    assert_eq!(deal.industry.as_deref(), Some("Steel"));
}

#[tokio::test]
async fn namesakes_among_companies_give_a_deal_no_domain() {
    let desk = Desk::new().await;
    let other = COMPANIES.to_owned() + "10,Lindner,lindner.test,,\n";
    desk.take("companies.csv", &other).await;
    let report = desk.take("deals.csv", DEALS).await;
    let deal = desk.inroad.deals().await.unwrap()[0].deal.clone();
    assert_eq!(deal.domain, None);
    let said: Vec<String> = report.issues.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|issue| issue.contains("several domains")), "{said:?}");
}

#[tokio::test]
async fn the_own_firm_and_domains_of_providers_are_no_accounts() {
    let desk = Desk::new().await;
    desk.take("deals.json", r#"{"me": {"emails": ["marta@studio.example"]}, "deals": []}"#).await;
    let table = COMPANIES.to_owned() + "1,Our Studio,studio.example,,\n2,Ott,gmail.com,,\n";
    let report = desk.take("companies.csv", &table).await;
    assert_eq!(report.companies, 2, "{report:?}");
    let said: Vec<String> = report.issues.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|issue| issue.contains("mail provider: 1")), "{said:?}");
    assert!(said.iter().any(|issue| issue.contains("of your own: 1")), "{said:?}");
}

#[tokio::test]
async fn activities_become_notes_or_are_told() {
    let desk = Desk::new().await;
    desk.take("deals.csv", DEALS).await;
    let report = desk.take("activities.csv", ACTIVITIES).await;
    assert_eq!(report.notes, 1, "{report:?}");
    let notes = desk.inroad.deals().await.unwrap()[0].deal.notes.clone();
    assert!(notes.iter().any(|note| note.text.contains("Asked for a rebate")), "{notes:?}");
    let said: Vec<String> = report.issues.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|issue| issue.contains("no known deal")), "{said:?}");
    assert_eq!(desk.take("activities.csv", ACTIVITIES).await.notes, 0, "a note comes in once");
}

#[tokio::test]
async fn people_whose_address_is_not_known_are_told() {
    let desk = Desk::new().await;
    let report = desk.take("deals.csv", DEALS).await;
    let said: Vec<String> = report.issues.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|issue| issue.contains("address is not known")), "{said:?}");
    assert_eq!(desk.inroad.diagnose().await.unwrap().issues, report.issues, "kept at once");
}

#[tokio::test]
async fn files_of_no_use_are_counted() {
    let desk = Desk::new().await;
    for name in ["box/readme.bin", "box/logo.bin"] {
        desk.write(name, "\u{1}\u{2}\u{3}");
    }
    desk.write("box/new/letter.bin", "\u{1}\u{2}");
    let report = desk.import(&[&desk.folder.path().join("box")]).await;
    assert_eq!((report.files, report.messages), (0, 0), "a folder named new is no Maildir");
    assert!(report.issues[0].what.starts_with("3 files"), "{:?}", report.issues);
    std::fs::create_dir(desk.folder.path().join("empty")).unwrap();
    let report = desk.import(&[&desk.folder.path().join("empty")]).await;
    assert!(report.issues[0].what.contains("nothing to import"), "{:?}", report.issues);
}
