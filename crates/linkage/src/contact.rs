//! E-mail addresses and telephone numbers, taken to what they say about who has them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::near::is_one_slip;
use crate::text::{Word, digits, fold};

/// Domains at which anybody can have an address.
static FREEMAIL: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("data/freemail.txt")).collect());
/// First parts of addresses of a desk.
static ROLES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("data/roles.txt")).collect());

/// The words of a list, without its comments.
pub(crate) fn listed(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// An e-mail address.
#[derive(Debug, Clone)]
pub(crate) struct Email {
    /// The whole in small letters; at free-mail domains without what such domains ignore.
    pub(crate) whole: Word,
    /// The part before the `@`, without dots and what follows a `+`.
    pub(crate) local: Word,
    /// The part before the `@` as it was typed, for its words.
    pub(crate) typed: String,
    /// The domain, unless anybody can have an address there.
    pub(crate) domain: Option<Word>,
    /// Whether it belongs to a desk.
    pub(crate) role: bool,
}

impl Email {
    /// Reads an address; a text without exactly one `@` with something on both sides is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches("mailto:").to_lowercase();
        let (local, domain) = text.split_once('@')?;
        let domain = domain.trim_end_matches('.').trim_start_matches("www.");
        if local.is_empty() || domain.is_empty() || domain.contains('@') || text.len() > 320 {
            return None;
        }
        let typed = local.split('+').next().unwrap_or(local).to_owned();
        let plain: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
        let freemail = FREEMAIL.contains(domain);
        let role = ROLES.contains(typed.as_str());
        let whole = format!("{}@{domain}", if freemail { &plain } else { &typed });
        Some(Self {
            whole: Word::new(&whole),
            local: Word::new(&plain),
            typed,
            domain: (!freemail).then(|| Word::new(domain)),
            role,
        })
    }

    /// The words of the first part that may be names: `anna.berg` gives two.
    pub(crate) fn names(&self) -> Vec<String> {
        if self.role {
            return Vec::new();
        }
        let parts = self.typed.split(['.', '_', '-']);
        let letters = parts.map(|part| fold(part).chars().filter(|c| c.is_alphabetic()).collect());
        letters.filter(|part: &String| !part.is_empty()).collect()
    }
}

/// The name part of a domain: of `www.lindner-bau.co.uk` it is `lindnerbau`.
pub(crate) fn domain_name(domain: &str) -> Option<String> {
    let labels: Vec<&str> = domain.split('.').filter(|label| !label.is_empty()).collect();
    let last = labels.len().checked_sub(2)?;
    // `co.uk`, `com.au`: a short label before a country's is no name.
    let second_level = ["co", "com", "net", "org", "ac", "gov", "edu", "gv", "or", "ne"];
    let is_public = last > 0 && second_level.contains(labels.get(last)?);
    let name = labels.get(if is_public { last - 1 } else { last })?;
    let name: String = fold(name).split_whitespace().collect();
    (!name.is_empty()).then_some(name)
}

/// A web address or domain as its bare domain, unless anybody can have an address there.
pub(crate) fn own_domain(text: &str) -> Option<Word> {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let text = text.rsplit_once('@').map_or(text, |(_, domain)| domain);
    let domain = text.split(['/', '?', '#', ':', ' ']).next()?.trim_start_matches("www.");
    let domain = domain.trim_end_matches('.');
    (domain.contains('.') && !FREEMAIL.contains(domain)).then(|| Word::new(domain))
}

/// Fewest digits of a text that is a number to call.
const DIGITS_MIN: usize = 6;
/// So many last digits tell a subscriber anywhere that matters, with country and area codes written or
/// not.
const DIGITS_KEPT: usize = 8;

/// A telephone number.
#[derive(Debug, Clone)]
pub(crate) struct Phone {
    /// The last eight digits, or all, if there are fewer.
    pub(crate) last: Word,
}

impl Phone {
    /// Reads a number; an extension (`x12`, `ext. 12`) is left out, and so are texts with fewer than six
    /// digits and numbers of one digit again and again.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let end = ["ext", "x", "durchwahl", "dw"].iter().filter_map(|mark| lower.find(mark)).min();
        let number = end.and_then(|end| lower.get(..end)).unwrap_or(&lower);
        let number = digits(number);
        let last = number.get(number.len().saturating_sub(DIGITS_KEPT)..)?;
        let first = last.chars().next()?;
        let says = last.len() >= DIGITS_MIN && last.chars().any(|c| c != first);
        says.then(|| Self { last: Word::new(last) })
    }

    /// Whether both end on the same digits, as many as the shorter has.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let (a, b) = (&*self.last.text, &*other.last.text);
        self.last.is(&other.last) || a.len() != b.len() && (a.ends_with(b) || b.ends_with(a))
    }

    /// Whether they differ in the last two digits alone, as desks of one house do.
    pub(crate) fn is_next_door(&self, other: &Self) -> bool {
        let (a, b) = (&*self.last.text, &*other.last.text);
        let head = |text: &str| text.len().checked_sub(2);
        a.len() == b.len() && head(a).is_some_and(|end| a.get(..end) == b.get(..end))
    }

    /// Whether one digit is wrong, or two are swapped.
    pub(crate) fn is_mistyped(&self, other: &Self) -> bool {
        is_one_slip(&self.last.text, &other.last.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let read = |text| Email::read(text).unwrap();
        assert!(read("Anna.Berg+news@gmail.com").whole.is(&read("annaberg@gmail.com").whole));
        assert!(
            !read("anna.berg@lindner.example").whole.is(&read("annaberg@lindner.example").whole)
        );
        assert!(read("anna.berg@lindner.example").local.is(&read("annaberg@web.de").local));
        assert!(read("info@lindner.example").role);
        assert!(read("a@web.de").domain.is_none());
        assert_eq!(read("jörg_müller2@x.example").names(), ["jorg", "muller"]);
        for bad in ["", "@", "a@", "@b", "a@b@c", "nobody"] {
            assert!(Email::read(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn domains() {
        assert_eq!(domain_name("lindner-bau.co.uk").unwrap(), "lindnerbau");
        assert_eq!(domain_name("mail.lindner.example").unwrap(), "lindner");
        assert_eq!(domain_name("lindner"), None);
        assert_eq!(
            &*own_domain("https://www.Lindner.example/about").unwrap().text,
            "lindner.example"
        );
        assert!(own_domain("gmail.com").is_none());
    }

    #[test]
    fn numbers() {
        let read = |text| Phone::read(text).unwrap();
        assert!(read("+49 30 5550 1234").is(&read("030/55501234")));
        assert!(read("(312) 555-0142").is(&read("5550142")));
        assert!(read("030 5550 1234").is_next_door(&read("030 5550 1250")));
        assert!(read("030 5550 1234").is_mistyped(&read("030 5550 1324")));
        assert!(read("555-0142 ext. 77").is(&read("555-0142")));
        assert!(Phone::read("00000000").is_none());
        assert!(Phone::read("12345").is_none());
        assert!(Phone::read("").is_none());
    }
}
