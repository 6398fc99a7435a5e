//! On a deal's page: who could help, who knows somebody there, and how a commission is shared.

use inroad_advice::DealReview;
use inroad_service::{Error, HelpFor, Offered};
use maud::{Markup, html};

use super::{me, wanted};
use crate::forms::hidden;
use crate::parts;
use crate::server::App;
use crate::visit::Visit;

/// The section, folded; nothing while nobody else works here and nobody of the house wrote there.
pub(crate) async fn section(app: &App, deal: &DealReview, visit: &Visit) -> Result<Markup, Error> {
    let at = app.as_of();
    let help = app.inroad.help_for(&visit.actor, &deal.id, Some(deal.state), at).await?;
    let colleagues = app.inroad.who_works_inside(&visit.actor).await?;
    let is_alone = colleagues.is_empty() && help.knows.is_empty();
    if is_alone && help.asked.is_empty() && help.shares.is_empty() {
        return Ok(Markup::default());
    }
    Ok(html! {
        h2 id="help" { "Who could help here" }
        (found(&help))
        (asked(&help, visit, deal))
        @if !help.shares.is_empty() { (wanted::shares(&help.shares, visit, &link(deal))) }
        @if !colleagues.is_empty() { (forms(deal, &colleagues, visit)) }
    })
}

fn link(deal: &DealReview) -> String {
    format!("{}#help", parts::deal_link(&deal.id))
}

fn found(help: &HelpFor) -> Markup {
    let fitting: Vec<&Offered> = help.offers.iter().filter(|offer| offer.fits).collect();
    let others: Vec<&Offered> = help.offers.iter().filter(|offer| !offer.fits).collect();
    html! {
        @if fitting.is_empty() && help.knows.is_empty() {
            p { "Nobody offered what this deal could use as it stands, and nobody else of your house wrote with them in this mailbox." }
        }
        ul {
            @for offer in fitting { (offered(offer)) }
            @for one in &help.knows {
                li { (one.email) " knows people there: wrote " (one.wrote) ", heard " (one.heard) ", last on " (parts::date(one.last)) }
            }
        }
        @if !others.is_empty() {
            details.folded { summary { "What else colleagues offer" } ul { @for offer in others { (offered(offer)) } } }
        }
    }
}

fn offered(offer: &Offered) -> Markup {
    html! {
        li { (offer.name) " offers to help with " (offer.with.in_words()) @if let Some(words) = &offer.words { ": " q { (words) } } }
    }
}

fn asked(help: &HelpFor, visit: &Visit, deal: &DealReview) -> Markup {
    html! {
        @if !help.asked.is_empty() {
            ul.written { @for one in &help.asked {
                li {
                    p { "You asked for help with " (one.with.in_words()) ": " (one.words) @if let Some(by) = one.by { ", by " (parts::date(by)) } }
                    form.line method="post" action={ "/sellers/words/" (one.number) "/back" } {
                        (hidden(&visit.form_key, &link(deal)))
                        button.small type="submit" aria-label="Take back what you asked for" { "Take back" }
                    }
                }
            } }
        }
    }
}

fn forms(deal: &DealReview, colleagues: &[(String, String)], visit: &Visit) -> Markup {
    html! {
        details.folded {
            summary { "Ask for help, or share the commission" }
            section.setting { h3 { "Ask for help" } (me::ask_form(Some(deal.id.as_str()), colleagues, &link(deal), visit)) }
            section.setting {
                h3 { "Share the commission" }
                form method="post" action="/sellers/me/share" {
                    (hidden(&visit.form_key, &link(deal)))
                    input type="hidden" name="deal" value=(deal.id);
                    label for="share-with" { "With whom" }
                    select name="with" id="share-with" { @for (email, name) in colleagues { option value=(email) { (name) } } }
                    label for="share-percent" { "Their share in percent" }
                    input type="number" name="percent" id="share-percent" min="1" max="99" required;
                    label for="share-since" { "Since when (today, if you leave it empty)" }
                    input type="date" name="since" id="share-since";
                    label for="share-words" { "What else you agreed" }
                    input type="text" name="words" id="share-words" maxlength="600" autocomplete="off";
                    p.quiet { small { "They read this with the name of the deal, and it holds when they have agreed." } }
                    div.row { button type="submit" { "Propose it" } }
                }
            }
        }
    }
}
