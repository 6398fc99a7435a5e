//! Signing in with a real identity provider: who is let in, and everybody who is not.

use std::sync::Arc;

use inroad_model::{EmailAddress, Member, MemberRole, Moment};
use inroad_service::{
    Actor, AuditLine, Audited, Back, By, Caller, CameBack, Credentials, Entered, Error, Inroad,
    LinkedBy, NewProvider, Passwords, Sent, SessionHeld, TurnedAwayFor, Wish, now,
};
use jiff::SignedDuration;
use totp_rs::{Builder, Secret};

use crate::desk::{Desk, email};
use crate::provider::{Provider, field};

const BACK: &str = "https://inroad.test.example/sign-in/back";
const PASSWORD: &str = "plain words nobody expects";
const MIA: &str = "mia@studio.example";
const SIGN_IN: Wish<'_> = Wish::SignIn { next: "/leads" };

fn caller() -> Caller {
    Caller::new("192.0.2.7", "Firefox on Linux")
}

fn later(minutes: i64) -> Moment {
    Moment::utc(now().timestamp() + SignedDuration::from_mins(minutes))
}

/// A data file with a provider, and with Mia, who works here.
struct Firm {
    desk: Desk,
    provider: Provider,
    passwords: Passwords,
    number: i64,
}

/// A browser that was sent and has not come back.
struct Away {
    sent: Sent,
    back: String,
}

impl Firm {
    async fn new() -> Option<Self> {
        let provider = Provider::there()?;
        let desk = Desk::new().await;
        let phrase = Arc::new(|_is_new| Ok(Some("four plain words here".to_owned())));
        let passwords = Passwords::beside(desk.inroad.path(), None, phrase);
        works_here(&desk.inroad, MIA).await;
        let mut firm = Self { desk, provider, passwords, number: 0 };
        firm.number = firm.names(false).await;
        Some(firm)
    }

    fn inroad(&self) -> &Inroad {
        &self.desk.inroad
    }

    async fn names(&self, by_address: bool) -> i64 {
        let new = NewProvider {
            issuer: self.provider.issuer.clone(),
            name: "Studio".to_owned(),
            client_id: self.provider.client.clone(),
            client_secret: Some(self.provider.secret.clone()),
            by_address,
        };
        let (owner, caller) = (Actor::owner(), caller());
        let named =
            self.inroad().put_identity_provider(&owner, new, &self.passwords, &caller, now());
        named.await.unwrap()
    }

    async fn send(&self, wish: &Wish<'_>) -> Result<Sent, Error> {
        let passwords = Some(&self.passwords);
        self.inroad().send_to_provider(self.number, wish, BACK, passwords, &caller(), now()).await
    }

    /// Somebody is sent and signs in there.
    async fn away(&self, wish: &Wish<'_>, account: &str, way: &str) -> Away {
        let sent = self.send(wish).await.unwrap();
        let back = self.provider.sign_in(&sent.address, account, way);
        Away { sent, back }
    }

    async fn comes_back(&self, away: &Away) -> Result<CameBack, Error> {
        self.comes(&away.back, &away.sent.browser, None, now()).await
    }

    async fn comes(
        &self,
        address: &str,
        browser: &str,
        session: Option<SessionHeld>,
        at: Moment,
    ) -> Result<CameBack, Error> {
        let told = |name| field(address, name).unwrap_or_default();
        let (state, code, error) = (told("state"), told("code"), told("error"));
        let issuer = field(address, "iss");
        let back = Back {
            state: &state,
            browser,
            code: &code,
            error: &error,
            issuer: issuer.as_deref(),
            session,
        };
        self.inroad().come_back(back, BACK, Some(&self.passwords), &caller(), at).await
    }

    async fn signs_in(&self, account: &str) -> Result<CameBack, Error> {
        self.comes_back(&self.away(&SIGN_IN, account, "").await).await
    }

    /// Mia sets up how she signs in, by her link.
    async fn mia_has_a_password(&self) -> SessionHeld {
        let inroad = self.inroad();
        let link = inroad.invite(&Actor::owner(), &email(MIA), &caller(), now()).await.unwrap();
        let entered = inroad.take_up(&link, &email(MIA), PASSWORD, &caller(), now()).await.unwrap();
        held(inroad, token(entered)).await
    }

