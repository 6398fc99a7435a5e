//! What a finished deal taught: offered, told, counted, taken back; and decisions of the user's own.

use inroad_model::{Advice, Cause, LessonNumber, LessonWords, Moment, Outcome, Remark};
use inroad_service::{Decision, Done, Error, LessonAnswers};

use crate::desk::{Desk, day, moment};
use crate::letters::{JANA, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]},
            {"id": "d2", "name": "Audit", "domain": "acme.example", "stage": "lost"}]}"#;

/// Jana finds it too dear, and then writes no more.
async fn desk() -> Desk {
    let dear = "That is far above our budget, and another provider is a third cheaper. Could you \
                come down with the price?";
    let mut letters = Vec::new();
    for n in 0..4 {
        letters.push(letter(ME, JANA, 1 + 2 * n, "How does the proposal look to you by now?"));
        letters.push(letter(JANA, ME, 2 + 2 * n, dear));
    }
    letters.push(letter(ME, JANA, 10, "Shall we talk on Monday?"));
    letters.push(letter(ME, JANA, 14, "Shall we talk this week?"));
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&letters).await;
    desk
}

/// The time goes on from the day on which the file was made, which is today's.
fn later(days: i64) -> Moment {
    let now = jiff::Timestamp::now().as_second() + days * 86_400;
    Moment::utc(jiff::Timestamp::from_second(now).unwrap())
}

fn answers(outcome: Option<Outcome>, cause: Cause) -> LessonAnswers {
    LessonAnswers { outcome, causes: [cause].into(), ..LessonAnswers::default() }
}

fn share(review: &serde_json::Value, cause: &str) -> f64 {
    let causes = review["deals"][0]["causes"].as_array().unwrap().iter();
    let found = causes.filter(|c| c["cause"] == cause).find_map(|c| c["probability"].as_f64());
    found.unwrap_or(0.0)
}

#[tokio::test]
async fn the_review_of_a_deal_comes_filled_in() {
    let desk = desk().await;
    let offer = desk.inroad.lesson_offer("warehouse", day(28)).await.unwrap();
    let text = |remark: &Option<Remark>| remark.as_ref().unwrap().as_str().to_owned();
    let words = &offer.prefilled;
    assert!(
        text(&words.people).contains("Jana Kühn: 4 from them, last on 8 March 2026, 6 from you")
    );
    assert!(text(&words.process).contains("as far as: proposal"), "{words:?}");
    assert!(text(&words.changed).contains("Jana"), "{words:?}");
    assert_eq!(offer.causes.first().map(|c| c.cause), Some(Cause::PriceTooHigh));
    assert!(offer.plays.iter().any(|play| play.scenario == "price_too_high"));
    assert!(offer.last_review.signs.contains_key("too_dear"));
    assert_eq!((offer.outcome, offer.told), (None, None));
    let ended = desk.inroad.lesson_offer("audit", day(28)).await.unwrap();
    assert_eq!(ended.outcome, Some(Outcome::Lost));
}

#[tokio::test]
async fn a_lesson_moves_the_playbook_and_taking_it_back_moves_it_back() {
    let desk = desk().await;
    let (earlier, told, looked) = (later(0), later(1), later(2));
    let (before, before_it) = (desk.review(looked).await, desk.review(earlier).await);
    assert!(!before.to_string().contains("overruled"));
    let lesson = answers(None, Cause::PoliticalFear);
    let number = desk.inroad.learn("audit", lesson, told).await.unwrap();
    let after = desk.review(looked).await;
    assert_ne!(before, after);
    assert!(share(&after, "price_too_high") <= share(&before, "price_too_high"));
    assert_eq!(desk.review(earlier).await, before_it, "a day before it was told knows nothing");
    desk.inroad.withdraw_lesson(number, told).await.unwrap();
    assert_eq!(desk.review(looked).await, before, "and then it is as it was");
}

