//! As whom identity providers know somebody: one a person and provider, known by what still holds; browsers that were
//! sent come back once.

use inroad_model::{EmailAddress, Member, MemberRole, Moment};
use inroad_store::{
    IdentityKept, KnownBy, LoginRow, NewAuthorizationRequest, NewIdentity, NewIdentityProvider,
    NewSession, SignedInBy, Store,
};
use tempfile::TempDir;

use crate::lessons::day;

async fn store() -> (TempDir, Store, i64) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    let number = store.put_identity_provider(&provider("Studio", day(1))).await.unwrap();
    (folder, store, number)
}

fn provider(name: &str, at: Moment) -> NewIdentityProvider<'_> {
    NewIdentityProvider {
        name,
        issuer: "https://id.studio.example",
        client_id: "c",
        at,
        details: "{}",
    }
}

async fn works_here(store: &Store, name: &str) -> EmailAddress {
    let email: EmailAddress = format!("{name}@studio.example").parse().unwrap();
    let member = Member::new(email.clone(), name, [MemberRole::Seller], None).unwrap();
    store.put_member(&member, day(1)).await.unwrap();
    email
}

fn login(email: &EmailAddress) -> LoginRow {
    let (password_hash, second) = (String::new(), String::new());
    LoginRow {
        whose: Some(email.clone()),
        email: email.clone(),
        password_hash,
        told_at: day(2),
        second,
    }
}

#[tokio::test]
async fn a_provider_is_named_once_and_forgotten_with_whom_it_knew() {
    let (_folder, store, number) = store().await;
    let again = store.put_identity_provider(&provider("Studio Ltd", day(2))).await.unwrap();
    assert_eq!(again, number, "one issuer is one provider");
    let kept = store.identity_providers().await.unwrap();
    assert_eq!((kept.len(), kept[0].name.as_str()), (1, "Studio Ltd"));
    let mia = works_here(&store, "mia").await;
    let by = KnownBy::Address(&login(&mia));
    let new = NewIdentity {
        provider: number,
        subject: "s1",
        whose: Some(&mia),
        at: day(2),
        details: "{}",
        by,
    };
    let IdentityKept::Kept(identity) = store.add_identity(&new).await.unwrap() else { panic!() };
    let session = NewSession {
        whose: Some(&mia),
        hash: &[1; 32],
        at: day(3),
        expires_at: day(9),
        awaits_code: false,
        details: "{}",
        by: SignedInBy::Identity(identity),
    };
    assert!(store.add_session(&session).await.unwrap().is_some());
    let as_owner = NewSession { whose: None, hash: &[2; 32], ..session.clone() };
    assert!(store.add_session(&as_owner).await.unwrap().is_none(), "it is nobody else's");
    assert!(store.remove_identity_provider(number).await.unwrap());
    assert!(!store.remove_identity_provider(number).await.unwrap());
    assert!(store.identity(number, "s1").await.unwrap().is_none());
    assert!(store.session(&[1; 32], day(4)).await.unwrap().is_none());
    let again = NewSession { hash: &[3; 32], ..session };
    assert!(store.add_session(&again).await.unwrap().is_none());
}

#[tokio::test]
async fn one_person_has_one_identity_at_a_provider() {
    let (_folder, store, number) = store().await;
    let (mia, tom) = (works_here(&store, "mia").await, works_here(&store, "tom").await);
    let (of_mia, of_tom) = (login(&mia), login(&tom));
    let put = async |subject: &str, whose: &EmailAddress, login: &LoginRow| {
        let (whose, by) = (Some(whose), KnownBy::Address(login));
        let new = NewIdentity { provider: number, subject, whose, at: day(2), details: "{}", by };
        store.add_identity(&new).await.unwrap()
    };
    assert!(matches!(put("s1", &mia, &of_mia).await, IdentityKept::Kept(_)));
    assert_eq!(put("s1", &tom, &of_tom).await, IdentityKept::Taken);
    assert!(store.login_of(Some(&tom)).await.unwrap().is_none(), "nothing was kept");
    // Whoever has the address by now is somebody else than the one that is known.
    assert_eq!(put("s2", &mia, &of_mia).await, IdentityKept::Taken);
    let nobody: EmailAddress = "eve@studio.example".parse().unwrap();
    assert_eq!(put("s3", &nobody, &login(&nobody)).await, IdentityKept::Nowhere);
    let kept = store.identities_of(Some(&mia)).await.unwrap();
    assert!(!store.remove_identity(Some(&tom), kept[0].number, None).await.unwrap());
    assert!(
        !store.remove_identity(Some(&mia), kept[0].number, None).await.unwrap(),
        "the only way in"
    );
    assert!(store.member_leaves(&mia, day(5)).await.unwrap());
    assert!(store.identity(number, "s1").await.unwrap().is_none(), "they left");
    works_here(&store, "mia").await;
    assert!(
        store.identity(number, "s1").await.unwrap().is_none(),
        "and begin anew if they come back"
    );
}

#[tokio::test]
async fn by_a_link_a_login_begins_anew() {
    let (_folder, store, number) = store().await;
    let mia = works_here(&store, "mia").await;
    let fresh = login(&mia);
    let put = async |subject: &str, link: &[u8; 32]| {
        let by = KnownBy::Invitation(link, &fresh);
        let new = NewIdentity {
            provider: number,
            subject,
            whose: Some(&mia),
            at: day(2),
            details: "{}",
            by,
        };
        store.add_identity(&new).await.unwrap()
    };
    assert_eq!(put("s1", &[7; 32]).await, IdentityKept::Nowhere, "there is no such link");
    assert!(store.put_invitation(Some(&mia), &[7; 32], day(2), day(9)).await.unwrap());
    assert!(matches!(put("s1", &[7; 32]).await, IdentityKept::Kept(_)));
    assert_eq!(put("s1", &[7; 32]).await, IdentityKept::Nowhere, "it works once");
    // Another link ends what opened anything before.
    assert!(store.put_invitation(Some(&mia), &[8; 32], day(2), day(9)).await.unwrap());
    let typed = LoginRow { password_hash: "$argon2id$x".to_owned(), ..fresh.clone() };
    assert!(store.put_login(&typed, &[8; 32]).await.unwrap());
    assert!(store.identity(number, "s1").await.unwrap().is_none());
}

#[tokio::test]
async fn a_browser_comes_back_once_and_in_time() {
    let (_folder, store, number) = store().await;
    let send = async |state: &[u8; 32], until| {
        let new = NewAuthorizationRequest {
            provider: number,
            state_hash: state,
            browser_hash: &[9; 32],
            at: day(2),
            expires_at: until,
            details: "{}",
        };
        store.add_authorization_request(&new).await.unwrap();
    };
    send(&[1; 32], day(4)).await;
    send(&[2; 32], day(4)).await;
    assert!(store.take_authorization_request(&[3; 32], day(3)).await.unwrap().is_none());
    let taken = store.take_authorization_request(&[1; 32], day(3)).await.unwrap().unwrap();
    assert_eq!((taken.provider, taken.browser_hash), (number, vec![9; 32]));
    assert!(store.take_authorization_request(&[1; 32], day(3)).await.unwrap().is_none());
    assert!(
        store.take_authorization_request(&[2; 32], day(4)).await.unwrap().is_none(),
        "too late"
    );
}
