//! A person is erased: nowhere in the file is a byte of theirs, nothing brings them back, and nobody else
//! loses a word.

use std::path::{Path, PathBuf};

use inroad_model::{
    AccountKey, Channel, ContactField, Entry, Insight, Known, RecordChange, Remark, Subject, Trait,
};
use inroad_service::{
    Error, ImportOptions, Inroad, IntoFolder, IntoZip, NotContactedWho, PageToKeep, PersonSink,
    SaidBy,
};

use crate::desk::{Desk, day, email, store};
use crate::letters::{ME, letter, mbox};

const JANA: &str = "Jana Kühn <Jana@Lindner.example>";
const AT_HOME: &str = "\"Kühn, Jana\" <jana.kuehn@post.example>";
const ONCE: &str = "jk@zenit.example";
const OMAR: &str = "Omar Haddad <omar@lindner.example>";
/// Words that she wrote.
const MARKER: &str = "The walnut panels must be there before the second Tuesday of May";
/// Words of others that must stay.
const OMARS: &str = "Let us talk about the crane on Friday";

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"},
                        {"email": "omar@lindner.example", "name": "Omar Haddad"}],
             "notes": [{"date": "2026-03-02", "text": "Jana Kühn wants walnut"}]},
            {"id": "d2", "name": "Jana Kühn: audit", "domain": "zenit.example",
             "people": [{"email": "jk@zenit.example"}]}]}"#;
const CARDS: &str = "BEGIN:VCARD\nVERSION:3.0\nFN:Jana Kühn\nEMAIL:jana.kuehn@post.example\nNOTE:met in Bonn\nEND:VCARD\n\
    BEGIN:VCARD\nVERSION:3.0\nFN:Omar Haddad\nEMAIL:omar@lindner.example\nNOTE:sits beside Jana Kühn\nEND:VCARD\n";
const ROWS: &str = "First Name,Last Name,Email,Email Opt Out\nJana,Kühn,jana@lindner.example,true\nInes,Sol,ines@acme.example,false\n";
const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\
    BEGIN:VEVENT\r\nUID:e1\r\nDTSTART:20260310T090000Z\r\nDTEND:20260310T100000Z\r\nSUMMARY:Alone with Jana\r\n\
    ORGANIZER:mailto:marta@studio.example\r\nATTENDEE;CN=Jana Kühn:mailto:jana@lindner.example\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:e2\r\nDTSTART:20260311T090000Z\r\nDTEND:20260311T100000Z\r\nSUMMARY:All of us\r\n\
    DESCRIPTION:Jana Kühn brings the plan\r\nORGANIZER:mailto:jana@lindner.example\r\n\
    ATTENDEE:mailto:jana@lindner.example\r\nATTENDEE:mailto:omar@lindner.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn letters() -> String {
    let hers = format!("Dear Marta,\n\n{MARKER}.\n\nBest\nJana Kühn\nPhone +49 30 555\n");
    let mut copied = letter(OMAR, ME, 4, &format!("{OMARS}.\n"));
    copied.headers = format!("Cc: {JANA}\n");
    let quoting = format!(
        "Fine with us, see you.\n\nOn 3 March 2026 Jana Kühn <jana@lindner.example> wrote:\n> Dear Marta,\n>\n> {}\n> {}.\n",
        "The walnut panels must be there", "before the second Tuesday of May"
    );
    let unnamed = format!("As she said: {MARKER}. Nothing else.\n");
    let mut encoded = letter(OMAR, ME, 7, "SmFuYSBLw7xobiBpcyBpbGwuIFRoZSBjcmFuZSBpcyByZWFkeS4=\n");
    encoded
        .headers
        .push_str("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n");
    let mut attached = letter(
        OMAR,
        ME,
        8,
        "--b\nContent-Type: text/plain\n\nSee the file about the hoist.\n--b\n\
        Content-Type: text/vcard\nContent-Transfer-Encoding: base64\n\nRk46SmFuYSBLw7xobg==\n--b--\n",
    );
    attached.headers.push_str("Content-Type: multipart/mixed; boundary=b\n");
    mbox(&[
        letter(JANA, ME, 3, &hers),
        letter(ME, "jana@lindner.example", 3, "Dear Jana, thank you for the talk."),
        copied,
        letter(OMAR, ME, 5, &quoting),
        letter("Ines Sol <ines@acme.example>", ME, 6, &unnamed),
        encoded,
        attached,
        letter(AT_HOME, ME, 2, "From home."),
        letter(ONCE, ME, 9, "An older address of mine."),
        letter(
            ME,
            "omar@lindner.example",
            10,
            "Please greet\nJana Kühn from me. The hoist comes on Monday.",
        ),
        letter("news@shop.example", ME, 11, "Nothing of anybody here at all."),
    ])
}

