//! Who is asked, what is proposed, and in which order.

use std::time::Duration;

use inroad_connect::net::Unreached;
use inroad_connect::{
    Asking, Discovery, Error, Origin, Patience, Proposal, Service, SignIn, Standing,
};

use crate::scripted::{At, Scripted, file};

const JANA: &str = "jana@lindner.example";
const OWN: &str = "GET https://autoconfig.lindner.example/mail/config-v1.1.xml";
const WELL_KNOWN: &str = "GET https://lindner.example/.well-known/autoconfig/mail/config-v1.1.xml";
const DIRECTORY: &str = "GET https://autoconfig.thunderbird.net/v1.1/lindner.example";

fn hosts(found: &Discovery) -> Vec<String> {
    found.proposals.iter().map(|it| format!("{}:{}", it.server.host, it.server.port)).collect()
}

#[test]
fn a_known_domain_asks_nobody() {
    for asking in [Asking::Nobody, Asking::OwnDomain, Asking::PublicDirectory] {
        let network = Scripted::default();
        let found = network.discover("jana.roth@gmail.com", asking);
        assert_eq!(network.was_asked(), Vec::<String>::new());
        assert_eq!(found.asked, Vec::<String>::new());
        let imap = &found.proposals[0];
        assert_eq!((imap.server.host.as_str(), imap.server.port), ("imap.gmail.com", 993));
        assert_eq!(imap.server.user.as_deref(), Some("jana.roth@gmail.com"));
        assert_eq!(imap.sign_in[0], SignIn::OAuth { provider: "gmail".to_owned() });
        assert!(matches!(&imap.sign_in[1], SignIn::AppPassword { page: Some(page), .. }
            if page.starts_with("https://myaccount.google.com/")));
        assert_eq!(imap.standing, Standing::OwnDomain);
        assert_eq!(found.proposals[2].standing, Standing::Known { provider: "gmail".to_owned() });
        let calendar = &found.proposals[2].server;
        let url = "https://apidata.googleusercontent.com/caldav/v2/jana.roth%40gmail.com/user";
        assert_eq!(calendar.url().as_deref(), Some(url));
    }
}

#[test]
fn nobody_is_nobody() {
    let network = Scripted::default();
    let found = network.discover(JANA, Asking::Nobody);
    assert_eq!(network.was_asked(), Vec::<String>::new());
    assert!(found.proposals.is_empty() && found.issues.is_empty());
}

#[test]
fn without_the_directory_only_the_own_domain_is_asked() {
    let network = Scripted::default();
    network.discover(JANA, Asking::OwnDomain);
    let asked = network.was_asked();
    assert_eq!(asked.len(), 9, "{asked:?}");
    for question in &asked {
        let (kind, place) = question.split_once(' ').unwrap();
        let name = match kind {
            "GET" => place.strip_prefix("https://").unwrap().split('/').next().unwrap(),
            _ => place,
        };
        assert!(name == "lindner.example" || name.ends_with(".lindner.example"), "{question}");
        assert!(!question.contains("jana"), "{question}");
    }
}

#[test]
fn the_directory_is_asked_last_and_told_the_domain_alone() {
    let network = Scripted::new(&[(DIRECTORY, file("imap.hoster.example"))]);
    let found = network.discover(JANA, Asking::PublicDirectory);
    assert_eq!(network.was_asked().last().map(String::as_str), Some(DIRECTORY));
    assert!(!network.was_asked().iter().any(|question| question.contains("jana")));
    assert!(matches!(found.proposals[0].origin, Origin::Directory { .. }));
    assert!(found.proposals[0].needs_a_look());
    assert_eq!(found.asked.len(), network.was_asked().len());
}

#[test]
fn the_best_way_comes_first() {
    let network = Scripted::new(&[
        ("MX lindner.example", At::Mail(vec![(10, "backup.example."), (5, "mx.zoho.eu.")])),
        (OWN, file("imap.lindner.example")),
        (DIRECTORY, file("elsewhere.example")),
        (
            "SRV _imaps._tcp.lindner.example",
            At::Services(vec![
                (10, 0, 993, "imap.lindner.example."),
                (0, 0, 993, "mail.hoster.example."),
            ]),
        ),
        (
            "SRV _imap._tcp.lindner.example",
            At::Services(vec![(0, 0, 143, "imap.lindner.example.")]),
        ),
        ("SRV _submission._tcp.lindner.example", At::Services(vec![(0, 0, 0, ".")])),
        (
            "SRV _caldavs._tcp.lindner.example",
            At::Services(vec![(0, 0, 443, "dav.lindner.example.")]),
        ),
        ("TXT _caldavs._tcp.lindner.example", At::Texts(vec!["v=1", "path=/dav/"])),
    ]);
    let found = network.discover(JANA, Asking::PublicDirectory);
    assert_eq!(found.issues, Vec::<String>::new());
    assert_eq!(
        hosts(&found),
        [
            "imappro.zoho.eu:993",
            "imap.lindner.example:993",
            "imap.lindner.example:143",
            "mail.hoster.example:993",
            "elsewhere.example:993",
            "smtppro.zoho.eu:465",
            "dav.lindner.example:443",
        ]
    );
    let own = &found.proposals[1];
    assert!(matches!(own.origin, Origin::OwnFile { .. }));
    let record = "_imaps._tcp.lindner.example".to_owned();
    assert_eq!(own.also, [Origin::Records { name: record }]);
    assert_eq!(own.standing, Standing::OwnDomain);
    let looked: Vec<bool> = found.proposals.iter().map(Proposal::needs_a_look).collect();
    assert_eq!(looked, [false, false, false, true, true, false, false]);
    let calendar = &found.proposals[6].server;
    assert_eq!(calendar.service, Service::CalDav);
    assert_eq!(calendar.url().as_deref(), Some("https://dav.lindner.example/dav/"));
}

