//! States do not flap: without news silence only grows colder, and a letter of ours is no news.

use inroad_advice::DealReview;
use inroad_model::{FactKind, State};
use jiff::civil::date;
use proptest::prelude::*;

use crate::story::{JANA, ME, OMAR, Story};

/// How cold a state that silence brings is; `None` for others.
fn coldness(deal: &DealReview) -> Option<u8> {
    match deal.state {
        State::Warm => Some(0),
        State::Cooling => Some(1),
        State::Cold => Some(2),
        State::Dark => Some(3),
        State::Paused | State::Closed => None,
    }
}

/// A story of letters of different lengths, and the day of the last.
fn any_letters() -> impl Strategy<Value = (Story, f64)> {
    let step = (0.0_f64..12.0, 0_u8..4, any::<bool>());
    prop::collection::vec(step, 1..24).prop_map(|steps| {
        let mut day = 0.0;
        let story = steps.into_iter().fold(Story::new(), |story, (gap, who, long)| {
            day += gap;
            let text =
                if long { "A word and another one. ".repeat(20) } else { "Noted.".to_owned() };
            match who {
                0 => story.letter(day, ME, JANA, &text),
                1 => story.letter(day, ME, OMAR, &text),
                2 => story.letter(day, JANA, ME, &text),
                _ => story.letter(day, OMAR, ME, &text),
            }
        });
        (story, day)
    })
}

/// Reviews each day from one on; asserts that none is warmer than the day before.
fn grows_only_colder(story: &Story, from: f64) -> Result<(), TestCaseError> {
    let mut before = 0;
    for day in 0..90 {
        let deal = story.review(from + f64::from(day));
        let Some(cold) = coldness(&deal) else { return Ok(()) };
        prop_assert!(cold >= before, "day {day}: {before}, then {:?}", deal.state);
        before = cold;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn without_news_it_only_grows_colder((story, last) in any_letters()) {
        grows_only_colder(&story, last)?;
    }

    #[test]
    fn after_an_absence_too((story, last) in any_letters(), length in 1_i64..40) {
        let back = date(2026, 1, 5) + jiff::Span::new().days(length);
        let story = story
            .letter(last + 0.1, JANA, ME, "I am away.")
            .automatic()
            .states(FactKind::OutOfOffice, |fact| fact.until = Some(back));
        #[expect(clippy::cast_precision_loss, reason = "days of a story")]
        let over = (length + 6) as f64;
        grows_only_colder(&story, over.max(last + 6.0))?;
    }

    #[test]
    fn a_reminder_makes_nothing_warmer((story, last) in any_letters(), waits in 0.0_f64..60.0) {
        let day = last + waits;
        let (to, from) = {
            let message = &story.touches.last().unwrap().message;
            (message.to[0].address.clone(), message.from.as_ref().unwrap().address.clone())
        };
        prop_assume!(from.as_str() == ME);
        let before = coldness(&story.review(day));
        let after = story.letter(day + 0.001, ME, to.as_str(), "And now?").review(day + 0.002);
        prop_assert!(coldness(&after) >= before, "{before:?}, then {:?}", after.state);
    }
}

#[test]
fn a_letter_to_a_slower_colleague_is_no_news_of_who_is_dark() {
    let story = (0..6).fold(Story::new(), |story, n| {
        let day = f64::from(n) * 30.0;
        story
            .letter(day, ME, JANA, "How is it going?")
            .letter(day + 1.0, JANA, ME, "Well enough, thank you for asking again.")
            .letter(day + 2.0, ME, OMAR, "And how do you see it?")
            .letter(day + 27.0, OMAR, ME, "Much the same as she does, as far as I know.")
    });
    let story = story.letter(180.0, ME, JANA, "What do you think?");
    assert_eq!(story.review(204.0).state, State::Dark);
    let asked = story.letter(204.1, ME, OMAR, "Is she well?");
    for day in [204.2, 205.0, 212.0] {
        assert_eq!(asked.review(day).state, State::Dark, "day {day}");
    }
    // Whoever answers is news.
    assert_eq!(asked.letter(205.0, OMAR, ME, "She is.").review(206.0).state, State::Warm);
}

#[test]
fn who_turned_curt_does_not_grow_warmer_while_we_wait() {
    let curt = |story: Story, day| story.letter(day, JANA, ME, "Noted.");
    let turned = curt(curt(Story::habit(5, 1.0).we(60.0), 61.0).we(62.0), 63.0);
    for day in [64.0, 80.0, 100.0, 120.0] {
        assert_eq!(turned.review(day).state, State::Cold, "day {day}");
    }
    let asked = turned.we(64.0);
    for (day, state) in [(65.0, State::Cold), (69.0, State::Cold), (100.0, State::Dark)] {
        assert_eq!(asked.review(day).state, state, "day {day}");
    }
}
