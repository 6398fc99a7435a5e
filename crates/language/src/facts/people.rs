//! Whom a text may name: the writer, the recipients, others; and where it names them.
//!
//! Must not: guess an address that stands nowhere.

mod names;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use inroad_model::{EmailAddress, Mailbox};

pub(super) use self::names::Gender;
use crate::signature::is_title_name;
use crate::text::{Sentence, Text, fold_phrase};

/// Words of a display name that name nobody.
const TITLES: [&str; 42] = [
    "dr", "prof", "mr", "mrs", "ms", "miss", "mme", "mlle", "herr", "herrn", "frau", "hr", "fr",
    "ing", "ir", "dipl", "mag", "dhr", "mevr", "mevrouw", "sig", "signor", "signora", "sra", "sr",
    "srta", "don", "dona", "pan", "pani", "med", "jur", "von", "van", "der", "den", "de", "la",
    "le", "ter", "mba", "phd",
];

/// Names that are everyday words: at the beginning of a sentence they need more than a capital.
const EVERYDAY_NAMES: [&str; 12] =
    ["will", "may", "mark", "rich", "bill", "grant", "hope", "joy", "sue", "frank", "art", "max"];

/// The people of a message, each once, the writer first.
#[derive(Debug)]
pub(super) struct People<'p> {
    boxes: Vec<&'p Mailbox>,
    by_word: BTreeMap<String, Vec<usize>>,
    writer: Option<usize>,
    /// The addresses that were looked for.
    asked: RefCell<Vec<EmailAddress>>,
}

/// A name in a text.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Whose it is.
    pub(super) person: usize,
}

impl<'p> People<'p> {
    /// `writer` may be missing: in a note the seller writes about the others.
    pub(super) fn new(
        writer: Option<&'p Mailbox>,
        others: impl Iterator<Item = &'p Mailbox>,
    ) -> Self {
        let mut people = Self {
            boxes: Vec::new(),
            by_word: BTreeMap::new(),
            writer: writer.map(|_| 0),
            asked: RefCell::default(),
        };
        for mailbox in writer.into_iter().chain(others) {
            if people.boxes.iter().any(|known| known.address == mailbox.address) {
                continue;
            }
            let at = people.boxes.len();
            people.boxes.push(mailbox);
            for word in name_words(mailbox) {
                people.by_word.entry(word).or_default().push(at);
            }
        }
        people
    }

    /// The address of a person.
    pub(super) fn address(&self, person: usize) -> Option<&EmailAddress> {
        self.boxes.get(person).map(|mailbox| &mailbox.address)
    }

    /// The name of a person, if one is known.
    pub(super) fn name(&self, person: usize) -> Option<&str> {
        self.boxes.get(person).and_then(|mailbox| mailbox.name.as_deref())
    }

    /// The writer.
    pub(super) fn writer(&self) -> Option<usize> {
        self.writer
    }

    /// The domain of the writer; in a note that of the first whom it may name.
    pub(super) fn domain(&self) -> Option<&str> {
        self.address(self.writer.unwrap_or(0)).map(EmailAddress::domain)
    }

    /// The only person that a note can be about.
    pub(super) fn only_one(&self) -> Option<usize> {
        (self.writer.is_none() && self.boxes.len() == 1).then_some(0)
    }

    /// Of two people the other one.
    pub(super) fn other_than(&self, person: Option<usize>) -> Option<usize> {
        match (person, self.boxes.len()) {
            (Some(0), 2) => Some(1),
            (Some(1), 2) => Some(0),
            _ => None,
        }
    }

    /// Whether a pronoun may mean a person, as the given name tells.
    pub(super) fn may_be(&self, person: usize, pronoun: Option<Gender>) -> bool {
        let given = self.first_word(person);
        match (pronoun, given.and_then(|given| names::gender(&given))) {
            (Some(pronoun), Some(named)) => pronoun == named,
            _ => true,
        }
    }

    /// The person with that address.
    pub(super) fn with_address(&self, address: &EmailAddress) -> Option<usize> {
        self.asked.borrow_mut().push(address.clone());
        self.recipient(address)
    }

