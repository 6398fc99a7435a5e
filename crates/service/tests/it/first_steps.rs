//! Who the user is, what is proposed, and the undo of what they say to it.

use inroad_model::{DealId, Seller};
use inroad_service::{Choice, DealStatus, DeedsAsked, Error};

use crate::desk::{Desk, day, email};
use crate::letters::{JANA, ME, exchange, letter};

async fn desk() -> Desk {
    let desk = Desk::new().await;
    let mut letters = exchange(JANA, 6);
    letters.extend(exchange("Omar <omar@acme.example>", 4));
    desk.take_letters(&letters).await;
    desk
}

fn choice(deal: &str, accept: bool, name: Option<&str>) -> Choice {
    Choice { deal: DealId::new(deal).unwrap(), accept, name: name.map(str::to_owned) }
}

async fn stands(desk: &Desk, id: &str) -> (DealStatus, String) {
    let stored = desk.inroad.stored_deal(&DealId::new(id).unwrap()).await.unwrap();
    (stored.status, stored.deal.name)
}

#[tokio::test]
async fn proposals_come_with_their_letters() {
    let desk = desk().await;
    let (proposals, count) = desk.inroad.proposals(0, 1).await.unwrap();
    assert_eq!((proposals.len(), count, desk.inroad.proposal_count().await.unwrap()), (1, 2, 2));
    let acme = &proposals[0];
    assert_eq!((acme.stored.deal.name.as_str(), acme.letters), ("Acme", 4));
    assert_eq!((acme.people[0].received, acme.people[0].sent), (2, 2));
    assert!(acme.last.is_some());
    let (rest, _) = desk.inroad.proposals(1, 10).await.unwrap();
    assert_eq!(rest[0].stored.deal.name, "Lindner");
}

#[tokio::test]
async fn many_are_decided_at_once_and_put_back_at_once() {
    let desk = desk().await;
    let choices = [
        choice("lindner.example", true, Some("  The  warehouse ")),
        choice("acme.example", false, None),
    ];
    let done = desk.inroad.decide_proposals(&choices, day(20)).await.unwrap();
    assert_eq!((done.what.accepted, done.what.dismissed), (1, 1));
    let renamed = (DealStatus::Open, "The warehouse".to_owned());
    assert_eq!(stands(&desk, "lindner.example").await, renamed);
    assert_eq!(stands(&desk, "acme.example").await.0, DealStatus::Dismissed);
    let again = desk.inroad.decide_proposals(&choices, day(20)).await;
    assert!(matches!(again, Err(Error::Conflict { .. })));
    desk.inroad.undo(done.deed, day(21)).await.unwrap();
    assert_eq!(stands(&desk, "lindner.example").await, (DealStatus::Proposed, "Lindner".into()));
    assert_eq!(stands(&desk, "acme.example").await.0, DealStatus::Proposed);
    let wrong = [choice("lindner.example", true, None), choice("nobody.example", true, None)];
    let none = desk.inroad.decide_proposals(&wrong, day(20)).await;
    assert!(matches!(none, Err(Error::NotFound { .. })));
    assert_eq!(stands(&desk, "lindner.example").await.0, DealStatus::Proposed, "nothing changed");
}

#[tokio::test]
async fn who_the_user_is_follows_from_their_mail_until_they_say_it() {
    let desk = desk().await;
    let guessed = desk.inroad.myself().await.unwrap().unwrap();
    assert!(guessed.guessed);
    let candidates = desk.inroad.owner_candidates().await.unwrap();
    assert!(candidates[0].chosen && candidates[0].email == email(ME), "{candidates:?}");
    assert_eq!((candidates[0].wrote, candidates[0].received), (5, 5));
    let seller = Seller { emails: vec![email("omar@acme.example")], ..Seller::default() };
    let done = desk.inroad.declare_myself(seller.clone(), day(20)).await.unwrap();
    let said = desk.inroad.myself().await.unwrap().unwrap();
    assert!(!said.guessed && said.seller == seller);
    let (proposals, _) = desk.inroad.proposals(0, 10).await.unwrap();
    assert_eq!(proposals.len(), 1, "proposed anew, for somebody else");
    desk.inroad.undo(done.deed, day(21)).await.unwrap();
    assert_eq!(desk.inroad.myself().await.unwrap(), Some(guessed));
    assert_eq!(desk.inroad.proposal_count().await.unwrap(), 2);
    let nobody = desk.inroad.declare_myself(Seller::default(), day(22)).await;
    assert!(matches!(nobody, Err(Error::Invalid { .. })));
}

#[tokio::test]
async fn a_folder_of_sent_mail_speaks_for_its_writer() {
    let desk = Desk::new().await;
    let sent =
        crate::letters::mbox(&[letter(ME, JANA, 3, "Hello."), letter(ME, JANA, 4, "Hello again.")]);
    desk.take("Mail/Sent.mbox", sent).await;
    desk.take("Mail/Inbox.mbox", crate::letters::mbox(&[letter(JANA, ME, 5, "Yes.")])).await;
    let candidates = desk.inroad.owner_candidates().await.unwrap();
    let me = candidates.iter().find(|candidate| candidate.email == email(ME)).unwrap();
    assert_eq!(me.in_sent, 2);
    assert!(me.sent_folder.as_deref().unwrap().ends_with("Sent.mbox"));
}

#[tokio::test]
async fn the_history_goes_back_page_by_page() {
    let desk = desk().await;
    for name in ["lindner.example", "acme.example"] {
        desk.inroad.decide_proposals(&[choice(name, true, None)], day(20)).await.unwrap();
    }
    let latest = desk.inroad.deeds(&DeedsAsked::default(), 1).await.unwrap();
    assert!(latest[0].says.starts_with("Acme:"), "{latest:?}");
    let earlier = desk
        .inroad
        .deeds(&DeedsAsked { before: Some(latest[0].number), ..DeedsAsked::default() }, 10)
        .await
        .unwrap();
    assert!(earlier[0].says.starts_with("Lindner:"), "{earlier:?}");
}
