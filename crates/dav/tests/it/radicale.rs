//! Radicale, a real server, which the workshop starts (`cargo xtask test`). It is reached with
//! encryption, by a certificate that it made itself.

use std::env::var;
use std::sync::Arc;

use inroad_dav::{Access, Collection, Credentials, Kept, Kind, Limits, Put, Server, Why};
use ureq::http::Request;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::world::{Keeper, entry};

/// The server, and how it is prepared beside our own code.
struct Radicale {
    url: String,
    user: String,
    password: String,
    roots: Vec<u8>,
    agent: ureq::Agent,
}

/// The server if there is one; else it is said that there is none.
fn radicale() -> Option<Radicale> {
    let Ok(url) = var("INROAD_RADICALE_URL") else {
        println!("SKIPPED: Radicale is not running (cargo xtask test starts it)");
        return None;
    };
    let roots = std::fs::read(var("INROAD_RADICALE_ROOTS").unwrap()).unwrap();
    let certificate = Certificate::from_pem(&roots).unwrap();
    let tls = TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(vec![certificate])));
    let config = ureq::Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        .allow_non_standard_methods(true);
    Some(Radicale {
        url,
        user: var("INROAD_RADICALE_USER").unwrap(),
        password: var("INROAD_RADICALE_PASSWORD").unwrap(),
        roots,
        agent: config.build().into(),
    })
}

impl Radicale {
    fn named(&self, password: &str) -> Server {
        Server::new(&self.url, Credentials::password(&self.user, password).unwrap()).unwrap()
    }

    fn server(&self) -> Server {
        self.named(&self.password).trusting(&self.roots).unwrap()
    }

    /// RFC 7617, written without our own code.
    fn secret(&self) -> String {
        let pair = format!("{}:{}", self.user, self.password);
        let bits: Vec<String> = pair.bytes().map(|byte| format!("{byte:08b}")).collect();
        let bits = bits.concat();
        let signs: Vec<char> =
            ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
        let sign = |six: &[u8]| {
            let six = format!("{:0<6}", std::str::from_utf8(six).unwrap());
            signs[usize::from_str_radix(&six, 2).unwrap()]
        };
        let text: String = bits.as_bytes().chunks(6).map(sign).collect();
        format!("Basic {text}{}", "=".repeat((4 - text.len() % 4) % 4))
    }

    /// A request that our own code has no use for.
    fn ask(&self, method: &str, path: &str, body: &str) -> u16 {
        let url = format!("{}{path}", self.url);
        let request = Request::builder()
            .method(method)
            .uri(url)
            .header("Authorization", self.secret())
            .body(body.to_owned())
            .unwrap();
        self.agent.run(request).unwrap().status().as_u16()
    }

    /// A new collection of that name.
    fn made(&self, kind: Kind, name: &str) -> Collection {
        let path = format!("{}/{name}/", self.user);
        let (space, kind_name) = match kind {
            Kind::Calendar => ("urn:ietf:params:xml:ns:caldav", "calendar"),
            Kind::AddressBook => ("urn:ietf:params:xml:ns:carddav", "addressbook"),
        };
        let body = format!(
            "<mkcol xmlns=\"DAV:\" xmlns:X=\"{space}\"><set><prop><resourcetype><collection/>\
             <X:{kind_name}/></resourcetype><displayname>Of {name}</displayname></prop></set></mkcol>"
        );
        self.ask("DELETE", &path, "");
        assert_eq!(self.ask("MKCOL", &path, &body), 201);
        let found = self.server().collections(kind).unwrap();
        let wanted = format!("Of {name}");
        found.into_iter().find(|found| found.name.as_deref() == Some(wanted.as_str())).unwrap()
    }
}

/// Writes an entry, which must not meet anybody else's.
fn put(
    server: &Server,
    calendar: &Collection,
    name: &str,
    was: Option<&str>,
    summary: &str,
) -> String {
    let text = entry(name.trim_end_matches(".ics"), summary);
    match server.put(calendar, name, was, &text).unwrap() {
        Put::Stored { etag } => etag.unwrap(),
        Put::Conflict { now } => panic!("{name}: {now:?}"),
    }
}

