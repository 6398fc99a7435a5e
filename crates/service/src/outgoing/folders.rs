//! The folders of the mailbox in which letters that go out are put and looked for: drafts, and what was sent.
//!
//! The only file that puts anything into a mailbox. A folder is opened to read alone; nothing is marked or
//! removed.

use inroad_imap::{Flag, Flags, Limits, Role};
use inroad_model::{MailboxConnection, MessageId, Moment};
use inroad_store::KeptConnection;

use crate::Passwords;
use crate::live::fault::Fault;
use crate::live::mailbox::Mail;
use crate::live::sign_in::open_kept;

/// Which folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    Drafts,
    Sent,
}

/// A mailbox that is open for letters that go out.
pub(super) struct Shelves {
    session: Mail,
    drafts: Option<String>,
    sent: Option<String>,
}

impl Shelves {
    pub(super) async fn open(
        kept: &KeptConnection,
        mailbox: &MailboxConnection,
        passwords: &Passwords,
    ) -> Result<Self, Fault> {
        let mut session = open_kept(kept, mailbox, passwords, &Limits::default()).await?;
        let folders = session.folders().await?;
        let of = |role: Role| {
            let open = folders.iter().filter(|folder| folder.can_be_opened);
            // What the server says counts for more than what a name says.
            let mut of_role: Vec<_> = open.filter(|folder| folder.role == Some(role)).collect();
            of_role.sort_by_key(|folder| folder.role_is_guessed);
            of_role.first().map(|folder| folder.name.clone())
        };
        let (drafts, sent) = (of(Role::Drafts), of(Role::Sent));
        Ok(Self { session, drafts, sent })
    }

    /// The name of a folder, if there is one.
    pub(super) fn name(&self, shelf: Shelf) -> Option<&str> {
        match shelf {
            Shelf::Drafts => self.drafts.as_deref(),
            Shelf::Sent => self.sent.as_deref(),
        }
    }

    /// Whether the server files what is sent over it by itself, so that a copy of ours would be a second one.
    pub(super) fn files_by_itself(&self) -> bool {
        self.session.offered().has("X-GM-EXT-1")
    }

    /// Whether a letter is there.
    pub(super) async fn has(&mut self, shelf: Shelf, id: &MessageId) -> Result<bool, Fault> {
        let Some(folder) = self.name(shelf).map(str::to_owned) else { return Ok(false) };
        Ok(!self.session.find_by_message_id(&folder, id.as_str()).await?.is_empty())
    }

    /// Puts a letter there, unless it is there. Returns whether it was put now; the folder is there.
    pub(super) async fn put(
        &mut self,
        shelf: Shelf,
        id: &MessageId,
        date: Moment,
        bytes: &[u8],
    ) -> Result<bool, Fault> {
        if self.has(shelf, id).await? {
            return Ok(false);
        }
        let Some(folder) = self.name(shelf).map(str::to_owned) else { return Ok(false) };
        let flags: Flags = match shelf {
            Shelf::Drafts => [Flag::Draft, Flag::Seen].into_iter().collect(),
            Shelf::Sent => std::iter::once(Flag::Seen).collect(),
        };
        self.session.append(&folder, &flags, Some(date.timestamp()), bytes).await?;
        Ok(true)
    }

    pub(super) async fn leave(self) {
        // Whether the server says good-bye back changes nothing.
        let _left = self.session.leave().await;
    }
}
