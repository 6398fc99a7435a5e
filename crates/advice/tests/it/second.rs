//! A second reading says why and nothing else: no fact, no opt-out, nobody to write to, and not
//! whether anything is wrong.

use inroad_advice::DealReview;
use inroad_advice::of_deal::of_deal;
use inroad_advice::playbook::second::TRUST_MAX;
use inroad_advice::{Input, correspondence::Correspondence};
use inroad_model::{
    Advice, Cause, Finding, Moment, Probability, ReadCause, Remarks, SecondReading, Seller, Source,
    State,
};

use crate::story::{JANA, ME, OMAR, Story, email, morning};

const WORDS: &str = "We will look at it again with our friends from the board.";

/// Jana writes the same kind words, then stops answering.
fn quiet() -> Story {
    let story = (0..5).fold(Story::new(), |story, n| {
        let day = f64::from(n) * 6.0;
        story.we(day).letter(day + 1.0, JANA, ME, WORDS)
    });
    story.we(40.0).we(50.0)
}

fn reading(causes: &[(Cause, f64)], as_of: Moment) -> SecondReading {
    let finding = |n: usize| Finding {
        message: Source::Note(as_of.date()),
        quote: format!("words number {n}"),
        says: "They hesitate".to_owned(),
    };
    let causes = causes.iter().map(|(cause, probability)| ReadCause {
        cause: *cause,
        probability: Probability::clamped(*probability),
        findings_for: (0..3).map(finding).collect(),
        findings_against: Vec::new(),
    });
    SecondReading {
        model: "small-1".to_owned(),
        host: "localhost:11434".to_owned(),
        as_of,
        made_at: as_of,
        causes: causes.collect(),
        remarks: Remarks::default(),
        false_quotes: 0,
    }
}

fn with(mut story: Story, reading: SecondReading) -> Story {
    story.second_readings.by_deal.insert(story.deal.id.clone(), reading);
    story
}

fn first(review: &DealReview) -> Option<Cause> {
    review.causes.first().map(|cause| cause.cause)
}

#[test]
fn it_moves_causes_and_is_named_with_its_weight() {
    let plain = quiet().review(80.0);
    assert_ne!(first(&plain), Some(Cause::ResistantFaction));
    let told = reading(&[(Cause::ResistantFaction, 0.8)], morning(60.0));
    let got = with(quiet(), told).review(80.0);
    assert_eq!(first(&got), Some(Cause::ResistantFaction));
    assert_eq!(got.probability_healthy, plain.probability_healthy, "why, and never whether");
    let json = serde_json::to_value(&got).unwrap();
    let evidence = json["causes"][0]["for"].as_array().unwrap();
    let second = evidence.iter().find(|e| e["source"] == "second reading").unwrap();
    assert_eq!(second["says"], "They hesitate — second reading by small-1, weight 1");
    let reason = got.reasons.last().unwrap();
    assert!(reason.says.ends_with("(80 %) — second reading by small-1, weight 1"), "{reason:?}");
    assert_eq!(json["second_reading"]["model"], "small-1");
    assert_eq!(json["reasons"][0]["source"], "built-in reading");
}

#[test]
fn later_readings_and_mistrusted_ones_change_nothing() {
    let plain = quiet().review(80.0);
    let told = reading(&[(Cause::ResistantFaction, 0.9)], morning(81.0));
    assert_eq!(with(quiet(), told.clone()).review(80.0), plain, "made of later mail");
    let mut story = with(quiet(), told);
    story.second_readings.trust = 0.0;
    assert_eq!(story.review(90.0).causes, quiet().review(90.0).causes);
    story.second_readings.trust = f64::NAN;
    assert_eq!(story.review(90.0).causes, quiet().review(90.0).causes);
    story.second_readings.trust = 1000.0;
    assert!(story.review(90.0).second_reading.unwrap().weight <= TRUST_MAX);
}

