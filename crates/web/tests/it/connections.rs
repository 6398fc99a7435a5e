//! Connecting on the pages: a server is found and taken, tried, read, and let go of; secrets stand on no page,
//! and nobody but whose data file it is comes near.

use inroad_model::{Member, MemberRole};
use inroad_service::{Actor, Stop};

use crate::site::{Site, form_key};
use crate::token_server::{TokenServer, agree};

/// Where Dovecot is, and what opens it.
struct Dovecot {
    port: String,
    password: String,
    token: String,
}

fn dovecot() -> Option<Dovecot> {
    let told = |name: &str| std::env::var(name).ok();
    let found = || {
        Some(Dovecot {
            port: told("INROAD_IMAP_PORT")?,
            password: told("INROAD_IMAP_PASSWORD")?,
            token: told("INROAD_IMAP_TOKEN")?,
        })
    };
    let found = found();
    if found.is_none() {
        println!("SKIPPED: no Dovecot was started (cargo xtask test does)");
    }
    found
}

/// A form of these fields, with the key of our forms.
fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let fields = fields.iter().map(|(name, value)| format!("&{name}={}", escaped(value)));
    format!("form_key={}{}", form_key().as_str(), fields.collect::<String>())
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

fn location(answer: &str) -> &str {
    let line = answer.lines().find_map(|line| line.strip_prefix("location: "));
    line.expect(answer).trim()
}

async fn sends(site: &Site, path: &str, fields: &[(&str, &str)]) -> String {
    site.send(path, &[], &form(fields)).await
}

/// A mailbox on this machine, in the open.
fn here<'f>(port: &'f str, user: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("address", "ada@brandt-advice.example"),
        ("host", "127.0.0.1"),
        ("port", port),
        ("security", "plain"),
        ("user", user),
    ]
}

#[tokio::test]
async fn a_server_is_proposed_and_nobody_is_asked() {
    let site = Site::start().await;
    let empty = site.see("/connections").await;
    assert!(empty.contains("Nothing is connected yet"), "{empty}");
    let asks = site.see("/connections/new").await;
    assert!(asks.contains("Who may be asked for its server"), "{asks}");
    let found =
        sends(&site, "/connections/new", &[("address", "ada@gmail.com"), ("ask", "nobody")]).await;
    for words in [
        "imap.gmail.com",
        "inroad knows Gmail and Google Workspace; nobody was asked",
        "Sign in at Gmail",
        "Password made for inroad",
        "Choose a passphrase",
        "It is another server",
    ] {
        assert!(found.contains(words), "{words}: {found}");
    }
    assert!(!found.contains("Look twice") && !found.contains("Who was asked"));
    let unknown =
        sends(&site, "/connections/new", &[("address", "ada@brandt-advice.example")]).await;
    assert!(
        unknown.contains("No server was found") && unknown.contains("Name the server"),
        "{unknown}"
    );
    let odd = sends(&site, "/connections/new", &[("address", "<b>ada")]).await;
    assert_eq!(status(&odd), "422");
    assert!(odd.contains("&lt;b&gt;ada") && !odd.contains("<b>ada"), "{odd}");
}

#[tokio::test]
async fn what_does_not_work_is_not_kept_and_no_secret_comes_back() {
    let site = Site::start().await;
    // Nothing listens there.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let port = closed.port().to_string();
    let mut fields = here(&port, "ada");
    fields.extend([
        ("way", "password"),
        ("password", "hunter-22"),
        ("passphrase", "four plain words here"),
    ]);
    let differ = sends(&site, "/connections/connect", &fields).await;
    assert!(differ.contains("The two passphrases are not the same"), "{differ}");
    fields.push(("passphrase_again", "four plain words here"));
    let answer = sends(&site, "/connections/connect", &fields).await;
    assert_eq!(status(&answer), "502", "{answer}");
    assert!(answer.contains("The mail server cannot be reached"), "{answer}");
    assert!(!answer.contains("hunter-22") && !answer.contains("four plain words"), "{answer}");
    // What was typed of the server is there still.
    assert!(answer.contains(&format!("value=\"{port}\"")), "{answer}");
    assert!(site.inroad.connections().await.unwrap().is_empty());
    // Without encryption only this machine is spoken with.
    let away =
        [("host", "imap.firm.example"), ("security", "plain"), ("address", "ada@firm.example")];
    let answer =
        sends(&site, "/connections/connect", &[&away[..], &[("password", "x")]].concat()).await;
    assert!(answer.contains("Without encryption"), "{answer}");
    // A sign-in at a server that is none.
    let odd = [
        ("way", "oauth"),
        ("client_id", "mine"),
        ("authorize_url", "http://id.firm.example/"),
        ("token_url", "https://id.firm.example/"),
        ("scope", "mail"),
    ];
    let answer =
        sends(&site, "/connections/connect", &[&here(&port, "ada")[..], &odd].concat()).await;
    assert_eq!(status(&answer), "422");
    assert!(answer.contains("without encryption"), "{answer}");
}

