//! Where the sentences of a text stand.

use std::ops::Range;

/// The bytes of each sentence, without blanks at its ends; none is empty. Lines that their writer
/// ended, lists and paragraphs end a sentence too.
///
/// ```
/// use inroad_language::sentences::ranges;
/// let text = "Dr. Maas left. Why?";
/// let found: Vec<&str> = ranges(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(found, ["Dr. Maas left.", "Why?"]);
/// ```
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    let trimmed = |range: Range<usize>| {
        let raw = text.get(range.clone())?;
        let start = range.start + (raw.len() - raw.trim_start().len());
        let words = raw.trim();
        (!words.is_empty()).then(|| start..start + words.len())
    };
    crate::text::sentences(text).into_iter().filter_map(trimmed).collect()
}
