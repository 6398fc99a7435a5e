//! Relative links in Markdown lead to files that are there.

use super::Tree;

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for name in tree.named("md") {
        let folder = std::path::Path::new(name).parent().unwrap_or(std::path::Path::new(""));
        for (line, target) in targets(&tree.text(name)) {
            if !tree.project.path(folder).join(&target).exists() {
                found.push(format!("{name}:{line}: {target} is not there"));
            }
        }
    }
    found
}

/// Relative link targets with their lines, without the place within the file.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for (_, rest) in line.match_indices("](").map(|(at, mark)| line.split_at(at + mark.len())) {
            let Some((inside, _)) = rest.split_once(')') else { continue };
            let target = inside.split([' ', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') {
                found.push((number, target.to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_relative_targets() {
        let text = "See [a](docs/a.md#place), [b](https://b.example/x) and [c](#here).\n\
            ```\n[d](d.md)\n```\n![e](e.png \"title\") [f](mailto:f@x.example)\n";
        let found = targets(text);
        assert_eq!(found, [(1, "docs/a.md".to_owned()), (5, "e.png".to_owned())]);
    }
}
