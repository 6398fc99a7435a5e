//! Names in a draft against the record: in the greeting, the firm's spelling, the title, and fields
//! that were left in a template.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Seen;
use crate::audience::{Audience, Person};
use crate::draft::Draft;

/// Words of a greeting that are no name.
const NO_NAMES: [&str; 54] = [
    "hi",
    "hello",
    "hey",
    "dear",
    "good",
    "morning",
    "afternoon",
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
    "greetings",
    "happy",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "hallo",
    "liebe",
    "lieber",
    "sehr",
    "geehrte",
    "geehrter",
    "bonjour",
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
/// Words in a firm's name that many firms have.
const COMMON: [&str; 28] = [
    "gmbh",
    "ag",
    "ltd",
    "limited",
    "inc",
    "llc",
    "plc",
    "co",
    "company",
    "group",
    "sa",
    "bv",
    "nv",
    "ab",
    "oy",
    "spa",
    "srl",
    "kg",
    "the",
    "and",
    "of",
    "corp",
    "corporation",
    "partners",
    "holding",
    "services",
    "solutions",
    "consulting",
];
/// A firm's name shorter than this is too easily like another word.
const FIRM_LETTERS_MIN: usize = 5;

/// "As head of purchasing, you …"
static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?-u:\b)(?:as|since you are|since you're|in your role as|you, as)\s+(?:the |a |an |your firm's )?(?P<title>(?:chief|head|vp|vice president|director|manager|ceo|cfo|cto|coo|cio|cmo|owner|founder|managing|general|sales|marketing|purchasing|operations|finance|hr|it|plant|site)(?-u:\b)[a-z &/-]{0,40}?)(?:,| at | in charge|\s+you(?-u:\b))",
    )
    .ok()
});

pub(super) fn look(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    unsigned(draft, audience, seen);
    let Some(person) = &audience.person else { return };
    greeting(draft, person, seen);
    others(draft, person, seen);
    firm(draft, person, seen);
    title(draft, person, seen);
}

/// Whether the writer's name or firm stands anywhere: under it, in its head, or in the words.
fn unsigned(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    let Some(writer) = &audience.writer else { return };
    let own: Vec<String> = std::iter::once(&writer.name)
        .chain(&writer.firm)
        .flat_map(|name| words(name).map(|(_, word)| word))
        .filter(|word| word.chars().count() > 1 && !COMMON.contains(&word.as_str()))
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
    let words: Vec<(Range<usize>, String)> = words(draft.sentence(range))
        .filter(|(_, word)| !NO_NAMES.contains(&word.as_str()))
        .collect();
    if words.is_empty() || words.iter().any(|(_, word)| MANY.contains(&word.as_str())) {
        return;
    }
    let known: Vec<String> = std::iter::once(name)
        .chain(&person.also)
        .chain(&person.group)
        .flat_map(|name| self::words(name).map(|(_, word)| word))
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
    if let (Some((first, _)), Some((last, _))) = (words.first(), words.last())
        && !words.iter().any(|(_, word)| is_known(word))
    {
        let at = range.start + first.start..range.start + last.end;
        let title = self::words(draft.sentence(range)).any(|(_, word)| is_form_of_address(&word));
        let words = if words.len() > 1 { Some(name.clone()) } else { part_of(name, title) };
        let seen_here = Seen::at("wrong-name", at, format!("The record says {name}"));
        seen.push(seen_here.instead(words));
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

/// The firm's name with a slip in it: one letter off, or two in a long one.
fn firm(draft: &Draft<'_>, person: &Person, seen: &mut Vec<Seen>) {
    let Some(firm) = &person.firm else { return };
    another_kind(draft, firm, seen);
    let main: Vec<String> = words(firm)
        .map(|(_, word)| word)
        .filter(|word| word.chars().count() >= FIRM_LETTERS_MIN && !COMMON.contains(&word.as_str()))
        .collect();
    for (range, word) in words(&draft.words) {
        let written = draft.sentence(&range);
        if !written.starts_with(char::is_uppercase) {
            continue;
        }
        let close = main.iter().find(|name| **name != word && is_slip(&word, name));
        if close.is_some() && !main.contains(&word) && !belongs_to(&word, person) {
            let as_recorded = words(firm)
                .find(|(_, word)| Some(word) == close)
                .and_then(|(at, _)| firm.get(at).map(str::to_owned));
            let found = Seen::at("wrong-firm", range, format!("The record says {firm}"));
            seen.push(found.instead(as_recorded));
        }
    }
}

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

/// The firm's own word with another word of kinship or form behind it: "Hale Brothers" for Hale & Sons.
fn another_kind(draft: &Draft<'_>, firm: &str, seen: &mut Vec<Seen>) {
    let record: Vec<String> = words(firm).map(|(_, word)| word).collect();
    let Some(first) = record.first() else { return };
    if !record.iter().any(|word| KINDS.contains(&word.as_str())) {
        return;
    }
    let found: Vec<(Range<usize>, String)> = words(draft.source).collect();
    for pair in found.windows(2) {
        let [(name, word), (kind, next)] = pair else { continue };
        let written = draft.sentence(kind);
        let is_other = KINDS.contains(&next.as_str()) && !record.contains(next);
        if word == first && is_other && written.starts_with(char::is_uppercase) {
            let at = name.start..kind.end;
            seen.push(Seen::at("wrong-firm", at, format!("The record says {firm}")));
        }
    }
}

/// Words behind a name that tell one firm from its namesake.
const KINDS: [&str; 18] = [
    "brothers",
    "bros",
    "sons",
    "daughters",
    "sisters",
    "partners",
    "associates",
    "group",
    "holdings",
    "industries",
    "systems",
    "international",
    "ltd",
    "limited",
    "llc",
    "gmbh",
    "ag",
    "inc",
];

fn title(draft: &Draft<'_>, person: &Person, seen: &mut Vec<Seen>) {
    let (Some(pattern), Some(title)) = (TITLE.as_ref(), &person.title) else { return };
    let known: Vec<String> = words(title).map(|(_, word)| word).collect();
    for found in pattern.captures_iter(&draft.words) {
        let Some(written) = found.name("title") else { continue };
        let shares = words(written.as_str())
            .any(|(_, word)| word.len() > 2 && known.contains(&word) && !is_rank(&word));
        let same_letters = initials(title) == written.as_str().trim().to_lowercase();
        if !shares && !same_letters && !known.is_empty() {
            let found =
                Seen::at("wrong-title", written.range(), format!("The record says {title}"));
            seen.push(found.instead(Some(title.clone())));
        }
    }
}

/// Words of rank that many titles share.
fn is_rank(word: &str) -> bool {
    ["head", "chief", "director", "manager", "officer", "vice", "president", "senior", "the"]
        .contains(&word)
}

fn initials(title: &str) -> String {
    words(title)
        .filter(|(_, word)| word != "of")
        .filter_map(|(_, word)| word.chars().next())
        .collect()
}

fn belongs_to(word: &str, person: &Person) -> bool {
    person
        .name
        .iter()
        .chain(&person.also)
        .chain(&person.group)
        .any(|name| words(name).any(|(_, part)| part == word))
}

/// The words of a text, folded, with their bytes.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric()).filter_map(move |word| {
        let start = text.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
        at = start + word.len();
        (!word.is_empty()).then(|| (start..start + word.len(), folded(word)))
    })
}

