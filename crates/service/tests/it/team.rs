//! Who works here: named, changed, gone and back, each with a link of their own.

use inroad_model::{EmailAddress, Member, MemberRole, TeamName};
use inroad_service::{Actor, Error};

use crate::desk::{Desk, day};

fn member(email: &str, roles: &[MemberRole], team: Option<&str>) -> Member {
    let team = team.map(|team| TeamName::new(team).unwrap());
    Member::new(email.parse().unwrap(), "", roles.iter().copied(), team).unwrap()
}

fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

async fn here(desk: &Desk) -> Vec<String> {
    let members = desk.inroad.members().await.unwrap();
    let here = members.iter().filter(|kept| kept.left_at.is_none());
    here.map(|kept| kept.member.email().to_string()).collect()
}

#[tokio::test]
async fn somebody_comes_changes_leaves_and_is_back_by_an_undo() {
    let desk = Desk::new().await;
    let (inroad, owner) = (&desk.inroad, Actor::owner());
    let tom = member("tom@studio.example", &[MemberRole::Seller], Some("North"));
    let came = inroad.put_member(&owner, tom.clone(), day(1)).await.unwrap();
    let again = inroad.put_member(&owner, tom.clone(), day(1)).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }), "{again}");
    let other = member("tom@studio.example", &[MemberRole::Manager], None);
    let changed = inroad.put_member(&owner, other, day(2)).await.unwrap();
    let early = inroad.undo(came.deed, day(2)).await.unwrap_err();
    assert!(matches!(early, Error::Conflict { .. }), "{early}");
    inroad.undo(changed.deed, day(3)).await.unwrap();
    assert_eq!(inroad.members().await.unwrap()[0].member, tom);
    let left = inroad.member_leaves(&owner, tom.email(), day(4)).await.unwrap();
    assert!(here(&desk).await.is_empty());
    assert!(inroad.actor_called(tom.email()).await.is_err());
    inroad.undo(left.deed, day(5)).await.unwrap();
    assert_eq!(here(&desk).await, ["tom@studio.example"]);
}

#[tokio::test]
async fn a_link_opens_for_one_until_it_is_renewed_or_they_leave() {
    let desk = Desk::new().await;
    let (inroad, owner) = (&desk.inroad, Actor::owner());
    let tom = member("tom@studio.example", &[MemberRole::Seller], None);
    inroad.put_member(&owner, tom.clone(), day(1)).await.unwrap();
    let nobody = inroad.renew_member_key(&owner, &email("ann@studio.example"), day(1)).await;
    assert!(matches!(nobody.unwrap_err(), Error::NotFound { .. }));
    let first = inroad.renew_member_key(&owner, tom.email(), day(1)).await.unwrap().what;
    let second = inroad.renew_member_key(&owner, tom.email(), day(1)).await.unwrap().what;
    assert_eq!(inroad.member_with_key(&first).await.unwrap(), None);
    assert_eq!(inroad.member_with_key(&second).await.unwrap(), Some(tom.clone()));
    let file = std::fs::read(inroad.path()).unwrap();
    assert!(!file.windows(second.len()).any(|bytes| bytes == second.as_bytes()));
    let left = inroad.member_leaves(&owner, tom.email(), day(2)).await.unwrap();
    assert_eq!(inroad.member_with_key(&second).await.unwrap(), None);
    // Who is back needs a new link: the old one may be in other hands.
    inroad.undo(left.deed, day(3)).await.unwrap();
    assert_eq!(inroad.member_with_key(&second).await.unwrap(), None);
}

