//! The ideal client as a file.

use inroad_model::{IdealClient, IndustryCode, Wanted};
use inroad_prospect::{InvalidIdealFile, check_ideal, read_ideal_file, write_ideal_file};
use proptest::prelude::*;

use crate::samples::ideal;

#[test]
fn what_is_written_is_read_as_the_same() {
    let all = [
        ideal(),
        read_ideal_file(
            "[[qualifier]]\ntopic = \"industry\"\nlevel = \"want\"\nnace = [\"49\", \"J62.01\"]\n\
             because = \"We \\\"know\\\" it\"\n",
        )
        .unwrap(),
    ];
    for ideal in all {
        assert_eq!(read_ideal_file(&write_ideal_file(&ideal)), Ok(ideal));
    }
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let of = |lines: &str| {
        let head =
            "[[qualifier]]\ntopic = \"size\"\nlevel = \"want\"\nat-least = 5\n[[qualifier]]\n";
        match read_ideal_file(&format!("{head}{lines}")) {
            Err(InvalidIdealFile::Qualifier { number: 2, what }) => what,
            other => panic!("{other:?}"),
        }
    };
    assert!(
        of("topic = \"colour\"\nlevel = \"want\"\nwords = [\"a\"]")
            .starts_with("'colour' is no topic")
    );
    assert!(
        of("topic = \"size\"\nlevel = \"may\"\nwords = [\"a\"]").starts_with("'may' is no level")
    );
    assert!(of("topic = \"size\"\nlevel = \"must\"").starts_with("Say what must stand there"));
    assert!(of("topic = \"size\"\nlevel = \"must\"\nwords = [\"–\"]").contains("no word"));
    assert!(
        of("topic = \"size\"\nlevel = \"must\"\nwords = [\"a\"]\nnace = [\"62\"]")
            .contains("of their own")
    );
    assert!(
        of("topic = \"size\"\nlevel = \"must\"\nnace = [\"sixty\"]")
            .contains("no beginning of a code")
    );
    assert!(
        of("topic = \"size\"\nlevel = \"must\"\nat-least = 9\nat-most = 2").contains("more than")
    );
    assert!(
        of("topic = \"size\"\nlevel = \"must\"\nwords = [\"a\"]\nweight = 9").contains("1 to 5")
    );
    let unknown = read_ideal_file("[[qualifier]]\ncolour = 1\n").unwrap_err().to_string();
    assert!(unknown.contains("line 2"), "{unknown}");
    let Wanted::Number { of, .. } = &ideal().qualifiers[1].wanted else { panic!("a number") };
    assert_eq!(of, "people");
}

#[test]
fn the_bounds_hold_for_any_ideal_client() {
    let of = |wanted: Wanted| {
        let mut ideal = ideal();
        ideal.qualifiers[1].wanted = wanted;
        check_ideal(&ideal)
    };
    let words = |count: usize, chars: usize| Wanted::Words { any: vec!["a".repeat(chars); count] };
    let codes = |count: usize, code: &str| Wanted::Code {
        system: IndustryCode::Nace,
        any: vec![code.to_owned(); count],
    };
    let number = |at_least, at_most, chars: usize| Wanted::Number {
        at_least,
        at_most,
        of: "a".repeat(chars),
    };
    for (wanted, problem) in [
        (words(40, 100), None),
        (words(41, 1), Some("more than 40 words")),
        (words(1, 101), Some("longer than 100")),
        (words(1, 0), Some("holds no word")),
        (words(0, 1), Some("no words")),
        (codes(40, "62.01"), None),
        (codes(41, "62.01"), Some("more than 40 codes")),
        (codes(1, &"6".repeat(101)), Some("longer than 100")),
        (codes(1, "sixty"), Some("no beginning of a code")),
        (number(Some(1.0), None, 40), None),
        (number(Some(1.0), None, 41), Some("in 40 characters")),
        (number(None, None, 1), Some("at least how many")),
        (number(Some(f64::NAN), None, 1), Some("finite")),
        (number(Some(2.0), Some(1.0), 1), Some("more than at-most")),
    ] {
        let told = format!("{wanted:?}");
        match (of(wanted), problem) {
            (Ok(()), None) => {}
            (Err(what), Some(problem)) => {
                assert!(what.starts_with("Qualifier 2: ") && what.contains(problem), "{what}");
            }
            (found, _) => panic!("{told}: {found:?}"),
        }
    }
    let one = ideal().qualifiers[0].clone();
    let of = |count: usize| IdealClient { qualifiers: vec![one.clone(); count] };
    assert_eq!(check_ideal(&of(40)), Ok(()));
    assert!(check_ideal(&of(41)).is_err());
    assert!(read_ideal_file(&write_ideal_file(&of(40))).is_ok());
    assert!(read_ideal_file(&write_ideal_file(&of(41))).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _read = read_ideal_file(&text);
    }
}
