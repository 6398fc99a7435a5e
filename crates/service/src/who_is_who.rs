//! What the user says of who is who: two names are one's, or two's. The same for addresses of people
//! and for keys of firms: the latest word on a pair counts, and every word can be taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::future::Future;

use inroad_model::{AccountKey, EmailAddress, Moment};
use inroad_store::Store;
use serde::{Deserialize, Serialize};

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// What names something of which there may be several names.
pub(crate) trait Name: Ord + Clone + Display + Send + Sync {
    /// What it is called: `one address`, `no other address`, `one person's`, `two people's`.
    const WORDS: Words;

    /// The latest word on each pair of which somebody says something.
    fn said(store: &Store) -> impl Future<Output = Result<Vec<(Self, Self, bool)>>> + Send;

    /// Keeps what is said of pairs; `None` that nobody says anything.
    fn keep(
        store: &Store,
        said: &[Pair<Self>],
        at: Moment,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Refuses what is no name of one alone.
    fn must_be_joinable(inroad: &Inroad, name: &Self) -> impl Future<Output = Result<()>> + Send;

    /// How it is undone.
    fn inverse(pairs: Vec<PairSaid<Self>>) -> Inverse;
}

/// How a kind of names is spoken of.
pub(crate) struct Words {
    name: &'static str,
    one: &'static str,
    two: &'static str,
}

/// What is said of a pair of names; `None` where nobody says anything.
pub(crate) type Pair<N> = (N, N, Option<bool>);

/// What was said of a pair of names and what was said before, for an undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PairSaid<N> {
    a: N,
    b: N,
    before: Option<bool>,
    after: Option<bool>,
}

impl Name for EmailAddress {
    const WORDS: Words = Words { name: "address", one: "one person's", two: "two people's" };

    async fn said(store: &Store) -> Result<Vec<(Self, Self, bool)>> {
        let decided = store.same_person_decisions().await?.into_iter();
        Ok(decided.map(|one| (one.a, one.b, one.same)).collect())
    }

    async fn keep(store: &Store, said: &[Pair<Self>], at: Moment) -> Result<()> {
        Ok(store.decide_same_people(said, at).await?)
    }

    async fn must_be_joinable(_inroad: &Inroad, _name: &Self) -> Result<()> {
        Ok(())
    }

    fn inverse(pairs: Vec<PairSaid<Self>>) -> Inverse {
        Inverse::SamePeople { pairs }
    }
}

impl Name for AccountKey {
    const WORDS: Words = Words { name: "name", one: "one firm's", two: "two firms'" };

    async fn said(store: &Store) -> Result<Vec<(Self, Self, bool)>> {
        let decided = store.same_account_decisions().await?.into_iter();
        Ok(decided.map(|one| (one.a, one.b, one.same)).collect())
    }

    async fn keep(store: &Store, said: &[Pair<Self>], at: Moment) -> Result<()> {
        Ok(store.decide_same_accounts(said, at).await?)
    }

    async fn must_be_joinable(inroad: &Inroad, name: &Self) -> Result<()> {
        inroad.must_be_a_firms(name).await
    }

    fn inverse(pairs: Vec<PairSaid<Self>>) -> Inverse {
        Inverse::SameAccounts { pairs }
    }
}

/// Groups of names that are one's.
#[derive(Debug, Clone)]
pub(crate) struct Groups<N> {
    groups: Vec<BTreeSet<N>>,
}

impl<N> Default for Groups<N> {
    fn default() -> Self {
        Self { groups: Vec::new() }
    }
}

impl<N: Ord + Clone> Groups<N> {
    pub(crate) fn join(&mut self, a: &N, b: &N) {
        let mut joined = BTreeSet::from([a.clone(), b.clone()]);
        self.groups.retain(|group| {
            let touches = group.contains(a) || group.contains(b);
            if touches {
                joined.extend(group.iter().cloned());
            }
            !touches
        });
        self.groups.push(joined);
    }

    /// The name with all others of the same one.
    pub(crate) fn all_of(&self, name: &N) -> BTreeSet<N> {
        let group = self.groups.iter().find(|group| group.contains(name));
        group.cloned().unwrap_or_else(|| BTreeSet::from([name.clone()]))
    }

    /// The names of each one that has several.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &BTreeSet<N>> {
        self.groups.iter()
    }
}

impl Groups<AccountKey> {
    /// Whether two keys lead to one firm: the same, said to be the same, or one a host below the other.
    pub(crate) fn is_one_firm(&self, a: &AccountKey, b: &AccountKey) -> bool {
        let others = self.all_of(b);
        self.all_of(a).iter().any(|a| others.iter().any(|b| a.is_within(b) || b.is_within(a)))
    }
}

