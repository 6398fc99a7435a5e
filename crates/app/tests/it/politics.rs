//! `inroad politics`: of a deal, with what was told, and of a map of one's own.

use std::process::Output;

use crate::commands::inroad;

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn what_is_told_of_somebody_changes_the_way_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    inroad(&folder.path().join("mine.db"), &["demo", "--no-serve"]);
    let demo = folder.path().join("sample/demo.db");
    let politics =
        |format: &str| said(&inroad(&demo, &["politics", "Ashdown", "--format", format]));
    let before = politics("table");
    assert!(before.contains("Rachel Thornbury") && before.contains("Where to go"), "{before}");
    assert!(!before.contains("There is no way around"), "{before}");
    let pike = "g.pike@ashdown-pike.example";
    for told in [["stance", "against"], ["veto", "yes"]] {
        let done = inroad(&demo, &["tell", pike, told[0], told[1]]);
        assert!(done.status.success(), "{}", said(&done));
    }
    let after = politics("table");
    let closed = "There is no way around: nobody can overrule Geoffrey Pike";
    assert!(after.contains(closed), "{after}");
    let json: serde_json::Value = serde_json::from_str(&politics("json")).unwrap();
    assert_eq!(json["account"]["way"]["is_open"], false);
    let picture = politics("svg");
    assert!(picture.starts_with("<svg") && picture.contains("Geoffrey Pike"), "{picture}");
    inroad(&demo, &["tell", "--undo"]);
    inroad(&demo, &["tell", "--undo"]);
    assert_eq!(politics("table"), before);
}

#[test]
fn a_map_of_ones_own_is_read_and_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("none.db"), folder.path().join("map.toml"));
    let politics = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let done = inroad(&data, &["politics", "--file", file.to_str().unwrap()]);
        (done.status.success(), said(&done))
    };
    let eva = "[[person]]\nid = \"eva\"\nname = \"Eva\"\ncontact = true\nmet = true\n";
    let (is_done, text) = politics(eva);
    assert!(is_done && text.contains("Nobody is known to be against it"), "{text}");
    let (is_done, text) = politics(&format!("{eva}wieght = 0.3\n"));
    assert!(!is_done && text.contains("map.toml: line 6: unknown field"), "{text}");
    let tie = "[[tie]]\nfrom = \"eva\"\nto = \"bo\"\nkind = \"trusts\"\n";
    let (is_done, text) = politics(&format!("{eva}{tie}"));
    assert!(!is_done && text.contains("There is nobody called 'bo'"), "{text}");
    assert!(!data.exists(), "no data file is needed or made");
}
