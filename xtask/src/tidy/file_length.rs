//! A file holds one idea. One of more than 500 lines holds several; most need fewer than 300.
//!
//! Files called `tables.rs` hold lists of words for many languages and nothing else; cutting such
//! a list in two makes it harder to read, not easier.

use super::Tree;

const LINES_MAX: usize = 500;
const TABLE_LINES_MAX: usize = 1_000;

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    tree.named("rs").filter_map(|name| too_long(name, &tree.text(name))).collect()
}

fn too_long(name: &str, text: &str) -> Option<String> {
    let max = if name.ends_with("/tables.rs") { TABLE_LINES_MAX } else { LINES_MAX };
    let count = text.lines().count();
    (count > max).then(|| format!("{name}: {count} lines; cut it along its ideas (at most {max})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines() {
        assert_eq!(too_long("a.rs", &"x\n".repeat(500)), None);
        assert!(too_long("a.rs", &"x\n".repeat(501)).unwrap().starts_with("a.rs: 501 lines"));
        assert_eq!(too_long("a/tables.rs", &"x\n".repeat(900)), None);
    }
}
