//! Only these crates can open a connection at all: those that ask what the person named, and the one that serves the
//! pages on this machine. All others depend on nothing that could, by their own manifests.

use serde_json::Value;

use super::Tree;
use super::layering::packages;

/// Crates that bring a network with them.
const NETWORKS: [&str; 14] = [
    "axum",
    "hickory-resolver",
    "hyper",
    "hyper-util",
    "imap-next",
    "lettre",
    "mio",
    "native-tls",
    "quinn",
    "reqwest",
    "socket2",
    "tokio-rustls",
    "ureq",
    "zbus-secret-service-keyring-store",
];

/// Who may, each with what it may ask.
const MAY: [(&str, &[&str]); 12] = [
    ("inroad-imap", &["imap-next", "tokio-rustls"]),
    ("inroad-submission", &["tokio-rustls"]),
    ("inroad-dav", &["ureq"]),
    ("inroad-connect", &["hickory-resolver", "ureq"]),
    ("inroad-second-reading", &["ureq"]),
    ("inroad-webhook", &["ureq"]),
    ("inroad-openid", &["ureq"]),
    // It looks at addresses for those above, and asks nobody.
    ("inroad-reach", &["ureq"]),
    ("inroad-web", &["axum"]),
    ("inroad-api", &["axum"]),
    ("inroad-mcp", &["axum"]),
    // The system's keyring, on this machine and where it is asked for.
    ("inroad-secrets", &["zbus-secret-service-keyring-store"]),
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    findings(&tree.metadata)
}

fn findings(metadata: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (name, package) in packages(metadata).into_iter().filter(|(name, _)| *name != "xtask") {
        let may = MAY.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, may)| may);
        let dependencies = package.get("dependencies").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten() {
            let wanted = dependency.get("name").and_then(Value::as_str).unwrap_or("");
            let for_tests = dependency.get("kind").and_then(Value::as_str) == Some("dev");
            if !for_tests && NETWORKS.contains(&wanted) && !may.contains(&wanted) {
                found.push(format!("{name}: must not reach a network, as {wanted} does"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(name: &str, dependency: &str, kind: &Value, expected: usize) {
        let dependencies = json!([{"name": dependency, "kind": kind}]);
        let metadata = json!({"packages": [{"name": name, "dependencies": dependencies}]});
        assert_eq!(findings(&metadata).len(), expected, "{name}: {dependency}");
    }

    #[test]
    fn who_reaches_a_network() {
        check("inroad-service", "reqwest", &Value::Null, 1);
        check("inroad-service", "tokio-rustls", &Value::Null, 1);
        check("inroad-coach", "ureq", &Value::Null, 1);
        check("inroad-web", "axum", &Value::Null, 0);
        check("inroad-web", "ureq", &Value::Null, 1);
        check("inroad-submission", "tokio-rustls", &Value::Null, 0);
        check("inroad-submission", "lettre", &Value::Null, 1);
        check("inroad-new", "socket2", &Value::Null, 1);
        check("inroad-new", "socket2", &json!("dev"), 0);
        check("inroad-new", "serde", &Value::Null, 0);
    }
}
