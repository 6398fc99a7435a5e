//! Letters go, and the wish for no more mail that somebody told in one of them stands: it is put on the list.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, FactKind, MessageId, Moment, Source};
use inroad_store::{ListedKind, NewListed};

use crate::{Inroad, Result};

impl Inroad {
    /// Whoever asked for no more mail in some letters, since when, to be listed for that reason.
    pub(crate) async fn opt_outs_asked_in(
        &self,
        ids: &BTreeSet<MessageId>,
        reason: &str,
    ) -> Result<Vec<(Moment, NewListed)>> {
        let house = self.seller().await?.unwrap_or_default();
        let mut listed = Vec::new();
        for (at, fact) in self.store.opt_outs().await? {
            let Source::Message(id) = &fact.source else { continue };
            if fact.kind != FactKind::OptedOut || !ids.contains(id) {
                continue;
            }
            let since = at.map_or_else(String::new, |at| at.date().to_string());
            let one = |kind, value: &str| {
                let (reason, source) = (reason.to_owned(), String::new());
                let value = value.to_owned();
                let at = at.unwrap_or(Moment::utc(jiff::Timestamp::UNIX_EPOCH));
                (at, NewListed { kind, value, reason, source, since: since.clone() })
            };
            let of_firm = fact.email.as_ref().filter(|_| fact.whole_firm).map(EmailAddress::domain);
            let domain = fact.domain.as_deref().or(of_firm);
            let domain = domain.filter(|domain| !inroad_advice::propose::is_free_mail(domain));
            listed.extend(domain.map(|domain| one(ListedKind::Domain, domain)));
            let theirs = fact.email.as_ref().filter(|email| !house.is_ours(email));
            listed.extend(theirs.map(|email| one(ListedKind::Address, email.as_str())));
        }
        Ok(listed)
    }
}
