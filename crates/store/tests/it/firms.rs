//! Firms and people of exports, kept once by content, many rows at a time.

use std::collections::BTreeSet;

use inroad_model::{Account, AccountKey, Contact};
use inroad_store::{Counted, Store};
use proptest::prelude::*;

use crate::lessons::day;
use crate::samples::store;

fn contact(n: usize) -> Contact {
    let emails = vec![format!("p{n}@lindner.example").parse().unwrap()];
    Contact { name: Some(format!("P {n}")), emails, ..Contact::default() }
}

fn account(n: usize) -> Account {
    Account { city: Some(format!("Town {n}")), ..Account::named(&format!("Firm {}", n / 2)) }
}

/// Keeps the rows of these numbers at once, and another time one by one.
async fn check(numbers: &[usize]) {
    let (_folder, together) = store().await;
    let (_other, apart) = store().await;
    let contacts: Vec<Contact> = numbers.iter().copied().map(contact).collect();
    let accounts: Vec<Account> = numbers.iter().copied().map(account).collect();
    let at_once = (
        together.put_contacts(&contacts).await.unwrap(),
        together.put_accounts(&accounts, day(1)).await.unwrap(),
    );
    let (mut people, mut firms) = (Counted::default(), Counted::default());
    let add = |sum: &mut Counted, more: Counted| {
        sum.added += more.added;
        sum.doubles += more.doubles;
    };
    for (contact, account) in contacts.chunks(1).zip(accounts.chunks(1)) {
        add(&mut people, apart.put_contacts(contact).await.unwrap());
        add(&mut firms, apart.put_accounts(account, day(1)).await.unwrap());
    }
    assert_eq!(at_once, (people, firms));
    assert_eq!(people.added, numbers.iter().collect::<BTreeSet<_>>().len());
    assert_eq!(people.added + people.doubles, numbers.len());
    assert_eq!(together.contacts().await.unwrap(), apart.contacts().await.unwrap());
    assert_eq!(together.accounts().await.unwrap(), apart.accounts().await.unwrap());
    assert_eq!(together.digest().await.unwrap(), apart.digest().await.unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn many_at_once_are_kept_and_counted_as_one_by_one(
        numbers in prop::collection::vec(0..400_usize, 0..650),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(&numbers));
    }
}

#[tokio::test]
async fn what_is_told_of_a_firm_stays_in_order() {
    let (folder, store) = store().await;
    let lindner = Account { domain: Some("Lindner.example".to_owned()), ..Account::named("L") };
    let larger = Account { employees: Some("350".to_owned()), ..lindner.clone() };
    store.put_accounts(&[lindner.clone(), Account::named("Acme & Co")], day(1)).await.unwrap();
    store.put_accounts(&[larger.clone(), lindner.clone()], day(2)).await.unwrap();
    let told = store.accounts().await.unwrap();
    let key = AccountKey::domain("lindner.example").unwrap();
    let found: Vec<_> = told[&key].iter().map(|told| (told.at, &told.account)).collect();
    assert_eq!(found, [(day(1), &lindner), (day(2), &larger)], "told again, it stays when it was");
    assert!(told.contains_key(&AccountKey::of_name("acme co").unwrap()));
    // Nothing is kept of a list in which one has no key.
    store.put_accounts(&[Account::named("New"), Account::named("--")], day(3)).await.unwrap_err();
    assert_eq!(store.accounts().await.unwrap(), told);
    // What is tried on a copy counts what is there, and leaves no trace.
    let digest = store.digest().await.unwrap();
    let copy = store.throw_away_copy().await.unwrap();
    let tried = copy.put_accounts(&[larger, Account::named("New")], day(3)).await.unwrap();
    assert_eq!(tried, Counted { added: 1, doubles: 1 });
    drop(copy);
    assert_eq!(store.digest().await.unwrap(), digest);
    let backup = folder.path().join("backup.db");
    store.backup(&backup, crate::samples::no_words()).await.unwrap();
    assert_eq!(Store::open(&backup).await.unwrap().accounts().await.unwrap(), told);
}
