//! How long letters are kept: a rule that a person sets, what it would take, and doing it, once or every day.
//!
//! A letter that is older goes with all that was read of it, unless somebody of an open deal, or of a firm with
//! one, wrote or got it. What a person said themselves stays, and whoever asked in such a letter for no more
//! mail is left alone as before. It cannot be undone.
//!
//! Must not: take anything without a rule that a person set.

use std::collections::BTreeSet;
use std::time::Duration;

use inroad_advice::propose::is_free_mail;
use inroad_ingest::{Limits, mail};
use inroad_model::{AccountKey, DeedNumber, MessageId, Moment, Stage};
use inroad_store::{Concerning, DealStatus};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::deeds::Inverse;
use crate::import::Stop;
use crate::inroad::{Inroad, read_mail};
use crate::{Error, Result};

/// What a person wishes to be kept no longer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Letters older than so many months go; `None` for never.
    pub letters_months: Option<u16>,
    /// Whether a program that serves sees to it every day.
    #[serde(default)]
    pub daily: bool,
}

/// What a rule would take, or took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionLook {
    /// Letters of before that day.
    pub before: Date,
    /// So many go.
    pub letters: usize,
    /// So many are older and stay, since a deal is open.
    pub kept_for_deals: usize,
}

/// What came of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionReport {
    /// What went.
    pub went: RetentionLook,
    /// Whether the bytes are gone from the data file by now; if not, they go at its next start.
    pub is_cleared: bool,
    /// What the history says of it; `None` where nothing went.
    pub deed: Option<DeedNumber>,
}

/// Which letters a rule means.
struct Meant {
    look: RetentionLook,
    rows: Vec<i64>,
}

const SETTING: &str = "retention";
/// On which day it was done last.
const DONE_ON: &str = "retention_done_on";
/// The turn of whoever does it.
const TURN: &str = "retention.lock";
/// Somebody who means a hundred years means never.
const MONTHS_MAX: u16 = 1200;
const LETTERS_AT_ONCE: usize = 100;
/// It is looked so often whether a new day has begun.
const LOOKED_EVERY: Duration = Duration::from_mins(10);
/// Whoever stops waits no longer than that.
const STOP_SEEN_WITHIN: Duration = Duration::from_millis(500);
/// Why somebody is listed whose letter went.
const REASON: &str = "Asked for in a letter that was too old to be kept";

