//! The connection ends at each n-th byte. Whatever was cut, the look ends in a stated error or in
//! the same items, and the next undisturbed one ends in the same items without doubling any.

use inroad_dav::{Help, Why};

use crate::world::{Keeper, World, calendar, entry, served, server};

/// A whole run has some 6,000 bytes; a step that shares no factor with anything visits all kinds of
/// places over the seeds.
const STEP: usize = 61;

#[test]
fn a_cut_at_each_place_loses_and_doubles_nothing() {
    let mut cuts = 0;
    for (seed, tells_changes, tells_length) in
        [(0, true, true), (17, true, false), (31, false, true), (47, false, false)]
    {
        let mut world = World { tells_changes, page: Some(4), ..World::default() };
        for n in 0..9 {
            world.put(&format!("e{n}.ics"), &entry(&format!("e{n}"), &"long & ".repeat(n)));
        }
        let (stand_in, world) = served(world);
        stand_in.tell_length(tells_length);
        let (server, calendar) = (server(&stand_in), calendar(&stand_in));
        let mut at = seed;
        loop {
            let mut keeper = Keeper::default();
            stand_in.cut_after(Some(at));
            let end = keeper.look(&server, &calendar);
            stand_in.cut_after(None);
            let expected = world.lock().unwrap().all();
            let is_whole = match end {
                Ok(()) => {
                    assert_eq!(keeper.items, expected, "cut at {at}");
                    true
                }
                Err(error) => {
                    let stated = matches!(
                        error.why,
                        Why::Broken | Why::NotReached(_) | Why::TooSlow | Why::Protocol(_)
                    );
                    assert!(stated, "cut at {at}: {error:?}");
                    if error.why == Why::Broken {
                        assert_eq!(error.help(), Help::Later(None));
                    }
                    cuts += 1;
                    false
                }
            };
            let before = keeper.items.len();
            keeper.look(&server, &calendar).unwrap();
            assert_eq!(keeper.items, expected, "after a cut at {at}");
            assert_eq!(
                keeper.changed.len(),
                expected.len() - before,
                "doubled after a cut at {at}"
            );
            assert!(keeper.gone.is_empty());
            if is_whole {
                break;
            }
            at += STEP;
        }
    }
    assert!(cuts > 100, "only {cuts} cuts");
}

#[test]
fn a_cut_calls_nothing_gone() {
    for tells_changes in [true, false] {
        let mut world = World { tells_changes, ..World::default() };
        for n in 0..6 {
            world.put(&format!("e{n}.ics"), &entry(&format!("e{n}"), "x"));
        }
        let (stand_in, world) = served(world);
        stand_in.tell_length(false);
        let (server, calendar) = (server(&stand_in), calendar(&stand_in));
        let mut first = Keeper::default();
        first.look(&server, &calendar).unwrap();
        world.lock().unwrap().put("e1.ics", &entry("e1", "changed"));
        world.lock().unwrap().forgets_before = usize::MAX;
        for at in (0..4_000).step_by(97) {
            let mut keeper = Keeper {
                items: first.items.clone(),
                kept: first.kept.clone(),
                ..Keeper::default()
            };
            stand_in.cut_after(Some(at));
            let _end = keeper.look(&server, &calendar);
            assert!(keeper.gone.is_empty(), "cut at {at}: {:?}", keeper.gone);
            stand_in.cut_after(None);
        }
    }
}
