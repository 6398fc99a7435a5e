//! Whom the user leaves alone, who is who, what is told of people, each with its undo; and the lists
//! of people and firms.

use inroad_model::{
    AccountKey, ContactField, Entry, Insight, Known, RecordChange, Remark, Stance, State, Subject,
    TieKind, Trait,
};
use inroad_service::{CareAsked, Desk as Kept, Doubt, Error, PeopleAsked, PeopleOrder};

use crate::desk::{Desk, day, email};
use crate::letters::{JANA, ME, letter, usual};
use crate::opt_out::named;

fn person(text: &str) -> Subject {
    Subject::Person(email(text))
}

fn firm(text: &str) -> Subject {
    Subject::Account(text.parse().unwrap())
}

async fn at_work() -> Desk {
    let desk = Desk::new().await;
    desk.take_letters(&usual()).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    desk
}

/// Who is proposed as one to write to, of the firm with Jana and Omar.
async fn at_lindner(desk: &Desk, on: u8) -> Vec<String> {
    let mut named = named(&desk.review(day(on)).await);
    named.retain(|name| name.ends_with("lindner.example") || name.starts_with("jana"));
    named.sort();
    named.dedup();
    named
}

#[tokio::test]
async fn whom_the_user_leaves_alone_is_proposed_nowhere_from_that_day_on() {
    let desk = at_work().await;
    assert!(!at_lindner(&desk, 20).await.is_empty());
    for whom in ["jana@lindner.example", "omar@lindner.example"] {
        desk.inroad.leave_alone(person(whom), "I know them", day(21)).await.unwrap();
        assert!(!at_lindner(&desk, 22).await.iter().any(|name| name == whom), "{whom}");
    }
    assert!(at_lindner(&desk, 23).await.is_empty());
    assert!(!at_lindner(&desk, 20).await.is_empty(), "a past day is as it was");
    let deal = desk.deal("lindner", "2026-03-23T10:00:00Z").await;
    assert_eq!(deal.state, State::Closed);
    assert_eq!(deal.reasons[0].says, "You said to leave Jana Kühn alone");
    assert_eq!(deal.reasons[0].quote.as_deref(), Some("I know them"));
    assert_eq!(deal.reasons[0].message.to_reference(), "own:2026-03-21");
    assert!(
        !deal
            .causes
            .iter()
            .any(|cause| cause.evidence_for.iter().any(|e| e.says.contains("leave Jana")))
    );
    let twice = desk.inroad.leave_alone(person("jana@lindner.example"), "x", day(22)).await;
    assert!(matches!(twice, Err(Error::Conflict { .. })), "{twice:?}");
}

#[tokio::test]
async fn a_whole_firm_is_left_alone_and_taken_back() {
    let desk = at_work().await;
    let before = desk.review(day(25)).await;
    let done =
        desk.inroad.leave_alone(firm("lindner.example"), "Their lawyers", day(24)).await.unwrap();
    assert!(at_lindner(&desk, 25).await.is_empty());
    let deal = desk.deal("lindner", "2026-03-25T10:00:00Z").await;
    assert_eq!(deal.reasons[0].says, "You said to leave lindner.example alone");
    let acme = desk.deal("acme", "2026-03-25T10:00:00Z").await;
    assert_ne!(acme.state, State::Closed, "the other firm is as before");
    desk.inroad.undo(done.deed, day(24)).await.unwrap();
    assert_eq!(desk.review(day(25)).await, before);
    // Said again and taken back by name, and that undone.
    desk.inroad.leave_alone(firm("lindner.example"), "Again", day(24)).await.unwrap();
    let back = desk.inroad.no_longer_leave_alone(&firm("lindner.example"), day(24)).await.unwrap();
    assert_eq!(desk.review(day(25)).await, before);
    desk.inroad.undo(back.deed, day(24)).await.unwrap();
    assert!(at_lindner(&desk, 25).await.is_empty());
}

