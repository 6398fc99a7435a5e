//! Who is left alone: everybody who asked for no more mail, and whom the user leaves alone, for every
//! address that a draft goes to.

use std::collections::BTreeSet;

use inroad_advice::dealings::Stated as StatedAt;
use inroad_advice::propose::is_free_mail;
use inroad_coach::audience::{Standing, Stated};
use inroad_model::{EmailAddress, Moment, Source};

use super::audience::shown;
use crate::Result;
use crate::do_not_contact::hashed::Hashed;
use crate::inroad::Inroad;
use crate::people::Aliases;
use crate::review::Backdrop;

/// Everybody who is left alone at a moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct LeftAlone {
    stated: Vec<StatedAt>,
    aliases: Aliases,
    /// By whom an address may be meant that was never seen before.
    hashed: Hashed,
}

impl Inroad {
    pub(super) async fn left_alone(&self, backdrop: &Backdrop, as_of: Moment) -> Result<LeftAlone> {
        let aliases = backdrop.aliases.clone();
        let stated = self.opt_outs_among(&backdrop.stated, &aliases, as_of).await?;
        Ok(LeftAlone { stated, aliases, hashed: self.hashed(as_of).await? })
    }

    /// The same of everything that was said by now, asked anew. What a letter of a clock that runs ahead
    /// says counts, too.
    pub(crate) async fn left_alone_by_now(&self) -> Result<LeftAlone> {
        let ever = Moment::utc(jiff::Timestamp::MAX);
        let aliases = self.aliases().await?;
        let stated = self.opt_outs(&aliases, ever).await?;
        Ok(LeftAlone { stated, hashed: self.hashed(ever).await?, aliases })
    }
}

impl LeftAlone {
    /// Why somebody is left alone, under any of their addresses, for themselves or their firm.
    pub(crate) fn of(&self, email: &EmailAddress) -> Option<Stated> {
        let same = self.aliases.all_of(email);
        let found = self.stated.iter().find(|stated| {
            let fact = &stated.fact;
            let of_firm = fact.email.as_ref().filter(|_| fact.whole_firm).map(EmailAddress::domain);
            let of_firm = of_firm.filter(|domain| !is_free_mail(domain));
            let domains = fact.domain.as_deref().into_iter().chain(of_firm);
            let is_same = |who: &EmailAddress| {
                same.iter().any(|email| email.without_tag() == who.without_tag())
            };
            fact.email.as_ref().is_some_and(is_same)
                || domains.into_iter().any(|domain| same.iter().any(|email| email.is_at(domain)))
        });
        let Some(found) = found else { return self.by_hash(&same) };
        let by_user = matches!(found.fact.source, Source::Own(_));
        let said = shown(&found.fact.quote);
        Some(Stated {
            what: if by_user { Standing::LeftAlone } else { Standing::OptedOut },
            from: None,
            until: None,
            on: Some(found.at.date()).filter(|day| day.year() > 1971),
            quote: if said.is_empty() { email.to_string() } else { format!("{email}: {said}") },
        })
    }

    /// The same of an address that nobody has seen, of which only a hash is listed.
    fn by_hash(&self, same: &BTreeSet<EmailAddress>) -> Option<Stated> {
        let (email, row) =
            same.iter().find_map(|email| self.hashed.row_of(email).map(|row| (email, row)))?;
        Some(Stated {
            what: Standing::LeftAlone,
            from: None,
            until: None,
            on: Some(row.told_at.date()),
            quote: email.to_string(),
        })
    }
}
