//! Leads out of a table that a browser sends.

use axum::extract::State;
use axum::extract::multipart::Multipart;
use axum::response::Response;
use inroad_leads::To;
use inroad_service::{Error, ImportAsked, ImportedLeads, Right};
use maud::{Markup, html};

use super::{choose_taker, invalid, page_of, taker};
use crate::access::FormKey;
use crate::deeds;
use crate::forms::{hidden_key, is_our_key, refused};
use crate::server::{App, failed};
use crate::visit::Visit;

pub(super) async fn ask(State(app): State<App>, visit: Visit) -> Response {
    let found = async {
        visit.actor.must(Right::HandOver)?;
        app.inroad.lead_takers(&visit.actor, app.as_of()).await
    };
    match found.await {
        Ok(takers) => show(&takers, None, &visit),
        Err(error) => failed(&error),
    }
}

fn show(takers: &[(To, String)], came: Option<&ImportedLeads>, visit: &Visit) -> Response {
    let body = html! {
        p { a href="/leads" { "← Leads" } }
        h1 { "Import a table of leads" }
        p.lead { "An export of your CRM or of a form, as CSV. A row that was taken once comes in no second time." }
        @if let Some(came) = came { (told(came)) }
        form.setting method="post" action="/leads/import" enctype="multipart/form-data" {
            (hidden_key(&visit.form_key))
            p.quiet id="columns" { "The first row names the columns, such as Name, Email, Phone, Company, Country, Lead Source, Campaign. A column that is called like a criterion answers it." }
            @if !takers.is_empty() { (choose_taker(takers, "Who takes those of no territory", "You", "")) }
            label { "Source, where the table names none" input name="source" maxlength="200"; }
            label.choice { input type="checkbox" name="dry" value="yes" checked; " Only say what would come in" }
            label { "The table, up to 200 kB; larger ones by " code { "inroad leads import" } input type="file" name="file" required aria-describedby="columns"; }
            div.row { button type="submit" { "Import" } }
        }
    };
    page_of("Import leads", &body, visit)
}

fn told(came: &ImportedLeads) -> Markup {
    html! {
        section.setting role="status" {
            h2 { @if came.deed.is_some() { "What came in" } @else { "What would come in" } }
            p { (came.added) " leads; " (came.known) " rows were there already; " (came.doubles) " are open leads that somebody handed over otherwise." }
            @if !came.issues.is_empty() { ul { @for issue in came.issues.iter().take(100) { li { (issue.to_string()) } } } }
        }
    }
}

#[derive(Default)]
struct Sent {
    to: Option<To>,
    source: String,
    dry: bool,
    table: Vec<u8>,
}

pub(super) async fn take(
    State(app): State<App>,
    key: FormKey,
    visit: Visit,
    form: Multipart,
) -> Response {
    let sent = match read(&key, form).await {
        Ok(Some(sent)) => sent,
        Ok(None) => return refused(),
        Err(error) => return failed(&error),
    };
    let found = async {
        let at = app.as_of();
        let asked = ImportAsked { to: sent.to.as_ref(), source: &sent.source, dry_run: sent.dry };
        let came = app.inroad.import_leads(&visit.actor, &sent.table, &asked, at).await?;
        let takers = app.inroad.lead_takers(&visit.actor, at).await?;
        Ok((came, takers))
    };
    match found.await {
        Ok((came, _)) if came.deed.is_some() && came.issues.is_empty() => {
            deeds::back("/leads", came.deed)
        }
        Ok((came, takers)) => show(&takers, Some(&came), &visit),
        Err(error) => failed(&error),
    }
}

/// The key comes first; without it nothing is read.
async fn read(key: &FormKey, mut form: Multipart) -> Result<Option<Sent>, Error> {
    let mut sent = Sent::default();
    let mut is_ours = false;
    let broken = |why: axum::extract::multipart::MultipartError| {
        invalid(format!("The table did not arrive whole ({}); send it again", why.body_text()))
    };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(broken)?;
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            name if !is_ours => {
                if !is_our_key(key, name, &text()) {
                    return Ok(None);
                }
                is_ours = true;
            }
            "to" => sent.to = taker(&text())?,
            "source" => sent.source = text(),
            "dry" => sent.dry = text() == "yes",
            "file" => sent.table = bytes.to_vec(),
            _ => {}
        }
    }
    Ok(is_ours.then_some(sent))
}
