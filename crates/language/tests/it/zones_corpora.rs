//! Zones measured on public sets of mails: new text exactly, signatures line by line.

use std::fmt::Write as _;

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;
use inroad_language::zones::{Zone, Zones, split};
use inroad_model::{EmailAddress, Mailbox};

use crate::corpus::{files, folder};

/// Without regard to blanks and line ends.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The new text with the signature left in its place.
fn with_signature(text: &str, zones: &Zones) -> String {
    let lines = text.lines().zip(zones.lines()).filter(|(_, zone)| **zone != Zone::Quoted);
    lines.map(|(line, _)| line).collect::<Vec<_>>().join("\n")
}

/// How many cases gave the expected text.
#[derive(Default)]
struct Exact {
    cases: usize,
    cut: usize,
    kept: usize,
    either: usize,
    misses: String,
}

impl Exact {
    fn add(&mut self, name: &str, text: &str, from: Option<&Mailbox>, gold: &str) {
        let zones = split(text, from);
        let gold = folded(gold);
        let cut = folded(&zones.new_text(text)) == gold;
        let kept = folded(&with_signature(text, &zones)) == gold;
        self.cases += 1;
        self.cut += usize::from(cut);
        self.kept += usize::from(kept);
        self.either += usize::from(cut || kept);
        if !(cut || kept) {
            writeln!(self.misses, "  missed {name}").unwrap();
        }
    }
}

#[test]
fn zones_give_the_new_text_of_public_replies() {
    let Some(root) = folder("mail") else { return };
    let mut exact = Exact::default();
    let gold = std::fs::read_to_string(root.join("crisp-reply/gold.jsonl")).unwrap();
    for line in gold.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = case["file"].as_str().unwrap();
        let text = std::fs::read_to_string(root.join("crisp-reply").join(name)).unwrap();
        exact.add(name, &text, None, case["reply"].as_str().unwrap());
    }
    let crisp = exact.cases;
    for (name, bytes) in files(&root.join("talon/standard_replies"), ".eml") {
        let (message, _) = parse_message(&bytes, &Limits::default());
        let gold = root.join("talon/standard_replies").join(name.replace(".eml", "_reply_text"));
        let gold = std::fs::read_to_string(gold).unwrap_or_else(|_| "Hello".to_owned());
        exact.add(&name, &message.text, message.from.as_ref(), &gold);
    }
    let Exact { cases, cut, kept, either, misses } = exact;
    println!(
        "zones: new text exact in {cut} of {cases} with the signature cut, {kept} with it kept, \
         {either} as the case has it ({crisp} crisp, {} talon)\n{misses}",
        cases - crisp
    );
    assert!(cases >= 50 && crisp >= 40, "{cases} cases");
    assert!(cut * 100 >= cases * 90, "signature cut: {cut} of {cases}");
    assert!(either * 100 >= cases * 95, "as the case has it: {either} of {cases}");
}

#[test]
fn zones_read_every_body_of_other_sets() {
    let Some(root) = folder("mail") else { return };
    let mut seen = 0;
    for (set, end) in [("github-reply", ".txt"), ("crisp-reply", ".txt")] {
        for (name, bytes) in files(&root.join(set), end) {
            let text = String::from_utf8_lossy(&bytes);
            let zones = split(&text, None);
            assert_eq!(zones.lines().len(), text.lines().count(), "{set}/{name}");
            seen += 1;
        }
    }
    println!("zones: {seen} bodies of other sets read");
    assert!(seen > 100);
}

/// Lines of signatures, told and missed.
#[derive(Default, Clone, Copy)]
struct Lines {
    right: usize,
    wrong: usize,
    missed: usize,
    messages: usize,
    messages_right: usize,
}

impl Lines {
    fn f1(self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed).max(1) as f64
    }

    fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
            messages: self.messages + other.messages,
            messages_right: self.messages_right + other.messages_right,
        }
    }

    fn tell(self, which: &str) {
        println!(
            "zones: signatures of {which}: line F1 {:.3}, precision {:.3}, recall {:.3}, whole message right {} of {}",
            self.f1(),
            self.right as f64 / (self.right + self.wrong).max(1) as f64,
            self.right as f64 / (self.right + self.missed).max(1) as f64,
            self.messages_right,
            self.messages
        );
    }
}

/// A sender as the set gives it: a name, or a name and an address.
fn sender(text: &str) -> Option<Mailbox> {
    let (name, rest) = text.split_once(['<', '[']).unwrap_or((text, ""));
    let address = rest.trim_start_matches("mailto:").trim_end_matches(['>', ']', ' ']);
    let bare = name.trim().trim_matches('"').trim();
    let address: EmailAddress = address
        .parse()
        .or_else(|_| bare.parse())
        .or_else(|_| "unknown@unknown.example".parse())
        .ok()?;
    let name = (!bare.contains('@')).then(|| bare.to_owned()).filter(|bare| !bare.is_empty());
    Some(Mailbox { name, address })
}

#[test]
fn zones_find_the_signatures_of_a_marked_set() {
    let Some(root) = folder("mail/forge-signatures") else { return };
    // Even numbers were looked at when the weights were set, odd ones were not.
    let mut halves = [Lines::default(); 2];
    let show = std::env::var("ZONES_SHOW").is_ok();
    for kind in ["P", "N"] {
        for (name, bytes) in files(&root.join(kind), "_body") {
            let number: usize = name.trim_end_matches("_body").parse().unwrap();
            let marked = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            let gold: Vec<bool> = marked.lines().map(|line| line.starts_with("#sig#")).collect();
            let plain = marked.lines().map(|line| {
                let line = line.strip_prefix("#sig#").unwrap_or(line);
                line.strip_prefix("#reply#").unwrap_or(line)
            });
            let text = plain.collect::<Vec<_>>().join("\n");
            let from = std::fs::read(root.join(kind).join(name.replace("_body", "_sender")));
            let from = from.ok().and_then(|from| sender(String::from_utf8_lossy(&from).trim()));
            let zones = split(&text, from.as_ref());
            let mut here = Lines { messages: 1, ..Lines::default() };
            for ((line, zone), gold) in text.lines().zip(zones.lines()).zip(&gold) {
                if line.trim().is_empty() {
                    continue;
                }
                let told = *zone == Zone::Signature;
                here.right += usize::from(told && *gold);
                here.wrong += usize::from(told && !gold);
                here.missed += usize::from(!told && *gold);
                if show && number.is_multiple_of(2) && told != *gold {
                    println!("{kind}/{number} {} {line}", if told { "WRONG " } else { "MISSED" });
                }
            }
            here.messages_right = usize::from(here.wrong + here.missed == 0);
            if let Some(half) = halves.get_mut(number % 2) {
                *half = half.and(here);
            }
        }
    }
    let [even, odd] = halves;
    let all = even.and(odd);
    even.tell("the half that was looked at");
    odd.tell("the other half");
    all.tell("all");
    assert!(all.messages >= 100);
    assert!(all.f1() >= 0.86, "{:.3}", all.f1());
}
