//! What can be asked of a search.

use clap::Args;

use super::PlainFormat;

/// What narrows a search, for its help.
pub(crate) const OPERATORS: &str = "\
Words are found in any case, with or without accents, and every one must be there:
  quarter          the word, and no longer one
  quart*           words that begin so: quarter, quarterly
  'side letter'    side by side, as \"side letter\" within other words
  -draft           without this word; write -- before the first word then
Operators narrow:
  from:jana        from whoever has that in a name, an address or a domain
  to:jana          to them, also as a copy
  with:jana        either
  deal:warehouse   of a deal's people, by a part of its name
  state:dark       of deals that are warm, cooling, cold, dark, paused or closed
  on:2026-03       on a day, in a month or in a year: 2026-03-01, 2026-03, 2026
  before:, after:  earlier than that, later than that
  has:attachment   has an attachment, a fact, an invitation, or words of the price
  kind:message     nothing but messages; also person, deal, note
A value of several words stands in quotation marks: from:\"Jana Wolf\"";

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Words and operators
    #[arg(required = true)]
    pub words: Vec<String>,
    /// How many of each kind to show
    #[arg(long, default_value_t = 20)]
    pub limit: u16,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}
