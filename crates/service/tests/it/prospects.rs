//! Before the first call: the target list, the ideal client, the form of a firm, what was found of it.

use inroad_model::{
    Account, AccountKey, Claim, ClaimSource, DealId, Entry, IdealClient, Remark, Subject, Topic,
};
use inroad_prospect::read_ideal_file;
use inroad_service::{AccountGiven, Error, PageToKeep, TARGETS_AT_MOST, Target};

use crate::desk::{Desk, day};
use crate::letters::usual;
use crate::opt_out::named;

fn key(text: &str) -> AccountKey {
    text.parse().unwrap()
}

fn known(key: &AccountKey) -> AccountGiven {
    AccountGiven::Known(key.clone())
}

fn remark(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

fn claim(topic: Topic, text: &str) -> Entry {
    Entry::Claim(Claim {
        topic,
        text: remark(text),
        is_verified: false,
        day: day(1).date(),
        source: ClaimSource::Own,
        settles: None,
        settles_import: None,
    })
}

async fn targets(desk: &Desk) -> Vec<String> {
    let entries = desk.inroad.entries(day(28)).await.unwrap();
    Target::among(&entries).iter().map(|target| target.key.to_string()).collect()
}

#[tokio::test]
async fn the_twenty_first_asks_which_one_leaves() {
    let desk = Desk::new().await;
    for n in 0..TARGETS_AT_MOST {
        let firm = key(&format!("firm{n}.example"));
        desk.inroad.add_target(&known(&firm), None, None, day(3)).await.unwrap();
    }
    let next = key("next.example");
    let full = desk.inroad.add_target(&known(&next), None, None, day(4)).await.unwrap_err();
    assert!(matches!(full, Error::Conflict { .. }), "{full}");
    assert!(full.to_string().contains("which one leaves"), "{full}");
    let stranger = key("stranger.example");
    let odd =
        desk.inroad.add_target(&known(&next), None, Some(&stranger), day(4)).await.unwrap_err();
    assert!(matches!(odd, Error::NotFound { .. }), "{odd}");
    let leaves = key("firm7.example");
    let done = desk.inroad.add_target(&known(&next), None, Some(&leaves), day(4)).await.unwrap();
    let now = targets(&desk).await;
    assert_eq!(now.len(), TARGETS_AT_MOST);
    assert!(now.contains(&"next.example".to_owned()) && !now.contains(&"firm7.example".to_owned()));
    // One undo puts both back.
    desk.inroad.undo(done.deed, day(5)).await.unwrap();
    let now = targets(&desk).await;
    assert!(!now.contains(&"next.example".to_owned()) && now.contains(&"firm7.example".to_owned()));
}

#[tokio::test]
async fn who_is_left_alone_is_no_target_under_any_name() {
    let desk = Desk::new().await;
    let (domain, name) = (key("quiet.example"), key("Quiet & Sons"));
    desk.inroad.decide_same_account(&domain, &name, true, day(2)).await.unwrap();
    desk.inroad.leave_alone(Subject::Account(domain), "They asked", day(2)).await.unwrap();
    let refused = desk.inroad.add_target(&known(&name), None, None, day(3)).await.unwrap_err();
    assert!(refused.to_string().contains("left alone"), "{refused}");
    let free_mail =
        desk.inroad.add_target(&known(&key("gmail.com")), None, None, day(3)).await.unwrap_err();
    assert!(free_mail.to_string().contains("mail provider"), "{free_mail}");
}

#[tokio::test]
async fn one_firm_under_two_names_is_one_account_and_can_be_parted() {
    let desk = Desk::new().await;
    let (domain, name) = (key("lindner.example"), key("Lindner Bau GmbH"));
    let about = Subject::Account(name.clone());
    desk.inroad.write_down(about, claim(Topic::Need, "Fewer idle cranes"), day(2)).await.unwrap();
    desk.inroad.add_target(&known(&name), None, None, day(2)).await.unwrap();
    let apart = desk.inroad.register(day(3)).await.unwrap();
    assert_eq!(apart.standing_key(&name), name);
    let done = desk.inroad.decide_same_account(&domain, &name, true, day(3)).await.unwrap();
    let again = desk.inroad.add_target(&known(&domain), None, None, day(3)).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }), "{again}");
    let register = desk.inroad.register(day(3)).await.unwrap();
    let entries = desk.inroad.entries(day(3)).await.unwrap();
    assert_eq!(register.standing_key(&name), domain);
    let prospect =
        register.prospect(&domain, &entries, &[], &IdealClient::default(), day(3).date());
    assert!(prospect.held.iter().any(|held| held.text == "Fewer idle cranes"));
    desk.inroad.undo(done.deed, day(4)).await.unwrap();
    let register = desk.inroad.register(day(4)).await.unwrap();
    let prospect =
        register.prospect(&domain, &entries, &[], &IdealClient::default(), day(4).date());
    assert!(prospect.held.is_empty());
}

