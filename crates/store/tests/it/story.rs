//! One user's story with the store, from the first import to the restored backup.

use inroad_model::{
    CalendarEvent, Deal, DealId, Moment, Move, Remarks, SecondReading, Stage, Touch,
};
use inroad_store::{
    Concerning, ContentHash, DealStatus, DealUpdate, Imported, Store, StoredDeal, check_backup,
};

use crate::samples::{mailbox, no_words, packed, store, touch, words};

#[tokio::test]
async fn what_comes_in_is_kept_once_and_found_again() {
    let (folder, store) = store().await;
    let first = touch("one@lindner.example", 2, &[]);
    let reply = touch("two@lindner.example", 3, &["one@lindner.example"]);

    let batch = vec![packed(first.clone()), packed(reply.clone())];
    let done = store.add_messages(batch).await.unwrap();
    assert_eq!(done, Imported { added: 2, doubles: 0, facts: 2 });
    let digest = store.digest().await.unwrap();
    let again =
        store.add_messages(vec![packed(reply.clone()), packed(first.clone())]).await.unwrap();
    assert_eq!(again, Imported { added: 0, doubles: 2, facts: 0 });
    assert_eq!(store.digest().await.unwrap(), digest, "a second import changes nothing");

    let concerning = Concerning {
        emails: [first.message.from.clone().unwrap().address].into(),
        ..Concerning::default()
    };
    let kept = store.messages(&concerning).await.unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0].thread, kept[1].thread);
    assert_eq!(kept[0].touch.new_text, first.new_text);
    let telling = store.telling(&concerning).await.unwrap();
    let of_first = telling.iter().find(|touch| touch.message.id == first.message.id).unwrap();
    let without_texts = |mut touch: Touch| {
        touch.message.text.clear();
        touch.message.references.clear();
        touch.new_text = None;
        touch
    };
    assert_eq!(*of_first, without_texts(first.clone()), "its gist answers what is asked of it");
    let texts = store.texts(&[&first.message.id].into()).await.unwrap();
    assert_eq!(texts.get(&first.message.id), first.new_text.as_ref());
    assert_eq!(kept[0].touch.facts, first.facts);
    assert_eq!(kept[0].touch.message.from, first.message.from);
    assert_eq!(kept[0].touch.message.date, first.message.date);

    let early =
        Concerning { until: Some("2026-03-02T12:00:00Z".parse().unwrap()), ..concerning.clone() };
    assert_eq!(store.messages(&early).await.unwrap().len(), 1, "as of an earlier day");
    assert_eq!(store.telling(&early).await.unwrap().len(), 1, "as of an earlier day");
    let domains = (0..60).map(|n| format!("firm{n}.example")).collect();
    let among_many = Concerning { domains, ..early };
    assert_eq!(store.telling(&among_many).await.unwrap().len(), 1, "asked another way");

    assert_eq!(store.rows_with(&[words("angebot"), words("lager")], &[]).await.unwrap().len(), 2);
    assert_eq!(store.rows_with(&[words("kuhn")], &[]).await.unwrap().len(), 2, "no accents");
    assert_eq!(store.rows_with(&[words("nummer 3")], &[]).await.unwrap().len(), 1);
    assert!(store.rows_with(&[words("lager für")], &[]).await.unwrap().is_empty());

    let row = kept[0].row;
    let original = store.original(row).await.unwrap().unwrap();
    assert!(store.known(&[ContentHash::of(&original)]).await.unwrap().len() == 1);

    let backup = folder.path().join("backup.db");
    store.backup(&backup, no_words()).await.unwrap();
    assert!(store.backup(&backup, no_words()).await.is_err(), "a backup is never overwritten");
    assert_eq!(check_backup(&backup).await.unwrap(), 2);
    let restored = Store::open(&backup).await.unwrap();
    // A server has another index of words.
    if store.is_file() {
        assert_eq!(restored.digest().await.unwrap(), digest);
    }
    assert_eq!(restored.messages(&concerning).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_message_id_of_another_sender_hides_nothing() {
    let (_folder, store) = store().await;
    let honest = touch("one@lindner.example", 2, &[]);
    let mut forged = touch("one@lindner.example", 4, &[]);
    forged.message.from = Some(mailbox("mallory@evil.example"));
    store.add_messages(vec![packed(forged), packed(honest)]).await.unwrap();
    assert_eq!(store.message_count().await.unwrap(), 2);
}

#[tokio::test]
async fn a_message_id_used_again_hides_no_letter() {
    let (_folder, store) = store().await;
    let (first, mut second) = (touch("1@localhost", 2, &[]), touch("1@localhost", 3, &[]));
    second.message.subject = "Another offer".to_owned();
    let mut archived = first.clone();
    archived.message.text.push_str("\nSent from a list");
    archived.message.subject = format!("[sales] {}", first.message.subject);
    let batch = vec![packed(first), packed(second), packed(archived)];
    let done = store.add_messages(batch).await.unwrap();
    assert_eq!((done.added, done.doubles), (2, 1));
}

#[tokio::test]
async fn a_meeting_knows_where_it_stood_before() {
    let version = |start: &str, changed: &str| -> CalendarEvent {
        let meeting = serde_json::json!({"uid": "m1", "summary": "Board", "attendees": [],
            "start": start, "changed": changed, "cancelled": false});
        serde_json::from_value(meeting).unwrap()
    };
    let first = version("2026-03-10T09:00:00Z", "2026-03-01T09:00:00Z");
    let same = version("2026-03-10T09:00:00Z", "2026-03-03T09:00:00Z");
    let moved = version("2026-03-17T09:00:00Z", "2026-03-08T09:00:00Z");
    for order in [[&first, &same, &moved], [&moved, &first, &first], [&first, &moved, &first]] {
        let (_folder, store) = store().await;
        for event in order {
            store.put_events(std::slice::from_ref(event)).await.unwrap();
        }
        let kept = store.events(None).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].start, moved.start);
        let expected = Move { from: day("2026-03-10T09:00:00Z"), at: day("2026-03-08T09:00:00Z") };
        assert_eq!(kept[0].moves, [expected]);
    }
}

