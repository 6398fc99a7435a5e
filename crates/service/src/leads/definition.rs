//! What a qualified lead is: proposed by one side, counting once both have signed.

use std::collections::BTreeMap;

use inroad_advice::rhythm::calendar::country;
use inroad_leads::{Change, Definition, Side, Signature, Version, Who, in_force};
use inroad_model::{MemberRole, Moment, Remark};
use serde::{Deserialize, Serialize};

use super::page::open_to;
use super::register::{LeadRegister, Person, zone};
use super::{damaged, invalid, json};
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

#[derive(Debug, Serialize, Deserialize)]
struct Proposed {
    because: Option<Remark>,
    definition: Definition,
}

/// All versions, and what whoever asks may do with them.
#[derive(Debug, Clone, Serialize)]
pub struct DefinitionPage {
    /// All of them, the oldest first.
    pub versions: Vec<Version>,
    /// The number of the one that counts now.
    pub in_force: Option<i64>,
    /// Who proposed and signed, by number of the version: who, and who signed for which side.
    pub named: BTreeMap<i64, (String, BTreeMap<Side, String>)>,
    /// Whether they may propose one.
    pub may_propose: bool,
    /// For which sides they may sign each version that is not signed by both, by its number.
    pub may_sign: BTreeMap<i64, Vec<Side>>,
}

impl DefinitionPage {
    /// The version that counts.
    pub fn counting(&self) -> Option<&Version> {
        self.versions.iter().find(|version| Some(version.number) == self.in_force)
    }

    /// What it says, or what counts while nothing is signed.
    pub fn definition(&self) -> Definition {
        self.counting().map_or_else(Definition::unsigned, |version| version.definition.clone())
    }
}

impl Inroad {
    /// All versions as of a moment, and what whoever asks may do with them.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn lead_definition(&self, actor: &Actor, at: Moment) -> Result<DefinitionPage> {
        actor.must(Right::Definition)?;
        let register = self.lead_register(at).await?;
        let is_outside = actor.is(MemberRole::Provider);
        let counting = in_force(&register.versions, at).map(|version| version.number);
        // An outside provider is told what counts, and not what the two sides still talk about.
        let open = |version: &&Version| !is_outside || version.counts_from().is_some();
        let mut versions: Vec<Version> = register.versions.iter().filter(open).cloned().collect();
        for version in &mut versions {
            version.definition = open_to(actor, version.definition.clone());
            if is_outside {
                version.by = Who::Own;
                version.because = None;
                version.signed.values_mut().for_each(|signature| signature.by = Who::Own);
            }
        }
        let called = |who: &Who| {
            if is_outside { "inside".to_owned() } else { register.called(who) }
        };
        let named = versions.iter().map(|version| {
            let signed = version.signed.iter().map(|(side, by)| (*side, called(&by.by)));
            (version.number, (called(&version.by), signed.collect()))
        });
        let may_sign =
            versions.iter().map(|version| (version.number, sides_open(actor, version, &register)));
        Ok(DefinitionPage {
            in_force: counting,
            named: named.collect(),
            may_propose: actor.may(Right::Define),
            may_sign: may_sign.filter(|(_, sides)| !sides.is_empty()).collect(),
            versions,
        })
    }

    /// Proposes a version. It counts once both sides have signed it.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::Invalid`] for one that cannot be kept; [`Error::Conflict`] for what
    /// counts already.
    pub async fn propose_lead_definition(
        &self,
        actor: &Actor,
        definition: Definition,
        because: Option<Remark>,
        at: Moment,
    ) -> Result<Done<i64>> {
        actor.must(Right::Define)?;
        definition.check().map_err(invalid)?;
        zone(&definition.hours)?;
        if let Some(code) = definition.hours.country.as_deref()
            && country(code).is_none()
        {
            return Err(invalid(format!(
                "The holidays of '{code}' are not known; write a country as two small letters, such as de, \
                 or leave it out and name the closed days"
            )));
        }
        let register = self.lead_register(at).await?;
        if in_force(&register.versions, at).is_some_and(|counts| counts.definition == definition) {
            return Err(Error::Conflict { what: "That is what counts already".to_owned() });
        }
        let content = json(&Proposed { because, definition })?;
        let number = self.store.add_lead_definition(&content, actor.signs(), at).await?;
        let says = format!("Version {number} of what a qualified lead is was proposed");
        let inverse = Inverse::LeadDefinition { number };
        let deed = self.keep_deed_of(actor, None, &says, &inverse, at).await?;
        Ok(Done { what: number, deed })
    }

    /// Proposes the version that counts with one change.
    ///
    /// # Errors
    /// As [`Inroad::propose_lead_definition`]; [`Error::Invalid`] where it cannot be changed so.
    pub async fn propose_lead_change(
        &self,
        actor: &Actor,
        change: &Change,
        because: Option<Remark>,
        at: Moment,
    ) -> Result<Done<i64>> {
        actor.must(Right::Define)?;
        let register = self.lead_register(at).await?;
        let counts = register.counting(at);
        let definition = change.made_in(&counts).map_err(invalid)?;
        self.propose_lead_definition(actor, definition, because, at).await
    }

    /// Signs a version for one's own side; who is alone signs for both.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Conflict`] where there is nothing left to sign.
    pub async fn sign_lead_definition(
        &self,
        actor: &Actor,
        number: i64,
        side: Option<Side>,
        at: Moment,
    ) -> Result<Done<Vec<Side>>> {
        actor.must(Right::Define)?;
        let register = self.lead_register(at).await?;
        let version = register.versions.iter().find(|version| version.number == number);
        let version = version.ok_or_else(|| Error::NotFound {
            what: format!("There is no version {number} of what a qualified lead is"),
        })?;
        let open = sides_open(actor, version, &register);
        let is_alone = is_alone(actor, &register);
        let sides: Vec<Side> = match side {
            Some(side) if open.contains(&side) => vec![side],
            Some(side) => return Err(no_signature(actor, version, side)),
            None if is_alone => open,
            None => open.into_iter().take(1).collect(),
        };
        let Some(first) = sides.first() else {
            let side = Side::ALL.into_iter().find(|side| !version.signed.contains_key(side));
            return Err(no_signature(actor, version, side.unwrap_or(Side::Sales)));
        };
        let names: Vec<&str> = sides.iter().map(|side| side.as_str()).collect();
        let signed = self.store.sign_lead_definition(number, &names, actor.signs(), at).await?;
        let Some(numbers) = signed else {
            return Err(Error::Conflict {
                what: format!("{} has signed version {number} already", first.as_str()),
            });
        };
        let says = format!("Version {number} was signed for {}", names.join(" and "));
        let inverse = Inverse::LeadSignatures { definition: number, numbers };
        let deed = self.keep_deed_of(actor, None, &says, &inverse, at).await?;
        Ok(Done { what: sides, deed })
    }

    /// The versions that stood at a moment, the oldest first, and those that had been taken back.
    pub(super) async fn told_versions(&self, at: Moment) -> Result<(Vec<Version>, Vec<Version>)> {
        let signatures = self.store.lead_signatures().await?;
        let (mut standing, mut withdrawn) = (Vec::new(), Vec::new());
        let is_past = |moment: Moment| moment.timestamp() <= at.timestamp();
        for row in self.store.lead_definitions().await? {
            let proposed: Proposed = serde_json::from_str(&row.content)
                .map_err(|cause| damaged(&format!("definition {}", row.number), &cause))?;
            let signed = signatures.iter().filter(|it| {
                it.definition == row.number
                    && is_past(it.told_at)
                    && !it.withdrawn_at.is_some_and(is_past)
            });
            let signed = signed.filter_map(|it| {
                let by = Signature { by: Who::from(it.told_by.clone()), at: it.told_at };
                Some((Side::from_name(&it.side)?, by))
            });
            let version = Version {
                number: row.number,
                at: row.told_at,
                by: Who::from(row.told_by),
                because: proposed.because,
                definition: proposed.definition,
                signed: signed.collect(),
            };
            if !is_past(row.told_at) {
                continue;
            }
            let is_back = row.withdrawn_at.is_some_and(is_past);
            if is_back { withdrawn.push(version) } else { standing.push(version) }
        }
        Ok((standing, withdrawn))
    }
}

