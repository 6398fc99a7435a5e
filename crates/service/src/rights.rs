//! Who may do what: one place that every action on what is shared asks.
//!
//! Whose data file it is may do everything with it, but look into what others keep for themselves.
//! Whoever else works here sees what is shared, and never the mailbox or what was concluded from it.

mod leads;

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, Member, MemberRole, TeamName};

use crate::{Error, Result};

pub(crate) use leads::NO_LEAD;
pub use leads::{LeadRight, LeadSides};

/// Who is at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    who: Who,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    /// Whose data file it is, with the address under which others know them, and their team.
    Owner { email: Option<EmailAddress>, name: Option<String>, team: Option<TeamName> },
    /// Somebody else who works here.
    Member(Member),
    /// Somebody who showed no key.
    Nobody,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Look into the mailbox, what was concluded from it, and change either.
    Mailbox,
    /// Say who works here, and give them links.
    Members,
    /// See leads, each those that are theirs.
    Leads,
    /// Hand leads over.
    HandOver,
    /// Read what a qualified lead is.
    Definition,
    /// Propose what a qualified lead is, and sign it.
    Define,
    /// See all outside providers of leads, and say how they work.
    Providers,
    /// See how one's own firm is known as a provider, and say how it works.
    OwnProvider,
    /// See where both sides disagree.
    Disagreements,
}

impl Actor {
    /// Whose data file it is, where nobody asks who that is.
    pub fn owner() -> Self {
        Self { who: Who::Owner { email: None, name: None, team: None } }
    }

    /// Whose data file it is, known to others as that.
    pub fn known_owner(
        email: Option<EmailAddress>,
        name: Option<String>,
        team: Option<TeamName>,
    ) -> Self {
        Self { who: Who::Owner { email, name, team } }
    }

    /// Somebody else who works here.
    pub fn member(member: Member) -> Self {
        Self { who: Who::Member(member) }
    }

    /// Somebody who showed no key: they may nothing.
    pub fn nobody() -> Self {
        Self { who: Who::Nobody }
    }

    /// Whether it is their data file.
    pub fn is_owner(&self) -> bool {
        matches!(self.who, Who::Owner { .. })
    }

    /// The address under which others know them; `None` while nobody said whose data file it is.
    pub fn email(&self) -> Option<&EmailAddress> {
        match &self.who {
            Who::Owner { email, .. } => email.as_ref(),
            Who::Member(member) => Some(member.email()),
            Who::Nobody => None,
        }
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        match &self.who {
            Who::Owner { name: Some(name), .. } => name,
            Who::Owner { email, .. } => email.as_ref().map_or("you", EmailAddress::as_str),
            Who::Member(member) => member.name(),
            Who::Nobody => "nobody",
        }
    }

    /// Their team; of an outside provider's people, their firm.
    pub fn team(&self) -> Option<&TeamName> {
        match &self.who {
            Who::Owner { team, .. } => team.as_ref(),
            Who::Member(member) => member.team(),
            Who::Nobody => None,
        }
    }

    /// Whether they do that. Whose data file it is does whatever is done inside.
    pub fn is(&self, role: MemberRole) -> bool {
        match &self.who {
            Who::Owner { .. } => role != MemberRole::Provider,
            Who::Member(member) => member.is(role),
            Who::Nobody => false,
        }
    }

    /// Whether they answer for that team: as its manager, or as one of all teams.
    pub fn manages(&self, team: Option<&TeamName>) -> bool {
        self.is(MemberRole::Manager)
            && (self.is_owner() || self.team().is_none() || self.team() == team)
    }

    /// What they do here.
    pub fn roles(&self) -> BTreeSet<MemberRole> {
        MemberRole::ALL.into_iter().filter(|role| self.is(*role)).collect()
    }

    /// Whether they may.
    pub fn may(&self, right: Right) -> bool {
        match right {
            Right::Mailbox => self.is_owner(),
            Right::Members => self.is(MemberRole::Administrator),
            Right::Leads
            | Right::HandOver
            | Right::Definition
            | Right::Define
            | Right::Providers
            | Right::OwnProvider
            | Right::Disagreements => self.may_about_leads(right),
        }
    }

    /// Refuses what they may not.
    ///
    /// # Errors
    /// [`Error::Forbidden`], saying who may.
    pub fn must(&self, right: Right) -> Result<()> {
        if self.may(right) {
            return Ok(());
        }
        let what = match right {
            Right::Mailbox => "Only whose mailbox it is can look here",
            Right::Members => "Only an administrator says who works here",
            Right::Leads => "Leads are for who finds them, takes them on or answers for either",
            Right::HandOver => "Only who does marketing, or an outside provider, hands leads over",
            Right::Definition => "What a qualified lead is, is for who works with leads",
            Right::Define => "Only marketing and sales say what a qualified lead is",
            Right::Providers => {
                "Only marketing and who answers for it look after outside providers"
            }
            Right::OwnProvider => "This page is about another firm",
            Right::Disagreements => {
                "Where both sides disagree is for marketing, sales and who answers for them"
            }
        };
        Err(Error::Forbidden { what: what.to_owned() })
    }

    /// Whether a deed that is kept under that address is theirs.
    pub fn did(&self, by: Option<&EmailAddress>) -> bool {
        match &self.who {
            Who::Owner { .. } => by.is_none(),
            Who::Member(member) => by == Some(member.email()),
            Who::Nobody => false,
        }
    }

    /// Under what their deeds are kept: nothing for whose data file it is.
    pub(crate) fn signs(&self) -> Option<&EmailAddress> {
        match &self.who {
            Who::Member(member) => Some(member.email()),
            Who::Owner { .. } | Who::Nobody => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(role: MemberRole, team: Option<&str>) -> Actor {
        let team = team.map(|team| TeamName::new(team).unwrap());
        let email = "mia@brandt-advice.example".parse().unwrap();
        Actor::member(Member::new(email, "Mia", [role], team).unwrap())
    }

    #[test]
    fn who_may_what() {
        use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
        for (actor, mailbox, members) in [
            (Actor::nobody(), false, false),
            (Actor::owner(), true, true),
            (member(Seller, None), false, false),
            (member(Marketer, None), false, false),
            (member(Manager, None), false, false),
            (member(Administrator, None), false, true),
            (member(Provider, Some("Lead House")), false, false),
        ] {
            assert_eq!(actor.may(Right::Mailbox), mailbox, "{actor:?}");
            assert_eq!(actor.may(Right::Members), members, "{actor:?}");
            assert_eq!(actor.must(Right::Members).is_ok(), members, "{actor:?}");
        }
    }

    #[test]
    fn a_manager_answers_for_a_team_or_for_all() {
        let north = TeamName::new("North").unwrap();
        let south = TeamName::new("South").unwrap();
        for (actor, of_north, of_south, of_none) in [
            (member(MemberRole::Manager, Some("North")), true, false, false),
            (member(MemberRole::Manager, None), true, true, true),
            (member(MemberRole::Seller, Some("North")), false, false, false),
            (Actor::owner(), true, true, true),
            (Actor::nobody(), false, false, false),
        ] {
            assert_eq!(actor.manages(Some(&north)), of_north, "{actor:?}");
            assert_eq!(actor.manages(Some(&south)), of_south, "{actor:?}");
            assert_eq!(actor.manages(None), of_none, "{actor:?}");
        }
    }
}
