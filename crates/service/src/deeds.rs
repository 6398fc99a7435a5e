//! What the user did, and its undo: every change is kept with its inverse.

use std::collections::BTreeSet;

use inroad_model::{
    AccountKey, Correction, Cue, DealId, DeedNumber, EmailAddress, EntryNumber, IdealClient,
    InsightNumber, Member, Moment, Overruling, PageNumber, SellerWordNumber, Sentence,
};
use inroad_store::{DealStatus, DealUpdate, DeedsAsked, KeptDeed, LeadRow, StoredDeal};
use serde::{Deserialize, Serialize};

use crate::audit::Audited;
use crate::coach::Dismissal;
use crate::deal_edit::KeptDeal;
use crate::deal_views::{self, DealView};
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::seller::KeptSeller;
use crate::who_is_who::PairSaid;
use crate::{Error, Result};

/// Something that the user did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// Its number.
    pub number: DeedNumber,
    /// The deal that it was about, if it was one.
    pub deal: Option<DealId>,
    /// When.
    pub at: Moment,
    /// What, in words.
    pub says: String,
    /// Whether it stands and can be undone.
    pub is_undoable: bool,
    /// When it was undone; `None` while it stands.
    pub undone_at: Option<Moment>,
    /// Who did it; `None` for whose data file it is.
    pub by: Option<EmailAddress>,
}

/// What came of an action, with the number under which it can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done<T> {
    /// What came of it.
    pub what: T,
    /// The deed.
    pub deed: DeedNumber,
}

/// How a deed is undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "undo", rename_all = "snake_case")]
pub(crate) enum Inverse {
    /// Write the deal as it was, unless it was changed since.
    Deal { before: Option<Box<KeptDeal>>, after: String },
    /// Set the status of deals as it was.
    Statuses { deals: Vec<(DealId, String)> },
    /// Take the entry back.
    Entry { number: EntryNumber },
    /// Let an entry count again that was taken back.
    EntryBack { number: EntryNumber },
    /// Put the decision on a deal back to what it was.
    Overruling { before: Option<Overruling> },
    /// What the user said of a sentence as it was.
    Correction { sentence: Sentence, cue: Cue, before: Option<Box<Correction>> },
    /// Set the status and the name of deals as they were.
    Proposals { deals: Vec<(DealId, String, String)> },
    /// Somebody else was taken for the user, or nobody.
    Seller { before: Option<KeptSeller> },
    /// Say of pairs of addresses what was said before, unless something else was said since.
    SamePeople { pairs: Vec<PairSaid<EmailAddress>> },
    /// The same of pairs of keys of firms.
    SameAccounts { pairs: Vec<PairSaid<AccountKey>> },
    /// A target leaves, with what was written down of it; the one that left for it comes back.
    Target { came: EntryNumber, left: Option<EntryNumber>, account: Option<i64> },
    /// What was decided about a touch plan goes, and what was taken back for it comes back.
    Touch { of: EntryNumber, came: Vec<EntryNumber>, left: Vec<EntryNumber> },
    /// Put a firm back on the target list.
    TargetBack { number: EntryNumber, key: AccountKey },
    /// State the ideal client as it was before.
    IdealClient { before: IdealClient },
    /// Take back what was said of a firm.
    Account { number: i64 },
    /// Take back what was kept of a firm.
    Page { number: PageNumber },
    /// Keep again what was taken back.
    PageBack { number: PageNumber },
    /// Take back what was told of people.
    Insight { number: InsightNumber },
    /// Let count again what was told of people and taken back.
    InsightBack { number: InsightNumber },
    /// The views of the deals as they were.
    DealViews { before: Vec<DealView> },
    /// The user's own text of a scenario as it was.
    Scenario { name: String, before: Option<String> },
    /// Let the coach say again what the user dismissed.
    Dismissal { dismissal: Dismissal },
    /// Somebody who works here as they were before; `None` if they did not.
    Member { email: EmailAddress, before: Option<Member> },
    /// Take rows of a list of whom not to write to back, and what was written down with them.
    Listed { rows: Vec<i64>, entries: Vec<EntryNumber> },
    /// Let such rows count again.
    ListedBack { rows: Vec<i64> },
    /// Take back steps of leads; `about` says which things they concern.
    LeadEvents { events: Vec<i64>, about: BTreeSet<String> },
    /// Take back a version of what a qualified lead is.
    LeadDefinition { number: i64 },
    /// Take back signatures below one.
    LeadSignatures { definition: i64, numbers: Vec<i64> },
    /// Take back a word on a provider.
    ProviderWord { number: i64 },
    /// Take back a word about somebody's selling.
    SellerWord { number: SellerWordNumber },
    /// Let such a word count again that was taken back.
    SellerWordBack { number: SellerWordNumber },
    /// Take back what was confirmed, and let its proposal wait again.
    Confirmed { proposal: EntryNumber, taken: Box<Inverse> },
    /// Nothing to be done.
    Nothing,
}

