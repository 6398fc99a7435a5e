//! What a person decides on is written to the card it came from, with leave, once, and nothing else is.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use inroad_dav::{Collection, Kind};
use inroad_model::{
    AddressBooks, ContactField, DavServer, DeedNumber, Entry, Reads, RecordChange, Remark, Subject,
};
use inroad_service::{Stop, WriteBack};
use inroad_store::DeedsAsked;

use crate::address_book::{Book, FOLDER, Takes};
use crate::desk::{day, email, moment};
use crate::followed::{Place, Radicale, radicale};
use crate::stand_in::StandIn;

const JANA: &str = "jana@lindner.example";
const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:jana\r\nFN:Jana Kühn\r\nN:Kühn;Jana;;;\r\n\
    EMAIL;TYPE=INTERNET:jana@lindner.example\r\nORG:Lindner Bau;Einkauf\r\nTITLE:Buyer\r\n\
    TEL;TYPE=WORK:+49 30 1\r\nitem1.X-ABDATE:2020-01-01\r\nitem1.X-ABLABEL:since\r\nNOTE:a\\nb\r\nEND:VCARD\r\n";

fn title(was: &str, is: &str) -> RecordChange {
    change(ContactField::Title, was, is)
}

fn change(field: ContactField, was: &str, is: &str) -> RecordChange {
    RecordChange { field, was: Remark::if_any(was).unwrap(), is: Remark::if_any(is).unwrap() }
}

fn books(server: DavServer, write_back: bool) -> Reads {
    Reads::Contacts(Box::new(AddressBooks { server, write_back }))
}

/// An address book in memory that is followed, and has leave.
struct Followed {
    place: Place,
    book: Arc<Mutex<Book>>,
    server: StandIn,
}

impl Followed {
    async fn new(card: &str) -> Self {
        let mut book = Book::default();
        book.put("jana.vcf", card);
        let (stand_in, book) = book.served();
        let address = format!("{}{FOLDER}", stand_in.url().trim_end_matches('/'));
        let server =
            DavServer { address, user: "marta".to_owned(), authority: None, only: Vec::new() };
        let place = Place::new().await;
        place.connect("people", books(server, true), "geheim").await.unwrap();
        assert_eq!(place.read().await.unwrap().contacts, 1);
        Self { place, book, server: stand_in }
    }

    async fn decide(&self, change: RecordChange) -> DeedNumber {
        self.place.desk.inroad.put_right(&email(JANA), change, day(2)).await.unwrap().deed
    }

    fn on_server(&self) -> String {
        self.book.lock().unwrap().text("jana.vcf")
    }

    fn taken(&self) -> usize {
        self.book.lock().unwrap().taken
    }

    fn server_does(&self, act: impl FnOnce(&mut Book)) {
        act(&mut self.book.lock().unwrap());
    }

    async fn write_back(&self) -> WriteBack {
        self.place.desk.inroad.connections().await.unwrap().remove(0).write_back.unwrap()
    }

    /// What is told of what was not written: the one thing, with the way out.
    async fn told(&self) -> String {
        let mut told = self.write_back().await.not_written;
        assert_eq!(told.len(), 1, "{told:?}");
        let told = told.remove(0);
        format!("{}. {}", told.what, told.way_out)
    }

    async fn history(&self) -> Vec<String> {
        let deeds = self.place.desk.inroad.deeds(&DeedsAsked::default(), 99).await.unwrap();
        deeds.into_iter().map(|deed| deed.says).collect()
    }
}

/// What is on record of the title.
async fn on_record(place: &Place) -> Option<String> {
    let person = place.desk.inroad.person(&email(JANA), day(20)).await.unwrap();
    person.contacts.into_iter().next().unwrap().title
}

fn on_radicale(radicale: &Radicale, book: &Collection, path: &str) -> String {
    radicale.server().item(book, path).unwrap().unwrap().text
}

