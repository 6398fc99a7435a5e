//! Migrations are numbered without a gap and only ever added.
//!
//! That none is changed is seen by the upgrade test: a data file of each schema is kept, and the
//! database refuses one whose migration reads otherwise than when it was applied. So each
//! migration must have its file.

use super::Tree;

const MIGRATIONS: &str = "crates/store/migrations/sqlite/";
const ON_SERVERS: &str = "crates/store/migrations/postgres/";
/// The first one on servers stands for all up to it.
const FIRST_ON_SERVERS: usize = 17;
const SCHEMAS: &str = "crates/store/tests/schemas/";

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let below =
        |folder: &'static str| tree.files.iter().filter_map(move |f| f.strip_prefix(folder));
    let migrations: Vec<&str> = below(MIGRATIONS).collect();
    let schemas: Vec<&str> = below(SCHEMAS).collect();
    let mut found = findings(&migrations, &schemas);
    found.extend(on_servers(&migrations, &below(ON_SERVERS).collect::<Vec<_>>()));
    found
}

/// What a file learns, a server learns, under the same name.
fn on_servers(migrations: &[&str], there: &[&str]) -> Vec<String> {
    let wanted = migrations.iter().skip(FIRST_ON_SERVERS);
    let mut found: Vec<String> = wanted
        .clone()
        .filter(|name| !there.contains(name))
        .map(|name| format!("{MIGRATIONS}{name}: write the same for servers as {ON_SERVERS}{name}"))
        .collect();
    let first = format!("{FIRST_ON_SERVERS:04}_");
    let odd = there
        .iter()
        .filter(|name| !name.starts_with(&first) && !wanted.clone().any(|w| w == *name));
    found.extend(
        odd.map(|name| format!("{ON_SERVERS}{name}: there is none of this name for files")),
    );
    found
}

fn findings(migrations: &[&str], schemas: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (index, name) in migrations.iter().enumerate() {
        let number = format!("{:04}", index + 1);
        if !is_well_named(name, &number) {
            found.push(format!("{MIGRATIONS}{name}: should be called {number}_what_it_does.sql"));
        }
        let schema = format!("{number}.db.zst");
        if !schemas.contains(&schema.as_str()) {
            found.push(format!("{MIGRATIONS}{name}: keep a data file of it as {SCHEMAS}{schema}"));
        }
    }
    found
}

fn is_well_named(name: &str, number: &str) -> bool {
    let words = name.strip_prefix(number).and_then(|rest| rest.strip_prefix('_'));
    words.and_then(|words| words.strip_suffix(".sql")).is_some_and(|words| {
        !words.is_empty()
            && words.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(migrations: &[&str], schemas: &[&str], expected: usize) {
        let found = findings(migrations, schemas);
        assert_eq!(found.len(), expected, "{found:?}");
    }

    #[test]
    fn a_server_goes_along() {
        let names: Vec<String> = (1..=18).map(|n| format!("{n:04}_x.sql")).collect();
        let files: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(on_servers(&files, &["0017_as.sql", "0018_x.sql"]).is_empty());
        assert_eq!(on_servers(&files, &["0017_as.sql"]).len(), 1);
        assert_eq!(on_servers(&files, &["0017_as.sql", "0018_y.sql"]).len(), 2);
    }

    #[test]
    fn numbers_names_and_files() {
        check(&["0001_initial.sql", "0002_more.sql"], &["0001.db.zst", "0002.db.zst"], 0);
        check(&["0001_initial.sql", "0003_more.sql"], &["0001.db.zst", "0002.db.zst"], 1);
        check(&["0001_initial.sql", "0002_more.sql"], &["0001.db.zst"], 1);
        check(&["1_initial.sql", "0002_.sql"], &["0001.db.zst", "0002.db.zst"], 2);
    }
}
