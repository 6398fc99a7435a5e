//! Handing a lead over: the same form and the same definition for everybody.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use inroad_leads::{Answer, Criterion, Definition, Given, HandOver, LeadPerson, Need, To, Told};
use inroad_model::EmailAddress;
use inroad_prospect::typed_number;
use inroad_service::{Error, LeadDouble, NewLead, Right};
use maud::{Markup, html};

use super::{choose_taker, invalid, page_of, taker};
use crate::deeds;
use crate::forms::{Fields, OurForm, all, hidden, one};
use crate::server::{App, failed};
use crate::visit::Visit;

/// What the form needs.
struct Seen {
    definition: Definition,
    is_agreed: bool,
    takers: Vec<(To, String)>,
}

async fn seen(app: &App, visit: &Visit) -> Result<Seen, Error> {
    visit.actor.must(Right::HandOver)?;
    let page = app.inroad.lead_definition(&visit.actor, app.as_of()).await?;
    let takers = app.inroad.lead_takers(&visit.actor, app.as_of()).await?;
    Ok(Seen { is_agreed: page.in_force.is_some(), definition: page.definition(), takers })
}

pub(super) async fn ask(State(app): State<App>, visit: Visit) -> Response {
    match seen(&app, &visit).await {
        Ok(seen) => show(&seen, &Fields::new(), &[], None, &visit),
        Err(error) => failed(&error),
    }
}

pub(super) async fn take(
    State(app): State<App>,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    let at = app.as_of();
    let seen = match seen(&app, &visit).await {
        Ok(seen) => seen,
        Err(error) => return failed(&error),
    };
    let new = match read(&fields, &seen.definition) {
        Ok(new) => new,
        Err(why) => return show(&seen, &fields, &[], Some(&why), &visit),
    };
    if !new.despite_doubles {
        match app.inroad.lead_doubles(&visit.actor, &new.hand_over, at).await {
            Ok(doubles) if doubles.is_empty() => {}
            Ok(doubles) => return show(&seen, &fields, &doubles, None, &visit),
            Err(error) => return failed(&error),
        }
    }
    match app.inroad.hand_over_lead(&visit.actor, new, at).await {
        Ok(done) => deeds::back(&format!("/leads/{}", done.what), Some(done.deed)),
        Err(why @ Error::Invalid { .. }) => show(&seen, &fields, &[], Some(&why), &visit),
        Err(error) => failed(&error),
    }
}

fn read(fields: &Fields, definition: &Definition) -> Result<NewLead, Error> {
    let email = match one(fields, "email") {
        "" => None,
        typed => Some(typed.parse::<EmailAddress>().map_err(|_odd| {
            invalid(format!("'{typed}' is no mail address; write it as name@firm.example"))
        })?),
    };
    let text = |name: &str| one(fields, name).to_owned();
    Ok(NewLead {
        hand_over: HandOver {
            definition: None,
            person: LeadPerson {
                name: text("name"),
                email,
                phone: text("phone"),
                title: text("title"),
            },
            account: text("account"),
            place: text("place"),
            source: text("source"),
            campaign: text("campaign"),
            said: text("said"),
            promised: one(fields, "promised").lines().map(str::to_owned).collect(),
            asked: text("asked"),
            answers: answers(fields, definition)?,
        },
        to: taker(one(fields, "to"))?,
        despite_doubles: one(fields, "despite") == "yes",
    })
}

/// The answers to criteria in a form; those that were left open are unknown.
pub(super) fn answers(
    fields: &Fields,
    definition: &Definition,
) -> Result<BTreeMap<String, Answer>, Error> {
    let mut found = BTreeMap::new();
    for criterion in &definition.criteria {
        let name = format!("answer-{}", criterion.key);
        if all(fields, &name).next().is_none() {
            continue;
        }
        let typed = one(fields, &name);
        let words = one(fields, &format!("word-{}", criterion.key)).to_owned();
        let given =
            match typed {
                "yes" => Given::Yes,
                "no" => Given::No,
                "" | "unknown" => Given::Unknown,
                number => Given::Number(typed_number(number).ok_or_else(|| {
                    invalid(format!("'{number}' is no number; write it like 5000"))
                })?),
            };
        found.insert(criterion.key.clone(), Answer { given, words });
    }
    Ok(found)
}

