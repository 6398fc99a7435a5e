//! Titles that stand beside a name in a note: "our CFO, Ingrid Moss", "Tom Reyes (COO)", "Joseba es director financiero".
//!
//! Must not: give anybody the title of a firm or of a name that is not known here.

use std::ops::Range;

use inroad_model::FactKind;

use super::lexicon::{Cue, Hit};
use super::people::Mention;
use super::reading::{Reading, Voice};
use crate::signature::is_title_name;
use crate::text::Sentence;

/// A title has no more words.
const WORDS_MAX: usize = 7;
/// Words between a name and its title.
const LINKS_MAX: usize = 4;
/// Words that link a name to a title behind it.
const IS: [&str; 46] = [
    "new",
    "also",
    "neue",
    "neuer",
    "nouveau",
    "nouvelle",
    "nuevo",
    "nueva",
    "nuovo",
    "nuova",
    "nieuwe",
    "ya",
    "is",
    "'s",
    "our",
    "the",
    "their",
    "now",
    "als",
    "ist",
    "unser",
    "unsere",
    "ihr",
    "jetzt",
    "est",
    "notre",
    "desormais",
    "es",
    "nuestro",
    "nuestra",
    "ahora",
    "e",
    "nostro",
    "nostra",
    "il",
    "la",
    "le",
    "el",
    "onze",
    "nu",
    "de",
    "er",
    "ar",
    "as",
    "der",
    "die",
];
/// Words within titles that have no capital.
const WITHIN: [&str; 22] = [
    "of", "for", "and", "the", "de", "des", "du", "der", "di", "del", "della", "dell", "van",
    "och", "og", "y", "e", "et", "und", "la", "los", "da",
];
/// Words before a title and a name: "our CFO Ingrid Moss".
const OURS: [&str; 25] = [
    "our", "my", "the", "their", "her", "his", "new", "unser", "unsere", "unseren", "unserem",
    "meine", "mein", "notre", "mon", "ma", "nuestro", "nuestra", "mi", "nostro", "nostra", "onze",
    "mijn", "vores", "var",
];

/// Reads titles beside names.
pub(super) fn read(reading: &mut Reading<'_>) {
    if reading.voice == Voice::Machine {
        return;
    }
    let text = reading.text;
    let in_note = reading.voice == Voice::Note;
    for (at, sentence) in text.sentences.iter().enumerate() {
        if sentence.is_question {
            continue;
        }
        of_pronouns(reading, sentence);
        // Names are asked for last: what is never asked for leaves nothing open.
        if !in_note && !says_title(reading, sentence) {
            continue;
        }
        let mentions: Vec<Mention> = reading.mentions(at).to_vec();
        for mention in mentions {
            if Some(mention.person) == reading.people.writer() {
                continue;
            }
            // In mails people say in passing what a colleague is, and short of it; only the seller
            // notes it down. "Ana is our Head of Quality now" is told to be known.
            let found = match behind(reading, sentence, &mention.words) {
                Some((words, said)) if said || in_note => Some(words),
                _ if in_note => before(reading, sentence, &mention.words),
                _ => None,
            };
            let Some(words) = found else { continue };
            let Some(title) = written(reading, &words) else { continue };
            let quote = text.quote(sentence);
            let mut fact = reading.fact(FactKind::Title, Some(mention.person), quote);
            fact.title = Some(title);
            reading.facts.push(fact);
        }
    }
}

/// Whether a title stands behind a word that may link it to a name.
fn says_title(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    sentence.words.clone().skip(1).any(|start| {
        IS.contains(&reading.text.word(start - 1)) && title_at(reading, sentence, start).is_some()
    })
}

/// "She's Programme Director now": the title of whom a pronoun means.
fn of_pronouns(reading: &mut Reading<'_>, sentence: &Sentence) {
    for at in sentence.words.clone() {
        let pronoun = matches!(
            reading.text.word(at),
            "he" | "she" | "er" | "sie" | "elle" | "ella" | "lui" | "lei" | "hij" | "zij"
        );
        if !pronoun {
            continue;
        }
        let said = (at + 1..sentence.words.end)
            .take_while(|next| {
                matches!(
                    reading.text.word(*next),
                    "is" | "'s"
                        | "ist"
                        | "est"
                        | "es"
                        | "e"
                        | "now"
                        | "also"
                        | "jetzt"
                        | "nun"
                        | "auch"
                        | "desormais"
                        | "maintenant"
                        | "aussi"
                        | "ahora"
                        | "ya"
                        | "tambien"
                        | "ora"
                        | "adesso"
                        | "anche"
                        | "nu"
                        | "zelf"
                        | "ook"
                        | "the"
                        | "our"
                        | "their"
                        | "new"
                        | "acting"
                        | "de"
                        | "unser"
                        | "unsere"
                        | "la"
                        | "le"
                        | "notre"
                )
            })
            .last();
        let Some(start) = said.map(|last| last + 1) else { continue };
        if !is_capital(reading, start) {
            continue;
        }
        let hit = Hit { cue: Cue::NewTitle, words: at..at + 1 };
        let Some(words) = title_at(reading, sentence, start) else { continue };
        let Some(person) = reading.meant_before(&hit) else { continue };
        let Some(title) = written(reading, &words) else { continue };
        let quote = reading.text.quote(sentence);
        let mut fact = reading.fact(FactKind::Title, Some(person), quote);
        fact.title = Some(title);
        reading.facts.push(fact);
    }
}

