//! Who the user is: guessed from the mail until it is said.

use inroad_advice::propose;
use inroad_model::{EmailAddress, Moment, Seller};
use serde::{Deserialize, Serialize};

use crate::deals::DealFile;
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Who the user is, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptSeller {
    #[serde(flatten)]
    seller: Seller,
    /// Whether it was only guessed; what is said takes its place.
    #[serde(default)]
    guessed: bool,
}

const SELLER: &str = "seller";

/// Who the user is, as they may change it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Myself {
    /// The name, all own addresses, and colleagues who were named; not those whom the domain tells.
    pub seller: Seller,
    /// Whether it was only guessed.
    pub guessed: bool,
}

impl Inroad {
    /// Who the user is, once said or guessed; colleagues are all addresses at the user's own
    /// domain, unless that is a free mail provider's, and those that a deals file names.
    pub async fn seller(&self) -> Result<Option<Seller>> {
        let Some(KeptSeller { mut seller, .. }) = self.store.setting::<KeptSeller>(SELLER).await?
        else {
            return Ok(None);
        };
        for domain in propose::own_domains(&seller) {
            for email in self.store.addresses_at(&domain).await? {
                if !seller.is_ours(&email) {
                    seller.colleagues.push(email);
                }
            }
        }
        Ok(Some(seller))
    }

    /// Who the user is, as they may change it; `None` while nothing tells.
    pub async fn myself(&self) -> Result<Option<Myself>> {
        let kept = self.store.setting::<KeptSeller>(SELLER).await?;
        Ok(kept.map(|KeptSeller { seller, guessed }| Myself { seller, guessed }))
    }

    /// The user says who they are, and who their colleagues elsewhere are. Proposals are made anew where
    /// the addresses changed. Returns how many deals are proposed more than before.
    ///
    /// # Errors
    /// [`Error::Invalid`] without an address; [`Error::Conflict`] if it was said already.
    pub async fn declare_myself(&self, seller: Seller, at: Moment) -> Result<Done<usize>> {
        if seller.emails.is_empty() {
            let what = "Name at least one address of yours: by it your letters are known";
            return Err(Error::Invalid { what: what.to_owned() });
        }
        let before = self.store.setting::<KeptSeller>(SELLER).await?;
        let after = KeptSeller { seller, guessed: false };
        if before.as_ref() == Some(&after) {
            return Err(Error::Conflict { what: "It is so already".to_owned() });
        }
        let emails: Vec<&str> = after.seller.emails.iter().map(EmailAddress::as_str).collect();
        let says = format!("You are {}", emails.join(", "));
        let proposed = self.write_seller(before.as_ref(), Some(&after)).await?;
        let deed = self.keep_deed(None, &says, &Inverse::Seller { before }, at).await?;
        Ok(Done { what: proposed, deed })
    }

    /// Puts back who the user was said to be.
    pub(crate) async fn put_seller_back(&self, before: Option<KeptSeller>) -> Result<()> {
        let now = self.store.setting::<KeptSeller>(SELLER).await?;
        self.write_seller(now.as_ref(), before.as_ref()).await?;
        Ok(())
    }

    async fn write_seller(
        &self,
        before: Option<&KeptSeller>,
        after: Option<&KeptSeller>,
    ) -> Result<usize> {
        let emails = |kept: Option<&KeptSeller>| kept.map(|kept| kept.seller.emails.clone());
        match after {
            Some(after) => self.store.set_setting(SELLER, after).await?,
            None => self.store.forget_setting(SELLER).await?,
        }
        if emails(before) != emails(after) {
            self.store.drop_proposed_deals().await?;
        }
        self.propose_deals().await
    }

    /// Says who the user is. What was proposed to somebody else is forgotten.
    pub async fn set_seller(&self, name: Option<String>, emails: Vec<EmailAddress>) -> Result<()> {
        self.keep_seller(name, emails, false).await
    }

    /// Takes somebody for the user until it is said who that is.
    pub(crate) async fn guess_seller(
        &self,
        name: Option<String>,
        emails: Vec<EmailAddress>,
    ) -> Result<()> {
        self.keep_seller(name, emails, true).await
    }

    async fn keep_seller(
        &self,
        name: Option<String>,
        emails: Vec<EmailAddress>,
        guessed: bool,
    ) -> Result<()> {
        let before = self.store.setting::<KeptSeller>(SELLER).await?.unwrap_or_default();
        let colleagues = before.seller.colleagues;
        let kept = KeptSeller { seller: Seller { name, emails, colleagues }, guessed };
        if kept.seller.emails != before.seller.emails {
            self.store.drop_proposed_deals().await?;
        }
        Ok(self.store.set_setting(SELLER, &kept).await?)
    }

    /// Takes over what a deals file says about the user: it takes the place of a guess, but not
    /// of what the user said, and its colleagues are added.
    pub(crate) async fn seller_of_file(&self, file: &DealFile) -> Result<()> {
        let mut kept = self.store.setting::<KeptSeller>(SELLER).await?;
        if !file.me.emails.is_empty() && kept.as_ref().is_none_or(|kept| kept.guessed) {
            self.set_seller(file.me.name.clone(), file.me.emails.clone()).await?;
            kept = self.store.setting::<KeptSeller>(SELLER).await?;
        }
        let Some(mut kept) = kept else { return Ok(()) };
        let known = kept.seller.clone();
        kept.seller
            .colleagues
            .extend(file.colleagues.iter().filter(|e| !known.is_ours(e)).cloned());
        if kept.seller != known {
            self.store.set_setting(SELLER, &kept).await?;
        }
        Ok(())
    }
}