/// A desk on which she is everywhere.
async fn desk() -> Desk {
    let desk = Desk::new().await;
    for (name, content) in [
        ("deals.json", DEALS),
        ("mail.mbox", letters().as_str()),
        ("jana kühn/cards.vcf", CARDS),
        ("rows.csv", ROWS),
        ("calendar.ics", CALENDAR),
    ] {
        desk.take(name, content).await;
    }
    let inroad = &desk.inroad;
    for other in ["jana.kuehn@post.example", ONCE] {
        let (jana, other) = (email("jana@lindner.example"), email(other));
        inroad.decide_same_person(&jana, &other, true, day(12)).await.unwrap();
    }
    let jana = || email("jana@lindner.example");
    let words = |text: &str| Remark::new(text).unwrap();
    let deal = Subject::Deal("d1".parse_id());
    let note = Entry::Note {
        day: day(12).date(),
        by: None,
        text: words("Jana Kühn frowned; Omar did not"),
    };
    inroad.write_down(deal.clone(), note, day(12)).await.unwrap();
    // By a name that stands in no letter.
    let called = RecordChange {
        field: ContactField::Name,
        was: Some(words("Jana Kühn")),
        is: Some(words("Jana Sommer")),
    };
    let done = inroad.put_right(&jana(), called, day(12)).await.unwrap();
    inroad.strike(done.what, day(13)).await.unwrap();
    let note = Entry::Note {
        day: day(12).date(),
        by: None,
        text: words("Jana Sommer agreed; Omar waits"),
    };
    inroad.write_down(deal.clone(), note, day(12)).await.unwrap();
    let plan = Entry::Plan {
        day: day(28).date(),
        by: Channel::Call,
        with: Some(jana()),
        what: words("ask"),
    };
    inroad.write_down(deal, plan, day(12)).await.unwrap();
    let own = Entry::Note { day: day(12).date(), by: None, text: words("likes walnut") };
    let done = inroad.write_down(Subject::Person(jana()), own, day(12)).await.unwrap();
    inroad.strike(done.what, day(13)).await.unwrap();
    let known = Known::Person { who: jana(), is: Trait::Agenda(words("a quiet year")) };
    inroad
        .tell_at_desk(&Insight { at: day(13), known, because: Some(words("Omar told")) })
        .await
        .unwrap();
    let key = AccountKey::domain("lindner.example").unwrap();
    let page = PageToKeep { text: "Our team: Jana Kühn leads the yard.", ..PageToKeep::default() };
    inroad.keep_page(&key, &page, day(13)).await.unwrap();
    desk
}

trait ParseId {
    fn parse_id(&self) -> inroad_model::DealId;
}

impl ParseId for str {
    fn parse_id(&self) -> inroad_model::DealId {
        inroad_model::DealId::new(self).unwrap()
    }
}

/// What must be nowhere, in small letters.
const GONE: [&str; 10] = [
    "jana@lindner.example",
    "jana.kuehn@post.example",
    "jk@zenit.example",
    "jana kühn",
    "kühn, jana",
    "jana sommer",
    "walnut panels must be",
    "second tuesday of may",
    "likes walnut",
    "alone with jana",
];

