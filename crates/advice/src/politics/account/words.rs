//! An account in plain sentences, the same on every face: by part, what matters now first.

use inroad_model::Probability;

use super::Account;
use crate::politics::map::{Comfort, Person, Side};
use crate::politics::scenarios::{Otherwise, Scenario};
use crate::politics::tipping::{ByModel, Tip};
use crate::politics::way::{Approach, Route};
use crate::wording::{list, lower, upper};

/// A part with its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub title: &'static str,
    /// What there is to say; never empty.
    pub lines: Vec<String>,
}

/// So many who would tip it are told.
const TIPS_TOLD: usize = 3;
/// So many routes are told.
const ROUTES_TOLD: usize = 3;
/// So many questions are told.
const ASKED_TOLD: usize = 3;

impl Account {
    /// All parts that have something to say. `unmet` are the seats that nobody fills.
    pub fn sections(&self, unmet: &[String]) -> Vec<Section> {
        let missing = unmet.iter().chain(&self.hangs_on).map(|line| format!("{line}."));
        let sections = [
            ("Who is in the way", self.in_the_way()),
            ("Where to go", self.routes_told()),
            ("What to ask next", self.asked()),
            ("What would tip it", self.tips()),
            ("Camps", self.camps_told()),
            ("Missing, and what hangs on one person", missing.collect()),
            ("Whom you could be introduced to", self.introduced()),
        ];
        let told = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
        told.map(|(title, lines)| Section { title, lines }).collect()
    }

    fn name(&self, at: usize) -> &str {
        self.people.get(at).map_or("", |person| person.name.as_str())
    }

    fn names(&self, all: &[usize]) -> String {
        let names: Vec<&str> = all.iter().map(|at| self.name(*at)).collect();
        list(&names)
    }

    fn in_the_way(&self) -> Vec<String> {
        let seen = self.scenarios.iter().filter(|scenario| scenario.who.is_some());
        let mut lines: Vec<String> =
            seen.flat_map(|scenario| self.scenario_told(scenario)).collect();
        if lines.is_empty() {
            lines.push("Nobody is known to be against it.".to_owned());
        }
        lines
    }

    fn scenario_told(&self, scenario: &Scenario) -> Vec<String> {
        let (Some(who), Some(way)) = (scenario.who, &scenario.way) else { return Vec::new() };
        let with = match scenario.with[..] {
            [] => String::new(),
            _ => format!(", with {}", self.names(&scenario.with)),
        };
        let agenda = self.people.get(who).and_then(|person| person.agenda.as_deref());
        let gain = agenda.map_or(String::new(), |agenda| {
            format!(" What they want for themselves: {}.", agenda.trim_end_matches('.'))
        });
        let around = match &way.closed_because {
            Some(because) => format!("There is no way around: {}.", lower(because)),
            None => "There may be a way around.".to_owned(),
        };
        let listens = match way.listens_to[..] {
            [] => String::new(),
            _ => format!(" Listens to {}.", self.names(&way.listens_to)),
        };
        let mut lines = vec![
            format!(
                "{}{with} ({}): {}. {around}{listens}{gain}",
                self.name(who),
                scenario.kind.in_words(),
                stance(&self.people[who]),
            ),
            format!("{}. {}.", way.approach.in_words(), way.why),
        ];
        lines.extend(changes(&scenario.otherwise, self.ongoing));
        lines
    }

    fn routes_told(&self) -> Vec<String> {
        let routes = self.way.routes.iter().take(ROUTES_TOLD);
        let mut lines: Vec<String> = routes.map(|route| self.route_told(route)).collect();
        if let (Some(at), false) = (self.way.in_the_way, lines.is_empty()) {
            let name = self.name(at);
            let says = match self.way.approach {
                _ if !self.way.is_open => format!("To those who could talk to {name}:"),
                Approach::GoAround => return lines,
                _ => format!("If you went around {name} all the same:"),
            };
            if let Some(first) = lines.first_mut() {
                *first = format!("{says} {first}");
            }
        }
        lines
    }

    /// "Nadia, then Eva: about 3 chances in ten; the weakest step is Eva; Boris would feel passed over."
    fn route_told(&self, route: &Route) -> String {
        let names: Vec<&str> = route.steps.iter().map(|step| self.name(step.who)).collect();
        let weakest = route.steps.get(route.weakest).filter(|_| route.steps.len() > 1);
        let weakest = weakest
            .map_or(String::new(), |step| format!("; the weakest step is {}", self.name(step.who)));
        let toes = match route.toes[..] {
            [] => "; nobody is passed over".to_owned(),
            _ => format!("; {} would feel passed over", self.names(&route.toes)),
        };
        format!("{}: {}{weakest}{toes}.", names.join(", then "), chance(route.chance))
    }

