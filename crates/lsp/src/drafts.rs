//! The open drafts with their coaches: what becomes of them when something is typed, saved, dismissed.
//!
//! Gives what the editor is to be told; who tells it is [`crate::server`].

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use gen_lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams, Range, ShowMessageParams};
use inroad_service::{CoachAsked, Error};
use lsp_server::Notification;
use serde::Deserialize;

use crate::actions::Asked;
use crate::coaches::{Coaches, Complaint};
use crate::diagnostics;
use crate::documents::{Document, Look, channel_of, file_of};
use crate::positions::Text;
use crate::settings::Settings;

/// More drafts than these are not read.
const DOCUMENTS_MAX: usize = 200;
/// While an address is being typed, nobody is looked up until the hand rests so long.
const QUIET: Duration = Duration::from_millis(400);

/// What a document is called, as the protocol writes it.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    pub(crate) uri: String,
}

/// A document that is opened.
#[derive(Debug, Deserialize)]
pub(crate) struct Opened {
    uri: String,
    version: Option<i32>,
    text: String,
}

/// A document at a version.
#[derive(Debug, Deserialize)]
pub(crate) struct Versioned {
    uri: String,
    version: Option<i32>,
}

/// A change. Read by hand, so that one with a place that makes no sense is refused: the types of the
/// protocol would take it for the whole text.
#[derive(Debug, Deserialize)]
pub(crate) struct Change {
    range: Option<Range>,
    text: String,
}

/// The drafts of a conversation.
#[derive(Debug)]
pub(crate) struct Drafts {
    coaches: Coaches,
    settings: Settings,
    open: BTreeMap<String, Document>,
    /// What the editor is to be told.
    told: Vec<Notification>,
}

impl Drafts {
    pub(crate) fn new(coaches: Coaches, settings: Settings) -> Self {
        Self { coaches, settings, open: BTreeMap::new(), told: Vec::new() }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What the editor is to be told since it was asked last.
    pub(crate) fn told(&mut self) -> Vec<Notification> {
        std::mem::take(&mut self.told)
    }

    pub(crate) fn open(&mut self, opened: Opened) {
        if self.open.len() >= DOCUMENTS_MAX && !self.open.contains_key(&opened.uri) {
            let many = format!("More than {DOCUMENTS_MAX} drafts are open; this one is not read");
            self.say(MessageType::Warning, many);
            return;
        }
        let text = Text::new(opened.text, self.settings.encoding);
        let channel = channel_of(&opened.uri).unwrap_or(self.settings.channel);
        let document = Document::new(text, opened.version, channel);
        self.open.insert(opened.uri.clone(), document);
        self.look(&opened.uri);
    }

    pub(crate) fn change(&mut self, of: &Versioned, changes: &[Change]) {
        let Some(document) = self.open.get_mut(&of.uri) else { return };
        for change in changes {
            document.text.change(change.range, &change.text);
        }
        document.version = of.version.or(document.version);
        document.changed = Some(Instant::now());
    }

    /// A saved draft is read by a coach who knows the newest, and what was found is taken down.
    pub(crate) fn save(&mut self, uri: &str) {
        if !self.open.contains_key(uri) {
            return;
        }
        self.coaches.forget();
        self.look(uri);
        let coached = self.open.get(uri).and_then(Document::coached);
        if let (Some(file), Some(coached)) = (file_of(uri), coached)
            && let Err(why) = self.coaches.remember(&file, coached)
        {
            self.say(MessageType::Warning, format!("What was found is not taken down: {why}"));
        }
    }

    pub(crate) fn close(&mut self, uri: &str) {
        if self.open.remove(uri).is_some() {
            self.publish(uri, None, Vec::new());
        }
    }

    /// Everything that is known is asked anew.
    pub(crate) fn refresh(&mut self) {
        self.coaches.forget();
        self.look_at_all();
    }

    /// Does what a command asks.
    ///
    /// # Errors
    /// If the data file refuses.
    pub(crate) fn obey(&mut self, asked: Asked) -> Result<(), Error> {
        match asked {
            Asked::Dismiss(dismissal) => {
                if let Some(said) = self.coaches.dismiss(&dismissal)? {
                    self.say(MessageType::Info, said);
                }
            }
            Asked::Undismiss(dismissal) => self.coaches.undismiss(&dismissal)?,
        }
        self.look_at_all();
        Ok(())
    }

    /// A draft as it stands now, looked at.
    pub(crate) fn looked_at(&mut self, uri: &str) -> Option<&Document> {
        if self.open.get(uri)?.changed.is_some() {
            self.look(uri);
        }
        self.open.get(uri)
    }

    /// When the next look is due; `None` where nothing changed.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.open.values().filter_map(|document| self.due_of(document)).min()
    }

    /// Looks at every changed draft whose time has come.
    pub(crate) fn look_at_due(&mut self) {
        let now = Instant::now();
        let is_due = |document: &Document| self.due_of(document).is_some_and(|due| due <= now);
        let due = self.open.iter().filter(|(_, document)| is_due(document));
        let due: Vec<String> = due.map(|(uri, _)| uri.clone()).collect();
        for uri in &due {
            self.look(uri);
        }
    }

    /// Ends: nothing is asked any more.
    pub(crate) fn end(&mut self) {
        // Whatever was to be kept is kept already.
        let _unclosed = self.coaches.close();
    }

    fn due_of(&self, document: &Document) -> Option<Instant> {
        let changed = document.changed?;
        let is_ready =
            document.unreadable().is_some() || self.coaches.is_ready(document.person().as_ref());
        Some(if is_ready { changed } else { changed + QUIET })
    }

    fn look_at_all(&mut self) {
        let all: Vec<String> = self.open.keys().cloned().collect();
        for uri in &all {
            self.look(uri);
        }
    }

    fn look(&mut self, uri: &str) {
        let Some(document) = self.open.get_mut(uri) else { return };
        let (look, complaints) = read(document, &mut self.coaches);
        document.saw(look);
        let (version, marks) = (document.version, diagnostics::of(document));
        self.publish(uri, version, marks);
        for complaint in complaints {
            self.say(MessageType::Warning, complaint);
        }
    }

    fn publish(&mut self, uri: &str, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let marks = PublishDiagnosticsParams { uri: uri.into(), version, diagnostics };
        self.told.push(Notification::new("textDocument/publishDiagnostics".to_owned(), marks));
    }

    pub(crate) fn say(&mut self, kind: MessageType, message: String) {
        let said = ShowMessageParams { kind, message };
        self.told.push(Notification::new("window/showMessage".to_owned(), said));
    }
}

/// What the coach says of a draft, or why it says nothing; and what the user is to know besides.
fn read(document: &Document, coaches: &mut Coaches) -> (Look, Vec<Complaint>) {
    if let Some(why) = document.unreadable() {
        return (Look::Unread(why), Vec::new());
    }
    let person = document.person();
    let (coach, complaints) = coaches.coach(person.as_ref());
    let asked = CoachAsked { channel: document.channel, stage: None, person, many: None };
    let look = match coach.read(document.text.as_str(), &asked) {
        Ok(coached) => Look::Coached(Box::new(coached)),
        Err(why) => Look::Unread(why.to_string()),
    };
    (look, complaints)
}
