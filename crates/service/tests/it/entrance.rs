//! How somebody comes in: by a link once, by a password and a code, by a token, and never past their time.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, Member, MemberRole, Moment};
use inroad_service::{
    Actor, Audited, By, Caller, Credentials, Entered, Error, Inroad, SESSION_IDLE_MAX,
    SESSION_LASTS, Scope, SecondStep,
};
use jiff::SignedDuration;
use totp_rs::{Builder, Secret};

use crate::desk::{Desk, email};

const PASSWORD: &str = "plain words nobody expects";
const ME: &str = "marta@studio.example";

fn at(seconds: i64) -> Moment {
    Moment::utc(jiff::Timestamp::from_second(1_800_000_000 + seconds).unwrap())
}

fn after(start: Moment, passed: SignedDuration) -> Moment {
    Moment::utc(start.timestamp() + passed)
}

fn caller() -> Caller {
    Caller::new("192.0.2.7", "Firefox on Linux")
}

async fn owner_in(inroad: &Inroad, when: Moment) -> String {
    let link = inroad.invite_owner(when).await.unwrap();
    let entered = inroad.take_up(&link, &email(ME), PASSWORD, &caller(), when).await.unwrap();
    token_of(entered)
}

fn token_of(entered: Entered) -> String {
    let Entered::In(token) = entered else { unreachable!("a code is asked for") };
    token
}

async fn types(inroad: &Inroad, who: &str, password: &str, when: Moment) -> Result<Entered, Error> {
    inroad.sign_in(&Credentials { email: who, password }, &caller(), when).await
}

async fn mia_works_here(inroad: &Inroad) -> EmailAddress {
    let mia = email("mia@studio.example");
    let member = Member::new(mia.clone(), "Mia", [MemberRole::Marketer], None).unwrap();
    inroad.put_member(&Actor::owner(), member, at(0)).await.unwrap();
    mia
}

/// The code that a device shows.
fn code(secret: &str, when: Moment) -> String {
    let totp =
        Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    totp.generate(when.timestamp().as_second().unsigned_abs()).to_string()
}

#[tokio::test]
async fn a_link_works_once_and_for_a_while() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    assert!(!inroad.owner_has_login().await.unwrap());
    let former = inroad.invite_owner(at(0)).await.unwrap();
    let link = inroad.invite_owner(at(0)).await.unwrap();
    assert!(inroad.invited(&former, at(1)).await.unwrap().is_none(), "a new link ends the former");
    assert!(inroad.invited(&link, at(3599)).await.unwrap().is_some());
    assert!(inroad.invited(&link, at(3600)).await.unwrap().is_none(), "its hour is over");
    let weak = inroad.take_up(&link, &email(ME), "short", &caller(), at(1)).await;
    assert!(matches!(weak, Err(Error::Invalid { .. })));
    let token =
        token_of(inroad.take_up(&link, &email(ME), PASSWORD, &caller(), at(1)).await.unwrap());
    assert!(inroad.session(&token, at(2)).await.unwrap().unwrap().actor.is_owner());
    // Whoever stole it from a mail comes too late.
    let stolen =
        inroad.take_up(&link, &email("thief@evil.example"), PASSWORD, &caller(), at(3)).await;
    assert!(matches!(stolen, Err(Error::NotFound { .. })));
    assert!(inroad.session(&token, at(4)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_link_that_two_use_at_once_lets_one_in() {
    let desk = Desk::new().await;
    let link = desk.inroad.invite_owner(at(0)).await.unwrap();
    let (caller, typed) = (caller(), email(ME));
    let tries = (0..4).map(|_| desk.inroad.take_up(&link, &typed, PASSWORD, &caller, at(1)));
    let [a, b, c, d] = <[_; 4]>::try_from(tries.collect::<Vec<_>>()).ok().unwrap();
    let (a, b, c, d) = tokio::join!(a, b, c, d);
    assert_eq!([a, b, c, d].iter().filter(|done| done.is_ok()).count(), 1);
}

#[tokio::test]
async fn a_password_is_taken_and_nothing_else() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    owner_in(inroad, at(0)).await;
    for (who, password) in [
        (ME, "plain words nobody expect"),
        ("jana@lindner.example", PASSWORD),
        ("no address", PASSWORD),
        (ME, ""),
        ("", ""),
    ] {
        let refused = types(inroad, who, password, at(1)).await;
        let Err(Error::Forbidden { what }) = refused else { panic!("{who}: {refused:?}") };
        assert_eq!(what, "The address or the password is not right", "{who}");
    }
    let token = token_of(types(inroad, " MARTA@studio.example ", PASSWORD, at(2)).await.unwrap());
    let held = inroad.session(&token, at(3)).await.unwrap().unwrap();
    assert!(held.actor.is_owner() && !held.awaits_code);
    assert!(inroad.session("0123456789abcdef0123456789abcdef", at(3)).await.unwrap().is_none());
}

#[tokio::test]
async fn who_tries_too_often_waits() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    owner_in(inroad, at(0)).await;
    for n in 0..10 {
        assert!(matches!(types(inroad, ME, "wrong", at(n)).await, Err(Error::Forbidden { .. })));
    }
    // The right one is not compared any more, so that nobody finds out which it is.
    let held_off = types(inroad, ME, PASSWORD, at(20)).await;
    let Err(Error::TooOften { seconds }) = held_off else { panic!("{held_off:?}") };
    assert!((1..=900).contains(&seconds), "{seconds}");
    assert!(types(inroad, ME, PASSWORD, at(901)).await.is_ok(), "a quarter of an hour later");

    // From one machine, under ever other names.
    for n in 0..50 {
        let who = format!("n{n}@studio.example");
        assert!(types(inroad, &who, "wrong", at(2000)).await.is_err());
    }
    let held_off = types(inroad, "another@studio.example", "wrong", at(2001)).await;
    assert!(matches!(held_off, Err(Error::TooOften { .. })));
    let elsewhere = Caller::new("198.51.100.9", "");
    let right = Credentials { email: ME, password: PASSWORD };
    assert!(inroad.sign_in(&right, &elsewhere, at(2002)).await.is_ok(), "others are let in");
}

