//! Whatever a browser sends, it is judged, and nothing of it is believed that was not asked.

use inroad_passkey::{
    ANSWER_BYTES_MAX, Doubt, Error, Person, Shown, Site, ask_to_make, ask_to_show, believed, made,
};
use proptest::prelude::*;

use crate::device::{Device, Lie};

const HERE: &str = "https://inroad.firm.example";

/// Two honest answers, with what was kept of the questions, and of the passkey.
struct Honest {
    site: Site,
    make: (String, String),
    show: (String, String),
    key: String,
}

fn honest() -> Honest {
    let site = Site::at(HERE).unwrap();
    let person = Person { handle: [7; 16], email: "mia@firm.example", name: "Mia" };
    let mut device = Device::at(HERE);
    let asked = ask_to_make(&site, &person, &[]).unwrap();
    let answer = device.makes(&asked.options, Lie::None);
    let key = made(&site, &asked.kept, &answer).unwrap().key;
    let shown = ask_to_show(&site).unwrap();
    let shows = device.shows(&shown.options, Lie::None);
    Honest { site, make: (asked.kept, answer), show: (shown.kept, shows), key }
}

impl Honest {
    /// Judges an answer as both, which ends.
    fn judges(&self, answer: &str) -> bool {
        let made = made(&self.site, &self.make.0, answer).is_ok();
        let shown = Shown::read(answer)
            .and_then(|shown| believed(&self.site, &self.show.0, &shown, &self.key))
            .is_ok();
        made || shown
    }
}

#[test]
fn nothing_too_long_is_read() {
    let long = format!("{{\"id\": \"{}\"}}", "x".repeat(ANSWER_BYTES_MAX));
    let refused = Err(Error::NotBelieved(Doubt::Form));
    assert_eq!(Shown::read(&long).map(|_| ()), refused);
    let honest = honest();
    assert_eq!(made(&honest.site, &honest.make.0, &long).map(|_| ()), refused);
    // One that is padded to one byte too many, and would be believed otherwise.
    let padded = format!("{}{}", honest.show.1, " ".repeat(ANSWER_BYTES_MAX));
    assert!(!honest.judges(&padded) && honest.judges(&honest.show.1));
}

#[test]
fn deep_answers_end() {
    let honest = honest();
    for deep in ["[".repeat(20_000), "{\"a\":".repeat(5_000)] {
        assert!(!honest.judges(&deep));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_judged(answer in any::<String>()) {
        prop_assert!(!honest().judges(&answer));
    }

    /// An honest answer of which one byte, of whatever lies in it, is another one.
    #[test]
    fn a_changed_answer_is_not_believed(
        field in prop::sample::select(vec!["authenticatorData", "clientDataJSON", "signature"]),
        at in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let honest = honest();
        let mut answer: serde_json::Value = serde_json::from_str(&honest.show.1).unwrap();
        let told = answer["response"][field].as_str().unwrap();
        let mut bytes = URL_SAFE_NO_PAD.decode(told).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        answer["response"][field] = URL_SAFE_NO_PAD.encode(&bytes).into();
        prop_assert!(!honest.judges(&answer.to_string()), "{field} {at} {bit}");
    }

    /// A key that a device made, with bytes of whatever kind in its place.
    #[test]
    fn any_object_is_judged(object in prop::collection::vec(any::<u8>(), 0..600)) {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let honest = honest();
        let mut answer: serde_json::Value = serde_json::from_str(&honest.make.1).unwrap();
        answer["response"]["attestationObject"] = URL_SAFE_NO_PAD.encode(&object).into();
        prop_assert!(!honest.judges(&answer.to_string()));
    }
}
