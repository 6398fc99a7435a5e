//! What stands in the place of a picture, which is never loaded.

use super::style;
use crate::html::decoded;
use crate::html::token::Tag;

/// Longest description of a picture that is shown, in characters.
const ALT_CHARS_MAX: usize = 120;

/// Pictures of this many pixels, or fewer, nobody sees.
const UNSEEN_PX_MAX: u32 = 2;

/// The words for a picture; `None` for one that nobody would see.
pub(super) fn mark(tag: &Tag<'_>) -> Option<String> {
    if is_unseen(tag) {
        return None;
    }
    let alt = decoded(tag.attribute("alt").unwrap_or_default());
    let words: Vec<&str> = alt.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(ALT_CHARS_MAX).collect();
    Some(if words.is_empty() { "[picture]".to_owned() } else { format!("[picture: {words}]") })
}

fn is_unseen(tag: &Tag<'_>) -> bool {
    let is_tiny = |size: &str| {
        let end = size.find(|c: char| !c.is_ascii_digit()).unwrap_or(size.len());
        let (number, unit) = size.split_at_checked(end).unwrap_or_default();
        let in_px = !unit.trim_start().starts_with('%');
        in_px && number.parse::<u32>().is_ok_and(|number| number <= UNSEEN_PX_MAX)
    };
    let tiny = ["width", "height"]
        .iter()
        .any(|name| tag.attribute(name).is_some_and(|size| is_tiny(size.trim())));
    tiny || tag.attribute("hidden").is_some()
        || style::declarations(&decoded(tag.attribute("style").unwrap_or_default())).any(
            |(name, value)| match name.as_str() {
                "width" | "height" | "max-width" | "max-height" => is_tiny(&value),
                "display" => value == "none",
                "visibility" => value == "hidden",
                "opacity" => value == "0",
                _ => false,
            },
        )
}