#[tokio::test]
async fn only_an_administrator_says_who_works_here_and_each_undoes_their_own() {
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let as_one = |role| Actor::member(member("ann@studio.example", &[role], Some("North")));
    let new = member("new@studio.example", &[MemberRole::Seller], None);
    let others =
        [MemberRole::Seller, MemberRole::Marketer, MemberRole::Manager, MemberRole::Provider];
    let refused = others.map(as_one).into_iter().chain([Actor::nobody()]);
    for actor in refused {
        let put = inroad.put_member(&actor, new.clone(), day(1)).await.unwrap_err();
        let leave = inroad.member_leaves(&actor, new.email(), day(1)).await.unwrap_err();
        let link = inroad.renew_member_key(&actor, new.email(), day(1)).await.unwrap_err();
        for error in [put, leave, link] {
            assert!(matches!(error, Error::Forbidden { .. }), "{actor:?}: {error}");
        }
    }
    let administrator = as_one(MemberRole::Administrator);
    let done = inroad.put_member(&administrator, new.clone(), day(1)).await.unwrap();
    for other in [Actor::owner(), as_one(MemberRole::Seller), Actor::nobody()] {
        let is_theirs = other.email() == administrator.email();
        if !is_theirs {
            let error = inroad.undo_of(&other, done.deed, day(1)).await.unwrap_err();
            assert!(matches!(error, Error::Forbidden { .. }), "{other:?}: {error}");
        }
    }
    inroad.undo_of(&administrator, done.deed, day(1)).await.unwrap();
    assert!(here(&desk).await.is_empty());
}

#[tokio::test]
async fn whose_data_file_it_is_has_a_name_and_a_team() {
    let desk = Desk::new().await;
    assert_eq!(desk.inroad.owner().await.unwrap(), Actor::owner());
    let mine = email("marta@studio.example");
    let myself = vec![mine.clone(), email("marta@home.example")];
    desk.inroad.set_seller(Some("Marta Sol".to_owned()), myself).await.unwrap();
    let owner = desk.inroad.owner().await.unwrap();
    assert_eq!((owner.email(), owner.name(), owner.team()), (Some(&mine), "Marta Sol", None));
    let me = member("marta@home.example", &[MemberRole::Seller], Some("North"));
    desk.inroad.put_member(&owner, me, day(1)).await.unwrap();
    let owner = desk.inroad.actor_called(&mine).await.unwrap();
    assert!(owner.is_owner());
    assert_eq!(owner.team().map(TeamName::as_str), Some("North"));
}

mod shared {
    use inroad_model::{DealId, Entry, Member, MemberRole, SharedWith, Subject, TeamName};
    use inroad_service::{Actor, Desk as Morning, Error, SharedWay};

    use crate::desk::{Desk, day, email};
    use crate::letters::{JANA, Letter, ME, letter};

