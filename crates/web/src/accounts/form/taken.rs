//! What the form sends: assumptions, what became of them, questions and their answers.

use inroad_model::{
    AccountKey, Claim, ClaimSource, Entry, EntryNumber, PageNumber, Remark, Subject, Topic,
};
use inroad_service::{DeedNumber, Error};
use jiff::civil::Date;

use crate::forms::{Fields, one};
use crate::server::App;

/// Does what a form says; `None` for an action that is none of these.
pub(in crate::accounts) async fn act(
    app: &App,
    key: &AccountKey,
    action: &str,
    fields: &Fields,
) -> Option<Result<DeedNumber, Error>> {
    let today = app.as_of().date();
    let entry = match action {
        "claim" => claim(fields, today),
        "held" => return Some(settle(app, key, fields).await),
        "fell" => number(fields).and_then(|claim| {
            let because = Remark::if_any(one(fields, "because")).map_err(invalid)?;
            Ok(Entry::Fell { claim, because })
        }),
        "question" => question(fields),
        "answered" => number(fields).map(|question| Entry::Answered { question }),
        "accept" => return Some(accept(app, fields).await),
        _ => return None,
    };
    let kept = match entry {
        Ok(entry) => app.inroad.write_down(Subject::Account(key.clone()), entry, app.as_of()).await,
        Err(error) => Err(error),
    };
    Some(kept.map(|done| done.deed))
}

/// A statement of a text that was kept is taken as an assumption.
async fn accept(app: &App, fields: &Fields) -> Result<DeedNumber, Error> {
    let odd = || Error::NotFound { what: "There is no such text".to_owned() };
    let number = one(fields, "page").parse::<PageNumber>().map_err(|()| odd())?;
    let place = |name| one(fields, name).parse::<usize>().map_err(|_odd| odd());
    let (from, to) = (place("from")?, place("to")?);
    let topic = topic(fields)?;
    let words = Remark::new(one(fields, "text")).map_err(invalid)?;
    Ok(app.inroad.take_statement(number, from..to, topic, words, app.as_of()).await?.deed)
}

fn topic(fields: &Fields) -> Result<Topic, Error> {
    Topic::from_name(one(fields, "topic"))
        .ok_or_else(|| Error::Invalid { what: "Choose what it is about".to_owned() })
}

fn claim(fields: &Fields, today: Date) -> Result<Entry, Error> {
    Ok(Entry::Claim(Claim {
        topic: topic(fields)?,
        text: Remark::new(one(fields, "text")).map_err(invalid)?,
        is_verified: one(fields, "verified") == "yes",
        day: day(fields, today)?,
        source: told_by(fields)?,
        settles: None,
        settles_import: Remark::if_any(one(fields, "import")).map_err(invalid)?,
    }))
}

/// An assumption holds: what is known now takes its place.
async fn settle(app: &App, key: &AccountKey, fields: &Fields) -> Result<DeedNumber, Error> {
    let at = app.as_of();
    let text = Remark::new(one(fields, "text")).map_err(invalid)?;
    let (source, day) = (told_by(fields)?, day(fields, at.date())?);
    let done = app.inroad.settle_claim(key, number(fields)?, text, source, day, at).await?;
    Ok(done.deed)
}

fn question(fields: &Fields) -> Result<Entry, Error> {
    let text = Remark::new(one(fields, "text")).map_err(invalid)?;
    let whom = Remark::if_any(one(fields, "whom")).map_err(invalid)?;
    Ok(Entry::Question { text, whom })
}

fn told_by(fields: &Fields) -> Result<ClaimSource, Error> {
    match one(fields, "by") {
        "" => Ok(ClaimSource::Own),
        by => match by.parse() {
            Ok(by) => Ok(ClaimSource::Told { by }),
            Err(_odd) => Err(Error::Invalid {
                what: format!(
                    "'{by}' is no e-mail address; write who said so as jana@lindner.example"
                ),
            }),
        },
    }
}

fn day(fields: &Fields, today: Date) -> Result<Date, Error> {
    match one(fields, "day") {
        "" => Ok(today),
        day => day
            .parse()
            .map_err(|_odd| Error::Invalid { what: "Write the day as 2026-03-02".to_owned() }),
    }
}

fn number(fields: &Fields) -> Result<EntryNumber, Error> {
    one(fields, "number")
        .parse()
        .map_err(|()| Error::NotFound { what: "That was taken back already".to_owned() })
}

fn invalid(why: impl std::fmt::Display) -> Error {
    Error::Invalid { what: why.to_string() }
}
