//! Signing in by a passkey: who is let in, and everybody who is not.

use inroad_model::{EmailAddress, Member, MemberRole, Moment};
use inroad_service::{
    Actor, AuditLine, Audited, By, Caller, Credentials, Entered, Error, Inroad, NewPasskeyAsked,
    PASSKEY_ANSWERED_WITHIN, Passkey, PasskeyAnswer, PasskeyAsked, PasskeyRefusedFor, SecondStep,
    SessionHeld, now,
};
use jiff::SignedDuration;
use totp_rs::{Builder, Secret};

use crate::desk::{Desk, email};
use crate::device::{Device, Lie};

const HERE: &str = "https://inroad.test.example";
const PASSWORD: &str = "plain words nobody expects";
const MIA: &str = "mia@studio.example";
const TOM: &str = "tom@studio.example";

fn caller() -> Caller {
    Caller::new("192.0.2.7", "Firefox on Linux")
}

/// A data file, with Mia, who works here and is signed in.
struct Firm {
    desk: Desk,
    mia: SessionHeld,
}

impl Firm {
    async fn new() -> Self {
        let desk = Desk::new().await;
        let mia = comes_in(&desk.inroad, MIA).await;
        Self { desk, mia }
    }

    fn inroad(&self) -> &Inroad {
        &self.desk.inroad
    }

    async fn asks_to_make(
        &self,
        who: &SessionHeld,
        name: &str,
        password: &str,
    ) -> Result<PasskeyAsked, Error> {
        let asked = NewPasskeyAsked { name, password, session: who.number };
        self.inroad().ask_to_make_passkey(&who.actor, HERE, &asked, &caller(), now()).await
    }

    async fn adds(
        &self,
        who: &SessionHeld,
        browser: &str,
        given: &str,
        at: Moment,
    ) -> Result<String, Error> {
        let answer = PasskeyAnswer { browser, given };
        self.inroad().add_passkey(&who.actor, HERE, who.number, &answer, &caller(), at).await
    }

    /// A device with a passkey of somebody's.
    async fn device_of(&self, who: &SessionHeld, name: &str) -> Device {
        let mut device = Device::at(HERE);
        let asked = self.asks_to_make(who, name, PASSWORD).await.unwrap();
        let given = device.makes(&asked.options, Lie::None);
        let called = self.adds(who, &asked.browser, &given, now()).await;
        assert_eq!(called.unwrap(), name);
        device
    }

    async fn asks(&self) -> PasskeyAsked {
        self.inroad().ask_for_passkey(HERE, &caller(), now()).await.unwrap()
    }

    async fn answers(&self, browser: &str, given: &str, at: Moment) -> Result<String, Error> {
        let answer = PasskeyAnswer { browser, given };
        self.inroad().sign_in_by_passkey(HERE, &answer, &caller(), at).await
    }

    async fn signs_in(&self, device: &mut Device, lie: Lie) -> Result<String, Error> {
        let asked = self.asks().await;
        let given = device.shows(&asked.options, lie);
        self.answers(&asked.browser, &given, now()).await
    }

    async fn passkeys(&self, who: &SessionHeld) -> Vec<Passkey> {
        self.inroad().passkeys(&who.actor).await.unwrap()
    }

    async fn last_line(&self) -> AuditLine {
        let mut lines = self.inroad().audit_log(&Actor::owner(), None, 1).await.unwrap();
        lines.pop().unwrap()
    }

    /// That was refused, and the log says why.
    async fn refuses(&self, done: Result<String, Error>, login: By, why: PasskeyRefusedFor) {
        let Err(Error::Forbidden { .. }) = done else { unreachable!("{why}: {done:?}") };
        let line = self.last_line().await;
        assert_eq!((line.by, line.what), (By::Nobody, Audited::PasskeyRefused { login, why }));
    }
}

/// Somebody works here, and set up how they sign in.
async fn comes_in(inroad: &Inroad, address: &str) -> SessionHeld {
    let member = Member::new(email(address), "Mia", [MemberRole::Marketer], None).unwrap();
    inroad.put_member(&Actor::owner(), member, now()).await.unwrap();
    sets_up(inroad, &email(address)).await
}