    /// The addresses that were looked for so far.
    pub(super) fn addresses_asked(&self) -> Vec<EmailAddress> {
        self.asked.borrow().clone()
    }

    /// The same for somebody to whom the mail is addressed: no other reader of it knows more.
    pub(super) fn recipient(&self, address: &EmailAddress) -> Option<usize> {
        self.boxes.iter().position(|mailbox| mailbox.address == *address)
    }

    /// The names in a sentence.
    pub(super) fn mentions(&self, text: &Text<'_>, sentence: &Sentence) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = sentence.words.start;
        while at < sentence.words.end {
            let Some(mention) = self.mention(text, sentence, at) else {
                at += 1;
                continue;
            };
            at = mention.words.end;
            found.push(mention);
        }
        found
    }

    fn mention(&self, text: &Text<'_>, sentence: &Sentence, at: usize) -> Option<Mention> {
        let word = text.words.get(at)?;
        // Notes are typed in haste; mails keep the capitals of names.
        if !word.capital && self.writer.is_some() && !text.is_lower {
            return None;
        }
        let Some(candidates) = self.by_word.get(text.word(at)) else {
            return self.initials(text, at);
        };
        let next = text
            .words
            .get(at + 1)
            .filter(|next| at + 1 < sentence.words.end && next.capital && !next.begins_clause);
        let next_fits = |person: &usize| {
            next.is_some()
                && self.by_word.get(text.word(at + 1)).is_some_and(|l| l.contains(person))
        };
        if let Some(person) = candidates.iter().copied().find(next_fits) {
            return Some(Mention { words: at..at + 2, person });
        }
        if EVERYDAY_NAMES.contains(&text.word(at)) && at == sentence.words.start {
            return None;
        }
        // "Peter Schmidt" is not the Peter of this mail.
        let others_first_name = |person: &usize| {
            next.is_some()
                && self.first_word(*person).is_some_and(|first| first == text.word(at))
                && !is_name_like_end(text.word(at + 1))
        };
        let fitting: Vec<usize> =
            candidates.iter().copied().filter(|person| !others_first_name(person)).collect();
        let near =
            |person: &usize| self.address(*person).map(EmailAddress::domain) == self.domain();
        let person = match fitting.as_slice() {
            [one] => *one,
            [] => return None,
            several => {
                let mut nearer = several.iter().copied().filter(near);
                let first = nearer.next()?;
                if nearer.next().is_some() {
                    return None;
                }
                first
            }
        };
        Some(Mention { words: at..at + 1, person })
    }

    /// "GT rang": in a note two or three capitals are the initials of one person.
    fn initials(&self, text: &Text<'_>, at: usize) -> Option<Mention> {
        let word = text.words.get(at).filter(|_| self.writer.is_none())?;
        let written = text.source.get(word.source.clone())?;
        if !(2..=3).contains(&written.len()) || !written.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let fits = |person: &usize| {
            let mailbox = self.boxes.get(*person);
            let words = mailbox.map(|mailbox| name_words(mailbox)).unwrap_or_default();
            let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
            initials == text.word(at)
        };
        let mut fitting = (0..self.boxes.len()).filter(fits);
        let person = fitting.next().filter(|_| fitting.next().is_none())?;
        Some(Mention { words: at..at + 1, person })
    }

    fn first_word(&self, person: usize) -> Option<String> {
        name_words(self.boxes.get(person)?).into_iter().next()
    }

    /// Whether a word is part of the firm's name, as the writer's domain tells it.
    pub(super) fn names_firm(&self, folded: &str) -> bool {
        let label = self.domain().unwrap_or("").split('.').next().unwrap_or("");
        folded.len() >= 4 && label.split('-').any(|part| part == folded)
            || folded.len() >= 5 && label.starts_with(folded)
    }
}

/// Capitalised words that follow a name without being part of it, mostly days.
fn is_name_like_end(folded: &str) -> bool {
    crate::dates::names_month(folded)
        || ["i", "ist", "monday", "tuesday", "wednesday", "thursday", "friday", "from"]
            .contains(&folded)
}

