//! Who decides, who could move it, who is against it: each story shows one thing, its neighbours
//! do not.

use inroad_advice::DealReview;
use inroad_advice::politics::map::Side;
use inroad_advice::politics::{Part, account, way};
use inroad_model::{
    Advice, Cue, Degree, FactKind, FoundCue, Insight, Known, Note, Role, Seat, Stance, TieKind,
    Trait,
};
use jiff::civil::date;
use proptest::prelude::*;

use crate::story::{JANA, ME, OMAR, Story, email, morning};

pub(crate) const PIA: &str = "pia@lindner.example";
pub(crate) const WARM: &str =
    "We all liked your proposal very much, thank you. How would the first week look?";
pub(crate) const OFFER: &str = "Here is the proposal that we spoke of.";

pub(crate) fn seat(story: Story, who: &str, name: &str, title: &str, roles: &[Role]) -> Story {
    let mut story = story;
    story.deal.people.push(Seat {
        email: email(who),
        name: Some(name.to_owned()),
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        roles: roles.to_vec(),
    });
    story
}

/// Jana Lang is the contact, Omar Haddad heads a department, Pia Wolf directs the firm.
pub(crate) fn house() -> Story {
    let story = seat(Story::new(), JANA, "Jana Lang", "Project Manager", &[Role::PrimaryContact]);
    let story = seat(story, OMAR, "Omar Haddad", "Head of Production", &[Role::EndUser]);
    seat(story, PIA, "Pia Wolf", "Managing Director", &[])
}

/// The letter written last tells this in these words, as surely as that.
pub(crate) fn telling(mut story: Story, cue: Cue, probability: f32, quote: &str) -> Story {
    let gist = story.touches.last_mut().unwrap().gist.as_mut().unwrap();
    let start = gist.cues.last().map_or(0, |found| found.range.end + 1);
    gist.cues.push(FoundCue {
        cue,
        probability,
        range: start..start + quote.len(),
        quote: quote.to_owned(),
        words: Vec::new(),
    });
    story
}

/// Jana wants it, and grows silent after she told something.
pub(crate) fn told_that(words: &[(Cue, &str)]) -> Story {
    let story = house()
        .letter(0.0, ME, JANA, OFFER)
        .letter(1.0, JANA, ME, WARM)
        .letter(10.0, ME, JANA, OFFER)
        .letter(16.0, JANA, ME, "Hello.");
    let told = |story, (cue, quote): &(Cue, &str)| telling(story, *cue, 0.8, quote);
    words.iter().fold(story, told).letter(20.0, ME, JANA, OFFER)
}

fn told() -> Story {
    told_that(&[
        (Cue::WarnsOfColleague, "Be careful, Omar is not a fan."),
        (Cue::InsiderAgainst, "He talks against it everywhere."),
    ])
}

fn says(review: &DealReview) -> Option<&str> {
    review.resistor.as_ref().map(inroad_model::EmailAddress::as_str)
}

#[test]
fn whoever_others_name_as_against_it_is_the_resistor() {
    let review = told().review(45.0);
    assert_eq!(says(&review), Some(OMAR), "{:#?}", review.politics.seats);
    let against = review.politics.against.as_ref().unwrap();
    assert!(against.evidence.iter().any(|e| e.quote.as_ref().unwrap().contains("Omar")));
    assert!(against.confidence.get() < 0.9, "nothing is certain");
    assert!(review.levers.iter().all(|lever| lever.email != email(OMAR)));
}

#[test]
fn no_step_leads_to_whoever_is_against_it() {
    let story = told().letter(21.0, OMAR, ME, "Thank you.").letter(22.0, ME, JANA, OFFER);
    let review = story.letter(30.0, ME, JANA, OFFER).review(60.0);
    assert_eq!(says(&review), Some(OMAR), "{:#?}", review.politics.seats);
    let step = review.next_step.unwrap();
    assert_ne!(step.to, Some(email(OMAR)), "{}", step.text);
}

#[test]
fn nobody_is_asked_to_move_what_must_stop() {
    let story = house().letter(0.0, ME, JANA, OFFER).letter(1.0, JANA, ME, WARM);
    assert!(!story.review(2.0).parts_told().is_empty());
    let stopped = story
        .letter(9.0, JANA, ME, "Please take us all off your list.")
        .states(FactKind::OptedOut, |fact| fact.whole_firm = true)
        .review(10.0);
    assert_eq!(stopped.advice, Advice::Stop);
    assert!(stopped.levers.is_empty() && stopped.parts_told().is_empty());
}

