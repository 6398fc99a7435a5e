//! The words of it, in English, German, French, Dutch, Spanish and Italian.
//!
//! A private word speaks for itself in almost any sentence of a business letter; what needs its
//! sentence is left to the cues. A harmless word tells a day, an absence, or nothing at all.

use std::sync::LazyLock;

use crate::word_table::WordSet;

/// Beginnings of private words; all of at least four letters. Hospitals, diagnoses, mothers and sisters
/// are also customers, services and firms: those are left to the cues.
static BEGINNINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    words(
        "illness chemo pneumon burnout migrain miscarr pregnan matern patern funeral bereave mourning \
         divorc leukaem leukem concuss sciatic newborn krankgeschr krankmeld krankenschein erkrank \
         krankheit operier bandscheib herzinfarkt schlaganfall gestorben verstorben verstarb beerdig \
         begräbnis trauerf todesfall schwanger fehlgeburt elternzeit mutterschutz scheidung notaufnahme \
         großmutter großvater lungenentz knochenbr genesung maladie malade opéré enceinte décéd \
         enterrement obsèques deuil accouch maternit paternit ziekte ziekmeld ziekgemeld geopereer \
         overleden begrafenis uitvaart zwanger bevalling mantelzorg enferm quirófano fallec entierro \
         embaraz malatt malato malata ricoverat decedut lutto gravidanz incinta",
    )
});

/// Private words as they are.
static WHOLE: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "ill flu fever died dying unwell poorly surgery krank grippe fieber sterben ziek griep murió \
         febbre infarto",
    )
});

/// Private where they stand side by side.
const PAIRS: &[(&str, &str)] = &[
    ("off", "sick"),
    ("sick", "leave"),
    ("is", "sick"),
    ("am", "sick"),
    ("was", "sick"),
    ("called", "sick"),
    ("passed", "away"),
    ("heart", "attack"),
    ("slipped", "disc"),
    ("long", "covid"),
    ("hat", "krebs"),
    ("has", "cancer"),
    ("have", "cancer"),
    ("in", "hospital"),
    ("my", "baby"),
    ("our", "baby"),
    ("the", "baby"),
    ("parental", "leave"),
    ("family", "emergency"),
    ("broke", "his"),
    ("broke", "her"),
    ("im", "krankenhaus"),
    ("ins", "krankenhaus"),
    ("meine", "op"),
    ("meiner", "op"),
    ("der", "reha"),
    ("in", "reha"),
    ("familiären", "gründen"),
    ("arrêt", "maladie"),
    ("à", "l'hôpital"),
    ("l", "hôpital"),
    ("het", "ziekenhuis"),
    ("el", "hospital"),
    ("in", "ospedale"),
];

/// What is no illness all the same: "sick of spreadsheets".
const TIRED_OF: [&str; 2] = ["of", "and"];

/// Words that tell a day or an absence: one of them makes a quote worth showing.
static TOLD: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "until till bis jusqu jusqu'au tot hasta fino away office unavailable abwesend büro bureau absent \
         absente kantoor afwezig oficina ausente ufficio assente week weeks month months woche wochen \
         monat monate monaten semaine semaines mois weken maand maanden semana semanas mes meses \
         settimana settimane mese mesi tomorrow morgen demain mañana domani today heute aujourd vandaag \
         hoy oggi monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch \
         donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche maandag \
         dinsdag woensdag donderdag vrijdag zaterdag zondag lunes martes miércoles jueves viernes sábado \
         domingo lunedì martedì mercoledì giovedì venerdì sabato domenica january february march april \
         may june july august september october november december januar februar märz mai juni juli \
         oktober dezember janvier février mars avril juin juillet août septembre octobre novembre \
         décembre januari februari maart mei augustus enero febrero marzo abril mayo junio julio agosto \
         septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre \
         ottobre dicembre",
    )
});

/// Words that may stand beside them.
static BESIDE: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "i am is are be will was not in on of the from to at for and out back next last end early late \
         mid again after before about few one two three four five six hopefully probably ich bin ist \
         werde wird sind sein nicht im an ab vom zum zur und da wieder zurück erst ende anfang mitte \
         nächste nächsten nächster kommende kommenden letzte letzten voraussichtlich wohl etwa einige ein \
         eine zwei drei vier fünf sechs erreichbar je suis ne pas le la les du au aux et de retour \
         prochaine prochain fin début deux trois ik ben niet op het van en terug weer volgende eind begin \
         twee drie no estoy el del al y vuelta próxima próximo dos tres sono non il e a prossima prossimo \
         fine inizio due tre st nd rd th",
    )
});

/// A table from its words, with blanks between them.
fn words<T: FromIterator<&'static str>>(text: &'static str) -> T {
    text.split_whitespace().collect()
}

/// Whether words, in small letters, speak of something private by themselves.
pub(super) fn are_private(words: &[&str]) -> bool {
    let pair = |at: usize| match words.get(at..) {
        Some([first, second, rest @ ..]) => {
            let tired =
                *second == "sick" && rest.first().is_some_and(|word| TIRED_OF.contains(word));
            PAIRS.contains(&(*first, *second)) && !tired
        }
        _ => false,
    };
    words.iter().any(|word| is_private(word)) || (0..words.len()).any(pair)
}

/// Whether a word, in small letters, speaks of something private by itself.
pub(super) fn is_private(word: &str) -> bool {
    WHOLE.contains(word) || BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
}

/// Whether a word tells a day or an absence.
pub(super) fn is_told(word: &str) -> bool {
    TOLD.contains(word) || is_day(word)
}

/// Whether a word tells nothing else.
pub(super) fn is_harmless(word: &str) -> bool {
    !is_private(word) && (is_told(word) || BESIDE.contains(word) || is_number(word))
}

/// Whether a word only leads on to what follows it.
pub(super) fn leads_on(word: &str) -> bool {
    const LEADING: [&str; 54] = [
        "a", "ab", "al", "am", "and", "at", "au", "auf", "be", "bin", "bis", "by", "dal", "das",
        "de", "dem", "den", "der", "desde", "die", "do", "du", "e", "el", "en", "et", "fino",
        "from", "hasta", "het", "i", "im", "in", "is", "ist", "jusqu'au", "la", "le", "on", "op",
        "the", "till", "to", "tot", "und", "until", "van", "vom", "von", "will", "y", "z", "zum",
        "zur",
    ];
    LEADING.binary_search(&word).is_ok()
}

/// "5", "5th", "2026".
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = word.get(digits.len()..).unwrap_or_default();
    let is_ending = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er");
    !digits.is_empty() && is_ending && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// "12.5", "2026-05-12", "5/12".
fn is_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let is_part =
        |part: &&str| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.len(), 2 | 3) && parts.iter().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_leads_nowhere() {
        assert!(leads_on("bis") && leads_on("a") && leads_on("zur"));
        assert!(!leads_on("monday") && !leads_on("5") && !leads_on("woche"));
    }

    #[test]
    fn no_word_is_both() {
        for word in TOLD.iter().chain(BESIDE.iter()) {
            assert!(!is_private(word), "{word}");
        }
        for beginning in BEGINNINGS.iter() {
            assert!(beginning.chars().count() >= 4, "{beginning}");
        }
    }
}
