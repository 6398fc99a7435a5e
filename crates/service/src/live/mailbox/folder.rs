//! One folder: what is new in it, and what became of what is known.

mod new;

use std::num::{NonZeroU32, NonZeroU64};

use inroad_imap::plan::{FlagChanges, GoOn, Plan, Told, plan};
use inroad_imap::{Error, Flag, Flags, Kind, Measured, UidSet};
use inroad_model::{Issue, Moment};
use inroad_store::SyncStep;
use tokio::sync::mpsc;

use self::new::{Listed, New, newer, unread};
use super::super::fault::Fault;
use super::super::position::Position;
use super::super::status::LiveState;
use super::names::Names;
use super::{Mail, Reading};
use crate::import::intake::Intake;
use crate::import::{ImportReport, Progress, Stop, Told as ToldProgress};

type Done<T = ()> = Result<T, Fault>;

/// A folder that was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Its row and position, where what all mail tells together is still to be worked out with it.
    pub(super) unweighed: Option<(i64, Position)>,
    /// Whether it could not be followed.
    pub(super) is_left_out: bool,
}

/// Reads a folder from where it was left to its end.
pub(super) async fn read_folder(
    reading: &Reading<'_>,
    session: &mut Mail,
    names: &Names,
    path: &str,
    report: &mut ImportReport,
) -> Done<Read> {
    let Reading { inroad, kept, mailbox, options, tempo, .. } = *reading;
    let folder = if let Some(folder) = names.known(path) {
        folder.clone()
    } else {
        let begin = Position::default().to_json()?;
        inroad.store.sync_folder(kept.id, &names.kept_as(path), &begin).await?
    };
    let position = Position::parse(&folder.position)?;
    let told = match reading.inbox.filter(|_| session.opened() == Some(path)) {
        Some(told) => told,
        None => session.examine(path, None).await?.told,
    };
    let shown = names.shown(path);
    let Some(validity) = told.uid_validity else {
        let what = "The server gives the messages of this folder no lasting numbers";
        let issue = Issue::new(what, "Ask whoever runs the server; the folder is left out");
        reading.note(vec![issue.in_file(reading.label(shown))], report).await?;
        return Ok(Read { is_left_out: true, ..Read::default() });
    };
    let mut known: UidSet = inroad.store.sync_uids(folder.id).await?.into_iter().collect();
    let planned = plan(position.kept(&known).as_ref(), &told);
    let is_anew = matches!(planned, Plan::BeginAnew(_)) || position.uid_validity != validity.get();
    if is_anew {
        // Before anything is read under them: the former numbers mean other messages.
        let begun = Position { uid_validity: validity.get(), ..Position::default() };
        let position = Some(begun.to_json()?);
        let forget = SyncStep { is_renumbered: true, position, ..SyncStep::default() };
        inroad.store.sync_step(folder.id, &forget, (tempo.now)()).await?;
        known = UidSet::new();
    }
    let unweighed = |position: Position| (!position.is_weighed).then_some((folder.id, position));
    let (new, look) = match planned {
        Plan::NothingNew if position.reaches_back_to(mailbox.since) => {
            // What came and went again moved the numbers; kept, they are no news the next time.
            let uid_next = told.uid_next.map_or(position.uid_next, NonZeroU32::get);
            let now = Position { uid_next, exists: told.exists, ..position };
            if position.is_complete && now != position {
                let step = SyncStep { position: Some(now.to_json()?), ..SyncStep::default() };
                inroad.store.sync_step(folder.id, &step, (tempo.now)()).await?;
            }
            return Ok(Read { unweighed: unweighed(now), ..Read::default() });
        }
        Plan::GoOn(what) => {
            let new = match what.new_from {
                _ if !position.reaches_back_to(mailbox.since) => {
                    unread(session, mailbox, &known, &told).await?
                }
                Some(from) => newer(session, from, &known, &told).await?,
                None => New::default(),
            };
            (new, look_of(&what, &position))
        }
        // What was read before the program was stopped may have changed meanwhile.
        _ => {
            let look = (!known.is_empty()).then_some(Look { since: None });
            (unread(session, mailbox, &known, &told).await?, look)
        }
    };
    let found = fetch(reading, session, (folder.id, shown), new.uids, report).await?;
    if options.stop.is_wished() {
        report.stopped = true;
        return Ok(Read::default());
    }
    let mut settled = SyncStep::default();
    if let Some(look) = look {
        let changes = session.changes(&known, look.since).await?;
        let was = inroad.store.sync_mails(folder.id).await?;
        let is_new = |uid: &u32, now: &String| was.get(uid).is_some_and(|was| was != now);
        settled.flags = changes
            .flags
            .iter()
            .map(|(uid, flags)| (*uid, in_words(flags)))
            .filter(|(uid, now)| is_new(uid, now))
            .collect();
        settled.gone = changes.gone.iter().collect();
    }
    let gone = settled.gone.len() as u64;
    let is_short = match new.listed {
        Listed::All => found.measured < new.count,
        Listed::InPart => true,
        // Of these numbers any may be left out, but not more than the folder grew by.
        Listed::Unasked => {
            found.measured + u64::from(position.exists) < u64::from(told.exists) + gone
        }
    };
    let last = found.last.or(known.last());
    let mut now = Position::at(&told, last, mailbox.since);
    if is_short {
        // A server that tells of messages which it then does not list has lost its index, for a while.
        now.is_complete = false;
        let what = "The server tells of messages in this folder that it does not list";
        let way_out = "They are asked for again; if it stays so, tell whoever runs the server";
        let issue = Issue::new(what, way_out).in_file(reading.label(shown));
        reading.note(vec![issue], report).await?;
    } else if found.missing > 0 && position.not_given < NOT_GIVEN_MAX {
        (now.is_complete, now.not_given) = (false, position.not_given + 1);
    }
    let place = |at: Position| (at.uid_validity, at.uid_next, at.is_complete, at.since);
    now.is_weighed = position.is_weighed && place(now) == place(position);
    settled.position = Some(now.to_json()?);
    inroad.store.sync_step(folder.id, &settled, (tempo.now)()).await?;
    Ok(Read { unweighed: unweighed(now), is_left_out: is_short })
}

