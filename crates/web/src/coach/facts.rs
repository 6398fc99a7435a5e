//! The facts of a draft, beside what was found: numbers, what is known and used, what nothing proves.

use inroad_coach::reading::FactUse;
use inroad_coach::reading::metrics::Metrics;
use inroad_coach::report::Report;
use inroad_service::{Coach, FactPlace};
use maud::{Markup, html};

use super::{Asked, Shown};
use crate::parts;

pub(super) fn facts(shown: &Shown<'_>) -> Markup {
    let report = &shown.coached.report;
    html! {
        section.facts aria-labelledby="facts" data-seconds=[report.metrics.seconds] {
            h3 id="facts" { "Facts" }
            dl {
                @for (name, value) in rows(shown.asked, shown.coach, report) { div { dt { (name) } dd { (value) } } }
            }
            (known(shown.coach, &report.known_facts))
            @if !report.without_evidence.is_empty() {
                h4 { "Without evidence kept here" }
                ul { @for sentence in &report.without_evidence { li { q { (sentence.quote) } } } }
            }
        }
    }
}

fn rows(asked: &Asked, coach: &Coach, report: &Report) -> Vec<(&'static str, String)> {
    let numbers = &report.metrics;
    let mut rows = vec![("Words", words(coach, report))];
    rows.extend(numbers.seconds.map(|seconds| ("Spoken", format!("about {seconds} seconds"))));
    rows.extend(numbers.grade.map(|grade| ("School grade", format!("{:.0}", grade.max(1.0)))));
    rows.push(("Asks for", asks(report)));
    rows.push(("Questions", questions(numbers)));
    rows.push(("You, and I or we", format!("{} and {}", numbers.you, numbers.we)));
    if asked.stage.is_none() {
        rows.extend(report.stage.map(|stage| {
            let because = report.stage_because.as_deref().unwrap_or("");
            ("Read as", format!("{}, {because}", stage.in_words()))
        }));
    }
    rows
}

/// How many words, with how many are usual for such a draft.
fn words(coach: &Coach, report: &Report) -> String {
    let rules = coach.pack().rules().iter().filter(|ready| {
        let rule = &ready.rule;
        !ready.off
            && (rule.channels.is_empty() || rule.channels.contains(&report.channel))
            && report
                .stage
                .is_none_or(|stage| rule.stages.is_empty() || rule.stages.contains(&stage))
    });
    let mut of_words = rules
        .flat_map(|ready| &ready.rule.matches)
        .filter(|m| m.metric.as_deref() == Some("words"));
    let band = of_words
        .find_map(|m| report.stage.and_then(|stage| m.bands.get(&stage).copied()).or(m.band));
    let count = match report.metrics.sentences {
        1 => format!("{} in one sentence", report.metrics.words),
        sentences => format!("{} in {sentences} sentences", report.metrics.words),
    };
    band.map_or_else(
        || count.clone(),
        |band| format!("{count}; {:.0} to {:.0} are usual", band.0, band.1),
    )
}

fn asks(report: &Report) -> String {
    let dated = report.asks.iter().filter(|ask| ask.dated).count();
    match report.asks.len() {
        0 => "nothing".to_owned(),
        1 if dated == 1 => "one thing, with a day".to_owned(),
        1 => "one thing, without a day".to_owned(),
        count => format!("{count} things, {dated} with a day"),
    }
}

fn questions(numbers: &Metrics) -> String {
    let asked = numbers.questions;
    let kinds = [
        (asked.open, "open"),
        (asked.narrow, "narrow"),
        (asked.closed, "yes or no"),
        (asked.choice, "with a choice"),
    ];
    let told: Vec<String> = kinds
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| format!("{count} {kind}"))
        .collect();
    if told.is_empty() { "none".to_owned() } else { told.join(", ") }
}

fn known(coach: &Coach, facts: &[FactUse]) -> Markup {
    let used = facts.iter().filter(|fact| fact.used).count();
    html! {
        @if !facts.is_empty() {
            h4 { "Known of them: " (used) " of " (facts.len()) " used" }
            ul.known {
                @for fact in facts {
                    li {
                        span.quiet { @if fact.used { "used: " } @else { "not used: " } } (fact.says) " "
                        small { (source(coach, fact)) }
                    }
                }
            }
        }
    }
}

/// Where a fact stands, with the way there.
fn source(coach: &Coach, fact: &FactUse) -> Markup {
    let is_it = |placed: &&inroad_service::PlacedFact| {
        placed.fact.says == fact.says && placed.fact.source == fact.source
    };
    let at = coach.facts().find(is_it).map(|placed| match &placed.place {
        FactPlace::Letter(id) => parts::message_link(id, None),
        FactPlace::Deal(id) => parts::deal_link(id),
        FactPlace::Person(email) => parts::person_link(email),
    });
    html! {
        @if let Some(at) = at { a href=(at) { (fact.source) } } @else { span.quiet { (fact.source) } }
    }
}
