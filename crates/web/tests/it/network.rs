//! Pages for other machines: only whoever signs in comes in, and no page elsewhere makes a browser do anything.

use std::collections::BTreeSet;

use inroad_model::{Member, MemberRole};
use inroad_service::{Actor, Caller, Credentials, Entered, Scope, now};

use crate::site::{OTHERS, Site, form_key_of};

pub(crate) const PASSWORD: &str = "plain words nobody expects";
const ME: &str = "ada@brandt-advice.example";
const COOKIE: &str = "__Host-inroad";

pub(crate) fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

/// A header of an answer, without case.
pub(crate) fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// What a browser shows that was let in.
pub(crate) fn held(answer: &str) -> String {
    let cookie = header(answer, "set-cookie").expect(answer);
    let (name, rest) = cookie.split_once('=').unwrap();
    assert_eq!(name, COOKIE);
    rest.split(';').next().unwrap().to_owned()
}

/// As a browser does that shows `held`.
pub(crate) struct Browser<'s> {
    pub(crate) site: &'s Site,
    pub(crate) cookie: String,
    held: String,
}

impl<'s> Browser<'s> {
    pub(crate) fn of(site: &'s Site, held: &str) -> Self {
        Self { site, cookie: format!("{COOKIE}={held}"), held: held.to_owned() }
    }

    pub(crate) async fn get(&self, path: &str) -> String {
        self.site.ask(path, &[("Host", OTHERS), ("Cookie", &self.cookie)]).await
    }

    pub(crate) async fn post(&self, path: &str, form: &str) -> String {
        self.post_from(&format!("https://{OTHERS}"), path, form).await
    }

    pub(crate) async fn post_from(&self, origin: &str, path: &str, form: &str) -> String {
        let headers = [("Host", OTHERS), ("Cookie", &self.cookie), ("Origin", origin)];
        self.site.send(path, &headers, form).await
    }

    /// With the key of their forms.
    pub(crate) async fn fills(&self, path: &str, form: &str) -> String {
        self.post(path, &format!("form_key={}&{form}", form_key_of(&self.held))).await
    }
}

pub(crate) async fn owner(site: &Site) -> Browser<'_> {
    let link = site.inroad.invite_owner(now()).await.unwrap();
    let form = format!("email={ME}&password={PASSWORD}&again={PASSWORD}").replace(' ', "+");
    let answer = Browser::of(site, "").post(&format!("/begin/{link}"), &form).await;
    assert_eq!(status(&answer), "303", "{answer}");
    Browser::of(site, &held(&answer))
}

pub(crate) async fn member_in(site: &Site, role: MemberRole) -> String {
    let email = format!("{}@brandt-advice.example", role.as_str());
    let team =
        (role == MemberRole::Provider).then(|| inroad_model::TeamName::new("Leads Ltd").unwrap());
    let member = Member::new(email.parse().unwrap(), "Tom", [role], team).unwrap();
    let (owner, caller) = (Actor::owner(), Caller::default());
    site.inroad.put_member(&owner, member.clone(), now()).await.unwrap();
    let link = site.inroad.invite(&owner, member.email(), &caller, now()).await.unwrap();
    let entered = site.inroad.take_up(&link, member.email(), PASSWORD, &caller, now()).await;
    let Entered::In(token) = entered.unwrap() else { unreachable!("a code is asked for") };
    token
}

#[tokio::test]
async fn nobody_sees_anything_before_they_sign_in() {
    let site = Site::for_others().await;
    let browser = Browser::of(&site, "00000000000000000000000000000000");
    for path in [
        "/",
        "/deals",
        "/deals/a%2Fb%20c?day=2026-01-05",
        "/team",
        "/app.js",
        "/no-such-page",
        "/news",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(status(&answer), "303", "{path}");
        assert!(header(&answer, "location").unwrap().starts_with("/sign-in"), "{path}");
        let unnamed = site.ask(path, &[]).await;
        assert_eq!(status(&unnamed), "403", "{path}: under another name");
        for word in ["Pricing", "lindner"] {
            assert!(!answer.contains(word) && !unnamed.contains(word), "{path} tells of {word}");
        }
    }
    assert_eq!(
        header(&browser.get("/deals?x=1").await, "location"),
        Some("/sign-in?next=%2fdeals%3fx%3d1")
    );
    assert_eq!(status(&browser.post("/settings/me", "name=Eve").await), "401");
    // The key of a start on this machine is none here.
    let key = crate::site::key();
    assert_eq!(status(&browser.get(&format!("/?key={}", key.as_str())).await), "303");
    assert_eq!(status(&browser.get("/style.css").await), "200");
    let page = browser.get("/sign-in").await;
    assert!(page.contains("Not set up yet"), "{page}");
    assert!(header(&page, "strict-transport-security").is_some());
}

