//! How a draft is begun: along a play, with one of a few ways to open.

use inroad_model::EmailAddress;
use inroad_service::{
    Coach, Error, FittingPlay, Skeleton, TouchWords, first_play_with, fitting_plays, play_named,
    skeleton,
};
use maud::{Markup, html};

use super::{Asked, Beside, NO_PLAY};
use crate::parts;
use crate::server::App;

/// More plays than these confuse.
const PLAYS_MAX: usize = 4;

/// The plays that fit the deal that is meant, by the review at hand.
pub(super) async fn fitting(
    app: &App,
    asked: &Asked,
    person: Option<&EmailAddress>,
) -> Result<Vec<FittingPlay>, Error> {
    let Some(person) = person else { return Ok(Vec::new()) };
    let morning = app.desk.glance().await?;
    let deals = &morning.review.deals;
    let named = deals.iter().find(|deal| deal.id.as_str() == asked.deal);
    let deal = named.or_else(|| {
        deals
            .iter()
            .find(|deal| !deal.is_over() && deal.people.iter().any(|known| known.email == *person))
    });
    let Some(deal) = deal.filter(|deal| !deal.is_over()) else { return Ok(Vec::new()) };
    let stored = morning.deals.iter().find(|stored| stored.deal.id == deal.id);
    let is_ongoing = stored.is_some_and(|stored| stored.deal.ongoing_account);
    Ok(fitting_plays(deal, &app.inroad.playbook()?, is_ongoing))
}

/// The skeleton; `None` for nobody in particular.
pub(super) async fn begun(
    app: &App,
    asked: &Asked,
    coach: &Coach,
    fitting: &[FittingPlay],
) -> Result<Option<Skeleton>, Error> {
    if coach.person().is_none() {
        return Ok(None);
    }
    let play = match asked.play.as_str() {
        NO_PLAY => None,
        "" => first_play_with(fitting, coach.person()).cloned(),
        name => play_named(name, fitting, &app.inroad.playbook()?, coach).ok(),
    };
    let touches = app.desk.touches().await?;
    let touch = coach.person().and_then(|person| touches.with(person)).and_then(TouchWords::of);
    skeleton(coach, asked.channel, play.as_ref(), touch.as_ref(), asked.opening).map(Some)
}

/// What helps to fill the blanks: remarks, ways to open, the play, other plays.
pub(super) fn help(asked: &Asked, beside: &Beside) -> Markup {
    html! {
        @if let Some(refused) = &beside.refused { p.held { strong { (refused) "." } } }
        @if let Some(begun) = &beside.begun {
            section.begun aria-labelledby="begun" {
                h2 id="begun" { "To fill the blanks" }
                @for remark in &begun.remarks { p { (remark) } }
                @if begun.openings.len() > 1 {
                    p { "Ways to open:" }
                    ol {
                        @for (number, opening) in (1_usize..).zip(&begun.openings) {
                            li {
                                a href=(again(asked, Some(&asked.play), number)) data-blank={ "[fill in: " (opening.hint) "]" } { (opening.name) }
                                br; span.quiet { (opening.rests_on) }
                            }
                        }
                    }
                }
                @if let Some(play) = &begun.play {
                    p { "The play: " strong { (play.name) } " " span.quiet { "against: " (play.against) } }
                    ol { @for step in &play.steps { li { (step) } } }
                    @for never in &play.never { p { strong { "Never: " } (never) } }
                }
                (others(asked, beside, begun))
            }
        }
    }
}

fn others(asked: &Asked, beside: &Beside, begun: &Skeleton) -> Markup {
    let here = begun.play.as_ref().map(|play| play.key.as_str());
    let others: Vec<&FittingPlay> = beside
        .fitting
        .iter()
        .take(PLAYS_MAX)
        .filter(|play| Some(play.key.as_str()) != here)
        .collect();
    html! {
        p.acts {
            @for play in others { a.act href=(again(asked, Some(&play.key), 1)) { "Instead: " (play.name) } }
            @if asked.play != NO_PLAY { a.act href=(again(asked, Some(NO_PLAY), 1)) { "An empty page" } }
        }
    }
}

/// The same page, begun otherwise.
fn again(asked: &Asked, play: Option<&str>, opening: usize) -> String {
    let pairs = [
        ("person", asked.person.as_str()),
        ("deal", &asked.deal),
        ("play", play.unwrap_or("")),
        ("channel", asked.channel.as_str()),
        ("stage", asked.stage.map_or("", |stage| stage.as_str())),
    ];
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> =
        given.map(|(name, value)| format!("{name}={}", parts::escape(value))).collect();
    let opening = if opening > 1 { format!("&opening={opening}") } else { String::new() };
    format!("/coach?{}{opening}", query.join("&"))
}
