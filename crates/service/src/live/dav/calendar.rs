//! A calendar on a server: what changed there is followed.

use inroad_dav::{Batch, Collection, Kept, Server, Stopped};
use inroad_model::Moment;
use inroad_store::{EventNow, EventsStep, SyncFolder};
use jiff::SignedDuration;
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::line::looked;
use super::meetings::{self, Meetings, While};
use super::place::{Known, Place};
use super::{Done, Looking};
use crate::erase::guard::OfErased;
use crate::import::ImportReport;
use crate::live::status::LiveState;
use crate::{Error, Result};

/// Single meetings are made for further days once so much time has passed.
const DAYS_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// A large place is kept with every so many batches: it holds a line for each item.
const KEPT_EVERY: usize = 20;
/// A place with fewer items is kept each time.
const SMALL_ITEMS: usize = 1000;

/// What holds for a whole look.
pub(super) struct Following {
    pub folder: i64,
    pub at: Moment,
    pub when: While,
    /// Up to when single meetings were made by the last look.
    pub settled_until: Option<Moment>,
}

impl Following {
    /// At a folder, from where it was left. Whether single meetings of further days are wanted.
    pub(super) fn begin(
        folder: &SyncFolder,
        place: &mut Place,
        since: Option<Date>,
    ) -> (Self, bool) {
        let at = crate::now();
        let when = While::at(since, at);
        let reaches_back = match (place.since, since) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(was), Some(is)) => was <= is,
        };
        if !reaches_back {
            // What was over before that day was left out, so everything is looked at once more.
            (place.kept, place.days_until) = (Kept::default(), None);
        }
        let settled_until = place.days_until;
        if settled_until.is_none() {
            place.since = since;
        }
        let is_due = is_due(place, when.until);
        (Self { folder: folder.id, at, when, settled_until }, is_due)
    }
}

/// Whether a day or more has passed since all was looked at.
pub(super) fn is_due(place: &Place, now: Moment) -> bool {
    place
        .days_until
        .is_none_or(|until| now.timestamp().duration_since(until.timestamp()) >= DAYS_EVERY)
}

