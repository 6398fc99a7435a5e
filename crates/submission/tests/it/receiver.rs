//! Letters to a real mail server, aiosmtpd, which `cargo xtask test` starts on this machine.

use std::path::PathBuf;

use inroad_secrets::Secret;
use inroad_submission::{Credentials, Endpoint, Outcome, Refusal, Security, Step, Why};

use crate::{letter, sent};

/// Where the server is, as the workshop says it.
struct Receiver {
    tls_port: u16,
    start_tls_port: u16,
    authority: Vec<u8>,
    folder: PathBuf,
}

impl Receiver {
    fn found() -> Option<Self> {
        let told = |name: &str| std::env::var(format!("INROAD_RECEIVER_{name}")).ok();
        let found = (|| {
            Some(Self {
                tls_port: told("TLS_PORT")?.parse().ok()?,
                start_tls_port: told("STARTTLS_PORT")?.parse().ok()?,
                authority: std::fs::read(told("AUTHORITY")?).ok()?,
                folder: told("FOLDER")?.into(),
            })
        })();
        if found.is_none() {
            println!("SKIPPED: letters to a real mail server: `cargo xtask test` starts one");
        }
        found
    }

    fn endpoint(&self, security: Security) -> Endpoint {
        let port = if security == Security::Tls { self.tls_port } else { self.start_tls_port };
        Endpoint::new("localhost", port, security).unwrap().trusting(&self.authority).unwrap()
    }

    /// What it keeps of letters whose text holds a word: the envelope in two lines, then the letter.
    fn kept(&self, word: &str) -> Vec<String> {
        let mut kept: Vec<String> = std::fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .filter(|letter| letter.contains(word))
            .collect();
        kept.sort();
        kept
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned()).unwrap()
}

async fn goes(security: Security, credentials: Credentials, word: &str) {
    let Some(receiver) = Receiver::found() else { return };
    let mut letter = letter(2);
    letter.text = format!(".{word}\n..\n.\nGrüße\n");
    letter.bcc = vec![crate::mailbox("boss@seller.example")];
    let written = letter.written().unwrap();
    let outcome = sent(&written, &receiver.endpoint(security), Some(&credentials)).await;
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    let expected = format!(
        "me@seller.example\nto0@buyer.example to1@buyer.example boss@seller.example\n{}",
        String::from_utf8(written.message).unwrap()
    );
    assert_eq!(receiver.kept(word), [expected]);
}

#[tokio::test]
async fn by_password_from_the_first_byte_on() {
    let credentials = Credentials::password("me@seller.example", secret("swordfish")).unwrap();
    goes(Security::Tls, credentials, "first-byte").await;
}

#[tokio::test]
async fn by_password_midway() {
    let credentials = Credentials::password("me@seller.example", secret("swordfish")).unwrap();
    goes(Security::StartTls, credentials, "midway").await;
}

#[tokio::test]
async fn by_token() {
    let credentials = Credentials::token("me@seller.example", secret("token-of-today")).unwrap();
    goes(Security::Tls, credentials, "by-token").await;
}

#[tokio::test]
async fn what_it_refuses() {
    let Some(receiver) = Receiver::found() else { return };
    let good = || Credentials::password("me@seller.example", secret("swordfish")).unwrap();
    let wrong = [
        Credentials::password("me@seller.example", secret("wordfish")).unwrap(),
        Credentials::token("me@seller.example", secret("token-of-yesterday")).unwrap(),
    ];
    for credentials in wrong {
        let outcome = sent(
            &letter(1).written().unwrap(),
            &receiver.endpoint(Security::Tls),
            Some(&credentials),
        )
        .await;
        let Outcome::Refused(Refusal { at: Step::SignIn, why: Why::Said(said) }) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(said.code, 535);
    }
    let mut to_nobody = letter(2);
    to_nobody.to[1] = crate::mailbox("nobody@buyer.example");
    to_nobody.text = "to-nobody".to_owned();
    let outcome =
        sent(&to_nobody.written().unwrap(), &receiver.endpoint(Security::StartTls), Some(&good()))
            .await;
    let Outcome::Refused(Refusal { why: Why::Recipients(refused), .. }) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].address.as_str(), "nobody@buyer.example");
    assert!(receiver.kept("to-nobody").is_empty());
    // Nobody who is not signed in sends anything, and nobody trusts it without its authority.
    let outcome =
        sent(&letter(1).written().unwrap(), &receiver.endpoint(Security::Tls), None).await;
    assert!(
        matches!(&outcome, Outcome::Refused(refusal) if refusal.at == Step::Sender),
        "{outcome:?}"
    );
    let stranger = Endpoint::new("localhost", receiver.tls_port, Security::Tls).unwrap();
    let outcome = sent(&letter(1).written().unwrap(), &stranger, Some(&good())).await;
    assert!(
        matches!(&outcome, Outcome::Refused(refusal) if refusal.at == Step::Encryption),
        "{outcome:?}"
    );
}
