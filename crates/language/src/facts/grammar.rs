//! Who a phrase is about, and whether it is said, denied, asked or only supposed.
//!
//! The words before a phrase are read backwards to the first one that tells the subject. What no
//! word and no name tells stays unknown: better no fact than one about the wrong person.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::people::Mention;
use crate::dates::push_folded;
use crate::text::{Sentence, Text};
use crate::word_table::WordTable;

/// What a small word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tell {
    /// I, we.
    First,
    /// You.
    Second,
    /// He, she, they.
    Third,
    /// "am": a present verb of the first person.
    VerbFirst,
    /// "is": of the third person.
    VerbThird,
    /// "will be": of any person.
    VerbAny,
    /// "está": of the third person in languages that leave the pronoun out.
    VerbThirdAlone,
    /// "was".
    VerbPast,
    /// "might".
    Maybe,
    /// "if".
    If,
    /// "not".
    Not,
}

const TELLS: [(Tell, &str); 11] = [
    (
        Tell::First,
        "i we ich wir je j' nous yo nosotros io noi ik wij jag vi jeg eu nos minä olen я мы my our \
         mein meine unser unsere mijn onze min minun mon notre mi mio nuestro nostro",
    ),
    (
        Tell::Second,
        "you your ihr du dein deine ihre vous votre tu vos usted ustedes lei voi u jij uw jouw ni vy",
    ),
    (
        Tell::Third,
        "he she they er elle ella él lui hij zij han hun hon ela ele hän ona она он his her",
    ),
    (
        Tell::VerbFirst,
        "am 'm bin habe werde suis serai serons sommes ai estoy estaré estaremos estamos sono \
         sarò saremo siamo ho ben zal gehe fahre fliege liege pars estou estarei estaremos jestem będę olen",
    ),
    (
        Tell::VerbThird,
        "is 's has hat ist wird est sera va heeft wordt är er har blir bliver zit sitzt sits \
         steckt liegt ligt ligger fährt fliegt goes gaat geht part sitter",
    ),
    (Tell::VerbAny, "will be been are have 've 'll sind werden haben zijn zullen sont seront"),
    (Tell::VerbThirdAlone, "está estará ha è sarà jest będzie esta"),
    (
        Tell::VerbPast,
        "was were had war waren hatte hatten gewesen étais était étions été estuve estuvo estaba \
         ero era eravamo stato stata waren geweest var byłem byłam był estive esteve fui olin",
    ),
    (
        Tell::Maybe,
        "might may could would should can maybe perhaps possibly rumour rumours rumor könnte \
         würde vielleicht eventuell peut-être pourrait pourrais quizás podría forse potrebbe \
         misschien zou kanske kanskje måske talvez może",
    ),
    (
        Tell::If,
        "if unless whether falls wenn sollte sollten indien mocht hvis jeśli jos om ob \
         once suppose supposing wanneer quand lorsque cuando quando när når when while",
    ),
    (
        Tell::Not,
        "not n't never no nobody nicht kein keine nie niemals pas jamais nunca non mai niet geen \
         nooit inte ikke aldrig aldri não nie ei don't doesn't isn't won't aren't \
         wasn't can't haven't didn't couldn't shan't wouldn't hadn't hasn't weren't ain't neither nor without ohne sans sin senza zonder",
    ),
];

static WORDS: LazyLock<WordTable<Vec<Tell>>> = LazyLock::new(|| {
    let mut words: BTreeMap<String, Vec<Tell>> = BTreeMap::new();
    for (tell, list) in TELLS {
        for word in list.split_whitespace() {
            let mut folded = String::new();
            word.chars().for_each(|c| push_folded(&mut folded, c));
            words.entry(folded).or_default().push(tell);
        }
    }
    words.into_iter().collect()
});

/// Words that go on speaking of the name before their comma.
const RELATIVE: [&str; 12] =
    ["who", "qui", "que", "che", "die", "der", "som", "ktory", "ktora", "quien", "quem", "which"];

/// So many words before a phrase are read.
const BEFORE_LIMIT_WORDS: usize = 24;
/// A name or pronoun this far from its verb is the subject of something else.
const SUBJECT_TO_VERB_WORDS_MAX: usize = 7;

