//! Addresses that may belong to one person, for the user to decide.
//!
//! A wrong merge mixes two people's words, so a proposal needs either an address book that says
//! so, or the same full name together with an address made from it.

use std::collections::BTreeMap;

use inroad_model::{Contact, EmailAddress};

/// An address with the name seen beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The address.
    pub email: EmailAddress,
    /// The display name, if any.
    pub name: Option<String>,
}

/// Addresses that may belong to the same person as `email`, each with the reason, by address.
pub fn propose(
    email: &EmailAddress,
    seen: &[Seen],
    contacts: &[Contact],
) -> Vec<(EmailAddress, String)> {
    let mut proposals: BTreeMap<EmailAddress, String> = BTreeMap::new();
    for contact in contacts.iter().filter(|contact| contact.emails.contains(email)) {
        for other in contact.emails.iter().filter(|other| *other != email) {
            proposals.insert(other.clone(), "One address book entry holds both".to_owned());
        }
    }
    let Some(name) = seen.iter().find(|s| s.email == *email).and_then(|s| s.name.as_deref()) else {
        return proposals.into_iter().collect();
    };
    let words = name_words(name);
    if words.len() < 2 || !made_from(email, &words) {
        return proposals.into_iter().collect();
    }
    for other in seen.iter().filter(|other| other.email != *email) {
        let same_name = other.name.as_deref().is_some_and(|other| name_words(other) == words);
        if same_name && made_from(&other.email, &words) {
            proposals.entry(other.email.clone()).or_insert_with(|| {
                format!("The same name, {}, and both addresses are made from it", name.trim())
            });
        }
    }
    proposals.into_iter().collect()
}

/// The words of a name without case, accents of the Latin script and order.
fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(plain)
        .collect();
    words.sort();
    words
}

/// Whether the part before the @ holds one of the longer words of the name.
fn made_from(email: &EmailAddress, words: &[String]) -> bool {
    let local = plain(email.local());
    words.iter().any(|word| word.chars().count() >= 3 && local.contains(word.as_str()))
}

/// Lower case, with the usual letters for those with marks.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'æ' => plain.push_str("ae"),
            'ö' | 'ø' | 'œ' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'á' | 'à' | 'â' | 'ã' | 'å' | 'ą' => plain.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' => plain.push('e'),
            'í' | 'ì' | 'î' | 'ï' => plain.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' => plain.push('o'),
            'ú' | 'ù' | 'û' => plain.push('u'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'ñ' | 'ń' => plain.push('n'),
            'ł' => plain.push('l'),
            'ś' | 'š' => plain.push('s'),
            'ž' | 'ź' | 'ż' => plain.push('z'),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(email: &str, name: &str) -> Seen {
        Seen { email: email.parse().unwrap(), name: Some(name.to_owned()) }
    }

    fn check(email: &str, expected: &[&str]) {
        let all = [
            seen("jana.kuehn@lindner.example", "Jana Kühn"),
            seen("jana.kuehn@posteo.example", "Kühn, Jana"),
            seen("office@lindner.example", "Jana Kühn"),
            seen("j.weber@lindner.example", "Jana Weber"),
        ];
        let got = propose(&email.parse().unwrap(), &all, &[]);
        let got: Vec<&str> = got.iter().map(|(email, _)| email.as_str()).collect();
        assert_eq!(got, expected, "{email}");
    }

    #[test]
    fn the_same_name_in_another_order_is_proposed() {
        check("jana.kuehn@lindner.example", &["jana.kuehn@posteo.example"]);
    }

    #[test]
    fn a_shared_mailbox_is_nobody() {
        check("office@lindner.example", &[]);
    }
}
