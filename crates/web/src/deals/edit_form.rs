//! The form that changes one field of a deal.

use inroad_model::Stage;
use inroad_service::StoredDeal;
use maud::{Markup, html};

use crate::access::Key;
use crate::acts;
use crate::forms::{Fields, one};
use crate::parts;

/// What the form is made of.
#[derive(Debug)]
pub(super) struct Form<'a> {
    /// The deal as it is now.
    pub stored: &'a StoredDeal,
    /// Which field.
    pub field: &'a str,
    /// What was typed before, where it could not be taken.
    pub typed: Option<&'a Fields>,
    /// Why it could not.
    pub warning: Option<&'a str>,
    /// Where it leads back to.
    pub next: &'a str,
}

/// The sheet; `None` for a field that is not there.
pub(super) fn sheet(form: &Form<'_>, key: &Key) -> Option<Markup> {
    let (title, fields) = fields(form)?;
    let deal = &form.stored.deal;
    let body = html! {
        @if let Some(warning) = form.warning {
            p.warning role="alert" { (warning) "." }
            @if form.typed.is_some() { p { "It is now: " strong { (now(form)) } ". What you wrote stands below." } }
        }
        input type="hidden" name="field" value=(form.field);
        input type="hidden" name="version" value=(form.stored.version());
        (fields)
    };
    let action = format!("{}/edit", parts::deal_link(&deal.id));
    Some(acts::sheet(&format!("{title}: {}", deal.name), &action, &body, "Keep it", form.next, key))
}

/// The value of an input: what was typed, else what is kept.
fn value(form: &Form<'_>, name: &str, kept: Option<String>) -> String {
    form.typed.map_or_else(|| kept.unwrap_or_default(), |typed| one(typed, name).to_owned())
}

fn fields(form: &Form<'_>) -> Option<(&'static str, Markup)> {
    let deal = &form.stored.deal;
    let sum = |sum: Option<f64>| sum.map(|sum| format!("{sum}"));
    let text = |says: &str, name: &str, kept: Option<String>| {
        html! { label { (says) input name=(name) value=(value(form, name, kept)) autofocus; } }
    };
    Some(match form.field {
        "name" => ("Name", text("Name", "name", Some(deal.name.clone()))),
        "organization" => {
            ("Organisation", text("Organisation", "organization", deal.organization.clone()))
        }
        "stage" => ("Stage", stages(&value(form, "stage", deal.stage.map(|s| s.as_str().into())))),
        "value" => (
            "What it is worth",
            html! {
                (text("Sum", "value", sum(deal.value)))
                label { "Currency" input name="currency" size="4" maxlength="3" value=(value(form, "currency", deal.currency.clone())); }
            },
        ),
        "fee" => ("Fee quoted", text("Fee", "fee", sum(deal.fee_quoted))),
        "usual" => (
            "Usual range of fees",
            html! {
                (text("From", "low", sum(deal.usual_fee_range.map(|(low, _)| low))))
                label { "To" input name="high" value=(value(form, "high", sum(deal.usual_fee_range.map(|(_, high)| high)))); }
            },
        ),
        "opened" => (
            "Opened",
            html! { label { "Opened on" input type="date" name="opened" value=(value(form, "opened", deal.opened.map(|d| d.to_string()))); } },
        ),
        "ongoing" => (
            "Ongoing account",
            html! { label.choice { input type="checkbox" name="ongoing" value="yes" checked[deal.ongoing_account]; " A long-term account that is handled with care" } },
        ),
        _ => return None,
    })
}

fn stages(chosen: &str) -> Markup {
    html! {
        label {
            "Stage"
            select name="stage" autofocus {
                option value="" selected[chosen.is_empty()] { "Not known" }
                @for stage in Stage::ALL {
                    option value=(stage.as_str()) selected[chosen == stage.as_str()] { (stage.in_words()) }
                }
            }
        }
    }
}

/// How the field is kept now, in words.
fn now(form: &Form<'_>) -> String {
    let deal = &form.stored.deal;
    let sum = |sum: Option<f64>| sum.map_or_else(|| "not known".to_owned(), |sum| format!("{sum}"));
    match form.field {
        "name" => deal.name.clone(),
        "organization" => deal.organization.clone().unwrap_or_else(|| "not known".to_owned()),
        "stage" => deal.stage.map_or("not known", Stage::in_words).to_owned(),
        "value" => format!("{} {}", sum(deal.value), deal.currency.as_deref().unwrap_or_default()),
        "fee" => sum(deal.fee_quoted),
        "usual" => deal
            .usual_fee_range
            .map_or_else(|| "not known".to_owned(), |(l, h)| format!("{l} to {h}")),
        "opened" => deal.opened.map_or_else(|| "not known".to_owned(), parts::date),
        _ => if deal.ongoing_account { "yes" } else { "no" }.to_owned(),
    }
}
