//! What touch plans are worked out from: the people of the register, what the review says of their deals,
//! who is to be left alone, and what is at hand for them.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::acquaintance::Doubt;
use inroad_advice::dealings::Stated;
use inroad_advice::do_not_contact::DoNotContact;
use inroad_advice::propose::is_free_mail;
use inroad_advice::touch_plan::reach::Reach;
use inroad_advice::touch_plan::{Alone, Begun, Cadence, DealWord, Ledger, PlanInput, touch_plans};
use inroad_advice::{DealReview, Review};
use inroad_model::{
    AccountKey, Advice, DealId, EmailAddress, EntryNumber, KeptEntry, KeptPage, Moment, Source,
};

use super::Touches;
use super::matters::Matters;
use crate::people::Aliases;
use crate::register::{Register, Registered};

/// Everything beside the register and the review.
pub(super) struct Material {
    pub(super) entries: Vec<KeptEntry>,
    pub(super) pages: Vec<KeptPage>,
    pub(super) opt_outs: Vec<Stated>,
    pub(super) aliases: Aliases,
    pub(super) as_of: Moment,
}

impl Material {
    /// Works the plans out.
    pub(super) fn touches(&self, register: &Register, review: &Review) -> Touches {
        let people = People::of(register, &self.aliases);
        let ledger = Ledger::of(&self.entries, |email| people.one(email));
        let firms: BTreeMap<EntryNumber, AccountKey> = ledger
            .plans
            .iter()
            .filter_map(|plan| Some((plan.number, firm_of(plan, register)?)))
            .collect();
        let known = Known {
            people: &people,
            deals: Deals::of(review),
            silence: Silence::of(&self.opt_outs),
            matters: Matters::of(self, register, &firms.values().collect()),
            firms: &firms,
            register,
            nothing: Reach::default(),
        };
        let inputs: Vec<PlanInput<'_>> =
            ledger.plans.iter().map(|begun| known.input(begun)).collect();
        let plans = touch_plans(&inputs, Cadence::shipped(), self.as_of);
        let mut by_address = BTreeMap::new();
        for (place, begun) in ledger.plans.iter().enumerate() {
            let addresses = people.addresses(begun);
            by_address.extend(addresses.into_iter().map(|email| (email.clone(), place)));
        }
        Touches { as_of: self.as_of, plans, by_address }
    }
}

/// The firm of a plan, by the key that stands for it.
fn firm_of(begun: &Begun<'_>, register: &Register) -> Option<AccountKey> {
    let by_address = || {
        let domain = begun.person.domain();
        let key = AccountKey::domain(domain).ok().filter(|_| !is_free_mail(domain))?;
        Some(register.roof(&key))
    };
    let named = begun.firm.map(|key| register.standing_key(key));
    named.or_else(by_address).map(|key| register.standing_key(&key))
}

/// The people of a register by any of their addresses.
pub(super) struct People<'r> {
    register: &'r Register,
    others: BTreeMap<&'r EmailAddress, usize>,
    aliases: &'r Aliases,
}

impl<'r> People<'r> {
    pub(super) fn of(register: &'r Register, aliases: &'r Aliases) -> Self {
        let people = register.people.iter().enumerate();
        let others = people.flat_map(|(place, who)| who.others.iter().map(move |o| (o, place)));
        Self { register, others: others.collect(), aliases }
    }

    pub(super) fn who(&self, email: &EmailAddress) -> Option<&'r Registered> {
        let people = &self.register.people;
        let place = self.others.get(email).copied();
        let place = place.or_else(|| people.binary_search_by(|who| who.email().cmp(email)).ok())?;
        people.get(place)
    }

    /// The address that stands for a person.
    fn one(&self, email: &EmailAddress) -> EmailAddress {
        if let Some(who) = self.who(email) {
            return who.email().clone();
        }
        self.aliases.all_of(email).into_iter().next().unwrap_or_else(|| email.clone())
    }

    fn addresses<'p>(&self, begun: &'p Begun<'_>) -> BTreeSet<&'p EmailAddress>
    where
        'r: 'p,
    {
        let mut addresses = BTreeSet::from([begun.address, &begun.person]);
        if let Some(who) = self.who(&begun.person) {
            addresses.extend(who.addresses());
        }
        addresses
    }
}

/// The deals of a review by their people.
struct Deals<'r> {
    by_id: BTreeMap<&'r DealId, &'r DealReview>,
    by_person: BTreeMap<&'r EmailAddress, Vec<&'r DealReview>>,
}

impl<'r> Deals<'r> {
    fn of(review: &'r Review) -> Self {
        let mut by_person: BTreeMap<_, Vec<&DealReview>> = BTreeMap::new();
        for deal in review.deals.iter().filter(|deal| !deal.is_over()) {
            for person in &deal.people {
                by_person.entry(&person.email).or_default().push(deal);
            }
        }
        Self { by_id: review.deals.iter().map(|deal| (&deal.id, deal)).collect(), by_person }
    }

