//! Messages written while the reader of zones was made.

/// Name, writer, and the lines: each begins with `n`, `q` or `s` for its zone and a bar.
pub(crate) const MESSAGES: &[(&str, &str, &str)] = &[];