/// So often in a row messages are asked for again that the server lists and does not give.
const NOT_GIVEN_MAX: u8 = 3;

/// Whether it is asked what became of known messages.
fn look_of(what: &GoOn, position: &Position) -> Option<Look> {
    match what.flags {
        FlagChanges::Since(since) => Some(Look { since: Some(since) }),
        FlagChanges::LookAtAll => Some(Look { since: None }),
        FlagChanges::None if what.may_be_gone => Some(Look { since: position.modseq() }),
        FlagChanges::None => None,
    }
}

/// What became of known messages is asked: since a state of changes, or at all.
struct Look {
    since: Option<NonZeroU64>,
}

/// What came of asking for messages.
#[derive(Debug, Default)]
struct Found {
    /// The highest number that was there.
    last: Option<u32>,
    /// How many were there.
    measured: u64,
    /// How many of them were not given.
    missing: usize,
}

/// Fetches messages and keeps them, batch by batch.
async fn fetch(
    reading: &Reading<'_>,
    session: &mut Mail,
    (folder, shown): (i64, &str),
    new: UidSet,
    report: &mut ImportReport,
) -> Done<Found> {
    if new.is_empty() {
        return Ok(Found::default());
    }
    let Reading { inroad, mailbox, options, say, .. } = *reading;
    let label = reading.label(shown);
    let mut measured = session.sizes(&new).await?;
    measured.sort_by_key(|one| one.uid);
    let last = measured.last().map(|one| one.uid);
    let mut found = Found { last, measured: measured.len() as u64, missing: 0 };
    // What was moved here lately may have come into the mailbox long ago.
    let is_wanted = |one: &Measured| match (mailbox.since, one.internal_date) {
        (Some(since), Some(came)) => Moment::utc(came).date() >= since.yesterday().unwrap_or(since),
        _ => true,
    };
    // A folder with all mail holds unfinished letters, too.
    measured.retain(|one| is_wanted(one) && !one.flags.contains(&Flag::Draft));
    let bytes_max = options.limits.message_bytes as u64;
    let (fit, large): (Vec<Measured>, Vec<Measured>) =
        measured.into_iter().partition(|one| one.size.is_none_or(|size| size <= bytes_max));
    let issues = large.iter().map(|one| too_large(one, bytes_max, &label)).collect();
    reading.note(issues, report).await?;
    if fit.is_empty() {
        return Ok(found);
    }

    let (to, batches) = mpsc::channel(1);
    let mut intake = Intake::new(label.as_str().into(), folder, options.batch_mails, to);
    let total = fit.len() as u64;
    let feed = async {
        let fed = feed(session, &fit, &mut intake, &options.stop).await;
        // What came before a line broke is kept.
        intake.end().await;
        fed
    };
    let part = shown.to_owned();
    let tell = move |progress: Progress| {
        say(LiveState::Reading { part: part.clone(), done: progress.messages, total });
    };
    let mut told = ToldProgress::of(&tell);
    let (fed, taken) = tokio::join!(feed, inroad.take_mail(batches, options, report, &mut told));
    taken?;
    let missing = fed?;
    found.missing = missing.len();
    if !missing.is_empty() {
        let what = format!("{} messages are listed by the server, and not given", missing.len());
        let issue = Issue::new(what, "Look whether they open in your mail program");
        reading.note(vec![issue.in_file(label.as_str())], report).await?;
    }
    Ok(found)
}

