//! Files that are sent or that lie here: looked at, imported, interrupted, and what came of it.

use std::time::Duration;

use crate::site::{MAIL, Site, form_key};

/// Where an answer leads.
pub(crate) fn location(answer: &str) -> String {
    let line = answer.lines().find_map(|line| line.strip_prefix("location: "));
    line.expect(answer).trim().to_owned()
}

/// The page of a job once it is over.
pub(crate) async fn over(site: &Site, job: &str) -> String {
    let mut page = site.see(job).await;
    for _ in 0..600 {
        if !page.contains("data-job") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        page = site.see(job).await;
    }
    page
}

async fn send(site: &Site, files: &[(&str, &str)], chosen: &str) -> String {
    let answer = site.send_files(form_key().as_str(), files, chosen).await;
    over(site, &location(&answer)).await
}

/// The files below a folder, but for locks.
fn files_below(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .map(|entry| entry.unwrap().path())
        .map(
            |path| {
                if path.is_dir() {
                    files_below(&path)
                } else {
                    usize::from(!path.ends_with("lock"))
                }
            },
        )
        .sum()
}

#[tokio::test]
async fn what_is_looked_at_is_kept_only_when_it_is_imported() {
    let site = Site::start_empty().await;
    let answer = site.send_files(form_key().as_str(), &[("mail.mbox", MAIL)], "look").await;
    let job = location(&answer);
    let page = over(&site, &job).await;
    assert!(page.contains("Nothing is kept yet"), "{page}");
    assert!(page.contains("<td>3</td>"), "{page}");
    assert!(site.inroad.is_empty().await.unwrap());
    let form = format!("form_key={}", form_key().as_str());
    let again = site.send(&format!("{job}/again"), &[], &form).await;
    let page = over(&site, &location(&again)).await;
    assert!(page.contains("It is all in."), "{page}");
    assert!(!site.inroad.is_empty().await.unwrap());
    let uploads = site.folder.path().join("inroad.db.uploads");
    assert_eq!(files_below(&uploads), 0, "the copies are gone");
    let page = send(&site, &[("mail.mbox", MAIL)], "import").await;
    assert!(page.contains("<td>0</td><td>3</td>"), "known already: {page}");
    assert!(site.see("/settings/history").await.contains("Imported mail.mbox: 3 messages"));
}

#[tokio::test]
async fn names_of_files_are_only_shown() {
    let site = Site::start_empty().await;
    let names = [
        "../../../../evil.mbox",
        "/etc/evil.mbox",
        "C:\\evil.mbox",
        "a<b>&.mbox",
        "Maildir/cur/1:2,S",
    ];
    for name in names {
        let page = send(&site, &[(name, MAIL), ("notes.bin", "\u{1}\u{2}")], "import").await;
        assert!(page.contains("It is all in."), "{name}: {page}");
        assert!(page.contains("notes.bin"), "the one of no use is told: {page}");
        assert!(!page.contains("a<b>"), "{page}");
    }
    let beside = site.folder.path().parent().unwrap();
    assert!(!beside.join("evil.mbox").exists());
    let here = std::fs::read_dir(site.folder.path()).unwrap();
    let names: Vec<String> =
        here.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| name.starts_with("inroad.db")), "{names:?}");
}

#[tokio::test]
async fn without_the_key_nothing_is_taken() {
    let site = Site::start_empty().await;
    let answer = site.send_files("guess", &[("mail.mbox", MAIL)], "import").await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    assert!(site.inroad.is_empty().await.unwrap());
    assert!(!site.folder.path().join("inroad.db.uploads").exists());
}

#[tokio::test]
async fn a_form_without_files_says_so() {
    let site = Site::start_empty().await;
    let answer = site.send_files(form_key().as_str(), &[("", "")], "import").await;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.contains("Choose a file or a folder first"), "{answer}");
}

