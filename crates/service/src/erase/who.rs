//! Who is meant when somebody is erased: all their addresses, the names by which others write of them, and
//! the sentences that they wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_language::sentences;
use inroad_language::traces::{Traces, full_name};
use inroad_model::{AccountKey, ContactField, Deal, EmailAddress, Entry, Moment, Subject};
use inroad_store::{Concerning, Trace};

use crate::inroad::Inroad;
use crate::{Error, Result};

/// Somebody, with all that points to them.
#[derive(Debug, Clone)]
pub(crate) struct Whom {
    pub(crate) emails: BTreeSet<EmailAddress>,
    pub(crate) names: BTreeSet<String>,
    pub(crate) shared_names: Vec<(String, EmailAddress)>,
    pub(crate) ours: BTreeSet<EmailAddress>,
    pub(crate) seats: Vec<String>,
    pub(crate) was_erased: bool,
    pub(crate) traces: Traced,
}

impl Default for Whom {
    fn default() -> Self {
        let nobody = Traces::new(&BTreeSet::new(), [], [], Arc::new(|_| false));
        Self {
            emails: BTreeSet::new(),
            names: BTreeSet::new(),
            shared_names: Vec::new(),
            ours: BTreeSet::new(),
            seats: Vec::new(),
            was_erased: false,
            traces: Traced(nobody),
        }
    }
}

/// Traces, as the store asks for them.
#[derive(Debug, Clone)]
pub(crate) struct Traced(pub(crate) Traces);

impl std::ops::Deref for Traced {
    type Target = Traces;

    fn deref(&self) -> &Traces {
        &self.0
    }
}

impl Trace for Traced {
    fn has(&self, email: &EmailAddress) -> bool {
        self.0.has(email)
    }

    fn blank(&self, text: &str) -> Option<String> {
        self.0.blank(text)
    }
}

