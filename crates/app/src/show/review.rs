//! The morning review as a table.

use std::io::Write;

use anyhow::Result;
use inroad_advice::{DealReview, Review};

/// Prints the table; what asks for something today stands first.
pub(crate) fn table(review: &Review, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "Review of {}", review.as_of.date().strftime("%A, %-d %B %Y"))?;
    if review.deals.is_empty() {
        writeln!(out, "No deal yet. Import your mail (inroad import PATH), then: inroad deals")?;
        return Ok(());
    }
    let rows: Vec<[String; 3]> = review.by_attention().into_iter().map(row).collect();
    writeln!(out, "{}", super::table(["State", "Deal, and why", "What next"], &rows))?;
    Ok(())
}

fn row(deal: &DealReview) -> [String; 3] {
    let why = deal.reasons.first().map_or_else(String::new, |reason| format!("\n{}", reason.says));
    let own = deal.overruled.as_ref();
    let word = own.map_or_else(String::new, |own| format!("\n{}", own.in_words()));
    let step = deal.next_step.as_ref().map_or("Write to nobody there again.", |step| &step.text);
    [
        format!("{}\n{}", deal.state, deal.advice.in_words()),
        format!("{}{why}{word}", deal.name),
        step.to_owned(),
    ]
}
