//! What is free comes back to the system.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

const PIECES: usize = 200_000;
const PIECE_BYTES: usize = 512;
/// One piece of so many stays, so that no run of free ones reaches the end of the heap.
const KEPT_EACH: usize = 100;

#[test]
fn what_was_freed_between_what_is_held_is_given_back() {
    let pieces: Vec<Box<[u8]>> =
        (0..PIECES).map(|n| vec![n.to_le_bytes()[0]; PIECE_BYTES].into_boxed_slice()).collect();
    let full = resident_kb();
    let held: Vec<Box<[u8]>> = pieces.into_iter().step_by(KEPT_EACH).collect();
    assert!(inroad_heap::give_back());
    let left = resident_kb();
    let freed_kb = PIECES * PIECE_BYTES / 1024;
    assert!(full - left > freed_kb / 2, "{full} kB before, {left} kB afterwards");
    for (n, piece) in held.iter().enumerate() {
        assert!(piece.iter().all(|byte| *byte == (n * KEPT_EACH).to_le_bytes()[0]), "piece {n}");
    }
}

fn resident_kb() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
