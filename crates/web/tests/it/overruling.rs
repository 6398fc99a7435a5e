//! A decision of the user's own: offered on the deal's page, kept by a form, taken back by another.

use crate::site::{Site, form_key, key};

const DEAL: &str = "/deals/a%2fb%20c";
const DECIDE: &str = "/deals/a%2fb%20c/overrule";
const UNDO: &str = "/deals/a%2fb%20c/overrule/undo";

fn form(fields: &str) -> String {
    format!("form_key={}&{fields}", form_key().as_str())
}

fn check(answer: &str, status: &str, words: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    assert!(answer.contains(words), "lacks {words}: {answer}");
}

async fn shows(site: &Site, expected: &[&str], not: &[&str]) {
    let page = site.see(DEAL).await;
    for words in expected {
        assert!(page.contains(words), "lacks {words}: {page}");
    }
    for words in not.iter().chain(&["<script", "<i>met"]) {
        assert!(!page.contains(words), "has {words}: {page}");
    }
}

#[tokio::test]
async fn a_form_keeps_a_decision_and_another_takes_it_back() {
    let site = Site::start().await;
    let offered = [
        "I know better",
        "method=\"post\" action=\"/deals/a%2fb%20c/overrule\"",
        "value=\"pursue\" required disabled",
        "value=\"wait\" required>",
        "value=\"let_go\" required>",
        "value=\"stop\" required>",
        "maxlength=\"4000\"",
    ];
    shows(&site, &offered, &["Your own decision", "Take it back"]).await;
    let origin = format!("http://{}", site.address);
    let headers = [("Origin", origin.as_str()), ("Sec-Fetch-Site", "same-origin")];
    let own = form("advice=wait&because=I+%3Ci%3Emet%3C%2Fi%3E+her");
    let answer = site.send(DECIDE, &headers, &own).await;
    check(&answer, "303", "ocation: /deals/a%2fb%20c?done=1\r\n");
    let kept = [
        "<strong>wait</strong>",
        "Your own decision: I &lt;i&gt;met&lt;/i&gt; her (inroad would say: pursue)",
        "when inroad said pursue.",
        "Take it back: pursue",
        "value=\"wait\" required checked",
    ];
    shows(&site, &kept, &["I know better"]).await;
    check(&site.send(UNDO, &headers, &form("")).await, "303", "");
    shows(&site, &offered, &["Your own decision"]).await;
    check(&site.send(UNDO, &headers, &form("")).await, "404", "There is no decision of yours");
}

#[tokio::test]
async fn what_is_advised_is_chosen_again_to_take_it_back() {
    let site = Site::start().await;
    check(&site.send(DECIDE, &[], &form("advice=let_go&because=x")).await, "303", "");
    check(&site.send(DECIDE, &[], &form("advice=stop&because=y")).await, "303", "");
    shows(&site, &["<strong>stop</strong>", "Your own decision: y"], &[]).await;
    check(&site.send(DECIDE, &[], &form("advice=pursue&because=z")).await, "303", "");
    shows(&site, &["<strong>pursue</strong>"], &["Your own decision"]).await;
}

#[tokio::test]
async fn nobody_else_decides() {
    let site = Site::start().await;
    let own = form("advice=wait&because=x");
    for headers in [
        &[("Origin", "http://127.0.0.1:1")][..],
        &[("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
        &[("Host", "evil.example")],
        &[("Cookie", "inroad_key_1=0")],
    ] {
        check(&site.send(DECIDE, headers, &own).await, "403", "");
        check(&site.send(UNDO, headers, &own).await, "403", "");
    }
    let key_of_the_link = format!("form_key={}&advice=wait&because=x", key().as_str());
    for keyless in ["advice=wait&because=x", &key_of_the_link] {
        check(&site.send(DECIDE, &[], keyless).await, "403", "");
        check(&site.send(UNDO, &[], keyless).await, "403", "");
    }
    // Asked for, it shows the form and keeps nothing.
    check(&site.see(&format!("{DECIDE}?{own}")).await, "200", "What do you do instead?");
    shows(&site, &["I know better"], &["Your own decision"]).await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_said() {
    let site = Site::start().await;
    for (fields, words) in [
        ("advice=win&because=x", "Choose what you do instead"),
        ("because=x", "Choose what you do instead"),
        ("advice=wait&because=+", "Say why"),
        ("advice=wait", "Say why"),
        ("advice=pursue&because=x", "That is what inroad advises already"),
    ] {
        check(&site.send(DECIDE, &[], &form(fields)).await, "422", words);
    }
    let long = form(&format!("advice=wait&because={}", "a".repeat(4001)));
    check(&site.send(DECIDE, &[], &long).await, "422", "say it in 4000 characters");
    let answer = site.send("/deals/lost%2f1/overrule", &[], &form("advice=wait&because=x")).await;
    check(&answer, "409", "has ended");
    let answer = site.send("/deals/none/overrule", &[], &form("advice=wait&because=x")).await;
    check(&answer, "404", "");
    shows(&site, &["I know better"], &["Your own decision"]).await;
    let ended = site.see("/deals/lost%2f1").await;
    assert!(!ended.contains("/overrule"), "{ended}");
}

#[tokio::test]
async fn who_asked_for_no_more_mail_is_left_alone() {
    let site = Site::start().await;
    let page = site.see("/deals/quiet").await;
    assert!(page.contains("They asked for no more mail."), "{page}");
    assert!(!page.contains("/overrule"), "{page}");
    let answer = site.send("/deals/quiet/overrule", &[], &form("advice=wait&because=x")).await;
    check(&answer, "422", "They asked for no more mail, and that is kept whatever else is decided");
}
