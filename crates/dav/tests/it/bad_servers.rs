//! Servers that are broken, slow or hostile: every look ends in time, in a stated error, and nothing
//! is asked that nobody named.

use std::time::{Duration, Instant};

use inroad_dav::{Error, Help, LeftOutWhy, Why};

use crate::stand_in::{Asked, Reply, StandIn, found, multistatus};
use crate::world::{FOLDER, Keeper, World, calendar, entry, impatient, quick, served, server};

/// A look at a server that answers everything in this way.
fn looked(
    answering: impl FnMut(&Asked) -> Reply + Send + 'static,
) -> (Result<(), Error>, Keeper, StandIn) {
    let stand_in = StandIn::start(answering);
    let mut keeper = Keeper::default();
    let start = Instant::now();
    let end = keeper.look(&server(&stand_in).within(impatient()), &calendar(&stand_in));
    assert!(start.elapsed() < impatient().whole * 4, "{:?}", start.elapsed());
    (end, keeper, stand_in)
}

#[track_caller]
fn check(answering: impl FnMut(&Asked) -> Reply + Send + 'static, expected: &str, help: Help) {
    let (end, keeper, _) = looked(answering);
    let error = end.unwrap_err();
    assert!(format!("{:?}", error.why).contains(expected), "{error:?}");
    assert_eq!(error.help(), help, "{error}");
    assert!(keeper.items.is_empty());
    assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
}

fn raw(text: &str) -> Reply {
    Reply::Raw(text.as_bytes().to_vec())
}

const LATER: Help = Help::Later(None);

#[test]
fn answers_that_are_none() {
    let xml = |text: &str| {
        let text = text.to_owned();
        move |_: &Asked| Reply::Says(207, String::new(), text.clone())
    };
    check(xml("{\"json\": true}"), "no XML", Help::Server);
    check(xml("<html><body>hello</body></html>"), "html came", Help::Server);
    check(xml("<multistatus xmlns=\"DAV:\"><a></b>"), "no XML", Help::Server);
    check(xml(""), "Broken", LATER);
    check(xml(multistatus("<d:response>").trim_end_matches("</d:multistatus>")), "Broken", LATER);
    check(
        |_| Reply::Says(200, String::new(), "<html/>".to_owned()),
        "something else",
        Help::Server,
    );
    check(|_| raw("SSH-2.0-OpenSSH_9.9\r\n"), "Protocol", Help::Server);
    check(
        |_| raw(&format!("HTTP/1.1 207 x\r\nA: {}\r\n\r\n", "x".repeat(1 << 20))),
        "Protocol",
        Help::Server,
    );
    check(xml(&multistatus("")), "without a token", Help::Server);
}

#[test]
fn entities_and_types_are_refused() {
    let with = |head: &str, inner: &str| {
        let text = multistatus(inner)
            .replace("<?xml version=\"1.0\"?>", &format!("<?xml version=\"1.0\"?>{head}"));
        move |_: &Asked| Reply::Says(207, String::new(), text.clone())
    };
    let mut bomb = "<!DOCTYPE x [<!ENTITY a0 \"ha\">".to_owned();
    for n in 1..12 {
        let inner = format!("&a{};", n - 1).repeat(10);
        bomb = format!("{bomb}<!ENTITY a{n} \"{inner}\">");
    }
    check(with(&format!("{bomb}]>"), "&a11;"), "document type", Help::Server);
    let other = StandIn::start(|_| raw("HTTP/1.1 200 x\r\n\r\nsecret"));
    let outside = format!("<!DOCTYPE x [<!ENTITY a SYSTEM \"{}x\">]>", other.url());
    check(with(&outside, "&a;"), "document type", Help::Server);
    check(with("", "<d:response><d:href>&a;</d:href></d:response>"), "entity", Help::Server);
    assert!(other.asked().is_empty());
}

