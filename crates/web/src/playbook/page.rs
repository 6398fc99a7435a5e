//! How the playbook looks.

use inroad_advice::DealReview;
use inroad_advice::playbook::scenario::Scenario;
use inroad_service::{Morning, Playbook, ScenarioFile, Trial};
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::hidden_key;
use crate::parts;

/// Deals among which one is chosen to try a text on.
const DEALS_MAX: usize = 300;

/// All scenarios.
pub(super) fn list(playbook: &Playbook, is_own: impl Fn(&str) -> bool) -> Markup {
    html! {
        h1 { "Playbook" }
        p.lead { "Why a deal may go quiet, how it shows, what to ask and what to do. Each can be made your own." }
        ul.scenarios {
            @for (name, scenario) in playbook.scenarios() {
                li data-row="" {
                    a href={ "/playbook/" (name) } data-key="Enter" { strong { (scenario.name) } }
                    @if is_own(name) { " " span.quiet { "your own" } }
                    p.quiet { (scenario.looks_like) }
                }
            }
        }
    }
}

/// One scenario, to be read.
pub(super) fn scenario(file: &ScenarioFile, scenario: &Scenario, key: &Key) -> Markup {
    html! {
        p { a href="/playbook" { "← Playbook" } }
        h1 { (scenario.name) }
        p.lead { (scenario.looks_like) }
        p { "If it is this: " strong { (scenario.advice.in_words()) } ", as a rule. About " (format!("{:.0}", scenario.share * 100.0)) " of a hundred open deals." }
        p.acts {
            a.act href={ "/playbook/" (file.name) "/edit" } { "Change it, and try it on a deal" }
        }
        @if file.is_own && file.is_shipped {
            form method="post" action={ "/playbook/" (file.name) "/ours" } { (hidden_key(key)) button type="submit" { "Back to the one that came with inroad" } }
        }
        @for play in &scenario.play {
            h2 { (play.name) }
            @if !play.when.is_empty() { p.quiet { (play.when) } }
            ol { @for step in &play.steps { li { (step.replace("{name}", "…")) } } }
        }
        @if !scenario.question.is_empty() {
            h2 { "To ask" }
            ul { @for ask in &scenario.question { li { q { (ask.text.replace("{name}", "…")) } } } }
        }
        @if !scenario.never.is_empty() { h2 { "Never" } ul { @for never in &scenario.never { li { (never) } } } }
        @if !scenario.worked.is_empty() { h2 { "It worked when" } p { (scenario.worked) } }
        h2 { "What speaks for it and against it" }
        div.scroll tabindex="0" {
            table {
                thead { tr { th scope="col" { "Seen" } th scope="col" { "Times as often" } th scope="col" { "Where the number comes from" } } }
                tbody {
                    @for clue in &scenario.evidence {
                        tr { td { (clue.sign.as_str().replace('_', " ")) } td.number { (clue.times) } td.quiet { (clue.why) } }
                    }
                }
            }
        }
        @if !scenario.reference.is_empty() { h2 { "Read more" } ul { @for reference in &scenario.reference { li { (reference) } } } }
    }
}

/// What the editor shows.
#[derive(Debug, Default)]
pub(super) struct Editor<'a> {
    /// The text.
    pub text: &'a str,
    /// The deal that it is tried on.
    pub deal: &'a str,
    /// The day of which it is tried.
    pub day: &'a str,
    /// What is wrong with the text.
    pub fault: Option<String>,
    /// How the deal comes out.
    pub trial: Option<Trial>,
}

/// The text of a scenario, to be changed and tried.
pub(super) fn editor(
    file: &ScenarioFile,
    editor: &Editor<'_>,
    morning: &Morning,
    key: &Key,
) -> Markup {
    html! {
        p { a href={ "/playbook/" (file.name) } { "← " (file.name) } }
        h1 { "Change " (file.name) }
        @if let Some(fault) = &editor.fault { p.warning role="alert" { (fault) "." } }
        @if let Some(trial) = &editor.trial { (outcome(trial)) }
        form.sheet method="post" action={ "/playbook/" (file.name) "/edit" } {
            (hidden_key(key))
            label { "Its text" textarea.code name="text" rows="22" spellcheck="false" { "\n" (editor.text) } }
            div.beside {
                label {
                    "Try it on"
                    select name="deal" {
                        option value="" { "no deal: only check the text" }
                        @for deal in morning.review.deals.iter().take(DEALS_MAX) {
                            option value=(deal.id.as_str()) selected[deal.id.as_str() == editor.deal] { (deal.name) }
                        }
                    }
                }
                label { "as of" input type="date" name="as_of" value=(editor.day) max=(morning.review.as_of.date().to_string()); }
            }
            p.buttons {
                button type="submit" name="do" value="try" { "Try" }
                button.main type="submit" name="do" value="keep" { "Keep as my own" }
            }
            p.quiet { "What every word in it means: " a href="/help/playbook" { "Why deals go quiet" } ". Nothing counts before you keep it, and keeping can be undone." }
        }
    }
}

fn outcome(trial: &Trial) -> Markup {
    html! {
        section.step role="status" {
            p { strong { (trial.before.name) } @if trial.before == trial.after { ": nothing comes out otherwise." } }
            @if trial.before != trial.after {
                div.scroll tabindex="0" {
                    table {
                        thead { tr { th scope="col" { "" } th scope="col" { "As it is" } th scope="col" { "With this text" } } }
                        tbody {
                            tr { th scope="row" { "State" } td { (parts::state(trial.before.state)) } td { (parts::state(trial.after.state)) } }
                            tr { th scope="row" { "Advice" } td { (trial.before.advice.in_words()) } td { (trial.after.advice.in_words()) } }
                            tr { th scope="row" { "Likely" } td { (causes(&trial.before)) } td { (causes(&trial.after)) } }
                            tr { th scope="row" { "Next step" } td { (step(&trial.before)) } td { (step(&trial.after)) } }
                        }
                    }
                }
            }
        }
    }
}

fn causes(deal: &DealReview) -> Markup {
    html! {
        @for cause in deal.causes.iter().take(3) {
            (cause.name) @if let Some(p) = cause.probability { " " small.quiet { (p.in_percent()) } } br;
        }
    }
}

fn step(deal: &DealReview) -> &str {
    deal.next_step.as_ref().map_or("nothing", |step| step.text.as_str())
}