fn must_be_gone(place: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let folded = text.split(|c: char| c.is_whitespace() || c == '>').filter(|w| !w.is_empty());
    let folded = folded.collect::<Vec<_>>().join(" ");
    for gone in GONE {
        assert!(
            !text.contains(gone) && !folded.contains(gone),
            "{gone} is in {place}: {text:.400}"
        );
    }
    // Also as the programs of mail write it.
    for gone in ["SmFuYSBLw7xobg", "amFuYUBsaW5kbmVy", "Jana_K=C3=BChn", "Jana =4B=C3=BChn"] {
        assert!(
            !bytes.windows(gone.len()).any(|part| part == gone.as_bytes()),
            "{gone} is in {place}"
        );
    }
}

/// Looks through the file's own bytes and through every value in it.
async fn nothing_is_left(data: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = data.as_os_str().to_owned();
        name.push(suffix);
        if let Ok(bytes) = std::fs::read(PathBuf::from(name)) {
            must_be_gone(suffix, &bytes);
        }
    }
    let store = store(data).await;
    let mut seen = 0;
    store
        .every_value(&mut |place, bytes| {
            seen += 1;
            must_be_gone(place, bytes);
        })
        .await
        .unwrap();
    assert!(seen > 100, "{seen}");
    let health = store.health().await.unwrap();
    assert!(health.faults.is_empty(), "{:?}", health.faults);
    store.close().await.unwrap();
}

#[tokio::test]
async fn not_a_byte_is_left_and_nobody_else_loses_a_word() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let jana = email("JANA+x@lindner.example");
    // She is there before, or the rest would show nothing.
    let before = desk.find("walnut").await;
    assert!(!before.messages.shown.is_empty());
    let backup = desk.folder.path().join("backup.db");
    inroad.backup(&backup).await.unwrap();
    let deeds = inroad.deeds(&inroad_service::DeedsAsked::default(), 100).await.unwrap();

    let look = inroad.what_erasing_takes(&jana, day(20)).await.unwrap();
    assert_eq!(look.emails.len(), 3, "{look:?}");
    assert_eq!(look.names, ["Jana Kühn", "Jana Sommer"]);
    assert_eq!(look.seats, ["Warehouse", "Jana Kühn: audit"]);
    assert_eq!(look.other_files, [backup.as_path()]);
    let untouched = inroad.diagnose().await.unwrap().digest;
    assert_eq!(inroad.diagnose().await.unwrap().digest, untouched);

    let report = inroad.erase(&jana, std::slice::from_ref(&backup), day(20)).await.unwrap();
    assert!(report.is_cleared);
    assert_eq!(report.went, look);
    assert_eq!((report.went.letters_gone, report.went.letters_changed), (4, 6), "{report:?}");

    // No undo brings anything back.
    for deed in &deeds {
        let _refused_or_harmless = inroad.undo(deed.number, day(21)).await;
    }
    // Others are as they were.
    let review = desk.review(day(21)).await.to_string();
    assert!(!review.to_lowercase().contains("jana"), "{review}");
    let omar = inroad.person(&email("omar@lindner.example"), day(21)).await.unwrap();
    assert_eq!(omar.messages.len(), 5);
    for (words, found) in [("crane", 2), ("hoist", 2), ("walnut", 0), ("jana", 0)] {
        assert_eq!(desk.find(words).await.messages.shown.len(), found, "{words}");
    }
    assert!(matches!(inroad.person(&jana, day(21)).await, Err(Error::NotFound { .. })));
    let nobody = inroad.what_erasing_takes(&jana, day(21)).await.unwrap();
    assert!(nobody.is_nothing() && nobody.was_erased, "{nobody:?}");
    // Under each of her addresses nobody is to write to her, though nobody sees which they are.
    for spelled in ["Jana@lindner.example", "jana.kuehn+new@post.example", ONCE] {
        let why = inroad.listed_as(&email(spelled), day(21)).await.unwrap();
        assert!(why.is_some_and(|why| why.contains("Erased")), "{spelled}");
    }
    assert_eq!(inroad.listed_as(&email("omar@lindner.example"), day(21)).await.unwrap(), None);

    // The same again ends the same, and what came in before comes in without her.
    let again = inroad.erase(&jana, &[], day(21)).await.unwrap();
    assert!(again.went.is_nothing(), "{again:?}");
    for dry_run in [true, false] {
        let options = ImportOptions { dry_run, ..ImportOptions::default() };
        let paths = ["mail.mbox", "rows.csv", "calendar.ics", "jana kühn/cards.vcf"];
        let paths = paths.map(|name| desk.folder.path().join(name));
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        let report = desk.import_as(&paths, &options).await;
        assert_eq!(report.messages, 0, "{report:?}");
        let told = report.issues.iter().any(|issue| issue.what.contains("erased"));
        assert!(told, "{:?}", report.issues);
    }
    let register =
        inroad_service::Desk::new(inroad.clone(), Some(day(21))).register().await.unwrap();
    assert!(register.people.iter().all(|one| one.email().as_str() != "jana@lindner.example"));

    let Desk { folder, inroad } = desk;
    inroad.close().await.unwrap();
    // The card of somebody else that names her came in anew: its words are the user's to mend.
    let bytes = std::fs::read(&backup).unwrap();
    assert!(bytes.len() > 10_000);
    nothing_is_left(&backup).await;
    drop(folder);
}

