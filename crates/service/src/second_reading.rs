//! The second reading: off until the user names a server and agrees, asked by an explicit command
//! alone, one deal at a time.
//!
//! Must not: ask anybody during a review or an import, or send to a host that the consent does not
//! name.

mod consent;
mod files;
mod material;

use std::collections::BTreeMap;

use inroad_advice::playbook::second::SecondReadings;
use inroad_model::{Deal, Moment};
use inroad_second_reading::{Answer, Checked, Endpoint, Key, Made, Patience, Request, ask, check};
use inroad_store::DealStatus;
use tokio::task::spawn_blocking;

pub use self::consent::{Consent, NewConsent};
pub(crate) use self::files::read_all;
pub use self::files::{SecondSource, read_recorded};

use crate::inroad::Inroad;
use crate::{Error, Result};

/// What would be sent about one deal, and to whom.
#[derive(Debug, Clone)]
pub struct Question {
    /// The deal.
    pub deal: Deal,
    /// What is sent.
    pub request: Request,
    /// To whom.
    pub consent: Consent,
    /// Whether the last reading kept was made of just this.
    pub is_known: bool,
}

impl Inroad {
    /// What would be sent about the deal that is meant by a name. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::Invalid`] while the second reading is off, or if there is nothing to read;
    /// [`Error::NotFound`] and [`Error::Conflict`] as for a review.
    pub async fn second_question(&self, name: &str, as_of: Moment) -> Result<Question> {
        let consent = self.second_consent().await?.ok_or_else(off)?;
        let stored = self.store.deals_at(as_of).await?;
        let deal = crate::deals::find(&stored, name)?.deal.clone();
        let nothing = || Error::Invalid {
            what: format!("There are no letters and no notes of '{}' to read", deal.name),
        };
        self.question(deal.clone(), consent, as_of).await?.ok_or_else(nothing)
    }

    /// The same for all open deals of which there is something to read.
    ///
    /// # Errors
    /// [`Error::Invalid`] while the second reading is off.
    pub async fn second_questions(&self, as_of: Moment) -> Result<Vec<Question>> {
        let consent = self.second_consent().await?.ok_or_else(off)?;
        let mut questions = Vec::new();
        for stored in self.store.deals_at(as_of).await? {
            if stored.status == DealStatus::Open {
                questions.extend(self.question(stored.deal, consent.clone(), as_of).await?);
            }
        }
        Ok(questions)
    }

    async fn question(
        &self,
        deal: Deal,
        consent: Consent,
        as_of: Moment,
    ) -> Result<Option<Question>> {
        let Some(request) = self.material_of(&deal, as_of).await? else { return Ok(None) };
        let hash = request.hash(&consent.model);
        let is_known = self.store.was_read_a_second_time(&deal.id, as_of, &hash).await?;
        Ok(Some(Question { deal, request, consent, is_known }))
    }

    /// Asks, and looks up every quote of the answer. Nothing is kept yet.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the host gives no answer that can be used.
    pub async fn ask_second(&self, question: &Question, key: Option<Key>) -> Result<Checked> {
        // The consent may have been taken back since the question was written.
        let consent = self.second_consent().await?.ok_or_else(off)?;
        if consent.endpoint()?.host() != question.consent.endpoint()?.host() {
            return Err(off());
        }
        let (request, endpoint) = (question.request.clone(), consent.endpoint()?);
        let asked = move || ask_checked(&endpoint, key.as_ref(), &consent.model, &request);
        spawn_blocking(asked).await.map_err(|task| Error::stopped(&task))?
    }

    /// Keeps a reading, so that reviews from its moment on count it.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn keep_second(&self, question: &Question, checked: &Checked) -> Result<()> {
        let hash = question.request.hash(&question.consent.model);
        let reading = &checked.reading;
        Ok(self.store.add_second_reading(&question.deal.id, reading, &hash).await?)
    }

    /// What a review at a moment may look at: nothing while the second reading is off.
    pub(crate) async fn second_readings(&self, as_of: Moment) -> Result<SecondReadings> {
        match self.second_consent().await? {
            None => Ok(SecondReadings::default()),
            Some(consent) => {
                let by_deal = self.store.second_readings(as_of).await?;
                Ok(SecondReadings { trust: consent.trust, by_deal })
            }
        }
    }

    /// How many deals have a second reading, at a moment.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn second_reading_count(&self, as_of: Moment) -> Result<usize> {
        Ok(self.store.second_readings(as_of).await.map(|by_deal: BTreeMap<_, _>| by_deal.len())?)
    }
}

/// Asks once and looks up what comes.
fn ask_checked(
    endpoint: &Endpoint,
    key: Option<&Key>,
    model: &str,
    request: &Request,
) -> Result<Checked> {
    let host = endpoint.host();
    let words = ask(endpoint, key, model, request, Patience::default())
        .map_err(|error| Error::Unavailable { what: error.to_string() })?;
    let answer = Answer::read(&words).map_err(|why| Error::Unavailable {
        what: format!("The answer of {host} was not used: {why}; nothing of it was kept"),
    })?;
    Ok(check(&answer, request, Made { model: model.to_owned(), host, at: crate::now() }))
}

fn off() -> Error {
    let what = "The second reading is off; 'inroad second-reading on --url URL --model NAME' says \
                what would be sent where, and asks you";
    Error::Invalid { what: what.to_owned() }
}
