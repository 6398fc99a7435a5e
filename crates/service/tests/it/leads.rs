//! A lead's way between two teams and an outside provider, and what each of them sees of it.

use std::collections::BTreeMap;

use inroad_leads::{
    Answer, Change, Definition, Given, HandOver, Held, Kept, LeadEvent, LeadPerson, LeadState,
    Need, Outcome, Separation, Side, To, Waits, Who,
};
use inroad_model::{Member, MemberRole, Moment, Remark, TeamName};
use inroad_service::{Actor, Asks, Error, Inroad, NewLead, ProviderWord, Way};
use tempfile::TempDir;

pub(crate) fn at(text: &str) -> Moment {
    format!("2026-03-{text}:00Z").parse().unwrap()
}

pub(crate) fn remark(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

pub(crate) fn team(name: &str) -> TeamName {
    TeamName::new(name).unwrap()
}

/// Two teams that sell, one that finds leads, and two outside providers.
pub(crate) struct House {
    pub inroad: Inroad,
    _folder: TempDir,
}

pub(crate) const PEOPLE: [(&str, &[MemberRole], Option<&str>); 9] = [
    ("tom", &[MemberRole::Seller], Some("North")),
    ("nia", &[MemberRole::Seller], Some("North")),
    ("sam", &[MemberRole::Seller], Some("South")),
    ("mia", &[MemberRole::Marketer], Some("Marketing")),
    ("max", &[MemberRole::Manager], Some("North")),
    ("sue", &[MemberRole::Manager], Some("South")),
    ("moe", &[MemberRole::Manager, MemberRole::Marketer], Some("Marketing")),
    ("pia", &[MemberRole::Provider], Some("Lead House")),
    ("pol", &[MemberRole::Provider], Some("Call Centre")),
];

impl House {
    pub(crate) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inroad = Inroad::open(&folder.path().join("inroad.db")).await.unwrap();
        let me = vec!["ada@studio.example".parse().unwrap()];
        inroad.set_seller(Some("Ada".to_owned()), me).await.unwrap();
        Self { inroad, _folder: folder }
    }

    pub(crate) async fn new() -> Self {
        let house = Self::empty().await;
        let admin = [MemberRole::Administrator];
        let people = PEOPLE.iter().map(|(name, roles, team)| (*name, *roles, *team));
        for (name, roles, of) in people.chain([("adm", &admin[..], None)]) {
            let email = format!("{name}@studio.example").parse().unwrap();
            let (first, rest) = name.split_at(1);
            let called = format!("{}{rest}", first.to_uppercase());
            let member = Member::new(email, &called, roles.iter().copied(), of.map(team)).unwrap();
            house.inroad.put_member(&Actor::owner(), member, at("01T09:00")).await.unwrap();
        }
        house
    }

    pub(crate) async fn who(&self, name: &str) -> Actor {
        match name {
            "owner" => self.inroad.owner().await.unwrap(),
            "nobody" => Actor::nobody(),
            name => {
                let email = format!("{name}@studio.example").parse().unwrap();
                self.inroad.actor_called(&email).await.unwrap()
            }
        }
    }

    pub(crate) async fn agree(&self) {
        let mia = self.who("mia").await;
        let definition = Definition::to_begin_with();
        let done =
            self.inroad.propose_lead_definition(&mia, definition, None, at("02T08:00")).await;
        let number = done.unwrap().what;
        for name in ["mia", "tom"] {
            let who = self.who(name).await;
            let signed = self.inroad.sign_lead_definition(&who, number, None, at("02T08:00"));
            signed.await.unwrap();
        }
    }

    pub(crate) async fn hand(&self, by: &str, person: &str, to: Option<To>, on: &str) -> i64 {
        let actor = self.who(by).await;
        let new = NewLead { to, ..lead(person) };
        self.inroad.hand_over_lead(&actor, new, at(on)).await.unwrap().what
    }

    pub(crate) async fn act(
        &self,
        who: &str,
        lead: i64,
        event: LeadEvent,
        on: &str,
    ) -> Result<i64, Error> {
        let actor = self.who(who).await;
        self.inroad.act_on_lead(&actor, lead, None, event, at(on)).await.map(|done| done.what)
    }

    async fn state(&self, lead: i64, on: &str) -> LeadState {
        self.inroad.lead(&Actor::owner(), lead, at(on)).await.unwrap().lead.state
    }

    async fn asks(&self, who: &str, on: &str) -> Vec<(i64, Asks)> {
        let actor = self.who(who).await;
        let waiting = self.inroad.waiting_leads(&actor, 100, at(on)).await.unwrap();
        waiting.rows.iter().map(|row| (row.number, row.asks.unwrap())).collect()
    }
}