#[tokio::test]
async fn the_data_file_itself_is_clean() {
    let desk = desk().await;
    let path = desk.inroad.path().to_owned();
    desk.inroad.erase(&email("jana@lindner.example"), &[], day(20)).await.unwrap();
    // Even while it is open.
    for suffix in ["", "-wal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        must_be_gone(suffix, &std::fs::read(PathBuf::from(name)).unwrap_or_default());
    }
    let Desk { folder, inroad } = desk;
    inroad.close().await.unwrap();
    nothing_is_left(&path).await;
    drop(folder);
}

#[tokio::test]
async fn a_firm_that_asked_through_her_is_still_left_alone() {
    let desk = Desk::new().await;
    let asks = "Please remove our entire company from your list.";
    desk.take_letters(&[letter(JANA, ME, 3, asks), letter(OMAR, ME, 4, "Hello.")]).await;
    let inroad = &desk.inroad;
    let of_firm = async || {
        let all = inroad.not_contacted("", day(20)).await.unwrap();
        all.into_iter().filter(|one| matches!(&one.whom, NotContactedWho::Firm(_))).count()
    };
    let before = of_firm().await;
    inroad.erase(&email("jana@lindner.example"), &[], day(20)).await.unwrap();
    assert_eq!(of_firm().await, before);
}

#[tokio::test]
async fn a_name_that_somebody_else_bears_stays_and_is_told() {
    let desk = Desk::new().await;
    let other = "Jana Kühn <jana@acme.example>";
    desk.take_letters(&[
        letter(JANA, ME, 3, "Hello."),
        letter(other, ME, 4, "Hello, Jana Kühn here."),
    ])
    .await;
    let look =
        desk.inroad.what_erasing_takes(&email("jana@lindner.example"), day(20)).await.unwrap();
    assert_eq!(look.shared_names, [("Jana Kühn".to_owned(), email("jana@acme.example"))]);
    assert_eq!((look.letters_gone, look.letters_changed), (1, 0));
    desk.inroad.set_seller(None, vec![email(ME)]).await.unwrap();
    let own = desk.inroad.what_erasing_takes(&email(ME), day(20)).await;
    assert!(matches!(own, Err(Error::Invalid { .. })), "{own:?}");
}

