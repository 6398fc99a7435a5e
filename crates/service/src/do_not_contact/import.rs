//! Lists of whom not to write to, brought from elsewhere: each row once, all of them one deed.

use inroad_ingest::Limits;
use inroad_ingest::export::{Suppressed, SuppressedRow, parse_suppression};
use inroad_model::{AccountKey, DeedNumber, Entry, EntryNumber, Issue, Moment, Remark, Subject};
use inroad_store::{ListedKind, NewListed};
use tokio::task::spawn_blocking;

use super::hashed::hex;
use crate::deeds::Inverse;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// What came of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SuppressionReport {
    /// Rows that are new.
    pub added: usize,
    /// Rows that were on the list already.
    pub doubles: usize,
    /// What was wrong, by line.
    pub issues: Vec<Issue>,
    /// The deed by which all of it is undone; `None` where nothing was new.
    pub deed: Option<DeedNumber>,
}

/// A list is no larger.
pub(super) const BYTES_MAX: usize = 64 << 20;
/// Of the name of a list so much is kept.
const SOURCE_CHARS_MAX: usize = 200;

impl Inroad {
    /// Takes in a list of addresses, mail domains and hashes; `source` is what it is called. What cannot be
    /// used is told by line, and the rest goes on. The same list again brings nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is too large; if the data file refuses.
    pub async fn import_not_contacted(
        &self,
        bytes: Vec<u8>,
        source: &str,
        at: Moment,
    ) -> Result<SuppressionReport> {
        if bytes.len() > BYTES_MAX {
            let what = format!("A list may have {} MB; split it", BYTES_MAX >> 20);
            return Err(Error::Invalid { what });
        }
        let source: String =
            source.chars().filter(|c| !c.is_control()).take(SOURCE_CHARS_MAX).collect();
        let read = move || parse_suppression(&bytes, &Limits::default());
        let (rows, issues) = spawn_blocking(read).await.map_err(|task| Error::stopped(&task))?;
        let mut report = SuppressionReport { issues, ..SuppressionReport::default() };
        let seller = self.seller().await?.unwrap_or_default();
        let own = inroad_advice::propose::own_domains(&seller);
        let hashed = self.hashed(at).await?;
        let known = self.not_contacted("", at).await?;
        let mut listed: Vec<NewListed> = Vec::new();
        let mut entries: Vec<EntryNumber> = Vec::new();
        for row in rows {
            let kind_and_value = match &row.whom {
                Suppressed::Firm(name) => {
                    self.take_firm(&row, name, at, &mut entries, &mut report).await?;
                    continue;
                }
                Suppressed::Address(email) if seller.is_ours(email) => Err("of your own house"),
                Suppressed::Address(email) if hashed.is_erased(email) => {
                    report.doubles += 1;
                    continue;
                }
                Suppressed::Address(email) => Ok((ListedKind::Address, email.as_str().to_owned())),
                Suppressed::Domain(domain) if inroad_advice::propose::is_free_mail(domain) => {
                    Err("a mail provider's, not one firm's; list the addresses there instead")
                }
                Suppressed::Domain(domain) if own.contains(domain) => Err("of your own house"),
                Suppressed::Domain(domain) => Ok((ListedKind::Domain, domain.clone())),
                Suppressed::Sha256(hash) => Ok((ListedKind::Sha256, hex(*hash))),
                Suppressed::Keyed(hash) => {
                    let hash = hex(*hash);
                    if known.iter().any(|one| one.whom.key() == hash) {
                        report.doubles += 1;
                        continue;
                    }
                    Err("a hash under the secret of another data file, which tells nobody here")
                }
            };
            match kind_and_value {
                Ok((kind, value)) => listed.push(NewListed {
                    kind,
                    value,
                    reason: row.reason.unwrap_or_default(),
                    source: source.clone(),
                    since: row.since.map(|day| day.to_string()).unwrap_or_default(),
                }),
                Err(why) => {
                    let issue = Issue::new(format!("The row is {why}"), "It was left out");
                    report.issues.push(issue.at_line(row.line));
                }
            }
        }
        // Whoever asked by themselves, or was listed by hand, need not be listed once more.
        let count = listed.len();
        let is_known = |one: &NewListed| {
            let kind = matches!(one.kind, ListedKind::Address | ListedKind::Domain);
            kind && known.iter().any(|known| known.whom.key() == one.value)
        };
        listed.retain(|one| !is_known(one));
        let numbers = self.store.add_listed(&listed, at).await?;
        report.doubles += count - numbers.len();
        report.added += numbers.len();
        if report.added > 0 {
            let says = format!("Not to write to: {} of {source}", report.added);
            let inverse = Inverse::Listed { rows: numbers, entries };
            report.deed = Some(self.keep_deed(None, &says, &inverse, at).await?);
        }
        Ok(report)
    }

    /// A firm of which only the name is told is left alone by an entry.
    async fn take_firm(
        &self,
        row: &SuppressedRow,
        name: &str,
        at: Moment,
        entries: &mut Vec<EntryNumber>,
        report: &mut SuppressionReport,
    ) -> Result<()> {
        let Ok(key) = AccountKey::of_name(name) else { return Ok(()) };
        let about = Subject::Account(key);
        let counting = self.entries(at).await?;
        let is_same = |kept: &inroad_model::KeptEntry| {
            kept.about == about && matches!(kept.entry, Entry::LeaveAlone { .. })
        };
        if counting.iter().any(is_same) {
            report.doubles += 1;
            return Ok(());
        }
        let because = row.reason.as_deref().unwrap_or("On a list not to write to");
        let because =
            Remark::new(because).map_err(|why| Error::Invalid { what: why.to_string() })?;
        entries.push(self.store.add_entry(&about, &Entry::LeaveAlone { because }, at).await?);
        report.added += 1;
        Ok(())
    }
}