impl Looking<'_> {
    /// Looks at a calendar.
    pub(super) async fn calendar(
        &self,
        server: &Server,
        one: &Collection,
        since: Option<Date>,
        report: &mut ImportReport,
    ) -> Done {
        let (folder, mut place) = self.place(&one.url).await?;
        let (following, wants_days) = Following::begin(&folder, &mut place, since);
        if wants_days {
            for (path, known) in &place.items {
                if known.repeats {
                    place.kept.ask_again(path);
                }
            }
        }
        let (server, collection, kept) = (server.clone(), one.clone(), place.kept.clone());
        let mut found = looked(move |to| {
            server.changes(&collection, kept, &mut |batch, kept| {
                to.blocking_send((batch, kept.clone())).map_err(|_nobody| Stopped)
            })
        });
        let mut batches = 0_usize;
        while let Some((batch, kept)) = found.parts.recv().await {
            if self.options.stop.is_wished() {
                report.stopped = true;
                return Ok(());
            }
            batches += 1;
            place.kept = kept;
            let is_kept = place.items.len() < SMALL_ITEMS || batches.is_multiple_of(KEPT_EVERY);
            self.take_calendar(batch, one, &following, &mut place, is_kept, report).await?;
            let done = (batches * 50) as u64;
            self.say(one, done.max(place.items.len() as u64));
        }
        place.kept = found.end().await?;
        let gone = place.not_there();
        if wants_days {
            place.days_until = Some(following.when.until);
        }
        // A server may give another token each time; a look that finds nothing new writes nothing.
        if batches > 0 || wants_days || !gone.is_empty() {
            self.keep_events(Vec::new(), gone, &following, &mut place, true, report).await?;
        }
        Ok(())
    }

    pub(super) fn say(&self, one: &Collection, done: u64) {
        let part = super::name_of(one).to_owned();
        (self.say)(LiveState::Reading { part, done, total: done });
    }

    async fn take_calendar(
        &self,
        batch: Batch,
        one: &Collection,
        following: &Following,
        place: &mut Place,
        is_kept: bool,
        report: &mut ImportReport,
    ) -> Result<()> {
        let Batch { changed, gone, left_out } = batch;
        let (when, limits) = (following.when, self.options.limits.clone());
        let read = move || -> Vec<(String, Meetings)> {
            let read = |item: inroad_dav::Item| {
                (item.href, meetings::read(item.text.as_bytes(), when, &limits))
            };
            changed.into_iter().map(read).collect()
        };
        let read = spawn_blocking(read).await.map_err(|task| Error::stopped(&task))?;
        let mut issues = self.left_out(&left_out, one);
        let mut now = Vec::new();
        for (path, found) in read {
            let name = path.rsplit('/').next().unwrap_or_default();
            let label = format!("{}/{name}", self.label(one));
            issues.extend(found.issues.into_iter().map(|issue| issue.in_file(label.as_str())));
            now.push((path, found.entries.into_values().collect()));
        }
        self.keep_events(now, gone, following, place, is_kept, report).await?;
        self.note(issues, report).await
    }

    /// Keeps what was found of meetings, without who was erased, and where the next look goes on.
    pub(super) async fn keep_events(
        &self,
        found: Vec<(String, Vec<EventNow>)>,
        gone: Vec<String>,
        following: &Following,
        place: &mut Place,
        is_place_kept: bool,
        report: &mut ImportReport,
    ) -> Result<()> {
        let mut now: Vec<EventNow> = Vec::new();
        let mut gone_parts: Vec<String> = Vec::new();
        for (path, entries) in found {
            let was = place.items.remove(&path).unwrap_or_default();
            let mut known = Known::default();
            for mut entry in entries {
                known.parts.push(entry.uid.clone());
                known.repeats |= meetings::repeats(&entry, following.when);
                let is_known = was.parts.contains(&entry.uid);
                entry.settled_until = following.settled_until.filter(|_| is_known);
                now.push(entry);
            }
            // An item that cannot be read any more takes nothing along.
            if known.parts.is_empty() {
                known = was;
            } else {
                let left = was.parts.into_iter().filter(|uid| !known.parts.contains(uid));
                gone_parts.extend(left);
            }
            if !known.parts.is_empty() {
                place.items.insert(path, known);
            }
        }
        gone_parts.extend(
            gone.iter().filter_map(|path| place.items.remove(path)).flat_map(|known| known.parts),
        );
        if !gone_parts.is_empty() {
            let mut held = self.held_elsewhere(following.folder).await?;
            held.extend(place.items.values().flat_map(|known| known.parts.iter().cloned()));
            gone_parts.retain(|uid| !held.contains(uid));
        }
        let position = if is_place_kept { Some(place.to_json()?) } else { None };
        loop {
            let guard = self.inroad.guard_now().await?;
            let (mut erased, mut left) = (OfErased::default(), now.clone());
            if let Some(guard) = &guard.guard {
                for entry in &mut left {
                    for events in [&mut entry.entries, &mut entry.days] {
                        *events = events
                            .iter()
                            .filter_map(|event| guard.left_of_event(event, &mut erased))
                            .collect();
                    }
                }
                left.retain(|entry| !entry.entries.is_empty() || !entry.days.is_empty());
            }
            let step = EventsStep {
                folder: following.folder,
                now: left,
                gone: gone_parts.clone(),
                at: following.at,
                position: position.clone(),
            };
            // Where somebody was erased meanwhile, it is looked through anew.
            if let Some(counted) = self.inroad.store.follow_events(&step, guard.erasures).await? {
                report.erased.add(erased);
                report.events += counted.added;
                report.event_doubles += counted.doubles;
                return Ok(());
            }
        }
    }
}
