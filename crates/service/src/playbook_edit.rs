//! Changing the playbook: a file of one's own beside the data file takes the place of ours.

use std::path::PathBuf;

use inroad_advice::DealReview;
use inroad_advice::playbook::Playbook;
use inroad_model::{DeedNumber, Moment};

use crate::deeds::Inverse;
use crate::inroad::Inroad;
use crate::playbook::{check_playbook, playbook_folder};
use crate::review::beside;
use crate::{Error, Result, deals};

/// The text of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioFile {
    /// The name of the file, without its ending.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Whether it is the user's own.
    pub is_own: bool,
    /// Whether one of that name comes with the program.
    pub is_shipped: bool,
}

/// A deal, reviewed by the playbook as it is and as it would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// As it is.
    pub before: DealReview,
    /// As it would be.
    pub after: DealReview,
}

/// A longer text is no scenario.
const TEXT_BYTES_MAX: usize = 64 * 1024;

impl Inroad {
    /// The text of a scenario: the user's own, else ours.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::File`].
    pub fn scenario_file(&self, name: &str) -> Result<ScenarioFile> {
        let shipped = Playbook::shipped_files().iter().find(|(file, _)| *file == name);
        let path = self.own_scenario(name)?;
        let own = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => None,
            Err(cause) => return Err(Error::file(&path, cause)),
        };
        let is_own = own.is_some();
        match own.or_else(|| shipped.map(|(_, text)| (*text).to_owned())) {
            Some(text) => {
                let is_shipped = shipped.is_some();
                Ok(ScenarioFile { name: name.to_owned(), text, is_own, is_shipped })
            }
            None => Err(Error::NotFound { what: format!("There is no scenario '{name}'") }),
        }
    }

    /// The playbook with another text for one scenario.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the line of what cannot be read, or with the case that does not come
    /// out as the text says.
    pub fn playbook_with(&self, name: &str, text: &str) -> Result<Playbook> {
        let invalid = |what: String| Error::Invalid { what };
        self.own_scenario(name)?;
        if text.len() > TEXT_BYTES_MAX {
            return Err(invalid("That is too long for a scenario".to_owned()));
        }
        let (playbook, broken) = self.playbook()?.with(&[(name, text)]);
        if let Some(error) = broken.first() {
            return Err(invalid(error.to_string()));
        }
        let failed = check_playbook(&playbook);
        match failed.iter().find(|failed| failed.file == name) {
            Some(failed) => Err(invalid(format!(
                "{name}.toml, case {}: it should stand at {} at least, and does not; change the case or \
                 the numbers",
                failed.case, failed.wanted
            ))),
            None => Ok(playbook),
        }
    }

    /// Reviews a deal as of a moment with another text for one scenario, beside the review as it is.
    ///
    /// # Errors
    /// As [`Inroad::playbook_with`] and [`Inroad::review_deal`].
    pub async fn try_scenario(
        &self,
        name: &str,
        text: &str,
        deal: &str,
        as_of: Moment,
    ) -> Result<Trial> {
        let playbook = self.playbook_with(name, text)?;
        let stored = self.store.deals_at(as_of).await?;
        let deal = deals::find(&stored, deal)?.deal.clone();
        let beside = beside(stored, &deal);
        let by = async |playbook: Playbook| -> Result<DealReview> {
            let review =
                self.review_deals_by(playbook, vec![deal.clone()], beside.clone(), as_of).await?;
            review.deals.into_iter().next().ok_or_else(|| Error::NotFound {
                what: format!("'{}' was not open on that day", deal.name),
            })
        };
        Ok(Trial { before: by(self.playbook()?).await?, after: by(playbook).await? })
    }

    /// Keeps a text in the user's own folder.
    ///
    /// # Errors
    /// As [`Inroad::playbook_with`]; [`Error::File`].
    pub async fn keep_scenario(&self, name: &str, text: &str, at: Moment) -> Result<DeedNumber> {
        self.playbook_with(name, text)?;
        let before = self.scenario_file(name).ok().filter(|file| file.is_own);
        self.put_scenario(name, Some(text))?;
        let says = format!("The scenario '{name}' is your own");
        let before = before.map(|file| file.text);
        self.keep_deed(None, &says, &Inverse::Scenario { name: name.to_owned(), before }, at).await
    }

    /// Takes the user's own text away, so that ours counts again.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none; [`Error::File`].
    pub async fn drop_scenario(&self, name: &str, at: Moment) -> Result<DeedNumber> {
        let file = self.scenario_file(name)?;
        if !file.is_own {
            return Err(Error::NotFound { what: format!("'{name}' is ours already") });
        }
        self.put_scenario(name, None)?;
        let says = format!("The scenario '{name}' is ours again");
        let inverse = Inverse::Scenario { name: name.to_owned(), before: Some(file.text) };
        self.keep_deed(None, &says, &inverse, at).await
    }

    /// Writes the file whole or not at all; `None` takes it away.
    pub(crate) fn put_scenario(&self, name: &str, text: Option<&str>) -> Result<()> {
        let path = self.own_scenario(name)?;
        let Some(text) = text else {
            return match std::fs::remove_file(&path) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                    Err(Error::file(&path, cause))
                }
                _ => Ok(()),
            };
        };
        let folder = playbook_folder(self.path());
        std::fs::create_dir_all(&folder).map_err(|cause| Error::file(&folder, cause))?;
        let beside = path.with_extension("new");
        let write = || {
            std::fs::write(&beside, text)?;
            std::fs::rename(&beside, &path)
        };
        write().map_err(|cause| Error::file(&path, cause))
    }

    /// Where the user's own text lies. A name is no path.
    fn own_scenario(&self, name: &str) -> Result<PathBuf> {
        let is_plain = (1..=60).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if is_plain {
            return Ok(playbook_folder(self.path()).join(format!("{name}.toml")));
        }
        let what = "A name has small letters and _ only, as price_too_high".to_owned();
        Err(Error::Invalid { what })
    }
}
