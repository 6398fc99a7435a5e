//! JSON without what points to somebody: a thing that is about them goes as a whole, and a text that names
//! them stays without their name.

use serde_json::{Map, Value};

use super::Trace;

/// What is left of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// All of it: nothing pointed to them.
    Same,
    /// This.
    Changed(Value),
    /// Nothing: it was about them.
    Gone,
}

/// Fields that may stand empty: the thing that has them is about somebody or something else.
const MAY_BE_EMPTY: [&str; 7] =
    ["with", "organizer", "resistor", "decision_maker", "to", "from", "invitation"];
/// Fields that list the addresses of one person.
const OF_ONE_PERSON: [&str; 1] = ["emails"];

/// What is left of a value. `is_theirs` tells of a whole text whether it means them or something of theirs.
pub fn cell_of(value: &Value, traces: &dyn Trace, is_theirs: &dyn Fn(&str) -> bool) -> Cell {
    match value {
        Value::String(text) if is_address_of(text, traces) || is_theirs(text) => Cell::Gone,
        Value::String(text) => match traces.blank(text) {
            Some(left) => Cell::Changed(Value::String(left)),
            None => Cell::Same,
        },
        Value::Array(all) => array(all, traces, is_theirs),
        Value::Object(fields) => object(fields, traces, is_theirs),
        Value::Null | Value::Bool(_) | Value::Number(_) => Cell::Same,
    }
}

fn is_address_of(text: &str, traces: &dyn Trace) -> bool {
    text.contains('@') && text.parse().is_ok_and(|email| traces.has(&email))
}

fn array(all: &[Value], traces: &dyn Trace, is_theirs: &dyn Fn(&str) -> bool) -> Cell {
    // Of a row of unlike things none can go alone.
    let are_alike = all.windows(2).all(|two| match two {
        [a, b] => std::mem::discriminant(a) == std::mem::discriminant(b),
        _ => true,
    });
    let mut left = Vec::with_capacity(all.len());
    let mut changed = false;
    for one in all {
        match cell_of(one, traces, is_theirs) {
            Cell::Same => left.push(one.clone()),
            Cell::Changed(value) => {
                left.push(value);
                changed = true;
            }
            Cell::Gone if are_alike => changed = true,
            Cell::Gone => return Cell::Gone,
        }
    }
    if changed { Cell::Changed(Value::Array(left)) } else { Cell::Same }
}

fn object(
    fields: &Map<String, Value>,
    traces: &dyn Trace,
    is_theirs: &dyn Fn(&str) -> bool,
) -> Cell {
    let mut left = Map::new();
    let mut changed = false;
    for (name, value) in fields {
        if is_address_of(name, traces) || traces.blank(name).is_some() {
            changed = true;
            continue;
        }
        let mut cell = cell_of(value, traces, is_theirs);
        if OF_ONE_PERSON.contains(&name.as_str()) && matches!(cell, Cell::Changed(_)) {
            cell = Cell::Gone;
        }
        let value = match cell {
            Cell::Same => value.clone(),
            Cell::Changed(value) => {
                changed = true;
                value
            }
            Cell::Gone if MAY_BE_EMPTY.contains(&name.as_str()) => {
                changed = true;
                Value::Null
            }
            Cell::Gone => return Cell::Gone,
        };
        left.insert(name.clone(), value);
    }
    if changed { Cell::Changed(Value::Object(left)) } else { Cell::Same }
}

#[cfg(test)]
mod tests {
    use inroad_model::EmailAddress;
    use serde_json::json;

    use super::*;

    struct Jana;

    impl Trace for Jana {
        fn has(&self, email: &EmailAddress) -> bool {
            email.as_str() == "j@l.example"
        }

        fn blank(&self, text: &str) -> Option<String> {
            text.contains("Jana Kühn").then(|| text.replace("Jana Kühn", "[erased]"))
        }
    }

    fn check(value: &Value, expected: Option<Value>) {
        let expected = expected.map_or(Cell::Gone, |left| {
            if left == *value { Cell::Same } else { Cell::Changed(left) }
        });
        assert_eq!(cell_of(value, &Jana, &|text| text == "m1"), expected, "{value}");
    }

    #[test]
    fn what_is_about_them_goes_as_a_whole() {
        let omar = json!({"email": "o@l.example", "name": "Omar"});
        check(&json!("J@L.example"), None);
        check(&json!("Ask Jana Kühn"), Some(json!("Ask [erased]")));
        check(
            &json!({"people": [{"email": "j@l.example", "name": "x"}, omar]}),
            Some(json!({"people": [omar]})),
        );
        check(
            &json!({"attendees": [{"mailbox": {"address": "j@l.example"}}], "organizer": {"address": "j@l.example"}}),
            Some(json!({"attendees": [], "organizer": null})),
        );
        check(
            &json!({"kind": "plan", "with": "j@l.example"}),
            Some(json!({"kind": "plan", "with": null})),
        );
        check(&json!({"emails": ["a@l.example", "j@l.example"]}), None);
        check(
            &json!({"for": [{"message": "m1"}, {"message": "m2"}]}),
            Some(json!({"for": [{"message": "m2"}]})),
        );
        check(&json!([["j@l.example", 1], ["o@l.example", 2]]), Some(json!([["o@l.example", 2]])));
        check(&json!({"j@l.example": 1, "n": 2}), Some(json!({"n": 2})));
        check(&json!({"n": [1, null, true, "x"]}), Some(json!({"n": [1, null, true, "x"]})));
    }
}
