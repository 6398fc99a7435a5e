//! A letter that went to a list and straight to its reader is a letter, whichever copy comes first.

use crate::desk::{Desk, day, review_of_file};
use crate::letters::{JANA, Letter, ME, letter, mbox, usual};

fn direct() -> Letter {
    letter(JANA, ME, 18, "We have decided; please send the contract.")
        .called("1@lindner.example", "Contract")
}

fn from_list() -> Letter {
    let headers = "List-Id: <users.lists.example>\nList-Post: <mailto:users@lists.example>\n\
         Precedence: list\n";
    Letter { headers: headers.to_owned(), subject: "[users] Contract".to_owned(), ..direct() }
}

/// The review after these copies came in, each in its own file.
async fn check(copies: &[Letter], added: usize) -> serde_json::Value {
    let desk = Desk::new().await;
    desk.take_letters(&usual()).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    let mut came = 0;
    for (n, copy) in copies.iter().enumerate() {
        came += desk.take(&format!("{n}.mbox"), mbox(std::slice::from_ref(copy))).await.messages;
    }
    assert_eq!(came, added);
    let digest = desk.inroad.diagnose().await.unwrap().digest;
    let again = desk.import(&[desk.folder.path()]).await;
    assert_eq!(again.messages, 0);
    assert_eq!(desk.inroad.diagnose().await.unwrap().digest, digest, "both originals are kept");
    desk.review(day(20)).await
}

#[tokio::test]
async fn the_review_sees_the_direct_copy() {
    let expected = check(&[direct()], 1).await;
    assert_ne!(expected, check(&[from_list()], 1).await, "mail to a list is no answer");
    assert_eq!(check(&[direct(), from_list()], 1).await, expected);
    assert_eq!(check(&[from_list(), direct()], 1).await, expected);
}

#[tokio::test]
async fn a_review_of_files_sees_it_too() {
    let desk = Desk::new().await;
    let review = |copies: &[Letter]| {
        let path = desk.write("all.mbox", mbox(&[usual(), copies.to_vec()].concat()));
        let done = review_of_file(&path, None, day(20));
        serde_json::to_value(done).unwrap()
    };
    let expected = review(&[direct()]);
    assert_eq!(review(&[from_list(), direct()]), expected);
    assert_eq!(review(&[direct(), from_list()]), expected);
}
