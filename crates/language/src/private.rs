//! What is private in a letter: an illness, a birth, a death, whatever happens in a family. Who sells
//! has to know that it is there, and until when; nobody has to read it over somebody's shoulder.
//!
//! [`is_private`] decides it of a text, by words that speak for themselves and by the cues of its
//! sentences. [`shown`] gives what may be shown of one: nothing but the days and the absence, by a
//! list of words that tell no more. What no list knows is not shown.
//!
//! Must not: change what is concluded. The letter itself stays as it is, for who opens it.

mod words;

use inroad_model::{Cue, FoundCue};

use crate::cues;

/// From this probability on a sentence is taken to tell of an illness or of a family. What is hidden
/// without need costs a look at the letter, what is shown without need cannot be taken back.
const SURE_MIN: f32 = 0.45;
/// A single word is no quote.
const WORDS_MIN: usize = 2;

/// Whether a text tells something private.
///
/// ```
/// use inroad_language::private::is_private;
/// assert!(is_private("Meine Bandscheibe wurde operiert, bin bis 5. Mai nicht da."));
/// assert!(!is_private("I am out of the office until 5 May."));
/// ```
pub fn is_private(text: &str) -> bool {
    words_tell(text) || cues_tell(text)
}

/// Whether words of a text speak for themselves: for texts of which it is known already that no cue
/// tells anything private, since reading cues is what costs.
pub fn words_tell(text: &str) -> bool {
    let tokens: Vec<String> = tokens(text).map(|(_, word)| word).collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    words::are_private(&tokens)
}

/// Whether a cue that was taken down when a letter was read may make a sentence of it private; a
/// little below what is taken for private, since a quote may be cut otherwise than the sentence.
pub fn may_tell(found: &FoundCue) -> bool {
    matches!(found.cue, Cue::Illness | Cue::Family) && found.probability >= 0.6 * SURE_MIN
}

/// Whether the user says of the sentence of a cue that it tells something private; what is read is never
/// certain.
pub fn is_said(found: &FoundCue) -> bool {
    matches!(found.cue, Cue::Illness | Cue::Family) && found.probability >= 1.0
}

/// What may be shown of a private text: the longest run of words that tell a day or an absence and
/// nothing else, as it stands there; `None` where there is none.
///
/// ```
/// use inroad_language::private::shown;
/// let text = "Meine Bandscheibe wurde operiert, bin bis 5. Mai nicht da.";
/// assert_eq!(shown(text), Some("bin bis 5. Mai nicht da"));
/// assert_eq!(shown("Mein Vater ist gestorben."), None);
/// ```
pub fn shown(text: &str) -> Option<&str> {
    let tokens: Vec<(std::ops::Range<usize>, String)> = tokens(text).collect();
    let runs = tokens.split(|(_, word)| !words::is_harmless(word)).map(ended);
    let told = runs.filter(|run| run.iter().any(|(_, word)| words::is_told(word)));
    let longest = told.filter(|run| run.len() >= WORDS_MIN).max_by_key(|run| run.len())?;
    let (first, last) = (longest.first()?, longest.last()?);
    text.get(first.0.start..last.0.end)
}

/// A run without the words at its end that lead on to something which is not shown: "until", "in the".
fn ended(run: &[(std::ops::Range<usize>, String)]) -> &[(std::ops::Range<usize>, String)] {
    let last = run.iter().rposition(|(_, word)| !words::leads_on(word));
    last.and_then(|last| run.get(..=last)).unwrap_or_default()
}

/// Words of an illness in which nobody is ill.
const FIGURES: [&str; 3] = ["sick and tired of", "sick to death of", "sick of"];

fn cues_tell(text: &str) -> bool {
    let about = |cue| matches!(cue, Cue::Illness | Cue::Family);
    let tells = |text: &str| {
        cues::read(text).iter().any(|found| about(found.cue) && found.probability >= SURE_MIN)
    };
    // Reading is what costs, so what nobody is told by is looked for only where something is.
    tells(text) && {
        let literal =
            FIGURES.iter().fold(text.to_lowercase(), |text, said| text.replace(said, "tired of"));
        literal == text.to_lowercase() || tells(&literal)
    }
}

/// The words of a text in small letters, with their places. A number keeps the stops within it.
fn tokens(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
    let is_part = |c: char| c.is_alphanumeric();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(is_part)?;
        let rest = text.get(start..)?;
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let goes_on = |c: char| is_part(c) || (digits && "./-:".contains(c));
        let length = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
        let word = rest.get(..length)?.trim_end_matches(['.', '/', '-', ':']);
        at = start + word.len();
        Some((start..at, word.to_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert!(is_private(text), "{text}");
        assert_eq!(shown(text), expected, "{text}");
    }

    #[test]
    fn of_private_sentences_the_days_alone_are_shown() {
        check("Jana is off sick until 5 May.", Some("until 5 May"));
        check("Bandscheibe, operiert, bis 12.5. nicht im Büro.", Some("bis 12.5. nicht im Büro"));
        check(
            "I had surgery and will be back on Monday, 4 May.",
            Some("and will be back on Monday, 4 May"),
        );
        check("My father died last week.", Some("last week"));
        check("Er hatte diese Woche im Spital einen Eingriff, Krankenhaus.", None);
        check("Meine Mutter ist bis auf Weiteres im Krankenhaus.", None);
        check("Leider liegt meine Mutter im Sterben.", None);
        check("Frau Kühn ist an Krebs erkrankt.", None);
        check("We lost the baby.", None);
        check("Ich bin in Elternzeit bis 1. September.", Some("bis 1. September"));
        check("She is going through a divorce.", None);
        check("I am sick of the wait, and my mother is in hospital again.", None);
        check("Er hatte einen Herzinfarkt.", None);
        check("Je suis en arrêt maladie jusqu'au 3 juin.", Some("jusqu'au 3 juin"));
        check("Ik lig in het ziekenhuis tot vrijdag.", Some("tot vrijdag"));
        check("Estoy de baja por una operación hasta el lunes.", Some("hasta el lunes"));
        check("Sono in ospedale fino a venerdì.", Some("fino a venerdì"));
    }

    #[test]
    fn business_is_not_private() {
        for text in [
            "I am out of the office until 5 May.",
            "Ich bin bis 12. Mai im Urlaub.",
            "Your price is far above our budget.",
            "Our board has to approve it in June.",
            "We are a family business in the third generation.",
            "Wir sind ein Familienunternehmen.",
            "The operation of the plant must not stop.",
            "I am sick of these delays.",
            "I am sick and tired of it.",
            "We are sick to death of these forms.",
            "Krankenhäuser sind unsere größten Kunden.",
            "Die Muttergesellschaft sitzt in Bern.",
            "Our sister agency will join.",
            "Der Betrieb der Anlage läuft weiter.",
            "It is a healthy margin.",
        ] {
            assert!(!is_private(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_harmless_words_is_ever_shown(text in "(\\PC|[a-z0-9 .,]|until |krank |5 May ){0,60}") {
            if let Some(shown) = shown(&text) {
                prop_assert!(text.contains(shown));
                for (_, word) in tokens(shown) {
                    prop_assert!(words::is_harmless(&word) && !words::is_private(&word), "{word}");
                }
            }
        }
    }
}
