//! Who may see and do what of somebody's selling: every read and every write, by everybody there is.

use std::collections::BTreeMap;

use inroad_model::{
    CommissionShare, EmailAddress, Member, MemberRole, Moment, Remark, SellerPart, SellerWord,
    Strength, TeamName,
};
use inroad_service::{Actor, Error, Result, Selling, ShareAsked};

use crate::desk::Desk;
use crate::letters::ME;

const TOM: &str = "tom@studio.example";

fn at() -> Moment {
    "2026-04-20T12:00:00Z".parse().unwrap()
}

fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

/// Everybody there is, by what they are; the manager with leave got it for each part.
async fn everybody(desk: &Desk) -> BTreeMap<&'static str, Actor> {
    use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
    let owner = desk.inroad.owner().await.unwrap();
    let mut all = BTreeMap::from([("nobody", Actor::nobody()), ("owner", owner.clone())]);
    for (what, address, role, team) in [
        ("self", TOM, Seller, Some("North")),
        ("same team", "ida@studio.example", Seller, Some("North")),
        ("other team", "per@studio.example", Seller, Some("South")),
        ("marketer", "mia@studio.example", Marketer, Some("North")),
        ("manager", "mo@studio.example", Manager, Some("North")),
        ("other manager", "max@studio.example", Manager, Some("South")),
        ("manager with leave", "may@studio.example", Manager, Some("North")),
        ("administrator", "ada@studio.example", Administrator, None),
        ("provider", "pia@leads.example", Provider, Some("Lead House")),
    ] {
        let team = team.map(|team| TeamName::new(team).unwrap());
        let member = Member::new(email(address), what, [role], team).unwrap();
        desk.inroad.put_member(&owner, member.clone(), at()).await.unwrap();
        all.insert(what, Actor::member(member));
    }
    all
}

/// Tom says something, practises, asks and lets one manager look.
async fn fill(desk: &Desk, all: &BTreeMap<&'static str, Actor>) {
    let tom = &all["self"];
    let inroad = &desk.inroad;
    inroad.say_of_myself(tom, "money.price", 1.try_into().unwrap(), at()).await.unwrap();
    inroad.set_goal(tom, "next_step", at().date(), at()).await.unwrap();
    inroad.ask_for_help(tom, asking("a final meeting"), at()).await.unwrap();
    for part in SellerPart::ALL {
        inroad.give_leave(tom, &email("may@studio.example"), *part, at()).await.unwrap();
    }
}

fn asking(text: &str) -> SellerWord {
    let words = Remark::new(text).unwrap();
    SellerWord::Asking { with: Strength::Closing, deal: None, by: None, of: None, words }
}

async fn desk() -> (Desk, BTreeMap<&'static str, Actor>) {
    let desk = Desk::new().await;
    desk.inroad.set_seller(Some("Marta".to_owned()), vec![email(ME)]).await.unwrap();
    let deals = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [{"id": "d1", "name": "Stock", "domain": "firm1.example"}]}"#;
    desk.take("deals.json", deals).await;
    let all = everybody(&desk).await;
    (desk, all)
}

/// Those of whom an action is refused are all but these.
#[track_caller]
fn check<T>(what: &str, who: &str, done: &Result<T>, may: &[&str]) {
    match done {
        Ok(_) => assert!(may.contains(&who), "{what}: {who} may"),
        Err(error) => {
            assert!(matches!(error, Error::Forbidden { .. }), "{what}: {who}: {error}");
            assert!(!may.contains(&who), "{what}: {who} may not");
        }
    }
}

#[tokio::test]
async fn who_sees_what() {
    let (desk, all) = desk().await;
    fill(&desk, &all).await;
    let inroad = &desk.inroad;
    for (who, actor) in &all {
        let of_tom = inroad.selling_of(actor, &email(TOM), at()).await;
        check("profile", who, &of_tom, &["self", "manager with leave"]);
        if let Ok(seen) = &of_tom {
            let Selling { profile, reluctance, goals, own, .. } = seen;
            assert!(profile.is_some() && reluctance.is_some() && goals.is_some(), "{who}");
            assert_eq!(own.is_some(), *who == "self", "{who}");
        }
        let of_owner = inroad.selling_of(actor, &email(ME), at()).await;
        check("the owner's", who, &of_owner, &["owner"]);
        let stranger = inroad.selling_of(actor, &email("x@nowhere.example"), at()).await;
        assert!(matches!(stranger, Err(Error::Forbidden { .. })), "{who}");
        let sells = ["owner", "self", "same team", "other team"];
        check("one's own", who, &inroad.my_selling(actor, at()).await, &sells);
        let inside = [
            "owner",
            "self",
            "same team",
            "other team",
            "marketer",
            "manager",
            "other manager",
            "manager with leave",
            "administrator",
        ];
        let open = inroad.open_to(actor).await;
        check("who lets one look", who, &open, &inside);
        let is_open = open.is_ok_and(|open| !open.is_empty());
        assert_eq!(is_open, *who == "manager with leave", "{who}");
        check("asked of one", who, &inroad.asked_of(actor, at()).await, &inside);
        check("shares", who, &inroad.my_shares(actor, at()).await, &inside);
        check("colleagues", who, &inroad.who_works_inside(actor).await, &inside);
        let manage = ["owner", "manager", "other manager", "manager with leave"];
        let wanted = inroad.help_wanted(actor, at()).await;
        check("where help is wanted", who, &wanted, &manage);
        if let Ok(wanted) = wanted {
            assert_eq!(wanted.asked.is_empty(), *who == "other manager", "{who}");
        }
        let deal = inroad_model::DealId::new("d1").unwrap();
        let help = inroad.help_for(actor, &deal, None, at()).await;
        check("help for a deal", who, &help, &["owner"]);
        check("a deal by its name", who, &inroad.deal_of(actor, "Stock").await, &["owner"]);
    }
}

