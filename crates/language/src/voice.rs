//! Of whom a letter speaks: how often it says we, our and the best, and how often you and your.
//!
//! In English, German, French, Dutch, Spanish and Italian; in which one it is written, its small
//! words tell. Must not: judge whether that is too much.

use std::borrow::Cow;
use std::sync::LazyLock;

use inroad_model::Voice;

use crate::word_table::WordTable;

/// With fewer small words of a language nobody knows in which one it is written.
const SMALL_WORDS_MIN: usize = 3;
/// Spanish and Italian say we by the end of the verb; shorter words end so by chance.
const VERB_CHARS_MIN: usize = 6;

/// What is known of one language.
struct Words {
    /// The words that stand in nearly every letter.
    small: &'static str,
    /// We, us, our.
    ours: &'static str,
    /// You and your; with a capital where only that tells.
    yours: &'static str,
    /// What firms say of themselves.
    best: &'static str,
    /// Ends of verbs that say we.
    ends: &'static [&'static str],
}

const LANGUAGES: [Words; 6] = [
    Words {
        small: "the and of to is for that with this it on be have are in at",
        ours: "we our ours us ourselves",
        yours: "you your yours yourself yourselves",
        best: "leading unique award-winning world-class market-leading cutting-edge \
               best-in-class state-of-the-art unrivalled unmatched unparalleled premier finest \
               top-notch proven",
        ends: &[],
    },
    Words {
        small: "der die das und ist nicht den mit ein eine für auf von zu im dem des wie auch",
        ours: "wir uns unser unsere unserem unseren unserer unseres",
        yours: "Sie Ihnen Ihr Ihre Ihrem Ihren Ihrer Ihres du dich dir dein deine deinem deinen \
                deiner euch euer eure eurem euren eurer",
        best: "führend führende führenden führender einzigartig einzigartige einzigartigen \
               erstklassig erstklassige erstklassigen marktführer marktführend preisgekrönt \
               preisgekrönte bewährt bewährte bewährten weltweit",
        ends: &[],
    },
    Words {
        small: "le la les de et ce qui il des est pour que une dans du sur pas un en au aux avec",
        ours: "nous notre nos",
        yours: "vous votre vos tu te toi ton ta tes",
        best: "leader leaders unique uniques incontournable primé primée éprouvé éprouvée \
               éprouvées inégalé inégalée meilleurs meilleures",
        ends: &[],
    },
    Words {
        small: "het een van en dat is op te voor met niet de in zijn aan ook",
        ours: "wij we ons onze onszelf",
        yours: "u uw je jij jou jouw jullie",
        best: "toonaangevend toonaangevende uniek unieke bekroond bekroonde bewezen \
               marktleider vooraanstaand vooraanstaande ongeëvenaard",
        ends: &[],
    },
    Words {
        small: "el la los las de que y en un una por con para del se al",
        ours: "nosotros nosotras nuestro nuestra nuestros nuestras nos",
        yours: "usted ustedes su sus le les tú tu tus te ti vosotros vuestro vuestra vuestros \
                vuestras os",
        best: "líder líderes único única únicos únicas puntero puntera premiado premiada \
               inigualable mejores",
        ends: &["amos", "emos", "imos"],
    },
    Words {
        small: "il che di è per un una non con del della sono la le gli i e in",
        ours: "noi nostro nostra nostri nostre",
        yours: "Lei Suo Sua Suoi Sue voi vi vostro vostra vostri vostre tu ti tuo tua tuoi tue",
        best: "leader unico unica unici uniche migliori premiato premiata ineguagliabile",
        ends: &["iamo"],
    },
];

/// In which languages a word is what; a bit a language.
#[derive(Debug, Clone, Copy, Default)]
struct Kinds {
    small: u8,
    ours: u8,
    yours: u8,
}

static TABLE: LazyLock<WordTable<Kinds>> = LazyLock::new(|| {
    let mut kinds = std::collections::BTreeMap::<&str, Kinds>::new();
    for (n, words) in LANGUAGES.iter().enumerate() {
        let bit = 1 << n;
        for word in words.small.split_whitespace() {
            kinds.entry(word).or_default().small |= bit;
        }
        for word in words.ours.split_whitespace().chain(words.best.split_whitespace()) {
            kinds.entry(word).or_default().ours |= bit;
        }
        for word in words.yours.split_whitespace() {
            kinds.entry(word).or_default().yours |= bit;
        }
    }
    kinds.into_iter().collect()
});

