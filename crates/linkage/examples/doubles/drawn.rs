//! Drawn lists of people and organisations with doubles as CRMs have them.

use inroad_linkage::{Organisation, Person};

use super::files::Truth;

/// A sequence of numbers that looks random and is the same each time (splitmix64).
struct Lot(u64);

impl Lot {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).unwrap()
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.next(count) == 0
    }

    /// Of few values often the first ones, as names are: two draws, the lesser.
    fn skewed(&mut self, below: usize) -> usize {
        let (a, b, c) = (self.next(below), self.next(below), self.next(below));
        a.min(b).min(c)
    }
}

const STARTS: [&str; 24] = [
    "ber", "kel", "lan", "mor", "sta", "wei", "hof", "gra", "bor", "dal", "fen", "har", "jan",
    "kos", "lin", "mal", "nor", "pet", "ros", "sal", "tur", "vel", "win", "zan",
];
const ENDS: [&str; 20] = [
    "ger", "man", "sen", "ski", "mann", "feld", "ton", "berg", "er", "ic", "ova", "ini", "ez",
    "son", "ley", "ard", "stein", "dorf", "well", "ak",
];
const GIVEN: [&str; 40] = [
    "Anna",
    "Peter",
    "Maria",
    "John",
    "Robert",
    "Elizabeth",
    "Michael",
    "Julia",
    "Thomas",
    "Katharina",
    "David",
    "Laura",
    "Stefan",
    "Sarah",
    "William",
    "Emma",
    "Jan",
    "Sofia",
    "Daniel",
    "Nina",
    "Paul",
    "Ines",
    "Mark",
    "Olga",
    "Luca",
    "Clara",
    "Erik",
    "Eva",
    "Hugo",
    "Ida",
    "Omar",
    "Leila",
    "Ravi",
    "Priya",
    "Wei",
    "Mei",
    "Carlos",
    "Lucia",
    "Ahmed",
    "Zoe",
];
const SHORT: [(&str, &str); 7] = [
    ("Robert", "Bob"),
    ("Elizabeth", "Liz"),
    ("Michael", "Mike"),
    ("Thomas", "Tom"),
    ("Katharina", "Kathi"),
    ("William", "Bill"),
    ("Daniel", "Dan"),
];
const KINDS: [&str; 12] = [
    "Consulting",
    "Logistics",
    "Software",
    "Bau",
    "Systems",
    "Medical",
    "Foods",
    "Energy",
    "Partners",
    "Design",
    "Trading",
    "Machines",
];
const FORMS: [&str; 8] = ["GmbH", "AG", "Ltd", "LLC", "B.V.", "S.A.", "Inc.", "AB"];
const STREETS: [&str; 4] = ["Street", "Road", "Lane", "Avenue"];

fn name(lot: &mut Lot, variety: usize) -> String {
    let at = lot.skewed(variety);
    let text = format!(
        "{}{}{}",
        STARTS[at % 24],
        ["", "a", "i", "en", "o"][at / 480 % 5],
        ENDS[at / 24 % 20]
    );
    let mut chars = text.chars();
    let first = chars.next().unwrap().to_uppercase().to_string();
    first + chars.as_str()
}

fn phone(lot: &mut Lot) -> String {
    format!("+1 {} 555 {:04}", 200 + lot.next(700), lot.next(10_000))
}

/// A firm with its people: house, domain, switchboard.
#[derive(Clone)]
struct Firm {
    name: String,
    domain: String,
    street: String,
    number: String,
    place: String,
    postcode: String,
    phone: String,
}

fn firm(lot: &mut Lot, number: usize) -> Firm {
    let (own, kind) = (name(lot, 2_400), KINDS[lot.next(KINDS.len())]);
    let second = if lot.one_in(2) { format!(" {}", name(lot, 2_400)) } else { String::new() };
    let place = lot.skewed(400);
    Firm {
        domain: format!("{}{}{number}.example", own.to_lowercase(), kind.to_lowercase()),
        name: format!("{own}{second} {kind} {}", FORMS[lot.next(FORMS.len())]),
        street: format!("{} {}", name(lot, 1_500), STREETS[lot.next(STREETS.len())]),
        number: (1 + lot.next(200)).to_string(),
        place: format!("{}ville", STARTS[place % 24].to_owned() + ENDS[place / 24 % 20]),
        postcode: format!("{:05}", 10_000 + place * 37 + lot.next(6)),
        phone: phone(lot),
    }
}