pub(crate) fn lead(person: &str) -> NewLead {
    let answers = ["need", "person", "asked"]
        .map(|key| (key.to_owned(), Answer { given: Given::Yes, words: String::new() }));
    NewLead {
        hand_over: HandOver {
            person: LeadPerson {
                name: person.to_owned(),
                email: Some(format!("{}@lindner.example", person.to_lowercase()).parse().unwrap()),
                ..LeadPerson::default()
            },
            account: "Lindner Bau".to_owned(),
            source: "Fair".to_owned(),
            promised: vec!["A price list".to_owned()],
            answers: BTreeMap::from(answers),
            ..HandOver::default()
        },
        to: Some(To::Team(team("North"))),
        despite_doubles: false,
    }
}

pub(crate) fn member(name: &str) -> To {
    To::Person(Who::Member(format!("{name}@studio.example").parse().unwrap()))
}

fn returned() -> LeadEvent {
    LeadEvent::Returned { reason: "No need".to_owned(), words: remark("They bought last year") }
}

#[tokio::test]
async fn a_lead_goes_its_way_and_nothing_falls_between() {
    let house = House::new().await;
    let inroad = &house.inroad;
    house.agree().await;
    // Monday; the whole team may take it, and nobody else.
    let jana = house.hand("mia", "Jana", Some(To::Team(team("North"))), "02T10:00").await;
    for (who, expected) in [
        ("tom", vec![(jana, Asks::You)]),
        ("nia", vec![(jana, Asks::You)]),
        ("sam", vec![]),
        ("max", vec![]),
        ("mia", vec![]),
    ] {
        assert_eq!(house.asks(who, "02T11:00").await, expected, "{who}");
    }
    // A day of work later it climbs to who answers for both sides.
    for (who, expected) in [
        ("tom", vec![(jana, Asks::You)]),
        ("max", vec![(jana, Asks::Climbed)]),
        ("moe", vec![(jana, Asks::Climbed)]),
        ("sue", vec![]),
        ("mia", vec![]),
        ("owner", vec![(jana, Asks::Climbed)]),
    ] {
        assert_eq!(house.asks(who, "03T10:01").await, expected, "{who}");
    }
    let tom = house.who("tom").await;
    let seen = inroad.lead(&tom, jana, at("03T10:30")).await.unwrap().lead.last_event;
    house.act("nia", jana, LeadEvent::Accepted, "03T10:40").await.unwrap();
    let late =
        inroad.act_on_lead(&tom, jana, Some(seen), LeadEvent::Accepted, at("03T10:41")).await;
    // It is hers now, and his no more.
    assert!(matches!(late, Err(Error::NotFound { .. })), "{late:?}");
    house.act("nia", jana, returned(), "03T11:00").await.unwrap();
    assert_eq!(house.asks("mia", "03T11:00").await, [(jana, Asks::You)]);
    assert_eq!(house.asks("moe", "04T11:01").await, [(jana, Asks::You)]);
    assert_eq!(house.asks("max", "04T11:01").await, [(jana, Asks::Climbed)]);
    let answer = LeadEvent::Answered {
        words: remark("They bought a rota, not planning"),
        answers: [].into(),
        to: Some(member("tom")),
    };
    house.act("mia", jana, answer, "04T12:00").await.unwrap();
    house.act("tom", jana, LeadEvent::Accepted, "04T12:10").await.unwrap();
    // Taken on, and not called yet.
    assert_eq!(house.asks("tom", "04T13:00").await, [(jana, Asks::You)]);
    let until = "2026-04-01".parse().unwrap();
    house.act("tom", jana, LeadEvent::Recycled { until, words: None }, "04T14:00").await.unwrap();
    assert_eq!(house.asks("tom", "30T14:00").await, []);
    assert_eq!(house.asks("mia", "31T23:00").await, []);
    let april: Moment = "2026-04-01T08:00:00Z".parse().unwrap();
    let mia = house.who("mia").await;
    let waiting = inroad.waiting_leads(&mia, 10, april).await.unwrap();
    assert_eq!(waiting.rows[0].due.unwrap().waits, Waits::ToBeTakenUp);
    // Whoever looks at an earlier day sees what was known then.
    assert_eq!(house.state(jana, "03T11:30").await, LeadState::Returned);
    assert_eq!(house.state(jana, "02T11:30").await, LeadState::Waiting);
}

