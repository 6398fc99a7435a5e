//! Recipients as a person types them, one field a head. Stricter than mail is read: a letter goes to nobody who
//! was not understood, and to everybody who was typed.

use inroad_model::{EmailAddress, Mailbox};

use crate::{Error, Result};

/// What stands in a field: `Jana Kühn <jana@lindner.example>, omar@lindner.example`.
///
/// # Errors
/// [`Error::Invalid`] with the part that is no address.
pub(super) fn mailboxes(field: &str, typed: &str) -> Result<Vec<Mailbox>> {
    parts(typed)
        .iter()
        .map(|part| mailbox(part))
        .collect::<Option<Vec<Mailbox>>>()
        .ok_or_else(|| invalid(field, typed))
}

fn invalid(field: &str, typed: &str) -> Error {
    let odd = parts(typed).into_iter().find(|part| mailbox(part).is_none()).unwrap_or_default();
    let odd: String = odd.chars().take(80).collect();
    let what = format!(
        "{field}: '{odd}' is no address; write name@firm.example or Name <name@firm.example>, with commas between"
    );
    Error::Invalid { what }
}

/// The parts between commas, semicolons and line ends that stand in no quotes and no brackets.
fn parts(typed: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    for c in typed.chars() {
        let is_end = matches!(c, ',' | ';' | '\n' | '\r') && !is_quoted && !is_bracketed;
        if is_end {
            parts.push(String::new());
            continue;
        }
        match c {
            '"' if !is_escaped => is_quoted = !is_quoted,
            '<' if !is_quoted => is_bracketed = true,
            '>' if !is_quoted => is_bracketed = false,
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn mailbox(part: &str) -> Option<Mailbox> {
    let Some((name, rest)) = part.rsplit_once('<') else {
        return address(part).map(|address| Mailbox { name: None, address });
    };
    let address = address(rest.trim().strip_suffix('>')?)?;
    let name = name.trim();
    let name = match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
        None if name.contains(['"', '<', '>']) => return None,
        None => name.to_owned(),
    };
    let name = name.trim();
    Some(Mailbox { name: (!name.is_empty()).then(|| name.to_owned()), address })
}

/// An address; a host may end with a full stop, as some write it.
fn address(text: &str) -> Option<EmailAddress> {
    let text = text.trim().trim_end_matches('.');
    let is_bare = !text.chars().any(|c| c.is_whitespace() || "<>()\"".contains(c));
    text.parse().ok().filter(|_| is_bare && text.matches('@').count() == 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(typed: &str, expected: Option<&[(&str, &str)]>) {
        let found = mailboxes("To", typed).ok();
        let found: Option<Vec<(String, String)>> = found.map(|all| {
            all.into_iter()
                .map(|one| (one.name.unwrap_or_default(), one.address.to_string()))
                .collect()
        });
        let expected = expected.map(|all| {
            all.iter().map(|(name, email)| ((*name).to_owned(), (*email).to_owned())).collect()
        });
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn as_people_type_them() {
        check("", Some(&[]));
        check("jana@l.example", Some(&[("", "jana@l.example")]));
        check("Jana Kühn <Jana@L.example>", Some(&[("Jana Kühn", "jana@l.example")]));
        check("\"Bly, Ann\" <ann@h.example>", Some(&[("Bly, Ann", "ann@h.example")]));
        check(
            "a@l.example; b@l.example,\n c@l.example,",
            Some(&[("", "a@l.example"), ("", "b@l.example"), ("", "c@l.example")]),
        );
        check("Ann <ann@h.example.>", Some(&[("Ann", "ann@h.example")]));
        check("\"Ann <3 Bo\" <ann@h.example>", Some(&[("Ann <3 Bo", "ann@h.example")]));
        check("\"A \\\"B\\\"\" <a@l.example>", Some(&[("A \"B\"", "a@l.example")]));
    }

    #[test]
    fn nobody_is_left_out_in_silence() {
        for odd in [
            "jana",
            "jana@l.example, omar",
            "Jana <jana>",
            "Jana <jana@l.example",
            "jana@l.example omar@l.example",
            "a@b@l.example",
            "Ann <ann@h.example> (home)",
            "Ann <ann@h.example> <bo@h.example>",
            "\"Ann <ann@h.example>",
            "Ann \"B\" C <ann@h.example>",
        ] {
            check(odd, None);
        }
    }

    proptest! {
        #[test]
        fn a_quoted_name_is_read_as_it_was(name in "[^\\p{C}\\\\\"]{1,20}", local in "[a-z]{1,8}") {
            let mailbox = Mailbox {
                name: (!name.trim().is_empty()).then(|| name.trim().to_owned()),
                address: format!("{local}@l.example").parse().unwrap(),
            };
            let typed = format!("\"{name}\" <{local}@l.example>");
            prop_assert_eq!(mailboxes("To", &typed).unwrap(), [mailbox]);
        }

        #[test]
        fn nothing_breaks_it(typed in ".{0,80}") {
            let _either = mailboxes("To", &typed);
        }
    }
}
