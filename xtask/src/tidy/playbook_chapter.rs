//! The chapters about the playbook say what its files say.

use super::Tree;
use crate::manual;

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let stale = manual::stale(tree.project).into_iter();
    stale
        .map(|(chapter, folder)| {
            format!("{chapter} is not what {folder} makes: run `cargo xtask manual`")
        })
        .collect()
}