#[tokio::test]
async fn what_was_done_is_undone_by_who_did_it() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let lead = house.hand("mia", "Jana", Some(member("tom")), "02T10:00").await;
    let (tom, mia) = (house.who("tom").await, house.who("mia").await);
    let done =
        inroad.act_on_lead(&tom, lead, None, LeadEvent::Accepted, at("02T11:00")).await.unwrap();
    let stranger = inroad.undo_of(&mia, done.deed, at("02T12:00")).await.unwrap_err();
    assert!(matches!(stranger, Error::Forbidden { .. }), "{stranger}");
    let again = inroad.act_on_lead(&tom, lead, None, LeadEvent::Accepted, at("02T12:00")).await;
    assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
    inroad.undo_of(&tom, done.deed, at("02T12:00")).await.unwrap();
    assert_eq!(house.state(lead, "02T12:00").await, LeadState::Waiting);
    house.act("tom", lead, LeadEvent::Accepted, "02T12:30").await.unwrap();
    // A hand-over on which somebody built is not taken back below their feet.
    let other = inroad.hand_over_lead(&mia, self::lead("Omar"), at("02T13:00")).await.unwrap();
    inroad.undo_of(&mia, other.deed, at("02T14:00")).await.unwrap();
    let gone = inroad.lead(&mia, other.what, at("02T14:00")).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { .. }), "{gone}");
}

#[tokio::test]
async fn who_is_alone_signs_for_both_and_does_it_all() {
    let house = House::empty().await;
    let inroad = &house.inroad;
    let owner = house.who("owner").await;
    let proposed = inroad
        .propose_lead_definition(&owner, Definition::to_begin_with(), None, at("02T08:00"))
        .await
        .unwrap();
    let signed = inroad.sign_lead_definition(&owner, proposed.what, None, at("02T08:00")).await;
    assert_eq!(signed.unwrap().what, Side::ALL);
    let new = NewLead { to: None, ..lead("Jana") };
    let number = inroad.hand_over_lead(&owner, new, at("02T10:00")).await.unwrap().what;
    assert_eq!(house.asks("owner", "02T11:00").await, [(number, Asks::You)]);
    house.act("owner", number, LeadEvent::Accepted, "02T11:00").await.unwrap();
    inroad.attach_lead(&owner, number, None, at("02T12:00")).await.unwrap();
    let page = inroad.lead(&owner, number, at("02T12:00")).await.unwrap();
    assert!(page.qualifies.is_qualified());
    assert_eq!(page.lead.deal.unwrap().as_str(), "Jana, Lindner Bau");
    assert!(inroad.deal_called("Jana, Lindner Bau").await.is_ok());
}