#[tokio::test]
async fn a_path_is_read_where_it_lies() {
    let site = Site::start_empty().await;
    let folder = site.folder.path().join("mails");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.mbox"), MAIL).unwrap();
    std::fs::write(
        folder.join("deals.csv"),
        "Deal Name,Deal Stage,Create Date\nAudit,Lead,2026-13-45\n",
    )
    .unwrap();
    let form = |path: &str, chosen: &str| {
        format!("form_key={}&path={path}&do={chosen}", form_key().as_str())
    };
    let missing = site.send("/import/path", &[], &form("/not/here", "import")).await;
    assert!(missing.starts_with("HTTP/1.1 404"), "{missing}");
    let answer = site.send("/import/path", &[], &form(folder.to_str().unwrap(), "import")).await;
    let page = over(&site, &location(&answer)).await;
    assert!(page.contains("deals.csv, line 2"), "what was wrong, where: {page}");
    assert!(site.see("/settings/problems").await.contains("deals.csv, line 2"));
    assert!(folder.join("a.mbox").exists());
}

/// Many letters, so that an import takes a while.
fn long_mailbox() -> String {
    (0..3000).fold(String::new(), |all, n| {
        all + &format!(
            "From a@b.example Mon Jan  5 09:00:00 2026\nFrom: A <a{n}@b.example>\n\
             To: Ada <ada@brandt-advice.example>\nDate: Mon, 5 Jan 2026 09:00:00 +0100\n\
             Message-ID: <n{n}@b.example>\nSubject: {n}\n\nWe will look at it on Tuesday {n}.\n\n"
        )
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_take_turns_and_one_can_be_interrupted() {
    let site = Site::start_empty().await;
    let mail = long_mailbox();
    let key = form_key();
    let first = location(&site.send_files(key.as_str(), &[("long.mbox", &mail)], "import").await);
    let second = location(&site.send_files(key.as_str(), &[("mail.mbox", MAIL)], "import").await);
    let waiting = site.see(&second).await;
    assert!(waiting.contains("waits for its turn"), "{waiting}");
    let running = site.see(&first).await;
    assert!(running.contains("Importing long.mbox"), "{running}");
    assert!(
        running.contains(r#"<noscript><meta http-equiv="refresh""#),
        "without script: {running}"
    );
    assert!(
        site.see(&first).await.contains("Importing long.mbox"),
        "a second window sees the same"
    );
    let form = format!("form_key={}", key.as_str());
    let stopped = site.send(&format!("{first}/stop"), &[], &form).await;
    assert_eq!(location(&stopped), first);
    let page = over(&site, &first).await;
    assert!(page.contains("You interrupted it"), "{page}");
    let page_of_second = over(&site, &second).await;
    assert!(page_of_second.contains("It is all in."), "{page_of_second}");
    let again = location(&site.send(&format!("{first}/again"), &[], &form).await);
    let page = over(&site, &again).await;
    assert!(page.contains("It is all in."), "{page}");
    let counts = site.inroad.diagnose().await.unwrap().health.counts;
    assert!(counts.contains(&("messages", 3003)), "nothing is lost or double: {counts:?}");
    assert!(site.see("/import").await.contains(&again), "jobs are listed");
}

#[tokio::test(flavor = "multi_thread")]
async fn news_tell_how_far_it_is_until_it_is_over() {
    let site = Site::start_empty().await;
    let sent =
        site.send_files(form_key().as_str(), &[("long.mbox", &long_mailbox())], "import").await;
    let job = location(&sent);
    // The answer ends by itself.
    let news = site.see(&format!("{job}/news")).await;
    assert!(news.contains("content-type: text/event-stream"), "{news}");
    assert!(news.contains("data: over=0") && news.contains("data: over=1"), "{news}");
    assert!(news.contains("messages read"), "{news}");
    assert!(over(&site, &job).await.contains("It is all in."));
    let gone = site.see("/import/12").await;
    assert!(gone.starts_with("HTTP/1.1 404") && gone.contains("earlier start"), "{gone}");
}