    fn asked(&self) -> Vec<String> {
        let asked = self.ask_next.iter().take(ASKED_TOLD);
        asked
            .map(|one| format!("Ask {}, {}: \"{}\"", self.name(one.ask), one.because, one.text))
            .collect()
    }

    fn tips(&self) -> Vec<String> {
        if self.people.iter().filter(|person| person.side != Side::Ours).count() < 2 {
            return Vec::new();
        }
        let mut lines = vec![format!(
            "As things are, {} of {} simulated decisions end in a yes, by three ways of deciding.",
            spread(self.tipping.yes, ""),
            self.tipping.draws
        )];
        lines.extend(self.tipping.tips.iter().take(TIPS_TOLD).map(|tip| self.tip_told(tip)));
        lines
    }

    fn tip_told(&self, tip: &Tip) -> String {
        format!("If {} were won over: {} more.", self.name(tip.who), spread(tip.gain, " points"))
    }

    fn camps_told(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .camps
            .camps
            .iter()
            .map(|(name, people)| format!("{}: {}.", upper(name), self.names(people)))
            .collect();
        if !lines.is_empty() && !self.camps.is_told {
            lines.push(match self.camps.as_good {
                0 | 1 => "As friends and foes suggest; nobody told of camps.".to_owned(),
                n => format!(
                    "Only a guess: it is one of {n} divisions that suit the ties equally well."
                ),
            });
        }
        lines
    }

    fn introduced(&self) -> Vec<String> {
        let all = self.introductions.iter();
        all.map(|one| format!("{} knows {}.", self.name(one.by), self.name(one.to))).collect()
    }
}

/// What somebody thinks of it, with how surely.
pub fn stance(person: &Person) -> String {
    let stands = match person.stance.value {
        _ if person.stance.known < 0.2 => return "how they see it is not known".to_owned(),
        s if s <= -0.6 => "against it",
        s if s <= -0.25 => "leans against it",
        s if s < 0.25 => "undecided",
        s if s < 0.6 => "leans to it",
        _ => "for it",
    };
    let surely = if person.stance.known >= 0.75 { "" } else { ", as it reads" };
    format!("{stands}{surely}")
}

/// How much weight somebody has.
pub fn weight(person: &Person) -> &'static str {
    match person.weight.value {
        w if w >= 0.8 => "most",
        w if w >= 0.55 => "much",
        w if w >= 0.3 => "some",
        w if w >= 0.12 => "little",
        _ => "hardly any",
    }
}

/// Chances are rough; told in tenths.
fn chance(p: Probability) -> String {
    match (p.get() * 10.0).round() {
        tenths if tenths < 1.0 => "less than one chance in ten".to_owned(),
        tenths if tenths < 2.0 => "about one chance in ten".to_owned(),
        tenths => format!("about {:.0} chances in ten", tenths.min(9.0)),
    }
}

/// "between 30 and 60 %": the models' least and greatest.
fn spread(shares: ByModel, unit: &str) -> String {
    let (least, most) = shares.range();
    let (least, most) = ((least * 100.0).round(), (most * 100.0).round());
    let unit = if unit.is_empty() { " %" } else { unit };
    if (most - least).abs() < 1.0 {
        format!("{least:.0}{unit}")
    } else {
        format!("between {least:.0} and {most:.0}{unit}")
    }
}

/// What would be done otherwise, in as few words as it takes.
fn changes(all: &[Otherwise], ongoing: bool) -> Vec<String> {
    let mut told: Vec<(Approach, bool, Vec<Comfort>)> = Vec::new();
    for other in all {
        let case = (other.approach, other.ongoing);
        match told.iter_mut().find(|(approach, on, _)| (*approach, *on) == case) {
            Some((.., comforts)) => comforts.push(other.comfort),
            None => told.push((other.approach, other.ongoing, vec![other.comfort])),
        }
    }
    let line = |(approach, on, comforts): (Approach, bool, Vec<Comfort>)| {
        let sellers: Vec<&str> = comforts.iter().map(|comfort| seller(*comfort)).collect();
        let who = if sellers.len() == 3 { "anybody".to_owned() } else { sellers.join(" or ") };
        let account = match (on == ongoing, on) {
            (true, _) => "",
            (false, true) => " on an account that goes on",
            (false, false) => " on a first sale",
        };
        format!("For {who}{account}: {}.", lower(approach.in_words()))
    };
    told.into_iter().map(line).collect()
}

fn seller(comfort: Comfort) -> &'static str {
    match comfort {
        Comfort::Careful => "a careful seller",
        Comfort::Even => "most sellers",
        Comfort::Bold => "a bold seller",
    }
}
