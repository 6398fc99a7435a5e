//! Changes of cards wait with their decision, are begun only while it stands, and go with the leave.

use inroad_model::{
    AddressBooks, Connection, ConnectionName, ContactField, DavServer, Entry, Reads, RecordChange,
    Remark, Subject,
};
use inroad_store::{CardChangeState, DeedsAsked, Error, NewCardChange, SettledCard, Store};

use crate::lessons::day;

async fn connect(store: &Store, write_back: bool) -> i64 {
    let server = DavServer {
        address: "https://dav.studio.example".to_owned(),
        user: "marta".to_owned(),
        authority: None,
        only: Vec::new(),
    };
    let reads = Reads::Contacts(Box::new(AddressBooks { server, write_back }));
    let connection = Connection { name: ConnectionName::new("people").unwrap(), reads };
    let kept = async |_id| Ok::<_, Error>(());
    store.put_connection(&connection, false, day(1), kept).await.unwrap()
}

#[tokio::test]
async fn a_change_goes_with_its_decision_and_with_the_leave() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    let connection = connect(&store, true).await;
    let about = Subject::Person("jana@lindner.example".parse().unwrap());
    let change =
        RecordChange { field: ContactField::Title, was: None, is: Remark::new("Buyer").ok() };
    let card = NewCardChange {
        connection,
        email: "jana@lindner.example".parse().unwrap(),
        book: "https://dav.studio.example/people/".to_owned(),
        card: "/people/jana.vcf".to_owned(),
        content: "{}".to_owned(),
    };
    let version = store.people_version().await.unwrap();
    let entry = Entry::Record(change);
    let number = store.add_entry_with_cards(&about, &entry, &[card], day(2)).await.unwrap();
    assert_ne!(store.people_version().await.unwrap(), version, "other people are on record");
    let now = async || store.card_changes(connection).await.unwrap().remove(0);
    assert_eq!((now().await.state, now().await.counts), (CardChangeState::Waiting, true));
    assert_eq!(store.connections_of_entry(number).await.unwrap(), [connection]);

    let id = now().await.id;
    assert!(!store.begin_card_change(id, false).await.unwrap(), "it counts");
    assert!(store.begin_card_change(id, true).await.unwrap());
    let settled = |says: Option<&str>| SettledCard {
        id,
        state: CardChangeState::Written,
        content: "{}".to_owned(),
        says: says.map(str::to_owned),
        at: day(3),
    };
    store.settle_card_change(&settled(Some("Written to people"))).await.unwrap();
    assert_eq!(
        (now().await.state, now().await.settled_at),
        (CardChangeState::Written, Some(day(3)))
    );
    let deeds = store.deeds(&DeedsAsked::default(), 9).await.unwrap();
    assert_eq!(
        deeds.iter().map(|deed| deed.says.as_str()).collect::<Vec<_>>(),
        ["Written to people"]
    );

    store.withdraw_entry(number, day(4)).await.unwrap();
    assert!(!now().await.counts);
    assert!(!store.begin_card_change(id, true).await.unwrap(), "it was taken back");
    assert!(store.health().await.unwrap().faults.is_empty());
    // The leave stands.
    connect(&store, true).await;
    assert_eq!(store.card_changes(connection).await.unwrap().len(), 1);
    connect(&store, false).await;
    connect(&store, true).await;
    assert!(store.card_changes(connection).await.unwrap().is_empty(), "a new leave is a new one");
    assert!(!store.begin_card_change(id, false).await.unwrap());
    store.settle_card_change(&settled(Some("Twice"))).await.unwrap();
    assert_eq!(store.deeds(&DeedsAsked::default(), 9).await.unwrap().len(), 1);
}
