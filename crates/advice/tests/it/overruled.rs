//! The user's decision against the advice counts, with the reason, and never against a stop.

use inroad_advice::overruled::take_word;
use inroad_advice::{DealReview, Review};
use inroad_model::{Advice, FactKind, Overruling, Remark, Stage, State};

use crate::story::{Story, email, morning};

fn decided(mut review: Review, advised: Advice, chosen: Advice) -> DealReview {
    let because = Remark::new("I met her at the fair").unwrap();
    let deal = review.deals[0].id.clone();
    let word = Overruling::new(deal, morning(100.0), advised, chosen, because).unwrap();
    take_word(&mut review, &[word]);
    review.deals.remove(0)
}

fn asked_enough() -> Story {
    Story::habit(4, 1.0).we(60.0).we(70.0).we(80.0).we(90.0)
}

#[test]
fn the_users_choice_is_the_advice_and_ours_stands_beside_it() {
    let ours = asked_enough().review_all(110.0);
    assert_eq!(ours.deals[0].advice, Advice::LetGo);
    for (chosen, words) in [(Advice::Pursue, "openly"), (Advice::Wait, "wait")] {
        let got = decided(ours.clone(), Advice::LetGo, chosen);
        assert_eq!((got.state, got.advice), (State::Dark, chosen));
        let overruled = got.overruled.unwrap();
        assert_eq!((overruled.advised, overruled.advised_then), (Advice::LetGo, Advice::LetGo));
        assert_eq!(overruled.because.as_str(), "I met her at the fair");
        let step = got.next_step.unwrap();
        assert!(step.text.contains(words), "{}", step.text);
        assert_eq!(step.to.is_some(), chosen == Advice::Pursue);
    }
    let got = decided(ours, Advice::LetGo, Advice::Stop);
    assert!(got.next_step.is_none() && got.question.is_none());
}

#[test]
fn where_we_agree_by_now_nothing_is_said() {
    let ours = asked_enough().review_all(110.0);
    let got = decided(ours.clone(), Advice::Pursue, Advice::LetGo);
    assert_eq!(got, ours.deals[0]);
}

#[test]
fn nothing_takes_the_place_of_a_stop_or_opens_what_has_ended() {
    let stop = Story::habit(4, 1.0).they(60.0).states(FactKind::OptedOut, |_| ());
    let got = decided(stop.review_all(70.0), Advice::LetGo, Advice::Pursue);
    assert_eq!((got.advice, got.overruled), (Advice::Stop, None));
    let mut ended = asked_enough();
    ended.deal.stage = Some(Stage::Lost);
    let ours = ended.review_all(110.0);
    assert_eq!(decided(ours.clone(), Advice::LetGo, Advice::Pursue), ours.deals[0]);
}

#[test]
fn nobody_is_named_who_wants_no_mail() {
    let omar = "omar@lindner.example";
    let story = Story::habit(4, 1.0)
        .letter(50.0, omar, crate::story::ME, "Please do not write to me any more.")
        .states(FactKind::OptedOut, |_| ())
        .we(60.0)
        .we(70.0)
        .we(80.0)
        .we(90.0);
    for chosen in [Advice::Pursue, Advice::Wait] {
        let got = decided(story.review_all(110.0), Advice::LetGo, chosen);
        let to = got.next_step.and_then(|step| step.to);
        assert_ne!(to, Some(email(omar)));
    }
}

#[test]
fn without_a_decision_no_byte_changes() {
    let ours = asked_enough().review_all(110.0);
    let mut same = ours.clone();
    take_word(&mut same, &[]);
    let json = serde_json::to_string(&same).unwrap();
    assert_eq!(json, serde_json::to_string(&ours).unwrap());
    assert!(!json.contains("overruled"));
}