/// "Tom Reyes, COO", "Tom Reyes (COO)", "Bart is Interim Head of HR": the title, and whether a verb
/// says so.
fn behind(
    reading: &Reading<'_>,
    sentence: &Sentence,
    name: &Range<usize>,
) -> Option<(Range<usize>, bool)> {
    let mut start = name.end;
    let mut said = false;
    while start < sentence.words.end
        && start < name.end + LINKS_MAX
        && IS.contains(&reading.text.word(start))
    {
        said |=
            !matches!(reading.text.word(start), "de" | "la" | "le" | "el" | "the" | "der" | "die");
        start += 1;
    }
    let set_off =
        start == name.end && reading.text.words.get(start).is_some_and(|word| word.begins_clause);
    if !(said || set_off) {
        return None;
    }
    let words = title_at(reading, sentence, start)?;
    // "Marek's assistant" is somebody else.
    let possessive = start == name.end + 1 && reading.text.word(name.end) == "'s";
    if possessive && !is_capital(reading, start) {
        return None;
    }
    // "Peter, CEO Hans Lang and I": the title of the next name.
    let next_is_name = reading
        .mentions(reading.text.sentence_of(start))
        .iter()
        .any(|mention| mention.words.start == words.end);
    let verb = (name.end..start).any(|at| {
        matches!(
            reading.text.word(at),
            "is" | "'s"
                | "ist"
                | "est"
                | "es"
                | "e"
                | "ar"
                | "er"
                | "now"
                | "jetzt"
                | "ahora"
                | "nu"
        )
    });
    (!next_is_name).then_some((words, verb))
}

/// "our CFO, Ingrid Moss", "our parts manager Declan Roche".
fn before(reading: &Reading<'_>, sentence: &Sentence, name: &Range<usize>) -> Option<Range<usize>> {
    let first = sentence.words.start.max(name.start.saturating_sub(WORDS_MAX));
    let our = (first..name.start).rev().find(|at| OURS.contains(&reading.text.word(*at)))?;
    let words = our + 1..name.start;
    let whole = words
        .clone()
        .skip(1)
        .all(|at| reading.text.words.get(at).is_some_and(|word| !word.begins_clause));
    let last = words.end.checked_sub(1)?;
    let titled = words.clone().any(|at| is_title_name(reading.text.word(at)));
    let ends = is_title_name(reading.text.word(last)) || is_capital(reading, last);
    (whole && titled && ends && is_clean(reading, &words)).then_some(words)
}

/// The words of a title from a place on.
fn title_at(reading: &Reading<'_>, sentence: &Sentence, start: usize) -> Option<Range<usize>> {
    let capital = is_capital(reading, start);
    if !capital && let Some(words) = small_title(reading, sentence, start) {
        return Some(words);
    }
    let mut end = start;
    for at in start..sentence.words.end.min(start + WORDS_MAX) {
        let word = reading.text.word(at);
        let breaks = at > start && reading.text.words.get(at).is_some_and(|w| w.begins_clause);
        let within = is_capital(reading, at) || WITHIN.contains(&word) || is_title_name(word);
        if breaks || (!within && (capital || !is_adjective(reading, sentence, at))) {
            break;
        }
        if !WITHIN.contains(&word) || is_capital(reading, at) {
            end = at + 1;
        }
    }
    // "Directrice des opérations": a small word that ends the clause.
    let link = end < sentence.words.end && WITHIN.contains(&reading.text.word(end));
    let ends = |at: usize| {
        at >= sentence.words.end
            || reading.text.words.get(at).is_some_and(|word| word.begins_clause)
    };
    let whole = !ends(end) && !ends(end + 1) && ends(end + 2);
    if capital && end > start && link && whole {
        end += 2;
    }
    let words = start..end;
    let titled = words.clone().any(|at| is_title_name(reading.text.word(at)));
    (titled && is_clean(reading, &words)).then_some(words)
}

/// "works manager", where the clause ends with the position.
fn small_title(reading: &Reading<'_>, sentence: &Sentence, start: usize) -> Option<Range<usize>> {
    const SMALL_WORDS_MAX: usize = 4;
    let last = sentence.words.end.min(start + SMALL_WORDS_MAX);
    let ends = |at: usize| {
        at >= sentence.words.end || reading.text.words.get(at).is_some_and(|w| w.begins_clause)
    };
    let end = (start + 1..=last).find(|at| ends(*at))?;
    let words = start..end;
    // "head of ops", "works manager"
    let leads = end > start + 1
        && is_title_name(reading.text.word(start))
        && matches!(
            reading.text.word(start + 1),
            "of" | "for" | "de" | "des" | "van" | "di" | "der"
        );
    let titled = leads || is_title_name(reading.text.word(end - 1));
    (titled && is_clean(reading, &words)).then_some(words)
}

/// "director financiero": a small word right behind the position, where the clause ends.
fn is_adjective(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let follows = at.checked_sub(1).is_some_and(|before| is_title_name(reading.text.word(before)));
    let ends = at + 1 >= sentence.words.end
        || reading.text.words.get(at + 1).is_some_and(|word| word.begins_clause);
    follows && ends
}

fn is_capital(reading: &Reading<'_>, at: usize) -> bool {
    reading.text.words.get(at).is_some_and(|word| word.capital)
}

/// No address, no number, no other word of sentences.
fn is_clean(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    words.clone().all(|at| {
        let word = reading.text.word(at);
        !word.contains('@')
            && !word.starts_with(|c: char| c.is_ascii_digit())
            && !matches!(
                word,
                "is" | "was" | "has" | "will" | "and I" | "hat" | "ist" | "a" | "est"
            )
    })
}

fn written(reading: &Reading<'_>, words: &Range<usize>) -> Option<String> {
    let first = reading.text.words.get(words.start)?.source.start;
    let last = reading.text.words.get(words.end.checked_sub(1)?)?.source.end;
    let title = reading.text.source.get(first..last)?;
    Some(title.split_whitespace().collect::<Vec<_>>().join(" "))
}
