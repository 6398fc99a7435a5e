//! Whose words a review asks for, though they were left in the data file.
//!
//! A letter is read once more where it may speak of somebody whom the deal knows and the letter's
//! reader did not. What the first reading took down tells for nearly all letters that it cannot.

use std::collections::{BTreeMap, BTreeSet};

use inroad_language::facts::ways_to_mean;
use inroad_model::{Deal, EmailAddress, Mailbox, MessageId, Touch};

use crate::Input;
use crate::correspondence::Correspondence;
use crate::dealings::{people_of, tells_of_others};

/// The letters that [`review_some`](crate::review::review_some) may want to read once more for
/// some deals, and whose words are not there. A few more than it will read.
pub fn texts_wanted<'a>(
    input: &Input<'a>,
    correspondence: &Correspondence<'a>,
    deals: &'a [Deal],
) -> BTreeSet<&'a MessageId> {
    deals.iter().flat_map(|deal| wanted_for(input, correspondence, deal)).collect()
}

fn wanted_for<'a>(
    input: &Input<'a>,
    correspondence: &Correspondence<'a>,
    deal: &'a Deal,
) -> Vec<&'a MessageId> {
    let people = people_of(input.seller, deal, correspondence);
    let mut wanted = ours_uncounted(correspondence, &people);
    let letters: Vec<(&'a Touch, &'a [Box<str>])> = correspondence
        .concerning(&people)
        .filter(|(_, letter)| letter.from.is_some_and(|from| !correspondence.is_ours(from)))
        .filter_map(|(_, letter)| Some((letter.touch, names_left_open(letter.touch)?)))
        .collect();
    if letters.is_empty() {
        return wanted;
    }
    let meant = meant_by(deal, correspondence, &people);
    let is_wanted = |(touch, names): &(&Touch, &[Box<str>])| {
        let meant = names.iter().filter_map(|name| meant.get(&**name)).flatten();
        meant.into_iter().any(|email| !knew(touch, email))
    };
    wanted.extend(letters.into_iter().filter(is_wanted).map(|(touch, _)| &touch.message.id));
    wanted
}

/// So many of our first and of our last letters may be asked of whom they speak.
const ASKED_OF_EACH: usize = 5;

/// Our first and last letters to some people, where nobody has counted yet of whom they speak, and
/// their words are not there: those of data files from before it was counted.
fn ours_uncounted<'a>(
    correspondence: &Correspondence<'a>,
    people: &BTreeSet<EmailAddress>,
) -> Vec<&'a MessageId> {
    let is_open = |touch: &Touch| {
        touch.new_text.is_none() && touch.gist.as_ref().is_some_and(|gist| gist.voice.is_none())
    };
    let ours: Vec<&'a Touch> = correspondence
        .concerning(people)
        .filter(|(_, letter)| letter.from.is_some_and(|from| correspondence.is_ours(from)))
        .map(|(_, letter)| letter.touch)
        .filter(|touch| touch.message.nature.is_correspondence())
        .collect();
    let first = ours.iter().take(ASKED_OF_EACH);
    let last = ours.iter().skip(ASKED_OF_EACH).rev().take(ASKED_OF_EACH);
    first.chain(last).filter(|touch| is_open(touch)).map(|touch| &touch.message.id).collect()
}

/// On which names it depends what somebody else wrote, where its words are not there.
fn names_left_open(touch: &Touch) -> Option<&[Box<str>]> {
    let gist = touch.gist.as_ref().filter(|gist| !gist.names.is_empty())?;
    (touch.new_text.is_none() && tells_of_others(touch)).then_some(gist.names.as_slice())
}

/// The words by which the people of a deal may be meant, as typed in or seen anywhere.
fn meant_by(
    deal: &Deal,
    correspondence: &Correspondence<'_>,
    people: &BTreeSet<EmailAddress>,
) -> BTreeMap<String, BTreeSet<EmailAddress>> {
    let typed = deal.people.iter().map(|seat| (&seat.email, seat.name.as_deref()));
    let seen = people
        .iter()
        .flat_map(|email| correspondence.names_of(email).map(move |name| (email, Some(name))));
    let nameless = people.iter().map(|email| (email, None));
    let mut meant: BTreeMap<String, BTreeSet<EmailAddress>> = BTreeMap::new();
    for (email, name) in nameless.chain(typed).chain(seen) {
        let mailbox = Mailbox { name: name.map(ToOwned::to_owned), address: email.clone() };
        for way in ways_to_mean(&mailbox) {
            meant.entry(way).or_default().insert(email.clone());
        }
    }
    meant
}

/// Whether the first reader of a letter knew somebody: as its writer, or because it is addressed
/// to them.
fn knew(touch: &Touch, email: &EmailAddress) -> bool {
    let message = &touch.message;
    let mut there = message.from.iter().chain(&message.to).chain(&message.cc);
    there.any(|mailbox| mailbox.address == *email)
}