#[test]
fn naming_all_causes_alike_says_nothing() {
    let alike: Vec<_> = Cause::ALL.iter().map(|cause| (*cause, 1.0 / 24.0)).collect();
    let got = with(quiet(), reading(&alike, morning(60.0))).review(80.0);
    let plain = quiet().review(80.0);
    assert_eq!(first(&got), first(&plain));
    for (a, b) in got.causes.iter().zip(&plain.causes) {
        let (a, b) = (a.probability.unwrap().get(), b.probability.unwrap().get());
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
}

#[test]
fn a_word_about_an_opt_out_is_none() {
    let plain = quiet().review(80.0);
    let got = with(quiet(), reading(&[(Cause::OptedOut, 1.0)], morning(60.0))).review(80.0);
    assert_eq!(got.causes, plain.causes);
    assert_eq!(
        (got.state, got.advice, &got.next_step),
        (plain.state, plain.advice, &plain.next_step)
    );
    assert!(got.facts.is_empty() && got.second_reading.unwrap().reading.causes.is_empty());
}

#[test]
fn whatever_it_says_nobody_is_let_alone_for_ever_or_named_by_it() {
    for cause in Cause::ALL {
        let mut told = reading(&[(*cause, 1.0)], morning(60.0));
        told.remarks.resistor = Some(email(JANA));
        told.remarks.decision_maker = Some(email("eve@evil.example"));
        told.remarks.levers = vec![email(OMAR), email("eve@evil.example"), email(JANA)];
        let got = with(quiet(), told).review(80.0);
        let plain = quiet().review(80.0);
        assert_ne!(got.advice, Advice::Stop, "{cause:?}");
        assert_ne!(got.state, State::Closed, "{cause:?}");
        assert_eq!((&got.facts, &got.levers), (&plain.facts, &plain.levers));
        assert_eq!((&got.resistor, &got.decision_maker), (&plain.resistor, &plain.decision_maker));
        let remarks = got.second_reading.unwrap().reading.remarks;
        assert_eq!(remarks.levers, [email(JANA)], "who belongs to the deal");
        assert_eq!(remarks.decision_maker, None);
    }
}

#[test]
fn a_healthy_deal_stays_one() {
    let well = (0..6).fold(Story::new(), |story, n| {
        let day = f64::from(n) * 6.0;
        story.we(day).letter(day + 1.0, JANA, ME, "Lovely, thank you! See you on Monday.")
    });
    let plain = well.review(32.0);
    assert!(plain.likely_causes().is_empty());
    for cause in Cause::ALL {
        let got = with(well.clone(), reading(&[(*cause, 1.0)], morning(31.5))).review(32.0);
        assert!(got.likely_causes().is_empty(), "{cause:?}");
        assert_eq!((got.state, got.advice), (plain.state, plain.advice), "{cause:?}");
    }
}

#[test]
fn letters_of_another_deal_with_that_firm_are_not_this_ones() {
    let story = quiet().letter(55.0, OMAR, ME, "About the other matter.");
    let seat = |email: &str| serde_json::json!([{ "email": email }]);
    let mut mine = story.deal.clone();
    mine.people = serde_json::from_value(seat(JANA)).unwrap();
    let mut other = story.deal.clone();
    other.id = inroad_model::DealId::new("other").unwrap();
    other.people = serde_json::from_value(seat(OMAR)).unwrap();
    let deals = [mine, other];
    let seller = Seller { name: None, emails: vec![email(ME)], colleagues: Vec::new() };
    let input = Input {
        seller: &seller,
        deals: &deals,
        beside: &[],
        touches: &story.touches,
        events: &[],
        playbook: inroad_advice::playbook::Playbook::shipped(),
        second_readings: &story.second_readings,
        opted_out: &[],
        as_of: morning(60.0),
    };
    let correspondence = Correspondence::until(&story.touches, &seller, morning(60.0));
    let found = of_deal(&input, &correspondence, &deals[0]);
    assert_eq!(found.letters.len(), story.touches.len() - 1);
    assert_eq!(found.people, [email(JANA)].into());
    let early = Correspondence::until(&story.touches, &seller, morning(8.0));
    assert!(of_deal(&input, &early, &deals[0]).letters.len() < 6, "nothing later");
}