#[test]
fn a_known_provider_in_the_records_signs_in_as_it_does() {
    let network = Scripted::new(&[(
        "SRV _imaps._tcp.lindner.example",
        At::Services(vec![(0, 0, 993, "outlook.office365.com.")]),
    )]);
    let found = network.discover(JANA, Asking::OwnDomain);
    assert!(matches!(&found.proposals[0].sign_in[..], [SignIn::OAuth { .. }]));
    assert!(!found.proposals[0].needs_a_look());
}

#[test]
fn records_name_no_machine_of_the_own_network() {
    let network = Scripted::new(&[
        (
            "SRV _imaps._tcp.lindner.example",
            At::Services(vec![
                (0, 0, 993, "localhost."),
                (0, 0, 993, "127.0.0.1."),
                (0, 0, 993, "nas.local."),
            ]),
        ),
        (OWN, file("127.0.0.1")),
        ("MX lindner.example", At::Mail(vec![(0, ".")])),
    ]);
    assert_eq!(hosts(&network.discover(JANA, Asking::OwnDomain)), Vec::<String>::new());
}

#[test]
fn redirects_stay_on_the_host() {
    let moved = "GET https://autoconfig.lindner.example/x.xml";
    let network =
        Scripted::new(&[(OWN, At::Moved("/x.xml")), (moved, file("imap.lindner.example"))]);
    assert_eq!(hosts(&network.discover(JANA, Asking::OwnDomain)), ["imap.lindner.example:993"]);

    for away in
        ["https://evil.example/x.xml", "http://autoconfig.lindner.example/x.xml", "//evil.example/"]
    {
        let network = Scripted::new(&[
            (OWN, At::Moved(away)),
            ("GET https://evil.example/x.xml", file("imap.evil.example")),
        ]);
        let found = network.discover(JANA, Asking::OwnDomain);
        assert!(found.proposals.is_empty(), "{away}");
        assert!(!network.was_asked().iter().any(|it| it.contains("evil") || it.contains("http:")));
        assert!(found.issues[0].contains("is not followed"), "{:?}", found.issues);
    }

    let network = Scripted::new(&[(OWN, At::Moved("/mail/config-v1.1.xml"))]);
    let found = network.discover(JANA, Asking::OwnDomain);
    assert!(found.issues[0].contains("redirects too often"), "{:?}", found.issues);
    assert_eq!(network.was_asked().iter().filter(|it| *it == OWN).count(), 3);
}

#[test]
fn what_goes_wrong_stops_nothing_else() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><clientConfig>&b;</clientConfig>";
    for (at, expected) in [
        (At::File("<html>".to_owned()), "is left out"),
        (At::File(bomb.to_owned()), "declares a document type"),
        (At::File(" ".repeat(1 << 20)), "more than 65536 bytes"),
        (At::Fails(Unreached::Slow), "did not answer within"),
        (At::Fails(Unreached::Failed("certificate\nexpired".to_owned())), "certificate expired"),
    ] {
        let network = Scripted::new(&[
            (OWN, at),
            (WELL_KNOWN, file("imap.lindner.example")),
            ("MX lindner.example", At::Fails(Unreached::Failed("refused".to_owned()))),
        ]);
        let found = network.discover(JANA, Asking::OwnDomain);
        assert_eq!(hosts(&found), ["imap.lindner.example:993"]);
        assert_eq!(found.issues.len(), 2, "{:?}", found.issues);
        assert!(found.issues[1].contains(expected), "{:?}", found.issues);
    }
    let network = Scripted::new(&[(OWN, At::Status(500)), (WELL_KNOWN, At::Status(403))]);
    assert!(network.discover(JANA, Asking::OwnDomain).proposals.is_empty());
}

#[test]
fn time_ends() {
    let network = Scripted::default();
    let none = Patience { whole: Duration::ZERO, ..Patience::default() };
    let found = network.discover_within(JANA, Asking::PublicDirectory, none);
    assert_eq!(network.was_asked(), Vec::<String>::new());
    assert_eq!(found.issues.len(), 1, "{:?}", found.issues);
}

#[test]
fn a_server_comes_out_by_the_host_that_was_seen() {
    let network = Scripted::new(&[(OWN, file("imap.lindner.example"))]);
    let found = network.discover(JANA, Asking::OwnDomain);
    let proposal = &found.proposals[0];
    let confirmed = proposal.confirm("imap.lindner.example").unwrap();
    assert_eq!(confirmed.server(), &proposal.server);
    let other = proposal.confirm("imap.evil.example");
    assert_eq!(other, Err(Error::NotConfirmed { host: "imap.lindner.example".to_owned() }));
}

#[test]
fn a_bridge_runs_on_this_machine() {
    let found = Scripted::default().discover("jana@proton.me", Asking::Nobody);
    assert_eq!(hosts(&found), ["127.0.0.1:1143", "127.0.0.1:1025"]);
    assert!(found.proposals.iter().all(|it| it.standing == Standing::ThisMachine));
    assert!(found.proposals.iter().all(|it| it.server.is_here() && !it.needs_a_look()));
}
