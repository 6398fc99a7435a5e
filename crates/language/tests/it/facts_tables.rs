//! The reader of facts against messages with expected facts.

use std::collections::{BTreeMap, BTreeSet};

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;
use inroad_language::facts::{read_message, read_note};
use inroad_model::{
    BodyOrigin, EmailAddress, Fact, FactKind, Mailbox, Message, MessageId, Moment, Nature,
    Signature,
};
use jiff::civil::Date;

/// One message or note of a table.
pub(crate) struct Example {
    /// The message; of a note only its day and its words.
    pub(crate) message: Message,
    /// Whom a note may name; `None` in a message.
    people: Option<Vec<Mailbox>>,
    /// What it states, as `kind address value`.
    pub(crate) expected: BTreeSet<String>,
}

const WORKED_ON: &str = include_str!("../facts/worked_on.txt");
const SET_ASIDE: &str = include_str!("../facts/set_aside.txt");

const BLIND_SEEN: &str = include_str!("../facts/blind_seen.txt");
const BLIND_LAST: &str = include_str!("../facts/blind_last.txt");
const ORDINARY: &str = include_str!("../facts/ordinary.txt");
const THIRD_HAND: &str = include_str!("../facts/third_hand.txt");
const FOURTH_HAND_FIRST: &str = include_str!("../facts/fourth_hand_first.txt");
const FOURTH_HAND_SECOND: &str = include_str!("../facts/fourth_hand_second.txt");
const DAYS_AND_OWNERS_FIRST: &str = include_str!("../facts/days_and_owners_first.txt");
const DAYS_AND_OWNERS_SECOND: &str = include_str!("../facts/days_and_owners_second.txt");
const DAYS_NAMED_FIRST: &str = include_str!("../facts/days_named_first.txt");
const DAYS_NAMED_SECOND: &str = include_str!("../facts/days_named_second.txt");
const FIFTH_HAND_UNREAD: &str = include_str!("../facts/fifth_hand_unread.txt");

/// The messages of both tables.
pub(crate) fn all() -> Vec<Example> {
    [WORKED_ON, SET_ASIDE].iter().flat_map(|table| examples(table)).collect()
}

fn examples(table: &str) -> Vec<Example> {
    let rules = |entry: &&str| !entry.trim_start().starts_with('#') && !entry.trim().is_empty();
    table.split("\n== ").filter(rules).map(example).collect()
}

fn example(entry: &str) -> Example {
    let (first, rest) = entry.split_once('\n').unwrap();
    let mut parts = first.split_whitespace();
    let (_language, day) = (parts.next().unwrap(), parts.next().unwrap());
    let way = parts.next();
    let by_machine = way == Some("auto");
    let (headers, body) = rest.split_once("\n\n").unwrap();
    let header = |name: &str| -> Vec<Mailbox> {
        let line = headers.lines().find_map(|line| line.strip_prefix(name));
        line.into_iter().flat_map(mailboxes).collect()
    };
    let people = headers.lines().find_map(|line| line.strip_prefix("people: "));
    let people = people.map(mailboxes);
    let (facts, words): (Vec<&str>, Vec<&str>) =
        body.lines().partition(|line| line.starts_with("=> "));
    let because = "Auto-Submitted: auto-replied".to_owned();
    let message = Message {
        id: MessageId::new("<m1@table.example>").unwrap(),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        date: Some(format!("{day}T10:00:00+01:00").parse::<Moment>().unwrap()),
        from: header("from: ").pop(),
        reply_to: Vec::new(),
        to: header("to: "),
        cc: header("cc: "),
        bcc: Vec::new(),
        subject: String::new(),
        text: words.join("\n").trim().to_owned(),
        origin: BodyOrigin::Plain,
        attachments: Vec::new(),
        nature: if by_machine {
            Nature::AutomaticReply { because }
        } else {
            Nature::Correspondence
        },
        invitation: None,
    };
    let expected = facts
        .into_iter()
        .filter_map(|line| line.strip_prefix("=> "))
        .filter(|line| *line != "nothing")
        .map(ToOwned::to_owned)
        .collect();
    Example { message, people, expected }
}