/// The words by which people call somebody: those of the name, or of the address without one.
fn name_words(mailbox: &Mailbox) -> Vec<String> {
    let name = match &mailbox.name {
        Some(name) if !name.contains('@') => match name.split_once(',') {
            Some((last, first)) if first.split_whitespace().count() <= 2 => {
                format!("{first} {last}")
            }
            _ => name.clone(),
        },
        _ => spelled(mailbox.address.local()),
    };
    let name = name.split(['(', '|', '/']).next().unwrap_or("").to_owned();
    fold_phrase(&name)
        .split_whitespace()
        .filter(|word| {
            word.chars().count() >= 2
                && !TITLES.contains(word)
                && word.chars().any(char::is_alphabetic)
        })
        .map(ToOwned::to_owned)
        .collect()
}

/// The folded words by which a text may mean somebody, known by the name or by the address alone,
/// and the address.
pub(super) fn ways_to_mean(mailbox: &Mailbox) -> Vec<String> {
    let nameless = Mailbox { name: None, address: mailbox.address.clone() };
    let mut ways = name_words(&nameless);
    if mailbox.name.is_some() {
        ways.extend(name_words(mailbox));
    }
    ways.push(mailbox.address.as_str().to_owned());
    ways
}

/// The words of the part before the `@`; `akeane` may be A. Keane.
fn spelled(local: &str) -> String {
    const GLUED_CHARS_MIN: usize = 5;
    let mut words = local.replace(['.', '_', '-'], " ");
    if !words.contains(' ') && words.chars().count() >= GLUED_CHARS_MIN {
        let surname: String = words.chars().skip(1).collect();
        words = format!("{words} {surname}");
    }
    words
}

/// An address in a text, with its place in the source.
#[derive(Debug, Clone)]
pub(super) struct Written {
    /// Where it stands.
    pub(super) source: Range<usize>,
    /// The address; `ops@` without a domain is one at the writer's.
    pub(super) address: EmailAddress,
}

/// The people whose address stands in a text, named by it and by the name that stands before it.
pub(super) fn mailboxes_in(source: &str, domain: &str) -> Vec<Mailbox> {
    const MAILBOXES_MAX: usize = 20;
    let found = addresses(source, &(0..source.len()), Some(domain)).into_iter();
    found
        .take(MAILBOXES_MAX)
        .map(|written| {
            let before = source.get(..written.source.start).unwrap_or("");
            let name = name_before(before, written.address.local());
            Mailbox { name, address: written.address }
        })
        .collect()
}

/// "Walt Grissom, wgrissom@": the capitalised words right before an address, if they fit it, with
/// those that the address adds.
fn name_before(before: &str, local: &str) -> Option<String> {
    const NAME_BYTES_MAX: usize = 60;
    const NAME_WORDS_MAX: usize = 3;
    let start = before.len().saturating_sub(NAME_BYTES_MAX);
    let start = (start..=before.len()).find(|at| before.is_char_boundary(*at))?;
    let near = before.get(start..)?.trim_end_matches(|c: char| " <([,:\"'".contains(c));
    let mut words: Vec<&str> = near
        .rsplit(|c: char| c.is_whitespace())
        .take(NAME_WORDS_MAX)
        .take_while(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
        })
        .collect();
    words.reverse();
    let spelled = fold_phrase(&spelled(local));
    let parted = local.contains(['.', '_', '-']);
    let bracketed = before.ends_with(['(', '<']);
    let fits = |word: &str| {
        let word = fold_phrase(word);
        let initial = bracketed && spelled.chars().next() == word.chars().next();
        word.chars().count() >= 3
            && (initial || spelled.split(' ').any(|part| part.contains(word.as_str())))
            && !is_title_name(&word)
    };
    let first = words.iter().position(|word| fits(word))?;
    // In "Sheila Dunphy <sdunphy@" a given name stands before the surname that fits.
    let given = first.checked_sub(1).filter(|_| !parted);
    let given =
        given.filter(|at| words.get(*at).is_some_and(|word| !is_title_name(&fold_phrase(word))));
    let words = words.get(given.unwrap_or(first)..)?;
    let folded: Vec<String> = words.iter().map(|word| fold_phrase(word)).collect();
    let added = spelled.split(' ').filter(|part| {
        parted && part.chars().count() >= 3 && !folded.iter().any(|word| word.contains(part))
    });
    let all: Vec<&str> = words.iter().copied().chain(added).collect();
    Some(all.join(" "))
}

