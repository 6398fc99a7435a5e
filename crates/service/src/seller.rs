//! Who the user is: guessed from the mail until it is said.

use inroad_advice::propose;
use inroad_model::{EmailAddress, Seller};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::deals::DealFile;
use crate::inroad::Inroad;

/// Who the user is, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    seller: Seller,
    /// Whether it was only guessed; what is said takes its place.
    #[serde(default)]
    guessed: bool,
}

const SELLER: &str = "seller";

impl Inroad {
    /// Who the user is, once said or guessed; colleagues are all addresses at the user's own
    /// domain, unless that is a free mail provider's, and those that a deals file names.
    pub async fn seller(&self) -> Result<Option<Seller>> {
        let Some(Kept { mut seller, .. }) = self.store.setting::<Kept>(SELLER).await? else {
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
        let before = self.store.setting::<Kept>(SELLER).await?.unwrap_or_default();
        let colleagues = before.seller.colleagues;
        let kept = Kept { seller: Seller { name, emails, colleagues }, guessed };
        if kept.seller.emails != before.seller.emails {
            self.store.drop_proposed_deals().await?;
        }
        Ok(self.store.set_setting(SELLER, &kept).await?)
    }

    /// Takes over what a deals file says about the user: it takes the place of a guess, but not
    /// of what the user said, and its colleagues are added.
    pub(crate) async fn seller_of_file(&self, file: &DealFile) -> Result<()> {
        let mut kept = self.store.setting::<Kept>(SELLER).await?;
        if !file.me.emails.is_empty() && kept.as_ref().is_none_or(|kept| kept.guessed) {
            self.set_seller(file.me.name.clone(), file.me.emails.clone()).await?;
            kept = self.store.setting::<Kept>(SELLER).await?;
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
