//! Calendar files at an address.

use inroad_dav::{Credentials, Error, Feed, FeedMark, FeedNews, Help, Why};

use crate::stand_in::{Reply, StandIn};
use crate::world::{entry, quick};

fn feed(stand_in: &StandIn) -> Feed {
    let address = format!("{}geheim/a.ics?key=geheim", stand_in.url());
    Feed::new(&address, Credentials::none()).unwrap().within(quick())
}

fn asked(reply: Reply) -> Result<FeedNews, Error> {
    let stand_in = StandIn::start(move |_| reply.clone());
    feed(&stand_in).news(&FeedMark::default())
}

#[test]
fn what_is_unchanged_is_not_read() {
    let stand_in = StandIn::start(|asked| {
        if asked.head.contains("if-none-match: \"v1\"") {
            assert!(asked.head.contains("if-modified-since: fri, 31 dec 1999 23:59:59 gmt"));
            return Reply::Says(304, String::new(), String::new());
        }
        let fields = "ETag: \"v1\"\r\nLast-Modified: Fri, 31 Dec 1999 23:59:59 GMT\r\n";
        Reply::Says(200, fields.to_owned(), entry("a", "x"))
    });
    let FeedNews::Calendar { bytes, mark } = feed(&stand_in).news(&FeedMark::default()).unwrap()
    else {
        panic!("nothing came")
    };
    assert_eq!(bytes, entry("a", "x").as_bytes());
    let stored: FeedMark = serde_json::from_str(&serde_json::to_string(&mark).unwrap()).unwrap();
    assert_eq!(feed(&stand_in).news(&stored).unwrap(), FeedNews::Unchanged);
    assert_eq!(stand_in.asked()[0].path, "/geheim/a.ics?key=geheim");
}

#[track_caller]
fn check(reply: Reply, expected: &Why, help: Help) {
    let error = asked(reply).unwrap_err();
    assert_eq!(error.why, *expected);
    assert_eq!(error.help(), help);
    let told = format!("{error} {error:?}");
    assert!(!told.contains("geheim"), "{told}");
}

#[test]
fn what_is_no_calendar_is_told() {
    let says = |status, body: &str| Reply::Says(status, String::new(), body.to_owned());
    check(says(200, "<html>Log in</html>"), &Why::NotACalendar, Help::Person);
    check(says(200, ""), &Why::NotACalendar, Help::Person);
    check(says(200, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"), &Why::Broken, Help::Later(None));
    check(Reply::Floods(200, 4 << 20), &Why::TooLarge(1 << 20), Help::Person);
    check(says(404, "no"), &Why::Gone, Help::Person);
    check(says(401, "no"), &Why::NoCredentials, Help::Person);
    check(says(500, "no"), &Why::Fault(500), Help::Later(None));
}

#[test]
fn where_a_feed_points_is_as_secret_as_the_feed() {
    for (location, expected) in [
        ("https://other.example/geheim", Why::Elsewhere("other.example".to_owned())),
        ("http://other.example/geheim", Why::Unencrypted),
    ] {
        let fields = format!("Location: {location}\r\n");
        check(Reply::Says(302, fields, String::new()), &expected, Help::Person);
    }
}
