//! Whatever is typed, the coach answers, and every place that it names is one of the text.

use inroad_coach::audience::{Audience, Dealings, KnownFact, Person};
use inroad_coach::draft::{Channel, Draft};
use inroad_coach::rules::Pack;
use proptest::prelude::*;

/// Pieces of drafts, some of them broken.
const PIECES: [&str; 24] = [
    "Subject: Re: x\n",
    "\n\n",
    "Hi Ann,",
    "Hi {{name}},",
    "\n> quoted\n",
    "Just checking in. ",
    "we’re ",
    "Monday, 31 February 2026 ",
    "30. Februar ",
    "ü",
    "\u{301}",
    "🙂",
    "?",
    "!!! ",
    "Could we talk ",
    "\r\n",
    "Best,\nTom\n",
    "[company ",
    "https://x ",
    "\u{200d}",
    "ACT NOW ",
    "If not, tell me. ",
    "After all the work my team put into it, not even a line from you. ",
    "Surely a one-line reply isn't too much to ask?",
];

fn audience() -> Audience {
    let fact = KnownFact {
        says: "They move".to_owned(),
        words: vec!["move".to_owned(), String::new(), "ü".to_owned()],
        source: String::new(),
        on: None,
        private: false,
    };
    let person = Person {
        name: Some("Ann Bly".to_owned()),
        firm: Some("Nordhafen & Söhne".to_owned()),
        title: Some("Head of Ünits".to_owned()),
        dealings: Some(Dealings::default()),
        facts: vec![fact],
        ..Person::default()
    };
    Audience {
        on: jiff::civil::Date::new(2026, 3, 2).ok(),
        person: Some(person),
        ..Audience::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn places_are_places(parts in prop::collection::vec((0_usize..PIECES.len(), "\\PC{0,6}"), 0..24), way in 0_usize..4) {
        let mut text = String::new();
        for (at, more) in &parts {
            text.push_str(PIECES[*at]);
            text.push_str(more);
        }
        let draft = Draft::new(&text, Channel::ALL[way]);
        let report = Pack::shipped().check(&draft, &audience(), None);
        for finding in &report.findings {
            let Some(range) = &finding.range else { continue };
            prop_assert_eq!(text.get(range.clone()), Some(finding.quote.as_str()), "{}", finding.rule);
        }
        let again = Pack::shipped().check(&draft, &audience(), None);
        prop_assert_eq!(report, again);
    }
}
