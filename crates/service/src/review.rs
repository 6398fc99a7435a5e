//! The review, from the data file or straight from mail files.

mod backdrop;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use inroad_advice::correspondence::Correspondence;
use inroad_advice::overruled::take_word;
use inroad_advice::playbook::Playbook;
use inroad_advice::playbook::lessons::reweigh;
use inroad_advice::playbook::second::SecondReadings;
use inroad_advice::read_again::ReadAgain;
use inroad_advice::review::{Shared, review_some};
use inroad_advice::texts_wanted::texts_wanted;
use inroad_advice::{DealReview, Input, Review, propose, review};
use inroad_ingest::Limits;
use inroad_ingest::source::SourceKind;
use inroad_language::read::read;
use inroad_model::{Deal, DealId, EmailAddress, Issue, MessageId, Moment, Note, Seller, Touch};
use inroad_store::{Came, Concerning, DealStatus, StoredDeal};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::deals::DealFile;
use crate::import::read_mails;
use crate::inroad::Inroad;
use crate::insight::add_insights;
use crate::owner::guess_from;
use crate::people::Aliases;
use crate::second_reading::{SecondSource, read_all};
use crate::sources::ToImport;
use crate::uniting::{Canonical, unite};
use crate::winning::add_base_rates;
use crate::{Error, Result, opt_outs, sources};

pub(crate) use backdrop::Backdrop;

impl Inroad {
    /// Reviews all open deals, and proposals if no deal is open yet, as of a moment.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn review(&self, as_of: Moment) -> Result<Review> {
        let stored = self.store.deals_at(as_of).await?;
        let any_open = stored.iter().any(|deal| deal.status == DealStatus::Open);
        let wanted = if any_open { DealStatus::Open } else { DealStatus::Proposed };
        let deals: Vec<Deal> =
            stored.into_iter().filter(|s| s.status == wanted).map(|s| s.deal).collect();
        self.review_deals(deals, Vec::new(), as_of).await
    }

    /// Reviews the one deal that is meant by a name.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::Conflict`] if several are meant.
    pub async fn review_deal(&self, name: &str, as_of: Moment) -> Result<Review> {
        let stored = self.store.deals_at(as_of).await?;
        let deal = crate::deals::find(&stored, name)?.deal.clone();
        let beside = beside(stored, &deal);
        self.review_deals(vec![deal], beside, as_of).await
    }

    /// Reviews one deal without its chance of winning, for which all deals would have to be looked at;
    /// `None` if it was not open then.
    ///
    /// # Errors
    /// [`Error::NotFound`]; if the data file refuses.
    pub async fn review_alone(&self, id: &DealId, as_of: Moment) -> Result<Option<DealReview>> {
        self.review_before(&self.backdrop().await?, id, as_of).await
    }

    /// The same before a backdrop that is at hand.
    pub(crate) async fn review_before(
        &self,
        backdrop: &Backdrop,
        id: &DealId,
        as_of: Moment,
    ) -> Result<Option<DealReview>> {
        let stored = backdrop.deals.at(as_of);
        let deal = crate::deals::find(&stored, id.as_str())?.deal.clone();
        let beside = beside(stored, &deal);
        let playbook = self.playbook()?;
        let review =
            self.review_without_chances(backdrop, playbook, vec![deal], beside, as_of).await?;
        Ok(review.deals.into_iter().next())
    }

    /// Reviews one deal as it is given here, without its chance of winning.
    pub(crate) async fn review_as_it_was(
        &self,
        backdrop: &Backdrop,
        deal: Deal,
        as_of: Moment,
    ) -> Result<Review> {
        let playbook = self.playbook()?;
        self.review_without_chances(backdrop, playbook, vec![deal], Vec::new(), as_of).await
    }

    /// What may tell something about some deals, up to a moment.
    pub(crate) async fn touches_of(
        &self,
        deals: &[Deal],
        aliases: &Aliases,
        as_of: Moment,
    ) -> Result<Vec<Touch>> {
        let seats = deals.iter().flat_map(|deal| &deal.people).map(|seat| seat.email.clone());
        let domains = deals.iter().filter_map(|deal| deal.domain.clone()).collect();
        let concerning =
            Concerning { emails: aliases.widen(seats, &domains), domains, until: Some(as_of) };
        Ok(self.store.telling(&concerning).await?)
    }

    /// Reviews deals with the playbook as the workspace learnt to weigh it, with what the user told
    /// of their people, and with the user's own decisions in the place of the advice, all as they
    /// stood at the moment.
    pub(crate) async fn review_deals(
        &self,
        deals: Vec<Deal>,
        beside: Vec<Deal>,
        as_of: Moment,
    ) -> Result<Review> {
        self.review_deals_by(self.playbook()?, deals, beside, as_of).await
    }

    /// The same by another playbook.
    pub(crate) async fn review_deals_by(
        &self,
        playbook: Playbook,
        deals: Vec<Deal>,
        beside: Vec<Deal>,
        as_of: Moment,
    ) -> Result<Review> {
        let backdrop = self.backdrop().await?;
        let mut review =
            self.review_without_chances(&backdrop, playbook, deals, beside, as_of).await?;
        self.add_chances(&mut review).await?;
        Ok(review)
    }

    async fn review_without_chances(
        &self,
        backdrop: &Backdrop,
        mut playbook: Playbook,
        mut deals: Vec<Deal>,
        mut beside: Vec<Deal>,
        as_of: Moment,
    ) -> Result<Review> {
        // Before anything is read: what was read earlier may be of somebody who is erased meanwhile.
        let erasures = self.store.erasures().await?;
        self.read_again.since(erasures);
        let Backdrop { seller, aliases, .. } = backdrop;
        let mut touches = self.touches_of(&deals, aliases, as_of).await?;
        let opted_out = self.opt_outs_among(&backdrop.stated, aliases, as_of).await?;
        let mut events = backdrop.events.clone();
        let said = self.store.said(as_of).await?;
        if !said.lessons.is_empty() {
            playbook = reweigh(&playbook, &said.lessons).0;
        }
        if !said.corrections.is_empty() {
            touches = self.retell(touches, said.corrections).await?;
        }
        let second_readings = self.second_readings(as_of).await?;
        let right = self.put_right_by(aliases, as_of).await?;
        right.seats(&mut deals);
        right.seats(&mut beside);
        let canonical = aliases.canonical(seller, &deals);
        unite(&canonical, &mut deals, &mut touches, &mut events);
        unite(&canonical, &mut beside, &mut [], &mut []);
        for deals in [&mut deals, &mut beside] {
            add_insights(deals, &said.insights, &canonical, as_of);
            add_notes(deals, &said.notes);
        }
        let (store, read_again) = (self.store.clone(), Arc::clone(&self.read_again));
        let runtime = Handle::current();
        let seller = seller.clone();
        let reviewed = spawn_blocking(move || {
            let input = Input {
                seller: &seller,
                deals: &deals,
                beside: &beside,
                touches: &touches,
                events: &events,
                opted_out: &opted_out,
                playbook: &playbook,
                second_readings: &second_readings,
                as_of,
            };
            let review = review_on_all_cores(&input, read_again, |wanted| {
                runtime.block_on(store.texts(wanted))
            });
            (review, touches)
        });
        let reviewed = reviewed.await.map(|(review, touches)| {
            // To let go of many letters takes a while, for which nobody has to wait.
            drop(spawn_blocking(move || drop(touches)));
            review
        });
        if self.store.erasures().await? != erasures {
            self.read_again.forget();
        }
        let mut review = reviewed.map_err(|task| Error::stopped(&task))??;
        take_word(&mut review, &said.overrulings);
        Ok(review)
    }
}

