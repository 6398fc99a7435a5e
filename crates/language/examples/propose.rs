//! What is proposed of a page: `cargo run -p inroad-language --example propose -- FIRM < page.txt`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an example says what it found")]

use std::io::Read as _;

use inroad_language::statements::{Page, propose};

fn main() {
    let firm = std::env::args().nth(1);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let page = Page { text: &text, firm: firm.as_deref(), on: jiff::civil::date(2026, 10, 1) };
    let proposed = propose(&page);
    for found in &proposed.statements {
        println!("{:<11} {}\n            {:?}", found.topic.as_str(), found.text, found.quote);
    }
    println!("{:?}, {} left out", proposed.silence, proposed.left_out);
}
