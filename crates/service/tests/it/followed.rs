//! Calendars and address books on a real server, and on one that breaks off anywhere, are followed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use inroad_dav::{Collection, Credentials, Kind, Put, Server};
use inroad_model::{
    AddressBooks, CalendarEvent, CalendarFeed, CalendarServer, Connection, ConnectionName, Contact,
    DavServer, Participation, Reads,
};
use inroad_service::{Error, ImportReport, Passwords, ReadOnce, Stop};
use jiff::{Timestamp, ToSpan};

use crate::desk::{Desk, day, email, store};
use crate::stand_in::{Asked, Reply, StandIn, found};
use crate::world::{FOLDER, World};

const PASSWORD: &str = "geheim";

/// A moment so many days from now, at nine, as calendars write it.
fn in_days(days: i64) -> String {
    let then = Timestamp::now() + (24 * days).hours();
    then.strftime("%Y%m%dT090000Z").to_string()
}

fn moment(written: &str) -> Timestamp {
    let time = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", written).unwrap();
    jiff::tz::Offset::UTC.to_timestamp(time).unwrap()
}

/// A meeting with Jana.
fn entry(uid: &str, start: &str, more: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//tests//EN\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260101T090000Z\n\
         DTSTART:{start}\nDURATION:PT1H\nSUMMARY:Review\nORGANIZER:mailto:marta@studio.example\n{more}\
         END:VEVENT\nEND:VCALENDAR\n"
    )
}

fn asked(answer: &str) -> String {
    format!("ATTENDEE;PARTSTAT={answer}:mailto:jana@lindner.example\n")
}

/// A data file with its passwords, which are opened once.
pub(crate) struct Place {
    pub(crate) desk: Desk,
    pub(crate) passwords: Passwords,
}

impl Place {
    pub(crate) async fn new() -> Self {
        let desk = Desk::new().await;
        let ask = Arc::new(|_is_new| Ok(Some("four plain words here".to_owned())));
        let passwords = Passwords::beside(desk.inroad.path(), None, ask);
        Self { desk, passwords }
    }

    pub(crate) async fn connect(
        &self,
        name: &str,
        reads: Reads,
        secret: &str,
    ) -> Result<(), Error> {
        let connection = Connection { name: ConnectionName::new(name).unwrap(), reads };
        self.desk.inroad.connect(&connection, secret.to_owned(), &self.passwords, day(1)).await
    }

    /// Reads everything that is connected once; what came in, or what stood in the way.
    pub(crate) async fn read(&self) -> Result<ImportReport, String> {
        let how = ReadOnce { only: None, stop: Stop::default() };
        let reports = self.desk.inroad.read_once(&how, &self.passwords, &|_, _| ()).await.unwrap();
        let mut all = ImportReport::default();
        for report in reports {
            let report = report.outcome.map_err(|trouble| trouble.what)?;
            all.events += report.events;
            all.contacts += report.contacts;
        }
        Ok(all)
    }

    async fn events(&self) -> Vec<CalendarEvent> {
        let store = store(self.desk.inroad.path()).await;
        let events = store.events(None).await.unwrap();
        store.close().await.unwrap();
        events
    }

    pub(crate) async fn contacts(&self) -> Vec<Contact> {
        let store = store(self.desk.inroad.path()).await;
        let contacts = store.contacts().await.unwrap();
        store.close().await.unwrap();
        contacts
    }

    /// Those that stand, by their starts.
    async fn standing(&self) -> Vec<Timestamp> {
        let events = self.events().await.into_iter().filter(|event| !event.cancelled);
        events.map(|event| event.start.unwrap().timestamp()).collect()
    }

    /// Everything that is kept, without when something was called off.
    async fn told(&self) -> Vec<CalendarEvent> {
        let mut all = self.events().await;
        for event in &mut all {
            event.called_off = None;
        }
        all.sort_by(|a, b| (a.start, &a.uid).cmp(&(b.start, &b.uid)));
        all
    }
}

pub(crate) struct Radicale {
    server: DavServer,
    pub(crate) password: String,
    roots: Vec<u8>,
    pub(crate) folder: PathBuf,
}

pub(crate) fn radicale() -> Option<Radicale> {
    let told = |name: &str| std::env::var(name).ok();
    let Some(address) = told("INROAD_RADICALE_URL") else {
        println!("SKIPPED: Radicale is not running (cargo xtask test starts it)");
        return None;
    };
    let roots: PathBuf = told("INROAD_RADICALE_ROOTS").unwrap().into();
    let user = told("INROAD_RADICALE_USER").unwrap();
    Some(Radicale {
        folder: roots.with_file_name("collections").join("collection-root").join(&user),
        roots: std::fs::read(&roots).unwrap(),
        server: DavServer { address, user, authority: Some(roots), only: Vec::new() },
        password: told("INROAD_RADICALE_PASSWORD").unwrap(),
    })
}

