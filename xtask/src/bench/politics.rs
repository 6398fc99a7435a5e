//! `cargo xtask bench politics`: who stands above whom, by the mail of a manufacturing company and by
//! what managers said, beside the reference tables that lie beside the repository.
//!
//! The data are no part of the project; where they are missing nothing is measured.

mod data;
mod figures;
mod firm;
mod mailbox;
mod map;
mod surveyed;

use anyhow::{Result, ensure};

use self::data::Data;
use super::page::{Page, table};
use crate::project::Project;

const HEAD: [&str; 7] = [
    "what",
    "pairs",
    "right (95 %)",
    "reference",
    "told",
    "calibration error of the prior curve",
    "of a learned curve",
];

const NOTES: [&str; 5] = [
    "Right: the share of pairs in which the higher stands higher in the rank; equals, and people who \
     wrote and got nothing, count half. Its interval draws bosses (whole firm) or owners (mailboxes) \
     with all their pairs, 1,000 times. Direct: one reports to the other; chain: the same, or through \
     others. Technical accounts are not known to the rank; who left is.",
    "Told: the share of pairs of which enough was seen to tell. Calibration error: the mean distance \
     between probability and share right among those, in five bins of equal count for the firm and \
     ten for mailboxes; with 400 pairs in five bins about 0.04 is chance, with 150 about 0.06. The prior curve is the one \
     that is shipped: three round numbers, none fitted here, but chosen among a dozen for each view \
     with these tables in sight, so its error is not out of sample. The learned curve has one number, fitted for each pair on pairs that hold nobody of \
     the two's fifths of people: out of sample.",
    "Nine months of a firm's mail say much of who stands above whom, one mailbox little, and neither \
     who is the boss: \"X is the boss of Y\" is never told above 0.7 from mail alone. Of two in \
     different lines mail says next to nothing, as the row of unequal levels shows.",
    "A mailbox holds the letters to at most ten readers that its owner wrote or got, twenty at least; \
     people of it are those on them. Sixty days begin on every fifteenth day; the reference drew at \
     most five beginnings an owner, so that its sixty days are not quite the same. The intervals of \
     mailboxes in the tables of reliability are too narrow: a pair is in many mailboxes.",
    "The measure was chosen with the reference in sight, among variants that differ in who counts as \
     on a letter, in the most readers (5 to all) and in rounds (1 to 3): of a whole firm those got \
     0.83 to 0.87 of chain pairs with letters to several, 0.79 to 0.85 with letters to one as well, \
     and HITS on counts, which was fixed before, 0.813.",
];

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    ensure!(args.is_empty(), "There are no options");
    let folder = project.path("../shared/eval/politics");
    ensure!(folder.is_dir(), "The data are not here: {} is missing", folder.display());
    let data = Data::read(&folder)?;
    let mut page = Page::table(&HEAD);
    let mut parts = vec![String::from("## Reliability of the prior curve")];
    for measured in firm::measure(&data)?.into_iter().chain(mailbox::measure(&data)?) {
        page.row(&measured.row);
        parts.extend(
            measured.reliability.map(|rows| format!("{}:\n\n{}", measured.row[0], table(&rows))),
        );
    }
    parts.push(surveyed::measure(&folder)?);
    parts.push(map::measure()?);
    page.notes.extend(NOTES.map(str::to_owned));
    page.part = Some(parts.join("\n\n"));
    Ok(page)
}
