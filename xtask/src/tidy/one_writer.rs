//! Something is written on a server of calendars and address books by one file, which does so for what a person
//! decided on and gave leave for.

use super::Tree;

/// The crate that speaks with such servers, and the one file that has it write.
const SERVERS: &str = "crates/dav/";
const WRITER: &str = "crates/service/src/live/dav/write_back.rs";

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let others = tree
        .named("rs")
        .filter(|name| name.starts_with("crates/") && name.contains("/src/"))
        .filter(|name| !name.starts_with(SERVERS) && *name != WRITER);
    let mut found: Vec<String> = others
        .filter(|name| writes(&tree.text(name)))
        .map(|name| {
            format!("{name}: only {WRITER} writes on a server of calendars and address books")
        })
        .collect();
    if !writes(&tree.text(WRITER)) {
        found.push(format!("{WRITER} writes nothing; where is that done?"));
    }
    found
}

/// Whether a file names what comes of writing, without which nobody can look whether it was done.
fn writes(text: &str) -> bool {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    text.contains("inroad_dav")
        && code.into_iter().any(|line| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "Put")
                || line.contains(".put(&")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_who_writes() {
        assert!(writes("use inroad_dav::{Item, Put, Server};\n"));
        assert!(writes("use inroad_dav::Server;\nserver.put(&book, path, None, text)?;\n"));
        assert!(!writes("use inroad_dav::Server;\n// `Put` is elsewhere\nlet put = put.len();\n"));
        assert!(!writes("use other::Put;\n"));
    }
}
