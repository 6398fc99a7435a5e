//! What other programs are told is written down once, and taken by one at a time.

use inroad_model::Moment;
use inroad_store::{DeliveryState, NewDelivery, Store, Tried, WebhookSeen};

fn at(time: &str) -> Moment {
    format!("2026-03-02T{time}:00Z").parse().unwrap()
}

#[tokio::test]
async fn what_is_told_is_told_once_and_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    let before = store.add_deed(None, "long ago", "{}", None, at("08:00")).await.unwrap();
    let id =
        store.add_webhook("https://hooks.example/", "[]", "whsec_x", at("09:00")).await.unwrap();
    let kept = store.webhooks().await.unwrap();
    assert_eq!((kept[0].id, kept[0].seen.deed), (id, before.get()));
    assert!(!format!("{kept:?}").contains("whsec"));
    assert!(store.deed_news(id, kept[0].seen, 10).await.unwrap().is_empty());

    let deed = store.add_deed(None, "now", "{}", None, at("09:01")).await.unwrap();
    assert!(store.mark_undone(deed, Some(at("09:02"))).await.unwrap());
    let news = store.deed_news(id, kept[0].seen, 10).await.unwrap();
    let told: Vec<_> = news.iter().map(|news| (news.number, news.undone_at)).collect();
    assert_eq!(told, [(deed, None), (deed, Some(at("09:02")))]);

    let new = NewDelivery { event: news[0].event(), content: "{}".to_owned() };
    let seen = WebhookSeen { deed: deed.get(), undone: 7 };
    for _ in 0..2 {
        let put =
            store.put_deliveries(id, std::slice::from_ref(&new), seen, at("09:03"), at("08:00"));
        put.await.unwrap();
    }
    assert_eq!(store.webhooks().await.unwrap()[0].seen, seen);
    let undo = NewDelivery { event: news[1].event(), content: "{}".to_owned() };
    store.put_deliveries(id, &[undo], seen, at("11:00"), at("08:00")).await.unwrap();
    assert!(store.deed_news(id, seen, 10).await.unwrap().is_empty(), "it is written down already");
    assert!(store.is_delivery_due(at("09:03")).await.unwrap());
    assert!(!store.is_delivery_due(at("09:02")).await.unwrap());
    let taken = store.take_deliveries(at("09:03"), at("09:05"), 10).await.unwrap();
    assert_eq!((taken.len(), taken[0].tries), (1, 1));
    // Whoever else looks finds nothing while it is held, and takes it over when that is past.
    assert!(store.take_deliveries(at("09:04"), at("09:06"), 10).await.unwrap().is_empty());
    assert!(!store.tell_again(id, taken[0].id, at("09:04")).await.unwrap());
    let again = store.take_deliveries(at("09:05"), at("09:07"), 10).await.unwrap();
    let told =
        Tried { state: DeliveryState::Told, due_at: at("09:05"), status: 200, says: String::new() };
    assert!(!store.settle_delivery(&taken[0], &told).await.unwrap(), "it was taken over");
    assert!(store.settle_delivery(&again[0], &told).await.unwrap());
    assert!(!store.is_delivery_due(at("10:00")).await.unwrap());
    let all = store.deliveries(id, None, 10).await.unwrap();
    assert_eq!((all[1].state, all[1].tries, all[1].status), (DeliveryState::Told, 2, 200));
    assert!(store.tell_again(id, all[1].id, at("10:00")).await.unwrap());
    assert!(store.is_delivery_due(at("10:00")).await.unwrap());
    assert!(store.remove_webhook(id, at("10:01")).await.unwrap());
    assert!(!store.remove_webhook(id, at("10:02")).await.unwrap());
    assert!(!store.is_delivery_due(at("10:02")).await.unwrap());
    assert!(store.webhooks().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn at_once_each_is_taken_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    let id = store.add_webhook("https://hooks.example/", "[]", "s", at("09:00")).await.unwrap();
    let new: Vec<NewDelivery> = (0..60)
        .map(|n| NewDelivery { event: format!("deed-{n}"), content: "{}".to_owned() })
        .collect();
    let seen = WebhookSeen { deed: 60, undone: 0 };
    store.put_deliveries(id, &new, seen, at("09:00"), at("08:00")).await.unwrap();
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let taken = store.take_deliveries(at("09:01"), at("09:09"), 7).await.unwrap();
                    if taken.is_empty() {
                        return mine;
                    }
                    mine.extend(taken.into_iter().map(|one| one.event));
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!((count, all.len()), (60, 60));
}
