//! One property of one card is changed, as text: every other line stays byte for byte as its program wrote it,
//! also what nobody here understands.
//!
//! Only cards of versions 3.0 and 4.0. What came out is read again and compared with what was meant, so that
//! a card that cannot be changed so is left alone. Must not: touch a line of another property.

use inroad_model::{Contact, ContactField, RecordChange, Remark};

use super::line::{Line, components, escaped, folded, lines, unescaped};
use super::parse_contacts;
use crate::Limits;

/// What came of changing a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardChange {
    /// The card as it is from then on.
    Changed(String),
    /// It says so already.
    Same,
    /// It says neither what was wrong nor what is right, but this; nothing if it says nothing.
    Other(Vec<String>),
    /// It cannot be changed without touching more, or it is no single card that can be read.
    Unfit,
}

/// Puts a property of a card right: what the change calls wrong has to stand there, else nothing is changed.
/// Of a name the parts of `N` follow where they were the parts of the former name.
///
/// ```
/// use inroad_ingest::Limits;
/// use inroad_ingest::vcard::{CardChange, change_card};
/// use inroad_model::{ContactField, RecordChange, Remark};
/// let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jana\r\nTITLE;LANGUAGE=en:Buyer\r\nX-A:b\r\nEND:VCARD\r\n";
/// let change = RecordChange {
///     field: ContactField::Title,
///     was: Some(Remark::new("Buyer")?),
///     is: Some(Remark::new("Head, buying")?),
/// };
/// let CardChange::Changed(text) = change_card(card, &change, &Limits::default()) else { panic!() };
/// assert_eq!(text, card.replace("Buyer", "Head\\, buying"));
/// # Ok::<(), inroad_model::InvalidRemark>(())
/// ```
pub fn change_card(text: &str, change: &RecordChange, limits: &Limits) -> CardChange {
    let lines = lines(text);
    let Some(before) = read(text, limits).filter(|_| is_plain(text, &lines)) else {
        return CardChange::Unfit;
    };
    let field = change.field;
    let says = field.said_by(&before);
    let has = |value: &Option<Remark>| {
        value
            .as_ref()
            .is_some_and(|value| says.iter().any(|one| field.is_same(one, value.as_str())))
    };
    if !change.concerns(&before) {
        let is_so = if change.is.is_some() { has(&change.is) } else { !has(&change.was) };
        return if is_so {
            CardChange::Same
        } else {
            CardChange::Other(says.into_iter().map(str::to_owned).collect())
        };
    }
    let Some(changed) = edited(&lines, &before, change) else { return CardChange::Unfit };
    let mut meant = before.clone();
    change.apply(&mut meant);
    match read(&changed, limits) {
        Some(after) if is_same(&after, &meant) => CardChange::Changed(changed),
        _ => CardChange::Unfit,
    }
}

/// The one contact of a text, if it is one.
fn read(text: &str, limits: &Limits) -> Option<Contact> {
    let (mut contacts, _issues) = parse_contacts(text.as_bytes(), limits);
    contacts.pop().filter(|_| contacts.is_empty())
}

