//! The list of whom not to write to, a hundred a page, and the forms that change it.

use inroad_service::{NotContacted, NotContactedWho, Retention, SaidBy, TakeBack};
use maud::{Markup, html};

use super::LIST;
use super::kept::KEPT;
use crate::forms::{hidden, hidden_key};
use crate::pager::{self, pager};
use crate::parts::{account_link, escape, message_link, person_link};
use crate::visit::Visit;

/// Rows of one page.
const A_PAGE: usize = 100;
/// Digits of a hash that are shown.
const DIGITS: usize = 12;

pub(super) fn page(
    all: &[NotContacted],
    words: &str,
    page: usize,
    rule: Retention,
    visit: &Visit,
) -> Markup {
    let first = (page - 1).saturating_mul(A_PAGE);
    let address = |page| format!("{LIST}?q={}&page={page}", escape(words));
    html! {
        p { a href="/people" { "← People" } }
        h1 { "Do not contact" }
        p.lead { "Nothing here proposes to write to them, in any spelling, under any of their addresses." }
        form.filter role="search" method="get" action=(LIST) {
            label { "Address, firm or words" input type="search" name="q" value=(words); }
            button type="submit" { "Show" }
        }
        @match (all.is_empty(), words.is_empty()) {
            (true, true) => p { "Nobody yet. Whoever asks for no more mail in a letter comes here by themselves." },
            (true, false) => p { "Nobody like that. " a href=(LIST) { "Show everybody" } "." },
            (false, _) => {
                p.quiet { (all.len()) " in all, the latest first." }
                div.scroll { table {
                    thead { tr { th { "Whom" } th { "Since" } th { "Why" } th { "Said by" } th { "Yours" } } }
                    tbody { @for one in all.iter().skip(first).take(A_PAGE) { (line(one, visit)) } }
                } }
                (pager(page, pager::last(all.len(), A_PAGE), address))
            }
        }
        (add(visit))
        (bring(visit))
        section aria-labelledby="out" {
            h2 id="out" { "Take it along" }
            form method="post" action="/do-not-contact/export" {
                (hidden_key(&visit.form_key))
                p.quiet { "As a CSV table with the SHA-256 of each address, as mailing programs read it." }
                button type="submit" { "Save the list" }
            }
        }
        (kept_for(rule))
    }
}

/// How long letters are kept.
fn kept_for(rule: Retention) -> Markup {
    html! {
        section aria-labelledby="kept" {
            h2 id="kept" { "How long letters are kept" }
            p { (in_words(rule)) }
            p { a href=(KEPT) { "Set a rule" } }
        }
    }
}

/// A rule in words.
pub(super) fn in_words(rule: Retention) -> String {
    let Some(months) = rule.letters_months else { return "Until you erase them.".to_owned() };
    let when = if rule.daily { "every day" } else { "when you say so" };
    format!(
        "Letters older than {months} months go, but those of open deals and of firms with one, {when}."
    )
}

fn line(one: &NotContacted, visit: &Visit) -> Markup {
    html! {
        tr {
            td { (whom(&one.whom)) }
            td { @match one.since { Some(day) => time datetime=(day) { (day.strftime("%-d %b %Y").to_string()) }, None => span.quiet { "always" } } }
            td { (one.because) }
            td { (said(&one.said)) }
            td { @if let Some(what) = one.take_back { (take_back(what, &one.whom, visit)) } }
        }
    }
}

fn whom(whom: &NotContactedWho) -> Markup {
    html! {
        @match whom {
            NotContactedWho::Person(email) => a href=(person_link(email)) { (email) },
            NotContactedWho::Firm(key) => { "everybody at " a href=(account_link(key.as_str())) { (key) } },
            NotContactedWho::Sha256(hash) => { "whoever has the hash " code { (digits(hash)) } },
            NotContactedWho::Erased(hash) => { "somebody who was erased " code { (digits(hash)) } },
        }
    }
}

fn digits(hash: &str) -> String {
    hash.chars().take(DIGITS).chain(std::iter::once('…')).collect()
}

fn said(said: &SaidBy) -> Markup {
    html! {
        @match said {
            SaidBy::Letter(id) => a href=(message_link(id, None)) { "their letter" },
            SaidBy::Contacts => "your address book",
            SaidBy::You => "you",
            SaidBy::List(source) if source.is_empty() => "a letter that is erased",
            SaidBy::List(source) => { "the list " (source) },
            SaidBy::Erasing => "erasing",
        }
    }
}

fn take_back(what: TakeBack, whom: &NotContactedWho, visit: &Visit) -> Markup {
    let (name, number) = match what {
        TakeBack::Entry(number) => ("entry", number.to_string()),
        TakeBack::Row(number) => ("row", number.to_string()),
    };
    html! {
        form method="post" action="/do-not-contact/take-back" {
            (hidden(&visit.form_key, &visit.address))
            input type="hidden" name=(name) value=(number);
            button.small type="submit" aria-label={ "Take back " (whom.key()) } { "Take back" }
        }
    }
}

fn add(visit: &Visit) -> Markup {
    html! {
        section aria-labelledby="add" {
            h2 id="add" { "Add somebody" }
            form.filter method="post" action="/do-not-contact/add" {
                (hidden(&visit.form_key, LIST))
                label { "Address, domain or firm" input name="whom" required maxlength="320" placeholder="firm.example"; }
                label { "Why" input name="because" required maxlength="400"; }
                button type="submit" { "Leave alone" }
            }
        }
    }
}

fn bring(visit: &Visit) -> Markup {
    html! {
        section aria-labelledby="bring" {
            h2 id="bring" { "Bring a list" }
            form.box method="post" action="/do-not-contact/import" enctype="multipart/form-data" {
                (hidden_key(&visit.form_key))
                p.quiet id="list-kinds" { "An address, a mail domain or a SHA-256 a line, or a CSV table with such columns, as mailing programs export it. The same list again brings nothing twice." }
                label for="list" { "File" }
                input type="file" name="file" id="list" required aria-describedby="list-kinds";
                button type="submit" { "Bring it" }
            }
        }
    }
}

/// What is told of a list that came in.
pub(super) fn taken(report: &inroad_service::SuppressionReport, visit: &Visit) -> Markup {
    html! {
        p { a href=(LIST) { "← Do not contact" } }
        h1 { "The list came in" }
        p.lead { (report.added) " new" @if report.doubles > 0 { ", " (report.doubles) " known already" } "." }
        @if let Some(deed) = report.deed {
            form method="post" action={ "/deeds/" (deed) "/undo" } {
                (hidden(&visit.form_key, LIST))
                button type="submit" { "Undo" }
            }
        }
        @if !report.issues.is_empty() {
            h2 { "What could not be used" }
            ul { @for issue in report.issues.iter().take(A_PAGE) {
                li { @if let Some(line) = issue.place.line { "Line " (line) ": " } (issue.what) ". " span.quiet { (issue.way_out) "." } }
            } }
            @if report.issues.len() > A_PAGE { p.quiet { "And " (report.issues.len() - A_PAGE) " more." } }
        }
        p { a href=(LIST) { "To the list" } }
    }
}