impl Radicale {
    pub(crate) fn server(&self) -> Server {
        let secret = Credentials::password(&self.server.user, &self.password).unwrap();
        Server::new(&self.server.address, secret).unwrap().trusting(&self.roots).unwrap()
    }

    /// A new collection with one item in it.
    pub(crate) fn make(&self, kind: Kind, name: &str, first: &str) -> (DavServer, Collection) {
        let _former = std::fs::remove_dir_all(self.folder.join(name));
        let root = format!("{}{}/", self.server.address, self.server.user);
        let put = self.server().put(&Collection::at(kind, &root), name, None, first).unwrap();
        assert!(matches!(put, Put::Stored { .. }), "{put:?}");
        let url = format!("{root}{name}/");
        (DavServer { address: url.clone(), ..self.server.clone() }, Collection::at(kind, &url))
    }

    fn put(&self, collection: &Collection, name: &str, was: Option<&str>, text: &str) -> String {
        let put = self.server().put(collection, name, was, text).unwrap();
        let Put::Stored { etag } = put else { unreachable!("{name}: {put:?}") };
        etag.unwrap()
    }

    fn remove(&self, collection: &str, name: &str) {
        std::fs::remove_file(self.folder.join(collection).join(name)).unwrap();
    }
}

fn calendar(server: DavServer) -> Reads {
    Reads::Calendar(Box::new(CalendarServer { server, since: None }))
}

#[tokio::test]
async fn a_calendar_on_a_server_is_followed() {
    let Some(radicale) = radicale() else { return };
    let past = entry("past", &in_days(-20), &asked("ACCEPTED"));
    let (server, collection) = radicale.make(Kind::Calendar, "followed", &past);
    let etag =
        radicale.put(&collection, "a.ics", None, &entry("a", &in_days(10), &asked("NEEDS-ACTION")));
    let weekly = entry("w", &in_days(-14), &format!("RRULE:FREQ=WEEKLY\n{}", asked("ACCEPTED")));
    radicale.put(&collection, "w.ics", None, &weekly);

    let place = Place::new().await;
    let wrong = place.connect("calendar", calendar(server.clone()), "another").await;
    let Err(Error::Unavailable { what }) = wrong else { panic!("{wrong:?}") };
    assert!(what.contains("does not accept the user name and password"), "{what}");
    assert!(!what.contains("another"), "{what}");
    let absent = DavServer { only: vec!["Nothing".to_owned()], ..server.clone() };
    let absent = place.connect("calendar", calendar(absent), &radicale.password).await;
    assert!(matches!(absent, Err(Error::Invalid { .. })), "{absent:?}");
    place.connect("calendar", calendar(server), &radicale.password).await.unwrap();
    let all = place.read().await.unwrap();
    // The series, two weeks past and today among its days, and so many weeks of ninety days.
    let weeks = place.events().await.iter().filter(|event| event.uid.starts_with('w')).count();
    assert!((14..=16).contains(&weeks), "{weeks}");
    assert_eq!(all.events, weeks + 2);
    assert_eq!(place.read().await.unwrap().events, 0, "nothing changed, nothing comes");

    // The same meetings out of a file are none besides.
    let imported = place.desk.take("a.ics", entry("a", &in_days(10), &asked("NEEDS-ACTION"))).await;
    assert_eq!((imported.events, imported.event_doubles), (0, 1));
    assert_eq!(place.desk.take("w.ics", &weekly).await.events, 0);

    // It is moved, and answered.
    let moved = entry("a", &in_days(12), &format!("SEQUENCE:1\n{}", asked("DECLINED")));
    radicale.put(&collection, "a.ics", Some(&etag), &moved);
    assert_eq!(place.read().await.unwrap().events, 1);
    let kept = place.events().await.into_iter().find(|event| event.uid == "a").unwrap();
    assert_eq!(kept.start.unwrap().timestamp(), moment(&in_days(12)));
    assert_eq!(kept.attendees[0].participation, Participation::Declined);
    assert_eq!(kept.moves.len(), 1);

    // All is taken off the server: what was stays, what lies ahead does not.
    for name in std::fs::read_dir(radicale.folder.join("followed")).unwrap().flatten() {
        let name = name.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            radicale.remove("followed", &name);
        }
    }
    place.read().await.unwrap();
    let now = Timestamp::now();
    let left = place.standing().await;
    assert!(left.iter().all(|start| *start <= now), "{left:?}");
    assert!((3..=4).contains(&left.len()), "{left:?}");
    assert_eq!(place.read().await.unwrap().events, 0);
}

