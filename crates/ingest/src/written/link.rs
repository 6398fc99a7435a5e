//! Where a link leads, and whether its words say so.
//!
//! A link is shown with its real host beside it when its words look like another address, or when
//! the host is one that a reader can take for another. Hosts are shown as they are asked for, in
//! plain ASCII (punycode), so that letters which look alike do not look alike.

use url::{Host, Url};

use super::gate::SCHEMES;

/// Longest address that stays a link; nobody types one of this length, and few count so far.
const HREF_BYTES_MAX: usize = 8 << 10;

/// Longest text of a link that is looked at, in bytes; whoever writes more may hide an address in it.
pub(super) const WORDS_BYTES_MAX: usize = 2_000;

/// Where a link leads.
#[derive(Debug, Clone)]
pub(super) struct Lead {
    url: Url,
    href: String,
    /// The host is made to be taken for another.
    disguised: bool,
}

impl Lead {
    /// Reads an address; `None` if it leads to no page, mail address or telephone.
    pub(super) fn of(href: &str) -> Option<Self> {
        if href.len() > HREF_BYTES_MAX {
            return None;
        }
        let mut url = Url::parse(href).ok()?;
        let scheme = SCHEMES.into_iter().find(|scheme| *scheme == url.scheme())?;
        let mut disguised = false;
        match scheme {
            "http" | "https" => {
                // `https://bank.example@elsewhere.example` leads elsewhere.
                disguised = !url.username().is_empty() || url.password().is_some();
                url.set_username("").ok()?;
                url.set_password(None).ok()?;
                disguised |= match url.host()? {
                    Host::Domain(name) => name.split('.').any(is_foreign),
                    Host::Ipv4(_) | Host::Ipv6(_) => true,
                };
            }
            "mailto" => {
                // A letter that is begun for somebody may have a subject; its text and its
                // attachments are for the writer to choose.
                let subject =
                    url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case("subject"));
                let subject = subject.map(|(_, subject)| subject.into_owned());
                url.set_query(None);
                if let Some(subject) = subject {
                    url.query_pairs_mut().append_pair("subject", &subject);
                }
                url.set_fragment(None);
            }
            _ => {}
        }
        Some(Self { href: unquoted(url.as_str()), url, disguised })
    }

    /// The address to go to, in ASCII, without a blank, a quote or an angle bracket.
    pub(super) fn href(&self) -> &str {
        &self.href
    }

    /// What stands beside the link so that its words do not deceive.
    pub(super) fn note(&self, words: &str) -> Option<String> {
        if self.url.scheme() == "mailto" {
            let to = self.url.path();
            let other = words
                .split_whitespace()
                .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
                .any(|word| word.contains('@') && !word.eq_ignore_ascii_case(to));
            return other.then(|| format!("writes to {to}"));
        }
        let host = self.url.host_str()?;
        let deceives = self.disguised
            || words.len() >= WORDS_BYTES_MAX
            || words.contains(is_turning)
            || names_other(words, host);
        if !deceives {
            return None;
        }
        let foreign = host.split('.').any(is_foreign);
        let warning = if foreign {
            "; letters in its name are not from a to z and may look like others"
        } else {
            ""
        };
        Some(format!("leads to {host}{warning}"))
    }
}

/// Mail addresses and telephone numbers keep characters that are markup elsewhere.
fn unquoted(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for c in href.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '"' => out.push_str("%22"),
            '\'' => out.push_str("%27"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '`' => out.push_str("%60"),
            c => out.push(c),
        }
    }
    out
}

