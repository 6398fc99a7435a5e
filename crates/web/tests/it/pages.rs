//! What the pages show, and that text of a mail stays text.

use crate::site::{MAIL, Site};

/// Where a page could load something from elsewhere or run something.
const ACTIVE: [&str; 7] =
    ["<script", "<img", "<iframe", "src=\"", "href=\"http", "onerror", "javascript:"];

async fn check(site: &Site, path: &str, status: &str, expected: &[&str]) {
    let answer = site.see(path).await;
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    for words in expected {
        assert!(body.contains(words), "{path} lacks {words}: {body}");
    }
    for active in ACTIVE {
        assert!(!body.contains(active), "{path} holds {active}: {body}");
    }
}

#[tokio::test]
async fn the_list_leads_to_the_deal_and_the_deal_to_the_message() {
    let site = Site::start().await;
    check(
        &site,
        "/",
        "200",
        &[
            "Pricing &amp; &lt;em&gt;more&lt;/em&gt;",
            "href=\"/deals/a%2fb%20c\"",
            "48\u{202f}000 EUR",
        ],
    )
    .await;
    check(
        &site,
        "/deals/a%2fb%20c",
        "200",
        &["Why", "href=\"/messages/m2@lindner.example\"", "Jana Kühn", "Answer Jana Kühn."],
    )
    .await;
    check(
        &site,
        "/messages/m2@lindner.example",
        "200",
        &["Tomorrow at ten.", "Re: &lt;img", "&lt;script&gt;alert(1)"],
    )
    .await;
}

/// The map's page runs one script, ours, and nothing else.
#[tokio::test]
async fn the_deal_leads_to_who_moves_it_with_a_picture() {
    let site = Site::start().await;
    check(&site, "/deals/a%2fb%20c", "200", &["href=\"/deals/a%2fb%20c/politics\""]).await;
    for path in
        ["/deals/a%2fb%20c/politics", "/deals/a%2fb%20c/politics?layout=layers&comfort=bold"]
    {
        let answer = site.see_whole(path).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        let ours = "<script type=\"module\" src=\"/map.js\"></script>";
        assert_eq!(answer.matches(ours).count(), 1, "{path}");
        let rest = site.see(path).await.replace("http://www.w3.org/2000/svg", "");
        for active in ACTIVE {
            assert!(!rest.contains(active), "{path} holds {active}");
        }
        for words in
            ["<svg", "Jana Kühn", "Where to go", "your contact", "Pricing &amp; &lt;em&gt;"]
        {
            assert!(answer.contains(words), "{path} lacks {words}: {answer}");
        }
    }
    assert!(site.see("/map.js").await.contains("text/javascript"));
    check(&site, "/deals/nothing/politics", "404", &["No deal is called"]).await;
}

#[tokio::test]
async fn what_is_not_there_is_said_plainly() {
    let site = Site::start().await;
    check(&site, "/deals/nothing", "404", &["No deal is called"]).await;
    check(&site, "/messages/nothing@here.example", "404", &["No message"]).await;
    check(&site, "/nothing", "404", &["There is no such page."]).await;
}

#[tokio::test]
async fn the_review_as_one_file_needs_nothing_else() {
    let site = Site::start().await;
    let page = site.see("/").await;
    assert!(page.contains("/style.css"));
    let style = site.see("/style.css").await;
    assert!(style.contains("text/css") && !style.contains("url("), "{style}");
}

#[tokio::test]
async fn the_script_of_the_map_is_ours() {
    let site = Site::start().await;
    let script = site.see("/map.js").await;
    assert!(script.contains("content-type: text/javascript"), "{script}");
    // It asks nobody for anything, and makes no markup out of text.
    for way in ["fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval(", "http://", "https://"]
    {
        assert!(!script.contains(way), "{way}: {script}");
    }
}

#[tokio::test]
async fn the_past_is_replayed_on_a_page() {
    let site = Site::start().await;
    check(&site, "/", "200", &["href=\"/backtest\""]).await;
    check(&site, "/backtest", "200", &["What the past says", "not enough history"]).await;
}

/// A server for a past day knows nothing that came later.
#[tokio::test]
async fn later_letters_are_not_there_on_a_past_day() {
    let later = "From jana@lindner.example Wed Jan  7 15:00:00 2026\n\
                 From: Jana <jana@lindner.example>\nTo: Ada Brandt <ada@brandt-advice.example>\n\
                 Date: Wed, 7 Jan 2026 15:00:00 +0100\nMessage-ID: <m4@lindner.example>\n\
                 Subject: Tomorrow\n\nThe marmalade is tomorrow at ten.\n\n";
    let site = Site::over(&format!("{MAIL}{later}")).await;
    let found = site.see("/search?q=tomorrow").await;
    assert!(
        found.contains("m2@lindner.example") || found.contains("m2%40lindner.example"),
        "{found}"
    );
    assert!(!found.contains("m4"), "{found}");
    assert!(!site.see("/search/suggest?q=marmal").await.contains("m4"));
    for page in ["", "/as-written", "/as-written/mail"] {
        check(&site, &format!("/messages/m4@lindner.example{page}"), "404", &[]).await;
    }
    check(&site, "/messages/m2@lindner.example", "200", &[]).await;
}
