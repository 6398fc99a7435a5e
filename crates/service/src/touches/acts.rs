//! What the user decides about a touch plan: to begin it, about each touch, and to end it. Each can be
//! undone.

use inroad_advice::touch_plan::TouchPlan;
use inroad_model::{
    AccountKey, Channel, DealId, EmailAddress, Entry, EntryNumber, Moment, Remark, Subject, Useful,
};
use jiff::civil::Date;

use super::Touches;
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// A touch plan to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTouchPlan {
    /// With whom.
    pub person: EmailAddress,
    /// For which deal, if for one.
    pub deal: Option<DealId>,
    /// The firm whose form is drawn on, where the address does not tell it.
    pub firm: Option<AccountKey>,
    /// Why.
    pub because: Option<Remark>,
}

/// How the next touch is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchApproval {
    /// The day.
    pub day: Date,
    /// The way.
    pub by: Channel,
    /// In the user's words.
    pub what: Remark,
    /// What it brings.
    pub useful: Option<Useful>,
    /// The very thing.
    pub matter: Option<Remark>,
}

/// A touch that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeTouch {
    /// On which day.
    pub day: Date,
    /// How.
    pub by: Channel,
    /// What it brought.
    pub useful: Option<Useful>,
    /// The very thing.
    pub matter: Option<Remark>,
    /// Whether they answered at once.
    pub is_answered: bool,
}

/// What becomes of entries with one decision.
#[derive(Debug, Default)]
struct Changed {
    /// Entries that are written.
    new: Vec<(Subject, Entry)>,
    /// Entries that are taken back for it.
    left: Vec<EntryNumber>,
}

impl Inroad {
    /// Begins to stay in touch with somebody. `touches` is how the plans stand now.
    ///
    /// # Errors
    /// [`Error::Conflict`] for whoever is to be left alone, and for whom there is a plan that goes on;
    /// [`Error::Invalid`] for the user's own house; [`Error::NotFound`] for a deal that is not there.
    pub async fn begin_touches(
        &self,
        touches: &Touches,
        new: NewTouchPlan,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let NewTouchPlan { person, deal, firm, because } = new;
        if self.seller().await?.unwrap_or_default().is_ours(&person) {
            return Err(Error::Invalid { what: format!("{person} is of your own house") });
        }
        self.must_be_open_to_touches(&person, at).await?;
        if let Some(plan) = touches.with(&person).filter(|plan| plan.state.goes_on()) {
            let what = format!("You stay in touch with {} already", plan.label);
            return Err(Error::Conflict { what });
        }
        if let Some(id) = &deal {
            self.stored_deal(id).await?;
        }
        let entry = Entry::KeepInTouch { deal: deal.clone(), firm, because };
        let number = self.store.add_entry(&Subject::Person(person.clone()), &entry, at).await?;
        let says = format!("{person}: to stay in touch until they respond");
        let deed = self.keep_deed(deal.as_ref(), &says, &Inverse::Entry { number }, at).await?;
        Ok(Done { what: number, deed })
    }

    /// Approves the next touch as it is given: it is planned for its day. What was approved before for
    /// it makes room.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the plan does not go on, and for a second touch on one day to one person
    /// or at one firm; [`Error::Invalid`] for a day that has passed, or on which they are away.
    pub async fn approve_touch(
        &self,
        touches: &Touches,
        number: EntryNumber,
        approval: TouchApproval,
        at: Moment,
    ) -> Result<Done<()>> {
        let plan = going_on(touches, number)?;
        self.must_be_open_to_touches(&plan.person, at).await?;
        check_day(touches, plan, approval.day, at)?;
        let TouchApproval { day, by, what, useful, matter } = approval;
        let about = of_deal(plan);
        let says = format!("{}: approved for {}: {what}", plan.label, in_words(day));
        let entry = Entry::Plan { day, by, with: Some(plan.person.clone()), what };
        let planned = self.store.add_entry(&about, &entry, at).await?;
        let approved = Entry::TouchApproved { of: number, plan: planned, useful, matter };
        let changed = Changed { new: vec![(of_person(plan), approved)], left: open_plan(plan) };
        self.change(plan, changed, vec![planned], &says, at).await
    }

    /// Says that a touch was made.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the plan does not go on; [`Error::Invalid`] for a coming day.
    pub async fn touch_made(
        &self,
        touches: &Touches,
        number: EntryNumber,
        made: MadeTouch,
        at: Moment,
    ) -> Result<Done<()>> {
        let plan = going_on(touches, number)?;
        if made.day > at.date() {
            let what = "A touch that was made is of today or before".to_owned();
            return Err(Error::Invalid { what });
        }
        let MadeTouch { day, by, useful, matter, is_answered } = made;
        let answered = if is_answered { ", and they answered" } else { "" };
        let says = format!("{}: in touch on {}{answered}", plan.label, in_words(day));
        let entry = Entry::Touched { of: number, day, by, useful, matter, is_answered };
        let mut new = vec![(of_person(plan), entry)];
        let done = open_plan(plan).into_iter().map(|open| Entry::Done { plan: open });
        new.extend(done.map(|done| (of_deal(plan), done)));
        self.change(plan, Changed { new, left: Vec::new() }, Vec::new(), &says, at).await
    }