#[tokio::test]
async fn a_version_counts_from_the_second_signature() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let before = house.hand("mia", "Before", Some(member("tom")), "02T07:00").await;
    house.agree().await;
    let after = house.hand("mia", "After", Some(member("tom")), "02T09:00").await;
    let owner = house.who("owner").await;
    for (lead, expected) in [(before, None), (after, Some(1))] {
        let page = inroad.lead(&owner, lead, at("02T10:00")).await.unwrap();
        assert_eq!(page.lead.hand_over.definition, expected);
    }
    // One person signs one side, where there are others.
    let (moe, sam, pia) = (house.who("moe").await, house.who("sam").await, house.who("pia").await);
    let drop = Change::Drop { criterion: "asked".to_owned() };
    let second = inroad.propose_lead_change(&sam, &drop, None, at("03T08:00")).await.unwrap().what;
    let sign = |actor: &Actor, side: Option<Side>| {
        let actor = actor.clone();
        async move { inroad.sign_lead_definition(&actor, second, side, at("03T09:00")).await }
    };
    assert!(matches!(sign(&pia, None).await, Err(Error::Forbidden { .. })));
    assert!(matches!(sign(&sam, Some(Side::Marketing)).await, Err(Error::Forbidden { .. })));
    let signed = sign(&sam, None).await.unwrap();
    assert!(matches!(sign(&sam, None).await, Err(Error::Conflict { .. })));
    let counts = |page: inroad_service::DefinitionPage| page.in_force;
    assert_eq!(counts(inroad.lead_definition(&moe, at("03T10:00")).await.unwrap()), Some(1));
    // What is only proposed is not told outside.
    let outside = inroad.lead_definition(&pia, at("03T10:00")).await.unwrap();
    assert_eq!((outside.versions.len(), outside.may_propose), (1, false));
    sign(&moe, None).await.unwrap();
    assert_eq!(counts(inroad.lead_definition(&moe, at("03T10:00")).await.unwrap()), Some(2));
    inroad.undo_of(&sam, signed.deed, at("03T11:00")).await.unwrap_err();
}

