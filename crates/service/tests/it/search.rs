//! Finding deals, people, messages and notes by what is typed.

use inroad_service::search::{Findings, LastWord, Search};
use proptest::prelude::*;

use crate::desk::{Desk, day, email};
use crate::letters::{ME, letter};

const JANA: &str = "Jana Kühn <jana@lindner.example>";

const DEALS: &str = r#"{"me": {"name": "Marta", "emails": ["marta@studio.example"]}, "deals": [
    {"id": "d1", "name": "Warehouse in Ulm", "organization": "Lindner Logistik",
     "domain": "lindner.example",
     "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}],
     "notes": [{"date": "2026-03-06", "text": "She wants a side letter.\nHer father died last week."}]},
    {"id": "d2", "name": "Portal", "organization": "Acme", "domain": "acme.example", "stage": "lost",
     "people": [{"email": "ines@acme.example", "name": "Ines Wolf"}]}]}"#;

async fn desk() -> Desk {
    let desk = Desk::new().await;
    let mut file = letter(JANA, ME, 9, "The budget is attached. My father died last week.");
    let parts = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n";
    parts.clone_into(&mut file.headers);
    file.text = format!(
        "--b\nContent-Type: text/plain; charset=utf-8\n\n{}\n--b\nContent-Type: application/pdf; \
         name=b.pdf\nContent-Disposition: attachment; filename=b.pdf\n\nx\n--b--",
        file.text
    );
    let list =
        "List-Id: <news.example>\nList-Unsubscribe: <mailto:x@news.example>\nPrecedence: bulk\n";
    let mut news = letter("News <news@news.example>", ME, 8, "Budgets of the third quarter.");
    list.clone_into(&mut news.headers);
    let mut late = letter("ines@acme.example", ME, 1, "Quarterly numbers are late.");
    "28 Feb 2026 23:30:00 -0500".clone_into(&mut late.date);
    let letters = [
        letter(&format!("Marta <{ME}>"), JANA, 2, "What would you decide in the third quarter?")
            .called("1@t.example", "Quarter"),
        letter(
            JANA,
            ME,
            3,
            "Too expensive for us.\n\n> What would you decide in the third quarter?",
        ),
        file,
        news,
        late.called("5@t.example", "My father died"),
        letter(
            "ines@acme.example",
            ME,
            12,
            "I am out of the office until 20 March 2026. Budget later.",
        ),
    ];
    desk.take_letters(&letters).await;
    desk.take("deals.json", DEALS).await;
    desk
}

/// The messages found, by day of the writer, newest first.
fn days(found: &Findings) -> Vec<String> {
    let shown = found.messages.shown.iter();
    shown.map(|message| message.date.unwrap().date().strftime("%-d.%-m").to_string()).collect()
}

/// On a desk that shows a past day, nothing is found that was written, noted or known of later.
#[tokio::test]
async fn of_a_past_day_nothing_later_is_found() {
    let desk = desk().await;
    let find = async |typed, on| {
        let as_of = Some(day(on));
        let search =
            Search { typed, last_word: LastWord::Whole, states: None, shown_max: 9, as_of };
        desk.inroad.search(&search).await.unwrap()
    };
    for (on, expected) in [(5, &[][..]), (10, &["9.3"]), (13, &["12.3", "9.3"])] {
        assert_eq!(days(&find("budget", on).await), expected, "on {on}");
    }
    for (on, expected) in [(7, 0), (9, 1)] {
        assert_eq!(find("kind:person news", on).await.people.shown.len(), expected, "on {on}");
    }
    let jana = find("kind:person jana", 5).await.people.shown.remove(0);
    assert_eq!((jana.messages, jana.wrote_at.unwrap().date()), (2, day(3).date()));
    for (on, expected) in [(5, 0), (6, 1)] {
        assert_eq!(find("kind:note side", on).await.notes.shown.len(), expected, "on {on}");
    }
    assert_eq!(days(&desk.find("budget").await).len(), 2, "all of it, without a day");
}

