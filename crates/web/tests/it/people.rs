//! People and accounts: the lists, the pages, and every form on them with its undo.

use crate::site::{MAIL, Site, form_key, key};

const JANA: &str = "/people/jana@lindner.example";

pub(crate) fn form(fields: &str) -> String {
    format!("form_key={}&{fields}", form_key().as_str())
}

pub(crate) fn check(answer: &str, status: &str, words: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    assert!(answer.contains(words), "lacks {words}: {answer}");
}

pub(crate) async fn shows(site: &Site, path: &str, expected: &[&str], not: &[&str]) {
    let page = site.see(path).await;
    for words in expected {
        assert!(page.contains(words), "{path} lacks {words}: {page}");
    }
    for words in not.iter().chain(&["<script", "<img", "<i>more", "onerror=\"", "style=\""]) {
        assert!(!page.contains(words), "{path} has {words}: {page}");
    }
}

/// Sends a form, then undoes what it did, and looks at a page before, between and after.
pub(crate) async fn done_and_undone(site: &Site, path: &str, fields: &str, at: &str, words: &str) {
    shows(site, at, &[], &[words]).await;
    let answer = site.send(path, &[], &form(&format!("{fields}&next={at}"))).await;
    check(&answer, "303", "done=");
    let (_, number) = answer.split_once("done=").unwrap();
    let number: String = number.chars().take_while(char::is_ascii_digit).collect();
    shows(site, at, &[words], &[]).await;
    let done = site.see(&format!("{at}?done={number}")).await;
    assert!(done.contains("Undo"), "{done}");
    check(
        &site.send(&format!("/deeds/{number}/undo"), &[], &form("next=/people")).await,
        "303",
        "",
    );
    shows(site, at, &[], &[words]).await;
}

#[tokio::test]
async fn the_list_names_everybody_and_is_narrowed_by_its_form() {
    let site = Site::start().await;
    let everybody = [
        "3 people on the other side",
        "href=\"/people/jana@lindner.example\"",
        "href=\"/people/rik@quiet.example\"",
        "Omar &lt;/textarea&gt;",
        "href=\"/deals/a%2fb%20c\"",
        "<span class=\"state closed\">no mail</span>",
        "<form class=\"filter\" method=\"get\" action=\"/people\"",
    ];
    shows(&site, "/people", &everybody, &[]).await;
    shows(&site, "/people?q=LINDNER", &["1 person, "], &["rik@quiet"]).await;
    shows(
        &site,
        "/people?q=%22%3E%3Cscript%3E",
        &["Nobody is like that", "&quot;&gt;&lt;script"],
        &[],
    )
    .await;
    shows(&site, "/people?state=warm&by=name", &["jana@lindner"], &["rik@quiet"]).await;
    shows(&site, "/people?alone=1", &["rik@quiet"], &["jana@lindner"]).await;
    shows(&site, "/people?state=odd&page=99&by=odd", &["3 people, "], &[]).await;
}

#[tokio::test]
async fn nobody_yet_is_said_with_what_to_do() {
    let site = Site::start_with(&[]).await;
    shows(&site, "/people", &["Nobody yet", "href=\"/import\""], &["<table"]).await;
    shows(&site, "/accounts", &["None yet", "href=\"/import\""], &["<table"]).await;
    shows(&site, "/people/same", &["Nothing to decide"], &[]).await;
    check(&site.see("/people/a@b.example").await, "404", "Nothing was ever seen");
}

