//! An address book in memory behind a server that can be found: it takes cards, refuses them, or loses its
//! answer, as a test wants it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::stand_in::{Asked, Reply, StandIn, found};

/// Where it lies.
pub(crate) const FOLDER: &str = "/book/";

/// How a card is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Takes {
    /// As a good server does.
    #[default]
    Well,
    /// It refuses with that status.
    Refuses(u16),
    /// It takes the card, and its answer is lost.
    LosesItsAnswer,
    /// It takes the card, and answers never.
    NeverAnswers,
}

/// The address book.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// Each card with its version, by name.
    pub(crate) cards: BTreeMap<String, (u64, String)>,
    pub(crate) takes: Takes,
    /// Whether it answers nothing at all but that it has a fault.
    pub(crate) is_away: bool,
    /// What somebody else puts in place of a card just before the next one is taken.
    pub(crate) meanwhile: Option<(String, String)>,
    /// Whether it gives cards without saying for sure which version they are.
    pub(crate) is_weak: bool,
    /// How many cards were taken.
    pub(crate) taken: usize,
    version: u64,
}

impl Book {
    pub(crate) fn put(&mut self, name: &str, text: &str) {
        self.version += 1;
        self.cards.insert(name.to_owned(), (self.version, text.to_owned()));
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.cards[name].1.clone()
    }

    /// A running server with it.
    pub(crate) fn served(self) -> (StandIn, Arc<Mutex<Self>>) {
        let book = Arc::new(Mutex::new(self));
        let of_server = Arc::clone(&book);
        (StandIn::start(move |asked| of_server.lock().unwrap().answer(asked)), book)
    }

    fn answer(&mut self, asked: &Asked) -> Reply {
        let says = |status, fields: &str, body: &str| {
            Reply::Says(status, fields.to_owned(), body.to_owned())
        };
        if self.is_away {
            return says(503, "", "");
        }
        let name = asked.path.strip_prefix(FOLDER).unwrap_or_default().to_owned();
        match asked.method.as_str() {
            "PROPFIND" if asked.head.contains("depth: 0") => Reply::multistatus(&found(
                FOLDER,
                "<d:resourcetype><d:collection/><a:addressbook/></d:resourcetype>\
                 <d:displayname>People</d:displayname>",
            )),
            "PROPFIND" => {
                let folder = found(FOLDER, "<d:resourcetype><d:collection/></d:resourcetype>");
                let each = self
                    .cards
                    .iter()
                    .map(|(name, (version, _))| found(&format!("{FOLDER}{name}"), &etag(*version)));
                Reply::multistatus(&(folder + &each.collect::<String>()))
            }
            "REPORT" if asked.body.contains("addressbook-multiget") => {
                let each = self.cards.iter().filter(|(name, _)| asked.body.contains(*name));
                let each = each.map(|(name, (version, text))| {
                    let text =
                        text.replace('&', "&amp;").replace('<', "&lt;").replace('\r', "&#13;");
                    let data = format!("<a:address-data>{text}</a:address-data>");
                    found(&format!("{FOLDER}{name}"), &(etag(*version) + &data))
                });
                Reply::multistatus(&each.collect::<String>())
            }
            "GET" => match self.cards.get(&name) {
                Some((version, text)) => {
                    let weak = if self.is_weak { "W/" } else { "" };
                    says(200, &format!("ETag: {weak}\"{version}\"\r\n"), text)
                }
                None => says(404, "", ""),
            },
            "PUT" => self.take(&name, asked),
            _ => says(403, "", ""),
        }
    }

    fn take(&mut self, name: &str, asked: &Asked) -> Reply {
        let says = |status, fields: String| Reply::Says(status, fields, String::new());
        if let Takes::Refuses(status) = self.takes {
            return says(status, String::new());
        }
        if let Some((name, text)) = self.meanwhile.take() {
            self.put(&name, &text);
        }
        let now = self.cards.get(name).map(|(version, _)| format!("if-match: \"{version}\""));
        if !now.is_some_and(|now| asked.head.contains(&now)) {
            return says(412, String::new());
        }
        self.put(name, &asked.body);
        self.taken += 1;
        match self.takes {
            Takes::LosesItsAnswer => Reply::Ends,
            Takes::NeverAnswers => Reply::Silent,
            _ => says(204, format!("ETag: \"{}\"\r\n", self.version)),
        }
    }
}

fn etag(version: u64) -> String {
    format!("<d:getetag>\"{version}\"</d:getetag>")
}
