//! Bounces that sending services tell as data: a JSON object with a list of recipients.
//!
//! Must not: parse JSON in general; a few string fields within one list are looked for.

use inroad_model::{Bounce, BounceClass, FailedRecipient, MessageId};

use super::{add, code, one_line};

/// How much of a notice is looked at, in bytes.
const TEXT_BYTES_MAX: usize = 64 << 10;

/// Reads the recipients of a notice.
pub(super) fn read(text: &str, recipients_max: usize) -> Option<Bounce> {
    let text = text.get(..text.floor_char_boundary(TEXT_BYTES_MAX)).unwrap_or(text);
    // Mail programs wrap the object wherever they like.
    let text = text.lines().collect::<String>().replace("\\\"", "\"");
    let (_, list) = text.split_once("\"bouncedRecipients\"")?;
    let list = list.split(']').next().unwrap_or_default();
    let transient =
        string(&text, "bounceType").is_some_and(|kind| kind.eq_ignore_ascii_case("transient"));
    let mut recipients = Vec::new();
    for object in list.split('}') {
        let Some(address) = string(object, "emailAddress").and_then(|a| a.parse().ok()) else {
            continue;
        };
        let status = string(object, "status").filter(|status| code::class_of(status).is_some());
        let diagnostic = string(object, "diagnosticCode").and_then(one_line);
        let temporary = status.map_or(transient, |status| code::class_of(status) == Some(4));
        let class = if temporary { BounceClass::Temporary } else { BounceClass::Permanent };
        let status = status.map(str::to_owned);
        add(
            &mut recipients,
            FailedRecipient { address, class, status, diagnostic },
            recipients_max,
        );
    }
    let original = header(&text, "Message-ID").and_then(|id| MessageId::new(id).ok());
    (!recipients.is_empty()).then_some(Bounce { recipients, original })
}

/// The text of a field `"name":"text"`, without its escapes undone.
fn string<'t>(object: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = object.split_once(&format!("\"{name}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split('"').next()
}

/// The value of a mail header within the notice: `{"name":"Message-ID","value":"…"}`.
fn header<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("\"name\":\"{name}\""))?;
    string(rest.get(..rest.floor_char_boundary(1_200))?, "value")
}