async fn sets_up(inroad: &Inroad, address: &EmailAddress) -> SessionHeld {
    let link = inroad.invite(&Actor::owner(), address, &caller(), now()).await.unwrap();
    let entered = inroad.take_up(&link, address, PASSWORD, &caller(), now()).await.unwrap();
    let Entered::In(token) = entered else { unreachable!("a code is asked for") };
    held(inroad, &token).await.unwrap()
}

async fn held(inroad: &Inroad, token: &str) -> Option<SessionHeld> {
    inroad.session(token, now()).await.unwrap()
}

fn later(much: SignedDuration) -> Moment {
    Moment::utc(now().timestamp() + much)
}

fn of_mia() -> By {
    By::Member(email(MIA))
}

fn not_believed(what: &str) -> PasskeyRefusedFor {
    PasskeyRefusedFor::NotBelieved(what.to_owned())
}

#[tokio::test]
async fn who_made_one_signs_in_by_it_from_then_on() {
    let firm = Firm::new().await;
    let mut laptop = firm.device_of(&firm.mia, "laptop").await;
    let line = firm.last_line().await;
    assert_eq!(line.what, Audited::PasskeyAdded { name: "laptop".to_owned() });
    assert_eq!(line.by, of_mia());
    let known = firm.passkeys(&firm.mia).await;
    assert_eq!((known.len(), known[0].used_at, known[0].is_copied), (1, None, false));
    for _ in 0..2 {
        let token = firm.signs_in(&mut laptop, Lie::None).await.unwrap();
        let came = held(firm.inroad(), &token).await.unwrap();
        assert_eq!((came.actor.email(), came.awaits_code), (Some(&email(MIA)), false));
        let line = firm.last_line().await;
        assert_eq!(line.what, Audited::SignedInByPasskey { name: "laptop".to_owned() });
        assert_eq!((line.by, line.from.as_str()), (of_mia(), "192.0.2.7"));
    }
    assert!(firm.passkeys(&firm.mia).await[0].used_at.is_some());
    // Whose data it is has one as well, and is told apart.
    let owner = {
        let inroad = firm.inroad();
        let link = inroad.invite_owner(now()).await.unwrap();
        let me = email("ada@brandt-advice.example");
        let entered = inroad.take_up(&link, &me, PASSWORD, &caller(), now()).await.unwrap();
        let Entered::In(token) = entered else { unreachable!("a code is asked for") };
        held(inroad, &token).await.unwrap()
    };
    let mut key = firm.device_of(&owner, "key").await;
    let token = firm.signs_in(&mut key, Lie::None).await.unwrap();
    assert!(held(firm.inroad(), &token).await.unwrap().actor.is_owner());
}

#[tokio::test]
async fn another_program_over_the_same_data_knows_what_was_asked() {
    let firm = Firm::new().await;
    let other = Inroad::open(firm.inroad().path()).await.unwrap();
    let mut device = Device::at(HERE);
    let asked = firm.asks_to_make(&firm.mia, "phone", PASSWORD).await.unwrap();
    let given = device.makes(&asked.options, Lie::None);
    let answer = PasskeyAnswer { browser: &asked.browser, given: &given };
    let (actor, number) = (&firm.mia.actor, firm.mia.number);
    other.add_passkey(actor, HERE, number, &answer, &caller(), now()).await.unwrap();
    let asked = firm.asks().await;
    let given = device.shows(&asked.options, Lie::None);
    let answer = PasskeyAnswer { browser: &asked.browser, given: &given };
    assert!(other.sign_in_by_passkey(HERE, &answer, &caller(), now()).await.is_ok());
    let once = firm.answers(&asked.browser, &given, now()).await;
    assert!(matches!(once, Err(Error::NotFound { .. })), "it was answered there: {once:?}");
}

