//! Reads the tables that the scripts in `tests/oracles` made.

/// The lines of a table, each cut at its commas; remarks are left out.
pub(crate) fn lines(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split(',').collect())
        .collect();
    assert!(!lines.is_empty(), "the table is empty");
    lines
}

/// The numbers of a table, line by line.
pub(crate) fn numbers(text: &str) -> Vec<Vec<f64>> {
    lines(text).iter().map(|line| line.iter().map(|word| number(word)).collect()).collect()
}

/// One number of a table.
pub(crate) fn number(word: &str) -> f64 {
    word.trim().parse().unwrap_or_else(|_| panic!("'{word}' is no number"))
}

/// Checks that two numbers agree up to a share of the greater one, or of 1.
#[track_caller]
pub(crate) fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let scale = expected.abs().max(1.0);
    assert!((found - expected).abs() <= tolerance * scale, "{what}: {found} is not {expected}");
}
