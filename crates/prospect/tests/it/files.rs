//! The ideal client as a file.

use inroad_model::Wanted;
use inroad_prospect::{InvalidIdealFile, read_ideal_file, write_ideal_file};
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

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _read = read_ideal_file(&text);
    }
}
