//! What both sides say of each other's work on a lead, with what was replied.

use inroad_leads::{Feedback, FeedbackKind, Held};
use inroad_service::LeadPage;
use maud::{Markup, html};

use super::moment;
use super::one::step;
use crate::visit::Visit;

pub(super) fn both(page: &LeadPage, visit: &Visit) -> Markup {
    html! {
        section aria-labelledby="said" {
            h2 id="said" { "What both sides say" }
            @if page.lead.feedback.is_empty() { p.quiet { "Nothing yet." } }
            ul.plain { @for feedback in &page.lead.feedback { li { (one(feedback, page, visit)) } } }
            @if page.may.judge { details.folded { summary { "Say how good the lead was" } (step(page, "quality", visit, &quality(page), "Keep")) } }
            @if page.may.judge_treatment { details.folded { summary { "Say how it was treated" } (step(page, "treatment", visit, &treatment(), "Keep")) } }
            p.quiet { small { "Both sides see this, and each may reply. Nobody gets a mark." } }
        }
    }
}

fn one(feedback: &Feedback, page: &LeadPage, visit: &Visit) -> Markup {
    let name = |number: i64| page.names.get(&number).map_or("somebody", String::as_str);
    let reply = html! {
        input type="hidden" name="to-word" value=(feedback.number);
        label { "Your reply" textarea name="words" rows="2" maxlength="4000" required {} }
    };
    html! {
        p {
            strong { (name(feedback.number)) } ", " (moment(feedback.at)) ", "
            @match &feedback.of { FeedbackKind::Quality { .. } => { "on the lead" } FeedbackKind::Treatment => { "on its treatment" } }
        }
        @if let FeedbackKind::Quality { criteria } = &feedback.of {
            @if !criteria.is_empty() { p {
                @for (at, (key, held)) in criteria.iter().enumerate() {
                    @if at > 0 { "; " }
                    (page.definition.criterion(key).map_or(key.as_str(), |criterion| &criterion.name)) ": " (held.in_words())
                }
            } }
        }
        @match feedback.pressed { Some(true) => { p { "The person felt pressed." } } Some(false) => { p { "The person did not feel pressed." } } None => {} }
        @if let Some(words) = &feedback.words { blockquote { (words) } }
        @for reply in &feedback.replies { p { strong { (name(reply.number)) } " replied, " (moment(reply.at)) } blockquote { (reply.words) } }
        details.folded { summary { "Reply" } (step(page, "reply", visit, &reply, "Reply")) }
    }
}

fn quality(page: &LeadPage) -> Markup {
    html! {
        @for criterion in &page.definition.criteria {
            label { (criterion.name) select name={ "held-" (criterion.key) } {
                option value="" { "say nothing" }
                @for held in Held::ALL { option value=(held.as_str()) { (held.in_words()) } }
            } }
        }
        (pressed("Did they feel pressed before you came?"))
        label { "In words" textarea name="words" rows="3" maxlength="4000" {} }
    }
}

fn treatment() -> Markup {
    html! {
        (pressed("Were they pressed while it was only to be found out whether it fits?"))
        label { "In words" textarea name="words" rows="3" maxlength="4000" required {} }
    }
}

fn pressed(question: &str) -> Markup {
    html! {
        label { (question) select name="pressed" {
            option value="" { "unknown" }
            option value="yes" { "yes" }
            option value="no" { "no" }
        } }
    }
}
