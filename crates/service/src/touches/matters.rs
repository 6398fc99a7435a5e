//! What is at hand that a touch could bring: from the form of the firm, what was kept of it, and whom one
//! knows. What is private or old is not offered.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::touch_plan::Matter;
use inroad_language::private;
use inroad_model::{AccountKey, Entry, KeptEntry, KeptPage, Subject, Topic, Useful};
use inroad_prospect::{Form, Held, form};
use jiff::civil::Date;

use super::gather::Material;
use crate::register::Register;

/// More people than these are not offered as an introduction.
const INTRODUCTIONS_MAX: usize = 3;
/// What the user calls firms whose people could be introduced.
const CIRCLE: [&str; 2] = ["client", "partner"];
/// More things at hand of one firm are not looked at.
const MATTERS_MAX: usize = 100;

/// What is at hand for each firm.
pub(super) struct Matters {
    of_firms: BTreeMap<AccountKey, Vec<Matter>>,
}

impl Matters {
    /// What is at hand for some firms, by the keys that stand for them.
    pub(super) fn of(
        material: &Material,
        register: &Register,
        firms: &BTreeSet<&AccountKey>,
    ) -> Self {
        let today = material.as_of.date();
        let mut own: BTreeMap<AccountKey, Vec<&KeptEntry>> = BTreeMap::new();
        let mut circle: BTreeSet<AccountKey> = BTreeSet::new();
        for kept in &material.entries {
            let Subject::Account(key) = &kept.about else { continue };
            let key = register.standing_key(key);
            if let Entry::Tag { tag } = &kept.entry
                && CIRCLE.contains(&tag.as_str())
            {
                circle.insert(key.clone());
            }
            if firms.contains(&key) {
                own.entry(key).or_default().push(kept);
            }
        }
        circle.retain(|key| !register.is_left_alone(key, &material.entries));
        let mut pages: BTreeMap<AccountKey, Vec<&KeptPage>> = BTreeMap::new();
        for page in material.pages.iter().rev() {
            pages.entry(register.standing_key(&page.about)).or_default().push(page);
        }
        let of_firm = |key: &AccountKey| {
            let own = own.get(key).map_or(&[][..], Vec::as_slice);
            let held = Register::held(register.firm(key), own);
            let mut matters = of_form(&form(&held, own, today), today);
            matters.extend(pages.get(key).into_iter().flatten().map(|page| of_page(page)));
            let others = circle.iter().filter(|other| *other != key).take(INTRODUCTIONS_MAX);
            matters.extend(others.map(|other| introduction(other, register)));
            matters.retain(|matter| !private::is_private(&matter.text));
            matters.truncate(MATTERS_MAX);
            matters
        };
        Self { of_firms: firms.iter().map(|key| ((*key).clone(), of_firm(key))).collect() }
    }

    pub(super) fn of_firm(&self, key: &AccountKey) -> &[Matter] {
        self.of_firms.get(key).map_or(&[][..], Vec::as_slice)
    }
}

/// What the form of a firm holds that is of use to them, and not only to us.
fn of_form(form: &Form, today: Date) -> Vec<Matter> {
    let mut matters: Vec<Matter> = form
        .questions
        .iter()
        .map(|question| Matter {
            kind: Useful::Answer,
            text: question.text.clone(),
            source: "a question on their form".to_owned(),
            is_assumed: false,
        })
        .collect();
    for row in &form.rows {
        let kind = match row.topic {
            Topic::Trigger | Topic::Growth => Useful::Observation,
            Topic::Need | Topic::Today | Topic::Technology | Topic::Licence => Useful::Research,
            _ => continue,
        };
        let held = row.verified.iter().chain(&row.assumed);
        let fresh = held.filter(|held| !held.is_stale(today));
        matters.extend(fresh.map(|held| of_held(kind, held)));
    }
    matters
}

fn of_held(kind: Useful, held: &Held) -> Matter {
    let day = held.day.strftime("%-d %B %Y");
    let how = if held.is_verified { "verified" } else { "assumed" };
    Matter {
        kind,
        text: held.text.clone(),
        source: format!("{how}, of {day}"),
        is_assumed: !held.is_verified,
    }
}

fn of_page(page: &KeptPage) -> Matter {
    Matter {
        kind: Useful::Article,
        text: page.head.title.clone(),
        source: format!("you kept it, of {}", page.head.day.strftime("%-d %B %Y")),
        is_assumed: false,
    }
}

fn introduction(key: &AccountKey, register: &Register) -> Matter {
    let label = register.firm(key).map_or(key.as_str(), |firm| firm.label());
    Matter {
        kind: Useful::Introduction,
        text: format!("Somebody at {label}"),
        source: "of your own circle; ask them first".to_owned(),
        is_assumed: false,
    }
}
