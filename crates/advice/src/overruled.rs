//! Where the user decided otherwise than advised: the user's word is the advice that counts, with
//! ours beside it.
//!
//! Must not: take the place of a stop, open a deal that has ended, or name anybody as one to write
//! to whom the review did not name.

use inroad_model::{Advice, EmailAddress, Moment, Overruling, Remark, State};
use serde::Serialize;

use crate::counsel::NextStep;
use crate::{DealReview, Review};

/// That the advice of a deal is the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overruled {
    /// What the program would advise today.
    pub advised: Advice,
    /// What it advised when the user decided.
    pub advised_then: Advice,
    /// Why the user decided otherwise.
    pub because: Remark,
    /// When.
    pub at: Moment,
}

impl Overruled {
    /// As a person reads it, in one line.
    pub fn in_words(&self) -> String {
        let advised = self.advised.in_words();
        format!("Your own decision: {} (inroad would say: {advised})", self.because)
    }
}

/// Puts the user's decisions in the place of the advice of a review.
pub fn take_word(review: &mut Review, overrulings: &[Overruling]) {
    for deal in &mut review.deals {
        if let Some(word) = overrulings.iter().find(|word| *word.deal() == deal.id) {
            overrule(deal, word);
        }
    }
}

fn overrule(deal: &mut DealReview, word: &Overruling) {
    let advised = deal.advice;
    let is_over = deal.state == State::Closed || advised == Advice::Stop;
    if is_over || advised == word.chosen() {
        return;
    }
    deal.advice = word.chosen();
    deal.overruled = Some(Overruled {
        advised,
        advised_then: word.advised(),
        because: word.because().clone(),
        at: word.at(),
    });
    deal.next_step = next_step(deal, word.chosen());
    if word.chosen() != Advice::Pursue {
        deal.question = None;
    }
    if word.chosen() != Advice::Wait {
        deal.until = None;
    }
}

/// What follows from the user's choice; `None` for no word at all.
fn next_step(deal: &DealReview, chosen: Advice) -> Option<NextStep> {
    let stepped = deal.next_step.as_ref().and_then(|step| step.to.clone());
    let to = stepped.or_else(|| deal.question.as_ref().and_then(|question| question.ask.clone()));
    let name = to.as_ref().map(|email| name_of(deal, email));
    let step = |text: String, to| Some(NextStep { text, to, not_before: None });
    match (chosen, name) {
        (Advice::Stop, _) => None,
        (Advice::Wait, _) => step("You decided to wait. Nothing to send for now.".to_owned(), None),
        (Advice::Pursue, Some(name)) => {
            step(format!("You decided to go on. Ask {name} openly how things stand."), to)
        }
        (Advice::Pursue, None) => {
            step("You decided to go on. Find out first whom you can write to.".to_owned(), None)
        }
        (Advice::LetGo, Some(name)) => step(
            format!(
                "You decided to let it go. One kind line to {name} that leaves the door open is \
                 enough."
            ),
            to,
        ),
        (Advice::LetGo, None) => step("You decided to let it go.".to_owned(), None),
    }
}

fn name_of<'d>(deal: &'d DealReview, email: &'d EmailAddress) -> &'d str {
    let person = deal.people.iter().find(|person| person.email == *email);
    person.and_then(|person| person.name.as_deref()).unwrap_or(email.as_str())
}
