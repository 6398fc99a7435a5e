//! Archives that are written here by hand, and bytes that are none.

use proptest::prelude::*;

use super::*;

/// A header with its sum, of a member of that name, flag and size.
fn header(name: &str, flag: u8, size: &[u8]) -> Vec<u8> {
    let mut block = vec![0; BLOCK_BYTES];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[124..124 + size.len()].copy_from_slice(size);
    block[156] = flag;
    block[257..263].copy_from_slice(b"ustar\0");
    with_sum(block)
}

fn with_sum(mut block: Vec<u8>) -> Vec<u8> {
    block[148..156].copy_from_slice(b"        ");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block
}

fn member(name: &str, flag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = header(name, flag, format!("{:011o}\0", content.len()).as_bytes());
    bytes.extend_from_slice(content);
    bytes.resize(bytes.len().next_multiple_of(BLOCK_BYTES), 0);
    bytes
}

/// Names and contents of what is read, and the words of the error that ends it.
fn read(archive: &[u8]) -> (Vec<(String, TarKind, String)>, Option<String>) {
    let mut tar = Tar::new(archive);
    let mut found = Vec::new();
    loop {
        let member = match tar.next_member() {
            Ok(Some(member)) => member,
            Ok(None) => return (found, None),
            Err(error) => return (found, Some(error.to_string())),
        };
        let mut content = String::new();
        if let Err(error) = tar.read_to_string(&mut content) {
            return (found, Some(error.to_string()));
        }
        assert_eq!(content.len() as u64, member.bytes);
        found.push((member.name, member.kind, content));
    }
}

#[track_caller]
fn check(archive: &[Vec<u8>], expected: &[(&str, TarKind, &str)]) {
    let mut bytes = archive.concat();
    bytes.resize(bytes.len() + 1024, 0);
    let (found, error) = read(&bytes);
    assert_eq!(error, None);
    let found: Vec<_> = found.iter().map(|(n, k, c)| (n.as_str(), *k, c.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn members_of_each_kind() {
    let (file, folder) = (TarKind::File, TarKind::Folder);
    check(&[], &[]);
    check(
        &[member("a/", b'5', b""), member("a/b.mbox", b'0', b"From x"), member("c", 0, b"")],
        &[("a/", folder, ""), ("a/b.mbox", file, "From x"), ("c", file, "")],
    );
    check(
        &[member("up", b'2', b""), member("hard", b'1', b""), member("dev", b'3', b"")],
        &[("up", TarKind::Link, ""), ("hard", TarKind::Link, ""), ("dev", TarKind::Other, "")],
    );
}

#[test]
fn long_names_in_every_form() {
    let long = "folder/".repeat(40) + "a.mbox";
    let gnu = member("././@LongLink", b'L', format!("{long}\0").as_bytes());
    check(&[gnu, member("cut", b'0', b"x")], &[(&long, TarKind::File, "x")]);
    let line = format!("{} path={long}\n", long.len() + 10);
    let pax = member("PaxHeader", b'x', format!("12 mtime=17\n{line}").as_bytes());
    check(&[pax, member("cut", b'0', b"x")], &[(&long, TarKind::File, "x")]);
    let mut ustar = header("a.mbox", b'0', b"00000000000\0");
    ustar[345..351].copy_from_slice(b"folder");
    check(&[with_sum(ustar)], &[("folder/a.mbox", TarKind::File, "")]);
}

#[test]
fn sizes_in_every_form() {
    let mut binary = [0_u8; 12];
    (binary[0], binary[11]) = (0x80, 3);
    let mut bytes = header("a", b'0', &binary);
    bytes.extend_from_slice(b"abc");
    bytes.resize(1024, 0);
    check(&[bytes], &[("a", TarKind::File, "abc")]);
    // The size in a pax note counts, and not the one in the header.
    let mut bytes = member("PaxHeader", b'x', b"9 size=3\n");
    bytes.extend(header("a", b'0', b"00000000000\0"));
    bytes.extend_from_slice(b"abc");
    bytes.resize(2048, 0);
    check(&[bytes], &[("a", TarKind::File, "abc")]);
}

#[test]
fn what_is_broken_is_told() {
    let whole = member("a.mbox", b'0', &[b'x'; 700]);
    for (archive, expected) in [
        (&whole[..900], "breaks off"),
        (&whole[..300], "breaks off"),
        (&[7; 600][..], "no member"),
        (&header("a", b'0', &[0xFF; 12]), "no size"),
        (&member("", b'g', b"").repeat(NOTES_MAX + 1), "no end of notes"),
    ] {
        let (found, error) = read(archive);
        assert!(error.as_ref().is_some_and(|error| error.contains(expected)), "{error:?}");
        assert!(found.is_empty());
    }
    // Members before the fault were read.
    let mut two = whole.clone();
    two.extend_from_slice(&whole[..100]);
    assert_eq!(read(&two).0.len(), 1);
}

#[test]
fn a_name_without_end_is_cut() {
    let name = member("././@LongLink", b'L', &vec![b'a'; 3 << 20]);
    let (found, error) = read(&[name, member("cut", b'0', b"x")].concat());
    assert_eq!((found[0].0.len() as u64, error), (NAME_BYTES_MAX, None));
}

proptest! {
    #[test]
    fn any_bytes_end(pieces in prop::collection::vec(prop_oneof![
        prop::collection::vec(any::<u8>(), 0..600),
        (any::<u8>(), prop::collection::vec(any::<u8>(), 0..700))
            .prop_map(|(flag, content)| member("a", flag, &content)),
        prop::collection::vec(any::<u8>(), 12).prop_map(|size| header("a", b'0', &size)),
        "[0-9]{1,3} (path|size)=[0-9a-z]{0,9}\n".prop_map(|pax| member("p", b'x', pax.as_bytes())),
    ], 0..8)) {
        let archive = pieces.concat();
        let mut tar = Tar::new(&archive[..]);
        let mut content = Vec::new();
        while let Ok(Some(_)) = tar.next_member() {
            let _end = tar.read_to_end(&mut content);
        }
        prop_assert!(content.len() <= archive.len());
    }
}
