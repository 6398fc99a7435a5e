//! The review as Markdown, for notes and tickets.

use std::io::Write;

use anyhow::Result;
use inroad_advice::Review;

use super::plain;

/// Writes the review.
pub(crate) fn review(review: &Review, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "# Review of {}\n", review.as_of.date().strftime("%-d %B %Y"))?;
    for deal in review.by_attention() {
        writeln!(out, "## {}\n", escaped(&deal.name))?;
        writeln!(out, "**{}** · {}\n", deal.state, deal.advice.in_words())?;
        if let Some(own) = &deal.overruled {
            writeln!(out, "{}\n", escaped(&own.in_words()))?;
        }
        if let Some(step) = &deal.next_step {
            writeln!(out, "{}\n", escaped(&step.text))?;
        }
        for reason in &deal.reasons {
            writeln!(out, "- {}", escaped(&reason.says))?;
            if let Some(quote) = &reason.quote {
                writeln!(out, "  > {}", escaped(&quote.replace('\n', " ")))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        if "\\`*_{}[]<>#|".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
