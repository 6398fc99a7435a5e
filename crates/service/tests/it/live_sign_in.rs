//! A mailbox is read by a sign-in at the provider: tokens are renewed as they end or are refused, and a person
//! is asked for only where nothing else helps. Passwords may be opened while one serves.

use std::sync::Arc;

use inroad_model::{Connection, ConnectionName, OAuthSignIn, Reads, Security, SignIn};
use inroad_service::{
    Error, LiveState, Passwords, PasswordsAre, PendingSignIn, ReadOnce, SignInAsked, SignIns, Stop,
    Trouble,
};

use crate::desk::{Desk, day};
use crate::live::{self, Server, mailbox, passwords, server, until};
use crate::token_server::{TokenServer, agree, comes_back};

/// Tokens of seller1 that Dovecot takes, and one whose time is over.
struct Tokens {
    good: String,
    old: String,
}

fn tokens() -> Tokens {
    let told = |name| std::env::var(name).unwrap();
    Tokens { good: told("INROAD_IMAP_TOKEN"), old: told("INROAD_IMAP_TOKEN_OLD") }
}

/// A desk, a mailbox that is signed in at by a provider, and who gives out tokens.
struct Signing {
    desk: Desk,
    provider: TokenServer,
    connection: Connection,
    passwords: Passwords,
}

impl Signing {
    async fn begin(server: &Server) -> Self {
        let (desk, provider) = (Desk::new().await, TokenServer::start());
        let mut connection = mailbox(server, "seller1", Security::Plain);
        let inner = match &mut connection.reads {
            Reads::Mailbox(inner) => Some(inner),
            _ => None,
        };
        let inner = inner.unwrap();
        let how = OAuthSignIn { client_id: "inroad-of-marta".to_owned(), server: provider.named() };
        inner.sign_in = SignIn::OAuth(Box::new(how));
        let passwords = passwords(desk.inroad.path());
        Self { desk, provider, connection, passwords }
    }

    async fn asked(&self, client_secret: Option<&str>) -> SignInAsked {
        let mailbox = match &self.connection.reads {
            Reads::Mailbox(mailbox) => Some(mailbox),
            _ => None,
        };
        let mailbox = mailbox.unwrap();
        let how = match &mailbox.sign_in {
            SignIn::OAuth(how) => Some(how),
            SignIn::Password => None,
        };
        let how = how.unwrap();
        let secret = client_secret.map(str::to_owned);
        let (address, name) = (&mailbox.address, &self.connection.name);
        let inroad = &self.desk.inroad;
        inroad.sign_in_asked(address, how, secret, name, &self.passwords).await.unwrap()
    }

    async fn connect(&self) {
        let begun = self.asked(Some("client-secret-1")).await.by_browser().unwrap();
        let url = begun.url().to_owned();
        let browser = tokio::task::spawn_blocking(move || agree(&url));
        let signed_in = begun.wait(&Stop::default()).await.unwrap();
        assert!(browser.await.unwrap().contains("You may close this window"));
        assert!(!format!("{signed_in:?}").contains("refresh-"));
        let inroad = &self.desk.inroad;
        let kept = inroad.connect_signed_in(&self.connection, signed_in, &self.passwords, day(1));
        kept.await.unwrap();
    }

    /// Reads once, with what this program knows already or as a program that just began.
    async fn read(&self, passwords: &Passwords) -> Result<(), Trouble> {
        let how = ReadOnce { only: None, stop: Stop::default() };
        let reports = self.desk.inroad.read_once(&how, passwords, &|_, _| ()).await.unwrap();
        let [report] = <[_; 1]>::try_from(reports).unwrap();
        report.outcome.map(|_| ())
    }