#[tokio::test]
async fn a_link_sets_up_a_login_once() {
    let site = Site::for_others().await;
    let link = format!("/begin/{}", site.inroad.invite_owner(now()).await.unwrap());
    let nobody = Browser::of(&site, "");
    let page = nobody.get(&link).await;
    assert!(page.contains("Set it up"), "{page}");
    let fill = |password: &str, again: &str| {
        format!("email={ME}&password={password}&again={again}").replace(' ', "+")
    };
    for (password, again) in [("short", "short"), (PASSWORD, "something else"), ("", "")] {
        let answer = nobody.post(&link, &fill(password, again)).await;
        assert_eq!(status(&answer), "422", "{password}");
        assert!(answer.contains("role=\"alert\""), "{answer}");
    }
    let answer = nobody.post(&link, &fill(PASSWORD, PASSWORD)).await;
    assert_eq!(status(&answer), "303");
    let cookie = header(&answer, "set-cookie").unwrap();
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let browser = Browser::of(&site, &held(&answer));
    assert!(browser.get("/").await.contains("Pricing"));
    // Somebody who found the link in a history or a mail.
    for answer in [nobody.get(&link).await, nobody.post(&link, &fill(PASSWORD, PASSWORD)).await] {
        assert!(answer.contains("This link leads nowhere any more"), "{answer}");
        assert_eq!(header(&answer, "set-cookie"), None);
    }
}

