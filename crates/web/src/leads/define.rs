//! Proposing a version of what a qualified lead is, changing one thing in it, and signing.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_leads::{Change, Criterion, Definition, Hours, Need, Side, Territory, Told, Workday};
use inroad_model::TeamName;
use inroad_prospect::typed_number;
use inroad_service::{Error, Right};

use super::definition::BLANK_ROWS;
use super::{invalid, remark};
use crate::deeds;
use crate::forms::{Fields, OurForm, all, one};
use crate::rights::As;
use crate::server::{App, failed, not_found};

const HERE: &str = "/leads/definition";

pub(super) async fn propose(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Define)?;
        let because = remark(&fields, "because")?;
        let definition = definition(&fields)?;
        app.inroad.propose_lead_definition(&actor, definition, because, app.as_of()).await
    };
    match done.await {
        Ok(done) => deeds::back(HERE, Some(done.deed)),
        Err(error) => failed(&error),
    }
}

pub(super) async fn change(
    State(app): State<App>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let done = async {
        actor.must(Right::Define)?;
        let change = asked_change(&fields)?.ok_or_else(|| invalid("Say what is to change"))?;
        let because = remark(&fields, "because")?;
        app.inroad.propose_lead_change(&actor, &change, because, app.as_of()).await
    };
    match done.await {
        Ok(done) => deeds::back(HERE, Some(done.deed)),
        Err(error) => failed(&error),
    }
}

pub(super) async fn sign(
    State(app): State<App>,
    Path(number): Path<String>,
    As(actor): As,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse::<i64>() else { return not_found("There is no such version.") };
    let side = Side::from_name(one(&fields, "side"));
    match app.inroad.sign_lead_definition(&actor, number, side, app.as_of()).await {
        Ok(done) => deeds::back(HERE, Some(done.deed)),
        Err(error) => failed(&error),
    }
}

/// The change that a form or an address asks for; `None` where it asks for none.
pub(super) fn asked_change(fields: &Fields) -> Result<Option<Change>, Error> {
    let criterion = one(fields, "criterion").to_owned();
    Ok(Some(match one(fields, "change") {
        "" => return Ok(None),
        "must" => Change::Need { criterion, need: Need::Must },
        "wanted" => Change::Need { criterion, need: Need::Wanted },
        "drop" => Change::Drop { criterion },
        "at_least" => Change::AtLeast { criterion, number: number(one(fields, "value"))? },
        "accept_hours" => Change::AcceptHours { hours: number(one(fields, "value"))? },
        other => return Err(invalid(format!("'{other}' is no change that is known"))),
    }))
}

fn number(typed: &str) -> Result<f64, Error> {
    typed_number(typed).ok_or_else(|| invalid(format!("'{typed}' is no number; write it like 8")))
}

fn bound(typed: &str) -> Result<Option<f64>, Error> {
    if typed.is_empty() { Ok(None) } else { number(typed).map(Some) }
}

fn definition(fields: &Fields) -> Result<Definition, Error> {
    let time = |name: &str| {
        let typed = one(fields, name);
        typed.parse().map_err(|_odd| invalid(format!("'{typed}' is no time; write it like 09:00")))
    };
    let closed = lines(fields, "closed").map(|day| {
        day.parse().map_err(|_odd| invalid(format!("'{day}' is no day; write it like 2026-12-24")))
    });
    Ok(Definition {
        accept_hours: number(one(fields, "accept"))?,
        touch_hours: number(one(fields, "touch"))?,
        hours: Hours {
            zone: one(fields, "zone").to_owned(),
            from: time("from")?,
            until: time("until")?,
            days: all(fields, "day").filter_map(Workday::from_name).collect(),
            country: Some(one(fields, "country").to_lowercase()).filter(|code| !code.is_empty()),
            closed: closed.collect::<Result<_, _>>()?,
        },
        return_reasons: lines(fields, "reasons").map(str::to_owned).collect(),
        criteria: criteria(fields)?,
        territories: lines(fields, "territories").map(territory).collect::<Result<_, _>>()?,
    })
}

fn lines<'f>(fields: &'f Fields, name: &str) -> impl Iterator<Item = &'f str> {
    one(fields, name).lines().map(str::trim).filter(|line| !line.is_empty())
}

fn territory(line: &str) -> Result<Territory, Error> {
    let (words, team) = line.rsplit_once(':').ok_or_else(|| {
        invalid(format!("'{line}' names no team; write it like Hamburg, .de: North"))
    })?;
    let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
    Ok(Territory {
        words: words.map(str::to_owned).collect(),
        team: TeamName::new(team).map_err(invalid)?,
    })
}

fn criteria(fields: &Fields) -> Result<Vec<Criterion>, Error> {
    let mut found = Vec::new();
    let mut taken = BTreeSet::new();
    for row in 0..Definition::CRITERIA_MAX + BLANK_ROWS {
        let field = |name: &str| one(fields, &format!("{name}-{row}"));
        let name = field("name");
        if name.is_empty() {
            continue;
        }
        let key = match field("key") {
            "" => key_of(name, &taken),
            key => key.to_owned(),
        };
        taken.insert(key.clone());
        let told = match field("told") {
            "number" => Told::Number {
                unit: field("unit").to_owned(),
                at_least: bound(field("least"))?,
                at_most: bound(field("most"))?,
            },
            _ => Told::YesNo,
        };
        let need = if field("need") == "wanted" { Need::Wanted } else { Need::Must };
        let means = field("means").to_owned();
        found.push(Criterion { key, name: name.to_owned(), means, need, told });
    }
    Ok(found)
}

/// A key for a new criterion, out of its name.
fn key_of(name: &str, taken: &BTreeSet<String>) -> String {
    let letters = name.to_lowercase();
    let letters: String =
        letters.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let words: Vec<&str> = letters.split('_').filter(|word| !word.is_empty()).collect();
    let mut key: String = words.join("_").chars().take(30).collect();
    if key.is_empty() {
        key.push_str("criterion");
    }
    let free = (2..100).map(|n| format!("{key}_{n}")).find(|key| !taken.contains(key));
    if taken.contains(&key) { free.unwrap_or(key) } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_words_of_their_own() {
        let taken = BTreeSet::from(["a_budget".to_owned()]);
        for (name, expected) in
            [("A budget", "a_budget_2"), ("Zeit & Geld", "zeit_geld"), ("時間", "criterion")]
        {
            assert_eq!(key_of(name, &taken), expected, "{name}");
        }
    }

    #[test]
    fn a_territory_is_a_line() {
        let found = territory("Hamburg, .de: North").unwrap();
        assert_eq!((found.words.len(), found.team.as_str()), (2, "North"));
        assert!(territory("Hamburg").is_err());
    }
}
