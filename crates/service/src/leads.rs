//! Leads between marketing and sales: handed over, taken on or given back, never lost between two desks.
//!
//! Every action asks [`crate::rights`] who may. What a lead tells of a mailbox are times and counts, and names
//! of rules; no word of a letter comes here.

mod act;
mod definition;
mod disagreements;
mod double;
mod hand_over;
mod import;
mod list;
mod page;
mod providers;
mod register;
mod told;
mod treatment;

pub use definition::DefinitionPage;
pub use disagreements::DisagreementsPage;
pub use double::LeadDouble;
pub use hand_over::NewLead;
pub use import::{ImportAsked, ImportedLeads};
pub use list::{
    Asks, LEADS_A_PAGE, LeadList, LeadOrder, LeadRow, LeadWhich, LeadsAsked, WaitingLeads,
};
pub use page::{LeadMay, LeadPage};
pub use providers::{Provider, ProviderWord, Way};
pub(crate) use register::KeptLeads;
pub use told::LeadTold;
pub use treatment::{Touched, Treatment};

use inroad_model::Moment;
use inroad_store::LeadRow as Row;

use crate::Result;
use crate::inroad::Inroad;

impl Inroad {
    /// Takes rows about leads back.
    ///
    /// # Errors
    /// [`crate::Error::Conflict`] for a hand-over on which something was said since: it would be buried.
    pub(crate) async fn withdraw_leads(
        &self,
        kind: Row,
        numbers: &[i64],
        at: Moment,
    ) -> Result<()> {
        if kind == Row::Event && self.store.is_said_on_handed_over(numbers).await? {
            return Err(crate::Error::Conflict {
                what: "Something was said on it since; give it up instead, with the reason"
                    .to_owned(),
            });
        }
        self.store.withdraw_lead_rows(kind, numbers, at).await?;
        Ok(())
    }
}

fn damaged(what: &str, cause: &serde_json::Error) -> crate::Error {
    crate::Error::Internal { what: format!("{what}: {cause}") }
}

fn json(what: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(what).map_err(|cause| damaged("what is to be kept", &cause))
}

fn invalid(what: impl std::fmt::Display) -> crate::Error {
    crate::Error::Invalid { what: what.to_string() }
}
