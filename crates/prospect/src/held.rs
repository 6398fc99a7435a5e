//! What is held to be so about a firm, from what exports say and what the user wrote down.

use serde::Serialize;
use std::collections::BTreeMap;

use inroad_model::{Account, Claim, ClaimSource, Entry, EntryNumber, KeptEntry, Topic};
use jiff::civil::Date;

/// Something held to be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The entry that says so; `None` where an import does.
    pub number: Option<EntryNumber>,
    /// What it is about.
    pub topic: Topic,
    /// What is so.
    pub text: String,
    /// Whether it was checked.
    pub is_verified: bool,
    /// The day of which it tells.
    pub day: Date,
    /// Where it comes from.
    pub source: ClaimSource,
    /// Whether it turned out to hold; `None` while nobody knows.
    pub came_out: Option<bool>,
    /// What was said when it did not hold.
    pub because: Option<String>,
}

impl Held {
    /// Whether it is too old on a day.
    pub fn is_stale(&self, on: Date) -> bool {
        self.topic.is_stale(self.day, on)
    }

    /// Whether it still speaks: it was not found to be wrong, and no verified word took its place.
    pub fn counts(&self) -> bool {
        self.came_out.is_none()
    }
}

/// All that is held to be so about one firm: what imports told on which day, and the entries that
/// count, oldest first.
pub fn held(told: &[(Date, &Account)], entries: &[&KeptEntry]) -> Vec<Held> {
    let mut all = imported(told);
    for kept in entries {
        if let Entry::Claim(claim) = &kept.entry {
            all.push(of_claim(kept.number, claim));
        }
    }
    for kept in entries {
        match &kept.entry {
            Entry::Claim(Claim { settles: Some(number), .. }) => {
                settle(&mut all, *number, true, None);
            }
            Entry::Fell { claim, because } => {
                let because = because.as_ref().map(|words| words.as_str().to_owned());
                settle(&mut all, *claim, false, because);
            }
            _ => {}
        }
    }
    // An import has no number; it is settled by its words.
    for kept in entries {
        let Entry::Claim(Claim { topic, text, settles_import: Some(import), .. }) = &kept.entry
        else {
            continue;
        };
        let said = |held: &&mut Held| {
            held.number.is_none() && held.topic == *topic && held.text == import.as_str()
        };
        if let Some(held) = all.iter_mut().find(said) {
            let it_held = text == import;
            held.came_out = Some(it_held);
            held.because = (!it_held).then(|| text.as_str().to_owned());
        }
    }
    all
}

fn settle(all: &mut [Held], number: EntryNumber, it_held: bool, because: Option<String>) {
    if let Some(held) = all.iter_mut().find(|held| held.number == Some(number)) {
        held.came_out = Some(it_held);
        held.because = because;
    }
}

fn of_claim(number: EntryNumber, claim: &Claim) -> Held {
    Held {
        number: Some(number),
        topic: claim.topic,
        text: claim.text.as_str().to_owned(),
        is_verified: claim.is_verified,
        day: claim.day,
        source: claim.source.clone(),
        came_out: None,
        because: None,
    }
}

/// What exports say, each thing once, with the last day on which it was said. Of an export nobody
/// knows who checked it, so all of it is assumed.
fn imported(told: &[(Date, &Account)]) -> Vec<Held> {
    let mut last: BTreeMap<(Topic, String), Date> = BTreeMap::new();
    for (day, account) in told {
        for (topic, text) in said(account) {
            let seen = last.entry((topic, text)).or_insert(*day);
            *seen = (*seen).max(*day);
        }
    }
    let held = |((topic, text), day): ((Topic, String), Date)| Held {
        number: None,
        topic,
        text,
        is_verified: false,
        day,
        source: ClaimSource::Import,
        came_out: None,
        because: None,
    };
    last.into_iter().map(held).collect()
}

fn said(account: &Account) -> Vec<(Topic, String)> {
    let filled = |cell: &Option<String>| {
        cell.as_deref().map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned)
    };
    let mut said = Vec::new();
    said.extend(filled(&account.industry).map(|text| (Topic::Industry, text)));
    said.extend(filled(&account.employees).map(|count| (Topic::Size, with_unit(count, "people"))));
    said.extend(filled(&account.revenue).map(|sum| (Topic::Size, format!("revenue {sum}"))));
    let place = [&account.city, &account.region, &account.country];
    let place: Vec<String> = place.into_iter().filter_map(filled).collect();
    said.push((Topic::Region, place.join(", ")));
    said.retain(|(_, text)| !text.is_empty());
    said
}

/// A bare number with what it counts.
fn with_unit(count: String, unit: &str) -> String {
    if count.chars().any(char::is_alphabetic) { count } else { format!("{count} {unit}") }
}
