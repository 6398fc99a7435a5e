//! From a host to the collections there.

use inroad_dav::{Access, Collection, Credentials, Kind, Server, Why};

use crate::stand_in::{Asked, Reply, StandIn, found};
use crate::world::{quick, server};

fn status(status: u16) -> Reply {
    Reply::Says(status, String::new(), String::new())
}

fn redirect(to: &str) -> Reply {
    Reply::Says(301, format!("Location: {to}\r\n"), String::new())
}

const HOME: &str = "<d:response><d:href>/cals/</d:href><d:propstat><d:prop><d:resourcetype>\
    <d:collection/></d:resourcetype></d:prop></d:propstat></d:response>";

/// A server as most are.
fn usual(asked: &Asked) -> Reply {
    match (asked.method.as_str(), asked.path.as_str()) {
        ("PROPFIND", "/.well-known/caldav" | "/.well-known/carddav") => redirect("/dav/"),
        ("PROPFIND", "/dav/") => Reply::multistatus(&found(
            "/dav/",
            "<d:current-user-principal><d:href>/p/jana/</d:href></d:current-user-principal>",
        )),
        ("PROPFIND", "/p/jana/") => Reply::multistatus(&found(
            "/p/jana/",
            "<c:calendar-home-set><d:href>/cals/</d:href></c:calendar-home-set>\
             <a:addressbook-home-set><d:href>/cals/</d:href></a:addressbook-home-set>",
        )),
        ("PROPFIND", "/cals/") => Reply::multistatus(&format!(
            "{HOME}{}{}{}",
            found(
                "/cals/work/",
                "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>\
                 <d:displayname>Work</d:displayname><s:getctag>5</s:getctag>\
                 <c:supported-calendar-component-set><c:comp name=\"VEVENT\"/>\
                 </c:supported-calendar-component-set><d:sync-token>urn:1</d:sync-token>\
                 <d:current-user-privilege-set><d:privilege><d:read/></d:privilege>\
                 </d:current-user-privilege-set>"
            ),
            found(
                "/cals/people/",
                "<d:resourcetype><d:collection/><a:addressbook/></d:resourcetype>\
                 <d:current-user-privilege-set><d:privilege><d:all/></d:privilege>\
                 </d:current-user-privilege-set>"
            ),
            found(
                "https://other.example/cals/stranger/",
                "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"
            ),
        )),
        _ => status(404),
    }
}

#[test]
fn the_usual_way() {
    let stand_in = StandIn::start(usual);
    let calendars = server(&stand_in).collections(Kind::Calendar).unwrap();
    let url = |path: &str| format!("{}{path}", stand_in.url());
    assert_eq!(
        calendars,
        [Collection {
            name: Some("Work".to_owned()),
            components: ["VEVENT".to_owned()].into(),
            ctag: Some("5".to_owned()),
            sync_token: Some("urn:1".to_owned()),
            access: Access::ReadOnly,
            ..Collection::at(Kind::Calendar, &url("cals/work/"))
        }]
    );
    let books = server(&stand_in).collections(Kind::AddressBook).unwrap();
    let book = Collection {
        access: Access::ReadWrite,
        tells_changes: false,
        ..Collection::at(Kind::AddressBook, &url("cals/people/"))
    };
    assert_eq!(books, [book]);
    assert!(stand_in.asked().iter().all(|asked| asked.head.contains("authorization: basic ")));
}

#[test]
fn the_address_of_a_calendar_itself() {
    let stand_in = StandIn::start(|asked| match asked.path.as_str() {
        "/x/cal/" => Reply::multistatus(&found(
            "/x/cal/",
            "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>",
        )),
        _ => status(404),
    });
    let address = format!("{}x/cal/", stand_in.url());
    let server = Server::new(&address, Credentials::none()).unwrap().within(quick());
    let found = server.collections(Kind::Calendar).unwrap();
    assert_eq!((found.len(), found[0].url.as_str()), (1, address.as_str()));
    assert_eq!(found[0].access, Access::NotSaid);
}

#[track_caller]
fn check(answering: impl FnMut(&Asked) -> Reply + Send + 'static, expected: &Why) -> StandIn {
    let stand_in = StandIn::start(answering);
    let error = server(&stand_in).collections(Kind::Calendar).unwrap_err();
    assert_eq!(error.why, *expected, "{error}");
    assert!(!format!("{error} {error:?}").contains("geheim"));
    stand_in
}

#[test]
fn where_nothing_is() {
    let nothing = Why::NothingThere("calendars");
    check(|_| status(404), &nothing);
    check(|_| status(405), &nothing);
    check(|_| Reply::Says(200, String::new(), "<html>Welcome</html>".to_owned()), &nothing);
    check(|_| Reply::multistatus(""), &nothing);
    check(|_| status(403), &Why::Forbidden);
    check(|_| status(401), &Why::Password);
    check(|_| status(500), &Why::Fault(500));
    let nobody = "<d:current-user-principal><d:unauthenticated/></d:current-user-principal>";
    check(move |_| Reply::multistatus(&found("/", nobody)), &Why::Password);
}

#[test]
fn a_token_that_ran_out_is_told_as_such() {
    let stand_in = StandIn::start(|_| status(401));
    let token = Credentials::token("geheim").unwrap();
    let server = Server::new(&stand_in.url(), token).unwrap().within(quick());
    let error = server.collections(Kind::Calendar).unwrap_err();
    assert_eq!(error.why, Why::Token);
    assert!(error.to_string().contains("sign in there again"), "{error}");
    assert!(stand_in.asked()[0].head.contains("authorization: bearer geheim"));
}

#[test]
fn nobody_is_asked_who_was_not_named() {
    let other = StandIn::start(usual);
    // Another name of this machine: another host, as far as anybody can know.
    let to = format!("http://localhost:{}/dav/", other.port());
    let expected = Why::Elsewhere(to.clone());
    let at = to.clone();
    let first = check(move |_| redirect(&at), &expected);
    check(
        |_| redirect("https://elsewhere.example/"),
        &Why::Elsewhere("https://elsewhere.example/".to_owned()),
    );
    check(|_| redirect("http://elsewhere.example/"), &Why::Unencrypted);
    check(|_| redirect("/again/"), &Why::NothingThere("calendars"));
    let home = format!("<c:calendar-home-set><d:href>{to}</d:href></c:calendar-home-set>");
    check(move |_| Reply::multistatus(&found("/", &home)), &expected);
    assert!(other.asked().is_empty(), "nothing goes to a host that nobody named");

    // Named by the person, it is asked as the first one is.
    let server = server(&first).also(&to).unwrap();
    let found = server.collections(Kind::Calendar).unwrap();
    assert!(found.len() == 1 && found[0].url.starts_with("http://localhost:"), "{found:?}");
    assert!(other.asked().iter().all(|asked| asked.head.contains("authorization: basic ")));
    assert!(!other.asked().is_empty());
}

#[test]
fn another_port_of_the_host_is_not_told_who_asks() {
    let other = StandIn::start(|_| status(401));
    let to = format!("http://127.0.0.1:{}/dav/", other.port());
    let expected = Why::Elsewhere(to.clone());
    check(move |_| redirect(&to), &expected);
    assert_eq!(other.asked().len(), 1);
    assert!(!other.asked()[0].head.contains("authorization"));
}
