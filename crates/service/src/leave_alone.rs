//! Whom the user leaves alone, and whom they mean by a few letters on a command line.
//!
//! It is kept as an entry and counts as an opt-out does; what people asked for themselves is not
//! taken back here.

use std::collections::BTreeSet;

use inroad_model::{
    AccountKey, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Remark, Subject,
};

use crate::deeds::Done;
use crate::entries::tag_from;
use crate::inroad::Inroad;
use crate::{Error, Result};

impl Inroad {
    /// The person or the firm that is meant: an address, a mail domain, or a name that one person
    /// alone has.
    ///
    /// # Errors
    /// As [`Inroad::person_called`].
    pub async fn subject_called(&self, text: &str) -> Result<Subject> {
        let text = text.trim();
        let bare = text.strip_prefix('@').unwrap_or(text);
        if !bare.contains('@') && bare.contains('.') && !bare.contains(char::is_whitespace) {
            let key = AccountKey::domain(bare);
            return key.map(Subject::Account).map_err(|e| Error::Invalid { what: e.to_string() });
        }
        Ok(Subject::Person(self.person_called(text).await?))
    }

    /// Leaves a person or a firm alone from that moment on.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, for a mail provider's domain and the user's own house;
    /// [`Error::Conflict`] if they are left alone already.
    pub async fn leave_alone(
        &self,
        whom: Subject,
        because: &str,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let because =
            Remark::new(because).map_err(|why| Error::Invalid { what: why.to_string() })?;
        self.write_down(whom, Entry::LeaveAlone { because }, at).await
    }

    /// Takes that back.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the user never said it.
    pub async fn no_longer_leave_alone(
        &self,
        whom: &Subject,
        at: Moment,
    ) -> Result<Done<KeptEntry>> {
        let is_meant = |entry: &Entry| matches!(entry, Entry::LeaveAlone { .. });
        let what = "You did not say to leave them alone; what they asked for themselves stands";
        self.strike_what(whom, is_meant, what, at).await
    }

    /// Gives a person or a firm a word by which they are found.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no tag, [`Error::Conflict`] if they have it.
    pub async fn tag(&self, whom: Subject, tag: &str, at: Moment) -> Result<Done<EntryNumber>> {
        let tag = tag_from(tag).map_err(|why| Error::Invalid { what: why.to_owned() })?;
        self.write_down(whom, Entry::Tag { tag }, at).await
    }

    /// Takes a tag away.
    ///
    /// # Errors
    /// [`Error::NotFound`] if they do not have it.
    pub async fn untag(&self, whom: &Subject, tag: &str, at: Moment) -> Result<Done<KeptEntry>> {
        let wanted = tag_from(tag).map_err(|why| Error::Invalid { what: why.to_owned() })?;
        let is_meant = |entry: &Entry| matches!(entry, Entry::Tag { tag } if *tag == wanted);
        self.strike_what(whom, is_meant, "They have no such tag", at).await
    }

    /// Takes back the last entry of that kind about somebody, under any of their addresses.
    async fn strike_what(
        &self,
        whom: &Subject,
        is_meant: impl Fn(&Entry) -> bool,
        otherwise: &str,
        at: Moment,
    ) -> Result<Done<KeptEntry>> {
        let same: BTreeSet<EmailAddress> = match whom {
            Subject::Person(email) => self.aliases().await?.all_of(email),
            Subject::Account(_) | Subject::Deal(_) => BTreeSet::new(),
        };
        let about = |kept: &KeptEntry| match &kept.about {
            Subject::Person(email) => same.contains(email),
            other => other == whom,
        };
        let entries = self.entries(at).await?;
        let found = entries.iter().rfind(|kept| about(kept) && is_meant(&kept.entry));
        match found {
            Some(kept) => self.strike(kept.number, at).await,
            None => Err(Error::NotFound { what: otherwise.to_owned() }),
        }
    }
}
