//! Settings: who the user is, the backup, and the history with its undo.

use crate::import::{location, over};
use crate::site::{Site, form_key};

fn form(fields: &str) -> String {
    format!("form_key={}&{fields}", form_key().as_str())
}

#[tokio::test]
async fn who_one_is_can_be_said_and_undone() {
    let site = Site::start().await;
    let before = site.inroad.myself().await.unwrap().unwrap().seller;
    let wrong = site.send("/settings/me", &[], &form("name=Ada&more=ada")).await;
    assert!(wrong.starts_with("HTTP/1.1 422") && wrong.contains("is no mail address"), "{wrong}");
    let none = site.send("/settings/me", &[], &form("name=Ada&more=")).await;
    assert!(none.starts_with("HTTP/1.1 422"), "{none}");
    let fields =
        "name=Ada&more=ada@brandt-advice.example%0D%0Aada@home.example&colleagues=bo@other.example";
    let said = site.send("/settings/me", &[], &form(fields)).await;
    let seller = site.inroad.myself().await.unwrap().unwrap().seller;
    assert_eq!((seller.emails.len(), seller.colleagues.len()), (2, 1));
    let next = location(&said);
    let again = site.send("/settings/me", &[], &form(fields)).await;
    assert_eq!(location(&again), "/settings", "nothing changed");
    let number = next.rsplit_once("done=").unwrap().1;
    let history = site.see("/settings/history").await;
    assert!(history.contains("You are ada@brandt-advice.example, ada@home.example"), "{history}");
    assert!(history.contains(&format!("/deeds/{number}/undo")), "{history}");
    site.send(&format!("/deeds/{number}/undo"), &[], &form("next=/settings/history")).await;
    assert_eq!(site.inroad.myself().await.unwrap().unwrap().seller, before);
    assert!(site.see("/settings/history").await.contains("undone"));
}

#[tokio::test]
async fn a_backup_is_sent_whole_and_can_be_restored() {
    let site = Site::start().await;
    let get = site.see("/settings/backup").await;
    assert!(get.starts_with("HTTP/1.1 405"), "only by a form: {get}");
    let body = form("");
    let request = format!(
        "POST /settings/backup HTTP/1.1\r\nConnection: close\r\nHost: {}\r\nCookie: {}\r\n\
         Content-Length: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
        site.address,
        site.cookie(),
        body.len()
    );
    let answer = site.exchange_bytes(&request).await;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let (head, file) = answer.split_at(end + 4);
    let head = String::from_utf8(head.to_vec()).unwrap();
    assert!(head.contains("attachment; filename=\"inroad-2026-01-06.db\""), "{head}");
    assert!(file.starts_with(b"SQLite format 3"));
    let path = site.folder.path().join("backup.db");
    std::fs::write(&path, file).unwrap();
    let data = site.folder.path().join("restored.db");
    let (messages, _) = inroad_service::Inroad::restore(&path, &data).await.unwrap();
    assert_eq!(messages, 3);
}

#[tokio::test]
async fn the_data_file_is_looked_over_and_read_anew() {
    let site = Site::start().await;
    let settings = site.see("/settings").await;
    assert!(settings.contains("inroad.db"), "{settings}");
    let page = over(&site, &location(&site.send("/settings/check", &[], &form("")).await)).await;
    assert!(page.contains("The data file is whole."), "{page}");
    let page = over(&site, &location(&site.send("/settings/reread", &[], &form("")).await)).await;
    assert!(page.contains("0 messages read anew"), "{page}");
}
