//! The spelling in which words are compared.

/// A word in small letters, without the marks of letters that people leave out, with plain apostrophes and
/// hyphens.
///
/// ```
/// assert_eq!(inroad_language::folding::fold("Größe"), "grosse");
/// ```
pub fn fold(word: &str) -> String {
    crate::dates::tokens::fold(word)
}