#[tokio::test]
async fn operators_narrow_messages() {
    let desk = desk().await;
    for (typed, expected) in [
        ("budget", &["12.3", "9.3"][..]),
        ("budget*", &["12.3", "9.3", "8.3"]),
        ("budget -later", &["9.3"]),
        ("-later budget* -father", &["8.3"]),
        ("from:kuhn", &["9.3", "3.3"]),
        ("from:LINDNER.example budget", &["9.3"]),
        ("to:jana", &["2.3"]),
        ("with:jana", &["9.3", "3.3", "2.3"]),
        ("deal:ulm", &["9.3", "3.3", "2.3"]),
        ("deal:portal", &["12.3", "28.2"]),
        ("state:closed", &["12.3", "28.2"]),
        ("deal:portal deal:ulm budget", &["12.3", "9.3"]),
        ("on:2026-02-28", &["28.2"]),
        ("on:2026-02", &["28.2"]),
        ("on:2026-03-01", &[]),
        ("before:2026-03-03", &["2.3", "28.2"]),
        ("after:2026-03-08 before:2026-03-12", &["9.3"]),
        ("has:attachment", &["9.3"]),
        ("has:fact kind:message", &["12.3"]),
        ("\"third quarter\" from:jana", &["3.3"]),
        ("from:nobody", &[]),
        ("kind:person budget", &[]),
    ] {
        let found = desk.find(typed).await;
        assert_eq!(days(&found), expected, "{typed}");
        assert!(found.problems.is_empty(), "{typed}");
    }
}

#[tokio::test]
async fn what_is_typed_so_far_finds_the_newest() {
    let desk = desk().await;
    for (typed, expected) in [
        ("b", &["12.3", "9.3", "8.3"][..]),
        ("bu", &["12.3", "9.3", "8.3"]),
        ("from:jana bu", &["9.3"]),
        ("quart", &["8.3", "3.3", "2.3", "28.2"]),
        ("\"third qu", &["8.3", "3.3", "2.3"]),
        ("zq", &[]),
    ] {
        assert_eq!(days(&desk.find_as(typed, LastWord::Open).await), expected, "{typed}");
    }
    let search =
        Search { typed: "b", last_word: LastWord::Open, states: None, shown_max: 2, as_of: None };
    let found = desk.inroad.search(&search).await.unwrap();
    assert!(found.messages.more && found.messages.shown.len() == 2);
}

/// In a large mailbox the first letters of a word are read in the newest messages, unless few hold it.
#[tokio::test]
async fn first_letters_find_the_newest_of_many() {
    let desk = Desk::new().await;
    let many = |n: u16| {
        let text = if n == 7 { "Zürich calling" } else { "Nothing much" };
        let mut letter = letter(JANA, ME, 1, text).called(&format!("{n}@t.example"), "News");
        letter.date = format!("1 Mar 2026 {:02}:{:02}:00 +0000", n / 60 % 24, n % 60);
        if n >= 1440 {
            letter.date = letter.date.replace("1 Mar", "2 Mar");
        }
        letter
    };
    desk.take_letters(&(0..2_100).map(many).collect::<Vec<_>>()).await;
    let ids = async |typed: &str| {
        let found = desk.find_as(typed, LastWord::Open).await.messages;
        let ids = found.shown.iter().map(|message| message.message.as_str().to_owned());
        (ids.collect::<Vec<_>>(), found.more)
    };
    for typed in ["m", "mu", "much", "nothing m", "\"nothing m", "from:jana m", "ja"] {
        let (found, more) = ids(typed).await;
        assert_eq!((found[0].as_str(), found.len(), more), ("2099@t.example", 9, true), "{typed}");
    }
    for typed in ["z", "zu", "zurich c", "\"zürich c", "before:2026-03-02 z"] {
        assert_eq!(ids(typed).await, (vec!["7@t.example".to_owned()], false), "{typed}");
    }
    for typed in ["x", "much z", "after:2026-03-01 z"] {
        assert!(ids(typed).await.0.is_empty(), "{typed}");
    }
}

