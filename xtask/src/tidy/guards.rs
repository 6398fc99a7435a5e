//! Each test that docs/guards.md names is there.

use super::Tree;

/// The page of attacks, what guards against each, and by which test one knows.
const PAGE: &str = "docs/guards.md";
/// It would say nothing if it named fewer.
const TESTS_MIN: usize = 20;

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let named = named(&tree.text(PAGE));
    let mut found = Vec::new();
    if named.len() < TESTS_MIN {
        found.push(format!("{PAGE}: names {} tests; {TESTS_MIN} at least", named.len()));
    }
    for (line, file, test) in named {
        let text = tree.text(&file);
        if !text.contains(&format!("fn {test}(")) {
            found.push(format!("{PAGE}:{line}: there is no test {test} in {file}"));
        }
    }
    found
}

/// The tests that a page names, as `file.rs: test`, with their lines.
fn named(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for quoted in line.split('`').skip(1).step_by(2) {
            if let Some((file, test)) = quoted.split_once(": ")
                && file.rsplit_once('.').is_some_and(|(_, kind)| kind == "rs")
            {
                found.push((number, file.to_owned(), test.to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_of_tests() {
        let text = "# Guards\n\n| `serve` | `crates/a/tests/it/b.rs: works` and `c.rs: too` |\n";
        let expected = [(3, "crates/a/tests/it/b.rs", "works"), (3, "c.rs", "too")];
        let found = named(text);
        let found: Vec<_> = found.iter().map(|(n, f, t)| (*n, f.as_str(), t.as_str())).collect();
        assert_eq!(found, expected);
    }
}
