//! Tables and graphs beside the project, which it may not hold itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use inroad_graph::{Edge, Graph};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/eval/politics");

/// A table with named columns.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads a table beside the project; says `SKIPPED` if it is not there.
    pub(crate) fn read(name: &str) -> Option<Sheet> {
        let sheet = Sheet::parsed(&text(name)?);
        assert!(!sheet.rows.is_empty(), "{name} is empty");
        Some(sheet)
    }

    pub(crate) fn parsed(text: &str) -> Sheet {
        let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let head = cells(lines.next().unwrap());
        Sheet { head, rows: lines.map(cells).collect() }
    }

    /// The words of a column.
    pub(crate) fn words(&self, column: &str) -> Vec<&str> {
        let at = self.head.iter().position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("no column {column} in {:?}", self.head));
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }

    /// The numbers of a column; NaN where there is none.
    pub(crate) fn numbers(&self, column: &str) -> Vec<f64> {
        self.words(column).iter().map(|word| word.parse().unwrap_or(f64::NAN)).collect()
    }

    /// The rows in which a column holds a word.
    pub(crate) fn only(&self, column: &str, word: &str) -> Sheet {
        let wanted = self.words(column).into_iter().map(|known| known == word);
        let rows = self.rows.iter().zip(wanted).filter(|(_, wanted)| *wanted);
        Sheet { head: self.head.clone(), rows: rows.map(|(row, _)| row.clone()).collect() }
    }
}

/// A file beside the project.
pub(crate) fn text(name: &str) -> Option<String> {
    let file = PathBuf::from(FOLDER).join(name);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("SKIPPED: {name} is not beside the project");
    }
    text
}

/// The cells of a line; quotes keep commas.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// A graph with names.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) names: Vec<String>,
    pub(crate) graph: Graph,
}

impl Named {
    /// Reads nodes and edges beside the project.
    pub(crate) fn read(folder: &str, nodes: &str, edges: &str) -> Option<Named> {
        let nodes = Sheet::read(&format!("data/{folder}/{nodes}.csv"))?;
        let edges = Sheet::read(&format!("data/{folder}/{edges}.csv"))?;
        let weights = if edges.head.iter().any(|name| name == "w") {
            edges.numbers("w")
        } else {
            vec![1.0; edges.rows.len()]
        };
        Some(Named::of(&nodes.words("id"), &edges, &weights))
    }

    /// Names and edges between them.
    pub(crate) fn of(names: &[&str], edges: &Sheet, weights: &[f64]) -> Named {
        let places: BTreeMap<&str, u32> = names.iter().copied().zip(0..).collect();
        let ends = edges.words("from").into_iter().zip(edges.words("to"));
        let edges =
            ends.zip(weights).map(|((from, to), w)| Edge::new(places[from], places[to], *w));
        let graph = Graph::new(names.len(), &edges.collect::<Vec<Edge>>()).unwrap();
        Named { names: names.iter().map(|name| (*name).to_owned()).collect(), graph }
    }

    /// The number of a name.
    pub(crate) fn node(&self, name: &str) -> u32 {
        let at = self.names.iter().position(|known| known == name);
        u32::try_from(at.unwrap_or_else(|| panic!("nobody is called {name}"))).unwrap()
    }
}

/// What each says of the own ties, taken where both ends say so: perceivers' whole maps give more
/// than that.
pub(crate) fn agreed(folder: &str, views: &str) -> Option<Named> {
    let nodes = Sheet::read(&format!("data/{folder}/nodes.csv"))?;
    let views = Sheet::read(&format!("data/{folder}/{views}.csv"))?;
    let rows = || {
        views
            .words("perceiver")
            .into_iter()
            .zip(views.words("from").into_iter().zip(views.words("to")))
    };
    let of_sender: std::collections::BTreeSet<(&str, &str)> =
        rows().filter(|(who, (from, _))| who == from).map(|(_, tie)| tie).collect();
    let kept = rows().filter(|(who, tie)| *who == tie.1 && of_sender.contains(tie));
    let rows = kept.map(|(_, (from, to))| vec![from.to_owned(), to.to_owned()]).collect::<Vec<_>>();
    let weights = vec![1.0; rows.len()];
    let edges = Sheet { head: vec!["from".to_owned(), "to".to_owned()], rows };
    Some(Named::of(&nodes.words("id"), &edges, &weights))
}

/// The place of each in a list from the greatest down, counted from 1; ties share the first.
pub(crate) fn places(values: &[f64]) -> Vec<usize> {
    values.iter().map(|own| 1 + values.iter().filter(|value| **value > *own).count()).collect()
}

/// Checks that two lists agree; NaN stands for nothing.
#[track_caller]
pub(crate) fn assert_all_near(found: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        let scale = expected.abs().max(1.0);
        let both_none = found.is_nan() && expected.is_nan();
        assert!(
            both_none || (found - expected).abs() <= tolerance * scale,
            "{what}, place {at}: {found} is not {expected}"
        );
    }
}