/// As they are kept: separated by blanks.
fn in_words(flags: &Flags) -> String {
    flags.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Hands messages over as they come. Returns those that did not.
async fn feed(
    session: &mut Mail,
    wanted: &[Measured],
    intake: &mut Intake,
    stop: &Stop,
) -> Result<Vec<u32>, Error> {
    let mut missing = Vec::new();
    let mut refused = UidSet::new();
    let mut fetching = session.fetch(wanted)?;
    while !stop.is_wished() {
        match fetching.next().await {
            Ok(Some(message)) => {
                let flags = in_words(&message.flags);
                if !intake.take(message.uid, message.bytes, flags).await {
                    return Ok(missing);
                }
            }
            Ok(None) => break,
            // One that the server cannot give takes those along that were asked for with it.
            Err(Error { kind: Kind::Refused | Kind::NotAllowed, asked_for: Some(of), .. }) => {
                refused = refused.union(&of);
            }
            Err(error) => return Err(error),
        }
    }
    missing.extend(fetching.missing());
    let of_refused = || wanted.iter().filter(|one| refused.contains(one.uid));
    for one in of_refused() {
        if wanted.len() == 1 || stop.is_wished() {
            missing.push(one.uid);
        } else {
            let alone = std::slice::from_ref(one);
            missing.extend(Box::pin(feed(session, alone, intake, stop)).await?);
        }
    }
    Ok(missing)
}

fn too_large(one: &Measured, bytes_max: u64, label: &str) -> Issue {
    let megabytes = one.size.unwrap_or_default() >> 20;
    let what = format!("A message of {megabytes} MB is larger than {} MB", bytes_max >> 20);
    let way_out = "It was left out; save it without its files, and import it";
    Issue::new(what, way_out).in_file(format!("{label}, message {}", one.uid))
}

impl Position {
    /// What it says in the words of the protocol; `None` before anything was read to its end.
    fn kept(&self, known: &UidSet) -> Option<inroad_imap::plan::Kept> {
        self.is_complete.then_some(())?;
        Some(inroad_imap::plan::Kept {
            uid_validity: NonZeroU32::new(self.uid_validity)?,
            uid_next: NonZeroU32::new(self.uid_next),
            modseq: self.modseq(),
            exists: self.exists,
            uids: known.clone(),
        })
    }

    fn modseq(&self) -> Option<NonZeroU64> {
        self.modseq.and_then(NonZeroU64::new)
    }

    /// A folder that was read to its end as the server told of it.
    fn at(told: &Told, last: Option<u32>, since: Option<jiff::civil::Date>) -> Self {
        Self {
            uid_validity: told.uid_validity.map_or(0, NonZeroU32::get),
            uid_next: told
                .uid_next
                .map_or_else(|| last.map_or(0, |last| last.saturating_add(1)), NonZeroU32::get),
            modseq: told.highest_modseq.map(NonZeroU64::get),
            exists: told.exists,
            is_complete: true,
            is_weighed: false,
            not_given: 0,
            since,
        }
    }
}
