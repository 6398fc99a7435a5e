//! Names of columns that say that the column is written until a deal ends, or because it ended.
//!
//! Programs overwrite "last activity" at each activity, recompute a score each night, and fill a
//! reason when a deal is lost. An export shows what stood there on its own day, which for a closed
//! deal is after the outcome. These are general words of such programs in several languages.
//! Must not: hold the name of a column as a whole.

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameSays {
    /// It holds the latest of something.
    Latest,
    /// It holds a judgement that is made anew all the time.
    Judged,
    /// It tells of the end.
    Ending,
}

#[rustfmt::skip] // One line a word would hide the table.
const LATEST: &[&str] = &[
    "last", "latest", "modified", "updated", "letzte", "letzter", "letztes", "zuletzt", "geändert",
    "aktualisiert", "dernier", "dernière", "derniere", "modifié", "último", "última", "ultimo",
    "ultima", "modificado", "modificato", "laatste", "laatst", "gewijzigd",
];
/// Behind one of these words, `last` means something that does not change: a name, last year.
#[rustfmt::skip] // One line a word would hide the table.
const LATEST_BUT: &[&str] = &[
    "name", "year", "quarter", "mile", "jahr", "quartal", "nom", "année", "nombre", "año", "nome",
    "anno", "ano", "naam", "jaar",
];
#[rustfmt::skip] // One line a word would hide the table.
const JUDGED: &[&str] = &[
    "score", "scores", "scoring", "rating", "probability", "likelihood", "forecast", "bewertung",
    "wahrscheinlichkeit", "prognose", "probabilité", "prévision", "probabilidad", "probabilità",
    "probabilidade", "previsión", "previsione", "previsão", "waarschijnlijkheid",
];
#[rustfmt::skip] // One line a word would hide the table.
const ENDING: &[&str] = &[
    "close", "closed", "closing", "won", "lost", "stage", "status", "abschluss", "abgeschlossen",
    "gewonnen", "verloren", "verlustgrund", "phase", "clôture", "cloture", "gagné", "perdu", "étape",
    "etape", "statut", "cierre", "ganado", "perdido", "etapa", "estado", "chiusura", "vinto", "perso",
    "fase", "stato", "sluiting", "fechamento", "ganho",
];

/// What a column's name says; `None` for most.
pub(super) fn name_says(name: &str) -> Option<NameSays> {
    let words = words(name);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let latest = words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1).map_or("", String::as_str);
        LATEST.contains(&word.as_str()) && !LATEST_BUT.contains(&next)
    });
    match () {
        () if latest => Some(NameSays::Latest),
        () if has(JUDGED) => Some(NameSays::Judged),
        () if has(ENDING) => Some(NameSays::Ending),
        () => None,
    }
}

/// The words of a name in small letters; `CloseDate` is two.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && was_small {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_tell() {
        for (name, expected) in [
            ("Last Contacted", Some(NameSays::Latest)),
            ("lastModifiedDate", Some(NameSays::Latest)),
            ("Last Name", None),
            ("Letzte Aktivität", Some(NameSays::Latest)),
            ("HubSpot Score", Some(NameSays::Judged)),
            ("Probability (%)", Some(NameSays::Judged)),
            ("CloseDate", Some(NameSays::Ending)),
            ("Closed Lost Reason", Some(NameSays::Ending)),
            ("Lead status", Some(NameSays::Ending)),
            ("Lead Source", None),
            ("Enclosed documents", None),
            ("", None),
        ] {
            assert_eq!(name_says(name), expected, "{name}");
        }
    }
}