    async fn mia_links(&self, session: &SessionHeld, account: &str) -> Result<CameBack, Error> {
        let (actor, number) = (&session.actor, session.number);
        let wish = Wish::Link { actor, session: number, password: PASSWORD };
        let away = self.away(&wish, account, "").await;
        self.comes(&away.back, &away.sent.browser, Some(session.clone()), now()).await
    }

    async fn last_line(&self) -> AuditLine {
        let mut lines = self.inroad().audit_log(&Actor::owner(), None, 1).await.unwrap();
        lines.pop().unwrap()
    }
}

async fn works_here(inroad: &Inroad, address: &str) -> EmailAddress {
    let address = email(address);
    let member = Member::new(address.clone(), "Mia", [MemberRole::Marketer], None).unwrap();
    inroad.put_member(&Actor::owner(), member, now()).await.unwrap();
    address
}

fn token(entered: Entered) -> String {
    let Entered::In(token) = entered else { unreachable!("a code is asked for") };
    token
}

async fn held(inroad: &Inroad, token: String) -> SessionHeld {
    inroad.session(&token, now()).await.unwrap().unwrap()
}

/// Who was let in.
async fn let_in(firm: &Firm, came: Result<CameBack, Error>) -> SessionHeld {
    let CameBack::Entered { entered, .. } = came.unwrap() else { unreachable!("that was a link") };
    held(firm.inroad(), token(entered)).await
}

fn turned_away(provider: &str, why: TurnedAwayFor) -> Audited {
    Audited::TurnedAway { provider: provider.to_owned(), why }
}

#[tokio::test]
async fn who_links_while_signed_in_signs_in_so_from_then_on() {
    let Some(firm) = Firm::new().await else { return };
    let refused = firm.signs_in(MIA).await;
    let Err(Error::Forbidden { what }) = refused else { panic!("{refused:?}") };
    assert!(what.contains("knows you, and inroad does not"), "{what}");
    let line = firm.last_line().await;
    assert_eq!((line.by, line.what), (By::Nobody, turned_away("Studio", TurnedAwayFor::Unknown)));

    let mia = firm.mia_has_a_password().await;
    let (actor, session) = (&mia.actor, mia.number);
    let wrong = firm.send(&Wish::Link { actor, session, password: "not that one" }).await;
    assert!(matches!(wrong, Err(Error::Forbidden { .. })), "the password is asked for");
    assert_eq!(firm.mia_links(&mia, MIA).await.unwrap(), CameBack::Linked);
    let (provider, known_by) = ("Studio".to_owned(), LinkedBy::Themselves);
    assert_eq!(firm.last_line().await.what, Audited::Linked { provider, known_by });
    let CameBack::Entered { entered, next } = firm.signs_in(MIA).await.unwrap() else { panic!() };
    assert_eq!(next, "/leads");
    let came = held(firm.inroad(), token(entered)).await;
    assert_eq!(came.actor.email(), Some(&email(MIA)));
    let line = firm.last_line().await;
    let (provider, awaits_code) = ("Studio".to_owned(), false);
    assert_eq!(line.by, By::Member(email(MIA)));
    assert_eq!(line.what, Audited::SignedInBy { provider, awaits_code });
    // Another account there is another one here, and this one is taken.
    assert!(matches!(
        firm.mia_links(&mia, "tom@studio.example").await,
        Err(Error::Conflict { .. })
    ));
    assert_eq!(firm.last_line().await.what, turned_away("Studio", TurnedAwayFor::Taken));
    assert!(matches!(firm.signs_in("tom@studio.example").await, Err(Error::Forbidden { .. })));
}

