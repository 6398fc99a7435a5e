//! Threads do not depend on the order in which mails come in.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, MessageId};
use inroad_store::Concerning;
use proptest::prelude::*;

use crate::samples::{packed, store, touch};

/// Five mails: two threads, one of them with its root missing.
const MAILS: [(&str, &[&str]); 5] = [
    ("a@x.example", &[]),
    ("b@x.example", &["a@x.example"]),
    ("c@x.example", &["a@x.example", "b@x.example"]),
    ("d@x.example", &["gone@x.example"]),
    ("e@x.example", &["gone@x.example"]),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_order_gives_the_same_threads(
        order in Just((0..MAILS.len()).collect::<Vec<_>>()).prop_shuffle(),
        batch in 1_usize..6,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let threads = runtime.block_on(import(&order, batch));
        let same = |a: &str, b: &str| threads[a] == threads[b];
        prop_assert!(same("a@x.example", "b@x.example"));
        prop_assert!(same("a@x.example", "c@x.example"));
        prop_assert!(same("d@x.example", "e@x.example"));
        prop_assert!(!same("a@x.example", "d@x.example"));
    }
}

async fn import(order: &[usize], batch: usize) -> BTreeMap<String, i64> {
    let (_folder, store) = store().await;
    for chunk in order.chunks(batch) {
        let mails = chunk.iter().map(|n| {
            let (id, parents) = MAILS[*n];
            packed(touch(id, u8::try_from(*n).unwrap() + 1, parents))
        });
        store.add_messages(mails.collect()).await.unwrap();
    }
    let email: EmailAddress = "jana@lindner.example".parse().unwrap();
    let all = Concerning { emails: [email].into(), ..Concerning::default() };
    let kept = store.messages(&all).await.unwrap();
    assert!(store.message(&MessageId::new("a@x.example").unwrap()).await.unwrap().is_some());
    kept.into_iter().map(|m| (m.touch.message.id.to_string(), m.thread)).collect()
}