#[tokio::test]
async fn only_whose_data_file_it_is_comes_here_and_only_by_our_forms() {
    let site = Site::start().await;
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    let email = "tom@brandt-advice.example".parse().unwrap();
    let member = Member::new(email, "Tom", [MemberRole::Administrator], None).unwrap();
    site.inroad.put_member(&Actor::owner(), member.clone(), at).await.unwrap();
    let key = site.inroad.renew_member_key(&Actor::owner(), member.email(), at).await.unwrap().what;
    let name = site.cookie().split_once('=').unwrap().0.to_owned();
    let cookie = format!("{name}={key}");
    for path in
        ["/connections", "/connections/new", "/connections/sign-in/1", "/connections/again?name=x"]
    {
        assert_eq!(status(&site.ask(path, &[("Cookie", &cookie)]).await), "403", "{path}");
    }
    for path in
        ["new", "connect", "unlock", "read", "disconnect"].map(|it| format!("/connections/{it}"))
    {
        let as_tom = site.send(&path, &[("Cookie", &cookie)], &form(&[("name", "x")])).await;
        assert_eq!(status(&as_tom), "403", "{path}");
        let without_key = site.send(&path, &[], "name=x&address=ada@gmail.com").await;
        assert_eq!(status(&without_key), "403", "{path}");
    }
    assert_eq!(status(&site.see("/connections/sign-in/1").await), "404");
    assert_eq!(status(&sends(&site, "/connections/read", &[("name", "x")]).await), "404");
    assert_eq!(status(&site.see("/connections/disconnect?name=x").await), "404");
}

