//! What is believed of a passkey, and what not.

use inroad_passkey::{
    Asked, Doubt, Error, Made, Person, Shown, Site, ask_to_make, ask_to_show, believed, is_copied,
    made,
};

use crate::device::{Device, Lie};

const HERE: &str = "https://inroad.firm.example";
const HANDLE: [u8; 16] = [7; 16];

fn site() -> Site {
    Site::at(HERE).unwrap()
}

fn asked_to_make(known: &[Vec<u8>]) -> Asked {
    let person = Person { handle: HANDLE, email: "mia@firm.example", name: "Mia" };
    ask_to_make(&site(), &person, known).unwrap()
}

/// A device that made a passkey, and what is kept of that.
fn with_one(mut device: Device) -> (Device, Made) {
    let asked = asked_to_make(&[]);
    let answer = device.makes(&asked.options, Lie::None);
    let made = made(&site(), &asked.kept, &answer).unwrap();
    (device, made)
}

fn shown(device: &mut Device, lie: Lie, key: &str) -> Result<String, Error> {
    let asked = ask_to_show(&site()).unwrap();
    let answer = device.shows(&asked.options, lie);
    believed(&site(), &asked.kept, &Shown::read(&answer)?, key)
}

fn doubt<T: std::fmt::Debug>(done: Result<T, Error>) -> Doubt {
    match done.expect_err("it is not believed") {
        Error::NotBelieved(doubt) => doubt,
        Error::Damaged { cause } => unreachable!("{cause}"),
    }
}

#[test]
fn a_passkey_is_made_and_shown_over_and_over() {
    for device in [Device::at(HERE), Device::at(HERE).copied()] {
        let (mut device, made) = with_one(device);
        let mut key = made.key;
        for _ in 0..3 {
            let asked = ask_to_show(&site()).unwrap();
            let answer = device.shows(&asked.options, Lie::None);
            let read = Shown::read(&answer).unwrap();
            assert_eq!(read.credential(), made.credential);
            assert_eq!(read.handle(), Some(HANDLE));
            key = believed(&site(), &asked.kept, &read, &key).unwrap();
        }
    }
}

#[test]
fn it_is_told_whether_there_are_copies() {
    let (_, made) = with_one(Device::at(HERE));
    assert_eq!(is_copied(&made.key), Ok(false));
    let (_, made) = with_one(Device::at(HERE).copied());
    assert_eq!(is_copied(&made.key), Ok(true));
    assert!(is_copied("{}").is_err());
}

#[test]
fn a_browser_learns_what_it_needs_and_who_made_one_already() {
    let asked = asked_to_make(&[vec![1, 2, 3]]);
    let options: serde_json::Value = serde_json::from_str(&asked.options).unwrap();
    let wanted = &options["publicKey"];
    assert_eq!(wanted["rp"]["id"], "inroad.firm.example");
    assert_eq!(wanted["user"]["name"], "mia@firm.example");
    assert_eq!(wanted["excludeCredentials"][0]["id"], "AQID");
    assert_ne!(asked.options, asked_to_make(&[]).options, "each challenge is another one");
}

#[test]
fn what_is_not_made_as_asked_is_not_taken() {
    for (lie, expected) in [
        (Lie::Origin("https://evil.example"), Doubt::Origin),
        (Lie::Origin("https://x.inroad.firm.example"), Doubt::Origin),
        (Lie::Origin("https://inroad.firm.example:8443"), Doubt::Origin),
        (Lie::Origin("http://inroad.firm.example"), Doubt::Origin),
        (Lie::Site("evil.example"), Doubt::Site),
        (Lie::Site("firm.example"), Doubt::Site),
        (Lie::Unverified, Doubt::Unverified),
        (Lie::Absent, Doubt::Unverified),
        (Lie::Hidden, Doubt::Hidden),
        (Lie::Kind, Doubt::Challenge),
    ] {
        let asked = asked_to_make(&[]);
        let answer = Device::at(HERE).makes(&asked.options, lie);
        assert_eq!(doubt(made(&site(), &asked.kept, &answer)), expected, "{lie:?}");
    }
    let (asked, other) = (asked_to_make(&[]), asked_to_make(&[]));
    let answer = Device::at(HERE).makes(&other.options, Lie::None);
    assert_eq!(doubt(made(&site(), &asked.kept, &answer)), Doubt::Challenge);
}

#[test]
fn what_is_not_shown_as_asked_is_not_believed() {
    for (lie, expected) in [
        (Lie::Origin("https://evil.example"), Doubt::Origin),
        (Lie::Origin("https://x.inroad.firm.example"), Doubt::Origin),
        (Lie::Site("evil.example"), Doubt::Site),
        (Lie::Unverified, Doubt::Unverified),
        (Lie::Absent, Doubt::Unverified),
        (Lie::Key, Doubt::Signature),
        (Lie::Copied, Doubt::Backup),
        (Lie::Kind, Doubt::Challenge),
    ] {
        let (mut device, made) = with_one(Device::at(HERE));
        assert_eq!(doubt(shown(&mut device, lie, &made.key)), expected, "{lie:?}");
    }
    let (mut device, made) = with_one(Device::at(HERE));
    let (asked, other) = (ask_to_show(&site()).unwrap(), ask_to_show(&site()).unwrap());
    let answer = Shown::read(&device.shows(&other.options, Lie::None)).unwrap();
    assert_eq!(doubt(believed(&site(), &asked.kept, &answer, &made.key)), Doubt::Challenge);
}

#[test]
fn a_counter_only_goes_up() {
    let (mut device, made) = with_one(Device::at(HERE));
    let key = shown(&mut device, Lie::Counter(9), &made.key).unwrap();
    for counter in [0, 1, 8, 9] {
        let again = shown(&mut device, Lie::Counter(counter), &key);
        assert_eq!(doubt(again), Doubt::Counter, "{counter}");
    }
    assert!(shown(&mut device, Lie::Counter(10), &key).is_ok());
}

#[test]
fn one_passkey_is_not_another() {
    let (mut device, _) = with_one(Device::at(HERE));
    let (other, others) = with_one(Device::at(HERE));
    assert_eq!(doubt(shown(&mut device, Lie::None, &others.key)), Doubt::Form);
    device.poses_as(&other);
    assert_eq!(doubt(shown(&mut device, Lie::None, &others.key)), Doubt::Signature);
}

#[test]
fn whose_it_is_is_told_by_the_device() {
    let (mut device, _) = with_one(Device::at(HERE));
    let asked = ask_to_show(&site()).unwrap();
    for (lie, expected) in
        [(Lie::None, Some(HANDLE)), (Lie::Handle([9; 16]), Some([9; 16])), (Lie::Nameless, None)]
    {
        let read = Shown::read(&device.shows(&asked.options, lie)).unwrap();
        assert_eq!(read.handle(), expected, "{lie:?}");
    }
}
