//! `inroad touches`: how one stays in touch until they respond.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_model::{Channel, EntryNumber, Moment, Remark, Subject};
use inroad_service::{
    Done, Error, Inroad, MadeTouch, NewTouchPlan, TouchApproval, TouchPlan, Touches,
};

use crate::cli::{PlainFormat, TouchesAction, TouchesArgs, TouchesShowing};
use crate::{show, when};

pub(crate) async fn touches(
    inroad: Inroad,
    args: TouchesArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    match args.action.unwrap_or(TouchesAction::List { showing: args.showing }) {
        TouchesAction::List { showing } => list(&inroad, &showing, out).await?,
        TouchesAction::Show { whom, showing } => one(&inroad, &whom, &showing, out).await?,
        decision => {
            let at = when::now();
            let touches = inroad.touches(at).await?;
            let deed = decide(&inroad, &touches, decision, at).await?;
            let deed = inroad.deed(deed).await?;
            writeln!(out, "{}. To undo it: inroad undo {}", deed.says, deed.number)?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn list(inroad: &Inroad, showing: &TouchesShowing, out: &mut dyn Write) -> Result<()> {
    let touches = inroad.touches(showing.as_of.0).await?;
    match showing.format {
        PlainFormat::Table => show::touches(&touches, out),
        PlainFormat::Json => {
            Ok(writeln!(out, "{}", serde_json::to_string_pretty(&touches.plans)?)?)
        }
    }
}

async fn one(
    inroad: &Inroad,
    whom: &str,
    showing: &TouchesShowing,
    out: &mut dyn Write,
) -> Result<()> {
    let touches = inroad.touches(showing.as_of.0).await?;
    let plan = with(inroad, &touches, whom).await?;
    match showing.format {
        PlainFormat::Table => show::touch_plan(plan, out),
        PlainFormat::Json => Ok(writeln!(out, "{}", serde_json::to_string_pretty(plan)?)?),
    }
}

async fn decide(
    inroad: &Inroad,
    touches: &Touches,
    decision: TouchesAction,
    at: Moment,
) -> Result<inroad_service::DeedNumber> {
    let done: Done<()> = match decision {
        TouchesAction::Begin { whom, deal, firm, because } => {
            let Subject::Person(person) = person(inroad, &whom).await? else {
                anyhow::bail!("'{whom}' is no person; write an address");
            };
            let deal = match deal {
                Some(name) => Some(inroad.deal_called(&name).await?.deal.id),
                None => None,
            };
            let firm = match firm {
                Some(typed) => Some(inroad.register(at).await?.account_given(&typed)?.key()?),
                None => None,
            };
            let because = because.as_deref().map_or(Ok(None), Remark::if_any)?;
            let new = NewTouchPlan { person, deal, firm, because };
            return Ok(inroad.begin_touches(touches, new, at).await?.deed);
        }
        TouchesAction::Approve { whom, on, by, what } => {
            let plan = with(inroad, touches, &whom).await?;
            let next = plan.next.as_ref();
            let next = next.with_context(|| nothing_next(plan))?;
            let matter = next.matters.first().map(|matter| matter.text.as_str());
            let what = what.as_deref().or(matter).unwrap_or(next.useful.in_words());
            let approval = TouchApproval {
                day: on.unwrap_or(next.day),
                by: by.unwrap_or(next.by),
                what: Remark::new(what)?,
                useful: Some(next.useful),
                matter: matter.map_or(Ok(None), Remark::if_any)?,
            };
            inroad.approve_touch(touches, plan.number, approval, at).await?
        }
        TouchesAction::Done { whom, on, by, useful, answered } => {
            let plan = with(inroad, touches, &whom).await?;
            let next = plan.next.as_ref();
            let matter = next.and_then(|next| next.matters.first());
            let made = MadeTouch {
                day: on.unwrap_or_else(|| at.date()),
                by: by.or(next.map(|next| next.by)).unwrap_or(Channel::Mail),
                matter: match matter.filter(|m| useful.is_none_or(|useful| m.kind == useful)) {
                    Some(matter) => Remark::if_any(&matter.text)?,
                    None => None,
                },
                useful: useful.or(next.map(|next| next.useful)),
                is_answered: answered,
            };
            inroad.touch_made(touches, plan.number, made, at).await?
        }
        TouchesAction::Skip { whom, because } => {
            let plan = with(inroad, touches, &whom).await?;
            inroad.skip_touch(touches, plan.number, Remark::new(&because)?, at).await?
        }
        TouchesAction::PutOff { whom, until, because } => {
            let plan = with(inroad, touches, &whom).await?;
            let because = because.as_deref().map_or(Ok(None), Remark::if_any)?;
            inroad.put_touch_off(touches, plan.number, until, because, at).await?
        }
        TouchesAction::End { whom, because } => {
            let plan = with(inroad, touches, &whom).await?;
            inroad.end_touches(touches, plan.number, Remark::new(&because)?, at).await?
        }
        TouchesAction::List { .. } | TouchesAction::Show { .. } => {
            anyhow::bail!("Nothing is decided by that")
        }
    };
    Ok(done.deed)
}

fn nothing_next(plan: &TouchPlan) -> String {
    let why = plan.state.why().map(|why| format!(": {why}")).unwrap_or_default();
    format!("There is no next touch with {}{why}", plan.label)
}

async fn person(inroad: &Inroad, whom: &str) -> Result<Subject> {
    match whom.parse() {
        Ok(email) => Ok(Subject::Person(email)),
        Err(_is_a_name) => Ok(inroad.subject_called(whom).await?),
    }
}

/// The plan that is meant.
async fn with<'t>(inroad: &Inroad, touches: &'t Touches, whom: &str) -> Result<&'t TouchPlan> {
    let by_number = whom.parse::<EntryNumber>().ok().and_then(|number| touches.plan(number));
    if let Some(plan) = by_number {
        return Ok(plan);
    }
    let found = match person(inroad, whom).await? {
        Subject::Person(email) => touches.with(&email),
        _ => None,
    };
    let what = format!("There is no touch plan with {whom}; 'inroad touches' lists them");
    Ok(found.ok_or(Error::NotFound { what })?)
}
