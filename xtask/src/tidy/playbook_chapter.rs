//! The chapter about the playbook says what its files say.

use super::Tree;
use crate::manual;

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    if manual::is_current(tree.project) {
        return Vec::new();
    }
    vec![
        "docs/playbook.md is not what playbook/scenarios makes: run `cargo xtask manual`"
            .to_owned(),
    ]
}
