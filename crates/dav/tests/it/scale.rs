//! A collection of 20,000 items goes through in bounded parts.

use std::time::Instant;

use inroad_dav::{Kept, Limits};

use crate::world::{World, calendar, entry, quick, served, server};

#[test]
fn twenty_thousand_items_in_parts_of_fifty() {
    let mut world = World { tells_changes: true, ..World::default() };
    for n in 0..20_000 {
        world.put(
            &format!("entry-{n:05}.ics"),
            &entry(&format!("{n}"), "Weekly review of the offer"),
        );
    }
    let (stand_in, world) = served(world);
    let limits =
        Limits { whole: std::time::Duration::from_mins(1), listing_bytes: 32 << 20, ..quick() };
    let (server, calendar) = (server(&stand_in).within(limits), calendar(&stand_in));
    let (mut count, mut largest) = (0, 0);
    let start = Instant::now();
    let kept = server
        .changes(&calendar, Kept::default(), &mut |batch, _| {
            count += batch.changed.len();
            largest = largest.max(batch.changed.len());
            Ok(())
        })
        .unwrap();
    println!("20,000 items in {} ms", start.elapsed().as_millis());
    assert_eq!((count, largest), (20_000, limits.items_at_once));
    println!("kept: {} KB", serde_json::to_string(&kept).unwrap().len() >> 10);
    world.lock().unwrap().put("entry-00007.ics", &entry("7", "Moved"));
    let before = stand_in.asked().len();
    server
        .changes(&calendar, kept, &mut |batch, _| {
            count += batch.changed.len();
            Ok(())
        })
        .unwrap();
    assert_eq!((count, stand_in.asked().len() - before), (20_001, 2), "one list and one item");
}
