//! The lesson of a deal that has ended: offered on its page, told by a form, taken back.

use crate::site::{Site, form_key, key};

const DEAL: &str = "/deals/lost%2f1";
const TELL: &str = "/deals/lost%2f1/lesson";

fn form(fields: &str) -> String {
    format!("form_key={}&{fields}", form_key().as_str())
}

async fn shows(site: &Site, path: &str, expected: &[&str]) {
    let page = site.see(path).await;
    for words in expected {
        assert!(page.contains(words), "{path} lacks {words}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("<i>more"), "{page}");
}

fn check(answer: &str, status: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
}

#[tokio::test]
async fn an_ended_deal_offers_its_review_and_an_open_one_does_not() {
    let site = Site::start().await;
    let filled_in = [
        "What did it teach?",
        "method=\"post\" action=\"/deals/lost%2f1/lesson\"",
        "<option value=\"lost\" selected>",
        "value=\"price_too_high\"",
        "Omar &lt;/textarea&gt;&lt;script&gt;: 0 from them",
    ];
    shows(&site, DEAL, &filled_in).await;
    let open = site.see("/deals/a%2fb%20c").await;
    assert!(!open.contains("/lesson\""), "{open}");
    shows(&site, "/", &["href=\"/lessons\""]).await;
    shows(&site, "/lessons", &["No lessons yet", "href=\"/deals/lost%2f1#lesson\""]).await;
}

#[tokio::test]
async fn a_form_tells_a_lesson_and_another_takes_it_back() {
    let site = Site::start().await;
    let told = form(
        "outcome=no_decision&cause=price_too_high&cause=family_event&people=A+%3Ci%3Emore%3C%2Fi%3E",
    );
    let origin = format!("http://{}", site.address);
    let headers = [("Origin", origin.as_str()), ("Sec-Fetch-Site", "same-origin")];
    let answer = site.send(TELL, &headers, &told).await;
    check(&answer, "303");
    assert!(answer.to_lowercase().contains("location: /lessons\r\n"), "{answer}");
    let listed = [
        "too few to tell (0 of 1)",
        "price too high, family event",
        "A &lt;i&gt;more",
        "action=\"/lessons/1/undo\"",
        "how common it is",
    ];
    shows(&site, "/lessons", &listed).await;
    shows(&site, DEAL, &["Lesson 1 tells of this deal."]).await;
    check(&site.send(TELL, &headers, &told).await, "409");
    check(&site.send("/lessons/1/undo", &[("Origin", "null")], &form("")).await, "303");
    shows(&site, "/lessons", &["taken back", "Ended, without a word yet"]).await;
    shows(&site, DEAL, &["Keep this lesson"]).await;
}

#[tokio::test]
async fn nobody_else_changes_anything() {
    let site = Site::start().await;
    let told = form("outcome=lost");
    let other = "http://127.0.0.1:1";
    for headers in [
        &[("Origin", other)][..],
        &[("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")],
        &[("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Host", "evil.example")],
        &[("Cookie", "inroad_key_1=0")],
    ] {
        check(&site.send(TELL, headers, &told).await, "403");
        check(&site.send("/lessons/1/undo", headers, &told).await, "403");
    }
    for keyless in ["outcome=lost", "form_key=&outcome=lost"] {
        check(&site.send(TELL, &[], keyless).await, "403");
        check(&site.send("/lessons/1/undo", &[], keyless).await, "403");
    }
    let key_of_the_link = format!("form_key={}&outcome=lost", key().as_str());
    check(&site.send(TELL, &[], &key_of_the_link).await, "403");
    // A page that is only looked at changes nothing.
    check(&site.see(&format!("{TELL}?{told}")).await, "405");
    shows(&site, "/lessons", &["No lessons yet"]).await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_said() {
    let site = Site::start().await;
    check(&site.send(TELL, &[], &form("outcome=lost&cause=luck")).await, "422");
    check(&site.send(TELL, &[], &form("outcome=lost&play=luck")).await, "404");
    let long = format!("outcome=lost&people={}", "a".repeat(4001));
    check(&site.send(TELL, &[], &form(&long)).await, "422");
    check(&site.send("/deals/none/lesson", &[], &form("outcome=lost")).await, "404");
    check(&site.send("/lessons/9/undo", &[], &form("")).await, "404");
    check(&site.send("/lessons/x/undo", &[], &form("")).await, "404");
    shows(&site, "/lessons", &["No lessons yet"]).await;
}
