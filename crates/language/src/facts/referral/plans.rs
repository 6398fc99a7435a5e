//! What a phrase of referral says about the writer: his own plan, somebody who points to him, a thing
//! that is to be sent.
//!
//! Must not: know to whom a phrase points.

use crate::facts::grammar::Subject;
use crate::facts::lexicon::Hit;
use crate::facts::reading::{Reading, Voice};

/// "Talk to me", "Aoife passed this to me".
pub(super) fn points_to_writer(reading: &Reading<'_>, hit: &Hit) -> bool {
    // "Marek asked me to take over".
    let me_to = hit.words.start >= 2
        && reading.text.word(hit.words.start - 1) == "to"
        && matches!(reading.text.word(hit.words.start - 2), "me" | "us");
    if me_to && reading.voice != Voice::Note {
        return true;
    }
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
pub(super) fn is_plan_of_writer(reading: &Reading<'_>, hit: &Hit, subject: Subject) -> bool {
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
    let asks = reading.text.words.get(hit.words.start).is_some_and(|word| word.begins_clause);
    let of_third = tells_of_charge(reading, hit)
        || matches!(reading.text.word(hit.words.start), "se" | "s'" | "si" | "s");
    let tells_reader = of_third || passes_on || says_it || (asks && hit.words.start > 0);
    reading.voice == Voice::Person && !tells_reader && (modal || subject == Subject::Writer)
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
pub(super) fn sends_a_thing(reading: &Reading<'_>, at: usize, hit: &Hit) -> bool {
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
pub(super) fn is_told_of_writer(reading: &Reading<'_>, hit: &Hit) -> bool {
    let word = reading.text.words.get(hit.words.start);
    word.and_then(|word| reading.text.source.get(word.source.clone()))
        .is_some_and(|written| written.len() > 3 && written.ends_with('é'))
}

/// "Stu's the one to talk to, says Hollis": who is in charge stands before the phrase.
pub(super) fn tells_of_charge(reading: &Reading<'_>, hit: &Hit) -> bool {
    matches!(
        reading.text.word(hit.words.start),
        "is" | "'s"
            | "are"
            | "has"
            | "holds"
            | "keeps"
            | "owns"
            | "controls"
            | "knows"
            | "takes"
            | "handles"
            | "runs"
            | "looks"
            | "deals"
            | "manages"
            | "covers"
            | "ist"
            | "hat"
            | "macht"
            | "est"
            | "tient"
            | "es"
            | "tiene"
            | "e"
            | "ha"
            | "heeft"
            | "the"
    )
}
