//! Writing one item back.

use inroad_dav::{Collection, Kept, Kind, Put, Why};

use crate::stand_in::{Reply, StandIn};
use crate::world::{impatient, server};

fn book(stand_in: &StandIn) -> Collection {
    Collection::at(Kind::AddressBook, &format!("{}book/", stand_in.url()))
}

fn says(status: u16, fields: &str, body: &str) -> Reply {
    Reply::Says(status, fields.to_owned(), body.to_owned())
}

#[test]
fn a_new_card_and_a_changed_one() {
    let stand_in = StandIn::start(|asked| {
        let is_new = asked.head.contains("if-none-match: *");
        if is_new { says(201, "ETag: \"1\"\r\n", "") } else { says(204, "ETag: W/\"2\"\r\n", "") }
    });
    let (server, book) = (server(&stand_in), book(&stand_in));
    let stored = server.put(&book, "jana.vcf", None, "BEGIN:VCARD").unwrap();
    assert_eq!(stored, Put::Stored { etag: Some("\"1\"".to_owned()) });
    let stored = server.put(&book, "/book/jana.vcf", Some("\"1\""), "BEGIN:VCARD").unwrap();
    assert_eq!(stored, Put::Stored { etag: None }, "a weak one says nothing of the text");
    let asked = stand_in.asked();
    assert!(asked.iter().all(|asked| asked.method == "PUT" && asked.path == "/book/jana.vcf"));
    assert!(asked[0].head.contains("content-type: text/vcard"));
    assert!(asked[1].head.contains("if-match: \"1\""));
    assert_eq!(asked[0].body, "BEGIN:VCARD");
}

#[test]
fn what_somebody_else_changed_is_not_written_over() {
    let stand_in = StandIn::start(|asked| match asked.method.as_str() {
        "PUT" => says(412, "", ""),
        _ => says(200, "ETag: \"9\"\r\n", "BEGIN:VCARD\r\nFN:Theirs\r\n"),
    });
    let put = server(&stand_in).put(&book(&stand_in), "a.vcf", Some("\"1\""), "mine").unwrap();
    let Put::Conflict { now: Some(now) } = put else { panic!("{put:?}") };
    assert_eq!((now.href.as_str(), now.etag.as_deref()), ("/book/a.vcf", Some("\"9\"")));
    assert_eq!(now.text, "BEGIN:VCARD\r\nFN:Theirs\r\n");

    let stand_in = StandIn::start(|asked| match asked.method.as_str() {
        "PUT" => says(412, "", ""),
        _ => says(404, "", ""),
    });
    let put = server(&stand_in).put(&book(&stand_in), "a.vcf", Some("\"1\""), "mine").unwrap();
    assert_eq!(put, Put::Conflict { now: None });
}

#[test]
fn nothing_is_written_outside_of_the_collection_or_after_a_redirect() {
    let other = StandIn::start(|_| says(201, "", ""));
    let to = format!("Location: http://127.0.0.1:{}/book/a.vcf\r\n", other.port());
    let stand_in = StandIn::start(move |_| says(307, &to, ""));
    let (server, book) = (server(&stand_in), book(&stand_in));
    for href in
        ["../other/a.vcf", "/other/a.vcf", "sub/a.vcf", "", "https://other.example/book/a.vcf"]
    {
        let error = server.put(&book, href, None, "x").unwrap_err();
        assert!(matches!(error.why, Why::Protocol(_)), "{href}: {error}");
    }
    assert!(stand_in.asked().is_empty());
    let error = server.put(&book, "a.vcf", None, "x").unwrap_err();
    assert!(matches!(error.why, Why::Elsewhere(_)), "{error}");
    assert!(other.asked().is_empty());
    let elsewhere = Collection::at(Kind::AddressBook, &format!("{}book/", other.url()));
    let error = server.put(&elsewhere, "a.vcf", None, "x").unwrap_err();
    assert!(matches!(error.why, Why::Elsewhere(_)), "{error}");
    assert!(other.asked().is_empty(), "nobody named that server");
}

#[test]
fn one_item_is_read_anew() {
    let stand_in = StandIn::start(|asked| match asked.path.as_str() {
        "/book/a.vcf" => says(200, "ETag: \"9\"\r\n", "BEGIN:VCARD"),
        "/book/b.vcf" => says(404, "", ""),
        _ => says(403, "", ""),
    });
    let (server, book) = (server(&stand_in), book(&stand_in));
    let item = server.item(&book, "/book/a.vcf").unwrap().unwrap();
    assert_eq!((item.etag.as_deref(), item.text.as_str()), (Some("\"9\""), "BEGIN:VCARD"));
    assert_eq!(server.item(&book, "b.vcf").unwrap(), None);
    assert_eq!(server.item(&book, "c.vcf").unwrap_err().why, Why::Forbidden);
    assert!(matches!(server.item(&book, "../a.vcf").unwrap_err().why, Why::Protocol(_)));
    assert_eq!(stand_in.asked().len(), 3);
}

#[test]
fn refusals_and_lost_connections_are_told() {
    for (reply, expected) in [
        (says(403, "", ""), Why::Forbidden),
        (
            says(401, "WWW-Authenticate: Digest realm=x\r\n", ""),
            Why::LoginKind("Digest".to_owned()),
        ),
        (says(507, "", ""), Why::Fault(507)),
        (Reply::Ends, Why::Broken),
        (Reply::Silent, Why::TooSlow),
    ] {
        let stand_in = StandIn::start(move |_| reply.clone());
        let server = server(&stand_in).within(impatient());
        let error = server.put(&book(&stand_in), "a.vcf", None, "x").unwrap_err();
        assert_eq!(error.why, expected);
        assert_eq!(stand_in.asked().len(), 1, "what writes is never tried again unasked");
    }
}

#[test]
fn what_was_written_is_no_change() {
    let mut kept = Kept::default();
    kept.written("/book/j%61na.vcf", "\"1\"");
    assert_eq!(kept.items().collect::<Vec<_>>(), ["/book/jana.vcf"]);
}
