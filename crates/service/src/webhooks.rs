//! Other programs that the user wishes to be told of what was done: who they are, what they are told, and telling it.
//!
//! What is to be told follows from the deeds that are kept, so that none is missed, whichever program did it. It is
//! the number of the deed and what kind of thing changed: no words, and no id of a deal, which may be its name.

use std::time::Duration;

use inroad_model::Moment;
use inroad_store::{DeedNews, DeliveryState, KeptDelivery, KeptWebhook, NewDelivery, Tried};
use inroad_webhook::{NotTold, Reach, Secret, Target, Told, send};
use jiff::SignedDuration;
use serde::Serialize;
use tokio::task::{JoinSet, spawn_blocking};

use crate::import::Stop;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Of what somebody may be told.
pub const WEBHOOK_EVENTS: [&str; 3] = ["deal.changed", "deed.done", "deed.undone"];

/// Nobody tells more programs than these.
const WEBHOOKS_MAX: usize = 20;
/// So many deeds are looked at in one go.
const NEWS_MAX: u32 = 200;
/// So many are told at once.
const AT_ONCE: u32 = 10;
/// So many of them by one program, so that whoever is slow holds up none of the others.
const AT_ONCE_EACH: u32 = 3;
/// An undo that cannot be done to its end is taken back within that; until then it is not told.
const UNDO_SETTLES: SignedDuration = SignedDuration::from_secs(5);
/// Longer than one try may take with everything.
const HELD: SignedDuration = SignedDuration::from_mins(2);
/// After so long it is tried again; then it is given up. About three days in all.
const AGAIN_AFTER: [SignedDuration; 8] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(36),
];
/// What was told is remembered for so long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// It is looked so often whether there is something to tell.
const LOOKS_EVERY: Duration = Duration::from_secs(2);
/// Whoever stops waits no longer than that.
const STOP_SEEN_WITHIN: Duration = Duration::from_millis(100);
/// Whoever answers so wishes to be told no more.
const GONE: u16 = 410;

/// Somebody who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its number.
    pub id: i64,
    /// Where.
    pub url: String,
    /// Of which events; of all where none is named.
    pub events: Vec<String>,
    /// Since when.
    pub told_at: Moment,
}

/// Somebody who is told from now on.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeWebhook {
    /// Who.
    pub webhook: Webhook,
    /// With which what is told is signed; it is shown once.
    pub secret: String,
}

impl std::fmt::Debug for MadeWebhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeWebhook").field("webhook", &self.webhook).finish_non_exhaustive()
    }
}

/// What is told.
#[derive(Debug, Serialize)]
struct Content<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: String,
    data: Data,
}

#[derive(Debug, Serialize)]
struct Data {
    deed: i64,
    changed: String,
}

impl Inroad {
    /// Tells another program from now on of what is done. The secret is shown once.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an address where nobody may be told, an event that there is not, or too many programs.
    pub async fn add_webhook(
        &self,
        url: &str,
        events: &[String],
        reach: Reach,
        at: Moment,
    ) -> Result<MadeWebhook> {
        let invalid = |what: String| Error::Invalid { what };
        let target = Target::new(url, reach).map_err(|why| invalid(why.to_string()))?;
        if let Some(odd) = events.iter().find(|event| !WEBHOOK_EVENTS.contains(&event.as_str())) {
            let odd: String = odd.chars().take(40).collect();
            let what =
                format!("There is no event '{odd}'; there are {}", WEBHOOK_EVENTS.join(", "));
            return Err(invalid(what));
        }
        if self.store.webhooks().await?.len() >= WEBHOOKS_MAX {
            return Err(invalid(format!("More than {WEBHOOKS_MAX} programs are not told")));
        }
        let mut random = [0; 32];
        getrandom::fill(&mut random)
            .map_err(|cause| Error::Internal { what: format!("no random numbers: {cause}") })?;
        let secret = Secret::of(random).to_text();
        let mut events = events.to_vec();
        events.sort();
        events.dedup();
        let kept = written(&events)?;
        let id = self.store.add_webhook(target.as_str(), &kept, &secret, at).await?;
        let webhook = Webhook { id, url: target.as_str().to_owned(), events, told_at: at };
        Ok(MadeWebhook { webhook, secret })
    }