#[test]
fn the_writer_of_a_sentence_is_not_whom_it_names() {
    let review = told().review(45.0);
    let jana = review.politics.seats.iter().find(|seat| seat.email == email(JANA)).unwrap();
    let omar = review.politics.seats.iter().find(|seat| seat.email == email(OMAR)).unwrap();
    assert!(omar.against > jana.against + 0.3, "{omar:?} {jana:?}");
}

#[test]
fn whoever_is_only_named_beside_it_is_not() {
    let words = [(Cue::Warmth, "I told Omar how much we like it.")];
    assert_eq!(says(&told_that(&words).review(45.0)), None);
    let words = [(Cue::TooDear, "For us it is too dear.")];
    assert_eq!(says(&told_that(&words).review(45.0)), None);
}

#[test]
fn a_note_names_as_a_letter_does() {
    let mut story = house().letter(0.0, ME, JANA, OFFER).letter(1.0, JANA, ME, WARM);
    story = story.letter(10.0, ME, JANA, OFFER).letter(20.0, ME, JANA, OFFER);
    let text = "Omar Haddad is not a fan, careful with him. He has been against this project from \
                the start.";
    story.deal.notes.push(Note { date: date(2026, 1, 20), text: text.to_owned() });
    assert_eq!(says(&story.review(45.0)), Some(OMAR));
}

#[test]
fn friendly_letters_name_nobody() {
    let review = Story::habit(5, 1.0).review(46.0);
    assert_eq!(says(&review), None);
    let warm = house().letter(0.0, ME, JANA, OFFER).letter(1.0, JANA, ME, WARM);
    assert_eq!(says(&warm.review(3.0)), None);
}

#[test]
fn who_decides_is_read_where_it_is_told() {
    let words = "Pia Wolf decides that, she signs everything above ten thousand.";
    let review = told_that(&[(Cue::DefersToBoss, words)]).review(24.0);
    assert_eq!(review.decision_maker, Some(email(PIA)), "{:#?}", review.politics.seats);
    let seat = review.politics.seats.iter().find(|seat| seat.email == email(PIA)).unwrap();
    assert_eq!(seat.part, Some(Part::DecisionMaker));
    assert!(review.missing.iter().any(|line| line.contains("never written to you")));
}

#[test]
fn what_was_typed_holds_while_nothing_speaks_against_it() {
    let story = seat(Story::habit(3, 1.0), JANA, "Jana Lang", "", &[Role::DecisionMaker]);
    let review = story.review(25.0);
    assert_eq!(review.decision_maker, Some(email(JANA)));
}

#[test]
fn a_lever_has_weight_and_has_not_left() {
    let story = told().letter(21.0, PIA, ME, WARM);
    let review = story.review(45.0);
    assert_eq!(review.levers.first().map(|lever| &lever.email), Some(&email(PIA)));
    let left = told().letter(21.0, PIA, ME, WARM).letter(22.0, JANA, ME, "Pia Wolf has left us.");
    let left = left.states(FactKind::LeftCompany, |fact| {
        fact.email = Some(email(PIA));
    });
    assert!(left.review(45.0).levers.iter().all(|lever| lever.email != email(PIA)));
    let out = told()
        .letter(21.0, PIA, ME, "Please take me off your list.")
        .states(FactKind::OptedOut, |_| {});
    assert!(out.review(45.0).levers.iter().all(|lever| lever.email != email(PIA)));
}

#[test]
fn ties_say_where_they_stand_and_are_never_sure_of_a_boss() {
    let story = house().letter(0.0, ME, JANA, OFFER).letter(1.0, JANA, ME, "Hello.");
    let story = telling(story, Cue::DefersToBoss, 1.0, "Pia decides on that.");
    let story = telling(story, Cue::Forwards, 0.9, "I forwarded your proposal to Omar.");
    let review = story.copying(&[OMAR]).review(3.0);
    let ties = &review.politics.ties;
    let of = |kind, to: &str| ties.iter().find(|tie| tie.kind == kind && tie.to == email(to));
    let boss = of(TieKind::ReportsTo, PIA).unwrap();
    assert!(boss.confidence.get() <= 0.7 && boss.quote.is_some(), "{boss:?}");
    assert_eq!(boss.date, Some(morning(1.0).date()));
    assert!(of(TieKind::Copies, OMAR).is_some() && of(TieKind::Forwards, OMAR).is_some());
}

