//! Whether JSON is what a schema says, as far as the document uses schemas.

use serde_json::Value;

/// What of it is not so.
pub(crate) fn faults(document: &Value, schema: &Value, json: &Value, at: &str) -> Vec<String> {
    if let Some(to) = schema["$ref"].as_str() {
        let target = document.pointer(to.trim_start_matches('#'));
        let target = target.unwrap_or_else(|| panic!("{to} leads nowhere"));
        return faults(document, target, json, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice: &&Value| faults(document, choice, json, at).is_empty();
        let count = choices.iter().filter(fits).count();
        return if count == 1 { Vec::new() } else { vec![format!("{at}: {count} choices fit")] };
    }
    let mut wrong = Vec::new();
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is_of(json, name)) {
        wrong.push(format!("{at}: {json} is no {types:?}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !json.is_null()
        && !words.contains(json)
    {
        wrong.push(format!("{at}: {json} is none of {words:?}"));
    }
    if let Some(fields) = json.as_object().filter(|_| schema["properties"].is_object()) {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                wrong.push(format!("{at}: {name} is missing"));
            }
        }
        for (name, value) in fields {
            match schema["properties"].get(name) {
                Some(of) => wrong.extend(faults(document, of, value, &format!("{at}.{name}"))),
                None => wrong.push(format!("{at}: {name} is not declared")),
            }
        }
    }
    for item in json.as_array().into_iter().flatten().filter(|_| schema["items"].is_object()) {
        wrong.extend(faults(document, &schema["items"], item, &format!("{at}[]")));
    }
    wrong
}

fn is_of(json: &Value, name: &str) -> bool {
    match name {
        "object" => json.is_object(),
        "array" => json.is_array(),
        "string" => json.is_string(),
        "integer" => json.is_u64() || json.is_i64(),
        "number" => json.is_number(),
        "boolean" => json.is_boolean(),
        "null" => json.is_null(),
        other => panic!("{other} is no type"),
    }
}

#[test]
fn what_is_not_so_is_found() {
    let schema = serde_json::json!({"type": "object", "required": ["a"], "properties": {"a": {"type": ["string", "null"]}}});
    for (json, count) in [
        (r#"{"a": "x"}"#, 0),
        (r#"{"a": null}"#, 0),
        ("{}", 1),
        (r#"{"a": 1, "b": 2}"#, 2),
        ("[]", 1),
    ] {
        let json: Value = serde_json::from_str(json).unwrap();
        assert_eq!(faults(&schema, &schema, &json, "x").len(), count, "{json}");
    }
}
