//! Who may what about leads: every way in, asked by everybody.

use inroad_leads::{Definition, Held, Kept, LeadEvent, Outcome, To};
use inroad_service::{Actor, Error, ImportAsked, LeadsAsked, NewLead, ProviderWord};

use crate::leads::{House, at, lead, member, remark, team};

/// In this order the answers stand in each row.
const WHO: [&str; 12] =
    ["nobody", "tom", "nia", "sam", "mia", "max", "sue", "moe", "adm", "pia", "pol", "owner"];

/// What came of it: `y` it was done or would have been, `f` forbidden, `-` it is not there for them.
fn letter<T>(came: Result<T, Error>) -> char {
    match came {
        Err(Error::Forbidden { .. }) => 'f',
        Err(Error::NotFound { .. }) => '-',
        // Whoever is let in may still find that it cannot be done to this lead now.
        Ok(_) | Err(Error::Conflict { .. } | Error::Invalid { .. }) => 'y',
        Err(other) => unreachable!("{other}"),
    }
}

fn returned() -> LeadEvent {
    LeadEvent::Returned { reason: "No need".into(), words: remark("They said so") }
}

fn word() -> ProviderWord {
    ProviderWord {
        day: "2026-03-02".parse().unwrap(),
        ways: [].into(),
        believes: Some(true),
        words: None,
    }
}

/// Four leads: Tom's from marketing, one that waits for the North, Tom's from outside, and one that Tom
/// gave back.
struct Asked {
    house: House,
    toms: i64,
    norths: i64,
    outside: i64,
    back: i64,
    quality: i64,
    treatment: i64,
}

impl Asked {
    async fn new() -> Self {
        let house = House::new().await;
        house.agree().await;
        let toms = house.hand("mia", "Jana", Some(member("tom")), "02T10:00").await;
        let norths = house.hand("mia", "Omar", Some(To::Team(team("North"))), "02T10:00").await;
        let outside = house.hand("pia", "Rik", None, "02T10:00").await;
        let back = house.hand("mia", "Eva", Some(member("tom")), "02T10:00").await;
        let moved = LeadEvent::Moved { to: member("tom"), words: None };
        house.act("owner", outside, moved, "02T10:10").await.unwrap();
        house.act("tom", back, returned(), "02T10:20").await.unwrap();
        let criteria = [("need".to_owned(), Held::Held)].into();
        let quality = LeadEvent::Quality { criteria, pressed: None, words: None };
        let quality = house.act("tom", toms, quality, "02T10:30").await.unwrap();
        let treatment = LeadEvent::Treatment { pressed: None, words: remark("Well") };
        let treatment = house.act("mia", toms, treatment, "02T10:30").await.unwrap();
        Self { house, toms, norths, outside, back, quality, treatment }
    }

