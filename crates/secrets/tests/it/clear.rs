//! No secret and no passphrase stands in clear in any file, error or `Debug`.

use std::path::Path;

use inroad_secrets::{Cost, Key, Passphrase, SealedFile, Secret, Vault};

use crate::{passphrase, password_of, secret, words};

const SECRET: &str = "hunter2-swordfish";
const WORDS: &str = "four plain words here";

/// Both, whole and in halves: a part is too much, too.
fn check(what: &str, text: &[u8]) {
    for clear in [SECRET, "hunter2", "swordfish", WORDS, "four plain", "words here"] {
        let found = text.windows(clear.len()).any(|window| window == clear.as_bytes());
        assert!(!found, "{what} holds {clear}: {}", String::from_utf8_lossy(text));
    }
}

fn check_folder(folder: &Path) {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        check(&path.display().to_string(), &std::fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn nothing_stands_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    let mut file = SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap();
    file.put(&password_of("mail"), secret(SECRET)).unwrap();
    check_folder(folder.path());
    file.change_passphrase(&words("other words altogether"), Cost::LEAST).unwrap();
    check_folder(folder.path());
    let key = Key::new(&passphrase(), Cost::LEAST).unwrap();
    let debug = format!("{:#?} {:?} {:?} {:?}", file, key, passphrase(), secret(SECRET));
    check("Debug", debug.as_bytes());
    check("Debug of what was read", format!("{:?}", file.get(&password_of("mail"))).as_bytes());

    let mut told = Vec::new();
    told.push(format!("{:?}", SealedFile::open(&path, &passphrase())));
    let bytes = std::fs::read(&path).unwrap();
    for length in (0..bytes.len()).step_by(13) {
        std::fs::write(&path, &bytes[..length]).unwrap();
        for error in [file.get(&password_of("mail")).map(|_| ()), file.names().map(|_| ())] {
            told.push(format!("{error:?} {:?}", error.as_ref().map_err(ToString::to_string)));
        }
        told.push(format!("{:?}", file.put(&password_of("mail"), secret(SECRET))));
    }
    told.push(format!("{:?}", Vault::Sealed(file)));
    // Texts that are refused because something stands in or behind them.
    let long = SECRET.repeat(2_000);
    for bad in [format!("{SECRET}\0"), format!("{SECRET}\n{SECRET}"), long] {
        let error = Secret::new(bad.clone()).unwrap_err();
        told.push(format!("{error:?} {error}"));
        let error = Passphrase::new(format!("{WORDS}\n{bad}")).unwrap_err();
        told.push(format!("{error:?} {error}"));
    }
    assert!(told.len() > 50);
    for text in &told {
        check("A text", text.as_bytes());
    }
}
