//! A mail's HTML made harmless: what comes out means what it seems to mean, and holds nothing that is
//! not on the list.

#![no_main]

use inroad_fuzz::tight;
use inroad_ingest::Limits;
use inroad_ingest::written::{ATTRIBUTES, TAGS, as_written, sanitise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let html = String::from_utf8_lossy(bytes);
    let written = sanitise(&html, &Limits::default());
    // Another's parser, which reads as browsers do, changes nothing of it.
    let mut judge = ammonia::Builder::empty();
    judge
        .add_tags(TAGS)
        .add_generic_attributes(ATTRIBUTES)
        .add_url_schemes(["http", "https", "mailto", "tel"])
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None);
    assert_eq!(judge.clean(&written.html).to_string(), written.html);
    assert_eq!(written, sanitise(&html, &Limits::default()));

    let cut = sanitise(&html, &tight());
    assert_eq!(cut.left_out.cut, html.len() > tight().html_bytes);
    let _mail = as_written(bytes, &Limits::default());
});