/// Whom a phrase is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The writer.
    Writer,
    /// Somebody named.
    Named(usize),
    /// He or she: whoever was named last.
    Pronoun,
    /// The reader.
    Reader,
    /// Nobody is said: the writer in an automatic reply or a telegram-like line.
    Unsaid,
    /// Somebody whom nothing here can identify.
    Unknown,
}

/// What the words before a phrase say.
#[expect(clippy::struct_excessive_bools, reason = "four independent findings about one phrase")]
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// Whom it is about.
    pub(super) subject: Subject,
    /// It is told as over.
    pub(super) is_past: bool,
    /// It is denied.
    pub(super) is_denied: bool,
    /// It is only supposed: behind "if", or with "might".
    pub(super) is_supposed: bool,
    /// It is only supposed, by "if" and the like.
    pub(super) is_conditional: bool,
    /// How many words stand between its verb and the phrase; `None` without a verb.
    pub(super) verb_words: Option<usize>,
}

/// A sentence with the names in it, ready to be asked about its phrases.
#[derive(Debug)]
pub(super) struct Clauses<'c, 't> {
    /// The text.
    pub(super) text: &'c Text<'t>,
    /// The sentence.
    pub(super) sentence: &'c Sentence,
    /// Whom it names.
    pub(super) mentions: &'c [Mention],
    /// Whether it is a note, whose sentences leave out verbs.
    pub(super) is_note: bool,
}

impl Clauses<'_, '_> {
    /// Reads what stands before (and, for its subject, within) a phrase.
    pub(super) fn before(&self, phrase: &Range<usize>) -> Before {
        let first = self.sentence.words.start.max(phrase.start.saturating_sub(BEFORE_LIMIT_WORDS));
        let mut found = Before {
            subject: Subject::Unsaid,
            is_past: false,
            is_denied: false,
            is_supposed: false,
            is_conditional: false,
            verb_words: None,
        };
        let mut verb = None;
        // "estaré de vacaciones" brings its verb.
        let own = WORDS.get(self.text.word(phrase.start)).map_or(&[][..], Vec::as_slice);
        let own_verb = own.iter().find(|tell| {
            matches!(tell, Tell::VerbFirst | Tell::VerbThird | Tell::VerbAny | Tell::VerbThirdAlone)
        });
        if let (Some(tell), [_]) = (own_verb, own)
            && phrase.len() > 1
        {
            verb = Some(*tell);
            found.verb_words = Some(0);
        }
        let begins = |at: usize| self.text.words.get(at).is_some_and(|word| word.begins_clause);
        let mut crossed_clause = begins(phrase.start) && phrase.start > first;
        let mut subject_at = None;
        for at in (first..phrase.start).rev() {
            let gap = phrase.start - at - 1;
            if let Some(mention) = self.mentions.iter().find(|m| m.words.contains(&at)) {
                // "Tom, back on Monday" is said to Tom, not of him.
                let addressed = verb.is_none() && crossed_clause && !self.is_note;
                if subject_at.is_none() && !addressed && self.fits_name(verb, gap, &found) {
                    let owns = self.owns_subject(mention, phrase, &found);
                    found.subject =
                        if owns { Subject::Unknown } else { Subject::Named(mention.person) };
                    subject_at = Some(at);
                }
            } else {
                self.take_word(at, gap, crossed_clause, &mut verb, &mut found, &mut subject_at);
            }
            if begins(at) && subject_at.is_some() {
                break;
            }
            crossed_clause |= begins(at) && !RELATIVE.contains(&self.text.word(at));
        }
        found.subject = self.settled(found.subject, verb, phrase);
        found
    }

    /// "Peter's mother is away": the name only says whose mother.
    fn owns_subject(&self, name: &Mention, phrase: &Range<usize>, found: &Before) -> bool {
        let verb_at = found.verb_words.map(|words| phrase.start.saturating_sub(words + 1));
        self.text.word(name.words.end) == "'s"
            && name.words.end + 1 < phrase.start
            && verb_at.is_some_and(|verb| verb > name.words.end)
    }

