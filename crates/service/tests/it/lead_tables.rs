//! Leads out of tables, long lists of them, and what a mailbox tells of one.

use inroad_leads::{LeadEvent, To, Waits, Who};
use inroad_service::{ImportAsked, LeadWhich, LeadsAsked};

use crate::desk::Desk;
use crate::leads::{House, at, lead, team};
use crate::letters::{JANA, ME, letter};

#[tokio::test]
async fn a_table_is_imported_again_without_doubles() {
    let house = House::new().await;
    let inroad = &house.inroad;
    house.agree().await;
    let table = "Name,Email,Phone,Company,Lead Source,Campaign,need,A time\n\
                 Jana,jana@lindner.example,,Lindner,Fair,Spring,yes,next year\n\
                 Omar,omar@acme.example,,Acme,,Spring,no,\n\
                 Nobody,,,,Fair,,,\n";
    let mia = house.who("mia").await;
    let to = To::Team(team("North"));
    let asked = ImportAsked { to: Some(&to), source: "Web form", dry_run: true };
    let real = ImportAsked { dry_run: false, ..asked };
    let import = async |asked: &ImportAsked<'_>, table: &str, on: &str| {
        inroad.import_leads(&mia, table.as_bytes(), asked, at(on)).await.unwrap()
    };
    let dry = import(&asked, table, "02T10:00").await;
    assert_eq!((dry.added, dry.known, dry.issues.len()), (2, 0, 1), "{:?}", dry.issues);
    assert!(dry.issues[0].to_string().contains("line 4"), "{}", dry.issues[0]);
    let done = import(&real, table, "02T10:00").await;
    assert_eq!((done.added, done.known), (2, 0));
    let longer = format!("{table}Rik,rik@quiet.example,,Quiet,Fair,,,\n");
    let again = import(&real, &longer, "02T10:00").await;
    assert_eq!((again.added, again.known), (1, 2));
    let list = inroad.leads(&mia, &LeadsAsked::default(), 1, at("02T10:00")).await.unwrap();
    assert_eq!(list.sources, ["Fair", "Web form"]);
    let jana = list.rows.iter().find(|row| row.label == "Jana").unwrap().number;
    let page = inroad.lead(&mia, jana, at("02T10:00")).await.unwrap();
    assert_eq!(page.lead.hand_over.answers["time"].words, "next year");
    // Taken back as a whole, and taken again.
    inroad.undo_of(&mia, done.deed.unwrap(), at("02T11:00")).await.unwrap();
    let third = import(&real, table, "02T12:00").await;
    assert_eq!((third.added, third.known), (2, 0));
}

#[tokio::test]
async fn a_list_of_nothing_and_of_many() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let mia = house.who("mia").await;
    let all = LeadsAsked::default();
    assert_eq!(inroad.leads(&mia, &all, 1, at("02T10:00")).await.unwrap().count, 0);
    let rows: Vec<String> = (0..2500)
        .map(|n| {
            format!(
                "P{n},p{n}@firm{n}.example,Firm {n},{}\n",
                if n % 2 == 0 { "Fair" } else { "Form" }
            )
        })
        .collect();
    let table = format!("Name,Email,Company,Lead Source\n{}", rows.concat());
    let to = To::Team(team("South"));
    let asked = ImportAsked { to: Some(&to), source: "", dry_run: false };
    inroad.import_leads(&mia, table.as_bytes(), &asked, at("02T10:00")).await.unwrap();
    let list = inroad.leads(&mia, &all, 25, at("05T10:00")).await.unwrap();
    assert_eq!((list.rows.len(), list.count, list.overdue), (100, 2500, 2500));
    let found = LeadsAsked { words: "p77 firm".into(), source: "Form".into(), ..all.clone() };
    let found = inroad.leads(&mia, &found, 1, at("05T10:00")).await.unwrap();
    assert_eq!(found.count, 6, "P77, and P770 to P779 with an odd number");
    let tom = house.who("tom").await;
    assert_eq!(inroad.leads(&tom, &all, 1, at("05T10:00")).await.unwrap().count, 0);
    let sam = house.who("sam").await;
    let mine = LeadsAsked { which: LeadWhich::Mine, ..all };
    assert_eq!(inroad.leads(&sam, &mine, 1, at("05T10:00")).await.unwrap().count, 2500);
}

#[tokio::test]
async fn a_mailbox_tells_times_counts_and_rules_and_no_word() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    inroad.set_seller(None, vec![ME.parse().unwrap()]).await.unwrap();
    let before = letter(ME, JANA, 1, "Before it was a lead.");
    let pushing =
        "This offer ends today. Act now!! You will regret it, I have written to you three times.";
    desk.take_letters(&[before, letter(ME, JANA, 3, pushing)]).await;
    let owner = inroad.owner().await.unwrap();
    let mut new = lead("Jana");
    new.to = Some(To::Person(Who::Own));
    let number = inroad.hand_over_lead(&owner, new, at("02T10:00")).await.unwrap().what;
    inroad.act_on_lead(&owner, number, None, LeadEvent::Accepted, at("02T11:00")).await.unwrap();
    let waits = inroad.lead(&owner, number, at("02T12:00")).await.unwrap();
    assert_eq!(waits.row.due.unwrap().waits, Waits::ForFirstTouch);
    assert!(waits.treatment.unwrap().touched.is_none());
    let page = inroad.lead(&owner, number, at("04T09:00")).await.unwrap();
    let treatment = page.treatment.as_ref().unwrap();
    let touched = treatment.touched.unwrap();
    assert!(touched.is_seen && (touched.hours - 6.0).abs() < 1e-9, "{touched:?}");
    assert_eq!(treatment.letters, Some(1));
    assert!(!treatment.findings.is_empty(), "{treatment:?}");
    assert!(page.row.due.is_none());
    let told = format!("{page:?}{}", serde_json::to_string(&page).unwrap());
    assert!(!told.contains("regret") && !told.contains("Warehouse"), "{told}");
}

#[tokio::test]
async fn doubles_within_a_table_come_in_once() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let mia = house.who("mia").await;
    let table = "Name,Email,Phone,Company,Lead Source\n\
                 Jana,jana@lindner.example,+49 40 5550123,Lindner,Fair\n\
                 Jana K.,jana@lindner.example,,Lindner,Form\n\
                 J. K.,,040 5550123,Lindner Bau,Form\n\
                 Omar,omar@acme.example,,Acme,Fair\n";
    let to = To::Team(team("North"));
    let asked = ImportAsked { to: Some(&to), source: "", dry_run: false };
    let done = inroad.import_leads(&mia, table.as_bytes(), &asked, at("02T10:00")).await.unwrap();
    assert_eq!((done.added, done.doubles, done.issues.len()), (2, 2, 0), "{done:?}");
}
