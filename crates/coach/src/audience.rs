//! For whom a draft is: what is known of the person, of the thread, and of who writes.
//!
//! What is not known is `None`; a rule that needs it is then told as not checked, never as passed.

use jiff::civil::Date;
use serde::Deserialize;

/// Everything around a draft that a rule may need.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Audience {
    /// The day on which it would go out.
    pub on: Option<Date>,
    /// Who writes.
    pub writer: Option<Writer>,
    /// Whom it is for.
    pub person: Option<Person>,
    /// What was sent to others before, word for word.
    pub sent: Option<Vec<Sent>>,
    /// What the writer can prove: statements with where the proof lies.
    pub proofs: Option<Vec<Proof>>,
    /// Whether the same text goes to many.
    pub many: Option<bool>,
}

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Writer {
    /// Their name.
    pub name: String,
    /// Their house.
    pub firm: Option<String>,
}

/// Whom a draft is for.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Person {
    /// Their name, as the record has it.
    pub name: Option<String>,
    /// Other forms of it that are theirs: nicknames, initials.
    pub also: Vec<String>,
    /// Their firm, as the record has it.
    pub firm: Option<String>,
    /// Their title.
    pub title: Option<String>,
    /// Their country, as ISO 3166 writes it: "DE".
    pub country: Option<String>,
    /// Whether they trade as a person and not as a company.
    pub sole_trader: Option<bool>,
    /// What was stated about them, with the words.
    pub stated: Vec<Stated>,
    /// How they stand: "warm", "cooling", "cold", "dark", "paused", "closed".
    pub state: Option<String>,
    /// What passed between them and the writer; `None` where no mail is known.
    pub dealings: Option<Dealings>,
    /// What may be said, since it is known.
    pub facts: Vec<KnownFact>,
    /// The other people on their side who have a part in it, by name.
    pub group: Vec<String>,
}

/// Something that decides whether one may write.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stated {
    /// What.
    pub what: Standing,
    /// From when on, where it is still to come.
    #[serde(default)]
    pub from: Option<Date>,
    /// Until when it lasts, where that is known.
    #[serde(default)]
    pub until: Option<Date>,
    /// The day it was stated.
    #[serde(default)]
    pub on: Option<Date>,
    /// The words, unless they are private.
    #[serde(default)]
    pub quote: String,
}

/// What decides whether one may write, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They asked for no more mail, under any address.
    OptedOut,
    /// The writer decided to leave them alone.
    LeftAlone,
    /// They are ill.
    Ill,
    /// Somebody close to them died, or a child came: something of their private life.
    Family,
    /// They left their firm.
    Left,
    /// They are away.
    Away,
    /// Their firm was bought.
    Bought,
}

/// What passed between somebody and the writer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Dealings {
    /// How many words of ours stand without an answer since their last one.
    pub unanswered: u32,
    /// The day of our last word.
    pub last_ours: Option<Date>,
    /// The day of their last word.
    pub last_theirs: Option<Date>,
    /// Subjects of the mails between us.
    pub subjects: Vec<String>,
    /// Days of meetings and calls.
    pub met: Vec<Date>,
}

/// Something that is known of somebody and may be used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KnownFact {
    /// What is known, in words.
    pub says: String,
    /// Words by which one sees that a draft uses it; any of them is enough.
    pub words: Vec<String>,
    /// Where it stands: a letter, a note, a record.
    #[serde(default)]
    pub source: String,
    /// The day on which it was so.
    #[serde(default)]
    pub on: Option<Date>,
    /// Whether it is of their private life.
    #[serde(default)]
    pub private: bool,
}

/// A mail that was sent to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sent {
    /// To whom, as a person says it.
    pub to: String,
    /// When.
    #[serde(default)]
    pub on: Option<Date>,
    /// Its words.
    pub text: String,
}

/// Something that the writer can prove.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Proof {
    /// The statement.
    pub says: String,
    /// Where the proof lies.
    #[serde(default)]
    pub source: String,
}

/// Reads a file of proofs: `[[proof]]` tables with `says` and `source`.
///
/// # Errors
/// What is wrong with it, with the line.
///
/// ```
/// let text = "[[proof]]\nsays = 'Overtime fell by 30 %'\nsource = 'report of May'";
/// assert_eq!(inroad_coach::audience::read_proofs(text).unwrap().len(), 1);
/// ```
pub fn read_proofs(text: &str) -> Result<Vec<Proof>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Proofs {
        proof: Vec<Proof>,
    }
    let read: Proofs = toml::from_str(text).map_err(|cause| cause.to_string())?;
    Ok(read.proof)
}

impl Person {
    /// What was stated of a kind, if it still lasts on a day.
    pub fn stated(&self, what: Standing, on: Option<Date>) -> Option<&Stated> {
        let lasts = |stated: &&Stated| {
            let begun = stated.from.zip(on).is_none_or(|(from, on)| from <= on);
            begun && stated.until.zip(on).is_none_or(|(until, on)| on <= until)
        };
        self.stated.iter().filter(|stated| stated.what == what).find(lasts)
    }

    /// The first name.
    pub fn first_name(&self) -> Option<&str> {
        self.name.as_deref()?.split_whitespace().next()
    }
}
