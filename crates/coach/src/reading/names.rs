//! Names in a draft against the record: the greeting, who else is named, whether it is signed; the firm
//! and the title stand in files of their own.

use std::ops::Range;

use super::words::words;
use super::{Seen, firm, title};
use crate::audience::{Audience, Person};
use crate::draft::{Draft, GREETINGS};

/// Words of a greeting that are no name, beside those that greet.
const NO_NAMES: [&str; 42] = [
    "evening",
    "day",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "madam",
    "again",
    "there",
    "and",
    "or",
    "happy",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "sehr",
    "geehrte",
    "geehrter",
    "guten",
    "tag",
    "morgen",
    "abend",
    "zusammen",
    "moin",
    "servus",
    "salut",
    "hola",
    "ciao",
    "many",
    "thanks",
    "thank",
    "you",
    "congratulations",
    "best",
    "welcome",
    "back",
];
/// Greetings of several people, who are not held against one record.
const MANY: [&str; 10] = [
    "all",
    "team",
    "everyone",
    "everybody",
    "both",
    "colleagues",
    "folks",
    "friends",
    "ladies",
    "gentlemen",
];

pub(super) fn look(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    unsigned(draft, audience, seen);
    let Some(person) = &audience.person else { return };
    greeting(draft, person, seen);
    others(draft, person, seen);
    firm::look(draft, person, seen);
    title::look(draft, person, seen);
}

/// Whether the writer's name or firm stands anywhere: under it, in its head, or in the words.
fn unsigned(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    let Some(writer) = &audience.writer else { return };
    let own: Vec<String> = std::iter::once(&writer.name)
        .chain(&writer.firm)
        .flat_map(|name| words(name).map(|(_, word)| word))
        .filter(|word| word.chars().count() > 1 && !firm::COMMON.contains(&word.as_str()))
        .collect();
    if !own.is_empty() && !words(draft.source).any(|(_, word)| own.contains(&word)) {
        seen.push(Seen::whole("unsigned", ""));
    }
}

fn greeting(draft: &Draft<'_>, person: &Person, seen: &mut Vec<Seen>) {
    let (Some(range), Some(name)) = (&draft.greeting, &person.name) else { return };
    // An empty field of a template is no wrong name.
    if draft.sentence(range).contains(['{', '[', '<', '%', '*']) {
        return;
    }
    let greeted: Vec<(Range<usize>, String)> = words(draft.sentence(range))
        .filter(|(_, word)| {
            !GREETINGS.contains(&word.as_str()) && !NO_NAMES.contains(&word.as_str())
        })
        .collect();
    if greeted.is_empty() || greeted.iter().any(|(_, word)| MANY.contains(&word.as_str())) {
        return;
    }
    let known: Vec<String> = std::iter::once(name)
        .chain(&person.also)
        .chain(&person.group)
        .flat_map(|name| words(name).map(|(_, word)| word))
        .collect();
    let is_known = |word: &str| {
        let by_nickname = NICKNAMES.iter().any(|(short, long)| {
            *short == word && long.split(' ').any(|long| known.iter().any(|name| name == long))
        });
        by_nickname
            || known
                .iter()
                .any(|name| name == word || is_initial(word, name) || is_short_form(word, name))
    };
    if let (Some((first, _)), Some((last, _))) = (greeted.first(), greeted.last())
        && !greeted.iter().any(|(_, word)| is_known(word))
    {
        let at = range.start + first.start..range.start + last.end;
        let title = words(draft.sentence(range)).any(|(_, word)| is_form_of_address(&word));
        let as_recorded = if greeted.len() > 1 { Some(name.clone()) } else { part_of(name, title) };
        let seen_here = Seen::at("wrong-name", at, format!("The record says {name}"));
        seen.push(seen_here.instead(as_recorded));
    }
}

/// The part of a name that a greeting of one word has: the last behind "Dr", else the first. None of a
/// name that is written otherwise than first and last.
fn part_of(name: &str, behind_title: bool) -> Option<String> {
    let mut words = name.split_whitespace().filter(|_| !name.contains([',', '(', '@']));
    let part = if behind_title { words.next_back() } else { words.next() };
    part.map(str::to_owned)
}

fn is_form_of_address(word: &str) -> bool {
    ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "frau", "herr", "herrn"].contains(&word)
}

/// Short forms that letters do not tell, with the names they stand for.
const NICKNAMES: [(&str, &str); 34] = [
    ("bob", "robert"),
    ("rob", "robert"),
    ("bobby", "robert"),
    ("tom", "thomas tomas"),
    ("tommy", "thomas"),
    ("bill", "william"),
    ("will", "william"),
    ("billy", "william"),
    ("dick", "richard"),
    ("rick", "richard"),
    ("jim", "james"),
    ("jimmy", "james"),
    ("jack", "john"),
    ("johnny", "john"),
    ("mike", "michael"),
    ("mick", "michael"),
    ("tony", "anthony antonio"),
    ("ted", "edward theodore"),
    ("ed", "edward edwin"),
    ("peggy", "margaret"),
    ("meg", "margaret"),
    ("liz", "elizabeth"),
    ("beth", "elizabeth"),
    ("betty", "elizabeth"),
    ("kate", "katherine catherine katharina"),
    ("kathy", "katherine catherine"),
    ("sue", "susan susanne"),
    ("andy", "andrew andreas"),
    ("hank", "henry"),
    ("harry", "henry harold"),
    ("chuck", "charles"),
    ("charlie", "charles charlotte"),
    ("sasha", "alexander alexandra"),
    ("lena", "helena magdalena"),
];

/// Somebody else on their side is named.
fn others(draft: &Draft<'_>, person: &Person, seen: &mut Vec<Seen>) {
    let named = |name: &String| words(name).next().map(|(_, word)| word);
    let own: Vec<String> = person.name.iter().filter_map(named).collect();
    let group = person.group.iter().filter_map(named).filter(|name| !own.contains(name));
    let group: Vec<String> = group.collect();
    let from = draft.greeting.as_ref().map_or(0, |greeting| greeting.end);
    let mut named = words(&draft.words).filter(|(at, _)| at.start >= from);
    if let Some((at, _)) = named.find(|(_, word)| group.contains(word)) {
        seen.push(Seen::at("names-another", at, ""));
    }
}

fn is_initial(word: &str, name: &str) -> bool {
    word.chars().count() == 1 && name.starts_with(word)
}

/// "Tom" for Thomas is no short form that letters tell; "Alex" for Alexandra is.
fn is_short_form(word: &str, name: &str) -> bool {
    let (short, long) = if word.len() < name.len() { (word, name) } else { (name, word) };
    short.chars().count() >= 3 && long.starts_with(short)
}