#[tokio::test]
async fn however_a_name_is_spelt_it_is_one() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    owner_in(inroad, at(0)).await;
    for n in 0..10 {
        let spelt = format!("{}{ME}", "<".repeat(n));
        assert!(matches!(
            types(inroad, &spelt, "wrong", at(1)).await,
            Err(Error::Forbidden { .. })
        ));
    }
    for spelt in [ME.to_uppercase(), format!("mailto:{ME}"), format!("<{ME}>")] {
        let held_off = types(inroad, &spelt, "wrong", at(2)).await;
        assert!(matches!(held_off, Err(Error::TooOften { .. })), "{spelt}");
    }
    // A stranger elsewhere keeps nobody out.
    let right = Credentials { email: ME, password: PASSWORD };
    let mine = Caller::new("2001:db8:1:2::7", "");
    assert!(inroad.sign_in(&right, &mine, at(3)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_are_compared_however_many_come_at_once() {
    let desk = Desk::new().await;
    owner_in(&desk.inroad, at(0)).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..30 {
        let inroad = desk.inroad.clone();
        tries.spawn(async move { types(&inroad, ME, "wrong", at(1)).await });
    }
    let mut compared = 0;
    while let Some(one) = tries.join_next().await {
        match one.unwrap() {
            Err(Error::Forbidden { .. }) => compared += 1,
            Err(Error::TooOften { .. }) => {}
            other => unreachable!("{other:?}"),
        }
    }
    assert_eq!(compared, 10);
}

#[tokio::test]
async fn a_new_link_ends_all_that_opened_before() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let session = owner_in(inroad, at(0)).await;
    let owner = Actor::owner();
    let token = inroad
        .make_token(&owner, "an intruder's", [Scope::Write].into(), 366, &caller(), at(1))
        .await
        .unwrap();
    owner_in(inroad, at(2)).await;
    assert!(inroad.session(&session, at(3)).await.unwrap().is_none());
    assert!(inroad.token(&token.secret, at(3)).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_that_was_changed_lets_nobody_in_who_shows_it_meanwhile() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let mine = owner_in(inroad, at(0)).await;
    let held = inroad.session(&mine, at(1)).await.unwrap().unwrap();
    let new = "other words that nobody expects";
    let caller = caller();
    let number = Some(held.number);
    let change = inroad.change_password(&held.actor, PASSWORD, new, number, &caller, at(2));
    let shows = async || types(inroad, ME, PASSWORD, at(2)).await;
    let (changed, a, b, c) = tokio::join!(change, shows(), shows(), shows());
    changed.unwrap();
    for shown in [a, b, c] {
        let Ok(Entered::In(token)) = shown else { continue };
        assert!(inroad.session(&token, at(3)).await.unwrap().is_none());
    }
    assert_eq!(inroad.sessions(&held.actor, at(3)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_browser_is_signed_in_for_a_week_or_a_day_unseen() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let token = owner_in(inroad, at(0)).await;
    let unseen = after(at(1), SESSION_IDLE_MAX);
    assert!(inroad.session(&token, at(0)).await.unwrap().is_some());
    assert!(inroad.session(&token, unseen).await.unwrap().is_none(), "a day unseen");
    // Seen each hour it lasts, and no longer than a week.
    let mut hours = 0;
    while inroad.session(&token, at(hours * 3600)).await.unwrap().is_some() {
        hours += 1;
        assert!(hours < 1000);
    }
    assert_eq!(SignedDuration::from_hours(hours), SESSION_LASTS);
}

#[tokio::test]
async fn who_signs_out_or_leaves_is_out() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let me = owner_in(inroad, at(0)).await;
    let mia = mia_works_here(inroad).await;
    let link = inroad.invite(&Actor::owner(), &mia, &caller(), at(0)).await.unwrap();
    let typed = email("somebody@else.example");
    let hers = token_of(inroad.take_up(&link, &typed, PASSWORD, &caller(), at(1)).await.unwrap());
    let held = inroad.session(&hers, at(2)).await.unwrap().unwrap();
    assert_eq!(held.actor.email(), Some(&mia), "she is who was invited, whatever she types");

    // Nobody signs another's browser out by its number.
    let mine = inroad.session(&me, at(2)).await.unwrap().unwrap();
    let forged = inroad.end_session(&held.actor, mine.number, &caller(), at(2)).await;
    assert!(matches!(forged, Err(Error::NotFound { .. })));
    assert!(matches!(
        inroad.shut_out(&held.actor, &mia, &caller(), at(2)).await,
        Err(Error::Forbidden { .. })
    ));
    let token = inroad
        .make_token(&held.actor, "script", [Scope::Read].into(), 30, &caller(), at(2))
        .await
        .unwrap();
    assert_eq!(inroad.token(&token.secret, at(3)).await.unwrap().unwrap().actor, held.actor);
    inroad.member_leaves(&Actor::owner(), &mia, at(4)).await.unwrap();
    assert!(inroad.session(&hers, at(5)).await.unwrap().is_none());
    assert!(inroad.token(&token.secret, at(5)).await.unwrap().is_none());
    assert!(types(inroad, mia.as_str(), PASSWORD, at(5)).await.is_err());
    let anew = inroad.invite(&Actor::owner(), &mia, &caller(), at(5)).await;
    assert!(matches!(anew, Err(Error::NotFound { .. })));

    inroad.end_session(&mine.actor, mine.number, &caller(), at(6)).await.unwrap();
    assert!(inroad.session(&me, at(7)).await.unwrap().is_none());
    for nobody in [
        inroad.sessions(&Actor::nobody(), at(8)).await.map(|_| ()),
        inroad.tokens(&Actor::nobody(), at(8)).await.map(|_| ()),
        inroad.audit_log(&Actor::nobody(), None, 10).await.map(|_| ()),
    ] {
        assert!(matches!(nobody, Err(Error::Forbidden { .. })));
    }
}

#[tokio::test]
async fn another_password_signs_other_browsers_out() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    owner_in(inroad, at(0)).await;
    let here = token_of(types(inroad, ME, PASSWORD, at(1)).await.unwrap());
    let there = token_of(types(inroad, ME, PASSWORD, at(2)).await.unwrap());
    let held = inroad.session(&here, at(3)).await.unwrap().unwrap();
    assert_eq!(inroad.sessions(&held.actor, at(3)).await.unwrap().len(), 3);
    let new = "other words that nobody expects";
    let change = async |former: &str, new: &str| {
        let number = Some(held.number);
        inroad.change_password(&held.actor, former, new, number, &caller(), at(4)).await
    };
    assert!(matches!(change("wrong", new).await, Err(Error::Forbidden { .. })));
    assert!(matches!(change(PASSWORD, "short").await, Err(Error::Invalid { .. })));
    change(PASSWORD, new).await.unwrap();
    assert!(inroad.session(&here, at(5)).await.unwrap().is_some());
    assert!(inroad.session(&there, at(5)).await.unwrap().is_none());
    assert!(types(inroad, ME, PASSWORD, at(6)).await.is_err());
    assert!(types(inroad, ME, new, at(6)).await.is_ok());
}

#[tokio::test]
async fn a_code_counts_once() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let token = owner_in(inroad, at(0)).await;
    let actor = inroad.session(&token, at(0)).await.unwrap().unwrap().actor;
    let secret = inroad.new_second_step(&actor, None).await.unwrap().secret;
    let begin = |password: &'static str, code: String| {
        let (actor, secret) = (actor.clone(), secret.clone());
        async move { inroad.begin_second_step(&actor, password, &secret, &code, &caller(), at(0)).await }
    };
    assert!(matches!(begin("wrong", code(&secret, at(0))).await, Err(Error::Forbidden { .. })));
    assert!(matches!(begin(PASSWORD, "000000".to_owned()).await, Err(Error::Invalid { .. })));
    let written = begin(PASSWORD, code(&secret, at(0))).await.unwrap();
    assert_eq!(inroad.second_step(&actor).await.unwrap(), SecondStep::On { written_left: 10 });

    let awaiting = async |when| match types(inroad, ME, PASSWORD, when).await.unwrap() {
        Entered::AwaitsCode(token) => token,
        Entered::In(_) => panic!("no code was asked for"),
    };
    let half = awaiting(at(60)).await;
    let held = inroad.session(&half, at(61)).await.unwrap().unwrap();
    assert!(held.awaits_code, "the password alone opens nothing");
    let show =
        async |half: &str, code: &str, when| inroad.show_code(half, code, &caller(), when).await;
    assert!(matches!(show(&half, "123456", at(61)).await, Err(Error::Forbidden { .. })));
    // The code with which it was set up was shown already.
    assert!(show(&half, &code(&secret, at(0)), at(1)).await.is_err());
    let now = code(&secret, at(60));
    let (one, other) = tokio::join!(show(&half, &now, at(62)), show(&half, &now, at(62)));
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "one of two comes in");
    let whole = one.or(other).unwrap();
    assert!(!inroad.session(&whole, at(63)).await.unwrap().unwrap().awaits_code);
    assert!(
        inroad.session(&half, at(63)).await.unwrap().is_none(),
        "what was shown is another now"
    );
    let replayed = awaiting(at(64)).await;
    assert!(show(&replayed, &now, at(64)).await.is_err(), "seen over somebody's shoulder");
    // One of those that were written down, once.
    show(&replayed, &written[3].to_uppercase(), at(65)).await.unwrap();
    assert_eq!(inroad.second_step(&actor).await.unwrap(), SecondStep::On { written_left: 9 });
    let again = awaiting(at(66)).await;
    assert!(show(&again, &written[3], at(66)).await.is_err());
    let late = at(66 + 301);
    assert!(matches!(show(&again, &code(&secret, late), late).await, Err(Error::NotFound { .. })));

    assert!(inroad.end_second_step(&actor, "wrong", &caller(), at(70)).await.is_err());
    inroad.end_second_step(&actor, PASSWORD, &caller(), at(70)).await.unwrap();
    assert!(matches!(types(inroad, ME, PASSWORD, at(71)).await, Ok(Entered::In(_))));
}