    fn fits_name(&self, verb: Option<Tell>, gap: usize, found: &Before) -> bool {
        const WORDS_OF_A_NOTE_MAX: usize = 8;
        let near_verb =
            gap.saturating_sub(found.verb_words.unwrap_or(0)) <= SUBJECT_TO_VERB_WORDS_MAX;
        match verb {
            None => gap <= if self.is_note { WORDS_OF_A_NOTE_MAX } else { 3 },
            Some(Tell::VerbFirst) => false,
            Some(_) => near_verb,
        }
    }

    fn take_word(
        &self,
        at: usize,
        gap: usize,
        crossed_clause: bool,
        verb: &mut Option<Tell>,
        found: &mut Before,
        subject_at: &mut Option<usize>,
    ) {
        let word = self.text.word(at);
        if word == "sie" && subject_at.is_none() {
            found.subject = self.german_sie(at, *verb);
            *subject_at = Some(at);
        }
        let Some(tells) = WORDS.get(word) else { return };
        if self.means_otherwise(at, word) {
            return;
        }
        let dutch_you = word == "je" && self.is_dutch_je(at);
        for tell in tells {
            let tell = if dutch_you { &Tell::Second } else { tell };
            match tell {
                Tell::If => {
                    // "when I am back" supposes, "the day when" does not.
                    let leads = self.begins_clause(at)
                        || matches!(word, "if" | "falls" | "unless" | "whether" | "hvis" | "wenn");
                    found.is_conditional |= leads && !crossed_clause;
                    found.is_supposed |= found.is_conditional;
                }
                Tell::Maybe => {
                    found.is_supposed |= gap <= 5 && !crossed_clause && !self.is_news(at);
                }
                Tell::Not => found.is_denied |= gap <= 3 && !crossed_clause,
                Tell::VerbPast if verb.is_none() => {
                    *verb = Some(Tell::VerbPast);
                    found.is_past = true;
                    found.verb_words = Some(gap);
                }
                Tell::VerbFirst | Tell::VerbThird | Tell::VerbAny | Tell::VerbThirdAlone
                    if verb.is_none() || *verb == Some(Tell::VerbAny) =>
                {
                    found.verb_words = found.verb_words.or(Some(gap));
                    *verb = Some(*tell);
                }
                Tell::First | Tell::Second | Tell::Third if subject_at.is_none() => {
                    if let Some(subject) = self.pronoun(at, *tell, *verb, gap, found) {
                        found.subject = subject;
                        *subject_at = Some(at);
                    }
                }
                _ => {}
            }
        }
    }

    /// Words that folding made equal, or that another language has: "wurde" is not "würde", and
    /// "am Montag" has no verb.
    fn means_otherwise(&self, at: usize, word: &str) -> bool {
        let written = |at: usize| {
            let word = self.text.words.get(at)?;
            self.text.source.get(word.source.clone())
        };
        match word {
            "wurde" | "konnte" => written(at).is_some_and(str::is_ascii),
            // "si un jour", "si algún día" suppose; "si è ammalato", "sí" and "si no" do not.
            "si" => {
                let supposes = matches!(
                    self.text.word(at + 1),
                    "un" | "je"
                        | "j'"
                        | "jamais"
                        | "il"
                        | "elle"
                        | "on"
                        | "nous"
                        | "algun"
                        | "alguna"
                        | "me"
                        | "le"
                        | "la"
                        | "los"
                        | "se"
                        | "yo"
                        | "por"
                );
                !(self.begins_clause(at) && supposes)
            }
            "am" => {
                let follows_i =
                    at.checked_sub(1).is_some_and(|before| self.text.word(before) == "i");
                let german = written(at + 1).is_some_and(|next| {
                    next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                        || next == "besten"
                });
                !follows_i && (german || at > self.sentence.words.start)
            }
            _ => false,
        }
    }

