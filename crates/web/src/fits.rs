//! How well a firm fits, in words and line by line.

use inroad_model::{IndustryCode, Level, Qualifier, Wanted};
use inroad_prospect::{Fit, Judged, Verdict};
use maud::{Markup, html};

use crate::parts;

/// In a few words: how far it fits, and of how much something is known.
pub(crate) fn short(fit: &Fit<'_>) -> Markup {
    html! {
        @if fit.lines.is_empty() { span.quiet { "no ideal client yet" } }
        @else if let Some(line) = fit.lines.iter().find(|line| line.rules_out()) {
            "ruled out: " (of_qualifier(line.qualifier))
        }
        @else { (of_shares(fit.score, fit.known)) }
    }
}

/// The same of the two shares alone.
pub(crate) fn of_shares(score: Option<f64>, known: f64) -> Markup {
    html! {
        @match score {
            None => { span.quiet { "nothing known yet" } }
            Some(score) => { (percent(score)) " of what is known " span.quiet { "(" (percent(known)) " is)" } }
        }
    }
}

/// A share in whole per cent.
pub(crate) fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.005 {
        return "less than 1 %".to_owned();
    }
    format!("{:.0} %", share * 100.0)
}

/// Qualifier by qualifier, with what says so.
pub(crate) fn lines(fit: &Fit<'_>) -> Markup {
    html! {
        ul.written {
            @for line in &fit.lines {
                li {
                    p { strong { (verdict(line)) } " " (of_qualifier(line.qualifier)) " " small.quiet { (level(line.qualifier.level)) ", weight " (line.qualifier.weight.get()) } }
                    @match line.by {
                        Some(held) => { p.quiet { small { q { (held.text) } ", " @if held.is_verified { "verified" } @else { "assumed" } ", " (parts::date(held.day)) } } }
                        None => { p.quiet { small { "Nobody knows, or what is known does not decide it; that lowers how sure this is, not how well they fit." } } }
                    }
                }
            }
        }
    }
}

fn verdict(line: &Judged<'_>) -> &'static str {
    match (line.verdict, line.qualifier.level) {
        (Verdict::There, Level::Avoid) => "Rules out:",
        (Verdict::There, _) => "Fits:",
        (Verdict::NotThere, Level::Avoid) => "Not there, well:",
        (Verdict::NotThere, Level::Must) => "Rules out, not there:",
        (Verdict::NotThere, Level::Want) => "Not there:",
        (Verdict::Unknown, _) => "Unknown:",
    }
}

/// What a level asks for, in a word.
pub(crate) fn level(level: Level) -> &'static str {
    match level {
        Level::Must => "must be",
        Level::Want => "wanted",
        Level::Avoid => "must not be",
    }
}

/// What a qualifier looks for, in words.
pub(crate) fn of_qualifier(qualifier: &Qualifier) -> String {
    let wanted = match &qualifier.wanted {
        Wanted::Words { any } => any.join(", "),
        Wanted::Code { system, any } => format!("{} {}", system_in_words(*system), any.join(", ")),
        Wanted::Number { at_least, at_most, of } => {
            let of = if of.is_empty() { String::new() } else { format!(" {of}") };
            match (at_least, at_most) {
                (Some(low), Some(high)) => {
                    format!("{} to {}{of}", parts::grouped(*low), parts::grouped(*high))
                }
                (Some(low), None) => format!("at least {}{of}", parts::grouped(*low)),
                (None, Some(high)) => format!("at most {}{of}", parts::grouped(*high)),
                (None, None) => format!("any number{of}"),
            }
        }
    };
    format!("{}: {wanted}", qualifier.topic.in_words())
}

fn system_in_words(system: IndustryCode) -> &'static str {
    match system {
        IndustryCode::Naics => "NAICS",
        IndustryCode::Isic => "ISIC",
        IndustryCode::Nace => "NACE",
    }
}
