//! What the review promises, tried on stories that a machine makes up.

use inroad_advice::DealReview;
use inroad_model::{FactKind, State};
use jiff::civil::date;
use proptest::prelude::*;

use crate::story::{JANA, ME, OMAR, Story, email};

/// A story of up to thirty letters of three people, some stating things.
fn any_story() -> impl Strategy<Value = Story> {
    let step = (0.0_f64..9.0, 0_u8..4, 0_u8..12);
    prop::collection::vec(step, 0..30).prop_map(|steps| {
        let mut day = 0.0;
        steps.into_iter().fold(Story::new(), |story, (gap, who, what)| {
            day += gap;
            let story = match who {
                0 => story.letter(day, ME, JANA, "A question?"),
                1 => story.letter(day, ME, OMAR, "Another question?"),
                2 => story.letter(day, JANA, ME, "An answer."),
                _ => story.letter(day, OMAR, ME, "Another answer."),
            };
            if who < 2 {
                return story;
            }
            match what {
                0 => story.states(FactKind::OptedOut, |_| {}),
                1 => story.states(FactKind::OptedOut, |fact| {
                    fact.email = None;
                    fact.whole_firm = true;
                }),
                2 => story.states(FactKind::OutOfOffice, |f| f.until = Some(date(2026, 3, 1))),
                3 => story.states(FactKind::LeftCompany, |fact| fact.to = Some(email(OMAR))),
                4 => story.states(FactKind::Referred, |fact| fact.to = Some(email(JANA))),
                5 => story.states(FactKind::ComeBack, |fact| fact.on = Some(date(2026, 4, 1))),
                6 => story.states(FactKind::Bounced, |_| {}),
                _ => story,
            }
        })
    })
}

/// Everybody whom a review proposes to write to.
fn proposed(deal: &DealReview) -> Vec<&str> {
    let step = deal.next_step.as_ref().and_then(|step| step.to.as_ref());
    let asked = deal.question.as_ref().and_then(|question| question.ask.as_ref());
    let levers = deal.levers.iter().map(|lever| &lever.email);
    step.into_iter()
        .chain(asked)
        .chain(levers)
        .chain(&deal.route)
        .map(inroad_model::EmailAddress::as_str)
        .collect()
}

proptest! {
    #[test]
    fn who_opted_out_is_never_proposed(story in any_story(), day in 0.0_f64..200.0) {
        let as_of = crate::story::morning(day);
        let deal = story.review(day);
        for touch in story.touches.iter().filter(|t| t.date().unwrap() <= as_of) {
            for fact in touch.facts.iter().filter(|f| f.kind == FactKind::OptedOut) {
                if fact.whole_firm {
                    prop_assert_eq!(proposed(&deal), Vec::<&str>::new());
                } else {
                    let email = fact.email.as_ref().unwrap().as_str();
                    prop_assert!(!proposed(&deal).contains(&email));
                }
            }
        }
    }

    #[test]
    fn later_mail_never_changes_an_earlier_review(story in any_story(), day in 0.0_f64..200.0) {
        let as_of = crate::story::morning(day);
        let mut known = story.clone();
        known.touches.retain(|touch| touch.date().unwrap() <= as_of);
        prop_assert_eq!(story.review_all(day), known.review_all(day));
    }

    #[test]
    fn the_order_of_import_does_not_matter(story in any_story(), day in 0.0_f64..200.0) {
        let mut reversed = story.clone();
        reversed.touches.reverse();
        let json = |story: &Story| serde_json::to_string(&story.review_all(day)).unwrap();
        prop_assert_eq!(json(&story), json(&reversed));
    }

    #[test]
    fn every_reason_points_at_words_that_stand_there(story in any_story(), day in 0.0_f64..200.0) {
        let deal = story.review(day);
        prop_assert!(deal.state == State::Warm || !deal.reasons.is_empty());
        for reason in &deal.reasons {
            let touch = story.touches.iter().find(|t| {
                reason.message == inroad_model::Source::Message(t.message.id.clone())
            });
            let touch = touch.expect("a reason points at a message of the story");
            if let Some(quote) = &reason.quote {
                prop_assert!(touch.message.text.contains(quote.as_str()));
            }
        }
    }
}
