//! A sentence of a letter is corrected on its page, and that is undone there.

use crate::site::{Site, form_key};

const LETTER: &str = "/messages/m3@quiet.example";
const SENTENCE: &str = "Please do not write to me again and take me off your list.";

fn form(fields: &str) -> String {
    let sentence = SENTENCE.replace(' ', "+");
    format!("form_key={}&next={LETTER}%23between&sentence={sentence}&{fields}", form_key().as_str())
}

async fn correct(site: &Site, fields: &str) -> String {
    site.send(&format!("{LETTER}/correct"), &[], &form(fields)).await
}

#[tokio::test]
async fn one_click_corrects_and_one_takes_it_back() {
    let site = Site::start().await;
    let page = site.see(LETTER).await;
    for words in [
        "<sup class=\"cue\"><a href=\"#cue-1\" title=\"This sentence ",
        "It wants no further mail.",
        "aria-label=\"Wrong: it wants no further mail\"",
        "It also …",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let answer = correct(&site, "cue=opt_out&says=no").await;
    assert!(answer.contains(" 303 ") && answer.contains(&format!("{LETTER}?done=1#between")));
    let page = site.see(&format!("{LETTER}?done=1")).await;
    assert!(page.contains("A sentence corrected: not that it wants no further mail"), "{page}");
    assert!(page.contains("Not that it wants no further mail."), "{page}");
    assert!(page.contains("You said so on") && page.contains("Take back"), "{page}");
    correct(&site, "cue=opt_out&says=undo").await;
    assert!(site.see(LETTER).await.contains("It wants no further mail."));
    correct(&site, "cue=travel&says=yes").await;
    assert!(site.see(LETTER).await.contains("It is travelling or swamped."));
    let undo = format!("form_key={}&next={LETTER}", form_key().as_str());
    site.send("/deeds/3/undo", &[], &undo).await;
    assert!(!site.see(LETTER).await.contains("It is travelling or swamped."));
}

#[tokio::test]
async fn what_cannot_be_corrected_is_refused() {
    let site = Site::start().await;
    for (fields, status) in [
        ("cue=no_such&says=no", "422"),
        ("cue=opt_out&says=perhaps", "422"),
        ("cue=opt_out&says=undo", "404"),
    ] {
        let answer = correct(&site, fields).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{fields}: {answer}");
    }
    let keyless = "sentence=x&cue=opt_out&says=no";
    let answer = site.send(&format!("{LETTER}/correct"), &[], keyless).await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}
