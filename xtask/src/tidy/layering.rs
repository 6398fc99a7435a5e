//! Crates depend downwards only, along the edges that are drawn here and in ARCHITECTURE.md. Tests
//! may also look sideways, at a crate that is not built on theirs.

use serde_json::Value;

use super::Tree;

/// Each of our crates, and those of ours that it may depend on.
const EDGES: [(&str, &[&str]); 30] = [
    ("inroad-model", &[]),
    ("inroad-stats", &[]),
    ("inroad-graph", &["inroad-stats"]),
    ("inroad-heap", &[]),
    ("inroad-linkage", &[]),
    ("inroad-reach", &[]),
    ("inroad-connect", &["inroad-reach"]),
    ("inroad-ingest", &["inroad-model"]),
    ("inroad-language", &["inroad-model"]),
    ("inroad-store", &["inroad-model"]),
    ("inroad-second-reading", &["inroad-model"]),
    ("inroad-secrets", &[]),
    ("inroad-submission", &["inroad-model", "inroad-reach", "inroad-secrets"]),
    ("inroad-imap", &["inroad-reach", "inroad-secrets"]),
    ("inroad-dav", &["inroad-reach"]),
    ("inroad-webhook", &["inroad-reach"]),
    ("inroad-openid", &["inroad-reach"]),
    ("inroad-passkey", &[]),
    ("inroad-advice", &["inroad-graph", "inroad-language", "inroad-model", "inroad-stats"]),
    ("inroad-coach", &["inroad-language", "inroad-model"]),
    ("inroad-prospect", &["inroad-language", "inroad-model", "inroad-stats"]),
    ("inroad-leads", &["inroad-model", "inroad-stats"]),
    (
        "inroad-service",
        &[
            "inroad-advice",
            "inroad-coach",
            "inroad-connect",
            "inroad-dav",
            "inroad-heap",
            "inroad-imap",
            "inroad-ingest",
            "inroad-language",
            "inroad-leads",
            "inroad-linkage",
            "inroad-model",
            "inroad-openid",
            "inroad-passkey",
            "inroad-prospect",
            "inroad-reach",
            "inroad-second-reading",
            "inroad-secrets",
            "inroad-store",
            "inroad-submission",
            "inroad-webhook",
        ],
    ),
    (
        "inroad-api",
        &["inroad-advice", "inroad-coach", "inroad-leads", "inroad-model", "inroad-service"],
    ),
    (
        "inroad-web",
        &[
            "inroad-advice",
            "inroad-api",
            "inroad-coach",
            "inroad-leads",
            "inroad-mcp",
            "inroad-model",
            "inroad-prospect",
            "inroad-service",
        ],
    ),
    ("inroad-lsp", &["inroad-coach", "inroad-model", "inroad-service"]),
    ("inroad-mcp", &["inroad-advice", "inroad-coach", "inroad-model", "inroad-service"]),
    (
        "inroad",
        &[
            "inroad-advice",
            "inroad-coach",
            "inroad-ingest",
            "inroad-leads",
            "inroad-lsp",
            "inroad-mcp",
            "inroad-model",
            "inroad-prospect",
            "inroad-service",
            "inroad-web",
        ],
    ),
    ("inroad-stories", &["inroad-model"]),
    (
        "xtask",
        &[
            "inroad-advice",
            "inroad-coach",
            "inroad-language",
            "inroad-model",
            "inroad-stats",
            "inroad-stories",
        ],
    ),
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    findings(&tree.metadata)
}

fn findings(metadata: &Value) -> Vec<String> {
    let packages = packages(metadata);
    let mut found = Vec::new();
    for (name, package) in &packages {
        let Some((_, allowed)) = EDGES.iter().find(|(known, _)| known == name) else {
            found.push(format!(
                "{name}: has no place yet; give it one in xtask/src/tidy/layering.rs"
            ));
            continue;
        };
        let dependencies = package.get("dependencies").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten() {
            let Some(wanted) = dependency.get("name").and_then(Value::as_str) else { continue };
            let ours = packages.iter().any(|(name, _)| *name == wanted);
            let for_tests = dependency.get("kind").and_then(Value::as_str) == Some("dev");
            let fits = allowed.contains(&wanted) || for_tests && !is_built_on(wanted, name);
            if ours && !fits {
                found.push(format!("{name}: must not depend on {wanted}"));
            }
        }
    }
    found
}

/// Whether a crate depends on another, directly or not.
fn is_built_on(above: &str, below: &str) -> bool {
    let edges = EDGES.iter().find(|(name, _)| *name == above).map_or(&[][..], |(_, edges)| edges);
    above == below || edges.iter().any(|edge| is_built_on(edge, below))
}

/// Our crates by name, out of `cargo metadata --no-deps`.
pub(super) fn packages(metadata: &Value) -> Vec<(&str, &Value)> {
    let packages = metadata.get("packages").and_then(Value::as_array);
    let named = |package| Some((Value::get(package, "name")?.as_str()?, package));
    packages.into_iter().flatten().filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(name: &str, dependencies: &[&str], expected: usize) {
        check_kind(name, dependencies, &Value::Null, expected);
    }

    fn check_kind(name: &str, dependencies: &[&str], kind: &Value, expected: usize) {
        let edges: Vec<Value> =
            dependencies.iter().map(|name| json!({"name": name, "kind": kind})).collect();
        let mut packages: Vec<Value> = EDGES
            .iter()
            .filter(|(known, _)| *known != name)
            .map(|(name, _)| json!({"name": name, "dependencies": []}))
            .collect();
        packages.push(json!({"name": name, "dependencies": edges}));
        let found = findings(&json!({ "packages": packages }));
        assert_eq!(found.len(), expected, "{found:?}");
    }

    #[test]
    fn edges() {
        check("inroad-service", &["inroad-store", "serde"], 0);
        check("inroad-web", &["inroad-store"], 1);
        check("inroad-stats", &["inroad-model"], 1);
        check("inroad-model", &["inroad-advice", "inroad-stats"], 2);
        check("inroad-new", &[], 1);
    }

    #[test]
    fn tests_look_sideways_but_not_up() {
        let kind = json!("dev");
        check_kind("inroad-language", &["inroad-ingest"], &kind, 0);
        check_kind("inroad-language", &["inroad-service"], &kind, 1);
        check_kind("inroad-model", &["inroad-ingest", "inroad-stats"], &kind, 1);
    }
}