#[tokio::test]
async fn every_address_of_a_person_is_left_alone() {
    let desk = at_work().await;
    let home = "jana.kuehn@gmail.com";
    desk.inroad
        .decide_same_person(&email("jana@lindner.example"), &email(home), true, day(20))
        .await
        .unwrap();
    desk.inroad.leave_alone(person(home), "She retired", day(21)).await.unwrap();
    let named = at_lindner(&desk, 22).await;
    assert!(!named.iter().any(|name| name.starts_with("jana")), "{named:?}");
    let view = desk.inroad.person(&email("jana@lindner.example"), day(22)).await.unwrap();
    assert_eq!(view.left_alone.as_deref(), Some("She retired"));
    let found = desk.inroad.no_longer_leave_alone(&person("jana@lindner.example"), day(22)).await;
    assert!(found.is_ok(), "under any address");
}

#[tokio::test]
async fn what_nobody_could_leave_alone_is_refused() {
    let desk = at_work().await;
    for (whom, expected) in [
        (firm("gmail.com"), "mail provider"),
        (firm("studio.example"), "your own house"),
        (person(ME), "your own house"),
    ] {
        let refused = desk.inroad.leave_alone(whom.clone(), "x", day(20)).await.unwrap_err();
        assert!(refused.to_string().contains(expected), "{whom:?}: {refused}");
    }
    let nothing = desk.inroad.leave_alone(person("jana@lindner.example"), "  ", day(20)).await;
    assert!(nothing.is_err(), "a reason is needed");
    let never = desk.inroad.no_longer_leave_alone(&person("jana@lindner.example"), day(20)).await;
    assert!(matches!(never, Err(Error::NotFound { .. })));
    for tag in ["", " \n ", &"a".repeat(41)] {
        assert!(desk.inroad.tag(person("jana@lindner.example"), tag, day(20)).await.is_err());
    }
}

#[tokio::test]
async fn joining_two_addresses_is_undone_to_nobody_said() {
    let desk = at_work().await;
    let (office, home) = (email("jana@lindner.example"), email("jana.kuehn@gmail.com"));
    desk.take(
        "more.mbox",
        crate::letters::mbox(&[letter(
            "Jana Kühn <jana.kuehn@gmail.com>",
            ME,
            18,
            "Writing from home.",
        )]),
    )
    .await;
    let proposed = async || {
        let view = desk.inroad.person(&office, day(20)).await.unwrap();
        (view.same_as.len(), view.maybe_same_as.len())
    };
    assert_eq!(proposed().await, (0, 1));
    let same = desk.inroad.decide_same_person(&office, &home, true, day(20)).await.unwrap();
    assert_eq!(proposed().await, (1, 0));
    desk.inroad.undo(same.deed, day(20)).await.unwrap();
    assert_eq!(proposed().await, (0, 1), "it is asked again");
    let apart = desk.inroad.decide_same_person(&office, &home, false, day(20)).await.unwrap();
    assert_eq!(proposed().await, (0, 0));
    desk.inroad.undo(apart.deed, day(20)).await.unwrap();
    assert_eq!(proposed().await, (0, 1));
    let first = desk.inroad.decide_same_person(&office, &home, true, day(20)).await.unwrap();
    desk.inroad.decide_same_person(&office, &home, false, day(20)).await.unwrap();
    let late = desk.inroad.undo(first.deed, day(20)).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "something else was said since");
}

