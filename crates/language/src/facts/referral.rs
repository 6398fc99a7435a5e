//! To whom we are pointed.
//!
//! Who stands in for a few days is no referral: "in urgent cases" and the like keep one out, and
//! so does an automatic reply that only tells of an absence.

use inroad_model::{EmailAddress, FactKind};

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::people;
use super::reading::{Reading, Voice};
use super::text::Sentence;

/// Somebody to turn to.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) address: Option<EmailAddress>,
    pub(super) name: Option<String>,
}

/// A name stands at most this many words from its address.
const NAME_WORDS_BACK_MAX: usize = 8;
/// No name has more words.
const NAME_WORDS_MAX: usize = 4;

/// Reads referrals and introductions.
pub(super) fn read(reading: &mut Reading<'_>) {
    let left = reading.facts.iter().any(|fact| fact.kind == FactKind::LeftCompany);
    let away = reading.people.writer().is_some_and(|writer| is_away_for_short(reading, writer));
    let by_machine = reading.voice == Voice::Machine;
    let long = by_machine && !away && reading.noted(FactKind::OutOfOffice, reading.people.writer());
    if left || long || !(away || by_machine) {
        for hit in reading.of(&[Cue::Refer]) {
            read_phrase(reading, &hit, left);
        }
    }
    if reading.voice == Voice::Person {
        for hit in reading.of(&[Cue::Introduce]) {
            read_introduction(reading, &hit);
        }
    }
}

/// Who stands in for somebody who is away for months is the one to turn to.
fn is_away_for_short(reading: &Reading<'_>, writer: usize) -> bool {
    const DAYS_SHORT_MAX: i32 = 45;
    let address = reading.people.address(writer);
    reading.facts.iter().any(|fact| {
        fact.kind == FactKind::OutOfOffice
            && fact.email.as_ref() == address
            && match fact.until {
                Some(until) => (until - reading.day).get_days() <= DAYS_SHORT_MAX,
                None => reading.voice == Voice::Machine,
            }
    })
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit, left: bool) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    let asks_them = reading.text.word(hit.words.start) != "please";
    if before.is_denied || (sentence.is_question && asks_them) {
        return;
    }
    if !left && (reading.has(at, Cue::Urgent) || before.is_supposed) {
        return;
    }
    // "I have taken over from Peter" points to nobody else.
    let takes_over = hit.words.clone().any(|at| {
        matches!(reading.text.word(at), "taken" | "took" | "take" | "taking" | "takes" | "has")
    });
    let lets = reading.text.word(hit.words.start) == "let";
    if takes_over && !lets && before.subject == Subject::Writer {
        return;
    }
    let own_plan = is_plan_of_writer(reading, hit, before.subject);
    if own_plan || points_to_writer(reading, hit) || is_told_of_writer(reading, hit) {
        return;
    }
    let speaker = reading.people.writer();
    let Some(target) = target_of(reading, at, hit, before.subject, speaker) else { return };
    let person = target.address.as_ref().and_then(|to| reading.people.with_address(to));
    let Some(writer) = speaker.or_else(|| reading.note_speaker(person)) else { return };
    if Some(writer) == person {
        return;
    }
    if sends_a_thing(reading, at, hit) {
        return;
    }
    let known = reading
        .facts
        .iter()
        .any(|fact| fact.kind == FactKind::Referred && fact.to == target.address);
    if known || (target.address.is_none() && !(left || asks(reading, hit))) {
        return;
    }
    let quote = reading.text.quote(sentence);
    let mut fact = reading.fact(FactKind::Referred, Some(writer), quote);
    fact.to = target.address;
    fact.to_name = target.name;
    reading.facts.push(fact);
}

