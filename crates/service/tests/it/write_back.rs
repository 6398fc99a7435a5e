//! What a person decides on is written to the card it came from, with leave, once, and nothing else is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use inroad_dav::{Collection, Kind};
use inroad_model::{
    AddressBooks, ContactField, DavServer, DeedNumber, Entry, Reads, RecordChange, Remark, Subject,
};
use inroad_service::{LiveState, Stop, WriteBack};
use inroad_store::DeedsAsked;

use crate::address_book::{Book, FOLDER, Takes};
use crate::desk::{day, email, moment};
use crate::followed::{Place, Radicale, radicale};
use crate::stand_in::{Asked, Reply, StandIn, found};

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

    async fn leave_alone(&self, whom: &str) {
        let alone = Entry::LeaveAlone { because: Remark::new("They wish so").unwrap() };
        let whom = Subject::Person(email(whom));
        self.place.desk.inroad.write_down(whom, alone, day(2)).await.unwrap();
    }

    async fn history(&self) -> Vec<String> {
        let deeds = self.place.desk.inroad.deeds(&DeedsAsked::default(), 99).await.unwrap();
        deeds.into_iter().map(|deed| deed.says).collect()
    }
}

/// Address books below one home, each with one card; to the faulty one nothing can be written.
struct Home {
    listed: Vec<&'static str>,
    cards: BTreeMap<String, String>,
    faulty: &'static str,
}

impl Home {
    fn served() -> (DavServer, StandIn, Arc<Mutex<Self>>) {
        let cards = ["a", "b"].map(|name| (name.to_owned(), CARD.to_owned())).into();
        let home = Arc::new(Mutex::new(Self { listed: vec!["a", "b"], cards, faulty: "a" }));
        let of_server = Arc::clone(&home);
        let stand_in = StandIn::start(move |asked| of_server.lock().unwrap().answer(asked));
        let address = format!("{}/home/", stand_in.url().trim_end_matches('/'));
        let user = "marta".to_owned();
        (DavServer { address, user, authority: None, only: Vec::new() }, stand_in, home)
    }

    fn answer(&mut self, asked: &Asked) -> Reply {
        let says = |status, head: String, body: &str| Reply::Says(status, head, body.to_owned());
        let Some(name) = asked.path.trim_matches('/').split('/').nth(1) else {
            let homes = "<a:addressbook-home-set><d:href>/home/</d:href></a:addressbook-home-set>";
            let kind = "<d:resourcetype><d:collection/><a:addressbook/></d:resourcetype>";
            let each = self.listed.iter().map(|name| found(&format!("/home/{name}/"), kind));
            let itself = asked.head.contains("depth: 0").then(|| found("/home/", homes));
            return Reply::multistatus(&itself.unwrap_or_else(|| each.collect()));
        };
        let Some(text) = self.cards.get_mut(name) else { return says(404, String::new(), "") };
        // Each card that comes is of another length.
        let etag = format!("\"{}\"", text.len());
        match asked.method.as_str() {
            "PROPFIND" | "REPORT" => {
                let data = text.replace('\r', "&#13;");
                let data =
                    format!("<d:getetag>{etag}</d:getetag><a:address-data>{data}</a:address-data>");
                Reply::multistatus(&found(&format!("/home/{name}/jana.vcf"), &data))
            }
            "GET" => says(200, format!("ETag: {etag}\r\n"), text),
            _ if name == self.faulty => says(500, String::new(), ""),
            _ => {
                text.clone_from(&asked.body);
                says(204, String::new(), "")
            }
        }
    }
}

/// What was refused is tried again.
async fn connect_anew(place: &Place) {
    let people = place.desk.inroad.connections().await.unwrap().remove(0).connection.name;
    let later = moment("2099-01-01T09:00:00Z");
    place.desk.inroad.set_write_back(&people, true, later).await.unwrap();
    place.read().await.unwrap();
}

