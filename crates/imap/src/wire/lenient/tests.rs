//! What odd answers are read as, and that what the strict reader takes is read the same here.

use imap_codec::ResponseCodec;
use imap_codec::decode::Decoder as _;
use imap_codec::imap_types::response::Response;
use proptest::prelude::*;

use super::*;
use crate::Flags;

fn check(line: &str, expected: impl Into<Answer>) {
    assert_eq!(read(format!("{line}\r\n").as_bytes()), expected.into(), "{line}");
}

fn set(text: &str) -> UidSet {
    UidSet::parse(text).unwrap()
}

fn said(code: Option<&str>, text: &str) -> Words {
    Words { code: code.map(Code::parse), text: text.to_owned() }
}

#[test]
fn odd_remarks() {
    check("i1 NO 密码错误", Answer::Done("i1".into(), Outcome::No, said(None, "密码错误")));
    check(
        "i1 no [UNAVAILABLE] später",
        Answer::Done("i1".into(), Outcome::No, said(Some("UNAVAILABLE"), "später")),
    );
    check("i1 OK", Answer::Done("i1".into(), Outcome::Ok, said(None, "")));
    check("* BYE zurück", Answer::Bye(said(None, "zurück")));
    check("* OK [UIDVALIDITY 0] ä", Answer::Remark(Outcome::Ok, said(Some("UIDVALIDITY 0"), "ä")));
    check("+", Answer::GoOn(Vec::new()));
    check("+ ä", Answer::GoOn("ä".into()));
    check("* XYZZY ä", Answer::Strange(Strange::Untagged));
    check("Subject: hello", Answer::Strange(Strange::Outside));
    check("", Answer::Strange(Strange::Outside));
    check("i1 OKAY", Answer::Strange(Strange::Outside));
}

#[test]
fn odd_sets() {
    check("* VANISHED 9:5,7", Answer::Vanished { earlier: false, uids: set("5:9") });
    check("* VANISHED (EARLIER) ", Answer::Vanished { earlier: true, uids: UidSet::new() });
    check("* VANISHED 1:*", Answer::Strange(Strange::Message));
    check("* SEARCH  3 1  0 2 ", Answer::Search(set("1:3")));
    check("* SEARCH", Answer::Search(UidSet::new()));
    check("* SEARCH 1 2 (MODSEQ 0)", Answer::Search(set("1:2")));
    check("* SEARCH one", Answer::Strange(Strange::Message));
}

#[test]
fn odd_folders() {
    let listed = |attributes: &[&str], delimiter, name: &str| {
        Answer::List(Listed {
            attributes: attributes.iter().map(|name| (*name).to_owned()).collect(),
            delimiter,
            name: name.into(),
        })
    };
    check("* LIST () \"/\" My Mail", listed(&[], Some('/'), "My Mail"));
    check("* LIST (\\Sent  \\X) NIL \"Entwürfe\"", listed(&["\\Sent", "\\X"], None, "Entwürfe"));
    check("* LIST () \"\\\\\" \"a\\\"b\" ", listed(&[], Some('\\'), "a\"b"));
    check("* LIST () \"/\" {3}\r\na\u{0}b", listed(&[], Some('/'), "a\u{0}b"));
    check("* LIST () /", Answer::Strange(Strange::Untagged));
}

