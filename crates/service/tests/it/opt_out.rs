//! Do-not-contact is absolute: whoever opted out is proposed nowhere, in any spelling, under any
//! alias, on any later day.

use proptest::prelude::*;

use crate::desk::{Desk, day, email};
use crate::letters::{ME, letter, usual};

/// The addresses under which somebody may ask, and whether a user has to say whose they are.
const ASKERS: [(&str, Option<&str>); 4] = [
    ("jana@lindner.example", None),
    ("Jana Kühn <JANA@Lindner.EXAMPLE>", None),
    ("jana.kuehn@gmail.com", Some("jana@lindner.example")),
    ("j.kuehn@other.example", Some("jana@lindner.example")),
];
const WORDS: [&str; 3] =
    ["Please do not contact me again.", "Please remove me from your list.", "Unsubscribe me."];

/// Every place of a review where an address is named as one to write to.
pub(crate) fn named(review: &serde_json::Value) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    review["deals"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|deal| {
            let mut found: Vec<Option<String>> =
                vec![text(&deal["next_step"]["to"]), text(&deal["question"]["ask"])];
            found.extend(deal["levers"].as_array().unwrap().iter().map(|l| text(&l["email"])));
            found.extend(deal["route"].as_array().unwrap().iter().map(text));
            found
        })
        .flatten()
        .collect()
}

async fn who_is_named(
    asker: usize,
    words: usize,
    asked_on: u8,
    later: u8,
    omar: bool,
) -> Vec<String> {
    let desk = Desk::new().await;
    let (address, same_as) = ASKERS[asker];
    let mut letters = usual();
    if omar {
        // Somebody else answers, and refers us back to the one who asked.
        letters.push(letter("omar@lindner.example", ME, asked_on, "Please ask Jana about it."));
    }
    letters.push(letter(address, ME, asked_on, WORDS[words]));
    desk.take_letters(&letters).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    if let Some(same) = same_as {
        desk.inroad.decide_same_person(&email(same), &email(address), true, day(1)).await.unwrap();
    }
    named(&desk.review(day(asked_on + later)).await)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn nobody_who_opted_out_is_proposed(
        asker in 0..ASKERS.len(),
        words in 0..WORDS.len(),
        asked_on in 3_u8..20,
        later in 0_u8..10,
        omar in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let named = runtime.block_on(who_is_named(asker, words, asked_on, later, omar));
        for forbidden in ["jana@lindner.example", "jana.kuehn@gmail.com", "j.kuehn@other.example"] {
            let opted_out = forbidden == "jana@lindner.example" || ASKERS[asker].0 == forbidden;
            let proposed = named.iter().any(|name| name.eq_ignore_ascii_case(forbidden));
            prop_assert!(!(opted_out && proposed), "{named:?}");
        }
    }
}

#[tokio::test]
async fn an_address_book_can_forbid_too() {
    let desk = Desk::new().await;
    desk.take_letters(&usual()).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    let csv = "First Name,Last Name,Email,Email Opt Out\nInes,Sol,INES@ACME.example,true\n";
    assert_eq!(desk.take("contacts.csv", csv).await.contacts, 1);
    let named = named(&desk.review(day(25)).await);
    assert!(!named.iter().any(|name| name == "ines@acme.example"), "{named:?}");
}
