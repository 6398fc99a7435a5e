//! Of which deal a note is, by what it names: in its title a deal, its firm or a person of it, else in its words
//! the address of a person of it.
//!
//! Must not: guess. Where two deals may be meant, it is neither.

use std::collections::BTreeSet;

use inroad_language::traces::addresses_in;
use inroad_model::{DealId, EmailAddress};
use inroad_store::{DealStatus, StoredDeal};

/// Which deal is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// This one.
    Deal(DealId),
    /// None that is known.
    None,
    /// Several, by their names.
    Several(Vec<String>),
}

/// Shorter names are words of every day.
const NAME_CHARS_MIN: usize = 3;

/// The deal that a note is of. Open ones count; whoever is asked about one that is none is not.
pub(crate) fn named(deals: &[StoredDeal], title: &str, words: &str) -> Named {
    let open: Vec<&StoredDeal> =
        deals.iter().filter(|stored| stored.status == DealStatus::Open).collect();
    let title_words = in_words(title);
    let holds = |name: &str| {
        let name = in_words(name);
        name.trim().chars().count() >= NAME_CHARS_MIN && title_words.contains(&name)
    };
    let (in_title, in_text) = (addresses_in(title), addresses_in(words));
    let has_one = |stored: &StoredDeal, of: &BTreeSet<EmailAddress>| {
        stored.deal.people.iter().any(|seat| of.contains(&seat.email))
    };
    let is_named_by_seat = |stored: &StoredDeal| {
        let names = stored.deal.people.iter().filter_map(|seat| seat.name.as_deref());
        // A first name alone may be anybody's.
        names.filter(|name| name.trim().contains(' ')).any(holds)
    };
    let steps: [&dyn Fn(&StoredDeal) -> bool; 6] = [
        &|stored| title.trim() == stored.deal.id.as_str(),
        &|stored| holds(&stored.deal.name),
        &|stored| has_one(stored, &in_title),
        &|stored| stored.deal.organization.as_deref().is_some_and(holds),
        &is_named_by_seat,
        &|stored| has_one(stored, &in_text),
    ];
    for step in steps {
        let found: Vec<&StoredDeal> = open.iter().copied().filter(|stored| step(stored)).collect();
        match longest(&found).as_slice() {
            [] => {}
            [one] => return Named::Deal(one.deal.id.clone()),
            several => {
                return Named::Several(several.iter().map(|one| one.deal.name.clone()).collect());
            }
        }
    }
    Named::None
}

/// Without those whose name stands within the name of another one: `Lindner Bau, phase 2` means the second.
fn longest<'d>(found: &[&'d StoredDeal]) -> Vec<&'d StoredDeal> {
    let is_within = |one: &StoredDeal| {
        let name = in_words(&one.deal.name);
        found.iter().any(|other| {
            let longer = in_words(&other.deal.name);
            longer != name && longer.contains(&name)
        })
    };
    found.iter().copied().filter(|one| !is_within(one)).collect()
}

/// Small letters and digits, with one blank around each word.
fn in_words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut out = String::from(" ");
    for word in words {
        out.push_str(word);
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use inroad_model::{Deal, Seat};

    use super::*;

    fn deal(
        id: &str,
        name: &str,
        firm: Option<&str>,
        people: &[(&str, Option<&str>)],
    ) -> StoredDeal {
        let seat = |(email, name): &(&str, Option<&str>)| Seat {
            email: email.parse().unwrap(),
            name: name.map(str::to_owned),
            title: None,
            roles: Vec::new(),
        };
        let mut deal: Deal =
            serde_json::from_value(serde_json::json!({ "id": id, "name": name })).unwrap();
        deal.organization = firm.map(str::to_owned);
        deal.people = people.iter().map(seat).collect();
        StoredDeal { deal, status: DealStatus::Open, known_as: BTreeSet::new() }
    }

    fn check(title: &str, words: &str, expected: Result<&str, usize>) {
        let mut dismissed = deal("d9", "Holiday", None, &[]);
        dismissed.status = DealStatus::Dismissed;
        let deals = [
            deal(
                "d1",
                "Lindner Bau",
                Some("Lindner GmbH"),
                &[("jana@lindner.example", Some("Jana Kühn"))],
            ),
            deal("d2", "Lindner Bau, phase 2", None, &[("bo@lindner.example", Some("Bo"))]),
            deal("d3", "Cranes", Some("Brandt"), &[("eva@brandt.example", None)]),
            deal("d4", "Lifts", Some("Brandt"), &[("eva@brandt.example", None)]),
            deal("d5", "IT", None, &[]),
            dismissed,
        ];
        let expected = match expected {
            Ok(id) => Named::Deal(serde_json::from_value(id.into()).unwrap()),
            Err(0) => Named::None,
            Err(n) => match named(&deals, title, words) {
                several @ Named::Several(_) if matches!(&several, Named::Several(all) if all.len() == n) => {
                    several
                }
                other => panic!("{title}: {other:?}"),
            },
        };
        assert_eq!(named(&deals, title, words), expected, "{title}");
    }

    #[test]
    fn what_is_named_and_nothing_else() {
        check("2026-03-10 Lindner Bau.vtt", "", Ok("d1"));
        check("call_lindner-bau phase 2", "", Ok("d2"));
        check("d3", "", Ok("d3"));
        check("Call with Jana Kühn", "", Ok("d1"));
        check("Call with Bo", "", Err(0));
        check("Re: jana@lindner.example", "", Ok("d1"));
        check("A call", "I spoke with jana@lindner.example today.", Ok("d1"));
        check("A call", "eva@brandt.example", Err(2));
        check("Brandt", "", Err(2));
        check("Brandt cranes", "", Ok("d3"));
        check("Lindnerbau", "", Err(0));
        check("It went well", "", Err(0));
        check("Holiday", "", Err(0));
    }
}