fn person(lot: &mut Lot, firm: &Firm) -> Person {
    let (given, family) = (GIVEN[lot.skewed(GIVEN.len())], name(lot, 2_400));
    let email = format!("{}.{}@{}", given.to_lowercase(), family.to_lowercase(), firm.domain);
    let at_home = lot.one_in(4);
    let mut person = Person {
        given: given.to_owned(),
        family,
        emails: vec![email],
        phones: vec![if lot.one_in(3) { firm.phone.clone() } else { phone(lot) }],
        ..Person::default()
    };
    let house = if at_home { self::firm(lot, 0) } else { firm.clone() };
    person.street = house.street;
    person.number = house.number;
    person.place = house.place;
    person.postcode = house.postcode;
    if !at_home {
        person.organisation.clone_from(&firm.name);
    }
    person
}

/// Two neighbours swapped, or a letter left out.
fn mistyped(lot: &mut Lot, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if chars.len() < 4 {
        return text.to_owned();
    }
    let at = 1 + lot.next(chars.len() - 2);
    if lot.one_in(2) {
        chars.swap(at, at - 1);
    } else {
        chars.remove(at);
    }
    chars.into_iter().collect()
}

/// The same person in another list.
fn again(lot: &mut Lot, person: &Person) -> Person {
    let mut copy = person.clone();
    match lot.next(5) {
        0 => copy.given = copy.given.chars().take(1).collect(),
        1 => {
            if let Some((_, short)) = SHORT.iter().find(|(long, _)| *long == copy.given) {
                copy.given = (*short).to_owned();
            }
        }
        2 => copy.family = mistyped(lot, &copy.family),
        3 => {
            copy.name = format!("{}, {}", copy.family, copy.given);
            copy.given.clear();
            copy.family.clear();
        }
        _ => {}
    }
    if lot.one_in(3) {
        copy.emails.clear();
    }
    if lot.one_in(3) {
        copy.phones.clear();
    }
    if lot.one_in(3) {
        copy.phones = copy.phones.iter().map(|p| p.replace("+1 ", "").replace(' ', "-")).collect();
    }
    if lot.one_in(3) {
        (copy.street, copy.number) = (String::new(), String::new());
    }
    if lot.one_in(4) {
        copy.street = mistyped(lot, &copy.street);
    }
    if lot.one_in(2) {
        copy.postcode.clear();
    }
    if lot.one_in(3) {
        copy.organisation.clear();
    }
    copy
}

/// So many records of people, a fifth of them doubles; some are two of one family.
pub(crate) fn people(count: usize) -> (Vec<Person>, Truth) {
    let mut lot = Lot(7);
    let firms: Vec<Firm> = (0..count / 8).map(|at| firm(&mut lot, at)).collect();
    let (mut people, mut groups): (Vec<Person>, Vec<String>) = (Vec::new(), Vec::new());
    while people.len() < count {
        let group = groups.len().to_string();
        let firm = &firms[lot.next(firms.len())];
        let one = person(&mut lot, firm);
        if lot.one_in(4) {
            people.push(again(&mut lot, &one));
            groups.push(group.clone());
        }
        if lot.one_in(20) {
            let partner = Person {
                given: GIVEN[lot.skewed(GIVEN.len())].to_owned(),
                emails: Vec::new(),
                organisation: String::new(),
                ..one.clone()
            };
            if partner.given != one.given {
                people.push(partner);
                groups.push(format!("{group} partner"));
            }
        }
        people.push(one);
        groups.push(group);
    }
    (people, Truth::of(groups))
}

/// So many records of organisations, a fifth of them doubles.
pub(crate) fn organisations(count: usize) -> (Vec<Organisation>, Truth) {
    let mut lot = Lot(11);
    let (mut list, mut groups): (Vec<Organisation>, Vec<String>) = (Vec::new(), Vec::new());
    while list.len() < count {
        let group = groups.len().to_string();
        let firm = firm(&mut lot, groups.len());
        let one = Organisation {
            name: firm.name,
            domains: vec![firm.domain],
            phones: vec![firm.phone],
            street: firm.street,
            number: firm.number,
            place: firm.place,
            postcode: firm.postcode,
            ..Organisation::default()
        };
        if lot.one_in(4) {
            let mut copy = one.clone();
            let bare = copy.name.rsplit_once(' ').map_or("", |(bare, _)| bare).to_owned();
            copy.name = match lot.next(4) {
                0 => bare,
                1 => copy.name.to_uppercase(),
                2 => mistyped(&mut lot, &bare),
                _ => format!("The {bare}, Inc"),
            };
            if lot.one_in(2) {
                copy.domains.clear();
            }
            if lot.one_in(2) {
                copy.phones.clear();
            }
            if lot.one_in(2) {
                (copy.street, copy.number) = (String::new(), String::new());
            }
            list.push(copy);
            groups.push(group.clone());
        }
        list.push(one);
        groups.push(group);
    }
    (list, Truth::of(groups))
}
