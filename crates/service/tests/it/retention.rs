//! Letters go by a rule that a person set: those of open deals stay, what is gone is gone for good, and nobody
//! who wants no mail is forgotten.

use inroad_model::{AccountKey, Connection, ConnectionName, Moment, NotesFolder, Reads};
use inroad_service::{
    Actor, ApiRequest, Error, NotContactedWho, Passwords, Retention, Stop, WebhookReach,
};
use std::sync::Arc;

use crate::desk::Desk;
use crate::letters::{JANA, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
    {"id": "open", "name": "Warehouse", "domain": "lindner.example", "people": []},
    {"id": "person", "name": "Cranes", "people": [{"email": "ines@post.example", "name": "Ines"}]},
    {"id": "won", "name": "Audit", "domain": "acme.example", "stage": "won", "people": []}]}"#;

fn later(day: u8) -> Moment {
    format!("2029-03-{day:02}T09:00:00Z").parse().unwrap()
}

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    let mut twice = letter("Omar <omar@acme.example>", ME, 3, "The walnut panels are here.");
    let first = twice.clone();
    twice.headers.push_str("List-Post: <mailto:all@acme.example>\n");
    let mut undated = letter("Omar <omar@acme.example>", ME, 4, "No day stands here.");
    undated.date = String::new();
    desk.take_letters(&[
        letter(JANA, ME, 2, "An open deal."),
        letter("Ines <ines@post.example>", ME, 2, "A person of an open deal."),
        first,
        twice,
        undated,
        letter(
            "Rik <rik@quiet.example>",
            ME,
            5,
            "Please do not write to me again and take me off your list.",
        ),
        letter("Omar <omar@acme.example>", ME, 20, "The hoist is young enough."),
    ])
    .await;
    desk
}

async fn messages(desk: &Desk) -> u64 {
    let counts = desk.inroad.diagnose().await.unwrap().health.counts;
    counts.iter().find(|(noun, _)| *noun == "messages").unwrap().1
}

#[tokio::test]
async fn old_letters_go_but_for_open_deals() {
    let desk = desk().await;
    let (inroad, stop) = (&desk.inroad, Stop::default());
    assert_eq!(messages(&desk).await, 6);
    let refused = inroad.keep_no_longer(&stop, later(20)).await;
    assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    let look = inroad.what_retention_takes(36, later(20)).await.unwrap();
    assert_eq!((look.letters, look.kept_for_deals), (2, 2), "{look:?}");
    assert_eq!(look.before.to_string(), "2026-03-20");
    assert_eq!(messages(&desk).await, 6, "nothing goes by looking");

    inroad.set_retention(Retention { letters_months: Some(36), daily: false }).await.unwrap();
    assert_eq!(messages(&desk).await, 6, "nothing goes by a rule alone");
    let report = inroad.keep_no_longer(&stop, later(20)).await.unwrap();
    assert_eq!(report.went, look);
    assert!(report.deed.is_some());
    assert_eq!(messages(&desk).await, 4);
    assert!(desk.find("walnut").await.messages.shown.is_empty(), "neither of both copies is found");
    assert_eq!(desk.find("hoist").await.messages.shown.len(), 1);

    // Who asked for no more mail is left alone, with the letter gone.
    let listed = inroad.not_contacted("", later(20)).await.unwrap();
    let is_rik = |who: &NotContactedWho| matches!(who, NotContactedWho::Person(email) if email.as_str() == "rik@quiet.example");
    assert!(listed.iter().any(|one| is_rik(&one.whom)), "{listed:?}");

    let again = inroad.keep_no_longer(&stop, later(20)).await.unwrap();
    assert_eq!((again.went.letters, again.deed), (0, None));
    assert!(inroad.diagnose().await.unwrap().health.faults.is_empty());
}

/// Whoever reviews the deal rests on those letters, too.
#[tokio::test]
async fn letters_of_a_deal_stay_under_every_name_of_its_people_and_its_firm() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&[
        letter("Ines <ines@home.example>", ME, 2, "From home."),
        letter("Jana <jana@private.example>", ME, 2, "From a private address."),
        letter("Rik <rik@lindner-group.example>", ME, 3, "From the same firm."),
        letter("Omar <omar@acme.example>", ME, 3, "Of nobody's deal."),
    ])
    .await;
    let (inroad, at) = (&desk.inroad, later(1));
    for (a, b) in [
        ("ines@post.example", "ines@home.example"),
        ("jana@lindner.example", "jana@private.example"),
    ] {
        let (a, b) = (a.parse().unwrap(), b.parse().unwrap());
        inroad.decide_same_person(&a, &b, true, at).await.unwrap();
    }
    let firm = |domain| AccountKey::domain(domain).unwrap();
    let (one, other) = (firm("lindner.example"), firm("lindner-group.example"));
    inroad.decide_same_account(&one, &other, true, at).await.unwrap();
    let look = inroad.what_retention_takes(36, later(20)).await.unwrap();
    assert_eq!((look.letters, look.kept_for_deals), (1, 3), "{look:?}");
}

