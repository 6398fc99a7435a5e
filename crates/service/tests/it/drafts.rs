//! Drafts begun along a play: blanks for a person to fill, and nothing that could be sent unread.

use inroad_coach::draft::Channel;
use inroad_coach::rules::rule::Severity;
use inroad_model::{Entry, Remark, Subject};
use inroad_service::{CoachAsked, Coaches, Dismissal, DraftAsked, Error, Skeleton};

use crate::desk::{Desk, day, email};
use crate::letters::{JANA, ME, letter, usual};

async fn with_deals(more: &[crate::letters::Letter]) -> Desk {
    let desk = Desk::new().await;
    let letters = [usual(), more.to_vec()].concat();
    desk.take_letters(&letters).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    desk
}

fn to(person: &str) -> DraftAsked {
    DraftAsked {
        person: email(person),
        deal: None,
        play: None,
        channel: Channel::Email,
        opening: 1,
    }
}

async fn begun(desk: &Desk, asked: &DraftAsked) -> Skeleton {
    desk.inroad.draft(asked, day(20)).await.unwrap()
}

/// The paragraphs that are no blank.
fn prose(skeleton: &Skeleton) -> Vec<&str> {
    skeleton.text.split("\n\n").map(str::trim).filter(|p| !p.starts_with("[fill in: ")).collect()
}

#[tokio::test]
async fn every_sentence_of_substance_is_a_blank() {
    let desk = with_deals(&[]).await;
    for channel in Channel::ALL {
        let asked = DraftAsked { channel, ..to("jana@lindner.example") };
        let skeleton = begun(&desk, &asked).await;
        let named = ["Hello Jana,", "Hello Jana, this is Marta Sol.", "Marta Sol"];
        assert!(prose(&skeleton).iter().all(|line| named.contains(line)), "{skeleton:?}");
        let coach = desk.inroad.coach(Some(&asked.person), day(20)).await.unwrap();
        let of = CoachAsked { channel, stage: None, person: Some(asked.person), many: None };
        let coached = coach.read(&skeleton.whole(), &of).unwrap();
        let unfilled = coached.report.findings.iter().find(|one| one.rule == "unfilled-field");
        assert_eq!(unfilled.map(|one| one.severity), Some(Severity::Block), "{skeleton:?}");
        assert_eq!(coached.report.metrics.questions.all(), 0, "a hint is no word of the draft");
    }
}

#[tokio::test]
async fn ways_to_open_rest_on_what_is_known() {
    let desk = with_deals(&[]).await;
    let skeleton = begun(&desk, &to("jana@lindner.example")).await;
    let names: Vec<&str> = skeleton.openings.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["From their last letter", "With a question"]);
    assert!(skeleton.text.contains("their letter of 13 March 2026"), "{}", skeleton.text);
    assert!(skeleton.remarks[0].contains("nothing is known of them that could be used"));
    let note = Remark::if_any("They open a second warehouse in May").unwrap().unwrap();
    let note = Entry::Note { day: day(14).date(), by: None, text: note };
    let about = Subject::Person(email("jana@lindner.example"));
    desk.inroad.write_down(about, note, day(15)).await.unwrap();
    let asked = DraftAsked { opening: 2, ..to("jana@lindner.example") };
    let skeleton = begun(&desk, &asked).await;
    assert_eq!(skeleton.openings.len(), 3);
    assert!(skeleton.text.contains("take up your note of 14 March 2026"), "{}", skeleton.text);
    assert!(
        !skeleton.text.contains("second warehouse"),
        "what is noted stands beside it, not in it"
    );
    let fact = skeleton.facts.iter().find(|fact| fact.says.contains("second warehouse")).unwrap();
    assert_eq!((fact.source.as_str(), fact.on), ("your note of 2026-03-14", Some(day(14).date())));
    let stranger = begun(&desk, &to("new@nowhere.example")).await;
    assert!(stranger.text.starts_with("Hello [fill in: their name],"), "{}", stranger.text);
    assert_eq!(stranger.openings.len(), 1);
    assert!(stranger.remarks[0].contains("a question is the one honest way"));
}

