//! What an assistant proposes stands on the page of its deal until a person decides.

use inroad_model::MessageId;
use inroad_service::{Actor, AssessmentAsked};
use serde_json::json;

use crate::site::{Site, form_key};

#[tokio::test]
async fn what_is_proposed_waits_on_the_page_of_the_deal() {
    let site = Site::start().await;
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    let asked = |quote: &str| {
        AssessmentAsked {
        deal: "a/b c".to_owned(),
        says: serde_json::from_value(json!({"people": {"person": {"who": "jana@lindner.example", "is": {"stance": "leans_for"}}}})).unwrap(),
        message: MessageId::new("m2@lindner.example").unwrap(),
        quote: quote.to_owned(),
        sure_percent: Some(60),
        by: "<b>helper</b>".to_owned(),
    }
    };
    let page = site.see("/deals/a%2Fb%20c").await;
    assert!(!page.contains("Proposed by an assistant"), "{page}");
    let owner = Actor::owner();
    let made = site.inroad.propose_assessment(&owner, asked("Tomorrow at ten"), at).await.unwrap();
    let page = site.see("/deals/a%2Fb%20c").await;
    for words in [
        "Proposed by an assistant",
        "It counts for nothing until you confirm it",
        "Jana Kühn leans for it",
        "Tomorrow at ten",
        "&lt;b&gt;helper&lt;/b&gt;",
        "60 % sure",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let today = site.see("/").await;
    assert!(today.contains("An assistant proposed something about"), "{today}");
    assert!(today.contains("/deals/a%2fb%20c#proposed"), "{today}");
    let past = site.see("/deals/a%2Fb%20c?as_of=2026-01-05").await;
    assert!(!past.contains("Proposed by an assistant"), "{past}");

    let way = |act: &str| format!("/proposed/{}/{act}", made.number);
    let form = format!("form_key={}&next=%2Fdeals%2Fa%252Fb%2520c%23proposed", form_key().as_str());
    let forged = site.send(&way("confirm"), &[], "next=%2F").await;
    assert!(forged.starts_with("HTTP/1.1 403"), "without the key of the form: {forged}");
    assert!(site.inroad.told(at).await.unwrap().is_empty());
    let done = site.send(&way("confirm"), &[], &form).await;
    assert!(done.starts_with("HTTP/1.1 303"), "{done}");
    assert_eq!(site.inroad.told(at).await.unwrap().len(), 1);
    let twice = site.send(&way("dismiss"), &[], &form).await;
    assert!(
        twice.starts_with("HTTP/1.1 404") && twice.contains("a person decided already"),
        "{twice}"
    );
    let number = done.split("done=").nth(1).unwrap().split(['#', '\r']).next().unwrap();
    let page = site.see(&format!("/deals/a%2Fb%20c?done={number}")).await;
    assert!(page.contains("confirmed: jana@lindner.example leans for it"), "{page}");
    assert!(!page.contains("Proposed by an assistant"), "{page}");
    let undone = site.send(&format!("/deeds/{number}/undo"), &[], &form).await;
    assert!(undone.starts_with("HTTP/1.1 303"), "{undone}");
    assert!(site.inroad.told(at).await.unwrap().is_empty());
    let done = site.send(&way("dismiss"), &[], &form).await;
    assert!(done.starts_with("HTTP/1.1 303"), "it waited again: {done}");
    assert!(!site.see("/deals/a%2Fb%20c").await.contains("Proposed by an assistant"));
    assert!(site.inroad.told(at).await.unwrap().is_empty());
}