/// Counts the words of a text, as its writer added it, in the language in which it is written; none
/// where that is not known.
pub fn of_text(text: &str) -> Voice {
    let mut small = [0_usize; LANGUAGES.len()];
    let mut voices = [Voice::default(); LANGUAGES.len()];
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()) {
        let kinds = kinds_of(word);
        for (n, (small, voice)) in small.iter_mut().zip(&mut voices).enumerate() {
            let is = |of: u8| of & (1 << n) != 0;
            *small += usize::from(is(kinds.small));
            voice.yours += u32::from(is(kinds.yours));
            voice.ours += u32::from(is(kinds.ours));
        }
    }
    let most = small.iter().zip(voices).max_by_key(|(count, _)| **count);
    most.filter(|(count, _)| **count >= SMALL_WORDS_MIN).map(|(_, voice)| voice).unwrap_or_default()
}

/// Whether a text is in English; `None` where too few of its words tell.
///
/// ```
/// use inroad_language::voice::is_english;
/// assert_eq!(is_english("This is for you and for the team."), Some(true));
/// assert_eq!(is_english("Das ist für Sie und auch für das Team."), Some(false));
/// assert_eq!(is_english("Friday?"), None);
/// ```
pub fn is_english(text: &str) -> Option<bool> {
    let mut small = [0_usize; LANGUAGES.len()];
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()) {
        let kinds = kinds_of(word);
        for (n, small) in small.iter_mut().enumerate() {
            *small += usize::from(kinds.small & (1 << n) != 0);
        }
    }
    let (english, others) = small.split_first()?;
    let most = others.iter().max().copied().unwrap_or(0);
    (english.max(&most) >= &SMALL_WORDS_MIN).then_some(*english >= most)
}

fn kinds_of(word: &str) -> Kinds {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let as_written = TABLE.get(word).copied();
    if let Some(kinds) = as_written {
        return kinds;
    }
    let folded: Cow<'_, str> = if capital { word.to_lowercase().into() } else { word.into() };
    let known = if capital { TABLE.get(&folded).copied() } else { None };
    // "Voulez-vous" is two words, "best-in-class" is one.
    let part = || TABLE.get(folded.rsplit_once('-')?.1).copied();
    known.or_else(part).unwrap_or_else(|| Kinds { ours: verbs_of_us(&folded), ..Kinds::default() })
}

/// In which languages the end of a word says we.
fn verbs_of_us(word: &str) -> u8 {
    if word.len() < VERB_CHARS_MIN || !word.ends_with(['s', 'o']) {
        return 0;
    }
    let says = |(n, words): (usize, &Words)| {
        let ends = words.ends.iter().any(|end| word.ends_with(end));
        if ends { 1 << n } else { 0 }
    };
    LANGUAGES.iter().enumerate().map(says).fold(0, |all, bit: u8| all | bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_speaks_of_us_or_of_you() {
        for (text, ours, yours) in [
            ("We are the leading firm of our kind, and our award-winning team is proven.", 6, 0),
            ("What would you want to be the case in your team by the end of the year?", 0, 2),
            ("Wir sind führend und unser Haus ist einzigartig. Was ist Ihnen das wert?", 4, 1),
            ("Wie sie sagten, ist das mit dem Bericht nicht so, und die Zahl ist auch alt.", 0, 0),
            (
                "Nous sommes le leader et notre équipe est unique. Que voulez-vous pour la suite ?",
                4,
                1,
            ),
            ("Que pensez vous de la suite et de votre équipe pour les mois qui viennent ?", 0, 2),
            (
                "Wij zijn toonaangevend en onze aanpak is uniek, wat is voor u de volgende stap?",
                4,
                1,
            ),
            ("Somos líderes y ofrecemos nuestra ayuda con el proyecto. ¿Qué espera usted?", 3, 1),
            (
                "Siamo leader e offriamo la nostra esperienza per il progetto. E Lei che ne pensa?",
                3,
                1,
            ),
            ("ok", 0, 0),
            ("", 0, 0),
        ] {
            assert_eq!(of_text(text), Voice { ours, yours }, "{text}");
        }
    }
}
