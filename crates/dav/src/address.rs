//! One spelling for each `href`, so that an item is never two.
//!
//! Servers write the same path with `@` here and `%40` there, as a path or with their own host
//! before it. An item's identity is its path in one spelling; requests use the server's own.
//!
//! Must not: make an address of another host out of anything.

use url::Url;

/// An item as a server spells it, with its one identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Href {
    /// The path in our spelling: what is kept and compared.
    pub(crate) key: String,
    /// The path as the server wrote it: what is asked for.
    pub(crate) path: String,
}

impl Href {
    /// Takes an `href` of an answer about a collection; `None` if it leads out of the collection's
    /// host or is no address at all. Scheme and port do not count: servers behind a proxy do not
    /// know their own, and only the path is ever asked for.
    pub(crate) fn of(collection: &Url, href: &str) -> Option<Self> {
        let url = collection.join(href.trim()).ok()?;
        let is_ours = url.host().is_some()
            && url.host() == collection.host()
            && url.query().is_none()
            && matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.path().len() <= PATH_BYTES_MAX;
        is_ours.then(|| Self { key: spelled(url.path()), path: url.path().to_owned() })
    }

    /// Whether it is an item in a collection, not the collection itself or another one.
    pub(crate) fn is_item_of(&self, collection: &Url) -> bool {
        is_item_of(&self.key, collection)
    }

    /// Whether it is the collection itself.
    pub(crate) fn is(&self, collection: &Url) -> bool {
        format!("{}/", self.key.trim_end_matches('/')) == folder(collection)
    }
}

/// Whether a path in our spelling is that of an item in a collection.
pub(crate) fn is_item_of(key: &str, collection: &Url) -> bool {
    let name = key.strip_prefix(&folder(collection));
    name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

/// Longer ones are no paths.
const PATH_BYTES_MAX: usize = 2_000;

/// The path of a collection in our spelling, with a slash at its end.
fn folder(collection: &Url) -> String {
    format!("{}/", spelled(collection.path()).trim_end_matches('/'))
}

/// The one spelling of a path: everything is written plainly that may stand plainly in a segment
/// (RFC 3986, `pchar`), and a slash that was hidden stays hidden.
pub(crate) fn spelled(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hidden = hidden(bytes.get(at..at + 3));
        at += if hidden.is_some() { 3 } else { 1 };
        let value = hidden.unwrap_or(byte);
        let plain = value.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&value);
        if plain || value == b'/' && hidden.is_none() {
            out.push(char::from(value));
        } else {
            out.push('%');
            for digit in [value >> 4, value & 15] {
                out.extend(
                    char::from_digit(digit.into(), 16).map(|sign| sign.to_ascii_uppercase()),
                );
            }
        }
    }
    out
}

/// What a per cent sign and two digits stand for.
fn hidden(three: Option<&[u8]>) -> Option<u8> {
    let [b'%', high, low] = *three? else { return None };
    let digit = |sign: u8| char::from(sign).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(href: &str, expected: Option<(&str, bool)>) {
        let collection = Url::parse("https://dav.example/u/jana%40x.example/cal/").unwrap();
        let found = Href::of(&collection, href);
        let found = found.as_ref().map(|href| (href.key.as_str(), href.is_item_of(&collection)));
        assert_eq!(found, expected, "{href}");
    }

    #[test]
    fn one_spelling() {
        let one = Some(("/u/jana@x.example/cal/a.ics", true));
        check("/u/jana%40x.example/cal/a.ics", one);
        check("/u/jana@x.example/cal/a.ics", one);
        check(" /u/jana@x.example/cal/%61.ics\n", one);
        check("a.ics", one);
        check("https://dav.example/u/jana@x.example/cal/a.ics", one);
        check("http://dav.example:8080/u/jana@x.example/cal/a.ics", one);
        check(
            "/u/jana@x.example/cal/ä b%2Fc%zz",
            Some(("/u/jana@x.example/cal/%C3%A4%20b%2Fc%25zz", true)),
        );
    }

    #[test]
    fn what_is_no_item() {
        check("/u/jana@x.example/cal/", Some(("/u/jana@x.example/cal/", false)));
        check("/u/jana@x.example/cal/sub/", Some(("/u/jana@x.example/cal/sub/", false)));
        check("/u/jana@x.example/cal/sub/a.ics", Some(("/u/jana@x.example/cal/sub/a.ics", false)));
        check("../secret", Some(("/u/jana@x.example/secret", false)));
        check("%2e%2e/secret", Some(("/u/jana@x.example/secret", false)));
        check("/etc/passwd", Some(("/etc/passwd", false)));
        check("https://other.example/u/jana@x.example/cal/a.ics", None);
        check("//other.example/a.ics", None);
        check("https://me@dav.example/u/jana@x.example/cal/a.ics", None);
        check("a.ics?export", None);
        check("file:///etc/passwd", None);
        check("https://[", None);
        check(&format!("/{}", "x".repeat(PATH_BYTES_MAX)), None);
    }

    #[test]
    fn the_collection_itself() {
        let collection = Url::parse("https://dav.example/u/cal").unwrap();
        for (href, expected) in [("/u/cal/", true), ("/u/cal", true), ("/u/cal/a", false)] {
            assert_eq!(Href::of(&collection, href).unwrap().is(&collection), expected, "{href}");
        }
    }

    proptest! {
        #[test]
        fn spelling_is_settled(path in "(/|[a-z]|%[0-9a-fA-F]{2}|%|\\PC){0,40}") {
            let once = spelled(&path);
            prop_assert!(once.is_ascii());
            prop_assert_eq!(spelled(&once), once);
        }
    }
}
