//! Whom a phrase is about: the person behind "he", "Mr Lang" or an unsaid subject.
//!
//! Must not: name somebody of whom the words do not speak.

use std::ops::Range;

use crate::facts::grammar::Subject;
use crate::facts::lexicon::Hit;
use crate::facts::people::Gender;

use super::{Reading, Voice};

/// People and firms of whom nothing is known here.
const SOMEBODY_ELSE: [&str; 83] = [
    "husband",
    "wife",
    "brother",
    "sister",
    "daughter",
    "son",
    "father",
    "mother",
    "dad",
    "mum",
    "mom",
    "neighbour",
    "neighbor",
    "friend",
    "cousin",
    "uncle",
    "aunt",
    "boss's",
    "rival",
    "rivals",
    "competitor",
    "competitors",
    "supplier",
    "suppliers",
    "client",
    "customer",
    "mann",
    "mannes",
    "bruder",
    "schwester",
    "tochter",
    "sohn",
    "vater",
    "mutter",
    "freund",
    "freundin",
    "nachbar",
    "nachbarin",
    "konkurrent",
    "konkurrenz",
    "mitbewerber",
    "lieferant",
    "mari",
    "femme",
    "frere",
    "soeur",
    "fille",
    "fils",
    "pere",
    "mere",
    "voisin",
    "concurrent",
    "fournisseur",
    "marido",
    "mujer",
    "hermano",
    "hermana",
    "hija",
    "hijo",
    "padre",
    "madre",
    "cunada",
    "cunado",
    "vecino",
    "competencia",
    "competidor",
    "proveedor",
    "marito",
    "moglie",
    "fratello",
    "sorella",
    "figlia",
    "figlio",
    "vicino",
    "concorrente",
    "fornitore",
    "broer",
    "zus",
    "dochter",
    "zoon",
    "vader",
    "moeder",
    "buurman",
];

/// Verbs of the third person in languages that leave the pronoun out.
const THIRD_PERSON: [&str; 40] = [
    "se", "si", "s'", "esta", "estara", "sigue", "va", "vuelve", "regresa", "torna", "rientra",
    "parte", "sale", "sale", "manca", "sta", "ha", "e", "sara", "parti", "partie", "est", "sera",
    "rentre", "revient", "ist", "is", "zit", "ligt", "gaat", "fahrt", "fliegt", "kommt", "geht",
    "reprend", "scappa", "vola", "sparisce", "stacca", "vertrekt",
];
/// A pronoun looks this many sentences back for its name.
const SENTENCES_BACK_MAX: usize = 4;

