//! Archives as they come from Google Takeout are read in place; what is wrong in one is told with
//! the member's name, and the rest comes in.

use inroad_service::ImportReport;

use crate::desk::{Desk, day, review_of_file};
use crate::letters::{ME, letter, mbox, usual};
use crate::packed::{Member, gzip, member, tar, zip};

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:m1\r\n\
    DTSTAMP:20260301T090000Z\r\nDTSTART:20260401T090000Z\r\nSUMMARY:Board\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";
const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jana Kühn\r\n\
    EMAIL:jana@lindner.example\r\nEND:VCARD\r\n";
const TABLE: &str = "First Name,Last Name,Email\nTom,Wald,tom@x.example\n";

/// What Takeout puts into an archive, with a picture that is of no use here.
fn takeout() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("Takeout/Mail/All mail Including Spam and Trash.mbox", mbox(&usual()).into_bytes()),
        ("Takeout/Calendar/marta@studio.example.ics", CALENDAR.into()),
        ("Takeout/Contacts/All Contacts/All Contacts.vcf", CARD.into()),
        ("Takeout/Contacts/All Contacts/All Contacts.csv", TABLE.into()),
        ("Takeout/Contacts/All Contacts/photo.jpg", vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 1]),
    ]
}

fn as_zip() -> Vec<u8> {
    zip(&takeout().iter().map(|(name, content)| member(name, content)).collect::<Vec<_>>())
}

fn as_tar() -> Vec<u8> {
    let members = takeout();
    let folder = [("Takeout/", b'5', &[][..])];
    let files = members.iter().map(|(name, content)| (*name, b'0', content.as_slice()));
    tar(&folder.into_iter().chain(files).collect::<Vec<_>>())
}

