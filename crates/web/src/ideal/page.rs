//! How the ideal client looks: its qualifiers, a form for another, the file, the versions.

use inroad_model::{IdealClient, IndustryCode, Level, StatedIdealClient, Topic};
use inroad_prospect::{ClosedDeal, DEALS_MIN, Taught, learned, write_ideal_file};
use maud::{Markup, html};

use crate::fits;
use crate::forms::{hidden, hidden_key};
use crate::parts;
use crate::visit::Visit;

pub(super) fn page(versions: &[StatedIdealClient], closed: &[ClosedDeal], visit: &Visit) -> Markup {
    let empty = IdealClient::default();
    let last = versions.last();
    let ideal = last.map_or(&empty, |last| &last.ideal);
    let taught = learned(ideal, closed);
    html! {
        p { a href="/targets" { "← Targets" } }
        h1 { "Whom you help best" }
        p.lead { "By what you tell a firm for which you are the right one. Every account is held against it, line by line; what nobody knows stays unknown." }
        @if ideal.qualifiers.is_empty() {
            p { "Nothing yet. Think of three clients you like working for: what do they share? And of one you should not have taken: how would you have known?" }
        } @else {
            div.scroll { table {
                thead { tr { th { "What to look for" } th { "Asks" } th { "Weight" } th { "Why" } th { "Your finished deals" } th { span.for-ears { "Change" } } } }
                tbody {
                    @for (at, qualifier) in ideal.qualifiers.iter().enumerate() {
                        tr data-row {
                            td { (fits::of_qualifier(qualifier)) }
                            td { (fits::level(qualifier.level)) }
                            td { (qualifier.weight.get()) }
                            td { @if let Some(because) = &qualifier.because { (because) } }
                            td { (told(taught.iter().find(|taught| taught.qualifier == qualifier))) }
                            td { (remove(at, last, visit)) }
                        }
                    }
                }
            } }
            p.quiet { small { "Finished deals speak from " (DEALS_MIN) " on of which something is known, won and lost ones. They stand beside your word, and change nothing of it." } }
        }
        (add(visit))
        (as_file(ideal, last, visit))
        (history(versions))
    }
}

/// What finished deals tell of one qualifier.
fn told(taught: Option<&Taught<'_>>) -> Markup {
    html! {
        @match taught {
            None => { span.quiet { "too few to say" } }
            Some(taught) => {
                "with it " (of(taught.won.0, taught.lost.0)) ", without " (of(taught.won.1, taught.lost.1))
                @if let Some(by_chance) = taught.by_chance {
                    br; small.quiet {
                        @if by_chance < 0.05 { "chance alone would part them so in " (fits::percent(by_chance)) " of cases" }
                        @else { "that may well be chance" }
                    }
                }
            }
        }
    }
}

fn of(won: u64, lost: u64) -> String {
    format!("{won} won of {}", won + lost)
}

fn remove(at: usize, last: Option<&StatedIdealClient>, visit: &Visit) -> Markup {
    html! {
        form method="post" action="/ideal-client/remove" {
            (hidden(&visit.form_key, "/ideal-client"))
            input type="hidden" name="qualifier" value=(at);
            input type="hidden" name="version" value=(last.map_or(0, |last| last.version));
            button.small type="submit" aria-label={ "Remove line " (at + 1) } { "Remove" }
        }
    }
}

fn add(visit: &Visit) -> Markup {
    html! {
        section.own aria-labelledby="add" {
            h2 id="add" { "Another line" }
            form method="post" action="/ideal-client/add" {
                (hidden_key(&visit.form_key))
                label { "About" select name="topic" { @for topic in Topic::ALL { option value=(topic.as_str()) { (topic.in_words()) } } } }
                label { "It" select name="level" { @for level in Level::ALL { option value=(level.as_str()) { (fits::level(level)) } } } }
                fieldset.three {
                    legend { "One of these three" }
                    label.wide { "Words, with a comma between them" input name="words" maxlength="400" placeholder="logistics, freight"; }
                    label { "Or beginnings of industry codes" input name="codes" maxlength="200" placeholder="49, 52.1"; }
                    label { "of" select name="system" { @for system in IndustryCode::ALL { option value=(system.as_str()) { (system.as_str().to_uppercase()) } } } }
                    label { "Or a number of at least" input name="at-least" inputmode="decimal" maxlength="20"; }
                    label { "at most" input name="at-most" inputmode="decimal" maxlength="20"; }
                    label { "counting" input name="of" maxlength="40" placeholder="people"; }
                }
                label { "Weight" select name="weight" { @for weight in 1..=5 { option value=(weight) selected[weight == 3] { (weight) } } } }
                label { "Why" input name="because" maxlength="400"; }
                button type="submit" { "Add the line" }
            }
        }
    }
}

fn as_file(ideal: &IdealClient, last: Option<&StatedIdealClient>, visit: &Visit) -> Markup {
    html! {
        details {
            summary { "As a file, to keep or to change as a whole" }
            div.own { form method="post" action="/ideal-client/file" {
                (hidden_key(&visit.form_key))
                input type="hidden" name="version" value=(last.map_or(0, |last| last.version));
                label { "TOML" textarea name="text" rows="14" spellcheck="false" { (write_ideal_file(ideal)) } }
                button type="submit" { "Keep it as it stands here" }
            } }
        }
    }
}

fn history(versions: &[StatedIdealClient]) -> Markup {
    html! {
        @if versions.len() > 1 {
            details {
                summary { (versions.len()) " versions" }
                ol.versions {
                    @for version in versions.iter().rev() {
                        li value=(version.version) {
                            (parts::date(version.told_at.date())) ": "
                            @if version.ideal.qualifiers.is_empty() { "nothing" }
                            @for (n, qualifier) in version.ideal.qualifiers.iter().enumerate() { @if n > 0 { "; " } (fits::of_qualifier(qualifier)) }
                        }
                    }
                }
            }
        }
    }
}