impl Inverse {
    /// What it puts back, each thing by a name of its own: of two deeds on one thing the later one is
    /// undone first.
    fn concerns(&self, deal: Option<&DealId>) -> BTreeSet<String> {
        let deal_named = |id: &DealId| format!("deal {id}");
        match self {
            Self::Deal { .. } => deal.map(deal_named).into_iter().collect(),
            Self::Statuses { deals } => deals.iter().map(|(id, _)| deal_named(id)).collect(),
            Self::Proposals { deals } => deals.iter().map(|(id, _, _)| deal_named(id)).collect(),
            Self::Entry { number }
            | Self::EntryBack { number }
            | Self::TargetBack { number, .. } => BTreeSet::from([format!("entry {number}")]),
            Self::Overruling { .. } => {
                deal.map(|id| format!("decision {id}")).into_iter().collect()
            }
            Self::Correction { sentence, cue, .. } => {
                BTreeSet::from([format!("{} {}", cue.as_str(), sentence.as_str())])
            }
            Self::Seller { .. } => BTreeSet::from(["seller".to_owned()]),
            Self::Insight { number } | Self::InsightBack { number } => {
                BTreeSet::from([format!("insight {}", number.get())])
            }
            Self::DealViews { .. } => BTreeSet::from(["views".to_owned()]),
            Self::Scenario { name, .. } => BTreeSet::from([format!("scenario {name}")]),
            Self::Dismissal { dismissal: Dismissal { rule, quote } } => {
                BTreeSet::from([format!("dismissal {rule} {quote}")])
            }
            // Pairs of addresses are compared with what is said of them now.
            Self::SamePeople { .. } | Self::SameAccounts { .. } | Self::Nothing => BTreeSet::new(),
            Self::Target { came, left, account: _ } => {
                let entries = std::iter::once(came).chain(left);
                entries.map(|number| format!("entry {number}")).collect()
            }
            Self::Listed { rows, .. } | Self::ListedBack { rows } => {
                rows.iter().map(|number| format!("listed {number}")).collect()
            }
            Self::Touch { of, came, left } => {
                let entries = std::iter::once(of).chain(came).chain(left);
                entries.map(|number| format!("entry {number}")).collect()
            }
            Self::IdealClient { .. } => BTreeSet::from(["ideal client".to_owned()]),
            Self::Member { email, before: _ } => BTreeSet::from([format!("member {email}")]),
            Self::LeadEvents { about, events: _ } => about.clone(),
            Self::LeadDefinition { number } => BTreeSet::from([format!("definition {number}")]),
            Self::LeadSignatures { definition, numbers: _ } => {
                BTreeSet::from([format!("definition {definition}")])
            }
            Self::ProviderWord { number } => BTreeSet::from([format!("provider word {number}")]),
            Self::SellerWord { number } | Self::SellerWordBack { number } => {
                BTreeSet::from([format!("seller word {number}")])
            }
            Self::Account { number } => BTreeSet::from([format!("account {number}")]),
            Self::Page { number } | Self::PageBack { number } => {
                BTreeSet::from([format!("page {number}")])
            }
            Self::Confirmed { proposal, taken } => {
                let mut concerned = taken.concerns(deal);
                concerned.insert(format!("entry {proposal}"));
                concerned
            }
        }
    }
}

/// What an undo is about that concerns who may do what.
fn audited(inverse: &Inverse) -> Option<Audited> {
    let Inverse::Member { email, before } = inverse else { return None };
    let whom = email.clone();
    Some(match before {
        Some(member) => {
            let roles = member.roles().iter().map(|role| role.as_str().to_owned()).collect();
            Audited::MemberPut { whom, roles }
        }
        None => Audited::MemberLeft { whom },
    })
}

fn inverse_of(kept: &KeptDeed) -> Result<Inverse> {
    serde_json::from_str(&kept.inverse)
        .map_err(|cause| Error::Internal { what: format!("deed {}: {cause}", kept.number) })
}

impl From<KeptDeed> for Deed {
    fn from(kept: KeptDeed) -> Self {
        let nothing = inverse_of(&kept).is_ok_and(|inverse| inverse == Inverse::Nothing);
        Self {
            number: kept.number,
            deal: kept.deal,
            at: kept.done_at,
            says: kept.says,
            is_undoable: kept.undone_at.is_none() && !nothing,
            undone_at: kept.undone_at,
            by: kept.by,
        }
    }
}

