//! Where marketing and sales see leads differently, and what another definition would have done.
//!
//! Everybody inside sees all leads counted by source, campaign and criterion. People are named only to
//! themselves and to who answers for them.

use inroad_leads::{Case, Change, Definition, Disagreements, Effect, Who};
use inroad_model::Moment;
use serde::Serialize;

use super::invalid;
use super::register::LeadRegister;
use crate::Result;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};

/// What the page tells.
#[derive(Debug, Clone, Serialize)]
pub struct DisagreementsPage {
    /// What counts now.
    #[serde(skip)]
    pub definition: Definition,
    /// Where both sides differ.
    #[serde(flatten)]
    pub found: Disagreements,
    /// What a change that was asked for would have done, with the change in words.
    pub effect: Option<(String, Effect)>,
    /// Whether whoever looks may propose it.
    #[serde(skip)]
    pub may_propose: bool,
}

impl Inroad {
    /// Where both sides differ, and what a change of the definition would have done to past leads.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`]; [`crate::Error::Invalid`] for a change that cannot be made.
    pub async fn lead_disagreements(
        &self,
        actor: &Actor,
        change: Option<&Change>,
        at: Moment,
    ) -> Result<DisagreementsPage> {
        actor.must(Right::Disagreements)?;
        let register = self.lead_register(at).await?;
        let cases = register.cases();
        let definition = register.counting(at);
        let effect = match change {
            None => None,
            Some(change) => {
                let after = change.made_in(&definition).map_err(invalid)?;
                let effect = Effect::of(&definition, &after, &cases);
                Some((change.in_words(&definition), effect))
            }
        };
        let called = |who: &Who| register.named_to(actor, who);
        Ok(DisagreementsPage {
            found: Disagreements::of(&cases, &definition, called),
            effect,
            may_propose: actor.may(Right::Define),
            definition,
        })
    }
}

impl LeadRegister {
    /// All leads as cases.
    pub(super) fn cases(&self) -> Vec<Case> {
        let case = |kept: &super::register::Registered| {
            let measure = self.measure(kept.lead.hand_over.definition);
            Case::of(&kept.lead, &measure.0, &measure.1)
        };
        self.leads.values().map(|kept| case(kept)).collect()
    }

    /// What somebody is called, for one who may see how their leads fared.
    fn named_to(&self, actor: &Actor, who: &Who) -> Option<String> {
        let may = actor.is_who(who) || actor.manages(self.team_of(who).as_ref());
        may.then(|| self.called(who))
    }
}
