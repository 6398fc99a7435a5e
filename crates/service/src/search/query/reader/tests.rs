//! What is read of a question, as a table, and what holds of any text.

use proptest::prelude::*;

use super::*;

/// What is read of a search that stands, as it may be typed again, and what is told.
#[track_caller]
fn check(typed: &str, expected: &str, problems: &[&str]) {
    let (query, found) = read(typed, LastWord::Whole);
    assert_eq!(query.to_string(), expected, "{typed}");
    let found: Vec<&str> =
        found.iter().filter_map(|problem| typed.get(problem.place.clone())).collect();
    assert_eq!(found, problems, "{typed}");
}

/// The same of a search that is being typed.
#[track_caller]
fn typing(typed: &str, expected: &str, n_problems: usize) {
    let (query, found) = read(typed, LastWord::Open);
    assert_eq!(query.to_string(), expected, "{typed}");
    assert_eq!(found.len(), n_problems, "{typed}: {found:?}");
}

#[test]
fn words_quotes_and_what_must_not_be_there() {
    check("", "", &[]);
    check(" - \" …", "", &[]);
    check("annual offer", "\"annual\" \"offer\"", &[]);
    check("\"annual offer\" jana", "\"annual offer\" \"jana\"", &[]);
    check("„annual offer“ jana", "\"annual offer\" \"jana\"", &[]);
    check("offer -draft -\"side letter\"", "\"offer\" -\"draft\" -\"side letter\"", &[]);
    check("quart* \"annual off\"*", "\"quart\"* \"annual off\"*", &[]);
    check("a AND (b OR c) NEAR d", "\"a\" \"AND\" \"(b\" \"OR\" \"c)\" \"NEAR\" \"d\"", &[]);
    check("12:30 https://lindner.example", "\"12:30\" \"https://lindner.example\"", &[]);
    check("\"an end is missing", "\"an end is missing\"", &[]);
}

#[test]
fn operators_narrow() {
    check("from:jana To:\"Marta Brandt\"", "from:\"jana\" to:\"Marta Brandt\"", &[]);
    check("with:lindner.example deal:d1", "with:\"lindner.example\" deal:\"d1\"", &[]);
    check("state:Dark state:cold", "state:dark state:cold", &[]);
    check("before:2026-03 after:2025 on:2026-3-1", "before:2026-03 after:2025 on:2026-03-01", &[]);
    check("has:attachments has:price kind:people", "has:attachment has:price kind:person", &[]);
}

#[test]
fn what_is_not_understood_is_told_and_the_rest_counts() {
    check("form:jana offer", "\"offer\"", &["form:jana"]);
    check("offer on:yesterday", "\"offer\"", &["on:yesterday"]);
    check("state:angry has:wings kind:cat x", "\"x\"", &["state:angry", "has:wings", "kind:cat"]);
    check("from: offer -to:jana", "\"offer\"", &["from:", "-to:jana"]);
    check("über form:x", "\"über\"", &["form:x"]);
    let long = "word ".repeat(PARTS_MAX + 3);
    assert_eq!(read(&long, LastWord::Whole).0.words.len(), PARTS_MAX);
    let (query, problems) = read(&"é".repeat(CHARS_MAX + 1), LastWord::Whole);
    assert_eq!((query.words[0].text.len(), problems.len()), (2 * CHARS_MAX, 1));
}

#[test]
fn the_last_word_goes_on_while_it_is_typed() {
    typing("quart", "\"quart\"*", 0);
    typing("quart ", "\"quart\"", 0);
    typing("annual quart", "\"annual\" \"quart\"*", 0);
    typing("\"annual quart", "\"annual quart\"*", 0);
    typing("\"annual quart\"", "\"annual quart\"", 0);
    typing("offer -dra", "\"offer\" -\"dra\"", 0);
    typing("offer from:", "\"offer\"", 0);
    typing("offer state:da", "\"offer\"", 0);
    typing("offer on:2026-0", "\"offer\"", 0);
    typing("offer on:2026-0 ", "\"offer\"", 1);
    typing("state:x", "", 1);
}

fn anything() -> impl Strategy<Value = String> {
    "(\\PC|[ \"*:-]|from:|deal:|on:2026|has:fact|kind:note|\"a b\"|\\x00){0,40}"
}

proptest! {
    #[test]
    fn any_text_is_a_question(typed in anything()) {
        for last_word in [LastWord::Whole, LastWord::Open] {
            let (query, problems) = read(&typed, last_word);
            for problem in problems {
                prop_assert!(typed.get(problem.place).is_some() && !problem.what.is_empty());
            }
            let n_parts = query.words.len() + query.without.len() + query.from.len();
            prop_assert!(n_parts <= PARTS_MAX);
        }
    }

    #[test]
    fn a_question_can_be_typed_again(typed in anything()) {
        for last_word in [LastWord::Whole, LastWord::Open] {
            let (query, _) = read(&typed, last_word);
            let again = read(&query.to_string(), LastWord::Whole);
            prop_assert_eq!((query, Vec::new()), again);
        }
    }
}
