//! Signing in with a real identity provider, as browsers do it: by our forms, its pages, and the way back.

use inroad_model::{Member, MemberRole};
use inroad_service::{Actor, Caller, NewProvider, now};

use crate::network::{Browser, PASSWORD, header, held, member_in, owner, status};
use crate::provider::Provider;
use crate::site::{OTHERS, Site};

const MARKETER: &str = "marketer@brandt-advice.example";
const SENT: &str = "__Host-inroad-sent";

/// A site whose people sign in with the provider.
async fn site() -> Option<(Site, Provider)> {
    let provider = Provider::there()?;
    let site = Site::for_others().await;
    let new = NewProvider {
        issuer: provider.issuer.clone(),
        name: "Brandt & <i>Co</i>".to_owned(),
        client_id: provider.client.clone(),
        client_secret: Some(provider.secret.clone()),
        by_address: false,
    };
    let (owner, passwords) = (Actor::owner(), site.passwords.as_ref().unwrap());
    let named =
        site.inroad.put_identity_provider(&owner, new, passwords, &Caller::default(), now()).await;
    assert_eq!(named.unwrap(), 1);
    Some((site, provider))
}

/// The whole line that sets a cookie.
fn cookie<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find_map(|(found, value)| {
        let is_it =
            found.eq_ignore_ascii_case("set-cookie") && value.starts_with(&format!("{name}="));
        is_it.then_some(value)
    })
}

/// What a browser shows that was sent to the provider, and where it went.
fn sent(answer: &str) -> (String, String) {
    assert_eq!(status(answer), "200", "{answer}");
    let line = cookie(answer, SENT).unwrap();
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=600"] {
        assert!(line.contains(part), "{line}");
    }
    let shown = line.split(';').next().unwrap().to_owned();
    let there = header(answer, "refresh").unwrap().strip_prefix("0;url=").unwrap().to_owned();
    assert!(answer.contains("On to Brandt &amp; &lt;i&gt;Co&lt;/i&gt;"), "{answer}");
    (shown, there)
}

/// A browser comes back to a program, showing that.
async fn comes_back(site: &Site, shown: &str, back: &str) -> String {
    let path = back.strip_prefix(&format!("https://{OTHERS}")).unwrap();
    let answer = site.ask(path, &[("Host", OTHERS), ("Cookie", shown)]).await;
    let is_over = cookie(&answer, SENT).is_some_and(|line| line.contains("Max-Age=0"));
    assert!(is_over, "it is shown no more: {answer}");
    answer
}

/// The marketer links their account there, and the answer tells how that went.
async fn links(browser: &Browser<'_>, provider: &Provider, account: &str) -> String {
    let form = format!("password={PASSWORD}").replace(' ', "+");
    let (shown, there) = sent(&browser.fills("/credentials/providers/1", &form).await);
    let back = provider.sign_in(&there, account, "");
    comes_back(browser.site, &format!("{}; {shown}", browser.cookie), &back).await
}

#[tokio::test]
async fn somebody_links_an_account_and_signs_in_with_it_at_any_program() {
    let Some((site, provider)) = site().await else { return };
    owner(&site).await;
    let mia = Browser::of(&site, &member_in(&site, MemberRole::Marketer).await);
    let page = mia.get("/credentials").await;
    assert!(page.contains("Sign in with Brandt &amp; &lt;i&gt;Co&lt;/i&gt; from now on"), "{page}");
    let wrong = mia.fills("/credentials/providers/1", "password=not+that+one").await;
    assert_eq!(status(&wrong), "403");
    let keyless = mia.post("/credentials/providers/1", "password=x").await;
    assert_eq!(status(&keyless), "403", "without the key of their forms");
    let linked = links(&mia, &provider, "mia@home.example").await;
    assert_eq!(header(&linked, "location"), Some("/credentials"), "{linked}");
    assert!(mia.get("/credentials").await.contains(", as mia@home.example, since"));

    let nobody = Browser::of(&site, "");
    let page = nobody.get("/sign-in?next=/leads").await;
    assert!(page.contains("action=\"/sign-in/with/1\""), "{page}");
    let (shown, there) = sent(&nobody.post("/sign-in/with/1", "next=/leads").await);
    let back = provider.sign_in(&there, "mia@home.example", "");
    // Whichever program serves her then.
    let other = site.one_more().await;
    let answer = comes_back(&other, &shown, &back).await;
    assert_eq!((status(&answer), header(&answer, "location")), ("303", Some("/leads")));
    let line = cookie(&answer, "__Host-inroad").unwrap();
    assert!(line.contains("; Secure; HttpOnly; SameSite=Lax; Path=/"), "{line}");
    let came = Browser::of(&site, &held(&answer));
    assert_eq!(status(&came.get("/leads").await), "200");
    assert_eq!(status(&came.get("/deals").await), "403");
    // The same way back once more, and at the other program.
    for program in [&site, &other] {
        let again = comes_back(program, &shown, &back).await;
        assert_eq!(status(&again), "403");
        assert!(again.contains("That took too long, or was done already"), "{again}");
        assert_eq!(cookie(&again, "__Host-inroad"), None);
    }

    let page = mia.get("/credentials").await;
    let end = page.split("action=\"/credentials/identities/").nth(1).unwrap();
    let end = format!("/credentials/identities/{}", end.split('"').next().unwrap());
    assert_eq!(status(&mia.fills(&end, "").await), "303");
    assert_eq!(status(&came.get("/leads").await), "303", "other browsers are signed out");
    let (shown, there) = sent(&nobody.post("/sign-in/with/1", "").await);
    let back = provider.sign_in(&there, "mia@home.example", "");
    let refused = comes_back(&site, &shown, &back).await;
    assert_eq!(status(&refused), "403");
    assert!(refused.contains("knows you, and inroad does not"), "{refused}");
}

