//! Erasing a person: what goes, what stays without them, and doing it, in the data file and in backups.
//!
//! It cannot be undone. Of the person a hash stays on the list of whom not to write to.

mod files;
pub(crate) mod guard;
pub(crate) mod letters;
mod who;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inroad_ingest::{Limits, mail};
use inroad_language::cues::taught::Taught;
use inroad_language::read::read_taught;
use inroad_model::{DeedNumber, EmailAddress, FactKind, MessageId, Moment, Source};
use inroad_store::{
    Erased, Erasing, Erasure, ListedKind, NewListed, RewrittenLetter, listed_as_erased,
};
use tokio::task::spawn_blocking;

use self::letters::{Fate, fate};
pub(crate) use self::who::Whom;
use crate::audit::Audited;
use crate::deeds::Inverse;
use crate::do_not_contact::hashed::{FileKey, keyed};
use crate::inroad::{Inroad, read_mail};
use crate::live::folder_without_name;
use crate::rights::Actor;
use crate::{Error, Result};

/// What erasing somebody takes, or took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhatGoes {
    /// All their addresses.
    pub emails: Vec<EmailAddress>,
    /// The names that are taken out of the words of others.
    pub names: Vec<String>,
    /// Names that stay, since somebody else bears them, too: the name, and one who does.
    pub shared_names: Vec<(String, EmailAddress)>,
    /// Letters that go as a whole: theirs, and those that went to them alone.
    pub letters_gone: usize,
    /// Letters of others that stay without them.
    pub letters_changed: usize,
    /// The deals in which they have a seat.
    pub seats: Vec<String>,
    /// What else goes or changes, by what it is.
    pub rows: Vec<(&'static str, Erased)>,
    /// Whether they were erased before.
    pub was_erased: bool,
    /// Files beside the data file that may hold them, too.
    pub other_files: Vec<PathBuf>,
}

impl WhatGoes {
    /// Whether nothing at all is held.
    pub fn is_nothing(&self) -> bool {
        let is_none = |(_, erased): &(&str, Erased)| erased.gone + erased.changed == 0;
        self.letters_gone + self.letters_changed == 0 && self.rows.iter().all(is_none)
    }
}

/// What came of erasing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErasedReport {
    /// What went.
    pub went: WhatGoes,
    /// Whether the bytes are gone from the data file by now; if not, they go at its next start.
    pub is_cleared: bool,
    /// The backups that were written anew.
    pub backups: Vec<PathBuf>,
    /// What the history says of it; `None` where nothing was held. It names nobody.
    pub deed: Option<DeedNumber>,
}

/// What stands in tables, as a person says it; tables that are not named hold copies of these.
const NOUNS: [(&str, &str); 16] = [
    ("entry", "notes, plans and tags"),
    ("insight", "things you told of them"),
    ("contact", "cards and list rows"),
    ("event", "calendar entries"),
    ("deal", "deals"),
    ("fact", "statements"),
    ("second_reading", "second readings"),
    ("correction", "corrections"),
    ("lesson", "lessons"),
    ("overruling", "own decisions"),
    ("account", "firms"),
    ("page", "kept pages"),
    ("deed", "steps of your history"),
    ("same_person", "words on whose address is whose"),
    ("outgoing", "letters that you let go, with what became of them"),
    ("setting", "settings"),
];

impl Inroad {
    /// What erasing somebody would take; nothing is changed.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the user's own address; if the data file refuses.
    pub async fn what_erasing_takes(&self, email: &EmailAddress, at: Moment) -> Result<WhatGoes> {
        let whom = self.whom_to_erase(email, &Whom::default(), at).await?;
        let key = self.file_key().await?;
        let (erasure, _) = self.erasure(&whom, key, at, 0).await?;
        let told = self.store.erase(&erasure, Erasing::Tried).await?;
        Ok(self.what_goes(&whom, &erasure, &told))
    }

