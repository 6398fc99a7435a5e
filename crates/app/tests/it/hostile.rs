//! Files that were made to hurt, or that grew out of hand: the import ends, says what was wrong,
//! takes in the rest, and stays within a bound of memory that does not depend on the file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::program::inroad;

/// What an import may take above what an import of one small mail takes.
const EXTRA_MEMORY_MB_MAX: u64 = 200;

pub(crate) const FROM: &str = "From jana@lindner.example Tue Mar  3 09:00:00 2026\n";

/// A folder that goes away at the end, on the disk of the build and not in memory.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

pub(crate) fn small_mail(number: u32) -> String {
    format!(
        "{FROM}From: jana@lindner.example\nTo: mo@seller.example\nSubject: {number}\n\
         Date: Tue, 3 Mar 2026 09:00:00 +0100\nMessage-ID: <{number}@lindner.example>\n\nHello\n\n"
    )
}

/// Writes a file piece by piece.
pub(crate) fn write(path: &Path, pieces: impl IntoIterator<Item = Vec<u8>>) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    for piece in pieces {
        file.write_all(&piece).unwrap();
    }
    file.flush().unwrap();
}

/// The same piece so often that it makes so many megabytes.
pub(crate) fn megabytes(piece: &str, count: usize) -> impl Iterator<Item = Vec<u8>> {
    let block = piece.repeat((1 << 20) / piece.len() + 1).into_bytes();
    std::iter::repeat_n(block, count)
}

/// Imports a file and checks that every expected line is printed, and the memory.
pub(crate) fn check(path: &Path, expected: &[&str]) {
    let data = path.with_extension("db");
    let run = inroad(&data, &[&PathBuf::from("import"), path]);
    println!(
        "{}: {:?} MB, {:.1} s\n{}",
        path.file_name().unwrap().to_string_lossy(),
        run.memory_mb_max,
        run.time.as_secs_f64(),
        run.out
    );
    assert!(run.success, "{}\n{}", run.out, run.errors);
    for line in expected {
        assert!(run.out.contains(line), "{line:?} is missing in:\n{}", run.out);
    }
    let Some(taken) = run.memory_mb_max else {
        println!("SKIPPED: the memory of a process is not told here");
        return;
    };
    let small = path.with_file_name("small.mbox");
    write(&small, [small_mail(1).into_bytes()]);
    let usual = inroad(&data.with_extension("small"), &[&PathBuf::from("import"), &small]);
    let extra = taken.saturating_sub(usual.memory_mb_max.unwrap());
    println!("{extra} MB more than usual");
    assert!(extra <= EXTRA_MEMORY_MB_MAX, "{extra} MB");
}

fn check_mbox(name: &str, middle: impl IntoIterator<Item = Vec<u8>>, expected: &[&str]) {
    let folder = folder();
    let path = folder.path().join(name);
    let first = std::iter::once(small_mail(1).into_bytes());
    let last = std::iter::once(small_mail(2).into_bytes());
    write(&path, first.chain(middle).chain(last));
    check(&path, expected);
}

fn attachment_head() -> Vec<u8> {
    format!(
        "{FROM}From: jana@lindner.example\nSubject: big\nMessage-ID: <big@lindner.example>\n\
         Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the film\n\
         --b\nContent-Type: video/mp4; name=film.mp4\nContent-Transfer-Encoding: base64\n\n"
    )
    .into_bytes()
}

const BASE64_LINE: &str =
    "AAECAwQFBgcICQoLAAECAwQFBgcICQoLAAECAwQFBgcICQoLAAECAwQFBgcICQoLAAECAwQFBgcI\r\n";

#[test]
fn an_attachment_of_500_megabytes() {
    let body = megabytes(BASE64_LINE, 500);
    let middle = std::iter::once(attachment_head()).chain(body).chain([b"--b--\n\n".to_vec()]);
    check_mbox("attachment.mbox", middle, &["Imported 3 messages", "bytes longer than the"]);
}

#[test]
fn a_message_of_300_megabytes_of_text() {
    let head = format!("{FROM}From: jana@lindner.example\nSubject: log\n\n").into_bytes();
    let body = megabytes("2026-03-03 09:00:00 the same line again and again\n", 300);
    let middle = std::iter::once(head).chain(body).chain([b"\n".to_vec()]);
    check_mbox("text.mbox", middle, &["Imported 3 messages", "bytes longer than the"]);
}