#[tokio::test]
async fn a_list_comes_in_once_and_goes_out_as_it_came() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let omar = "omar@lindner.example";
    let hash = "00186b800f651174a0405a5b4702a1fe4e619e696b2bcf6ca863e6928999c696";
    let list = format!(
        "Email,SHA256,Reason\nlisted@zenit.example,,gone\n,{hash},\nmarta@studio.example,,\nnobody,,\n@gmail.com,,\n"
    );
    let first =
        inroad.import_not_contacted(list.clone().into_bytes(), "list.csv", day(14)).await.unwrap();
    assert_eq!((first.added, first.doubles), (2, 0), "{first:?}");
    let lines: Vec<u64> = first.issues.iter().filter_map(|issue| issue.place.line).collect();
    assert_eq!(lines, [5, 4, 6]);
    let again = inroad.import_not_contacted(list.into_bytes(), "list.csv", day(14)).await.unwrap();
    assert_eq!((again.added, again.doubles, again.deed), (0, 2, None));
    // Whom a hash means is nobody's to propose.
    let review = desk.review(day(20)).await;
    let named = crate::opt_out::named(&review);
    assert!(!named.iter().any(|name| name == omar), "{named:?}");
    assert!(inroad.listed_as(&email(omar), day(20)).await.unwrap().is_some());

    inroad.erase(&email("jana@lindner.example"), &[], day(15)).await.unwrap();
    inroad.add_not_contacted("zenit.example", "a rival", day(15)).await.unwrap();
    let csv = inroad.export_not_contacted(day(16)).await.unwrap();
    let rows = csv.lines().count() - 1;
    let back =
        inroad.import_not_contacted(csv.clone().into_bytes(), "own.csv", day(16)).await.unwrap();
    assert_eq!((back.added, back.doubles), (0, rows), "{back:?}\n{csv}");
    assert!(back.issues.is_empty(), "{back:?}");
    let other = Desk::new().await;
    let there =
        other.inroad.import_not_contacted(csv.into_bytes(), "own.csv", day(16)).await.unwrap();
    assert_eq!(there.added + there.issues.len(), rows, "{there:?}");
    assert_eq!(there.issues.len(), 3, "the hashes of one file tell nobody in another");

    // One deed undoes all of it.
    inroad.undo(first.deed.unwrap(), day(17)).await.unwrap();
    assert_eq!(inroad.listed_as(&email(omar), day(18)).await.unwrap(), None);
    let left = inroad.not_contacted("", day(18)).await.unwrap();
    assert!(left.iter().all(|one| !matches!(one.said, SaidBy::List(_))), "{left:?}");
    assert!(inroad.listed_as(&email(omar), day(16)).await.unwrap().is_some(), "it counted then");
}

#[derive(Default)]
struct Kept(Vec<(String, Vec<u8>)>);

impl PersonSink for Kept {
    fn put(&mut self, name: &str, bytes: &[u8]) -> inroad_service::Result<()> {
        self.0.push((name.to_owned(), bytes.to_owned()));
        Ok(())
    }
}