/// What is asked of each criterion. `typed` gives what stands in a field already.
pub(super) fn criteria_fields<T: AsRef<str>>(
    definition: &Definition,
    typed: impl Fn(&str) -> T,
) -> Markup {
    html! {
        @for criterion in &definition.criteria {
            @let key = &criterion.key;
            @let answer = typed(&format!("answer-{key}"));
            fieldset {
                legend { (criterion.name) @if criterion.need == Need::Must { " (must)" } }
                p.quiet { small { (criterion.means) @if matches!(criterion.told, Told::Number { .. }) { "; " (criterion.rule()) } } }
                (answer_field(criterion, answer.as_ref()))
                label { "How you know" input name={ "word-" (key) } maxlength="200" value=(typed(&format!("word-{key}")).as_ref()); }
            }
        }
    }
}

fn answer_field(criterion: &Criterion, answer: &str) -> Markup {
    let name = format!("answer-{}", criterion.key);
    html! {
        @match criterion.told {
            Told::YesNo => {
                @for (value, words) in [("yes", "yes"), ("no", "no"), ("unknown", "unknown")] {
                    label.choice { input type="radio" name=(name) value=(value) checked[answer == value || answer.is_empty() && value == "unknown"]; " " (words) }
                }
            }
            Told::Number { .. } => { label { "The number; empty if unknown" input name=(name) inputmode="decimal" value=(answer); } }
        }
    }
}

fn show(
    seen: &Seen,
    fields: &Fields,
    doubles: &[LeadDouble],
    why: Option<&Error>,
    visit: &Visit,
) -> Response {
    let typed = |name: &str| one(fields, name);
    let body = html! {
        p { a href="/leads" { "← Leads" } }
        h1 { "Hand a lead over" }
        @if !seen.is_agreed {
            p { "Both sides have signed nothing yet on " a href="/leads/definition" { "what a qualified lead is" } ". A lead can go over without, but nobody can say then whether it is one." }
        }
        @if let Some(why) = why { p.overdue role="alert" { (why) "." } }
        form.setting method="post" action="/leads/new" {
            (hidden(&visit.form_key, "/leads"))
            @if !doubles.is_empty() {
                div role="alert" {
                    h2 { "It may be there already" }
                    ul { @for double in doubles { li {
                        @match double.number { Some(number) => { a href={ "/leads/" (number) } { (double.says) } } None => { (double.says) } }
                    } } }
                    label.choice { input type="checkbox" name="despite" value="yes"; " It is another one; hand it over" }
                }
            }
            section.setting {
                h2 { "Who" }
                (text("name", "Name", 200, false, typed("name")))
                label { "Mail address" input type="email" name="email" autocomplete="off" maxlength="254" value=(typed("email")); }
                (text("phone", "Telephone", 200, false, typed("phone")))
                (text("title", "What they do", 200, false, typed("title")))
                (text("account", "Firm", 200, false, typed("account")))
                (text("place", "Where that is", 200, false, typed("place")))
            }
            section.setting {
                h2 { "Where from, and what was said" }
                (text("source", "Source, such as a fair, a form, a call", 200, visit.actor.team().is_none() || !visit.actor.may(Right::OwnProvider) || visit.actor.may(Right::Providers), typed("source")))
                (text("campaign", "Campaign", 200, false, typed("campaign")))
                (area("said", "What was said", typed("said")))
                (area("promised", "What was promised to them, a promise a line", typed("promised")))
                (area("asked", "What they asked", typed("asked")))
            }
            @if !seen.definition.criteria.is_empty() {
                section.setting {
                    h2 { "What you know of them" }
                    p.quiet { "Unknown is an answer. Say what you know, not what you hope." }
                    (criteria_fields(&seen.definition, typed))
                }
            }
            section.setting {
                h2 { "To whom" }
                @if seen.takers.is_empty() {
                    p { "It goes to those of sales who look after where they are." }
                } @else {
                    (choose_taker(&seen.takers, "To", "Whoever looks after where they are", typed("to")))
                }
                div.row { button type="submit" { "Hand it over" } }
            }
        }
    };
    let page = page_of("Hand a lead over", &body, visit);
    if why.is_some() {
        return (axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    }
    page.into_response()
}

fn text(name: &str, label: &str, chars_max: u16, required: bool, typed: &str) -> Markup {
    html! { label { (label) input type="text" name=(name) autocomplete="off" maxlength=(chars_max) required[required] value=(typed); } }
}

fn area(name: &str, label: &str, typed: &str) -> Markup {
    html! { label { (label) textarea name=(name) rows="3" maxlength="4000" { (typed) } } }
}
