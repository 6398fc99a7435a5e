//! To whom we are pointed.
//!
//! Who stands in for a few days is no referral: "in urgent cases" and the like keep one out, and
//! so does an automatic reply that only tells of an absence.

mod plans;
mod pointed;
mod target;

use inroad_model::FactKind;

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::reading::{Reading, Voice};

use self::plans::{is_plan_of_writer, is_told_of_writer, points_to_writer, sends_a_thing};
use self::target::target_of;
pub(super) use self::target::{Target, target};

/// Reads referrals and introductions.
pub(super) fn read(reading: &mut Reading<'_>) {
    let left = reading.facts.iter().any(|fact| fact.kind == FactKind::LeftCompany);
    let away = reading.people.writer().is_some_and(|writer| {
        is_away_for_short(reading, writer) || reading.noted(FactKind::Ill, Some(writer))
    });
    let by_machine = reading.voice == Voice::Machine;
    let long = by_machine && !away && reading.noted(FactKind::OutOfOffice, reading.people.writer());
    let for_long = left || long || !(away || by_machine);
    for hit in reading.of(&[Cue::Refer]) {
        read_phrase(reading, &hit, &Standing { left, for_long });
    }
    pointed::read(reading);
    if reading.voice == Voice::Person {
        for hit in reading.of(&[Cue::Introduce]) {
            read_introduction(reading, &hit);
        }
    }
}

/// For how long somebody is pointed to.
struct Standing {
    /// The writer left.
    left: bool,
    /// Nobody is away for a few days only, in whose place somebody stands.
    for_long: bool,
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

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit, standing: &Standing) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    let asks_them = reading.text.word(hit.words.start) != "please";
    // "Could you talk to Sofie?" asks for it.
    let polite = sentence.is_question
        && matches!(
            (reading.text.word(sentence.words.start), reading.text.word(sentence.words.start + 1)),
            ("could" | "can" | "would" | "will", "you")
                | ("konnen" | "konnten" | "wurden", "sie")
                | ("kannst" | "konntest", "du")
                | ("pouvez" | "pourriez", "vous")
                | (
                    "puede"
                        | "podria"
                        | "puedes"
                        | "podrias"
                        | "puo"
                        | "potrebbe"
                        | "puoi"
                        | "potresti",
                    _
                )
                | ("kun" | "kunt" | "zou", "je" | "u")
        );
    if before.is_denied || (sentence.is_question && asks_them && !polite) {
        return;
    }
    let left = standing.left;
    let urgent = reading.has(at, Cue::Urgent);
    if !left && before.is_supposed && !urgent && !polite {
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
    let over_to = reading.text.word(hit.words.start) == "over" && hit.words.len() == 2;
    if over_to && !reading.text.words.get(hit.words.start).is_some_and(|word| word.begins_clause) {
        return;
    }
    let own_plan = is_plan_of_writer(reading, hit, before.subject);
    if own_plan || points_to_writer(reading, hit) || is_told_of_writer(reading, hit) {
        return;
    }
    let speaker = reading.people.writer();
    let Some(target) = target_of(reading, at, hit, before.subject, speaker) else { return };
    // Who stands in for a few days is one to turn to where the words give a person's address.
    let for_short = !left && (urgent || !standing.for_long);
    if for_short && !pointed::is_addressed(reading, at, &target, urgent) {
        return;
    }
    let person = target.address.as_ref().and_then(|to| reading.people.with_address(to));
    let told_by = || teller(reading, at, hit).filter(|teller| Some(*teller) != person);
    let Some(writer) = speaker.or_else(told_by).or_else(|| reading.note_speaker(person)) else {
        return;
    };
    // In a note nobody who is gone points to a successor: somebody else told it.
    let gone = speaker.is_none() && reading.noted(FactKind::LeftCompany, Some(writer));
    let target_gone = person.is_some_and(|person| pointed::is_elsewhere(reading, person));
    if Some(writer) == person || target_gone || (gone && !spoke_with(reading, writer)) {
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

/// "Neil says try Joan": in a note who says so is who points.
fn teller(reading: &Reading<'_>, at: usize, hit: &Hit) -> Option<usize> {
    let mentions = reading.mentions(at);
    let named = mentions.iter().rev().find(|mention| mention.words.end <= hit.words.start)?;
    let says = (named.words.end..named.words.end + 2).any(|at| {
        matches!(
            reading.text.word(at),
            "says"
                | "said"
                | "told"
                | "tells"
                | "reckons"
                | "thinks"
                | "suggests"
                | "suggested"
                | "sagt"
                | "meint"
                | "verweist"
                | "rat"
                | "empfiehlt"
                | "dit"
                | "conseille"
                | "renvoie"
                | "dice"
                | "recomienda"
                | "aconseja"
                | "consiglia"
                | "suggerisce"
                | "zegt"
                | "raadt"
                | "adviseert"
                | "advised"
                | "recommends"
                | "recommended"
                | "wants"
                | "pointed"
                | "sent"
                | "passed"
        )
    });
    says.then_some(named.person)
}

/// "Call w/ Nora": a note tells what was said by the one who was spoken with.
fn spoke_with(reading: &Reading<'_>, person: usize) -> bool {
    const WORDS_BACK_MAX: usize = 3;
    let Some(first) = reading.text.sentences.first() else { return false };
    reading.mentions(0).iter().filter(|mention| mention.person == person).any(|mention| {
        (mention.words.start.saturating_sub(WORDS_BACK_MAX).max(first.words.start)
            ..mention.words.start)
            .any(|at| {
                matches!(
                    reading.text.word(at),
                    "call"
                        | "w"
                        | "with"
                        | "to"
                        | "rang"
                        | "met"
                        | "lunch"
                        | "coffee"
                        | "spoke"
                        | "talked"
                        | "tel"
                        | "mit"
                        | "telefonat"
                        | "appel"
                        | "avec"
                        | "llamada"
                        | "con"
                        | "sentito"
                        | "gesproken"
                        | "gebeld"
                )
            })
    })
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
    // Who only gets a copy is introduced to the one to whom the mail is written.
    let copied: Vec<usize> =
        named.iter().copied().filter(|person| reading.copied.contains(person)).collect();
    let named = if copied.is_empty() { named } else { copied };
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
