//! No path of one person's machine stands in the project: it would be true for nobody else.

use super::{Tree, lines};

/// Folders that hold somebody's home or workshop. Written in two pieces, so that this file does
/// not find itself.
const FOLDERS: [&str; 6] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("\\Us", "ers\\"),
    concat!("/wo", "rk/"),
    concat!("/fa", "rm/"),
];

/// The home of nobody: what tests and examples use.
const INVENTED: [&str; 2] = ["me/", "you/"];

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let kinds =
        ["rs", "md", "toml", "sh", "yml", "yaml", "sql", "html", "css", "js", "json", "txt"];
    let mut found: Vec<String> =
        kinds.iter().flat_map(|extension| tree.each(extension, findings)).collect();
    for name in tree.files.iter().filter(|name| name.starts_with(".ci/")) {
        let inside = findings(&tree.text(name));
        found.extend(inside.into_iter().map(|finding| format!("{name}:{finding}")));
    }
    found
}

fn findings(text: &str) -> Vec<String> {
    lines(text, names_a_machine, "name a place that everybody has")
}

fn names_a_machine(line: &str) -> bool {
    FOLDERS.iter().any(|folder| {
        line.match_indices(folder).any(|(at, _)| {
            let before = line.get(..at).unwrap_or_default().chars().next_back();
            let after = line.get(at + folder.len()..).unwrap_or_default();
            // `https://example.org/home/` and `../home/` are no paths of a machine.
            let begins = !before.is_some_and(|c| c.is_alphanumeric() || ".-_~}/".contains(c));
            let named = after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
            begins && named && !INVENTED.iter().any(|name| after.starts_with(name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: bool) {
        // `@` stands for the folder, for the same reason as above.
        let line = pattern.replace('@', FOLDERS[0]);
        assert_eq!(names_a_machine(&line), expected, "{line}");
    }

    #[test]
    fn paths_and_what_looks_like_them() {
        check("let path = \"@jana/mail\";", true);
        check("see @jana/mail", true);
        check("see @me/mail", false);
        check("https://lindner.example@page", false);
        check("../..@page", false);
        check("the folder @ holds", false);
    }
}
