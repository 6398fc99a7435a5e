//! What a mail server sends: answers that break the grammar, names of folders, sets of numbers.

#![no_main]

use inroad_imap::UidSet;
use inroad_imap::name::{Writing, decode, encode};
use inroad_imap::wire::answer::Answer;
use inroad_imap::wire::lenient;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let answer = lenient::read(bytes);
    assert_eq!(answer, lenient::read(bytes));
    if let Answer::Fetch(fetched) = answer {
        // A part of a message is a part of what came, and nothing is made up.
        if let Some(body) = fetched.body {
            assert!(body.len() < bytes.len());
        }
        assert_ne!(fetched.uid, Some(0));
    }
    for writing in [Writing::ModifiedUtf7, Writing::Utf8] {
        let name = decode(bytes, writing);
        assert!(!name.contains(char::is_control));
        assert_eq!(decode(&encode(&name, writing), writing), name);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(set) = UidSet::parse(text)
    {
        assert!(set.is_empty() || UidSet::parse(&set.to_string()).as_ref() == Ok(&set));
        let few = set.intersection(&UidSet::range(1, 5_000));
        let part = few.chunks(7).first().cloned().unwrap_or_default();
        assert!(part.minus(&set).is_empty());
        assert_eq!(set.minus(&part).union(&part), set);
    }
});
