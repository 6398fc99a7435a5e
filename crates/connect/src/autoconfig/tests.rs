//! Files as they are, as they should not be, and as somebody with ill will would write them.

use proptest::prelude::*;

use super::*;

fn address() -> Address {
    Address::new("jana@lindner.example").unwrap()
}

fn provider(servers: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"lindner.example\">\
         <domain>lindner.example</domain>{servers}</emailProvider></clientConfig>"
    )
}

fn imap(host: &str, port: &str, socket: &str, user: &str) -> String {
    format!(
        "<incomingServer type=\"imap\"><hostname>{host}</hostname><port>{port}</port>\
         <socketType>{socket}</socketType><username>{user}</username>\
         <authentication>OAuth2</authentication><authentication>password-cleartext</authentication>\
         </incomingServer>"
    )
}

fn told(servers: &str) -> Autoconfig {
    read(provider(servers).as_bytes(), &address()).unwrap()
}

#[test]
fn a_whole_file() {
    let rest = "<incomingServer type=\"pop3\"><hostname>pop.lindner.example</hostname></incomingServer>\
        <outgoingServer type=\"smtp\"><hostname>smtp.%EMAILDOMAIN%</hostname><port>587</port>\
        <socketType>STARTTLS</socketType><username>%EMAILLOCALPART%</username></outgoingServer>\
        <calendar type=\"caldav\"><serverURL>https://dav.lindner.example/cal/</serverURL></calendar>\
        <addressBook type=\"carddav\"><serverURL>https://dav.lindner.example/</serverURL></addressBook>";
    let found = told(&(imap("IMAP.lindner.example", "993", "SSL", "%EMAILADDRESS%") + rest));
    assert_eq!(found.issues, Vec::<String>::new());
    let line = |told: &Told| {
        let Server { service, host, port, security, path, user } = &told.server;
        format!("{service:?} {host}:{port} {security:?} '{path}' {user:?} {:?}", told.ways)
    };
    let lines: Vec<String> = found.servers.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "Imap imap.lindner.example:993 Tls '' Some(\"jana@lindner.example\") [OAuth, Password]",
            "Submission smtp.lindner.example:587 StartTls '' Some(\"jana\") []",
            "CalDav dav.lindner.example:443 Tls '/cal/' Some(\"jana@lindner.example\") []",
            "CardDav dav.lindner.example:443 Tls '' Some(\"jana@lindner.example\") []",
        ]
    );
}

#[test]
fn what_is_left_out() {
    for (servers, expected) in [
        (imap("imap.lindner.example", "143", "plain", "x"), "without encryption"),
        (imap("imap.lindner.example", "143", "", "x"), "without encryption"),
        (imap("imap.lindner.example", "0", "SSL", "x"), "its port is none"),
        (imap("imap.lindner.example", "99999", "SSL", "x"), "its port is none"),
        (imap("127.0.0.1", "993", "SSL", "x"), "its name is none"),
        (imap("localhost", "993", "SSL", "x"), "its name is none"),
        (imap("%OTHER%.example", "993", "SSL", "x"), "its name is none"),
        (
            "<calendar type=\"caldav\"><serverURL>http://dav.lindner.example/</serverURL></calendar>"
                .to_owned(),
            "none by https",
        ),
        (
            "<calendar type=\"caldav\"><serverURL>http://127.0.0.1/</serverURL></calendar>".to_owned(),
            "none by https",
        ),
    ] {
        let found = told(&servers);
        assert!(found.servers.is_empty(), "{servers}");
        assert!(found.issues.iter().any(|issue| issue.contains(expected)), "{:?}", found.issues);
    }
    let many = imap("imap.lindner.example", "993", "SSL", "x").repeat(SERVERS_MAX + 5);
    let found = told(&many);
    assert_eq!((found.servers.len(), found.issues.len()), (SERVERS_MAX, 1));
}

#[test]
fn names_to_sign_in_with() {
    for (user, expected) in [
        ("%EMAILLOCALPART%", "jana"),
        ("%EMAILLOCALPART%.%EMAILDOMAIN%", "jana.lindner.example"),
        ("a&amp;b", "a&b"),
        ("&#106;ana", "jana"),
        ("%REALNAME%", "jana@lindner.example"),
        ("50%", "jana@lindner.example"),
        ("", "jana@lindner.example"),
        ("a&#x202e;b", "jana@lindner.example"),
    ] {
        let found = told(&imap("imap.lindner.example", "993", "SSL", user));
        assert_eq!(found.servers[0].server.user.as_deref(), Some(expected), "{user}");
    }
}

#[test]
fn what_is_no_file() {
    let bomb = "<!DOCTYPE c [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>".to_owned()
        + &provider(&imap("&b;.example", "993", "SSL", "x"));
    let outside = "<!DOCTYPE c SYSTEM \"https://evil.example/x.dtd\">".to_owned() + &provider("");
    let entity = provider(&imap("&b;.example", "993", "SSL", "x"));
    let deep = "<clientConfig>".repeat(200);
    let many = format!("<clientConfig>{}</clientConfig>", "<a/>".repeat(5_000));
    for (text, expected) in [
        (bomb.as_str(), NotAutoconfig::DeclaresType),
        (&outside, NotAutoconfig::DeclaresType),
        (&entity, NotAutoconfig::NotXml),
        (&deep, NotAutoconfig::TooLarge),
        (&many, NotAutoconfig::TooLarge),
        (&" ".repeat(FILE_BYTES_MAX + 1), NotAutoconfig::TooLarge),
        ("", NotAutoconfig::NotXml),
        ("<html><body>Not found</body></html>", NotAutoconfig::NotXml),
        ("<html><body>Not found<br></body></html>", NotAutoconfig::NotXml),
        ("<clientConfig>", NotAutoconfig::NotXml),
        ("</clientConfig>", NotAutoconfig::NotXml),
        ("{\"a\": 1}", NotAutoconfig::NotXml),
    ] {
        let shown: String = text.chars().take(60).collect();
        assert_eq!(read(text.as_bytes(), &address()), Err(expected), "{shown}");
    }
    assert_eq!(read(b"<clientConfig>\xff</clientConfig>", &address()), Err(NotAutoconfig::NotXml));
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _found = read(&bytes, &address());
    }

    #[test]
    fn what_is_proposed_is_encrypted_and_named(
        host in "[a-zA-Z0-9.%:/@_-]{0,40}", port in "[0-9]{0,6}",
        socket in "SSL|STARTTLS|plain|ssl|", user in "[^<&]{0,20}",
    ) {
        for told in told(&imap(&host, &port, &socket, &user)).servers {
            let again = host::name(&told.server.host);
            prop_assert_eq!(again.as_ref(), Some(&told.server.host));
            prop_assert!(told.server.port > 0 && ["SSL", "STARTTLS"].contains(&socket.as_str()));
            prop_assert!(told.server.user.is_some_and(|user| is_user(&user)));
        }
    }
}
