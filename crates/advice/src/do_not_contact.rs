//! Who must not be written to. It is absolute: what is forbidden here is proposed nowhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use inroad_model::{EmailAddress, Fact, FactKind};

use crate::propose::is_free_mail;

/// Addresses and whole firms that asked for no more mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoNotContact {
    /// What was asked elsewhere, shared by all deals.
    elsewhere: Option<Arc<Self>>,
    people: BTreeSet<EmailAddress>,
    domains: BTreeSet<String>,
}

impl DoNotContact {
    /// A list of its own on top of another.
    pub fn beside(elsewhere: Arc<Self>) -> Self {
        Self { elsewhere: Some(elsewhere), ..Self::default() }
    }

    /// Takes in a fact, if it is an opt-out that names somebody.
    pub fn add(&mut self, fact: &Fact) {
        if fact.kind != FactKind::OptedOut {
            return;
        }
        self.domains.extend(fact.domain.clone().filter(|domain| !is_free_mail(domain)));
        let Some(email) = &fact.email else { return };
        self.people.insert(email.without_tag());
        // Who writes from a mail provider speaks for no firm that its domain would tell.
        if fact.whole_firm && !is_free_mail(email.domain()) {
            self.domains.insert(email.domain().to_owned());
        }
    }

    /// Whether an address must not be written to.
    pub fn forbids(&self, email: &EmailAddress) -> bool {
        self.elsewhere.as_ref().is_some_and(|list| list.forbids(email))
            || self.people.contains(&email.without_tag())
            || self.forbids_firm(email.domain())
    }

    /// Whether nobody at a domain must be written to.
    pub fn forbids_firm(&self, at: &str) -> bool {
        self.elsewhere.as_ref().is_some_and(|list| list.forbids_firm(at))
            || (!self.domains.is_empty()
                && itself_and_above(at).any(|at| self.domains.contains(at)))
    }
}

/// A domain, and each below which it stands.
pub(crate) fn itself_and_above(domain: &str) -> impl Iterator<Item = &str> {
    let above = domain.match_indices('.').filter_map(|(dot, _)| domain.get(dot + 1..));
    std::iter::once(domain).chain(above)
}

impl<'f> FromIterator<&'f Fact> for DoNotContact {
    fn from_iter<I: IntoIterator<Item = &'f Fact>>(facts: I) -> Self {
        let mut list = Self::default();
        facts.into_iter().for_each(|fact| list.add(fact));
        list
    }
}

#[cfg(test)]
mod tests {
    use inroad_model::Source;

    use super::*;

    fn check(who: &str, whole_firm: bool, email: &str, expected: bool) {
        let source = Source::Contact(who.parse().unwrap());
        let mut fact = Fact::new(FactKind::OptedOut, Some(who.parse().unwrap()), source, "");
        fact.whole_firm = whole_firm;
        let mut list = DoNotContact::default();
        list.add(&fact);
        assert_eq!(list.forbids(&email.parse().unwrap()), expected, "{who} {whole_firm} {email}");
    }

    #[test]
    fn one_person_or_the_whole_firm() {
        check("jana@lindner.example", false, "Jana@Lindner.example", true);
        check("jana@lindner.example", false, "jana+news@lindner.example", true);
        check("jana+news@lindner.example", false, "jana@lindner.example", true);
        check("jana@lindner.example", false, "omar@lindner.example", false);
        check("jana@lindner.example", true, "omar@lindner.example", true);
        check("jana@lindner.example", true, "omar@mail.lindner.example", true);
        check("jana@lindner.example", true, "omar@notlindner.example", false);
        check("jana@gmail.com", true, "omar@gmail.com", false);
    }

    #[test]
    fn everybody_at_a_domain() {
        for (domain, email, expected) in [
            ("lindner.example", "omar@lindner.example", true),
            ("lindner.example", "omar@mail.lindner.example", true),
            ("lindner.example", "omar@notlindner.example", false),
            ("gmail.com", "omar@gmail.com", false),
        ] {
            let source = Source::Own(jiff::civil::date(2026, 3, 2));
            let mut fact = Fact::new(FactKind::OptedOut, None, source, "");
            fact.domain = Some(domain.to_owned());
            let mut list = DoNotContact::default();
            list.add(&fact);
            assert_eq!(list.forbids(&email.parse().unwrap()), expected, "{domain} {email}");
        }
    }
}
