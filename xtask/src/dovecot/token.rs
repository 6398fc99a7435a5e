//! Access tokens for the mail server of tests: JSON web tokens with an HMAC (RFC 7519, RFC 2104).

use sha2::{Digest as _, Sha256};

/// Bytes as a web token writes them: base 64 with `-` and `_`, without padding.
pub(super) fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    text
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let pad = |with: u8| {
        let mut block = [with; 64];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

/// A token for that person which runs out at that second since 1970. Keys are of 64 bytes at most.
pub(super) fn token(person: &str, until: u64, key: &[u8]) -> String {
    let head = serde_json::json!({"alg": "HS256", "typ": "JWT", "kid": "default"});
    let claims = serde_json::json!({"sub": person, "iat": 0, "nbf": 0, "exp": until});
    let text = format!(
        "{}.{}",
        base64url(head.to_string().as_bytes()),
        base64url(claims.to_string().as_bytes())
    );
    let mark = base64url(&hmac(key, text.as_bytes()));
    format!("{text}.{mark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, case 2, and RFC 4648, section 10.
    #[test]
    fn as_the_standards_say() {
        let mac = hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(mac[..4], [0x5b, 0xdc, 0xc1, 0x46]);
        assert_eq!(mac[28..], [0x64, 0xec, 0x38, 0x43]);
        for (bytes, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg")]
        {
            assert_eq!(base64url(bytes.as_bytes()), text);
        }
        assert_eq!(base64url(&[0xff, 0xef]), "_-8");
    }
}
