//! What other programs are told is written down once, and taken by one at a time.

use inroad_model::Moment;
use inroad_store::{DeliveryState, NewDelivery, Tried, WebhookSeen};

use crate::samples::store;

fn at(time: &str) -> Moment {
    format!("2026-03-02T{time}:00Z").parse().unwrap()
}

#[tokio::test]
async fn what_is_told_is_told_once_and_by_one() {
    let (_folder, store) = store().await;
    let before = store.add_deed(None, "long ago", "{}", None, at("08:00")).await.unwrap();
    let late = at("12:00");
    assert!(store.mark_undone(before, Some(late), at("08:59")).await.unwrap());
    let id =
        store.add_webhook("https://hooks.example/", "[]", "whsec_x", at("09:00")).await.unwrap();
    let kept = store.webhooks().await.unwrap();
    assert_eq!((kept[0].id, kept[0].seen.deed), (id, before.get()));
    assert!(!format!("{kept:?}").contains("whsec"));
    let news = async |seen, until: &str| store.deed_news(seen, at(until), 10).await.unwrap();
    assert!(news(kept[0].seen, "12:00").await.is_empty(), "what was undone before is not told");

    let deed = store.add_deed(None, "now", "{}", None, at("09:01")).await.unwrap();
    // Whatever day is looked at, and whichever clock is behind, an undo is later than those before.
    let early = "2020-01-01T00:00:00Z".parse().unwrap();
    assert!(store.mark_undone(deed, Some(early), at("08:30")).await.unwrap());
    assert_eq!(news(kept[0].seen, "08:59").await.len(), 1, "it is not told at once");
    let found = news(kept[0].seen, "09:00").await;
    let told: Vec<_> = found.iter().map(|news| (news.number, news.undone_at)).collect();
    assert_eq!(told, [(deed, None), (deed, Some(early))]);
    assert!(store.mark_undone(deed, None, at("09:02")).await.unwrap());
    assert_eq!(news(kept[0].seen, "12:00").await.len(), 1, "it stands again");
    assert!(store.mark_undone(deed, Some(early), at("09:02")).await.unwrap());
    let again = news(kept[0].seen, "12:00").await;
    assert_ne!(again[1].event(), found[1].event(), "it is another undo");

    let new = NewDelivery { event: found[0].event(), content: "{}".to_owned() };
    let seen = WebhookSeen { deed: deed.get(), undone: again[1].undone_clock };
    for _ in 0..2 {
        store.put_deliveries(id, std::slice::from_ref(&new), seen, at("09:03")).await.unwrap();
    }
    assert_eq!(store.webhooks().await.unwrap()[0].seen, seen);
    let undo = NewDelivery { event: again[1].event(), content: "{}".to_owned() };
    store.put_deliveries(id, &[undo], seen, at("11:00")).await.unwrap();
    assert!(news(seen, "12:00").await.is_empty(), "it is written down already");
    assert!(store.is_delivery_due(at("09:03")).await.unwrap());
    assert!(!store.is_delivery_due(at("09:02")).await.unwrap());
    let taken = store.take_deliveries(at("09:03"), at("09:05"), 10, 10).await.unwrap();
    assert_eq!((taken.len(), taken[0].tries), (1, 1));
    // Whoever else looks finds nothing while it is held, and takes it over when that is past.
    assert!(store.take_deliveries(at("09:04"), at("09:06"), 10, 10).await.unwrap().is_empty());
    assert!(!store.tell_again(id, taken[0].id, at("09:04")).await.unwrap());
    let again = store.take_deliveries(at("09:05"), at("09:07"), 10, 10).await.unwrap();
    let told =
        Tried { state: DeliveryState::Told, due_at: at("09:05"), status: 200, says: String::new() };
    assert!(!store.settle_delivery(&taken[0], &told).await.unwrap(), "it was taken over");
    assert!(store.settle_delivery(&again[0], &told).await.unwrap());
    assert!(!store.is_delivery_due(at("10:00")).await.unwrap());
    let all = store.deliveries(id, None, 10).await.unwrap();
    assert_eq!((all[1].state, all[1].tries, all[1].status), (DeliveryState::Told, 2, 200));
    assert!(store.tell_again(id, all[1].id, at("10:00")).await.unwrap());
    assert!(store.is_delivery_due(at("10:00")).await.unwrap());
    store.forget_old_deliveries(at("09:04")).await.unwrap();
    assert_eq!(
        store.deliveries(id, None, 10).await.unwrap().len(),
        2,
        "what waits is not forgotten"
    );
    assert!(store.remove_webhook(id, at("10:01")).await.unwrap());
    assert!(!store.remove_webhook(id, at("10:02")).await.unwrap());
    assert!(!store.is_delivery_due(at("10:02")).await.unwrap());
    assert!(store.webhooks().await.unwrap().is_empty());
    // Somebody who had looked before they were removed writes nothing down for them.
    store.put_deliveries(id, &[new], seen, at("10:03")).await.unwrap();
    assert!(store.deliveries(id, None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn whoever_has_much_to_be_told_holds_up_nobody() {
    let (_folder, store) = store().await;
    let mut hooks = Vec::new();
    for (count, minute) in [(20, "09:00"), (2, "09:01")] {
        let id = store.add_webhook("https://hooks.example/", "[]", "s", at(minute)).await.unwrap();
        let new: Vec<NewDelivery> = (0..count)
            .map(|n| NewDelivery { event: format!("deed-{n}"), content: "{}".to_owned() })
            .collect();
        let seen = WebhookSeen { deed: 60, undone: 0 };
        store.put_deliveries(id, &new, seen, at(minute)).await.unwrap();
        hooks.push(id);
    }
    let taken = store.take_deliveries(at("09:02"), at("09:09"), 10, 3).await.unwrap();
    let of = |id| taken.iter().filter(|one| one.webhook == id).count();
    assert_eq!((of(hooks[0]), of(hooks[1])), (3, 2));
    let told =
        Tried { state: DeliveryState::Told, due_at: at("09:02"), status: 200, says: String::new() };
    for one in &taken {
        assert!(store.settle_delivery(one, &told).await.unwrap());
    }
    store.forget_old_deliveries(at("09:01")).await.unwrap();
    let left = store.deliveries(hooks[0], None, 30).await.unwrap().len();
    assert_eq!((left, store.deliveries(hooks[1], None, 30).await.unwrap().len()), (17, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn at_once_each_is_taken_by_one() {
    let (_folder, store) = store().await;
    let id = store.add_webhook("https://hooks.example/", "[]", "s", at("09:00")).await.unwrap();
    let new: Vec<NewDelivery> = (0..60)
        .map(|n| NewDelivery { event: format!("deed-{n}"), content: "{}".to_owned() })
        .collect();
    let seen = WebhookSeen { deed: 60, undone: 0 };
    store.put_deliveries(id, &new, seen, at("09:00")).await.unwrap();
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let taken =
                        store.take_deliveries(at("09:01"), at("09:09"), 7, 7).await.unwrap();
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

/// An import holds its workspace for as long as it writes.
#[cfg(feature = "postgres")]
#[tokio::test]
async fn who_writes_meanwhile_holds_up_nobody() {
    use std::time::Duration;

    use sqlx::Connection as _;

    let Some(url) = crate::samples::postgres() else { return };
    let (folder, store) = store().await;
    let id = store.add_webhook("https://hooks.example/", "[]", "s", at("09:00")).await.unwrap();
    let new = ["one", "two"].map(|event| NewDelivery { event: event.into(), content: "{}".into() });
    let seen = WebhookSeen { deed: 60, undone: 0 };
    store.put_deliveries(id, &new, seen, at("09:00")).await.unwrap();
    let first = store.deliveries(id, None, 10).await.unwrap()[0].id;

    let mut other = sqlx::PgConnection::connect(&url).await.unwrap();
    let mut held = other.begin().await.unwrap();
    let (workspace,): (i64,) =
        sqlx::query_as("SELECT id FROM workspace WHERE name = $1 FOR UPDATE")
            .bind(folder.path().join("data.db").display().to_string())
            .fetch_one(&mut *held)
            .await
            .unwrap();
    sqlx::query("SELECT 1 FROM webhook_delivery WHERE workspace_id = $1 AND id = $2 FOR UPDATE")
        .bind(workspace)
        .bind(first)
        .fetch_one(&mut *held)
        .await
        .unwrap();
    let taken = store.take_deliveries(at("09:01"), at("09:09"), 7, 7);
    let taken = tokio::time::timeout(Duration::from_secs(5), taken).await.unwrap().unwrap();
    assert_eq!(taken.len(), 1, "the one that nobody holds");
    held.rollback().await.unwrap();
    let rest = store.take_deliveries(at("09:01"), at("09:09"), 7, 7).await.unwrap();
    assert_eq!((rest.len(), rest[0].id), (1, first));
}
