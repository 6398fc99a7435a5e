//! A calendar file at an address (`.ics`, `webcal://`), which is read whole when it changed.
//!
//! The address is a secret as it stands: who has it reads the calendar. It is in no error and in
//! no `Debug`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::credentials::Credentials;
use crate::error::{Error, Why};
use crate::http::{Line, Question};
use crate::limits::Limits;
use crate::server::{InvalidServer, address_of};

/// A feed that the person named.
#[derive(Clone)]
pub struct Feed {
    url: url::Url,
    line: Line,
}

/// By what the server tells whether a feed changed. Plain data for the caller to store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedMark {
    etag: Option<String>,
    last_modified: Option<String>,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedNews {
    /// Nothing changed.
    Unchanged,
    /// The calendar as it is now.
    Calendar {
        /// The file as it came, in whatever charset.
        bytes: Vec<u8>,
        /// What to bring along the next time.
        mark: FeedMark,
    },
}

impl Feed {
    /// Takes an address as calendars give it out: `https://`, or `webcal://`, which means the same.
    ///
    /// # Errors
    /// [`InvalidServer`].
    pub fn new(address: &str, credentials: Credentials) -> Result<Self, InvalidServer> {
        let bare = address.trim();
        let cut = |scheme: &str| {
            let head = bare.get(..scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then(|| bare.get(scheme.len()..))?
        };
        let full = match cut("webcal://").or_else(|| cut("webcals://")) {
            Some(rest) => format!("https://{rest}"),
            None => bare.to_owned(),
        };
        let url = address_of(&full).map_err(|error| match error {
            InvalidServer::NotAnAddress(_) => InvalidServer::NotAnAddress("this".to_owned()),
            other => other,
        })?;
        let line = Line::new(&url, credentials, true);
        Ok(Self { url, line })
    }

    /// Trusts these certificates (PEM), and none of those that everybody trusts.
    ///
    /// # Errors
    /// [`InvalidServer::NoCertificate`].
    pub fn trusting(self, pem: &[u8]) -> Result<Self, InvalidServer> {
        let line = self.line.trusting(pem).ok_or(InvalidServer::NoCertificate)?;
        Ok(Self { line, ..self })
    }

    /// Sets other bounds.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { line: self.line.within(limits), ..self }
    }

    /// Fetches the feed, unless the server says that nothing changed since `mark`.
    ///
    /// # Errors
    /// [`Error`]; [`Why::NotACalendar`] if something else lies there, [`Why::Broken`] if it ends
    /// before its end.
    pub fn news(&self, mark: &FeedMark) -> Result<FeedNews, Error> {
        let known = [
            ("If-None-Match", mark.etag.as_ref()),
            ("If-Modified-Since", mark.last_modified.as_ref()),
        ];
        let mut fields: Vec<(&'static str, String)> =
            known.into_iter().filter_map(|(name, value)| Some((name, value?.clone()))).collect();
        fields.push(("Accept", "text/calendar, */*;q=0.1".to_owned()));
        let bytes_max = self.line.limits.feed_bytes;
        let question = Question { method: "GET", url: &self.url, fields, body: None, bytes_max };
        let answer = self.line.send(&question)?;
        match answer.status {
            200 => {}
            304 => return Ok(FeedNews::Unchanged),
            _ => return Err(answer.refusal()),
        }
        let new = FeedMark {
            etag: answer.etag(),
            last_modified: answer.field("last-modified").map(str::to_owned),
        };
        let at = answer.at();
        let bytes = answer.bytes()?;
        if !begins_a_calendar(&bytes) {
            return Err(at.error(Why::NotACalendar));
        }
        if !ends_a_calendar(&bytes) {
            return Err(at.error(Why::Broken));
        }
        // A server that tells versions and ignores that we know this one.
        if new.etag.is_some() && new.etag == mark.etag {
            return Ok(FeedNews::Unchanged);
        }
        Ok(FeedNews::Calendar { bytes, mark: new })
    }
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

fn begins_a_calendar(bytes: &[u8]) -> bool {
    let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    starts(bare, b"BEGIN:VCALENDAR")
}

fn ends_a_calendar(bytes: &[u8]) -> bool {
    let line = bytes.trim_ascii_end().rsplit(|b| *b == b'\n').next().unwrap_or_default();
    starts(line, b"END:VCALENDAR")
}

fn starts(bytes: &[u8], with: &[u8]) -> bool {
    bytes.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |text: &str, expected: &str| {
            let feed = Feed::new(text, Credentials::none()).unwrap();
            assert_eq!(feed.url.as_str(), expected, "{text}");
        };
        check("webcal://cal.example/a.ics?key=1", "https://cal.example/a.ics?key=1");
        check(" WebCal://cal.example/a.ics", "https://cal.example/a.ics");
        check("webcals://cal.example/a.ics", "https://cal.example/a.ics");
        check("https://cal.example/a.ics", "https://cal.example/a.ics");
        for bad in
            ["", "webcal://", "http://cal.example/secret", "ftp://secret", "https://a b/secret"]
        {
            let told = Feed::new(bad, Credentials::none()).unwrap_err().to_string();
            assert!(!told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn secret_addresses_are_not_shown() {
        let feed =
            Feed::new("https://cal.example/geheim/a.ics?k=geheim", Credentials::none()).unwrap();
        assert!(!format!("{feed:?}").contains("geheim"), "{feed:?}");
    }

    #[test]
    fn calendars() {
        for (text, whole) in [
            ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", true),
            ("\u{feff}\n begin:vcalendar\nend:vcalendar", true),
            ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", false),
            ("BEGIN:VCALENDAR\r\nEND:VCAL", false),
            ("<html>", false),
            ("", false),
        ] {
            let bytes = text.as_bytes();
            assert_eq!(begins_a_calendar(bytes) && ends_a_calendar(bytes), whole, "{text}");
        }
    }
}
