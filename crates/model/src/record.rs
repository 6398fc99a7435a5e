//! What records say of a person, and a person's own word that one of them is wrong.

use serde::{Deserialize, Serialize};

use crate::{Contact, Remark};

/// A property of a contact that can be put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// The whole name.
    Name,
    /// Title or position.
    Title,
    /// The firm.
    Firm,
    /// One of the telephone numbers.
    Phone,
}

impl ContactField {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Name, Self::Title, Self::Firm, Self::Phone];

    /// The name in forms and on a command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Firm => "firm",
            Self::Phone => "phone",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// What it is called in a sentence.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Firm => "firm",
            Self::Phone => "telephone number",
        }
    }

    /// Whether two values say the same: telephone numbers may be spaced as one likes.
    ///
    /// ```
    /// use inroad_model::ContactField::{Phone, Title};
    /// assert!(Phone.is_same("+49 (30) 12-3", "+493012 3") && !Phone.is_same("1", "2"));
    /// assert!(!Title.is_same("Head of IT", "Head of  IT"));
    /// ```
    pub fn is_same(self, a: &str, b: &str) -> bool {
        let counts = |c: &char| !matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '.' | '/');
        match self {
            Self::Phone => a.chars().filter(counts).eq(b.chars().filter(counts)),
            Self::Name | Self::Title | Self::Firm => a == b,
        }
    }

    /// What a contact says of it; nothing where it says nothing.
    pub fn said_by(self, contact: &Contact) -> Vec<&str> {
        match self {
            Self::Name => contact.name.as_deref().into_iter().collect(),
            Self::Title => contact.title.as_deref().into_iter().collect(),
            Self::Firm => contact.organization.as_deref().into_iter().collect(),
            Self::Phone => contact.phones.iter().map(String::as_str).collect(),
        }
    }
}

/// Not this, but that: one value of a property takes the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordChange {
    /// Of which property.
    pub field: ContactField,
    /// What the record says; `None` where it says nothing, and for one more telephone number.
    pub was: Option<Remark>,
    /// What is so; `None` where nothing is to be said any more.
    pub is: Option<Remark>,
}

impl RecordChange {
    /// The most characters of a value.
    pub const CHARS_MAX: usize = 200;

    /// The other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { field: self.field, was: self.is.clone(), is: self.was.clone() }
    }

    /// Whether a contact says what is wrong: only there it applies.
    pub fn concerns(&self, contact: &Contact) -> bool {
        let said = self.field.said_by(contact);
        match (&self.was, &self.is) {
            (Some(was), _) => said.iter().any(|one| self.field.is_same(one, was.as_str())),
            (None, Some(is)) if self.field == ContactField::Phone => {
                !said.iter().any(|one| self.field.is_same(one, is.as_str()))
            }
            (None, _) => said.is_empty(),
        }
    }

    /// Puts a contact right that it concerns; any other stays as it is.
    pub fn apply(&self, contact: &mut Contact) {
        if !self.concerns(contact) {
            return;
        }
        let is = self.is.as_ref().map(|is| is.as_str().to_owned());
        match self.field {
            ContactField::Name => contact.name = is,
            ContactField::Title => contact.title = is,
            ContactField::Firm => contact.organization = is,
            ContactField::Phone => {
                let was = self.was.as_ref().map(Remark::as_str);
                let is_meant = |one: &String| was.is_some_and(|was| self.field.is_same(one, was));
                let at = contact.phones.iter().position(is_meant);
                contact.phones.retain(|one| !is_meant(one));
                let is_there =
                    |is: &String| contact.phones.iter().any(|one| self.field.is_same(one, is));
                if let Some(is) = is.filter(|is| !is_there(is)) {
                    contact.phones.insert(at.unwrap_or(contact.phones.len()), is);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jana() -> Contact {
        Contact {
            name: Some("Jana Kühn".to_owned()),
            phones: vec!["+49 30 1".to_owned(), "+49 30 2".to_owned()],
            title: Some("Buyer".to_owned()),
            ..Contact::default()
        }
    }

    fn check(field: ContactField, was: &str, is: &str, expected: &[&str]) {
        let remark = |text| Remark::if_any(text).unwrap();
        let change = RecordChange { field, was: remark(was), is: remark(is) };
        let mut contact = jana();
        let concerned = change.concerns(&contact);
        change.apply(&mut contact);
        assert_eq!(field.said_by(&contact), expected, "{was:?} to {is:?}");
        assert_eq!(concerned, contact != jana(), "{was:?} to {is:?}");
        if concerned {
            change.reversed().apply(&mut contact);
            assert_eq!(contact, jana(), "{was:?} to {is:?} and back");
        }
    }

    #[test]
    fn only_what_is_wrong_is_put_right() {
        use ContactField::{Firm, Name, Phone, Title};
        check(Title, "Buyer", "Head of buying", &["Head of buying"]);
        check(Title, "Seller", "Head of buying", &["Buyer"]);
        check(Title, "", "Head of buying", &["Buyer"]);
        check(Name, "Jana Kühn", "Jana Meier", &["Jana Meier"]);
        check(Firm, "", "Lindner Bau", &["Lindner Bau"]);
        check(Phone, "+49 30 1", "+49 30 7", &["+49 30 7", "+49 30 2"]);
        check(Phone, "", "+49 30 3", &["+49 30 1", "+49 30 2", "+49 30 3"]);
        check(Phone, "", "+49-30-2", &["+49 30 1", "+49 30 2"]);
        check(Phone, "+49 30 9", "+49 30 3", &["+49 30 1", "+49 30 2"]);
    }
}
