//! What was found in a draft, weight by weight, and what could not be checked.

use std::collections::BTreeMap;

use inroad_coach::report::{Finding, NotChecked};
use inroad_coach::rules::rule::{Grade, Severity};
use maud::{Markup, html};

use super::{Just, Shown, facts};

/// So much of a quote is shown.
const QUOTE_CHARS_MAX: usize = 200;

/// The weights as a person says them, the heaviest first.
pub(super) const WEIGHTS: [(Severity, &str); 3] = [
    (Severity::Block, "It should not go out so"),
    (Severity::Warn, "Worth a second look"),
    (Severity::Note, "Good to know"),
];

/// What stands beside the text.
pub(super) fn looked(shown: &Shown<'_>) -> Markup {
    let findings = findings(shown);
    html! {
        div id="looked" data-part data-count=(count(shown)) {
            (just(shown.just))
            @for (weight, name) in WEIGHTS {
                @let of_weight = by_rule(&findings, weight);
                @if !of_weight.is_empty() {
                    h3 { (name) }
                    ul.findings { @for of_rule in of_weight { (found(&of_rule, shown)) } }
                }
            }
            (dismissed(shown))
            @if !shown.typed.is_empty() {
                (facts::facts(shown))
                (not_checked(&shown.coached.report.not_checked))
            }
        }
    }
}

/// The findings of a weight, rule by rule, in the order of the draft.
fn by_rule<'f>(findings: &[&'f Finding], weight: Severity) -> Vec<Vec<&'f Finding>> {
    let mut rules: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.severity == weight) {
        let known = rules.iter_mut().find(|of_rule| {
            of_rule.first().is_some_and(|first| {
                (&first.rule, &first.detail) == (&finding.rule, &finding.detail)
            })
        });
        match known {
            Some(known) => known.push(finding),
            None => rules.push(vec![finding]),
        }
    }
    rules
}

/// Of an empty page only that nothing may be written to them.
fn findings<'s>(shown: &'s Shown<'_>) -> Vec<&'s Finding> {
    let all = shown.coached.report.findings.iter();
    let is_shown =
        |finding: &&Finding| !shown.typed.is_empty() || finding.severity == Severity::Block;
    all.filter(is_shown).collect()
}

/// How much was found, in one line.
pub(super) fn count(shown: &Shown<'_>) -> String {
    let findings = findings(shown);
    let of = |weight: Severity, one: &str, many: &str| {
        let count = findings.iter().filter(|finding| finding.severity == weight).count();
        match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        }
    };
    let parts = [
        of(Severity::Block, "holds it up", "hold it up"),
        of(Severity::Warn, "is worth a second look", "are worth a second look"),
        of(Severity::Note, "is good to know", "are good to know"),
    ];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    match told.as_slice() {
        [] if shown.typed.is_empty() => "Nothing is written yet.".to_owned(),
        [] => "Nothing to look at again.".to_owned(),
        told => format!("{}.", told.join(", ")),
    }
}

fn just(just: Option<Just>) -> Markup {
    html! {
        @match just {
            Some(Just::Dismissed(deed)) => {
                div.word {
                    span { "Dismissed for these words." }
                    button type="submit" form="draft" name="undo" value=(deed) { "Undo" }
                }
            }
            Some(Just::Restored) => { div.word { span { "It speaks up again." } } }
            None => {}
        }
    }
}

/// What one rule found: its places, and once why it matters and what to do.
fn found(findings: &[&Finding], shown: &Shown<'_>) -> Markup {
    let Some(first) = findings.first() else { return Markup::default() };
    html! {
        li class={ "finding " (first.severity.as_str()) } data-row="" data-finding {
            p.what { span.weight { (first.severity.as_str()) } " " strong { (first.says) } @if !first.detail.is_empty() { " (" (first.detail) ")" } }
            @for finding in findings {
                (quote(finding))
                @if findings.len() > 1 { (acts(finding, shown)) }
            }
            p { (first.why) " " strong { "Instead: " } (first.fix) }
            p.quiet { small { "Rests on " (grade(first.source.grade)) ": " (first.source.says) ". " a href={ "/coach/rules#" (first.rule) } { "The rule" } } }
            @if findings.len() == 1 { (acts(first, shown)) }
        }
    }
}

fn quote(finding: &Finding) -> Markup {
    html! { @if !finding.quote.trim().is_empty() { blockquote { (shortened(&finding.quote)) } } }
}

/// What can be done about the words.
fn acts(finding: &Finding, shown: &Shown<'_>) -> Markup {
    let ready = shown.coach.pack().rule(&finding.rule);
    let may_rest = ready.is_some_and(|ready| ready.may_rest(&finding.quote));
    let spot = finding.range.as_ref().and_then(|range| shown.typed.spot(range));
    html! {
        p.acts {
            @if let Some(spot) = spot {
                button type="button" data-with-script hidden data-field=(spot.field) data-start=(spot.start) data-end=(spot.end) data-key="Enter" { "Show it in the text" }
            }
            @if may_rest {
                button type="submit" form="draft" name="dismiss" value={ (finding.rule) " " (finding.quote) } data-key="x" { "Dismiss for these words" }
            }
        }
    }
}

fn dismissed(shown: &Shown<'_>) -> Markup {
    let dismissed = &shown.coached.dismissed;
    html! {
        @if !dismissed.is_empty() {
            details id="dismissed" {
                summary { (dismissed.len()) " dismissed by you for these words" }
                ul {
                    @for finding in dismissed {
                        li {
                            (finding.says) @if !finding.quote.trim().is_empty() { ": " q { (shortened(&finding.quote)) } } " "
                            button type="submit" form="draft" name="restore" value={ (finding.rule) " " (finding.quote) } { "Say it again" }
                        }
                    }
                }
            }
        }
    }
}

fn not_checked(left: &[NotChecked]) -> Markup {
    let mut by_reason: BTreeMap<&str, Vec<&NotChecked>> = BTreeMap::new();
    for one in left {
        by_reason.entry(&one.because).or_default().push(one);
    }
    html! {
        @if !left.is_empty() {
            details id="not-checked" {
                summary { "Not checked (" (left.len()) ")" }
                @for (because, rules) in by_reason {
                    p { "Since " (because) ":" }
                    ul { @for one in rules { li { a href={ "/coach/rules#" (one.rule) } { (one.says) } } } }
                }
            }
        }
    }
}

/// In the place of the findings, where the text cannot be read.
pub(super) fn not_read(why: &str) -> Markup {
    html! {
        div id="looked" data-part data-count=(why) { p.held { (why) "." } }
        div id="copying" data-part {}
    }
}

/// What weight a reason bears, as a person says it.
pub(super) fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Law => "law",
        Grade::Published => "a published figure",
        Grade::Measured => "a figure measured here",
        Grade::Articles => "articles on selling",
        Grade::Opinion => "good sense",
    }
}

fn shortened(quote: &str) -> String {
    if quote.chars().count() <= QUOTE_CHARS_MAX {
        return quote.to_owned();
    }
    quote.chars().take(QUOTE_CHARS_MAX).chain(['…']).collect()
}