    /// Erases somebody, under all their addresses: first in the backups that are named, then in the data
    /// file. It cannot be undone; the same again ends the same.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the user's own address; if a backup cannot be written anew (then nothing is
    /// changed in the data file), or the data file refuses.
    pub async fn erase(
        &self,
        email: &EmailAddress,
        backups: &[PathBuf],
        at: Moment,
    ) -> Result<ErasedReport> {
        let whom = self.whom_to_erase(email, &Whom::default(), at).await?;
        let key = self.make_file_key(None).await?;
        let mut done = Vec::new();
        for backup in backups {
            files::erase_in(backup, email, &whom, key, at).await?;
            done.push(backup.clone());
        }
        let (went, is_cleared) = Box::pin(self.erase_here(&whom, key, at)).await?;
        let mut report = ErasedReport { went, is_cleared, backups: done, deed: None };
        if !report.went.is_nothing() {
            let says = format!(
                "Somebody was erased: {} letters gone, {} without them",
                report.went.letters_gone, report.went.letters_changed
            );
            report.deed = Some(self.keep_deed(None, &says, &Inverse::Nothing, at).await?);
            self.audit_here(&Actor::owner(), Audited::Erased, at).await?;
        }
        Ok(report)
    }

    /// Erases somebody in this file.
    async fn erase_here(&self, whom: &Whom, key: FileKey, at: Moment) -> Result<(WhatGoes, bool)> {
        let read = read_mail();
        let (erasure, last) = self.erasure(whom, Some(key), at, 0).await?;
        let told = self.store.erase(&erasure, Erasing::Done(Arc::clone(&read))).await?;
        let mut went = self.what_goes(whom, &erasure, &told);
        // What came in while this looked; from here on an import knows whom to leave out.
        let (late, newest) = self.erasure(whom, Some(key), at, last).await?;
        if newest > last {
            self.store.erase(&late, Erasing::Done(read)).await?;
            went.letters_gone += late.letters_gone.len();
            went.letters_changed += late.letters_rewritten.len();
        }
        let is_cleared = self.store.clear_file().await?;
        Ok((went, is_cleared))
    }

    /// What is to be done in this file about the letters behind a row and all else, and the last row that
    /// was looked at.
    pub(crate) async fn erasure(
        &self,
        whom: &Whom,
        key: Option<FileKey>,
        at: Moment,
        behind: i64,
    ) -> Result<(Erasure, i64)> {
        let mut listed: Vec<NewListed> = Vec::new();
        if let Some(key) = key {
            let hashes: BTreeSet<String> =
                whom.emails.iter().map(|email| keyed(&key, email)).collect();
            listed.extend(hashes.into_iter().map(listed_as_erased));
        }
        let mut erasure = Erasure {
            emails: whom.emails.clone(),
            traces: Arc::new(whom.traces.clone()),
            folder_without_name: Arc::new(move |path| {
                folder_without_name(&key.unwrap_or_default(), path)
            }),
            ours: whom.ours.clone(),
            letters_gone: BTreeSet::new(),
            ids_gone: BTreeSet::new(),
            letters_rewritten: Vec::new(),
            listed,
            at,
        };
        let taught = Arc::new(self.taught(at).await?);
        let whom = Arc::new(whom.clone());
        let mut last = behind;
        loop {
            let batch = self.store.letters_after(last, LETTERS_AT_ONCE).await?;
            let Some((row, _)) = batch.last() else { break };
            last = *row;
            self.judge(batch, &whom, &taught, &mut erasure).await?;
        }
        self.keep_words_for_others(&whom, &mut erasure).await?;
        Ok((erasure, last))
    }

