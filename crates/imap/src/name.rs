//! Names of folders as they go over the wire, and as people read them.
//!
//! Servers of old write them in seven bits, in a base 64 of UTF-16 between `&` and `-` (RFC 3501,
//! section 5.1.3); those that were asked for UTF-8 write that (RFC 6855). Some write what is neither.
//! Then the name is shown as far as it can be read, and whoever opens the folder sends what came.

/// How names are written in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Seven bits, as every server may.
    ModifiedUtf7,
    /// UTF-8, after the server agreed to it.
    Utf8,
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// The name as people read it. What cannot be read stays as it came, each odd byte as `?`.
pub fn decode(wire: &[u8], writing: Writing) -> String {
    let plain = wire.iter().all(u8::is_ascii);
    if writing == Writing::ModifiedUtf7
        && plain
        && let Some(name) = decode_utf7(wire)
    {
        return name;
    }
    // UTF-8 where seven bits were agreed on is what some servers do all the same.
    let name = match std::str::from_utf8(wire) {
        Ok(name) => name.to_owned(),
        Err(_) => String::from_utf8_lossy(wire).replace(char::REPLACEMENT_CHARACTER, "?"),
    };
    name.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// The name as the server wants it.
pub fn encode(name: &str, writing: Writing) -> Vec<u8> {
    match writing {
        Writing::Utf8 => name.as_bytes().to_vec(),
        Writing::ModifiedUtf7 => encode_utf7(name),
    }
}

fn is_direct(c: char) -> bool {
    matches!(c, ' '..='~') && c != '&'
}

fn encode_utf7(name: &str) -> Vec<u8> {
    let mut wire = Vec::with_capacity(name.len());
    let mut shifted: Vec<u16> = Vec::new();
    for c in name.chars() {
        if !is_direct(c) && c != '&' {
            shifted.extend_from_slice(c.encode_utf16(&mut [0; 2]));
            continue;
        }
        write_shifted(&mut wire, &mut shifted);
        match c {
            '&' => wire.extend_from_slice(b"&-"),
            // It is ASCII here.
            c => wire.push(u8::try_from(c).unwrap_or(b'?')),
        }
    }
    write_shifted(&mut wire, &mut shifted);
    wire
}

fn write_shifted(wire: &mut Vec<u8>, units: &mut Vec<u16>) {
    if units.is_empty() {
        return;
    }
    wire.push(b'&');
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut write = |bits: u32| wire.push(ALPHABET[(bits & 63) as usize]);
    for unit in units.drain(..) {
        bits = (bits << 16) | u32::from(unit);
        held += 16;
        while held >= 6 {
            held -= 6;
            write(bits >> held);
            bits &= (1 << held) - 1;
        }
    }
    if held > 0 {
        write(bits << (6 - held));
    }
    wire.push(b'-');
}

/// `None` for what does not keep to the rules.
fn decode_utf7(wire: &[u8]) -> Option<String> {
    let mut name = String::with_capacity(wire.len());
    let mut rest = wire;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'&' => {
                let end = rest.iter().position(|byte| *byte == b'-')?;
                let (shifted, after) = rest.split_at(end);
                rest = after.get(1..)?;
                if shifted.is_empty() {
                    name.push('&');
                } else {
                    name.push_str(&decode_shifted(shifted)?);
                }
            }
            b' '..=b'~' => name.push(char::from(*byte)),
            _ => return None,
        }
    }
    Some(name)
}

fn decode_shifted(letters: &[u8]) -> Option<String> {
    let mut units = Vec::with_capacity(letters.len() / 2);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in letters {
        let value = ALPHABET.iter().position(|known| known == letter)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push(u16::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    // What is left over are fewer bits than one more letter would bring, all of them zero.
    if held >= 6 || bits != 0 || units.is_empty() {
        return None;
    }
    let text: String = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
    (!text.chars().any(|c| is_direct(c) || c.is_control())).then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(wire: &str, name: &str) {
        assert_eq!(decode(wire.as_bytes(), Writing::ModifiedUtf7), name, "{wire}");
    }

    #[test]
    fn both_ways() {
        for (wire, name) in [
            ("INBOX", "INBOX"),
            ("Entw&APw-rfe", "Entwürfe"),
            ("&ZeVnLIqe-", "日本語"),
            ("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"),
            ("A&-B", "A&B"),
            ("&2D3eAA-", "😀"),
            ("", ""),
        ] {
            check(wire, name);
            assert_eq!(encode(name, Writing::ModifiedUtf7), wire.as_bytes(), "{name}");
        }
    }

    #[test]
    fn odd_names_are_shown_as_they_came() {
        check("A&B", "A&B");
        check("&Jjo", "&Jjo");
        check("&AA-", "&AA-");
        check("&AGE-", "&AGE-");
        check("&2D0-", "&2D0-");
        check("Entwürfe", "Entwürfe");
        assert_eq!(decode(b"a\xffb\x07", Writing::ModifiedUtf7), "a?b?");
        assert_eq!(decode(b"A&-B", Writing::Utf8), "A&-B");
        assert_eq!(encode("Entwürfe", Writing::Utf8), "Entwürfe".as_bytes());
    }

    proptest! {
        #[test]
        fn comes_back(name in "[^\\p{C}]{0,12}") {
            for writing in [Writing::ModifiedUtf7, Writing::Utf8] {
                prop_assert_eq!(decode(&encode(&name, writing), writing), name.clone());
            }
            prop_assert!(encode(&name, Writing::ModifiedUtf7).iter().all(u8::is_ascii));
        }

        #[test]
        fn any_bytes_give_a_name(wire in proptest::collection::vec(any::<u8>(), 0..40)) {
            for writing in [Writing::ModifiedUtf7, Writing::Utf8] {
                prop_assert!(!decode(&wire, writing).contains(char::is_control));
            }
        }

        #[test]
        fn what_is_read_is_written_so(wire in "[&A-Z0-9,+a-e-]{0,16}") {
            if let Some(name) = decode_utf7(wire.as_bytes()) {
                // Two ways to write the same are one name.
                let again = encode_utf7(&name);
                prop_assert_eq!(decode_utf7(&again), Some(name));
            }
        }
    }
}
