//! A file of passwords that somebody else may have written.

#![no_main]

use std::sync::LazyLock;

use inroad_secrets::sealed::Sealed;
use inroad_secrets::{Cost, Key, Passphrase};
use libfuzzer_sys::fuzz_target;

static KEY: LazyLock<Key> = LazyLock::new(|| {
    let passphrase = Passphrase::new("four plain words here".to_owned()).unwrap();
    Key::new(&passphrase, Cost::LEAST).unwrap()
});

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    // With its digest made to hold, so that what stands behind it is reached.
    read(&[bytes, blake3::hash(bytes).as_bytes()].concat());
    let begun = [b"inroad-secrets\r\n".as_slice(), bytes].concat();
    read(&[begun.as_slice(), blake3::hash(&begun).as_bytes()].concat());
});

fn read(bytes: &[u8]) {
    let Ok(sealed) = Sealed::read(bytes) else { return };
    assert!(sealed.names().is_sorted());
    // Nobody has sealed anything by this key.
    assert!(sealed.open(&KEY).is_err());
    assert!(!format!("{sealed:?}").is_empty());
}