#[test]
fn what_is_too_large_ends() {
    let stand_in = StandIn::start(|asked| {
        if asked.body.contains("sync-collection") {
            return Reply::Says(501, String::new(), String::new());
        }
        Reply::Floods(207, 64 << 20)
    });
    let mut keeper = Keeper::default();
    let end = keeper.look(&server(&stand_in), &calendar(&stand_in));
    assert!(matches!(end.unwrap_err().why, Why::TooLarge(_) | Why::Protocol(_)));
    // Well-formed, and far too long: it is read as it comes and ends at the bound.
    let long =
        multistatus(&found(&format!("{FOLDER}a.ics"), "<d:getetag>1</d:getetag>").repeat(20_000));
    let stand_in = StandIn::start(move |_| Reply::Says(207, String::new(), long.clone()));
    let small = inroad_dav::Limits { listing_bytes: 1 << 20, ..quick() };
    let error =
        Keeper::default().look(&server(&stand_in).within(small), &calendar(&stand_in)).unwrap_err();
    assert_eq!(error.why, Why::TooLarge(1 << 20));
    // More items than are taken.
    let few = inroad_dav::Limits { members: 10, ..quick() };
    let many: String = (0..20).map(|n| found(&format!("{FOLDER}{n}.ics"), "")).collect();
    let stand_in = StandIn::start(move |_| Reply::multistatus(&many));
    let error =
        Keeper::default().look(&server(&stand_in).within(few), &calendar(&stand_in)).unwrap_err();
    assert_eq!(error.why, Why::TooMany(10));
}

#[test]
fn what_drips_hangs_or_ends_is_left_in_time() {
    let head = b"HTTP/1.1 207 x\r\nContent-Length: 99999\r\n\r\n".to_vec();
    check(move |_| Reply::Drips(head.clone(), Duration::from_millis(20)), "TooSlow", LATER);
    check(|_| Reply::Silent, "TooSlow", LATER);
    check(|_| Reply::Ends, "Broken", LATER);
    let cut = format!("HTTP/1.1 207 x\r\nContent-Length: 99999\r\n\r\n{}", multistatus(""));
    let cut = cut.trim_end_matches("</d:multistatus>").to_owned();
    check(move |_| raw(&cut), "Broken", LATER);
}

