//! Who may what, for every route that there is: taken out of the source, so that none of tomorrow is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use inroad_model::MemberRole;

use crate::network::member_in;
use crate::site::{OTHERS, Site};

/// Each address with the ways in which it is asked for.
fn routes() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for text in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        for after in text.split(".route(").skip(1) {
            let (path, rest) = after.split_once(',').unwrap();
            let path = path.trim();
            let address = match path.strip_prefix('"') {
                Some(path) => path.trim_end_matches('"').to_owned(),
                None => constant(&text, path),
            };
            let handlers = rest.split(".route(").next().unwrap();
            let handlers = handlers.split(".merge(").next().unwrap();
            for (word, way) in
                [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE")]
            {
                let is_there = handlers.split_inclusive("))").next().unwrap().contains(word);
                if is_there {
                    found.entry(address.clone()).or_default().insert(way);
                }
            }
        }
    }
    found
}

/// The text behind a name.
fn constant(text: &str, name: &str) -> String {
    let after = text.split(&format!("const {name}: &str = \"")).nth(1);
    after.expect(name).split('"').next().unwrap().to_owned()
}

fn sources(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            texts.extend(sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            texts.push(std::fs::read_to_string(&path).unwrap());
        }
    }
    texts
}

/// An address that fits a route.
fn filled(route: &str) -> String {
    let parts = route.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Below these lies what those who work here share; within them each page says who sees it.
const SHARED: [&str; 6] = ["/leads", "/sellers", "/shared", "/team", "/help", "/credentials"];
/// What every page needs, and what whoever did not come in yet needs.
const OF_ALL: [&str; 12] = [
    "/style.css",
    "/icon.svg",
    "/app.js",
    "/palette.js",
    "/news",
    "/deeds",
    "/sign-in",
    "/begin",
    "/sign-out",
    "/calendar",
    "/clip",
    "/audit",
];

fn lies_below(route: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        route.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn every_route_knows_whom_it_is_for() {
    use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
    let routes = routes();
    assert!(routes.len() > 120, "{}", routes.len());
    let site = Site::for_others().await;
    let mut holders = vec![("nobody".to_owned(), String::new())];
    for role in [Provider, Marketer, Seller, Manager, Administrator] {
        holders.push((role.as_str().to_owned(), member_in(&site, role).await));
    }
    let mut asked = 0;
    for (route, ways) in &routes {
        for way in ways {
            for (who, held) in &holders {
                asked += 1;
                let answer = ask(&site, way, &filled(route), held).await;
                let got = status(&answer);
                let what = format!("{way} {route} by {who}: {got}");
                assert!(got < 500, "{what}");
                let is_outside = lies_below(
                    route,
                    &[
                        "/sign-in",
                        "/begin",
                        "/style.css",
                        "/icon.svg",
                        "/clip.js",
                        "/calendar",
                        "/healthz",
                        "/readyz",
                    ],
                ) || (route == "/clip" && *way == "GET");
                if is_outside {
                    continue;
                }
                if who == "nobody" {
                    let refused = if *way == "GET" { 303 } else { 401 };
                    assert_eq!(got, refused, "{what}");
                } else if *way != "GET" {
                    // Nobody changes anything without the key of their forms.
                    assert!(matches!(got, 400 | 403 | 404 | 415), "{what}");
                } else if route == "/" {
                    assert_eq!(got, 303, "{what}");
                } else if !lies_below(route, &SHARED) && !lies_below(route, &OF_ALL) {
                    assert_eq!(got, 403, "{what}");
                }
                for word in ["lindner", "Pricing", "quiet.example"] {
                    assert!(!answer.contains(word), "{what} tells of {word}");
                }
            }
        }
    }
    assert!(asked > 800, "{asked}");
}

async fn ask(site: &Site, way: &str, path: &str, held: &str) -> String {
    let cookie = format!("__Host-inroad={held}");
    let headers =
        [("Host", OTHERS), ("Cookie", cookie.as_str()), ("Origin", "https://inroad.test.example")];
    match way {
        "GET" if path == "/news" => site.begin(path, &headers).await,
        "GET" => site.ask(path, &headers).await,
        _ => site.send(path, &headers, "").await,
    }
}

#[tokio::test]
async fn shared_pages_are_for_those_whom_they_concern() {
    use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
    let site = Site::for_others().await;
    let roles = [Provider, Marketer, Seller, Manager, Administrator];
    let mut holders = Vec::new();
    for role in roles {
        holders.push(member_in(&site, role).await);
    }
    for (path, expected) in [
        // provider, marketer, seller, manager, administrator
        ("/help", [200, 200, 200, 200, 200]),
        ("/credentials", [200, 200, 200, 200, 200]),
        ("/leads", [200, 200, 200, 200, 403]),
        ("/leads/definition", [200, 200, 200, 200, 403]),
        ("/sellers", [403, 200, 200, 200, 200]),
        ("/shared", [403, 200, 200, 200, 200]),
        ("/shared/quiet", [403, 404, 404, 404, 404]),
        ("/team", [403, 403, 403, 403, 200]),
        ("/audit", [403, 403, 403, 403, 200]),
        ("/deals", [403, 403, 403, 403, 403]),
        ("/messages/m2@lindner.example", [403, 403, 403, 403, 403]),
    ] {
        for ((role, held), expected) in roles.iter().zip(&holders).zip(expected) {
            let got = status(&ask(&site, "GET", path, held).await);
            assert_eq!(got, expected, "{path} by {}", role.as_str());
        }
    }
}
