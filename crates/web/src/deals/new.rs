//! A deal that the user writes down.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use inroad_model::{Deal, DealId, EmailAddress, Seat, Stage};
use inroad_service::Error;
use maud::html;

use crate::acts;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;
use crate::{deeds, parts};

/// The form.
pub(super) async fn ask(visit: Visit) -> Response {
    let fields = html! {
        label { "Name" input name="name" required autofocus maxlength="200"; }
        label { "Organisation" input name="organization"; }
        label { "Their addresses, with a comma between them" input name="people" placeholder="jana@example.com, her.boss@example.com"; }
        label {
            "Stage"
            select name="stage" { @for stage in Stage::ALL { option value=(stage.as_str()) { (stage.in_words()) } } }
        }
        p.quiet { "Letters with these people are found by themselves." }
    };
    let body = acts::sheet("New deal", "/deals/new", &fields, "Keep it", "/deals", &visit.form_key);
    visit.page("New deal", Place::Deals, &body).into_response()
}

/// Takes it.
pub(super) async fn add(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let deal = match read(&fields) {
        Ok(deal) => deal,
        Err(error) => return failed(&error),
    };
    let id = deal.id.clone();
    match app.inroad.add_deal(deal, app.as_of()).await {
        Ok(done) => {
            app.desk.changed(None).await;
            deeds::back(&parts::deal_link(&id), Some(done.deed))
        }
        Err(error) => failed(&error),
    }
}

fn read(fields: &Fields) -> Result<Deal, Error> {
    let invalid = |what: String| Error::Invalid { what };
    let name = one(fields, "name").split_whitespace().collect::<Vec<_>>().join(" ");
    let id = DealId::new(&name).map_err(|_empty| invalid("A deal needs a name".to_owned()))?;
    let people = one(fields, "people")
        .split([',', ';'])
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| {
            let email = text.parse::<EmailAddress>();
            email.map_err(|_fault| invalid(format!("'{text}' is no e-mail address; correct it")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let seats =
        people.into_iter().map(|email| Seat { email, name: None, title: None, roles: Vec::new() });
    Ok(Deal {
        id,
        name,
        organization: Some(one(fields, "organization").to_owned()).filter(|o| !o.is_empty()),
        domain: None,
        stage: Stage::from_name(one(fields, "stage")),
        stage_since: None,
        value: None,
        currency: None,
        fee_quoted: None,
        usual_fee_range: None,
        ongoing_account: false,
        opened: None,
        source: None,
        industry: None,
        people: seats.collect(),
        notes: Vec::new(),
        insights: Vec::new(),
    })
}
