//! What a story says must fit together: days can be read, answers come after what they answer, and
//! the truth speaks of people who occur.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::Moment;

use crate::letter::{address, moment};
use crate::story::{Letter, Story, TrueDeal};

/// Everything that is wrong with a story, in words; nothing if it is sound.
pub fn check(story: &Story) -> Vec<String> {
    let mut wrong = Vec::new();
    let as_of = moment(&story.as_of);
    if as_of.is_none() {
        wrong.push(format!("as_of {} is no moment with an offset", story.as_of));
    }
    mail(story, as_of, &mut wrong);
    let known: BTreeSet<&str> = story.deals.iter().map(|deal| deal.id.as_str()).collect();
    if known.len() < story.deals.len() {
        wrong.push("two deals have one id".to_owned());
    }
    let told: Vec<&str> = story.truth.deals.iter().map(|deal| deal.id.as_str()).collect();
    if known.len() != told.len() || !told.iter().all(|id| known.contains(id)) {
        wrong.push("the truth does not speak of each deal once".to_owned());
    }
    let addresses = addresses(story);
    let mut text = String::new();
    for part in story.mail.iter().map(|letter| &letter.body) {
        text.push_str(&part.to_lowercase());
    }
    for note in story.deals.iter().flat_map(|deal| &deal.notes) {
        text.push_str(&note.text.to_lowercase());
    }
    let occurs = |who: &str| {
        let who = who.to_lowercase();
        addresses.contains(&who) || text.contains(&who)
    };
    for deal in &story.truth.deals {
        truth(deal, &occurs, &mut wrong);
    }
    wrong
}

fn mail(story: &Story, as_of: Option<Moment>, wrong: &mut Vec<String>) {
    let mut seen: BTreeMap<&str, &Letter> = BTreeMap::new();
    for letter in &story.mail {
        if seen.insert(&letter.id, letter).is_some() {
            wrong.push(format!("two mails are called {}", letter.id));
        }
    }
    let sent = |letter: &Letter| moment(&letter.date);
    for letter in &story.mail {
        let id = &letter.id;
        if sent(letter).is_none() {
            wrong.push(format!("{id}: {} is no moment with an offset", letter.date));
        }
        if letter.to.is_empty() {
            wrong.push(format!("{id} goes to nobody"));
        }
        for who in std::iter::once(&letter.from).chain(&letter.to).chain(&letter.cc) {
            if !address(who).contains('@') {
                wrong.push(format!("{id}: {who} has no address"));
            }
        }
        let Some(answered) = &letter.reply_to_id else { continue };
        match seen.get(answered.as_str()) {
            None => wrong.push(format!("{id} answers {answered}, which is not there")),
            Some(first) if sent(first) >= sent(letter) => {
                wrong.push(format!("{id} answers {answered}, which is later"));
            }
            Some(_) => {}
        }
    }
    if !story.mail.iter().any(|letter| sent(letter) <= as_of) {
        wrong.push("no mail was there at that moment".to_owned());
    }
}

fn addresses(story: &Story) -> BTreeSet<String> {
    let letters = story.mail.iter();
    let written = letters
        .flat_map(|letter| std::iter::once(&letter.from).chain(&letter.to).chain(&letter.cc))
        .map(|who| address(who).to_lowercase());
    let people = story.deals.iter().flat_map(|deal| &deal.people);
    written.chain(people.map(|person| person.email.to_lowercase())).collect()
}

fn truth(deal: &TrueDeal, occurs: &dyn Fn(&str) -> bool, wrong: &mut Vec<String>) {
    let id = &deal.id;
    if deal.why.trim().is_empty() {
        wrong.push(format!("{id}: the truth does not say why"));
    }
    let facts = deal.facts.iter().flat_map(|fact| [fact.email.as_ref(), fact.to.as_ref()]);
    let named = [deal.resistor.as_ref(), deal.decision_maker.as_ref()];
    let named = named.into_iter().chain(deal.levers.iter().map(Some)).chain(facts);
    for who in named.flatten() {
        if !occurs(who) {
            wrong.push(format!("{id}: {who} occurs nowhere"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::tests::SMALL;

    fn check_of(change: &str, into: &str, expected: &str) {
        let text = SMALL.replace(change, into);
        let wrong = check(&serde_json::from_str(&text).unwrap());
        assert!(wrong.iter().any(|line| line.contains(expected)), "{wrong:?}");
    }

    #[test]
    fn contradictions_are_told() {
        assert_eq!(check(&serde_json::from_str(SMALL).unwrap()), Vec::<String>::new());
        check_of("\"reply_to_id\": \"m1\"", "\"reply_to_id\": \"m7\"", "m7, which is not there");
        check_of("2025-05-03T", "2025-05-01T", "m1, which is later");
        check_of("+02:00", "", "no moment");
        check_of("\"resistor\": null", "\"resistor\": \"x@y.example\"", "x@y.example occurs");
        check_of("\"why\": \"m2\"", "\"why\": \"\"", "does not say why");
    }
}
