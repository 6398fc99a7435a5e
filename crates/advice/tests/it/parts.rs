//! Who has which part: seats, camps, fronts, desks, and the seats that nobody fills.

use inroad_advice::DealReview;
use inroad_advice::politics::{LikelySeat, Part};
use inroad_model::{Cue, EmailAddress, FactKind, Role};

use crate::politics::{OFFER, PIA, WARM, house, seat, telling, told_that};
use crate::story::{JANA, ME, OMAR, Story, email};

fn seat_of<'r>(review: &'r DealReview, who: &str) -> &'r LikelySeat {
    review.politics.seats.iter().find(|seat| seat.email == email(who)).unwrap()
}

#[track_caller]
fn check_part(title: &str, expected: Option<Part>) {
    let story = house().letter(0.0, ME, JANA, OFFER).letter(1.0, "eva@lindner.example", ME, WARM);
    let review = story.signs_as("eva@lindner.example", title).review(3.0);
    let seat = seat_of(&review, "eva@lindner.example");
    assert_eq!(seat.part, expected, "{title}");
    assert_eq!(seat.because, expected.map(|_| "their title"));
    assert_eq!(seat.evidence.len(), usize::from(expected.is_some()));
}

#[test]
fn titles_tell_a_part() {
    check_part("Assistant to the Managing Director", Some(Part::Assistant));
    check_part("Senior Buyer", Some(Part::Purchaser));
    check_part("Geschäftsführerin", Some(Part::DecisionMaker));
    check_part("Secretaris-directeur", Some(Part::DecisionMaker));
    check_part("Head of Quality", Some(Part::Influencer));
    check_part("Planner", None);
}

#[test]
fn whoever_leads_a_camp_stands_for_it() {
    let words = [
        (Cue::QuotesCamp, "Eva and her side of the house see it otherwise."),
        (Cue::InsiderAgainst, "Eva talks against it wherever she can."),
        (Cue::InsiderAgainst, "Ruth talks against it wherever she can."),
        (Cue::QuotesCamp, "It is them against us."),
    ];
    let story = told_that(&words);
    let story = seat(story, "eva@lindner.example", "Eva Roth", "Planner", &[]);
    let story = seat(story, "ruth@lindner.example", "Ruth Kern", "Head of Planning", &[]);
    let review = story.review(45.0);
    let resistor = review.resistor.as_ref().map(EmailAddress::as_str);
    assert_eq!(resistor, Some("ruth@lindner.example"), "{:#?}", review.causes);
}

#[test]
fn a_buyer_who_follows_a_procedure_is_its_front() {
    let rui = "rui@lindner.example";
    let bids = |story: Story, cue| {
        let story = story.letter(12.0, rui, ME, "Hello.");
        let story = telling(story, cue, 0.9, "Please submit the enclosed forms by the portal.");
        story.letter(20.0, ME, JANA, OFFER).review(45.0)
    };
    let story = seat(told_that(&[]), rui, "Rui Costa", "Buyer", &[Role::Purchaser]);
    let formal = bids(story.clone(), Cue::FormalTurn);
    assert_eq!(formal.resistor, None, "{:#?}", formal.politics.seats);
    let blocks = bids(story, Cue::BuyerBlocks);
    assert!(seat_of(&blocks, rui).against > seat_of(&formal, rui).against);
}

#[test]
fn an_office_is_nobody() {
    let desk = "office@lindner.example";
    let story = told_that(&[]).letter(12.0, desk, ME, WARM);
    let story = story.signs_as(desk, "Managing Director");
    let review =
        telling(story, Cue::InsiderAgainst, 1.0, "We are against all of this.").review(45.0);
    assert_ne!(review.decision_maker, Some(email(desk)));
    assert_ne!(review.resistor, Some(email(desk)));
    assert!(review.levers.iter().all(|lever| lever.email != email(desk)));
}

#[test]
fn whoever_was_pointed_to_takes_part() {
    let ida = "ida@lindner.example";
    let story = house().letter(0.0, ME, JANA, OFFER).letter(1.0, JANA, ME, WARM);
    let story = story.states(FactKind::Referred, |fact| {
        (fact.to, fact.to_name) = (Some(email(ida)), Some("Ida Berg".to_owned()));
    });
    assert_eq!(seat_of(&story.review(3.0), ida).name.as_deref(), Some("Ida Berg"));
    let words = [(Cue::Refers, "Please ask Ida Berg (ida@lindner.example) about it.")];
    assert!(seat_of(&told_that(&words).review(24.0), ida).will < 0.3, "nothing is known of it");
}

#[test]
fn seats_that_nobody_fills_are_told() {
    let has = |story: &Story, words: &str| {
        story.review(24.0).politics.unmet.iter().any(|line| line.contains(words))
    };
    let words = [(Cue::PurchasingEnters, "Purchasing will look at it now.")];
    assert!(has(&told_that(&words), "Purchasing has come in"));
    let known = seat(told_that(&words), "rui@lindner.example", "Rui", "Buyer", &[]);
    assert!(!has(&known, "Purchasing has come in"));
    assert!(has(&Story::habit(2, 1.0), "Nobody who holds the budget"));
    assert!(Story::new().we(0.0).review(3.0).politics.unmet.is_empty(), "nobody has written yet");
}

#[test]
fn who_is_asked_in_vain_wants_it_less() {
    let asked = told_that(&[]).review(45.0);
    let in_vain = told_that(&[]).letter(30.0, ME, JANA, OFFER).review(45.0);
    assert!(seat_of(&in_vain, JANA).will < seat_of(&asked, JANA).will);
}

#[test]
fn who_leaves_it_to_another_does_not_decide() {
    let words = [(Cue::DefersToBoss, "I leave that to Pia Wolf, she decides.")];
    let mut story = told_that(&words);
    for seat in &mut story.deal.people {
        if seat.email == email(JANA) {
            seat.roles.push(Role::DecisionMaker);
        }
    }
    assert_eq!(story.review(24.0).decision_maker, Some(email(PIA)));
    let words = [(Cue::DefersToBoss, "Somebody above me has to say yes.")];
    let mut alone = told_that(&words);
    alone.deal.people.retain(|seat| seat.email == email(JANA) || seat.email == email(OMAR));
    alone.deal.people[0].roles.push(Role::DecisionMaker);
    assert_eq!(alone.review(24.0).decision_maker, Some(email(JANA)), "nobody else is known");
}