/// "Talk to me", "Aoife passed this to me".
fn points_to_writer(reading: &Reading<'_>, hit: &Hit) -> bool {
    reading.voice != Voice::Note
        && (hit.words.end.saturating_sub(1)..=hit.words.end).any(|at| {
            let place = matches!(
                reading.text.word(at.saturating_sub(1)),
                "bei" | "for" | "with" | "from" | "at" | "chez" | "da" | "bij" | "hos" | "para"
            );
            !place
                && matches!(
                    reading.text.word(at),
                    "me" | "us"
                        | "mich"
                        | "uns"
                        | "mir"
                        | "moi"
                        | "nous"
                        | "mij"
                        | "mi"
                        | "conmigo"
                        | "ons"
                        | "mig"
                        | "meg"
                        | "mim"
                        | "comigo"
                )
        })
        && !hit.words.clone().any(|at| FINDERS.contains(&reading.text.word(at)))
}

/// "I'll talk to Peter", "tengo que hablar con Peter": the writer will, not the reader.
fn is_plan_of_writer(reading: &Reading<'_>, hit: &Hit, subject: Subject) -> bool {
    const MODALS: [&str; 16] = [
        "tengo", "tenemos", "debo", "debemos", "quiero", "voy", "vamos", "devo", "dobbiamo",
        "voglio", "dois", "devons", "vais", "tenho", "preciso", "vou",
    ];
    let near = hit.words.start.saturating_sub(4)..hit.words.start + 1;
    let modal = near.into_iter().any(|at| MODALS.contains(&reading.text.word(at)));
    let passes_on = hit.words.clone().any(|at| TRANSFERS.contains(&reading.text.word(at)));
    let says_it = matches!(
        reading.text.word(hit.words.start),
        "i" | "we" | "ich" | "je" | "j'" | "ik" | "please" | "let"
    );
    // "Peter should talk to Maria" tells the reader nothing to do.
    let of_others = matches!(subject, Subject::Named(_) | Subject::Pronoun | Subject::Unknown)
        && matches!(
            reading.text.word(hit.words.start),
            "should" | "must" | "need" | "have" | "ought" | "better" | "can" | "could" | "would"
        )
        && matches!(reading.text.word(hit.words.end.saturating_sub(1)), "to" | "with" | "through");
    if reading.voice == Voice::Person && of_others {
        return true;
    }
    reading.voice == Voice::Person
        && !passes_on
        && !says_it
        && (modal || subject == Subject::Writer)
}

/// What the writer does who points somebody on.
const TRANSFERS: [&str; 66] = [
    "passed",
    "passing",
    "pass",
    "forwarded",
    "forwarding",
    "handed",
    "handing",
    "hand",
    "sent",
    "leave",
    "leaving",
    "left",
    "turn",
    "turned",
    "turning",
    "transferred",
    "redirect",
    "refer",
    "referring",
    "direct",
    "point",
    "pointing",
    "suggest",
    "recommend",
    "advise",
    "introduce",
    "replaces",
    "succeeds",
    "replaced",
    "succeeded",
    "replacing",
    "successor",
    "replacement",
    "weitergeleitet",
    "weitergegeben",
    "weitergereicht",
    "ubergeben",
    "abgegeben",
    "verweise",
    "leite",
    "gebe",
    "reiche",
    "transmets",
    "transmis",
    "transfere",
    "confie",
    "passe",
    "laisse",
    "paso",
    "pasado",
    "remito",
    "derivo",
    "lascio",
    "passo",
    "giro",
    "girato",
    "passato",
    "doorgestuurd",
    "doorgezet",
    "verwijs",
    "copied",
    "copying",
    "cc",
    "loop",
    "encaminho",
    "nachfolger",
];

/// "Please send the contract to Peter" sends one thing; "send this", "your offer", "all questions"
/// point on.
fn sends_a_thing(reading: &Reading<'_>, at: usize, hit: &Hit) -> bool {
    let last = hit.words.end.saturating_sub(1);
    if !matches!(reading.text.word(last), "send" | "forward" | "include" | "use") {
        return false;
    }
    let end = reading.text.sentences.get(at).map_or(hit.words.end, |s| s.words.end);
    !(hit.words.end..end.min(hit.words.end + 3)).any(|at| {
        matches!(
            reading.text.word(at),
            "it" | "this"
                | "that"
                | "them"
                | "these"
                | "your"
                | "all"
                | "any"
                | "further"
                | "future"
                | "everything"
                | "questions"
                | "enquiries"
                | "correspondence"
        ) || reading.text.word(at).contains('@')
    })
}

