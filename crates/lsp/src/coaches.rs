//! The coach of each person to whom a draft is open: made once, kept for some minutes.
//!
//! To make one asks the data file for everything that is known of somebody; to read a draft with it takes a
//! millisecond.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inroad_model::{EmailAddress, Moment};
use inroad_service::{Coach, Coached, Dismissal, Error, Inroad, coach_folder};
use tokio::runtime::Handle;

/// A coach does not learn of new mail for so long, unless a draft is saved.
const KEPT: Duration = Duration::from_mins(5);
/// No more coaches than these are kept; who was made first goes first.
const COACHES_MAX: usize = 20;

/// What the user is to be told, besides what was asked.
pub(crate) type Complaint = String;

#[derive(Debug)]
struct Kept {
    person: Option<EmailAddress>,
    coach: Coach,
    made: Instant,
}

/// The coaches, and the data file behind them if there is one.
#[derive(Debug)]
pub(crate) struct Coaches {
    data: PathBuf,
    runtime: Handle,
    inroad: Option<Inroad>,
    kept: Vec<Kept>,
    /// What was dismissed while there is no data file to keep it.
    dismissed: Vec<Dismissal>,
    told: BTreeSet<Complaint>,
}

impl Coaches {
    pub(crate) fn new(data: &Path, runtime: Handle) -> Self {
        Self {
            data: data.to_owned(),
            runtime,
            inroad: None,
            kept: Vec::new(),
            dismissed: Vec::new(),
            told: BTreeSet::new(),
        }
    }

    /// Whether the coach for somebody is at hand.
    pub(crate) fn is_ready(&self, person: Option<&EmailAddress>) -> bool {
        self.find(person).is_some()
    }

    /// The coach for somebody, and what could not be used of what the user added. Where the data file
    /// refuses, there is the coach who knows nobody.
    pub(crate) fn coach(&mut self, person: Option<&EmailAddress>) -> (&Coach, Vec<Complaint>) {
        let mut complaints = Vec::new();
        let at = self.find(person).unwrap_or_else(|| {
            let coach = self.make(person, &mut complaints);
            self.keep(person, coach)
        });
        complaints.retain(|one| self.told.insert(one.clone()));
        (&self.kept[at].coach, complaints)
    }

    /// From now on everything is asked anew.
    pub(crate) fn forget(&mut self) {
        self.kept.clear();
    }

    /// Puts a finding to rest; gives what the user is to know of it.
    ///
    /// # Errors
    /// If the data file refuses.
    pub(crate) fn dismiss(&mut self, dismissal: &Dismissal) -> Result<Option<Complaint>, Error> {
        let file = self.file()?;
        match &file {
            Some(inroad) => self.runtime.block_on(inroad.dismiss_finding(dismissal.clone()))?,
            None => self.dismissed.push(dismissal.clone()),
        }
        self.kept.iter_mut().for_each(|kept| kept.coach.dismiss(dismissal.clone()));
        if file.is_some() {
            return Ok(None);
        }
        let told = "Dismissed until the editor closes: there is no data file to keep it; \
                    'inroad import PATH' makes one";
        Ok(Some(told.to_owned()).filter(|told| self.told.insert(told.clone())))
    }

    /// Lets it speak up again.
    ///
    /// # Errors
    /// If the data file refuses.
    pub(crate) fn undismiss(&mut self, dismissal: &Dismissal) -> Result<(), Error> {
        if let Some(inroad) = self.file()? {
            self.runtime.block_on(inroad.undismiss_finding(dismissal))?;
        }
        self.dismissed.retain(|one| one != dismissal);
        self.kept.iter_mut().for_each(|kept| kept.coach.undismiss(dismissal));
        Ok(())
    }

    /// Takes down what was found in a draft that is saved; nothing without a data file.
    ///
    /// # Errors
    /// If the data file refuses.
    pub(crate) fn remember(&mut self, file: &Path, coached: &Coached) -> Result<(), Error> {
        match self.file()? {
            Some(inroad) => {
                let name = file.to_string_lossy();
                self.runtime.block_on(inroad.remember_coached(&name, coached))
            }
            None => Ok(()),
        }
    }

    /// Lets go of the data file.
    ///
    /// # Errors
    /// If it refuses.
    pub(crate) fn close(&mut self) -> Result<(), Error> {
        match self.inroad.take() {
            Some(inroad) => self.runtime.block_on(inroad.close()),
            None => Ok(()),
        }
    }

    fn find(&self, person: Option<&EmailAddress>) -> Option<usize> {
        self.kept
            .iter()
            .position(|kept| kept.person.as_ref() == person && kept.made.elapsed() < KEPT)
    }

    /// The data file, as soon as there is one.
    fn file(&mut self) -> Result<Option<Inroad>, Error> {
        if self.inroad.is_none() && self.data.exists() {
            self.inroad = Some(self.runtime.block_on(Inroad::open_existing(&self.data))?);
        }
        Ok(self.inroad.clone())
    }

    fn make(&mut self, person: Option<&EmailAddress>, complaints: &mut Vec<Complaint>) -> Coach {
        let now = now();
        let made = match self.file() {
            Ok(Some(inroad)) => self.runtime.block_on(inroad.coach_at_least(person, now)).map(Some),
            Ok(None) => Ok(None),
            Err(why) => Err(why),
        };
        let (mut coach, why) = match made {
            Ok(Some(made)) => made,
            Ok(None) => Coach::without_record_at_least(&coach_folder(&self.data), now),
            Err(why) => {
                complaints.push(format!("Drafts are read without what is known of people: {why}"));
                Coach::without_record_at_least(&coach_folder(&self.data), now)
            }
        };
        let unused = "; until then the rules that came with inroad are used alone";
        complaints.extend(why.map(|why| format!("{why}{unused}")));
        self.dismissed.iter().for_each(|one| coach.dismiss(one.clone()));
        coach
    }

    fn keep(&mut self, person: Option<&EmailAddress>, coach: Coach) -> usize {
        self.kept.retain(|kept| kept.person.as_ref() != person);
        let over = (self.kept.len() + 1).saturating_sub(COACHES_MAX);
        self.kept.drain(..over);
        self.kept.push(Kept { person: person.cloned(), coach, made: Instant::now() });
        self.kept.len() - 1
    }
}

/// Now, on the calendar of this machine.
fn now() -> Moment {
    let zoned = jiff::ZonedDateTime::now();
    Moment::new(zoned.timestamp(), zoned.offset())
}
