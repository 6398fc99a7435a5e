//! Every module begins with what it is, and every crate says what it must not do.

use super::Tree;

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    tree.named("rs").filter_map(|name| missing(name, &tree.text(name))).collect()
}

fn missing(name: &str, text: &str) -> Option<String> {
    let docs: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
    if docs.is_empty() {
        return Some(format!("{name}: begin with //! and what this file is"));
    }
    let is_crate = name.starts_with("crates/") && name.ends_with("/src/lib.rs");
    let says_limits = docs.iter().any(|line| line.contains("Must not:"));
    (is_crate && !says_limits).then(|| format!("{name}: say in //! what the crate must not do"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: bool) {
        assert_eq!(missing(name, text).is_some(), expected, "{name} {text}");
    }

    #[test]
    fn modules_and_crates() {
        check("crates/a/src/b.rs", "//! Words.\nuse x;\n", false);
        check("crates/a/src/b.rs", "use x;\n//! Words.\n", true);
        check("crates/a/src/b.rs", "", true);
        check("crates/a/src/lib.rs", "//! Words.\n", true);
        check("crates/a/src/lib.rs", "//! Words.\n//!\n//! Must not: guess.\n", false);
    }
}