#[tokio::test]
async fn many_people_come_a_hundred_a_page() {
    let rows: Vec<String> =
        (0..250).map(|n| format!("P{n:03},Berg,p{n:03}@f{n}.example\n")).collect();
    let rows = rows.concat();
    let csv = format!("First Name,Last Name,Email\n{rows}");
    let site = Site::start_with(&[("contacts.csv", csv.as_str())]).await;
    let first = site.see("/people?by=name").await;
    assert!(first.contains("250 people, by name") && first.contains("Page 1 of 3"), "{first}");
    assert!(first.contains("href=\"/people?q=&amp;by=name&amp;page=2\""), "{first}");
    assert!(first.contains("p099@") && !first.contains("p100@"));
    assert!(first.len() < 100_000, "{} bytes", first.len());
    let last = site.see("/people?q=&by=name&page=3").await;
    assert!(last.contains("p249@") && !last.contains("rel=\"next\""));
}

#[tokio::test]
async fn a_person_is_told_with_deals_letters_and_forms() {
    let site = Site::start().await;
    let told = [
        "<h1>Jana Kühn</h1>",
        "href=\"/accounts/lindner.example\"",
        "href=\"/deals/a%2fb%20c\"",
        "1 letters from them, 1 from you",
        "href=\"/messages/m2@lindner.example\"",
        "Re: &lt;img",
        "action=\"/people/jana@lindner.example/alone\"",
        "action=\"/people/jana@lindner.example/tell\"",
        "action=\"/people/jana@lindner.example/note\"",
        "action=\"/people/jana@lindner.example/tag\"",
        "action=\"/people/jana@lindner.example/same\"",
    ];
    shows(&site, JANA, &told, &[]).await;
    for path in ["/people/nobody", "/people/a%20b@c", "/people/%3Cscript%3E"] {
        check(&site.see(path).await, "404", "no address of anybody");
    }
    check(&site.see("/people/ada@brandt-advice.example").await, "404", "your own house");
}

#[tokio::test]
async fn every_word_about_a_person_has_its_undo() {
    let site = Site::start().await;
    for (action, fields, words) in [
        ("tag", "tag=%3Ci%3Emore%3C%2Fi%3E", "&lt;i&gt;more&lt;/i&gt;"),
        ("note", "text=She+%3Ci%3Emore%3C%2Fi%3E&by=call&day=2026-01-05", "She &lt;i&gt;more"),
        ("alone", "because=%3Ci%3Emore", "</strong> since 6 January 2026: &lt;i&gt;more"),
        ("tell", "what=is&is=0-0&because=lunch", "You told: Jana Kühn is for it"),
        (
            "tell",
            "what=words&kind=camp&words=The+%3Ci%3Emore",
            "is counted to &quot;The &lt;i&gt;more",
        ),
        (
            "tell",
            "what=tie&tie=trusts&other=omar@acme.example",
            "You told: Jana Kühn trusts omar@acme.example",
        ),
        ("same", "other=omar@acme.example", "<span>omar@acme.example</span>"),
    ] {
        done_and_undone(&site, &format!("{JANA}/{action}"), fields, JANA, words).await;
    }
}

#[tokio::test]
async fn whom_the_user_leaves_alone_is_closed_everywhere_at_once() {
    let site = Site::start().await;
    shows(&site, "/", &["Answer Jana"], &[]).await;
    check(
        &site.send(&format!("{JANA}/alone"), &[], &form("because=Old+friend")).await,
        "303",
        JANA,
    );
    shows(&site, "/", &[], &["Answer Jana"]).await;
    let deal = ["You said to leave Jana Kühn alone", "your own word of 6 January 2026"];
    shows(&site, "/deals/a%2fb%20c", &deal, &["Answer Jana"]).await;
    shows(&site, "/people", &["<span class=\"state closed\">left alone</span>"], &[]).await;
    shows(&site, JANA, &["Take it back"], &["/alone\""]).await;
    // Struck on the page, and that undone: back to alone.
    let struck = site.send(&format!("{JANA}/strike"), &[], &form("number=1")).await;
    check(&struck, "303", "done=2");
    shows(&site, "/", &["Answer Jana"], &[]).await;
    check(&site.send("/deeds/2/undo", &[], &form("")).await, "303", "");
    shows(&site, "/", &[], &["Answer Jana"]).await;
}