    const DEALS: &str = r#"{"me": {"name": "Marta", "emails": ["marta@studio.example"]}, "deals": [
        {"id": "d1", "name": "Warehouse", "domain": "lindner.example", "people": [{"email": "jana@lindner.example"}]},
        {"id": "d2", "name": "Rota", "domain": "acme.example"}]}"#;

    async fn desk() -> Desk {
        let desk = Desk::new().await;
        let letters = [
            letter(ME, JANA, 2, "Dear Jana, when may I call?"),
            letter(JANA, ME, 3, "I am out of office until 20 March."),
        ];
        let letters = letters.map(|letter| {
            let id = format!("{}@shared.example", letter.date.len() + letter.text.len());
            Letter { id, subject: "The price of cranes".to_owned(), ..letter }
        });
        desk.take_letters(&letters).await;
        desk.take("deals.json", DEALS).await;
        for (name, role, team) in [
            ("tom", MemberRole::Seller, Some("North")),
            ("ann", MemberRole::Manager, None),
            ("pia", MemberRole::Provider, Some("North")),
        ] {
            let team = team.map(|team| TeamName::new(team).unwrap());
            let email = format!("{name}@studio.example").parse().unwrap();
            let member = Member::new(email, name, [role], team).unwrap();
            desk.inroad.put_member(&Actor::owner(), member, day(4)).await.unwrap();
        }
        desk
    }

    async fn actor(desk: &Desk, name: &str) -> Actor {
        desk.inroad.actor_called(&email(&format!("{name}@studio.example"))).await.unwrap()
    }

    async fn share(desk: &Desk, with: SharedWith, letters: bool) -> Result<(), Error> {
        share_on(5, desk, with, letters).await
    }

    async fn share_on(on: u8, desk: &Desk, with: SharedWith, letters: bool) -> Result<(), Error> {
        let about = Subject::Deal(DealId::new("d1").unwrap());
        let entry = Entry::Shared { with, letters };
        desk.inroad.write_down(about, entry, day(on)).await.map(|_| ())
    }

    fn north() -> SharedWith {
        SharedWith::Team(TeamName::new("North").unwrap())
    }

    #[tokio::test]
    async fn what_is_shared_is_seen_and_nothing_else() {
        let desk = desk().await;
        let (tom, ann, pia) =
            (actor(&desk, "tom").await, actor(&desk, "ann").await, actor(&desk, "pia").await);
        let d1 = DealId::new("d1").unwrap();
        let now = Morning::new(desk.inroad.clone(), Some(day(6)));
        let morning = now.morning().await.unwrap();
        assert!(desk.inroad.shared_with(&tom, &morning).unwrap().is_empty());

        share(&desk, north(), false).await.unwrap();
        assert!(matches!(share(&desk, north(), true).await, Err(Error::Conflict { .. })));
        now.changed(None).await;
        let morning = now.morning().await.unwrap();
        let seen = desk.inroad.shared_with(&tom, &morning).unwrap();
        assert_eq!(seen.iter().map(|deal| deal.name.as_str()).collect::<Vec<_>>(), ["Warehouse"]);
        let whole = desk.inroad.shared_deal(&tom, &d1, &morning).await.unwrap();
        assert_eq!(whole.touches.len(), 2);
        assert_eq!(whole.touches[1].way, SharedWay::Sent);
        assert!(whole.touches[0].facts.iter().any(|fact| fact.as_str() == "out_of_office"));
        let told = format!("{whole:?}");
        for word in ["crane", "price", "March", "call"] {
            assert!(!told.contains(word), "{word}: {told}");
        }
        // Not of that team, of a firm outside, nobody; nor a deal that was not shared.
        for other in [&ann, &Actor::owner()] {
            let refused = desk.inroad.shared_deal(other, &d1, &morning).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{other:?}");
        }
        for outside in [&pia, &Actor::nobody()] {
            let refused = desk.inroad.shared_deal(outside, &d1, &morning).await;
            assert!(matches!(refused, Err(Error::Forbidden { .. })), "{outside:?}");
        }
        let d2 = DealId::new("d2").unwrap();
        assert!(desk.inroad.shared_deal(&tom, &d2, &morning).await.is_err());
    }

    #[tokio::test]
    async fn words_are_seen_where_they_are_shared_until_it_is_taken_back() {
        let desk = desk().await;
        let ann = actor(&desk, "ann").await;
        let d1 = DealId::new("d1").unwrap();
        for nobody in ["pia@studio.example", "eve@studio.example"] {
            let refused = share(&desk, SharedWith::Member(email(nobody)), false).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{nobody}");
        }
        share(&desk, SharedWith::Member(email("ann@studio.example")), true).await.unwrap();
        let now = Morning::new(desk.inroad.clone(), Some(day(6)));
        let morning = now.morning().await.unwrap();
        let whole = desk.inroad.shared_deal(&ann, &d1, &morning).await.unwrap();
        assert_eq!(whole.touches[0].subject.as_deref(), Some("The price of cranes"));
        assert!(whole.touches[0].quotes.iter().any(|quote| quote.contains("out of office")));
        assert!(!format!("{whole:?}").contains("when may I call"), "letters stay where they are");
        let shares = desk.inroad.who_sees(&d1, day(6)).await.unwrap();
        assert!(shares.len() == 1 && shares[0].letters);
        desk.inroad.strike(shares[0].number, day(6)).await.unwrap();
        now.changed(None).await;
        let morning = now.morning().await.unwrap();
        assert!(desk.inroad.shared_deal(&ann, &d1, &morning).await.is_err());
        // Whoever leaves and comes back begins with nothing.
        let address = email("ann@studio.example");
        share_on(7, &desk, SharedWith::Member(address.clone()), true).await.unwrap();
        assert_eq!(desk.inroad.who_sees(&d1, day(8)).await.unwrap().len(), 1);
        desk.inroad.member_leaves(&Actor::owner(), &address, day(8)).await.unwrap();
        assert!(desk.inroad.who_sees(&d1, day(9)).await.unwrap().is_empty());
    }
}