#[tokio::test]
async fn who_is_led_astray_is_not_let_in() {
    let Some((site, provider)) = site().await else { return };
    owner(&site).await;
    let mia = Browser::of(&site, &member_in(&site, MemberRole::Marketer).await);
    links(&mia, &provider, "mia@home.example").await;
    let nobody = Browser::of(&site, "");
    // A page elsewhere sends nobody.
    let forged = nobody.post_from("https://evil.example", "/sign-in/with/1", "").await;
    assert_eq!(status(&forged), "403");
    assert_eq!(cookie(&forged, SENT), None);
    for (way, shown_too) in [("", false), ("nonce", true), ("audience", true), ("expired", true)] {
        let (shown, there) = sent(&nobody.post("/sign-in/with/1", "").await);
        let back = provider.sign_in(&there, "mia@home.example", way);
        let shown = if shown_too { shown.as_str() } else { "" };
        let refused = comes_back(&site, shown, &back).await;
        assert_eq!((status(&refused), cookie(&refused, "__Host-inroad")), ("403", None), "{way}");
        assert!(refused.contains("role=\"alert\""), "{way}: {refused}");
    }
    // Whoever is signed in stays who they are, whatever they are led to.
    let (_, there) = sent(&nobody.post("/sign-in/with/1", "").await);
    let back = provider.sign_in(&there, "eve@home.example", "");
    let led = comes_back(&site, &mia.cookie, &back).await;
    assert_eq!((status(&led), cookie(&led, "__Host-inroad")), ("403", None));
    assert_eq!(status(&mia.get("/leads").await), "200");
    for path in ["/sign-in/back", "/sign-in/back?state=1&code=2", "/sign-in/back?error=x"] {
        assert_eq!(status(&nobody.get(path).await), "403", "{path}");
    }
    let there = nobody.post("/sign-in/with/1", "next=https://evil.example/").await;
    let (shown, there) = sent(&there);
    let back = provider.sign_in(&there, "mia@home.example", "");
    assert_eq!(header(&comes_back(&site, &shown, &back).await, "location"), Some("/"));
}

#[tokio::test]
async fn by_a_link_somebody_sets_it_up_instead_of_a_password() {
    let Some((site, provider)) = site().await else { return };
    owner(&site).await;
    let member =
        Member::new(MARKETER.parse().unwrap(), "Mia", [MemberRole::Marketer], None).unwrap();
    let (owner, caller) = (Actor::owner(), Caller::default());
    site.inroad.put_member(&owner, member.clone(), now()).await.unwrap();
    let link = site.inroad.invite(&owner, member.email(), &caller, now()).await.unwrap();
    let nobody = Browser::of(&site, "");
    let page = nobody.get(&format!("/begin/{link}")).await;
    assert!(page.contains("Co&lt;/i&gt; instead"), "{page}");
    let with = format!("/begin/{link}/with/1");
    let forged = nobody.post_from("https://evil.example", &with, "").await;
    assert_eq!(status(&forged), "403");
    let (shown, there) = sent(&nobody.post(&with, "").await);
    let back = provider.sign_in(&there, "unverified-mia@home.example", "");
    let answer = comes_back(&site, &shown, &back).await;
    let mia = Browser::of(&site, &held(&answer));
    let page = mia.get("/credentials").await;
    assert!(page.contains("You sign in with Brandt &amp; "), "{page}");
    assert!(!page.contains("Your password now"), "she has none: {page}");
    let end = page.split("action=\"/credentials/identities/").nth(1).unwrap();
    let end = format!("/credentials/identities/{}", end.split('"').next().unwrap());
    let only = mia.fills(&end, "").await;
    assert!(status(&only) == "409" && only.contains("is your only way to sign in"), "{only}");
    assert!(nobody.post(&with, "").await.contains("This link leads nowhere any more"));
}
