//! "Send it on a day" is a plan of the user's for that day. Nothing waits for it, and nothing is sent by it.

use inroad_model::{Channel, DealId, Entry, EntryNumber, Moment, Remark, Subject};
use jiff::civil::Date;

use super::addresses::mailboxes;
use super::asked::SendAsked;
use crate::deeds::Done;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// So much of a subject stands in a plan.
const SUBJECT_CHARS_MAX: usize = 120;

impl Inroad {
    /// Plans for a day that the user sends a letter then; it can be undone. The text is not kept.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a day that has passed, or without anybody to whom it goes; for who is not to be
    /// written to [`Error::Forbidden`].
    pub async fn remind_to_send(
        &self,
        asked: &SendAsked,
        deal: Option<&DealId>,
        day: Date,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let to = mailboxes("To", &asked.to)?;
        let emails: Vec<_> = to.into_iter().map(|mailbox| mailbox.address).collect();
        let Some(first) = emails.first().cloned() else {
            return Err(Error::Invalid { what: "Say to whom it goes".to_owned() });
        };
        self.must_be_allowed(&emails).await?;
        let subject: String = asked.subject.chars().take(SUBJECT_CHARS_MAX).collect();
        let what = match subject.trim() {
            "" => "Send your letter".to_owned(),
            subject => format!("Send your letter: {subject}"),
        };
        let what = Remark::new(&what).map_err(|no| Error::Invalid { what: no.to_string() })?;
        let plan = Entry::Plan { day, by: Channel::Mail, with: Some(first.clone()), what };
        let about = deal.cloned().map_or(Subject::Person(first), Subject::Deal);
        self.write_down(about, plan, at).await
    }
}
