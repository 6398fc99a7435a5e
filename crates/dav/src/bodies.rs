//! What is asked, as XML.

use crate::collection::Kind;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const SPACES: &str = "xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" \
    xmlns:A=\"urn:ietf:params:xml:ns:carddav\" xmlns:S=\"http://calendarserver.org/ns/\"";

/// `PROPFIND` for these properties, each with its prefix.
pub(crate) fn properties(names: &[&str]) -> String {
    let mut inner = String::new();
    for name in names {
        inner.extend(["<", *name, "/>"]);
    }
    format!("{HEAD}<D:propfind {SPACES}><D:prop>{inner}</D:prop></D:propfind>")
}

/// `REPORT sync-collection` since a token; an empty one is from the beginning.
pub(crate) fn sync(token: &str) -> String {
    format!(
        "{HEAD}<D:sync-collection {SPACES}><D:sync-token>{}</D:sync-token>\
         <D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>",
        escaped(token)
    )
}

/// `REPORT calendar-multiget` or `addressbook-multiget` for these paths.
pub(crate) fn items<'a>(kind: Kind, paths: impl Iterator<Item = &'a str>) -> String {
    let (report, data) = match kind {
        Kind::Calendar => ("C:calendar-multiget", "C:calendar-data"),
        Kind::AddressBook => ("A:addressbook-multiget", "A:address-data"),
    };
    let mut hrefs = String::new();
    for path in paths {
        hrefs.extend(["<D:href>", &escaped(path), "</D:href>"]);
    }
    format!("{HEAD}<{report} {SPACES}><D:prop><D:getetag/><{data}/></D:prop>{hrefs}</{report}>")
}

/// A text as it stands in XML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked() {
        assert!(
            properties(&["D:getetag", "S:getctag"]).contains("<D:prop><D:getetag/><S:getctag/>")
        );
        assert!(sync("a<b").contains("<D:sync-token>a&lt;b</D:sync-token>"));
        let text = items(Kind::AddressBook, ["/a&b.vcf", "/c.vcf"].into_iter());
        assert!(text.contains(
            "<D:href>/a&amp;b.vcf</D:href><D:href>/c.vcf</D:href></A:addressbook-multiget>"
        ));
        let text = items(Kind::Calendar, std::iter::empty());
        assert!(text.contains("<C:calendar-data/></D:prop></C:calendar-multiget>"), "{text}");
    }
}
