//! What happens to the whole firm: bought, merged, reorganised.

use inroad_model::FactKind;

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::reading::{Reading, Voice};
use crate::text::Sentence;

/// Words by which people mean their own firm.
const OURS: [&str; 61] = [
    "formamos",
    "facciamo",
    "faisons",
    "avons",
    "we're",
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
        // A new order that follows a take-over is part of it.
        if kind == FactKind::Reorganised && reading.noted(FactKind::Acquired, None) {
            continue;
        }
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
    let far = reading.text.sentence_of(hit.words.start);
    if before.is_denied || before.is_supposed || sentence.is_question || reading.is_long_ago(far) {
        return false;
    }
    if reading.is_of_somebody_else(hit) {
        return false;
    }
    let says =
        |list: &[&str]| sentence.words.clone().any(|at| list.contains(&reading.text.word(at)));
    let firm = sentence.words.clone().any(|at| reading.people.names_firm(reading.text.word(at)));
    // "The acquisition of" whom must be theirs.
    let of_whom = matches!(reading.text.word(hit.words.end.saturating_sub(1)), "of")
        && (hit.words.end..hit.words.end + 2).all(|at| {
            let word = reading.text.word(at);
            !reading.people.names_firm(word) && !matches!(word, "us" | "our" | "the")
        });
    if of_whom && hit.words.len() == 2 {
        return false;
    }
    // "We have just acquired a firm" is what they do to others.
    // "Sofie has taken over his work": people are not bought.
    let takes_over = hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "overgenomen" | "ubernommen" | "repris" | "reprise" | "taken"
        )
    });
    if takes_over
        && reading.voice == Voice::Person
        && matches!(before.subject, Subject::Named(_))
        && !to_us(reading, sentence, hit)
    {
        return false;
    }
    let active = matches!(
        reading.text.word(hit.words.start),
        "has" | "have" | "had" | "'ve" | "haben" | "avons" | "hemos" | "abbiamo" | "hebben"
    ) && before.subject == Subject::Writer
        && !hit.words.clone().any(|at| {
            matches!(
                reading.text.word(at),
                "been" | "us" | "uns" | "rejoint" | "joined" | "sido" | "stati"
            )
        });
    if active && hit.cue == Cue::Acquired {
        return false;
    }
    // "acquired by us" is what we do to others.
    let by_us = matches!(reading.text.word(hit.words.end), "us" | "uns" | "nous" | "nosotros")
        && matches!(reading.text.word(hit.words.end.saturating_sub(1)), "by" | "durch" | "par");
    // "part of the Nordic Group" bears a name, "part of the steering group" does not.
    let is_part = hit.words.clone().any(|at| reading.text.word(at) == "part");
    let named = (hit.words.start..hit.words.end + 3)
        .skip(1)
        .any(|at| reading.text.words.get(at).is_some_and(|word| word.capital));
    if is_part && !named {
        return false;
    }
    if hit.cue == Cue::Acquired
        && (is_of_other_firm(reading, sentence, hit) || is_of_related_firm(reading, sentence, hit))
    {
        return false;
    }
    // A note is about the people of one deal and their firm.
    let theirs = reading.voice == Voice::Note && !names_related(reading, sentence);
    match hit.cue {
        Cue::Acquired => (firm || theirs || says(&OURS) || is_known_event(reading, hit)) && !by_us,
        _ => firm || theirs || says(&OURS) || says(&UNDER_WAY),
    }
}

/// "Has bought us": what happens to the writer's firm.
fn to_us(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    (hit.words.start..(hit.words.end + 2).min(sentence.words.end)).any(|at| {
        matches!(
            reading.text.word(at),
            "us" | "our" | "uns" | "nous" | "nos" | "ci" | "ons" | "ours" | "them"
        )
    })
}

/// "Seit April gehören wir zu": the subject stands inside the phrase.
fn says_we(reading: &Reading<'_>, hit: &Hit) -> bool {
    hit.words
        .clone()
        .any(|at| matches!(reading.text.word(at), "wir" | "nous" | "nosotros" | "noi" | "wij"))
}

