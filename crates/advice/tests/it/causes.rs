//! What the playbook makes of a deal: causes, their words, and steps that go with the advice.

use inroad_model::{Advice, Cause, State};

use crate::story::{JANA, ME, Story};

/// Purchasing by the name of Jana: no step without another form.
fn held_up() -> Story {
    (0..5).fold(Story::new(), |story, n| {
        let day = f64::from(n) * 6.0;
        story.we(day).letter(
            day + 1.0,
            JANA,
            ME,
            "Purchasing needs two more comparable offers before we can go on. Please resend the \
             breakdown in our format and fill in the supplier form again.",
        )
    })
}

#[test]
fn what_holds_a_deal_up_is_named_in_their_words() {
    let got = held_up().we(40.0).we(50.0).review(80.0);
    let first = got.likely_causes().first().unwrap();
    assert_eq!(first.cause, Cause::ResistantPurchaser);
    let quotes: Vec<_> = first.evidence_for.iter().filter_map(|e| e.quote.as_deref()).collect();
    assert!(quotes.iter().any(|quote| quote.contains("comparable offers")), "{quotes:?}");
}

/// Jana finds it far too dear, and the fee is.
fn too_dear() -> Story {
    let mut story = (0..5).fold(Story::new(), |story, n| {
        let day = f64::from(n) * 6.0;
        let text = "That is far above our budget, and another provider is a third cheaper. Could \
                    you come down with the price or cut it to a smaller piece?";
        story.we(day).letter(day + 1.0, JANA, ME, text)
    });
    story.deal.fee_quoted = Some(90_000.0);
    story.deal.usual_fee_range = Some((30_000.0, 50_000.0));
    story
}

#[test]
fn a_deal_that_is_let_go_has_no_step_towards_them() {
    let asked = too_dear().we(40.0).we(50.0);
    assert_eq!(asked.review(80.0).advice, Advice::Pursue);
    let got = asked.we(60.0).we(70.0).review(110.0);
    assert_eq!((got.state, got.advice), (State::Dark, Advice::LetGo));
    assert!(got.next_step.unwrap().text.contains("Close the file"));
}

#[test]
fn letters_of_older_files_tell_the_same() {
    let story = too_dear().they(40.0).they(50.0).they(52.0).we(54.0);
    assert!(story.review(70.0).signs.contains_key("questions_stopped"));
    assert_eq!(story.without_gists().review(70.0), story.review(70.0));
}