#[tokio::test]
async fn a_real_server_has_exactly_one_property_changed_and_only_with_leave() {
    let Some(radicale) = radicale() else { return };
    let (server, collection) = radicale.make(Kind::AddressBook, "back", CARD);
    let place = Place::new().await;
    place.connect("people", books(server, false), &radicale.password).await.unwrap();
    assert_eq!(place.read().await.unwrap().contacts, 1);
    let name = std::fs::read_dir(radicale.folder.join("back")).unwrap().flatten();
    let name = name.map(|file| file.file_name().to_string_lossy().into_owned());
    let name = name.into_iter().find(|name| !name.starts_with('.')).unwrap();
    let before = on_radicale(&radicale, &collection, &name);

    let inroad = &place.desk.inroad;
    inroad.put_right(&email(JANA), title("Buyer", "Head"), day(2)).await.unwrap();
    assert_eq!(place.read().await.unwrap().contacts, 0);
    assert_eq!(on_radicale(&radicale, &collection, &name), before, "without leave it is only read");
    assert_eq!(on_record(&place).await.as_deref(), Some("Head"), "here it is so all the same");

    let people = inroad.connections().await.unwrap().remove(0).connection.name;
    inroad.set_write_back(&people, true, day(3)).await.unwrap();
    place.read().await.unwrap();
    assert_eq!(
        on_radicale(&radicale, &collection, &name),
        before,
        "what was decided before is not written"
    );
    let done = inroad.put_right(&email(JANA), title("Head", "Head, buying"), day(4)).await.unwrap();
    assert_eq!(place.read().await.unwrap().contacts, 0);
    assert_eq!(on_radicale(&radicale, &collection, &name), before, "the card never said Head");
    inroad.undo(done.deed, day(4)).await.unwrap();

    let phone = change(ContactField::Phone, "+49 30 1", "+49 30 22");
    let done = inroad.put_right(&email(JANA), phone, day(5)).await.unwrap();
    assert_eq!(place.read().await.unwrap().contacts, 0, "what is our own is no news");
    let after = on_radicale(&radicale, &collection, &name);
    assert_eq!(after, before.replace("+49 30 1", "+49 30 22"));
    assert_eq!(place.read().await.unwrap().contacts, 0);
    assert_eq!(place.contacts().await.len(), 1);
    inroad.undo(done.deed, day(6)).await.unwrap();
    assert_eq!(place.read().await.unwrap().contacts, 0);
    assert_eq!(on_radicale(&radicale, &collection, &name), before, "and back");
}

#[tokio::test]
async fn one_property_is_written_once_and_told_in_the_history() {
    let it = Followed::new(CARD).await;
    assert_eq!(it.write_back().await, WriteBack::default());
    it.decide(title("Buyer", "Head; buying")).await;
    assert_eq!(it.write_back().await.waiting, 1);
    assert_eq!(it.place.read().await.unwrap().contacts, 0);
    assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:Head\\; buying"));
    it.place.read().await.unwrap();
    assert_eq!((it.taken(), it.write_back().await), (1, WriteBack::default()));
    assert_eq!(on_record(&it.place).await.as_deref(), Some("Head; buying"));
    assert_eq!(
        it.history().await,
        [
            "Written to People: Jana Kühn, title “Head; buying” instead of “Buyer”",
            "jana@lindner.example: title “Head; buying” instead of “Buyer”; to be written to people",
        ]
    );
    // Two decisions before the next look: each follows the other.
    it.decide(title("Head; buying", "CFO")).await;
    let second = it.decide(title("CFO", "CEO")).await;
    it.place.read().await.unwrap();
    assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:CEO"));
    it.place.desk.inroad.undo(second, day(3)).await.unwrap();
    assert_eq!(it.write_back().await.waiting, 1);
    it.place.read().await.unwrap();
    assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:CFO"));
    assert_eq!(it.taken(), 4);
    let inroad = &it.place.desk.inroad;
    let unwritten = inroad.put_right(&email(JANA), title("CFO", "Nobody"), day(4)).await.unwrap();
    inroad.undo(unwritten.deed, day(5)).await.unwrap();
    it.place.read().await.unwrap();
    assert_eq!((it.taken(), it.write_back().await), (4, WriteBack::default()));
}

