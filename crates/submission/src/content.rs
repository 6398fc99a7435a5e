//! The bytes of a letter between `DATA` and its end: whether they can be carried, and how dots are
//! hidden. RFC 5321, 4.5.2 and 4.5.3.1.
//!
//! A bare line feed or carriage return would be read as a line end by some servers and not by others,
//! so that a text could end a letter and begin another. No such letter is sent.

/// Longest letter. It is plain text; nothing near this is written by a person.
const MESSAGE_BYTES_MAX: usize = 5 << 20;
const LINE_BYTES_MAX: usize = 998;

/// Why the bytes cannot be carried; `None` if they can.
pub(crate) fn unfit(message: &[u8]) -> Option<&'static str> {
    if message.is_empty() {
        return Some("it is empty");
    }
    if message.len() > MESSAGE_BYTES_MAX {
        return Some("it is too large");
    }
    if !message.ends_with(b"\r\n") {
        return Some("its last line has no end");
    }
    for line in message.split_inclusive(|b| *b == b'\n') {
        let Some(line) = line.strip_suffix(b"\r\n") else {
            return Some("a line feed stands alone in it");
        };
        if line.len() > LINE_BYTES_MAX {
            return Some("a line of it is too long");
        }
        if line.contains(&b'\r') {
            return Some("a carriage return stands alone in it");
        }
        if line.contains(&0) {
            return Some("it holds a NUL byte");
        }
    }
    None
}

/// The bytes as they are sent, without the end of the letter: a dot is put before each line that begins
/// with one. The letter [is fit](unfit).
pub(crate) fn dotted(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 64);
    for line in message.split_inclusive(|b| *b == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_carried() {
        assert_eq!(unfit(b"Subject: x\r\n\r\ntext\r\n"), None);
        let long = [b"x".repeat(LINE_BYTES_MAX + 1), b"\r\n".to_vec()].concat();
        let large = b"x\r\n".repeat(MESSAGE_BYTES_MAX / 3 + 1);
        for bad in [
            &b""[..],
            b"x",
            b"x\n",
            b"x\r",
            b"a\nb\r\n",
            b"a\rb\r\n",
            b"a\r\r\n",
            b"a\n.\nb\r\n",
            b"a\r\n.\r\rb\r\n",
            b"a\0\r\n",
            &long,
            &large,
        ] {
            assert!(unfit(bad).is_some(), "{:?}", String::from_utf8_lossy(bad));
        }
        assert_eq!(unfit(&long[1..]), None);
    }

    #[test]
    fn dots() {
        assert_eq!(dotted(b"a\r\n.\r\n..b\r\nc.\r\n"), b"a\r\n..\r\n...b\r\nc.\r\n");
    }

    proptest! {
        #[test]
        fn the_end_stands_nowhere_in_it(text in "[.a\r\n]{0,60}") {
            let message = format!("{text}\r\n");
            if unfit(message.as_bytes()).is_none() {
                let sent = dotted(message.as_bytes());
                prop_assert!(!sent.starts_with(b".\r\n"));
                prop_assert!(!sent.windows(5).any(|window| window == b"\r\n.\r\n"));
                // What a server does: one dot is taken from each line that begins with one.
                let back: Vec<u8> = sent
                    .split_inclusive(|b| *b == b'\n')
                    .flat_map(|line| line.strip_prefix(b".").unwrap_or(line))
                    .copied()
                    .collect();
                prop_assert_eq!(back, message.into_bytes());
            }
        }
    }
}
