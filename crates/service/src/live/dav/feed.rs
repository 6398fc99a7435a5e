//! A calendar feed: read whole where it changed, and compared with what it held before.

use inroad_dav::{FeedMark, FeedNews};
use inroad_model::CalendarFeed;
use inroad_store::{ContentHash, EventNow};
use tokio::task::spawn_blocking;

use super::calendar::Following;
use super::line::on_a_thread;
use super::{Done, Looking, feed_of, meetings};
use crate::Error;
use crate::import::ImportReport;
use crate::live::status::LiveState;

/// The name of its one part, which shows nothing of its address.
const PATH: &str = "feed";
/// So many meetings are kept at once.
const ENTRIES_AT_ONCE: usize = 200;

impl Looking<'_> {
    /// Looks at a feed.
    pub(super) async fn feed(&self, wanted: &CalendarFeed, report: &mut ImportReport) -> Done {
        let feed = feed_of(wanted, self.secret)?;
        let (folder, mut place) = self.place(PATH).await?;
        let (following, wants_days) = Following::begin(&folder, &mut place, wanted.since);
        let address = ContentHash::of(self.secret.as_bytes()).to_hex();
        let is_same = place.came.as_ref().is_some_and(|(of, _)| *of == address);
        let mark = if wants_days || !is_same { FeedMark::default() } else { place.mark.clone() };
        let news = on_a_thread(move || feed.news(&mark)).await?;
        let FeedNews::Calendar { bytes, mark } = news else { return Ok(()) };
        let came = ContentHash::of(&bytes).to_hex();
        let is_unchanged = is_same && place.came.as_ref().is_some_and(|(_, was)| *was == came);
        if is_unchanged && !wants_days {
            return Ok(());
        }
        place.mark = mark;
        if !is_same {
            // It may be another calendar altogether: what it does not hold is not gone.
            place.items.clear();
        }
        let (when, limits) = (following.when, self.options.limits.clone());
        let read = move || meetings::read(&bytes, when, &limits);
        let found = spawn_blocking(read).await.map_err(|task| Error::stopped(&task))?;
        let label = self.kept.connection.name.to_string();
        let issues = found.issues.into_iter().map(|issue| issue.in_file(label.as_str())).collect();
        self.note(issues, report).await?;
        let gone: Vec<String> = if found.is_cut {
            Vec::new()
        } else {
            let is_there = |uid: &&String| found.entries.contains_key(*uid);
            place.items.keys().filter(|uid| !is_there(uid)).cloned().collect()
        };
        let mut all: Vec<(String, Vec<EventNow>)> =
            found.entries.into_iter().map(|(uid, entry)| (uid, vec![entry])).collect();
        let (total, mut done) = (all.len() as u64, 0);
        while all.len() > ENTRIES_AT_ONCE {
            if self.options.stop.is_wished() {
                report.stopped = true;
                return Ok(());
            }
            let rest = all.split_off(ENTRIES_AT_ONCE);
            let some = std::mem::replace(&mut all, rest);
            done += some.len() as u64;
            self.keep_events(some, Vec::new(), &following, &mut place, false, report).await?;
            (self.say)(LiveState::Reading { part: PATH.to_owned(), done, total });
        }
        place.came = Some((address, came));
        place.days_until = Some(following.when.until);
        self.keep_events(all, gone, &following, &mut place, true, report).await?;
        Ok(())
    }
}
