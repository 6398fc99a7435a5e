//! Pairs that are written down in `tests/pairs`, each with what is to be said of it.

use std::fmt::Debug;
use std::path::Path;

use inroad_linkage::{Organisation, Person, Record, Register, Verdict};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs<R> {
    pair: Vec<Written<R>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<R> {
    expect: String,
    why: String,
    a: R,
    b: R,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenPerson {
    given: String,
    family: String,
    name: String,
    street: String,
    number: String,
    lines: String,
    place: String,
    postcode: String,
    region: String,
    emails: Vec<String>,
    phones: Vec<String>,
    organisation: String,
    title: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenOrganisation {
    name: String,
    other_names: Vec<String>,
    domains: Vec<String>,
    phones: Vec<String>,
    street: String,
    number: String,
    place: String,
    postcode: String,
}

impl From<WrittenPerson> for Person {
    fn from(w: WrittenPerson) -> Self {
        Self {
            given: w.given,
            family: w.family,
            name: w.name,
            street: w.street,
            number: w.number,
            lines: w.lines,
            place: w.place,
            postcode: w.postcode,
            region: w.region,
            emails: w.emails,
            phones: w.phones,
            organisation: w.organisation,
            title: w.title,
        }
    }
}

impl From<WrittenOrganisation> for Organisation {
    fn from(w: WrittenOrganisation) -> Self {
        Self {
            name: w.name,
            other_names: w.other_names,
            domains: w.domains,
            phones: w.phones,
            street: w.street,
            number: w.number,
            place: w.place,
            postcode: w.postcode,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the pairs are a file, and a test stops when it cannot be read"
)]
/// Asks an empty register, which knows nothing but what is shipped.
fn check<W, R>(file: &str, least: usize)
where
    W: for<'de> Deserialize<'de> + Into<R>,
    R: Record + Debug + Clone,
{
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let pairs: Pairs<W> = toml::from_str(&text).unwrap();
    assert!(pairs.pair.len() >= least, "{} pairs in {file}", pairs.pair.len());
    let empty = Register::<R>::new(&[]);
    let mut wrong = Vec::new();
    for pair in pairs.pair {
        let (a, b): (R, R) = (pair.a.into(), pair.b.into());
        let expected = match pair.expect.as_str() {
            "same" => Verdict::Same,
            "different" => Verdict::Different,
            "unsure" => Verdict::Unsure,
            other => panic!("'{other}' is no verdict"),
        };
        let told = empty.why_both(&a, &b);
        let back = empty.why_both(&b, &a);
        assert!((told.chance - back.chance).abs() < 1e-12, "{}", pair.why);
        if told.verdict() != expected {
            wrong.push(format!("{}: expected {expected:?}, {told:?}", pair.why));
        }
    }
    assert!(wrong.is_empty(), "{} of the pairs:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn people() {
    check::<WrittenPerson, Person>("people.toml", 80);
}

#[test]
fn organisations() {
    check::<WrittenOrganisation, Organisation>("organisations.toml", 60);
}