#[tokio::test]
async fn an_open_deal_ends_by_its_lesson() {
    let desk = desk().await;
    let told = later(3);
    let ended = Some(later(1));
    let lost = LessonAnswers {
        ended_at: ended,
        ..answers(Some(Outcome::NoDecision), Cause::PriceTooHigh)
    };
    let number = desk.inroad.learn("warehouse", lost, told).await.unwrap();
    let state = async |at| {
        let review = desk.inroad.review_deal("warehouse", at).await.unwrap();
        review.deals[0].state.to_string()
    };
    assert_eq!(state(later(4)).await, "closed");
    let lesson = desk.inroad.lessons(later(4)).await.unwrap().lessons.remove(0);
    assert_eq!((lesson.deal_name.as_str(), lesson.kept.number), ("Warehouse", number));
    let supposed = lesson.kept.lesson.last_review.causes[0].cause;
    assert_eq!(supposed, Cause::PriceTooHigh, "what the review said last is kept");
    desk.inroad.withdraw_lesson(number, told).await.unwrap();
    assert_ne!(state(later(4)).await, "closed");
}

#[tokio::test]
async fn what_cannot_be_is_said_with_the_way_out() {
    let desk = desk().await;
    let at = later(1);
    let learn = async |name, answers| desk.inroad.learn(name, answers, at).await.unwrap_err();
    let cause = Cause::PriceTooHigh;
    let unsaid = learn("warehouse", answers(None, cause)).await;
    assert!(unsaid.to_string().contains("How did 'Warehouse' end?"), "{unsaid}");
    let to_come = LessonAnswers { ended_at: Some(later(2)), ..answers(None, cause) };
    assert!(matches!(learn("audit", to_come).await, Error::Invalid { .. }));
    let no_play = LessonAnswers { play: Some("luck".into()), ..answers(None, cause) };
    assert!(matches!(learn("audit", no_play).await, Error::NotFound { .. }));
    let by_file = LessonAnswers { play: Some("price_too_high".into()), ..answers(None, cause) };
    let number = desk.inroad.learn("audit", by_file, at).await.unwrap();
    let twice = learn("audit", answers(None, cause)).await;
    assert!(twice.to_string().contains("inroad lessons undo 1"), "{twice}");
    desk.inroad.withdraw_lesson(number, at).await.unwrap();
    let again = desk.inroad.withdraw_lesson(number, at).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }));
    let unknown = LessonNumber::new(99).unwrap();
    assert!(matches!(desk.inroad.withdraw_lesson(unknown, at).await, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn win_rates_are_told_and_few_are_too_few() {
    let desk = desk().await;
    let deals: Vec<String> = (0..20)
        .map(|n| {
            let stage = if n % 2 == 0 { "won" } else { "lost" };
            format!(r#"{{"id": "x{n}", "name": "Deal number {n}.", "stage": "{stage}"}}"#)
        })
        .collect();
    let me = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": ["#;
    desk.take("more.json", format!("{me}{}]}}", deals.join(","))).await;
    let at = later(1);
    assert_eq!(desk.inroad.lessons(at).await.unwrap().waiting.len(), 21);
    for n in 0..20 {
        let cause = if n < 4 { Cause::PoliticalFear } else { Cause::PriceTooHigh };
        let play = Some("price_too_high".to_owned()).filter(|_| n % 2 == 0);
        let words = LessonWords {
            changed: Remark::if_any("A new boss").unwrap(),
            ..LessonWords::default()
        };
        let answers = LessonAnswers { play, words, ..answers(None, cause) };
        desk.inroad.learn(&format!("x{n}"), answers, at).await.unwrap();
    }
    let report = desk.inroad.lessons(later(2)).await.unwrap();
    assert_eq!(report.all.in_words(), "50 % (27 % to 73 %), 10 of 20");
    let rows: Vec<(Option<Cause>, String)> =
        report.by_cause.iter().map(|row| (row.cause, row.tally.in_words())).collect();
    assert_eq!(rows[0], (Some(Cause::PriceTooHigh), "too few to tell (8 of 16)".to_owned()));
    assert_eq!(rows[1], (Some(Cause::PoliticalFear), "too few to tell (2 of 4)".to_owned()));
    assert_eq!(report.by_play[0].tally.in_words(), "100 % (69 % to 100 %), 10 of 10");
    assert!(report.changes.iter().any(|c| c.scenario == "price_too_high" && c.lessons.len() == 16));
    assert_eq!(report.waiting.len(), 1);
}

#[tokio::test]
async fn a_decision_of_ones_own_counts_and_is_asked_about_once() {
    let desk = desk().await;
    let (decided, looked) = (later(1), later(2));
    let ours = desk.deal("warehouse", &looked.to_string()).await.advice;
    let chosen = if ours == Advice::Wait { Advice::Pursue } else { Advice::Wait };
    let because = "She told me on the phone";
    let own = desk.inroad.overrule("warehouse", chosen, because, decided).await.unwrap();
    assert!(matches!(own, Done { what: Decision::Own(_), .. }));
    let got = desk.deal("warehouse", &looked.to_string()).await;
    assert_eq!((got.advice, got.overruled.map(|own| own.advised)), (chosen, Some(ours)));
    let before = desk.deal("warehouse", &later(0).to_string()).await;
    assert_eq!((before.advice, before.overruled), (ours, None));
    assert!(desk.inroad.ask_how_it_ended(looked).await.unwrap().is_empty(), "it is open");
    let won = DEALS.replace("\"proposal\"", "\"won\"");
    desk.take("deals.json", won).await;
    let asked = desk.inroad.ask_how_it_ended(looked).await.unwrap();
    assert_eq!(asked[0].overruling.because().as_str(), because);
    assert!(desk.inroad.ask_how_it_ended(looked).await.unwrap().is_empty(), "once");
    desk.inroad.learn("warehouse", LessonAnswers::default(), looked).await.unwrap();
    let report = desk.inroad.lessons(later(3)).await.unwrap();
    assert_eq!(report.decided[0].outcome, Some(Outcome::Won));
    assert_eq!((report.decided_tally.won, report.decided_tally.of), (1, 1));
}

#[tokio::test]
async fn a_decision_needs_a_reason_and_can_be_taken_back() {
    let desk = desk().await;
    let at = later(1);
    let ours = desk.deal("warehouse", &at.to_string()).await.advice;
    let other = if ours == Advice::Wait { Advice::Pursue } else { Advice::Wait };
    let overrule = async |name: &str, advice, because: &str| {
        desk.inroad.overrule(name, advice, because, at).await
    };
    assert!(matches!(overrule("warehouse", other, " ").await, Err(Error::Invalid { .. })));
    assert!(matches!(overrule("warehouse", ours, "why not").await, Err(Error::Invalid { .. })));
    assert!(matches!(overrule("audit", other, "why not").await, Err(Error::Conflict { .. })));
    overrule("warehouse", other, "I know her").await.unwrap();
    assert_eq!(
        overrule("warehouse", ours, "I was wrong").await.unwrap().what,
        Decision::Back(ours)
    );
    let got = desk.deal("warehouse", &at.to_string()).await;
    assert_eq!((got.advice, got.overruled), (ours, None));
}

#[tokio::test]
async fn a_stop_is_never_overruled() {
    let desk = desk().await;
    let mail = [letter(JANA, ME, 20, "Please do not contact me again.")];
    desk.take("stop.mbox", crate::letters::mbox(&mail)).await;
    assert_eq!(desk.deal("warehouse", "2026-03-25T09:00:00Z").await.advice, Advice::Stop);
    let at = moment("2026-03-25T09:00:00Z");
    let refused = desk.inroad.overrule("warehouse", Advice::Pursue, "I want it", at).await;
    assert!(refused.unwrap_err().to_string().contains("asked for no more mail"));
}

#[tokio::test]
async fn the_letter_of_the_last_day_belongs_to_the_deal() {
    let desk = Desk::new().await;
    let typed = DEALS.replace("\"proposal\"", "\"lost\"");
    let csv = "Record ID,Deal Name,Deal Stage,Close Date,Create Date,Associated Company\n\
         1,Warehouse,Closed Lost,2026-03-09,2026-03-01,\n";
    desk.take("deals.json", typed).await;
    desk.take("hubspot.csv", csv).await;
    let no = "We have decided to give the work to another firm. Thank you for your offer.";
    let later_word = letter(JANA, ME, 12, "All the best for you.");
    let letters = [letter(ME, JANA, 7, "Any news?"), letter(JANA, ME, 9, no), later_word];
    desk.take_letters(&letters).await;
    let offer = desk.inroad.lesson_offer("warehouse", day(20)).await.unwrap();
    assert_eq!(offer.ended_at.to_string(), "2026-03-09T23:59:59+00:00");
    let people = offer.prefilled.people.unwrap();
    assert!(people.as_str().contains("1 from them, last on 9 March 2026"), "{people}");
    assert!(offer.last_review.signs.keys().any(|sign| sign == "plain_no" || sign == "names_rival"));
}
