//! Who may do what with leads: what one role sees of all of them, and what somebody may do with one.
//!
//! A seller sees the leads that are theirs or wait for their team; a marketer those that their team handed
//! over and those of outside providers; a manager those of the teams they answer for, on either side. An
//! outside provider sees what its own firm handed over and what became of it, and nothing else.

use inroad_leads::{Side, Who};
use inroad_model::{MemberRole, TeamName};

use super::Actor;
use crate::{Error, Result};

/// Whose a lead is, on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadSides {
    /// Who of sales it went to or who took it on; `None` while it waits for a whole team.
    pub seller: Option<Who>,
    /// Their team, or the team that it waits for.
    pub sales_team: Option<TeamName>,
    /// Who handed it over.
    pub by: Who,
    /// Their team; of an outside provider, the firm.
    pub marketing_team: Option<TeamName>,
    /// Whether they hand over from outside.
    pub is_from_outside: bool,
}

/// What somebody wants to do with one lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeadRight {
    /// See it, and what became of it.
    See,
    /// See how it was treated, and by whom.
    SeeTreatment,
    /// Accept, return or recycle it, say how far one came and what held.
    Work,
    /// Answer a return, hand it over again, or give it up.
    Answer,
    /// Say how it was treated.
    JudgeTreatment,
    /// Give it to somebody else.
    Move,
    /// Make a deal of it.
    Attach,
}

impl Actor {
    /// Who they are, on a lead.
    pub fn who(&self) -> Who {
        Who::from(self.signs().cloned())
    }

    /// Whether they are that one.
    pub fn is_who(&self, who: &Who) -> bool {
        match who {
            Who::Own => self.is_owner(),
            Who::Member(email) => self.did(Some(email)),
        }
    }

    fn is_selling(&self, sides: &LeadSides) -> bool {
        let is_teams = || self.team().is_some() && self.team() == sides.sales_team.as_ref();
        self.is(MemberRole::Seller)
            && sides.seller.as_ref().map_or_else(is_teams, |seller| self.is_who(seller))
    }

    fn is_marketing(&self, sides: &LeadSides) -> bool {
        let is_teams = self.team().is_some() && self.team() == sides.marketing_team.as_ref();
        self.is(MemberRole::Marketer)
            && (self.is_who(&sides.by) || is_teams || sides.is_from_outside)
    }

    fn is_providing(&self, sides: &LeadSides) -> bool {
        self.is(MemberRole::Provider)
            && sides.is_from_outside
            && self.team() == sides.marketing_team.as_ref()
    }

    /// Whether they answer for either side of a lead.
    pub fn answers_for(&self, sides: &LeadSides) -> bool {
        self.manages(sides.sales_team.as_ref()) || self.manages(sides.marketing_team.as_ref())
    }

    /// Whether a lead that waits for a side waits for them.
    pub fn is_waited_for(&self, sides: &LeadSides, is_sales: bool) -> bool {
        if is_sales {
            let is_teams = || self.team().is_some() && self.team() == sides.sales_team.as_ref();
            let is_mine = sides.seller.as_ref().map_or_else(is_teams, |seller| self.is_who(seller));
            return self.is(MemberRole::Seller) && is_mine;
        }
        // Whose data file it is does marketing too, but need not answer for that of others.
        let is_teams = self.team().is_some() && self.team() == sides.marketing_team.as_ref();
        self.is_who(&sides.by)
            || (is_teams && (self.is(MemberRole::Marketer) || self.is(MemberRole::Provider)))
    }

    /// Whether they may do that with a lead.
    pub fn may_with_lead(&self, right: LeadRight, sides: &LeadSides) -> bool {
        if self.is_owner() {
            return true;
        }
        let (selling, marketing) = (self.is_selling(sides), self.is_marketing(sides));
        match right {
            LeadRight::See => {
                selling || marketing || self.is_providing(sides) || self.answers_for(sides)
            }
            LeadRight::SeeTreatment => selling || marketing || self.answers_for(sides),
            LeadRight::Work => selling,
            LeadRight::Answer => marketing || self.is_providing(sides),
            LeadRight::JudgeTreatment => marketing,
            LeadRight::Move => self.manages(sides.sales_team.as_ref()),
            LeadRight::Attach => false,
        }
    }

    /// Refuses what they may not do with a lead. One that they may not even see is not there for them.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Forbidden`].
    pub fn must_with_lead(&self, right: LeadRight, sides: &LeadSides) -> Result<()> {
        if !self.may_with_lead(LeadRight::See, sides) {
            return Err(Error::NotFound { what: NO_LEAD.to_owned() });
        }
        if self.may_with_lead(right, sides) {
            return Ok(());
        }
        let what = match right {
            LeadRight::See | LeadRight::SeeTreatment => "This is not open to you",
            LeadRight::Work => {
                "Only whose lead it is, or their team while it waits for one, works on it"
            }
            LeadRight::Answer => "Only who handed it over, or their team, answers",
            LeadRight::JudgeTreatment => "Only marketing says how a lead was treated",
            LeadRight::Move => {
                "Only who answers for the team that has it gives it to somebody else"
            }
            LeadRight::Attach => "Only whose data file it is makes a deal of a lead here",
        };
        Err(Error::Forbidden { what: what.to_owned() })
    }

    /// The sides for which they sign, where a manager signs for the sides that `managed` names.
    pub(crate) fn signs_for(&self, managed: &[Side]) -> Vec<Side> {
        Side::ALL
            .into_iter()
            .filter(|side| {
                let role = match side {
                    Side::Marketing => MemberRole::Marketer,
                    Side::Sales => MemberRole::Seller,
                };
                self.is(role) || self.is(MemberRole::Manager) && managed.contains(side)
            })
            .collect()
    }
}

/// The same for a number that is none and for a lead of others, so that nobody learns what there is.
pub(crate) const NO_LEAD: &str = "There is no such lead, or it is not yours";
