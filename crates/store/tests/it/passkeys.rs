//! Passkeys of those who work here: kept while they are signed in, shown once each time, and gone with what they came
//! in by. A browser that was asked answers once.

use inroad_model::{EmailAddress, Member, MemberRole};
use inroad_store::{
    LoginRow, NewPasskey, NewPasskeyRequest, NewSession, PasskeyKept, SignedInBy, Store,
};
use tempfile::TempDir;

use crate::lessons::day;

/// A store in which Mia works, who has a password and is signed in at a browser.
async fn store() -> (TempDir, Store, EmailAddress, i64) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    let (mia, session) = works_here(&store, "mia", 1).await;
    (folder, store, mia, session)
}

async fn works_here(store: &Store, name: &str, hash: u8) -> (EmailAddress, i64) {
    let email: EmailAddress = format!("{name}@studio.example").parse().unwrap();
    let member = Member::new(email.clone(), name, [MemberRole::Seller], None).unwrap();
    store.put_member(&member, day(1)).await.unwrap();
    sets_up(store, &email, "hash", hash).await;
    let session = session(&email, SignedInBy::Password("hash"), hash);
    let number = store.add_session(&as_new(&session)).await.unwrap().unwrap();
    (email, number)
}

async fn sets_up(store: &Store, email: &EmailAddress, password_hash: &str, link: u8) {
    store.put_invitation(Some(email), &[link; 32], day(1), day(9)).await.unwrap();
    let login = LoginRow {
        whose: Some(email.clone()),
        email: email.clone(),
        password_hash: password_hash.to_owned(),
        told_at: day(2),
        second: String::new(),
    };
    assert!(store.put_login(&login, &[link; 32]).await.unwrap());
}

struct Session<'a> {
    whose: &'a EmailAddress,
    by: SignedInBy<'a>,
    hash: [u8; 32],
}

fn session<'a>(whose: &'a EmailAddress, by: SignedInBy<'a>, hash: u8) -> Session<'a> {
    Session { whose, by, hash: [hash; 32] }
}

fn as_new<'a>(session: &'a Session<'a>) -> NewSession<'a> {
    NewSession {
        whose: Some(session.whose),
        hash: &session.hash,
        at: day(3),
        expires_at: day(9),
        awaits_code: false,
        details: "{}",
        by: session.by,
    }
}

fn passkey<'a>(whose: &'a EmailAddress, session: i64, credential: &'a [u8]) -> NewPasskey<'a> {
    NewPasskey {
        whose: Some(whose),
        session,
        credential,
        handle: &[7; 16],
        key: "k0",
        at: day(3),
        details: "{}",
    }
}

