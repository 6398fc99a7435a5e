//! Looks at a good server, by token and by `ETag`: first ones, later ones, and after its memory is
//! gone. Whatever the way, the same items come.

use inroad_dav::{Collection, Kept, LeftOutWhy, Stopped, Why};

use crate::stand_in::{Reply, StandIn, found};
use crate::world::{Keeper, World, calendar, entry, served, server};

fn worlds() -> [World; 4] {
    let world = || World::default();
    [
        World { tells_changes: true, ..world() },
        World { tells_changes: true, page: Some(2), ..world() },
        World { has_ctag: true, ..world() },
        world(),
    ]
}

#[test]
fn what_changes_comes_once() {
    for mut world in worlds() {
        for n in 0..7 {
            world.put(&format!("e{n}.ics"), &entry(&format!("e{n}"), "Kick-off & <more>"));
        }
        let told = format!("{world:?}");
        let (stand_in, world) = served(world);
        let (server, calendar) = (server(&stand_in), calendar(&stand_in));
        let mut keeper = Keeper::default();
        keeper.look(&server, &calendar).unwrap();
        assert_eq!(keeper.items, world.lock().unwrap().all(), "{told}");
        assert_eq!((keeper.changed.len(), keeper.gone.len()), (7, 0), "{told}");

        keeper.look(&server, &calendar).unwrap();
        assert_eq!((keeper.changed.len(), keeper.gone.len()), (0, 0), "{told}");

        world.lock().unwrap().put("e2.ics", &entry("e2", "Moved"));
        world.lock().unwrap().put("new.ics", &entry("new", "New"));
        world.lock().unwrap().remove("e5.ics");
        world.lock().unwrap().put("short.ics", &entry("short", "Never seen"));
        world.lock().unwrap().remove("short.ics");
        keeper.look(&server, &calendar).unwrap();
        assert_eq!(keeper.items, world.lock().unwrap().all(), "{told}");
        assert_eq!((keeper.changed.len(), keeper.gone.len()), (2, 1), "{told}");
        assert_eq!(keeper.kept.items().count(), 7);
    }
}

#[test]
fn what_was_kept_of_another_collection_calls_nothing_gone() {
    for world in worlds() {
        let (stand_in, world) = served(world);
        world.lock().unwrap().put("a.ics", &entry("a", "x"));
        let mut kept = Kept::default();
        kept.written("/u/jana@x.example/other/b.ics", "\"1\"");
        let mut keeper = Keeper { kept, ..Keeper::default() };
        keeper.look(&server(&stand_in), &calendar(&stand_in)).unwrap();
        assert_eq!((keeper.items.len(), keeper.gone.len()), (1, 0));
    }
}

#[test]
fn an_unchanged_ctag_costs_one_request() {
    let mut world = World { has_ctag: true, ..World::default() };
    world.put("a.ics", &entry("a", "x"));
    let (stand_in, _world) = served(world);
    let collection = Collection { tells_changes: false, ..calendar(&stand_in) };
    let mut keeper = Keeper::default();
    keeper.look(&server(&stand_in), &collection).unwrap();
    let before = stand_in.asked().len();
    keeper.look(&server(&stand_in), &collection).unwrap();
    assert_eq!(stand_in.asked().len() - before, 1);
}

#[test]
fn a_forgotten_token_begins_anew_without_doubling() {
    let mut world = World { tells_changes: true, ..World::default() };
    for name in ["a.ics", "b.ics", "c.ics"] {
        world.put(name, &entry(name, "x"));
    }
    let (stand_in, world) = served(world);
    let (server, calendar) = (server(&stand_in), calendar(&stand_in));
    let mut keeper = Keeper::default();
    keeper.look(&server, &calendar).unwrap();
    world.lock().unwrap().put("b.ics", &entry("b", "changed"));
    world.lock().unwrap().remove("c.ics");
    world.lock().unwrap().put("d.ics", &entry("d", "new"));
    world.lock().unwrap().forgets_before = 5;
    keeper.look(&server, &calendar).unwrap();
    assert_eq!(keeper.items, world.lock().unwrap().all());
    assert_eq!(keeper.changed, ["/u/jana@x.example/cal/b.ics", "/u/jana@x.example/cal/d.ics"]);
    assert_eq!(keeper.gone, ["/u/jana@x.example/cal/c.ics"]);
}

#[test]
fn a_server_that_forgets_every_token_is_no_circle() {
    let (stand_in, _) = served(World { tells_changes: true, ..World::default() });
    let answers = StandIn::start(move |asked| match asked.method.as_str() {
        "REPORT" => {
            let error = "<error xmlns=\"DAV:\"><valid-sync-token/></error>";
            Reply::Says(403, String::new(), error.to_owned())
        }
        _ => Reply::multistatus(&found(crate::world::FOLDER, "")),
    });
    drop(stand_in);
    let mut keeper = Keeper::default();
    keeper.look(&server(&answers), &calendar(&answers)).unwrap();
    assert!(answers.asked().len() < 6, "{:?}", answers.asked().len());
}

