//! Drafts begun: a skeleton whose sentences a person has still to write.
//!
//! Of a letter only what is known stands in it: the name, who writes, and what each sentence should do.
//! Beside it stand the facts that may be used, each with its source, and ways to open by what is known.
//!
//! Must not: write a sentence that could be sent unread, or begin anything to somebody who opted out.

mod openings;
mod outline;
mod plays;

use inroad_advice::touch_plan::TouchPlan;
use inroad_coach::audience::{KnownFact, Standing};
use inroad_coach::draft::Channel;
use inroad_model::{EmailAddress, Moment};
use jiff::civil::Date;
use serde::Serialize;

pub use openings::Opening;
pub use plays::{FittingPlay, first_with as first_play_with, fitting_plays, named as play_named};

use crate::coach::Coach;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftAsked {
    /// Whom it is for.
    pub person: EmailAddress,
    /// The deal, by name or id; else the one in which they have a seat.
    pub deal: Option<String>,
    /// The play, by its key or a part of its name; else the first that fits and is with them.
    pub play: Option<String>,
    /// By which way it goes.
    pub channel: Channel,
    /// Which of the ways to open, from 1.
    pub opening: usize,
}

/// A fact that may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsableFact {
    /// What is known.
    pub says: String,
    /// Where it stands.
    pub source: String,
    /// Of which day it is.
    pub on: Option<Date>,
}

/// A draft with blanks, and what helps to fill them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skeleton {
    /// Whom it is for.
    pub person: Option<EmailAddress>,
    /// What they are called.
    pub name: Option<String>,
    /// By which way it goes.
    pub channel: Channel,
    /// The play that it follows, if it is one.
    pub play: Option<FittingPlay>,
    /// The subject, of a mail.
    pub subject: Option<String>,
    /// The text, with a blank for each sentence.
    pub text: String,
    /// Ways to open it, the one in the text first told by `opening`.
    pub openings: Vec<Opening>,
    /// Which of them stands in the text, from 1; 0 where none is offered.
    pub opening: usize,
    /// What may be used.
    pub facts: Vec<UsableFact>,
    /// What is to be known before it is written.
    pub remarks: Vec<String>,
}

/// What the next touch of a touch plan wants a draft to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchWords {
    /// What the first sentence takes up.
    pub opening: Option<String>,
    /// What the message brings.
    pub useful: String,
    /// The way out, where it is time for one.
    pub way_out: Option<String>,
}

impl TouchWords {
    /// Of the next touch of a plan, if there is one.
    pub fn of(plan: &TouchPlan) -> Option<Self> {
        let next = plan.next.as_ref()?;
        let useful = match next.matters.first() {
            Some(matter) if matter.is_assumed => {
                format!("ask whether it is so, since you only assume it: {}", matter.text)
            }
            Some(matter) => format!("bring this, in a sentence of use to them: {}", matter.text),
            None => next.look_for.clone(),
        };
        let opening = (!next.openings.is_empty()).then(|| next.openings.join("; "));
        Some(Self { opening, useful, way_out: next.way_out.clone() })
    }
}

impl Skeleton {
    /// Subject and text as one, as the coach reads them.
    pub fn whole(&self) -> String {
        match &self.subject {
            Some(subject) => format!("Subject: {subject}\n\n{}", self.text),
            None => self.text.clone(),
        }
    }
}

/// Begins a draft to whom a coach knows, along a play if one is given, and as the next touch of a touch
/// plan wants it if they have one.
///
/// # Errors
/// [`Error::Conflict`] for somebody who is not to be contacted.
pub fn skeleton(
    coach: &Coach,
    channel: Channel,
    play: Option<&FittingPlay>,
    touch: Option<&TouchWords>,
    opening: usize,
) -> Result<Skeleton> {
    refuse_opted_out(coach)?;
    let person = coach.audience().person.as_ref();
    let mut begun = Skeleton {
        person: coach.person().cloned(),
        name: person.and_then(|person| person.name.clone()),
        channel,
        play: None,
        subject: None,
        text: String::new(),
        openings: Vec::new(),
        opening: 0,
        facts: Vec::new(),
        remarks: Vec::new(),
    };
    let gone_through =
        [Standing::Ill, Standing::Family].into_iter().any(|what| coach.stated(what).is_some());
    if gone_through {
        begun.remarks.push(
            "Something in their own life goes before any deal now: a word that asks for nothing is \
             all that is begun here."
                .to_owned(),
        );
        if channel.is_spoken() {
            begun.remarks.push("A written line can wait for them; a call cannot.".to_owned());
        }
        return Ok(outline::of_courtesy(begun, coach));
    }
    begun.openings = openings::of(coach, &mut begun.remarks);
    if let Some(hint) = touch.and_then(|touch| touch.opening.clone()) {
        let name = "From the touch plan".to_owned();
        let rests_on = "What they told you, and what you tried".to_owned();
        begun.openings.insert(0, Opening { name, hint, rests_on });
    }
    begun.opening = opening.clamp(1, begun.openings.len().max(1));
    begun.facts = coach.facts().map(|placed| usable(&placed.fact)).collect();
    begun.play = play.cloned();
    if let Some(with) = play.and_then(|play| play.with.as_ref())
        && coach.person().is_some_and(|person| person != with)
    {
        begun
            .remarks
            .push(format!("The play is with {with}, so its steps are not put into this draft."));
    }
    Ok(outline::of_a_play(begun, coach, touch))
}

/// Nobody who is not to be contacted gets a draft, by any way.
fn refuse_opted_out(coach: &Coach) -> Result<()> {
    let Some(stated) = coach.left_alone() else { return Ok(()) };
    let name = coach.audience().person.as_ref().and_then(|person| person.name.as_deref());
    let who = name.or(coach.person().map(EmailAddress::as_str)).unwrap_or("This person");
    let since = stated.on.map_or_else(String::new, |on| format!(", since {}", in_words(on)));
    Err(Error::Conflict {
        what: format!(
            "{who} is not to be contacted{since}. Nothing is drafted to them, by any way"
        ),
    })
}

fn usable(fact: &KnownFact) -> UsableFact {
    UsableFact { says: fact.says.clone(), source: fact.source.clone(), on: fact.on }
}

fn in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

impl Inroad {
    /// Begins a draft.
    ///
    /// # Errors
    /// [`Error::Conflict`] for somebody who is not to be contacted; [`Error::NotFound`] for a deal or a
    /// play that is not there.
    pub async fn draft(&self, asked: &DraftAsked, as_of: Moment) -> Result<Skeleton> {
        let coach = self.coach(Some(&asked.person), as_of).await?;
        // Before anything else is said.
        refuse_opted_out(&coach)?;
        let fitting = self.plays_for(&asked.person, asked.deal.as_deref(), as_of).await?;
        let play = match &asked.play {
            Some(name) => Some(plays::named(name, &fitting, &self.playbook()?, &coach)?),
            None => plays::first_with(&fitting, Some(&asked.person)).cloned(),
        };
        let touches = self.touches(as_of).await?;
        let touch = touches.with(&asked.person).and_then(TouchWords::of);
        skeleton(&coach, asked.channel, play.as_ref(), touch.as_ref(), asked.opening)
    }
}
