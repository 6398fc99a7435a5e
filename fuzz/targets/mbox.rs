//! A mailbox: the same messages whether it comes at once or in small pieces.

#![no_main]

use std::io::Read;

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::Limits;
use inroad_ingest::mbox::{Mbox, MboxItem};
use inroad_ingest::source::detect;
use libfuzzer_sys::fuzz_target;

/// Hands out a few bytes at a time.
struct Dribble<'a> {
    rest: &'a [u8],
    piece: usize,
}

impl Read for Dribble<'_> {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        let count = self.piece.min(space.len()).min(self.rest.len());
        let (now, later) = self.rest.split_at(count);
        space[..count].copy_from_slice(now);
        self.rest = later;
        Ok(count)
    }
}

fuzz_target!(|bytes: &[u8]| {
    let [piece, file @ ..] = bytes else { return };
    let _kind = detect("x", file);
    let limits = Limits::default();
    let whole: Vec<MboxItem> = Mbox::new(file, &limits).collect();
    let dribble = Dribble { rest: file, piece: usize::from(*piece) + 1 };
    let pieces: Vec<MboxItem> = Mbox::new(dribble, &limits).collect();
    assert_eq!(whole, pieces);
    assert!(whole.iter().map(|item| item.raw.len()).sum::<usize>() <= file.len());
    assert!(whole.iter().all(|item| item.offset <= file.len() as u64 && item.line >= 1));
    assert!(whole.is_sorted_by_key(|item| item.offset));
    check_issues(whole.iter().filter_map(|item| item.issue.as_ref()), &limits);

    let limits = Limits { message_bytes: 60, ..tight() };
    let cut: Vec<MboxItem> = Mbox::new(file, &limits).collect();
    assert_eq!(cut.len(), whole.len());
    for (cut, whole) in cut.iter().zip(&whole) {
        assert!(cut.raw.len() <= limits.message_bytes);
        assert!(whole.raw.starts_with(&cut.raw) || cut.issue.is_some());
    }
});