/// Whether it is one card and nothing else, of a version whose lines can be changed one by one, and came as
/// it was sent.
fn is_plain(text: &str, lines: &[Line<'_>]) -> bool {
    let named = |name: &str| lines.iter().filter(|line| line.is(name)).count();
    let is_version =
        |line: &Line<'_>| line.is("VERSION") && matches!(line.value().trim(), "3.0" | "4.0");
    (named("BEGIN"), named("END"), named("VERSION")) == (1, 1, 1)
        && lines.first().is_some_and(|line| line.is("BEGIN"))
        && lines.iter().any(is_version)
        && !text.contains(char::REPLACEMENT_CHARACTER)
}

/// Telephone numbers count as the same however they are spaced.
fn is_same(a: &Contact, b: &Contact) -> bool {
    let phones = |contact: &Contact| contact.phones.clone();
    let rest = |contact: &Contact| Contact { phones: Vec::new(), ..contact.clone() };
    let (one, other) = (phones(a), phones(b));
    let alike = |(one, other): (&String, &String)| ContactField::Phone.is_same(one, other);
    rest(a) == rest(b) && one.len() == other.len() && one.iter().zip(&other).all(alike)
}

fn edited(lines: &[Line<'_>], before: &Contact, change: &RecordChange) -> Option<String> {
    let names: &[&str] = match change.field {
        ContactField::Name => &["FN"],
        // Where there is no title, the role was read for it.
        ContactField::Title => &["TITLE", "ROLE"],
        ContactField::Firm => &["ORG"],
        ContactField::Phone => &["TEL"],
    };
    let is = change.is.as_ref().map(Remark::as_str);
    let Some(was) = change.was.as_ref().map(Remark::as_str) else {
        return is.map(|is| with_line(lines, names.first().copied().unwrap_or_default(), is));
    };
    let says =
        |line: &Line<'_>| line.said(change.field).iter().any(|one| change.field.is_same(one, was));
    let name = names.iter().find(|name| lines.iter().any(|line| line.is(name) && says(line)))?;
    let mut text = String::new();
    for line in lines {
        let new = if line.is(name) && says(line) {
            match is {
                Some(is) => Some(line.with_value(&value(line, change.field, is)?)),
                None => Some(String::new()),
            }
        } else if line.is("N") && change.field == ContactField::Name {
            is.and_then(|is| named(line, before, is))
        } else {
            None
        };
        match new {
            Some(new) => text.push_str(&new),
            None => text.push_str(line.raw),
        }
    }
    Some(text)
}

/// What stands behind the colon from then on; `None` where the line is written in a way of its own.
fn value(line: &Line<'_>, field: ContactField, is: &str) -> Option<String> {
    if line.has_parameter("ENCODING") {
        return None;
    }
    let old = line.value();
    Some(match field {
        ContactField::Firm => {
            let mut parts = components(old);
            let first = parts.iter_mut().find(|part| !part.trim().is_empty())?;
            *first = escaped(is);
            parts.join(";")
        }
        // As an address (RFC 3966) it holds no blanks.
        ContactField::Phone if old.trim_start().to_ascii_lowercase().starts_with("tel:") => {
            format!("tel:{}", is.split_whitespace().collect::<Vec<_>>().join("-"))
        }
        ContactField::Name | ContactField::Title | ContactField::Phone => escaped(is),
    })
}

/// The line `N` with the parts of a new name, if it held those of the former one.
fn named(line: &Line<'_>, before: &Contact, is: &str) -> Option<String> {
    let old = line.value();
    let mut parts = components(old);
    let plain = |parts: &[String], at: usize| {
        parts.get(at).map(|part| unescaped(part).trim().to_owned()).unwrap_or_default()
    };
    let (family, given, middle) = (plain(&parts, 0), plain(&parts, 1), plain(&parts, 2));
    let first = format!("{given} {middle}").trim().to_owned();
    if before.name.as_deref() != Some(format!("{first} {family}").trim()) || family.is_empty() {
        return None;
    }
    let rest = is.strip_prefix(&format!("{first} ")).filter(|_| !first.is_empty());
    let (new_first, new_family) = match rest {
        Some(rest) => (None, rest),
        None => match is.strip_suffix(&format!(" {family}")) {
            Some(first) => (Some(first), family.as_str()),
            None => is.rsplit_once(' ').map(|(first, family)| (Some(first), family))?,
        },
    };
    *parts.first_mut()? = escaped(new_family.trim());
    if let Some(new_first) = new_first {
        *parts.get_mut(1)? = escaped(new_first.trim());
        if let Some(middle) = parts.get_mut(2) {
            middle.clear();
        }
    }
    Some(line.with_value(&parts.join(";")))
}

/// The card with one more line before its end.
fn with_line(lines: &[Line<'_>], name: &str, is: &str) -> String {
    let mut text = String::new();
    for line in lines {
        if line.is("END") {
            let end = lines.first().map_or("\r\n", Line::line_end);
            text.push_str(&folded(&format!("{name}:{}", escaped(is)), end));
        }
        text.push_str(line.raw);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//A//B//EN\r\nN:Kühn;Jana;;Dr.;\r\nFN:Jana Kühn\r\n\
        item1.ORG:Lindner\\, Söhne;Einkauf\r\nitem1.X-ABLabel:_$!<Work>!$_\r\nTITLE;LANGUAGE=en:Buyer of cranes and of everything else that\r\n  a builder needs\r\n\
        TEL;TYPE=WORK,VOICE:+49 30 1\r\nTEL;TYPE=CELL:+49 30 2\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB\r\nX-ODD;A=\"b:c\":d:e\r\nNOTE:x\\ny\r\nEND:VCARD\r\n";

    fn change(field: ContactField, was: &str, is: &str) -> RecordChange {
        RecordChange { field, was: Remark::if_any(was).unwrap(), is: Remark::if_any(is).unwrap() }
    }

    /// Checks which text takes the place of which, and that the way back leads to what was.
    #[track_caller]
    fn check(card: &str, change: &RecordChange, from: &str, to: &str) {
        assert!(card.contains(from), "{from}");
        let limits = Limits::default();
        let CardChange::Changed(changed) = change_card(card, change, &limits) else {
            panic!("{change:?}: {:?}", change_card(card, change, &limits))
        };
        assert_eq!(changed, card.replacen(from, to, 1));
        assert_eq!(change_card(&changed, change, &limits), CardChange::Same);
        let CardChange::Changed(back) = change_card(&changed, &change.reversed(), &limits) else {
            panic!("back: {change:?}")
        };
        // Folds are where programs put them.
        let unfolded = |text: &str| text.replace("\r\n ", "");
        assert_eq!(unfolded(&back), unfolded(card));
    }

    #[test]
    fn one_line_is_another_and_all_others_are_as_they_were() {
        use ContactField::{Firm, Name, Phone, Title};
        let title = "Buyer of cranes and of everything else that a builder needs";
        let line = "TITLE;LANGUAGE=en:Buyer of cranes and of everything else that\r\n  a builder needs\r\n";
        check(
            CARD,
            &change(Title, title, "Head; \u{e9}"),
            line,
            "TITLE;LANGUAGE=en:Head\\; \u{e9}\r\n",
        );
        check(CARD, &change(Firm, "Lindner, Söhne", "Krane"), "Lindner\\, Söhne;", "Krane;");
        check(CARD, &change(Phone, "+49 30 2", "+49 30 3"), "CELL:+49 30 2", "CELL:+49 30 3");
        check(CARD, &change(Phone, "", "+49 30 4"), "END:V", "TEL:+49 30 4\r\nEND:V");
        let names = "N:Kühn;Jana;;Dr.;\r\nFN:Jana Kühn";
        check(
            CARD,
            &change(Name, "Jana Kühn", "Jana Meier"),
            names,
            "N:Meier;Jana;;Dr.;\r\nFN:Jana Meier",
        );
        check(
            CARD,
            &change(Name, "Jana Kühn", "Anna Kühn"),
            names,
            "N:Kühn;Anna;;Dr.;\r\nFN:Anna Kühn",
        );

        let four = CARD.replace("3.0", "4.0").replace("\r\n", "\n");
        let uri =
            four.replace("TYPE=CELL:", "VALUE=uri;TYPE=cell:tel:").replace("+49 30 2", "+49-30-2");
        check(&uri, &change(Phone, "+49 30 2", "+49 30 3"), "tel:+49-30-2", "tel:+49-30-3");
        let role = four.replace(
            "TITLE;LANGUAGE=en:Buyer of cranes and of everything else that\n  a builder needs",
            "ROLE:Buyer",
        );
        check(&role, &change(Title, "Buyer", "Head"), "ROLE:Buyer", "ROLE:Head");
        let none = role.replace("ROLE:Buyer\n", "");
        check(&none, &change(Title, "", "Head"), "END:V", "TITLE:Head\nEND:V");
    }

    #[test]
    fn what_does_not_fit_is_left_alone() {
        use ContactField::{Phone, Title};
        let refused =
            |card: &str, change: &RecordChange| change_card(card, change, &Limits::default());
        let card =
            CARD.replace("Buyer of cranes and of everything else that\r\n  a builder needs", "CFO");
        assert_eq!(
            refused(&card, &change(Title, "Buyer", "Head")),
            CardChange::Other(vec!["CFO".to_owned()])
        );
        assert_eq!(
            refused(&card, &change(Title, "", "Head")),
            CardChange::Other(vec!["CFO".to_owned()])
        );
        assert_eq!(refused(&card, &change(Title, "Buyer", "CFO")), CardChange::Same);
        assert_eq!(refused(&card, &change(Phone, "+49 30 9", "")), CardChange::Same);
        let wish = change(Title, "CFO", "Head");
        for (why, odd) in [
            ("an older version", card.replace("3.0", "2.1")),
            ("two cards", card.repeat(2)),
            ("another charset", card.replace('ö', "\u{fffd}")),
            ("an encoding", card.replace("TITLE;LANGUAGE=en:", "TITLE;ENCODING=QUOTED-PRINTABLE:")),
            ("no card", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_owned()),
            ("no end", card.replace("END:VCARD\r\n", "")),
        ] {
            assert_eq!(refused(&odd, &wish), CardChange::Unfit, "{why}");
        }
    }
}