/// Lays beside each deal what was noted of it.
fn add_notes(deals: &mut [Deal], notes: &[(DealId, Note)]) {
    for (id, note) in notes {
        let of = deals.iter_mut().filter(|deal| deal.id == *id);
        of.for_each(|deal| deal.notes.push(note.clone()));
    }
}

/// The deals that a review of all would hold beside one.
pub(crate) fn beside(stored: Vec<StoredDeal>, deal: &Deal) -> Vec<Deal> {
    let accepted = stored.into_iter().filter(|other| other.status == DealStatus::Open);
    accepted.map(|other| other.deal).filter(|other| other.id != deal.id).collect()
}

/// The review, with the deals shared out among the cores. `fetch` brings the texts of letters that
/// were left in the data file.
fn review_on_all_cores<E>(
    input: &Input<'_>,
    read_again: Arc<ReadAgain>,
    fetch: impl FnOnce(&BTreeSet<&MessageId>) -> std::result::Result<BTreeMap<MessageId, String>, E>,
) -> std::result::Result<Review, E> {
    let correspondence = Correspondence::until(input.touches, input.seller, input.as_of);
    let wanted = on_all_cores(input.deals, |deals| texts_wanted(input, &correspondence, deals));
    let texts = fetch(&wanted.into_iter().flatten().collect())?;
    let correspondence = correspondence.with_texts(texts).with_read_again(read_again);
    let shared = Shared::new(input);
    let deals =
        on_all_cores(input.deals, |deals| review_some(input, &shared, &correspondence, deals));
    Ok(Review { as_of: input.as_of, deals: deals.into_iter().flatten().collect() })
}

