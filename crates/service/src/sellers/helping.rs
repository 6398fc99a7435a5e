//! Who could help whom: where help is wanted, and for a deal who offered what it could use, and who knows
//! somebody there.
//!
//! Whom to ask is not ranked: offers stand by what the deal could use, correspondence by its last day.

use std::collections::BTreeMap;

use inroad_advice::seller_habits::helping::wanted;
use inroad_model::{
    DealId, EmailAddress, KeptSellerWord, Moment, Remark, SellerWord, SellerWordNumber, State,
    Strength,
};
use jiff::civil::Date;
use serde::Serialize;

use super::record::people_of;
use super::shares::Shared;
use crate::deeds::Done;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// Help that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The word that asks.
    pub number: SellerWordNumber,
    /// With what.
    pub with: Strength,
    /// In which deal; only whose data file it is sees that.
    pub deal: Option<DealId>,
    /// By when.
    pub by: Option<Date>,
    /// What it is about.
    pub words: Remark,
}

/// The same, as others see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedFor {
    /// Who asks.
    pub who: String,
    /// Their address, if it is known.
    pub email: Option<EmailAddress>,
    /// Whom they ask first.
    pub of: Option<EmailAddress>,
    /// For what.
    #[serde(flatten)]
    pub asked: Asked,
    /// Since when.
    pub since: Moment,
}

/// Where help is wanted, and who lets one look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelpWanted {
    /// What is asked for in one's teams, what is due first first.
    pub asked: Vec<AskedFor>,
}

/// What somebody offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// Who.
    pub name: String,
    /// Their address.
    pub email: EmailAddress,
    /// With what.
    pub with: Strength,
    /// Whether the deal could use it as it stands.
    pub fits: bool,
    /// In their words.
    pub words: Option<Remark>,
}

/// A colleague who wrote with people there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Colleague {
    /// Their address.
    pub email: EmailAddress,
    /// How many letters they wrote there.
    pub wrote: usize,
    /// How many came to them from there.
    pub heard: usize,
    /// The last day.
    pub last: Date,
}

/// Who could help with a deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HelpFor {
    /// What could help as it stands.
    pub wanted: Vec<Strength>,
    /// What colleagues offer; what fits first.
    pub offers: Vec<Offered>,
    /// Who wrote with people there, the latest first.
    pub knows: Vec<Colleague>,
    /// What was asked for.
    pub asked: Vec<Asked>,
    /// How a commission is shared.
    pub shares: Vec<Shared>,
}

/// So many who know somebody there are told.
const KNOWS_MAX: usize = 8;

/// What somebody asks for among words that count. Of deals only whose data file it is knows.
pub(super) fn asked_of(words: &[&KeptSellerWord], actor: &Actor) -> Vec<Asked> {
    words
        .iter()
        .filter_map(|kept| match &kept.word {
            SellerWord::Asking { with, deal, by, of: _, words } => Some(Asked {
                number: kept.number,
                with: *with,
                deal: deal.clone().filter(|_| actor.is_owner()),
                by: *by,
                words: words.clone(),
            }),
            _ => None,
        })
        .collect()
}

