//! The coach: a draft is read as it is typed, and nothing of it is kept.

use crate::site::{Site, form_key};

const BAD: &str = "person=jana%40lindner.example&channel=email&stage=follow-up&subject=Pricing\
    &text=Hi%20Jana%2C%0D%0A%0D%0AJust%20checking%20in.%20%3Cimg%20src%3Dx%3E%20[COMPANY]%0D%0A%0D%0AAda";

fn form(fields: &str) -> String {
    format!("form_key={}&{fields}", form_key().as_str())
}

/// The value of the first button of a name.
fn button(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect(name);
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_begins_with_a_skeleton_for_whom_it_is() {
    let site = Site::start().await;
    let empty = site.see("/coach").await;
    assert!(empty.starts_with("HTTP/1.1 200") && empty.contains("Nothing is written yet."));
    let page = site.see("/coach?person=jana@lindner.example").await;
    assert!(
        page.contains("Hello Jana,\n\n[fill in: take up one thing of their letter of"),
        "{page}"
    );
    assert!(page.contains("A field of a template is still empty"), "{page}");
    assert!(page.contains("Held up: ") && page.contains("Copy all the same"), "{page}");
    let by_name = site.see("/coach?person=jana").await;
    assert!(by_name.contains("name=\"person\" value=\"jana@lindner.example\""), "{by_name}");
    let nobody = site.see("/coach?person=zzzz").await;
    assert!(nobody.contains("Nobody is known under “zzzz”"), "{nobody}");
    let alone = site.see("/coach?person=jana@lindner.example&play=none").await;
    assert!(!alone.contains("[fill in: one clear") && alone.contains("Nothing is written yet."));
}

#[tokio::test]
async fn nobody_who_opted_out_gets_a_draft_or_a_copy() {
    let site = Site::start().await;
    let page = site.see("/coach?person=rik@quiet.example").await;
    assert!(page.contains("is not to be contacted") && !page.contains("[fill in"), "{page}");
    assert!(page.contains("Nothing is copied from here") && !page.contains("data-copy"), "{page}");
    assert!(page.contains("holds it up"), "{page}");
    let fields = form("person=rik%40quiet.example&channel=email&text=Hi+Rik%2C+may+I%3F");
    let looked = site.send("/coach/look", &[], &fields).await;
    assert!(!looked.contains("data-copy"), "{looked}");
    let rule = site.see("/coach/rules").await;
    let (before, _) = rule.split_once("stays as it is").unwrap();
    let id = before.rsplit_once("<code>").unwrap().1.split('<').next().unwrap();
    let dismissed =
        form(&format!("person=rik%40quiet.example&channel=email&text=Hi&dismiss={id}+"));
    let refused = site.send("/coach/look", &[], &dismissed).await;
    assert!(refused.contains("cannot be dismissed"), "{refused}");
}

#[tokio::test]
async fn without_a_script_the_form_is_answered_by_the_page() {
    let site = Site::start().await;
    let page = site.send("/coach", &[], &form(BAD)).await;
    assert!(page.contains("<h1>Coach</h1>") && page.contains("Just checking in."), "{page}");
    assert!(!page.contains("<img src=x>"), "what is typed is text: {page}");
    assert!(page.contains("A field of a template is still empty"), "{page}");
    assert!(page.contains("<blockquote>[COMPANY]</blockquote>"), "{page}");
}

#[tokio::test]
async fn a_look_answers_the_parts_that_change_and_keeps_nothing() {
    let site = Site::start().await;
    let before = site.inroad.coach_stats().await.unwrap();
    let looked = site.send("/coach/look", &[], &form(BAD)).await;
    assert!(
        looked.contains("id=\"looked\" data-part") && looked.contains("id=\"copying\" data-part")
    );
    assert!(!looked.contains("<html"), "{looked}");
    assert!(looked.contains("data-field=\"text\" data-start="), "{looked}");
    assert_eq!(site.inroad.coach_stats().await.unwrap(), before);
    let without_key = site.send("/coach/look", &[], BAD).await;
    assert!(without_key.starts_with("HTTP/1.1 403"), "{without_key}");
    let long = form(&format!("channel=email&text={}", "word+".repeat(20_000)));
    let looked = site.send("/coach/look", &[], &long).await;
    assert!(
        looked.starts_with("HTTP/1.1 422") && looked.contains("no draft is so long"),
        "{looked}"
    );
}

#[tokio::test]
async fn a_finding_is_dismissed_for_its_words_and_speaks_up_again() {
    let site = Site::start().await;
    let looked = site.send("/coach/look", &[], &form(BAD)).await;
    let value = button(&looked, "dismiss");
    assert_eq!(value, "unfilled-field [COMPANY]");
    let dismiss = form(&format!("{BAD}&dismiss=unfilled-field+[COMPANY]"));
    let looked = site.send("/coach/look", &[], &dismiss).await;
    assert!(
        looked.contains("Dismissed for these words.") && !looked.contains("Held up"),
        "{looked}"
    );
    assert!(looked.contains("1 dismissed by you"), "{looked}");
    let number = button(&looked, "undo");
    let history = site.see("/settings/history").await;
    assert!(history.contains("The coach is silent about “unfilled-field”"), "{history}");
    let looked = site.send("/coach/look", &[], &form(&format!("{BAD}&undo={number}"))).await;
    assert!(looked.contains("It speaks up again.") && looked.contains("Held up"), "{looked}");
    site.send("/coach/look", &[], &dismiss).await;
    let restore = form(&format!("{BAD}&restore=unfilled-field+[COMPANY]"));
    let looked = site.send("/coach", &[], &restore).await;
    assert!(looked.contains("It speaks up again.") && looked.contains("Held up"), "{looked}");
}

#[tokio::test]
async fn what_is_written_of_a_person_is_known_at_the_next_look() {
    let site = Site::start().await;
    site.send("/coach/look", &[], &form(BAD)).await;
    let note = form("day=2026-01-05&text=They+open+a+second+warehouse+in+Bremen&next=/");
    site.send("/people/jana@lindner.example/note", &[], &note).await;
    let page = site.see("/coach?person=jana@lindner.example").await;
    assert!(page.contains("second warehouse in Bremen"), "{page}");
    assert!(page.contains("<a href=\"/people/jana@lindner.example\">your note of"), "{page}");
}

#[tokio::test]
async fn a_voicemail_may_be_said_aloud_in_the_page_alone() {
    let site = Site::start().await;
    let page = site.see("/coach?person=jana@lindner.example&channel=voicemail").await;
    assert!(page.contains("media-src blob:") && page.contains("data-recorder"), "{page}");
    assert!(page.contains("Hello Jana, this is Ada Brandt.") && !page.contains("name=\"subject\""));
    assert!(page.contains("seconds"), "{page}");
    assert!(!site.see("/").await.contains("media-src"));
}

#[tokio::test]
async fn cards_and_people_lead_to_a_draft() {
    let site = Site::start().await;
    let person = site.see("/people/jana@lindner.example").await;
    assert!(person.contains("/coach?person=jana@lindner.example"), "{person}");
    let alone = site.see("/people/rik@quiet.example").await;
    assert!(!alone.contains("/coach?person="), "{alone}");
    let rules = site.see("/coach/rules").await;
    assert!(rules.contains("id=\"unfilled-field\"") && rules.len() < 100_000);
}