#[tokio::test]
async fn it_counts_as_both_steps() {
    let firm = Firm::new().await;
    let mut laptop = firm.device_of(&firm.mia, "laptop").await;
    let (inroad, mia) = (firm.inroad(), &firm.mia.actor);
    let new = inroad.new_second_step(mia, None).await.unwrap();
    let secret = Secret::try_from_base32(&new.secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let code = totp.generate(u64::try_from(now().timestamp().as_second()).unwrap()).to_string();
    inroad.begin_second_step(mia, PASSWORD, &new.secret, &code, &caller(), now()).await.unwrap();
    assert_ne!(inroad.second_step(mia).await.unwrap(), SecondStep::None);
    let credentials = Credentials { email: MIA, password: PASSWORD };
    let by_password = inroad.sign_in(&credentials, &caller(), now()).await.unwrap();
    assert!(matches!(by_password, Entered::AwaitsCode(_)));
    let token = firm.signs_in(&mut laptop, Lie::None).await.unwrap();
    assert!(!held(inroad, &token).await.unwrap().awaits_code);
    // But never without a finger, a face or a PIN.
    let touched = firm.signs_in(&mut laptop, Lie::Unverified).await;
    firm.refuses(touched, of_mia(), not_believed("unverified")).await;
}

#[tokio::test]
async fn what_is_shown_otherwise_than_asked_lets_nobody_in() {
    let firm = Firm::new().await;
    for (lie, why) in [
        (Lie::Origin("https://evil.example"), "origin"),
        (Lie::Site("evil.example"), "site"),
        (Lie::Unverified, "unverified"),
        (Lie::Absent, "unverified"),
        (Lie::Key, "signature"),
        (Lie::Copied, "backup"),
        (Lie::Kind, "challenge"),
    ] {
        let mut device = firm.device_of(&firm.mia, why).await;
        let done = firm.signs_in(&mut device, lie).await;
        firm.refuses(done, of_mia(), not_believed(why)).await;
        // Tests try more often than people do.
        assert!(firm.signs_in(&mut device, Lie::None).await.is_ok(), "{why}");
    }
    let mut device = firm.device_of(&firm.mia, "a").await;
    for lie in [Lie::Handle([9; 16]), Lie::Nameless] {
        let done = firm.signs_in(&mut device, lie).await;
        firm.refuses(done, By::Nobody, PasskeyRefusedFor::SomebodyElse).await;
    }
    for given in ["", "{}", "[]", "null", "\u{0}"] {
        let asked = firm.asks().await;
        let done = firm.answers(&asked.browser, given, now()).await;
        firm.refuses(done, By::Nobody, not_believed("form")).await;
    }
}

#[tokio::test]
async fn an_answer_counts_once_in_time_and_from_the_browser_that_was_asked() {
    let firm = Firm::new().await;
    let mut laptop = firm.device_of(&firm.mia, "laptop").await;
    let asked = firm.asks().await;
    let given = laptop.shows(&asked.options, Lie::None);
    assert!(firm.answers(&asked.browser, &given, now()).await.is_ok());
    let again = firm.answers(&asked.browser, &given, now()).await;
    assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
    // The same answer, at a browser that was asked something else.
    let other = firm.asks().await;
    let replayed = firm.answers(&other.browser, &given, now()).await;
    firm.refuses(replayed, of_mia(), not_believed("challenge")).await;
    // What somebody else's browser was asked.
    let (theirs, own) = (firm.asks().await, firm.asks().await);
    let given = laptop.shows(&theirs.options, Lie::None);
    let led = firm.answers(&own.browser, &given, now()).await;
    firm.refuses(led, of_mia(), not_believed("challenge")).await;
    for browser in ["", "0", own.browser.as_str()] {
        let unasked = firm.answers(browser, &given, now()).await;
        assert!(matches!(unasked, Err(Error::NotFound { .. })), "{browser}: {unasked:?}");
    }
    for (late, expected) in [(-1, true), (0, false), (1, false)] {
        let asked = firm.asks().await;
        let given = laptop.shows(&asked.options, Lie::None);
        let at = later(PASSKEY_ANSWERED_WITHIN + SignedDuration::from_secs(late));
        let done = firm.answers(&asked.browser, &given, at).await;
        assert_eq!(done.is_ok(), expected, "{late} s: {done:?}");
    }
    // What was asked for one thing is no answer for the other.
    let asked = firm.asks_to_make(&firm.mia, "x", PASSWORD).await.unwrap();
    let question = firm.asks().await;
    let given = laptop.shows(&question.options, Lie::None);
    let crossed = firm.answers(&asked.browser, &given, now()).await;
    assert!(matches!(crossed, Err(Error::NotFound { .. })), "{crossed:?}");
}

#[tokio::test]
async fn a_counter_that_goes_backwards_is_refused_and_told() {
    let firm = Firm::new().await;
    let mut laptop = firm.device_of(&firm.mia, "laptop").await;
    assert!(firm.signs_in(&mut laptop, Lie::Counter(7)).await.is_ok());
    for counter in [0, 6, 7] {
        let done = firm.signs_in(&mut laptop, Lie::Counter(counter)).await;
        firm.refuses(done, of_mia(), not_believed("counter")).await;
    }
    let told = firm.last_line().await.what.to_string();
    assert!(told.contains("its counter went backwards, so there may be a copy"), "{told}");
    assert!(firm.signs_in(&mut laptop, Lie::Counter(8)).await.is_ok());
    // One that lies in several places counts nothing.
    let mut device = Device::at(HERE).copied();
    let asked = firm.asks_to_make(&firm.mia, "safe", PASSWORD).await.unwrap();
    let given = device.makes(&asked.options, Lie::None);
    firm.adds(&firm.mia, &asked.browser, &given, now()).await.unwrap();
    for _ in 0..2 {
        assert!(firm.signs_in(&mut device, Lie::None).await.is_ok());
    }
    assert!(firm.passkeys(&firm.mia).await[1].is_copied);
}

#[tokio::test]
async fn nobody_shows_anothers() {
    let firm = Firm::new().await;
    let tom = comes_in(firm.inroad(), TOM).await;
    let mias = firm.device_of(&firm.mia, "laptop").await;
    let mut toms = firm.device_of(&tom, "phone").await;
    toms.poses_as(&mias);
    let done = firm.signs_in(&mut toms, Lie::None).await;
    firm.refuses(done, of_mia(), not_believed("signature")).await;
    // Nor does Tom take Mia's away, or make one at her browser.
    let number = firm.passkeys(&firm.mia).await[0].number;
    let removed = firm.inroad().remove_passkey(&tom.actor, number, None, &caller(), now()).await;
    assert!(matches!(removed, Err(Error::NotFound { .. })), "{removed:?}");
    let asked = firm.asks_to_make(&firm.mia, "x", PASSWORD).await.unwrap();
    let given = Device::at(HERE).makes(&asked.options, Lie::None);
    let taken = firm.adds(&tom, &asked.browser, &given, now()).await;
    assert!(matches!(taken, Err(Error::NotFound { .. })), "{taken:?}");
    assert_eq!(firm.passkeys(&tom).await.len(), 1);
}

#[tokio::test]
async fn one_is_made_by_whoever_shows_their_password_and_as_asked() {
    let firm = Firm::new().await;
    let wrong = firm.asks_to_make(&firm.mia, "laptop", "not that one").await;
    assert!(matches!(wrong, Err(Error::Forbidden { .. })), "{wrong:?}");
    for name in ["", "  ", &"x".repeat(61)] {
        let odd = firm.asks_to_make(&firm.mia, name, PASSWORD).await;
        assert!(matches!(odd, Err(Error::Invalid { .. })), "{name}: {odd:?}");
    }
    for (lie, why) in [
        (Lie::Origin("https://evil.example"), "origin"),
        (Lie::Site("evil.example"), "site"),
        (Lie::Unverified, "unverified"),
        (Lie::Hidden, "hidden"),
        (Lie::Kind, "challenge"),
    ] {
        let asked = firm.asks_to_make(&firm.mia, "laptop", PASSWORD).await.unwrap();
        let given = Device::at(HERE).makes(&asked.options, lie);
        let done = firm.adds(&firm.mia, &asked.browser, &given, now()).await;
        firm.refuses(done, of_mia(), not_believed(why)).await;
    }
    let asked = firm.asks_to_make(&firm.mia, "laptop", PASSWORD).await.unwrap();
    let given = Device::at(HERE).makes(&asked.options, Lie::None);
    let late = firm.adds(&firm.mia, &asked.browser, &given, later(PASSKEY_ANSWERED_WITHIN)).await;
    assert!(matches!(late, Err(Error::NotFound { .. })), "{late:?}");
    // At a browser that was signed out meanwhile.
    let asked = firm.asks_to_make(&firm.mia, "laptop", PASSWORD).await.unwrap();
    let given = Device::at(HERE).makes(&asked.options, Lie::None);
    let (actor, number) = (&firm.mia.actor, firm.mia.number);
    firm.inroad().end_session(actor, number, &caller(), now()).await.unwrap();
    let out = firm.adds(&firm.mia, &asked.browser, &given, now()).await;
    assert!(matches!(out, Err(Error::NotFound { .. })), "{out:?}");
    assert!(firm.passkeys(&firm.mia).await.is_empty());
    let unnamed = NewPasskeyAsked { name: "x", password: PASSWORD, session: 1 };
    for address in ["https://192.0.2.7", "http://inroad.test.example"] {
        let inroad = firm.inroad();
        let done = inroad.ask_to_make_passkey(actor, address, &unnamed, &caller(), now()).await;
        assert!(matches!(done, Err(Error::Invalid { .. })), "{address}: {done:?}");
    }
}

#[tokio::test]
async fn a_removed_one_opens_nothing_and_signs_others_out() {
    let firm = Firm::new().await;
    let mut laptop = firm.device_of(&firm.mia, "laptop").await;
    let token = firm.signs_in(&mut laptop, Lie::None).await.unwrap();
    let number = firm.passkeys(&firm.mia).await[0].number;
    let (inroad, mia) = (firm.inroad(), &firm.mia);
    let done = inroad.remove_passkey(&mia.actor, number, Some(mia.number), &caller(), now()).await;
    done.unwrap();
    let line = firm.last_line().await;
    assert_eq!(line.what, Audited::PasskeyRemoved { name: "laptop".to_owned() });
    assert!(held(inroad, &token).await.is_none(), "what it opened is shut");
    let done = firm.signs_in(&mut laptop, Lie::None).await;
    firm.refuses(done, By::Nobody, PasskeyRefusedFor::Unknown).await;
    let again = inroad.remove_passkey(&mia.actor, number, None, &caller(), now()).await;
    assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
}

#[tokio::test]
async fn it_stays_with_a_new_password_and_goes_with_a_new_link_and_whoever_leaves() {
    let firm = Firm::new().await;
    let mut laptop = firm.device_of(&firm.mia, "laptop").await;
    let (inroad, owner) = (firm.inroad(), Actor::owner());
    let new = "other words nobody expects";
    let (actor, number) = (&firm.mia.actor, Some(firm.mia.number));
    inroad.change_password(actor, PASSWORD, new, number, &caller(), now()).await.unwrap();
    assert!(firm.signs_in(&mut laptop, Lie::None).await.is_ok());
    inroad.shut_out(&owner, &email(MIA), &caller(), now()).await.unwrap();
    assert!(firm.signs_in(&mut laptop, Lie::None).await.is_ok(), "as a password does");
    let mia = sets_up(inroad, &email(MIA)).await;
    assert!(firm.signs_in(&mut laptop, Lie::None).await.is_err(), "a new link ends all former");
    let mut laptop = firm.device_of(&mia, "laptop").await;
    assert!(firm.signs_in(&mut laptop, Lie::None).await.is_ok());
    inroad.member_leaves(&owner, &email(MIA), now()).await.unwrap();
    let done = firm.signs_in(&mut laptop, Lie::None).await;
    firm.refuses(done, By::Nobody, PasskeyRefusedFor::Unknown).await;
}

#[tokio::test]
async fn who_tries_too_often_waits() {
    let firm = Firm::new().await;
    let mut laptop = firm.device_of(&firm.mia, "laptop").await;
    let mut tries = 0;
    let waits = loop {
        match firm.signs_in(&mut laptop, Lie::Key).await {
            Err(Error::Forbidden { .. }) => tries += 1,
            other => break other,
        }
    };
    assert!(matches!(waits, Err(Error::TooOften { .. })), "{waits:?}");
    assert_eq!(tries, 10);
    let others = firm.signs_in(&mut laptop, Lie::None).await;
    assert!(matches!(others, Err(Error::TooOften { .. })), "{others:?}");
    // Whoever only asks, from one machine.
    let stranger = Caller::new("192.0.2.99", "curl");
    let mut asked = 0;
    while firm.inroad().ask_for_passkey(HERE, &stranger, now()).await.is_ok() {
        asked += 1;
    }
    assert_eq!(asked, 50);
    assert!(firm.inroad().ask_for_passkey(HERE, &caller(), now()).await.is_ok());
}
