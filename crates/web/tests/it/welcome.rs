//! From nothing to the first review, without any script.

use crate::import::{location, over};
use crate::site::{Site, form_key};

fn letters() -> String {
    let me = "Ada Brandt <ada@brandt-advice.example>";
    let jana = "Jana <jana@lindner.example>";
    let bank = "Service <service@bank.example>";
    let letter = |n: u32, from: &str, to: &str| {
        format!(
            "From x Mon Jan  5 09:00:00 2026\nFrom: {from}\nTo: {to}\n\
             Date: Mon, {n} Dec 2025 09:00:00 +0100\nMessage-ID: <w{n}@x.example>\n\
             Subject: Offer\n\nWhat do you think of it, may I call?\n\n"
        )
    };
    let pairs = [
        (me, jana),
        (jana, me),
        (me, jana),
        (jana, me),
        (me, bank),
        (bank, me),
        (me, bank),
        (bank, me),
    ];
    (1..).zip(pairs).map(|(n, (from, to))| letter(n, from, to)).collect()
}

fn form(fields: &str) -> String {
    format!("form_key={}&{fields}", form_key().as_str())
}

#[tokio::test]
async fn from_nothing_to_the_review() {
    let site = Site::start_empty().await;
    let first = site.see("/").await;
    assert!(first.starts_with("HTTP/1.1 303") && location(&first) == "/welcome", "{first}");
    let welcome = site.see("/welcome").await;
    assert!(welcome.contains("Try the sample") && welcome.contains("Choose files"), "{welcome}");

    let sent = site.send_files(form_key().as_str(), &[("all.mbox", &letters())], "import").await;
    let page = over(&site, &location(&sent)).await;
    assert!(page.contains(r#"href="/welcome/you""#), "the next step: {page}");

    let you = site.see("/welcome/you").await;
    let mine = r#"value="ada@brandt-advice.example" checked"#;
    assert!(you.contains(mine), "guessed: {you}");
    assert!(
        you.contains("“From: Ada Brandt &lt;ada@brandt-advice.example&gt;” stands on 4 letters"),
        "{you}"
    );
    let said = site
        .send(
            "/welcome/you",
            &[],
            &form("name=Ada+Brandt&email=ada@brandt-advice.example&more=ada@home.example%0D%0A"),
        )
        .await;
    assert!(location(&said).starts_with("/welcome/deals?done="), "{said}");
    let myself = site.inroad.myself().await.unwrap().unwrap();
    assert!(!myself.guessed && myself.seller.emails.len() == 2, "{myself:?}");

    let deals = site.see("/welcome/deals").await;
    assert!(deals.contains("Lindner") && deals.contains("2 from them, 2 from you"), "{deals}");
    assert!(deals.contains(r#"name="mark" value="lindner.example" checked"#), "recent: {deals}");
    let chosen = "do=accept-marked&mark=lindner.example&id=bank.example&name=Bank&id=lindner.example&name=Warehouse&next=/";
    let taken = site.send("/deals/proposed", &[], &form(chosen)).await;
    assert!(location(&taken).starts_with("/?done="), "{taken}");
    let review = site.see(&location(&taken)).await;
    assert!(review.contains("Warehouse") && review.contains("Undo"), "{review}");
    assert!(site.see("/deals/proposed").await.contains("Bank"), "what is left stays proposed");
}

#[tokio::test]
async fn proposals_are_decided_one_by_one_or_all_and_undone() {
    let site = Site::start_empty().await;
    let sent = site.send_files(form_key().as_str(), &[("all.mbox", &letters())], "import").await;
    over(&site, &location(&sent)).await;
    let no = site.send("/deals/proposed", &[], &form("dismiss=bank.example")).await;
    let number = location(&no).rsplit_once("done=").unwrap().1.to_owned();
    let list = site.see("/deals/proposed").await;
    assert!(!list.contains("bank.example") && list.contains("lindner.example"), "{list}");
    let twice = site.send("/deals/proposed", &[], &form("dismiss=bank.example")).await;
    assert!(twice.starts_with("HTTP/1.1 409"), "{twice}");
    site.send(&format!("/deeds/{number}/undo"), &[], &form("next=/")).await;
    assert!(site.see("/deals/proposed").await.contains("bank.example"));
    let all = site.send("/deals/proposed", &[], &form("do=accept-all")).await;
    assert!(site.see(&location(&all)).await.contains("Nothing is proposed"), "{all}");
    let none = site.send("/deals/proposed", &[], &form("do=accept-marked")).await;
    assert!(none.starts_with("HTTP/1.1 409"), "{none}");
}

#[tokio::test]
async fn the_sample_stays_apart() {
    let site = Site::start_empty().await;
    let shown = site.send("/welcome/sample", &[], &form("")).await;
    assert_eq!(location(&shown), "/welcome/sample");
    let page = site.see("/welcome/sample").await;
    let refresh = page.lines().find_map(|line| line.strip_prefix("refresh: 0; url=")).unwrap();
    let address = refresh.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    assert_ne!(address, site.address);
    let port = address.rsplit(':').next().unwrap();
    let cookie = format!("inroad_key_{port}={}", crate::site::key().as_str());
    let request = format!(
        "GET / HTTP/1.1\r\nConnection: close\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n"
    );
    let sample = crate::site::exchange(&address, &request).await;
    let sample = String::from_utf8(sample).unwrap();
    assert!(sample.contains("This is the sample mailbox"), "{sample}");
    assert!(sample.contains("Pricing &amp; &lt;em&gt;more"), "{sample}");
    assert!(sample.contains(&format!("http://{}/?key=", site.address)), "the way back: {sample}");
    assert!(site.inroad.is_empty().await.unwrap(), "nothing came into the user's own");
}
