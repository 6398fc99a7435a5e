//! Whoever comes back from an identity provider: who they are here, and letting them in.
//!
//! Nobody gets in whom somebody here did not name: who comes is known already, or says who they are by being signed
//! in, by a link of theirs, or, where an administrator wished that, by an address for which the provider vouches.

use inroad_model::{EmailAddress, Moment};
use inroad_openid::Person;
use inroad_store::{Holder, IdentityKept, KnownBy, LoginRow, NewIdentity, SignedInBy};

use super::identities::Details;
use super::{Caller, CameBack, Entered, IdentityProvider, SessionHeld, internal, whose};
use crate::audit::{Audited, LinkedBy, TurnedAwayFor};
use crate::inroad::Inroad;
use crate::{Error, Result};

impl Inroad {
    /// Whoever is known already, or by their address.
    pub(super) async fn arrives(
        &self,
        provider: &IdentityProvider,
        person: &Person,
        next: String,
        caller: &Caller,
        at: Moment,
    ) -> Result<CameBack> {
        if let Some(row) = self.store.identity(provider.number, &person.subject).await? {
            let whose = match &row.holder {
                Holder::Owner => None,
                Holder::Member(member) => Some(member.email()),
            };
            return self.let_in(provider, whose, row.number, next, caller, at).await;
        }
        let Some(email) = self.member_vouched_for(provider, person).await? else {
            return self.turn_away(provider, TurnedAwayFor::Unknown, caller, at).await;
        };
        let login = without_password(Some(&email), email.clone(), at);
        let (whose, by) = (Some(&email), KnownBy::Address(&login));
        let number = self.keep_identity(provider, person, whose, by, caller, at).await?;
        self.let_in(provider, whose, number, next, caller, at).await
    }

    /// The member whose address that is. Never whose data it is: nobody else decides who sees a mailbox.
    async fn member_vouched_for(
        &self,
        provider: &IdentityProvider,
        person: &Person,
    ) -> Result<Option<EmailAddress>> {
        let told = person.verified_email.as_deref().filter(|_| provider.by_address);
        let Some(email) = told.and_then(|told| told.parse::<EmailAddress>().ok()) else {
            return Ok(None);
        };
        let members = self.members().await?.into_iter();
        let mut here = members.filter(|kept| kept.left_at.is_none());
        Ok(here.any(|kept| *kept.member.email() == email).then_some(email))
    }

    pub(super) async fn links(
        &self,
        provider: &IdentityProvider,
        person: &Person,
        held: &SessionHeld,
        caller: &Caller,
        at: Moment,
    ) -> Result<CameBack> {
        let whose = whose(&held.actor)?;
        self.keep_identity(provider, person, whose, KnownBy::Session(held.number), caller, at)
            .await?;
        Ok(CameBack::Linked)
    }

    pub(super) async fn takes_up(
        &self,
        provider: &IdentityProvider,
        person: &Person,
        link: &[u8; 32],
        caller: &Caller,
        at: Moment,
    ) -> Result<CameBack> {
        let row = self.store.invitation(link, at).await?.ok_or_else(nowhere)?;
        let (whose, email) = match &row.holder {
            Holder::Member(member) => (Some(member.email()), member.email().clone()),
            Holder::Owner => (None, self.address_of_owner(person).await?),
        };
        let login = without_password(whose, email, at);
        let by = KnownBy::Invitation(link, &login);
        let number = self.keep_identity(provider, person, whose, by, caller, at).await?;
        self.let_in(provider, whose, number, "/".to_owned(), caller, at).await
    }

    /// What whose data it is would type.
    async fn address_of_owner(&self, person: &Person) -> Result<EmailAddress> {
        if let Some(login) = self.store.login_of(None).await? {
            return Ok(login.email);
        }
        let own = self.owner().await?.email().cloned();
        let told = || person.verified_email.as_deref().and_then(|told| told.parse().ok());
        own.or_else(told).ok_or_else(|| Error::Forbidden {
            what: "It is not known which mail address is yours. Set up a password first".to_owned(),
        })
    }

    /// From now on the provider knows them.
    async fn keep_identity(
        &self,
        provider: &IdentityProvider,
        person: &Person,
        whose: Option<&EmailAddress>,
        by: KnownBy<'_>,
        caller: &Caller,
        at: Moment,
    ) -> Result<i64> {
        let known_by = match by {
            KnownBy::Session(_) => LinkedBy::Themselves,
            KnownBy::Invitation(_, _) => LinkedBy::Invitation,
            KnownBy::Address(_) => LinkedBy::Address,
        };
        let details = Details { email: person.verified_email.clone() };
        let details = serde_json::to_string(&details).map_err(internal)?;
        let (subject, number) = (person.subject.as_str(), provider.number);
        let new = NewIdentity { provider: number, subject, whose, at, details: &details, by };
        match self.store.add_identity(&new).await? {
            IdentityKept::Kept(number) => {
                let line = Audited::Linked { provider: provider.name.clone(), known_by };
                self.audit(whose, caller, line, at).await?;
                Ok(number)
            }
            IdentityKept::Taken => {
                self.note_turned_away(provider, TurnedAwayFor::Taken, caller, at).await?;
                let what = format!(
                    "{} knows you as somebody else, or that account is somebody else's here",
                    provider.name
                );
                Err(Error::Conflict { what })
            }
            IdentityKept::Nowhere => Err(nowhere()),
        }
    }

    /// Whoever set up a second step is asked for it, whichever way they came.
    async fn let_in(
        &self,
        provider: &IdentityProvider,
        whose: Option<&EmailAddress>,
        identity: i64,
        next: String,
        caller: &Caller,
        at: Moment,
    ) -> Result<CameBack> {
        let login = self.store.login_of(whose).await?.ok_or_else(nowhere)?;
        let awaits_code = !login.second.is_empty();
        let by = SignedInBy::Identity(identity);
        let token = self.begin_session(whose, by, caller, awaits_code, at).await?;
        self.came_well(caller).await?;
        let line = Audited::SignedInBy { provider: provider.name.clone(), awaits_code };
        self.audit(whose, caller, line, at).await?;
        let entered = if awaits_code { Entered::AwaitsCode(token) } else { Entered::In(token) };
        Ok(CameBack::Entered { entered, next })
    }
}

/// The login of somebody for whom a provider answers.
fn without_password(whose: Option<&EmailAddress>, email: EmailAddress, at: Moment) -> LoginRow {
    let (password_hash, second) = (String::new(), String::new());
    LoginRow { whose: whose.cloned(), email, password_hash, told_at: at, second }
}

pub(super) fn nowhere() -> Error {
    Error::NotFound { what: "This link leads nowhere any more. Ask for another one".to_owned() }
}