impl Inroad {
    /// What a person wishes to be kept no longer; nothing, where they said nothing.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn retention(&self) -> Result<Retention> {
        Ok(self.store.setting(SETTING).await?.unwrap_or_default())
    }

    /// Keeps that wish. Nothing goes by that alone.
    ///
    /// # Errors
    /// [`Error::Invalid`] for no months or too many, or if every day has nothing to be done.
    pub async fn set_retention(&self, wish: Retention) -> Result<()> {
        match wish.letters_months {
            Some(months) => {
                checked(months)?;
            }
            None if wish.daily => {
                let what =
                    "Say how many months letters are kept; else there is nothing to do daily";
                return Err(Error::Invalid { what: what.to_owned() });
            }
            None => return Ok(self.store.forget_setting(SETTING).await?),
        }
        Ok(self.store.set_setting(SETTING, &wish).await?)
    }

    /// What would go if letters were kept for so many months; nothing is changed.
    ///
    /// # Errors
    /// [`Error::Invalid`] for no months or too many.
    pub async fn what_retention_takes(&self, months: u16, at: Moment) -> Result<RetentionLook> {
        Ok(self.meant(checked(months)?, at).await?.look)
    }

    /// Takes out what the rule that stands says. The same again takes nothing. Whoever stops it finds what went
    /// gone, and the rest there.
    ///
    /// # Errors
    /// [`Error::Invalid`] where no rule stands; [`Error::Conflict`] while another program does it.
    pub async fn keep_no_longer(&self, stop: &Stop, at: Moment) -> Result<RetentionReport> {
        let Some(months) = self.retention().await?.letters_months else {
            let what = "There is no rule yet for how long letters are kept".to_owned();
            return Err(Error::Invalid { what });
        };
        let Some(_turn) = self.store.take_turn(TURN).await? else {
            let what = "Another program is doing it at this moment".to_owned();
            return Err(Error::Conflict { what });
        };
        let Meant { mut look, rows } = self.meant(checked(months)?, at).await?;
        let read = read_mail();
        let (meant, mut went) = (look.letters, 0);
        for some in rows.chunks(LETTERS_AT_ONCE) {
            if stop.is_wished() {
                break;
            }
            let ids = self.store.ids_of_rows(some).await?;
            went += ids.len();
            for (since, listed) in self.opt_outs_asked_in(&ids, REASON).await? {
                self.store.add_listed(&[listed], since).await?;
            }
            self.store.forget_letters_for_good(some, &read).await?;
        }
        look.letters = went;
        let mut deed = None;
        if look.letters > 0 {
            let says = format!(
                "Letters of before {} went, as you wished: {} of them",
                look.before, look.letters
            );
            deed = Some(self.keep_deed(None, &says, &Inverse::Nothing, at).await?);
        }
        if went == meant {
            self.store.set_setting(DONE_ON, &at.date()).await?;
        }
        let is_cleared = self.store.clear_file().await?;
        tracing::info!(
            target: "inroad::retention",
            letters = look.letters,
            kept_for_deals = look.kept_for_deals,
            "letters went"
        );
        Ok(RetentionReport { went: look, is_cleared, deed })
    }

    /// Does it once a day for as long as it is wished, until it is stopped. What other programs asked and were told
    /// goes when it is old, whether there is a rule or not.
    pub async fn keep_no_longer_daily(&self, stop: &Stop) {
        while !stop.is_wished() {
            let now = crate::now();
            if let Err(error) = self.forget_old(now).await {
                tracing::warn!(target: "inroad::retention", fault = error.kind(), "tried again later");
            }
            if let Err(error) = self.keep_no_longer_today(stop, now).await {
                // It is tried again in a while: by then the other program is done, or the server back.
                tracing::warn!(target: "inroad::retention", fault = error.kind(), "tried again later");
            }
            let next = tokio::time::Instant::now() + LOOKED_EVERY;
            while !stop.is_wished() && tokio::time::Instant::now() < next {
                tokio::time::sleep(STOP_SEEN_WITHIN).await;
            }
        }
    }

    /// Does it if it is wished for every day and was not done on this one. Tells whether it did.
    ///
    /// # Errors
    /// As [`Inroad::keep_no_longer`].
    pub async fn keep_no_longer_today(&self, stop: &Stop, now: Moment) -> Result<bool> {
        let done_on: Option<Date> = self.store.setting(DONE_ON).await?;
        if !self.retention().await?.daily || done_on == Some(now.date()) {
            return Ok(false);
        }
        self.keep_no_longer(stop, now).await.map(|_report| true)
    }

    async fn forget_old(&self, now: Moment) -> Result<()> {
        self.forget_old_requests(now).await?;
        self.forget_old_deliveries(now).await
    }

    async fn meant(&self, months: u16, at: Moment) -> Result<Meant> {
        let before = at
            .date()
            .checked_sub(i32::from(months).months())
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        let begins = TimeZone::UTC
            .to_timestamp(before.to_datetime(Time::midnight()))
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        let old = self.store.letters_before(Moment::utc(begins)).await?;
        let waiting = self.rows_of_waiting_notes(at).await?;
        let open: BTreeSet<i64> =
            self.store.rows_concerning(&self.of_open_deals().await?).await?.into_iter().collect();
        let all = old.len();
        let mut rows: Vec<i64> =
            old.into_iter().filter(|row| !open.contains(row) && !waiting.contains(row)).collect();
        let (letters, kept_for_deals) = (rows.len(), all - rows.len());
        let copies = self.copies_of(&rows).await?;
        rows.extend(copies);
        Ok(Meant { look: RetentionLook { before, letters, kept_for_deals }, rows })
    }

    /// Everybody of an open deal, and everybody at a firm with one: under all addresses that are theirs, and all
    /// names of the firm, as whoever reviews the deal looks for its letters.
    async fn of_open_deals(&self) -> Result<Concerning> {
        let mut open = Concerning::default();
        for stored in self.store.deals().await?.iter() {
            let is_over = matches!(stored.deal.stage, Some(Stage::Won | Stage::Lost));
            if stored.status != DealStatus::Open || is_over {
                continue;
            }
            open.domains.extend(stored.deal.domain.clone());
            for seat in &stored.deal.people {
                let domain = seat.email.domain();
                if !is_free_mail(domain) {
                    open.domains.insert(domain.to_owned());
                }
                open.emails.insert(seat.email.clone());
            }
        }
        let firms = self.groups::<AccountKey>().await?;
        let named: Vec<AccountKey> =
            open.domains.iter().filter_map(|domain| AccountKey::domain(domain).ok()).collect();
        for key in named.iter().flat_map(|key| firms.all_of(key)) {
            open.domains.extend(key.as_domain().map(str::to_owned));
        }
        let aliases = self.aliases().await?;
        open.emails = aliases.widen(std::mem::take(&mut open.emails).into_iter(), &open.domains);
        Ok(open)
    }

    /// The rows of second copies of letters, that came by a list.
    async fn copies_of(&self, rows: &[i64]) -> Result<Vec<i64>> {
        let mut ids: BTreeSet<MessageId> = BTreeSet::new();
        for some in rows.chunks(LETTERS_AT_ONCE) {
            ids.extend(self.store.ids_of_rows(some).await?);
        }
        let mut found = Vec::new();
        if ids.is_empty() {
            return Ok(found);
        }
        for some in self.store.copies_of_letters().await?.chunks(LETTERS_AT_ONCE) {
            for (row, raw) in self.store.originals(some).await? {
                if ids.contains(&mail::parse_message(&raw, &Limits::default()).0.id) {
                    found.push(row);
                }
            }
        }
        Ok(found)
    }
}

fn checked(months: u16) -> Result<u16> {
    if (1..=MONTHS_MAX).contains(&months) {
        return Ok(months);
    }
    Err(Error::Invalid {
        what: format!("Letters are kept for 1 to {MONTHS_MAX} months, or for good"),
    })
}
