//! One's own page: what one says beside what is seen, what one puts off, whom one lets look, what one
//! offers and asks for.

use inroad_model::{Agreement, SellerPart, Strength};
use inroad_service::seller_habits::competences::{Compared, Said};
use inroad_service::{Asked, GivenLeave, OwnWords, Preparation, Selling};
use maud::{Markup, html};

use super::acts::STATEMENT;
use super::{GOAL, ME, profile, wanted};
use crate::forms::hidden;
use crate::parts;
use crate::visit::Visit;

pub(super) fn page(selling: &Selling, visit: &Visit) -> Markup {
    html! {
        p { a href="/sellers" { "← You" } }
        h1 { "Your selling" }
        p.lead { "What you say of yourself, beside what letters, plans and calls show. It is yours: nobody else sees it unless you let them, whatever they do here." }
        @if let Some(profile) = &selling.profile {
            h2 id="seen" { "What is seen" }
            (profile::seen(profile))
            h2 id="said" { "What you say" }
            p { "Answer what you like, and otherwise whenever you see it otherwise. Nobody adds this up." }
            @for one in &profile.competences { (competence(one, visit)) }
        }
        @if let Some(put_offs) = &selling.reluctance {
            h2 id="put-off" { "What you put off" }
            (profile::put_offs(put_offs))
            @if let Some(preparation) = &put_offs.preparation { (prepare(preparation)) }
        }
        h2 id="practice" { "What you practise" }
        @match selling.goals.as_ref().and_then(|goals| goals.now.as_ref()) {
            Some(goal) => p { a href=(GOAL) { (goal.habit.title) } ", since " (parts::date(goal.since)) ". " (goal.trend.turn.in_words()) },
            None => p { "Nothing yet. " a href=(GOAL) { "Choose one habit" } ", and take a small step a week." },
        }
        @if let Some(own) = &selling.own {
            (leaves(own, visit))
            (offers(own, visit))
            (asked(own, visit))
            @if !own.asked_of_me.is_empty() || !own.shares.is_empty() {
                h2 { "With others" }
                (wanted::asked_of_me(&own.asked_of_me))
                (wanted::shares(&own.shares, visit, ME))
            }
        }
    }
}

fn competence(one: &Compared, visit: &Visit) -> Markup {
    html! {
        section.setting id=(one.name) {
            h3 { (one.title) }
            form method="post" action="/sellers/me/say" {
                (hidden(&visit.form_key, &format!("{ME}#{}", one.name)))
                @for said in &one.said { (statement(said)) }
                div.row { button type="submit" aria-label={ "Keep: " (one.title) } { "Keep" } }
            }
            (profile::compared(one))
        }
    }
}

fn statement(said: &Said) -> Markup {
    let name = format!("{STATEMENT}{}", said.name);
    html! {
        label for=(name) { (said.statement) }
        select name=(name) id=(name) {
            option value="" selected[said.answer.is_none()] { "no answer" }
            @for answer in Agreement::ALL {
                option value=(answer.get()) selected[said.answer == Some(answer)] { (answer.in_words()) }
            }
        }
    }
}

/// What lowers the fear of the next call.
fn prepare(preparation: &Preparation) -> Markup {
    html! {
        p { "What makes the next call easier:" }
        ul {
            @if let Some(firm) = &preparation.firm {
                @let link = parts::account_link(firm.as_str());
                li { a href={ (link) "/call" } { "The sheet for the call with " (firm) } ": what is known, what to ask, how to end well" }
                li { a href={ (link) "/form" } { "Their form" } ": one fact more before you dial" }
            } @else {
                li { a href="/targets" { "Your targets" } ": each has a form and a sheet for the call" }
            }
            li { a href="/coach?channel=voicemail" { "Practise a voicemail" } ": say it aloud, hear it, say it shorter" }
        }
    }
}

fn take_back(number: impl std::fmt::Display, of: &str, visit: &Visit) -> Markup {
    html! {
        form.line method="post" action={ "/sellers/words/" (number) "/back" } {
            (hidden(&visit.form_key, ME))
            button.small type="submit" aria-label={ "Take back: " (of) } { "Take back" }
        }
    }
}