#[tokio::test]
async fn an_outside_provider_learns_what_became_of_theirs_and_no_more() {
    let house = House::new().await;
    let inroad = &house.inroad;
    house.agree().await;
    let mut definition = Definition::to_begin_with();
    definition.accept_hours = 4.0;
    definition.territories = vec![inroad_leads::Territory {
        words: [".example".to_owned()].into(),
        team: team("South"),
    }];
    let mia = house.who("mia").await;
    let second =
        inroad.propose_lead_definition(&mia, definition, None, at("02T08:00")).await.unwrap();
    for who in ["mia", "sam"] {
        let who = house.who(who).await;
        inroad.sign_lead_definition(&who, second.what, None, at("02T08:30")).await.unwrap();
    }
    // Whatever they choose, it goes where the territories lead.
    let rik = house.hand("pia", "Rik", Some(member("tom")), "02T10:00").await;
    assert_eq!(house.asks("sam", "02T10:00").await, [(rik, Asks::You)]);
    house.act("sam", rik, returned(), "02T11:00").await.unwrap();
    let quality = LeadEvent::Quality {
        criteria: [("need".to_owned(), Held::DidNotHold)].into(),
        pressed: Some(true),
        words: Some(remark("They were called four times")),
    };
    let quality = house.act("sam", rik, quality, "02T11:10").await.unwrap();
    let treatment = LeadEvent::Treatment { pressed: None, words: remark("Sam is quick") };
    let treatment = house.act("mia", rik, treatment, "02T11:20").await.unwrap();
    let pia = house.who("pia").await;
    let page = inroad.lead(&pia, rik, at("02T12:00")).await.unwrap();
    let told = format!("{page:?}");
    assert!(told.contains("No need") && told.contains("called four times"), "{told}");
    for secret in ["sam@", "Sam", "South", "is quick"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
    assert!(page.treatment.is_none() && page.row.owner.is_none());
    let reply = |to| LeadEvent::Replied { to, words: remark("Twice, at their wish") };
    house.act("pia", rik, reply(quality), "02T12:10").await.unwrap();
    let no = house.act("pia", rik, reply(treatment), "02T12:10").await.unwrap_err();
    assert!(matches!(no, Error::Forbidden { .. }), "{no}");
    // What comes from outside climbs to marketing inside.
    assert_eq!(house.asks("pia", "02T12:30").await, [(rik, Asks::You)]);
    assert_eq!(house.asks("mia", "02T15:01").await, [(rik, Asks::Climbed)]);

    let word = |words: &str| ProviderWord {
        day: "2026-03-02".parse().unwrap(),
        ways: [Way::Telephone].into(),
        believes: Some(false),
        words: Some(remark(words)),
    };
    let firm = team("Lead House");
    inroad
        .say_of_provider(&mia, &firm, word("They laugh at their own calls"), at("02T13:00"))
        .await
        .unwrap();
    inroad.say_of_provider(&pia, &firm, word("We prefer events"), at("02T14:00")).await.unwrap();
    let inside = inroad.lead_provider(&mia, &firm, at("02T15:00")).await.unwrap();
    assert_eq!((inside.words.len(), inside.leads.handed), (2, 1));
    let own = inroad.lead_provider(&pia, &firm, at("02T15:00")).await.unwrap();
    assert_eq!(own.words.len(), 1);
    let pol = house.who("pol").await;
    let other = inroad.lead_provider(&pol, &firm, at("02T15:00")).await.unwrap_err();
    assert!(matches!(other, Error::Forbidden { .. }), "{other}");
}

#[tokio::test]
async fn both_sides_speak_on_the_facts() {
    let house = House::new().await;
    let inroad = &house.inroad;
    house.agree().await;
    let jana = house.hand("mia", "Jana", Some(member("tom")), "02T10:00").await;
    house.act("tom", jana, LeadEvent::Accepted, "02T11:00").await.unwrap();
    let reached = |outcome, on: &str| LeadEvent::Reached { outcome, on: Some(at(on)), words: None };
    house.act("tom", jana, reached(Outcome::Contacted, "02T13:00"), "02T14:00").await.unwrap();
    let ahead = house.act("tom", jana, reached(Outcome::Meeting, "05T13:00"), "02T14:00").await;
    assert!(matches!(ahead, Err(Error::Invalid { .. })), "{ahead:?}");
    house
        .act("tom", jana, LeadEvent::Promise { promise: 0, kept: Kept::Kept }, "02T15:00")
        .await
        .unwrap();
    let mia = house.who("mia").await;
    let treatment = inroad.lead(&mia, jana, at("02T16:00")).await.unwrap().treatment.unwrap();
    let touched = treatment.touched.unwrap();
    assert!((touched.hours - 2.0).abs() < 1e-9 && touched.is_in_time && !touched.is_seen);
    assert_eq!((treatment.promises, treatment.letters), ((1, 0, 0), None));
    let word = LeadEvent::Treatment { pressed: Some(false), words: remark("Just as promised") };
    let word = house.act("mia", jana, word, "02T16:00").await.unwrap();
    house
        .act("tom", jana, LeadEvent::Replied { to: word, words: remark("Thanks") }, "02T16:10")
        .await
        .unwrap();
    let page = inroad.lead(&house.who("max").await, jana, at("02T17:00")).await.unwrap();
    assert_eq!(page.lead.feedback[0].replies.len(), 1);
    assert_eq!(page.names[&word], "Mia");
}

#[tokio::test]
async fn where_both_sides_differ_and_what_a_change_would_do() {
    let house = House::new().await;
    let inroad = &house.inroad;
    house.agree().await;
    for n in 0..12 {
        let mut new = lead(&format!("Lead{n}"));
        new.to = Some(member("tom"));
        let given = if n < 6 { Given::Yes } else { Given::No };
        new.hand_over.answers.insert("time".into(), Answer { given, words: String::new() });
        let mia = house.who("mia").await;
        let lead = inroad.hand_over_lead(&mia, new, at("02T10:00")).await.unwrap().what;
        let event = if n < 6 { LeadEvent::Accepted } else { returned() };
        house.act("tom", lead, event, "02T12:00").await.unwrap();
    }
    let must = Change::Need { criterion: "time".to_owned(), need: Need::Must };
    let tom = house.who("tom").await;
    let page = inroad.lead_disagreements(&tom, Some(&must), at("03T10:00")).await.unwrap();
    let (says, effect) = page.effect.unwrap();
    assert_eq!(says, "'A time' becomes a must");
    assert_eq!((effect.taken_kept_out.events, effect.returns_avoided.events), (0, 6));
    let gap = page.found.criteria.iter().find(|gap| gap.key == "time").unwrap();
    assert_eq!(gap.taken, Separation::Separates);
    // A person sees their own leads counted, who answers for them does, and nobody else.
    let names = |page: &inroad_service::DisagreementsPage| {
        let groups = page.found.handed_by.iter().chain(&page.found.taken_by);
        groups.map(|group| group.name.clone()).collect::<Vec<_>>()
    };
    for (who, expected) in
        [("tom", vec!["Tom"]), ("max", vec!["Tom"]), ("moe", vec!["Mia"]), ("sam", vec![])]
    {
        let actor = house.who(who).await;
        let page = inroad.lead_disagreements(&actor, None, at("03T10:00")).await.unwrap();
        assert_eq!(names(&page), expected, "{who}");
    }
}

#[tokio::test]
async fn who_asked_to_be_left_alone_is_not_worked_on() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let jana = house.hand("mia", "Jana", Some(member("tom")), "02T10:00").await;
    let whom = inroad_model::Subject::Person("jana@lindner.example".parse().unwrap());
    inroad.leave_alone(whom, "She said so", at("02T11:00")).await.unwrap();
    let no = house.act("tom", jana, LeadEvent::Accepted, "02T12:00").await.unwrap_err();
    assert!(no.to_string().contains("left alone"), "{no}");
    let tom = house.who("tom").await;
    let page = inroad.lead(&tom, jana, at("02T12:00")).await.unwrap();
    assert!(page.row.is_stopped && !page.may.accept && page.may.give_back);
    house.act("tom", jana, returned(), "02T12:00").await.unwrap();
}

