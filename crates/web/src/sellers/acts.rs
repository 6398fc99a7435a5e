//! What one says of one's own, and to others: each a form, kept with its undo.

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_model::{
    Agreement, CommissionShare, DealId, Remark, SellerPart, SellerWord, SellerWordNumber, Strength,
};
use inroad_service::{DeedNumber, Done, Error, Right, ShareAsked};
use jiff::civil::Date;

use super::{GOAL, ME, address};
use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::rights::As;
use crate::server::{App, failed};

type Answer = Result<DeedNumber, Error>;

/// Before the name of a statement in the form.
pub(super) const STATEMENT: &str = "statement:";

#[expect(clippy::needless_pass_by_value, reason = "errors are mapped to it by value")]
fn invalid(what: impl ToString) -> Error {
    Error::Invalid { what: what.to_string() }
}

fn answered(fields: &Fields, usual: &str, done: Answer) -> Response {
    let next = one(fields, "next");
    match done {
        Ok(deed) => deeds::back(if next.is_empty() { usual } else { next }, Some(deed)),
        Err(error) => failed(&error),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what was done is mapped to it by value")]
fn deed<T>(done: Done<T>) -> DeedNumber {
    done.deed
}

fn day(fields: &Fields, name: &str) -> Result<Option<Date>, Error> {
    match one(fields, name) {
        "" => Ok(None),
        typed => {
            let read = typed.parse().map(Some);
            read.map_err(|_odd| invalid(format!("'{typed}' is no day; write it as 2026-03-02")))
        }
    }
}

fn remark(fields: &Fields) -> Result<Option<Remark>, Error> {
    Remark::if_any(one(fields, "words")).map_err(invalid)
}

fn strength(fields: &Fields) -> Result<Strength, Error> {
    Strength::from_name(one(fields, "with")).ok_or_else(|| invalid("Choose with what"))
}

fn number(text: &str) -> Result<SellerWordNumber, Error> {
    let what = || Error::NotFound { what: "There is nothing of that number".to_owned() };
    text.parse().map_err(|()| what())
}

/// The answers of a form that are new; those left out or as before are no words.
pub(super) async fn say(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Selling)?;
        let mut last = None;
        for (name, value) in &fields {
            let Some(statement) = name.strip_prefix(STATEMENT) else { continue };
            if value.is_empty() {
                continue;
            }
            let answer = value.parse::<u8>().ok().and_then(|n| Agreement::try_from(n).ok());
            let answer = answer.ok_or_else(|| invalid("An answer is a number from 1 to 5"))?;
            match app.inroad.say_of_myself(&actor, statement, answer, app.as_of()).await {
                Ok(done) => last = Some(done.deed),
                Err(Error::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        last.ok_or_else(|| Error::Conflict { what: "Nothing new was said".to_owned() })
    };
    answered(&fields, ME, done.await)
}

pub(super) async fn leave(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Selling)?;
        let to = address(one(&fields, "to"))?;
        let part = SellerPart::from_name(one(&fields, "part"));
        let part = part.ok_or_else(|| invalid("Choose which part they may see"))?;
        app.inroad.give_leave(&actor, &to, part, app.as_of()).await.map(deed)
    };
    answered(&fields, ME, done.await)
}

pub(super) async fn offer(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Selling)?;
        let (with, words) = (strength(&fields)?, remark(&fields)?);
        app.inroad.offer_help(&actor, with, words, app.as_of()).await.map(deed)
    };
    answered(&fields, ME, done.await)
}

pub(super) async fn ask(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Selling)?;
        let deal = match one(&fields, "deal") {
            "" => None,
            id => Some(DealId::new(id).map_err(invalid)?),
        };
        let of = match one(&fields, "of") {
            "" => None,
            typed => Some(address(typed)?),
        };
        let words = Remark::new(one(&fields, "words")).map_err(invalid)?;
        let by = day(&fields, "by")?;
        let asking = SellerWord::Asking { with: strength(&fields)?, deal, by, of, words };
        app.inroad.ask_for_help(&actor, asking, app.as_of()).await.map(deed)
    };
    answered(&fields, ME, done.await)
}

pub(super) async fn share(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Mailbox)?;
        let percent = one(&fields, "percent").parse::<u8>();
        let percent = percent.map_err(|_odd| invalid("Write the share as a whole number"))?;
        let asked = ShareAsked {
            deal: DealId::new(one(&fields, "deal")).map_err(invalid)?,
            with: address(one(&fields, "with"))?,
            share: CommissionShare::try_from(percent).map_err(invalid)?,
            since: day(&fields, "since")?.unwrap_or_else(|| app.as_of().date()),
            words: remark(&fields)?,
        };
        app.inroad.share_commission(&actor, asked, app.as_of()).await.map(deed)
    };
    answered(&fields, ME, done.await)
}

pub(super) async fn back(
    State(app): State<App>,
    Path(named): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Inside)?;
        app.inroad.take_back_word(&actor, number(&named)?, app.as_of()).await.map(deed)
    };
    answered(&fields, ME, done.await)
}

pub(super) async fn agree(
    State(app): State<App>,
    Path(named): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Inside)?;
        app.inroad.agree_to_share(&actor, number(&named)?, app.as_of()).await.map(deed)
    };
    answered(&fields, "/sellers", done.await)
}

pub(super) async fn goal(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Selling)?;
        let since = day(&fields, "since")?.unwrap_or_else(|| app.as_of().date());
        app.inroad.set_goal(&actor, one(&fields, "habit"), since, app.as_of()).await.map(deed)
    };
    answered(&fields, GOAL, done.await)
}

pub(super) async fn practised(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Selling)?;
        let step = one(&fields, "step").parse();
        let step = step.map_err(|_odd| invalid("A step is a number"))?;
        let goal = number(one(&fields, "goal"))?;
        app.inroad.practised(&actor, goal, step, app.as_of()).await.map(deed)
    };
    answered(&fields, GOAL, done.await)
}

pub(super) async fn note(
    State(app): State<App>,
    Path(email): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Inside)?;
        let to = address(&email)?;
        let text = Remark::new(one(&fields, "words")).map_err(invalid)?;
        app.inroad.coach_note(&actor, &to, text, app.as_of()).await.map(deed)
    };
    answered(&fields, "/sellers", done.await)
}