/// The addresses that stand in a part of a text.
pub(super) fn addresses(text: &str, part: &Range<usize>, domain: Option<&str>) -> Vec<Written> {
    let Some(source) = text.get(part.clone()) else { return Vec::new() };
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\'' | '&');
    let mut found: Vec<Written> = Vec::new();
    let mut behind = 0;
    for (at, _) in source.match_indices('@') {
        if at < behind {
            continue;
        }
        let before = source.get(behind..at).unwrap_or("");
        let local_start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| allowed(*c))
            .last()
            .map_or(at, |(start, _)| behind + start);
        let rest = source.get(at + 1..).unwrap_or("");
        let end = rest.find(|c: char| !allowed(c)).unwrap_or(rest.len());
        let host = rest.get(..end).unwrap_or("").trim_end_matches(['.', '-', '\'', '_']);
        let local = source.get(local_start..at).unwrap_or("").trim_start_matches(['.', '\'', '-']);
        let written = match (host.contains('.'), host.is_empty(), domain) {
            (true, _, _) => format!("{local}@{host}").parse(),
            (_, true, Some(domain)) if !local.is_empty() => format!("{local}@{domain}").parse(),
            _ => continue,
        };
        behind = at + 1 + host.len();
        if let Ok(address) = written {
            found.push(Written { source: part.start + local_start..part.start + behind, address });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox(text: &str) -> Mailbox {
        let (name, address) = text.split_once('<').unwrap();
        Mailbox { name: Some(name.trim().to_owned()), address: address.parse().unwrap() }
    }

    fn check(source: &str, expected: &[&str]) {
        let boxes = [
            mailbox("Ann Marsh <ann@arden.example>"),
            mailbox("\"Dr. Kost, Peter\" <p.kost@arden.example>"),
            mailbox("Peter Lang <lang@other.example>"),
        ];
        let people = People::new(boxes.first(), boxes.iter().skip(1));
        let text = Text::new(source);
        let found: Vec<&str> = text
            .sentences
            .iter()
            .flat_map(|s| people.mentions(&text, s))
            .filter_map(|m| people.address(m.person).map(EmailAddress::as_str))
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn names_are_those_of_the_mail() {
        check("Peter Lang is out, Dr. Kost too.", &["lang@other.example", "p.kost@arden.example"]);
        check("Peter is out.", &["p.kost@arden.example"]);
        check("Peter Schmidt is out.", &[]);
        check("we had to peter out", &[]);
    }

    #[test]
    fn addresses_stand_anywhere() {
        let text = "Write to <Jo.Lee@arden.example>, ops@ or (sales@arden.example).";
        let all = addresses(text, &(0..text.len()), Some("arden.example"));
        let found: Vec<&str> = all.iter().map(|w| w.address.as_str()).collect();
        assert_eq!(found, ["jo.lee@arden.example", "ops@arden.example", "sales@arden.example"]);
    }

    #[test]
    fn a_name_before_an_address_is_its_owners() {
        let named = |source: &str| -> Vec<Option<String>> {
            mailboxes_in(source, "arden.example").into_iter().map(|m| m.name).collect()
        };
        let check = |source: &str, expected: &str| {
            assert_eq!(named(source), [Some(expected.to_owned())], "{source}");
        };
        check("goes to Declan (declan.hoey@arden.example), he", "Declan hoey");
        check("it is Walt Grissom, wgrissom@arden.example.", "Walt Grissom");
        check("> To: Sheila Dunphy <sdunphy@arden.example>", "Sheila Dunphy");
        assert_eq!(named("Please write to ops@arden.example"), [None]);
    }
}
