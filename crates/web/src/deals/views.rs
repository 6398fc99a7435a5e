//! Views that are kept: a name for what is asked for.

use axum::extract::State;
use axum::response::Response;
use inroad_service::DealView;
use maud::{Markup, html};

use super::query::Query;
use crate::access::Key;
use crate::deeds;
use crate::forms::{OurForm, hidden, one};
use crate::server::{App, failed};

/// The views, and a way to keep this one.
pub(super) fn bar(kept: &[DealView], query: &Query, key: &Key) -> Markup {
    let here = query.address(|q| q.page = 1);
    let shown = kept.iter().find(|view| view.address == here);
    html! {
        div.kept {
            @if !kept.is_empty() {
                nav aria-label="Views that you kept" {
                    @for view in kept {
                        a.act href=(view.address) aria-current=[(view.address == here).then_some("true")] { (view.name) }
                    }
                }
            }
            @if let Some(view) = shown {
                form method="post" action="/deals/views/forget" {
                    (hidden(key, &here))
                    input type="hidden" name="name" value=(view.name);
                    button type="submit" { "Forget this view" }
                }
            } @else if here != "/deals?view=board" {
                details {
                    summary { "Keep this view" }
                    form method="post" action="/deals/views" {
                        (hidden(key, &here))
                        label { "Its name" input name="name" required maxlength="60"; }
                        button type="submit" { "Keep" }
                    }
                }
            }
        }
    }
}

pub(super) async fn keep(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let address = one(&fields, "next");
    match app.inroad.keep_deal_view(one(&fields, "name"), address, app.as_of()).await {
        Ok(deed) => deeds::back(address, Some(deed)),
        Err(error) => failed(&error),
    }
}

pub(super) async fn forget(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    match app.inroad.forget_deal_view(one(&fields, "name"), app.as_of()).await {
        Ok(deed) => deeds::back(one(&fields, "next"), Some(deed)),
        Err(error) => failed(&error),
    }
}
