//! What a browser answers for a device, or somebody in its place.

#![no_main]

use std::sync::LazyLock;

use inroad_passkey::{Asked, Person, Shown, Site, ask_to_make, ask_to_show, believed, is_copied, made};
use libfuzzer_sys::fuzz_target;

/// What was asked, and a passkey that somebody has.
struct Questions {
    site: Site,
    make: Asked,
    show: Asked,
    key: String,
}

static QUESTIONS: LazyLock<Questions> = LazyLock::new(|| {
    let site = Site::at("https://inroad.firm.example").unwrap();
    let person = Person { handle: [7; 16], email: "mia@firm.example", name: "Mia" };
    let make = ask_to_make(&site, &person, &[]).unwrap();
    let show = ask_to_show(&site).unwrap();
    Questions { site, make, show, key: include_str!("../seeds/passkey_answer/key.json").trim().to_owned() }
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(answer) = std::str::from_utf8(bytes) else { return };
    let Questions { site, make, show, key } = &*QUESTIONS;
    // Nobody guesses what was asked, nor signs by a key that they do not have.
    assert!(made(site, &make.kept, answer).is_err());
    if let Ok(shown) = Shown::read(answer) {
        assert!(believed(site, &show.kept, &shown, key).is_err());
    }
    assert_eq!(is_copied(key), Ok(false));
});