    /// Everybody who is told.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>> {
        self.store.webhooks().await?.into_iter().map(webhook).collect()
    }

    /// Tells somebody no more, also not what is still to be told.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn remove_webhook(&self, id: i64, at: Moment) -> Result<()> {
        if self.store.remove_webhook(id, at).await? { Ok(()) } else { Err(nobody()) }
    }

    /// What somebody was told and is to be told, the last first: at most `limit`, of those before a number.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn webhook_deliveries(
        &self,
        id: i64,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<KeptDelivery>> {
        if !self.store.webhooks().await?.iter().any(|kept| kept.id == id) {
            return Err(nobody());
        }
        Ok(self.store.deliveries(id, before, limit).await?)
    }

    /// Tells something again, from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such thing, or it is being told at this moment.
    pub async fn tell_webhook_again(&self, id: i64, delivery: i64, at: Moment) -> Result<()> {
        if self.store.tell_again(id, delivery, at).await? {
            return Ok(());
        }
        let what = "There is nothing of that number to be told, or it is being told at this moment";
        Err(Error::NotFound { what: what.to_owned() })
    }

    /// Tells everybody of what was done, for as long as nobody wishes that it ends. Any number of programs may do so
    /// at once.
    pub async fn tell_webhooks(&self, reach: Reach, stop: &Stop) {
        while !stop.is_wished() {
            if let Err(error) = self.tell_webhooks_once(reach, crate::now()).await {
                // It is tried again in a moment; what stands in the way of one is in their list.
                tracing::warn!(target: "inroad::webhooks", fault = error.kind(), "tried again later");
            }
            let next = tokio::time::Instant::now() + LOOKS_EVERY;
            while !stop.is_wished() && tokio::time::Instant::now() < next {
                tokio::time::sleep(STOP_SEEN_WITHIN).await;
            }
        }
    }

    /// Writes down what is new, and tells what is due. Gives how many were tried. What goes wrong with one holds up
    /// none of the others.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn tell_webhooks_once(&self, reach: Reach, at: Moment) -> Result<usize> {
        for kept in &self.store.webhooks().await? {
            if let Err(error) = self.write_down_news(kept, at).await {
                not_told(&error);
            }
        }
        if !self.store.is_delivery_due(at).await? {
            return Ok(0);
        }
        let held_until = later(at, HELD);
        let taken = self.store.take_deliveries(at, held_until, AT_ONCE, AT_ONCE_EACH).await?;
        // Who was removed, or came, before this was taken is known by now.
        let webhooks = self.store.webhooks().await?;
        let count = taken.len();
        let mut tries = JoinSet::new();
        for one in taken {
            let kept = webhooks.iter().find(|kept| kept.id == one.webhook).cloned();
            let inroad = self.clone();
            tries.spawn(async move { inroad.try_to_tell(kept, one, reach, at).await });
        }
        while let Some(tried) = tries.join_next().await {
            if let Err(error) = tried.unwrap_or_else(|task| Err(Error::stopped(&task))) {
                not_told(&error);
            }
        }
        Ok(count)
    }

    /// Forgets what was told, or given up, a month ago.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn forget_old_deliveries(&self, at: Moment) -> Result<()> {
        Ok(self.store.forget_old_deliveries(later(at, -REMEMBERED)).await?)
    }

    async fn write_down_news(&self, kept: &KeptWebhook, at: Moment) -> Result<()> {
        let news = self.store.deed_news(kept.seen, later(at, -UNDO_SETTLES), NEWS_MAX).await?;
        if news.is_empty() {
            return Ok(());
        }
        let events = webhook(kept.clone())?.events;
        let mut seen = kept.seen;
        let mut new = Vec::new();
        for one in &news {
            let kind = if one.undone_at.is_some() {
                seen.undone = seen.undone.max(one.undone_clock);
                "deed.undone"
            } else {
                seen.deed = seen.deed.max(one.number.get());
                if one.is_of_deal { "deal.changed" } else { "deed.done" }
            };
            if events.is_empty() || events.iter().any(|event| event == kind) {
                new.push(delivery(one, kind)?);
            }
        }
        Ok(self.store.put_deliveries(kept.id, &new, seen, at).await?)
    }

    async fn try_to_tell(
        &self,
        kept: Option<KeptWebhook>,
        one: KeptDelivery,
        reach: Reach,
        at: Moment,
    ) -> Result<()> {
        // Whoever was removed meanwhile is told nothing.
        let Some(kept) = kept else { return Ok(()) };
        let (id, content) = (format!("{}-{}", kept.id, one.event), one.content.clone());
        let second = at.timestamp().as_second();
        let told = spawn_blocking(move || {
            let target = Target::new(&kept.url, reach).map_err(|_odd| NotTold::NotPublic)?;
            let unreadable = |_| NotTold::NoAnswer("its secret cannot be read".to_owned());
            let secret = Secret::from_text(&kept.secret).map_err(unreadable)?;
            send(&target, &secret, Told { id: &id, second, text: &content }, reach)
        });
        let told = told.await.map_err(|task| Error::stopped(&task))?;
        self.store.settle_delivery(&one, &tried(&one, told, at)).await?;
        Ok(())
    }
}