async fn until(is_so: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < Duration::from_mins(1), "it is not so");
        tokio::time::sleep(Duration::from_millis(50)).await;
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
    let first = it.decide(title("Head; buying", "CFO")).await;
    let second = it.decide(title("CFO", "CEO")).await;
    it.place.read().await.unwrap();
    assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:CEO"));
    it.place.desk.inroad.undo(second, day(3)).await.unwrap();
    assert_eq!(it.write_back().await.waiting, 1);
    it.place.read().await.unwrap();
    assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:CFO"));
    // The oldest is taken back first; and one that was never written.
    let inroad = &it.place.desk.inroad;
    let second = inroad.put_right(&email(JANA), title("CFO", "CEO"), day(4)).await.unwrap();
    it.place.read().await.unwrap();
    inroad.undo(first, day(5)).await.unwrap();
    it.place.read().await.unwrap();
    let unwritten = inroad.put_right(&email(JANA), title("CEO", "Nobody"), day(6)).await.unwrap();
    inroad.undo(unwritten.deed, day(7)).await.unwrap();
    inroad.undo(second.deed, day(7)).await.unwrap();
    it.place.read().await.unwrap();
    assert_eq!(it.on_server(), CARD.replace("TITLE:Buyer", "TITLE:Head\\; buying"));
    assert_eq!((it.taken(), it.write_back().await), (6, WriteBack::default()));
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
async fn what_cannot_be_written_is_told_with_the_way_out() {
    type Act = Box<dyn Fn(&mut Book)>;
    let refuses = |status| -> Act { Box::new(move |book| book.takes = Takes::Refuses(status)) };
    let puts = |card: String| -> Act { Box::new(move |book| book.put("jana.vcf", &card)) };
    // What, and how often the card is taken once it is connected anew.
    for (act, words, taken) in [
        (refuses(403), "does not let this address book be changed", 1),
        (refuses(405), "does not let this address book be changed", 1),
        (refuses(401), "with this sign-in", 1),
        (refuses(302), "nothing was sent there", 1),
        (refuses(412), "does not take the version that it told", 1),
        // Without a version somebody else's change could be lost.
        (Box::new(|book| book.is_weak = true), "does not say for sure which version", 0),
        (Box::new(|book| drop(book.cards.remove("jana.vcf"))), "not there any more", 0),
        (puts(CARD.replace("jana@", "ida@")), "another person's by now", 0),
        (puts(CARD.replace("ORG:", "EMAIL:omar@lindner.example\r\nORG:")), "asked for no mail", 0),
    ] {
        let it = Followed::new(CARD).await;
        it.leave_alone("omar@lindner.example").await;
        let deed = it.decide(title("Buyer", "Head")).await;
        it.server_does(act);
        it.place.read().await.unwrap();
        let told = it.told().await;
        assert!(told.contains(words), "{words}: {told}");
        assert_eq!(told.contains("onnect it once more"), taken > 0, "{told}");
        it.server_does(|book| book.takes = Takes::Well);
        it.place.read().await.unwrap();
        assert_eq!(it.taken(), 0, "it is not asked each time");
        connect_anew(&it.place).await;
        assert_eq!(it.taken(), taken, "{words}");
        if taken > 0 {
            assert_eq!(on_record(&it.place).await.as_deref(), Some("Head"), "the decision stands");
        }
        it.place.desk.inroad.undo(deed, day(3)).await.unwrap();
        it.place.read().await.unwrap();
        assert_eq!(it.write_back().await, WriteBack::default(), "{words}");
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
    let history = it.history().await;
    assert!(history[0].starts_with("Written to People: Jana"), "{history:?}");
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
    it.leave_alone(JANA).await;
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
}

#[tokio::test]
async fn what_is_decided_while_all_is_watched_is_written_at_once() {
    let it = Followed::new(CARD).await;
    let stop = Stop::default();
    let (inroad, passwords) = (it.place.desk.inroad.clone(), it.place.passwords.clone());
    let own = stop.clone();
    let watching = tokio::spawn(async move { inroad.watch(&passwords, &own).await });
    let deed = it.decide(title("Buyer", "Head")).await;
    until(async || it.taken() == 1 && it.write_back().await.waiting == 0).await;
    // By now it waits for minutes, but for a wish.
    it.place.desk.inroad.undo(deed, day(3)).await.unwrap();
    until(async || it.taken() == 2).await;
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

#[tokio::test]
async fn an_undo_that_cannot_be_written_is_told_until_it_is() {
    let it = Followed::new(CARD).await;
    let deed = it.decide(title("Buyer", "Head")).await;
    it.place.read().await.unwrap();
    it.server_does(|book| book.takes = Takes::Refuses(403));
    it.place.desk.inroad.undo(deed, day(3)).await.unwrap();
    it.place.read().await.unwrap();
    it.place.read().await.unwrap();
    let told = it.told().await;
    assert!(told.contains("“Buyer” instead of “Head”: ") && told.contains("taken back"), "{told}");
    it.server_does(|book| book.takes = Takes::Well);
    connect_anew(&it.place).await;
    assert_eq!((it.on_server().as_str(), it.write_back().await), (CARD, WriteBack::default()));
}

#[tokio::test]
async fn a_book_with_a_fault_holds_up_no_other_and_one_that_is_gone_is_told() {
    let (mut server, _running, home) = Home::served();
    let place = Place::new().await;
    place.connect("people", books(server.clone(), true), "geheim").await.unwrap();
    place.read().await.unwrap();
    place.desk.inroad.put_right(&email(JANA), title("Buyer", "Head"), day(2)).await.unwrap();
    assert!(place.read().await.unwrap_err().contains("fault of its own"));
    let right = CARD.replace("TITLE:Buyer", "TITLE:Head");
    assert_eq!(home.lock().unwrap().cards["a"], CARD);
    assert_eq!(home.lock().unwrap().cards["b"], right);
    home.lock().unwrap().listed = vec!["b"];
    place.read().await.unwrap();
    let told = place.desk.inroad.connections().await.unwrap().remove(0).write_back.unwrap();
    assert_eq!((told.waiting, told.not_written.len()), (0, 1), "{told:?}");
    assert!(told.not_written[0].what.contains("not read any more"), "{told:?}");
    home.lock().unwrap().faulty = "";
    home.lock().unwrap().listed = vec!["a", "b"];
    connect_anew(&place).await;
    assert_eq!(home.lock().unwrap().cards["a"], right);

    // The one that is wanted is away for an hour.
    server.only = vec!["b".to_owned()];
    place.connect("people", books(server, true), "geheim").await.unwrap();
    home.lock().unwrap().listed = vec!["a"];
    let stop = Stop::default();
    let own = stop.clone();
    let (inroad, passwords) = (place.desk.inroad.clone(), place.passwords.clone());
    let watching = tokio::spawn(async move { inroad.watch(&passwords, &own).await });
    until(async || {
        let state = place.desk.inroad.connections().await.unwrap().remove(0).status.state;
        matches!(state, LiveState::TryingAgain { trouble, .. } if trouble.what.contains("nothing called b"))
    })
    .await;
    stop.now();
    watching.await.unwrap().unwrap();
}
