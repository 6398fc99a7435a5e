//! How much of an input is read. Mail comes from anybody, so everything that an input can make
//! large has a bound here; what lies beyond a bound is left out and told in an issue.
//!
//! Must not: know any format. The readers decide what a bound means for theirs.

/// The bounds of one reading. [`Limits::default`] is far above what people send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one message; the rest is cut off.
    pub message_bytes: usize,
    /// Multiparts and messages within one another; what lies deeper stays one opaque part.
    pub depth: usize,
    /// Parts of one message; later ones are left out.
    pub parts: usize,
    /// Header fields of one part; later ones are left out.
    pub header_fields: usize,
    /// Bytes of one header field; the rest of the field is cut off.
    pub header_field_bytes: usize,
    /// Addresses taken from one header; later ones are left out.
    pub recipients: usize,
    /// Bytes of readable text taken from one message.
    pub text_bytes: usize,
    /// Bytes of HTML taken from one message that is shown as it was written.
    pub html_bytes: usize,
    /// Bytes of one transcript of a call; what lies behind them is not read.
    pub transcript_bytes: usize,
    /// Attachments listed for one message.
    pub attachments: usize,
    /// Ancestors taken from `References`; the newest are kept.
    pub references: usize,
    /// Items of one file: entries of a calendar, cards, rows of a table.
    pub items: usize,
    /// Bytes of one item: a line, a cell, a card.
    pub item_bytes: usize,
    /// Columns of a table; later ones are left out.
    pub columns: usize,
    /// Issues told about one file; one more says how many there were.
    pub issues: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: 64 << 20,
            depth: 32,
            parts: 1_000,
            header_fields: 2_000,
            header_field_bytes: 256 << 10,
            recipients: 2_000,
            text_bytes: 1 << 20,
            html_bytes: 2 << 20,
            transcript_bytes: 8 << 20,
            attachments: 200,
            references: 200,
            items: 250_000,
            item_bytes: 1 << 20,
            columns: 2_000,
            issues: 1_000,
        }
    }
}
