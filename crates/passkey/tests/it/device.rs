//! A device that makes and shows passkeys as WebAuthn has it, with a browser before it, and that lies where a test
//! wants it to.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const MAY_BE_COPIED: u8 = 1 << 3;
const IS_COPIED: u8 = 1 << 4;
const HOLDS_A_KEY: u8 = 1 << 6;

/// How it lies, or that it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    /// It does not.
    None,
    /// A page elsewhere asked.
    Origin(&'static str),
    /// It is for another site.
    Site(&'static str),
    /// Nobody showed a finger, a face or a PIN.
    Unverified,
    /// Nobody touched it.
    Absent,
    /// It signs with another key.
    Key,
    /// It says that it is another one's.
    Handle([u8; 16]),
    /// It says of nobody whose it is.
    Nameless,
    /// Its counter is at that.
    Counter(u32),
    /// It may be copied all of a sudden.
    Copied,
    /// It does not keep whose it is.
    Hidden,
    /// It answers with what is meant for the other question.
    Kind,
}

/// A device with the passkey that it made last.
pub(crate) struct Device {
    origin: String,
    key: SigningKey,
    credential: Vec<u8>,
    handle: Vec<u8>,
    counter: u32,
    counts: bool,
    copied: bool,
}

impl Device {
    /// A device that counts how often it is used, in front of pages at that address.
    pub(crate) fn at(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            key: new_key(),
            credential: random().to_vec(),
            handle: Vec::new(),
            counter: 0,
            counts: true,
            copied: false,
        }
    }

    /// One whose passkeys its maker keeps elsewhere, too, and which counts nothing.
    #[must_use]
    pub(crate) fn copied(mut self) -> Self {
        (self.counts, self.copied) = (false, true);
        self
    }

    /// Makes a passkey, as a browser is asked.
    pub(crate) fn makes(&mut self, options: &str, lie: Lie) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let wanted = &options["publicKey"];
        assert_eq!(wanted["authenticatorSelection"]["residentKey"], "required", "{options}");
        assert_eq!(wanted["authenticatorSelection"]["userVerification"], "required", "{options}");
        assert_eq!(wanted["attestation"], "none", "{options}");
        self.handle = bytes(&wanted["user"]["id"]);
        let site = wanted["rp"]["id"].as_str().unwrap();
        let mut data = self.data(site, HOLDS_A_KEY, lie);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.credential.len()).unwrap().to_be_bytes());
        data.extend(&self.credential);
        data.extend(cose(&self.key));
        let mut object = vec![0xa3];
        object.extend(text("fmt"));
        object.extend(text("none"));
        object.extend(text("attStmt"));
        object.push(0xa0);
        object.extend(text("authData"));
        object.extend([0x59]);
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        let kind = if lie == Lie::Kind { "webauthn.get" } else { "webauthn.create" };
        json!({
            "id": encoded(&self.credential),
            "rawId": encoded(&self.credential),
            "type": "public-key",
            "response": {
                "clientDataJSON": encoded(self.client_data(kind, wanted, lie).as_bytes()),
                "attestationObject": encoded(&object),
                "transports": ["internal"],
            },
            "clientExtensionResults": { "credProps": { "rk": lie != Lie::Hidden } },
        })
        .to_string()
    }

    /// Shows it, as a browser is asked.
    pub(crate) fn shows(&mut self, options: &str, lie: Lie) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let wanted = &options["publicKey"];
        assert_eq!(wanted["userVerification"], "required", "{options}");
        let named = wanted["allowCredentials"].as_array().map_or(0, Vec::len);
        assert_eq!(named, 0, "nobody is told which passkeys there are: {options}");
        assert!(options.get("mediation").is_none(), "{options}");
        self.counter += u32::from(self.counts);
        let data = self.data(wanted["rpId"].as_str().unwrap(), 0, lie);
        let kind = if lie == Lie::Kind { "webauthn.create" } else { "webauthn.get" };
        let client_data = self.client_data(kind, wanted, lie);
        let signed = [&data[..], &Sha256::digest(client_data.as_bytes())[..]].concat();
        let other = new_key();
        let key = if lie == Lie::Key { &other } else { &self.key };
        let signature: p256::ecdsa::Signature = key.sign(&signed);
        let handle = match lie {
            Lie::Handle(handle) => json!(encoded(&handle)),
            Lie::Nameless => Value::Null,
            _ => json!(encoded(&self.handle)),
        };
        json!({
            "id": encoded(&self.credential),
            "rawId": encoded(&self.credential),
            "type": "public-key",
            "response": {
                "clientDataJSON": encoded(client_data.as_bytes()),
                "authenticatorData": encoded(&data),
                "signature": encoded(&der(&signature.to_bytes())),
                "userHandle": handle,
            },
            "clientExtensionResults": {},
        })
        .to_string()
    }

    /// What it claims to be the passkey of another device.
    pub(crate) fn poses_as(&mut self, other: &Self) {
        self.credential.clone_from(&other.credential);
        self.handle.clone_from(&other.handle);
    }

    fn data(&self, site: &str, more: u8, lie: Lie) -> Vec<u8> {
        let site = if let Lie::Site(other) = lie { other } else { site };
        let mut flags = USER_PRESENT | USER_VERIFIED | more;
        if lie == Lie::Unverified {
            flags &= !USER_VERIFIED;
        }
        if lie == Lie::Absent {
            flags &= !USER_PRESENT;
        }
        if self.copied || lie == Lie::Copied {
            flags |= MAY_BE_COPIED | IS_COPIED;
        }
        let counter = if let Lie::Counter(counter) = lie { counter } else { self.counter };
        [&Sha256::digest(site.as_bytes())[..], &[flags], &counter.to_be_bytes()].concat()
    }

    fn client_data(&self, kind: &str, wanted: &Value, lie: Lie) -> String {
        let origin = if let Lie::Origin(other) = lie { other } else { &self.origin };
        let data = json!({
            "type": kind,
            "challenge": wanted["challenge"],
            "origin": origin,
            "crossOrigin": false,
        });
        data.to_string()
    }
}

fn new_key() -> SigningKey {
    SigningKey::from_slice(&random()).unwrap()
}

fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(value: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}

/// A short text in CBOR.
fn text(text: &str) -> Vec<u8> {
    let mut bytes = vec![0x60 + u8::try_from(text.len()).unwrap()];
    bytes.extend(text.as_bytes());
    bytes
}

/// A public key as COSE has it, in CBOR: EC2, ES256, P-256, x, y.
fn cose(key: &SigningKey) -> Vec<u8> {
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], x, &[0x22, 0x58, 32], y].concat()
}

/// A signature as certificates have it.
fn der(raw: &[u8]) -> Vec<u8> {
    let number = |raw: &[u8]| {
        let mut digits: Vec<u8> = raw.iter().copied().skip_while(|byte| *byte == 0).collect();
        if digits.first().is_none_or(|first| *first >= 0x80) {
            digits.insert(0, 0);
        }
        [&[2, u8::try_from(digits.len()).unwrap()], &digits[..]].concat()
    };
    let (r, s) = raw.split_at(32);
    let both = [number(r), number(s)].concat();
    [&[0x30, u8::try_from(both.len()).unwrap()], &both[..]].concat()
}