/// Whether a part of a host's name stands for letters beyond ASCII.
fn is_foreign(label: &str) -> bool {
    label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// Marks that make what follows be written from the other side.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the words of a link name a host that does not own the one it leads to.
fn names_other(words: &str, host: &str) -> bool {
    let separates = |c: char| c.is_whitespace() || "()<>[]{}\"'“”‘’,;|".contains(c);
    words.split(separates).filter(|word| !word.is_empty()).filter_map(host_named).any(|named| {
        let named = named.strip_prefix("www.").unwrap_or(&named);
        let within = host.strip_suffix(named).map(|rest| rest.is_empty() || rest.ends_with('.'));
        !within.unwrap_or(false)
    })
}

/// The host that a word names, if it looks like an address.
fn host_named(word: &str) -> Option<String> {
    // Dots of other scripts end the parts of a name as well.
    let word = word.replace(['\u{3002}', '\u{ff0e}', '\u{ff61}'], ".");
    let rest = word.split_once("//").map_or(word.as_str(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_matches(|c: char| !c.is_alphanumeric());
    let (_, last) = host.rsplit_once('.')?;
    let is_name = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    let is_number =
        host.split('.').count() == 4 && host.bytes().all(|b| b == b'.' || b.is_ascii_digit());
    if !is_name && !is_number && !last.starts_with("xn--") {
        return None;
    }
    // A name that cannot be one is not that of the link either.
    Some(Host::parse(host).map_or_else(|_| host.to_owned(), |host| host.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(href: &str, words: &str, expected: Option<&str>) {
        let note = Lead::of(href).unwrap().note(words);
        assert_eq!(note.as_deref(), expected, "{words} -> {href}");
    }

    #[test]
    fn honest_links_say_nothing() {
        check("https://lindner.example/a", "our offer", None);
        check("https://www.lindner.example/a", "lindner.example", None);
        check("https://mail.lindner.example/a", "https://lindner.example/a?b", None);
        check("https://lindner.example/a", "See (https://www.lindner.example).", None);
        check("mailto:jana@lindner.example?subject=x", "Jana@lindner.example", None);
        check("tel:+4930123", "030 123", None);
    }

    #[test]
    fn others_are_told() {
        let leads = Some("leads to thief.example");
        for words in [
            "bank.example",
            "https://bank.example/login",
            "www.bank.example",
            "BANK.EXAMPLE:443",
            "Go to bank.example, now",
            "bank.example.thief.example.other",
            "notthief.example",
            "jana@bank.example",
            "bank\u{3002}example",
            "bánk.example",
            "\u{202e}elpmaxe.knab",
            "192.0.2.1",
        ] {
            check("https://thief.example/x", words, leads);
        }
        check("https://bank.example@thief.example/", "here", leads);
        check("https://bank.example:pw@thief.example/", "bank.example", leads);
        check("http://192.0.2.7/", "here", Some("leads to 192.0.2.7"));
        check("http://0xc0000207/", "here", Some("leads to 192.0.2.7"));
        check(
            "mailto:thief@thief.example",
            "jana@bank.example",
            Some("writes to thief@thief.example"),
        );
        check(
            "https://\u{430}pple.example/",
            "apple.example",
            Some(
                "leads to xn--pple-43d.example; letters in its name are not from a to z and may look like others",
            ),
        );
    }

    #[test]
    fn only_pages_letters_and_calls() {
        for href in [
            "javascript:alert(1)",
            " java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "blob:https://a.example/x",
            "ftp://a.example/",
            "view-source:http://a.example",
            "//a.example/",
            "/deals/1",
            "#top",
            "",
            "http://",
        ] {
            assert!(Lead::of(href).is_none(), "{href}");
        }
        assert!(Lead::of(&format!("http://a.example/{}", "x".repeat(9_000))).is_none());
    }

    #[test]
    fn an_address_read_twice_is_the_same() {
        for href in [
            "HTTP://a:b@A.example:80/ü?x=<y>#z",
            "mailto:a@b.example?body=x&SUBJECT=hello%20you&attach=/etc/passwd#x",
            "tel:+49 30 1",
            "mailto:\"><b>'`@b.example?subject=\">",
        ] {
            let once = Lead::of(href).unwrap();
            assert_eq!(Lead::of(once.href()).unwrap().href(), once.href());
            assert!(!once.href().contains(['<', '>', '"', ' ']), "{}", once.href());
        }
        let letter = Lead::of("mailto:a@b.example?body=x&SUBJECT=y&attach=/z").unwrap();
        assert_eq!(letter.href(), "mailto:a@b.example?subject=y");
    }
}