    /// What the review says of the plan's own deal; of other deals with the person only that they wait.
    fn words<'e>(
        &self,
        begun: &Begun<'_>,
        addresses: impl Iterator<Item = &'e EmailAddress>,
    ) -> Vec<DealWord<'r>> {
        let word = |deal: &&'r DealReview| DealWord {
            name: &deal.name,
            advice: deal.advice,
            until: deal.until,
        };
        if let Some(own) = begun.deal.and_then(|id| self.by_id.get(id)) {
            return vec![word(own)];
        }
        let with = addresses.filter_map(|email| self.by_person.get(email)).flatten();
        with.filter(|deal| deal.advice == Advice::Wait).map(word).collect()
    }
}

/// Who is to be left alone, with the word that says so.
struct Silence<'s> {
    asked: DoNotContact,
    by_address: BTreeMap<&'s EmailAddress, &'s Stated>,
    by_domain: BTreeMap<&'s str, &'s Stated>,
}

impl<'s> Silence<'s> {
    fn of(stated: &'s [Stated]) -> Self {
        let mut silence = Self {
            asked: DoNotContact::default(),
            by_address: BTreeMap::new(),
            by_domain: BTreeMap::new(),
        };
        for stated in stated {
            let fact = &stated.fact;
            silence.asked.add(fact);
            if let Some(email) = &fact.email {
                silence.by_address.entry(email).or_insert(stated);
            }
            let of_firm = fact.email.as_ref().filter(|_| fact.whole_firm).map(EmailAddress::domain);
            for domain in fact.domain.as_deref().into_iter().chain(of_firm) {
                silence.by_domain.entry(domain).or_insert(stated);
            }
        }
        silence
    }

    fn of_any(&self, addresses: &BTreeSet<&EmailAddress>) -> Option<Alone> {
        let forbidden = addresses.iter().find(|email| self.asked.forbids(email))?;
        let host = forbidden.domain();
        let above = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
        let stated = self.by_address.get(*forbidden).or_else(|| {
            std::iter::once(host).chain(above).find_map(|domain| self.by_domain.get(domain))
        });
        let Some(stated) = stated else { return Some(Alone { on: None, by_user: false }) };
        let is_dated = stated.at.timestamp() > jiff::Timestamp::UNIX_EPOCH;
        let by_user = matches!(stated.fact.source, Source::Own(_));
        Some(Alone { on: is_dated.then(|| stated.at.date()), by_user })
    }
}

/// All that is known, by whatever it is looked up by.
struct Known<'r> {
    people: &'r People<'r>,
    deals: Deals<'r>,
    silence: Silence<'r>,
    matters: Matters,
    firms: &'r BTreeMap<EntryNumber, AccountKey>,
    register: &'r Register,
    nothing: Reach,
}

impl Known<'_> {
    fn input<'a>(&'a self, begun: &'a Begun<'a>) -> PlanInput<'a> {
        let who = self.people.who(&begun.person);
        let addresses = self.people.addresses(begun);
        let firm = self.firms.get(&begun.number);
        let person = who.map(|who| &who.acquaintance.person);
        let reach = who.map_or(&self.nothing, |who| &who.acquaintance.reach);
        let doubts = who.map_or(&[][..], |who| &who.acquaintance.doubts);
        PlanInput {
            begun,
            label: who.map_or(begun.address.as_str(), Registered::label),
            reach,
            letters: person.map_or(&[][..], |person| &person.letters),
            usual_days: person.and_then(|person| person.usual_days),
            phone: reach.phones.first().cloned().or_else(|| self.phone(&addresses, firm)),
            bounces_since: doubts.iter().find_map(|doubt| match doubt {
                Doubt::Bounces { at, .. } => Some(at.date()),
                _ => None,
            }),
            left: doubts.iter().find_map(|doubt| match doubt {
                Doubt::Left { at, to, to_name, .. } => {
                    let to = to_name.clone().or_else(|| to.as_ref().map(ToString::to_string));
                    Some((at.date(), to))
                }
                _ => None,
            }),
            alone: self.silence.of_any(&addresses),
            deals: self.deals.words(begun, addresses.iter().copied()),
            matters: firm.map_or(&[][..], |key| self.matters.of_firm(key)),
            firm: firm.map(AccountKey::as_str),
        }
    }

    /// A number on one of their cards, else the firm's.
    fn phone(
        &self,
        addresses: &BTreeSet<&EmailAddress>,
        firm: Option<&AccountKey>,
    ) -> Option<String> {
        let own = addresses.iter().copied().cloned().collect();
        let cards = self.register.contacts_of(&own);
        let on_card = cards.iter().find_map(|card| card.phones.first().cloned());
        on_card.or_else(|| {
            let firm = self.register.firm(firm?)?;
            firm.told.iter().rev().find_map(|told| told.account.phone.clone())
        })
    }
}
