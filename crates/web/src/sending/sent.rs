//! What was let go, with what became of each; and a person's word where nobody can tell.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use inroad_model::EmailAddress;
use inroad_service::{CopyState, LetGo, LetGoPage, LetGoState, SendWay};
use maud::{Markup, html};

use crate::forms::{Fields, OurForm, hidden_key, one};
use crate::frame::Place;
use crate::pager;
use crate::parts;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// So many stand on a page.
const A_PAGE: usize = 50;

pub(super) async fn show(
    State(app): State<App>,
    Query(query): Query<Fields>,
    visit: Visit,
) -> Response {
    let number: usize = one(&query, "page").parse().unwrap_or(1).max(1);
    let behind = (number - 1).saturating_mul(A_PAGE);
    let limit = u32::try_from(A_PAGE).unwrap_or(u32::MAX);
    match app.inroad.let_go_letters(limit, behind as u64).await {
        Ok(page) => visit.page("Sent", Place::Coach, &whole(&page, number, &visit)).into_response(),
        Err(error) => failed(&error),
    }
}

fn whole(page: &LetGoPage, number: usize, visit: &Visit) -> Markup {
    let count = usize::try_from(page.count).unwrap_or(usize::MAX);
    let open = |letter: &LetGo| {
        matches!(letter.state, LetGoState::Unknown | LetGoState::NotLookedFor)
            || letter.copy == CopyState::Wanted
    };
    html! {
        p { a href="/coach" { "← The coach" } }
        h1 { "Sent" }
        @if page.letters.is_empty() {
            p.lead { "No letter was let go from here yet. Write one with the coach, look at it, and let it go." }
        } @else {
            p.lead { "What you let go, the latest first, and what became of it." }
        }
        @if page.letters.iter().any(open) {
            form.line method="post" action="/sent/look" {
                (hidden_key(&visit.form_key))
                button type="submit" { "Look once more in my mailbox" }
                span.quiet { "What is not found is never sent again." }
            }
        }
        ul.written { @for letter in &page.letters { (row(letter, visit)) } }
        (pager::pager(number, pager::last(count, A_PAGE), |page| format!("/sent?page={page}")))
    }
}

fn row(letter: &LetGo, visit: &Visit) -> Markup {
    let subject =
        if letter.subject.is_empty() { "A letter without a subject" } else { &letter.subject };
    let copies: Vec<&str> = letter.cc.iter().chain(&letter.bcc).map(EmailAddress::as_str).collect();
    html! {
        li id={ "letter-" (letter.number) } data-row {
            p {
                strong { (state(letter)) } " · " (parts::day(Some(letter.approved_at))) " · "
                @if letter.is_kept { a href=(parts::message_link(&letter.message_id, None)) { (subject) } } @else { (subject) }
            }
            p {
                "to "
                @for (n, email) in letter.to.iter().enumerate() {
                    @if n > 0 { ", " } a href=(parts::person_link(email)) { (email) }
                }
                @if !copies.is_empty() { span.quiet { ", copies to " (copies.join(", ")) } }
            }
            @if !letter.said.is_empty() { p.quiet { (letter.said) } }
            @if let Some(told) = copy(letter) { p.quiet { (told) } }
            @if let Some(overruled) = &letter.overruled {
                p.quiet { "It went although the coach held it up: " (overruled.findings.join("; ")) ". Because: " q { (overruled.because.as_str()) } }
            }
            @if letter.state == LetGoState::Unknown {
                form.line method="post" action={ "/sent/" (letter.number) "/settle" } {
                    (hidden_key(&visit.form_key))
                    span { "Look in your mail program. Did it go?" }
                    button type="submit" name="went" value="yes" aria-label={ "It went: " (subject) } { "It went" }
                    button type="submit" name="went" value="no" aria-label={ "It did not go: " (subject) } { "It did not go" }
                }
            }
        }
    }
}

fn state(letter: &LetGo) -> &'static str {
    match (letter.state, letter.way) {
        (LetGoState::Went, SendWay::Now) => "Sent",
        (LetGoState::Went, SendWay::Drafts) => "In your drafts",
        (LetGoState::OnItsWay, _) => "On its way",
        (LetGoState::NotLookedFor, _) => "Begun, and not settled",
        (LetGoState::DidNotGo, _) => "It did not go",
        (LetGoState::Unknown, _) => "Nobody can tell",
    }
}

fn copy(letter: &LetGo) -> Option<String> {
    match letter.copy {
        CopyState::None => None,
        CopyState::Filed => Some("A copy lies among your sent letters.".to_owned()),
        CopyState::WasThere => Some("It lies among your sent letters.".to_owned()),
        CopyState::NoFolder => Some("Your mailbox has no folder for a copy.".to_owned()),
        CopyState::Wanted => {
            let why = letter.copy_trouble.as_deref().unwrap_or("it is put there yet");
            Some(format!("No copy among your sent letters so far: {why}."))
        }
    }
}

pub(super) async fn look(State(app): State<App>, OurForm(_fields): OurForm) -> Response {
    let Some(passwords) = &app.passwords else { return not_found("No mailbox is connected.") };
    match app.inroad.settle_what_was_begun(passwords).await {
        Ok(_settling) => Redirect::to("/sent").into_response(),
        Err(error) => failed(&error),
    }
}

pub(super) async fn settle(
    State(app): State<App>,
    Path(number): Path<i64>,
    OurForm(fields): OurForm,
) -> Response {
    let went = match one(&fields, "went") {
        "yes" => true,
        "no" => false,
        _ => return not_found("Say whether it went."),
    };
    match app.inroad.say_what_became(number, went, app.as_of()).await {
        Ok(()) => Redirect::to(&format!("/sent#letter-{number}")).into_response(),
        Err(error) => failed(&error),
    }
}
