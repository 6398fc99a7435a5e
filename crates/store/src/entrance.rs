//! How those who work here come in: their logins, links by which these are set up, browsers that are signed in,
//! tokens of programs, passkeys, who else says who they are, and how often somebody tried in vain.
//!
//! Of what somebody has to show only a hash is here, but for the secret of a second step, without which no code
//! could be made here to compare with. Whose something is, is the address of a member, or nothing
//! for whose data it is.

mod api_token;
mod attempt;
mod authorization_request;
mod identity;
mod identity_provider;
mod invitation;
mod login;
mod passkey;
mod passkey_request;
mod session;

use inroad_model::{EmailAddress, Member, Moment};

use crate::sql::{self, Transaction};
use crate::{Error, Result};

pub use api_token::{ApiTokenRow, NewApiToken};
pub use attempt::Attempted;
pub use authorization_request::{AuthorizationRequestRow, NewAuthorizationRequest};
pub use identity::{IdentityKept, IdentityRow, KnownBy, NewIdentity};
pub use identity_provider::{IdentityProviderRow, NewIdentityProvider};
pub use invitation::InvitationRow;
pub use login::LoginRow;
pub use passkey::{NewPasskey, PasskeyKept, PasskeyRow};
pub use passkey_request::NewPasskeyRequest;
pub use session::{NewSession, SessionRow, SignedInBy};

/// The hash of what somebody shows.
pub type TokenHash = [u8; 32];

/// Whose something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Theirs whose data it is.
    Owner,
    /// Somebody's who works here.
    Member(Box<Member>),
}

/// Whose row it is, by the address and what is kept of a member who works here; `None` for one who left.
fn holder(whose: &str, member: Option<String>) -> Result<Option<Holder>> {
    if whose.is_empty() {
        return Ok(Some(Holder::Owner));
    }
    let read =
        |content: String| serde_json::from_str(&content).map(|m| Holder::Member(Box::new(m)));
    member.map(read).transpose().map_err(|e| Error::damaged(format!("a member: {e}")))
}

/// Takes everything away by which somebody comes in.
pub(crate) async fn shut(tx: &mut Transaction, email: &EmailAddress, at: Moment) -> Result<()> {
    for sql in [
        "DELETE FROM login WHERE workspace_id = ? AND whose = ?",
        "DELETE FROM identity WHERE workspace_id = ? AND whose = ?",
        "DELETE FROM passkey WHERE workspace_id = ? AND whose = ?",
    ] {
        let workspace = tx.workspace();
        sql::query(sql).bind(workspace).bind(email.as_str()).execute(&mut *tx).await?;
    }
    sign_out(tx, Some(email), at).await
}

/// Whether somebody is there: whose data it is, or one who works here.
async fn is_here(tx: &mut Transaction, whose: Option<&EmailAddress>) -> Result<bool> {
    let Some(email) = whose else { return Ok(true) };
    let workspace = tx.workspace();
    let found: Option<i64> = sql::query_scalar(
        "SELECT id FROM member WHERE workspace_id = ? AND email = ? AND left_at IS NULL",
    )
    .bind(workspace)
    .bind(email.as_str())
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found.is_some())
}

/// Whether somebody is signed in at the browser of that number.
async fn is_signed_in(
    tx: &mut Transaction,
    whose: Option<&EmailAddress>,
    session: i64,
) -> Result<bool> {
    let workspace = tx.workspace();
    let found: Option<i64> = sql::query_scalar(
        "SELECT id FROM session WHERE +workspace_id = ? AND id = ? AND whose = ? \
         AND awaits_code = 0",
    )
    .bind(workspace)
    .bind(session)
    .bind(column(whose))
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found.is_some())
}

/// Whether somebody can come in by themselves: by a password, a provider or a passkey.
async fn has_way_in(tx: &mut Transaction, whose: Option<&EmailAddress>) -> Result<bool> {
    let workspace = tx.workspace();
    let found: Option<i64> = sql::query_scalar(
        "SELECT id FROM login WHERE workspace_id = ? AND whose = ? AND (password_hash <> '' \
         OR EXISTS (SELECT id FROM identity WHERE workspace_id = ? AND whose = ?) \
         OR EXISTS (SELECT id FROM passkey WHERE workspace_id = ? AND whose = ?))",
    )
    .bind(workspace)
    .bind(column(whose))
    .bind(workspace)
    .bind(column(whose))
    .bind(workspace)
    .bind(column(whose))
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found.is_some())
}

/// Takes away one of the ways by which somebody comes in, and signs all their browsers out but one. Returns false,
/// and the transaction is to be given up, if there is no such one, or if they could not come in any more.
async fn remove_way_in(
    tx: &mut Transaction,
    delete: &'static str,
    (whose, number): (Option<&EmailAddress>, i64),
    but: Option<i64>,
) -> Result<bool> {
    let workspace = tx.workspace();
    let delete = sql::query(delete).bind(workspace).bind(number).bind(column(whose));
    if delete.execute(&mut *tx).await?.rows_affected() == 0 || !has_way_in(tx, whose).await? {
        return Ok(false);
    }
    sign_out_others(tx, whose, but).await?;
    Ok(true)
}

/// Signs all browsers of somebody out but one.
async fn sign_out_others(
    tx: &mut Transaction,
    whose: Option<&EmailAddress>,
    but: Option<i64>,
) -> Result<()> {
    let workspace = tx.workspace();
    sql::query("DELETE FROM session WHERE workspace_id = ? AND whose = ? AND id <> ?")
        .bind(workspace)
        .bind(column(whose))
        .bind(but.unwrap_or_default())
        .execute(&mut *tx)
        .await?;
    Ok(())
}

/// Takes away what somebody is signed in by, and their link; they sign in again by their login.
pub(crate) async fn sign_out(
    tx: &mut Transaction,
    whose: Option<&EmailAddress>,
    at: Moment,
) -> Result<()> {
    for sql in [
        "DELETE FROM invitation WHERE workspace_id = ? AND whose = ?",
        "DELETE FROM session WHERE workspace_id = ? AND whose = ?",
    ] {
        let workspace = tx.workspace();
        sql::query(sql).bind(workspace).bind(column(whose)).execute(&mut *tx).await?;
    }
    let workspace = tx.workspace();
    sql::query(
        "UPDATE api_token SET withdrawn_at = ? \
         WHERE workspace_id = ? AND whose = ? AND withdrawn_at IS NULL",
    )
    .bind(at.timestamp().as_microsecond())
    .bind(workspace)
    .bind(column(whose))
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// As it stands in a row.
fn column(whose: Option<&EmailAddress>) -> &str {
    whose.map_or("", EmailAddress::as_str)
}

fn whose(column: &str) -> Result<Option<EmailAddress>> {
    if column.is_empty() {
        return Ok(None);
    }
    column.parse().map(Some).map_err(|_odd| Error::damaged(format!("the address '{column}'")))
}
