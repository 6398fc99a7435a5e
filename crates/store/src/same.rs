//! Which two names are one's: decisions that are never changed, only followed by later ones. The same for
//! addresses of people and for keys of firms.

use inroad_model::Moment;

use crate::sql;
use crate::{Result, Store};

/// Where decisions about one kind of names stand.
pub(crate) struct Same {
    /// Keeps one.
    keep: &'static str,
    /// The latest about each pair of which somebody says something.
    latest: &'static str,
}

/// About addresses of people.
pub(crate) const PEOPLE: Same = Same {
    keep: "INSERT INTO same_person (workspace_id, email_a, email_b, same, decided_at) \
           VALUES (?, ?, ?, ?, ?)",
    latest: "SELECT email_a, email_b, same FROM same_person s WHERE workspace_id = ?1 \
             AND id = (SELECT MAX(id) FROM same_person t WHERE t.workspace_id = ?1 \
                       AND t.email_a = s.email_a AND t.email_b = s.email_b) \
             AND same <> ?2 ORDER BY email_a, email_b",
};
/// About keys of firms.
pub(crate) const ACCOUNTS: Same = Same {
    keep: "INSERT INTO same_account (workspace_id, key_a, key_b, same, decided_at) \
           VALUES (?, ?, ?, ?, ?)",
    latest: "SELECT key_a, key_b, same FROM same_account s WHERE workspace_id = ?1 \
             AND id = (SELECT MAX(id) FROM same_account t WHERE t.workspace_id = ?1 \
                       AND t.key_a = s.key_a AND t.key_b = s.key_b) \
             AND same <> ?2 ORDER BY key_a, key_b",
};

/// What stands in the place of "same" once a decision was taken back: of two names nobody says
/// anything, as before.
const NOBODY_SAYS: i64 = 2;

impl Store {
    /// Writes decisions about pairs of names, all or none: one's, two's, or with `None` that nobody says.
    pub(crate) async fn decide_same(
        &self,
        of: &Same,
        pairs: impl Iterator<Item = (&str, &str, Option<bool>)> + Send,
        at: Moment,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        for (a, b, same) in pairs {
            sql::query(of.keep)
                .bind(self.workspace)
                .bind(a.min(b))
                .bind(a.max(b))
                .bind(same.map_or(NOBODY_SAYS, i64::from))
                .bind(at.timestamp().as_microsecond())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The latest decision about each pair of which somebody says something.
    pub(crate) async fn decided_same(&self, of: &Same) -> Result<Vec<(String, String, bool)>> {
        let rows: Vec<(String, String, i64)> = sql::query_as(of.latest)
            .bind(self.workspace)
            .bind(NOBODY_SAYS)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.into_iter().map(|(a, b, same)| (a, b, same != 0)).collect())
    }
}