fn said(report: &ImportReport) -> String {
    report.issues.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_takeout_comes_in_as_it_is_and_once() {
    for (name, archive) in
        [("takeout.zip", as_zip()), ("takeout.tgz", gzip(&as_tar())), ("takeout.tar", as_tar())]
    {
        let desk = Desk::new().await;
        let path = desk.write(name, archive);
        let figures = |r: &ImportReport| (r.files, r.messages, r.events, r.contacts, r.issue_count);
        let expected = (4, usual().len(), 1, 2, 1);
        let rehearsed = desk.rehearse(&[&path]).await;
        assert_eq!(figures(&rehearsed), expected, "{name}: {}", said(&rehearsed));
        let report = desk.import(&[&path]).await;
        assert_eq!(figures(&report), expected, "{name}: {}", said(&report));
        assert!(said(&report).contains(&format!("{name}: 1 file that is no mail")), "{name}");
        let digest = desk.inroad.diagnose().await.unwrap().digest;
        let again = desk.import(&[&path]).await;
        assert_eq!(figures(&again), (4, 0, 0, 0, 1), "{name}");
        assert_eq!(desk.inroad.diagnose().await.unwrap().digest, digest);
        let reviewed = review_of_file(&path, None, day(20));
        assert_eq!(reviewed.deals.len(), 2, "{name}");
    }
}

#[tokio::test]
async fn several_parts_and_an_unpacked_folder_are_one_mailbox() {
    let desk = Desk::new().await;
    let letters = usual();
    let (first, second) = letters.split_at(9);
    for (number, letters) in [(1, first), (2, second)] {
        let part = zip(&[member("Takeout/Mail/a.mbox", mbox(letters))]);
        desk.write(&format!("parts/takeout-00{number}.zip"), part);
    }
    desk.write("parts/Takeout/Mail/a.mbox", mbox(&letters));
    let report = desk.import(&[&desk.folder.path().join("parts")]).await;
    assert_eq!((report.messages, report.message_doubles), (letters.len(), letters.len()));
}

#[tokio::test]
async fn single_mails_lie_in_archives_too() {
    let desk = Desk::new().await;
    let mails: Vec<(String, Vec<u8>)> = usual()
        .iter()
        .enumerate()
        .map(|(n, letter)| {
            let text = mbox(std::slice::from_ref(letter));
            let (_, mail) = text.split_once('\n').unwrap();
            (format!("mail/cur/{n}:2,S"), mail.as_bytes().to_vec())
        })
        .collect();
    let members: Vec<_> =
        mails.iter().map(|(name, mail)| (name.as_str(), b'0', mail.as_slice())).collect();
    let packed =
        gzip(&mbox(&[letter("jana@lindner.example", ME, 20, "packed twice")]).into_bytes());
    let all = [members, vec![("more.mbox.gz", b'0', packed.as_slice())]].concat();
    assert_eq!(desk.take("mails.tar.gz", gzip(&tar(&all))).await.messages, usual().len() + 1);
}

/// Imports an archive with a good mailbox before and behind some members, and checks what is said.
async fn check(members: &[Member], expected: &[&str]) {
    let desk = Desk::new().await;
    let letters = usual();
    let mut all = vec![member("a.mbox", mbox(&letters[..5]))];
    all.extend_from_slice(members);
    all.push(member("z.mbox", mbox(&letters[5..])));
    let report = desk.take("archive.zip", zip(&all)).await;
    assert_eq!(report.messages, letters.len(), "{}", said(&report));
    for words in expected {
        assert!(said(&report).contains(words), "{words} is missing in {}", said(&report));
    }
    assert_eq!(report.issue_count, expected.len(), "{}", said(&report));
}

#[tokio::test]
async fn members_that_cannot_be_read_are_told_by_name() {
    let secret = Member { flags: 1, ..member("secret.mbox", "From x") };
    check(std::slice::from_ref(&secret), &["archive.zip/secret.mbox: This member is encrypted"])
        .await;
    let many = [secret.clone(), secret.clone(), secret];
    check(&many, &["secret.mbox: This member is encrypted, and so are 2 more"]).await;
    let bzip2 = Member { method: 12, packed: Some(vec![1; 9]), ..member("b.mbox", "From x") };
    check(&[bzip2], &["b.mbox: This member is packed in a way that is not known"]).await;
    let damaged = Member { packed: Some(vec![0xFF; 90]), ..member("d.mbox", "From x") };
    check(&[damaged], &["d.mbox: This member is damaged"]).await;
}

/// What is far beyond all mail is not begun with.
#[tokio::test]
async fn archives_that_unpack_without_end_are_told() {
    let desk = Desk::new().await;
    let bomb = Member { told_bytes: Some(2 << 30), ..member("bomb.mbox", "From x") };
    let members = [member("a.mbox", mbox(&usual())), bomb, member("z.mbox", "From x")];
    let report = desk.take("archive.zip", zip(&members)).await;
    assert_eq!((report.messages, report.issue_count), (usual().len(), 1), "{}", said(&report));
    let words = "archive.zip/bomb.mbox: The archive unpacks to far more than mail does";
    assert!(said(&report).contains(words), "{}", said(&report));
}

#[tokio::test]
async fn names_and_links_that_lead_out_are_told() {
    for name in ["../../up.mbox", "/etc/abs.mbox", "a\\..\\b.mbox", "C:/c.mbox"] {
        let words = format!("{name}: The name of this member leads out");
        check(&[member(name, "From x")], &[&words]).await;
    }
    let link = Member { mode: 0o120_777, ..member("link.mbox", "/etc/passwd") };
    check(&[link], &["link.mbox: This member is a link"]).await;
    let long = "n".repeat(3000);
    check(&[member(&long, "From x")], &["The name of this member is too long"]).await;
    let odd = member("a\u{1b}[31m\n.zip", zip(&[]));
    check(&[odd], &["archive.zip/a\u{fffd}[31m\u{fffd}.zip: This member is an archive"]).await;
}

#[tokio::test]
async fn an_archive_in_an_archive_is_told() {
    let inner = tar(&[("a.mbox", b'0', b"From x")]);
    for (name, content) in [
        ("in.zip", zip(&[member("a.mbox", "From x")])),
        ("in.tar", inner.clone()),
        ("in.tgz", gzip(&inner)),
    ] {
        let words = format!("{name}: This member is an archive inside the archive");
        check(&[member(name, content)], &[&words]).await;
    }
}

#[tokio::test]
async fn content_that_is_not_what_the_table_says_is_told() {
    let text = mbox(&[letter("jana@lindner.example", ME, 25, &"word ".repeat(9000))]);
    let cut = Member { told_bytes: Some(20_000), ..member("lies.mbox", &text) };
    let desk = Desk::new().await;
    let report = desk.take("archive.zip", zip(&[cut, member("z.mbox", mbox(&usual()))])).await;
    assert!(report.messages >= usual().len(), "{}", said(&report));
    assert!(said(&report).contains("lies.mbox"), "{}", said(&report));
    assert!(said(&report).contains("the archive is damaged here"), "{}", said(&report));
}

#[tokio::test]
async fn archives_that_break_off_are_told() {
    let desk = Desk::new().await;
    let whole = as_zip();
    let report = desk.take("cut.zip", &whole[..whole.len() - 40]).await;
    assert!(said(&report).contains("cut.zip: The archive is not whole"), "{}", said(&report));
    let whole = as_tar();
    for cut in [gzip(&whole[..1500]), gzip(&whole)[..1200].to_vec(), whole[..1500].to_vec()] {
        let report = desk.take("cut.tgz", cut).await;
        assert!(said(&report).contains("cut.tgz"), "{}", said(&report));
        assert!(said(&report).contains("The archive cannot be read behind"), "{}", said(&report));
    }
    assert!(desk.inroad.diagnose().await.unwrap().health.faults.is_empty());
}

#[tokio::test]
async fn links_in_a_tar_archive_are_told() {
    let desk = Desk::new().await;
    let archive = tar(&[
        ("up", b'2', b""),
        ("../a.mbox", b'0', b"From x"),
        ("a.mbox", b'0', mbox(&usual()).as_bytes()),
    ]);
    let report = desk.take("a.tar.gz", gzip(&archive)).await;
    assert_eq!((report.messages, report.issue_count), (usual().len(), 2), "{}", said(&report));
    assert!(said(&report).contains("a.tar.gz/up: This member is a link"), "{}", said(&report));
}

#[tokio::test]
async fn documents_in_a_folder_are_counted_as_files_of_no_use() {
    let desk = Desk::new().await;
    desk.write("in/a.docx", zip(&[member("[Content_Types].xml", "<x/>"), member("a.xml", "<x/>")]));
    desk.write("in/b.xlsx", zip(&[member("[Content_Types].xml", "<x/>")]));
    desk.write("in/mail.mbox", mbox(&usual()));
    let report = desk.import(&[&desk.folder.path().join("in")]).await;
    assert_eq!(report.issue_count, 1, "{}", said(&report));
    assert!(said(&report).contains("in: 2 files that are no mail"), "{}", said(&report));
}

#[tokio::test]
async fn an_empty_archive_says_so() {
    let desk = Desk::new().await;
    for (name, archive) in [("a.zip", zip(&[])), ("b.tgz", gzip(&tar(&[("a/", b'5', b"")])))] {
        let report = desk.take(name, archive).await;
        assert!(said(&report).contains("nothing to import in this archive"), "{}", said(&report));
    }
}
