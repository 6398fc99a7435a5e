//! How fast a draft is checked: `cargo run --release -p inroad-coach --example draft_speed FILE [COUNT]`.
//!
//! It reads the draft from a file and checks it again and again, on one core, against our rules alone.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement")]

use std::time::Instant;

use inroad_coach::audience::Audience;
use inroad_coach::draft::{Channel, Draft};
use inroad_coach::rules::Pack;
use jiff::civil::date;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or_else(|| std::io::Error::other("Give a draft"))?;
    let count: usize = args.next().and_then(|count| count.parse().ok()).unwrap_or(1000);
    let text = std::fs::read_to_string(file)?;
    // With a day, so that dates are read too.
    let audience = Audience { on: Some(date(2026, 3, 2)), ..Audience::default() };
    let check = || {
        let start = Instant::now();
        let report = Pack::shipped().check(&Draft::new(&text, Channel::Email), &audience, None);
        let spent = start.elapsed().as_secs_f64() * 1e3;
        (spent, report.findings.len())
    };
    // Rules are read, and what they look for is compiled, when it is first wanted.
    let (first, found) = check();
    let mut again: Vec<f64> = (0..count.max(1)).map(|_| check().0).collect();
    again.sort_by(f64::total_cmp);
    let at = |share: usize| again.get(again.len() * share / 100).copied().unwrap_or(f64::NAN);
    println!(
        "A draft of {} words ({found} findings), checked {} times: median {:.2} ms, 95 % {:.2} ms; the first \
         time, with the rules made ready, {first:.0} ms.",
        text.split_whitespace().count(),
        again.len(),
        at(50),
        at(95)
    );
    Ok(())
}