#[tokio::test]
async fn codes_are_not_tried_one_after_the_other() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let token = owner_in(inroad, at(0)).await;
    let actor = inroad.session(&token, at(0)).await.unwrap().unwrap().actor;
    let secret = inroad.new_second_step(&actor, None).await.unwrap().secret;
    let first = code(&secret, at(0));
    inroad.begin_second_step(&actor, PASSWORD, &secret, &first, &caller(), at(0)).await.unwrap();
    let mut refused = 0;
    for n in 0..20 {
        // Signing in anew does not help.
        let Ok(Entered::AwaitsCode(half)) = types(inroad, ME, PASSWORD, at(60)).await else {
            panic!()
        };
        match inroad.show_code(&half, &format!("{n:06}"), &caller(), at(60)).await {
            Err(Error::Forbidden { .. }) => refused += 1,
            Err(Error::TooOften { .. }) => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(refused, 10);
}

#[tokio::test]
async fn a_token_opens_for_its_days_and_until_it_is_taken_back() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    owner_in(inroad, at(0)).await;
    let owner = Actor::owner();
    let read: BTreeSet<Scope> = [Scope::Read].into();
    for (name, scopes, days) in [
        ("", read.clone(), 30),
        ("x", BTreeSet::new(), 30),
        ("x", read.clone(), 0),
        ("x", read.clone(), 400),
    ] {
        let refused = inroad.make_token(&owner, name, scopes, days, &caller(), at(0)).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{name} {days}");
    }
    let made =
        inroad.make_token(&owner, "nightly", read.clone(), 30, &caller(), at(0)).await.unwrap();
    assert!(made.secret.starts_with("inroad_"));
    let asks = inroad.token(&made.secret, at(5)).await.unwrap().unwrap();
    assert!(asks.actor.is_owner());
    assert_eq!(asks.scopes, read);
    assert!(
        inroad.token(&made.secret, at(30 * 86_400)).await.unwrap().is_none(),
        "its days are over"
    );
    let listed = inroad.tokens(&owner, at(6)).await.unwrap();
    assert_eq!((listed.len(), listed[0].name.as_str()), (1, "nightly"));
    assert_eq!(listed[0].seen_at, Some(at(5)));
    inroad.withdraw_token(&owner, made.number, &caller(), at(7)).await.unwrap();
    assert!(inroad.token(&made.secret, at(8)).await.unwrap().is_none());
    // What leaks from the data file is a hash, and opens nothing.
    let hash = blake3::hash(made.secret.as_bytes()).to_hex().to_string();
    assert!(inroad.token(&hash, at(5)).await.unwrap().is_none());
}

