//! How the database finds what it is asked for: the plans of all queries, as its log tells them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Seek as _, SeekFrom};

use anyhow::{Context, Result};

use crate::postgres::Postgres;

/// Plans are told from the next session on.
const TOLD: [&str; 2] = [
    "ALTER DATABASE inroad SET session_preload_libraries = 'auto_explain'",
    "ALTER DATABASE inroad SET auto_explain.log_min_duration = 0",
];

/// The log from a moment on.
pub(super) struct Plans<'a> {
    postgres: &'a Postgres,
    from: u64,
}

/// What was seen of the queries of a while.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub queries: usize,
    /// Steps of their plans that went by an index.
    pub by_index: usize,
    /// Large tables that were read whole.
    pub whole: Vec<String>,
}

/// Lets the plans be told, and gives the tables with more rows than that.
pub(super) fn larger_than(postgres: &Postgres, rows: u64) -> Result<BTreeSet<String>> {
    for setting in TOLD {
        postgres.ask(setting)?;
    }
    let names = postgres
        .ask(&format!("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > {rows}"))?;
    Ok(names.lines().map(str::to_owned).collect())
}

impl<'a> Plans<'a> {
    pub(super) fn watch(postgres: &'a Postgres) -> Result<Self> {
        Ok(Self { postgres, from: std::fs::metadata(postgres.log())?.len() })
    }

    pub(super) fn end(self, large: &BTreeSet<String>) -> Result<Seen> {
        let mut log = std::fs::File::open(self.postgres.log())?;
        log.seek(SeekFrom::Start(self.from))?;
        let mut bytes = Vec::new();
        log.read_to_end(&mut bytes).context("The log of the database cannot be read")?;
        Ok(seen(&String::from_utf8_lossy(&bytes), large))
    }
}

fn seen(log: &str, large: &BTreeSet<String>) -> Seen {
    let mut seen = Seen::default();
    let mut whole: BTreeMap<&str, usize> = BTreeMap::new();
    for line in log.lines() {
        // Lines of plans are set in; what a query says stands in its first line alone, or set in, too.
        let step = line.trim_start().trim_start_matches("->").trim_start();
        if line.contains("  plan:") {
            seen.queries += 1;
        } else if ["Index Scan", "Index Only Scan", "Bitmap Index Scan"]
            .iter()
            .any(|kind| step.strip_prefix("Parallel ").unwrap_or(step).starts_with(kind))
        {
            seen.by_index += 1;
        } else if let Some(rest) =
            step.strip_prefix("Parallel ").unwrap_or(step).strip_prefix("Seq Scan on ")
            && let Some(table) = rest.split(' ').next()
            && large.contains(table)
        {
            *whole.entry(table).or_default() += 1;
        }
    }
    seen.whole = whole.iter().map(|(table, count)| format!("{table} ({count})")).collect();
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log() {
        let log = "2026-01-01 LOG:  duration: 0.1 ms  plan:\n\
            \tQuery Text: SELECT 1 FROM deal\n\
            \tHash Join  (cost=1.0 rows=1)\n\
            \t  ->  Index Scan using deal_pkey on deal d  (cost=0.1)\n\
            \t  ->  Parallel Seq Scan on message m  (cost=0.1)\n\
            \t  ->  Seq Scan on setting  (cost=0.1)\n";
        let large = BTreeSet::from(["message".to_owned()]);
        let expected = Seen { queries: 1, by_index: 1, whole: vec!["message (1)".to_owned()] };
        assert_eq!(seen(log, &large), expected);
    }
}