fn a_calendar_lives(tells_changes: bool) {
    let Some(radicale) = radicale() else { return };
    let name = format!("lives-{tells_changes}");
    let calendar = radicale.made(Kind::Calendar, &name);
    assert_eq!((calendar.access, calendar.tells_changes), (Access::ReadWrite, true));
    assert!(calendar.ctag.is_some() && calendar.sync_token.is_some(), "{calendar:?}");
    let calendar = Collection { tells_changes, ..calendar };
    let server = radicale.server();
    put(&server, &calendar, "a.ics", None, "One");
    put(&server, &calendar, "b%20ü.ics", None, "Zwei");
    put(&server, &calendar, "c.ics", None, "Three");
    let mut keeper = Keeper::default();
    keeper.look(&server, &calendar).unwrap();
    let names: Vec<&str> =
        keeper.items.keys().map(|href| href.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.ics", "b%20%C3%BC.ics", "c.ics"]);
    assert!(keeper.items.values().any(|text| text.contains("SUMMARY:Zwei")));
    keeper.look(&server, &calendar).unwrap();
    assert!(keeper.changed.is_empty() && keeper.gone.is_empty());

    let removed = format!("{}/{name}/b%20%C3%BC.ics", radicale.user);
    assert_eq!(radicale.ask("DELETE", &removed, ""), 200);
    put(&server, &calendar, "d.ics", None, "Four");
    keeper.look(&server, &calendar).unwrap();
    assert_eq!((keeper.changed.len(), keeper.gone.len()), (1, 1), "{keeper:?}");

    // What the caller wrote itself is no change when it is noted.
    let etag = put(&server, &calendar, "e.ics", None, "Five");
    keeper.kept.written(&format!("/{}/{name}/e.ics", radicale.user), &etag);
    keeper.look(&server, &calendar).unwrap();
    assert!(keeper.changed.is_empty() && keeper.gone.is_empty(), "{keeper:?}");
    if tells_changes {
        // A token that the server never gave begins anew and doubles nothing.
        let mut kept = serde_json::to_value(&keeper.kept).unwrap();
        let token = kept["token"].as_str().unwrap();
        kept["token"] = token.replace(|c: char| c.is_ascii_digit(), "0").into();
        keeper.kept = serde_json::from_value::<Kept>(kept).unwrap();
        put(&server, &calendar, "f.ics", None, "Six");
        keeper.look(&server, &calendar).unwrap();
        assert_eq!((keeper.changed.len(), keeper.gone.len()), (1, 0), "{keeper:?}");
    }
}

#[test]
fn a_calendar_lives_by_token() {
    a_calendar_lives(true);
}

#[test]
fn a_calendar_lives_by_etags() {
    a_calendar_lives(false);
}

#[test]
fn whoever_was_first_is_not_written_over() {
    let Some(radicale) = radicale() else { return };
    let calendar = radicale.made(Kind::Calendar, "first");
    let server = radicale.server();
    let first = put(&server, &calendar, "a.ics", None, "One");
    let second = put(&server, &calendar, "a.ics", Some(&first), "Second one");
    assert_ne!(first, second);
    let mine = entry("a", "Mine");
    for was in [Some(first.as_str()), None] {
        let conflict = server.put(&calendar, "a.ics", was, &mine).unwrap();
        let Put::Conflict { now: Some(now) } = conflict else { panic!("{conflict:?}") };
        assert!(now.text.contains("SUMMARY:Second one"), "{now:?}");
        assert_eq!(now.etag.as_deref(), Some(second.as_str()));
    }
    let conflict = server.put(&calendar, "gone.ics", Some(&first), &mine).unwrap();
    assert_eq!(conflict, Put::Conflict { now: None });
}

#[test]
fn an_address_book_in_parts() {
    let Some(radicale) = radicale() else { return };
    let book = radicale.made(Kind::AddressBook, "people");
    let server = radicale.server();
    for n in 0..60 {
        let card = format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:p{n}\r\nFN:Jana <{n}> & Bo\r\nN:Bo;Jana;;;\r\nEND:VCARD\r\n"
        );
        let put = server.put(&book, &format!("p{n}.vcf"), None, &card).unwrap();
        assert!(matches!(put, Put::Stored { .. }), "{put:?}");
    }
    let server = server.within(Limits { items_at_once: 25, ..Limits::default() });
    let mut keeper = Keeper::default();
    keeper.look(&server, &book).unwrap();
    assert_eq!((keeper.items.len(), keeper.largest_batch), (60, 25));
    assert!(keeper.items.values().all(|text| text.contains("> & Bo")), "{:?}", keeper.items);
    keeper.look(&server, &book).unwrap();
    assert!(keeper.changed.is_empty());
}

#[test]
fn what_only_the_person_can_put_right() {
    let Some(radicale) = radicale() else { return };
    let error = radicale.named("wrong").trusting(&radicale.roots).unwrap();
    let error = error.collections(Kind::Calendar).unwrap_err();
    assert_eq!(error.why, Why::Password, "{error}");
    let error = radicale.named(&radicale.password).collections(Kind::Calendar).unwrap_err();
    assert!(matches!(error.why, Why::Certificate(_)), "{error:?}");
    let nothing = format!("{}{}/nothing/", radicale.url, radicale.user);
    let nothing = Collection::at(Kind::Calendar, &nothing);
    let error = Keeper::default().look(&radicale.server(), &nothing).unwrap_err();
    assert_eq!(error.why, Why::Gone, "{error}");
}
