//! Threads against the public cases of RFC 5256 and of Zawinski's algorithm.
//!
//! We thread by identifiers alone and never split: cases that join by subject, keep duplicates apart
//! or choose between two parents differ on purpose, and are printed. So does an identifier that is
//! quoted in one mail and not in the other, which hardly a program writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use inroad_store::Concerning;
use serde_json::Value;

use crate::samples::{packed, store, touch};

/// Message-IDs by thread, without brackets.
type Threads = BTreeSet<BTreeSet<String>>;

fn bare(text: &str) -> &str {
    text.trim().trim_start_matches('<').trim_end_matches('>')
}

/// The identifier that a message of a case has with us.
fn id_of(message: &Value) -> String {
    let given = message["message_id"].as_str().map(bare).filter(|id| id.contains('@'));
    given.map_or_else(
        || format!("{}@made.example", bare(message["id"].as_str().unwrap())),
        str::to_owned,
    )
}

async fn ours(case: &Value) -> Threads {
    let (_folder, store) = store().await;
    for (n, message) in case["input"].as_array().unwrap().iter().enumerate() {
        let references = message["references"].as_array().into_iter().flatten();
        let parents: Vec<&str> = references
            .chain([&message["in_reply_to"]])
            .filter_map(Value::as_str)
            .map(bare)
            .filter(|id| id.contains('@'))
            .collect();
        let touch = touch(&id_of(message), u8::try_from(n % 28).unwrap() + 1, &parents);
        store.add_messages(vec![packed(touch)]).await.unwrap();
    }
    let email = "jana@lindner.example".parse().unwrap();
    let all = Concerning { emails: [email].into(), ..Concerning::default() };
    let mut threads = BTreeMap::<i64, BTreeSet<String>>::new();
    for kept in store.messages(&all).await.unwrap() {
        threads.entry(kept.thread).or_default().insert(kept.touch.message.id.to_string());
    }
    threads.into_values().collect()
}

fn expected(case: &Value) -> Threads {
    let input = case["input"].as_array().unwrap();
    let ids: BTreeMap<&str, String> =
        input.iter().map(|message| (message["id"].as_str().unwrap(), id_of(message))).collect();
    let threads = case["expected"]["threads"].as_array().unwrap().iter();
    threads
        .map(|thread| {
            let members = thread["messages"].as_array().unwrap().iter();
            members.filter_map(|id| ids.get(id.as_str().unwrap()).cloned()).collect()
        })
        .filter(|members: &BTreeSet<String>| !members.is_empty())
        .collect()
}

#[test]
fn threads_of_the_public_cases() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/mail/mail-threading-conformance/conformance"
    ));
    if !folder.is_dir() {
        println!("SKIPPED: {} is not here", folder.display());
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut n_same, mut differing) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let case: Value =
            serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        if runtime.block_on(ours(&case)) == expected(&case) {
            n_same += 1;
        } else {
            differing.push(case["description"].as_str().unwrap().to_owned());
        }
    }
    println!("{n_same} cases agree, {} differ:", differing.len());
    differing.sort();
    println!("{}", differing.join("\n"));
    assert!(n_same >= 24, "only {n_same} cases agree");
}
