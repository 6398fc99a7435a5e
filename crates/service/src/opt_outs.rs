//! Do-not-contact, gathered from everywhere: every mail that is kept, every address book, lists that were
//! brought, people who were erased, and the user's own word.

use inroad_advice::dealings::Stated;
use inroad_advice::do_not_contact::DoNotContact;
use inroad_model::{
    AccountKey, EmailAddress, Entry, Fact, FactKind, KeptEntry, Moment, Source, Subject, Touch,
};

use crate::Result;
use crate::inroad::Inroad;
use crate::people::Aliases;

/// What bears no date was always so.
fn always() -> Moment {
    Moment::utc(jiff::Timestamp::UNIX_EPOCH)
}

impl Inroad {
    /// What was known at a moment, for all addresses of everybody who asked, and of everybody whom
    /// the user leaves alone.
    pub(crate) async fn opt_outs(&self, aliases: &Aliases, as_of: Moment) -> Result<Vec<Stated>> {
        let stated = self.all_stated_opt_outs(aliases).await?;
        self.opt_outs_among(&stated, aliases, as_of).await
    }

    /// The same as the list that is asked of each address.
    pub(crate) async fn do_not_contact(
        &self,
        aliases: &Aliases,
        as_of: Moment,
    ) -> Result<DoNotContact> {
        Ok(self.opt_outs(aliases, as_of).await?.iter().map(|stated| &stated.fact).collect())
    }

    /// The same out of everything that was ever stated.
    pub(crate) async fn opt_outs_among(
        &self,
        stated: &[Stated],
        aliases: &Aliases,
        as_of: Moment,
    ) -> Result<Vec<Stated>> {
        let mut known = until(stated.iter().cloned(), as_of);
        let entries = self.entries(as_of).await?;
        let mut own: Vec<Stated> = entries.iter().filter_map(by_user).collect();
        own.extend(self.of_named_firms(&entries, as_of).await?);
        own.extend(self.listed_opt_outs(as_of).await?);
        known.extend(for_every_address(own, aliases));
        Ok(known)
    }

    /// Of a firm that is known by its name alone, the people of its deals are left alone.
    async fn of_named_firms(&self, entries: &[KeptEntry], as_of: Moment) -> Result<Vec<Stated>> {
        let named: Vec<(&AccountKey, &KeptEntry)> = entries
            .iter()
            .filter_map(|kept| match (&kept.about, &kept.entry) {
                (Subject::Account(key), Entry::LeaveAlone { .. }) if key.as_domain().is_none() => {
                    Some((key, kept))
                }
                _ => None,
            })
            .collect();
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for stored in self.store.deals_at(as_of).await? {
            let firm = stored.deal.organization.as_deref().map(AccountKey::of_name);
            let Some(Ok(firm)) = firm else { continue };
            for (_, kept) in named.iter().filter(|(key, _)| **key == firm) {
                let people = stored.deal.people.iter().map(|seat| KeptEntry {
                    about: Subject::Person(seat.email.clone()),
                    ..(*kept).clone()
                });
                found.extend(people.filter_map(|kept| by_user(&kept)));
            }
        }
        Ok(found)
    }

    /// The same without what the user wrote down of people and firms.
    pub(crate) async fn stated_opt_outs(
        &self,
        aliases: &Aliases,
        as_of: Moment,
    ) -> Result<Vec<Stated>> {
        let mut known = until(self.all_stated_opt_outs(aliases).await?.into_iter(), as_of);
        known.extend(for_every_address(self.listed_opt_outs(as_of).await?, aliases));
        Ok(known)
    }

    /// Whatever was stated at any time, without the user's own word.
    pub(crate) async fn all_stated_opt_outs(&self, aliases: &Aliases) -> Result<Vec<Stated>> {
        let stated = self.store.opt_outs().await?.into_iter();
        let mut found: Vec<Stated> =
            stated.map(|(at, fact)| Stated { fact, at: at.unwrap_or_else(always) }).collect();
        let contacts = self.store.opted_out_contacts().await?;
        for email in contacts.iter().flat_map(|contact| &contact.emails) {
            let source = Source::Contact(email.clone());
            let fact = Fact::new(FactKind::OptedOut, Some(email.clone()), source, "");
            found.push(Stated { fact, at: always() });
        }
        Ok(for_every_address(found, aliases))
    }
}

fn until(stated: impl Iterator<Item = Stated>, as_of: Moment) -> Vec<Stated> {
    stated.filter(|stated| stated.at.timestamp() <= as_of.timestamp()).collect()
}

/// Whom the user leaves alone by an entry.
pub(crate) fn by_user(kept: &KeptEntry) -> Option<Stated> {
    let Entry::LeaveAlone { because } = &kept.entry else { return None };
    let source = Source::Own(kept.told_at.date());
    let said = |email| Fact::new(FactKind::OptedOut, email, source, because.as_str());
    let fact = match &kept.about {
        Subject::Person(email) => said(Some(email.clone())),
        Subject::Account(key) => {
            let domain = key.as_domain()?;
            let mut fact = said(None);
            fact.whole_firm = true;
            fact.domain = Some(domain.to_owned());
            fact
        }
        Subject::Deal(_) => return None,
    };
    Some(Stated { fact, at: kept.told_at })
}

/// The opt-outs that some messages state.
pub(crate) fn of_touches(touches: &[Touch]) -> Vec<Stated> {
    touches
        .iter()
        .flat_map(|touch| touch.facts.iter().map(move |fact| (touch, fact)))
        .filter(|(_, fact)| fact.kind == FactKind::OptedOut)
        .map(|(touch, fact)| Stated { fact: fact.clone(), at: touch.date().unwrap_or_else(always) })
        .collect()
}

/// Says for all addresses of a person what was said for one of them.
fn for_every_address(stated: Vec<Stated>, aliases: &Aliases) -> Vec<Stated> {
    let others = |email: &EmailAddress| {
        aliases.all_of(email).into_iter().filter(|other| other != email).collect::<Vec<_>>()
    };
    stated
        .into_iter()
        .flat_map(|stated| {
            let more: Vec<Stated> = stated
                .fact
                .email
                .iter()
                .flat_map(others)
                .map(|email| {
                    // The firm behind one address says nothing about the firm behind another.
                    let mut fact = stated.fact.clone();
                    fact.email = Some(email);
                    fact.whole_firm = false;
                    Stated { fact, at: stated.at }
                })
                .collect();
            std::iter::once(stated).chain(more)
        })
        .collect()
}
