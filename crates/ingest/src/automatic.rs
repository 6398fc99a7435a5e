//! What kind of mail a message is: written by a person, by a machine in a person's place, by a
//! machine on its own account, or to a list.
//!
//! Headers decide where they say something (RFC 3834, RFC 2919, RFC 2369); the words decide only
//! where no header does, and only together, because people also write that they are away.
//!
//! Must not: read dates or names out of a text; it says what a mail is, not what it states.

mod headers;
mod list;
mod phrases;
mod words;

use inroad_model::{Bounce, Message, Nature};

use self::headers::Signs;
use self::words::Head;
use crate::mime::Mime;

/// Judges a message of which everything but its nature has been read. `bounce` is the delivery
/// report in it, if there is one.
pub(crate) fn nature(mime: &Mime<'_>, message: &Message, bounce: Option<Bounce>) -> Nature {
    if let Some(bounce) = bounce {
        return Nature::Bounce(bounce);
    }
    let signs = Signs::read(mime, message);
    if let Some(because) = &signs.replied {
        return Nature::AutomaticReply { because: because.clone() };
    }
    let head = Head::of(message);
    if let Some(because) = words::automatic_reply(message, &signs, &head) {
        return Nature::AutomaticReply { because };
    }
    if let Some(because) = &signs.generated {
        return Nature::AutomaticNotice { because: because.clone() };
    }
    if let Some(nature) = list::of(&mime.root(), message) {
        return nature;
    }
    let because =
        headers::machine_sender(message).or_else(|| words::automatic_notice(message, &head));
    match because {
        Some(because) => Nature::AutomaticNotice { because },
        None => Nature::Correspondence,
    }
}