/// Verbs behind which "me" is who was pointed, not to whom.
const FINDERS: [&str; 24] = [
    "pointed",
    "points",
    "referred",
    "refers",
    "sent",
    "sends",
    "directed",
    "told",
    "tells",
    "wants",
    "asked",
    "steered",
    "bounced",
    "pushed",
    "shunted",
    "verweist",
    "verwies",
    "verwiesen",
    "renvoie",
    "remite",
    "rimandato",
    "indirizzato",
    "verwijst",
    "doorverwezen",
];

/// "Hablé con": "hable con" asks, with an accent it tells.
fn is_told_of_writer(reading: &Reading<'_>, hit: &Hit) -> bool {
    let word = reading.text.words.get(hit.words.start);
    word.and_then(|word| reading.text.source.get(word.source.clone()))
        .is_some_and(|written| written.len() > 3 && written.ends_with('é'))
}

/// Whom a phrase points to: an address, somebody named behind it, its subject.
fn target_of(
    reading: &Reading<'_>,
    at: usize,
    hit: &Hit,
    subject: Subject,
    speaker: Option<usize>,
) -> Option<Target> {
    let sentence = reading.text.sentences.get(at)?;
    let has_address = reading.text.quote(sentence).contains('@');
    if !has_address {
        let note = reading.note_speaker(None);
        let may_be = |mention: &&people::Mention| {
            Some(mention.person) != speaker
                && !(Some(mention.person) == note && mention.words.end <= hit.words.start)
                && !reading.is_only_recipient(mention.person)
        };
        let mentions = reading.mentions(at);
        let behind = mentions.iter().filter(may_be).find(|m| m.words.start >= hit.words.start);
        let ahead = mentions.iter().rev().filter(may_be).find(|m| m.words.end <= hit.words.start);
        let pronoun = || (subject == Subject::Pronoun).then(|| reading.meant_before(hit)).flatten();
        let person = behind.or(ahead).map(|mention| mention.person).or_else(pronoun);
        if let Some(person) = person.filter(|person| Some(*person) != speaker) {
            return Some(Target {
                address: reading.people.address(person).cloned(),
                name: reading.people.name(person).map(ToOwned::to_owned),
            });
        }
    }
    target(reading, at, speaker?)
}

/// Phrases that ask outright, so that a bare name behind them is somebody to turn to.
fn asks(reading: &Reading<'_>, hit: &Hit) -> bool {
    matches!(
        reading.text.word(hit.words.start),
        "please"
            | "kindly"
            | "you"
            | "wenden"
            | "kontaktieren"
            | "merci"
            | "veuillez"
            | "neem"
            | "dirijase"
            | "rivolgersi"
            | "contacte"
            | "contattare"
            | "talk"
            | "speak"
            | "best"
    )
}

/// The person that a sentence with a phrase of referral points to.
pub(super) fn target(reading: &Reading<'_>, at: usize, except: usize) -> Option<Target> {
    let sentence = reading.text.sentences.get(at)?;
    let hit = reading
        .hits
        .iter()
        .find(|hit| hit.cue == Cue::Refer && sentence.words.contains(&hit.words.start))?;
    let not_theirs = |address: &EmailAddress| {
        Some(address) != reading.people.address(except)
            && Some(address) != reading.people.writer().and_then(|w| reading.people.address(w))
    };
    let next = reading.text.sentences.get(at + 1).filter(|next| !next.begins_paragraph);
    let written = [Some(sentence), next].into_iter().flatten().find_map(|sentence| {
        people::addresses(reading.text, &sentence.source, reading.people.domain())
            .into_iter()
            .find(|written| not_theirs(&written.address))
    });
    if let Some(written) = written {
        let person = reading.people.with_address(&written.address);
        let name = person
            .and_then(|person| reading.people.name(person).map(ToOwned::to_owned))
            .or_else(|| name_near(reading, sentence, written.source.start));
        return Some(Target { address: Some(written.address), name });
    }
    let mention = reading
        .mentions(at)
        .iter()
        .rev()
        .find(|m| m.person != except && Some(m.person) != reading.people.writer())
        .filter(|mention| !reading.is_only_recipient(mention.person));
    if let Some(mention) = mention {
        return Some(Target {
            address: reading.people.address(mention.person).cloned(),
            name: reading.people.name(mention.person).map(ToOwned::to_owned),
        });
    }
    let name = name_behind(reading, sentence, hit)?;
    Some(Target { address: None, name: Some(name) })
}