#[tokio::test]
async fn it_goes_daily_only_if_that_is_wished_and_once_a_day() {
    let desk = desk().await;
    let (inroad, stop) = (&desk.inroad, Stop::default());
    assert!(!inroad.keep_no_longer_today(&stop, later(1)).await.unwrap());
    inroad.set_retention(Retention { letters_months: Some(36), daily: false }).await.unwrap();
    assert!(!inroad.keep_no_longer_today(&stop, later(20)).await.unwrap());
    assert_eq!(messages(&desk).await, 6);
    inroad.set_retention(Retention { letters_months: Some(36), daily: true }).await.unwrap();
    assert!(inroad.keep_no_longer_today(&stop, later(20)).await.unwrap());
    assert_eq!(messages(&desk).await, 4);
    assert!(!inroad.keep_no_longer_today(&stop, later(20)).await.unwrap(), "once a day");
    assert!(inroad.keep_no_longer_today(&stop, later(21)).await.unwrap());
    assert_eq!(messages(&desk).await, 3, "one more day, and the next letter is too old");

    let stopped = Stop::default();
    stopped.now();
    inroad.keep_no_longer_daily(&stopped).await;
    inroad.set_retention(Retention::default()).await.unwrap();
    assert!(!inroad.keep_no_longer_today(&stop, later(25)).await.unwrap());
    for (letters_months, daily) in [(Some(0), false), (Some(5000), true), (None, true)] {
        let refused = inroad.set_retention(Retention { letters_months, daily }).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{letters_months:?}");
    }
}

/// For those who watch the program: nothing of what it is called, and where it lies.
#[tokio::test]
async fn what_is_connected_is_told_by_number() {
    let desk = Desk::new().await;
    let folder = desk.folder.path().join("notes");
    std::fs::create_dir(&folder).unwrap();
    let connection = Connection {
        name: ConnectionName::new("jana").unwrap(),
        reads: Reads::Notes(Box::new(NotesFolder { folder })),
    };
    let unasked = Arc::new(|_is_new| Ok(None));
    let passwords = Passwords::beside(desk.inroad.path(), None, unasked);
    desk.inroad.connect(&connection, String::new(), &passwords, later(1)).await.unwrap();
    let told = desk.inroad.numbered_connections().await.unwrap();
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((one.kind, one.state, one.worked_at), ("notes", "off", None));
    assert!(one.number > 0 && !format!("{told:?}").contains("jana"));
}

#[tokio::test]
async fn programs_that_are_told_stand_in_the_record_of_processing() {
    let desk = Desk::new().await;
    let (inroad, at) = (&desk.inroad, later(1));
    let url = "https://hooks.example/inroad/secret-path";
    let made = inroad.add_webhook(url, &[], WebhookReach::Public, at).await.unwrap();
    let servers = inroad.processing_record(at).await.unwrap().servers;
    let told: Vec<_> = servers.iter().map(|one| (one.host.as_str(), one.receives)).collect();
    assert_eq!(told, [("hooks.example", true)]);
    inroad.remove_webhook(made.webhook.id, at).await.unwrap();
    assert!(inroad.processing_record(at).await.unwrap().servers.is_empty());
}

/// Nobody asks any more, and there is no rule: it goes all the same.
#[tokio::test]
async fn what_programs_asked_long_ago_is_forgotten_while_it_is_served() {
    let desk = Desk::new().await;
    let long_ago = Moment::utc(jiff::Timestamp::now() - jiff::SignedDuration::from_hours(25));
    let begin = async || {
        let owner = Actor::owner();
        desk.inroad.begin_request(&owner, "k", b"what", long_ago).await.unwrap()
    };
    assert_eq!(begin().await, ApiRequest::New);
    assert_eq!(begin().await, ApiRequest::UnderWay);
    let stop = Stop::default();
    let (inroad, wished) = (desk.inroad.clone(), stop.clone());
    let keeping = tokio::spawn(async move { inroad.keep_no_longer_daily(&wished).await });
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        if begin().await == ApiRequest::New {
            stop.now();
            return keeping.await.unwrap();
        }
    }
    panic!("it was not forgotten");
}
