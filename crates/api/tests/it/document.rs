//! The document is whole: every operation says what it is, and every reference leads somewhere.

use std::collections::BTreeSet;

use inroad_api::document;
use serde_json::Value;

use crate::world::World;

pub(crate) struct Operation {
    pub(crate) path: &'static str,
    pub(crate) method: &'static str,
    pub(crate) what: &'static Value,
}

pub(crate) fn operations() -> Vec<Operation> {
    let paths = document()["paths"].as_object().unwrap();
    let of = |(path, item): (&'static String, &'static Value)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, what)| Operation { path, method, what })
    };
    paths.iter().flat_map(of).collect()
}

#[tokio::test]
async fn it_is_served_and_whole() {
    let world = World::new().await;
    let served = world.get("/openapi.json").await;
    assert_eq!(served.json, *document());
    assert_eq!(served.json["openapi"], "3.1.0");
    let operations = operations();
    assert!(operations.len() > 35, "{}", operations.len());
    let mut names = BTreeSet::new();
    let tags: BTreeSet<&str> = document()["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    for Operation { path, method, what } in operations {
        let name = what["operationId"].as_str().unwrap();
        assert!(names.insert(name), "{name} stands twice");
        assert!(tags.contains(what["tags"][0].as_str().unwrap()), "{method} {path}");
        assert!(what["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}");
        for status in ["403", "500"] {
            assert!(what["responses"][status].is_object(), "{method} {path}: {status}");
        }
        for parameter in what["parameters"].as_array().into_iter().flatten() {
            let name = &parameter["name"];
            assert!(parameter["schema"].is_object(), "{method} {path}: {name}");
            let is_in_path = path.contains(&format!("{{{}}}", name.as_str().unwrap()));
            assert_eq!(parameter["in"] == "path", is_in_path, "{method} {path}: {name}");
        }
        for (status, response) in what["responses"].as_object().unwrap() {
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()));
            if status.starts_with(['4', '5']) {
                let examples = &response["content"]["application/problem+json"]["examples"];
                for example in examples.as_object().unwrap().values() {
                    let told = &example["value"]["status"];
                    assert_eq!(told.to_string(), *status, "{method} {path}");
                }
            }
        }
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let text = document().to_string();
    let schemas = document()["components"]["schemas"].as_object().unwrap();
    let used: BTreeSet<&str> = text
        .split("\"#/components/schemas/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let there: BTreeSet<&str> = schemas.keys().map(String::as_str).collect();
    assert_eq!(used.difference(&there).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(there.difference(&used).collect::<Vec<_>>(), Vec::<&&str>::new());
    for (name, schema) in schemas {
        for (field, of) in schema["properties"].as_object().into_iter().flatten() {
            let says =
                of["description"].is_string() || of["$ref"].is_string() || of["oneOf"].is_array();
            assert!(says, "{name}.{field} does not say what it is");
        }
    }
}
