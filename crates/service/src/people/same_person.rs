//! The user says who is who: two addresses are one person's, or not; and takes it back.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, Moment};
use serde::{Deserialize, Serialize};

use super::Aliases;
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// What is said of a pair of addresses; `None` where nobody says anything.
type Pair = (EmailAddress, EmailAddress, Option<bool>);

/// What was said of a pair of addresses and what was said before, for an undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PairSaid {
    a: EmailAddress,
    b: EmailAddress,
    before: Option<bool>,
    after: Option<bool>,
}

impl Inroad {
    /// Says that two addresses belong to one person, or that they do not. The latest word counts; who
    /// was one person with others and is told apart from one of them leaves them all.
    ///
    /// # Errors
    /// [`Error::Invalid`] for one address twice.
    pub async fn decide_same_person(
        &self,
        a: &EmailAddress,
        b: &EmailAddress,
        same: bool,
        at: Moment,
    ) -> Result<Done<()>> {
        if a == b {
            return Err(Error::Invalid { what: format!("{a} is one address; name two") });
        }
        let mut said: Vec<Pair> = Vec::new();
        if !same {
            said.extend(self.leaving(b, &self.aliases().await?.all_of(a)).await?);
        }
        let pair = (a.min(b).clone(), a.max(b).clone(), Some(same));
        if !said.contains(&pair) {
            said.push(pair);
        }
        let what = if same { "one person's" } else { "two people's" };
        self.say_who_is_who(said, &format!("{a} and {b} are {what}"), at).await
    }

    /// Takes an address out of all that were said to be the same person's; those stay one person's.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it is said to be nobody else's.
    pub async fn split_person(&self, email: &EmailAddress, at: Moment) -> Result<Done<()>> {
        let group = self.aliases().await?.all_of(email);
        if group.len() < 2 {
            let what = format!("{email} is said to be one person's with no other address");
            return Err(Error::NotFound { what });
        }
        let said = self.leaving(email, &group).await?;
        self.say_who_is_who(said, &format!("{email} is a person of its own"), at).await
    }

    /// What has to be said so that an address leaves a group and the others stay together.
    async fn leaving(
        &self,
        email: &EmailAddress,
        group: &BTreeSet<EmailAddress>,
    ) -> Result<Vec<Pair>> {
        let rest: Vec<&EmailAddress> = group.iter().filter(|other| *other != email).collect();
        if rest.len() == group.len() {
            return Ok(Vec::new());
        }
        let mut without = Aliases::default();
        for decided in self.store.same_person_decisions().await? {
            if decided.same && decided.a != *email && decided.b != *email {
                without.join(&decided.a, &decided.b);
            }
        }
        let apart = |other: &&EmailAddress| {
            (email.min(*other).clone(), email.max(*other).clone(), Some(false))
        };
        let mut said: Vec<Pair> = rest.iter().map(apart).collect();
        for two in rest.windows(2) {
            if !without.all_of(two[0]).contains(two[1]) {
                without.join(two[0], two[1]);
                said.push((two[0].clone(), two[1].clone(), Some(true)));
            }
        }
        Ok(said)
    }

    async fn say_who_is_who(&self, said: Vec<Pair>, says: &str, at: Moment) -> Result<Done<()>> {
        let before = self.said_of_pairs().await?;
        let pair = |(a, b, after): &Pair| PairSaid {
            before: before.get(&(a.clone(), b.clone())).copied(),
            a: a.clone(),
            b: b.clone(),
            after: *after,
        };
        let pairs = said.iter().map(pair).collect();
        self.store.decide_same_people(&said, at).await?;
        let deed = self.keep_deed(None, says, &Inverse::SamePeople { pairs }, at).await?;
        Ok(Done { what: (), deed })
    }

    /// Undoes what was said of pairs, unless something else was said of one of them since.
    pub(crate) async fn put_pairs_back(&self, pairs: &[PairSaid], at: Moment) -> Result<()> {
        let now = self.said_of_pairs().await?;
        let is_other =
            |pair: &&PairSaid| now.get(&(pair.a.clone(), pair.b.clone())).copied() != pair.after;
        if let Some(pair) = pairs.iter().find(is_other) {
            let what = format!(
                "Of {} and {} something else was said since; look at them, and say it anew",
                pair.a, pair.b
            );
            return Err(Error::Conflict { what });
        }
        let back = |pair: &PairSaid| (pair.a.clone(), pair.b.clone(), pair.before);
        let back: Vec<Pair> = pairs.iter().map(back).collect();
        Ok(self.store.decide_same_people(&back, at).await?)
    }

    async fn said_of_pairs(&self) -> Result<BTreeMap<(EmailAddress, EmailAddress), bool>> {
        let decided = self.store.same_person_decisions().await?.into_iter();
        Ok(decided.map(|one| ((one.a, one.b), one.same)).collect())
    }
}
