//! People as address books and CRM exports hold them.

use serde::{Deserialize, Serialize};

use crate::EmailAddress;

/// One person of an address book, a CRM export or a vCard. Empty cells are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The whole name, given name first.
    pub name: Option<String>,
    /// All addresses, the first one preferred.
    pub emails: Vec<EmailAddress>,
    /// Phone numbers as written.
    pub phones: Vec<String>,
    /// Title or position.
    pub title: Option<String>,
    /// Company.
    pub organization: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// The identifier in the system it came from, if any.
    pub external_id: Option<String>,
    /// The contact asked not to be written to.
    pub opted_out: bool,
    // What came later is left out where it is empty: a contact is known again by its content.
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// The city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The state, canton or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The part of the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A contact is known again by these bytes: with none of what came later they stay as they were.
    #[test]
    fn what_came_later_leaves_no_trace_where_it_is_empty() {
        let jana = Contact {
            name: Some("Jana Kühn".to_owned()),
            emails: vec!["jana@lindner.example".parse().unwrap()],
            phones: vec!["+49 1".to_owned()],
            ..Contact::default()
        };
        let kept = concat!(
            r#"{"name":"Jana Kühn","emails":["jana@lindner.example"],"phones":["+49 1"],"#,
            r#""title":null,"organization":null,"note":null,"external_id":null,"opted_out":false}"#,
        );
        assert_eq!(serde_json::to_string(&jana).unwrap(), kept);
        assert_eq!(serde_json::from_str::<Contact>(kept).unwrap(), jana);
        let there = Contact { city: Some("Bonn".to_owned()), ..jana };
        let text = serde_json::to_string(&there).unwrap();
        assert!(text.ends_with(r#""opted_out":false,"city":"Bonn"}"#), "{text}");
        assert_eq!(serde_json::from_str::<Contact>(&text).unwrap(), there);
    }
}
