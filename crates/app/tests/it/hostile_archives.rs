//! Archives that were made to hurt, or that grew out of hand.

use std::io::Write;

use crate::hostile::{FROM, check, folder, megabytes, small_mail, write};
use crate::packing::zip;

fn good(number: u32) -> (String, Vec<Vec<u8>>) {
    (format!("{number}.mbox"), vec![small_mail(number).into_bytes()])
}

#[test]
fn a_member_that_unpacks_without_end() {
    let folder = folder();
    let path = folder.path().join("bomb.zip");
    let head = format!("{FROM}Subject: bomb\n\n").into_bytes();
    let bomb = std::iter::once(head).chain(megabytes("\0", 300)).collect();
    zip(&path, [good(1), ("bomb.mbox".to_owned(), bomb), good(2)]);
    check(&path, &["Imported 3 messages", "bomb.zip/bomb.mbox", "bytes longer than the"]);
}

#[test]
fn a_packed_tar_archive_that_unpacks_without_end() {
    let folder = folder();
    let path = folder.path().join("bomb.tgz");
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    // The length of a name that never ends.
    let mut head = [0_u8; 512];
    head[..6].copy_from_slice(b"a.mbox");
    head[124..135].copy_from_slice(b"77777777777");
    head[156] = b'L';
    head[257..265].copy_from_slice(b"ustar\x0000");
    head[148..156].copy_from_slice(b"        ");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    // Pieces of gzip, one behind the other, are one file.
    let endless = std::iter::repeat_n(packed(&vec![b'a'; 16 << 20]), 100);
    write(&path, std::iter::once(packed(&head)).chain(endless));
    let data = path.with_extension("db");
    let run = crate::program::inroad(&data, &["import".as_ref(), &path]);
    assert!(run.out.contains("The archive cannot be read behind member 0"), "{}", run.out);
    assert!(run.memory_mb_max.is_none_or(|megabytes| megabytes < 100), "{run:?}");
}

#[test]
fn very_many_members() {
    let folder = folder();
    let path = folder.path().join("many.zip");
    let mail = |number: u32| {
        let mail = small_mail(number).split_off(FROM.len());
        (format!("mail/{number}.eml"), [mail.into_bytes()])
    };
    let picture = |number: u32| (format!("photos/{number}.jpg"), [vec![0xFF, 0xD8, 0xFF, 0xE0, 0]]);
    zip(&path, (0..4000).map(mail).chain((0..20_000).map(picture)));
    check(&path, &["Read 4000 files", "Imported 4000 messages", "20000 files that are no mail"]);
}