    /// Leaves the next touch out.
    ///
    /// # Errors
    /// [`Error::Conflict`] where there is no next touch.
    pub async fn skip_touch(
        &self,
        touches: &Touches,
        number: EntryNumber,
        because: Remark,
        at: Moment,
    ) -> Result<Done<()>> {
        let plan = going_on(touches, number)?;
        let Some(next) = &plan.next else {
            let what = format!("There is no next touch with {} to leave out", plan.label);
            return Err(Error::Conflict { what });
        };
        let says = format!("{}: the touch of {} is left out", plan.label, in_words(next.day));
        let entry = Entry::TouchSkipped { of: number, day: next.day, because };
        let changed = Changed { new: vec![(of_person(plan), entry)], left: open_plan(plan) };
        self.change(plan, changed, Vec::new(), &says, at).await
    }

    /// Puts the next touch off: it does not come before that day.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the plan does not go on; [`Error::Invalid`] for a day that is not coming.
    pub async fn put_touch_off(
        &self,
        touches: &Touches,
        number: EntryNumber,
        until: Date,
        because: Option<Remark>,
        at: Moment,
    ) -> Result<Done<()>> {
        let plan = going_on(touches, number)?;
        if until <= at.date() {
            let what = "Choose a coming day to put it off to".to_owned();
            return Err(Error::Invalid { what });
        }
        let says = format!("{}: not before {}", plan.label, in_words(until));
        let entry = Entry::TouchPutOff { of: number, until, because };
        let changed = Changed { new: vec![(of_person(plan), entry)], left: open_plan(plan) };
        self.change(plan, changed, Vec::new(), &says, at).await
    }

    /// Ends a plan.
    ///
    /// # Errors
    /// [`Error::Conflict`] where it has ended.
    pub async fn end_touches(
        &self,
        touches: &Touches,
        number: EntryNumber,
        because: Remark,
        at: Moment,
    ) -> Result<Done<()>> {
        let plan = going_on(touches, number)?;
        let says = format!("{}: no longer to stay in touch", plan.label);
        let entry = Entry::TouchesEnded { of: number, because };
        let changed = Changed { new: vec![(of_person(plan), entry)], left: open_plan(plan) };
        self.change(plan, changed, Vec::new(), &says, at).await
    }

    /// Writes down what was decided, in one deed.
    async fn change(
        &self,
        plan: &TouchPlan,
        changed: Changed,
        mut came: Vec<EntryNumber>,
        says: &str,
        at: Moment,
    ) -> Result<Done<()>> {
        for (about, entry) in &changed.new {
            came.push(self.store.add_entry(about, entry, at).await?);
        }
        for number in &changed.left {
            self.store.withdraw_entry(*number, at).await?;
        }
        let inverse = Inverse::Touch { of: plan.number, came, left: changed.left };
        let deed = self.keep_deed(plan.deal.as_ref(), says, &inverse, at).await?;
        Ok(Done { what: (), deed })
    }

    /// Refuses whoever is to be left alone, under any of their addresses.
    async fn must_be_open_to_touches(&self, person: &EmailAddress, at: Moment) -> Result<()> {
        let aliases = self.aliases().await?;
        let asked = self.do_not_contact(&aliases, at).await?;
        if aliases.all_of(person).iter().any(|email| asked.forbids(email)) {
            let what = format!("{person} is not to be contacted, and so nothing is planned");
            return Err(Error::Conflict { what });
        }
        Ok(())
    }
}

/// The plan of a number, if it goes on.
fn going_on(touches: &Touches, number: EntryNumber) -> Result<&TouchPlan> {
    let plan = touches
        .plan(number)
        .ok_or_else(|| Error::NotFound { what: format!("There is no touch plan {number}") })?;
    match plan.state.why() {
        Some(why) if !plan.state.goes_on() => {
            Err(Error::Conflict { what: format!("It does not go on: {why}") })
        }
        _ => Ok(plan),
    }
}

/// The plan of the user that stands for the next touch.
fn open_plan(plan: &TouchPlan) -> Vec<EntryNumber> {
    let approved = plan.next.as_ref().and_then(|next| next.approved.as_ref());
    approved.map(|approved| approved.plan).into_iter().collect()
}

fn of_person(plan: &TouchPlan) -> Subject {
    Subject::Person(plan.person.clone())
}

/// What an approved touch stands under: the deal that it is for, else the person.
fn of_deal(plan: &TouchPlan) -> Subject {
    plan.deal.clone().map_or_else(|| of_person(plan), Subject::Deal)
}

fn check_day(touches: &Touches, plan: &TouchPlan, day: Date, at: Moment) -> Result<()> {
    use inroad_advice::touch_plan::TouchState;
    let label = &plan.label;
    if day < at.date() {
        return Err(Error::Invalid { what: "Choose a day that has not passed".to_owned() });
    }
    if plan.last_touch == Some(day) {
        let what = format!("{label} heard from you on that day: not twice on one day");
        return Err(Error::Conflict { what });
    }
    if let TouchState::Paused { until: Some(until), why } = &plan.state
        && day < *until
    {
        return Err(Error::Invalid { what: format!("{why}: choose {until} or later") });
    }
    if let Some((_, back)) = plan.away.iter().find(|(from, back)| *from <= day && day < *back) {
        let what = format!("{label} is away on that day: choose {} or later", in_words(*back));
        return Err(Error::Invalid { what });
    }
    let is_beside = |other: &&TouchPlan| {
        let approved = other.next.as_ref().and_then(|next| next.approved.as_ref());
        other.number != plan.number
            && plan.firm.is_some()
            && other.firm == plan.firm
            && approved.is_some_and(|approved| approved.day == day)
    };
    if let Some(other) = touches.plans.iter().find(is_beside) {
        let what = format!(
            "{} at the same firm hears from you on that day: not two of them on one day",
            other.label
        );
        return Err(Error::Conflict { what });
    }
    Ok(())
}

fn in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
