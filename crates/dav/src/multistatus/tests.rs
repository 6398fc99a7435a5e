//! What servers of all kinds answer, and what nobody should.

use proptest::prelude::*;

use super::*;

fn gathered(text: &str) -> Result<(Vec<Resource>, Whole), Why> {
    let mut found = Vec::new();
    let whole = read(text.as_bytes(), 1_000, &mut |resource| {
        found.push(resource);
        Ok(())
    })?;
    Ok((found, whole))
}

#[test]
fn one_of_each_kind() {
    let text = "\u{feff}<?xml version=\"1.0\"?>\n<!-- hello -->\n\
        <d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\" \
        xmlns:x='http://calendarserver.org/ns/'>\
        <d:response><d:href> /c/a.ics </d:href><d:propstat><d:prop><d:getetag>\"1&amp;2\"</d:getetag>\
        <c:calendar-data>BEGIN:VCALENDAR&#13;\r\n<![CDATA[X:<&>]]>&#xe4;</c:calendar-data></d:prop>\
        <d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><d:displayname/></d:prop>\
        <d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>\
        <d:response><d:href>/c/b.ics</d:href><d:href>/c/d.ics</d:href>\
        <d:status>HTTP/1.1 404 Not Found</d:status></d:response>\
        <response xmlns=\"DAV:\"><href>/c/</href><propstat><prop><resourcetype><collection/>\
        <calendar xmlns=\"urn:ietf:params:xml:ns:caldav\"/></resourcetype><x:getctag>7</x:getctag>\
        <c:supported-calendar-component-set><c:comp name=\"VEVENT\"/><c:comp name='vtodo'/>\
        </c:supported-calendar-component-set><current-user-privilege-set><privilege><read/></privilege>\
        <privilege><write-content/></privilege></current-user-privilege-set>\
        <supported-report-set><supported-report><report><sync-collection/></report></supported-report>\
        </supported-report-set><current-user-principal><href>/p/</href></current-user-principal>\
        <c:calendar-home-set><href>/h/</href></c:calendar-home-set></prop></propstat></response>\
        <d:sync-token>urn:t:1</d:sync-token></d:multistatus>";
    let (found, whole) = gathered(text).unwrap();
    assert_eq!((whole.resources, whole.sync_token.as_deref()), (4, Some("urn:t:1")));
    let item = &found[0];
    assert_eq!((item.href.as_str(), item.status, item.refused), ("/c/a.ics", None, Some(404)));
    assert_eq!(item.props.etag.as_deref(), Some("\"1&2\""));
    assert_eq!(item.props.text.as_deref(), Some("BEGIN:VCALENDAR\r\nX:<&>ä"));
    assert_eq!((found[1].href.as_str(), found[1].status), ("/c/b.ics", Some(404)));
    assert_eq!((found[2].href.as_str(), found[2].status), ("/c/d.ics", Some(404)));
    let folder = &found[3].props;
    let names = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(names(folder.types.as_ref().unwrap()), "calendar collection");
    assert_eq!(names(&folder.components), "VEVENT VTODO");
    assert_eq!(names(folder.privileges.as_ref().unwrap()), "read write-content");
    assert_eq!(names(&folder.reports), "sync-collection");
    assert_eq!((folder.ctag.as_deref(), folder.principal.as_deref()), (Some("7"), Some("/p/")));
    assert_eq!(folder.homes, ["/h/"]);
}

#[track_caller]
fn check_refused(text: &str, expected: &str) {
    let error = gathered(text).unwrap_err();
    let found = match &error {
        Why::Broken => "broken",
        Why::Protocol(words) => words,
        _ => "other",
    };
    assert!(found.contains(expected), "{text:.80}: {found}");
}

