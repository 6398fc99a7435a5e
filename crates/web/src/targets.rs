//! The target list: the few firms that are worked on, who else fits, and whom one can help best.
//!
//! Must not: change anything without the key that our own forms hold.

mod choose;
mod list;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::{Account, AccountKey, Remark};
use inroad_service::{AccountGiven, Error, LikeAccount, TARGETS_AT_MOST, Target};

use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/targets", get(list))
        .route("/targets/add", post(add))
        .route("/targets/remove", post(remove))
}

async fn list(State(app): State<App>, visit: Visit) -> Response {
    match look(&app).await {
        Ok(seen) => {
            let body = list::page(&seen, &visit);
            visit.page("Targets", Place::Targets, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn look(app: &App) -> Result<list::Seen, Error> {
    let at = app.as_of();
    let register = app.desk.register().await?;
    let morning = app.desk.glance().await?;
    let entries = app.inroad.entries(at).await?;
    let pages = app.inroad.pages(at).await?;
    let ideal = app.inroad.ideal_client(at).await?;
    let targets = Target::among(&entries).into_iter().map(|target| {
        let prospect = register.prospect(&target.key, &entries, &pages, &ideal, at.date());
        (target, prospect)
    });
    let targets = targets.collect();
    let others = register.who_else_fits(&morning, &entries, &ideal);
    Ok(list::Seen { targets, others, has_ideal: !ideal.qualifiers.is_empty() })
}

/// Takes a firm; of a full list it is asked which one leaves.
async fn add(State(app): State<App>, visit: Visit, OurForm(fields): OurForm) -> Response {
    let at = app.as_of();
    let because = match Remark::if_any(one(&fields, "because")) {
        Ok(because) => because,
        Err(why) => return failed(&Error::Invalid { what: why.to_string() }),
    };
    let firm = match given(&app, &fields).await {
        Ok(Given::Firm(firm)) => firm,
        Ok(Given::Like(account, like)) => {
            let body = choose::one_of(&account, &like, because.as_ref(), &visit);
            return visit.page("Is it one of these?", Place::Targets, &body).into_response();
        }
        Err(error) => return failed(&error),
    };
    let leaves = match one(&fields, "leaves") {
        "" => None,
        key => match key.parse::<AccountKey>() {
            Ok(key) => Some(key),
            Err(why) => return failed(&Error::Invalid { what: why.to_string() }),
        },
    };
    match app.inroad.add_target(&firm, because.clone(), leaves.as_ref(), at).await {
        Ok(done) => deeds::back(&next(&fields), Some(done.deed)),
        Err(error @ Error::Conflict { .. }) if leaves.is_none() => {
            match (look(&app).await, firm.key()) {
                (Ok(seen), Ok(key))
                    if seen.targets.len() >= TARGETS_AT_MOST && !seen.holds(&key) =>
                {
                    let typed = one(&fields, "account");
                    let body = choose::page(&seen, typed, because.as_ref(), &visit);
                    visit.page("Which one leaves?", Place::Targets, &body).into_response()
                }
                _ => failed(&error),
            }
        }
        Err(error) => failed(&error),
    }
}

/// Which firm is meant.
enum Given {
    /// This one.
    Firm(AccountGiven),
    /// A new one, which is like some that are known.
    Like(Box<Account>, Vec<LikeAccount>),
}

async fn given(app: &App, fields: &Fields) -> Result<Given, Error> {
    let register = app.desk.register().await?;
    let firm = register.account_given(one(fields, "account"))?;
    // Who chose which one leaves was asked already.
    let is_settled = one(fields, "new") == "yes" || !one(fields, "leaves").is_empty();
    match firm {
        AccountGiven::New(account) if !is_settled => {
            let like = app.desk.doubles().await?.like_account(&account);
            if like.is_empty() {
                Ok(Given::Firm(AccountGiven::New(account)))
            } else {
                Ok(Given::Like(account, like))
            }
        }
        firm => Ok(Given::Firm(firm)),
    }
}

async fn remove(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let key = match one(&fields, "account").parse::<AccountKey>() {
        Ok(key) => key,
        Err(why) => return failed(&Error::Invalid { what: why.to_string() }),
    };
    match app.inroad.remove_target(&key, app.as_of()).await {
        Ok(done) => deeds::back(&next(&fields), Some(done.deed)),
        Err(error) => failed(&error),
    }
}

fn next(fields: &Fields) -> String {
    let next = one(fields, "next");
    if next.is_empty() { "/targets".to_owned() } else { next.to_owned() }
}
