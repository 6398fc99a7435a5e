//! Text as phrases are written in tables, so that a search need not know how a program writes.
//!
//! Must not: drop accents; what is folded is shown to people as the reason.

/// Lower case, plain apostrophes, one blank between words.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' | '‘' | '`' | '´' => out.push('\''),
                '\u{2010}' | '\u{2011}' => out.push('-'),
                c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}
