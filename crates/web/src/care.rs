//! A few things a day to look after: what is missing, old, twice there or at odds, each with its answer on
//! a key.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::{AccountKey, EmailAddress, MessageId, Subject};
use inroad_service::{ACCOUNT_KINDS, CARE_A_DAY_MAX, Care, CareAsked, CareItem, Error};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::accounts::FIRMS;
use crate::deeds;
use crate::doubles;
use crate::forms::{OurForm, hidden, one};
use crate::frame::Place;
use crate::parts::{self, account_link, person_link};
use crate::people::PEOPLE;
use crate::people::facts::doubt_told;
use crate::people::records;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// A partner begins as a prospect does.
const KIND_KEYS: [(&str, &str); 3] = [("prospect", "p"), ("client", "c"), ("partner", "t")];
/// What is not known yet and can wait, rests so many days.
const REST_DAYS: i32 = 30;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/care", get(look))
        .route("/care/seen", post(seen))
        .route("/care/note", post(place))
}

async fn look(State(app): State<App>, visit: Visit) -> Response {
    let at = app.as_of();
    let found = async {
        let register = app.desk.register().await?;
        let morning = app.desk.glance().await?;
        let entries = app.inroad.entries(at).await?;
        let ideal = app.inroad.ideal_client(at).await?;
        let doubles = app.desk.open_doubles().await?;
        let notes = app.inroad.waiting_notes(at).await?;
        Ok(register.care(&CareAsked {
            notes: &notes,
            morning: &morning,
            entries: &entries,
            ideal: &ideal,
            doubles: Some(&doubles),
            on: at.date(),
        }))
    };
    match found.await {
        Ok(items) => visit
            .page("To look after", Place::Today, &page(&items, &visit, at.date()))
            .into_response(),
        Err(error) => failed(&error),
    }
}

fn page(items: &[CareItem], visit: &Visit, today: Date) -> Markup {
    html! {
        p { a href="/" { "← Today" } }
        h1 { "To look after" }
        @if items.is_empty() {
            p.lead { "Nothing: what is known is in order." }
        } @else {
            p.lead { "A few things a day keep what is known in order. Each is answered with a key, or laid to rest with " kbd { "n" } "." }
            ul.written { @for (n, item) in items.iter().take(CARE_A_DAY_MAX).enumerate() {
                li data-row { (line(item, n == 0, visit, today)) }
            } }
            @if items.len() > CARE_A_DAY_MAX { p.quiet { "The other " (items.len() - CARE_A_DAY_MAX) " can wait for another day." } }
        }
    }
}