fn leaves(own: &OwnWords, visit: &Visit) -> Markup {
    let line = |leave: &GivenLeave| format!("{}: {}", leave.to, leave.part.in_words());
    html! {
        h2 id="leave" { "Whom you let look" }
        @if own.leaves.is_empty() { p { "Nobody. Somebody who coaches you sees something only if you say so here." } }
        ul.written { @for leave in &own.leaves {
            li { p { (line(leave)) ", since " (parts::day(Some(leave.since))) } (take_back(leave.number, &line(leave), visit)) }
        } }
        @if own.colleagues.is_empty() {
            p.quiet { "Nobody else works here. Who does is said under Team." }
        } @else {
            section.setting {
                h3 { "Let somebody look" }
                form method="post" action="/sellers/me/leave" {
                    (hidden(&visit.form_key, &format!("{ME}#leave")))
                    label for="leave-to" { "Who" }
                    select name="to" id="leave-to" { @for (email, name) in &own.colleagues { option value=(email) { (name) } } }
                    fieldset {
                        legend { "At what" }
                        @for part in SellerPart::ALL {
                            label.choice { input type="radio" name="part" value=(part.as_str()) required; " " (part.in_words()) }
                        }
                    }
                    div.row { button type="submit" { "Let them look" } }
                }
            }
        }
    }
}

/// What can be chosen to help with.
pub(super) fn strengths(id: &str) -> Markup {
    html! {
        label for=(id) { "With what" }
        select name="with" id=(id) { @for one in Strength::ALL { option value=(one.as_str()) { (one.in_words()) } } }
    }
}

fn offers(own: &OwnWords, visit: &Visit) -> Markup {
    html! {
        h2 id="offer" { "What you can help with" }
        p { "Shown beside deals that could use it, to whose deals they are. It is the one thing here that others see unasked." }
        ul.written { @for (number, with, words) in &own.offers {
            li { p { (with.in_words()) @if let Some(words) = words { ": " (words) } } (take_back(number, with.in_words(), visit)) }
        } }
        section.setting {
            h3 { "Offer something" }
            form method="post" action="/sellers/me/offer" {
                (hidden(&visit.form_key, &format!("{ME}#offer")))
                (strengths("offer-with"))
                label for="offer-words" { "In your words, if you like" }
                input type="text" name="words" id="offer-words" maxlength="300" autocomplete="off";
                div.row { button type="submit" { "Offer it" } }
            }
        }
    }
}

fn asked(own: &OwnWords, visit: &Visit) -> Markup {
    let line = |asked: &Asked| asked.with.in_words();
    html! {
        h2 id="ask" { "Where you want help" }
        ul.written { @for asked in &own.asked {
            li {
                p { (line(asked)) ": " (asked.words) @if let Some(by) = asked.by { ", by " (parts::date(by)) } @if let Some(deal) = &asked.deal { ", " a href=(parts::deal_link(deal)) { "the deal" } } }
                (take_back(asked.number, line(asked), visit))
            }
        } }
        section.setting {
            h3 { "Ask for help" }
            (ask_form(None, &own.colleagues, &format!("{ME}#ask"), visit))
        }
    }
}

/// The form that asks for help, about a deal if one is named.
pub(super) fn ask_form(
    deal: Option<&str>,
    colleagues: &[(String, String)],
    next: &str,
    visit: &Visit,
) -> Markup {
    html! {
        form method="post" action="/sellers/me/ask" {
            (hidden(&visit.form_key, next))
            @if let Some(deal) = deal { input type="hidden" name="deal" value=(deal); }
            (strengths("ask-with"))
            @if !colleagues.is_empty() {
                label for="ask-of" { "Whom you ask first" }
                select name="of" id="ask-of" {
                    option value="" { "whoever can" }
                    @for (email, name) in colleagues { option value=(email) { (name) } }
                }
            }
            label for="ask-by" { "By when" }
            input type="date" name="by" id="ask-by";
            label for="ask-words" { "What it is about" }
            input type="text" name="words" id="ask-words" required maxlength="600" autocomplete="off";
            p.quiet { small { "Whoever answers for your team reads these words, and whom you name. Write nothing in them that is not theirs to know." } }
            div.row { button type="submit" { "Ask" } }
        }
    }
}
