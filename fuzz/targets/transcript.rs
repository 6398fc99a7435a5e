//! A transcript of a call: WebVTT, `SubRip` or plain text.

#![no_main]

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::{Limits, transcript};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for limits in [Limits::default(), tight()] {
        let read = transcript::read(bytes, &limits);
        assert_eq!(read, transcript::read(bytes, &limits));
        assert!(!read.turns.is_empty() || !read.issues.is_empty());
        for turn in &read.turns {
            assert!(
                !turn.text.is_empty() && turn.pieces.first().is_some_and(|piece| piece.at == 0)
            );
            assert!(turn.pieces.iter().all(|piece| turn.text.is_char_boundary(piece.at)));
            assert!(turn.start_ms() <= turn.end_ms() || turn.end_ms().is_none());
            let long = turn.end_ms().unwrap_or(0)
                - turn.start_ms().unwrap_or(0).min(turn.end_ms().unwrap_or(0));
            assert!(turn.spoken_ms().is_none_or(|spoken| spoken <= long));
        }
        check_issues(&read.issues, &limits);
    }
});