impl Inroad {
    /// What the user said of who is who, as groups.
    pub(crate) async fn groups<N: Name>(&self) -> Result<Groups<N>> {
        let mut groups = Groups::default();
        for (a, b, same) in N::said(&self.store).await? {
            if same {
                groups.join(&a, &b);
            }
        }
        Ok(groups)
    }

    /// Says that two names are one's, or that they are not. The latest word counts; what was one with
    /// others and is told apart from one of them leaves them all.
    pub(crate) async fn decide_same<N: Name>(
        &self,
        a: &N,
        b: &N,
        same: bool,
        at: Moment,
    ) -> Result<Done<()>> {
        if a == b {
            let what = format!("{a} is one {}; name two", N::WORDS.name);
            return Err(Error::Invalid { what });
        }
        if same {
            N::must_be_joinable(self, a).await?;
            N::must_be_joinable(self, b).await?;
        }
        let mut said: Vec<Pair<N>> = Vec::new();
        if !same {
            said.extend(self.leaving(b, &self.groups::<N>().await?.all_of(a)).await?);
        }
        let pair = (a.min(b).clone(), a.max(b).clone(), Some(same));
        if !said.contains(&pair) {
            said.push(pair);
        }
        let what = if same { N::WORDS.one } else { N::WORDS.two };
        self.say_who_is_who(said, &format!("{a} and {b} are {what}"), at).await
    }

    /// Takes a name out of all that were said to be the same one's; those stay one's.
    pub(crate) async fn split<N: Name>(
        &self,
        name: &N,
        says: &str,
        at: Moment,
    ) -> Result<Done<()>> {
        let group = self.groups::<N>().await?.all_of(name);
        if group.len() < 2 {
            let Words { name: noun, one, .. } = N::WORDS;
            let what = format!("{name} is said to be {one} with no other {noun}");
            return Err(Error::NotFound { what });
        }
        let said = self.leaving(name, &group).await?;
        self.say_who_is_who(said, says, at).await
    }

    /// What has to be said so that a name leaves a group and the others stay together.
    async fn leaving<N: Name>(&self, name: &N, group: &BTreeSet<N>) -> Result<Vec<Pair<N>>> {
        let rest: Vec<&N> = group.iter().filter(|other| *other != name).collect();
        if rest.len() == group.len() {
            return Ok(Vec::new());
        }
        let mut without = Groups::default();
        for (a, b, same) in N::said(&self.store).await? {
            if same && a != *name && b != *name {
                without.join(&a, &b);
            }
        }
        let apart = |other: &&N| (name.min(*other).clone(), name.max(*other).clone(), Some(false));
        let mut said: Vec<Pair<N>> = rest.iter().map(apart).collect();
        for two in rest.windows(2) {
            if !without.all_of(two[0]).contains(two[1]) {
                without.join(two[0], two[1]);
                said.push((two[0].clone(), two[1].clone(), Some(true)));
            }
        }
        Ok(said)
    }

    async fn say_who_is_who<N: Name>(
        &self,
        said: Vec<Pair<N>>,
        says: &str,
        at: Moment,
    ) -> Result<Done<()>> {
        let before = self.said_of_pairs::<N>().await?;
        let pair = |(a, b, after): &Pair<N>| PairSaid {
            before: before.get(&(a.clone(), b.clone())).copied(),
            a: a.clone(),
            b: b.clone(),
            after: *after,
        };
        let pairs = said.iter().map(pair).collect();
        N::keep(&self.store, &said, at).await?;
        let deed = self.keep_deed(None, says, &N::inverse(pairs), at).await?;
        Ok(Done { what: (), deed })
    }

    /// Undoes what was said of pairs, unless something else was said of one of them since.
    pub(crate) async fn put_pairs_back<N: Name>(
        &self,
        pairs: &[PairSaid<N>],
        at: Moment,
    ) -> Result<()> {
        let now = self.said_of_pairs::<N>().await?;
        let is_other =
            |pair: &&PairSaid<N>| now.get(&(pair.a.clone(), pair.b.clone())).copied() != pair.after;
        if let Some(pair) = pairs.iter().find(is_other) {
            let what = format!(
                "Of {} and {} something else was said since; look at them, and say it anew",
                pair.a, pair.b
            );
            return Err(Error::Conflict { what });
        }
        let back = |pair: &PairSaid<N>| (pair.a.clone(), pair.b.clone(), pair.before);
        let back: Vec<Pair<N>> = pairs.iter().map(back).collect();
        N::keep(&self.store, &back, at).await
    }

    /// Pairs of which the user said something, the smaller name first.
    pub(crate) async fn said_of<N: Name>(&self) -> Result<BTreeSet<(N, N)>> {
        Ok(self.said_of_pairs::<N>().await?.into_keys().collect())
    }

    async fn said_of_pairs<N: Name>(&self) -> Result<BTreeMap<(N, N), bool>> {
        let said = N::said(&self.store).await?.into_iter();
        Ok(said.map(|(a, b, same)| ((a, b), same)).collect())
    }
}