#[test]
fn refusals_say_what_helps() {
    let says = |status: u16, fields: &'static str| {
        move |_: &Asked| Reply::Says(status, fields.to_owned(), "geheim".to_owned())
    };
    check(says(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"), "Password", Help::Person);
    check(says(401, "WWW-Authenticate: Negotiate\r\n"), "LoginKind(\"Negotiate\")", Help::Person);
    check(says(404, ""), "Gone", Help::Person);
    check(says(410, ""), "Gone", Help::Person);
    let wait = |seconds| Help::Later(Some(Duration::from_secs(seconds)));
    check(says(429, "Retry-After: 30\r\n"), "Busy", wait(30));
    let date =
        "Date: Fri, 31 Dec 1999 23:58:00 GMT\r\nRetry-After: Fri, 31 Dec 1999 23:59:00 GMT\r\n";
    check(says(503, date), "Busy", wait(60));
    check(says(503, ""), "Busy", LATER);
    check(says(500, ""), "Fault(500)", LATER);
    check(says(418, ""), "Refused(418)", Help::Server);
    check(says(302, "Location: http://other.example/\r\n"), "Unencrypted", Help::Person);
    check(says(302, "Location: https://other.example/\r\n"), "Elsewhere", Help::Person);
    check(says(302, ""), "on and on", Help::Server);
}

#[test]
fn nobody_there() {
    let (server, calendar) = {
        let stand_in = StandIn::start(|_| Reply::Ends);
        (server(&stand_in), calendar(&stand_in))
    };
    let error = Keeper::default().look(&server, &calendar).unwrap_err();
    assert!(matches!(error.why, Why::NotReached(_)), "{error}");
    assert!(error.to_string().contains("check the address"), "{error}");
}

/// A good calendar with some of its answers changed on their way.
fn changed(
    world: World,
    change: impl Fn(&Asked, String) -> String + Send + 'static,
) -> (Keeper, Result<(), Error>, StandIn) {
    let stand_in = StandIn::start(move |asked| match world.answer(asked) {
        Reply::Says(status, fields, body) => Reply::Says(status, fields, change(asked, body)),
        other => other,
    });
    let mut keeper = Keeper::default();
    let end = keeper.look(&server(&stand_in), &calendar(&stand_in));
    (keeper, end, stand_in)
}

fn small(tells_changes: bool) -> World {
    let mut world = World { tells_changes, ..World::default() };
    for name in ["a.ics", "b.ics", "c.ics"] {
        world.put(name, &entry(name, "x"));
    }
    world
}

#[test]
fn a_collection_that_goes_in_the_middle_calls_nothing_gone() {
    let mut count = 0;
    let mut world = small(true);
    world.page = Some(1);
    let (end, keeper, _) = looked(move |asked| {
        count += 1;
        if count > 3 { Reply::Says(404, String::new(), String::new()) } else { world.answer(asked) }
    });
    let error = end.unwrap_err();
    assert_eq!((error.why.clone(), error.help()), (Why::Gone, Help::Person));
    assert!(error.to_string().contains("choose it anew"), "{error}");
    assert!(keeper.gone.is_empty() && keeper.items.len() == 1, "{keeper:?}");
}

#[test]
fn repeated_and_strange_hrefs() {
    for tells_changes in [true, false] {
        let other = StandIn::start(|_| Reply::Ends);
        let outside = format!("http://localhost:{}{FOLDER}x.ics", other.port());
        let (keeper, end, stand_in) = changed(small(tells_changes), move |asked, body| {
            if !(asked.body.contains("sync-collection") || asked.head.contains("depth: 1"))
                || asked.body.contains("multiget")
            {
                return body;
            }
            let twice = found("/u/jana@x.example/cal/%61.ics", "<d:getetag>\"1\"</d:getetag>");
            let strange: String = [&outside, "/etc/passwd", "../../secret.ics", "https://[", "?x"]
                .map(|href| found(href, "<d:getetag>\"7\"</d:getetag>"))
                .concat();
            body.replacen("<d:response>", &format!("{twice}{strange}<d:response>"), 1)
        });
        end.unwrap();
        assert_eq!((keeper.items.len(), keeper.changed.len()), (3, 3), "{keeper:?}");
        assert_eq!(keeper.left_out.len(), 5, "{:?}", keeper.left_out);
        assert!(keeper.left_out.iter().all(|(_, why)| *why == LeftOutWhy::Elsewhere));
        assert!(other.asked().is_empty());
        let asked = stand_in.asked();
        assert!(asked.iter().all(|a| !a.body.contains("passwd") && !a.body.contains("x.ics</")));
    }
}

#[test]
fn etags_that_differ_between_list_and_item_do_not_make_changes() {
    for tells_changes in [true, false] {
        let world = small(tells_changes);
        let stand_in = StandIn::start(move |asked| match world.answer(asked) {
            Reply::Says(status, fields, body) if asked.body.contains("multiget") => {
                Reply::Says(status, fields, body.replace("<d:getetag>\"", "<d:getetag>\"other-"))
            }
            other => other,
        });
        let mut keeper = Keeper::default();
        let (server, calendar) = (server(&stand_in), calendar(&stand_in));
        keeper.look(&server, &calendar).unwrap();
        keeper.look(&server, &calendar).unwrap();
        assert_eq!((keeper.items.len(), keeper.changed.len()), (3, 0));
    }
}

#[test]
fn items_without_a_version_are_read_each_time_and_once() {
    let (stand_in, mut keeper) = {
        let world = small(false);
        let stand_in = StandIn::start(move |asked| match world.answer(asked) {
            Reply::Says(status, fields, body) => {
                Reply::Says(status, fields, body.replace("getetag", "d:other"))
            }
            other => other,
        });
        (stand_in, Keeper::default())
    };
    for _ in 0..2 {
        keeper.look(&server(&stand_in), &calendar(&stand_in)).unwrap();
        assert_eq!((keeper.items.len(), keeper.changed.len(), keeper.gone.len()), (3, 3, 0));
    }
}

#[test]
fn a_list_that_is_cut_for_ever_ends() {
    let same = || {
        let cut = format!(
            "<d:response><d:href>{FOLDER}</d:href><d:status>HTTP/1.1 507 x</d:status></d:response>"
        );
        multistatus(&format!("{cut}<d:sync-token>urn:t:0</d:sync-token>"))
    };
    let (end, _, stand_in) = looked(move |_| Reply::Says(207, String::new(), same()));
    assert_eq!(end.unwrap_err().why, Why::Partial);
    assert!(stand_in.asked().len() <= 3);
    let mut count = 0;
    let (server, calendar, _stand_in) = {
        let stand_in = StandIn::start(move |_| {
            count += 1;
            Reply::Says(207, String::new(), same().replace("urn:t:0", &format!("urn:t:{count}")))
        });
        let few = inroad_dav::Limits { pages: 20, ..quick() };
        (server(&stand_in).within(few), calendar(&stand_in), stand_in)
    };
    let error = Keeper::default().look(&server, &calendar).unwrap_err();
    assert!(error.to_string().contains("no end"), "{error}");
}

#[test]
fn a_list_that_is_empty_or_cut_calls_nothing_gone() {
    let (stand_in, world) = served(small(false));
    let mut keeper = Keeper::default();
    keeper.look(&server(&stand_in), &calendar(&stand_in)).unwrap();
    assert_eq!(keeper.items.len(), 3);
    drop(world);
    let cut = format!(
        "{}<d:response><d:href>{FOLDER}</d:href><d:status>HTTP/1.1 507 x</d:status></d:response>",
        found(&format!("{FOLDER}a.ics"), "<d:getetag>\"1\"</d:getetag>")
    );
    for (inner, expected) in [(String::new(), "does not name"), (cut, "a part")] {
        let stand_in = StandIn::start(move |asked| {
            if asked.body.contains("sync-collection") {
                return Reply::Says(501, String::new(), String::new());
            }
            Reply::multistatus(&inner)
        });
        let error = keeper.look(&server(&stand_in), &calendar(&stand_in)).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(keeper.items.len(), 3);
    }
}

#[test]
fn nothing_is_fetched_because_an_item_says_so() {
    for tells_changes in [true, false] {
        let bait = StandIn::start(|_| Reply::Ends);
        let mut world = World { tells_changes, ..World::default() };
        let url = bait.url();
        world.put(
            "a.ics",
            &format!(
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nATTACH:{url}a.pdf\nURL:{url}\n\
                 ATTACH;FMTTYPE=image/png:{url}b.png\nIMAGE;VALUE=URI:{url}c.png\nCONFERENCE:{url}d\n\
                 DESCRIPTION:<img src=\"{url}e.png\">\nBEGIN:VALARM\nATTACH:{url}f.wav\nEND:VALARM\n\
                 END:VEVENT\nEND:VCALENDAR\n"
            ),
        );
        world.put(
            "b.ics",
            &format!("BEGIN:VCARD\nPHOTO;VALUE=URI:{url}p.png\nLOGO:{url}l.png\nSOUND:{url}s\nKEY:{url}k\nEND:VCARD\n"),
        );
        let (stand_in, world) = served(world);
        let mut keeper = Keeper::default();
        keeper.look(&server(&stand_in), &calendar(&stand_in)).unwrap();
        assert_eq!(keeper.items, world.lock().unwrap().all(), "and the texts are as they came");
        assert!(bait.asked().is_empty(), "{:?}", bait.asked());
        assert!(stand_in.asked().iter().all(|asked| asked.path == FOLDER));
    }
}