impl Inroad {
    /// Something that was done.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn deed(&self, number: DeedNumber) -> Result<Deed> {
        self.kept_deed(number).await.map(Deed::from)
    }

    /// What was done, the latest first.
    pub async fn deeds(&self, asked: &DeedsAsked<'_>, limit: u32) -> Result<Vec<Deed>> {
        Ok(self.store.deeds(asked, limit).await?.into_iter().map(Deed::from).collect())
    }

    /// Undoes something that was done by whose data file it is.
    ///
    /// # Errors
    /// As [`Inroad::undo_of`].
    pub async fn undo(&self, number: DeedNumber, at: Moment) -> Result<Deed> {
        self.undo_of(&Actor::owner(), number, at).await
    }

    /// Undoes something that whoever asks did. What was changed again since is left as it is, and said.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Forbidden`] if somebody else did it; [`Error::Conflict`] if it was
    /// undone already, or changed since.
    pub async fn undo_of(&self, actor: &Actor, number: DeedNumber, at: Moment) -> Result<Deed> {
        let kept = self.kept_deed(number).await?;
        if !actor.did(kept.by.as_ref()) {
            return Err(Error::Forbidden { what: "Only who did it can undo it".to_owned() });
        }
        let inverse = inverse_of(&kept)?;
        // Who could then may have another part here now.
        if matches!(inverse, Inverse::Member { .. }) {
            actor.must(Right::Members)?;
        }
        let again = audited(&inverse);
        let concerned = inverse.concerns(kept.deal.as_ref());
        for later in self.store.deeds_standing_after(number).await? {
            let again = inverse_of(&later)?.concerns(later.deal.as_ref());
            if !again.is_disjoint(&concerned) {
                // What others did may be none of theirs.
                let what = if actor.did(later.by.as_ref()) {
                    format!(
                        "That was changed again since ({}); undo the later one first",
                        later.says
                    )
                } else {
                    "That was changed again since, by somebody else".to_owned()
                };
                return Err(Error::Conflict { what });
            }
        }
        // Claimed before anything is done, so that two undos at once do it once.
        if !self.store.mark_undone(number, Some(at), crate::now()).await? {
            return Err(Error::Conflict { what: "That was undone already".to_owned() });
        }
        if let Err(error) = self.invert(inverse, kept.deal.as_ref(), at).await {
            self.store.mark_undone(number, None, crate::now()).await?;
            return Err(error);
        }
        if let Some(line) = again {
            self.audit_here(actor, line, at).await?;
        }
        self.deed(number).await
    }

    async fn invert(&self, inverse: Inverse, deal: Option<&DealId>, at: Moment) -> Result<()> {
        match inverse {
            Inverse::Deal { before, after } => {
                let Some(deal) = deal else { return Ok(()) };
                self.put_deal_back(deal, before.map(|kept| *kept), &after, at).await
            }
            Inverse::Statuses { deals } => {
                for (id, status) in deals {
                    self.store.set_deal_status(&id, status.parse::<DealStatus>()?, at).await?;
                }
                Ok(())
            }
            Inverse::Proposals { deals } => self.put_proposals_back(deals, at).await,
            Inverse::Seller { before } => self.put_seller_back(before).await,
            Inverse::Entry { number } => {
                self.store.withdraw_entry(number, at).await?;
                self.write_cards_soon(number).await
            }
            Inverse::EntryBack { number } => {
                self.store.restore_entry(number, at).await?;
                self.write_cards_soon(number).await
            }
            Inverse::Overruling { before } => {
                let Some(deal) = deal else { return Ok(()) };
                self.store.withdraw_overruling(deal, at).await?;
                match before.map(|own| own.told_again(at)) {
                    Some(own) => Ok(self.store.add_overruling(&own).await?),
                    None => Ok(()),
                }
            }
            Inverse::SamePeople { pairs } => self.put_pairs_back(&pairs, at).await,
            Inverse::SameAccounts { pairs } => self.put_pairs_back(&pairs, at).await,
            Inverse::Target { came, left, account } => {
                self.store.withdraw_entry(came, at).await?;
                if let Some(left) = left {
                    self.store.restore_entry(left, at).await?;
                }
                if let Some(account) = account {
                    self.store.withdraw_account(account, at).await?;
                }
                Ok(())
            }
            Inverse::Touch { of: _, came, left } => {
                for number in came {
                    self.store.withdraw_entry(number, at).await?;
                }
                for number in left {
                    self.store.restore_entry(number, at).await?;
                }
                Ok(())
            }
            Inverse::TargetBack { number, key } => self.put_target_back(number, &key, at).await,
            Inverse::IdealClient { before } => {
                Ok(self.store.state_ideal_client(&before, at).await?)
            }
            Inverse::Account { number } => {
                self.store.withdraw_account(number, at).await?;
                Ok(())
            }
            Inverse::Listed { rows, entries } => {
                self.store.withdraw_listed(&rows, at).await?;
                for number in entries {
                    self.store.withdraw_entry(number, at).await?;
                }
                Ok(())
            }
            Inverse::ListedBack { rows } => Ok(self.store.list_again(&rows, at).await?),
            Inverse::Page { number } => {
                self.store.withdraw_page(number, Some(at)).await?;
                Ok(())
            }
            Inverse::PageBack { number } => {
                self.store.withdraw_page(number, None).await?;
                Ok(())
            }
            Inverse::Insight { number } => {
                self.store.withdraw_insight(number, at).await?;
                Ok(())
            }
            Inverse::InsightBack { number } => {
                self.store.restore_insight(number, at).await?;
                Ok(())
            }
            Inverse::Correction { sentence, cue, before } => {
                self.put_correction_back(&sentence, cue, before.map(|kept| *kept), at).await
            }
            Inverse::DealViews { before } => {
                Ok(self.store.set_setting(deal_views::SETTING, &before).await?)
            }
            Inverse::Scenario { name, before } => self.put_scenario(&name, before.as_deref()),
            Inverse::Dismissal { dismissal } => self.undismiss_finding(&dismissal).await,
            Inverse::Member { email, before } => {
                match before {
                    Some(member) => self.store.put_member(&member, at).await?,
                    None => self.leave(&email, at).await?,
                }
                Ok(())
            }
            Inverse::LeadEvents { events, about: _ } => {
                self.withdraw_leads(LeadRow::Event, &events, at).await
            }
            Inverse::LeadDefinition { number } => {
                self.withdraw_leads(LeadRow::Definition, &[number], at).await
            }
            Inverse::LeadSignatures { numbers, definition: _ } => {
                self.withdraw_leads(LeadRow::Signature, &numbers, at).await
            }
            Inverse::ProviderWord { number } => {
                self.withdraw_leads(LeadRow::ProviderWord, &[number], at).await
            }
            Inverse::SellerWord { number } => {
                self.store.withdraw_seller_word(number, Some(at)).await?;
                Ok(())
            }
            Inverse::SellerWordBack { number } => {
                self.store.withdraw_seller_word(number, None).await?;
                Ok(())
            }
            Inverse::Confirmed { proposal, taken } => {
                Box::pin(self.invert(*taken, deal, at)).await?;
                self.store.restore_entry(proposal, at).await?;
                Ok(())
            }
            Inverse::Nothing => {
                Err(Error::Conflict { what: "There is nothing to undo".to_owned() })
            }
        }
    }

    async fn put_deal_back(
        &self,
        id: &DealId,
        before: Option<KeptDeal>,
        after: &str,
        at: Moment,
    ) -> Result<()> {
        let now = self.store.deal(id).await?;
        let version = now.as_ref().map(StoredDeal::version);
        if version.as_deref() != Some(after) {
            return Err(Error::Conflict {
                what: "This deal was changed again since; look at it, and change it by hand"
                    .to_owned(),
            });
        }
        match (before, now) {
            (Some(before), _) => {
                let update = DealUpdate { stored: before.into_stored()?, at, was_other: false };
                self.store.put_deals(&[update]).await?;
            }
            (None, Some(StoredDeal { deal, .. })) => {
                self.store.set_deal_status(&deal.id, DealStatus::Dismissed, at).await?;
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// Keeps what was done.
    pub(crate) async fn keep_deed(
        &self,
        deal: Option<&DealId>,
        says: &str,
        inverse: &Inverse,
        at: Moment,
    ) -> Result<DeedNumber> {
        self.keep_deed_of(&Actor::owner(), deal, says, inverse, at).await
    }

    /// Keeps what somebody did.
    pub(crate) async fn keep_deed_of(
        &self,
        actor: &Actor,
        deal: Option<&DealId>,
        says: &str,
        inverse: &Inverse,
        at: Moment,
    ) -> Result<DeedNumber> {
        let inverse = serde_json::to_string(inverse)
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        Ok(self.store.add_deed(deal, says, &inverse, actor.signs(), at).await?)
    }

    async fn kept_deed(&self, number: DeedNumber) -> Result<KeptDeed> {
        self.store.deed(number).await?.ok_or_else(|| Error::NotFound {
            what: format!("Nothing was done under the number {number}"),
        })
    }
}