#[tokio::test]
async fn who_signs_in_goes_where_they_wanted_and_nowhere_else() {
    let site = Site::for_others().await;
    owner(&site).await;
    let nobody = Browser::of(&site, "");
    for (next, expected) in [
        ("/deals", "/deals"),
        ("", "/"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ] {
        let form = format!("email={ME}&password={PASSWORD}&next={next}").replace(' ', "+");
        let answer = nobody.post("/sign-in", &form).await;
        assert_eq!(header(&answer, "location"), Some(expected), "{next}");
    }
    let wrong = nobody.post("/sign-in", &format!("email={ME}&password=wrong&next=/deals")).await;
    assert_eq!(status(&wrong), "403");
    assert!(wrong.contains("The address or the password is not right"), "{wrong}");
    assert!(wrong.contains("value=\"/deals\""), "where they wanted to go is kept: {wrong}");
    for _ in 0..9 {
        nobody.post("/sign-in", &format!("email={ME}&password=wrong")).await;
    }
    let held_off = nobody.post("/sign-in", &format!("email={ME}&password=wrong")).await;
    assert_eq!(status(&held_off), "429");
    let seconds: u64 = header(&held_off, "retry-after").unwrap().parse().unwrap();
    assert!((1..=900).contains(&seconds));
}

#[tokio::test]
async fn no_page_elsewhere_makes_a_browser_do_anything() {
    let site = Site::for_others().await;
    let me = owner(&site).await;
    let key = form_key_of(&me.held);
    let form = format!("form_key={key}&name=Eve&more=eve@x.example");
    for origin in [
        "https://evil.example",
        "http://inroad.test.example",
        "https://inroad.test.example.evil.example",
    ] {
        assert_eq!(status(&me.post_from(origin, "/settings/me", &form).await), "403", "{origin}");
        let sign_in = format!("email={ME}&password={PASSWORD}").replace(' ', "+");
        // Nor signs it in as somebody else.
        assert_eq!(status(&me.post_from(origin, "/sign-in", &sign_in).await), "403", "{origin}");
    }
    // A browser that says nothing, or a page that was opened by another site's form.
    let headers = [("Host", OTHERS), ("Cookie", me.cookie.as_str())];
    assert_eq!(status(&site.send("/settings/me", &headers, &form).await), "403");
    // Without the key, and with that of somebody else who works here.
    assert_eq!(status(&me.post("/settings/me", "name=Eve&more=eve@x.example").await), "403");
    let other = form_key_of(&member_in(&site, MemberRole::Administrator).await);
    let forged = format!("form_key={other}&name=Eve&more=eve@x.example");
    assert_eq!(status(&me.post("/settings/me", &forged).await), "403");
    let name = site.inroad.myself().await.unwrap().unwrap().seller.name;
    assert_eq!(name.as_deref(), Some("Ada Brandt"));
    assert_eq!(status(&me.post("/settings/me", &form).await), "303", "our own page does");
}

#[tokio::test]
async fn somebody_signs_out_here_and_elsewhere() {
    let site = Site::for_others().await;
    let me = owner(&site).await;
    let credentials = Credentials { email: ME, password: PASSWORD };
    // What a browser calls itself is text, whatever it is.
    let caller = Caller::new("192.0.2.7", "<script>alert(1)</script>");
    let Entered::In(_) = site.inroad.sign_in(&credentials, &caller, now()).await.unwrap() else {
        panic!()
    };
    let page = me.get("/credentials").await;
    assert!(page.contains("this one") && page.contains("192.0.2.7"), "{page}");
    assert!(
        page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert(1)"),
        "{page}"
    );
    let others: BTreeSet<&str> = page.split("/credentials/browsers/").skip(1).collect();
    let number = others.first().unwrap().split('/').next().unwrap();
    let end = format!("/credentials/browsers/{number}/end");
    assert_eq!(status(&me.fills(&end, "").await), "303");
    assert!(!me.get("/credentials").await.contains("192.0.2.7"));
    let answer = me.fills("/sign-out", "").await;
    assert!(header(&answer, "set-cookie").unwrap().contains("Max-Age=0"), "{answer}");
    assert_eq!(status(&me.get("/").await), "303", "the cookie that somebody copied opens nothing");
}

#[tokio::test]
async fn a_member_sees_what_is_shared_and_their_own() {
    let site = Site::for_others().await;
    owner(&site).await;
    let tom = Browser::of(&site, &member_in(&site, MemberRole::Seller).await);
    for (path, expected) in [
        ("/", "303"),
        ("/leads", "200"),
        ("/credentials", "200"),
        ("/deals", "403"),
        ("/audit", "403"),
        ("/team", "403"),
    ] {
        assert_eq!(status(&tom.get(path).await), expected, "{path}");
    }
    let ann = Browser::of(&site, &member_in(&site, MemberRole::Administrator).await);
    let log = ann.get("/audit?noted=").await;
    assert!(
        log.contains("Set up how they sign in") && log.contains("fits the one before it"),
        "{log}"
    );
    // An administrator signs them out, and makes them another link.
    let at = "/team/seller@brandt-advice.example";
    assert_eq!(status(&ann.fills(&format!("{at}/sign-out"), "").await), "303");
    assert_eq!(status(&tom.get("/leads").await), "303");
    let page = ann.fills(&format!("{at}/link"), "").await;
    assert!(page.contains(&format!("https://{OTHERS}/begin/")), "{page}");
}

#[tokio::test]
async fn a_program_comes_in_by_a_token_and_only_to_what_is_for_programs() {
    let site = Site::for_others().await;
    let me = owner(&site).await;
    let page = me.fills("/credentials/tokens", "name=nightly&may=read&days=30").await;
    let token = page.split("<code class=\"address\">").nth(1).unwrap().split('<').next().unwrap();
    assert!(token.starts_with("inroad_"));
    let bearer = format!("Bearer {token}");
    let asks = async |path: &str, bearer: &str| {
        site.ask(path, &[("Host", OTHERS), ("Authorization", bearer)]).await
    };
    assert_eq!(status(&asks("/deals", &bearer).await), "303", "pages are for browsers");
    assert_eq!(status(&asks("/api/none", &bearer).await), "404");
    let wrong = asks("/api/none", "Bearer inroad_00000000000000000000000000000000").await;
    assert_eq!(status(&wrong), "401");
    assert_eq!(header(&wrong, "content-type"), Some("application/problem+json"));
    let without = site.ask("/api/none", &[("Host", OTHERS)]).await;
    assert_eq!(status(&without), "401");
    assert_eq!(header(&without, "www-authenticate"), Some("Bearer"));
    let headers = [("Host", OTHERS), ("Authorization", bearer.as_str())];
    let writes = site.send("/api/none", &headers, "").await;
    assert_eq!(status(&writes), "403");
    assert!(writes.contains("may not write"), "{writes}");
    let writer = site
        .inroad
        .make_token(
            &Actor::owner(),
            "w",
            [Scope::Read, Scope::Write].into(),
            1,
            &Caller::default(),
            now(),
        )
        .await
        .unwrap();
    let bearer = format!("Bearer {}", writer.secret);
    let mut answers = Vec::new();
    for _ in 0..601 {
        answers.push(asks("/api/none", &bearer).await);
    }
    let (last, before) = answers.split_last().unwrap();
    assert!(before.iter().all(|answer| status(answer) == "404"));
    assert_eq!(status(last), "429");
    assert!(header(last, "retry-after").is_some());
    assert_eq!(status(&asks("/api/none", &format!("Bearer {token}")).await), "404");
    assert_eq!(status(&me.fills("/credentials/tokens/1/end", "").await), "303");
    assert_eq!(status(&asks("/api/none", &format!("Bearer {token}")).await), "401", "taken back");
}
