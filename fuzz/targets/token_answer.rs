//! What a server for tokens, or somebody in its place, answers.

#![no_main]

use inroad_connect::oauth::{Reply, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let reply = read(bytes);
    assert_eq!(reply, read(bytes));
    let shown = format!("{reply:?}");
    assert!(shown.len() < 10_000);
    match reply {
        Ok(Reply::Granted(granted)) => {
            assert!(granted.access.reveal().bytes().all(|b| b.is_ascii_graphic()));
        }
        Ok(Reply::Refused { code, words }) => {
            assert!(!code.is_empty() && code.len() <= 60);
            let words = words.shown(&[]);
            assert!(!words.is_empty() && !words.contains('\n') && words.chars().count() <= 200);
        }
        Err(_) => {}
    }
});
