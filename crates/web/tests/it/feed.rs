//! The calendar of what is planned: who has the address reads it, and nobody else.

use inroad_model::{Channel, DealId, Entry, Remark, Subject};

use crate::import::location;
use crate::site::{Site, form_key};

async fn address(site: &Site) -> String {
    let settings = site.see("/settings").await;
    let start = format!("http://{}", site.address);
    let (_, rest) = settings.split_once(&format!("{start}/calendar/")).unwrap();
    let secret: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    format!("/calendar/{secret}.ics")
}

#[tokio::test]
async fn what_is_planned_is_read_at_its_address_only() {
    let site = Site::start().await;
    let form = |what: &str| format!("form_key={}&do={what}", form_key().as_str());
    assert!(!site.see("/settings").await.contains("/calendar/"), "none until it is made");
    let plan = Entry::Plan {
        day: "2026-01-09".parse().unwrap(),
        by: Channel::Call,
        with: None,
        what: Remark::new("Price; and, term").unwrap(),
    };
    let deal = Subject::Deal(DealId::new("a/b c").unwrap());
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    let planned = site.inroad.write_down(deal, plan, at).await.unwrap();
    let made = site.send("/settings/calendar", &[], &form("make")).await;
    assert!(location(&made).contains("done="), "{made}");
    let first = address(&site).await;
    let calendar = site.ask(&first, &[]).await;
    assert!(calendar.contains("content-type: text/calendar"), "no cookie is needed: {calendar}");
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20260109\r\nDTEND;VALUE=DATE:20260110"),
        "{calendar}"
    );
    assert!(
        calendar.contains("SUMMARY:Call: Price\\; and\\, term (Pricing & <em>more</em>)"),
        "{calendar}"
    );
    let uid = calendar.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();

    let elsewhere = site.ask(&first, &[("Host", "evil.example")]).await;
    assert!(elsewhere.starts_with("HTTP/1.1 403"), "{elsewhere}");
    for wrong in ["/calendar/.ics", "/calendar/0123456789abcdef0123456789abcdef.ics", "/calendar/x"]
    {
        assert!(site.ask(wrong, &[]).await.starts_with("HTTP/1.1 404"), "{wrong}");
    }
    let post = site.send(&first, &[("Cookie", "")], "").await;
    assert!(post.starts_with("HTTP/1.1 403"), "it is only read: {post}");

    site.send("/settings/calendar", &[], &form("renew")).await;
    assert!(site.ask(&first, &[]).await.starts_with("HTTP/1.1 404"), "the old one leads nowhere");
    let second = address(&site).await;
    assert!(site.ask(&second, &[]).await.contains(&uid), "entries stay the same");
    site.inroad
        .write_down(
            Subject::Deal(DealId::new("a/b c").unwrap()),
            Entry::Done { plan: planned.what },
            at,
        )
        .await
        .unwrap();
    assert!(!site.ask(&second, &[]).await.contains("BEGIN:VEVENT"), "what is done is gone");
    site.send("/settings/calendar", &[], &form("close")).await;
    assert!(site.ask(&second, &[]).await.starts_with("HTTP/1.1 404"));
}