async fn kept(store: &Store, whose: &EmailAddress, session: i64, credential: &[u8]) -> i64 {
    match store.add_passkey(&passkey(whose, session, credential)).await.unwrap() {
        PasskeyKept::Kept(number) => number,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn one_is_kept_of_somebody_who_is_signed_in() {
    let (_folder, store, mia, at) = store().await;
    let (tom, tom_at) = works_here(&store, "tom", 2).await;
    let elsewhere = store.add_passkey(&passkey(&mia, tom_at, b"c1")).await.unwrap();
    assert_eq!(elsewhere, PasskeyKept::Nowhere, "at somebody else's browser");
    let number = kept(&store, &mia, at, b"c1").await;
    let again = store.add_passkey(&passkey(&tom, tom_at, b"c1")).await.unwrap();
    assert_eq!(again, PasskeyKept::Taken);
    let row = store.passkey(b"c1").await.unwrap().unwrap();
    assert_eq!((row.number, row.used_at, row.handle), (number, None, vec![7; 16]));
    assert!(store.passkey(b"c2").await.unwrap().is_none());
    assert_eq!(store.passkeys_of(Some(&tom)).await.unwrap().len(), 0);
}

#[tokio::test]
async fn of_two_that_were_shown_at_once_one_counts() {
    let (_folder, store, mia, at) = store().await;
    let number = kept(&store, &mia, at, b"c1").await;
    assert!(store.passkey_shown(number, "k0", "k1", day(4)).await.unwrap());
    assert!(!store.passkey_shown(number, "k0", "k1", day(4)).await.unwrap());
    let row = store.passkey(b"c1").await.unwrap().unwrap();
    assert_eq!((row.key.as_str(), row.used_at), ("k1", Some(day(4))));
}

#[tokio::test]
async fn a_browser_is_signed_in_by_a_passkey_that_is_theirs_and_still_there() {
    let (_folder, store, mia, at) = store().await;
    let (tom, _) = works_here(&store, "tom", 2).await;
    let number = kept(&store, &mia, at, b"c1").await;
    let by = SignedInBy::Passkey(number);
    assert!(store.add_session(&as_new(&session(&mia, by, 3))).await.unwrap().is_some());
    assert!(store.add_session(&as_new(&session(&tom, by, 4))).await.unwrap().is_none());
    assert!(!store.remove_passkey(Some(&tom), number, None).await.unwrap());
    assert!(store.remove_passkey(Some(&mia), number, Some(at)).await.unwrap());
    let left = store.sessions_of(Some(&mia), day(4)).await.unwrap();
    assert_eq!(left.iter().map(|row| row.number).collect::<Vec<_>>(), [at]);
    assert!(store.add_session(&as_new(&session(&mia, by, 5))).await.unwrap().is_none());
}

#[tokio::test]
async fn the_only_way_in_stays() {
    let (_folder, store, mia, _) = store().await;
    // One whose password is no more than a way that was taken back.
    sets_up(&store, &mia, "", 6).await;
    let by = SignedInBy::Password("");
    let at = store.add_session(&as_new(&session(&mia, by, 7))).await.unwrap().unwrap();
    let first = kept(&store, &mia, at, b"c1").await;
    assert!(!store.remove_passkey(Some(&mia), first, Some(at)).await.unwrap());
    let second = kept(&store, &mia, at, b"c2").await;
    assert!(store.remove_passkey(Some(&mia), first, Some(at)).await.unwrap());
    assert!(!store.remove_passkey(Some(&mia), second, Some(at)).await.unwrap());
}

#[tokio::test]
async fn they_go_with_a_new_login_and_with_whoever_leaves() {
    let (_folder, store, mia, at) = store().await;
    let (tom, tom_at) = works_here(&store, "tom", 2).await;
    kept(&store, &mia, at, b"c1").await;
    kept(&store, &tom, tom_at, b"c2").await;
    assert!(store.shut_out(&mia, day(4)).await.unwrap());
    assert!(store.passkey(b"c1").await.unwrap().is_some(), "as a password, it stays");
    sets_up(&store, &mia, "other", 8).await;
    assert!(store.passkey(b"c1").await.unwrap().is_none());
    assert!(store.member_leaves(&tom, day(4)).await.unwrap());
    assert!(store.passkey(b"c2").await.unwrap().is_none());
    assert!(store.passkeys_of(Some(&tom)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_browser_answers_once_and_in_time() {
    let (_folder, store, _, _) = store().await;
    let asked = NewPasskeyRequest {
        browser_hash: &[1; 32],
        at: day(2),
        expires_at: day(3),
        details: "what it was asked",
    };
    store.add_passkey_request(&asked).await.unwrap();
    assert_eq!(store.take_passkey_request(&[2; 32], day(2)).await.unwrap(), None);
    let taken = store.take_passkey_request(&[1; 32], day(2)).await.unwrap();
    assert_eq!(taken.as_deref(), Some("what it was asked"));
    assert_eq!(store.take_passkey_request(&[1; 32], day(2)).await.unwrap(), None);
    store.add_passkey_request(&asked).await.unwrap();
    assert_eq!(store.take_passkey_request(&[1; 32], day(3)).await.unwrap(), None, "too late");
}
