//! Referrals that no phrase of referral tells: whose address is given, or who gets a copy, beside
//! words of who is in charge.
//!
//! Must not: point to somebody of whom the same words say that he is away, ill or gone.

use inroad_model::{EmailAddress, FactKind};

use crate::facts::grammar::Subject;
use crate::facts::lexicon::{Cue, Hit};
use crate::facts::people;
use crate::facts::reading::{Reading, Voice};
use crate::text::Sentence;

use super::Target;

/// Mailboxes of a function: nobody to turn to.
const FUNCTIONS: [&str; 60] = [
    "info",
    "office",
    "sales",
    "support",
    "contact",
    "service",
    "ap",
    "accounts",
    "accounting",
    "invoices",
    "invoice",
    "billing",
    "purchasing",
    "procurement",
    "einkauf",
    "inkoop",
    "achats",
    "compras",
    "acquisti",
    "hr",
    "helpdesk",
    "reception",
    "sekretariat",
    "verwaltung",
    "buchhaltung",
    "rechnung",
    "rechnungen",
    "kantoor",
    "admin",
    "team",
    "jobs",
    "marketing",
    "mail",
    "post",
    "kontakt",
    "hello",
    "hallo",
    "ufficio",
    "amministrazione",
    "secretariat",
    "comptabilite",
    "factures",
    "facturas",
    "administracion",
    "crediteuren",
    "debiteuren",
    "planning",
    "logistik",
    "lager",
    "orders",
    "bestellungen",
    "postmaster",
    "mailer-daemon",
    "noreply",
    "no-reply",
    "it",
    "legal",
    "finance",
    "ops",
    "facturen",
];

/// Whether the words give the address of a person, or, where nothing is only for urgent cases, name
/// somebody who gets a copy.
pub(super) fn is_addressed(
    reading: &Reading<'_>,
    at: usize,
    target: &Target,
    urgent: bool,
) -> bool {
    let Some(address) = target.address.as_ref().filter(|to| is_person(to)) else { return false };
    let near = at.saturating_sub(1)..(at + 2).min(reading.text.sentences.len());
    let written = near.filter_map(|at| reading.text.sentences.get(at)).any(|sentence| {
        people::addresses(reading.text.source, &sentence.source, reading.people.domain())
            .iter()
            .any(|written| written.address == *address)
    });
    let person = reading.people.with_address(address);
    let copied = person.is_some_and(|person| reading.copied.contains(&person));
    written || (copied && !urgent && reading.voice == Voice::Person)
}

fn is_person(address: &EmailAddress) -> bool {
    !FUNCTIONS.contains(&address.local())
}

/// Reads who is pointed to by an address or a copy alone.
pub(super) fn read(reading: &mut Reading<'_>) {
    let Some(writer) = reading.people.writer().filter(|_| reading.voice != Voice::Note) else {
        return;
    };
    let denials = reading.of(&[Cue::NotMe]);
    for at in 0..reading.text.sentences.len() {
        let Some(sentence) = reading.text.sentences.get(at).filter(|s| !s.is_question) else {
            continue;
        };
        let target = by_address(reading, sentence)
            .or_else(|| by_copy(reading, at, sentence))
            .or_else(|| by_denial(reading, at, &denials));
        let Some(person) =
            target.filter(|person| *person != writer && !is_elsewhere(reading, *person))
        else {
            continue;
        };
        let to = reading.people.address(person).cloned();
        if reading.facts.iter().any(|fact| fact.kind == FactKind::Referred && fact.to == to) {
            continue;
        }
        let quote = reading.text.quote(sentence);
        let mut fact = reading.fact(FactKind::Referred, Some(writer), quote);
        fact.to_name = reading.people.name(person).map(ToOwned::to_owned);
        fact.to = to;
        reading.facts.push(fact);
    }
}