#[test]
fn servers_that_do_not_tell_changes_are_listed() {
    for status in [400, 403, 405, 415, 501, 507] {
        let mut world = World::default();
        world.put("a.ics", &entry("a", "x"));
        let stand_in = StandIn::start(move |asked| {
            if asked.body.contains("sync-collection") {
                return Reply::Says(status, String::new(), "no".to_owned());
            }
            world.answer(asked)
        });
        let mut keeper = Keeper::default();
        keeper.look(&server(&stand_in), &calendar(&stand_in)).unwrap();
        assert_eq!(keeper.items.len(), 1, "{status}");
    }
}

#[test]
fn whoever_stops_goes_on_from_there() {
    let mut world = World { tells_changes: true, ..World::default() };
    for n in 0..120 {
        world.put(&format!("e{n}.ics"), &entry(&format!("e{n}"), "x"));
    }
    let (stand_in, _world) = served(world);
    let (server, calendar) = (server(&stand_in), calendar(&stand_in));
    let (mut kept, mut count) = (Kept::default(), 0);
    let error = server
        .changes(&calendar, Kept::default(), &mut |batch, now| {
            count += batch.changed.len();
            kept = now.clone();
            if count >= 100 { Err(Stopped) } else { Ok(()) }
        })
        .unwrap_err();
    assert_eq!((error.why, count), (Why::Stopped, 100));
    server
        .changes(&calendar, kept, &mut |batch, _| {
            count += batch.changed.len();
            Ok(())
        })
        .unwrap();
    assert_eq!(count, 120);
}

#[test]
fn what_is_too_large_or_not_given_is_told_and_the_rest_goes_on() {
    let mut world = World { tells_changes: true, ..World::default() };
    world.put("a.ics", &entry("a", "x"));
    world.put("large.ics", &entry("large", &"x".repeat(200_000)));
    world.put("huge.ics", &entry("huge", &"x".repeat(2 << 20)));
    world.put("z.ics", &entry("z", "x"));
    let refuses = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let of_server = std::sync::Arc::clone(&refuses);
    let stand_in = StandIn::start(move |asked| match world.answer(asked) {
        Reply::Says(207, fields, body) if of_server.load(std::sync::atomic::Ordering::SeqCst) => {
            let hidden = format!(
                "<d:href>{}z.ics</d:href><d:propstat><d:prop><d:getetag>\"4\"</d:getetag><c:cal",
                crate::world::FOLDER
            );
            Reply::Says(207, fields, body.replace(&hidden, &hidden.replace("z.ics", "other.ics")))
        }
        reply => reply,
    });
    let (server, calendar) = (server(&stand_in), calendar(&stand_in));
    let mut keeper = Keeper::default();
    keeper.look(&server, &calendar).unwrap();
    keeper.left_out.sort_by(|a, b| a.0.cmp(&b.0));
    let left: Vec<(&str, LeftOutWhy)> = keeper
        .left_out
        .iter()
        .map(|(href, why)| (href.rsplit('/').next().unwrap(), *why))
        .collect();
    let expected = [
        ("huge.ics", LeftOutWhy::TooLarge),
        ("large.ics", LeftOutWhy::TooLarge),
        ("z.ics", LeftOutWhy::NotGiven),
    ];
    assert_eq!((left.as_slice(), keeper.items.len()), (&expected[..], 1));
    // What was not given is asked for again, what is too large is not.
    refuses.store(false, std::sync::atomic::Ordering::SeqCst);
    keeper.look(&server, &calendar).unwrap();
    assert_eq!((keeper.left_out.len(), keeper.items.len()), (0, 2));
    assert_eq!(keeper.changed, ["/u/jana@x.example/cal/z.ics"]);
}

#[test]
fn what_is_asked_for_again_comes_once_more() {
    for mut world in worlds() {
        for n in 0..5 {
            world.put(&format!("e{n}.ics"), &entry(&format!("e{n}"), "x"));
        }
        let told = format!("{world:?}");
        let (stand_in, world) = served(world);
        let (server, calendar) = (server(&stand_in), calendar(&stand_in));
        let mut keeper = Keeper::default();
        keeper.look(&server, &calendar).unwrap();
        let path = |name: &str| format!("/u/jana@x.example/cal/{name}");
        for name in ["e1.ics", "e3.ics", "never.ics"] {
            keeper.kept.ask_again(&path(name));
        }
        world.lock().unwrap().remove("e3.ics");
        keeper.look(&server, &calendar).unwrap();
        assert_eq!(keeper.changed, [path("e1.ics")], "{told}");
        assert_eq!(keeper.gone, [path("e3.ics")], "{told}");
        keeper.look(&server, &calendar).unwrap();
        assert!(keeper.changed.is_empty() && keeper.gone.is_empty(), "{told}");
    }
}
