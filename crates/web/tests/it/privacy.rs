//! The list of whom not to write to, and erasing a person, through forms.

use crate::people::{check, done_and_undone, form, shows};
use crate::site::{Site, form_key};

const LIST: &str = "/do-not-contact";
const JANA: &str = "/people/jana@lindner.example";

#[tokio::test]
async fn the_list_is_shown_added_to_and_taken_back() {
    let site = Site::start().await;
    let fields = "whom=zenit.example&because=a+rival";
    done_and_undone(&site, "/do-not-contact/add", fields, LIST, "a rival").await;
    check(&site.send("/do-not-contact/add", &[], &form(fields)).await, "303", "done=");
    shows(&site, LIST, &["everybody at", "zenit.example", "a rival", "Take back"], &[]).await;
    shows(&site, "/do-not-contact?q=nobody%20else", &["Nobody like that"], &["a rival"]).await;
    check(
        &site.send("/do-not-contact/add", &[], "whom=x.example&because=y").await,
        "403",
        "earlier start",
    );
    check(
        &site.send("/do-not-contact/take-back", &[], &form("row=99")).await,
        "404",
        "taken back already",
    );
    check(
        &site.send("/do-not-contact/add", &[], &form("whom=gmail.com&because=y")).await,
        "422",
        "mail provider",
    );
    let csv = site.send("/do-not-contact/export", &[], &form("")).await;
    check(&csv, "200", "email,domain,firm,hash,reason,since,source");
    check(&csv, "200", ",zenit.example,,,a rival,");
}

#[tokio::test]
async fn how_long_letters_are_kept_is_shown() {
    let site = Site::start().await;
    shows(&site, LIST, &["How long letters are kept", "Until you erase them."], &[]).await;
    let rule = inroad_service::Retention { letters_months: Some(36), daily: true };
    site.inroad.set_retention(rule).await.unwrap();
    let expected = ["Letters older than 36 months go", "every day."];
    shows(&site, LIST, &expected, &["Until you erase them."]).await;
}

#[tokio::test]
async fn ten_thousand_come_a_hundred_a_page() {
    let site = Site::start().await;
    let list: Vec<String> = (0..10_000).map(|n| format!("p{n}@many.example")).collect();
    let report =
        site.inroad.import_not_contacted(list.join("\n").into_bytes(), "<b>list</b>.csv", now());
    assert_eq!(report.await.unwrap().added, 10_000);
    let page = site.see("/do-not-contact?page=2").await;
    assert_eq!(page.matches("@many.example</a>").count(), 100);
    assert!(page.contains("Page 2 of 101") || page.contains("Page 2 of 100"), "{page:.3000}");
    assert!(page.contains("&lt;b&gt;list") && !page.contains("<b>list"));
}

fn now() -> inroad_model::Moment {
    "2020-03-30T09:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn somebody_is_erased_only_when_their_address_is_typed() {
    let site = Site::start().await;
    shows(&site, JANA, &["Erase this person", "Save all that is held"], &[]).await;
    let at = format!("{JANA}/erase");
    shows(
        &site,
        &at,
        &["What goes", "What stays", "cannot be undone", "jana@lindner.example"],
        &[],
    )
    .await;
    let wrong = site.send(&at, &[], &form("address=omar@lindner.example")).await;
    check(&wrong, "422", "Nothing was changed");
    check(&site.send(&at, &[], "address=jana@lindner.example").await, "403", "earlier start");
    shows(&site, JANA, &["jana@lindner.example"], &[]).await;
    let zip = site.send(&format!("{JANA}/export"), &[], &form("")).await;
    assert!(zip.contains("application/zip") && zip.contains("person.json"));

    let done = site.send(&at, &[], &form("address=Jana@lindner.example")).await;
    check(&done, "303", "/do-not-contact?done=");
    shows(&site, LIST, &["somebody who was erased"], &["jana@lindner.example"]).await;
    let gone = site.see(JANA).await;
    assert!(gone.starts_with("HTTP/1.1 404"), "{gone}");
    for path in ["/", "/people", "/deals", "/settings/history"] {
        shows(&site, path, &[], &["jana@lindner.example", "Jana K"]).await;
    }
    let zip = site.send(&format!("{JANA}/export"), &[], &form("")).await;
    check(&zip, "404", "a hash is kept");
    assert!(!form_key().as_str().is_empty());
}

#[tokio::test]
async fn what_a_rule_takes_is_shown_before_it_is_set() {
    let stranger = "From zoe@else.example Fri Jan  5 17:00:00 2024\nFrom: Zoe <zoe@else.example>\n\
                    To: Ada Brandt <ada@brandt-advice.example>\nDate: Fri, 5 Jan 2024 17:00:00 +0100\n\
                    Message-ID: <z1@else.example>\nSubject: Hello\n\nGood morning.\n\n";
    let old = crate::site::MAIL.replace(" Jan 2026", " Jan 2024") + stranger;
    let site = Site::over(&old).await;
    let key = form_key();
    let fills = async |path: &str, more: &str| {
        site.send(path, &[], &format!("form_key={}&{more}", key.as_str())).await
    };
    let page = site.see("/team/letters").await;
    assert!(page.contains("Until you erase them."), "{page}");
    for (typed, words) in [("many", "no number of months"), ("0", "1 to 1200 months")] {
        let refused = fills("/team/letters/look", &format!("months={typed}")).await;
        assert!(refused.starts_with("HTTP/1.1 422") && refused.contains(words), "{refused}");
    }
    let look = fills("/team/letters/look", "months=12&daily=yes").await;
    for words in ["1 letter of before 6 January 2025 goes", "3 stay", "It cannot be undone"] {
        assert!(look.contains(words), "{words}: {look}");
    }
    // Nothing changed by looking, nor by a form that shows another number.
    let other = fills("/team/letters", "months=12&daily=yes&goes=7").await;
    assert!(other.starts_with("HTTP/1.1 409") && other.contains("Another number"), "{other}");
    assert_eq!(site.inroad.retention().await.unwrap(), inroad_service::Retention::default());
    assert!(site.see("/messages/z1@else.example").await.contains("Good morning"));
    let set = fills("/team/letters", "months=12&daily=yes&goes=1").await;
    assert!(set.contains("location: /team/letters?done="), "{set}");
    let page = site.see("/team/letters").await;
    assert!(page.contains("Letters older than 12 months go"), "{page}");
    assert!(!site.see("/messages/z1@else.example").await.contains("Good morning"));
    fills("/team/letters/off", "").await;
    assert!(site.see("/team/letters").await.contains("Until you erase them."));
}