#[test]
fn one_line_of_300_megabytes() {
    let head = format!("{FROM}From: jana@lindner.example\nSubject: line\n\n").into_bytes();
    let body = megabytes("nolineend", 300);
    let middle = std::iter::once(head).chain(body).chain([b"\n\n".to_vec()]);
    check_mbox("line.mbox", middle, &["Imported 3 messages", "bytes longer than the"]);
}

/// Base64 that no packer makes smaller: four megabytes that do not repeat within its reach.
fn dense(seed: u32) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = seed;
    let mut block = Vec::with_capacity(4 << 20);
    while block.len() < 4 << 20 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        match block.len() % 78 {
            76 => block.extend_from_slice(b"\r\n"),
            _ => block.push(LETTERS[(state >> 26) as usize]),
        }
    }
    block
}

/// Mails that are just small enough to be read whole, one behind the other.
#[test]
fn many_large_messages() {
    let mails = (1..5u32).flat_map(|number| {
        let head = String::from_utf8(attachment_head()).unwrap();
        let head = head.replace("<big@", &format!("<{number}-big@")).into_bytes();
        std::iter::once(head)
            .chain(std::iter::repeat_n(dense(number), 16))
            .chain([b"--b--\n\n".to_vec()])
    });
    check_mbox("large.mbox", mails, &["Imported 6 messages"]);
}

#[test]
fn a_single_mail_of_300_megabytes() {
    let folder = folder();
    let path = folder.path().join("big.eml");
    let head = attachment_head().split_off(FROM.len());
    write(&path, std::iter::once(head).chain(megabytes(BASE64_LINE, 300)));
    check(&path, &["Imported 1 message", "larger than"]);
}

#[test]
fn packed_files_that_unpack_without_end() {
    let folder = folder();
    let path = folder.path().join("bomb.mbox.gz");
    let file = File::create(&path).unwrap();
    let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::best());
    packer.write_all(small_mail(1).as_bytes()).unwrap();
    packer.write_all(format!("{FROM}Subject: bomb\n\n").as_bytes()).unwrap();
    for piece in megabytes("\0", 300) {
        packer.write_all(&piece).unwrap();
    }
    packer.write_all(format!("\n\n{}", small_mail(2)).as_bytes()).unwrap();
    packer.finish().unwrap();
    check(&path, &["Imported 3 messages", "bytes longer than the"]);
}

/// A download that broke off costs what is missing of it, and nothing else.
#[test]
fn packed_files_that_break_off() {
    let folder = folder();
    let inner = folder.path().join("files");
    std::fs::create_dir(&inner).unwrap();
    for name in ["a.csv", "a.mbox", "a.eml"] {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let text = if name == "a.csv" {
            format!("First Name,Last Name,Email\n{}", "Jana,Kuehn,j@lindner.example\n".repeat(9000))
        } else {
            let mail = small_mail(1);
            mail.get(if name == "a.eml" { FROM.len() } else { 0 }..).unwrap().to_owned()
        };
        packer.write_all(text.as_bytes()).unwrap();
        packer.write_all(&dense(1)).unwrap();
        let packed = packer.finish().unwrap();
        std::fs::write(inner.join(format!("{name}.gz")), &packed[..packed.len() / 2]).unwrap();
    }
    std::fs::write(inner.join("b.csv"), "First Name,Last Name,Email\nTom,Wald,tom@x.example\n")
        .unwrap();
    std::fs::write(inner.join("b.mbox"), small_mail(2)).unwrap();
    check(
        &inner,
        &["Imported 2 messages", "Imported 1 contact.", "a.csv.gz", "a.mbox.gz", "a.eml.gz"],
    );
}

