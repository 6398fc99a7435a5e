//! Who may do what: one place that every action on what is shared asks.
//!
//! Whose data file it is may do everything with it, but look into what others keep for themselves.
//! Whoever else works here sees what is shared, and never the mailbox or what was concluded from it.

mod leads;

use std::collections::BTreeSet;

use inroad_model::{
    EmailAddress, KeptSellerWord, Member, MemberRole, SellerPart, SellerWord, TeamName,
};

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
    /// See and say how long letters are kept.
    Retention,
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
    /// Work inside: be given leave, be asked for help, agree to a share.
    Inside,
    /// Say and see what is one's own as somebody who sells.
    Selling,
    /// See where those who sell in one's teams want help.
    HelpWanted,
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

    /// Whether they showed no key.
    pub fn is_nobody(&self) -> bool {
        self.who == Who::Nobody
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
        use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
        let does = |roles: &[MemberRole]| roles.iter().any(|role| self.is(*role));
        match right {
            Right::Mailbox => self.is_owner(),
            Right::Members | Right::Retention => does(&[Administrator]),
            Right::Leads | Right::Definition => does(&[Seller, Marketer, Manager, Provider]),
            Right::HandOver => does(&[Marketer, Provider]),
            Right::Define | Right::Disagreements => does(&[Seller, Marketer, Manager]),
            Right::Providers => does(&[Marketer, Manager]),
            Right::OwnProvider => does(&[Marketer, Manager, Provider]),
            Right::Inside => does(&[Seller, Marketer, Manager, Administrator]),
            Right::Selling => does(&[Seller]),
            Right::HelpWanted => does(&[Manager]),
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
            Right::Retention => "Only an administrator says how long letters are kept",
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
            Right::Inside => "This is for those who work here",
            Right::Selling => "This is for those who sell; an administrator says who does",
            Right::HelpWanted => "Only who answers for a team sees where it wants help",
        };
        Err(Error::Forbidden { what: what.to_owned() })
    }

    /// Whether they may see a part of what somebody who sells keeps for themselves: their own, or what
    /// they were given leave for by the words kept of that person. No role opens it; taken back, a leave
    /// counts on no day.
    pub fn sees(
        &self,
        whose: Option<&EmailAddress>,
        part: SellerPart,
        words: &[KeptSellerWord],
    ) -> bool {
        if self.did(whose) {
            return self.may(Right::Selling);
        }
        let is_leave = |kept: &KeptSellerWord| match &kept.word {
            SellerWord::Leave { to, part: of } => {
                kept.withdrawn_at.is_none()
                    && kept.whose.as_ref() == whose
                    && kept.by.as_ref() == whose
                    && *of == part
                    && self.did(to.as_ref())
            }
            _ => false,
        };
        self.may(Right::Inside) && words.iter().any(is_leave)
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
            assert_eq!(actor.may(Right::Retention), members, "{actor:?}");
        }
    }

    #[test]
    fn who_sells_who_helps_who_answers_for_it() {
        use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
        for (actor, inside, selling, wanted) in [
            (Actor::nobody(), false, false, false),
            (Actor::owner(), true, true, true),
            (member(Seller, None), true, true, false),
            (member(Marketer, None), true, false, false),
            (member(Manager, None), true, false, true),
            (member(Administrator, None), true, false, false),
            (member(Provider, Some("Lead House")), false, false, false),
        ] {
            assert_eq!(actor.may(Right::Inside), inside, "{actor:?}");
            assert_eq!(actor.may(Right::Selling), selling, "{actor:?}");
            assert_eq!(actor.may(Right::HelpWanted), wanted, "{actor:?}");
        }
    }

    #[test]
    fn leave_opens_one_part_to_one_person() {
        let at = "2026-03-02T09:00:00Z".parse().unwrap();
        let seller: EmailAddress = "tom@brandt-advice.example".parse().unwrap();
        let manager = member(MemberRole::Manager, None);
        let word = SellerWord::Leave { to: manager.email().cloned(), part: SellerPart::Goals };
        let mut kept = KeptSellerWord {
            number: "1".parse().unwrap(),
            whose: Some(seller.clone()),
            by: Some(seller.clone()),
            told_at: at,
            withdrawn_at: None,
            word,
        };
        let whose = Some(&seller);
        let goals = SellerPart::Goals;
        let sees = |actor: &Actor, part, kept: &KeptSellerWord| {
            actor.sees(whose, part, std::slice::from_ref(kept))
        };
        assert!(sees(&manager, goals, &kept));
        assert!(!sees(&manager, SellerPart::Profile, &kept));
        for other in [Actor::owner(), Actor::nobody()] {
            assert!(!sees(&other, goals, &kept), "{other:?}");
        }
        assert!(!manager.sees(None, goals, std::slice::from_ref(&kept)));
        // Nobody gives leave to look at another's.
        let forged = KeptSellerWord { by: manager.email().cloned(), ..kept.clone() };
        assert!(!sees(&manager, goals, &forged));
        kept.withdrawn_at = Some("2027-01-01T00:00:00Z".parse().unwrap());
        assert!(!sees(&manager, goals, &kept));
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