#[tokio::test]
async fn an_assumption_is_settled_once() {
    let desk = Desk::new().await;
    let firm = key("nordhafen.example");
    let about = Subject::Account(firm.clone());
    let guess = claim(Topic::Department, "Marketing");
    let guess = desk.inroad.write_down(about.clone(), guess, day(2)).await.unwrap().what;
    let settle = async |at| {
        let text = remark("A consumer insights team");
        let by = ClaimSource::Told { by: "jana@nordhafen.example".parse().unwrap() };
        desk.inroad.settle_claim(&firm, guess, text, by, day(5).date(), at).await
    };
    let done = settle(day(5)).await.unwrap();
    assert!(matches!(settle(day(6)).await, Err(Error::Conflict { .. })));
    let fell = Entry::Fell { claim: guess, because: None };
    assert!(desk.inroad.write_down(about.clone(), fell.clone(), day(6)).await.is_err());
    desk.inroad.undo(done.deed, day(6)).await.unwrap();
    desk.inroad.write_down(about, fell, day(7)).await.unwrap();
    let register = desk.inroad.register(day(8)).await.unwrap();
    let entries = desk.inroad.entries(day(8)).await.unwrap();
    let held = register.held_of(&firm, &entries);
    assert_eq!(held.iter().map(|held| held.came_out).collect::<Vec<_>>(), [Some(false)]);
    // On an earlier day it was still held to be so.
    let then = desk.inroad.entries(day(3)).await.unwrap();
    assert_eq!(register.held_of(&firm, &then)[0].came_out, None);
}

