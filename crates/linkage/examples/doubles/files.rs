//! The files of `../shared/data/er`, as records of a CRM: no birth date, no number of a person.

use std::collections::BTreeMap;
use std::path::Path;

use inroad_linkage::{Organisation, Person};

use super::score::Part;

/// What is the same in truth.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// The name of each record's group.
    pub(crate) groups: Vec<String>,
    /// 0 for the first list, 1 for the second.
    pub(crate) sides: Vec<u8>,
}

impl Truth {
    pub(crate) fn of(groups: Vec<String>) -> Self {
        Self { sides: vec![0; groups.len()], groups }
    }

    /// The truth of two lists.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.sides.extend(vec![1; other.groups.len()]);
        self.groups.extend(other.groups);
        self
    }
}

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

fn rows(file: &Path) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).unwrap();
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.byte_records().map(|row| row.unwrap());
    rows.map(|row| {
        let cells = row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
        head.iter().cloned().zip(cells).collect()
    })
    .collect()
}

fn cell(row: &Row, column: &str) -> String {
    row.get(column).cloned().unwrap_or_default()
}

/// A list of febrl: names and addresses.
pub(crate) fn febrl(folder: &Path, name: &str) -> (Vec<Person>, Truth) {
    let rows = rows(&folder.join(format!("febrl/{name}.csv")));
    let people = rows.iter().map(|row| Person {
        given: cell(row, "given_name"),
        family: cell(row, "surname"),
        number: cell(row, "street_number"),
        street: cell(row, "address_1"),
        lines: cell(row, "address_2"),
        place: cell(row, "suburb"),
        postcode: cell(row, "postcode"),
        region: cell(row, "state"),
        ..Person::default()
    });
    let id = |row: &Row| cell(row, "rec_id").split('-').nth(1).unwrap().to_owned();
    (people.collect(), Truth::of(rows.iter().map(id).collect()))
}

/// The records of half of the groups.
pub(crate) fn half(list: (Vec<Person>, Truth)) -> (Vec<Person>, Truth) {
    let both = list.0.into_iter().zip(list.1.groups);
    let (people, groups) = both.filter(|(_, group)| Part::Seen.has(group)).unzip();
    (people, Truth::of(groups))
}

/// Names of applicants for patents.
pub(crate) fn patstat(folder: &Path) -> (Vec<Organisation>, Truth) {
    let rows = rows(&folder.join("dedupe_examples/patstat_reference.csv"));
    let named =
        |row: &Row| Organisation { name: cell(row, "person_name"), ..Organisation::default() };
    let groups = rows.iter().map(|row| cell(row, "leuven_id")).collect();
    (rows.iter().map(named).collect(), Truth::of(groups))
}

/// Sites of early learning in Chicago, by name alone or with address and phone.
pub(crate) fn chicago(folder: &Path, with_contact: bool) -> (Vec<Organisation>, Truth) {
    let rows = rows(&folder.join("dedupe_examples/csv_example_input_with_true_ids.csv"));
    let site = |row: &Row| {
        let name = Organisation { name: cell(row, "Site name"), ..Organisation::default() };
        if !with_contact {
            return name;
        }
        Organisation {
            street: cell(row, "Address"),
            postcode: cell(row, "Zip"),
            phones: vec![cell(row, "Phone")],
            domains: vec![cell(row, "Website"), cell(row, "Email Address")],
            ..name
        }
    };
    let groups = rows.iter().map(|row| cell(row, "True Id")).collect();
    (rows.iter().map(site).collect(), Truth::of(groups))
}

/// The persons of Senzing's truth set, without documents and birth dates.
pub(crate) fn senzing(folder: &Path) -> (Vec<Person>, Truth) {
    let folder = folder.join("senzing_truthset");
    let key: BTreeMap<(String, String), String> = rows(&folder.join("actual_truthset_key.csv"))
        .iter()
        .map(|row| ((cell(row, "DATA_SOURCE"), cell(row, "RECORD_ID")), cell(row, "CLUSTER_ID")))
        .collect();
    let files = ["customers.csv", "reference.csv", "watchlist.csv"];
    let all: Vec<Row> = files.iter().flat_map(|file| rows(&folder.join(file))).collect();
    let persons = all.iter().filter(|row| cell(row, "RECORD_TYPE") == "PERSON");
    let found = persons.filter_map(|row| {
        let group = key.get(&(cell(row, "DATA_SOURCE"), cell(row, "RECORD_ID")))?;
        let street = [cell(row, "ADDR_LINE1"), cell(row, "ADDR_FULL")];
        let given = [cell(row, "PRIMARY_NAME_FIRST"), cell(row, "PRIMARY_NAME_MIDDLE")];
        let person = Person {
            given: given.join(" "),
            family: cell(row, "PRIMARY_NAME_LAST"),
            name: cell(row, "PRIMARY_NAME_FULL"),
            street: street.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            place: cell(row, "ADDR_CITY"),
            postcode: cell(row, "ADDR_POSTAL_CODE"),
            region: cell(row, "ADDR_STATE"),
            emails: vec![cell(row, "EMAIL_ADDRESS")],
            phones: vec![cell(row, "PHONE_NUMBER")],
            organisation: cell(row, "EMPLOYER"),
            ..Person::default()
        };
        Some((person, group.clone()))
    });
    let (people, groups) = found.unzip();
    (people, Truth::of(groups))
}
