//! One deal, in full.

use std::io::Write;

use anyhow::Result;
use inroad_advice::evidence::Evidence;
use inroad_advice::{DealReview, Review};

use super::{plain, table};

/// Prints the deal of a review.
pub(crate) fn text(review: &Review, out: &mut dyn Write) -> Result<()> {
    for deal in &review.deals {
        one(deal, out)?;
    }
    Ok(())
}

fn one(deal: &DealReview, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", plain(&deal.name))?;
    if let Some(organization) = &deal.organization {
        writeln!(out, "{}", plain(organization))?;
    }
    writeln!(out, "\n{} · {}", deal.state, deal.advice.in_words().to_uppercase())?;
    if let Some(own) = &deal.overruled {
        writeln!(out, "{}", plain(&own.in_words()))?;
    }
    if let Some(step) = &deal.next_step {
        writeln!(out, "{}", plain(&step.text))?;
        if let Some(day) = step.not_before {
            writeln!(out, "Not before {}.", day.strftime("%-d %B %Y"))?;
        }
    }
    if let Some(question) = &deal.question {
        writeln!(out, "Worth asking: {}", plain(&question.text))?;
    }
    for change in &deal.would_change {
        writeln!(out, "{}", plain(&change.text))?;
    }
    if let Some(chance) = &deal.winning {
        super::winning::chance(chance, out)?;
    }
    writeln!(out, "\nWhy")?;
    for reason in &deal.reasons {
        said(reason, out)?;
    }
    politics(deal, out)?;
    for cause in deal.likely_causes() {
        let likely =
            cause.probability.map_or_else(String::new, |p| format!(" ({})", p.in_percent()));
        writeln!(out, "\n{}{likely}", plain(&cause.name))?;
        for evidence in &cause.evidence_for {
            said(evidence, out)?;
        }
        if !cause.evidence_against.is_empty() {
            writeln!(out, "  Against it:")?;
        }
        for evidence in &cause.evidence_against {
            said(evidence, out)?;
        }
    }
    if let Some(second) = &deal.second_reading {
        writeln!(
            out,
            "\nA second reading by {}, of letters up to {}, counts with weight {}",
            plain(&second.reading.model),
            second.reading.as_of.date(),
            second.weight
        )?;
        if let Some(question) = &second.reading.remarks.question {
            writeln!(out, "It would ask: {}", plain(question))?;
        }
    }
    for missing in &deal.missing {
        writeln!(out, "- {}", plain(missing))?;
    }
    writeln!(out, "\n{}", people(deal))?;
    if !deal.facts.is_empty() {
        let rows: Vec<[String; 3]> = deal
            .facts
            .iter()
            .map(|fact| {
                let who = fact.email.as_ref().map_or("the firm", |email| email.as_str());
                [fact.kind.in_words().to_owned(), who.to_owned(), fact.words()]
            })
            .collect();
        writeln!(out, "{}", table(["Stated", "About", "In these words"], &rows))?;
    }
    Ok(())
}

/// Who decides, who could move it, who is against it.
fn politics(deal: &DealReview, out: &mut dyn Write) -> Result<()> {
    for told in deal.parts_told() {
        writeln!(out, "\n{}", told.asks)?;
        if told.who.is_empty() {
            writeln!(out, "- {}", told.unknown)?;
        }
        for who in told.who {
            writeln!(out, "- {}", plain(&who.in_words()))?;
            for evidence in &who.evidence {
                said(evidence, out)?;
            }
        }
    }
    Ok(())
}

fn said(evidence: &Evidence, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "- {}", plain(&evidence.says))?;
    if let Some(quote) = &evidence.quote {
        writeln!(out, "  \"{}\"", plain(&quote.replace('\n', " ")))?;
    }
    writeln!(out, "  {}", plain(&evidence.message.to_reference()))?;
    Ok(())
}

fn people(deal: &DealReview) -> comfy_table::Table {
    let rows: Vec<[String; 4]> = deal
        .people
        .iter()
        .map(|person| {
            let name = person.name.as_deref().unwrap_or(person.email.as_str());
            let name = match &person.title {
                Some(title) => format!("{name}\n{title}"),
                None => name.to_owned(),
            };
            let heard =
                person.heard_at.map_or_else(|| "never".to_owned(), |at| at.date().to_string());
            [
                name,
                person.state.map_or_else(String::new, |state| state.to_string()),
                format!("{heard} ({})", person.received),
                person.usual_days.map_or_else(String::new, |(_, most)| format!("{most:.1} days")),
            ]
        })
        .collect();
    table(["Person", "State", "Last heard", "Answers within"], &rows)
}
