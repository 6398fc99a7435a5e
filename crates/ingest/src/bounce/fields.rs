//! The fields of a delivery status (RFC 3464), wherever they stand: in a part of their own, or as
//! text by programs that do not know parts.
//!
//! Must not: need the empty lines between the groups; some programs leave them out.

use inroad_model::EmailAddress;

use super::address;

/// What one group of fields says about one recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) original: Option<EmailAddress>,
    pub(super) final_: Option<EmailAddress>,
    pub(super) actual: Option<EmailAddress>,
    pub(super) action: Option<Action>,
    pub(super) status: Option<String>,
    pub(super) diagnostic: Option<String>,
    /// A recipient stands there, even if no address can be read from it.
    named: bool,
}

/// RFC 3464, 2.3.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Failed,
    Delayed,
    /// Delivered, relayed or expanded.
    Passed,
}

/// Lines that are looked at.
const LINES_MAX: usize = 20_000;
/// Longest value of a field, in bytes; diagnostics are longer than anybody reads.
const VALUE_BYTES_MAX: usize = 4 << 10;

/// The groups in a text that name a recipient.
pub(super) fn groups(text: &str, groups_max: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut group = Group::default();
    let mut field: Option<(Name, String)> = None;
    for line in text.lines().take(LINES_MAX) {
        if let Some((_, value)) = &mut field
            && line.starts_with([' ', '\t'])
            && !line.trim().is_empty()
        {
            if value.len() < VALUE_BYTES_MAX {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        if let Some((name, value)) = field.take() {
            group.set(name, &value);
        }
        if groups.len() >= groups_max {
            break;
        }
        if line.trim().is_empty() {
            group.finish(&mut groups);
        } else if let Some((name, value)) = named(line) {
            if group.starts_anew(name) {
                group.finish(&mut groups);
            }
            field = Some((name, value.chars().take(VALUE_BYTES_MAX).collect()));
        }
    }
    if let Some((name, value)) = field {
        group.set(name, &value);
    }
    group.finish(&mut groups);
    groups
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Original,
    Final,
    Actual,
    Action,
    Status,
    Diagnostic,
}

const NAMES: [(&str, Name); 6] = [
    ("original-recipient", Name::Original),
    ("final-recipient", Name::Final),
    ("x-actual-recipient", Name::Actual),
    ("action", Name::Action),
    ("status", Name::Status),
    ("diagnostic-code", Name::Diagnostic),
];

fn named(line: &str) -> Option<(Name, &str)> {
    let (name, value) = line.trim_start().split_once(':')?;
    let name = name.trim();
    NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, n)| (*n, value))
}

impl Group {
    fn set(&mut self, name: Name, value: &str) {
        let value = value.trim();
        match name {
            Name::Original => self.original = address::in_value(value),
            Name::Final => self.final_ = address::in_value(value),
            Name::Actual => self.actual = address::in_value(value),
            Name::Action => self.action = action(value),
            Name::Status => {
                let code = value.split([' ', '(', ';']).next().unwrap_or_default().trim();
                self.status = (!code.is_empty() && code.len() <= 11).then(|| code.to_owned());
            }
            Name::Diagnostic => {
                // `smtp; 550 …`: the type of the words is none of them.
                let words = value.split_once(';').map_or(value, |(kind, rest)| {
                    if kind.trim().contains(' ') { value } else { rest }
                });
                self.diagnostic = Some(words.trim().to_owned());
            }
        }
        self.named |= matches!(name, Name::Original | Name::Final | Name::Actual);
    }

    /// Whether a field of that name cannot belong to this group any more.
    fn starts_anew(&self, name: Name) -> bool {
        match name {
            Name::Final => self.final_.is_some(),
            Name::Original => self.original.is_some(),
            _ => false,
        }
    }

    fn finish(&mut self, groups: &mut Vec<Self>) {
        let group = std::mem::take(self);
        if group.named || group.action.is_some() {
            // Programs that put an empty line between the fields of one recipient.
            if let Some(last) = groups.last_mut()
                && last.named
                && !group.named
                && last.action.is_none()
            {
                last.action = group.action;
                last.status = last.status.take().or(group.status);
                last.diagnostic = last.diagnostic.take().or(group.diagnostic);
                return;
            }
            groups.push(group);
        }
    }
}

fn action(value: &str) -> Option<Action> {
    let word = value.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is = |known: &str| word.eq_ignore_ascii_case(known);
    if is("failed") || is("failure") {
        Some(Action::Failed)
    } else if is("delayed") {
        Some(Action::Delayed)
    } else if ["delivered", "relayed", "expanded", "deliverable", "delivery"].into_iter().any(is) {
        Some(Action::Passed)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn groups_with_and_without_empty_lines() {
        let text = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; a@x.example\n\
            Action: failed\nStatus: 5.1.1 (unknown)\nDiagnostic-Code: smtp; 550\n no such user\n\
            Final-Recipient: rfc822;<b@x.example>\nOriginal-Recipient: rfc822;c@x.example\n\
            Action: delayed\n";
        let found = groups(text, 10);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].final_.as_ref().unwrap().as_str(), "a@x.example");
        assert_eq!(found[0].status.as_deref(), Some("5.1.1"));
        assert_eq!(found[0].diagnostic.as_deref(), Some("550 no such user"));
        assert_eq!(found[1].original.as_ref().unwrap().as_str(), "c@x.example");
        assert_eq!(found[1].action, Some(Action::Delayed));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "((Final-Recipient|Action|Status|Diagnostic-Code|x)?:?[ -~]{0,20}\n?){0,20}") {
            prop_assert!(groups(&text, 5).len() <= 6);
        }
    }
}
