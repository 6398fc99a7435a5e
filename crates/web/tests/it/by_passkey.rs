//! Signing in by a passkey, as browsers do it: a script asks, a form goes off with the answer.

use inroad_model::MemberRole;
use inroad_service::{Actor, Caller, now};

use crate::device::{Device, Lie};
use crate::network::{Browser, PASSWORD, header, held, member_in, owner, status};
use crate::site::{OTHERS, Site};

const ASKED: &str = "__Host-inroad-asked";

fn here() -> String {
    format!("https://{OTHERS}")
}

/// A text as it stands in a form.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |text, byte| {
        if byte.is_ascii_alphanumeric() {
            text + char::from(byte).to_string().as_str()
        } else {
            format!("{text}%{byte:02X}")
        }
    })
}

/// The line that sets a cookie.
fn cookie<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find_map(|(found, value)| {
        let is_it =
            found.eq_ignore_ascii_case("set-cookie") && value.starts_with(&format!("{name}="));
        is_it.then_some(value)
    })
}

/// What a browser is asked, and what it shows when it answers.
fn asked(answer: &str) -> (String, String) {
    assert_eq!(status(answer), "200", "{answer}");
    assert_eq!(header(answer, "content-type"), Some("application/json"), "{answer}");
    let line = cookie(answer, ASKED).unwrap();
    for part in ["; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=300"] {
        assert!(line.contains(part), "{line}");
    }
    let options = answer.split("\r\n\r\n").nth(1).unwrap();
    let (from, to) = (options.find('{').unwrap(), options.rfind('}').unwrap());
    (options.get(from..=to).unwrap().to_owned(), line.split(';').next().unwrap().to_owned())
}

/// A browser goes off with an answer, showing that beside what it shows anyway.
async fn sends(browser: &Browser<'_>, shown: &str, path: &str, form: &str) -> String {
    let cookies = format!("{}; {shown}", browser.cookie);
    let headers = [("Host", OTHERS), ("Cookie", cookies.as_str()), ("Origin", &here())];
    let answer = browser.site.send(path, &headers, form).await;
    let is_over = cookie(&answer, ASKED).is_some_and(|line| line.contains("Max-Age=0"));
    assert!(is_over || status(&answer) == "413", "it is shown no more: {answer}");
    answer
}

/// A device with a passkey of whoever is at that browser.
async fn device_of(browser: &Browser<'_>, held: &str) -> Device {
    let mut device = Device::at(&here());
    let form = format!("name=laptop&password={PASSWORD}").replace(' ', "+");
    let (options, shown) = asked(&browser.fills("/credentials/passkeys/ask", &form).await);
    let given = device.makes(&options, Lie::None);
    let key = crate::site::form_key_of(held);
    let form = format!("form_key={key}&answer={}", escaped(&given));
    let added = sends(browser, &shown, "/credentials/passkeys", &form).await;
    assert_eq!(header(&added, "location"), Some("/credentials"), "{added}");
    device
}

async fn signs_in(site: &Site, device: &mut Device, lie: Lie, next: &str) -> String {
    let nobody = Browser::of(site, "");
    let (options, shown) = asked(&nobody.post("/sign-in/passkey/ask", "").await);
    let given = device.shows(&options, lie);
    let form = format!("next={next}&answer={}", escaped(&given));
    sends(&nobody, &shown, "/sign-in/passkey", &form).await
}

