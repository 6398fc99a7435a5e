//! The page `docs/cues.md`: what was learnt from how much, and how well it reads a hand that it
//! does not know.

use std::fmt::Write;

use inroad_model::Cue;

use super::evaluate::Figures;
use super::examples::{Example, voices};

const HEAD: &str = "\
# Reading cues

A cue is what one sentence of a letter tells a seller: that it is too dear, that a boss decides, that
somebody is afraid how it would look. `inroad_language::cues` reads them from the words that the
writer added, sentence by sentence, and says how likely each is and which words mattered.

It is a small linear model, one cue against the rest, over words, two and three words in a row, pairs
with a gap, and pieces of words of three to five letters. A quarter of the strongest other cue's score
is taken off, and Platt scaling makes it a probability. It learns from the sentences in
[playbook/cues](../playbook/cues/README.md) and, sentence by sentence, from the letters in
[playbook/letters](../playbook/letters/README.md), written for this by several hands in several voices and
languages; no real mail is among them. This page and the weights that ship are written by
`cargo xtask cues`; the same sentences give the same bytes.

A fifth of the hands was set aside in turn: their sentences were read by what was learnt of the others, with
thresholds chosen on the others too. So these are figures for the words of a stranger. The examples
are hard on purpose (people seldom use the word that names the cue), and next to each cue stand near
misses that share its words. The weights that ship are learnt from all hands.
How corrections by a user move what is read stands in [corrections.md](corrections.md), measured by
`cargo xtask cues --teach`.
";

/// The page as Markdown.
pub(crate) fn page(examples: &[Example], figures: &[Figures], bytes: usize) -> String {
    let mut out = HEAD.to_owned();
    let _ = writeln!(
        out,
        "\n{} sentences of {} hands; the weights take {} KB.\n",
        examples.len(),
        voices(examples).len(),
        bytes.div_ceil(1024)
    );
    out.push_str("| cue | sentences | precision | recall | F1 | average precision | Brier |\n");
    out.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (cue, figures) in Cue::ALL.iter().zip(figures) {
        let sentences = figures.hits + figures.missed;
        row(&mut out, cue.as_str(), &sentences.to_string(), &numbers(*figures));
    }
    let all: Vec<[f64; 5]> = figures.iter().map(|figures| numbers(*figures)).collect();
    let mut mean = [0.0; 5];
    for numbers in &all {
        for (sum, number) in mean.iter_mut().zip(numbers) {
            *sum += number / all.len() as f64;
        }
    }
    row(&mut out, "**mean over cues**", "", &mean);
    out
}

fn numbers(figures: Figures) -> [f64; 5] {
    let Figures { average_precision, brier, .. } = figures;
    [figures.precision(), figures.recall(), figures.f1(), average_precision, brier]
}

fn row(out: &mut String, name: &str, sentences: &str, numbers: &[f64; 5]) {
    let [precision, recall, f1, average, brier] = numbers;
    let _ = writeln!(
        out,
        "| {name} | {sentences} | {precision:.2} | {recall:.2} | {f1:.2} | {average:.2} | {brier:.4} |"
    );
}
