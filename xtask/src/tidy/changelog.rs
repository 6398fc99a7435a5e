//! CHANGELOG.md is there and has an entry: a heading with something below it.

use super::Tree;

const NAME: &str = "CHANGELOG.md";

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    findings(&tree.text(NAME))
}

fn findings(text: &str) -> Vec<String> {
    let below = text.lines().skip_while(|line| !line.starts_with("## ")).skip(1);
    if below.into_iter().any(|line| line.starts_with(['-', '*'])) {
        return Vec::new();
    }
    vec![format!("{NAME}: say under a heading `## …`, in points, what changed for a user")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wants_an_entry() {
        assert!(findings("# Changes\n\n## 0.1.0\n\n- first\n").is_empty());
        assert_eq!(findings("# Changes\n\n## 0.1.0\n").len(), 1);
        assert_eq!(findings("").len(), 1);
    }
}
