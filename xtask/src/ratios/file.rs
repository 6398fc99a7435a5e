//! A file of the playbook with other ratios, everything else as it was.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Result, ensure};
use inroad_advice::playbook::scenario::{Clue, Scenario};
use inroad_advice::playbook::signs::Sign;
use inroad_model::Cue;

/// A cue that nobody thought of is written down from this ratio on, or its inverse.
const WORTH_WRITING: f64 = 1.4;
/// No ratio is written that is larger, or smaller than its inverse: no single sentence decides.
const RATIO_MAX: f64 = 12.0;

/// The text with these ratios of cues; the evidence stands where its first piece stood.
pub(super) fn with_ratios(
    text: &str,
    scenario: &Scenario,
    ratios: &BTreeMap<Cue, f64>,
) -> Result<String> {
    let mut blocks: Vec<&str> = text.trim_end().split("\n\n").collect();
    let is_evidence = |block: &&str| block.trim_start().starts_with("[[evidence]]");
    let first = blocks.iter().position(is_evidence).unwrap_or(blocks.len());
    blocks.retain(|block| !is_evidence(block));
    let written = evidence(scenario, ratios);
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    blocks.splice(first..first, written);
    let text = format!("{}\n", blocks.join("\n\n"));
    let read = Scenario::read("nothing_wrong", &text)?;
    ensure!(read.case.len() == scenario.case.len(), "A part of the file would be lost");
    Ok(text)
}

fn evidence(scenario: &Scenario, ratios: &BTreeMap<Cue, f64>) -> Vec<String> {
    let known = |cue: Cue| scenario.evidence.iter().find(|clue| clue.sign == Sign::Cue(cue));
    let mut of_cues: Vec<(Cue, f64, Option<&Clue>)> = ratios
        .iter()
        .map(|(cue, ratio)| (*cue, ratio.clamp(1.0 / RATIO_MAX, RATIO_MAX), known(*cue)))
        .filter(|(_, ratio, clue)| {
            clue.is_some_and(|c| c.guess.is_some()) || is_worth_writing(*ratio)
        })
        .collect();
    of_cues.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let of_cues = of_cues.into_iter().map(|(cue, ratio, clue)| block(cue.as_str(), ratio, clue));
    let of_signals = scenario.evidence.iter().filter(|clue| matches!(clue.sign, Sign::Signal(_)));
    let of_signals = of_signals.map(|clue| block(clue.sign.as_str(), clue.times, Some(clue)));
    of_cues.chain(of_signals).collect()
}

fn is_worth_writing(ratio: f64) -> bool {
    ratio.ln().abs() >= WORTH_WRITING.ln()
}

fn block(sign: &str, times: f64, clue: Option<&Clue>) -> String {
    let mut text = format!("[[evidence]]\nsign = \"{sign}\"\ntimes = {:?}", rounded(times));
    if let Some(guess) = clue.and_then(|clue| clue.guess) {
        let _ = write!(text, "\nguess = {guess:?}");
    }
    if let Some(why) = clue.map(|clue| &clue.why).filter(|why| !why.is_empty()) {
        let _ = write!(text, "\nwhy = {why:?}");
    }
    text
}

/// Two digits that mean something.
fn rounded(ratio: f64) -> f64 {
    let digits = if ratio >= 10.0 {
        1.0
    } else if ratio >= 1.0 {
        10.0
    } else {
        100.0
    };
    (ratio * digits).round() / digits
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Mine.\n\ncause = \"price_too_high\"\nname = \"x\"\nshare = 0.1\nadvice = \"pursue\"\nlooks_like = \"y\"\n\n[[evidence]]\nsign = \"too_dear\"\ntimes = 3.0\nguess = 3.0\n\n[[evidence]]\nsign = \"silent\"\ntimes = 1.5\nwhy = \"seen often\"\n\n[[case]]\nsigns = [\"too_dear\"]\nplace = 1\n";

    #[test]
    fn only_ratios_of_cues_change() {
        let scenario = Scenario::read("mine", FILE).expect("a file");
        let ratios =
            BTreeMap::from([(Cue::TooDear, 4.26), (Cue::AsksDiscount, 2.0), (Cue::Warmth, 1.1)]);
        let text = with_ratios(FILE, &scenario, &ratios).expect("a text");
        let read = Scenario::read("mine", &text).expect("a file");
        let times: Vec<(&str, f64, Option<f64>)> =
            read.evidence.iter().map(|c| (c.sign.as_str(), c.times, c.guess)).collect();
        let expected =
            [("too_dear", 4.3, Some(3.0)), ("asks_discount", 2.0, None), ("silent", 1.5, None)];
        assert_eq!(times, expected);
        assert!(text.starts_with("# Mine.\n\ncause") && text.ends_with("place = 1\n"), "{text}");
        // What was written is a place to rest: fitted again to the same, nothing changes.
        assert_eq!(with_ratios(&text, &read, &ratios).expect("a text"), text);
    }
}
