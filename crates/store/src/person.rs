//! One person under several addresses: decisions that can be taken back.

use inroad_model::{EmailAddress, Moment};

use crate::message::parse_address;
use crate::sql;
use crate::{Result, Store, same};

/// An address with the name seen last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressRow {
    /// The address.
    pub email: EmailAddress,
    /// The display name seen last, if any.
    pub name: Option<String>,
}

/// A decision whether two addresses belong to one person. The latest one of a pair counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamePerson {
    /// One address: the smaller of the two.
    pub a: EmailAddress,
    /// The other.
    pub b: EmailAddress,
    /// Whether they are one person.
    pub same: bool,
}

impl Store {
    /// All addresses seen, at most `limit`, by address.
    pub async fn addresses(&self, limit: u32) -> Result<Vec<AddressRow>> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT email, name FROM address WHERE workspace_id = ? ORDER BY email LIMIT ?",
        )
        .bind(self.workspace)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(email, name)| {
                let name = Some(name).filter(|name| !name.is_empty());
                Ok(AddressRow { email: parse_address(&email)?, name })
            })
            .collect()
    }

    /// All addresses seen at a domain, by address.
    pub async fn addresses_at(&self, domain: &str) -> Result<Vec<EmailAddress>> {
        // Asked for in order, the database would go through every address.
        let mut rows: Vec<(String,)> =
            sql::query_as("SELECT email FROM address WHERE workspace_id = ? AND domain = ?")
                .bind(self.workspace)
                .bind(domain)
                .fetch_all(&self.readers)
                .await?;
        rows.sort_unstable();
        rows.iter().map(|(email,)| parse_address(email)).collect()
    }

    /// The display name seen last beside an address, if any.
    pub async fn name_of(&self, email: &EmailAddress) -> Result<Option<String>> {
        let row: Option<(String,)> =
            sql::query_as("SELECT name FROM address WHERE workspace_id = ? AND email = ?")
                .bind(self.workspace)
                .bind(email.as_str())
                .fetch_optional(&self.readers)
                .await?;
        Ok(row.map(|(name,)| name).filter(|name| !name.is_empty()))
    }

    /// Writes a decision about two addresses.
    pub async fn decide_same_person(
        &self,
        a: &EmailAddress,
        b: &EmailAddress,
        same: bool,
        at: Moment,
    ) -> Result<()> {
        self.decide_same_people(&[(a.clone(), b.clone(), Some(same))], at).await
    }

    /// Writes decisions about pairs of addresses, all or none: one person's, two people's, or with
    /// `None` that nobody says.
    pub async fn decide_same_people(
        &self,
        pairs: &[(EmailAddress, EmailAddress, Option<bool>)],
        at: Moment,
    ) -> Result<()> {
        let said = pairs.iter().map(|(a, b, same)| (a.as_str(), b.as_str(), *same));
        self.decide_same(&same::PEOPLE, said, at).await
    }

    /// The latest decision about each pair of which somebody says something.
    pub async fn same_person_decisions(&self) -> Result<Vec<SamePerson>> {
        let decided = self.decided_same(&same::PEOPLE).await?.into_iter();
        decided
            .map(|(a, b, same)| {
                Ok(SamePerson { a: parse_address(&a)?, b: parse_address(&b)?, same })
            })
            .collect()
    }
}
