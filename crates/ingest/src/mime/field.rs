//! Header fields with a syntax of their own: addresses, dates, identifiers.
//!
//! Must not: judge what it reads; a date of the year 1 is a date here.

use inroad_model::{EmailAddress, Mailbox, MessageId};
use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, DateTime, HeaderValue};
use memchr::memchr;

use super::{charset, date, words};

/// Addresses of a header.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Mailboxes {
    /// Those that can be written to, in order.
    pub list: Vec<Mailbox>,
    /// How many entries are no usable address.
    pub unusable: usize,
    /// Whether addresses beyond the bound were left out.
    pub cut: bool,
}

/// Reads an address list with groups, comments and whatever else people write, up to `max`.
pub(super) fn mailboxes(value: &[u8], max: usize, out: &mut Mailboxes) {
    let mut line = words::normalised(value);
    line.push('\n');
    let parsed = MessageStream::new(line.as_bytes()).parse_address();
    let HeaderValue::Address(parsed) = parsed else { return };
    match parsed {
        Address::List(list) => add(&list, max, out),
        Address::Group(groups) => groups.iter().for_each(|group| add(&group.addresses, max, out)),
    }
}

fn add(list: &[Addr<'_>], max: usize, out: &mut Mailboxes) {
    // "Kuehn, Jana <jana@x.example>" without quotes comes as a name alone and a mailbox.
    let mut family_name: Option<&str> = None;
    for addr in list {
        let name = addr.name.as_deref().map(clean_name).filter(|name| !name.is_empty());
        let address = addr.address.as_deref().and_then(usable_address);
        let address = address.or_else(|| name.and_then(usable_address));
        let Some(address) = address else {
            family_name = addr.name.as_deref().map(clean_name).filter(|name| !name.is_empty());
            // `undisclosed-recipients` stands for people whom nobody is told of.
            let says_nobody = family_name.is_some_and(|name| {
                name.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("undisclosed"))
            });
            out.unusable += usize::from(!says_nobody);
            continue;
        };
        if out.list.len() >= max {
            out.cut = true;
            return;
        }
        let name = match (family_name.take(), name) {
            (Some(family), Some(given)) => {
                out.unusable = out.unusable.saturating_sub(1);
                Some(format!("{family}, {given}"))
            }
            (_, name) => name.map(str::to_owned),
        };
        let name = name.filter(|name| !name.eq_ignore_ascii_case(address.as_str()));
        out.list.push(Mailbox { name, address });
    }
}

/// A display name without the quotes that programs leave around it.
fn clean_name(name: &str) -> &str {
    name.trim().trim_matches(['"', '\'']).trim()
}

fn usable_address(text: &str) -> Option<EmailAddress> {
    let bare = text.trim().trim_matches(['"', '\'', '<', '>', '[', ']']);
    // A source route (RFC 822) stands before the last colon.
    let bare = match bare.strip_prefix('@').and_then(|route| route.rsplit_once(':')) {
        Some((_, address)) => address,
        None => bare,
    };
    bare.parse().ok()
}

/// A date as the header gives it, not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawDate {
    pub(crate) year: i16,
    pub(crate) month: i8,
    pub(crate) day: i8,
    pub(crate) hour: i8,
    pub(crate) minute: i8,
    pub(crate) second: i8,
    /// Minutes east of UTC.
    pub(crate) offset_minutes: i32,
}

/// Reads an RFC 822 date, an RFC 3339 one, which some programs write, or something like them.
pub(super) fn date(value: &[u8]) -> Option<RawDate> {
    let text = charset::field_text(value.get(..200).unwrap_or(value));
    let text = words::unfolded(&text);
    let text = text.trim();
    let parsed = if text.get(4..5) == Some("-") {
        DateTime::parse_rfc3339(text)
    } else if date::has_numeric_zone(text) {
        DateTime::parse_rfc822(&format!("{text}\n"))
    } else {
        None
    };
    let Some(parsed) = parsed else { return date::loose(text) };
    let minutes = i32::from(parsed.tz_hour) * 60 + i32::from(parsed.tz_minute);
    Some(RawDate {
        year: i16::try_from(written_year(text, parsed.year)).ok()?,
        month: i8::try_from(parsed.month).ok()?,
        day: i8::try_from(parsed.day).ok()?,
        hour: i8::try_from(parsed.hour).ok()?,
        minute: i8::try_from(parsed.minute).ok()?,
        second: i8::try_from(parsed.second).ok()?,
        offset_minutes: if parsed.tz_before_gmt { -minutes } else { minutes },
    })
}

/// The parser takes `0001` for a short form of 2001; only two digits are one.
fn written_year(text: &str, parsed: u16) -> u16 {
    let four_digits =
        |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut years =
        text.split_whitespace().filter(four_digits).filter_map(|word| word.parse().ok());
    if years.clone().any(|year: u16| year == parsed) {
        return parsed;
    }
    years.find(|year| *year < 100 && parsed % 100 == *year).unwrap_or(parsed)
}

/// The identifiers of Message-ID, In-Reply-To or References: what stands in angle brackets, or,
/// where no bracket is, every word with an `@`.
pub(super) fn message_ids(value: &[u8]) -> Vec<MessageId> {
    let text = charset::field_text(value);
    let line = words::unfolded(&text);
    let mut ids = Vec::new();
    let mut rest = line.as_ref();
    while let Some(start) = memchr(b'<', rest.as_bytes()) {
        let inside = rest.get(start + 1..).unwrap_or_default();
        let end = inside.find(['<', '>']).unwrap_or(inside.len());
        // Folding may have put blanks into an identifier.
        let id: String = inside.get(..end).unwrap_or_default().split_whitespace().collect();
        ids.extend(MessageId::new(&id));
        rest = inside.get(end..).unwrap_or_default();
        rest = rest.strip_prefix('>').unwrap_or(rest);
    }
    if ids.is_empty() {
        let words = line.split([' ', ',', '"']).filter(|word| word.contains('@'));
        ids.extend(words.filter_map(|word| MessageId::new(word).ok()));
    }
    ids
}
