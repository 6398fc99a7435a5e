//! Putting a message into a folder: a draft, or what was sent.

use imap_codec::imap_types::IntoStatic;
use imap_codec::imap_types::command::CommandBody;
use imap_codec::imap_types::core::Literal;
use imap_codec::imap_types::extensions::binary::LiteralOrLiteral8;
use imap_codec::imap_types::flag::Flag as TheirFlag;
use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncWrite};

use super::Session;
use crate::wire::answer::Code;
use crate::{Error, Flags, Kind, Step, moment};

/// Where a message was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The folder's validity.
    pub uid_validity: u32,
    /// The message's number.
    pub uid: u32,
}

/// The longest that is sent at once to a server that takes only short texts so (RFC 7888).
const SHORT_BYTES_MAX: usize = 4096;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Puts a message into a folder. Lines must end with carriage return and line feed, and headers
    /// be in seven bits. Tells where it is, if the server does (UIDPLUS); else it can be
    /// [found](Session::find_by_message_id).
    ///
    /// # Errors
    ///
    /// [`Kind::FolderGone`], [`Kind::Full`], and [`Kind::CannotSend`] for what is too large or holds
    /// a zero byte.
    pub async fn append(
        &mut self,
        folder: &str,
        flags: &Flags,
        date: Option<Timestamp>,
        bytes: &[u8],
    ) -> Result<Option<Appended>, Error> {
        let cannot = || Error::new(Kind::CannotSend, Step::Append);
        let mailbox = self.mailbox(folder, Step::Append)?;
        let is_too_large =
            u32::try_from(bytes.len()).is_ok_and(|n| n > self.limits.message_bytes_max);
        if is_too_large || bytes.is_empty() {
            return Err(cannot());
        }
        let mut text = Literal::try_from(bytes.to_vec()).map_err(|_why| cannot())?;
        let is_short = bytes.len() <= SHORT_BYTES_MAX && self.offered.has("LITERAL-");
        if is_short || self.offered.has("LITERAL+") {
            text = text.into_non_sync();
        }
        let flags = flags.iter().map(|flag| {
            TheirFlag::try_from(flag.to_string().as_str()).map(IntoStatic::into_static)
        });
        let body = CommandBody::Append {
            mailbox,
            flags: flags.collect::<Result<_, _>>().map_err(|_why| cannot())?,
            date: date.map(|date| moment::for_library(date).ok_or_else(cannot)).transpose()?,
            message: LiteralOrLiteral8::Literal(text),
        };
        let patience = self.transfer_patience(Step::Append);
        Ok(match self.run(body, &patience, |_| Ok(())).await?.code {
            Some(Code::AppendUid(uid_validity, uid)) => Some(Appended { uid_validity, uid }),
            _ => None,
        })
    }
}
