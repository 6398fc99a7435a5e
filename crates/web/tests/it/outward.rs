//! What whoever signs in from elsewhere can make this machine do: nothing that they could not do themselves.

use std::net::TcpListener;

use crate::network::{header, owner, status};
use crate::site::{Site, form_key};

/// Somebody who waits for a connection, and the port.
fn waits() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    (listener, port)
}

/// The form of a mailbox at a host.
fn mailbox(host: &str, port: &str) -> String {
    format!(
        "address=ada%40brandt-advice.example&host={host}&port={port}&security=tls&password=secret\
         &passphrase=four+plain+words+here&passphrase_again=four+plain+words+here"
    )
}

#[tokio::test]
async fn a_mail_server_within_the_network_is_reached_for_who_sits_at_the_machine_alone() {
    let (listener, port) = waits();
    let site = Site::for_others().await;
    let me = owner(&site).await;
    for host in
        ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1", "%5B%3A%3Affff%3A127.0.0.1%5D"]
    {
        let answer = me.fills("/connections/connect", &mailbox(host, &port)).await;
        assert_eq!(status(&answer), "502", "{host}: {answer}");
        assert!(answer.contains("a network of its own"), "{host}: {answer}");
    }
    assert!(listener.accept().is_err(), "a connection was opened");
    assert!(site.inroad.connections().await.unwrap().is_empty());
    // On one's own machine the same server is asked.
    let own = Site::start().await;
    let form = format!("form_key={}&{}", form_key().as_str(), mailbox("localhost", &port));
    let answer = tokio::spawn(async move { own.send("/connections/connect", &[], &form).await });
    let mut is_asked = false;
    for _ in 0..200 {
        is_asked = is_asked || listener.accept().is_ok();
        if is_asked {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(is_asked, "nobody was asked on the own machine");
    answer.abort();
}

#[tokio::test]
async fn a_sign_in_server_of_ones_own_is_named_on_the_machine_alone() {
    let site = Site::for_others().await;
    let me = owner(&site).await;
    let (listener, port) = waits();
    let form = format!(
        "{}&way=oauth&client_id=a&scope=mail&authorize_url=https%3A%2F%2Fid.example%2Fa\
         &token_url=http%3A%2F%2F127.0.0.1%3A{port}%2Ft",
        mailbox("8.8.8.8", "993")
    );
    let answer = me.fills("/connections/connect", &form).await;
    assert_eq!(status(&answer), "422", "{answer}");
    assert!(answer.contains("on the machine itself"), "{answer}");
    assert!(listener.accept().is_err(), "a connection was opened");
}

#[tokio::test]
async fn files_of_this_machine_are_read_for_who_sits_at_it_alone() {
    let site = Site::for_others().await;
    let me = owner(&site).await;
    let page = me.get("/import").await;
    assert!(page.contains("/import/upload") && !page.contains("/import/path"), "{page}");
    let path = site.folder.path().join("mail.mbox").display().to_string().replace('/', "%2F");
    let answer = me.fills("/import/path", &format!("path={path}&do=look")).await;
    assert_eq!(status(&answer), "403", "{answer}");
    // On one's own machine it is read where it lies.
    let own = Site::start().await;
    let path = own.folder.path().join("mail.mbox").display().to_string().replace('/', "%2F");
    let form = format!("form_key={}&path={path}&do=look", form_key().as_str());
    let answer = own.send("/import/path", &[], &form).await;
    assert!(header(&answer, "location").is_some_and(|to| to.starts_with("/import/")), "{answer}");
}

#[tokio::test]
async fn a_name_that_is_sent_is_never_a_path() {
    let site = Site::start().await;
    let away = site.folder.path().join("away.mbox");
    for name in
        ["../../../away.mbox", "..\\..\\..\\away.mbox", &away.display().to_string(), "../away.mbox"]
    {
        let sent = site.send_files(form_key().as_str(), &[(name, crate::site::MAIL)], "look").await;
        assert_eq!(status(&sent), "303", "{name}: {sent}");
    }
    let mut waiting = vec![site.folder.path().to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            assert!(!entry.file_name().to_string_lossy().contains("away"), "{:?}", entry.path());
            waiting.extend(entry.path().is_dir().then(|| entry.path()));
        }
    }
    let beside = site.folder.path().parent().unwrap();
    assert!(!beside.join("away.mbox").exists());
}
