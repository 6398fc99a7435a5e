//! A made-up firm of any size: heads of everything, their teams, who listens to whom.

use inroad_advice::politics::Part;
use inroad_advice::politics::map::{Bond, Guess, Learnt, Map, Person, Side};
use inroad_model::TieKind;

/// What people are heads of.
const FIELDS: [&str; 16] = [
    "Finance",
    "Operations",
    "Purchasing",
    "Information Technology",
    "Human Resources",
    "Legal and Compliance",
    "Sales",
    "Production",
    "Quality",
    "Logistics and Warehouses",
    "Research and Development",
    "Marketing",
    "Facilities",
    "Customer Service",
    "Data Protection",
    "Strategy",
];
const TEAMS: [&str; 8] =
    ["Planning", "North", "South", "Systems", "Projects", "Contracts", "Reporting", "Support"];
const CAMPS: [&str; 3] = ["the modernisers", "the old guard", "the factory"];
const PARTS: [Part; 6] = [
    Part::DecisionMaker,
    Part::Purchaser,
    Part::EndUser,
    Part::ProblemOwner,
    Part::Influencer,
    Part::Assistant,
];
const WORDS: [&str; 3] =
    ["I would ask her first", "they have not spoken since the merger", "he always hears him out"];

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count.max(1) as u64).unwrap()
    }

    fn share(&mut self) -> f64 {
        self.below(1001) as f64 / 1000.0
    }
}

/// A firm of so many people.
pub(crate) fn of(count: usize) -> Map {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ count as u64);
    let ours = if count < 10 { 1 } else { 2 };
    let outside = count / 12;
    let theirs = count - ours - outside;
    let heads = (count / 5).clamp(2, 9);
    let mut people: Vec<Person> = (0..count).map(|at| person(at, heads, &mut dice)).collect();
    for person in &mut people[theirs..theirs + outside] {
        person.side = Side::Outside;
        person.camp = None;
    }
    for person in &mut people[theirs + outside..] {
        person.side = Side::Ours;
        person.camp = None;
    }
    if let Some(contact) = people.get_mut(2) {
        contact.is_contact = true;
    }
    let mut bonds = Vec::new();
    for at in 1..theirs {
        let boss = if at <= heads { 0 } else { (at - 1) % heads + 1 };
        let boss = if at > heads * 4 { heads + 1 + (at * 7) % (heads * 3) } else { boss };
        if dice.share() > 0.06 {
            bonds.push(bond(at, boss, TieKind::ReportsTo, &mut dice));
        }
    }
    let kinds = [
        TieKind::GoesToForAdvice,
        TieKind::Trusts,
        TieKind::GoesToForAdvice,
        TieKind::AtOdds,
        TieKind::Knows,
        TieKind::Copies,
        TieKind::AnswersFor,
    ];
    for at in 0..count / 4 + 3 {
        let (from, to) = (dice.below(count), dice.below((heads * 2).min(theirs)));
        if from != to {
            bonds.push(bond(from, to, kinds[at % kinds.len()], &mut dice));
        }
    }
    let mut map = Map::new(people, bonds).unwrap();
    map.in_the_way = Some(1);
    map
}

fn person(at: usize, heads: usize, dice: &mut Dice) -> Person {
    let field = FIELDS[at % FIELDS.len()];
    let name = match at {
        0 => "Managing Director".to_owned(),
        at if at <= heads => format!("Head of {field}"),
        at => format!("{field}, {} {at}", TEAMS[(at * 5) % TEAMS.len()]),
    };
    let height = if at <= heads { 0.5 } else { 0.1 };
    Person {
        title: (dice.below(3) == 0).then(|| format!("Vice president for {field}")),
        part: (dice.below(3) == 0).then(|| PARTS[dice.below(PARTS.len())]),
        weight: Guess { value: (height + dice.share() * 0.5).min(1.0), known: dice.share() },
        stance: Guess { value: dice.share() * 2.0 - 1.0, known: dice.share() },
        camp: (dice.below(4) == 0).then(|| CAMPS[at % CAMPS.len()].to_owned()),
        is_met: dice.below(2) == 0,
        ..Person::unknown(format!("p{at}"), name)
    }
}

fn bond(from: usize, to: usize, kind: TieKind, dice: &mut Dice) -> Bond {
    Bond {
        from,
        to,
        kind,
        strength: 0.3 + dice.share() * 0.7,
        known: 0.2 + dice.share() * 0.8,
        learnt: if dice.below(2) == 0 { Learnt::Told } else { Learnt::Mail },
        date: None,
        quote: (dice.below(3) == 0).then(|| WORDS[dice.below(WORDS.len())].to_owned()),
    }
}
