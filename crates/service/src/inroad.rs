//! One installation: a data file with everything in it.

use std::path::Path;

use inroad_model::{EmailAddress, Seller};
use inroad_store::Store;

use crate::Result;

/// The handle on one data file; every action of a user is a method on it.
#[derive(Debug, Clone)]
pub struct Inroad {
    pub(crate) store: Store,
}

const SELLER: &str = "seller";

impl Inroad {
    /// Opens a data file, making it if it is missing.
    ///
    /// # Errors
    /// If the file is no data file of ours or cannot be written.
    pub async fn open(path: &Path) -> Result<Self> {
        Ok(Self { store: Store::open(path).await? })
    }

    /// Where the data file lies.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Puts everything into the file itself and lets go of it.
    pub async fn close(self) -> Result<()> {
        Ok(self.store.close().await?)
    }

    /// Who the user is, once said or guessed; colleagues are all addresses at the user's own
    /// domain, unless that is a free mail provider's.
    pub async fn seller(&self) -> Result<Option<Seller>> {
        let Some(mut seller) = self.store.setting::<Seller>(SELLER).await? else {
            return Ok(None);
        };
        for domain in inroad_advice::propose::own_domains(&seller) {
            for email in self.store.addresses_at(&domain).await? {
                if !seller.is_ours(&email) {
                    seller.colleagues.push(email);
                }
            }
        }
        Ok(Some(seller))
    }

    /// Says who the user is.
    pub async fn set_seller(&self, name: Option<String>, emails: Vec<EmailAddress>) -> Result<()> {
        let seller = Seller { name, emails, colleagues: Vec::new() };
        Ok(self.store.set_setting(SELLER, &seller).await?)
    }
}