fn line(item: &CareItem, is_first: bool, visit: &Visit, today: Date) -> Markup {
    let (link, about) = match &item.about {
        Subject::Person(email) => (person_link(email), email.to_string()),
        Subject::Account(key) => (account_link(key.as_str()), key.to_string()),
        Subject::Deal(id) => (parts::deal_link(id), id.to_string()),
    };
    let name = html! { a href=(link) { (item.label) } };
    let rest = |until: Option<Date>, says: &str| rest(item, &about, until, says, is_first, visit);
    let later = today.checked_add(REST_DAYS.days()).ok();
    html! {
        @match &item.what {
            Care::Doubt(doubt) => {
                p { (name) ": " (doubt_told(doubt)) }
                @if let Subject::Person(whom) = &item.about { (records::answer(doubt, whom, is_first, visit)) }
                (rest(None, "Seen"))
            }
            Care::SamePerson(pair) => { p { (name) " and " a href=(person_link(&pair.b)) { (pair.b_called) } ", the same person? " small.quiet { (pair.speaks_for.join(", ")) } } (doubles::answers(&pair.a, &pair.b, is_first, &PEOPLE, visit)) }
            Care::SameFirm(pair) => { p { (name) " and " a href=(account_link(pair.b.as_str())) { (pair.b_called) } ", the same firm? " small.quiet { (pair.speaks_for.join(", ")) } } (doubles::answers(&pair.a, &pair.b, is_first, &FIRMS, visit)) }
            Care::Note(note) => {
                p { "A note that you sent to yourself on " (parts::date(note.at.date())) " names no deal: " a href=(parts::message_link(&note.id, None)) { (item.label) } }
                form.line method="post" action="/care/note" {
                    (hidden(&visit.form_key, "/care"))
                    input type="hidden" name="note" value=(note.id);
                    label { "Of the deal " input type="text" name="deal" required maxlength="200"; }
                    button type="submit" aria-label={ "Keep as a note: " (item.label) } { "Keep as its note" }
                }
                (rest(None, "No note"))
            }
            Care::Kind => { p { (name) ": what are they to you?" } (kinds(&link, is_first, visit)) (rest(later, "Not now")) }
            Care::Old { topic, text, day, is_verified } => {
                p { a href={ (link) "/form#" (topic.as_str()) } { (item.label) } ": " (topic.in_words()) ": " q { (text) } ", as of " (parts::date(*day)) ". Still so?" }
                form.line method="post" action={ (link) "/claim" } {
                    (hidden(&visit.form_key, "/care"))
                    input type="hidden" name="topic" value=(topic.as_str());
                    input type="hidden" name="text" value=(text);
                    @if *is_verified { input type="hidden" name="verified" value="yes"; }
                    button type="submit" data-key="y" data-page-key=[is_first.then_some("y")] { "Still so" }
                }
                (rest(later, "Not now"))
            }
            Care::Missing { topic, is_must } => {
                p { a href={ (link) "/form#" (topic.as_str()) } data-key="Enter" { (item.label) } ": " (topic.in_words()) "? Nobody knows yet" @if *is_must { ", and they must have it to be a prospect" } "." }
                (rest(later, "Not now"))
            }
        }
    }
}

/// What a firm is, by one key each.
fn kinds(link: &str, is_first: bool, visit: &Visit) -> Markup {
    html! {
        form.line method="post" action={ (link) "/tag" } {
            (hidden(&visit.form_key, "/care"))
            @for kind in ACCOUNT_KINDS {
                @let key = KIND_KEYS.iter().find(|(name, _)| *name == kind).map_or("", |(_, key)| key);
                button type="submit" name="tag" value=(kind) data-key=(key) data-page-key=[is_first.then_some(key)] { "A " (kind) " (" (key) ")" }
            }
        }
    }
}

fn rest(
    item: &CareItem,
    about: &str,
    until: Option<Date>,
    says: &str,
    is_first: bool,
    visit: &Visit,
) -> Markup {
    html! {
        form.line method="post" action="/care/seen" {
            (hidden(&visit.form_key, "/care"))
            input type="hidden" name="about" value=(about);
            input type="hidden" name="what" value=(item.code());
            @if let Some(until) = until { input type="hidden" name="until" value=(until); }
            button.small type="submit" data-key="n" data-page-key=[is_first.then_some("n")] aria-label={ (says) ": " (item.label) } { (says) }
        }
    }
}

async fn seen(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let about = one(&fields, "about");
    let subject = match (about.parse::<EmailAddress>(), about.parse::<AccountKey>()) {
        (Ok(email), _) => Subject::Person(email),
        (_, Ok(key)) => Subject::Account(key),
        _ => return not_found("There is nothing to lay to rest."),
    };
    let until = match one(&fields, "until") {
        "" => None,
        day => match day.parse() {
            Ok(day) => Some(day),
            Err(_odd) => {
                return failed(&Error::Invalid { what: "Write the day as 2026-03-02".to_owned() });
            }
        },
    };
    match app.inroad.looked_at(subject, one(&fields, "what"), until, app.as_of()).await {
        Ok(done) => deeds::back("/care", Some(done.deed)),
        Err(error) => failed(&error),
    }
}

/// Keeps a note by mail as one of a deal.
async fn place(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let Ok(id) = MessageId::new(one(&fields, "note")) else {
        return not_found("That note does not wait any more.");
    };
    match app.inroad.place_note(&id, one(&fields, "deal"), app.as_of()).await {
        Ok(done) => deeds::back("/care", Some(done.deed)),
        Err(error) => failed(&error),
    }
}
