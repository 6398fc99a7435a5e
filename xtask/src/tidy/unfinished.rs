//! What is in the project is finished: no marks for later, no tests that do not run.

use super::{Tree, lines};

/// Written in two pieces, so that this file does not find itself.
const MARKS: [&str; 5] = [
    concat!("to", "do!"),
    concat!("unimpl", "emented!"),
    concat!("FIX", "ME"),
    concat!("TO", "DO:"),
    concat!("#[ign", "ore"),
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    tree.each("rs", findings)
}

fn findings(text: &str) -> Vec<String> {
    lines(text, |line| MARKS.iter().any(|mark| line.contains(mark)), "finish it or take it out")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_marks() {
        let marked = format!("fn a() {{\n    {}()\n}}\n", MARKS[0]);
        assert_eq!(findings(&marked).len(), 1);
        assert!(findings(&marked)[0].starts_with("2: "));
        assert_eq!(findings(&format!("{}]\nfn a() {{}}", MARKS[4])).len(), 1);
        assert!(findings("fn ignore_me() {}\n").is_empty());
    }
}
