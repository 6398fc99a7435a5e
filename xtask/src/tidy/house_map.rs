//! ARCHITECTURE.md names every crate, so that a newcomer finds each room on the map.

use std::path::Path;

use serde_json::Value;

use super::{Tree, layering};

const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let packages = layering::packages(&tree.metadata);
    let folders: Vec<String> =
        packages.into_iter().filter_map(|(_, package)| folder_of(package)).collect();
    findings(&tree.text(MAP), &folders)
}

/// The name of a crate's folder, which is what people call it.
fn folder_of(package: &Value) -> Option<String> {
    let manifest = Path::new(package.get("manifest_path")?.as_str()?);
    Some(manifest.parent()?.file_name()?.to_string_lossy().into_owned())
}

fn findings(map: &str, folders: &[String]) -> Vec<String> {
    folders
        .iter()
        .filter(|name| {
            !map.contains(&format!("`{name}`")) && !map.contains(&format!("`crates/{name}`"))
        })
        .map(|name| format!("{MAP}: does not name the crate `{name}`"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let folders = ["model".to_owned(), "store".to_owned()];
        assert!(findings("| `model` | nouns |\n| `crates/store` | SQL |", &folders).is_empty());
        assert_eq!(findings("the model stores", &folders).len(), 2);
    }
}
