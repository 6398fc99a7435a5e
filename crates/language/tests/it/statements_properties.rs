//! What holds for the reader of pages whatever it is given.

use std::time::Instant;

use inroad_language::statements::{BYTES_MAX, Page, STATEMENTS_MAX, Silence, propose};
use jiff::civil::date;
use proptest::prelude::*;

fn check(text: &str, firm: Option<&str>) {
    let page = Page { text, firm, on: date(2026, 10, 1) };
    let proposed = propose(&page);
    assert_eq!(proposed, propose(&page), "the same page tells the same");
    assert!(proposed.statements.len() <= STATEMENTS_MAX);
    assert_eq!(proposed.silence.is_some(), proposed.statements.is_empty());
    assert_eq!(proposed.is_cut, text.len() > BYTES_MAX);
    for found in &proposed.statements {
        assert_eq!(text.get(found.range.clone()), Some(found.quote.as_str()));
        assert_eq!(found.quote, found.quote.trim());
        assert!(!found.text.is_empty() && found.text.chars().count() <= 240);
        assert!(!found.text.contains(char::is_control));
        let words = found.text.split_whitespace();
        let invented: Vec<&str> = words.filter(|word| !found.quote.contains(*word)).collect();
        assert!(invented.is_empty() || found.quote.contains(char::is_control), "{invented:?}");
    }
    for pair in proposed.statements.windows(2) {
        let [one, next] = pair else { continue };
        assert!(one.range.start <= next.range.start);
    }
    for (n, one) in proposed.statements.iter().enumerate() {
        let same = proposed.statements.iter().skip(n + 1).filter(|two| two.topic == one.topic);
        for two in same {
            let apart = one.range.end <= two.range.start || two.range.end <= one.range.start;
            assert!(apart, "{one:?} {two:?}");
        }
    }
}

/// Words and marks on which rules turn, and what they do not expect.
const PIECES: [&str; 44] = [
    "We ",
    "Norvik ",
    "Delmar Foods ",
    "employs ",
    "about ",
    "350 ",
    "people",
    "employees: ",
    "Headquarters\n",
    "Linz",
    "based in ",
    "EUR ",
    "25 million",
    "turnover ",
    "rose ",
    "by 6 % ",
    "Jana Kühn, ",
    "Head of Operations ",
    "reports to the ",
    "CEO ",
    "not ",
    "our client ",
    "is a ",
    "maker of ",
    "lamps ",
    "acquired ",
    "closed the ",
    "plant in ",
    "we use ",
    "SAP ",
    "certified ",
    "ISO 9001 ",
    "on 3 March 2026",
    "in 1998 ",
    ". ",
    ", ",
    "\n",
    "\n\n",
    "\t",
    "* ",
    "’s ",
    "\u{301}",
    "🙌",
    "\0",
];

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,300}") {
        check(&text, None);
    }

    #[test]
    fn any_row_of_pieces(
        pieces in proptest::collection::vec(0..PIECES.len(), 0..60),
        is_told in any::<bool>(),
    ) {
        let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        check(&text, is_told.then_some("Norvik Machinery"));
    }
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    let others = ["a ", "x", "é", "A", "A b, ", "a\n", "A: b\n", "A\tb\n", "1 ", ". ", "\n\n"];
    for piece in others.iter().chain(&["we employ ", "Jana Kühn ", "the chief "]) {
        let took = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let start = Instant::now();
            check(&text, Some("Norvik"));
            start.elapsed().as_secs_f64()
        };
        let (short, long) = (took(10_000), took(80_000));
        // Eight times as long; the rest is a machine that is busy with something else.
        assert!(long < 30.0 * short.max(0.05), "{piece:?}: {short} s, then {long} s");
    }
}

#[test]
fn many_names_take_no_longer_than_their_number() {
    let took = |names: usize| {
        let text: Vec<String> = (0..names).map(|n| format!("Name{n} Ltd")).collect();
        let text = text.join(" ");
        let start = Instant::now();
        check(&text, None);
        start.elapsed().as_secs_f64()
    };
    let (short, long) = (took(2_000), took(16_000));
    assert!(long < 30.0 * short.max(0.05), "{short} s, then {long} s");
}

#[test]
fn a_page_beyond_the_bound_is_cut() {
    let text = format!("{}\nNorvik employs 350 people.", "a a a ".repeat(BYTES_MAX / 6));
    let start = Instant::now();
    check(&text, Some("Norvik"));
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn what_is_not_read_is_told() {
    let russian = "Компания основана в 1990 году. CEO: Ivan Petrov, ISO 9001.";
    let german = "Wir sind ein Unternehmen mit Sitz in Graz und beschäftigen 350 Mitarbeiter.";
    let page = Page { text: german, firm: None, on: date(2026, 10, 1) };
    assert_eq!(propose(&page).silence, Some(Silence::NotEnglish));
    assert_eq!(propose(&Page { text: russian, ..page }).silence, Some(Silence::NotEnglish));
    let empty = Page { text: "Our passion is your success.", ..page };
    assert_eq!(propose(&empty).silence, Some(Silence::NothingStated));
}

#[test]
fn many_statements_are_cut_to_the_most_telling() {
    let lines: Vec<String> =
        (10..90).map(|n| format!("Our works {n} employs {n} people.")).collect();
    let text = lines.join("\n");
    let proposed = propose(&Page { text: &text, firm: None, on: date(2026, 10, 1) });
    assert_eq!((proposed.statements.len(), proposed.left_out), (STATEMENTS_MAX, 40));
}