/// Lower case, without the marks of letters that people leave out.
fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'à' | 'á' | 'â' | 'ã' | 'å' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' => out.push('i'),
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => out.push('o'),
            'ü' | 'ú' | 'ù' | 'û' => out.push('u'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ñ' | 'ń' => out.push('n'),
            'ł' => out.push('l'),
            'š' | 'ś' => out.push('s'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            'ß' => out.push_str("ss"),
            c => out.push(c),
        }
    }
    out
}

fn is_initial(word: &str, name: &str) -> bool {
    word.chars().count() == 1 && name.starts_with(word)
}

/// "Tom" for Thomas is no short form that letters tell; "Alex" for Alexandra is.
fn is_short_form(word: &str, name: &str) -> bool {
    let (short, long) = if word.len() < name.len() { (word, name) } else { (name, word) };
    short.chars().count() >= 3 && long.starts_with(short)
}

/// Whether two words differ by a slip of typing.
fn is_slip(word: &str, name: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), name.chars().collect());
    if a.first() != b.first() || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    distance(&a, &b) <= if b.len() >= 9 { 2 } else { 1 }
}

/// Letters to change, add, leave out or swap with their neighbour (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (n, from) in a.iter().enumerate() {
        let mut row = vec![n + 1];
        for (m, to) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = (get(&last, m) + usize::from(from != to))
                .min(get(&last, m + 1) + 1)
                .min(get(&row, m) + 1);
            let swapped = n > 0 && m > 0 && a.get(n - 1) == Some(to) && b.get(m - 1) == Some(from);
            if swapped {
                best = best.min(get(&before, m - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_words() {
        for (word, name, expected) in [
            ("nordhaven", "nordhafen", true),
            ("nordhafne", "nordhafen", true),
            ("northwind", "nordhafen", false),
            ("acmee", "acmes", true),
            ("brenner", "renner", false),
        ] {
            assert_eq!(is_slip(word, name), expected, "{word} {name}");
        }
    }

    #[test]
    fn words_keep_their_places() {
        let text = "Hi Zoë-Ann, hi";
        let found: Vec<(String, String)> =
            words(text).map(|(at, word)| (text.get(at).unwrap_or("").to_owned(), word)).collect();
        let of = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(found, [of("Hi", "hi"), of("Zoë", "zoe"), of("Ann", "ann"), of("hi", "hi")]);
    }
}
