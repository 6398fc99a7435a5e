//! From a state to what to do: advice, the next step, the question worth asking, what is missing,
//! and what would change the advice.

mod asking;
mod change;
mod step;
pub(crate) mod whom;

use inroad_model::{Advice, Cause, EmailAddress, Moment, Stage, State};
use jiff::civil::Date;
use serde::Serialize;

use crate::dealings::Dealings;
use crate::decision::Outlook;
use crate::playbook::diagnosis::Diagnosis;
use crate::politics::Politics;
use crate::rhythm::Rhythm;
use crate::standing::{Reason, Standing};

/// What to do about a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Counsel {
    /// Pursue, wait, let go or stop.
    pub advice: Advice,
    /// Until when to wait, where that is known.
    pub until: Option<Date>,
    /// The next honest, useful step; `None` where nothing is to be done.
    pub next_step: Option<NextStep>,
    /// The question worth most now.
    pub question: Option<Question>,
    /// Which role or fact is unknown, and who could tell.
    pub missing: Vec<String>,
    /// What would change the advice, likeliest first.
    pub would_change: Vec<Change>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// What to do, in one or two sentences.
    pub text: String,
    /// With whom.
    pub to: Option<EmailAddress>,
    /// Not before that day.
    pub not_before: Option<Date>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Whom to ask.
    pub ask: Option<EmailAddress>,
    /// The question.
    pub text: String,
    /// The causes that the answer tells apart.
    pub separates: Vec<Cause>,
}

/// Something that would change the advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What, in one sentence, with the advice that would follow.
    pub text: String,
    /// The advice then.
    pub advice: Advice,
}

/// Advises on one deal. `worth` is what it is worth beside a usual one of this seller; 1 is as much.
pub fn advise(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
    politics: &Politics,
    worth: f64,
    as_of: Moment,
) -> Counsel {
    let counterpart = whom::counterpart(dealings);
    let advice = choose(dealings, rhythm, standing, diagnosis, worth);
    let until = match standing.reason {
        Reason::Away(absence) => absence.until,
        _ => None,
    };
    let next_step =
        step::of_playbook(dealings, standing, diagnosis, politics, advice).or_else(|| {
            step::plain(dealings, rhythm, standing, politics, advice, counterpart.as_ref(), as_of)
        });
    let question = asking::of_playbook(dealings, standing, diagnosis, politics)
        .or_else(|| asking::plain(dealings, standing, counterpart.as_ref()))
        // Whoever is not written to is not asked.
        .filter(|_| advice != Advice::Stop);
    let missing =
        if advice == Advice::Stop { Vec::new() } else { asking::missing(dealings, politics) };
    let would_change = change::would_change(dealings, standing, diagnosis, advice);
    Counsel { advice, until, next_step, question, missing, would_change }
}

/// What somebody stated decides before anything that was read between lines. A deal is let go only
/// when they have grown cold, and nobody is left alone for ever because of what was not said.
fn choose(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
    worth: f64,
) -> Advice {
    let outlook = Outlook::of(diagnosis);
    let is_trouble = diagnosis.is_trouble();
    let is_cold = matches!(standing.state, State::Cold | State::Dark);
    match standing.reason {
        Reason::OptedOut(_) => Advice::Stop,
        Reason::Ended(Stage::Lost) => Advice::LetGo,
        Reason::Away(_) => Advice::Wait,
        Reason::Gone(_) | Reason::Ended(_) => Advice::Pursue,
        _ if is_trouble && outlook.is_unwanted() => Advice::Stop,
        _ if is_trouble && outlook.asks_for_patience() => Advice::Wait,
        Reason::Silent if whom::asked_enough(dealings, rhythm) => Advice::LetGo,
        _ if is_trouble && is_cold && outlook.is_over(standing.state, worth) => Advice::LetGo,
        _ => Advice::Pursue,
    }
}