/// Somebody of the writer's firm, named with an address, who got no copy: that is how people are
/// pointed on.
fn by_address(reading: &Reading<'_>, sentence: &Sentence) -> Option<usize> {
    let own = reading.people.domain();
    let written = people::addresses(reading.text.source, &sentence.source, own);
    let [only] = written.as_slice() else { return None };
    let person = reading.people.with_address(&only.address)?;
    let known = reading.is_recipient(&only.address);
    let named = reading.people.name(person).is_some();
    let alone = sentence.words.len() <= 2;
    let firm = Some(only.address.domain()) == own;
    let thing = sentence.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "invoice"
                | "invoices"
                | "rechnung"
                | "rechnungen"
                | "facture"
                | "factures"
                | "factura"
                | "fattura"
                | "factuur"
                | "facturen"
                | "cc"
                | "copy"
                | "kopie"
                | "copie"
                | "copia"
                | "unsubscribe"
                | "list"
                | "bounced"
                | "address"
                | "adresse"
                | "correo"
                | "indirizzo"
        )
    });
    (named && firm && !known && !alone && !thing && is_person(&only.address)).then_some(person)
}

/// "Theo (copied) holds the purse": who gets a copy and is in charge.
fn by_copy(reading: &Reading<'_>, at: usize, sentence: &Sentence) -> Option<usize> {
    const WORDS_APART_MAX: usize = 4;
    let copies = |at: usize| {
        matches!(
            reading.text.word(at),
            "cc" | "cc'd"
                | "ccing"
                | "copied"
                | "copying"
                | "copy"
                | "above"
                | "looped"
                | "looping"
                | "adding"
                | "added"
                | "kopie"
                | "verteiler"
                | "copie"
                | "copia"
                | "cc'ing"
                | "cced"
        )
    };
    // Names are asked for last: what is never asked for leaves nothing open.
    if reading.copied.is_empty() || !sentence.words.clone().any(copies) {
        return None;
    }
    let found = reading.mentions(at).iter().find(|mention| {
        let first = sentence.words.start.max(mention.words.start.saturating_sub(WORDS_APART_MAX));
        let last = sentence.words.end.min(mention.words.end + WORDS_APART_MAX);
        reading.copied.contains(&mention.person) && (first..last).any(copies)
    })?;
    // "Becky in copy. She holds the budget": the next sentence goes on to speak of her.
    let goes_on = reading.text.sentences.get(at + 1).is_some_and(|next| {
        (next.words.start..next.words.end.min(next.words.start + 2)).any(|at| {
            matches!(
                reading.text.word(at),
                "he" | "she"
                    | "er"
                    | "sie"
                    | "il"
                    | "elle"
                    | "lui"
                    | "lei"
                    | "el"
                    | "ella"
                    | "hij"
                    | "zij"
                    | "i"
                    | "please"
                    | "bitte"
            )
        })
    });
    let charged = reading.has(at, Cue::Refer) || (goes_on && reading.has(at + 1, Cue::Refer));
    charged.then_some(found.person)
}

/// "Not my area. Marek handles all training": who is named next.
fn by_denial(reading: &Reading<'_>, at: usize, denials: &[Hit]) -> Option<usize> {
    const SENTENCES_AHEAD: usize = 1;
    let sentence = reading.text.sentences.get(at)?;
    let hit = denials.iter().find(|hit| sentence.words.contains(&hit.words.start))?;
    let own = reading.before(hit).is_none_or(|before| {
        !matches!(before.subject, Subject::Named(_) | Subject::Reader) && !before.is_supposed
    });
    if !own {
        return None;
    }
    (at..=at + SENTENCES_AHEAD).find_map(|near| {
        if reading.text.sentences.get(near)?.is_question {
            return None;
        }
        reading
            .mentions(near)
            .iter()
            .filter(|mention| near > at || mention.words.start >= hit.words.end)
            .map(|mention| mention.person)
            .find(|person| {
                Some(*person) != reading.people.writer() && !reading.is_only_recipient(*person)
            })
    })
}

/// Whether the words tell of the same person an absence, an illness or a departure.
pub(super) fn is_elsewhere(reading: &Reading<'_>, person: usize) -> bool {
    [FactKind::OutOfOffice, FactKind::Ill, FactKind::LeftCompany, FactKind::Bounced]
        .into_iter()
        .any(|kind| reading.noted(kind, Some(person)))
}
