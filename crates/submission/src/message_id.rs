//! The name of a letter, known before anything is sent, so that the letter can be looked for.

use std::fmt::Write as _;

use inroad_model::{EmailAddress, MessageId};

/// Longest identifier that is written; longer ones come from nobody who answers.
const ID_BYTES_MAX: usize = 250;

/// A `Message-ID` at the writer's own domain, of 16 random bytes that the caller drew. It tells neither
/// the machine nor the time.
///
/// ```
/// let from = "me@lindner.example".parse().unwrap();
/// let id = inroad_submission::new_message_id(&from, [7; 16]);
/// assert_eq!(id.as_str(), "07070707070707070707070707070707@lindner.example");
/// ```
pub fn new_message_id(from: &EmailAddress, random: [u8; 16]) -> MessageId {
    let mut text = String::with_capacity(64);
    for byte in random {
        // Writing to a text cannot fail.
        let _infallible = write!(text, "{byte:02x}");
    }
    text.push('@');
    text.push_str(from.domain());
    #[expect(clippy::expect_used, reason = "hexadecimal digits and the domain of an address")]
    MessageId::new(&text).expect("an address holds no control characters and is short")
}

/// Whether it can stand in a header. Those in `.invalid` were made up for mail that had none.
pub(crate) fn is_fit(id: &MessageId) -> bool {
    let text = id.as_str();
    let plain = |b: u8| b.is_ascii_graphic() && !b"<>()\\\",;:".contains(&b);
    let Some((left, right)) = text.split_once('@') else { return false };
    text.len() <= ID_BYTES_MAX
        && !left.is_empty()
        && !right.is_empty()
        && !right.contains('@')
        && text.bytes().all(plain)
        && !right.ends_with(".invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(is_fit(&MessageId::new(text).unwrap()), expected, "{text}");
    }

    #[test]
    fn identifiers() {
        check("CAF=x_y-1.2@mail.lindner.example", true);
        check("1$2@[10.0.0.1]", true);
        check("no-at", false);
        check("@right", false);
        check("left@", false);
        check("two words@lindner.example", false);
        check("a>b@lindner.example", false);
        check("ü@lindner.example", false);
        check("0123@generated.inroad.invalid", false);
        check(&format!("{}@lindner.example", "x".repeat(ID_BYTES_MAX)), false);
    }
}
