//! Who gets in: the holder of the link, from this machine, and nobody else.

use crate::site::{Site, key};

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

#[tokio::test]
async fn nobody_without_the_link() {
    let site = Site::start().await;
    for path in [
        "/",
        "/deals/a%2Fb%20c",
        "/messages/m1@brandt-advice.example",
        "/style.css",
        "/map.js",
        "/x",
    ] {
        assert_eq!(status(&site.ask(path, &[]).await), "403", "{path}");
        let wrong = site.cookie().replace(key().as_str(), "00000000000000000000000000000000");
        assert_eq!(status(&site.ask(path, &[("Cookie", &wrong)]).await), "403", "{path}");
    }
    assert_eq!(status(&site.ask("/?key=guess", &[]).await), "403");
}

#[tokio::test]
async fn the_link_sets_a_cookie_and_leaves_the_address_bar() {
    let site = Site::start().await;
    let answer = site.ask(&format!("/?key={}", key().as_str()), &[]).await.to_lowercase();
    assert!(answer.starts_with("http/1.1 303"), "{answer}");
    assert!(answer.contains("location: /\r\n"), "{answer}");
    assert!(answer.contains("httponly; samesite=strict; path=/"), "{answer}");
}

#[tokio::test]
async fn a_name_that_points_here_opens_nothing() {
    let site = Site::start().await;
    let cookie = site.cookie();
    let answer = site.ask("/", &[("Host", "evil.example"), ("Cookie", &cookie)]).await;
    assert_eq!(status(&answer), "403");
}

#[tokio::test]
async fn every_page_forbids_what_it_does_not_need() {
    let site = Site::start().await;
    let link = format!("/?key={}", key().as_str());
    let answers = [
        site.see("/").await,
        site.see("/messages/m2@lindner.example").await,
        site.ask("/", &[]).await,
        site.ask(&link, &[]).await,
    ];
    for answer in answers.map(|answer| answer.to_lowercase()) {
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
        ] {
            assert!(answer.contains(header), "{header}: {answer}");
        }
    }
}

#[tokio::test]
async fn two_servers_set_two_cookies() {
    let (one, two) = (Site::start().await, Site::start().await);
    assert_ne!(one.cookie(), two.cookie());
    let both = format!("{}; {}", one.cookie(), two.cookie());
    for site in [one, two] {
        assert_eq!(status(&site.ask("/", &[("Cookie", &both)]).await), "200");
    }
}

#[tokio::test]
async fn the_door_for_what_was_marked_needs_no_cookie_and_knows_nothing() {
    let site = Site::start().await;
    let door = site.ask("/clip", &[]).await;
    assert_eq!(status(&door), "200");
    assert!(!door.contains("form_key") && !door.contains("lindner"), "{door}");
    assert!(door.to_lowercase().contains("content-security-policy: default-src 'none'"));
    for path in ["/clip/keep", "/clip/bookmark", "/clip.js", "/clip?x=1/../deals", "/clip/"] {
        let answer = site.ask(path, &[]).await;
        let is_door = path.starts_with("/clip?") && !answer.contains("lindner");
        assert!(status(&answer) == "403" || is_door, "{path}");
    }
    let posted = site.send("/clip", &[("Cookie", "none=1")], "text=x").await;
    assert_eq!(status(&posted), "403");
}