    /// Judges a batch of letters on all cores.
    async fn judge(
        &self,
        batch: Vec<(i64, Option<MessageId>)>,
        whom: &Arc<Whom>,
        taught: &Arc<Taught<'static>>,
        erasure: &mut Erasure,
    ) -> Result<()> {
        let rows: Vec<i64> = batch.iter().map(|(row, _)| *row).collect();
        let mut raws = self.store.originals(&rows).await?;
        let letters: Vec<(i64, Option<MessageId>, Vec<u8>)> = batch
            .into_iter()
            .filter_map(|(row, id)| raws.remove(&row).map(|raw| (row, id, raw)))
            .collect();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = letters.len().div_ceil(cores).max(1);
        let mut letters = letters.into_iter().peekable();
        let mut under_way = Vec::new();
        while letters.peek().is_some() {
            let part: Vec<_> = letters.by_ref().take(share).collect();
            let (whom, taught) = (Arc::clone(whom), Arc::clone(taught));
            let judge = move || {
                let judged = part.into_iter().map(|(row, id, raw)| {
                    let (mut message, _) = mail::parse_message(&raw, &Limits::default());
                    if let Some(id) = &id {
                        message.id = id.clone();
                    }
                    let is_ours = |email: &EmailAddress| whom.ours.contains(email);
                    match fate(&raw, &message, &whom.traces, &is_ours) {
                        Fate::Rewritten { raw, message } => {
                            let touch = id.as_ref().map(|_| read_taught(*message, Some(&taught)));
                            Judged::Rewritten(Box::new(RewrittenLetter { row, raw, touch }))
                        }
                        Fate::Goes => Judged::Goes(row, id),
                        Fate::Stays => Judged::Stays,
                    }
                });
                judged.collect::<Vec<_>>()
            };
            under_way.push(spawn_blocking(judge));
        }
        for part in under_way {
            for judged in part.await.map_err(|task| Error::stopped(&task))? {
                match judged {
                    Judged::Stays => {}
                    Judged::Rewritten(letter) => erasure.letters_rewritten.push(*letter),
                    Judged::Goes(row, id) => {
                        erasure.letters_gone.insert(row);
                        erasure.ids_gone.extend(id);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whoever else is not to be written to by the word of a letter that goes stays on the list: a whole firm,
    /// or somebody else.
    async fn keep_words_for_others(&self, whom: &Whom, erasure: &mut Erasure) -> Result<()> {
        for (_, fact) in self.store.opt_outs().await? {
            let Source::Message(id) = &fact.source else { continue };
            if fact.kind != FactKind::OptedOut || !erasure.ids_gone.contains(id) {
                continue;
            }
            let listed = |kind, value: &str| NewListed {
                kind,
                value: value.to_owned(),
                reason: "Asked for in a letter of somebody who was erased".to_owned(),
                source: String::new(),
                since: String::new(),
            };
            let of_firm = fact.email.as_ref().filter(|_| fact.whole_firm).map(EmailAddress::domain);
            let domain = fact.domain.as_deref().or(of_firm);
            let is_firms = |domain: &&str| !inroad_advice::propose::is_free_mail(domain);
            let domain = domain.filter(is_firms);
            erasure.listed.extend(domain.map(|domain| listed(ListedKind::Domain, domain)));
            let other = fact.email.as_ref().filter(|email| !whom.traces.has(email));
            erasure.listed.extend(other.map(|email| listed(ListedKind::Address, email.as_str())));
        }
        Ok(())
    }

    fn what_goes(
        &self,
        whom: &Whom,
        erasure: &Erasure,
        told: &BTreeMap<&'static str, Erased>,
    ) -> WhatGoes {
        let rows = NOUNS.iter().filter_map(|(table, noun)| {
            let erased = *told.get(table)?;
            (erased != Erased::default()).then_some((*noun, erased))
        });
        WhatGoes {
            emails: whom.emails.iter().cloned().collect(),
            names: whom.names.iter().cloned().collect(),
            shared_names: whom.shared_names.clone(),
            letters_gone: erasure.letters_gone.len(),
            letters_changed: erasure.letters_rewritten.len(),
            seats: whom.seats.clone(),
            rows: rows.collect(),
            was_erased: whom.was_erased,
            other_files: other_files(self.path()),
        }
    }
}

/// Letters that are looked through at once.
const LETTERS_AT_ONCE: u32 = 500;

enum Judged {
    Stays,
    Rewritten(Box<RewrittenLetter>),
    Goes(i64, Option<MessageId>),
}

/// Former data files that a restore kept, and backups, beside a data file.
fn other_files(data: &Path) -> Vec<PathBuf> {
    let folder = data.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = std::fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return Vec::new();
    };
    let is_one = |path: &PathBuf| {
        let mut header = [0_u8; 72];
        let read = std::fs::File::open(path)
            .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut header));
        // A database that bears our mark; the mark stands at the 68th byte.
        read.is_ok() && header.starts_with(b"SQLite format 3\0") && header.ends_with(b"inrd")
    };
    let own = data.file_name();
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.file_name() != own && path.is_file() && is_one(path))
        .collect();
    found.sort();
    found
}
