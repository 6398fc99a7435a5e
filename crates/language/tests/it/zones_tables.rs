//! Zones of messages written for this project, line by line.

use inroad_language::zones::{Zone, split};
use inroad_model::Mailbox;

use crate::{zones_held, zones_seen};

fn mailbox(from: &str) -> Mailbox {
    let (name, address) = from.split_once('<').unwrap();
    Mailbox {
        name: Some(name.trim().to_owned()),
        address: address.trim_end_matches('>').parse().unwrap(),
    }
}

/// How many of the messages come out as they are marked; tells where they do not.
fn right(messages: &[(&str, &str, &str)]) -> usize {
    let mut right = 0;
    for (name, from, marked) in messages {
        let (gold, lines): (Vec<&str>, Vec<&str>) =
            marked.lines().map(|line| line.split_once('|').unwrap()).unzip();
        let text = lines.join("\n");
        let zones = split(&text, Some(&mailbox(from)));
        let told: Vec<&str> = zones
            .lines()
            .iter()
            .map(|zone| match zone {
                Zone::New => "n",
                Zone::Quoted => "q",
                Zone::Signature => "s",
            })
            .collect();
        let differs = |at: &usize| !lines[*at].trim().is_empty() && told[*at] != gold[*at];
        let wrong: Vec<usize> = (0..lines.len()).filter(differs).collect();
        right += usize::from(wrong.is_empty());
        for at in wrong {
            println!("{name}: '{}' is {}, not {}", lines[at], told[at], gold[at]);
        }
    }
    right
}

#[test]
fn zones_of_seen_messages() {
    let messages = zones_seen::MESSAGES;
    assert_eq!(right(messages), messages.len());
}

#[test]
fn zones_of_held_messages() {
    let messages = zones_held::MESSAGES;
    let right = right(messages);
    println!(
        "zones: {right} of {} messages written before the reader come out whole",
        messages.len()
    );
    assert_eq!(right, messages.len());
}
