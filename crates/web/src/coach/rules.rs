//! The rules, group by group: why, what to do instead, what it rests on, examples, what became of them.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use inroad_coach::rules::Pack;
use inroad_coach::rules::pack::Ready;
use inroad_coach::rules::rule::Example;
use inroad_service::CoachTally;
use maud::{Markup, html};

use super::looked;
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(super) async fn rules(State(app): State<App>, visit: Visit) -> Response {
    let found = async {
        let coach = app.coaches.of(None, app.as_of()).await?;
        Ok((coach, app.inroad.coach_stats().await?))
    };
    match found.await {
        Ok((coach, tallies)) => {
            let body = page(coach.pack(), &tallies);
            visit.page("Rules of the coach", Place::Coach, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn page(pack: &Pack, tallies: &BTreeMap<String, CoachTally>) -> Markup {
    html! {
        p { a href="/coach" { "← Coach" } }
        h1 { "What the coach looks at" }
        p.lead { (pack.rules().len()) " rules. Each says why, what to do instead, and what it rests on; each can be changed or put to rest in a file of yours. " a href="/help/coach#your-own-rules" { "How" } }
        @for (group, about) in pack.groups() {
            section {
                h2 { (group) }
                p.quiet { (about) }
                @for ready in pack.rules().iter().filter(|ready| ready.group == *group) {
                    (rule(ready, tallies.get(&ready.rule.id)))
                }
            }
        }
    }
}

fn rule(ready: &Ready, tally: Option<&CoachTally>) -> Markup {
    let rule = &ready.rule;
    html! {
        article.rule id=(rule.id) {
            h3 { (rule.says) }
            p.quiet { code { (rule.id) } " · " (rule.severity.as_str()) @if ready.off { " · put to rest by you" } @if rule.fixed { " · stays as it is" } }
            p { (rule.why) " " strong { "Instead: " } (rule.fix) }
            p.quiet { small { "Rests on " (looked::grade(rule.source.grade)) ": " (rule.source.says) "." } }
            @if let Some(tally) = tally {
                p.quiet { small { "So far: " (tally.found) " found, " (tally.fixed) " fixed, " (tally.dismissed) " dismissed." } }
            }
            // Where the same words are right for one person and wrong for another, they show nothing.
            @if let (Some(bad), Some(good)) = (rule.bad.first(), rule.good.first()) {
                @if bad.text != good.text {
                    details {
                        summary { "Examples" }
                        (example("Not so", bad))
                        (example("But so", good))
                    }
                }
            }
        }
    }
}

fn example(name: &str, example: &Example) -> Markup {
    html! { p { (name) ":" } blockquote { (example.text) } }
}
