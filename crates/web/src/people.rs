//! The people on the other side: the list, one person, and what the user says and writes down of them.
//!
//! Must not: change anything without the key that our own forms hold.

pub(crate) mod facts;
mod known;
pub(crate) mod list;
mod page;
pub(crate) mod records;
mod same;
mod sayings;
pub(crate) mod spark;
pub(crate) mod written;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::{DealId, EmailAddress, Insight, Known, Remark, State as PersonState, Subject};
use inroad_service::{DeedNumber, Done, Error, Morning, PeopleAsked, PeopleOrder};

use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::parts::person_link;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) use same::PEOPLE;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/people", get(list))
        .route("/people/same", get(same_people).post(decide_same))
        .route("/people/{email}", get(person))
        .route("/people/{email}/{action}", post(act))
}

/// What stands in the query of a list.
pub(crate) type Asked = BTreeMap<String, String>;

/// The number of the page that is asked for, from 1.
pub(crate) fn page_asked(asked: &Asked) -> usize {
    asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
}

async fn list(State(app): State<App>, Query(asked): Query<Asked>, visit: Visit) -> Response {
    let wanted = PeopleAsked {
        words: asked.get("q").map(|words| words.trim().to_owned()).unwrap_or_default(),
        state: asked.get("state").and_then(|name| PersonState::from_name(name)),
        tag: asked.get("tag").filter(|tag| !tag.is_empty()).cloned(),
        left_alone: asked.contains_key("alone"),
        stale: asked.contains_key("stale"),
        order: match asked.get("by").map(String::as_str) {
            Some("name") => PeopleOrder::Name,
            Some("heard") => PeopleOrder::Heard,
            _ => PeopleOrder::Matters,
        },
    };
    let found = async {
        let register = app.desk.register().await?;
        Ok((register, app.desk.glance().await?, app.inroad.entries(app.as_of()).await?))
    };
    match found.await {
        Ok((register, morning, entries)) => {
            let body = list::list(&list::Showing {
                rows: register.list(&wanted, &morning, &entries),
                everybody: register.people.len(),
                maybe_same: register.maybe_same.len(),
                tags: written::tags_of_people(&entries),
                asked: &wanted,
                page: page_asked(&asked),
                as_of: register.as_of,
            });
            visit.page("People", Place::People, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn person(State(app): State<App>, Path(email): Path<String>, visit: Visit) -> Response {
    let Ok(email) = email.parse::<EmailAddress>() else { return nobody() };
    let found = async {
        let person = app.desk.person(&email).await?;
        let on_record = app.inroad.on_record(&email, app.as_of()).await?;
        Ok((person, on_record, app.desk.glance().await?))
    };
    match found.await {
        Ok((person, on_record, morning)) => {
            let body = page::person(&person, &on_record, &morning, &visit, app.as_of());
            visit.page(person.label(), Place::People, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn same_people(State(app): State<App>, visit: Visit) -> Response {
    match app.desk.open_doubles().await {
        Ok(found) => {
            let body = same::pairs(&found, &visit);
            visit.page("The same person?", Place::People, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn decide_same(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let (Ok(a), Ok(b)) = (one(&fields, "a").parse(), one(&fields, "b").parse()) else {
        return nobody();
    };
    let is_same = one(&fields, "same") == "yes";
    match app.inroad.decide_same_person(&a, &b, is_same, app.as_of()).await {
        Ok(done) => about_people(&app, &fields, &[a, b], done.deed).await,
        Err(error) => failed(&error),
    }
}

async fn act(
    State(app): State<App>,
    Path((email, action)): Path<(String, String)>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(email) = email.parse::<EmailAddress>() else { return nobody() };
    let at = app.as_of();
    let about = Subject::Person(email.clone());
    let done = match action.as_str() {
        "same" => match app.inroad.person_called(one(&fields, "other")).await {
            Ok(other) => match app.inroad.decide_same_person(&email, &other, true, at).await {
                Ok(done) => return about_people(&app, &fields, &[email, other], done.deed).await,
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        },
        "record" => match records::change(&fields) {
            Ok(change) => app.inroad.put_right(&email, change, at).await.map(|done| done.deed),
            Err(error) => Err(error),
        },
        "split" => app.inroad.split_person(&email, at).await.map(|done| done.deed),
        "tell" => tell(&app, &email, &fields).await,
        "untell" => match one(&fields, "number").parse() {
            Ok(number) => app.inroad.untell_at_desk(number, at).await.map(|done| done.deed),
            Err(what) => Err(Error::Invalid { what }),
        },
        _ => match written::act(&app, about, &action, &fields).await {
            // A tag or a note of a person changes no review.
            Some(Ok((deed, false))) => return deeds::back(&next(&fields, &email), Some(deed)),
            // Whom a review names besides its people nobody knows before it is made.
            Some(Ok((deed, true))) => {
                app.desk.changed(None).await;
                return deeds::back(&next(&fields, &email), Some(deed));
            }
            Some(Err(error)) => Err(error),
            None => return not_found("There is no such page."),
        },
    };
    match done {
        Ok(deed) => about_people(&app, &fields, std::slice::from_ref(&email), deed).await,
        Err(error) => failed(&error),
    }
}

/// Keeps what is told by the form of one person.
async fn tell(app: &App, who: &EmailAddress, fields: &Fields) -> Result<DeedNumber, Error> {
    let invalid = |what: &str| Error::Invalid { what: what.to_owned() };
    let because =
        Remark::if_any(one(fields, "because")).map_err(|why| invalid(&why.to_string()))?;
    let known = match one(fields, "what") {
        "is" => Known::Person {
            who: who.clone(),
            is: sayings::chosen(one(fields, "is")).ok_or_else(|| invalid("Choose what is so"))?,
        },
        "words" => Known::Person {
            who: who.clone(),
            is: sayings::in_words(one(fields, "kind"), one(fields, "words"))
                .map_err(|why| invalid(&why))?,
        },
        _ => {
            let kind = sayings::tie(one(fields, "tie"))
                .ok_or_else(|| invalid("Choose what they are to each other"))?;
            let to = app.inroad.person_called(one(fields, "other")).await?;
            Known::Tie { from: who.clone(), kind, to }
        }
    };
    let told = app.inroad.tell_at_desk(&Insight { at: app.as_of(), known, because }).await;
    told.map(|Done { deed, .. }| deed)
}

/// Back to the page once something was said of people on which reviews depend.
async fn about_people(
    app: &App,
    fields: &Fields,
    people: &[EmailAddress],
    deed: DeedNumber,
) -> Response {
    let deals = match app.desk.glance().await {
        Ok(morning) => deals_of(&morning, |email| people.contains(email)),
        Err(error) => return failed(&error),
    };
    app.desk.changed_some(&deals).await;
    match people.first() {
        Some(first) => deeds::back(&next(fields, first), Some(deed)),
        None => deeds::back("/people", Some(deed)),
    }
}

/// The reviewed deals that have one of some people.
fn deals_of(morning: &Morning, is_meant: impl Fn(&EmailAddress) -> bool) -> Vec<DealId> {
    let has = |deal: &&inroad_advice::DealReview| {
        deal.people.iter().any(|person| is_meant(&person.email))
    };
    morning.review.deals.iter().filter(has).map(|deal| deal.id.clone()).collect()
}

/// Where a form was sent from; the person's page where it does not say.
fn next(fields: &Fields, email: &EmailAddress) -> String {
    let next = one(fields, "next");
    if next.is_empty() { person_link(email) } else { next.to_owned() }
}

fn nobody() -> Response {
    not_found("That is no address of anybody.")
}
