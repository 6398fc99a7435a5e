//! Round trips and rubbish.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use inroad_secrets::sealed::{Sealed, seal};
use inroad_secrets::{Cost, Key, Secret, SecretKind, SecretName};
use proptest::prelude::*;

use crate::passphrase;

static KEY: LazyLock<Key> = LazyLock::new(|| Key::new(&passphrase(), Cost::LEAST).unwrap());

fn names() -> impl Strategy<Value = SecretName> {
    let kinds = [
        SecretKind::Password,
        SecretKind::AccessToken,
        SecretKind::RefreshToken,
        SecretKind::ClientSecret,
    ];
    ("[a-z0-9._-]{1,64}", prop::sample::select(kinds.to_vec()))
        .prop_map(|(connection, kind)| SecretName::new(&connection, kind).unwrap())
}

proptest! {
    #[test]
    fn what_is_sealed_is_opened(
        texts in prop::collection::btree_map(names(), "\\PC{1,300}", 0..6),
        generation: u64,
    ) {
        let secrets: BTreeMap<SecretName, Secret> = texts
            .iter()
            .filter_map(|(name, text)| Some((name.clone(), Secret::new(text.clone()).ok()?)))
            .collect();
        let bytes = seal(&secrets, &KEY, generation).unwrap();
        let sealed = Sealed::read(&bytes).unwrap();
        prop_assert_eq!(sealed.generation(), generation);
        prop_assert!(sealed.names().eq(secrets.keys()));
        let opened = sealed.open(&KEY).unwrap();
        for (name, secret) in &secrets {
            let found = opened.get(name).unwrap().unwrap();
            prop_assert_eq!(found.expose(), secret.expose());
        }
        prop_assert_eq!(opened.all().unwrap().len(), secrets.len());
    }

    #[test]
    fn lengths_are_not_told(text in "[a-z]{1,124}") {
        let name: SecretName = "mail/password".parse().unwrap();
        let length_of = |text: String| {
            let secrets = BTreeMap::from([(name.clone(), Secret::new(text).unwrap())]);
            seal(&secrets, &KEY, 1).unwrap().len()
        };
        prop_assert_eq!(length_of(text), length_of("x".to_owned()));
    }

    #[test]
    fn rubbish_is_no_file(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Sealed::read(&bytes).is_err());
        let begun = [b"inroad-secrets\r\n\x01".as_slice(), &bytes].concat();
        prop_assert!(Sealed::read(&begun).is_err());
    }
}
