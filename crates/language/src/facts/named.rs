//! Whom one sentence names, and as what: as the one who does something, or beside it.
//!
//! "Bernd thinks this is money thrown out" is about Bernd, "I gave it to Bernd" only touches him.
//! Must not: judge what is said of anybody.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use inroad_model::{EmailAddress, Mailbox};

use super::people::{Gender, Mention, People};
use crate::text::{Sentence, Text, fold_phrase};
use crate::word_table::WordSet;

/// Somebody whom a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub email: EmailAddress,
    /// As what.
    pub part: Part,
}

/// What part somebody has in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The sentence is about them: they do it, or are so.
    Subject,
    /// They are named beside somebody or something else.
    Beside,
    /// It is said to them.
    Addressed,
}

/// What a sentence tells of those whom it names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Naming {
    /// Whom it names, in the order of their names, each once.
    pub named: Vec<Named>,
    /// Whether it speaks of deciding, signing or releasing money.
    pub decides: bool,
    /// Whether its writer is the one who does something.
    pub by_writer: bool,
}

/// Words before a name that make somebody the receiver, the place or the company of something.
const BESIDE: &str = "to for with from by at of on via through behind about after like and than \
    an bei mit von vom zu zum zur für durch über gegen ohne nach beim \
    à a au avec de du pour par chez contre sans \
    met van voor naar door bij aan zonder tegen \
    con para por sin contra da di per dal al \
    till från hos av til fra";
/// Titles that stand between such a word and the name.
const TITLES: &str = "mr mrs ms dr prof herr herrn frau hr madame monsieur mevrouw meneer signor \
    signora señor señora the der dem den die l la le";
/// Words that begin something new, with a subject of its own.
const CLAUSE: &str = "but that because since if when while where aber sondern dass weil denn wenn mais que \
    parce quand maar dat omdat want als pero porque ma perché men att";
/// He or she, as those who do something.
const HE: &str = "he er il él lui hij han ele";
const SHE: &str = "she sie elle ella zij ze hon hun lei ela";
/// The writer.
const WRITER: &str = "i we ich wir je j' nous ik wij yo io noi jag vi jeg eu nós mijn";
/// To decide, to sign, to release.
const DECIDES: &str = "decides decide decided decision signs sign signed signature approves approve \
    approved authorises authorizes budget desk final \
    entscheidet entscheide entscheiden entscheidung unterschreibt unterschreibe unterschrift zeichnet \
    freigibt frei freigabe genehmigt absegnet abgesegnet chef chefin \
    décide décider décision signe signer signature valide \
    beslist beslis beslissing tekent tekenen tekening handtekening akkoord \
    decido decidir firma firmar aprueba decidere approva \
    undertecknar beslutar beslutter underskriver";
/// So many words before a name are looked at for the word that governs it.
const GOVERNED_WITHIN: usize = 3;
/// A pronoun this far into a sentence is no more its subject.
const PRONOUN_WITHIN: usize = 6;

struct Words {
    beside: WordSet,
    titles: WordSet,
    clause: WordSet,
    he: WordSet,
    she: WordSet,
    writer: WordSet,
    decides: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let set = |words: &str| -> WordSet { words.split_whitespace().map(fold_phrase).collect() };
    Words {
        beside: set(BESIDE),
        titles: set(TITLES),
        clause: set(CLAUSE),
        he: set(HE),
        she: set(SHE),
        writer: set(WRITER),
        decides: set(DECIDES),
    }
});

/// The people whom the sentences of one writer may name.
#[derive(Debug)]
pub struct Names<'p>(People<'p>);

impl<'p> Names<'p> {
    /// Those of a writer's letters; without one those of a note, where names may be small.
    pub fn new(writer: Option<&'p Mailbox>, others: &'p [Mailbox]) -> Self {
        Self(People::new(writer, others.iter()))
    }

    /// Reads whom a sentence names. `before` is whom the sentence before was about: "he" may mean
    /// that person.
    ///
    /// ```
    /// use inroad_language::facts::{Names, Part};
    /// use inroad_model::Mailbox;
    /// let mailbox = |name: &str, at: &str| Mailbox { name: Some(name.into()), address: at.parse().unwrap() };
    /// let ann = mailbox("Ann Marsh", "ann@arden.example");
    /// let others = [mailbox("Bernd Kost", "kost@arden.example")];
    /// let naming = Names::new(Some(&ann), &others).naming("Bernd calls this money thrown out.", None);
    /// assert_eq!(naming.named[0].email, others[0].address);
    /// assert_eq!(naming.named[0].part, Part::Subject);
    /// ```
    pub fn naming(&self, sentence: &str, before: Option<&EmailAddress>) -> Naming {
        let text = Text::new(sentence);
        let mut found = Naming::default();
        for part in &text.sentences {
            self.take(&text, part, before, &mut found);
        }
        found
    }