fn card(name: &str, title: &str) -> String {
    format!(
        "BEGIN:VCARD\nVERSION:3.0\nUID:{name}\nFN:{name} Kühn\nN:Kühn;{name};;;\nTITLE:{title}\n\
         TEL:+49 30 1\nEMAIL:{}@lindner.example\nX-OTHER:stays\nEND:VCARD\n",
        name.to_lowercase()
    )
}

#[tokio::test]
async fn an_address_book_on_a_server_is_followed() {
    let Some(radicale) = radicale() else { return };
    let (server, collection) = radicale.make(Kind::AddressBook, "people", &card("Jana", "Buyer"));
    let etag = radicale.put(&collection, "bo.vcf", None, &card("Bo", "Engineer"));
    let place = Place::new().await;
    let reads = Reads::Contacts(Box::new(AddressBooks { server, write_back: false }));
    place.connect("people", reads, &radicale.password).await.unwrap();
    assert_eq!(place.read().await.unwrap().contacts, 2);
    assert_eq!(place.read().await.unwrap().contacts, 0);
    assert_eq!(place.desk.take("bo.vcf", card("Bo", "Engineer")).await.contacts, 0);
    radicale.put(&collection, "bo.vcf", Some(&etag), &card("Bo", "Head of engineering"));
    assert_eq!(place.read().await.unwrap().contacts, 1);
    let titles = async || -> Vec<String> {
        place.contacts().await.into_iter().filter_map(|contact| contact.title).collect()
    };
    assert_eq!(titles().await, ["Buyer", "Head of engineering"]);
    radicale.remove("people", "bo.vcf");
    place.read().await.unwrap();
    assert_eq!(titles().await.len(), 2, "whom one knew, one knows");
    // Whoever is erased does not come in again.
    radicale.put(&collection, "eva.vcf", None, &card("Eva", "Lawyer"));
    place.desk.inroad.erase(&email("eva@lindner.example"), &[], day(2)).await.unwrap();
    place.read().await.unwrap();
    assert_eq!(titles().await.len(), 2);
}

/// A calendar in memory behind a server that can be found.
fn served(world: World) -> (StandIn, Arc<Mutex<World>>) {
    let world = Arc::new(Mutex::new(world));
    let of_server = Arc::clone(&world);
    let answer = move |asked: &Asked| {
        let is_described = asked.method == "PROPFIND"
            && asked.path == FOLDER
            && asked.head.contains("depth: 0")
            && asked.body.contains("resourcetype");
        if is_described {
            let props = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>\
                         <d:displayname>Work</d:displayname><d:sync-token>urn:t:0</d:sync-token>";
            return Reply::multistatus(&found(FOLDER, props));
        }
        of_server.lock().unwrap().answer(asked)
    };
    (StandIn::start(answer), world)
}

fn reads(stand_in: &StandIn) -> Reads {
    let address = format!("{}{FOLDER}", stand_in.url().trim_end_matches('/'));
    calendar(DavServer { address, user: "jana".to_owned(), authority: None, only: Vec::new() })
}

/// So far apart that all kinds of places are met.
const STEP: usize = 911;

