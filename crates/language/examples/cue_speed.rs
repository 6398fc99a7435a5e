//! How fast cues are read: `cargo run --release -p inroad-language --example cue_speed MBOX [COUNT]`.
//!
//! It takes the first messages of a mailbox, cuts off quotes and signatures, and then times the
//! reading of cues alone, on one core.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement")]

use std::io::BufReader;
use std::time::Instant;

use inroad_ingest::mbox::Mbox;
use inroad_ingest::{Limits, mail};
use inroad_language::cues;
use inroad_language::zones;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or_else(|| std::io::Error::other("Give a mailbox"))?;
    let count = args.next().and_then(|count| count.parse().ok()).unwrap_or(50_000);
    let limits = Limits::default();
    let bytes = BufReader::new(std::fs::File::open(file)?);
    let texts: Vec<String> = Mbox::new(bytes, &limits)
        .take(count)
        .map(|item| {
            let (message, _) = mail::parse_message(&item.raw, &limits);
            zones::split(&message.text, message.from.as_ref()).new_text(&message.text)
        })
        .collect();
    let start = Instant::now();
    let first = cues::read("Hello.").len();
    let loading = start.elapsed();
    let start = Instant::now();
    let found: usize = texts.iter().map(|text| cues::read(text).len()).sum();
    let reading = start.elapsed();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("loading the weights: {:.1} ms ({first} cues)", loading.as_secs_f64() * 1000.0);
    println!(
        "{} messages, {bytes} bytes, {found} cues: {:.2} s, {:.0} messages a second",
        texts.len(),
        reading.as_secs_f64(),
        texts.len() as f64 / reading.as_secs_f64()
    );
    Ok(())
}
