//! Plays against what is likely behind it, with steps to tick.

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_advice::DealReview;
use inroad_advice::plays::{OfferedPlay, offered};
use inroad_model::{DealId, Entry, EntryNumber, KeptEntry, Subject};
use inroad_service::{Playbook, StoredDeal};
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::{OurForm, hidden, one};
use crate::server::{App, failed, not_found};
use crate::{coach, deeds, parts};

/// More plays than these confuse.
const PLAYS_MAX: usize = 4;

/// The plays; with a key their steps can be ticked.
pub(super) fn plays(
    deal: &DealReview,
    stored: &StoredDeal,
    playbook: &Playbook,
    entries: &[KeptEntry],
    key: Option<&Key>,
) -> Markup {
    let plays = if deal.is_over() {
        Vec::new()
    } else {
        offered(deal, playbook, stored.deal.ongoing_account)
    };
    html! {
        h2 id="plays" { "Plays" }
        @if plays.is_empty() {
            p.quiet { "None is called for: nothing is likely enough to be behind it." }
        }
        @for (index, play) in plays.iter().take(PLAYS_MAX).enumerate() {
            details.play open[index == 0] {
                summary { strong { (play.name) } " " span.quiet { "against: " (play.against) } }
                @if !play.when.is_empty() { p.quiet { (play.when) } }
                (steps(deal, play, entries, key))
                @if !play.never.is_empty() {
                    p { "Never:" }
                    ul { @for never in play.never { li { (never) } } }
                }
            }
        }
    }
}

fn steps(
    deal: &DealReview,
    play: &OfferedPlay<'_>,
    entries: &[KeptEntry],
    key: Option<&Key>,
) -> Markup {
    let link = parts::deal_link(&deal.id);
    // The step that comes next is where one writes.
    let next = (1_u32..).zip(&play.steps).map(|(number, _)| number);
    let next = next.into_iter().find(|number| ticked(deal, &play.key, *number, entries).is_none());
    html! {
        ol.steps {
            @for (number, step) in (1_u32..).zip(&play.steps) {
                @let done = ticked(deal, &play.key, number, entries);
                li.done[done.is_some()] {
                    span { (step) @if done.is_some() { " " em { "done" } } }
                    @if let Some(with) = play.with.as_ref().filter(|_| key.is_some() && next == Some(number)) {
                        a.act href=(coach::link(with, Some(deal.id.as_str()), Some(&play.key))) aria-label={ "Write, with step " (number) " of " (play.name) } { "Write" }
                    }
                    @if let Some(key) = key {
                        form method="post" action={ (link) "/step" } {
                            (hidden(key, &format!("{link}#plays")))
                            @if let Some(done) = done {
                                input type="hidden" name="done" value=(done);
                                button type="submit" aria-label={ "Step " (number) " is not done" } { "Not done" }
                            } @else {
                                input type="hidden" name="play" value=(play.key);
                                input type="hidden" name="step" value=(number);
                                button type="submit" aria-label={ "Step " (number) " is done" } { "Done" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The entry that says that a step is done.
fn ticked(deal: &DealReview, key: &str, number: u32, entries: &[KeptEntry]) -> Option<EntryNumber> {
    let is_it = |kept: &&KeptEntry| {
        kept.deal() == Some(&deal.id)
            && matches!(&kept.entry, Entry::Step { play, step } if play == key && *step == number)
    };
    entries.iter().find(is_it).map(|kept| kept.number)
}

/// A step is done, or is not after all.
pub(super) async fn tick(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    let next = one(&fields, "next");
    let deed = match (one(&fields, "done").parse::<EntryNumber>(), one(&fields, "step").parse()) {
        (Ok(done), _) => app.inroad.strike(done, app.as_of()).await.map(|done| done.deed),
        (Err(()), Ok(step)) => {
            let entry = Entry::Step { play: one(&fields, "play").to_owned(), step };
            let written =
                app.inroad.write_down(Subject::Deal(id.clone()), entry, app.as_of()).await;
            written.map(|done| done.deed)
        }
        (Err(()), Err(_)) => return not_found("There is no such step."),
    };
    match deed {
        Ok(deed) => deeds::done(&app, next, Some(&id), deed).await,
        Err(error) => failed(&error),
    }
}