impl Inroad {
    /// What some people were called and are called by what was put right, also where that was taken back.
    async fn names_put_right(&self, emails: &BTreeSet<EmailAddress>) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for kept in self.store.entries().await? {
            let (Subject::Person(email), Entry::Record(change)) = (&kept.about, &kept.entry) else {
                continue;
            };
            if change.field == ContactField::Name && emails.contains(email) {
                let both = change.was.iter().chain(&change.is);
                names.extend(both.map(|name| name.as_str().to_owned()));
            }
        }
        Ok(names)
    }

    /// Everything by which somebody is known here; `also` is known of them from elsewhere.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the user's own address.
    pub(crate) async fn whom_to_erase(
        &self,
        email: &EmailAddress,
        also: &Whom,
        at: Moment,
    ) -> Result<Whom> {
        let aliases = self.aliases().await?;
        let mut bases: BTreeSet<EmailAddress> =
            std::iter::once(email).chain(&also.emails).map(EmailAddress::without_tag).collect();
        // Whoever is one with one of them is one with all.
        loop {
            let same: BTreeSet<EmailAddress> = aliases
                .groups()
                .filter(|group| group.iter().any(|one| bases.contains(&one.without_tag())))
                .flatten()
                .map(EmailAddress::without_tag)
                .collect();
            let before = bases.len();
            bases.extend(same);
            if bases.len() == before {
                break;
            }
        }
        let rows = self.store.address_rows().await?;
        let known = rows.iter().map(|(_, row)| &row.email);
        let mut emails: BTreeSet<EmailAddress> =
            known.filter(|one| bases.contains(&one.without_tag())).cloned().collect();
        emails.extend(bases.iter().cloned());
        let myself = self.seller().await?.unwrap_or_default();
        if let Some(own) = emails.iter().find(|one| myself.emails.contains(one)) {
            return Err(Error::Invalid {
                what: format!("{own} is your own address; name somebody else's"),
            });
        }
        // What they did stands under their name, and others' words answer it.
        let members = self.members().await?;
        if let Some(one) = members.iter().find(|kept| emails.contains(kept.member.email())) {
            return Err(Error::Invalid {
                what: format!(
                    "{} works here, or did; nobody of your own house is erased",
                    one.member.email()
                ),
            });
        }
        let ours = myself.emails.iter().chain(&myself.colleagues);
        let ours = ours.filter(|one| !emails.contains(one)).cloned().collect();
        let deals = self.store.deals().await?;
        let deals: Vec<Deal> = deals.iter().map(|kept| kept.deal.clone()).collect();
        let contacts = self.store.contacts().await?;

        let mut called = self.store.names_beside(&emails).await?;
        called.extend(also.names.iter().cloned());
        called.extend(self.store.lead_names_of(&emails).await?);
        let seats = deals.iter().flat_map(|deal| &deal.people);
        let seated = seats.filter(|seat| emails.contains(&seat.email));
        called.extend(seated.filter_map(|seat| seat.name.clone()));
        let cards =
            contacts.iter().filter(|card| card.emails.iter().any(|one| emails.contains(one)));
        called.extend(cards.filter_map(|card| card.name.clone()));
        called.extend(self.names_put_right(&emails).await?);

        // What a firm is called names nobody; what somebody else is called, too, may mean them.
        let firms: BTreeSet<AccountKey> = deals
            .iter()
            .filter_map(|deal| deal.organization.as_deref())
            .chain(contacts.iter().filter_map(|card| card.organization.as_deref()))
            .filter_map(|name| AccountKey::of_name(name).ok())
            .collect();
        let mut others: BTreeMap<String, EmailAddress> = BTreeMap::new();
        for (_, row) in rows.iter().filter(|(_, row)| !emails.contains(&row.email)) {
            if let Some(name) = row.name.as_deref().and_then(full_name) {
                others.insert(name.to_lowercase(), row.email.clone());
            }
        }
        let mut names = BTreeSet::new();
        let mut shared_names: Vec<(String, EmailAddress)> = Vec::new();
        for name in called.iter().filter_map(|name| full_name(name)) {
            if AccountKey::of_name(&name).is_ok_and(|key| firms.contains(&key)) {
                continue;
            }
            match others.get(&name.to_lowercase()) {
                // One name may come in several spellings.
                Some(_) if shared_names.iter().any(|(shared, _)| *shared == name) => {}
                Some(other) => shared_names.push((name, other.clone())),
                None => {
                    names.insert(name);
                }
            }
        }
        let sentences = self.sentences_of(&emails).await?;
        let bases = Arc::new(bases);
        let is_theirs = move |email: &EmailAddress| bases.contains(&email.without_tag());
        let traces = Traces::new(
            &emails,
            names.iter().map(String::as_str),
            sentences.iter().map(String::as_str),
            Arc::new(is_theirs),
        );
        let hashed = self.hashed(at).await?;
        Ok(Whom {
            seats: deals
                .iter()
                .filter(|deal| deal.people.iter().any(|seat| emails.contains(&seat.email)))
                .map(|deal| deal.name.clone())
                .collect(),
            was_erased: emails.iter().any(|one| hashed.is_erased(one)),
            emails,
            names,
            shared_names,
            ours,
            traces: Traced(traces),
        })
    }

    /// What they wrote, sentence by sentence and line by line.
    async fn sentences_of(&self, emails: &BTreeSet<EmailAddress>) -> Result<BTreeSet<String>> {
        let concerning = Concerning { emails: emails.clone(), ..Concerning::default() };
        let mut found = BTreeSet::new();
        for stored in self.store.messages(&concerning).await? {
            let from = stored.touch.message.from.as_ref();
            let is_theirs = from.is_some_and(|from| emails.contains(&from.address));
            let Some(text) = stored.touch.new_text.as_deref().filter(|_| is_theirs) else {
                continue;
            };
            found.extend(text.lines().map(|line| line.trim().to_owned()));
            let ranges = sentences::ranges(text).into_iter();
            found.extend(ranges.filter_map(|range| text.get(range)).map(str::to_owned));
        }
        Ok(found)
    }
}
