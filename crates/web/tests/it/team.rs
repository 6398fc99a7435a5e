//! Who works here comes in by a link of their own, and sees what is shared and nothing else.

use inroad_model::{Member, MemberRole};
use inroad_service::Actor;

use crate::site::{Site, form_key_in};

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

async fn key_of(site: &Site, email: &str, role: MemberRole) -> String {
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    let member = Member::new(email.parse().unwrap(), "Tom", [role], None).unwrap();
    site.inroad.put_member(&Actor::owner(), member.clone(), at).await.unwrap();
    site.inroad.renew_member_key(&Actor::owner(), member.email(), at).await.unwrap().what
}

fn cookie(site: &Site, key: &str) -> String {
    site.cookie().split_once('=').map(|(name, _)| format!("{name}={key}")).unwrap()
}

#[tokio::test]
async fn a_members_link_opens_what_is_shared_and_nothing_else() {
    let site = Site::start().await;
    let key = key_of(&site, "tom@brandt-advice.example", MemberRole::Seller).await;
    let let_in = site.ask(&format!("/?key={key}"), &[]).await.to_lowercase();
    assert!(let_in.starts_with("http/1.1 303"), "{let_in}");
    let cookie = cookie(&site, &key);
    for (path, expected) in [
        ("/", "303"),
        ("/help", "200"),
        ("/help/team", "200"),
        ("/style.css", "200"),
        ("/deals", "403"),
        ("/deals/a%2Fb%20c", "403"),
        ("/messages/m2@lindner.example", "403"),
        ("/people", "403"),
        ("/search?q=Pricing", "403"),
        ("/settings", "403"),
        ("/help/../deals", "403"),
        ("/helpers", "403"),
        ("/no-such-page", "403"),
        ("/team", "403"),
    ] {
        let answer = site.ask(path, &[("Cookie", &cookie)]).await;
        let is_not_there = path.contains("..") && status(&answer) == "404";
        assert!(status(&answer) == expected || is_not_there, "{path}: {}", status(&answer));
        for word in ["Pricing", "lindner", "quiet.example"] {
            assert!(!answer.contains(word), "{path} tells of {word}");
        }
    }
    let form = format!("form_key={}&name=Eve&more=eve@x.example", form_key_in(&cookie));
    let answer = site.send("/settings/me", &[("Cookie", &cookie)], &form).await;
    assert_eq!(status(&answer), "403");
    assert_eq!(
        site.inroad.myself().await.unwrap().unwrap().seller.name.as_deref(),
        Some("Ada Brandt")
    );
}

#[tokio::test]
async fn an_administrator_names_people_and_each_link_is_shown_once() {
    let site = Site::start().await;
    let key = key_of(&site, "ann@brandt-advice.example", MemberRole::Administrator).await;
    let cookie = cookie(&site, &key);
    let as_ann = [("Cookie", cookie.as_str())];
    let key = format!("form_key={}", form_key_in(&cookie));
    let no_role = site.send("/team", &as_ann, &format!("{key}&email=tom@b.example")).await;
    assert_eq!(status(&no_role), "422");
    let named = format!("{key}&email=tom@b.example&name=<b>Tom&role=seller&team=North");
    assert_eq!(status(&site.send("/team", &as_ann, &named).await), "303");
    let page = site.ask("/team", &as_ann).await;
    assert!(page.contains("&lt;b&gt;Tom") && !page.contains("<b>Tom"), "{page}");
    let link = site.send("/team/tom@b.example/link", &as_ann, &key).await;
    let shown = link.split("/?key=").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(status(&site.ask(&format!("/?key={shown}"), &[]).await), "303");
    assert!(!site.ask("/team/tom@b.example", &as_ann).await.contains(&shown));
    assert_eq!(status(&site.send("/team/tom@b.example/leave", &as_ann, &key).await), "303");
    assert_eq!(status(&site.ask(&format!("/?key={shown}"), &[]).await), "403");
    // What Ann did is not the owner's to undo, nor shown to them as theirs.
    let deeds = site.inroad.members().await.unwrap();
    assert_eq!(deeds.iter().filter(|kept| kept.left_at.is_none()).count(), 1);
    assert!(!site.see("/settings").await.contains("works here no more"));
}