#[test]
fn a_consultant_in_copy_is_an_outsider() {
    let story = house()
        .letter(0.0, ME, JANA, OFFER)
        .letter(1.0, JANA, ME, WARM)
        .copying(&["vera@old-hands.example"]);
    let review = story.review(3.0);
    let seat = review.politics.seats.iter().find(|s| s.email.domain() == "old-hands.example");
    assert_eq!(seat.and_then(|seat| seat.part), Some(Part::Outsider));
}

#[test]
fn letters_without_what_was_taken_down_tell_the_same() {
    let text = "Omar Haddad is not a fan, careful with him. We need approval from Pia Wolf.";
    let story = house().letter(0.0, ME, JANA, OFFER).letter(1.0, JANA, ME, text);
    assert_eq!(story.review(45.0).politics, story.without_gists().review(45.0).politics);
}

const BAD: [&str; 5] = [
    "Omar is against it and talks against it everywhere.",
    "Purchasing wants three more offers before anything happens.",
    "The planners do not want it, Pia says.",
    "We see no problem here and stay with what we have.",
    "Jana would like it, but her boss is against it.",
];
const PLAIN: [&str; 4] = [
    "The parcel came on Tuesday.",
    "Thank you, that was a good talk.",
    "How long does the first part take?",
    "We meet on Thursday at ten.",
];