fn not_told(error: &Error) {
    tracing::warn!(target: "inroad::webhooks", fault = error.kind(), "told later");
}

/// What came of a try, and when the next one is.
fn tried(one: &KeptDelivery, told: std::result::Result<u16, NotTold>, at: Moment) -> Tried {
    let (status, says) = match told {
        Ok(status) => {
            let says = String::new();
            return Tried { state: DeliveryState::Told, due_at: at, status, says };
        }
        Err(NotTold::Status(status)) => (status, NotTold::Status(status).to_string()),
        Err(why) => (0, why.to_string()),
    };
    let again =
        usize::try_from(one.tries).ok().and_then(|tries| AGAIN_AFTER.get(tries.checked_sub(1)?));
    match again.filter(|_| status != GONE) {
        Some(after) => {
            Tried { state: DeliveryState::Waiting, due_at: later(at, *after), status, says }
        }
        None => Tried { state: DeliveryState::GivenUp, due_at: at, status, says },
    }
}

fn later(at: Moment, by: SignedDuration) -> Moment {
    at.timestamp().checked_add(by).map_or(at, |then| Moment::new(then, at.offset()))
}

fn delivery(news: &DeedNews, kind: &str) -> Result<NewDelivery> {
    let at = news.undone_at.unwrap_or(news.done_at);
    let content = Content {
        kind,
        timestamp: at.to_string(),
        data: Data { deed: news.number.get(), changed: changed(&news.inverse) },
    };
    Ok(NewDelivery { event: news.event(), content: written(&content)? })
}

/// What kind of thing a deed changed, by how it is undone.
fn changed(inverse: &str) -> String {
    let inverse: serde_json::Value = serde_json::from_str(inverse).unwrap_or_default();
    let name = match inverse.get("undo").and_then(serde_json::Value::as_str).unwrap_or_default() {
        "deal" | "statuses" | "proposals" => "deal",
        "entry" | "entry_back" | "touch" => "entry",
        "overruling" => "decision",
        "listed" | "listed_back" => "do_not_contact",
        "lead_events" => "lead",
        "same_people" | "insight" | "insight_back" => "person",
        "same_accounts" | "account" | "page" | "page_back" | "target" | "target_back" => "account",
        _ => "other",
    };
    name.to_owned()
}

fn webhook(kept: KeptWebhook) -> Result<Webhook> {
    let damaged = |_| Error::Internal { what: "the events of a webhook".to_owned() };
    let events = serde_json::from_str(&kept.events).map_err(damaged)?;
    Ok(Webhook { id: kept.id, url: kept.url, events, told_at: kept.told_at })
}

fn written(what: &impl Serialize) -> Result<String> {
    serde_json::to_string(what).map_err(|cause| Error::Internal { what: cause.to_string() })
}

fn nobody() -> Error {
    Error::NotFound { what: "Nobody is told under that number".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_again_later_and_later_and_then_given_up() {
        let at: Moment = "2026-03-02T09:00:00Z".parse().unwrap();
        let mut one = KeptDelivery {
            id: 1,
            webhook: 1,
            event: "deed-1".to_owned(),
            content: "{}".to_owned(),
            state: DeliveryState::Waiting,
            tries: 1,
            told_at: at,
            due_at: at,
            held_until: 0,
            status: 0,
            says: String::new(),
        };
        let mut before = at.timestamp();
        for tries in 1..=8 {
            one.tries = tries;
            let next = tried(&one, Err(NotTold::Status(503)), at);
            assert_eq!((next.state, next.status), (DeliveryState::Waiting, 503));
            assert!(next.due_at.timestamp() > before, "{tries}");
            before = next.due_at.timestamp();
        }
        one.tries = 9;
        assert_eq!(tried(&one, Err(NotTold::NotPublic), at).state, DeliveryState::GivenUp);
        one.tries = 1;
        assert_eq!(tried(&one, Err(NotTold::Status(410)), at).state, DeliveryState::GivenUp);
        assert_eq!(tried(&one, Ok(204), at).state, DeliveryState::Told);
    }

    #[test]
    fn what_changed_is_told_in_words_of_ours() {
        for (inverse, expected) in [
            (r#"{"undo":"deal","before":null,"after":"x"}"#, "deal"),
            (r#"{"undo":"entry","number":1}"#, "entry"),
            (r#"{"undo":"nothing"}"#, "other"),
            ("nonsense", "other"),
        ] {
            assert_eq!(changed(inverse), expected);
        }
    }
}
