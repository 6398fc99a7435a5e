//! The tables of phrases, read from the text files beside this one, where they can be read and
//! added to by somebody who knows a language and no Rust.
//!
//! Must not: know what a section means.

/// A section of a table: its name and its phrases.
pub(super) type Section = (&'static str, Vec<&'static str>);

/// Who is away, and what machines say.
const TEXTS: [&str; 2] = [include_str!("absence.txt"), include_str!("receipt.txt")];
/// How subjects begin.
const SUBJECTS: &str = include_str!("subject.txt");

/// The sections of phrases that stand in a text.
pub(super) fn texts() -> Vec<Section> {
    TEXTS.iter().flat_map(|table| sections(table)).collect()
}

/// The sections of phrases that stand in a subject.
pub(super) fn subjects() -> Vec<Section> {
    sections(SUBJECTS)
}

/// `[name]` begins a section, `#` a comment; every other line that is not empty is a phrase.
fn sections(table: &'static str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in table.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            sections.push((name, Vec::new()));
        } else if let Some((_, phrases)) = sections.last_mut()
            && !line.is_empty()
            && !line.starts_with('#')
        {
            phrases.push(line);
        }
    }
    sections
}
