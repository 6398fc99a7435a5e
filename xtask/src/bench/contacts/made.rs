//! Makes the contacts and companies of a sales team, as `HubSpot` would export them: the same for the same
//! seed.
//!
//! Must not: take anything of a real person or firm; domains end in `.example`, and nobody has the
//! telephone numbers.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use inroad_stats::Random;

use super::words::{
    FIRM_HEADS, FIRM_TAILS, FIRST_NAMES, FORMS, INDUSTRIES, LAST_NAMES, NOTES, OWNERS, PLACES,
    STAGES, STREETS, TITLES,
};

const COMPANY_COLUMNS: [&str; 15] = [
    "Record ID",
    "Company name",
    "Company Domain Name",
    "Phone Number",
    "Industry",
    "Number of Employees",
    "Annual Revenue",
    "Street Address",
    "City",
    "State/Region",
    "Postal Code",
    "Country/Region",
    "Company owner",
    "Create Date",
    "Description",
];
const CONTACT_COLUMNS: [&str; 17] = [
    "Record ID",
    "First Name",
    "Last Name",
    "Email",
    "Phone Number",
    "Job Title",
    "Company Name",
    "Associated Company IDs",
    "Street Address",
    "City",
    "State/Region",
    "Postal Code",
    "Country/Region",
    "Contact owner",
    "Lifecycle Stage",
    "Create Date",
    "Notes",
];

/// A made-up firm, as far as its people show it.
struct Firm {
    id: usize,
    name: String,
    domain: String,
    address: [String; 5],
}

/// How many of each are made, and from which seed.
#[derive(Clone, Copy)]
pub(in crate::bench) struct Wanted {
    pub seed: u64,
    pub contacts: usize,
    pub companies: usize,
}

/// Writes both lists.
pub(in crate::bench) fn write(
    wanted: Wanted,
    contacts: impl Write,
    companies: impl Write,
) -> Result<()> {
    let mut random = Random::new(wanted.seed);
    let mut companies = csv::Writer::from_writer(companies);
    companies.write_record(COMPANY_COLUMNS)?;
    let mut domains = BTreeSet::new();
    let mut firms = Vec::with_capacity(wanted.companies);
    for at in 0..wanted.companies {
        let (firm, row) = firm(at, &mut domains, &mut random);
        companies.write_record(row)?;
        firms.push(firm);
    }
    companies.flush()?;
    let mut contacts = csv::Writer::from_writer(contacts);
    contacts.write_record(CONTACT_COLUMNS)?;
    let mut emails = BTreeSet::new();
    for at in 0..wanted.contacts {
        // Half of all people work at a fifth of the firms, as it is in such lists.
        let among = if random.unit() < 0.5 { firms.len() / 5 } else { firms.len() };
        let Some(firm) = firms.get(below(&mut random, among)) else { continue };
        contacts.write_record(person(at, firm, &mut emails, &mut random))?;
    }
    contacts.flush()?;
    Ok(())
}

fn firm(at: usize, domains: &mut BTreeSet<String>, random: &mut Random) -> (Firm, [String; 15]) {
    let (city, region, country, digits) = *pick(PLACES, random);
    let (head, tail) = (pick(FIRM_HEADS, random), pick(FIRM_TAILS, random));
    let name = format!("{head} {tail} {city} {}", pick(FORMS, random));
    let domain = unused(&plain(&format!("{head}-{tail}-{city}")), ".example", domains);
    let street = format!("{} {}", pick(STREETS, random), 1 + below(random, 180));
    let postcode = format!("{digits}{:02}", below(random, 100));
    let address = [street, city.to_owned(), region.to_owned(), postcode, country.to_owned()];
    let id = 7_000_000 + at;
    let [street, city, region, postcode, country] = address.clone();
    let row = [
        id.to_string(),
        name.clone(),
        domain.clone(),
        phone(random),
        (*pick(INDUSTRIES, random)).to_owned(),
        (3 + below(random, 2500)).to_string(),
        (50_000 * (1 + below(random, 4000))).to_string(),
        street,
        city,
        region,
        postcode,
        country,
        (*pick(OWNERS, random)).to_owned(),
        day(random),
        sometimes(0.3, random, |random| (*pick(NOTES, random)).to_owned()),
    ];
    (Firm { id, name, domain, address }, row)
}

fn person(
    at: usize,
    firm: &Firm,
    emails: &mut BTreeSet<String>,
    random: &mut Random,
) -> [String; 17] {
    let (first, last) = (*pick(FIRST_NAMES, random), *pick(LAST_NAMES, random));
    let end = format!("@{}", firm.domain);
    let email = unused(&plain(&format!("{first}.{last}")), &end, emails);
    let [street, city, region, postcode, country] = firm.address.clone();
    [
        (90_000_000 + at).to_string(),
        first.to_owned(),
        last.to_owned(),
        email,
        sometimes(0.7, random, phone),
        sometimes(0.85, random, |random| (*pick(TITLES, random)).to_owned()),
        firm.name.clone(),
        firm.id.to_string(),
        street,
        city,
        region,
        postcode,
        country,
        (*pick(OWNERS, random)).to_owned(),
        (*pick(STAGES, random)).to_owned(),
        day(random),
        sometimes(0.1, random, |random| (*pick(NOTES, random)).to_owned()),
    ]
}

fn pick<'w, T>(words: &'w [T], random: &mut Random) -> &'w T {
    &words[below(random, words.len())]
}

fn below(random: &mut Random, bound: usize) -> usize {
    usize::try_from(random.below(bound as u64)).unwrap_or(0)
}

fn sometimes(share: f64, random: &mut Random, make: impl Fn(&mut Random) -> String) -> String {
    if random.unit() < share { make(random) } else { String::new() }
}

/// Numbers that are set aside for films.
fn phone(random: &mut Random) -> String {
    format!("+49 30 23125 {:03}", below(random, 1000))
}

fn day(random: &mut Random) -> String {
    let (year, month) = (2021 + below(random, 5), 1 + below(random, 12));
    format!("{year}-{month:02}-{:02} 09:{:02}", 1 + below(random, 28), below(random, 60))
}

/// A text as it stands in an address: small letters without accents, hyphens for blanks.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'ä' | 'à' | 'á' => plain.push('a'),
            'ö' | 'ó' => plain.push('o'),
            'ü' | 'ú' => plain.push('u'),
            'è' | 'é' | 'ë' => plain.push('e'),
            'í' | 'î' => plain.push('i'),
            ' ' => plain.push('-'),
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// Counted on where somebody has it already.
fn unused(start: &str, end: &str, taken: &mut BTreeSet<String>) -> String {
    let mut made = format!("{start}{end}");
    let mut number = 2;
    while !taken.insert(made.clone()) {
        made = format!("{start}{number}{end}");
        number += 1;
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_people_each_with_an_address_of_their_own() {
        let text = |seed| {
            let mut contacts = Vec::new();
            let wanted = Wanted { seed, contacts: 300, companies: 40 };
            write(wanted, &mut contacts, std::io::sink()).unwrap();
            String::from_utf8(contacts).unwrap()
        };
        let first = text(7);
        assert_eq!(text(7), first);
        assert_ne!(text(8), first);
        let mut rows = csv::Reader::from_reader(first.as_bytes());
        let emails: BTreeSet<String> =
            rows.records().map(|row| row.unwrap().get(3).unwrap().to_owned()).collect();
        assert_eq!(emails.len(), 300);
        assert!(emails.iter().all(|email| email.is_ascii() && email.ends_with(".example")));
    }
}
