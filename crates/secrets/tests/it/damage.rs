//! A file that was touched: every flipped byte and every cut is told, and never as a wrong passphrase.

use std::collections::BTreeMap;

use inroad_secrets::sealed::{CannotOpen, Damage, Sealed, seal};
use inroad_secrets::{Cost, Key};

use crate::{passphrase, password_of, secret, words};

/// A file of two secrets, and its key.
fn written() -> (Vec<u8>, Key) {
    let key = Key::new(&passphrase(), Cost::LEAST).unwrap();
    (sealed_of(&[("mail", "hunter2"), ("cards", "swordfish")], &key, 7), key)
}

fn sealed_of(secrets: &[(&str, &str)], key: &Key, generation: u64) -> Vec<u8> {
    let secrets: BTreeMap<_, _> =
        secrets.iter().map(|(name, text)| (password_of(name), secret(text))).collect();
    seal(&secrets, key, generation).unwrap()
}

/// With the digest made anew, as somebody would who wants to hide a change.
fn with_digest(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() - 32);
    let digest = blake3::hash(&bytes);
    bytes.extend_from_slice(digest.as_bytes());
    bytes
}

#[test]
fn every_flipped_bit_is_damage() {
    let (bytes, _key) = written();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let found = Sealed::read(&flipped).map(|_| ());
            assert!(matches!(found, Err(Damage::Changed(_))), "byte {at}, bit {bit}: {found:?}");
        }
    }
}

#[test]
fn every_cut_is_damage() {
    let (bytes, _key) = written();
    for length in 0..bytes.len() {
        let found = Sealed::read(&bytes[..length]).map(|_| ());
        assert!(matches!(found, Err(Damage::Changed(_))), "{length} bytes: {found:?}");
    }
    let longer = [bytes.as_slice(), b"\n"].concat();
    assert!(matches!(Sealed::read(&longer), Err(Damage::Changed(_))));
}

#[test]
fn every_hidden_change_is_found() {
    let (bytes, key) = written();
    let end = bytes.len() - 32;
    let mut wrong_keys = 0;
    for at in 0..end {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        let flipped = with_digest(flipped);
        let Ok(sealed) = Sealed::read(&flipped) else { continue };
        match sealed.open(&key) {
            Err(CannotOpen::WrongKey) => wrong_keys += 1,
            Err(CannotOpen::Changed(_)) => {}
            Ok(_) => panic!("byte {at} may be changed unseen"),
        }
    }
    // Cost, salt and check: what makes the key of the file another. The bounds of costs catch some.
    assert!((56..=68).contains(&wrong_keys), "{wrong_keys}");
}

#[test]
fn a_wrong_passphrase_is_no_damage() {
    let (bytes, _key) = written();
    let sealed = Sealed::read(&bytes).unwrap();
    let key = sealed.key(&words("some other words")).unwrap();
    assert_eq!(sealed.open(&key).map(|_| ()), Err(CannotOpen::WrongKey));
}

#[test]
fn parts_of_two_files_are_no_file() {
    let key = Key::new(&passphrase(), Cost::LEAST).unwrap();
    let old = sealed_of(&[("mail", "hunter2")], &key, 7);
    for (new, because) in [
        (sealed_of(&[("mail", "swordfish")], &key, 8), "an older secret"),
        (sealed_of(&[("mail", "swordfish")], &key, 7), "another secret of the same writing"),
    ] {
        // Of the same length, so that what stands behind the check may be exchanged.
        for from in [85, 93, 95, 109] {
            let mixed = [&new[..from], &old[from..]].concat();
            let mixed = with_digest(mixed);
            let Ok(sealed) = Sealed::read(&mixed) else { continue };
            let found = sealed.open(&key).map(|_| ());
            assert!(matches!(found, Err(CannotOpen::Changed(_))), "{because}, {from}: {found:?}");
        }
    }
}

#[test]
fn a_later_layout_is_told_apart() {
    let (mut bytes, _key) = written();
    bytes[16] = 2;
    assert!(matches!(Sealed::read(&bytes), Err(Damage::Changed(_))));
    assert_eq!(Sealed::read(&with_digest(bytes)).map(|_| ()), Err(Damage::Newer(2)));
}

#[test]
fn costs_beyond_bounds_are_not_paid() {
    let (mut bytes, _key) = written();
    bytes[17..21].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(Sealed::read(&with_digest(bytes)), Err(Damage::Changed(_))));
}
