//! A person as a record knows them, and the fields on which two are compared.

mod compare;
mod fields;

pub(crate) use compare::shared_rarity;
pub(crate) use fields::{FAMILY, GIVEN, LINES, NUMBER, PLACE, POSTCODE, REGION, STREET};

use crate::address::{Address, Written};
use crate::candidates::{Keys, Zone};
use crate::contact::{Email, Phone, domain_name};
use crate::form::Form;
use crate::levels::{Field, Pattern, Story};
use crate::names::{Names, family_share, given_share};
use crate::organisation::name::Core;
use crate::text::{Text, Word, words};

/// A person; whatever is not known is left empty, and says nothing.
///
/// Text is taken as it was typed: case, accents, punctuation, forms of address and the order of the two
/// names do not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// Given names, nicknames or initials.
    pub given: String,
    /// Family name.
    pub family: String,
    /// The whole name in one, read where both others are empty: `Anna Berg` or `Berg, Anna`.
    pub name: String,
    /// Street, with or without the number.
    pub street: String,
    /// House number, if it stands apart.
    pub number: String,
    /// Further lines of the address: house, flat, building.
    pub lines: String,
    /// Town or suburb.
    pub place: String,
    /// Postcode.
    pub postcode: String,
    /// State, county, canton.
    pub region: String,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Telephone numbers, in any form.
    pub phones: Vec<String>,
    /// The firm they work for.
    pub organisation: String,
    /// What they do there.
    pub title: String,
}

/// A person as two are compared.
#[derive(Debug, Clone, Default)]
pub struct PersonForm {
    names: Names,
    address: Address,
    emails: Vec<Email>,
    phones: Vec<Phone>,
    organisation: Core,
    /// What the domain of an address tells of the firm, where the record does not name one.
    domain_name: Option<Word>,
    title: Text,
}

/// Most addresses and most numbers that are looked at.
const CONTACTS_MAX: usize = 12;

impl Form for PersonForm {
    type Record = Person;

    fn fields() -> &'static [Field] {
        &fields::FIELDS
    }

    fn stories() -> &'static [Story] {
        &fields::STORIES
    }

    fn records_min() -> usize {
        5_000
    }

    fn read(person: &Person) -> Self {
        let emails: Vec<Email> = person
            .emails
            .iter()
            .flat_map(|text| text.split([',', ';', ' ']))
            .filter_map(Email::read)
            .take(CONTACTS_MAX)
            .collect();
        let phones = person.phones.iter().filter_map(|text| Phone::read(text));
        let organisation = Core::read(&person.organisation);
        let domain = emails.iter().find_map(|email| email.domain.as_ref());
        let domain_name =
            domain.filter(|_| organisation.is_empty()).and_then(|d| domain_name(&d.text));
        Self {
            names: Names::read(&person.given, &person.family, &person.name, &emails),
            address: Address::read(Written {
                street: &person.street,
                number: &person.number,
                lines: &person.lines,
                place: &person.place,
                postcode: &person.postcode,
                region: &person.region,
            }),
            phones: phones.take(CONTACTS_MAX).collect(),
            emails,
            organisation,
            domain_name: domain_name.map(|name| Word::new(&name)),
            title: Text::of(&words(&person.title)),
        }
    }

    fn words(&mut self, see: &mut dyn FnMut(usize, f64, &mut Word)) {
        use fields::{EMAIL, ORGANISATION, PHONE, TITLE};
        if let Some(first) = self.names.given.first_mut() {
            see(GIVEN, given_share(&first.text), first);
        }
        let address = &mut self.address;
        if let Some(family) = &mut self.names.family.joined {
            see(FAMILY, family_share(&family.text), family);
        }
        let singles = [
            (STREET, 0.002, &mut address.street.joined),
            (NUMBER, 0.02, &mut address.number),
            (LINES, 0.002, &mut address.lines.joined),
            (PLACE, 0.03, &mut address.place.joined),
            (POSTCODE, 0.005, &mut address.postcode),
            (REGION, 0.2, &mut address.region),
            (ORGANISATION, 0.003, &mut self.organisation.text.joined),
            (TITLE, 0.02, &mut self.title.joined),
        ];
        for (field, share, word) in singles {
            if let Some(word) = word {
                see(field, share, word);
            }
        }
        for email in &mut self.emails {
            see(EMAIL, 0.000_02, &mut email.whole);
        }
        for phone in &mut self.phones {
            see(PHONE, 0.000_1, &mut phone.last);
        }
    }

    fn keys(&self, keys: &mut Keys) {
        let names = &self.names;
        for word in names.given.iter().chain(&names.family.words) {
            keys.misspelt(Zone::Name, word);
        }
        keys.joined(Zone::Name, &names.family);
        for form in names.forms.iter().take(4) {
            keys.number(Zone::Nickname, u64::from(*form));
        }
        let address = &self.address;
        keys.text(Zone::Address, &address.street);
        keys.text(Zone::Address, &address.lines);
        keys.text(Zone::Place, &address.place);
        if let Some(word) = &address.number {
            keys.word(Zone::Number, word);
        }
        if let Some(word) = &address.postcode {
            keys.word(Zone::Postcode, word);
        }
        for email in &self.emails {
            keys.word(Zone::Email, &email.whole);
            if !email.role {
                keys.word(Zone::Email, &email.local);
            }
            if let Some(domain) = &email.domain {
                keys.word(Zone::Firm, domain);
            }
        }
        for phone in &self.phones {
            keys.word(Zone::Phone, &phone.last);
            keys.tail(Zone::Phone, &phone.last, 7);
        }
        keys.text(Zone::Firm, &self.organisation.text);
        if let Some(name) = &self.domain_name {
            keys.word(Zone::Firm, name);
        }
    }

    fn compare(&self, other: &Self) -> Pattern {
        compare::pattern(self, other)
    }
}