#[test]
fn what_is_refused() {
    check_refused("", "broken");
    check_refused("Internal error", "no XML");
    check_refused("<html><body>Log in</body></html>", "html came");
    check_refused("<multistatus/>", "multistatus came");
    check_refused("<multistatus xmlns=\"DAV:\"><response><href>/a</href>", "broken");
    check_refused("<multistatus xmlns=\"DAV:\"><response><hr", "broken");
    check_refused("<multistatus xmlns=\"DAV:\"></other>", "no XML");
    check_refused("<multistatus xmlns=\"DAV:\"><response><href>&#0;</href>", "character");
    check_refused("<multistatus xmlns=\"DAV:\"><response><href>&nbsp;</href>", "entity");
    let deep = format!("<multistatus xmlns=\"DAV:\">{}", "<a>".repeat(100_000));
    check_refused(&deep, "too much");
    let wide = format!("<multistatus xmlns=\"DAV:\"><a>{}", "<b/>".repeat(100_000));
    check_refused(&wide, "too much");
}

#[test]
fn entities_are_neither_defined_nor_fetched() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
        <multistatus xmlns=\"DAV:\"><response><href>&b;</href></response></multistatus>";
    check_refused(bomb, "document type");
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\" [\
        <!ENTITY a SYSTEM \"file:///etc/passwd\">]><multistatus xmlns=\"DAV:\">&a;</multistatus>";
    check_refused(outside, "document type");
    check_refused("<multistatus xmlns=\"DAV:\"><!DOCTYPE x []></multistatus>", "");
}

#[test]
fn what_is_too_large_is_not_held() {
    let text = format!(
        "<multistatus xmlns=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><response>\
         <href>/a</href><propstat><prop><getetag>1</getetag><c:calendar-data>{}</c:calendar-data></prop>\
         </propstat></response><response><href>/b</href></response></multistatus>",
        "x".repeat(5_000)
    );
    let (found, _) = gathered(&text).unwrap();
    assert!(found[0].oversized && found[0].props.text.is_none(), "{found:?}");
    assert_eq!((found[0].href.as_str(), found[1].href.as_str()), ("/a", "/b"));
    assert!(!found[1].oversized);
}

#[test]
fn names_of_conditions() {
    let text = "<error xmlns=\"DAV:\"><valid-sync-token/></error>";
    assert!(conditions(text.as_bytes()).contains("valid-sync-token"));
    for nothing in
        ["", "no", "<error/>", "<html><valid-sync-token/></html>", "<error xmlns=\"DAV:\">"]
    {
        assert!(conditions(nothing.as_bytes()).is_empty(), "{nothing}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _read = read(bytes.as_slice(), 100, &mut |_| Ok(()));
        let _names = conditions(bytes.as_slice());
    }

    /// What is written is read back, however it is cut into lines; what is cut off is told.
    #[test]
    fn what_is_written_is_read_back(
        items in prop::collection::vec(("[a-z]{1,8}", "[ -~äß\\n]{1,80}", "[ -~]{1,10}"), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        use crate::bodies::escaped;
        let mut text = "<multistatus xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:carddav\">".to_owned();
        for (name, data, etag) in &items {
            text = format!(
                "{text}<response><href>/{name}</href><propstat><prop><getetag>{}</getetag>\
                 <C:address-data>{}</C:address-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>",
                escaped(etag), escaped(data)
            );
        }
        text.push_str("</multistatus>");
        let (found, whole) = gathered(&text).unwrap();
        prop_assert_eq!(whole.resources, items.len());
        for (resource, (name, data, etag)) in found.iter().zip(&items) {
            prop_assert_eq!(&resource.href, &format!("/{name}"));
            let text = (!data.trim().is_empty()).then_some(data.as_str());
            prop_assert_eq!(resource.props.text.as_deref(), text);
            prop_assert_eq!(resource.props.etag.as_deref().unwrap_or_default(), etag.trim());
        }
        let cut = &text.as_bytes()[..cut.index(text.len())];
        prop_assert!(read(cut, 1_000, &mut |_| Ok(())).is_err(), "{}", cut.len());
    }
}