#[tokio::test]
async fn a_stage_is_as_old_as_its_last_change() {
    let (_folder, store) = store().await;
    for (stage, at) in [
        (None, "2026-01-05T09:00:00Z"),
        (Some(Stage::Proposal), "2026-02-02T09:00:00Z"),
        (Some(Stage::Negotiation), "2026-03-02T09:00:00Z"),
        (Some(Stage::Lost), "2026-04-06T09:00:00Z"),
    ] {
        store.put_deals(&[update(DealStatus::Open, stage, at, false)]).await.unwrap();
    }
    for (when, expected) in [
        ("2026-02-20T09:00:00Z", None), // a stage that is heard of first may be older
        ("2026-03-01T09:00:00Z", None),
        ("2026-03-03T09:00:00Z", Some("2026-03-02")),
        ("2026-05-03T09:00:00Z", Some("2026-04-06")),
    ] {
        let deal = store.deals_at(day(when)).await.unwrap().remove(0).deal;
        assert_eq!(deal.stage_since, expected.map(|day| day.parse().unwrap()), "{when}");
    }
}

fn day(text: &str) -> Moment {
    text.parse().unwrap()
}

fn update(status: DealStatus, stage: Option<Stage>, at: &str, was_other: bool) -> DealUpdate {
    let mut deal: Deal = serde_json::from_str(r#"{"id": "d1", "name": "Warehouse"}"#).unwrap();
    deal.stage = stage;
    let stored = StoredDeal { deal, status, known_as: ["hubspot:1".to_owned()].into() };
    DealUpdate { stored, at: day(at), was_other }
}

#[tokio::test]
async fn deals_keep_the_word_of_the_user() {
    let (_folder, store) = store().await;
    let proposed = update(DealStatus::Proposed, None, "2026-03-02T09:00:00Z", false);
    assert_eq!(store.put_deals(std::slice::from_ref(&proposed)).await.unwrap(), 1);
    assert_eq!(store.put_deals(std::slice::from_ref(&proposed)).await.unwrap(), 0);
    let (id, at) = (DealId::new("d1").unwrap(), day("2026-03-05T09:00:00Z"));
    assert!(store.set_deal_status(&id, DealStatus::Dismissed, at).await.unwrap());
    let other = DealId::new("d2").unwrap();
    assert!(!store.set_deal_status(&other, DealStatus::Open, at).await.unwrap());
    let kept = store.deals().await.unwrap().first().unwrap().clone();
    assert_eq!(kept.status, DealStatus::Dismissed);
    assert_eq!(kept.known_as, proposed.stored.known_as);
    assert_eq!(store.deal(&id).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(store.deal(&other).await.unwrap(), None);
    assert_eq!(store.deal_named("wareHOUSE").await.unwrap().as_ref(), Some(&kept));
    assert_eq!(store.deal_named("Ware").await.unwrap(), None, "a part of a name is none");
    for (when, expected) in [
        ("2026-03-04T09:00:00Z", DealStatus::Proposed),
        ("2026-03-06T09:00:00Z", DealStatus::Dismissed),
        // Before anything was heard of the deal the present word counts.
        ("2026-03-01T09:00:00Z", DealStatus::Dismissed),
    ] {
        assert_eq!(store.deals_at(day(when)).await.unwrap()[0].status, expected, "{when}");
    }
}

#[tokio::test]
async fn a_deal_was_open_until_the_day_it_was_lost() {
    let (_folder, store) = store().await;
    let lost = update(DealStatus::Open, Some(Stage::Lost), "2026-07-09T00:00:00Z", true);
    store.put_deals(&[lost]).await.unwrap();
    for (when, expected) in
        [("2026-07-01T09:00:00Z", None), ("2026-07-10T09:00:00Z", Some(Stage::Lost))]
    {
        assert_eq!(store.deals_at(day(when)).await.unwrap()[0].deal.stage, expected, "{when}");
    }
}

#[tokio::test]
async fn lists_of_one_day_are_one_picture_and_a_day_told_later_counts() {
    let (_folder, store) = store().await;
    for (stage, at, was_other) in [
        (None, "2026-10-01T09:00:00Z", false),
        (Some(Stage::Proposal), "2026-10-01T09:00:01Z", false),
        (Some(Stage::Won), "2026-09-15T00:00:00Z", true),
    ] {
        store.put_deals(&[update(DealStatus::Open, stage, at, was_other)]).await.unwrap();
    }
    for (when, expected) in [
        ("2026-08-01T09:00:00Z", Stage::Proposal),
        ("2026-09-20T09:00:00Z", Stage::Won),
        ("2026-12-01T09:00:00Z", Stage::Won),
    ] {
        assert_eq!(
            store.deals_at(day(when)).await.unwrap()[0].deal.stage,
            Some(expected),
            "{when}"
        );
    }
}

#[tokio::test]
async fn the_latest_word_about_two_addresses_counts() {
    let (_folder, store) = store().await;
    let (a, b) = (mailbox("a@x.example").address, mailbox("b@y.example").address);
    let at = "2026-03-02T09:00:00Z".parse().unwrap();
    store.decide_same_person(&b, &a, true, at).await.unwrap();
    assert!(store.same_person_decisions().await.unwrap()[0].same);
    store.decide_same_person(&a, &b, false, at).await.unwrap();
    let decisions = store.same_person_decisions().await.unwrap();
    assert_eq!((decisions.len(), decisions[0].same), (1, false), "reversible");
    store.decide_same_people(&[(a.clone(), b.clone(), None)], at).await.unwrap();
    assert!(store.same_person_decisions().await.unwrap().is_empty(), "nobody says anything");
    let c = mailbox("c@z.example").address;
    store.decide_same_people(&[(a.clone(), b, Some(true)), (c, a, Some(false))], at).await.unwrap();
    let same: Vec<bool> =
        store.same_person_decisions().await.unwrap().iter().map(|one| one.same).collect();
    assert_eq!(same, [true, false]);
}

#[tokio::test]
async fn a_past_day_sees_the_second_reading_of_its_time() {
    let (_folder, store) = store().await;
    let deal = DealId::new("d1").unwrap();
    let reading = |as_of: &str, model: &str| SecondReading {
        model: model.to_owned(),
        host: "localhost".to_owned(),
        as_of: day(as_of),
        made_at: day("2026-06-01T09:00:00Z"),
        causes: Vec::new(),
        remarks: Remarks::default(),
        false_quotes: 0,
    };
    for (as_of, model) in [
        ("2026-05-01T09:00:00Z", "later"),
        ("2026-03-01T09:00:00Z", "first"),
        ("2026-03-01T09:00:00Z", "again"),
    ] {
        store.add_second_reading(&deal, &reading(as_of, model), model).await.unwrap();
    }
    for (when, expected) in [
        ("2026-02-01T09:00:00Z", None),
        ("2026-04-01T09:00:00Z", Some("again")),
        ("2026-06-01T09:00:00Z", Some("later")),
    ] {
        let found = store.second_readings(day(when)).await.unwrap();
        assert_eq!(found.get(&deal).map(|reading| reading.model.as_str()), expected, "{when}");
        let same = store.was_read_a_second_time(&deal, day(when), "again").await.unwrap();
        assert_eq!(same, expected == Some("again"), "{when}");
    }
    assert_eq!(store.drop_second_readings().await.unwrap(), 3);
    assert!(store.second_readings(day("2026-06-01T09:00:00Z")).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_latest_letters_of_a_person_come_as_lines() {
    let (_folder, store) = store().await;
    let before = store.people_version().await.unwrap();
    let letters = (2..=6).map(|day| packed(touch(&format!("m{day}@lindner.example"), day, &[])));
    store.add_messages(letters.collect()).await.unwrap();
    assert_ne!(store.people_version().await.unwrap(), before);
    let jana = mailbox("jana@lindner.example").address;
    let until = "2026-03-05T23:00:00Z".parse().unwrap();
    let emails = std::collections::BTreeSet::from([jana.clone()]);
    let (lines, count) = store.latest_letters(&emails, until, 3).await.unwrap();
    let days: Vec<i8> = lines.iter().map(|line| line.at.unwrap().date().day()).collect();
    assert_eq!((days, count), (vec![5, 4, 3], 4));
    assert_eq!(lines[0].from.as_ref(), Some(&jana));
    assert_eq!(lines[0].subject, "Angebot für das Lager");
    let nobody = std::collections::BTreeSet::from([mailbox("no@one.example").address]);
    assert_eq!(store.latest_letters(&nobody, until, 3).await.unwrap(), (Vec::new(), 0));
}
