//! The pure crates are held pure by one set of clippy settings: no clock, no files, no threads,
//! no order that changes between runs. Each carries the same bytes.

use super::Tree;

/// Crates that take values and give values.
pub(super) const PURE: [&str; 10] = [
    "advice", "coach", "graph", "ingest", "language", "leads", "linkage", "model", "prospect",
    "stats",
];

/// What the settings must forbid at the least.
const FORBIDDEN: [&str; 6] = [
    "std::time::SystemTime::now",
    "std::env::var",
    "std::fs::File::open",
    "std::thread::spawn",
    "std::collections::HashMap",
    "std::collections::HashSet",
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let settings: Vec<(String, String)> = PURE
        .iter()
        .map(|name| format!("crates/{name}/clippy.toml"))
        .map(|file| (file.clone(), tree.text(&file)))
        .collect();
    findings(&settings)
}

fn findings(settings: &[(String, String)]) -> Vec<String> {
    let Some((first, model)) = settings.first() else { return Vec::new() };
    let mut found: Vec<String> = settings
        .iter()
        .filter(|(_, text)| text != model)
        .map(|(file, _)| format!("{file}: differs from {first}; all pure crates have the same"))
        .collect();
    found.extend(
        FORBIDDEN
            .iter()
            .filter(|path| !model.contains(&format!("\"{path}\"")))
            .map(|path| format!("{first}: must forbid {path}")),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_and_strict_enough() {
        let strict = FORBIDDEN.map(|path| format!("{path:?}")).join(
            "
",
        );
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert!(findings(&[file("a", &strict), file("b", &strict)]).is_empty());
        assert_eq!(findings(&[file("a", &strict), file("b", "")]).len(), 1);
        assert_eq!(findings(&[file("a", ""), file("b", "")]).len(), FORBIDDEN.len());
    }
}
