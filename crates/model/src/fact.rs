//! Dated things that a message states.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{EmailAddress, MessageId};

/// What kind of thing is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Away until a day.
    OutOfOffice,
    /// No longer works there.
    LeftCompany,
    /// The company was bought or merged.
    Acquired,
    /// The company or department is being reorganised.
    Reorganised,
    /// Does not want to hear from us again.
    OptedOut,
    /// Is ill.
    Ill,
    /// The address does not work.
    Bounced,
    /// Points us to somebody else.
    Referred,
    /// Asks to come back on a day, or names the day of the next word.
    ComeBack,
    /// A title that we did not know.
    Title,
}

impl FactKind {
    /// All kinds, in the order of the enum.
    pub const ALL: [Self; 10] = [
        Self::OutOfOffice,
        Self::LeftCompany,
        Self::Acquired,
        Self::Reorganised,
        Self::OptedOut,
        Self::Ill,
        Self::Bounced,
        Self::Referred,
        Self::ComeBack,
        Self::Title,
    ];

    /// The name in files, the database and the review.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OutOfOffice => "out_of_office",
            Self::LeftCompany => "left_company",
            Self::Acquired => "acquired",
            Self::Reorganised => "reorganised",
            Self::OptedOut => "opted_out",
            Self::Ill => "ill",
            Self::Bounced => "bounced",
            Self::Referred => "referred",
            Self::ComeBack => "come_back",
            Self::Title => "title",
        }
    }

    /// As a person reads it. Whoever looks over a shoulder need not read of an illness.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::OutOfOffice => "out of office",
            Self::LeftCompany => "left the company",
            Self::Acquired => "acquired",
            Self::Reorganised => "reorganised",
            Self::OptedOut => "opted out",
            Self::Ill => "something private",
            Self::Bounced => "bounced",
            Self::Referred => "referred",
            Self::ComeBack => "come back",
            Self::Title => "title",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where a statement stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// In a message.
    Message(MessageId),
    /// In a note that the seller typed on that day.
    Note(Date),
    /// In the entry of an address book or a CRM export; it has no words to quote.
    Contact(EmailAddress),
    /// In the seller's own word about people, said on that day.
    Own(Date),
}

impl Source {
    /// As the review writes it: the Message-ID in angle brackets, `note:DATE`, `contact:ADDRESS`, or
    /// `own:DATE`.
    pub fn to_reference(&self) -> String {
        match self {
            Self::Message(id) => format!("<{id}>"),
            Self::Note(date) => format!("note:{date}"),
            Self::Contact(email) => format!("contact:{email}"),
            Self::Own(date) => format!("own:{date}"),
        }
    }

    /// The place that is written so; a Message-ID may stand without its brackets.
    ///
    /// ```
    /// use inroad_model::Source;
    /// let note = Source::from_reference("note:2026-03-02").unwrap();
    /// assert_eq!(note.to_reference(), "note:2026-03-02");
    /// let message = Source::from_reference("m1@lindner.example").unwrap();
    /// assert_eq!(message.to_reference(), "<m1@lindner.example>");
    /// ```
    pub fn from_reference(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(day) = text.strip_prefix("note:") {
            return day.trim().parse().ok().map(Self::Note);
        }
        if let Some(day) = text.strip_prefix("own:") {
            return day.trim().parse().ok().map(Self::Own);
        }
        if let Some(email) = text.strip_prefix("contact:") {
            return email.parse().ok().map(Self::Contact);
        }
        MessageId::new(text).ok().map(Self::Message)
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_reference())
    }
}

/// One thing that a message or a note states, with the words that state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What kind of thing.
    pub kind: FactKind,
    /// About whom; `None` where it is about the whole company.
    pub email: Option<EmailAddress>,
    /// `out_of_office`: the first day away, where the words give it.
    pub from: Option<Date>,
    /// `out_of_office`: the last day away or the day of return, as the words give it.
    pub until: Option<Date>,
    /// `referred` and `left_company`: to whom we are pointed, where an address is known.
    pub to: Option<EmailAddress>,
    /// `referred` and `left_company`: the name of that person, where it is given.
    pub to_name: Option<String>,
    /// `come_back`: the day.
    pub on: Option<Date>,
    /// `title`: the title.
    pub title: Option<String>,
    /// `opted_out`: the whole firm, not one person.
    pub whole_firm: bool,
    /// `opted_out`: everybody at this mail domain and below it, where the seller said so of a firm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Where it stands.
    #[serde(rename = "message")]
    pub source: Source,
    /// The very words: a substring of the source after folding white space; empty where the source
    /// has no words.
    pub quote: String,
}

impl Fact {
    /// The words on one line; where they are private and not shown, where they stand.
    pub fn words(&self) -> String {
        match &self.source {
            Source::Message(_) if self.quote.is_empty() => {
                format!("private; read it in {}", self.source.to_reference())
            }
            _ => self.quote.replace('\n', " "),
        }
    }

    /// A fact with nothing but its kind, its subject and its words.
    pub fn new(
        kind: FactKind,
        email: Option<EmailAddress>,
        source: Source,
        quote: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            email,
            from: None,
            until: None,
            to: None,
            to_name: None,
            on: None,
            title: None,
            whole_firm: false,
            domain: None,
            source,
            quote: quote.into(),
        }
    }
}