/// `Ann Marsh <ann@arden.example>, bo@arden.example`, parted by commas or semicolons.
fn mailboxes(line: &str) -> Vec<Mailbox> {
    let mut found = Vec::new();
    for text in line.split([',', ';', '>']) {
        let (name, address) = text.split_once('<').unwrap_or(("", text));
        let name = name.trim().trim_matches('"');
        if let Ok(address) = address.trim().parse::<EmailAddress>() {
            found.push(Mailbox { name: (!name.is_empty()).then(|| name.to_owned()), address });
        }
    }
    found
}

fn shown(fact: &Fact) -> String {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let value = day(fact.until)
        .or_else(|| day(fact.on))
        .or_else(|| {
            (fact.kind == FactKind::Referred).then(|| fact.to.as_ref()?.to_string().into())?
        })
        .or_else(|| fact.title.clone())
        .or_else(|| fact.whole_firm.then(|| "firm".to_owned()));
    let email = fact.email.as_ref().map_or("-", EmailAddress::as_str);
    format!("{} {email} {}", fact.kind.as_str(), value.unwrap_or_default()).trim().to_owned()
}

/// Right, not stated, missed.
type Counts = [u32; 3];

fn f1([right, wrong, missed]: Counts) -> f64 {
    f64::from(2 * right) / f64::from((2 * right + wrong + missed).max(1))
}

/// The new text alone, where the words of a table have no signature and no quotes.
fn bare(example: &Example) -> Vec<Fact> {
    read_message(&example.message, &example.message.text, &Signature::default())
}

/// What a mail from a mail server is, as `ingest` tells it.
fn delivered(message: &Message) -> Message {
    let mut message = message.clone();
    let address = |mailbox: &Mailbox| mailbox.address.to_string();
    let from = message.from.as_ref().map(address).unwrap_or_default();
    if from.starts_with("mailer-daemon@") || from.starts_with("postmaster@") {
        let to = message.to.first().map(address).unwrap_or_default();
        let raw = format!(
            "From: <{from}>\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n\
             Date: Tue, 10 Mar 2026 10:00:00 +0100\r\nMessage-ID: <r1@table.example>\r\n\
             Auto-Submitted: auto-replied\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}",
            message.text.replace('\n', "\r\n")
        );
        message.nature = parse_message(raw.as_bytes(), &Limits::default()).0.nature;
    }
    message
}

/// A whole mail with its signature, or a note.
fn whole(example: &Example) -> Vec<Fact> {
    let message = &delivered(&example.message);
    match (&example.people, message.date) {
        (Some(people), Some(date)) => read_note(&message.text, date.date(), people),
        _ => inroad_language::read::read(message.clone()).facts,
    }
}

/// The hands that were not told of the whole firm write an opt-out without it.
fn without_firm(fact: &str) -> String {
    fact.strip_suffix(" firm").unwrap_or(fact).to_owned()
}

