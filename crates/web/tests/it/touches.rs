//! Touch plans: the list, one plan, every decision with its undo, at no, one and many plans.

use inroad_model::{EmailAddress, Entry, Moment, Subject};
use inroad_service::NewTouchPlan;

use crate::people::{check, done_and_undone, form, shows};
use crate::site::Site;

async fn send(site: &Site, path: &str, fields: &str) -> String {
    site.send(path, &[], &form(fields)).await
}

/// Begins with somebody, and gives the page of the plan.
async fn begun(site: &Site, fields: &str) -> String {
    let answer = send(site, "/touches/begin", fields).await;
    check(&answer, "303", "done=");
    let (_, at) = answer.split_once("/touches/").unwrap();
    let number: String = at.chars().take_while(char::is_ascii_digit).collect();
    format!("/touches/{number}")
}

#[tokio::test]
async fn one_is_begun_from_a_person_a_deal_and_a_firm() {
    let site = Site::start().await;
    shows(&site, "/touches", &["Nobody yet"], &["<nav class=\"inside\""]).await;
    let form_of = "/touches/begin?person=";
    shows(&site, "/people/jana@lindner.example", &[form_of], &[]).await;
    shows(&site, "/accounts/lindner.example/form", &["/touches/begin?firm=lindner.example"], &[])
        .await;
    shows(&site, "/deals/a%2Fb%20c", &["/touches/begin?deal=a%2fb%20c"], &[]).await;
    shows(
        &site,
        "/touches/begin?firm=lindner.example",
        &["<option value=\"jana@lindner.example\"", "name=\"firm\" value=\"lindner.example\""],
        &[],
    )
    .await;
    shows(&site, "/touches/begin?person=%22%3E%3Cscript", &["&quot;&gt;&lt;script"], &[]).await;
    let at = begun(&site, "person=jana@lindner.example&because=%3Ci%3Emore").await;
    shows(&site, &at, &["&lt;i&gt;more", "The next touch", "Approve"], &[]).await;
    shows(&site, "/touches", &["Due today", &format!("href=\"{at}\"")], &["Nobody yet"]).await;
    shows(&site, "/touches?state=ended", &["None of these now"], &[]).await;
    shows(&site, "/", &["In touch", "waits for your word"], &[]).await;
    let again = send(&site, "/touches/begin", "person=jana@lindner.example").await;
    check(&again, "409", "already");
    check(&send(&site, "/touches/begin", "person=rik@quiet.example").await, "409", "contacted");
    check(&send(&site, "/touches/begin", "person=nobody+at+all").await, "404", "");
    check(&send(&site, "/touches/begin", "person=a@b.example&deal=none").await, "404", "");
    check(&site.send("/touches/begin", &[], "person=a@b.example").await, "403", "earlier start");
    check(&site.ask("/touches/999", &[("Cookie", &site.cookie())]).await, "303", "/touches");
}

#[tokio::test]
async fn each_decision_is_shown_and_undone() {
    let site = Site::start().await;
    let at = begun(&site, "person=omar@acme.example").await;
    let page = site.see(&at).await;
    let (_, day) = page.split_once("name=\"day\" value=\"").unwrap();
    let (day, _) = day.split_once('"').unwrap();
    let act = |action: &str| format!("{at}/{action}");
    let fields = format!("day={day}&by=call&what=The+%3Ci%3Emore&useful=article&matter=x");
    let words = "The &lt;i&gt;more";
    done_and_undone(&site, &act("approve"), &fields, &at, words).await;
    let made = format!("day={day}&by=call&useful=article&matter=The+study");
    done_and_undone(&site, &act("made"), &made, &at, "You called: The study").await;
    let answered = format!("{made}&answered=yes");
    done_and_undone(&site, &act("made"), &answered, &at, "They answered").await;
    done_and_undone(&site, &act("skip"), "because=At+a+fair", &at, "Left out: At a fair").await;
    let off = "until=2199-01-02&because=Later";
    done_and_undone(&site, &act("put-off"), off, &at, "Put off until 2 January 2199").await;
    done_and_undone(&site, &act("end"), "because=Bought+%3Ci%3Emore", &at, "It has ended").await;
    check(&send(&site, &act("approve"), "day=2001-01-01&by=mail&what=x").await, "422", "passed");
    check(&send(&site, &act("approve"), "day=soon&by=mail&what=x").await, "422", "2026-03-31");
    check(&send(&site, &act("put-off"), "until=2001-01-01").await, "422", "coming day");
    check(&send(&site, &act("skip"), "because=+").await, "422", "");
    check(&send(&site, &act("made"), "day=2199-01-01&by=mail").await, "422", "or before");
    check(&send(&site, &act("juggle"), "").await, "404", "no such page");
    check(&site.send(&act("end"), &[], "because=x").await, "403", "earlier start");
    // To be left alone is for good.
    let alone = send(&site, "/people/omar@acme.example/alone", "because=Asked&next=/people").await;
    check(&alone, "303", "done=");
    shows(&site, &at, &["You said", "leave them alone"], &["anew", "Approve"]).await;
    check(&send(&site, &act("made"), &made).await, "409", "does not go on");
}

#[tokio::test]
async fn the_next_touch_is_told_with_its_draft() {
    let site = Site::start().await;
    let at = begun(&site, "person=omar@acme.example&firm=acme.example").await;
    let claim = "topic=trigger&text=A+second+hall&verified=yes";
    check(&send(&site, "/accounts/acme.example/claim", claim).await, "303", "");
    shows(&site, &at, &["A second hall", "verified", "/coach?person=omar"], &[]).await;
    let draft = site.see("/coach?person=omar%40acme.example").await;
    assert!(draft.contains("bring this, in a sentence of use to them: A second hall"), "{draft}");
}

#[tokio::test]
async fn a_long_list_has_pages() {
    let site = Site::start().await;
    let at: Moment = "2026-01-05T12:00:00+01:00".parse().unwrap();
    let known = site.inroad.touches(at).await.unwrap();
    for n in 0..120 {
        let person: EmailAddress = format!("p{n:03}@firm{n}.example").parse().unwrap();
        let new = NewTouchPlan { person, deal: None, firm: None, because: None };
        site.inroad.begin_touches(&known, new, at).await.unwrap();
    }
    let entries = site.inroad.entries(at).await.unwrap();
    let is_begun = |entry: &Entry| matches!(entry, Entry::KeepInTouch { .. });
    let people = entries.iter().filter(|kept| is_begun(&kept.entry));
    assert_eq!(people.filter(|kept| matches!(kept.about, Subject::Person(_))).count(), 120);
    shows(&site, "/touches", &["All (120)", "Page 1 of 2", "page=2"], &["p119@"]).await;
    shows(&site, "/touches?page=2", &["p119@firm119.example"], &["p000@"]).await;
    shows(&site, "/touches?page=99", &["Page 2 of 2"], &[]).await;
}