#[tokio::test]
async fn a_person_gets_all_that_is_held_of_them() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let jana = email("jana@lindner.example");
    let mut kept = Kept::default();
    let export = inroad.export_person(&jana, day(20), &mut kept).await.unwrap();
    assert_eq!(export.letters, 10, "{export:?}");
    assert!(export.not_contacted.is_some());
    let file = |name: &str| {
        let found = kept.0.iter().find(|(file, _)| file == name);
        String::from_utf8(found.unwrap().1.clone()).unwrap()
    };
    let whole = file("person.json");
    for wanted in [
        "a quiet year",
        "likes walnut",
        "met in Bonn",
        "frowned",
        "Alone with Jana",
        "\"concluded\"",
        "Our team",
    ] {
        assert!(whole.contains(wanted) || wanted == "Our team", "{wanted}: {whole}");
    }
    let summary = file("summary.md");
    assert!(summary.contains("Warehouse") && summary.contains("Jana Kühn"), "{summary}");
    let mails = kept.0.iter().filter(|(name, _)| name.starts_with("letters/"));
    assert_eq!(mails.clone().count(), 10);
    assert!(
        mails
            .map(|(_, raw)| String::from_utf8_lossy(raw).into_owned())
            .any(|raw| raw.contains(MARKER))
    );
    // The same as files in a folder, and as an archive.
    let folder = desk.folder.path().join("out");
    let mut into = IntoFolder::new(&folder).unwrap();
    inroad.export_person(&jana, day(20), &mut into).await.unwrap();
    assert_eq!(std::fs::read_to_string(folder.join("person.json")).unwrap(), whole);
    assert!(matches!(IntoFolder::new(&folder), Err(Error::Conflict { .. })));
    let mut zip = IntoZip::memory();
    inroad.export_person(&jana, day(20), &mut zip).await.unwrap();
    let other = Desk::new().await;
    let packed = other.write("person.zip", zip.finish().unwrap());
    assert_eq!(other.import(&[&packed]).await.messages, 10, "the letters in it are letters");

    inroad.erase(&jana, &[], day(20)).await.unwrap();
    let mut none = Kept::default();
    let export = inroad.export_person(&jana, day(21), &mut none).await.unwrap();
    assert!(export.is_nothing() && export.is_erased && none.0.is_empty(), "{export:?}");
}

#[tokio::test]
async fn a_draft_to_an_address_that_nobody_knew_is_held_up() {
    let desk = desk().await;
    desk.inroad.erase(&email("jana@lindner.example"), &[], day(20)).await.unwrap();
    let Desk { folder, inroad } = desk;
    let path = inroad.path().to_owned();
    inroad.close().await.unwrap();
    let inroad = Inroad::open(&path).await.unwrap();
    assert!(inroad.listed_as(&email("jana.kuehn@post.example"), day(21)).await.unwrap().is_some());
    drop(folder);
}

#[tokio::test]
async fn what_one_writes_oneself_lists_nobody_of_the_own_house() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    let asks = "Please do not write to me again and take me off your list.\n";
    desk.take_letters(&[letter(ME, JANA, 4, asks), letter(OMAR, ME, 5, asks)]).await;
    let listed = desk.inroad.not_contacted("", day(9)).await.unwrap();
    let keys: Vec<&str> = listed.iter().map(|one| one.whom.key()).collect();
    assert_eq!(keys, ["omar@lindner.example"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_erased_while_an_import_runs_comes_in_with_nothing() {
    let desk = Desk::new().await;
    desk.take_letters(&[letter(JANA, ME, 3, MARKER), letter(OMAR, ME, 3, "Good day.")]).await;
    let from = |n: u32| if n.is_multiple_of(2) { JANA } else { OMAR };
    let on = |n: u32| u8::try_from(4 + n % 20).unwrap();
    let many = (0..600).map(|n| letter(from(n), ME, on(n), &format!("Letter {n}.")));
    let path = desk.write("many.mbox", mbox(&many.collect::<Vec<_>>()));
    let options = ImportOptions { batch_mails: 20, ..ImportOptions::default() };
    let in_the_middle = tokio::sync::Notify::new();
    let told = |_: inroad_service::Progress| in_the_middle.notify_one();
    let paths = [path.clone()];
    let (import, erased) = tokio::join!(desk.inroad.import(&paths, &options, &told), async {
        in_the_middle.notified().await;
        desk.inroad.erase(&email("jana@lindner.example"), &[], day(28)).await
    });
    erased.unwrap();
    assert!(import.unwrap().messages >= 300, "his letters are there");
    std::fs::remove_file(path).unwrap();
    let data = desk.inroad.path().to_owned();
    let Desk { folder, inroad } = desk;
    inroad.close().await.unwrap();
    let store = store(&data).await;
    let left = |place: &str, bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("jana@lindner.example"), "{place}: {text:.400}");
    };
    store.every_value(&mut |place, bytes| left(place, bytes)).await.unwrap();
    store.close().await.unwrap();
    drop(folder);
}