#[test]
fn odd_messages() {
    let message = |fetched: Fetched| Answer::Fetch(Box::new(fetched));
    check(
        "* 3 FETCH (UID 9 FLAGS (\\Seen Gelöscht) BODY[] {3}\r\na\u{0}b )",
        message(Fetched {
            sequence: 3,
            uid: Some(9),
            flags: Some([Flag::Seen, Flag::Other("Gelöscht".into())].into_iter().collect()),
            body: Some(b"a\0b".to_vec()),
            ..Fetched::default()
        }),
    );
    check(
        "* 3 FETCH ( UID 9 INTERNALDATE \"00-Jan-0000 00:00:00 +0000\" RFC822.SIZE 5000000000 X (a (b)) )",
        message(Fetched {
            sequence: 3,
            uid: Some(9),
            size: Some(5_000_000_000),
            ..Fetched::default()
        }),
    );
    check(
        "* 3 FETCH (UID 9 BODY[HEADER.FIELDS (MESSAGE-ID)] \"ä\" MODSEQ (12))",
        message(Fetched {
            sequence: 3,
            uid: Some(9),
            modseq: Some(12),
            body: Some("ä".into()),
            ..Fetched::default()
        }),
    );
    check(
        "* 3 FETCH (FLAGS ())",
        message(Fetched { sequence: 3, flags: Some(Flags::default()), ..Fetched::default() }),
    );
    for broken in [
        // A literal that is longer, or shorter, than the server said.
        "* 3 FETCH (UID 9 BODY[] {300}\r\nabc)",
        "* 3 FETCH (UID 9 BODY[] {2}\r\nabc)",
        "* 3 FETCH (UID 9 BODY[] {3}\r\nabc) more",
        "* 3 FETCH (UID 0)",
        "* 3 FETCH (UID 9",
        "* 3 FETCH UID 9",
        "* 99999999999 FETCH (UID 9)",
        "* 3 FETCH (((((((((((((((((((((",
    ] {
        check(broken, Answer::Strange(Strange::Message));
    }
}

#[test]
fn a_deep_nest_is_no_trouble() {
    let deep = format!("* LIST {} x", "(".repeat(100_000));
    check(&deep, Answer::Strange(Strange::Untagged));
}

/// An answer that keeps to the grammar.
fn orderly() -> impl Strategy<Value = String> {
    let flags = "(\\\\Seen|\\\\Draft|a1|\\$Forwarded)( (\\\\Flagged|b))?";
    let text = "[a-zA-Z0-9 ]{1,20}";
    prop_oneof![
        (0_u32..3, text).prop_map(|(n, text)| format!("i{n} {} x{text}", ["OK", "NO", "BAD"][n as usize])),
        (1_u32..9, 1_u32..9).prop_map(|(a, b)| format!("* VANISHED (EARLIER) {a},{b}:12")),
        proptest::collection::vec(1_u32..999, 0..5).prop_map(|all| {
            all.iter().fold("* SEARCH".to_owned(), |line, uid| format!("{line} {uid}"))
        }),
        (1_u32..9, 1_u32..99, flags, "[a-z \\r\\n()\"{}]{0,30}").prop_map(|(n, uid, flags, body)| {
            format!(
                "* {n} FETCH (UID {uid} FLAGS ({flags}) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" \
                 RFC822.SIZE {} MODSEQ ({uid}) BODY[] {{{}}}\r\n{body})",
                body.len(),
                body.len(),
            )
        }),
        ("[a-z]{1,5}", "[a-z /]{1,9}").prop_map(|(flag, name)| format!("* LIST (\\{flag}) \"/\" \"{name}\"")),
        (0_u32..99).prop_map(|n| format!("* {n} EXISTS")),
        "[A-Z]{1,5}( [A-Z]{1,5}){0,4}".prop_map(|names| format!("* CAPABILITY IMAP4REV1 {names}")),
    ]
}

proptest! {
    /// What both readers can read, they read alike.
    #[test]
    fn as_the_strict_reader(line in orderly()) {
        let bytes = format!("{line}\r\n").into_bytes();
        let (rest, response) = ResponseCodec::default().decode(&bytes).expect("it keeps to the grammar");
        prop_assert!(rest.is_empty());
        let strict = match response {
            Response::Data(data) => Answer::of_data(data),
            Response::Status(status) => Answer::of_status(status),
            Response::CommandContinuationRequest(request) => Answer::of_continuation(request),
        };
        prop_assert_eq!(read(&bytes), strict);
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _answer = read(&bytes);
    }

    #[test]
    fn almost_an_answer(line in orderly(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = format!("{line}\r\n").into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _answer = read(&bytes);
    }
}