#[tokio::test]
async fn who_does_what() {
    let (desk, all) = desk().await;
    fill(&desk, &all).await;
    let inroad = &desk.inroad;
    let sells = ["owner", "self", "same team", "other team"];
    let words = || Remark::new("Well done").unwrap();
    for (who, actor) in &all {
        let answer = 5.try_into().unwrap();
        let said = inroad.say_of_myself(actor, "money.budget", answer, at()).await;
        check("say", who, &said, &sells);
        let to = email("ada@studio.example");
        let leave = inroad.give_leave(actor, &to, SellerPart::Profile, at()).await;
        check("let somebody look", who, &leave, &sells);
        if let Ok(leave) = &leave {
            inroad.take_back_word(actor, leave.what, at()).await.unwrap();
        }
        let offer = inroad.offer_help(actor, Strength::Trust, None, at()).await;
        check("offer", who, &offer, &sells);
        let goal = inroad.set_goal(actor, "open_questions", at().date(), at()).await;
        check("practise", who, &goal, &sells);
        if let Ok(goal) = &goal {
            inroad.practised(actor, goal.what, 1, at()).await.unwrap();
        }
        check("ask", who, &inroad.ask_for_help(actor, asking("x"), at()).await, &sells);
        let note = inroad.coach_note(actor, &email(TOM), words(), at()).await;
        check("a coach's word", who, &note, &["self", "manager with leave"]);
        let shared = ShareAsked {
            deal: inroad_model::DealId::new("d1").unwrap(),
            with: email(TOM),
            share: CommissionShare::try_from(10).unwrap(),
            since: at().date(),
            words: None,
        };
        check("share", who, &inroad.share_commission(actor, shared, at()).await, &["owner"]);
    }
    // Of a share only whom it is with may agree, and only who said something may take it back.
    let share = inroad.my_shares(&all["self"], at()).await.unwrap()[0].number;
    let said = inroad.say_of_myself(&all["self"], "money.price", 3.try_into().unwrap(), at()).await;
    let said = said.unwrap();
    for (who, actor) in all.iter().filter(|(who, _)| **who != "self") {
        let agreed = inroad.agree_to_share(actor, share, at()).await;
        assert!(matches!(agreed, Err(Error::Forbidden { .. } | Error::NotFound { .. })), "{who}");
        let back = inroad.take_back_word(actor, said.what, at()).await;
        assert!(matches!(back, Err(Error::Forbidden { .. } | Error::NotFound { .. })), "{who}");
        let undone = inroad.undo_of(actor, said.deed, at()).await;
        assert!(matches!(undone, Err(Error::Forbidden { .. })), "{who}");
    }
    inroad.agree_to_share(&all["self"], share, at()).await.unwrap();
    inroad.take_back_word(&all["self"], said.what, at()).await.unwrap();
}

#[tokio::test]
async fn leave_is_for_one_part_and_ends_at_once() {
    let (desk, all) = desk().await;
    let inroad = &desk.inroad;
    let (tom, manager) = (&all["self"], &all["manager"]);
    let given = inroad.give_leave(tom, &email("mo@studio.example"), SellerPart::Goals, at()).await;
    let given = given.unwrap();
    let look = async |day: Moment| inroad.selling_of(manager, &email(TOM), day).await;
    let seen = look(at()).await.unwrap();
    assert!(seen.goals.is_some() && seen.profile.is_none() && seen.reluctance.is_none());
    inroad.take_back_word(tom, given.what, at()).await.unwrap();
    // Also for whoever looks at a day on which it stood.
    for day in ["2026-04-20T12:00:00Z", "2026-04-19T12:00:00Z", "2027-01-01T00:00:00Z"] {
        assert!(matches!(look(day.parse().unwrap()).await, Err(Error::Forbidden { .. })), "{day}");
    }
    // To an outside provider, oneself or nobody who works here no leave is given.
    for (to, expected) in
        [("pia@leads.example", "another house"), (TOM, "your own"), ("x@y.example", "work here")]
    {
        let error = inroad.give_leave(tom, &email(to), SellerPart::Goals, at()).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{to}: {error}");
    }
    // Whose data file it is sees what they were given leave for, like everybody.
    inroad.give_leave(tom, &email(ME), SellerPart::Profile, at()).await.unwrap();
    let seen = inroad.selling_of(&all["owner"], &email(TOM), at()).await.unwrap();
    assert!(seen.profile.is_some() && seen.goals.is_none() && seen.own.is_none());
}
