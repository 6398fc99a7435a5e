//! Deals that the mail suggests: organisations with which letters went both ways.
//!
//! A proposal is for a person to accept; nothing is decided here.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{Deal, DealId, EmailAddress, Moment, Seat, Seller, Touch};
use jiff::civil::Date;

/// Mail providers whose customers do not share an organisation. Names the large ones; who writes
/// from another one is proposed under its domain, for the person to refuse.
const FREE_MAIL: [&str; 40] = [
    "aol.com",
    "bluewin.ch",
    "btinternet.com",
    "comcast.net",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "verizon.net",
    "virgilio.it",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yandex.ru",
    "ymail.com",
];

/// An address with what passed between it and the seller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The address.
    pub email: EmailAddress,
    /// The name, if known.
    pub name: Option<String>,
    /// Letters from it to the seller.
    pub received: u64,
    /// Letters from the seller to it.
    pub sent: u64,
    /// The day of the first of them.
    pub first: Option<Date>,
}

/// How many letters each way make an exchange rather than an answer.
const LETTERS_EACH_WAY_MIN: u64 = 2;
/// The people of a proposal, those with most letters first.
const PEOPLE_MAX: usize = 12;

/// Whether a domain is a mail provider's, so that its addresses share no organisation.
pub fn is_free_mail(domain: &str) -> bool {
    FREE_MAIL.contains(&domain)
}

/// The domains that belong to the seller's own firm.
pub fn own_domains(seller: &Seller) -> BTreeSet<String> {
    seller
        .emails
        .iter()
        .map(|email| email.domain().to_owned())
        .filter(|domain| !is_free_mail(domain))
        .collect()
}

/// Proposes one deal for each outside organisation with an exchange, the busiest first.
pub fn propose(seller: &Seller, counted: &[Counted]) -> Vec<Deal> {
    let own = own_domains(seller);
    let mut organisations: BTreeMap<String, Vec<&Counted>> = BTreeMap::new();
    for person in counted {
        let domain = person.email.domain();
        if own.contains(domain) || seller.is_ours(&person.email) {
            continue;
        }
        let key = if is_free_mail(domain) { person.email.as_str() } else { domain };
        organisations.entry(key.to_owned()).or_default().push(person);
    }
    let mut proposals: Vec<(u64, Deal)> = organisations
        .into_iter()
        .filter_map(|(key, people)| Some((letters(&people)?, deal(&key, people)?)))
        .collect();
    proposals.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.id.cmp(&other.id)));
    proposals.into_iter().map(|(_, deal)| deal).collect()
}

/// How many letters passed, if enough did in both directions.
fn letters(people: &[&Counted]) -> Option<u64> {
    let received: u64 = people.iter().map(|p| p.received).sum();
    let sent: u64 = people.iter().map(|p| p.sent).sum();
    (received.min(sent) >= LETTERS_EACH_WAY_MIN).then_some(received + sent)
}

fn deal(key: &str, mut people: Vec<&Counted>) -> Option<Deal> {
    people.sort_by(|a, b| {
        (b.received + b.sent).cmp(&(a.received + a.sent)).then_with(|| a.email.cmp(&b.email))
    });
    let opened = people.iter().filter_map(|person| person.first).min();
    let seats = people
        .into_iter()
        .take(PEOPLE_MAX)
        .map(|person| Seat {
            email: person.email.clone(),
            name: person.name.clone(),
            title: None,
            roles: Vec::new(),
        })
        .collect();
    let one_person = key.contains('@');
    Some(Deal {
        id: DealId::new(key).ok()?,
        name: if one_person { key.to_owned() } else { organisation_name(key) },
        organization: (!one_person).then(|| organisation_name(key)),
        domain: (!one_person).then(|| key.to_owned()),
        stage: None,
        stage_since: None,
        value: None,
        currency: None,
        fee_quoted: None,
        usual_fee_range: None,
        source: None,
        industry: None,
        ongoing_account: false,
        opened,
        people: seats,
        notes: Vec::new(),
        insights: Vec::new(),
    })
}

/// The label before the public part of a domain, with a capital: "lindner-logistik.example"
/// becomes "Lindner Logistik".
fn organisation_name(domain: &str) -> String {
    let labels: Vec<&str> = domain.split('.').collect();
    let second_level = ["co", "com", "org", "net", "ac", "gov"];
    let skip = match labels.as_slice() {
        [.., second, country] if country.len() == 2 && second_level.contains(second) => 3,
        _ => 2,
    };
    let label = labels.get(labels.len().saturating_sub(skip)).copied().unwrap_or(domain);
    label
        .split('-')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Counts the letters between the seller and everybody else, up to a moment.
pub fn count(seller: &Seller, touches: &[Touch], as_of: Moment) -> Vec<Counted> {
    let mut counted: BTreeMap<EmailAddress, Counted> = BTreeMap::new();
    for touch in touches {
        let message = &touch.message;
        let (Some(from), Some(at)) = (&message.from, message.date) else { continue };
        if !message.nature.is_correspondence() || at.timestamp() > as_of.timestamp() {
            continue;
        }
        let mut add = |email: &EmailAddress, name: &Option<String>, received, sent| {
            let person = counted.entry(email.clone()).or_insert_with(|| Counted {
                email: email.clone(),
                name: None,
                received: 0,
                sent: 0,
                first: None,
            });
            person.name = person.name.take().or_else(|| name.clone());
            person.received += received;
            person.sent += sent;
            person.first = Some(person.first.map_or(at.date(), |first| first.min(at.date())));
        };
        if seller.is_ours(&from.address) {
            touch
                .recipients()
                .filter(|m| !seller.is_ours(&m.address))
                .for_each(|m| add(&m.address, &m.name, 0, 1));
        } else if touch.recipients().any(|m| seller.is_ours(&m.address)) {
            add(&from.address, &from.name, 1, 0);
        }
    }
    counted.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(email: &str, received: u64, sent: u64) -> Counted {
        Counted { email: email.parse().unwrap(), name: None, received, sent, first: None }
    }

    #[test]
    fn proposes_who_wrote_and_was_written_to() {
        let seller = Seller {
            name: None,
            emails: vec!["me@studio.example".parse().unwrap()],
            colleagues: Vec::new(),
        };
        let deals = propose(
            &seller,
            &[
                counted("a@lindner-logistik.example", 3, 1),
                counted("b@lindner-logistik.example", 0, 2),
                counted("news@shop.example", 90, 0),
                counted("pal@gmail.com", 5, 5),
                counted("other@gmail.com", 5, 0),
                counted("colleague@studio.example", 50, 50),
            ],
        );
        let names: Vec<&str> = deals.iter().map(|deal| deal.name.as_str()).collect();
        assert_eq!(names, ["pal@gmail.com", "Lindner Logistik"]);
        assert_eq!(deals.last().unwrap().people.len(), 2);
    }

    #[test]
    fn reads_names_from_domains() {
        for (domain, expected) in [
            ("lindner-logistik.example", "Lindner Logistik"),
            ("mail.acme.co.uk", "Acme"),
            ("acme.com", "Acme"),
        ] {
            assert_eq!(organisation_name(domain), expected);
        }
    }
}