    async fn state(&self) -> LiveState {
        self.desk.inroad.connections().await.unwrap().remove(0).status.state
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_are_renewed_and_a_person_is_asked_last() {
    let Some(server) = server() else { return };
    let Tokens { good, old } = tokens();
    let signing = Signing::begin(&server).await;
    let provider = &signing.provider;
    provider.gives(&good, "refresh-1");
    signing.connect().await;
    let [form] = <[_; 1]>::try_from(provider.asked()).unwrap();
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!((form["client_secret"].as_str(), form["code"].as_str()), ("client-secret-1", "c1"));

    // The same program knows its token; one that just began renews it, and keeps what renews the next.
    signing.read(&signing.passwords).await.unwrap();
    assert!(provider.asked().is_empty());
    let fresh = passwords(signing.desk.inroad.path());
    provider.gives(&good, "refresh-2");
    signing.read(&fresh).await.unwrap();
    signing.read(&fresh).await.unwrap();
    let [form] = <[_; 1]>::try_from(provider.asked()).unwrap();
    assert_eq!(
        (form["grant_type"].as_str(), form["refresh_token"].as_str()),
        ("refresh_token", "refresh-1")
    );
    assert_eq!(form["client_secret"], "client-secret-1");

    // The mail server refuses what the provider gave: it is renewed, and tried once more.
    let fresh = passwords(signing.desk.inroad.path());
    provider.gives(&old, "refresh-3");
    provider.gives(&good, "refresh-4");
    signing.read(&fresh).await.unwrap();
    let used: Vec<String> =
        provider.asked().iter().map(|form| form["refresh_token"].clone()).collect();
    assert_eq!(used, ["refresh-2", "refresh-3"]);

    // It refuses that as well.
    let fresh = passwords(signing.desk.inroad.path());
    provider.gives(&old, "refresh-5");
    provider.gives(&old, "refresh-6");
    let trouble = signing.read(&fresh).await.unwrap_err();
    assert_eq!(provider.asked().len(), 2, "not again and again");
    assert!(trouble.what.contains("while signing in"), "{trouble:?}");
    assert!(trouble.way_out.starts_with("Sign in at your provider again"), "{trouble:?}");
    assert!(matches!(signing.state().await, LiveState::NeedsYou { .. }));

    // The provider has no time, which passes; then it takes the sign-in no more, which needs a person.
    provider.says(503, "");
    let trouble = signing.read(&fresh).await.unwrap_err();
    assert!(trouble.what.contains("busy"), "{trouble:?}");
    assert!(!matches!(signing.state().await, LiveState::NeedsYou { .. }));
    provider.says(400, r#"{"error": "invalid_grant"}"#);
    let trouble = signing.read(&fresh).await.unwrap_err();
    assert!(trouble.what.contains("no longer accepts this sign-in"), "{trouble:?}");
    assert!(matches!(signing.state().await, LiveState::NeedsYou { .. }));

    // Signing in again needs no client secret, which is kept, and makes it whole.
    provider.gives(&good, "refresh-7");
    provider.asked();
    let begun = signing.asked(None).await.by_browser().unwrap();
    let url = begun.url().to_owned();
    let browser = tokio::task::spawn_blocking(move || agree(&url));
    let signed_in = begun.wait(&Stop::default()).await.unwrap();
    browser.await.unwrap();
    assert_eq!(provider.asked()[0]["client_secret"], "client-secret-1");
    let inroad = &signing.desk.inroad;
    let kept = inroad.connect_signed_in(&signing.connection, signed_in, &fresh, day(2));
    kept.await.unwrap();
    signing.read(&fresh).await.unwrap();

    // Nothing of it lies in clear.
    for entry in std::fs::read_dir(signing.desk.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in ["refresh-7", "client-secret-1", good.as_str()] {
            let is_there = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!is_there, "{secret}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_entered_on_another_device() {
    let Some(server) = server() else { return };
    let signing = Signing::begin(&server).await;
    let provider = &signing.provider;
    provider.says(
        200,
        r#"{"device_code": "d1", "user_code": "WXYZ-1234", "verification_uri": "https://id.firm.example/device", "interval": 1}"#,
    );
    provider.says(400, r#"{"error": "authorization_pending"}"#);
    provider.gives(&tokens().good, "refresh-1");
    let begun = signing.asked(None).await.by_code().await.unwrap();
    assert_eq!((begun.code(), begun.page()), ("WXYZ-1234", "https://id.firm.example/device"));
    let signed_in = begun.wait(&Stop::default()).await.unwrap();
    let inroad = &signing.desk.inroad;
    let kept = inroad.connect_signed_in(&signing.connection, signed_in, &signing.passwords, day(1));
    kept.await.unwrap();
    signing.read(&signing.passwords).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_renewed_or_is_not_ours_is_not_taken() {
    let Some(server) = server() else { return };
    let signing = Signing::begin(&server).await;
    let provider = &signing.provider;
    let waited = async |state: Option<&'static str>| {
        let begun = signing.asked(None).await.by_browser().unwrap();
        let url = begun.url().to_owned();
        let browser = tokio::task::spawn_blocking(move || comes_back(&url, state));
        let waited = begun.wait(&Stop::default()).await;
        browser.await.unwrap();
        waited.unwrap_err().to_string()
    };
    let said = waited(Some("guessed")).await;
    assert!(said.contains("does not belong to this sign-in"), "{said}");
    assert!(provider.asked().is_empty());
    provider.says(200, r#"{"access_token": "a", "token_type": "Bearer", "expires_in": 3600}"#);
    let said = waited(None).await;
    assert!(said.contains("for a moment only"), "{said}");

    // A token that the mail server does not take is not kept.
    provider.gives(&tokens().old, "refresh-1");
    let begun = signing.asked(None).await.by_browser().unwrap();
    let url = begun.url().to_owned();
    let browser = tokio::task::spawn_blocking(move || agree(&url));
    let signed_in = begun.wait(&Stop::default()).await.unwrap();
    browser.await.unwrap();
    let inroad = &signing.desk.inroad;
    let kept = inroad.connect_signed_in(&signing.connection, signed_in, &signing.passwords, day(1));
    assert!(matches!(kept.await, Err(Error::Unavailable { .. })));
    assert!(inroad.connections().await.unwrap().is_empty());

    // Nobody waits for more than they wish.
    let begun = signing.asked(None).await.by_browser().unwrap();
    let stop = Stop::default();
    stop.now();
    let stopped = begun.wait(&stop).await;
    assert!(stopped.unwrap_err().to_string().contains("stopped"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_the_pages_it_is_waited_for_and_kept() {
    let Some(server) = server() else { return };
    let signing = Signing::begin(&server).await;
    let sign_ins = SignIns::default();
    let follow = async || {
        let begun = signing.asked(None).await.by_browser().unwrap();
        let (inroad, connection) = (&signing.desk.inroad, signing.connection.clone());
        sign_ins.follow(inroad, &signing.passwords, connection, begun)
    };
    let first = follow().await;
    let second = follow().await;
    assert_eq!(sign_ins.look(first), None, "one for each connection");
    let Some(PendingSignIn::Waiting { url, .. }) = sign_ins.look(second) else { panic!("waits") };
    signing.provider.gives(&tokens().good, "refresh-1");
    tokio::task::spawn_blocking(move || agree(&url)).await.unwrap();
    let name = ConnectionName::new("marta@studio.example").unwrap();
    until(async || sign_ins.look(second) == Some(PendingSignIn::Connected(name.clone()))).await;
    assert_eq!(signing.desk.inroad.connections().await.unwrap().len(), 1);

    signing.provider.says(400, r#"{"error": "access_denied"}"#);
    let third = follow().await;
    let Some(PendingSignIn::Waiting { url, .. }) = sign_ins.look(third) else { panic!("waits") };
    tokio::task::spawn_blocking(move || agree(&url)).await.unwrap();
    until(async || matches!(sign_ins.look(third), Some(PendingSignIn::Failed { .. }))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passwords_that_are_opened_later_are_used_at_once() {
    let Some(server) = server() else { return };
    let desk = live::connected(&server, "seller4").await;
    // A program that nobody told the passphrase.
    let sealed = Passwords::beside(desk.inroad.path(), None, Arc::new(|_| Ok(None)));
    assert_eq!(sealed.are(), PasswordsAre::Sealed);
    let stop = Stop::default();
    let watching = {
        let (inroad, stop, sealed) = (desk.inroad.clone(), stop.clone(), sealed.clone());
        tokio::spawn(async move { inroad.watch(&sealed, &stop).await })
    };
    let status = async || desk.inroad.connections().await.unwrap().remove(0).status;
    until(async || matches!(status().await.state, LiveState::NeedsYou { .. })).await;
    assert!(sealed.unlock("not the right words".to_owned()).await.is_err());
    assert_eq!(sealed.are(), PasswordsAre::Sealed);
    sealed.unlock("four plain words here".to_owned()).await.unwrap();
    assert_eq!(sealed.are(), PasswordsAre::Open);
    until(async || status().await.state == LiveState::Listening).await;

    // Read now: it begins anew, whatever it waits for.
    let before = status().await.since;
    let name = ConnectionName::new("marta@studio.example").unwrap();
    desk.inroad.read_now(&name).await.unwrap();
    until(async || {
        let now = status().await;
        now.state == LiveState::Listening && now.since > before
    })
    .await;
    let nobody = ConnectionName::new("nobody").unwrap();
    assert!(matches!(desk.inroad.read_now(&nobody).await, Err(Error::NotFound { .. })));
    stop.now();
    watching.await.unwrap().unwrap();
}