/// The run of capitalised words that stands nearest before an address.
fn name_near(reading: &Reading<'_>, sentence: &Sentence, source: usize) -> Option<String> {
    let address_at = reading.text.words.partition_point(|word| word.source.end <= source);
    let first = sentence.words.start.max(address_at.saturating_sub(NAME_WORDS_BACK_MAX));
    let last = sentence.words.end.min(address_at);
    let end = (first..last).rev().find(|at| is_name_word(reading, *at))? + 1;
    let start = (first..end)
        .rev()
        .take_while(|at| {
            is_name_word(reading, *at)
                && (*at + 1 == end
                    || reading.text.words.get(at + 1).is_some_and(|next| !next.begins_clause))
        })
        .take(NAME_WORDS_MAX)
        .last()?;
    words_as_written(reading, start, end)
}

/// Two or more capitalised words right behind the phrase, past "Herrn" and "my colleague".
fn name_behind(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> Option<String> {
    let limit = sentence.words.end.min(hit.words.end + 5);
    let start = (hit.words.end..limit).find(|at| is_name_word(reading, *at))?;
    let end = (start..sentence.words.end.min(start + NAME_WORDS_MAX))
        .take_while(|at| {
            is_name_word(reading, *at)
                && (*at == start
                    || reading.text.words.get(*at).is_some_and(|word| !word.begins_clause))
        })
        .last()?
        + 1;
    if end - start < 2 { None } else { words_as_written(reading, start, end) }
}

fn is_name_word(reading: &Reading<'_>, at: usize) -> bool {
    const NO_NAMES: [&str; 26] = [
        "i", "mr", "mrs", "ms", "dr", "herr", "herrn", "frau", "monsieur", "madame", "mme",
        "senor", "the", "sie", "ihre", "ihr", "kollege", "kollegin", "kollegen", "please", "head",
        "director", "manager", "tel", "email", "mail",
    ];
    let word = reading.text.word(at);
    reading.text.words.get(at).is_some_and(|w| w.capital)
        && !NO_NAMES.contains(&word)
        && !word.contains('@')
}

fn words_as_written(reading: &Reading<'_>, start: usize, end: usize) -> Option<String> {
    let first = reading.text.words.get(start)?.source.start;
    let last = reading.text.words.get(end.checked_sub(1)?)?.source.end;
    let written = reading.text.source.get(first..last)?;
    Some(written.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// "Gary, meet Denise", "I'd like to introduce you to Mike Dunn": each who is named and gets the
/// mail. Which of them is the seller is not known here.
fn read_introduction(reading: &mut Reading<'_>, hit: &Hit) {
    let Some((at, sentence)) = reading.sentence(hit) else { return };
    let Some(before) = reading.before(hit) else { return };
    if before.is_denied || sentence.is_question || reading.recipients < 2 {
        return;
    }
    // "Happy to meet Gary" introduces nobody; "Gary, meet Denise" does.
    let meets = hit.words.len() == 1;
    let opens = hit.words.start <= sentence.words.start + 3
        && reading.text.words.get(hit.words.start).is_some_and(|word| word.begins_clause);
    if meets && !opens {
        return;
    }
    let writer = reading.people.writer();
    let named: Vec<usize> = reading.mentions(at).iter().map(|mention| mention.person).collect();
    let quote = reading.text.quote(sentence);
    for person in named {
        let to = reading.people.address(person).cloned();
        let known = |fact: &inroad_model::Fact| fact.kind == FactKind::Referred && fact.to == to;
        if Some(person) == writer || reading.facts.iter().any(known) {
            continue;
        }
        let mut fact = reading.fact(FactKind::Referred, writer, quote);
        fact.to_name = reading.people.name(person).map(ToOwned::to_owned);
        fact.to = to;
        reading.facts.push(fact);
    }
}
