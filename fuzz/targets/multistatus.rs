//! What a server for calendars and address books answers, or somebody in its place.

#![no_main]

use inroad_dav::multistatus::{conditions, read};
use libfuzzer_sys::fuzz_target;

const TEXT_BYTES_MAX: usize = 500;

fuzz_target!(|bytes: &[u8]| {
    let mut found = Vec::new();
    let whole = read(bytes, TEXT_BYTES_MAX, &mut |resource| {
        found.push(resource);
        Ok(())
    });
    for resource in &found {
        assert!(!resource.href.is_empty());
        // Nothing is held beyond the bound, and nothing grows by being read.
        let text = resource.props.text.as_deref().unwrap_or_default();
        assert!(text.len() <= TEXT_BYTES_MAX && text.len() <= bytes.len() * 4);
        assert!(!(resource.oversized && text.len() > TEXT_BYTES_MAX));
    }
    if let Ok(whole) = whole {
        assert_eq!(whole.resources, found.len());
    }
    let _names = conditions(bytes);
});