    fn take(
        &self,
        text: &Text<'_>,
        part: &Sentence,
        before: Option<&EmailAddress>,
        found: &mut Naming,
    ) {
        let people = &self.0;
        let mut add = |person: usize, part: Part| {
            let email = people.address(person).filter(|_| people.writer() != Some(person));
            let is_new = |email: &&EmailAddress| found.named.iter().all(|n| n.email != **email);
            if let Some(email) = email.filter(is_new) {
                found.named.push(Named { email: email.clone(), part });
            }
        };
        let mut has_subject = false;
        for mention in &people.mentions(text, part) {
            let part = part_of(text, part, mention, has_subject);
            has_subject |= part == Part::Subject;
            add(mention.person, part);
        }
        let words = || part.words.clone().map(|at| text.word(at));
        let meant = before.filter(|_| !has_subject).and_then(|email| people.recipient(email));
        let pronoun = words().take(PRONOUN_WITHIN).find_map(gender);
        if let (Some(person), Some(pronoun)) = (meant, pronoun)
            && people.may_be(person, Some(pronoun))
        {
            add(person, Part::Subject);
        }
        found.decides |= words().any(|word| WORDS.decides.contains(word));
        found.by_writer |= words().take(PRONOUN_WITHIN).any(|word| WORDS.writer.contains(word));
    }
}

fn gender(word: &str) -> Option<Gender> {
    match () {
        () if WORDS.he.contains(word) => Some(Gender::Male),
        () if WORDS.she.contains(word) => Some(Gender::Female),
        () => None,
    }
}

/// A name that no small word governs is a subject, unless it is called at the beginning ("Tom, …")
/// or somebody else does something to it ("I asked Tom").
fn part_of(text: &Text<'_>, sentence: &Sentence, mention: &Mention, has_subject: bool) -> Part {
    let first = sentence.words.start.max(mention.words.start.saturating_sub(GOVERNED_WITHIN));
    let mut before = (first..mention.words.start).rev();
    let governs = before.find(|at| !WORDS.titles.contains(text.word(*at)));
    let governs = governs.map_or("", |at| text.word(at));
    if WORDS.beside.contains(governs) {
        return Part::Beside;
    }
    let begins = |at: usize| text.words.get(at).is_some_and(|word| word.begins_clause);
    let starts = mention.words.start == sentence.words.start;
    let is_last = mention.words.end >= sentence.words.end;
    let parted = is_last || begins(mention.words.end) && !has_bracket(text, mention);
    if starts && parted {
        return Part::Addressed;
    }
    let own_clause = starts || begins(mention.words.start) || WORDS.clause.contains(governs);
    let mut clause = (sentence.words.start..mention.words.start).rev();
    let mut acts = false;
    let _ = clause.try_for_each(|at| {
        acts |= WORDS.writer.contains(text.word(at));
        let ends = begins(at) || WORDS.clause.contains(text.word(at));
        if ends { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if own_clause || !acts && !has_subject { Part::Subject } else { Part::Beside }
}

/// "Des (copied) runs the office" does not call Des.
fn has_bracket(text: &Text<'_>, mention: &Mention) -> bool {
    let end = mention.words.end.checked_sub(1).and_then(|at| text.words.get(at));
    let rest = end.and_then(|word| text.source.get(word.source.end..)).unwrap_or_default();
    rest.trim_start().starts_with('(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox(name: &str, address: &str) -> Mailbox {
        Mailbox { name: Some(name.to_owned()), address: address.parse().unwrap() }
    }

    fn read(sentence: &str, before: Option<&str>) -> Vec<(String, Part)> {
        let ann = mailbox("Ann Marsh", "ann@arden.example");
        let others = [
            mailbox("Bernd Kost", "kost@arden.example"),
            mailbox("Maria Lang", "lang@arden.example"),
        ];
        let before = before.map(|email| email.parse().unwrap());
        let naming = Names::new(Some(&ann), &others).naming(sentence, before.as_ref());
        let named = naming.named.into_iter();
        named.map(|named| (named.email.local().to_owned(), named.part)).collect()
    }

    #[track_caller]
    fn check(sentence: &str, expected: &[(&str, Part)]) {
        let expected: Vec<_> =
            expected.iter().map(|(who, part)| ((*who).to_owned(), *part)).collect();
        assert_eq!(read(sentence, None), expected, "{sentence}");
    }

    #[test]
    fn whoever_acts_is_the_subject() {
        check("Bernd thinks this is money thrown out.", &[("kost", Part::Subject)]);
        check("Leider ist Herr Kost dagegen.", &[("kost", Part::Subject)]);
        check("Bernd (in copy) runs the office.", &[("kost", Part::Subject)]);
        check("I gave it to Bernd.", &[("kost", Part::Beside)]);
        check("Das liegt bei Frau Lang.", &[("lang", Part::Beside)]);
        check("Bernd, be nice.", &[("kost", Part::Addressed)]);
        check(
            "Maria wants it, but Bernd does not.",
            &[("lang", Part::Subject), ("kost", Part::Subject)],
        );
        check(
            "I asked Bernd and he brings Maria.",
            &[("kost", Part::Beside), ("lang", Part::Beside)],
        );
        check("I hear that Bernd is against it.", &[("kost", Part::Subject)]);
        check("Bernd brings Frau Lang.", &[("kost", Part::Subject), ("lang", Part::Beside)]);
        check("I am against it.", &[]);
    }

    #[test]
    fn a_pronoun_means_whoever_was_spoken_of() {
        assert_eq!(
            read("He does not want it.", Some("kost@arden.example")),
            [("kost".to_owned(), Part::Subject)]
        );
        assert_eq!(read("She does not want it.", Some("kost@arden.example")), []);
        assert_eq!(read("He does not want it.", None), []);
    }

    #[test]
    fn deciding_is_told_from_other_doing() {
        let reads = |sentence: &str| Names::new(None, &[]).naming(sentence, None);
        assert!(reads("Herr Kost entscheidet das selbst.").decides);
        assert!(reads("I sign up to 40.").by_writer);
        assert!(!reads("He drinks tea.").decides);
    }
}
