//! How things are shown: tables that fit 80 columns, JSON, Markdown, one HTML file.

mod backtest;
mod call;
mod coach;
mod deal;
mod draft;
mod findings;
mod leads;
mod lessons;
mod markdown;
mod message;
mod person;
mod politics;
pub(crate) mod processing_record;
mod prospects;
mod review;
mod seller;
mod send;
mod told;
mod touches;
mod winning;

use std::io::Write;

use anyhow::Result;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, Table};
use inroad_advice::Review;

use crate::cli::Format;
pub(crate) use backtest::backtest;
pub(crate) use call::call;
pub(crate) use coach::{coach_stats, coached, rule, rules};
pub(crate) use draft::{beside_draft, fitting_plays};
pub(crate) use findings::findings;
pub(crate) use leads::{definition_head, imported_leads, lead, lead_done, lead_list};
pub(crate) use lessons::{lesson_offer, lessons};
pub(crate) use message::reading;
pub(crate) use person::person;
pub(crate) use politics::politics;
pub(crate) use prospects::{call_sheet, care, doubles, form, proposed, targets};
pub(crate) use seller::{help_for, help_wanted, practice, selling};
pub(crate) use send::{fate, let_go, letter_to_send};
pub(crate) use told::{all_told, told, untold};
pub(crate) use touches::{touch_plan, touches};
pub(crate) use winning::{winning_of_deals, winning_of_file};

/// Terminals are at least this wide.
const COLUMNS: u16 = 80;

/// Shows a review.
pub(crate) fn review(shown: &Review, format: Format, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Table => review::table(shown, out),
        Format::Json => json(shown, out),
        Format::Html => Ok(write!(out, "{}", inroad_web::standalone(shown))?),
        Format::Md => markdown::review(shown, out),
    }
}

/// Shows the one deal of a review.
pub(crate) fn deal(shown: &Review, format: Format, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Table => deal::text(shown, out),
        Format::Json | Format::Html | Format::Md => review(shown, format, out),
    }
}

/// Shows anything for other programs.
pub(crate) fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<()> {
    // Standard output looks for a line end in each of the many small pieces that serde writes.
    let mut buffered = std::io::BufWriter::with_capacity(64 << 10, &mut *out);
    serde_json::to_writer_pretty(&mut buffered, value).map_err(std::io::Error::from)?;
    buffered.flush()?;
    drop(buffered);
    writeln!(out)?;
    Ok(())
}

/// A table within the width of a terminal.
pub(crate) fn table<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> Table {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(COLUMNS)
        .set_header(header);
    for row in rows {
        table.add_row(row.iter().map(|cell| plain(cell)));
    }
    table
}

/// Text without what could steer a terminal; it comes from other people's mail.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// A word of a command to copy, as a shell takes it: what other people wrote must not be a command of its own.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", plain(text).replace('\'', "'\\''").replace('\n', " "))
}
