//! What somebody does with a lead: one form each, one step each.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_leads::{Held, Kept, LeadEvent, Outcome};
use inroad_model::{DealId, Moment};
use inroad_service::{Error, LeadPage};

use super::new::answers;
use super::{invalid, needed, remark, taker};
use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::rights::As;
use crate::server::{App, failed, not_found};

pub(super) async fn act(
    State(app): State<App>,
    Path(number): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse::<i64>() else { return not_found("There is no such lead.") };
    let at = app.as_of();
    let done = async {
        let page = app.inroad.lead(&actor, number, at).await?;
        let event = event(&fields, &page, at)?;
        // Words on a lead stand beside what happens to it meanwhile.
        let is_word = matches!(
            event,
            LeadEvent::Quality { .. } | LeadEvent::Treatment { .. } | LeadEvent::Replied { .. }
        );
        let seen = one(&fields, "seen").parse().ok().filter(|_| !is_word);
        app.inroad.act_on_lead(&actor, number, seen, event, at).await
    };
    match done.await {
        Ok(done) => {
            app.desk.changed(None).await;
            deeds::back(&format!("/leads/{number}"), Some(done.deed))
        }
        Err(error) => failed(&error),
    }
}

/// The step that a form asks for.
fn event(fields: &Fields, page: &LeadPage, at: Moment) -> Result<LeadEvent, Error> {
    Ok(match one(fields, "do") {
        "accept" => LeadEvent::Accepted,
        "return" => LeadEvent::Returned {
            reason: one(fields, "reason").to_owned(),
            words: needed(fields, "words")?,
        },
        "recycle" => LeadEvent::Recycled {
            until: one(fields, "until")
                .parse()
                .map_err(|_odd| invalid("Name the day on which it comes back"))?,
            words: remark(fields, "words")?,
        },
        "answer" => LeadEvent::Answered {
            words: needed(fields, "words")?,
            answers: answers(fields, &page.definition)?,
            to: taker(one(fields, "to"))?,
        },
        "give-up" => LeadEvent::GivenUp { words: needed(fields, "words")? },
        "move" => LeadEvent::Moved {
            to: taker(one(fields, "to"))?.ok_or_else(|| invalid("Say to whom it goes"))?,
            words: remark(fields, "words")?,
        },
        "reach" => LeadEvent::Reached {
            outcome: Outcome::from_name(one(fields, "outcome"))
                .ok_or_else(|| invalid("Say how far you came"))?,
            on: day(fields, at)?,
            words: remark(fields, "words")?,
        },
        "promise" => LeadEvent::Promise {
            promise: one(fields, "promise").parse().map_err(|_odd| invalid("Say which promise"))?,
            kept: Kept::from_name(one(fields, "kept"))
                .ok_or_else(|| invalid("Say whether it was kept"))?,
        },
        "quality" => LeadEvent::Quality {
            criteria: held(fields, page),
            pressed: pressed(fields),
            words: remark(fields, "words")?,
        },
        "treatment" => {
            LeadEvent::Treatment { pressed: pressed(fields), words: needed(fields, "words")? }
        }
        "reply" => LeadEvent::Replied {
            to: one(fields, "to-word").parse().map_err(|_odd| invalid("Say to what you reply"))?,
            words: needed(fields, "words")?,
        },
        _ => return Err(invalid("Say what is to be done with it")),
    })
}

/// The day that a form names, as a moment of that day; today is now.
fn day(fields: &Fields, at: Moment) -> Result<Option<Moment>, Error> {
    let typed = one(fields, "on");
    if typed.is_empty() {
        return Ok(None);
    }
    let day: jiff::civil::Date =
        typed.parse().map_err(|_odd| invalid(format!("'{typed}' is no day")))?;
    if day == at.date() {
        return Ok(None);
    }
    let noon = at.offset().to_timestamp(day.at(12, 0, 0, 0));
    let noon = noon.map_err(|_beyond| invalid(format!("'{typed}' is no day")))?;
    Ok(Some(Moment::new(noon, at.offset())))
}

fn held(fields: &Fields, page: &LeadPage) -> BTreeMap<String, Held> {
    let criteria = page.definition.criteria.iter();
    let found = criteria.filter_map(|criterion| {
        let held = Held::from_name(one(fields, &format!("held-{}", criterion.key)))?;
        Some((criterion.key.clone(), held))
    });
    found.collect()
}

fn pressed(fields: &Fields) -> Option<bool> {
    match one(fields, "pressed") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

pub(super) async fn attach(
    State(app): State<App>,
    Path(number): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse::<i64>() else { return not_found("There is no such lead.") };
    let at = app.as_of();
    let done = async {
        let deal = match one(&fields, "deal") {
            "" => None,
            typed => Some(DealId::new(typed).map_err(invalid)?),
        };
        app.inroad.attach_lead(&actor, number, deal.as_ref(), at).await
    };
    match done.await {
        Ok(done) => deeds::done(&app, &format!("/leads/{number}"), None, done.deed).await,
        Err(error) => failed(&error),
    }
}