#[tokio::test]
async fn nobody_who_opted_out_gets_a_draft() {
    let no = letter(JANA, ME, 14, "Please do not contact me again.");
    let desk = with_deals(&[no]).await;
    for channel in Channel::ALL {
        let asked = DraftAsked { channel, ..to("jana@lindner.example") };
        let refused = desk.inroad.draft(&asked, day(20)).await.unwrap_err();
        assert!(matches!(refused, Error::Conflict { .. }), "{refused:?}");
        assert!(refused.to_string().contains("is not to be contacted"), "{refused}");
    }
    let before = desk.inroad.draft(&to("jana@lindner.example"), day(13)).await;
    assert!(before.is_ok(), "on that day nobody knew");
    // Nor does dismissing make it allowed.
    let dismissal = Dismissal { rule: "opted-out".to_owned(), quote: String::new() };
    desk.inroad.dismiss_finding(dismissal).await.unwrap_err();
    let coach = desk.inroad.coach(Some(&email("jana@lindner.example")), day(20)).await.unwrap();
    let of = CoachAsked {
        channel: Channel::Email,
        stage: None,
        person: Some(email("jana@lindner.example")),
        many: None,
    };
    let coached = coach.read("Hello Jana, may I?", &of).unwrap();
    assert!(coached.report.findings.iter().any(|one| one.rule == "opted-out"), "{coached:?}");
    let alone = email("omar@lindner.example");
    desk.inroad
        .write_down(
            Subject::Person(alone.clone()),
            Entry::LeaveAlone { because: Remark::if_any("He asked at the fair").unwrap().unwrap() },
            day(15),
        )
        .await
        .unwrap();
    desk.inroad.draft(&to(alone.as_str()), day(20)).await.unwrap_err();
}

#[tokio::test]
async fn the_ill_get_a_word_of_courtesy_that_asks_for_nothing() {
    let ill = letter(JANA, ME, 14, "I am ill and will be off sick until further notice.");
    let desk = with_deals(&[ill]).await;
    let skeleton = begun(&desk, &to("jana@lindner.example")).await;
    assert!(skeleton.text.contains("wishes them well") && !skeleton.text.contains("question"));
    assert!(skeleton.facts.is_empty() && skeleton.play.is_none(), "{skeleton:?}");
    assert!(skeleton.remarks[0].contains("asks for nothing"), "{skeleton:?}");
}

#[tokio::test]
async fn a_play_gives_the_blanks_their_hints() {
    let desk = with_deals(&[]).await;
    let asked = DraftAsked { play: Some("let it rest".to_owned()), ..to("jana@lindner.example") };
    let skeleton = begun(&desk, &asked).await;
    assert_eq!(skeleton.play.as_ref().unwrap().key, "priority_lost/1");
    assert!(skeleton.text.contains("[fill in: thank Jana"), "{}", skeleton.text);
    assert!(skeleton.text.contains(": ask what would bring it back"), "{}", skeleton.text);
    let unknown = DraftAsked { play: Some("no such play".to_owned()), ..asked };
    let refused = desk.inroad.draft(&unknown, day(20)).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound { .. }), "{refused:?}");
}

/// Where a seat and a typed deal say who decides, a play speaks of them by name.
#[tokio::test]
async fn the_steps_of_a_play_with_somebody_else_are_no_hints() {
    let price = letter(JANA, ME, 14, "That is far above our budget, it is too expensive for us.");
    let desk = with_deals(&[price]).await;
    let fitting =
        desk.inroad.plays_for(&email("jana@lindner.example"), None, day(20)).await.unwrap();
    let play = fitting.iter().find(|play| play.with.is_some()).unwrap();
    let with = play.with.clone().unwrap();
    let other = if with == email("omar@lindner.example") { "jana" } else { "omar" };
    let asked =
        DraftAsked { play: Some(play.key.clone()), ..to(&format!("{other}@lindner.example")) };
    let skeleton = begun(&desk, &asked).await;
    assert!(skeleton.remarks.iter().any(|one| one.contains(with.as_str())), "{skeleton:?}");
    for step in &play.steps {
        let words = step.get(4..).unwrap().trim_end_matches('.');
        assert!(!skeleton.text.contains(words), "{step}: {}", skeleton.text);
    }
}

#[tokio::test]
async fn a_kept_coach_hears_of_what_is_written_and_dismissed() {
    let desk = with_deals(&[]).await;
    let coaches = Coaches::new(desk.inroad.clone());
    let person = email("jana@lindner.example");
    let of = CoachAsked {
        channel: Channel::Email,
        stage: None,
        person: Some(person.clone()),
        many: None,
    };
    let text = "Hello Jana,\n\nHow is [COMPANY]?";
    let first = coaches.of(Some(&person), day(20)).await.unwrap();
    let again = coaches.of(Some(&person), day(20)).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &again), "kept");
    let dismissal = Dismissal { rule: "unfilled-field".to_owned(), quote: "[COMPANY]".to_owned() };
    let done = desk.inroad.dismiss_at_desk(dismissal, day(20)).await.unwrap();
    let (_, coached) = coaches.look(text, &of, day(20)).await.unwrap();
    assert_eq!(coached.dismissed.len(), 1, "{coached:?}");
    desk.inroad.undo(done.deed, day(20)).await.unwrap();
    let (_, coached) = coaches.look(text, &of, day(20)).await.unwrap();
    assert!(coached.dismissed.is_empty(), "{coached:?}");
}
