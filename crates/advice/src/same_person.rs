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
            proposals.entry(other.email.clone()).or_insert_with(|| because_of_name(name));
        }
    }
    proposals.into_iter().collect()
}

/// Everybody seen, by the words of their names: who is asked for many people at once asks here.
#[derive(Debug, Default)]
pub struct ByName {
    /// Of each full name the addresses that are made from it, with the name as it was seen.
    made_from: BTreeMap<Vec<String>, Vec<(EmailAddress, String)>>,
}

impl ByName {
    /// Takes in who was seen.
    pub fn of(seen: impl IntoIterator<Item = Seen>) -> Self {
        let mut by_name = Self::default();
        for Seen { email, name } in seen {
            let Some(name) = name else { continue };
            let words = name_words(&name);
            if words.len() >= 2 && made_from(&email, &words) {
                by_name.made_from.entry(words).or_default().push((email, name));
            }
        }
        by_name
    }

    /// As [`propose`] by names alone: those of the same name as the address was seen under.
    pub fn like(&self, email: &EmailAddress, name: &str) -> Vec<(EmailAddress, String)> {
        let words = name_words(name);
        if !made_from(email, &words) {
            return Vec::new();
        }
        let others = self.made_from.get(&words).into_iter().flatten();
        let others = others.filter(|(other, _)| other != email);
        others.map(|(other, _)| (other.clone(), because_of_name(name))).collect()
    }

    /// Every pair of addresses that may be one person's, the smaller address first. Of a name that
    /// many have, nobody knows who is who, so it is left out.
    pub fn pairs(&self) -> Vec<(EmailAddress, EmailAddress, String)> {
        let mut pairs = Vec::new();
        for people in self.made_from.values().filter(|people| people.len() <= NAMESAKES_MAX) {
            for (n, (a, name)) in people.iter().enumerate() {
                for (b, _) in people.iter().skip(n + 1) {
                    let (a, b) = (a.min(b), a.max(b));
                    pairs.push((a.clone(), b.clone(), because_of_name(name)));
                }
            }
        }
        pairs
    }
}

/// More addresses of one name are no person's.
const NAMESAKES_MAX: usize = 6;

fn because_of_name(name: &str) -> String {
    format!("The same name, {}, and both addresses are made from it", name.trim())
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
    fn asked_for_everybody_at_once_it_says_the_same() {
        let all = [
            seen("jana.kuehn@lindner.example", "Jana Kühn"),
            seen("jana.kuehn@posteo.example", "Kühn, Jana"),
            seen("office@lindner.example", "Jana Kühn"),
            seen("j.weber@lindner.example", "Jana Weber"),
        ];
        let by_name = ByName::of(all.clone());
        for one in &all {
            let name = one.name.as_deref().unwrap();
            assert_eq!(by_name.like(&one.email, name), propose(&one.email, &all, &[]), "{name}");
        }
        let pairs = by_name.pairs();
        let pairs: Vec<_> = pairs.iter().map(|(a, b, _)| (a.as_str(), b.as_str())).collect();
        assert_eq!(pairs, [("jana.kuehn@lindner.example", "jana.kuehn@posteo.example")]);
    }

    #[test]
    fn a_shared_mailbox_is_nobody() {
        check("office@lindner.example", &[]);
    }
}