impl Reading<'_> {
    /// Whom a phrase is about, if that can be told.
    pub(in crate::facts) fn person(&self, subject: Subject, hit: &Hit) -> Option<usize> {
        // "ist Herr Lang erkrankt" holds its subject.
        let at = self.text.sentence_of(hit.words.start);
        let within = self.mentions(at).iter().find(|m| hit.words.contains(&m.words.start));
        if let Some(mention) = within {
            return Some(mention.person);
        }
        if self.stranger_at(hit.words.clone(), at).is_some() {
            return None;
        }
        let first = self.text.word(hit.words.start);
        let of_third = matches!(subject, Subject::Unsaid | Subject::Unknown)
            && hit.words.len() > 1
            && THIRD_PERSON.contains(&first);
        let subject = if of_third { Subject::Pronoun } else { subject };
        // "Me away 15 to 19 June" in a note is the seller.
        let mine = self.voice == Voice::Note
            && matches!(subject, Subject::Unsaid | Subject::Unknown)
            && hit.words.start.checked_sub(1).is_some_and(|at| {
                matches!(self.text.word(at), "me" | "myself" | "ich" | "yo" | "io" | "moi" | "ik")
            });
        if mine {
            return None;
        }
        // "Monsieur Roux, souffrant depuis lundi": of whom a comma goes on to speak.
        let beside = self.mentions(at).iter().find(|m| m.words.end == hit.words.start);
        if let Some(beside) = beside.filter(|m| {
            subject == Subject::Unsaid && !self.is_only_recipient(m.person) && !self.is_greeting(at)
        }) {
            return Some(beside.person);
        }
        match subject {
            Subject::Writer => self.people.writer(),
            // "Tom, the machine is off": the reader is spoken to, not of.
            Subject::Named(person) if self.is_only_recipient(person) => None,
            Subject::Named(person) => Some(person),
            Subject::Pronoun => self.antecedent(hit).or_else(|| self.default_person()),
            Subject::Reader => None,
            Subject::Unsaid => {
                let told = || self.people.only_one().or_else(|| self.antecedent(hit));
                self.people.writer().or_else(told)
            }
            Subject::Unknown => self.default_person(),
        }
    }

    /// Whom the seller talked with, as a note tells it: the first who is named.
    pub(in crate::facts) fn note_speaker(&self, except: Option<usize>) -> Option<usize> {
        if self.voice != Voice::Note {
            return None;
        }
        let sentences = 0..self.text.sentences.len();
        let named = sentences.flat_map(|at| self.mentions(at)).map(|mention| mention.person);
        let mut others = named.filter(|person| Some(*person) != except);
        others.next().or_else(|| self.people.only_one()).or_else(|| self.people.other_than(except))
    }

    /// The pronoun that a phrase is said of, if it tells a gender: the nearest before it.
    fn pronoun(&self, hit: &Hit) -> Option<Gender> {
        const WORDS_BACK_MAX: usize = 6;
        let (_, sentence) = self.sentence(hit)?;
        let first = sentence.words.start.max(hit.words.start.saturating_sub(WORDS_BACK_MAX));
        let last = sentence.words.end.min(hit.words.end + 2);
        let gender = |at: usize| match self.text.word(at) {
            "he" | "his" | "him" | "ihm" | "ihn" | "hij" | "hem" => Some(Gender::Male),
            "she" | "her" | "elle" | "ella" | "zij" | "haar" => Some(Gender::Female),
            _ => None,
        };
        (first..hit.words.end)
            .rev()
            .find_map(gender)
            .or_else(|| (hit.words.end..last).find_map(gender))
    }

    /// Whom "he" or "she" before a phrase means.
    pub(in crate::facts) fn meant_before(&self, hit: &Hit) -> Option<usize> {
        self.antecedent(hit)
    }

    /// A machine speaks of the person in whose place it answers, a note of its only person.
    fn default_person(&self) -> Option<usize> {
        match self.voice {
            Voice::Machine => self.people.writer(),
            Voice::Note => self.people.only_one(),
            Voice::Person => None,
        }
    }

    /// Who was named last before a phrase, unless somebody unknown was named since.
    fn antecedent(&self, hit: &Hit) -> Option<usize> {
        let (at, _) = self.sentence(hit)?;
        for back in 0..=SENTENCES_BACK_MAX {
            let index = at.checked_sub(back)?;
            let sentence = self.text.sentences.get(index)?;
            let end = if back == 0 { hit.words.start } else { sentence.words.end };
            let named = self.mentions(index).iter().rev().find(|mention| {
                mention.words.end <= end
                    && Some(mention.person) != self.people.writer()
                    && !self.is_only_recipient(mention.person)
                    && self.people.may_be(mention.person, self.pronoun(hit))
                    && !self.is_greeting(index)
            });
            let stranger = self.stranger_at(sentence.words.start..end, index);
            match (named, stranger) {
                (Some(mention), Some(at)) if mention.words.start < at => return None,
                (Some(mention), _) => return Some(mention.person),
                (None, Some(_)) => return None,
                (None, None) => {}
            }
        }
        None
    }

    /// "Dear Ms Keane" names the reader.
    fn is_greeting(&self, sentence: usize) -> bool {
        self.text.sentences.get(sentence).is_some_and(|s| {
            s.words.len() <= 5
                && matches!(
                    self.text.word(s.words.start),
                    "dear"
                        | "hi"
                        | "hello"
                        | "hallo"
                        | "hej"
                        | "hoi"
                        | "beste"
                        | "lieber"
                        | "liebe"
                        | "sehr"
                        | "guten"
                        | "bonjour"
                        | "cher"
                        | "chere"
                        | "hola"
                        | "estimado"
                        | "estimada"
                        | "caro"
                        | "cara"
                        | "gentile"
                        | "good"
                        | "morning"
                        | "ciao"
                        | "geachte"
                        | "hei"
                        | "ola"
                        | "hey"
                        | "moin"
                        | "gruezi"
                )
        })
    }

    /// Somebody with a title whose name is not known here.
    fn stranger_at(&self, words: Range<usize>, sentence: usize) -> Option<usize> {
        words.rev().find(|at| {
            matches!(
                self.text.word(*at),
                "mr" | "mrs"
                    | "ms"
                    | "dr"
                    | "herr"
                    | "herrn"
                    | "frau"
                    | "mme"
                    | "monsieur"
                    | "madame"
                    | "senor"
                    | "senora"
                    | "signor"
                    | "signora"
                    | "mevrouw"
                    | "meneer"
            ) && self.text.words.get(at + 1).is_some_and(|next| next.capital)
                && !self.is_greeting(sentence)
                && !self
                    .mentions(sentence)
                    .iter()
                    .any(|m| m.words.contains(&(at + 1)) || m.words.contains(&(at + 2)))
        })
    }

    /// "My husband's boss has left", "a supplier of ours was bought": somebody of whom nothing is
    /// known here stands as the subject, nearer than any name or pronoun.
    pub(in crate::facts) fn is_of_somebody_else(&self, hit: &Hit) -> bool {
        const WORDS_BACK_MAX: usize = 9;
        let Some((at, sentence)) = self.sentence(hit) else { return false };
        let first = sentence.words.start.max(hit.words.start.saturating_sub(WORDS_BACK_MAX));
        for word in (first..hit.words.start).rev() {
            if self.mentions(at).iter().any(|mention| mention.words.contains(&word)) {
                return false;
            }
            match self.text.word(word) {
                "i" | "we" | "you" | "he" | "she" | "ich" | "wir" | "er" | "je" | "nous"
                | "vous" | "il" | "elle" | "ik" | "hij" | "zij" | "u" => return false,
                other if SOMEBODY_ELSE.contains(&other) => return true,
                _ => {}
            }
        }
        false
    }
}