#[tokio::test]
async fn what_they_asked_themselves_is_not_taken_back() {
    let site = Site::start().await;
    let rik = "/people/rik@quiet.example";
    let said = ["Asked for no more mail", "theirs to decide", "Please do not write to me again"];
    shows(&site, rik, &said, &["Take it back"]).await;
    check(&site.send(&format!("{rik}/strike"), &[], &form("number=1")).await, "404", "");
    shows(&site, rik, &said, &[]).await;
}

#[tokio::test]
async fn who_is_who_is_asked_with_two_keys() {
    let mail = "From x Mon Jan  5 09:00:00 2026\nFrom: Bo Berg <bo.berg@home.example>\n\
        To: ada@brandt-advice.example\nDate: Mon, 5 Jan 2026 09:00:00 +0100\n\
        Message-ID: <b1@x.example>\nSubject: Hi\n\nHello\n\n\
        From x Mon Jan  5 09:00:00 2026\nFrom: Bo Berg <bo.berg@work.example>\n\
        To: ada@brandt-advice.example\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n\
        Message-ID: <b2@x.example>\nSubject: Hi\n\nHello again\n\n";
    let site = Site::start_with(&[("bo.mbox", mail), ("me.json", ME)]).await;
    let asked = [
        "bo.berg@home.example",
        "bo.berg@work.example",
        // What names and addresses say stands beside what the fields say, for and against.
        "For it: The same name, Bo Berg, and both addresses are made from it, same",
        "Against: other e-mail",
        "data-key=\"y\"",
        "data-key=\"n\"",
    ];
    shows(&site, "/people/same", &asked, &[]).await;
    shows(&site, "/people", &["1 pair may be the same person"], &[]).await;
    let pair = "a=bo.berg@home.example&b=bo.berg@work.example&next=/people/same";
    let same = site.send("/people/same", &[], &form(&format!("{pair}&same=yes"))).await;
    check(&same, "303", "ocation: /people/same?done=1");
    shows(&site, "/people/same", &["Nothing to decide"], &[]).await;
    shows(&site, "/people", &["1 person, "], &["may be the same"]).await;
    shows(
        &site,
        "/people/bo.berg@work.example",
        &["2 letters from them", "/people/bo.berg@home.example/split"],
        &[],
    )
    .await;
    check(&site.send("/deeds/1/undo", &[], &form("")).await, "303", "");
    shows(&site, "/people/same", &asked, &[]).await;
    check(&site.send("/people/same", &[], &form(&format!("{pair}&same=no"))).await, "303", "");
    shows(&site, "/people/same", &["Nothing to decide"], &[]).await;
    shows(&site, "/people", &["2 people, "], &[]).await;
    check(&site.send("/people/bo.berg@home.example/split", &[], &form("")).await, "404", "");
    check(&site.send("/people/same", &[], &form("a=x&b=y")).await, "404", "");
}

const ME: &str =
    r#"{"me": {"name": "Ada Brandt", "emails": ["ada@brandt-advice.example"]}, "deals": []}"#;