#[tokio::test]
async fn who_leaves_a_person_of_three_addresses_leaves_the_others_together() {
    let desk = at_work().await;
    let [a, b, c] = ["jana@lindner.example", "j@home.example", "jk@old.example"].map(email);
    for other in [&a, &c] {
        desk.inroad.decide_same_person(&b, other, true, day(20)).await.unwrap();
    }
    let all = async || {
        let view = desk.inroad.person(&a, day(20)).await.unwrap();
        view.same_as
    };
    assert_eq!(all().await, [b.clone(), c.clone()]);
    let split = desk.inroad.split_person(&b, day(20)).await.unwrap();
    assert_eq!(all().await, std::slice::from_ref(&c), "they were one person only through it");
    desk.inroad.undo(split.deed, day(20)).await.unwrap();
    assert_eq!(all().await, [b.clone(), c]);
    let alone = desk.inroad.split_person(&email("omar@lindner.example"), day(20)).await;
    assert!(matches!(alone, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn what_is_told_at_the_desk_is_undone() {
    let desk = at_work().await;
    let (jana, omar) = (email("jana@lindner.example"), email("omar@lindner.example"));
    let told = |known| Insight { at: day(20), known, because: None };
    let stance = told(Known::Person { who: jana.clone(), is: Trait::Stance(Stance::For) });
    let tie = told(Known::Tie { from: jana, kind: TieKind::Trusts, to: omar });
    let held = async || desk.inroad.told(day(21)).await.unwrap().len();
    let first = desk.inroad.tell_at_desk(&stance).await.unwrap();
    let second = desk.inroad.tell_at_desk(&tie).await.unwrap();
    assert_eq!(held().await, 2);
    desk.inroad.undo(second.deed, day(20)).await.unwrap();
    assert_eq!(held().await, 1);
    let back = desk.inroad.untell_at_desk(first.what.kept.number, day(20)).await.unwrap();
    assert_eq!(held().await, 0);
    desk.inroad.undo(back.deed, day(20)).await.unwrap();
    assert_eq!(held().await, 1);
    let says = desk.inroad.deed(first.deed).await.unwrap().says;
    assert_eq!(says, "Noted: jana@lindner.example is for it");
}

#[tokio::test]
async fn the_register_holds_everybody_on_the_other_side_once() {
    let empty = Desk::new().await;
    assert!(empty.inroad.register(day(20)).await.unwrap().people.is_empty());
    let desk = at_work().await;
    let csv = "First Name,Last Name,Email,Job Title,Company\nBo,Berg,bo@nord.example,CEO,Nord AB\n";
    desk.take("contacts.csv", csv).await;
    desk.take(
        "more.mbox",
        crate::letters::mbox(&[letter(
            "Jana Kühn <jana.kuehn@gmail.com>",
            ME,
            18,
            "Writing from home.",
        )]),
    )
    .await;
    let kept = Kept::new(desk.inroad.clone(), Some(day(20)));
    let list = async |asked: PeopleAsked| {
        let register = kept.register().await.unwrap();
        let (morning, entries) =
            (kept.glance().await.unwrap(), desk.inroad.entries(day(20)).await.unwrap());
        let rows = register.list(&asked, &morning, &entries);
        rows.iter().map(|row| row.who.email().to_string()).collect::<Vec<_>>()
    };
    let by_name = PeopleAsked { order: PeopleOrder::Name, ..PeopleAsked::default() };
    let everybody = [
        "bo@nord.example",
        "ines@acme.example",
        "jana.kuehn@gmail.com",
        "jana@lindner.example",
        "omar@lindner.example",
    ];
    assert_eq!(list(by_name.clone()).await, everybody);
    let words = |words: &str| PeopleAsked { words: words.to_owned(), ..by_name.clone() };
    assert_eq!(list(words("NORD berg")).await, ["bo@nord.example"]);
    assert_eq!(list(words("kuhn")).await, ["jana.kuehn@gmail.com", "jana@lindner.example"]);
    assert!(list(words("nobody")).await.is_empty());
    desk.inroad.tag(person("ines@acme.example"), "Champion ", day(20)).await.unwrap();
    desk.inroad.leave_alone(firm("lindner.example"), "x", day(20)).await.unwrap();
    let tagged = PeopleAsked { tag: Some("champion".to_owned()), ..by_name.clone() };
    assert_eq!(list(tagged).await, ["ines@acme.example"]);
    let alone = PeopleAsked { left_alone: true, ..by_name.clone() };
    assert_eq!(list(alone).await, ["jana@lindner.example", "omar@lindner.example"]);
    let closed = PeopleAsked { state: Some(State::Closed), ..by_name.clone() };
    assert_eq!(list(closed).await, ["jana@lindner.example", "omar@lindner.example"]);
    let (office, home) = (email("jana@lindner.example"), email("jana.kuehn@gmail.com"));
    let pairs = kept.register().await.unwrap().maybe_same.len();
    desk.inroad.decide_same_person(&office, &home, true, day(20)).await.unwrap();
    assert_eq!((pairs, kept.register().await.unwrap().maybe_same.len()), (1, 0));
    assert_eq!(list(by_name).await.len(), 4);
}

#[tokio::test]
async fn accounts_are_firms_and_neither_providers_nor_the_own_house() {
    let desk = at_work().await;
    let more = [
        letter("Jana Kühn <jana.kuehn@gmail.com>", ME, 18, "Writing from home."),
        letter("Ole <ole@mail.lindner.example>", ME, 18, "I am new here."),
        letter(&format!("Marta Sol <{ME}>"), "kai@studio.example", 18, "Between us."),
    ];
    desk.take("more.mbox", crate::letters::mbox(&more)).await;
    desk.inroad.tag(firm("nord.example"), "partner", day(20)).await.unwrap();
    let register = desk.inroad.register(day(20)).await.unwrap();
    let kept = Kept::new(desk.inroad.clone(), Some(day(20)));
    let (morning, entries) =
        (kept.glance().await.unwrap(), desk.inroad.entries(day(20)).await.unwrap());
    let mut found: Vec<_> = register
        .accounts(&morning, &entries)
        .iter()
        .map(|row| (row.key().to_string(), row.people.len(), row.deals.len(), row.tags.join(",")))
        .collect();
    found.sort();
    let row = |domain: &str, people, deals, tags: &str| {
        (domain.to_owned(), people, deals, tags.to_owned())
    };
    let expected = [
        row("acme.example", 1, 1, ""),
        row("lindner.example", 3, 1, ""),
        row("nord.example", 0, 0, "partner"),
    ];
    assert_eq!(found, expected);
    for row in register.accounts(&morning, &entries) {
        let alone = register.account(row.key(), &morning, &entries).unwrap();
        assert_eq!(format!("{alone:?}"), format!("{row:?}"), "as among all");
    }
    let key = |text: &str| text.parse::<AccountKey>().unwrap();
    let host = key("mail.lindner.example");
    assert_eq!(register.account(&host, &morning, &entries).unwrap().people.len(), 3);
    assert!(register.account(&key("unknown.example"), &morning, &entries).is_none());
}

#[tokio::test]
async fn firms_to_look_after_stand_as_among_all_firms() {
    let desk = Desk::new().await;
    // Nobody wrote yet, so that all are alike, and their deals stand in another order.
    let deals = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
        {"id": "d1", "name": "Zeta", "domain": "zeta.example"}, {"id": "d2", "name": "Beta", "organization": "Beta Ltd"},
        {"id": "d3", "name": "Alpha", "domain": "alpha.example"}]}"#;
    desk.take("deals.json", deals).await;
    let register = desk.inroad.register(day(20)).await.unwrap();
    let kept = Kept::new(desk.inroad.clone(), Some(day(20)));
    let (morning, entries) =
        (kept.glance().await.unwrap(), desk.inroad.entries(day(20)).await.unwrap());
    let ideal = desk.inroad.ideal_client(day(20)).await.unwrap();
    let asked = CareAsked {
        morning: &morning,
        entries: &entries,
        ideal: &ideal,
        doubles: None,
        notes: &[],
        on: day(20).date(),
    };
    let to_look_after: Vec<Subject> =
        register.care(&asked).into_iter().map(|item| item.about).collect();
    let rows = register.accounts(&morning, &entries);
    let all: Vec<Subject> = rows.iter().map(|row| Subject::Account(row.key().clone())).collect();
    assert_eq!((to_look_after.len(), to_look_after), (3, all));
}

#[tokio::test]
async fn a_page_of_a_person_says_what_does_not_fit() {
    let desk = Desk::new().await;
    let mut letters = usual();
    letters.push(letter(
        JANA,
        ME,
        16,
        "Done.\n\n-- \nJana Kühn\nHead of Logistics\nLindner GmbH\nTel. +49 30 5550 1234\n",
    ));
    desk.take_letters(&letters).await;
    let deals = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [{"id": "d", "name": "Lindner", "domain": "lindner.example",
        "people": [{"email": "jana@lindner.example", "title": "Buyer"}]}]}"#;
    desk.take("deals.json", deals).await;
    let jana = email("jana@lindner.example");
    let note = Remark::new("Met at the fair").unwrap();
    let entry = Entry::Note { day: day(17).date(), by: None, text: note };
    desk.inroad.write_down(Subject::Person(jana.clone()), entry, day(17)).await.unwrap();
    let register = desk.inroad.register(day(20)).await.unwrap();
    let page = desk.inroad.person_page(&jana, &register, day(20)).await.unwrap();
    let known = page.acquaintance.as_ref().unwrap();
    assert_eq!((known.person.received, known.person.sent), (5, 4));
    let [Doubt::OtherTitle { signed, recorded, .. }] = known.doubts.as_slice() else {
        panic!("{:?}", known.doubts);
    };
    assert_eq!((signed.as_str(), recorded.as_str()), ("Head of Logistics", "Buyer"));
    assert_eq!(page.titles.len(), 1);
    assert_eq!((page.letters.len(), page.letter_count, page.entries.len()), (9, 9, 1));
    assert_eq!(page.cues.iter().map(|month| month.letters).sum::<usize>(), 5);
    // The list and the page are of one mind.
    let listed = register.people.iter().find(|who| *who.email() == jana).unwrap();
    assert_eq!(listed.acquaintance, *known);
    // Put right, it is so in the deal as well, from that day on and until it is undone.
    let change = RecordChange {
        field: ContactField::Title,
        was: Remark::if_any("Buyer").unwrap(),
        is: Remark::if_any("Head of Logistics").unwrap(),
    };
    let done = desk.inroad.put_right(&jana, change, day(20)).await.unwrap();
    let title = async |at| {
        let review = desk.inroad.review(at).await.unwrap();
        let people = &review.deals[0].people;
        let person = people.iter().find(|person| person.email == jana).unwrap();
        (person.title.clone().unwrap(), desk.inroad.register(at).await.unwrap())
    };
    let (said, register) = title(day(20)).await;
    let who = register.people.iter().find(|who| *who.email() == jana).unwrap();
    assert_eq!((said.as_str(), who.acquaintance.doubts.as_slice()), ("Head of Logistics", &[][..]));
    assert_eq!(title(day(19)).await.0, "Buyer");
    desk.inroad.undo(done.deed, day(21)).await.unwrap();
    assert_eq!(title(day(22)).await.0, "Buyer");
    // What no record has a place for would change nothing: a seat knows no firm, and a stranger has none.
    for (whom, field) in
        [(&jana, ContactField::Firm), (&email("no@x.example"), ContactField::Title)]
    {
        let change = RecordChange { field, was: None, is: Remark::if_any("Acme").unwrap() };
        let refused = desk.inroad.put_right(whom, change, day(22)).await.unwrap_err().to_string();
        assert!(refused.contains("None of your records has a"), "{refused}");
    }
    // Long after, nobody has answered.
    let later = "2027-06-01T09:00:00Z".parse().unwrap();
    desk.take(
        "late.mbox",
        crate::letters::mbox(&[letter(&format!("Marta Sol <{ME}>"), JANA, 20, "Anything new?")]),
    )
    .await;
    let register = desk.inroad.register(later).await.unwrap();
    let page = desk.inroad.person_page(&jana, &register, later).await.unwrap();
    let doubts = page.acquaintance.unwrap().doubts;
    assert!(doubts.iter().any(|doubt| matches!(doubt, Doubt::Unanswered { .. })), "{doubts:?}");
    for (who, words) in [(ME, "own house"), ("nobody@x.example", "Nothing was ever seen")] {
        let refused = desk.inroad.person_page(&email(who), &register, later).await.unwrap_err();
        assert!(refused.to_string().contains(words), "{who}: {refused}");
    }
}

#[tokio::test]
async fn what_is_private_stays_private_on_a_page() {
    let desk = Desk::new().await;
    let mut letters = usual();
    letters.push(letter(
        JANA,
        ME,
        16,
        "I am in hospital for an operation on my back, until 2 April.",
    ));
    desk.take_letters(&letters).await;
    let register = desk.inroad.register(day(20)).await.unwrap();
    let page =
        desk.inroad.person_page(&email("jana@lindner.example"), &register, day(20)).await.unwrap();
    let told = format!("{:?} {:?}", page.facts, page.cues);
    for word in ["hospital", "operation", "Illness", "Family"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}
