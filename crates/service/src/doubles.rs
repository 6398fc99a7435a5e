//! People and firms that may be there twice, for the user to decide, with what speaks for it and against.
//!
//! To look at everybody takes seconds where there are many, so it is done when somebody asks, and kept
//! beside the register until that changes.

mod open;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use inroad_linkage::{Organisation, Organisations, People, Person, Verdict, Why};
use inroad_model::{Account, AccountKey, EmailAddress};
use inroad_store::FileState;

use crate::register::{Firm, ON_ONE_CARD, Register, Registered};

pub use open::OpenDoubles;

/// Two that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct MaybeOne<N> {
    /// One.
    pub a: N,
    /// What it is called.
    pub a_called: String,
    /// The other.
    pub b: N,
    /// What it is called.
    pub b_called: String,
    /// What speaks for it, the strongest first.
    pub speaks_for: Vec<String>,
    /// What speaks against it, the strongest first.
    pub speaks_against: Vec<String>,
    /// What else may be behind it.
    pub otherwise: Option<&'static str>,
    /// Whether it is likely, and not only worth a look.
    pub is_likely: bool,
}

/// A firm that may be the one that somebody names anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeAccount {
    /// What it is kept under.
    pub key: AccountKey,
    /// What it is called.
    pub called: String,
    /// What speaks for it, the strongest first.
    pub speaks_for: Vec<String>,
}

/// All that may be there twice, of one state of the register.
#[derive(Debug)]
pub struct Doubles {
    /// People, by the addresses that stand for them, the likeliest first.
    pub people: Vec<MaybeOne<EmailAddress>>,
    /// Firms, the likeliest first.
    pub accounts: Vec<MaybeOne<AccountKey>>,
    organisations: Organisations,
    /// Which firm each organisation is.
    keys: Vec<(AccountKey, String)>,
    pub(crate) version: Arc<str>,
    pub(crate) state: Option<FileState>,
}

/// A pair is shown from this chance on.
const CHANCE_MIN: f64 = 0.5;
/// On entry a pair is shown from this chance on: it costs one look, and whoever types a name often
/// means a firm that is known.
const ENTRY_CHANCE_MIN: f64 = 0.05;
/// More pairs nobody decides in one sitting; the next ones follow when these are decided.
const PAIRS_MAX: usize = 500;
/// So many firms are named when a new one is like them.
const LIKE_MAX: usize = 3;

impl Register {
    /// Who may be there twice. Takes seconds where there are very many.
    pub fn doubles(&self) -> Doubles {
        Doubles::of(self)
    }
}

impl Doubles {
    fn of(register: &Register) -> Self {
        let persons: Vec<Person> =
            register.people.iter().map(|who| person(who, register)).collect();
        let firms = register.all_firms();
        let organisations: Vec<Organisation> = firms.iter().map(organisation).collect();
        let called = |firm: &Firm| (firm.key.clone(), firm.label().to_owned());
        let keys: Vec<(AccountKey, String)> = firms.iter().map(called).collect();
        // Each of both takes a core for seconds.
        let (people, known) = thread::scope(|scope| {
            let people = scope.spawn(|| people(&persons, register));
            let known = Organisations::new(&organisations);
            (people.join().unwrap_or_else(|panic| resume_unwind(panic)), known)
        });
        Self {
            people,
            accounts: accounts(&known, &keys),
            organisations: known,
            keys,
            version: Arc::clone(&register.version),
            state: register.state,
        }
    }

    /// Firms that may be the one that somebody names anew, the likeliest first.
    pub fn like_account(&self, new: &Account) -> Vec<LikeAccount> {
        let asked = Organisation {
            name: new.name.clone(),
            domains: new.domain.iter().cloned().collect(),
            ..Organisation::default()
        };
        let found = self.organisations.like(&asked, LIKE_MAX).into_iter();
        // Two firms drawn from a list are seldom one; of a name that is typed it is supposed that it means
        // one of the list as likely as not.
        let firms = self.keys.len() as f64;
        let typed = |chance: f64| {
            let odds = chance / (1.0 - chance).max(f64::EPSILON) * firms;
            odds / (1.0 + odds)
        };
        let near = found.filter(|like| typed(like.chance) >= ENTRY_CHANCE_MIN);
        near.filter_map(|like| {
            let (key, called) = self.keys.get(like.record)?.clone();
            let why = self.organisations.why_like(&asked, like.record)?;
            Some(LikeAccount { key, called, speaks_for: words(&why.reasons_for) })
        })
        .collect()
    }
}