#[tokio::test]
async fn what_somebody_else_changed_there_is_left_as_it_is_and_told() {
    let it = Followed::new(CARD).await;
    it.decide(title("Buyer", "Head")).await;
    it.server_does(|book| {
        // The first card is read, and changed before ours comes: elsewhere, then the very title.
        let other = CARD.replace("NOTE:a\\nb", "NOTE:c");
        book.meanwhile = Some(("jana.vcf".to_owned(), other));
    });
    it.place.read().await.unwrap();
    let both = CARD.replace("NOTE:a\\nb", "NOTE:c").replace("TITLE:Buyer", "TITLE:Head");
    assert_eq!((it.on_server(), it.taken()), (both.clone(), 1));

    it.decide(title("Head", "CFO")).await;
    let theirs = both.replace("TITLE:Head", "TITLE:Chair");
    it.server_does(|book| book.meanwhile = Some(("jana.vcf".to_owned(), theirs.clone())));
    it.place.read().await.unwrap();
    assert_eq!((it.on_server(), it.taken()), (theirs.clone(), 1));
    let told = it.told().await;
    for words in ["Jana Kühn", "“CFO”", "“Chair”", "undo your decision"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // What is there is believed, and it is not tried again and again.
    assert_eq!(on_record(&it.place).await.as_deref(), Some("Chair"));
    it.place.read().await.unwrap();
    assert_eq!(it.taken(), 1);
    // A new decision is about what is there now.
    it.decide(title("Chair", "CFO")).await;
    it.place.read().await.unwrap();
    assert_eq!(it.on_server(), theirs.replace("TITLE:Chair", "TITLE:CFO"));
    assert_eq!(it.write_back().await.not_written, [], "what was decided anew is told no more");
}

#[tokio::test]
async fn a_server_that_lets_nothing_be_changed_is_told_with_the_way_out() {
    for status in [403, 405] {
        let it = Followed::new(CARD).await;
        it.server_does(|book| book.takes = Takes::Refuses(status));
        it.decide(title("Buyer", "Head")).await;
        it.place.read().await.unwrap();
        let told = it.told().await;
        assert!(told.contains("does not let this address book be changed"), "{told}");
        assert!(told.contains("connect it once more"), "{told}");
        assert_eq!(on_record(&it.place).await.as_deref(), Some("Head"), "the decision stands");
        it.server_does(|book| book.takes = Takes::Well);
        it.place.read().await.unwrap();
        assert_eq!(it.taken(), 0, "it is not asked each time");
        let people = it.place.desk.inroad.connections().await.unwrap().remove(0).connection.name;
        let later = moment("2099-01-01T09:00:00Z");
        it.place.desk.inroad.set_write_back(&people, true, later).await.unwrap();
        it.place.read().await.unwrap();
        assert_eq!((it.taken(), it.write_back().await), (1, WriteBack::default()));
    }
}

#[tokio::test]
async fn while_the_server_is_away_it_waits_and_an_answer_that_is_lost_writes_nothing_twice() {
    let it = Followed::new(CARD).await;
    it.server_does(|book| book.is_away = true);
    it.decide(title("Buyer", "Head")).await;
    let away = it.place.read().await.unwrap_err();
    assert!(away.contains("too much to do"), "{away}");
    assert_eq!(it.write_back().await.waiting, 1);
    it.server_does(|book| (book.is_away, book.takes) = (false, Takes::LosesItsAnswer));
    let lost = it.place.read().await.unwrap_err();
    assert!(lost.contains("ended the connection"), "{lost}");
    assert_eq!((it.taken(), it.write_back().await.waiting), (1, 1));
    it.server_does(|book| book.takes = Takes::Well);
    assert_eq!(it.place.read().await.unwrap().contacts, 0, "what is our own is no news");
    assert_eq!((it.taken(), it.write_back().await), (1, WriteBack::default()));
    assert!(
        it.history().await[0].starts_with("Written to People: Jana"),
        "{:?}",
        it.history().await
    );
    assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:Head"));
    it.place.read().await.unwrap();
    assert_eq!(it.place.contacts().await.len(), 1);
}

/// So far apart that all kinds of places are met.
const STEP: usize = 61;

#[tokio::test]
async fn cut_anywhere_it_is_written_once_and_ends_the_same() {
    let (mut at, mut cuts) = (0, 0);
    loop {
        let it = Followed::new(CARD).await;
        it.decide(title("Buyer", "Head")).await;
        it.server.cut_after(Some(at));
        let cut = it.place.read().await;
        it.server.cut_after(None);
        assert_eq!(it.place.read().await.unwrap().contacts, 0, "cut at {at}");
        assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:Head"), "cut at {at}");
        assert_eq!((it.taken(), it.write_back().await), (1, WriteBack::default()), "cut at {at}");
        let written = it.history().await;
        let written = written.iter().filter(|says| says.starts_with("Written to")).count();
        assert_eq!((written, it.place.contacts().await.len()), (1, 1), "cut at {at}");
        if cut.is_ok() {
            break;
        }
        (at, cuts) = (at + STEP, cuts + 1);
    }
    assert!(cuts > 10, "only {cuts} cuts");
}

#[tokio::test]
async fn nothing_is_written_for_whom_nothing_is_to_be_done_or_after_the_leave() {
    // Whoever asked for no more mail.
    let it = Followed::new(CARD).await;
    it.decide(title("Buyer", "Head")).await;
    let alone = Entry::LeaveAlone { because: Remark::new("They wish so").unwrap() };
    it.place.desk.inroad.write_down(Subject::Person(email(JANA)), alone, day(2)).await.unwrap();
    it.place.read().await.unwrap();
    assert!(it.told().await.contains("asked for no mail"));
    assert_eq!(it.taken(), 0);

    // Whoever was erased.
    let it = Followed::new(CARD).await;
    it.decide(title("Buyer", "Head")).await;
    it.place.desk.inroad.erase(&email(JANA), &[], day(2)).await.unwrap();
    assert_eq!(it.write_back().await, WriteBack::default());
    assert!(!it.history().await.concat().contains("jana"), "{:?}", it.history().await);
    it.place.read().await.unwrap();
    assert_eq!(it.taken(), 0);

    // A leave that was taken back, and given again.
    let it = Followed::new(CARD).await;
    it.decide(title("Buyer", "Head")).await;
    let people = it.place.desk.inroad.connections().await.unwrap().remove(0).connection.name;
    it.place.desk.inroad.set_write_back(&people, false, day(3)).await.unwrap();
    assert_eq!(it.place.desk.inroad.connections().await.unwrap()[0].write_back, None);
    it.place.read().await.unwrap();
    it.place.desk.inroad.set_write_back(&people, true, day(4)).await.unwrap();
    it.place.read().await.unwrap();
    assert_eq!((it.taken(), it.on_server().as_str()), (0, CARD));

    // Without a version somebody else's change could be lost.
    let it = Followed::new(CARD).await;
    it.server_does(|book| book.is_weak = true);
    it.decide(title("Buyer", "Head")).await;
    it.place.read().await.unwrap();
    assert!(it.told().await.contains("does not say for sure which version"));
    assert_eq!(it.taken(), 0);

    // A card that was deleted there is not made anew.
    let it = Followed::new(CARD).await;
    it.decide(title("Buyer", "Head")).await;
    it.server_does(|book| drop(book.cards.remove("jana.vcf")));
    it.place.read().await.unwrap();
    assert!(it.told().await.contains("not there any more"));
    assert_eq!(it.taken(), 0);
}

#[tokio::test]
async fn what_is_decided_while_all_is_watched_is_written_at_once() {
    let it = Followed::new(CARD).await;
    let stop = Stop::default();
    let (inroad, passwords) = (it.place.desk.inroad.clone(), it.place.passwords.clone());
    let own = stop.clone();
    let watching = tokio::spawn(async move { inroad.watch(&passwords, &own).await });
    let until = async |taken: usize| {
        let begun = Instant::now();
        while it.taken() < taken {
            assert!(begun.elapsed() < Duration::from_mins(1), "it is not written");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let deed = it.decide(title("Buyer", "Head")).await;
    until(1).await;
    while it.write_back().await.waiting > 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // By now it waits for minutes, but for a wish.
    it.place.desk.inroad.undo(deed, day(3)).await.unwrap();
    until(2).await;
    assert_eq!(it.on_server(), CARD);
    stop.now();
    watching.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_nobody_decided_or_no_record_says_is_refused() {
    let it = Followed::new(CARD).await;
    let refused = async |change: RecordChange| {
        let inroad = &it.place.desk.inroad;
        inroad.put_right(&email(JANA), change, day(2)).await.unwrap_err().to_string()
    };
    for (change, words) in [
        (title("Seller", "Head"), "do not say “Seller”"),
        (title("", "Head"), "say another title"),
        (title("Buyer", "Buyer"), "say so already"),
        (title("Buyer", ""), "Say what is so"),
        (title("Buyer", "a\nb"), "one line"),
        (title("Buyer", &"x".repeat(201)), "200 characters"),
        (change(ContactField::Phone, "", "none"), "has digits"),
        (change(ContactField::Name, "Jana Kühn", "j@x.example"), "no address"),
    ] {
        let said = refused(change).await;
        assert!(said.contains(words), "{words}: {said}");
    }
    it.place.read().await.unwrap();
    assert_eq!(it.taken(), 0);
}