    /// "You may have seen that": the news itself is no maybe.
    fn is_news(&self, at: usize) -> bool {
        (at + 1..at + 5).any(|at| {
            matches!(
                self.text.word(at),
                "seen"
                    | "heard"
                    | "read"
                    | "noticed"
                    | "gathered"
                    | "know"
                    | "aware"
                    | "gehort"
                    | "gelesen"
                    | "gesehen"
                    | "mitbekommen"
                    | "vu"
                    | "lu"
                    | "appris"
                    | "entendu"
                    | "visto"
                    | "leido"
                    | "oido"
                    | "letto"
                    | "sentito"
                    | "gezien"
                    | "gehoord"
                    | "gelezen"
                    | "vernommen"
            )
        })
    }

    fn begins_clause(&self, at: usize) -> bool {
        self.text.words.get(at).is_some_and(|word| word.begins_clause)
    }

    /// "je" is I in French and you in Dutch.
    fn is_dutch_je(&self, at: usize) -> bool {
        const BEHIND: [&str; 22] = [
            "kunt", "kan", "moet", "mag", "hoort", "krijgt", "hebt", "bent", "zou", "het", "dit",
            "dat", "beter", "best", "voor", "dan", "via", "de", "een", "mij", "er", "hiervoor",
        ];
        const AHEAD: [&str; 14] = [
            "kun", "moet", "kan", "mag", "hoor", "krijg", "heb", "ben", "wil", "zal", "als",
            "laat", "ik", "dat",
        ];
        BEHIND.contains(&self.text.word(at + 1))
            || at.checked_sub(1).is_some_and(|before| AHEAD.contains(&self.text.word(before)))
    }

    fn pronoun(
        &self,
        at: usize,
        tell: Tell,
        verb: Option<Tell>,
        gap: usize,
        found: &Before,
    ) -> Option<Subject> {
        let from_verb = gap.saturating_sub(found.verb_words.unwrap_or(gap));
        let possessive = matches!(
            self.text.word(at),
            "my" | "our"
                | "mein"
                | "meine"
                | "unser"
                | "unsere"
                | "mijn"
                | "onze"
                | "min"
                | "mon"
                | "notre"
                | "mi"
                | "mio"
                | "nuestro"
                | "nostro"
                | "his"
                | "her"
                | "your"
                | "ihre"
                | "dein"
                | "deine"
                | "votre"
                | "vos"
                | "uw"
                | "jouw"
        );
        if possessive {
            // "my wife is away": somebody else, whom a name may still tell.
            return (verb.is_some() && from_verb <= 4 && from_verb > 0).then_some(Subject::Unknown);
        }
        match (tell, verb) {
            (Tell::First, Some(Tell::VerbThird | Tell::VerbThirdAlone)) => None,
            (Tell::First, Some(Tell::VerbAny)) if from_verb > 3 => None,
            (Tell::First, _) => Some(Subject::Writer),
            (Tell::Second, _) => Some(Subject::Reader),
            _ => Some(Subject::Pronoun),
        }
    }

    /// "sie" is she; "Sie" is the reader, unless the verb behind the first word says otherwise.
    fn german_sie(&self, at: usize, verb: Option<Tell>) -> Subject {
        let capital = self.text.words.get(at).is_some_and(|word| word.capital);
        let begins = at == self.sentence.words.start;
        if capital && !(begins && verb == Some(Tell::VerbThird)) {
            Subject::Reader
        } else {
            Subject::Pronoun
        }
    }

    /// What an unsaid subject comes to.
    fn settled(&self, subject: Subject, verb: Option<Tell>, phrase: &Range<usize>) -> Subject {
        if subject != Subject::Unsaid {
            return subject;
        }
        match verb {
            Some(Tell::VerbFirst) => Subject::Writer,
            Some(Tell::VerbThirdAlone) => Subject::Pronoun,
            Some(Tell::VerbThird | Tell::VerbAny) => Subject::Unknown,
            _ => {
                // "Back on Monday": within three words of the beginning nobody else fits in.
                let near = phrase.start.saturating_sub(self.sentence.words.start) <= 3;
                let clause = self.text.words.get(phrase.start).is_some_and(|w| w.begins_clause);
                if near || clause { Subject::Unsaid } else { Subject::Unknown }
            }
        }
    }
}
