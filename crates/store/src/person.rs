//! One person under several addresses: decisions that can be taken back.

use inroad_model::{EmailAddress, Moment};

use crate::database::WORKSPACE;
use crate::message::parse_address;
use crate::{Result, Store};

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

/// What stands in the place of "same" once a decision was taken back: of two addresses nobody says
/// anything, as before.
const NOBODY_SAYS: i64 = 2;

impl Store {
    /// All addresses seen, at most `limit`, by address.
    pub async fn addresses(&self, limit: u32) -> Result<Vec<AddressRow>> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT email, name FROM address WHERE workspace_id = ? ORDER BY email LIMIT ?",
        )
        .bind(WORKSPACE)
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
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT email FROM address WHERE workspace_id = ? AND domain = ? ORDER BY email",
        )
        .bind(WORKSPACE)
        .bind(domain)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|(email,)| parse_address(email)).collect()
    }

    /// The display name seen last beside an address, if any.
    pub async fn name_of(&self, email: &EmailAddress) -> Result<Option<String>> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT name FROM address WHERE workspace_id = ? AND email = ?")
                .bind(WORKSPACE)
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
        let mut tx = self.write().await?;
        for (a, b, same) in pairs {
            sqlx::query(
                "INSERT INTO same_person (workspace_id, email_a, email_b, same, decided_at) \
                 VALUES (?, ?, ?, ?, ?)",
            )
            .bind(WORKSPACE)
            .bind(a.min(b).as_str())
            .bind(a.max(b).as_str())
            .bind(same.map_or(NOBODY_SAYS, i64::from))
            .bind(at.timestamp().as_microsecond())
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The latest decision about each pair of which somebody says something.
    pub async fn same_person_decisions(&self) -> Result<Vec<SamePerson>> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT email_a, email_b, same FROM same_person s WHERE workspace_id = ?1 \
             AND id = (SELECT MAX(id) FROM same_person t WHERE t.workspace_id = ?1 \
                       AND t.email_a = s.email_a AND t.email_b = s.email_b) \
             AND same <> ?2 ORDER BY email_a, email_b",
        )
        .bind(WORKSPACE)
        .bind(NOBODY_SAYS)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(a, b, same)| {
                Ok(SamePerson { a: parse_address(&a)?, b: parse_address(&b)?, same: same != 0 })
            })
            .collect()
    }
}
