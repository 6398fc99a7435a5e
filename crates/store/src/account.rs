//! Firms as exports and the user describe them, and which names are one firm's.

use std::collections::BTreeMap;

use inroad_model::{Account, AccountKey, Moment};

use crate::contact::{Counted, ROWS_PER_STATEMENT, content_of};
use crate::message::moment;
use crate::original::ContentHash;
use crate::sql::{self, Builder};
use crate::{Error, Result, Store, same};

/// What was told of a firm, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldAccount {
    /// When it came in.
    pub at: Moment,
    /// What was told.
    pub account: Account,
}

/// A decision whether two keys name one firm. The latest one of a pair counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameAccount {
    /// One key: the smaller of the two.
    pub a: AccountKey,
    /// The other.
    pub b: AccountKey,
    /// Whether they are one firm.
    pub same: bool,
}

/// What is said of a pair of keys; `None` where nobody says anything.
pub type SameAccountSaid = (AccountKey, AccountKey, Option<bool>);

impl Store {
    /// Keeps what is told of firms, each once by content: what is told again stays told when it first was.
    ///
    /// # Errors
    /// If one has no key, or as the data file refuses; then nothing is kept.
    pub async fn put_accounts(&self, accounts: &[Account], at: Moment) -> Result<Counted> {
        let mut tx = self.write().await?;
        let mut counted = Counted::default();
        for chunk in accounts.chunks(ROWS_PER_STATEMENT) {
            let keyed = chunk.iter().map(|account| Ok((key_of(account)?, content_of(account)?)));
            let keyed = keyed.collect::<Result<Vec<(AccountKey, String)>>>()?;
            let mut query = Builder::new(
                "INSERT INTO account (workspace_id, hash, account_key, told_at, content) ",
            );
            query.push_values(&keyed, |mut row, (key, content)| {
                row.push_bind(self.workspace)
                    .push_bind(ContentHash::of(content.as_bytes()).bytes().to_vec())
                    .push_bind(key.as_str())
                    .push_bind(at.timestamp().as_microsecond())
                    .push_bind(content.as_str());
            });
            query.push(" ON CONFLICT (workspace_id, hash) DO NOTHING");
            let done = query.build().execute(&mut *tx).await?;
            counted.count_rows(done.rows_affected(), chunk.len());
        }
        tx.commit().await?;
        Ok(counted)
    }

    /// Keeps what the user says of one firm; returns the number of the row, also of one that was there
    /// and counts again.
    pub async fn add_account(&self, account: &Account, at: Moment) -> Result<i64> {
        self.put_accounts(std::slice::from_ref(account), at).await?;
        let content = serde_json::to_string(account).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        let number = sql::query_scalar(
            "UPDATE account SET withdrawn_at = NULL WHERE workspace_id = ? AND hash = ? RETURNING id",
        )
        .bind(self.workspace)
        .bind(ContentHash::of(content.as_bytes()).bytes().to_vec())
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(number)
    }

    /// Takes back what was said of a firm. Returns whether it counted.
    pub async fn withdraw_account(&self, number: i64, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE account SET withdrawn_at = ? \
             WHERE workspace_id = ? AND id = ? AND withdrawn_at IS NULL",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(number)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// What is told of each firm and was not taken back, oldest first.
    pub async fn accounts(&self) -> Result<BTreeMap<AccountKey, Vec<ToldAccount>>> {
        let rows: Vec<(String, i64, String)> = sql::query_as(
            "SELECT account_key, told_at, content FROM account \
             WHERE workspace_id = ? AND withdrawn_at IS NULL ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let mut accounts: BTreeMap<AccountKey, Vec<ToldAccount>> = BTreeMap::new();
        for (key, told_at, content) in rows {
            let account = serde_json::from_str(&content)
                .map_err(|e| Error::damaged(format!("an account: {e}")))?;
            let told = ToldAccount { at: moment(told_at, 0)?, account };
            accounts.entry(parse_key(&key)?).or_default().push(told);
        }
        Ok(accounts)
    }

    /// Writes decisions about pairs of keys, all or none.
    pub async fn decide_same_accounts(&self, pairs: &[SameAccountSaid], at: Moment) -> Result<()> {
        let said = pairs.iter().map(|(a, b, same)| (a.as_str(), b.as_str(), *same));
        self.decide_same(&same::ACCOUNTS, said, at).await
    }

    /// The latest decision about each pair of which somebody says something.
    pub async fn same_account_decisions(&self) -> Result<Vec<SameAccount>> {
        let decided = self.decided_same(&same::ACCOUNTS).await?.into_iter();
        decided
            .map(|(a, b, same)| Ok(SameAccount { a: parse_key(&a)?, b: parse_key(&b)?, same }))
            .collect()
    }
}

fn key_of(account: &Account) -> Result<AccountKey> {
    account.key().map_err(|invalid| Error::damaged(invalid.to_string()))
}

pub(crate) fn parse_key(key: &str) -> Result<AccountKey> {
    key.parse().map_err(|_invalid| Error::damaged(format!("the account {key}")))
}