#[tokio::test]
async fn cut_anywhere_it_ends_the_same() {
    let mut world = World { tells_changes: true, page: Some(4), ..World::default() };
    for n in 0..9 {
        world.put(
            &format!("e{n}.ics"),
            &entry(&format!("e{n}"), &in_days(n - 4), &asked("ACCEPTED")),
        );
    }
    world.put("w.ics", &entry("w", &in_days(-9), "RRULE:FREQ=WEEKLY\n"));
    let change = |world: &mut World| {
        world.put("e7.ics", &entry("e7", &in_days(30), "SEQUENCE:1\n"));
        world.remove("e8.ics");
        world.remove("e1.ics");
    };
    // Undisturbed.
    let (stand_in, at_server) =
        served(World { items: world.items.clone(), log: world.log.clone(), ..world });
    let whole = Place::new().await;
    whole.connect("work", reads(&stand_in), PASSWORD).await.unwrap();
    whole.read().await.unwrap();
    let before = whole.told().await;
    change(&mut at_server.lock().unwrap());
    whole.read().await.unwrap();
    let after = whole.told().await;
    assert_ne!(before, after);
    let items = at_server.lock().unwrap().items.len();
    assert_eq!(items, 8);

    let (mut at, mut cuts) = (0, 0);
    loop {
        let mut world = World { tells_changes: true, page: Some(4), ..World::default() };
        for n in 0..9 {
            world.put(
                &format!("e{n}.ics"),
                &entry(&format!("e{n}"), &in_days(n - 4), &asked("ACCEPTED")),
            );
        }
        world.put("w.ics", &entry("w", &in_days(-9), "RRULE:FREQ=WEEKLY\n"));
        let (stand_in, at_server) = served(world);
        let place = Place::new().await;
        place.connect("work", reads(&stand_in), PASSWORD).await.unwrap();
        stand_in.cut_after(Some(at));
        let first = place.read().await;
        stand_in.cut_after(None);
        place.read().await.unwrap();
        assert_eq!(place.told().await, before, "cut at {at}");
        change(&mut at_server.lock().unwrap());
        stand_in.cut_after(Some(at));
        let second = place.read().await;
        stand_in.cut_after(None);
        place.read().await.unwrap();
        assert_eq!(place.told().await, after, "cut at {at}");
        cuts += usize::from(first.is_err()) + usize::from(second.is_err());
        if first.is_ok() && second.is_ok() {
            break;
        }
        at += STEP;
    }
    assert!(cuts > 10, "only {cuts} cuts");
}

#[tokio::test]
async fn a_feed_is_followed() {
    let text = Arc::new(Mutex::new(String::new()));
    let of_server = Arc::clone(&text);
    let stand_in = StandIn::start(move |_asked| {
        let text = of_server.lock().unwrap().clone();
        Reply::Says(200, "Content-Type: text/calendar\r\n".to_owned(), text)
    });
    let both = |of: &[String]| {
        let inner: String = of
            .iter()
            .map(|one| {
                let from = one.find("BEGIN:VEVENT").unwrap();
                let until = one.find("END:VCALENDAR").unwrap();
                one.get(from..until).unwrap().to_owned()
            })
            .collect();
        format!("BEGIN:VCALENDAR\nVERSION:2.0\n{inner}END:VCALENDAR\n")
    };
    let (a, b, past) = (
        entry("a", &in_days(3), &asked("TENTATIVE")),
        entry("b", &in_days(5), ""),
        entry("p", &in_days(-5), &asked("ACCEPTED")),
    );
    *text.lock().unwrap() = both(&[a.clone(), b.clone(), past]);
    let place = Place::new().await;
    // A file said it already.
    place.desk.take("a.ics", &a).await;
    let secret = format!("{}private-key/basic.ics a secret", stand_in.url());
    let reads = Reads::Feed(Box::new(CalendarFeed {
        host: "127.0.0.1".to_owned(),
        user: Some("jana".to_owned()),
        authority: None,
        since: None,
    }));
    place.connect("feed", reads.clone(), &secret).await.unwrap();
    assert_eq!(place.read().await.unwrap().events, 2);
    assert_eq!(place.read().await.unwrap().events, 0);
    assert_eq!(place.events().await.len(), 3);
    // One vanishes ahead, the past one too.
    *text.lock().unwrap() = both(&[b]);
    assert_eq!(place.read().await.unwrap().events, 1);
    assert_eq!(place.standing().await, [moment(&in_days(-5)), moment(&in_days(5))]);
    // Its address stands nowhere in clear.
    let file = std::fs::read(place.desk.inroad.path()).unwrap();
    assert!(!file.windows(11).any(|bytes| bytes == b"private-key"));
    let shown = format!("{:?}", place.desk.inroad.connections().await.unwrap());
    assert!(!shown.contains("private-key"), "{shown}");
    // At another address it may be another calendar: what that does not hold is not called off.
    *text.lock().unwrap() = both(&[entry("c", &in_days(9), "")]);
    let other = format!("{}private-key/other.ics a secret", stand_in.url());
    place.connect("feed", reads, &other).await.unwrap();
    assert_eq!(place.read().await.unwrap().events, 1);
    let all = [-5, 5, 9].map(|days| moment(&in_days(days)));
    assert_eq!(place.standing().await, all);
    *text.lock().unwrap() = "<html>private-key</html>".to_owned();
    let told = place.read().await.unwrap_err();
    assert!(told.contains("no calendar") && !told.contains("private-key"), "{told}");
}
