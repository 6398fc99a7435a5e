//! How one begins to stay in touch: with whom, for which deal or firm, and why.

use inroad_model::{AccountKey, DealId, EmailAddress};
use inroad_service::Error;
use maud::{Markup, html};

use crate::forms::hidden_key;
use crate::parts;
use crate::people::Asked;
use crate::server::App;
use crate::visit::Visit;

/// More people than these are not offered; an address can be typed.
const PEOPLE_MAX: usize = 200;

/// The way to the form: of a person, a deal or a firm.
pub(crate) fn link(
    person: Option<&EmailAddress>,
    deal: Option<&DealId>,
    firm: Option<&AccountKey>,
) -> String {
    let given = [
        person.map(|person| ("person", person.as_str())),
        deal.map(|deal| ("deal", deal.as_str())),
        firm.map(|firm| ("firm", firm.as_str())),
    ];
    let pairs: Vec<String> = given
        .into_iter()
        .flatten()
        .map(|(name, value)| format!("{name}={}", parts::escape(value)))
        .collect();
    format!("/touches/begin?{}", pairs.join("&"))
}

/// What the form offers.
pub(super) struct Choices {
    person: String,
    deal: Option<(DealId, String)>,
    firm: Option<(AccountKey, String)>,
    people: Vec<(EmailAddress, String)>,
}

pub(super) async fn choices(app: &App, asked: &Asked) -> Result<Choices, Error> {
    let given = |name: &str| asked.get(name).map_or("", String::as_str).trim();
    let mut choices =
        Choices { person: given("person").to_owned(), deal: None, firm: None, people: Vec::new() };
    if let Ok(id) = DealId::new(given("deal")) {
        let morning = app.desk.glance().await?;
        let deal = morning.review.deals.iter().find(|deal| deal.id == id);
        let people = deal.into_iter().flat_map(|deal| &deal.people);
        choices.people = people
            .map(|person| {
                let label = person.name.as_deref().unwrap_or(person.email.as_str());
                (person.email.clone(), label.to_owned())
            })
            .collect();
        choices.deal = deal.map(|deal| (id, deal.name.clone()));
    }
    if let Ok(key) = given("firm").parse::<AccountKey>() {
        let register = app.desk.register().await?;
        let morning = app.desk.glance().await?;
        let entries = app.inroad.entries(app.as_of()).await?;
        let row = register.account(&key, &morning, &entries);
        let people = row.iter().flat_map(|row| &row.people).filter(|who| !who.opted_out);
        choices.people = people.map(|who| (who.email().clone(), who.label().to_owned())).collect();
        let label = row.as_ref().map_or_else(|| key.to_string(), |row| row.label().to_owned());
        choices.firm = Some((key, label));
    }
    choices.people.truncate(PEOPLE_MAX);
    Ok(choices)
}

pub(super) fn page(choices: &Choices, visit: &Visit) -> Markup {
    html! {
        section.sheet data-sheet {
            h1 { "Stay in touch" }
            p {
                "Until they respond, a touch at a time, each of use to them. You approve every one."
                @if let Some((id, name)) = &choices.deal { " For the deal " a href=(parts::deal_link(id)) { (name) } "." }
                @if let Some((key, label)) = &choices.firm { " At " a href=(parts::account_link(key.as_str())) { (label) } "." }
            }
            form method="post" action="/touches/begin" {
                (hidden_key(&visit.form_key))
                @if let Some((id, _)) = &choices.deal { input type="hidden" name="deal" value=(id.as_str()); }
                @if let Some((key, _)) = &choices.firm { input type="hidden" name="firm" value=(key.as_str()); }
                label {
                    "With whom (an address)"
                    input name="person" value=(choices.person) required maxlength="254" list="people" autocomplete="off" autofocus;
                }
                datalist id="people" { @for (email, label) in &choices.people { option value=(email) { (label) } } }
                label { "Why" input name="because" maxlength="400"; }
                p.buttons {
                    button.main type="submit" { "Begin" }
                    a.act href="/touches" data-close { "Cancel" }
                }
            }
        }
    }
}