impl LeadRegister {
    /// What counts at a moment.
    pub(super) fn counting(&self, at: Moment) -> Definition {
        let counts = in_force(&self.versions, at);
        counts.map_or_else(Definition::unsigned, |version| version.definition.clone())
    }
}

/// Who takes part in selling or marketing from inside, but one.
fn others<'r>(actor: &'r Actor, register: &'r LeadRegister) -> impl Iterator<Item = &'r Person> {
    let works = |person: &&Person| {
        let roles = [MemberRole::Seller, MemberRole::Marketer, MemberRole::Manager];
        roles.iter().any(|role| person.roles.contains(role))
    };
    register.here().filter(|(who, _)| !actor.is_who(who)).map(|(_, person)| person).filter(works)
}

/// Nobody else could sign.
fn is_alone(actor: &Actor, register: &LeadRegister) -> bool {
    actor.is_owner() && others(actor, register).next().is_none()
}

/// For which sides somebody may sign a version yet. One person signs one side, unless they are alone.
fn sides_open(actor: &Actor, version: &Version, register: &LeadRegister) -> Vec<Side> {
    if !actor.may(Right::Define) {
        return Vec::new();
    }
    let has_signed = version.signed.values().any(|signature| actor.is_who(&signature.by));
    if has_signed && !is_alone(actor, register) {
        return Vec::new();
    }
    let sides = actor.signs_for(&managed(actor, register)).into_iter();
    sides.filter(|side| !version.signed.contains_key(side)).collect()
}

/// The sides on which the people of a manager's team are; both for one of all teams.
fn managed(actor: &Actor, register: &LeadRegister) -> Vec<Side> {
    let Some(team) = actor.team() else { return Side::ALL.to_vec() };
    let of_team = |role: MemberRole| {
        let mut here = register.here();
        here.any(|(_, it)| it.team.as_ref() == Some(team) && it.roles.contains(&role))
    };
    let sides = [(Side::Marketing, MemberRole::Marketer), (Side::Sales, MemberRole::Seller)];
    sides.into_iter().filter(|(_, role)| of_team(*role)).map(|(side, _)| side).collect()
}

fn no_signature(actor: &Actor, version: &Version, side: Side) -> Error {
    if version.signed.contains_key(&side) {
        let what = format!("{} has signed version {} already", side.as_str(), version.number);
        return Error::Conflict { what };
    }
    let has_signed = version.signed.values().any(|signature| actor.is_who(&signature.by));
    if has_signed {
        let what = "You have signed it for your side; somebody else signs for the other".to_owned();
        return Error::Conflict { what };
    }
    Error::Forbidden { what: format!("Only {} signs for {}", who_signs(side), side.as_str()) }
}

fn who_signs(side: Side) -> &'static str {
    match side {
        Side::Marketing => "a marketer, or a manager of marketers,",
        Side::Sales => "a seller, or a manager of sellers,",
    }
}