#[tokio::test]
async fn the_ideal_client_has_versions_and_an_undo() {
    let desk = Desk::new().await;
    let file = |words: &str| {
        let text = format!(
            "[[qualifier]]\ntopic = \"industry\"\nlevel = \"must\"\nwords = [\"{words}\"]\n"
        );
        read_ideal_file(&text).unwrap()
    };
    desk.inroad.state_ideal_client(&file("freight"), day(2)).await.unwrap();
    let done = desk.inroad.state_ideal_client(&file("banks"), day(4)).await.unwrap();
    assert_eq!(desk.inroad.ideal_client(day(3)).await.unwrap(), file("freight"));
    assert_eq!(desk.inroad.ideal_client(day(4)).await.unwrap(), file("banks"));
    desk.inroad.undo(done.deed, day(5)).await.unwrap();
    assert_eq!(desk.inroad.ideal_client(day(5)).await.unwrap(), file("freight"));
    let versions = desk.inroad.ideal_clients(day(5)).await.unwrap();
    assert_eq!(versions.iter().map(|stated| stated.version).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn what_was_found_is_kept_as_it_was_pasted() {
    let desk = Desk::new().await;
    let firm = key("lindner.example");
    let page = PageToKeep { text: "About us\r\nWe move\u{7} cranes.\n", ..PageToKeep::default() };
    let done = desk.inroad.keep_page(&firm, &page, day(2)).await.unwrap();
    let (kept, text) = desk.inroad.page(done.what, day(3)).await.unwrap();
    assert_eq!(
        (kept.head.title.as_str(), text.as_str()),
        ("About us", "About us\nWe move cranes.\n")
    );
    assert!(desk.inroad.page(done.what, day(1)).await.is_err(), "it was not there yet");
    let dropped = desk.inroad.drop_page(done.what, day(4)).await.unwrap();
    assert!(desk.inroad.page(done.what, day(4)).await.is_err());
    desk.inroad.undo(dropped.deed, day(5)).await.unwrap();
    assert!(desk.inroad.page(done.what, day(5)).await.is_ok());
    for page in [
        PageToKeep { text: " \n ", ..PageToKeep::default() },
        PageToKeep { text: "x", url: "javascript:alert(1)", ..PageToKeep::default() },
        PageToKeep { text: "x", day: Some(day(20).date()), ..PageToKeep::default() },
    ] {
        assert!(desk.inroad.keep_page(&firm, &page, day(5)).await.is_err(), "{page:?}");
    }
}

#[tokio::test]
async fn a_firm_is_meant_by_domain_address_or_name() {
    let desk = Desk::new().await;
    let account =
        Account { domain: Some("nordhafen.example".to_owned()), ..Account::named("Nordhafen AG") };
    let done = desk.inroad.describe_account(account, day(2)).await.unwrap();
    let register = desk.inroad.register(day(3)).await.unwrap();
    for typed in [
        "nordhafen.example",
        "https://www.nordhafen.example/about?x=1",
        " NORDHAFEN ag ",
        "mail.nordhafen.example",
    ] {
        let given = register.account_given(typed).unwrap();
        assert_eq!(given, AccountGiven::Known(key("nordhafen.example")), "{typed}");
    }
    let new = register.account_given("Ostsee Kontor").unwrap();
    assert_eq!(new, AccountGiven::New(Box::new(Account::named("Ostsee Kontor"))));
    assert!(register.account_given(" – ").is_err());
    desk.inroad.undo(done.deed, day(4)).await.unwrap();
    let register = desk.inroad.register(day(4)).await.unwrap();
    assert!(register.firm(&key("nordhafen.example")).is_none());
}

#[tokio::test]
async fn a_firm_that_seems_to_be_there_twice_is_asked_about_until_somebody_answers() {
    let desk = Desk::new().await;
    for name in ["Nordhafen Krantechnik GmbH", "Nordhafen Krantechnik", "Ostsee Kontor AG"] {
        desk.inroad.describe_account(Account::named(name), day(2)).await.unwrap();
    }
    let (long, short) = (key("Nordhafen Krantechnik GmbH"), key("Nordhafen Krantechnik"));
    let found = desk.inroad.register(day(3)).await.unwrap().doubles();
    let open = async || desk.inroad.open_among(&found).await.unwrap().accounts.len();
    let pairs: Vec<_> =
        found.accounts.iter().map(|pair| (pair.a.clone(), pair.b.clone())).collect();
    assert_eq!(pairs, [(short.clone(), long.clone())]);
    assert!(!found.accounts[0].speaks_for.is_empty());
    let like = found.like_account(&Account::named("Ostsee Kontor"));
    assert_eq!(
        like.iter().map(|like| like.called.as_str()).collect::<Vec<_>>(),
        ["Ostsee Kontor AG"]
    );
    assert!(found.like_account(&Account::named("Bellandi")).is_empty());
    let two = desk.inroad.decide_same_account(&long, &short, false, day(4)).await.unwrap();
    assert_eq!(open().await, 0);
    desk.inroad.undo(two.deed, day(5)).await.unwrap();
    assert_eq!(open().await, 1);
    desk.inroad.decide_same_account(&long, &short, true, day(6)).await.unwrap();
    assert_eq!(open().await, 0);
    assert!(desk.inroad.register(day(7)).await.unwrap().doubles().accounts.is_empty());
    let register = desk.inroad.register(day(7)).await.unwrap();
    assert_eq!(register.firm(&long).unwrap().keys().count(), 2);
    desk.inroad.split_account(&short, day(8)).await.unwrap();
    let register = desk.inroad.register(day(8)).await.unwrap();
    assert_eq!(register.firm(&long).unwrap().keys().count(), 1);
}

#[tokio::test]
async fn a_firm_that_is_left_alone_is_left_alone_under_each_of_its_domains() {
    let desk = Desk::new().await;
    desk.take_letters(&usual()).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    let proposed = async |on| {
        let named = named(&desk.review(day(on)).await);
        named.into_iter().any(|name| name.ends_with("lindner.example"))
    };
    assert!(proposed(20).await);
    // Said of its name, before that name was joined with the domain.
    let name = key("Lindner Bau");
    desk.inroad.leave_alone(Subject::Account(name.clone()), "They asked", day(20)).await.unwrap();
    desk.inroad.decide_same_account(&key("lindner.example"), &name, true, day(20)).await.unwrap();
    assert!(!proposed(21).await);
    let register = desk.inroad.register(day(21)).await.unwrap();
    let entries = desk.inroad.entries(day(21)).await.unwrap();
    for of_firm in ["lindner.example", "mail.lindner.example", "lindner-bau"] {
        let of_firm = key(of_firm);
        assert!(register.is_left_alone(&of_firm, &entries), "{of_firm}");
        let ideal = IdealClient::default();
        let prospect = register.prospect(&of_firm, &entries, &[], &ideal, day(21).date());
        assert!(prospect.call_sheet(None).is_none(), "{of_firm}");
        let refused = desk.inroad.add_target(&known(&of_firm), None, None, day(21)).await;
        assert!(refused.unwrap_err().to_string().contains("left alone"), "{of_firm}");
    }
}

#[tokio::test]
async fn of_a_firm_without_a_domain_the_people_of_its_deals_are_left_alone() {
    let desk = Desk::new().await;
    desk.take_letters(&usual()).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    let deal = desk.inroad.deals().await.unwrap()[0].deal.clone();
    let seat = deal.people.first().unwrap().email.clone();
    let mut by_name = deal.clone();
    by_name.id = DealId::new("by-name").unwrap();
    by_name.name = "By name".to_owned();
    (by_name.organization, by_name.domain) = (Some("Kontor Ost".to_owned()), None);
    desk.inroad.add_deal(by_name, day(20)).await.unwrap();
    let proposed = async |on| {
        let named = named(&desk.review(day(on)).await);
        named.into_iter().any(|name| name == seat.as_str())
    };
    assert!(proposed(20).await);
    let firm = Subject::Account(key("Kontor Ost"));
    desk.inroad.leave_alone(firm, "They asked", day(21)).await.unwrap();
    assert!(!proposed(22).await);
}

#[tokio::test]
async fn what_is_assumed_of_one_firm_is_settled_on_its_own_form_alone() {
    let desk = Desk::new().await;
    let (one, other) = (key("one.example"), key("other.example"));
    let about = |key: &AccountKey| Subject::Account(key.clone());
    let write = async |about, entry| desk.inroad.write_down(about, entry, day(2)).await;
    let guess = write(about(&one), claim(Topic::Need, "Cranes")).await.unwrap().what;
    let fell = || Entry::Fell { claim: guess, because: None };
    assert!(write(about(&other), fell()).await.is_err());
    assert!(write(about(&one), Entry::Answered { question: guess }).await.is_err());
    let (text, day_of) = (remark("Cranes"), day(2).date());
    let settled =
        desk.inroad.settle_claim(&other, guess, text, ClaimSource::Own, day_of, day(2)).await;
    assert!(settled.is_err());
    // Under a host below its domain it is the same firm.
    let below = Subject::Account(key("mail.one.example"));
    write(below, fell()).await.unwrap();
}

#[tokio::test]
async fn a_full_list_stays_full_when_a_removal_is_undone() {
    let desk = Desk::new().await;
    let firm = |n: usize| key(&format!("firm{n}.example"));
    for n in 0..TARGETS_AT_MOST {
        desk.inroad.add_target(&known(&firm(n)), None, None, day(3)).await.unwrap();
    }
    let gone = desk.inroad.remove_target(&firm(3), day(4)).await.unwrap();
    let next = desk.inroad.add_target(&known(&firm(90)), None, None, day(4)).await.unwrap();
    let full = desk.inroad.undo(gone.deed, day(5)).await.unwrap_err();
    assert!(full.to_string().contains("full by now"), "{full}");
    desk.inroad.undo(next.deed, day(5)).await.unwrap();
    desk.inroad.undo(gone.deed, day(5)).await.unwrap();
    assert_eq!(targets(&desk).await.len(), TARGETS_AT_MOST);
    // A new firm goes with its place on the list.
    let gone = desk.inroad.remove_target(&firm(3), day(6)).await.unwrap();
    let new = AccountGiven::New(Box::new(Account::named("Ostsee Kontor")));
    let came = desk.inroad.add_target(&new, None, None, day(6)).await.unwrap();
    desk.inroad.undo(came.deed, day(7)).await.unwrap();
    assert!(desk.inroad.register(day(7)).await.unwrap().firm(&key("ostsee-kontor")).is_none());
    desk.inroad.undo(gone.deed, day(7)).await.unwrap();
}

#[tokio::test]
async fn a_providers_domain_is_joined_with_no_firm_and_an_address_names_none() {
    let desk = Desk::new().await;
    let firm = key("lindner.example");
    let joined = desk.inroad.decide_same_account(&firm, &key("gmail.com"), true, day(2)).await;
    assert!(joined.unwrap_err().to_string().contains("mail provider"));
    for name in ["lindner.example", "lindner.de"] {
        let account = Account { domain: Some(name.to_owned()), ..Account::named("Lindner") };
        desk.inroad.describe_account(account, day(2)).await.unwrap();
    }
    let register = desk.inroad.register(day(3)).await.unwrap();
    let several = register.account_given("Lindner").unwrap_err();
    assert!(several.to_string().contains("lindner.de, lindner.example"), "{several}");
    assert!(register.account_given("jana@lindner.example").is_err());
    assert_eq!(register.account_given("WWW.Lindner.Example").unwrap().key().unwrap(), firm);
}
