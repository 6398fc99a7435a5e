//! The keyring, with a store in memory in the place of the system's.

use inroad_secrets::{Keyring, SecretKind, SecretName, Vault, VaultError};

use crate::{password_of, secret};

#[test]
fn what_is_kept_comes_back() {
    let store = keyring_core::mock::Store::new().unwrap();
    let vault = Vault::Keyring(Keyring::with(store.clone(), "file-1").unwrap());
    let other = Vault::Keyring(Keyring::with(store, "file-2").unwrap());
    assert!(vault.names().unwrap().is_empty());
    let token = SecretName::new("mail", SecretKind::RefreshToken).unwrap();
    vault.put(&password_of("mail"), secret("first")).unwrap();
    vault.put(&password_of("mail"), secret("second")).unwrap();
    vault.put(&token, secret("1//token")).unwrap();
    assert_eq!(vault.names().unwrap(), [password_of("mail"), token.clone()]);
    assert_eq!(vault.get(&password_of("mail")).unwrap().unwrap().expose(), "second");
    assert!(other.names().unwrap().is_empty());
    assert!(other.get(&token).unwrap().is_none());
    assert!(vault.remove(&token).unwrap());
    assert!(!vault.remove(&token).unwrap());
    assert!(vault.remove(&password_of("mail")).unwrap());
    assert!(vault.names().unwrap().is_empty());
    assert!(!format!("{vault:?}").contains("second"));
}

#[test]
fn a_scope_is_a_plain_name() {
    let store = keyring_core::mock::Store::new().unwrap();
    for bad in ["", "a/b", "ä", &"x".repeat(65)] {
        let found = Keyring::with(store.clone(), bad);
        assert!(matches!(found, Err(VaultError::Keyring { .. })), "{bad:?}");
    }
}