/// What `work` makes of the deals, a few at a time, in their order. Some deals have a hundred times
/// the mail of others, so whichever core is free takes the next few.
pub(crate) fn on_all_cores<'d, T: Send>(
    deals: &'d [Deal],
    work: impl Fn(&'d [Deal]) -> T + Sync,
) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let parts: Vec<&[Deal]> = deals.chunks(DEALS_AT_A_TIME).collect();
    let next = AtomicUsize::new(0);
    let take_parts = || {
        let mut done = Vec::new();
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            let Some(deals) = parts.get(part) else { return done };
            done.push((part, work(deals)));
        }
    };
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        // All of them start before one is waited for; this thread is one of the cores.
        let others: Vec<_> = (1..cores.min(parts.len())).map(|_| scope.spawn(take_parts)).collect();
        let mut done = take_parts();
        for other in others {
            // A part that panics is a fault of this program; it is passed on as such.
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(part, _)| *part);
    done.into_iter().map(|(_, made)| made).collect()
}

/// So few deals are not worth a thread of their own.
const DEALS_AT_A_TIME: usize = 4;

/// A review of files, with what was wrong with them.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReview {
    /// The review.
    pub review: Review,
    /// What was wrong with the mail.
    pub issues: Vec<Issue>,
}

/// Reviews mail files without a data file: reads them, writes nothing. Without a deals file the
/// user is guessed and deals are proposed from the mail. Nobody is asked for a second reading
/// unless `second` says so.
///
/// # Errors
/// If a path is not there, or nobody can be taken for the user.
pub fn review_files(
    mail: &[PathBuf],
    deals: Option<DealFile>,
    playbook: &Playbook,
    second: &SecondSource,
    as_of: Moment,
    limits: &Limits,
) -> Result<FileReview> {
    let inputs: Vec<ToImport> = mail.iter().map(|path| ToImport::at(path)).collect();
    let (files, mut issues) = sources::find(&inputs)?;
    let is_mail = |kind| matches!(kind, SourceKind::Mbox | SourceKind::Mail);
    let (files, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|f| is_mail(f.kind));
    issues.extend(others.iter().map(|file| {
        Issue::new("This file holds no mail", "Name it with 'inroad import'").in_file(file.label())
    }));
    let mut touches: Vec<Touch> = Vec::new();
    issues.extend(read_mails(&files, limits, &mut |message, came| {
        if came == Came::InPlaceOfListCopy {
            touches.retain(|touch| touch.message.id != message.id);
        }
        // What bears no date has no place in time, but who asked for no more mail is heard.
        if message.date.is_none_or(|at| at.timestamp() <= as_of.timestamp()) {
            touches.push(read(message));
        }
    }));
    let (mut seller, mut deals) = match deals {
        Some(file) => (file.seller(), file.deals),
        None => propose_from(&touches, as_of)?,
    };
    // The order of the data file, so that both ways give the same review.
    deals.sort_by(|a, b| a.id.cmp(&b.id));
    add_insights(&mut deals, &[], &Canonical::new(), as_of);
    add_colleagues(&mut seller, &touches);
    let opted_out = opt_outs::of_touches(&touches);
    let input = Input {
        seller: &seller,
        deals: &deals,
        beside: &[],
        touches: &touches,
        events: &[],
        opted_out: &opted_out,
        playbook,
        second_readings: &SecondReadings::default(),
        as_of,
    };
    let (second_readings, without) = read_all(&input, second);
    issues.extend(without);
    let input = Input { second_readings: &second_readings, ..input };
    let mut review = review(&input);
    add_base_rates(&mut review, &deals);
    Ok(FileReview { review, issues })
}

fn propose_from(touches: &[Touch], as_of: Moment) -> Result<(Seller, Vec<Deal>)> {
    let Some(guess) = guess_from(touches) else {
        return Err(Error::Invalid {
            what:
                "Nobody in this mail both writes and is written to; name yourself in a deals file"
                    .to_owned(),
        });
    };
    let seller = Seller { name: guess.name, emails: guess.emails, colleagues: Vec::new() };
    let counted = propose::count(&seller, touches, as_of);
    let deals = propose::propose(&seller, &counted);
    Ok((seller, deals))
}

/// Everybody at the seller's own domain is a colleague, unless it is a free mail provider's.
fn add_colleagues(seller: &mut Seller, touches: &[Touch]) {
    let own = propose::own_domains(seller);
    let mut colleagues: BTreeSet<EmailAddress> = seller.colleagues.iter().cloned().collect();
    for touch in touches {
        let mailboxes = touch.message.from.iter().chain(touch.recipients());
        colleagues
            .extend(mailboxes.map(|m| &m.address).filter(|a| own.contains(a.domain())).cloned());
    }
    seller.colleagues = colleagues.into_iter().collect();
}
