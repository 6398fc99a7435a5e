//! The shape of an answer, as a JSON schema for servers that hold a model to one.

use inroad_model::Cause;
use serde_json::{Value, json};

/// Causes in an answer at most.
pub(crate) const CAUSES_MAX: usize = 24;
/// Findings on one side of a cause at most.
pub(crate) const FINDINGS_MAX: usize = 8;
/// Levers at most.
pub(crate) const LEVERS_MAX: usize = 5;

/// What `response_format` holds. Limits are not in it: several servers refuse schemas with them.
pub(crate) fn response_format() -> Value {
    let names: Vec<&str> = Cause::ALL.iter().map(|cause| cause.as_str()).collect();
    let maybe = json!({"type": ["string", "null"]});
    let finding = object(&json!({
        "message": {"type": "string"}, "quote": {"type": "string"}, "says": {"type": "string"},
    }));
    let findings = json!({"type": "array", "items": finding});
    let cause = object(&json!({
        "cause": {"type": "string", "enum": names},
        "probability": {"type": "number"},
        "for": findings,
        "against": findings,
    }));
    let answer = object(&json!({
        "causes": {"type": "array", "items": cause},
        "resistor": maybe,
        "levers": {"type": "array", "items": {"type": "string"}},
        "decision_maker": maybe,
        "question": maybe,
    }));
    json!({
        "type": "json_schema",
        "json_schema": {"name": "second_reading", "strict": true, "schema": answer},
    })
}

/// An object with these fields and no others, all of them there.
fn object(properties: &Value) -> Value {
    let names: Vec<&String> =
        properties.as_object().into_iter().flat_map(|fields| fields.keys()).collect();
    json!({
        "type": "object", "properties": properties, "required": names,
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_is_closed_and_whole() {
        let text = response_format().to_string();
        assert_eq!(text.matches("additionalProperties").count(), text.matches("required").count());
        assert_eq!(text.matches("\"properties\"").count(), 4, "findings stand twice: {text}");
        for cause in Cause::ALL {
            assert!(text.contains(cause.as_str()));
        }
    }
}
