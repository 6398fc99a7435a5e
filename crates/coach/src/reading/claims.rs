//! What a draft claims of its writer's work, and which of it something proves.

use std::ops::Range;
use std::sync::LazyLock;

use inroad_language::patterns::{Patterns, patterns};

use super::Seen;
use super::words::words;
use crate::audience::Audience;
use crate::draft::Draft;

/// A result with a number, or clients who are said to have had it.
static CLAIM: LazyLock<Patterns> = LazyLock::new(|| {
    let list = [
        r"(?:cut|reduc|sav|increas|grow|grew|boost|improv|rais|lower|doubl|tripl|halv|win|won|shorten)\w*[^.?!]*?(?:\d+ ?(?:percent|per cent|x|times|hours|days|weeks|fold)|by (?:half|a third|a quarter|two thirds))",
        r"(?:cut|reduc|sav|increas|grow|grew|boost|improv|rais|lower|doubl|tripl|halv|win|won|shorten)\w*[^.?!]*?\d+ ?%",
        r"\d+ ?(?:%|percent|per cent|x|times) (?:more|less|fewer|faster|higher|lower|better|of (?:our|all))",
        r"(?:over|more than|hundreds of|thousands of|\d[\d,.]*\+?) (?:\w+ )?(?:clients|customers|companies|firms|projects|businesses|users)",
        "(?:clients|customers|companies|firms) (?:like|such as|including) [A-Z]",
        "(?:trusted|used|chosen) by",
        "(?:our|my) (?:clients|customers) (?:see|saw|have|report|get|save|win|tell)",
        "(?:proven|guaranteed|certified|award-winning|number one|no\\. 1|#1|market leader|industry leader)",
    ];
    patterns(&list)
});
/// Whoever speaks of themselves says so.
static OURS: LazyLock<Patterns> = LazyLock::new(|| {
    let list = [
        "we|we've|our|us|my|i|i've|clients|customers|trusted|proven|guaranteed|award-winning|market leader|industry leader|number one",
    ];
    patterns(&list)
});

/// The sentences that claim something which no proof names. A proof names it when it has the same number
/// and another word of it, or most of its words.
pub(super) fn unproven(draft: &Draft<'_>, audience: &Audience) -> Vec<Range<usize>> {
    let proofs = audience.proofs.as_deref().unwrap_or_default();
    let claims = draft.sentences.iter().filter(|range| {
        let text = draft.sentence(range);
        CLAIM.is_in(text) && OURS.is_in(text) && !text.ends_with('?')
    });
    claims
        .filter(|range| !proofs.iter().any(|proof| proves(&proof.says, draft.sentence(range))))
        .cloned()
        .collect()
}

fn proves(proof: &str, claim: &str) -> bool {
    let telling = |text: &str| -> Vec<String> {
        words(text)
            .map(|(_, word)| word)
            .filter(|word| word.len() > 3 || word.contains(|c: char| c.is_ascii_digit()))
            .collect()
    };
    let (proof, claim) = (telling(proof), telling(claim));
    let is_number = |word: &&String| word.chars().all(|c| c.is_ascii_digit());
    let shared = claim.iter().filter(|word| proof.contains(word)).count();
    let same_numbers = claim.iter().filter(is_number).all(|number| proof.contains(number));
    same_numbers && shared >= 2 && shared * 3 >= claim.len()
}

pub(super) fn look(unproven: &[Range<usize>], seen: &mut Vec<Seen>) {
    seen.extend(unproven.iter().map(|range| Seen::at("unproven-claim", range.clone(), "")));
}
