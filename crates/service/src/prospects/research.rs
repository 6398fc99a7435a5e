//! What the user found of a firm: kept as it was pasted, never fetched.

use std::ops::Range;

use inroad_language::statements::{Page, Proposed, propose};
use inroad_model::{
    AccountKey, Claim, ClaimSource, Entry, EntryNumber, KeptEntry, KeptPage, Moment, PageHead,
    PageNumber, Remark, Subject, Topic,
};
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// A longer text nobody reads again.
pub const PAGE_BYTES_MAX: usize = 1024 * 1024;
/// The longest title, in characters.
const TITLE_CHARS_MAX: usize = 200;
/// The longest address, in bytes.
const URL_BYTES_MAX: usize = 2048;

/// Something that is to be kept.
#[derive(Debug, Clone, Default)]
pub struct PageToKeep<'t> {
    /// What it is called; the first line of the text where it is empty.
    pub title: &'t str,
    /// Where it stood; empty where nobody says.
    pub url: &'t str,
    /// The day of which it tells; that of today where nobody says.
    pub day: Option<Date>,
    /// Its words.
    pub text: &'t str,
}

impl Inroad {
    /// Keeps a text about a firm.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a text, with too much of it, or for an address that is none.
    pub async fn keep_page(
        &self,
        about: &AccountKey,
        page: &PageToKeep<'_>,
        at: Moment,
    ) -> Result<Done<PageNumber>> {
        self.must_be_a_firms(about).await?;
        let invalid = |what: &str| Err(Error::Invalid { what: what.to_owned() });
        let text = clean(page.text);
        if text.trim().is_empty() {
            return invalid("Paste the words that you found");
        }
        if text.len() > PAGE_BYTES_MAX {
            return invalid(
                "That is more than a megabyte of text; keep the part that tells of them",
            );
        }
        let url = page.url.trim();
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if !url.is_empty() && (!is_web || url.len() > URL_BYTES_MAX) {
            return invalid("Write the address as https://lindner.example/about");
        }
        let day = page.day.unwrap_or_else(|| at.date());
        if day > at.date() {
            return invalid("What you found cannot be of a coming day");
        }
        let title = Some(page.title.trim()).filter(|title| !title.is_empty());
        let first_line = || text.lines().map(str::trim).find(|line| !line.is_empty());
        let title = title.or_else(first_line).unwrap_or_default();
        let title: String =
            title.chars().filter(|c| !c.is_control()).take(TITLE_CHARS_MAX).collect();
        let url = Some(url.to_owned()).filter(|url| !url.is_empty());
        let head = PageHead { title, url, day };
        let number = self.store.add_page(about, &head, &text, at).await?;
        let says = format!("Kept of {about}: {}", head.title);
        let deed = self.keep_deed(None, &says, &Inverse::Page { number }, at).await?;
        Ok(Done { what: number, deed })
    }

    /// Takes back what was kept; facts that were accepted from it stay.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn drop_page(&self, number: PageNumber, at: Moment) -> Result<Done<KeptPage>> {
        let (page, _text) = self.page(number, at).await?;
        self.store.withdraw_page(number, Some(at)).await?;
        let says = format!("Taken back: {}", page.head.title);
        let deed = self.keep_deed(None, &says, &Inverse::PageBack { number }, at).await?;
        Ok(Done { what: page, deed })
    }

    /// What one of them states about its firm, for the user to take or leave, as the rules of the
    /// program read it; `called` is what the firm is called.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn proposed_of_page(
        &self,
        number: PageNumber,
        called: &str,
        at: Moment,
    ) -> Result<Proposed> {
        let (page, text) = self.page(number, at).await?;
        let on = page.head.day;
        let called = called.to_owned();
        let read = spawn_blocking(move || propose(&Page { text: &text, firm: Some(&called), on }));
        read.await.map_err(|task| Error::stopped(&task))
    }

    /// Takes what a text states as an assumption about the firm, with the very words; where it stands
    /// is told in bytes of the text.
    ///
    /// # Errors
    /// [`Error::NotFound`] without such a text or such a place; [`Error::Conflict`] for words that were
    /// taken for the same topic already.
    pub async fn take_statement(
        &self,
        number: PageNumber,
        place: Range<usize>,
        topic: Topic,
        words: Remark,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let (page, text) = self.page(number, at).await?;
        let odd = || Error::NotFound { what: "These words do not stand in the text".to_owned() };
        let quote = text.get(place).and_then(|quote| Remark::new(quote).ok()).ok_or_else(odd)?;
        let source = ClaimSource::Page { number, quote };
        let taken = |kept: &KeptEntry| matches!(&kept.entry, Entry::Claim(claim) if claim.source == source && claim.topic == topic);
        if self.entries(at).await?.iter().any(taken) {
            return Err(Error::Conflict { what: "That was taken already".to_owned() });
        }
        let day = page.head.day;
        let claim = Claim {
            topic,
            text: words,
            is_verified: false,
            day,
            source,
            settles: None,
            settles_import: None,
        };
        self.write_down(Subject::Account(page.about), Entry::Claim(claim), at).await
    }

    /// What was kept by a moment and still is, of all firms, in the order in which it was kept.
    pub async fn pages(&self, at: Moment) -> Result<Vec<KeptPage>> {
        let mut pages = self.store.pages().await?;
        pages.retain(|page| {
            page.told_at.timestamp() <= at.timestamp()
                && page.withdrawn_at.is_none_or(|until| until.timestamp() > at.timestamp())
        });
        Ok(pages)
    }

    /// One of them with its text.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn page(&self, number: PageNumber, at: Moment) -> Result<(KeptPage, String)> {
        let gone =
            || Error::NotFound { what: format!("Nothing is kept under the number {number}") };
        let pages = self.pages(at).await?;
        let page = pages.into_iter().find(|page| page.number == number).ok_or_else(gone)?;
        let text = self.store.page_text(number).await?.ok_or_else(gone)?;
        Ok((page, text))
    }
}

/// The text without characters that no reader sees; line ends are the same everywhere.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_shown = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_shown).collect()
}
