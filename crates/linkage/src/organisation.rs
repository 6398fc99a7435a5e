//! An organisation as a record knows it, and the fields on which two are compared.

mod compare;
mod coverage;
mod fields;
pub(crate) mod name;

use crate::address::{Address, Written};
use crate::candidates::{Keys, Zone};
use crate::contact::{Phone, domain_name, own_domain};
use crate::form::Form;
use crate::levels::{Field, Pattern, Story};
use crate::text::{Word, mixed};
use name::{Core, is_generic, word_share};

/// An organisation; whatever is not known is left empty, and says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Organisation {
    /// Its name, with or without its legal form.
    pub name: String,
    /// Other names: former ones, short ones, brands.
    pub other_names: Vec<String>,
    /// Web addresses, domains or e-mail addresses; free-mail domains do not count.
    pub domains: Vec<String>,
    /// Telephone numbers, in any form.
    pub phones: Vec<String>,
    /// Street, with or without the number.
    pub street: String,
    /// House number, if it stands apart.
    pub number: String,
    /// Town or suburb.
    pub place: String,
    /// Postcode.
    pub postcode: String,
}

/// An organisation as two are compared.
#[derive(Debug, Clone, Default)]
pub struct OrganisationForm {
    /// The name, then other names.
    names: Vec<Core>,
    domains: Vec<Domain>,
    phones: Vec<Phone>,
    address: Address,
}

/// A domain of its own: `lindner.example`.
#[derive(Debug, Clone)]
struct Domain {
    whole: Word,
    /// The part that may be a name: `lindner`.
    name: Option<Word>,
}

impl Domain {
    fn read(text: &str) -> Option<Self> {
        let whole = own_domain(text)?;
        let name = domain_name(&whole.text).as_deref().map(Word::new);
        Some(Self { whole, name })
    }
}

/// Most names, and most of each kind of contact, that are looked at.
const NAMES_MAX: usize = 6;

impl Form for OrganisationForm {
    type Record = Organisation;

    fn fields() -> &'static [Field] {
        &fields::FIELDS
    }

    fn stories() -> &'static [Story] {
        &fields::STORIES
    }

    fn records_min() -> usize {
        1_000
    }

    fn read(record: &Organisation) -> Self {
        let names = std::iter::once(&record.name).chain(&record.other_names);
        let domains = record.domains.iter().flat_map(|text| text.split([',', ';']));
        Self {
            names: names
                .map(|name| Core::read(name))
                .filter(|core| !core.is_empty())
                .take(NAMES_MAX)
                .collect(),
            domains: domains.filter_map(Domain::read).take(NAMES_MAX).collect(),
            phones: record.phones.iter().filter_map(|p| Phone::read(p)).take(NAMES_MAX).collect(),
            address: Address::read(Written {
                street: &record.street,
                number: &record.number,
                place: &record.place,
                postcode: &record.postcode,
                ..Written::default()
            }),
        }
    }

    fn words(&mut self, see: &mut dyn FnMut(usize, f64, &mut Word)) {
        use fields::{DOMAIN, NAME, NUMBER, PHONE, PLACE, POSTCODE, STREET};
        for name in &mut self.names {
            for word in &mut name.text.words {
                see(NAME, word_share(&word.text), word);
            }
        }
        for domain in &mut self.domains {
            see(DOMAIN, 0.000_02, &mut domain.whole);
        }
        for phone in &mut self.phones {
            see(PHONE, 0.000_03, &mut phone.last);
        }
        let address = &mut self.address;
        let singles = [
            (STREET, 0.003, &mut address.street.joined),
            (NUMBER, 0.02, &mut address.number),
            (PLACE, 0.02, &mut address.place.joined),
            (POSTCODE, 0.008, &mut address.postcode),
        ];
        for (field, share, word) in singles {
            if let Some(word) = word {
                see(field, share, word);
            }
        }
    }

    fn counts_groups_once() -> bool {
        true
    }

    fn fingerprint(&self) -> u64 {
        let address = &self.address;
        let names = self.names.iter().flat_map(|name| name.text.words.iter().chain(&name.legal));
        let phones = self.phones.iter().map(|phone| &phone.last);
        let domains = self.domains.iter().map(|domain| &domain.whole);
        let first = names.chain(domains).chain(phones).chain(&address.street.words);
        let second = address.number.iter().chain(&address.place.words).chain(&address.postcode);
        // A word of another field is another word.
        let all = first.map(|word| word.hash).chain([1]).chain(second.map(|word| word.hash));
        all.fold(1, |sum, hash| mixed(sum ^ hash))
    }

    fn keys(&self, keys: &mut Keys) {
        for name in &self.names {
            for word in &name.text.words {
                if is_generic(&word.text) {
                    keys.word(Zone::Name, word);
                } else {
                    keys.misspelt(Zone::Name, word);
                    keys.beginning(Zone::Name, word, 4);
                }
            }
            keys.joined(Zone::Name, &name.text);
            for pair in name.text.words.windows(2) {
                if let [first, second] = pair {
                    keys.word(Zone::Name, &Word::new(&format!("{}{}", first.text, second.text)));
                }
            }
            if let Some(acronym) = &name.acronym {
                keys.word(Zone::Name, acronym);
            }
        }
        for domain in &self.domains {
            keys.word(Zone::Firm, &domain.whole);
        }
        for phone in &self.phones {
            keys.word(Zone::Phone, &phone.last);
            keys.tail(Zone::Phone, &phone.last, 7);
        }
        keys.text(Zone::Address, &self.address.street);
        if let Some(word) = &self.address.number {
            keys.word(Zone::Number, word);
        }
        if let Some(word) = &self.address.postcode {
            keys.word(Zone::Postcode, word);
        }
        keys.text(Zone::Place, &self.address.place);
    }

    fn compare(&self, other: &Self) -> Pattern {
        compare::pattern(self, other)
    }
}
