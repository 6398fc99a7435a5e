//! Small pieces that several pages show.

use inroad_advice::DealReview;
use inroad_advice::evidence::Evidence;
use inroad_model::{Advice, Moment, Source, State};
use maud::{Markup, html};

/// A state as a coloured word; the word alone says it too.
pub(super) fn state(state: State) -> Markup {
    html! { span class={ "state " (state.as_str()) } { (state.as_str()) } }
}

/// Advice as a word.
pub(super) fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::Pursue => "pursue",
        Advice::Wait => "wait",
        Advice::LetGo => "let go",
        Advice::Stop => "stop",
    }
}

/// A day, or a dash.
pub(super) fn day(moment: Option<Moment>) -> Markup {
    html! {
        @if let Some(moment) = moment {
            time datetime=(moment.to_string()) { (moment.date().strftime("%-d %b %Y").to_string()) }
        } @else {
            span.quiet { "not yet" }
        }
    }
}

/// A sum, without cents, with thin spaces between thousands.
pub(super) fn sum(deal: &DealReview) -> Option<String> {
    let value = deal.value.filter(|value| value.is_finite() && value.abs() < 1e15)?;
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    Some(format!("{sign}{grouped} {}", deal.currency.as_deref().unwrap_or("")).trim().to_owned())
}

/// A conclusion with the words that show it.
pub(super) fn evidence(evidence: &Evidence) -> Markup {
    html! {
        li {
            span { (evidence.says) }
            @if let Some(quote) = &evidence.quote {
                blockquote { (quote) }
            }
            small.quiet { (place(&evidence.message)) }
        }
    }
}

/// Where words stand.
pub(super) fn place(source: &Source) -> String {
    match source {
        Source::Message(id) => format!("message <{id}>"),
        Source::Note(date) => format!("your note of {}", date.strftime("%-d %B %Y")),
    }
}