/// What an address book or a name with its addresses says comes first: a comparison of fields need not
/// find it. What the fields say stands beside it, for and against.
fn people(persons: &[Person], register: &Register) -> Vec<MaybeOne<EmailAddress>> {
    let known = People::new(persons);
    let of_addresses = |(at, who): (usize, &Registered)| {
        who.addresses().map(|email| (email.clone(), at)).collect::<Vec<_>>()
    };
    let places: BTreeMap<EmailAddress, usize> =
        register.people.iter().enumerate().flat_map(of_addresses).collect();
    let pair = |a: &EmailAddress, b: &EmailAddress| {
        let (at, bt) = (*places.get(a)?, *places.get(b)?);
        let called = |at: usize| register.people.get(at).map(|who| who.label().to_owned());
        Some(maybe((a.clone(), called(at)?), (b.clone(), called(bt)?), &known.why(at, bt)?))
    };
    let by_book = register.maybe_same.iter().filter_map(|(a, b, why)| {
        let mut found = pair(a, b)?;
        found.speaks_for.insert(0, why.clone());
        found.is_likely |= why == ON_ONE_CARD;
        Some(found)
    });
    let by_fields = known.doubles(CHANCE_MIN).into_iter().filter_map(|found| {
        let (a, b) = (register.people.get(found.a)?.email(), register.people.get(found.b)?.email());
        pair(a.min(b), a.max(b))
    });
    let mut seen: BTreeSet<(EmailAddress, EmailAddress)> = BTreeSet::new();
    let is_new = |found: &MaybeOne<EmailAddress>| seen.insert((found.a.clone(), found.b.clone()));
    by_book.chain(by_fields).filter(is_new).take(PAIRS_MAX).collect()
}

fn accounts(known: &Organisations, keys: &[(AccountKey, String)]) -> Vec<MaybeOne<AccountKey>> {
    let pairs = known.doubles(CHANCE_MIN).into_iter().filter_map(|pair| {
        let (a, b) = (keys.get(pair.a)?.clone(), keys.get(pair.b)?.clone());
        let (a, b) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        let why = known.why(pair.a, pair.b)?;
        Some(maybe(a, b, &why))
    });
    pairs.take(PAIRS_MAX).collect()
}

fn maybe<N>((a, a_called): (N, String), (b, b_called): (N, String), why: &Why) -> MaybeOne<N> {
    MaybeOne {
        a,
        a_called,
        b,
        b_called,
        speaks_for: words(&why.reasons_for),
        speaks_against: words(&why.reasons_against),
        otherwise: why.otherwise,
        is_likely: why.verdict() == Verdict::Same,
    }
}

fn words(reasons: &[inroad_linkage::Reason]) -> Vec<String> {
    reasons.iter().map(|reason| reason.words.to_owned()).collect()
}

/// A person with all that cards say of them.
fn person(who: &Registered, register: &Register) -> Person {
    let addresses: BTreeSet<EmailAddress> = who.addresses().cloned().collect();
    let mut person = Person {
        name: who.acquaintance.person.name.clone().unwrap_or_default(),
        emails: addresses.iter().map(ToString::to_string).collect(),
        title: who.acquaintance.person.title.clone().unwrap_or_default(),
        organisation: who.firm.clone().unwrap_or_default(),
        ..Person::default()
    };
    for card in register.contacts_of(&addresses) {
        person.phones.extend(card.phones.iter().cloned());
        fill(&mut person.organisation, card.organization.as_ref());
        fill(&mut person.title, card.title.as_ref());
        fill(&mut person.street, card.street.as_ref());
        fill(&mut person.postcode, card.postcode.as_ref());
        fill(&mut person.place, card.city.as_ref());
        fill(&mut person.region, card.region.as_ref());
    }
    person
}

/// A firm with all that exports say of it; where no name is known, the first part of its domain.
fn organisation(firm: &Firm) -> Organisation {
    let domains: Vec<String> =
        firm.keys().filter_map(AccountKey::as_domain).map(str::to_owned).collect();
    let of_domain = || domains.first().and_then(|domain| domain.split('.').next());
    let name = firm.name.as_deref().or_else(of_domain).unwrap_or(firm.key.as_str());
    let mut found =
        Organisation { name: name.to_owned(), domains: domains.clone(), ..Organisation::default() };
    for told in firm.told.iter().rev() {
        let account = &told.account;
        if account.name != name && !found.other_names.contains(&account.name) {
            found.other_names.push(account.name.clone());
        }
        found.phones.extend(account.phone.iter().cloned());
        fill(&mut found.street, account.street.as_ref());
        fill(&mut found.place, account.city.as_ref());
        fill(&mut found.postcode, account.postcode.as_ref());
    }
    found
}

fn fill(field: &mut String, with: Option<&String>) {
    if field.is_empty() {
        field.extend(with.map(String::as_str));
    }
}
