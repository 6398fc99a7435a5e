//! The manual, served by the program itself.

mod chapters;
mod markdown;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, PreEscaped, html};

use self::chapters::Chapter;
use crate::frame::Place;
use crate::server::{App, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/help", get(contents))
        .route("/help/keys", get(async || Redirect::to("/help/pages#keys-everywhere")))
        .route("/help/{chapter}", get(chapter))
}

/// Where the manual speaks of a place.
pub(crate) fn about(place: Place) -> &'static str {
    match place {
        Place::Today => "/help/pages#the-morning",
        Place::Deals => "/help/pages#the-deals",
        Place::Targets => "/help/prospects",
        Place::Touches => "/help/touches",
        Place::Leads => "/help/leads",
        Place::People => "/help/manual#people-and-accounts",
        Place::Lessons => "/help/manual#what-finished-deals-taught",
        Place::Backtest => "/help/manual#looking-back",
        Place::Playbook => "/help/playbook",
        Place::Import => "/help/pages#import",
        Place::Team => "/help/team",
        Place::Shared => "/help/team#deals-that-you-show",
        Place::Connections => "/help/connections",
        Place::Sellers => "/help/sellers",
        Place::Settings => "/help/pages#settings",
        Place::Coach => "/help/coach#the-page",
        Place::Search => "/help/manual#search",
        Place::Help | Place::None => "/help",
    }
}

/// A section of the manual that holds some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// Its chapter and its own title.
    pub title: String,
    /// Where it stands.
    pub address: String,
}

/// The sections that hold all the words, those with a word in their title first.
pub(crate) fn find(words: &str) -> Vec<Section> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(bool, Section)> = Vec::new();
    for chapter in chapters::all() {
        for section in &chapter.sections {
            let (title, text) = (section.title.to_lowercase(), section.text.to_lowercase());
            if words.iter().all(|word| title.contains(word) || text.contains(word)) {
                let in_title = words.iter().any(|word| title.contains(word));
                let title = format!("{} · {}", chapter.title, section.title);
                let address = format!("/help/{}#{}", chapter.name, section.anchor);
                found.push((!in_title, Section { title, address }));
            }
        }
    }
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().map(|(_, section)| section).collect()
}

async fn contents(
    State(_): State<App>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let words = asked.get("q").map_or("", String::as_str).trim();
    let body = html! {
        h1 { "Help" }
        (search(words))
        @if words.is_empty() {
            @for chapter in chapters::all() { (overview(chapter)) }
        } @else {
            @let found = find(words);
            p role="status" { (found.len()) " places hold these words." }
            ul { @for section in found { li { a href=(section.address) { (section.title) } } } }
        }
    };
    visit.page("Help", Place::Help, &body).into_response()
}

async fn chapter(State(_): State<App>, Path(name): Path<String>, visit: Visit) -> Response {
    let Some(chapter) = chapters::all().iter().find(|chapter| chapter.name == name) else {
        return not_found("There is no such chapter.");
    };
    let body = html! {
        p { a href="/help" { "← Help" } }
        (search(""))
        @if chapter.sections.len() > 3 {
            details.folded {
                summary { "In this chapter" }
                (sections(chapter))
            }
        }
        article.manual { (PreEscaped(chapter.html.as_str())) }
    };
    visit.page(&chapter.title, Place::Help, &body).into_response()
}

fn overview(chapter: &Chapter) -> Markup {
    html! {
        section {
            h2 { a href={ "/help/" (chapter.name) } { (chapter.title) } }
            (sections(chapter))
        }
    }
}

fn sections(chapter: &Chapter) -> Markup {
    html! {
        ul.sections {
            @for section in chapter.sections.iter().skip(1) {
                li { a href={ "/help/" (chapter.name) "#" (section.anchor) } { (section.title) } }
            }
        }
    }
}

fn search(words: &str) -> Markup {
    html! {
        form.filters method="get" action="/help" role="search" {
            label { span.for-ears { "Words in the manual" } input type="search" name="q" value=(words) placeholder="Find in the manual"; }
            button type="submit" { "Find" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_pages_has_a_place_in_the_manual() {
        let places = [
            Place::Today,
            Place::Deals,
            Place::People,
            Place::Touches,
            Place::Lessons,
            Place::Backtest,
            Place::Playbook,
            Place::Import,
            Place::Connections,
            Place::Settings,
            Place::Coach,
        ];
        for place in places {
            let address = about(place);
            let path = address.strip_prefix("/help/").unwrap();
            let (name, anchor) = path.split_once('#').unwrap_or((path, ""));
            let chapter = chapters::all().iter().find(|chapter| chapter.name == name).unwrap();
            let has = chapter.sections.iter().any(|section| section.anchor == anchor);
            assert!(anchor.is_empty() || has, "{address}");
        }
    }

    #[test]
    fn words_are_found_in_titles_first() {
        let found = find("undo");
        assert_eq!(found[0].address, "/help/pages#undo");
        assert!(found.len() > 1);
        assert!(find("").is_empty() && find("zzzz").is_empty());
    }
}
