//! The reader of facts against messages with expected facts.

use std::collections::BTreeSet;

use inroad_language::facts::read_message;
use inroad_model::{
    BodyOrigin, EmailAddress, Fact, FactKind, Mailbox, Message, MessageId, Moment, Nature,
    Signature,
};
use jiff::civil::Date;

/// One message of a table.
pub struct Example {
    /// The message.
    pub message: Message,
    /// What it states, as `kind address value`.
    pub expected: BTreeSet<String>,
}

const WORKED_ON: &str = include_str!("../facts/worked_on.txt");
const SET_ASIDE: &str = include_str!("../facts/set_aside.txt");

/// The messages of both tables.
pub fn all() -> Vec<Example> {
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
    let by_machine = parts.next() == Some("auto");
    let (headers, body) = rest.split_once("\n\n").unwrap();
    let header = |name: &str| -> Vec<Mailbox> {
        let line = headers.lines().find_map(|line| line.strip_prefix(name));
        line.into_iter().flat_map(|line| line.split(", ")).map(mailbox).collect()
    };
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
    Example { message, expected }
}

fn mailbox(text: &str) -> Mailbox {
    let (name, address) = text.split_once('<').unwrap();
    let address: EmailAddress = address.parse().unwrap();
    Mailbox { name: Some(name.trim().to_owned()), address }
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

/// Reads every message of a table and returns F1 over all facts.
fn check(name: &str, table: &str) -> f64 {
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    let examples = examples(table);
    for Example { message, expected } in &examples {
        let facts = read_message(message, &message.text, &Signature::default());
        let found: BTreeSet<String> = facts.iter().map(shown).collect();
        right += u32::try_from(found.intersection(expected).count()).unwrap();
        for extra in found.difference(expected) {
            wrong += 1;
            println!("{name}: not stated: {extra} | {}", message.text);
        }
        for absent in expected.difference(&found) {
            missed += 1;
            println!("{name}: missed: {absent} | {}", message.text);
        }
    }
    let f1 = f64::from(2 * right) / f64::from(2 * right + wrong + missed);
    println!(
        "{name}: {} messages, F1 {f1:.3} (right {right}, not stated {wrong}, missed {missed})",
        examples.len()
    );
    f1
}

#[test]
fn messages_that_were_worked_on() {
    assert!(examples(WORKED_ON).len() >= 40);
    assert!(check("worked on", WORKED_ON) >= 0.8);
}

#[test]
fn messages_that_were_set_aside() {
    assert!(examples(SET_ASIDE).len() >= 40);
    assert!(check("set aside", SET_ASIDE) >= 0.8);
}