#[tokio::test]
async fn deals_people_and_notes_are_found_too() {
    let desk = desk().await;
    let found = desk.find("jana").await;
    assert_eq!(found.deals.shown[0].name.text, "Warehouse in Ulm");
    assert_eq!(found.deals.shown[0].person.as_ref().unwrap().text, "Jana Kühn");
    assert_eq!(found.people.shown[0].organization.as_ref().unwrap().text, "Lindner Logistik");
    assert_eq!(found.people.shown[0].messages, 3);
    let found = desk.find("logistik").await;
    assert_eq!((found.deals.shown.len(), found.people.shown.len()), (1, 1));
    let found = desk.find("state:closed kind:deal").await;
    assert_eq!(found.deals.shown[0].id.as_str(), "d2");
    assert!(found.people.shown.is_empty() && found.messages.shown.is_empty());
    let found = desk.find("side on:2026-03").await;
    assert_eq!(found.notes.shown[0].snippet.as_ref().unwrap().marks.len(), 1);
    assert!(desk.find("side before:2026-03").await.is_empty());

    let (office, home) = (email("jana@lindner.example"), email("j.kuehn@home.example"));
    desk.take_letters(&[letter("jk <j.kuehn@home.example>", ME, 14, "Writing from home.")]).await;
    assert_eq!(desk.find("kuhn").await.people.shown[0].same_as, []);
    desk.inroad.decide_same_person(&office, &home, true, day(20)).await.unwrap();
    let found = desk.find("kuhn").await;
    assert_eq!((&found.people.shown[0].email, found.people.shown.len()), (&office, 1));
    assert_eq!(found.people.shown[0].same_as, [home]);
    assert_eq!(days(&desk.find("from:jana home").await), ["14.3"], "one person, whichever address");
}

#[tokio::test]
async fn snippets_show_what_was_found_and_nothing_private() {
    let desk = desk().await;
    let snippet = async |typed: &str| {
        let found = desk.find(typed).await.messages.shown.remove(0);
        (found.subject.text, found.snippet.map(|snippet| snippet.text))
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(snippet("budget from:jana").await.1, text("The budget is attached."));
    assert_eq!(snippet("father from:jana").await.1, text("last week"));
    assert_eq!(snippet("numbers").await, (String::new(), text("Quarterly numbers are late.")));
    assert_eq!(snippet("from:news budgets").await.1, text("Budgets of the third quarter."));
    let quoted = snippet("decide from:jana").await.1.unwrap();
    assert!(quoted.contains("What would you decide"), "{quoted}");
    let note = desk.find("father kind:note").await.notes.shown.remove(0);
    assert_eq!(note.snippet.unwrap().text, "last week");
}

#[tokio::test]
async fn what_is_not_understood_is_told_with_its_place() {
    let desk = desk().await;
    let found = desk.find("form:jana budget deal:mars").await;
    assert_eq!(days(&found), ["12.3", "9.3"]);
    let places: Vec<_> = found.problems.iter().map(|problem| problem.place.clone()).collect();
    assert_eq!(places, [0..9, 22..26]);
    assert!(desk.find("deal:mars").await.is_empty());
    let search = Search {
        typed: "state:dark",
        last_word: LastWord::Whole,
        states: None,
        shown_max: 9,
        as_of: None,
    };
    let found = desk.inroad.search(&search).await.unwrap();
    assert!(found.is_empty() && found.problems.len() == 1);
}

#[test]
fn anything_can_be_typed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(desk());
    let typed =
        "(\\PC|[ \"*():^-]|from:|to:|on:2026|has:fact|state:dark|kind:|budget|AND|NOT|\\x00){0,14}";
    proptest!(ProptestConfig::with_cases(300), |(typed in typed)| {
        for last_word in [LastWord::Open, LastWord::Whole] {
            let search = Search { typed: &typed, last_word, states: None, shown_max: 3, as_of: None };
            let found = runtime.block_on(desk.inroad.search(&search));
            prop_assert!(found.is_ok(), "{:?}", found);
        }
    });
}