#[tokio::test]
async fn nothing_that_was_shown_lies_in_the_data() {
    let desk = Desk::new().await;
    let inroad = desk.inroad.clone();
    if !inroad.path().exists() {
        return;
    }
    let session = owner_in(&inroad, at(0)).await;
    let link = inroad.invite_owner(at(1)).await.unwrap();
    let token = inroad
        .make_token(&Actor::owner(), "nightly", [Scope::Write].into(), 3, &caller(), at(2))
        .await
        .unwrap();
    let path = inroad.path().to_owned();
    drop(desk.inroad);
    inroad.close().await.unwrap();
    let bytes = std::fs::read(path).unwrap();
    for secret in [session.as_str(), link.as_str(), token.secret.as_str(), PASSWORD] {
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
    }
}

#[tokio::test]
async fn the_log_says_who_came_in() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    owner_in(inroad, at(0)).await;
    let owner = Actor::owner();
    assert!(types(inroad, ME, "hunter2 is my secret", at(1)).await.is_err());
    assert!(types(inroad, "hunter2 typed in the wrong field", "x", at(2)).await.is_err());
    types(inroad, ME, PASSWORD, at(3)).await.unwrap();
    mia_works_here(inroad).await;
    let lines = inroad.audit_log(&owner, None, 50).await.unwrap();
    let whats: Vec<&Audited> = lines.iter().rev().map(|line| &line.what).collect();
    assert!(matches!(
        whats[..],
        [
            Audited::Invited { whom: None },
            Audited::LoginSetUp,
            Audited::Refused { login: By::Owner, must_wait: false },
            Audited::SignedIn,
            Audited::MemberPut { .. }
        ]
    ));
    assert!(!format!("{lines:?}").contains("hunter2"), "what was typed in vain is not kept");
    assert_eq!((lines[2].from.as_str(), &lines[2].by), ("192.0.2.7", &By::Nobody));
    let checked = inroad.check_audit_log(&owner, Some(&lines[2].hash)).await.unwrap();
    assert_eq!((checked.lines, checked.broken_at), (5, None));
    assert_eq!(checked.noted, Some(lines[2].number));
    assert_eq!(checked.hash, lines[0].hash);
    assert!(inroad.check_audit_log(&owner, Some("no hash")).await.is_err());
}
