//! The ideal client as a file that a person writes: TOML, a table for each qualifier.
//!
//! ```toml
//! [[qualifier]]
//! topic = "industry"
//! level = "must"                 # must, want or avoid
//! words = ["logistics", "freight"]
//! weight = 4                     # 1 to 5; 3 where none stands
//! because = "We know their peaks"
//!
//! [[qualifier]]
//! topic = "industry"
//! level = "want"
//! nace = ["49", "52"]            # or isic, naics: beginnings of codes
//!
//! [[qualifier]]
//! topic = "size"
//! level = "want"
//! at-least = 50
//! at-most = 500
//! of = "people"
//! ```

use inroad_model::{IdealClient, IndustryCode, Level, Qualifier, Remark, Topic, Wanted, Weight};
use serde::{Deserialize, Serialize};

use crate::ideal_check::{check_count, check_qualifier};

/// Why a file states no ideal client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIdealFile {
    /// It is no TOML, or holds what is not known.
    #[error("{0}")]
    Unreadable(String),
    /// One qualifier cannot be.
    #[error("Qualifier {number}: {what}")]
    Qualifier {
        /// Which, counted from 1.
        number: usize,
        /// What is wrong with it, and the way out.
        what: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    qualifier: Vec<TypedQualifier>,
}

/// A qualifier as it is typed, in a file or a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TypedQualifier {
    /// The name of a topic.
    pub topic: String,
    /// must, want or avoid.
    pub level: String,
    /// Words or phrases, any of which is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Beginnings of NAICS codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub naics: Vec<String>,
    /// Beginnings of ISIC codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub isic: Vec<String>,
    /// Beginnings of NACE codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nace: Vec<String>,
    /// The least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// The greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// What is counted; anything where it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// 1 to 5; 3 where none stands.
    pub weight: Option<u8>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// Reads a file.
///
/// # Errors
/// [`InvalidIdealFile`] with the place.
///
/// ```
/// let file = "[[qualifier]]\ntopic = \"industry\"\nlevel = \"must\"\nwords = [\"freight\"]\n";
/// assert_eq!(inroad_prospect::read_ideal_file(file).unwrap().qualifiers.len(), 1);
/// ```
pub fn read_ideal_file(text: &str) -> Result<IdealClient, InvalidIdealFile> {
    let file: File =
        toml::from_str(text).map_err(|e| InvalidIdealFile::Unreadable(e.to_string()))?;
    check_count(file.qualifier.len()).map_err(InvalidIdealFile::Unreadable)?;
    let read = |(number, typed): (usize, TypedQualifier)| {
        typed.read().map_err(|what| InvalidIdealFile::Qualifier { number, what })
    };
    let qualifiers = (1..).zip(file.qualifier).map(read).collect::<Result<_, _>>()?;
    Ok(IdealClient { qualifiers })
}

impl TypedQualifier {
    /// The qualifier that is meant.
    ///
    /// # Errors
    /// What is wrong with it, with the way out.
    pub fn read(self) -> Result<Qualifier, String> {
        qualifier(self)
    }
}

fn qualifier(typed: TypedQualifier) -> Result<Qualifier, String> {
    let topics = || Topic::ALL.map(Topic::as_str).join(", ");
    let topic = Topic::from_name(&typed.topic)
        .ok_or_else(|| format!("'{}' is no topic; take one of {}", typed.topic, topics()))?;
    let level = Level::from_name(&typed.level)
        .ok_or_else(|| format!("'{}' is no level; take must, want or avoid", typed.level))?;
    let weight = match typed.weight {
        None => Weight::MIDDLE,
        Some(weight) => {
            Weight::new(weight).ok_or_else(|| format!("A weight is 1 to 5, not {weight}"))?
        }
    };
    let because = typed.because.as_deref().map(Remark::if_any).transpose();
    let because = because.map_err(|invalid| invalid.to_string())?.flatten();
    let qualifier = Qualifier { topic, wanted: wanted(typed)?, level, weight, because };
    check_qualifier(&qualifier)?;
    Ok(qualifier)
}

fn wanted(typed: TypedQualifier) -> Result<Wanted, String> {
    let mut ways = Vec::new();
    if !typed.words.is_empty() {
        ways.push(Wanted::Words { any: typed.words });
    }
    let coded = [
        (IndustryCode::Naics, typed.naics),
        (IndustryCode::Isic, typed.isic),
        (IndustryCode::Nace, typed.nace),
    ];
    for (system, any) in coded {
        if !any.is_empty() {
            ways.push(Wanted::Code { system, any });
        }
    }
    if typed.at_least.is_some() || typed.at_most.is_some() {
        let (low, high) = (typed.at_least, typed.at_most);
        ways.push(Wanted::Number { at_least: low, at_most: high, of: typed.of });
    }
    match (ways.pop(), ways.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => {
            Err("Say what must stand there: words, a code (naics, isic, nace), or at-least \
                          and at-most"
                .to_owned())
        }
        (Some(_), false) => {
            Err("Words, codes and numbers each need a qualifier of their own".to_owned())
        }
    }
}

/// Writes it as a file that [`read_ideal_file`] reads as the same.
pub fn write_ideal_file(ideal: &IdealClient) -> String {
    let file = File { qualifier: ideal.qualifiers.iter().map(typed).collect() };
    // Nothing in it can be refused: names, numbers and texts.
    toml::to_string(&file).unwrap_or_default()
}

fn typed(qualifier: &Qualifier) -> TypedQualifier {
    let mut typed = TypedQualifier {
        topic: qualifier.topic.as_str().to_owned(),
        level: qualifier.level.as_str().to_owned(),
        weight: Some(qualifier.weight.get()),
        because: qualifier.because.as_ref().map(|words| words.as_str().to_owned()),
        ..TypedQualifier::default()
    };
    match &qualifier.wanted {
        Wanted::Words { any } => typed.words.clone_from(any),
        Wanted::Code { system, any } => match system {
            IndustryCode::Naics => typed.naics.clone_from(any),
            IndustryCode::Isic => typed.isic.clone_from(any),
            IndustryCode::Nace => typed.nace.clone_from(any),
        },
        Wanted::Number { at_least, at_most, of } => {
            (typed.at_least, typed.at_most) = (*at_least, *at_most);
            typed.of.clone_from(of);
        }
    }
    typed
}
