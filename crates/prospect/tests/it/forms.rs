//! The form, and the sheet that is made of it.

use inroad_model::{Account, Entry, KeptEntry, Topic};
use inroad_prospect::{call_sheet, form, held};
use jiff::civil::date;

use crate::samples::{claim, day, kept, remark};

fn entries() -> Vec<KeptEntry> {
    vec![
        kept(1, claim(Topic::Department, "Marketing", false, None)),
        kept(2, claim(Topic::Need, "Peaks before Christmas", false, None)),
        kept(3, claim(Topic::Need, "Drivers are missing all year", true, Some(2))),
        kept(
            4,
            Entry::Question { text: remark("Who plans the shifts?"), whom: Some(remark("Jana")) },
        ),
        kept(5, Entry::Question { text: remark("When is the budget made?"), whom: None }),
        kept(6, Entry::Answered { question: kept(5, Entry::Tag { tag: String::new() }).number }),
        kept(
            7,
            Entry::Fell {
                claim: kept(1, Entry::Tag { tag: String::new() }).number,
                because: Some(remark("A new consumer insights team buys")),
            },
        ),
    ]
}

#[test]
fn what_is_assumed_and_what_is_verified_stand_apart() {
    let entries = entries();
    let entries: Vec<&KeptEntry> = entries.iter().collect();
    let all = held(&[], &entries);
    let form = form(&all, &entries, day(20));
    let row = |topic| form.rows.iter().find(|row| row.topic == topic).unwrap();
    let need = row(Topic::Need);
    assert!(need.assumed.is_empty());
    assert_eq!(need.verified[0].text, "Drivers are missing all year");
    assert_eq!(need.held_true[0].text, "Peaks before Christmas");
    assert!(need.is_settled());
    let department = row(Topic::Department);
    assert!(department.is_empty());
    assert_eq!(department.fell[0].because.as_deref(), Some("A new consumer insights team buys"));
    assert_eq!(form.questions.len(), 1);
    assert_eq!(form.questions[0].whom.as_deref(), Some("Jana"));
}

#[test]
fn what_exports_say_is_assumed_once() {
    let account = Account {
        industry: Some("Freight".to_owned()),
        employees: Some("51-200".to_owned()),
        city: Some("Hamburg".to_owned()),
        country: Some(" ".to_owned()),
        ..Account::named("Lindner")
    };
    let all = held(&[(day(2), &account), (day(9), &account)], &[]);
    let told: Vec<(Topic, &str)> =
        all.iter().map(|held| (held.topic, held.text.as_str())).collect();
    assert_eq!(
        told,
        [(Topic::Industry, "Freight"), (Topic::Size, "51-200 people"), (Topic::Region, "Hamburg")]
    );
    assert!(all.iter().all(|held| !held.is_verified && held.day == day(9)));
}

#[test]
fn what_is_too_old_is_asked_again() {
    let entries = entries();
    let entries: Vec<&KeptEntry> = entries.iter().collect();
    let all = held(&[], &entries);
    let later = form(&all, &entries, date(2026, 10, 1));
    let need = later.rows.iter().find(|row| row.topic == Topic::Need).unwrap();
    assert!(need.is_stale && !need.is_settled());
    let sheet = call_sheet(&later, Some("Nora Vogt"), "Lindner");
    assert!(sheet.questions.iter().any(|question| question.topic == Some(Topic::Need)));
}

#[test]
fn a_sheet_asks_five_questions_ones_own_first() {
    let entries = entries();
    let entries: Vec<&KeptEntry> = entries.iter().collect();
    let all = held(&[], &entries);
    let sheet = call_sheet(&form(&all, &entries, day(20)), None, "Lindner");
    assert_eq!(sheet.questions.len(), 5);
    assert_eq!(sheet.questions[0].text, "Who plans the shifts?");
    // What is settled is not asked again.
    assert!(sheet.questions.iter().all(|question| question.topic != Some(Topic::Need)));
    assert!(sheet.opening.iter().any(|line| line.contains("Drivers are missing all year")));
    assert_eq!(sheet.leaving_well.len(), 4);
    let empty = form(&[], &[], day(2));
    assert_eq!(call_sheet(&empty, None, "Lindner").questions.len(), 5);
}