#[tokio::test]
async fn somebody_makes_one_signs_in_by_it_and_takes_it_away() {
    let site = Site::for_others().await;
    owner(&site).await;
    let shown = member_in(&site, MemberRole::Marketer).await;
    let mia = Browser::of(&site, &shown);
    let page = mia.get("/credentials").await;
    assert!(page.contains("data-passkey=\"/credentials/passkeys/ask\" hidden"), "{page}");
    let wrong = mia.fills("/credentials/passkeys/ask", "name=laptop&password=not+that+one").await;
    assert_eq!((status(&wrong), cookie(&wrong, ASKED)), ("403", None));
    assert!(wrong.contains(r#"{"why":"The password is not right"}"#), "{wrong}");
    for path in ["/credentials/passkeys/ask", "/credentials/passkeys"] {
        assert_eq!(
            status(&mia.post(path, "name=x").await),
            "403",
            "without the key of their forms"
        );
    }
    let mut device = device_of(&mia, &shown).await;

    let page = Browser::of(&site, "").get("/sign-in?next=/leads").await;
    assert!(page.contains("src=\"/sign-in/passkey.js\""), "{page}");
    assert!(page.contains("data-passkey=\"/sign-in/passkey/ask\" hidden"), "{page}");
    let script = Browser::of(&site, "").get("/sign-in/passkey.js").await;
    assert_eq!(header(&script, "content-type"), Some("text/javascript; charset=utf-8"));
    for (next, expected) in [("/leads", "/leads"), ("https://evil.example/", "/"), ("", "/")] {
        let answer = signs_in(&site, &mut device, Lie::None, next).await;
        assert_eq!((status(&answer), header(&answer, "location")), ("303", Some(expected)));
    }
    let answer = signs_in(&site, &mut device, Lie::None, "").await;
    let line = cookie(&answer, "__Host-inroad").unwrap().split(';').next().unwrap();
    let came = Browser::of(&site, line.split_once('=').unwrap().1);
    assert_eq!(status(&came.get("/leads").await), "200");
    assert_eq!(status(&came.get("/deals").await), "403", "she sees what she is to see");

    let page = mia.get("/credentials").await;
    assert!(page.contains("on one device"), "{page}");
    let end = page.split("action=\"/credentials/passkeys/").nth(1).unwrap();
    let end = format!("/credentials/passkeys/{}", end.split('"').next().unwrap());
    assert_eq!(status(&mia.post(&end, "").await), "403", "without the key of their forms");
    assert_eq!(status(&mia.fills(&end, "").await), "303");
    assert_eq!(status(&came.get("/leads").await), "303", "other browsers are signed out");
    let refused = signs_in(&site, &mut device, Lie::None, "").await;
    assert_eq!(status(&refused), "403");
    assert!(refused.contains("does not know this passkey"), "{refused}");
}

#[tokio::test]
async fn who_is_led_astray_is_not_let_in() {
    let site = Site::for_others().await;
    let me = owner(&site).await;
    let shown = me.cookie.split_once('=').unwrap().1.to_owned();
    let mut device = device_of(&me, &shown).await;
    let nobody = Browser::of(&site, "");
    for path in ["/sign-in/passkey/ask", "/sign-in/passkey"] {
        let forged = nobody.post_from("https://evil.example", path, "").await;
        assert_eq!((status(&forged), cookie(&forged, ASKED)), ("403", None), "{path}");
    }
    for lie in [Lie::Origin("https://evil.example"), Lie::Unverified, Lie::Key, Lie::Nameless] {
        let refused = signs_in(&site, &mut device, lie, "").await;
        let got = (status(&refused), cookie(&refused, "__Host-inroad"));
        assert_eq!(got, ("403", None), "{lie:?}");
        assert!(refused.contains("role=\"alert\""), "{refused}");
    }
    // The answer to what another browser was asked, and the same once more.
    let (options, theirs) = asked(&nobody.post("/sign-in/passkey/ask", "").await);
    let (_, own) = asked(&nobody.post("/sign-in/passkey/ask", "").await);
    let form = format!("answer={}", escaped(&device.shows(&options, Lie::None)));
    for shown in [own.as_str(), "", own.as_str()] {
        let refused = sends(&nobody, shown, "/sign-in/passkey", &form).await;
        assert_eq!((status(&refused), cookie(&refused, "__Host-inroad")), ("403", None));
    }
    let came = sends(&nobody, &theirs, "/sign-in/passkey", &form).await;
    assert_eq!(status(&came), "303");
    let again = sends(&nobody, &theirs, "/sign-in/passkey", &form).await;
    assert_eq!(status(&again), "403");
    assert!(again.contains("That took too long, or was done already"), "{again}");
    // More than anybody has to send is not read.
    let (_, shown) = asked(&nobody.post("/sign-in/passkey/ask", "").await);
    let long = format!("answer={}", "x".repeat(100 << 10));
    assert_eq!(status(&sends(&nobody, &shown, "/sign-in/passkey", &long).await), "413");
}

#[tokio::test]
async fn another_program_knows_what_was_asked_and_nobody_learns_who_is_here() {
    let site = Site::for_others().await;
    let nobody = Browser::of(&site, "");
    let (before, _) = asked(&nobody.post("/sign-in/passkey/ask", "").await);
    let me = owner(&site).await;
    let shown = me.cookie.split_once('=').unwrap().1.to_owned();
    let mut device = device_of(&me, &shown).await;
    let other = site.one_more().await;
    let (options, shown) = asked(&nobody.post("/sign-in/passkey/ask", "email=ada").await);
    let without = |options: &str| {
        let mut value: serde_json::Value = serde_json::from_str(options).unwrap();
        value["publicKey"]["challenge"] = serde_json::Value::Null;
        value
    };
    assert_eq!(without(&options), without(&before), "whoever works here, and has a passkey");
    let form = format!("answer={}", escaped(&device.shows(&options, Lie::None)));
    let came = sends(&Browser::of(&other, ""), &shown, "/sign-in/passkey", &form).await;
    assert_eq!(status(&came), "303", "{came}");
}

#[tokio::test]
async fn whoever_waits_is_told_so() {
    let site = Site::for_others().await;
    owner(&site).await;
    let nobody = Browser::of(&site, "");
    let mut last = String::new();
    for _ in 0..51 {
        last = nobody.post("/sign-in/passkey/ask", "").await;
    }
    assert_eq!(status(&last), "429");
    assert!(last.contains("Too many tries"), "{last}");
}

#[tokio::test]
async fn a_new_link_ends_the_passkeys_of_before() {
    let site = Site::for_others().await;
    owner(&site).await;
    let shown = member_in(&site, MemberRole::Seller).await;
    let tom = Browser::of(&site, &shown);
    device_of(&tom, &shown).await;
    // A link that is made anew ends what was there before.
    let address = "seller@brandt-advice.example".parse().unwrap();
    let (me, caller) = (Actor::owner(), Caller::default());
    let link = site.inroad.invite(&me, &address, &caller, now()).await.unwrap();
    let form = format!("email={address}&password={PASSWORD}&again={PASSWORD}").replace(' ', "+");
    let answer = Browser::of(&site, "").post(&format!("/begin/{link}"), &form).await;
    let tom = Browser::of(&site, &held(&answer));
    assert!(!tom.get("/credentials").await.contains("on one device"));
}