#[tokio::test]
async fn a_firm_has_its_people_deals_tags_and_word() {
    let site = Site::start().await;
    shows(
        &site,
        "/accounts",
        &["href=\"/accounts/lindner.example\"", "href=\"/accounts/acme.example\""],
        &["brandt-advice"],
    )
    .await;
    let firm = "/accounts/lindner.example";
    let told = [
        "href=\"/people/jana@lindner.example\"",
        "href=\"/deals/a%2fb%20c\"",
        "value=\"prospect\"",
    ];
    shows(&site, firm, &told, &[]).await;
    shows(&site, "/accounts/mail.lindner.example", &told, &[]).await;
    for (action, fields, words) in [
        ("tag", "tag=client", "<span>client</span>"),
        ("note", "text=Two+%3Ci%3Emore", "Two &lt;i&gt;more"),
        ("alone", "because=Lawyers", "</strong> since 6 January 2026: Lawyers"),
    ] {
        done_and_undone(&site, &format!("{firm}/{action}"), fields, firm, words).await;
    }
    check(&site.send(&format!("{firm}/alone"), &[], &form("because=x")).await, "303", firm);
    shows(&site, "/", &[], &["Answer Jana"]).await;
    shows(&site, JANA, &["The whole firm is left alone"], &[]).await;
    for path in ["/accounts/gmail.com", "/accounts/brandt-advice.example", "/accounts/no.example"] {
        check(&site.see(path).await, "404", "no such firm");
    }
    check(&site.send("/accounts/gmail.com/tag", &[], &form("tag=x")).await, "422", "mail provider");
    check(
        &site.send("/accounts/brandt-advice.example/tag", &[], &form("tag=x")).await,
        "422",
        "own house",
    );
}

#[tokio::test]
async fn nobody_else_changes_anything_and_what_cannot_be_kept_is_said() {
    let site = Site::start().await;
    let key_of_the_link = format!("form_key={}&because=x", key().as_str());
    for path in [&format!("{JANA}/alone"), "/accounts/lindner.example/alone", "/people/same"] {
        for keyless in ["because=x", &key_of_the_link] {
            check(&site.send(path, &[], keyless).await, "403", "");
        }
        check(
            &site.send(path, &[("Origin", "https://evil.example")], &form("because=x")).await,
            "403",
            "",
        );
    }
    check(&site.see(&format!("{JANA}/alone")).await, "405", "");
    for (action, fields, status) in [
        ("alone", "because=+", "422"),
        ("tag", "tag=", "422"),
        ("note", "text=", "422"),
        ("note", "text=x&day=soon", "422"),
        ("note", "text=x&day=2027-01-01", "422"),
        ("tell", "what=is&is=9-9", "422"),
        ("tell", "what=tie&tie=loves&other=omar@acme.example", "422"),
        ("tell", "what=tie&tie=trusts&other=nobody@x.example", "404"),
        ("tell", "what=tie&tie=trusts&other=jana@lindner.example", "422"),
        ("untell", "number=9", "404"),
        ("untell", "number=x", "422"),
        ("strike", "number=9", "404"),
        ("same", "other=jana@lindner.example", "422"),
        ("same", "other=Nobody+at+all", "404"),
        ("dance", "", "404"),
    ] {
        check(&site.send(&format!("{JANA}/{action}"), &[], &form(fields)).await, status, "");
    }
    let elsewhere =
        site.send(&format!("{JANA}/tag"), &[], &form("tag=x&next=//evil.example")).await;
    check(&elsewhere, "303", "ocation: /?done=");
}

/// As in a search, an accent more or less does not matter where a list is looked up.
#[tokio::test]
async fn lists_are_looked_up_without_accents() {
    let deals = r#"{"me": {"name": "Ada Brandt", "emails": ["ada@brandt-advice.example"]},
        "deals": [{"id": "m", "name": "Pricing", "organization": "M\u00fcller S\u00f6hne",
                   "domain": "lindner.example",
                   "people": [{"email": "jana@lindner.example", "name": "Jana K\u00fchn"}]}]}"#;
    let site = Site::start_with(&[("mail.mbox", MAIL), ("deals.json", deals)]).await;
    for words in ["muller", "M%C3%9CLLER", "Mu%CC%88ller+soh"] {
        shows(&site, &format!("/accounts?q={words}"), &["1 firm,"], &["quiet.example"]).await;
        shows(&site, &format!("/people?q={words}"), &["1 person,"], &["rik@quiet"]).await;
        let deals = format!("/deals?view=list&q={words}+kuhn");
        shows(&site, &deals, &["href=\"/deals/m\""], &[]).await;
    }
    shows(&site, "/accounts?q=M%C3%BCller", &["value=\"Müller\""], &[]).await;
}