    /// What becomes of one way in; each is asked of a house of its own only as far as it leaves traces.
    async fn ask(&self, what: &str, actor: &Actor) -> char {
        let inroad = &self.house.inroad;
        let now = at("02T11:00");
        let act = async |lead: i64, event: LeadEvent| {
            // An event that was not seen is refused after it was asked who may: nothing is changed.
            letter(inroad.act_on_lead(actor, lead, Some(-1), event, now).await)
        };
        let see = async |lead: i64| letter(inroad.lead(actor, lead, now).await);
        let firm = team("Lead House");
        let reached = |outcome| LeadEvent::Reached { outcome, on: None, words: Some(remark("So")) };
        let until = "2026-05-04".parse().unwrap();
        let reply = |to| LeadEvent::Replied { to, words: remark("Thanks") };
        match what {
            "list" => letter(inroad.leads(actor, &LeadsAsked::default(), 1, now).await),
            "waiting" => letter(inroad.waiting_leads(actor, 9, now).await),
            "takers" => letter(inroad.lead_takers(actor, now).await),
            "see tom's" => see(self.toms).await,
            "see the north's" => see(self.norths).await,
            "see from outside" => see(self.outside).await,
            "see treatment" => match inroad.lead(actor, self.outside, now).await {
                Ok(page) if page.treatment.is_none() => 'f',
                other => letter(other),
            },
            "hand over" => letter(inroad.hand_over_lead(actor, lead("Jana"), now).await),
            "doubles" => {
                letter(inroad.lead_doubles(actor, &NewLead::default().hand_over, now).await)
            }
            "import" => {
                let asked = ImportAsked { dry_run: true, ..ImportAsked::default() };
                letter(inroad.import_leads(actor, b"Name,Email\n", &asked, now).await)
            }
            "accept tom's" => act(self.toms, LeadEvent::Accepted).await,
            "accept the north's" => act(self.norths, LeadEvent::Accepted).await,
            "return" => act(self.toms, returned()).await,
            "recycle" => act(self.toms, LeadEvent::Recycled { until, words: None }).await,
            "outcome" => act(self.toms, reached(Outcome::Meeting)).await,
            "promise" => act(self.toms, LeadEvent::Promise { promise: 0, kept: Kept::Kept }).await,
            "answer" => {
                let answers = [].into();
                act(self.back, LeadEvent::Answered { words: remark("So"), answers, to: None }).await
            }
            "answer from outside" => {
                act(self.outside, LeadEvent::GivenUp { words: remark("So") }).await
            }
            "give up" => act(self.back, LeadEvent::GivenUp { words: remark("So") }).await,
            "move" => act(self.toms, LeadEvent::Moved { to: member("sam"), words: None }).await,
            "judge the lead" => {
                let criteria = [("need".to_owned(), Held::Held)].into();
                act(self.toms, LeadEvent::Quality { criteria, pressed: None, words: None }).await
            }
            "judge treatment" => {
                act(self.toms, LeadEvent::Treatment { pressed: None, words: remark("So") }).await
            }
            "reply to quality" => act(self.toms, reply(self.quality)).await,
            "reply to treatment" => act(self.toms, reply(self.treatment)).await,
            "make a deal" => letter(inroad.attach_lead(actor, self.toms, None, now).await),
            "definition" => letter(inroad.lead_definition(actor, now).await),
            "propose" => {
                let counts = Definition::to_begin_with();
                letter(inroad.propose_lead_definition(actor, counts, None, now).await)
            }
            "sign" => letter(inroad.sign_lead_definition(actor, 1, None, now).await),
            "providers" => letter(inroad.lead_providers(actor, now).await),
            "provider" => letter(inroad.lead_provider(actor, &firm, now).await),
            "say of provider" => {
                let ahead = ProviderWord { day: "2026-04-02".parse().unwrap(), ..word() };
                letter(inroad.say_of_provider(actor, &firm, ahead, now).await)
            }
            "disagreements" => letter(inroad.lead_disagreements(actor, None, now).await),
            other => unreachable!("{other}"),
        }
    }
}

#[tokio::test]
async fn every_way_in_asked_by_everybody() {
    let asked = Asked::new().await;
    for (what, expected) in [
        //                      nobody tom nia sam mia max sue moe adm pia pol owner
        ("list", "f y y y y y y y f y y y"),
        ("waiting", "f y y y y y y y f y y y"),
        ("takers", "f y y y y y y y f y y y"),
        ("see tom's", "f y - - y y - y f - - y"),
        ("see the north's", "f y y - y y - y f - - y"),
        ("see from outside", "f y - - y y - y f y - y"),
        ("see treatment", "f y - - y y - y f f - y"),
        ("hand over", "f f f f y f f y f y y y"),
        ("doubles", "f f f f y f f y f y y y"),
        ("import", "f f f f y f f y f y y y"),
        ("accept tom's", "f y - - f f - f f - - y"),
        ("accept the north's", "f y y - f f - f f - - y"),
        ("return", "f y - - f f - f f - - y"),
        ("recycle", "f y - - f f - f f - - y"),
        ("outcome", "f y - - f f - f f - - y"),
        ("promise", "f y - - f f - f f - - y"),
        ("answer", "f f - - y f - y f - - y"),
        ("answer from outside", "f f - - y f - y f y - y"),
        ("give up", "f f - - y f - y f - - y"),
        ("move", "f f - - f y - f f - - y"),
        ("judge the lead", "f y - - f f - f f - - y"),
        ("judge treatment", "f f - - y f - y f - - y"),
        ("reply to quality", "f y - - y y - y f - - y"),
        ("reply to treatment", "f y - - y y - y f - - y"),
        ("make a deal", "f f - - f f - f f - - y"),
        ("definition", "f y y y y y y y f y y y"),
        ("propose", "f y y y y y y y f f f y"),
        ("sign", "f y y y y y y y f f f y"),
        ("providers", "f f f f y y y y f f f y"),
        ("provider", "f f f f y y y y f y f y"),
        ("say of provider", "f f f f y y y y f y f y"),
        ("disagreements", "f y y y y y y y f f f y"),
    ] {
        let mut found = Vec::new();
        for who in WHO {
            let actor = asked.house.who(who).await;
            found.push(asked.ask(what, &actor).await.to_string());
        }
        assert_eq!(found.join(" "), expected, "{what}, of {WHO:?}");
    }
}