impl Inroad {
    /// Asks for help. Whoever answers for one's team sees it, and whom one names.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for a deal or a colleague that is not there;
    /// [`Error::Invalid`] for a day that has passed.
    pub async fn ask_for_help(
        &self,
        actor: &Actor,
        asking: SellerWord,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Selling)?;
        let SellerWord::Asking { deal, by, of, .. } = &asking else {
            return Err(Error::Internal { what: "no word that asks".to_owned() });
        };
        if let Some(deal) = deal {
            actor.must(Right::Mailbox)?;
            self.stored_deal(deal).await?;
        }
        if let Some(of) = of {
            self.inside(of).await?;
        }
        if by.is_some_and(|day| day < at.date()) {
            let what = "Choose a coming day by which it is needed".to_owned();
            return Err(Error::Invalid { what });
        }
        self.keep_seller_word(actor, actor.signs(), &asking, "You asked for help", at).await
    }

    /// Where those who sell in one's teams want help: by the day, and nothing that they keep for
    /// themselves.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whom answers for no team.
    pub async fn help_wanted(&self, actor: &Actor, at: Moment) -> Result<HelpWanted> {
        actor.must(Right::HelpWanted)?;
        let asked = self.all_asked(at, |who, _| actor.manages(who.team())).await?;
        Ok(HelpWanted { asked })
    }

    /// What others ask somebody for.
    pub(super) async fn asked_of_me(&self, actor: &Actor, at: Moment) -> Result<Vec<AskedFor>> {
        let me = self.myself().await?.map(|myself| myself.seller.emails).unwrap_or_default();
        let is_me =
            |of: &EmailAddress| actor.email() == Some(of) || (actor.is_owner() && me.contains(of));
        self.all_asked(at, |_, of| of.is_some_and(is_me)).await
    }

    /// What others ask one for.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whom does not work here.
    pub async fn asked_of(&self, actor: &Actor, at: Moment) -> Result<Vec<AskedFor>> {
        actor.must(Right::Inside)?;
        self.asked_of_me(actor, at).await
    }

    /// What sellers who work here ask for, what is due first first; of deals nothing.
    async fn all_asked(
        &self,
        at: Moment,
        is_wanted: impl Fn(&Actor, Option<&EmailAddress>) -> bool,
    ) -> Result<Vec<AskedFor>> {
        let words = self.store.seller_words_of_kind("asking").await?;
        let sellers = self.sellers().await?;
        let mut asked: Vec<AskedFor> = Vec::new();
        for kept in words.iter().filter(|kept| kept.counts_at(at)) {
            let SellerWord::Asking { of, .. } = &kept.word else { continue };
            let who = sellers.iter().find(|seller| seller.did(kept.whose.as_ref()));
            let Some(who) = who.filter(|who| is_wanted(who, of.as_ref())) else { continue };
            asked.extend(asked_of(&[kept], &Actor::nobody()).into_iter().map(|asked| AskedFor {
                who: who.name().to_owned(),
                email: who.email().cloned(),
                of: of.clone(),
                asked,
                since: kept.told_at,
            }));
        }
        asked.sort_by_key(|one| (one.asked.by.unwrap_or(Date::MAX), one.asked.number));
        Ok(asked)
    }

    /// The deal that is meant by a name.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but to whose data file it is; [`Error::NotFound`], [`Error::Conflict`].
    pub async fn deal_of(&self, actor: &Actor, name: &str) -> Result<inroad_store::StoredDeal> {
        actor.must(Right::Mailbox)?;
        self.deal_called(name).await
    }

    /// Who could help with a deal, in a state that is at hand.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but to whose data file it is; [`Error::NotFound`].
    pub async fn help_for(
        &self,
        actor: &Actor,
        deal: &DealId,
        state: Option<State>,
        at: Moment,
    ) -> Result<HelpFor> {
        actor.must(Right::Mailbox)?;
        let stored = self.stored_deal(deal).await?;
        let wanted = wanted(stored.deal.stage, state);
        let version = self.selling_version().await?;
        let all = self.letters_held(&version).await?;
        let people = people_of(&stored, &all);
        let knows = self.who_knows(&all, &people, at).await?;
        let own = self.counting_words(None, at).await?;
        let own: Vec<&KeptSellerWord> = own.iter().collect();
        let mut asked = asked_of(&own, actor);
        asked.retain(|asked| asked.deal.as_ref() == Some(deal));
        let mut shares = self.shares_of(actor, at).await?;
        shares.retain(|shared| shared.deal.as_ref() == Some(deal));
        let offers = self.offers(&wanted, at).await?;
        Ok(HelpFor { wanted, offers, knows, asked, shares })
    }

    /// What colleagues offer; what fits first, in the order in which it could help.
    async fn offers(&self, wanted: &[Strength], at: Moment) -> Result<Vec<Offered>> {
        let words = self.store.seller_words_of_kind("offer").await?;
        let sellers = self.sellers().await?;
        let mut offers = Vec::new();
        for kept in words.iter().filter(|kept| kept.counts_at(at)) {
            let SellerWord::Offer { with, words } = &kept.word else { continue };
            let who = sellers.iter().find(|seller| seller.did(kept.whose.as_ref()));
            let Some(who) = who.filter(|who| !who.is_owner()) else { continue };
            let Some(email) = who.email().cloned() else { continue };
            let (name, words) = (who.name().to_owned(), words.clone());
            offers.push(Offered { name, email, with: *with, fits: wanted.contains(with), words });
        }
        let place = |with: Strength| wanted.iter().position(|one| *one == with);
        offers.sort_by_key(|offer| (place(offer.with).unwrap_or(usize::MAX), offer.name.clone()));
        Ok(offers)
    }

    /// Colleagues who wrote with some people, the latest first.
    async fn who_knows(
        &self,
        all: &super::letters::AllLetters,
        people: &std::collections::BTreeSet<u32>,
        at: Moment,
    ) -> Result<Vec<Colleague>> {
        let me = self.seller().await?.unwrap_or_default();
        let members = self.members().await?;
        let members = members.iter().filter(|kept| kept.left_at.is_none());
        let others = members.map(|kept| kept.member.email()).chain(&me.colleagues);
        let mut by_number: BTreeMap<u32, EmailAddress> = BTreeMap::new();
        for email in others.filter(|email| !me.emails.contains(email)) {
            for number in all.of([email]) {
                by_number.entry(number).or_insert_with(|| email.clone());
            }
        }
        let mut found: BTreeMap<u32, Colleague> = BTreeMap::new();
        let mut note = |who: u32, day: Date, wrote: usize, heard: usize| {
            let Some(email) = by_number.get(&who) else { return };
            let new = Colleague { email: email.clone(), wrote: 0, heard: 0, last: day };
            let one = found.entry(who).or_insert(new);
            (one.wrote, one.heard, one.last) =
                (one.wrote + wrote, one.heard + heard, one.last.max(day));
        };
        for letter in all.letters.iter().filter(|letter| letter.at <= at) {
            let day = letter.at.date();
            if people.contains(&letter.from) {
                letter.to.iter().for_each(|to| note(*to, day, 0, 1));
            } else if letter.to.iter().any(|to| people.contains(to)) {
                note(letter.from, day, 1, 0);
            }
        }
        let mut knows: Vec<Colleague> = found.into_values().collect();
        knows.sort_by(|a, b| (b.last, &a.email).cmp(&(a.last, &b.email)));
        knows.truncate(KNOWS_MAX);
        Ok(knows)
    }
}