#[tokio::test]
async fn a_lead_that_is_there_already_is_told() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let first = house.hand("mia", "Jana", None, "02T10:00").await;
    let again = |who: &'static str| {
        let house = &house;
        async move {
            let actor = house.who(who).await;
            house.inroad.hand_over_lead(&actor, lead("Jana"), at("02T11:00")).await
        }
    };
    let told = again("mia").await.unwrap_err().to_string();
    assert!(told.contains(&format!("number {first}")) && told.contains("mail address"), "{told}");
    // From outside nobody learns whose it is.
    let told = again("pia").await.unwrap_err().to_string();
    assert!(!told.contains("Jana") && told.contains("mail address"), "{told}");
    let mia = house.who("mia").await;
    let new = NewLead { despite_doubles: true, ..lead("Jana") };
    inroad.hand_over_lead(&mia, new, at("02T11:00")).await.unwrap();
}

#[tokio::test]
async fn a_hand_over_on_which_something_was_said_is_not_undone() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let mia = house.who("mia").await;
    let done = inroad.hand_over_lead(&mia, lead("Jana"), at("02T10:00")).await.unwrap();
    let words = Some(remark("The need was real"));
    let quality = LeadEvent::Quality { criteria: BTreeMap::new(), pressed: None, words };
    house.act("tom", done.what, quality, "02T11:00").await.unwrap();
    let refused = inroad.undo_of(&mia, done.deed, at("02T12:00")).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict { .. }), "{refused}");
    assert!(inroad.lead(&mia, done.what, at("02T12:00")).await.is_ok());
}
