//! Content-Type and Content-Disposition: a lower-case word and its parameters.
//!
//! Must not: decide what a part is for.

use mail_parser::parsers::MessageStream;

use super::words;

/// Longest field that is read; the crate's joining of parameter sections is quadratic.
const FIELD_BYTES_MAX: usize = 8 << 10;

/// A media type or a disposition with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContentType {
    /// In lower case: `text/plain`, or `attachment`.
    pub(super) value: String,
    params: Vec<(String, String)>,
}

impl ContentType {
    /// No type at all.
    pub(super) const NONE: Self = Self { value: String::new(), params: Vec::new() };

    /// What a part without a Content-Type is.
    pub(super) fn plain() -> Self {
        Self { value: "text/plain".to_owned(), params: Vec::new() }
    }

    /// What a part of a digest without a Content-Type is.
    pub(super) fn message() -> Self {
        Self { value: "message/rfc822".to_owned(), params: Vec::new() }
    }

    /// Reads a field value; one that cannot be read is `text/plain`, as RFC 2045 5.2 says.
    pub(super) fn parse(value: &[u8]) -> Self {
        Self::read(value).unwrap_or_else(Self::plain)
    }

    /// Reads a field value.
    pub(super) fn read(value: &[u8]) -> Option<Self> {
        let value = value.get(..FIELD_BYTES_MAX).unwrap_or(value);
        // The crate loses a parameter value that stands on a folded line, and wants a line end.
        let mut line = words::unfolded(&super::charset::field_text(value)).into_owned();
        line.push('\n');
        let parsed = MessageStream::new(line.as_bytes()).parse_content_type();
        let mail_parser::HeaderValue::ContentType(parsed) = parsed else { return None };
        let mut value = parsed.c_type.trim().to_ascii_lowercase();
        if let Some(subtype) = &parsed.c_subtype {
            value.push('/');
            value.push_str(&subtype.trim().to_ascii_lowercase());
        } else if value == "text" {
            // Very old programs write no subtype.
            value.push_str("/plain");
        } else if value == "html" || value == "plain" {
            // Others write nothing else.
            value.insert_str(0, "text/");
        }
        let params = parsed
            .attributes
            .unwrap_or_default()
            .into_iter()
            .map(|param| (param.name.to_ascii_lowercase(), param.value.into_owned()))
            .collect();
        Some(Self { value, params })
    }

    pub(super) fn is(&self, value: &str) -> bool {
        self.value == value
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.value.starts_with("multipart/")
    }

    pub(super) fn is_message(&self) -> bool {
        self.is("message/rfc822") || self.is("message/global")
    }

    /// The parameter of that lower-case name.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}
