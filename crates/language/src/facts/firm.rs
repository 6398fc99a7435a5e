//! What happens to the whole firm: bought, merged, reorganised.

use inroad_model::FactKind;

use super::lexicon::{Cue, Hit};
use super::reading::{Reading, Voice};
use super::text::Sentence;

/// Words by which people mean their own firm.
const OURS: [&str; 56] = [
    "estamos",
    "siamo",
    "abbiamo",
    "somos",
    "hemos",
    "sommes",
    "fomos",
    "ici",
    "hier",
    "aqui",
    "qui",
    "chez",
    "we",
    "us",
    "our",
    "ourselves",
    "here",
    "company",
    "firm",
    "department",
    "wir",
    "uns",
    "unser",
    "unsere",
    "unserer",
    "unserem",
    "nous",
    "notre",
    "nos",
    "nosotros",
    "nuestra",
    "nuestro",
    "noi",
    "nostra",
    "nostro",
    "wij",
    "ons",
    "onze",
    "vi",
    "vart",
    "var",
    "vores",
    "vare",
    "nossa",
    "meidan",
    "nasza",
    "nasz",
    "firma",
    "unternehmen",
    "abteilung",
    "societe",
    "entreprise",
    "empresa",
    "azienda",
    "bedrijf",
    "team",
];
/// Words that make a reorganisation one that is under way, though nobody says whose.
const UNDER_WAY: [&str; 38] = [
    "being",
    "until",
    "coming",
    "big",
    "another",
    "wird",
    "werden",
    "steht",
    "bis",
    "suite",
    "pendant",
    "tras",
    "dopo",
    "midden",
    "wegens",
    "under",
    "new",
    "neue",
    "going",
    "middle",
    "undergoing",
    "due",
    "because",
    "announced",
    "internal",
    "ongoing",
    "derzeit",
    "gerade",
    "aktuell",
    "wegen",
    "aufgrund",
    "interne",
    "internen",
    "cours",
    "raison",
    "interna",
    "corso",
    "vanwege",
];

/// Reads what happens to the firm.
pub(super) fn read(reading: &mut Reading<'_>) {
    for (cue, kind) in
        [(Cue::Acquired, FactKind::Acquired), (Cue::Reorganised, FactKind::Reorganised)]
    {
        let stated = reading.of(&[cue]).into_iter().find(|hit| holds(reading, hit));
        if let Some((_, sentence)) = stated.and_then(|hit| reading.sentence(&hit)) {
            let quote = reading.text.quote(sentence);
            reading.facts.push(reading.fact(kind, None, quote));
        }
    }
}

fn holds(reading: &Reading<'_>, hit: &Hit) -> bool {
    let (Some((_, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return false;
    };
    if before.is_denied || before.is_supposed || sentence.is_question {
        return false;
    }
    let says =
        |list: &[&str]| sentence.words.clone().any(|at| list.contains(&reading.text.word(at)));
    let firm = sentence.words.clone().any(|at| reading.people.names_firm(reading.text.word(at)));
    // "acquired by us" is what we do to others.
    let by_us = matches!(reading.text.word(hit.words.end), "us" | "uns" | "nous" | "nosotros")
        && matches!(reading.text.word(hit.words.end.saturating_sub(1)), "by" | "durch" | "par");
    // "part of the Nordic Group" bears a name, "part of the steering group" does not.
    let is_part = hit.words.clone().any(|at| reading.text.word(at) == "part");
    let named = hit
        .words
        .clone()
        .skip(1)
        .any(|at| reading.text.words.get(at).is_some_and(|word| word.capital));
    if is_part && !named {
        return false;
    }
    // A note is about the people of one deal and their firm.
    let theirs = reading.voice == Voice::Note && !by_seller(reading, sentence);
    match hit.cue {
        Cue::Acquired => (firm || theirs || says(&OURS)) && !by_us,
        _ => firm || theirs || says(&OURS) || says(&UNDER_WAY),
    }
}

/// "We bought", "our rival was bought" in a note.
fn by_seller(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    sentence.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "rival"
                | "rivals"
                | "competitor"
                | "competition"
                | "konkurrent"
                | "mitbewerber"
                | "wettbewerber"
                | "concurrent"
                | "competidor"
                | "concorrente"
                | "supplier"
        )
    })
}
