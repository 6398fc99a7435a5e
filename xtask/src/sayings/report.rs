//! The page `docs/benchmarks/sayings.md`: what was learnt from how much, and how well it hears what it has not seen.

use std::fmt::Write;

use inroad_coach::reading::sayings::Saying as Name;
use inroad_language::linear::Label;

use super::lessons::Saying;
use crate::linear::Lesson;
use crate::linear::set_aside::SetAside;
use crate::linear::train::Calibration;

const HEAD: &str = "\
# Hearing sayings

Rules of the coach that are about wording look for words. What is said in other words is heard beside them by
small linear models, one a rule: over words, two and three words in a row, pairs with a gap, and pieces of words
of three to five letters, as cues of letters are read ([cues.md](../cues.md)). They learn from the sentences in
[playbook/coach/sayings](../../playbook/coach/sayings/README.md), where `+` says it and `-` is near and does not,
from every other one of another hand's ([tests/sayings](../../crates/coach/tests/sayings); the rest is only counted),
and from ordinary sentences of letters, of business mail and of drafts to build on, which say none of it. This page and the weights
that ship are written by `cargo xtask sayings`; the same sentences give the same bytes.

A fifth of the sentences was set aside in turn and read by what was learnt of the others; those of one draft
went together. A saying is heard from the probability on at which at most one in 1,000 sentences about
something else would be told, and three of four told ones of its own files are right. Near ones are nearly half of
a file and rare in drafts. What silences a rule instead (`no-way-out`: a sentence gives a way out) may be heard in one
of 100. A rule may ask for more than that (`threshold` in its match), so that it is silent in ordinary mail. Not
every rule uses its model: where it told nothing new in drafts to build on, or too much, it does not.
";

/// The page as Markdown.
pub(super) fn page(
    aside: &SetAside<'_, Name, Saying>,
    calibration: &[Calibration],
    bytes: usize,
) -> String {
    let mut out = HEAD.to_owned();
    let others = aside.lessons.iter().filter(|lesson| lesson.of.is_none()).count();
    let _ = writeln!(
        out,
        "\n{} sentences of {} sayings and {others} ordinary ones; the weights take {} KB.\n",
        aside.lessons.len() - others,
        aside.labels.len(),
        bytes.div_ceil(1024)
    );
    out.push_str("| saying | say it | of these heard | near ones | of these heard | heard in others | from |\n");
    out.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (place, (name, calibration)) in aside.labels.iter().zip(calibration).enumerate() {
        let (mut own, mut heard) = ([0_usize; 2], [0_usize; 2]);
        let (mut others, mut wrong) = (0_usize, 0_usize);
        for (lesson, scores) in aside.lessons.iter().zip(&aside.scores) {
            let is_heard = calibration.probability(scores[place]) >= calibration.threshold;
            match &lesson.of {
                Some((of, says)) if of == name => {
                    own[usize::from(*says)] += 1;
                    heard[usize::from(*says)] += usize::from(is_heard);
                }
                _ if lesson.weight(name) > 0.0 => {
                    others += 1;
                    wrong += usize::from(is_heard);
                }
                _ => {}
            }
        }
        let ([near, say], [heard_near, heard_say]) = (own, heard);
        let _ = writeln!(
            out,
            "| {} | {say} | {heard_say} | {near} | {heard_near} | {wrong} of {others} | {:.2} |",
            name.name(),
            calibration.threshold
        );
    }
    out
}
