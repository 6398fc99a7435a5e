//! Second readings for a review of files: out of a file of recorded answers, or asked for now by
//! somebody who agreed to the host on the same line.

use std::collections::BTreeMap;
use std::path::Path;

use inroad_advice::Input;
use inroad_advice::playbook::second::{SecondReadings, TRUST};
use inroad_model::{DealId, Issue, SecondReading};
use inroad_second_reading::{Answer, Endpoint, Key, Made, check};
use serde::Deserialize;
use serde_json::Value;

use super::material::of_touches;
use crate::{Error, Result};

/// Where the second readings of a review of files come from.
#[derive(Debug, Clone, Default)]
pub enum SecondSource {
    /// There are none, and nobody is asked.
    #[default]
    None,
    /// They were recorded.
    Recorded(Recorded),
    /// A host is asked.
    Asked {
        /// Where.
        endpoint: Endpoint,
        /// Which model.
        model: String,
        /// By which key.
        key: Option<Key>,
    },
}

/// Recorded answers of a model: `{"model": "NAME", "readings": {"DEAL": ANSWER}}`; with `"trust"`
/// where they are to count more or less than usual.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Recorded {
    model: String,
    #[serde(default = "usual_trust")]
    trust: f64,
    readings: BTreeMap<DealId, Value>,
}

fn usual_trust() -> f64 {
    TRUST
}

/// A file larger than this holds no readings.
const FILE_BYTES_MAX: u64 = 16 << 20;

/// Reads a file of recorded answers.
///
/// # Errors
/// [`Error::File`], or [`Error::Invalid`] if it is none.
pub fn read_recorded(path: &Path) -> Result<Recorded> {
    let metadata = path.metadata().map_err(|cause| Error::file(path, cause))?;
    let wrong = |why: String| Error::Invalid {
        what: format!("{} holds no recorded readings: {why}", path.display()),
    };
    if metadata.len() > FILE_BYTES_MAX {
        return Err(wrong("it is too large".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|cause| Error::file(path, cause))?;
    serde_json::from_slice(&bytes).map_err(|fault| wrong(fault.to_string()))
}

/// The second readings of all deals of a review of files. What cannot be used is told, and the
/// review goes on without it.
pub(crate) fn read_all(input: &Input<'_>, source: &SecondSource) -> (SecondReadings, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut by_deal = BTreeMap::new();
    for deal in input.deals {
        let read = match source {
            SecondSource::None => continue,
            SecondSource::Recorded(recorded) => recorded.of(input, deal),
            SecondSource::Asked { endpoint, model, key } => match of_touches(input, deal) {
                None => Ok(None),
                Some(request) => super::ask_checked(endpoint, key.as_ref(), model, &request)
                    .map(|checked| Some(checked.reading)),
            },
        };
        match read {
            Ok(None) => {}
            Ok(Some(reading)) => {
                by_deal.insert(deal.id.clone(), reading);
            }
            Err(error) => issues.push(Issue::new(
                format!("No second reading of '{}': {error}", deal.name),
                "The review goes on without it",
            )),
        }
    }
    let trust = match source {
        SecondSource::Recorded(recorded) => recorded.trust,
        SecondSource::None | SecondSource::Asked { .. } => TRUST,
    };
    (SecondReadings { trust, by_deal }, issues)
}

impl Recorded {
    /// The recorded reading of a deal, looked up as if it had come just now.
    fn of(&self, input: &Input<'_>, deal: &inroad_model::Deal) -> Result<Option<SecondReading>> {
        let Some(recorded) = self.readings.get(&deal.id) else { return Ok(None) };
        let Some(request) = of_touches(input, deal) else { return Ok(None) };
        // A text is what a model said; an object is what it would have said in bare JSON.
        let words = recorded.as_str().map_or_else(|| recorded.to_string(), str::to_owned);
        let answer =
            Answer::read(&words).map_err(|why| Error::Invalid { what: why.to_string() })?;
        let made = Made { model: self.model.clone(), host: "a file".to_owned(), at: input.as_of };
        Ok(Some(check(&answer, &request, made).reading))
    }
}
