//! Who works here, and the link by which each of them comes in.
//!
//! A link holds a key that nobody can guess; only its hash is kept. It stands until it is renewed, or
//! until they leave.

use inroad_model::{EmailAddress, Entry, Member, Moment, SharedWith};
use inroad_store::KeptMember;

use crate::audit::Audited;
use crate::deeds::{Done, Inverse};
use crate::feed::random;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

impl Inroad {
    /// Whose data file it is, as others know them: the first of their addresses, their name, and the
    /// team of the member who has that address.
    pub async fn owner(&self) -> Result<Actor> {
        let seller = self.myself().await?.map(|myself| myself.seller).unwrap_or_default();
        let email = seller.emails.first().cloned();
        let members = self.members().await?;
        let is_me = |kept: &&KeptMember| seller.emails.contains(kept.member.email());
        let team = members.iter().find(is_me).and_then(|kept| kept.member.team().cloned());
        Ok(Actor::known_owner(email, seller.name, team))
    }

    /// Who asks, as others know them: whose data file it is, by name where that is known. Without somebody it is
    /// nobody.
    pub async fn as_known(&self, actor: Option<&Actor>) -> Actor {
        match actor {
            Some(actor) if !actor.is_owner() => actor.clone(),
            Some(_owner) => self.owner().await.unwrap_or_else(|_error| Actor::owner()),
            None => Actor::nobody(),
        }
    }

    /// Everybody who works here or did, by address.
    pub async fn members(&self) -> Result<Vec<KeptMember>> {
        Ok(self.store.members().await?)
    }

    /// The member of that address who works here, or whose data file it is.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn actor_called(&self, email: &EmailAddress) -> Result<Actor> {
        let owner = self.owner().await?;
        let me = self.myself().await?.map(|myself| myself.seller.emails).unwrap_or_default();
        if me.contains(email) {
            return Ok(owner);
        }
        let members = self.members().await?.into_iter();
        let mut here = members.filter(|kept| kept.left_at.is_none()).map(|kept| kept.member);
        here.find(|member| member.email() == email).map(Actor::member).ok_or_else(|| {
            Error::NotFound {
                what: format!("{email} does not work here; 'inroad team' lists who does"),
            }
        })
    }

    /// Names somebody who works here, or says otherwise what they do.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::Conflict`] where it is so already.
    pub async fn put_member(&self, actor: &Actor, member: Member, at: Moment) -> Result<Done<()>> {
        actor.must(Right::Members)?;
        let before = self.working(member.email()).await?;
        if before.as_ref() == Some(&member) {
            return Err(Error::Conflict { what: "It is so already".to_owned() });
        }
        self.store.put_member(&member, at).await?;
        let what: Vec<&str> = member.roles().iter().map(|role| role.as_str()).collect();
        let team = member.team().map(|team| format!(", {team}")).unwrap_or_default();
        let says = format!("{} works here: {}{team}", member.name(), what.join(", "));
        let email = member.email().clone();
        let inverse = Inverse::Member { email, before };
        let deed = self.keep_deed_of(actor, None, &says, &inverse, at).await?;
        let roles = what.into_iter().map(str::to_owned).collect();
        let whom = member.email().clone();
        self.audit_here(actor, Audited::MemberPut { whom, roles }, at).await?;
        Ok(Done { what: (), deed })
    }

    /// Somebody leaves; their link leads nowhere from then on.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] if they do not work here.
    pub async fn member_leaves(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        at: Moment,
    ) -> Result<Done<Member>> {
        actor.must(Right::Members)?;
        let member = self.working(email).await?.ok_or_else(|| not_here(email))?;
        self.leave(email, at).await?;
        let inverse = Inverse::Member { email: email.clone(), before: Some(member.clone()) };
        let says = format!("{} works here no more", member.name());
        let deed = self.keep_deed_of(actor, None, &says, &inverse, at).await?;
        self.audit_here(actor, Audited::MemberLeft { whom: email.clone() }, at).await?;
        Ok(Done { what: member, deed })
    }

    /// Somebody works here no more, and sees no deal that was shown to them, even if they come back.
    pub(crate) async fn leave(&self, email: &EmailAddress, at: Moment) -> Result<()> {
        self.store.member_leaves(email, at).await?;
        for kept in self.store.entries().await? {
            let is_theirs = matches!(
                &kept.entry,
                Entry::Shared { with: SharedWith::Member(with), .. } if with == email
            );
            if is_theirs && kept.withdrawn_at.is_none() {
                self.store.withdraw_entry(kept.number, at).await?;
            }
        }
        Ok(())
    }

    /// Makes somebody's link anew and gives its key, which is shown once; a former link leads nowhere.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] if they do not work here.
    pub async fn renew_member_key(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        at: Moment,
    ) -> Result<Done<String>> {
        actor.must(Right::Members)?;
        let key = random()?;
        if !self.store.set_member_key(email, &hash(&key)).await? {
            return Err(not_here(email));
        }
        let says = format!("A new link for {email}; a former one leads nowhere");
        let deed = self.keep_deed_of(actor, None, &says, &Inverse::Nothing, at).await?;
        self.audit_here(actor, Audited::LinkMade { whom: email.clone() }, at).await?;
        Ok(Done { what: key, deed })
    }

    /// Who comes in with a key; `None` if it is nobody's.
    pub async fn member_with_key(&self, key: &str) -> Result<Option<Member>> {
        Ok(self.store.member_with_key(&hash(key)).await?)
    }

    async fn working(&self, email: &EmailAddress) -> Result<Option<Member>> {
        let members = self.members().await?.into_iter();
        let mut here = members.filter(|kept| kept.left_at.is_none()).map(|kept| kept.member);
        Ok(here.find(|member| member.email() == email))
    }
}

fn not_here(email: &EmailAddress) -> Error {
    Error::NotFound { what: format!("{email} does not work here") }
}

/// A key has 128 random bits, so that its hash tells nothing of it.
fn hash(key: &str) -> [u8; 32] {
    *blake3::hash(key.as_bytes()).as_bytes()
}