#[tokio::test]
async fn the_sample_is_connected_to_nothing() {
    let site = Site::start_empty().await;
    let page = site.see("/connections").await;
    assert!(page.contains("Nothing is connected to the sample"), "{page}");
    let answer = sends(&site, "/connections/new", &[("address", "ada@gmail.com")]).await;
    assert_eq!(status(&answer), "409");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_is_connected_read_and_let_go_of() {
    let Some(dovecot) = dovecot() else { return };
    let site = Site::start().await;
    let (inroad, passwords) = (site.inroad.clone(), site.passwords.clone().unwrap());
    let stop = Stop::default();
    let watching = {
        let stop = stop.clone();
        tokio::spawn(async move { inroad.watch(&passwords, &stop).await })
    };
    let mut fields = here(&dovecot.port, "seller3");
    let phrase = "four plain words here";
    fields.extend([("way", "password"), ("passphrase", phrase), ("passphrase_again", phrase)]);
    let wrong = [&fields[..], &[("password", "a wrong one")]].concat();
    let answer = sends(&site, "/connections/connect", &wrong).await;
    // Its own words, and what helps.
    assert!(answer.contains("does not accept this name and password"), "{answer}");
    assert!(answer.contains("It says:") && answer.contains("app password"), "{answer}");
    let right = [&fields[..], &[("password", dovecot.password.as_str())]].concat();
    let answer = sends(&site, "/connections/connect", &right).await;
    assert_eq!(location(&answer), "/connections?connected=ada@brandt-advice.example");
    assert!(site.see(location(&answer)).await.contains("works, and is being read"));
    shows(&site, "All is read").await;
    let page = site.see("/connections").await;
    assert!(page.contains("Mailbox ada@brandt-advice.example at 127.0.0.1, by password"), "{page}");
    assert!(page.contains("Last worked") && !page.contains(&dovecot.password), "{page}");

    let name = [("name", "ada@brandt-advice.example")];
    assert_eq!(location(&sends(&site, "/connections/read", &name).await), "/connections");
    let again = site.see("/connections/again?name=ada@brandt-advice.example").await;
    assert!(again.contains("127.0.0.1") && again.contains("type=\"password\""), "{again}");
    // The passphrase was told once, and is not asked for again.
    assert!(!again.contains("name=\"passphrase\""), "{again}");
    let asks = site.see("/connections/disconnect?name=ada@brandt-advice.example").await;
    assert!(asks.contains("there is no undo"), "{asks}");
    assert_eq!(site.inroad.connections().await.unwrap().len(), 1);
    assert_eq!(location(&sends(&site, "/connections/disconnect", &name).await), "/connections");
    assert!(site.inroad.connections().await.unwrap().is_empty());
    stop.now();
    watching.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_signs_in_at_the_provider() {
    let Some(dovecot) = dovecot() else { return };
    let (site, provider) = (Site::start().await, TokenServer::start());
    let (authorize, token) = (
        format!("http://127.0.0.1:{}/authorize", provider.port),
        format!("http://127.0.0.1:{}/token", provider.port),
    );
    let mut fields = here(&dovecot.port, "seller1");
    let phrase = "four plain words here";
    fields.extend([
        ("way", "oauth"),
        ("client_id", "inroad-of-ada"),
        ("client_secret", "client-secret-1"),
        ("authorize_url", authorize.as_str()),
        ("token_url", token.as_str()),
        ("scope", "mail send"),
        ("passphrase", phrase),
        ("passphrase_again", phrase),
    ]);
    let answer = sends(&site, "/connections/connect", &fields).await;
    let at = location(&answer).to_owned();
    assert_eq!(at, "/connections/sign-in/1");
    let page = site.see(&at).await;
    let link = page.split("href=\"http").nth(1).unwrap().split('"').next().unwrap();
    let link = format!("http{}", link.replace("&amp;", "&"));
    assert!(link.starts_with(&authorize) && link.contains("scope=mail+send"), "{link}");
    assert!(!page.contains("client-secret-1"), "{page}");
    provider.gives(&dovecot.token, "refresh-1");
    tokio::task::spawn_blocking(move || agree(&link)).await.unwrap();
    for _ in 0..200 {
        if site.see(&at).await.contains("works, and is being read") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let list = site.see("/connections").await;
    assert!(
        list.contains("by a sign-in at the provider") && list.contains("Sign in again"),
        "{list}"
    );
    assert!(!list.contains(&dovecot.token));
    let again = site.see("/connections/again?name=ada@brandt-advice.example").await;
    assert!(again.contains("inroad-of-ada") && !again.contains("client-secret-1"), "{again}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passwords_that_are_sealed_are_opened_here() {
    let Some(dovecot) = dovecot() else { return };
    let site = Site::start().await;
    let phrase = "four plain words here";
    // Another program connected it.
    let other = inroad_service::Passwords::beside(
        site.inroad.path(),
        None,
        std::sync::Arc::new(|_| Ok(Some("four plain words here".to_owned()))),
    );
    let fields = here(&dovecot.port, "seller3");
    let mailbox = mailbox_of(&fields);
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    site.inroad.connect(&mailbox, dovecot.password.clone(), &other, at).await.unwrap();
    assert!(site.see("/connections").await.contains("Your passwords are sealed"));
    let wrong = sends(&site, "/connections/unlock", &[("passphrase", "not the right words")]).await;
    assert_eq!(status(&wrong), "422");
    assert!(wrong.contains("role=\"alert\"") && !wrong.contains("not the right words"), "{wrong}");
    let right = sends(&site, "/connections/unlock", &[("passphrase", phrase)]).await;
    assert_eq!(location(&right), "/connections");
    assert!(!site.see("/connections").await.contains("Your passwords are sealed"));
}

/// A connection of a form's fields.
fn mailbox_of(fields: &[(&str, &str)]) -> inroad_model::Connection {
    use inroad_model::{
        ConnectionName, Deleted, FoldersWanted, MailboxConnection, Reads, Security, ServerAddress,
        SignIn,
    };
    let of = |wanted| fields.iter().find(|(name, _)| *name == wanted).unwrap().1;
    let (host, port) = (of("host").to_owned(), of("port").parse().unwrap());
    inroad_model::Connection {
        name: ConnectionName::new(of("address")).unwrap(),
        reads: Reads::Mailbox(Box::new(MailboxConnection {
            public_only: false,
            address: of("address").parse().unwrap(),
            user: of("user").to_owned(),
            imap: ServerAddress { host, port, security: Security::Plain },
            submission: None,
            sign_in: SignIn::Password,
            authority: None,
            since: None,
            folders: FoldersWanted::Usual,
            deleted: Deleted::Keep,
        })),
    }
}

async fn shows(site: &Site, words: &str) {
    for _ in 0..600 {
        if site.see("/connections").await.contains(words) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(site.see("/connections").await, words, "it did not come");
}
