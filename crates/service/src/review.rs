//! The review, from the data file or straight from mail files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use inroad_advice::{Input, Review, propose, review};
use inroad_ingest::Limits;
use inroad_ingest::source::SourceKind;
use inroad_language::read::read;
use inroad_model::{Deal, EmailAddress, Issue, Mailbox, Moment, Seller, Touch};
use inroad_store::{Concerning, DealStatus};
use tokio::task::spawn_blocking;

use crate::deals::DealFile;
use crate::import::read_mails;
use crate::inroad::Inroad;
use crate::owner::guess_from;
use crate::{Error, Result, opt_outs, sources};

impl Inroad {
    /// Reviews all open deals, and proposals if no deal is open yet, as of a moment.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn review(&self, as_of: Moment) -> Result<Review> {
        let stored = self.store.deals().await?;
        let any_open = stored.iter().any(|deal| deal.status == DealStatus::Open);
        let wanted = if any_open { DealStatus::Open } else { DealStatus::Proposed };
        let deals: Vec<Deal> =
            stored.into_iter().filter(|s| s.status == wanted).map(|s| s.deal).collect();
        self.review_deals(deals, as_of).await
    }

    /// Reviews the one deal that is meant by a name.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::Conflict`] if several are meant.
    pub async fn review_deal(&self, name: &str, as_of: Moment) -> Result<Review> {
        let stored = self.store.deals().await?;
        let deal = crate::deals::find(&stored, name)?.deal.clone();
        self.review_deals(vec![deal], as_of).await
    }

    async fn review_deals(&self, mut deals: Vec<Deal>, as_of: Moment) -> Result<Review> {
        let seller = self.seller().await?.unwrap_or_default();
        let aliases = self.aliases().await?;
        let concerning = Concerning {
            emails: deals
                .iter()
                .flat_map(|deal| &deal.people)
                .flat_map(|seat| aliases.all_of(&seat.email))
                .collect(),
            domains: deals.iter().filter_map(|deal| deal.domain.clone()).collect(),
            until: Some(as_of),
            telling_only: true,
        };
        let stored = self.store.messages(&concerning).await?;
        let mut touches: Vec<Touch> = stored.into_iter().map(|message| message.touch).collect();
        let events = self.store.events(None).await?;
        let opted_out = self.opt_outs(&aliases, as_of).await?;
        let canonical = aliases.canonical(&deals);
        if !canonical.is_empty() {
            for touch in &mut touches {
                unite(touch, &canonical);
            }
            unite_seats(&mut deals, &canonical);
        }
        spawn_blocking(move || {
            review(&Input {
                seller: &seller,
                deals: &deals,
                touches: &touches,
                events: &events,
                opted_out: &opted_out,
                as_of,
            })
        })
        .await
        .map_err(|task| Error::stopped(&task))
    }
}

/// Writes one address for all addresses of a person.
fn unite(touch: &mut Touch, canonical: &BTreeMap<EmailAddress, EmailAddress>) {
    let unite_one = |email: &mut EmailAddress| {
        if let Some(one) = canonical.get(email) {
            *email = one.clone();
        }
    };
    let message = &mut touch.message;
    let mailboxes: [&mut Vec<Mailbox>; 3] = [&mut message.to, &mut message.cc, &mut message.bcc];
    message
        .from
        .iter_mut()
        .chain(mailboxes.into_iter().flatten())
        .for_each(|mailbox| unite_one(&mut mailbox.address));
    for fact in &mut touch.facts {
        fact.email.iter_mut().chain(&mut fact.to).for_each(unite_one);
    }
}

fn unite_seats(deals: &mut [Deal], canonical: &BTreeMap<EmailAddress, EmailAddress>) {
    for deal in deals {
        for seat in &mut deal.people {
            if let Some(one) = canonical.get(&seat.email) {
                seat.email = one.clone();
            }
        }
        let mut seen = BTreeSet::new();
        deal.people.retain(|seat| seen.insert(seat.email.clone()));
    }
}

/// A review of files, with what was wrong with them.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReview {
    /// The review.
    pub review: Review,
    /// What was wrong with the mail.
    pub issues: Vec<Issue>,
}

/// Reviews mail files without a data file: reads them, writes nothing. Without a deals file the
/// user is guessed and deals are proposed from the mail.
///
/// # Errors
/// If a path is not there, or nobody can be taken for the user.
pub fn review_files(
    mail: &[PathBuf],
    deals: Option<DealFile>,
    as_of: Moment,
    limits: &Limits,
) -> Result<FileReview> {
    let (files, mut issues) = sources::find(mail)?;
    let is_mail = |kind| matches!(kind, SourceKind::Mbox | SourceKind::Mail);
    let (files, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|f| is_mail(f.kind));
    issues.extend(others.iter().map(|file| {
        Issue::new("This file holds no mail", "Name it with 'inroad import'").in_file(file.label())
    }));
    let mut touches = Vec::new();
    issues.extend(read_mails(&files, limits, &mut |message| {
        // What bears no date has no place in time, but who asked for no more mail is heard.
        if message.date.is_none_or(|at| at.timestamp() <= as_of.timestamp()) {
            touches.push(read(message));
        }
    }));
    let (mut seller, deals) = match deals {
        Some(file) => (file.seller(), file.deals),
        None => propose_from(&touches, as_of)?,
    };
    add_colleagues(&mut seller, &touches);
    let opted_out = opt_outs::of_touches(&touches);
    let input = Input {
        seller: &seller,
        deals: &deals,
        touches: &touches,
        events: &[],
        opted_out: &opted_out,
        as_of,
    };
    Ok(FileReview { review: review(&input), issues })
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