#[tokio::test]
async fn a_link_needs_whoever_began_it() {
    let Some(firm) = Firm::new().await else { return };
    let mia = firm.mia_has_a_password().await;
    let wish = Wish::Link { actor: &mia.actor, session: mia.number, password: PASSWORD };
    let away = firm.away(&wish, MIA, "").await;
    let out = firm.comes(&away.back, &away.sent.browser, None, now()).await;
    assert!(matches!(out, Err(Error::Forbidden { .. })), "signed out meanwhile: {out:?}");
    let away = firm.away(&wish, MIA, "").await;
    let link = firm.inroad().invite_owner(now()).await.unwrap();
    let me = email("marta@studio.example");
    let entered = firm.inroad().take_up(&link, &me, PASSWORD, &caller(), now()).await.unwrap();
    let owner = held(firm.inroad(), token(entered)).await;
    let other = firm.comes(&away.back, &away.sent.browser, Some(owner), now()).await;
    assert!(matches!(other, Err(Error::Forbidden { .. })), "somebody else: {other:?}");
    assert!(matches!(firm.signs_in(MIA).await, Err(Error::Forbidden { .. })), "nothing was kept");
}

#[tokio::test]
async fn a_browser_comes_back_once_by_itself_and_soon() {
    let Some(firm) = Firm::new().await else { return };
    let mia = firm.mia_has_a_password().await;
    firm.mia_links(&mia, MIA).await.unwrap();

    let away = firm.away(&SIGN_IN, MIA, "").await;
    let wrong = away.back.replace("state=", "state=0");
    let refused = firm.comes(&wrong, &away.sent.browser, None, now()).await;
    assert!(matches!(refused, Err(Error::NotFound { .. })), "wrong state: {refused:?}");
    let_in(&firm, firm.comes_back(&away).await).await;
    let replayed = firm.comes_back(&away).await;
    assert!(matches!(replayed, Err(Error::NotFound { .. })), "replayed: {replayed:?}");

    // A stranger lets somebody else's browser come back with what they signed in themselves, or the other way round.
    for browser in ["", "0123456789abcdef0123456789abcdef"] {
        let away = firm.away(&SIGN_IN, MIA, "").await;
        let foreign = firm.comes(&away.back, browser, None, now()).await;
        assert!(matches!(foreign, Err(Error::Forbidden { .. })), "{browser}: {foreign:?}");
        let line = firm.last_line().await;
        assert_eq!(line.what, turned_away("Studio", TurnedAwayFor::OtherBrowser));
        assert!(firm.comes_back(&away).await.is_err(), "and it is over");
    }

    // A code that was seen passing, brought by whoever saw it with what they were sent with themselves.
    let (seen, thief) = (firm.away(&SIGN_IN, MIA, "").await, firm.send(&SIGN_IN).await.unwrap());
    let state = field(&thief.address, "state").unwrap();
    let injected = seen.back.replace(&field(&seen.back, "state").unwrap(), &state);
    let refused = firm.comes(&injected, &thief.browser, None, now()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let why = TurnedAwayFor::NotConfirmed("invalid_grant".to_owned());
    assert_eq!(firm.last_line().await.what, turned_away("Studio", why));

    let away = firm.away(&SIGN_IN, MIA, "").await;
    let late = firm.comes(&away.back, &away.sent.browser, None, later(10)).await;
    assert!(matches!(late, Err(Error::NotFound { .. })), "too late: {late:?}");

    let sent = firm.send(&SIGN_IN).await.unwrap();
    let back = firm.provider.refuse(&sent.address);
    let declined = firm.comes(&back, &sent.browser, None, now()).await;
    let Err(Error::Forbidden { what }) = declined else { panic!("{declined:?}") };
    assert!(what.starts_with("Studio let nobody in"), "{what}");
}

#[tokio::test]
async fn what_is_not_believed_lets_nobody_in() {
    let Some(firm) = Firm::new().await else { return };
    let mia = firm.mia_has_a_password().await;
    firm.mia_links(&mia, MIA).await.unwrap();
    for (way, doubt) in [("audience", "audience"), ("nonce", "nonce"), ("foreign", "signature")] {
        let refused = firm.comes_back(&firm.away(&SIGN_IN, MIA, way).await).await;
        let Err(Error::Forbidden { what }) = refused else { panic!("{way}: {refused:?}") };
        assert_eq!(what, "What Studio said could not be made sure of. Sign in again");
        let why = TurnedAwayFor::NotBelieved(doubt.to_owned());
        assert_eq!(firm.last_line().await.what, turned_away("Studio", why));
    }
    // The address is led astray on its way to the provider.
    let sent = firm.send(&SIGN_IN).await.unwrap();
    let nonce = field(&sent.address, "nonce").unwrap();
    let other = sent.address.replace(&nonce, &"0".repeat(64));
    let back = firm.provider.sign_in(&other, MIA, "");
    let refused = firm.comes(&back, &sent.browser, None, now()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
}

#[tokio::test]
async fn by_an_address_come_members_alone_and_only_if_that_is_wished() {
    let Some(firm) = Firm::new().await else { return };
    let link = firm.inroad().invite_owner(now()).await.unwrap();
    let me = email("marta@studio.example");
    firm.inroad().take_up(&link, &me, PASSWORD, &caller(), now()).await.unwrap();
    assert!(matches!(firm.signs_in(MIA).await, Err(Error::Forbidden { .. })), "it was not wished");
    assert_eq!(firm.names(true).await, firm.number);
    for account in [
        "unverified-mia@studio.example",
        "eve@studio.example",
        "mia@studio.example.evil.example",
        // Nobody else decides who sees a mailbox.
        "marta@studio.example",
    ] {
        assert!(matches!(firm.signs_in(account).await, Err(Error::Forbidden { .. })), "{account}");
    }
    let came = let_in(&firm, firm.signs_in(MIA).await).await;
    assert_eq!(came.actor.email(), Some(&email(MIA)));
    assert!(!firm.inroad().has_password(&came.actor).await.unwrap());
    let own = firm.inroad().identities(&came.actor).await.unwrap();
    assert_eq!(own[0].email.as_deref(), Some(MIA));
    // She has no password, so it is her only way in, and nobody signs in by an empty one.
    let unlinked = firm.inroad().unlink(&came.actor, own[0].number, None, &caller(), now()).await;
    assert!(matches!(unlinked, Err(Error::Conflict { .. })), "{unlinked:?}");
    let empty = Credentials { email: MIA, password: "" };
    let refused = firm.inroad().sign_in(&empty, &caller(), now()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    firm.names(false).await;
    assert!(firm.signs_in(MIA).await.is_ok(), "who is known stays known");
}

#[tokio::test]
async fn who_left_comes_in_no_more() {
    let Some(firm) = Firm::new().await else { return };
    firm.names(true).await;
    let came = let_in(&firm, firm.signs_in(MIA).await).await;
    let on_the_way = firm.away(&SIGN_IN, MIA, "").await;
    let owner = Actor::owner();
    firm.inroad().member_leaves(&owner, &email(MIA), now()).await.unwrap();
    assert!(matches!(firm.comes_back(&on_the_way).await, Err(Error::Forbidden { .. })));
    assert!(matches!(firm.signs_in(MIA).await, Err(Error::Forbidden { .. })));
    assert!(firm.inroad().sessions(&came.actor, now()).await.unwrap().is_empty());
}

#[tokio::test]
async fn by_a_link_somebody_sets_up_to_sign_in_so() {
    let Some(firm) = Firm::new().await else { return };
    let (inroad, owner) = (firm.inroad(), Actor::owner());
    let mia = firm.mia_has_a_password().await;
    let link = inroad.invite(&owner, &email(MIA), &caller(), now()).await.unwrap();
    let nowhere = firm.send(&Wish::TakeUp { link: "0123456789abcdef0123456789abcdef" }).await;
    assert!(matches!(nowhere, Err(Error::NotFound { .. })));
    // Whoever holds it says who they are there, whatever they are called there.
    let away = firm.away(&Wish::TakeUp { link: &link }, "unverified-m.lang@home.example", "").await;
    let came = let_in(&firm, firm.comes_back(&away).await).await;
    assert_eq!(came.actor.email(), Some(&email(MIA)));
    assert!(inroad.invited(&link, now()).await.unwrap().is_none(), "it works once");
    // How she signed in before opens nothing.
    let sessions = inroad.sessions(&mia.actor, now()).await.unwrap();
    assert_eq!(sessions.iter().map(|session| session.number).collect::<Vec<_>>(), [came.number]);
    let typed = Credentials { email: MIA, password: PASSWORD };
    assert!(inroad.sign_in(&typed, &caller(), now()).await.is_err());
    // A link that was replaced while somebody was away leads nowhere.
    let link = inroad.invite(&owner, &email(MIA), &caller(), now()).await.unwrap();
    let away = firm.away(&Wish::TakeUp { link: &link }, "eve@home.example", "").await;
    inroad.invite(&owner, &email(MIA), &caller(), now()).await.unwrap();
    assert!(matches!(firm.comes_back(&away).await, Err(Error::NotFound { .. })));
    // Whose data it is comes in so, too: by a link that the machine made.
    let link = inroad.invite_owner(now()).await.unwrap();
    let away = firm.away(&Wish::TakeUp { link: &link }, "marta@studio.example", "").await;
    assert!(let_in(&firm, firm.comes_back(&away).await).await.actor.is_owner());
}

#[tokio::test]
async fn a_second_step_is_asked_for_whichever_way_they_came() {
    let Some(firm) = Firm::new().await else { return };
    let inroad = firm.inroad();
    let mia = firm.mia_has_a_password().await;
    firm.mia_links(&mia, MIA).await.unwrap();
    let secret = inroad.new_second_step(&mia.actor, None).await.unwrap().secret;
    let totp =
        Builder::new().with_secret(Secret::try_from_base32(&secret).unwrap()).build().unwrap();
    let seconds = now().timestamp().as_second().unsigned_abs();
    let shown = totp.generate(seconds).to_string();
    let begun =
        inroad.begin_second_step(&mia.actor, PASSWORD, &secret, &shown, &caller(), now()).await;
    let written = begun.unwrap();
    let came = firm.signs_in(MIA).await.unwrap();
    let CameBack::Entered { entered: Entered::AwaitsCode(half), next } = came else {
        panic!("{came:?}")
    };
    assert_eq!(next, "/leads");
    assert!(inroad.session(&half, now()).await.unwrap().unwrap().awaits_code);
    assert!(inroad.show_code(&half, "000000", &caller(), now()).await.is_err());
    let whole = inroad.show_code(&half, &written[0], &caller(), now()).await.unwrap();
    assert!(!inroad.session(&whole, now()).await.unwrap().unwrap().awaits_code);
}

#[tokio::test]
async fn what_is_taken_back_lets_nobody_in() {
    let Some(firm) = Firm::new().await else { return };
    let inroad = firm.inroad();
    let mia = firm.mia_has_a_password().await;
    firm.mia_links(&mia, MIA).await.unwrap();
    let elsewhere = let_in(&firm, firm.signs_in(MIA).await).await;
    let own = inroad.identities(&mia.actor).await.unwrap();
    let (caller, here) = (caller(), Some(mia.number));
    inroad.unlink(&mia.actor, own[0].number, here, &caller, now()).await.unwrap();
    let sessions = inroad.sessions(&mia.actor, now()).await.unwrap();
    let left: Vec<i64> = sessions.iter().map(|session| session.number).collect();
    assert!(left == [mia.number] && left != [elsewhere.number]);
    assert!(matches!(firm.signs_in(MIA).await, Err(Error::Forbidden { .. })));
    firm.mia_links(&mia, MIA).await.unwrap();
    let away = firm.away(&SIGN_IN, MIA, "").await;
    let (owner, passwords) = (Actor::owner(), &firm.passwords);
    let refused =
        inroad.remove_identity_provider(&mia.actor, firm.number, passwords, &caller, now()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    inroad.remove_identity_provider(&owner, firm.number, passwords, &caller, now()).await.unwrap();
    assert!(matches!(firm.comes_back(&away).await, Err(Error::NotFound { .. })));
    assert!(matches!(firm.send(&SIGN_IN).await, Err(Error::NotFound { .. })));
    assert!(inroad.sessions(&mia.actor, now()).await.unwrap().is_empty(), "whoever did is out");
    let lines = inroad.audit_log(&owner, None, 50).await.unwrap();
    let said: Vec<String> = lines.iter().map(|line| line.what.to_string()).collect();
    for expected in [
        format!("Lets people sign in with Studio ({})", firm.provider.issuer),
        "Signs in with Studio from then on, set up while signed in".to_owned(),
        "Signed in with Studio".to_owned(),
        "Signs in with Studio no more".to_owned(),
        "Studio sent somebody who was not let in: nobody here is known by that".to_owned(),
        "Nobody signs in with Studio now".to_owned(),
    ] {
        assert!(said.contains(&expected), "{expected}: {said:?}");
    }
}

#[tokio::test]
async fn whoever_is_sent_too_often_waits() {
    let Some(firm) = Firm::new().await else { return };
    for _ in 0..50 {
        firm.send(&SIGN_IN).await.unwrap();
    }
    assert!(matches!(firm.send(&SIGN_IN).await, Err(Error::TooOften { .. })));
}

#[tokio::test]
async fn a_provider_is_named_with_a_secret_that_lies_sealed() {
    let desk = Desk::new().await;
    let told = Arc::new(|_is_new| Ok(Some("four plain words here".to_owned())));
    let passwords = Passwords::beside(desk.inroad.path(), None, told);
    let new = |issuer: &str, name: &str, client_id: &str| NewProvider {
        issuer: issuer.to_owned(),
        name: name.to_owned(),
        client_id: client_id.to_owned(),
        client_secret: Some("s3cret-of-the-client".to_owned()),
        by_address: false,
    };
    let put = async |actor: &Actor, new: NewProvider| {
        desk.inroad.put_identity_provider(actor, new, &passwords, &caller(), now()).await
    };
    let (owner, good) = (Actor::owner(), "https://id.studio.example");
    for (issuer, name, id, expected) in [
        ("http://id.studio.example", "Studio", "inroad", "begins with https://"),
        ("https://id.studio.example/?a", "Studio", "inroad", "begins with https://"),
        (good, " ", "inroad", "1 to 40 characters"),
        (good, &"x".repeat(41), "inroad", "1 to 40 characters"),
        (good, "Studio\u{1b}[2J", "inroad", "1 to 40 characters"),
        (good, "Studio", "", "client id"),
        (good, "Studio", "in road", "client id"),
    ] {
        let refused = put(&owner, new(issuer, name, id)).await.unwrap_err().to_string();
        assert!(refused.contains(expected), "{issuer} {name} {id}: {refused}");
    }
    let mia = Member::new(email(MIA), "Mia", [MemberRole::Marketer], None).unwrap();
    let refused = put(&Actor::member(mia), new(good, "Studio", "inroad")).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    put(&owner, new(good, "Studio", "inroad")).await.unwrap();
    let twice = put(&owner, new("https://other.example", "Studio", "inroad")).await;
    assert!(twice.unwrap_err().to_string().contains("Another sign-in service is called 'Studio'"));
    for n in 2..=5 {
        put(&owner, new(&format!("https://id{n}.example"), &n.to_string(), "inroad"))
            .await
            .unwrap();
    }
    let sixth = put(&owner, new("https://id6.example", "6", "inroad")).await;
    assert!(sixth.unwrap_err().to_string().contains("More than 5"));
    let kept = desk.inroad.identity_providers().await.unwrap();
    assert!(kept.len() == 5 && kept[0].has_secret && kept[0].issuer == good);
    for entry in std::fs::read_dir(desk.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        let has = bytes.windows(20).any(|window| window == b"s3cret-of-the-client");
        assert!(!has, "nothing that is kept tells it");
    }
    // Where nobody told the passphrase, whoever runs it is told what to do.
    let sealed = Passwords::beside(desk.inroad.path(), None, Arc::new(|_is_new| Ok(None)));
    let sent =
        desk.inroad.send_to_provider(1, &SIGN_IN, BACK, Some(&sealed), &caller(), now()).await;
    let Err(Error::Unavailable { what }) = sent else { panic!("{sent:?}") };
    assert!(what.contains("has to give its passphrase"), "{what}");
}