/// Letters of three people, with sentences from these.
fn any_letters(texts: &'static [&'static str]) -> impl Strategy<Value = Story> {
    let step = (0.5_f64..9.0, 0_usize..4, 0..texts.len());
    prop::collection::vec(step, 0..20).prop_map(move |steps| {
        let mut day = 0.0;
        steps.into_iter().fold(house(), |story, (gap, who, what)| {
            day += gap;
            match [JANA, OMAR, PIA].get(who) {
                Some(writer) => story.letter(day, writer, ME, texts[what]),
                None => story.letter(day, ME, JANA, OFFER),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn only_people_of_the_deal_are_named(story in any_letters(&BAD), day in 0.0_f64..200.0) {
        let review = story.review(day);
        let named = review.resistor.iter().chain(&review.decision_maker);
        let named = named.chain(review.levers.iter().map(|lever| &lever.email));
        for email in named {
            prop_assert!(review.people.iter().any(|person| person.email == *email));
        }
        let levers: Vec<_> = review.levers.iter().map(|lever| &lever.email).collect();
        prop_assert!(review.resistor.iter().all(|resistor| !levers.contains(&resistor)));
        for seat in &review.politics.seats {
            prop_assert!((0.0..=1.0).contains(&seat.weight) && (0.0..=1.0).contains(&seat.will));
        }
    }

    #[test]
    fn without_a_bad_word_nobody_is_against_it(story in any_letters(&PLAIN), day in 0.0_f64..200.0) {
        prop_assert_eq!(story.review(day).resistor, None);
    }
}

/// What the seller typed of somebody.
fn knows(mut story: Story, known: Known) -> Story {
    let at = story.deal.insights.len();
    let day = format!("2026-01-{:02}T09:00:00Z", at + 1);
    story.deal.insights.push(Insight { at: day.parse().unwrap(), known, because: None });
    story
}

fn person(who: &str, is: Trait) -> Known {
    Known::Person { who: email(who), is }
}

#[test]
fn what_the_seller_knows_stands_over_what_was_read() {
    let before = told().review(45.0).politics.map;
    let at = before.place(OMAR).unwrap();
    assert!(before.people()[at].stance.value < 0.0 && before.in_the_way == Some(at));
    let story = knows(told(), person(OMAR, Trait::Stance(Stance::LeansAgainst)));
    let story = knows(story, person(OMAR, Trait::Stance(Stance::For)));
    let story = knows(story, person(PIA, Trait::Weight(Degree::Most)));
    let map = story.review(45.0).politics.map;
    let omar = &map.people()[map.place(OMAR).unwrap()];
    assert!(omar.stance.value > 0.5 && omar.stance.known > 0.8, "the later word holds");
    assert!(map.people()[map.place(PIA).unwrap()].weight.value > 0.9);
}

#[test]
fn whom_the_seller_says_to_be_against_it_is_in_the_way() {
    let plain = told_that(&[(Cue::Warmth, "We like it.")]);
    assert_eq!(plain.review(45.0).politics.map.in_the_way, None);
    let story = knows(plain, person(PIA, Trait::Stance(Stance::Against)));
    let story = knows(story, person(PIA, Trait::Veto(true)));
    let review = story.review(45.0);
    let map = &review.politics.map;
    assert_eq!(map.in_the_way, map.place(PIA));
    assert!(!way::find(map).is_open, "nobody can overrule her, the seller says");
    assert!(review.route.iter().all(|who| *who != email(PIA)), "{:?}", review.route);
}

#[test]
fn a_tie_that_was_told_opens_a_route_and_beats_one_that_was_read() {
    let tie = |from: &str, to: &str| Known::Tie {
        from: email(from),
        kind: TieKind::GoesToForAdvice,
        to: email(to),
    };
    let story = knows(told(), person(PIA, Trait::Weight(Degree::Most)));
    let story = knows(story, tie(PIA, JANA));
    let review = story.review(45.0);
    assert_eq!(review.route, [email(JANA), email(PIA)], "{:#?}", review.politics.map);
}

#[test]
fn people_whom_only_the_seller_knows_stand_on_the_map() {
    let tie =
        Known::Tie { from: email(PIA), kind: TieKind::Trusts, to: email("gerd@adviser.example") };
    let map = knows(house().letter(0.0, ME, JANA, OFFER), tie).review(5.0).politics.map;
    let gerd = &map.people()[map.place("gerd@adviser.example").unwrap()];
    assert_eq!((gerd.side, gerd.is_met), (Side::Outside, false));
}

#[test]
fn the_sellers_word_beats_what_letters_look_like() {
    let cleared = knows(told(), person(OMAR, Trait::Stance(Stance::For)));
    let review = cleared.review(45.0);
    assert_eq!((says(&review), review.politics.map.in_the_way), (None, None));
    let story = knows(told(), person(PIA, Trait::Stance(Stance::Against)));
    let review = story.review(45.0);
    assert_eq!(review.politics.map.in_the_way, review.politics.map.place(PIA));
    assert!(review.levers.iter().all(|lever| lever.email != email(PIA)), "{:?}", review.levers);
}

#[test]
fn what_is_only_supposed_is_told_nowhere() {
    let review = told().review(45.0);
    let map = &review.politics.map;
    assert!(map.bonds().len() > map.without_supposed().bonds().len(), "a contact knows the house");
    let account = account::read(map);
    let told = format!("{:?}", account.sections(&[]));
    assert!(!told.contains("Listens to") && !told.contains("close to"), "{told}");
    assert!(account.standing.iter().all(|one| !one.is_gate && !one.is_between), "{told}");
}

#[test]
fn a_crowd_is_cut_to_what_a_map_holds() {
    let mut story = told();
    for n in 0..1100 {
        story = seat(story, &format!("p{n}@lindner.example"), &format!("P {n}"), "", &[]);
    }
    let map = story.review(45.0).politics.map;
    assert_eq!(map.people().len(), 1000);
    assert!(map.place(JANA).is_some(), "the contact stays");
}

#[test]
fn whoever_left_is_passed_over_by_nobody_and_has_no_say() {
    let left = told_that(&[(Cue::Warmth, "We like it.")]).letter(22.0, JANA, ME, "Pia left.");
    let left = left.states(FactKind::LeftCompany, |fact| fact.email = Some(email(PIA)));
    let map = left.review(45.0).politics.map;
    let pia = map.place(PIA).unwrap();
    assert!(map.people()[pia].is_gone && !map.people()[pia].may_be_asked);
    let account = account::read(&map);
    assert!(account.tipping.tips.iter().all(|tip| tip.who != pia));
    assert!(
        account.way.routes.iter().all(|r| !r.toes.contains(&pia) && !r.people().contains(&pia))
    );
}