#[test]
fn lists_of_more_than_a_list_holds() {
    let folder = folder();
    let path = folder.path().join("people.csv");
    let head = b"First Name,Last Name,Email,Company,Title,Phone,Notes\n".to_vec();
    let rows = (0..300u32).map(|block| {
        let row = |number: u32| {
            format!(
                "Jana{number},Kuehn{block},jana{block}.{number}@lindner.example,Lindner {block} GmbH,\
                 Head of Purchasing for the whole north,+49 30 {block} {number},\
                 Met at the fair; likes short mails and long walks; has three offers and no budget before spring\n"
            )
        };
        (0..1000).map(row).collect::<String>().into_bytes()
    });
    write(&path, std::iter::once(head).chain(rows));
    check(&path, &["contacts", "larger than 40 MB"]);
}

#[test]
fn companies_of_more_than_a_list_holds() {
    let folder = folder();
    let path = folder.path().join("companies.csv");
    let head =
        b"Record ID,Company name,Company Domain Name,Industry,Number of Employees,Annual Revenue,\
        Street Address,City,Postal Code,Country/Region,Phone Number,Description\n"
            .to_vec();
    let rows = (0..300u32).map(|block| {
        let row = |number: u32| {
            format!(
                "{block}{number},Lindner {block} {number} GmbH,l{block}-{number}.example,CONSTRUCTION,350,\
                 12000000,Hauptstrasse {number},Bonn,53113,Germany,+49 30 {block} {number},Builds halls and \
                 bridges; has three offers and no budget before spring\n"
            )
        };
        (0..1000).map(row).collect::<String>().into_bytes()
    });
    write(&path, std::iter::once(head).chain(rows));
    check(&path, &["Imported ", " companies.", "larger than 40 MB"]);
}

#[test]
fn a_cell_of_100_megabytes() {
    let folder = folder();
    let path = folder.path().join("cell.csv");
    let head = b"First Name,Last Name,Email\nJana,Kuehn,jana@lindner.example\n\"".to_vec();
    let end = b"\",x,x@lindner.example\nTom,Wald,tom@lindner.example\n".to_vec();
    write(&path, std::iter::once(head).chain(megabytes("cell ", 100)).chain([end]));
    check(&path, &["Imported 1 contact", "larger than 40 MB"]);
}

#[test]
fn a_calendar_with_an_army_of_guests() {
    let folder = folder();
    let path = folder.path().join("guests.ics");
    let head = b"BEGIN:VCALENDAR\n".to_vec();
    let guest = "ATTENDEE;CN=Jana Kuehn;PARTSTAT=ACCEPTED:mailto:jana.kuehn@lindner.example\n";
    let events = (0..70u32).map(move |number| {
        let guests = guest.repeat((1 << 20) / guest.len() - 2);
        format!("BEGIN:VEVENT\nUID:{number}\nDTSTART:20260303T090000Z\n{guests}END:VEVENT\n")
            .into_bytes()
    });
    write(&path, std::iter::once(head).chain(events));
    check(&path, &["calendar entr"]);
}

#[test]
fn a_calendar_of_very_many_entries() {
    let folder = folder();
    let path = folder.path().join("many.ics");
    let head = b"BEGIN:VCALENDAR\n".to_vec();
    let events = (0..700u32).map(|block| {
        let event = |number: u32| {
            format!("BEGIN:VEVENT\nUID:{block}-{number}\nDTSTART:20260303T090000Z\nSUMMARY:s\nEND:VEVENT\n")
        };
        (0..1000).map(event).collect::<String>().into_bytes()
    });
    write(&path, std::iter::once(head).chain(events));
    check(&path, &["calendar entries", "more than 250000"]);
}

#[test]
fn a_card_with_a_picture_of_50_megabytes() {
    let folder = folder();
    let path = folder.path().join("cards.vcf");
    let head =
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Jana Kuehn\nEMAIL:jana@lindner.example\nPHOTO;ENCODING=b:"
            .to_vec();
    let end = b"\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Tom Wald\nEND:VCARD\n".to_vec();
    write(&path, std::iter::once(head).chain(megabytes("AAECAwQF\r\n ", 50)).chain([end]));
    check(&path, &["Imported 2 contacts"]);
}

#[test]
fn a_deals_file_of_brackets() {
    let folder = folder();
    let path = folder.path().join("deals.json");
    let head = br#"{"me":{"emails":[]},"deals":"#.to_vec();
    write(&path, std::iter::once(head).chain(megabytes("[", 70)));
    check(&path, &["Read 1 file", "problem"]);
}