/// Reads every example of a table and returns F1 over all facts. What fails is told only where
/// the words may be seen.
fn check(name: &str, table: &str, read: fn(&Example) -> Vec<Fact>, seen: bool) -> f64 {
    let mut by_kind: BTreeMap<String, Counts> = BTreeMap::new();
    let mut all: Counts = [0; 3];
    let examples = examples(table);
    for example in &examples {
        let firm_told = example.expected.iter().any(|fact| fact.ends_with(" firm"));
        let facts = read(example);
        let found: BTreeSet<String> = facts
            .iter()
            .map(shown)
            .map(|fact| if firm_told { fact } else { without_firm(&fact) })
            .collect();
        for fact in found.union(&example.expected) {
            let (at, told) = match (found.contains(fact), example.expected.contains(fact)) {
                (true, true) => (0, ""),
                (true, false) => (1, "not stated"),
                _ => (2, "missed"),
            };
            all[at] += 1;
            let kind = fact.split(' ').next().unwrap_or_default().to_owned();
            by_kind.entry(kind).or_default()[at] += 1;
            if at > 0 && seen {
                println!("{name}: {told}: {fact}\n{}\n", example.message.text);
            }
        }
    }
    for (kind, counts) in &by_kind {
        println!("{name}: {kind:14} F1 {:.3} (right, not stated, missed: {counts:?})", f1(*counts));
    }
    println!("{name}: {} examples, F1 {:.3} ({all:?})", examples.len(), f1(all));
    f1(all)
}

#[test]
fn messages_that_were_worked_on() {
    assert!(examples(WORKED_ON).len() >= 40);
    assert!(check("worked on", WORKED_ON, bare, true) >= 0.99);
}

#[test]
fn messages_that_were_set_aside() {
    assert!(examples(SET_ASIDE).len() >= 40);
    assert!(check("set aside", SET_ASIDE, bare, true) >= 0.97);
}

#[test]
fn whole_mails_and_notes_of_another_hand() {
    assert!(examples(BLIND_SEEN).len() >= 40);
    assert!(check("blind seen", BLIND_SEEN, whole, true) >= 0.93);
}

#[test]
fn whole_mails_and_notes_that_were_read_last() {
    assert!(examples(BLIND_LAST).len() >= 40);
    assert!(check("blind last", BLIND_LAST, whole, true) >= 0.87);
}

#[test]
fn mails_and_notes_of_a_third_hand() {
    assert!(examples(THIRD_HAND).len() >= 80);
    assert!(check("third hand", THIRD_HAND, whole, true) >= 0.91);
}

#[test]
fn mails_and_notes_of_a_fourth_hand() {
    assert!(examples(FOURTH_HAND_FIRST).len() >= 40);
    assert!(check("fourth hand, first", FOURTH_HAND_FIRST, whole, true) >= 0.95);
}

#[test]
fn mails_and_notes_of_a_fourth_hand_that_were_read_last() {
    assert!(examples(FOURTH_HAND_SECOND).len() >= 40);
    assert!(check("fourth hand, second", FOURTH_HAND_SECOND, whole, true) >= 0.93);
}

#[test]
fn mails_and_notes_that_stay_unread() {
    assert!(examples(FIFTH_HAND_UNREAD).len() >= 80);
    assert!(check("fifth hand", FIFTH_HAND_UNREAD, whole, false) >= 0.74);
}

#[test]
fn days_to_come_back_and_new_owners() {
    assert!(examples(DAYS_AND_OWNERS_FIRST).len() >= 30);
    assert!(check("days and owners, first", DAYS_AND_OWNERS_FIRST, whole, true) >= 0.88);
}

#[test]
fn days_to_come_back_and_new_owners_that_stay_unread() {
    assert!(examples(DAYS_AND_OWNERS_SECOND).len() >= 30);
    assert!(check("days and owners, second", DAYS_AND_OWNERS_SECOND, whole, false) >= 0.7);
}

#[test]
fn ordinary_sentences() {
    assert!(examples(ORDINARY).len() >= 300);
    assert!(check("ordinary", ORDINARY, whole, true) >= 0.95);
}

#[test]
fn days_named_in_ever_new_words() {
    assert!(examples(DAYS_NAMED_FIRST).len() >= 80);
    assert!(check("days named, first", DAYS_NAMED_FIRST, whole, true) >= 0.5);
}

#[test]
fn days_named_in_ever_new_words_that_stay_unread() {
    assert!(examples(DAYS_NAMED_SECOND).len() >= 80);
    assert!(check("days named, second", DAYS_NAMED_SECOND, whole, false) >= 0.5);
}
