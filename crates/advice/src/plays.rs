//! What can be done against the likely causes of a deal's silence, step by step, with the names of the
//! people in it.

use inroad_model::{Cause, EmailAddress, FactKind};

use crate::DealReview;
use crate::playbook::Playbook;
use crate::playbook::scenario::{Play, Whom};

/// A play that fits a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedPlay<'a> {
    /// By which it is known: the file of its scenario and its place there, `cause/1`.
    pub key: String,
    /// What it is called.
    pub name: &'a str,
    /// The cause that it is against, as a person says it.
    pub against: &'a str,
    /// When it fits.
    pub when: &'a str,
    /// With whom, where it is somebody whom one knows.
    pub with: Option<EmailAddress>,
    /// The steps, in their order.
    pub steps: Vec<String>,
    /// What never to do meanwhile.
    pub never: &'a [String],
}

/// The plays against the causes that are worth telling, the likeliest cause first.
pub fn offered<'a>(
    deal: &'a DealReview,
    playbook: &'a Playbook,
    is_ongoing: bool,
) -> Vec<OfferedPlay<'a>> {
    let mut plays = Vec::new();
    for cause in deal.likely_causes() {
        let file = cause.cause.as_str();
        let Some(scenario) = playbook.scenario(file) else { continue };
        for (index, play) in scenario.play.iter().enumerate() {
            if play.ongoing_account.is_some_and(|ongoing| ongoing != is_ongoing) {
                continue;
            }
            let with = whom(cause.cause, play, deal);
            plays.push(OfferedPlay {
                key: format!("{file}/{}", index + 1),
                name: &play.name,
                against: &cause.name,
                when: &play.when,
                steps: steps(play, with, deal),
                with: with.cloned(),
                never: &scenario.never,
            });
        }
    }
    plays
}

/// With whom a play is played.
fn whom<'d>(cause: Cause, play: &Play, deal: &'d DealReview) -> Option<&'d EmailAddress> {
    // Who is ill is meant, whoever else is written to meanwhile.
    let ill = deal.facts.iter().rev().find(|fact| fact.kind == FactKind::Ill);
    let ill = ill.and_then(|fact| fact.email.as_ref()).filter(|_| cause == Cause::ContactIll);
    // Whom the next step names has been looked up among those who may be written to.
    let contact = ill.or(deal.next_step.as_ref().and_then(|step| step.to.as_ref()));
    let contact = contact.or_else(|| deal.people.first().map(|person| &person.email));
    match play.whom {
        Whom::Contact => contact,
        Whom::DecisionMaker => deal.decision_maker.as_ref(),
        Whom::Another => deal.levers.first().map(|lever| &lever.email),
        Whom::Nobody => None,
    }
}

fn steps(play: &Play, with: Option<&EmailAddress>, deal: &DealReview) -> Vec<String> {
    let known = deal.people.iter().find(|person| Some(&person.email) == with);
    let name = known.and_then(|person| person.name.clone());
    let who = name.unwrap_or_else(|| {
        let nameless = match play.whom {
            Whom::Contact | Whom::Nobody => "them",
            Whom::DecisionMaker => "whoever decides",
            Whom::Another => "somebody else there",
        };
        nameless.to_owned()
    });
    play.steps.iter().map(|step| step.replace("{name}", &who)).collect()
}
