//! One sealed file through its life.

use inroad_secrets::{Cost, SealedFile, SecretKind, SecretName, Vault, VaultError};

use crate::{passphrase, password_of, secret, words};

#[test]
fn what_is_kept_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    let vault = Vault::Sealed(SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap());
    assert!(vault.names().unwrap().is_empty());
    let token = SecretName::new("mail", SecretKind::AccessToken).unwrap();
    vault.put(&password_of("mail"), secret("first")).unwrap();
    vault.put(&token, secret("ya29.token")).unwrap();
    vault.put(&password_of("mail"), secret("second")).unwrap();

    let again = Vault::Sealed(SealedFile::open(&path, &passphrase()).unwrap());
    assert_eq!(again.names().unwrap(), [password_of("mail"), token.clone()]);
    assert_eq!(again.get(&password_of("mail")).unwrap().unwrap().expose(), "second");
    assert_eq!(again.get(&token).unwrap().unwrap().expose(), "ya29.token");
    assert!(again.get(&password_of("other")).unwrap().is_none());
    assert!(again.remove(&token).unwrap());
    assert!(!again.remove(&token).unwrap());
    // The first one sees what the second did.
    assert_eq!(vault.names().unwrap(), [password_of("mail")]);
    assert!(vault.get(&token).unwrap().is_none());
}

#[test]
fn names_need_no_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    let file = SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap();
    file.put(&password_of("mail"), secret("hunter2")).unwrap();
    assert_eq!(SealedFile::names_in(&path).unwrap(), [password_of("mail")]);
}

#[test]
fn the_usual_cost_opens_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    SealedFile::create(&path, &passphrase(), Cost::USUAL)
        .unwrap()
        .put(&password_of("mail"), secret("hunter2"))
        .unwrap();
    let file = SealedFile::open(&path, &passphrase()).unwrap();
    assert_eq!(file.get(&password_of("mail")).unwrap().unwrap().expose(), "hunter2");
}

#[test]
fn errors_tell_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    let open = |words: &inroad_secrets::Passphrase| SealedFile::open(&path, words);
    assert!(matches!(open(&passphrase()), Err(VaultError::Missing { .. })));
    let file = SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap();
    let twice = SealedFile::create(&path, &passphrase(), Cost::LEAST);
    assert!(matches!(twice, Err(VaultError::AlreadyThere { .. })));
    let wrong = open(&words("four plain words hers"));
    assert!(matches!(wrong, Err(VaultError::WrongPassphrase { .. })), "{wrong:?}");
    std::fs::write(&path, b"").unwrap();
    let empty = file.get(&password_of("mail"));
    assert!(matches!(empty, Err(VaultError::Damaged { .. })), "{empty:?}");
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(file.names(), Err(VaultError::Missing { .. })));
}

#[test]
fn another_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    let mut file = SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap();
    file.put(&password_of("mail"), secret("hunter2")).unwrap();
    let elsewhere = SealedFile::open(&path, &passphrase()).unwrap();
    let dearer = Cost::new(64, 2, 2).unwrap();
    file.change_passphrase(&words("other words altogether"), dearer).unwrap();

    assert_eq!(file.get(&password_of("mail")).unwrap().unwrap().expose(), "hunter2");
    let former = SealedFile::open(&path, &passphrase());
    assert!(matches!(former, Err(VaultError::WrongPassphrase { .. })), "{former:?}");
    SealedFile::open(&path, &words("other words altogether")).unwrap();
    // Who has the former key neither reads nor overwrites.
    let late = elsewhere.put(&password_of("mail"), secret("lost"));
    assert!(matches!(late, Err(VaultError::WrongPassphrase { .. })), "{late:?}");
    assert_eq!(file.get(&password_of("mail")).unwrap().unwrap().expose(), "hunter2");
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    let file = SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap();
    file.put(&password_of("mail"), secret("hunter2")).unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.file_name());
    }
    for mode in [0o640, 0o604, 0o610, 0o620, 0o666] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let opened = SealedFile::open(&path, &passphrase());
        let told =
            matches!(&opened, Err(VaultError::OpenToOthers { mode: found, .. }) if *found == mode);
        assert!(told, "{mode:o}: {opened:?}");
        assert!(file.put(&password_of("mail"), secret("x")).is_err());
    }
}

#[cfg(unix)]
#[test]
fn a_passphrase_from_a_file() {
    use inroad_secrets::Passphrase;
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words");
    let mode =
        |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    assert!(matches!(Passphrase::from_file(&path), Err(VaultError::Missing { .. })));
    std::fs::write(&path, "four plain words here\n").unwrap();
    mode(0o644);
    assert!(matches!(Passphrase::from_file(&path), Err(VaultError::OpenToOthers { .. })));
    mode(0o600);
    let sealed = folder.path().join("passwords.sealed");
    SealedFile::create(&sealed, &passphrase(), Cost::LEAST).unwrap();
    SealedFile::open(&sealed, &Passphrase::from_file(&path).unwrap()).unwrap();
    for bad in ["", "short\n", "two lines\nof words\n", &"x".repeat(2_000)] {
        std::fs::write(&path, bad).unwrap();
        let found = Passphrase::from_file(&path);
        assert!(matches!(found, Err(VaultError::NoPassphrase { .. })), "{bad:?}: {found:?}");
    }
    std::fs::write(&path, [0xff; 20]).unwrap();
    assert!(matches!(Passphrase::from_file(&path), Err(VaultError::NoPassphrase { .. })));
}

#[test]
fn two_writers_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords.sealed");
    SealedFile::create(&path, &passphrase(), Cost::LEAST).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let file = SealedFile::open(path, &passphrase()).unwrap();
                for turn in 0..10 {
                    file.put(&password_of(&format!("c{writer}-{turn}")), secret("x")).unwrap();
                }
            });
        }
    });
    assert_eq!(SealedFile::names_in(&path).unwrap().len(), 40);
}