/// German writes "Firma" with a capital; it is nobody's name.
fn is_any_firm(word: &str) -> bool {
    matches!(
        word,
        "firma"
            | "unternehmen"
            | "gesellschaft"
            | "betrieb"
            | "haus"
            | "werk"
            | "sparte"
            | "bereich"
            | "company"
            | "division"
    )
}

/// "Our neighbours have been taken over": a firm that stands in some relation to theirs.
fn is_of_related_firm(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    const WORDS_BACK_MAX: usize = 7;
    let first = sentence.words.start.max(hit.words.start.saturating_sub(WORDS_BACK_MAX));
    (first..hit.words.start).any(|at| is_related(reading.text.word(at)))
        && !to_us(reading, sentence, hit)
        && !says_we(reading, hit)
}

/// "Since the merger with Halden": whoever dates things by it speaks of his own firm.
fn is_known_event(reading: &Reading<'_>, hit: &Hit) -> bool {
    let dates_by = matches!(
        reading.text.word(hit.words.start),
        "following"
            | "since"
            | "after"
            | "due"
            | "because"
            | "owing"
            | "until"
            | "nach"
            | "seit"
            | "wegen"
            | "infolge"
            | "suite"
            | "depuis"
            | "apres"
            | "tras"
            | "desde"
            | "despues"
            | "dopo"
            | "dalla"
            | "dall'"
            | "sinds"
            | "na"
            | "door"
            | "wegens"
            | "in"
            | "a"
    );
    dates_by
        && hit.words.len() >= 3
        && !matches!(reading.text.word(hit.words.end), "of" | "de" | "di" | "von")
}

/// "I see Castlegate have swallowed Brehon": a firm that is named right before and is not theirs,
/// unless it did it to "us".
fn is_of_other_firm(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    const WORDS_BACK_MAX: usize = 6;
    if to_us(reading, sentence, hit) || says_we(reading, hit) {
        return false;
    }
    let first = sentence.words.start.max(hit.words.start.saturating_sub(WORDS_BACK_MAX));
    for at in (first..hit.words.start).rev() {
        let word = reading.text.word(at);
        let ours = matches!(
            word,
            "we" | "our"
                | "wir"
                | "unser"
                | "unsere"
                | "nous"
                | "notre"
                | "nosotros"
                | "nuestra"
                | "noi"
                | "nostra"
                | "wij"
                | "we're"
                | "ons"
                | "onze"
                | "i"
                | "they"
                | "ours"
                | "by"
        );
        if ours || reading.people.names_firm(word) {
            return false;
        }
        let other = matches!(
            word,
            "lot"
                | "who"
                | "crowd"
                | "outfit"
                | "mob"
                | "place"
                | "chain"
                | "neighbours"
                | "die"
                | "brother's"
                | "pals"
                | "they've"
        );
        if other {
            return reading.voice != Voice::Note || word != "they've";
        }
        let named = reading.text.words.get(at).is_some_and(|w| w.capital)
            && !is_any_firm(word)
            && at > sentence.words.start
            && !crate::dates::names_day(word)
            && !crate::dates::names_month(word);
        if named {
            let at = reading.text.sentence_of(at);
            let person = reading.mentions(at).iter().any(|m| m.words.end <= hit.words.start);
            return !person && reading.voice != Voice::Note;
        }
    }
    false
}

/// "Our rival was bought" in a note.
fn names_related(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    sentence.words.clone().any(|at| is_related(reading.text.word(at)))
}

/// What one firm is to another.
fn is_related(word: &str) -> bool {
    matches!(
        word,
        "rival"
            | "rivals"
            | "competitor"
            | "competitors"
            | "competition"
            | "konkurrent"
            | "mitbewerber"
            | "wettbewerber"
            | "concurrent"
            | "concurrents"
            | "competidor"
            | "concorrente"
            | "supplier"
            | "suppliers"
            | "proveedor"
            | "lieferant"
            | "fournisseur"
            | "fornitore"
            | "leverancier"
            | "neighbour"
            | "neighbours"
            | "nachbar"
            | "nachbarn"
            | "buren"
            | "voisins"
            | "vecinos"
            | "vicini"
            | "customers"
            | "kunde"
            | "klant"
    )
}
