//! How a page is laid out: its sentences and labelled lines, and which of them stand in a part that is
//! about the firm.
//!
//! Must not: know a topic.

use std::ops::Range;

use super::guards::Guards;
use super::{Page, whose};
use crate::{sentences, voice};

/// A heading has no more letters, and no more words.
const HEADING_CHARS_MAX: usize = 60;
const HEADING_WORDS_MAX: usize = 8;
/// A label has no more letters, and no more words.
const LABEL_CHARS_MAX: usize = 40;
const LABEL_WORDS_MAX: usize = 5;
/// What stands below a label is no longer.
const VALUE_CHARS_MAX: usize = 120;

/// What lists begin their lines with.
const BULLETS: [char; 8] = ['*', '-', '•', '–', '·', '▪', '‣', '>'];
/// Forms of firms that stand behind "Co.".
const FORMS: [&str; 6] = ["KG", "KGaA", "OHG", "LLC", "Ltd", "Inc"];
/// A text with a longer line is not broken where lines are full.
const WRAPPED_LINE_BYTES_MAX: usize = 110;

/// What a part of a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// The firm.
    Firm,
    /// Somebody else: clients, the agency, other news.
    Others,
    /// Nobody: what belongs to every page, such as a note on cookies, and the career of a person.
    Aside,
}

/// A sentence, a line, or a label with its value.
#[derive(Debug)]
pub(super) struct Unit {
    /// Where it stands in the page, without blanks and bullets.
    pub(super) range: Range<usize>,
    pub(super) zone: Zone,
    /// Its label, in bytes of its own words.
    pub(super) label: Option<Label>,
    /// Whether a blank line or a bullet stands before it.
    pub(super) begins_paragraph: bool,
}

/// "Headquarters: Graz", or the one above the other.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
    pub(super) is_above: bool,
}

/// The units of a page in order of their beginnings.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) units: Vec<Unit>,
}

/// A line without blanks and bullets at its ends.
#[derive(Debug, Clone)]
struct Line {
    range: Range<usize>,
    zone: Zone,
    after_blank: bool,
    had_bullet: bool,
}

impl Unit {
    pub(super) fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.clone()).unwrap_or("")
    }
}

impl Layout {
    pub(super) fn new(page: &Page<'_>, guards: &Guards) -> Self {
        let text = page.text;
        let mut lines = lines(text);
        zone(page, guards, &mut lines);
        let mut units = Vec::new();
        let mut at = 0;
        let mut aside_until = 0;
        let blocks = Wraps::new(text).blocks(text);
        for sentence in blocks.into_iter().flat_map(|block| in_block(text, &block)) {
            while lines.get(at).is_some_and(|line| line.range.end <= sentence.start) {
                at += 1;
            }
            let Some(line) = lines.get(at) else { break };
            let start = sentence.start.max(line.range.start).min(sentence.end);
            let Some(words) = text.get(start..sentence.end).filter(|words| !words.is_empty())
            else {
                continue;
            };
            if guards.is_aside(words) {
                // What stands behind it on the same line belongs to it.
                aside_until = line.range.end;
            }
            let is_aside = start < aside_until || voice::is_english(words) == Some(false);
            let is_first = start == line.range.start;
            units.push(Unit {
                range: start..sentence.end,
                zone: if is_aside && line.zone == Zone::Firm { Zone::Aside } else { line.zone },
                label: label_beside(words),
                begins_paragraph: is_first && (line.after_blank || line.had_bullet),
            });
        }
        units.extend(lines.windows(2).filter_map(|pair| label_above(text, pair)));
        units.sort_by_key(|unit| (unit.range.start, unit.range.end));
        Self { units }
    }
}

/// The sentences of a part of a text.
fn in_block(text: &str, block: &Range<usize>) -> Vec<Range<usize>> {
    let words = text.get(block.clone()).unwrap_or("");
    let moved = |range: Range<usize>| range.start + block.start..range.end + block.start;
    joined(text, sentences::ranges(words).into_iter().map(moved).collect())
}

/// Sentences, joined again where a firm's name was cut: "Maier & Co. KG employs 40 people."
fn joined(text: &str, sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
    for range in sentences {
        let words = text.get(range.clone()).unwrap_or("");
        let goes_on = FORMS.iter().any(|form| {
            words.strip_prefix(form).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        match found.last_mut() {
            Some(last)
                if goes_on && text.get(..last.end).is_some_and(|text| text.ends_with(" Co.")) =>
            {
                last.end = range.end;
            }
            _ => found.push(range),
        }
    }
    found
}

/// Where a text breaks its lines because they are full.
#[derive(Debug, Clone, Copy)]
struct Wraps {
    /// The longest line, in bytes; `None` where paragraphs are not broken at all.
    width: Option<usize>,
}

impl Wraps {
    fn new(text: &str) -> Self {
        let longest = text.lines().map(|line| line.trim_end().len()).max().unwrap_or(0);
        Self { width: (longest <= WRAPPED_LINE_BYTES_MAX).then_some(longest) }
    }

    /// The parts of a text between the breaks that its writer meant.
    fn blocks(self, text: &str) -> Vec<Range<usize>> {
        let mut blocks = Vec::new();
        let (mut start, mut line) = (0, 0);
        for (at, _) in text.match_indices('\n') {
            let full = text.get(line..at).unwrap_or("").trim_end().len();
            let next = text.get(at + 1..).unwrap_or("");
            let next = next.trim_start_matches([' ', '\t', '\r']);
            let word = next.find(char::is_whitespace).unwrap_or(next.len());
            let is_full = self.width.is_some_and(|width| full + 1 + word > width);
            let begins = next.starts_with(BULLETS) || next.starts_with('\n');
            if begins || !(is_full || next.starts_with(char::is_lowercase)) {
                blocks.push(start..at);
                start = at + 1;
            }
            line = at + 1;
        }
        blocks.push(start..text.len());
        blocks
    }
}

/// The lines that hold something.
fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut after_blank = true;
    for piece in text.split_inclusive('\n') {
        let end = start + piece.len();
        let bare = piece.trim_start();
        let inner = bare.trim_start_matches(BULLETS).trim_start();
        let had_bullet = inner.len() < bare.len();
        let first = end - inner.len();
        let words = inner.trim_end();
        if words.is_empty() {
            after_blank = true;
        } else {
            let range = first..first + words.len();
            found.push(Line { range, zone: Zone::Firm, after_blank, had_bullet });
            after_blank = false;
        }
        start = end;
    }
    found
}

/// Says of each line in which part it stands, by the headings above it.
fn zone(page: &Page<'_>, guards: &Guards, lines: &mut [Line]) {
    let firm = whose::FirmNames::new(page);
    let mut zone = Zone::Firm;
    for line in lines {
        let words = page.text.get(line.range.clone()).unwrap_or("");
        if is_heading(words) && !line.had_bullet {
            let heading = words.trim_end_matches(':').trim_end();
            zone = match guards.heading(heading) {
                Some(of_heading) => of_heading,
                None => match heading.strip_prefix("About ").or(heading.strip_prefix("ABOUT ")) {
                    Some(whom) if firm.are_in(whom) || !firm.are_known() => Zone::Firm,
                    Some(_) => Zone::Others,
                    // Whose part it is, a heading that nobody knows does not tell.
                    None => zone,
                },
            };
        }
        line.zone = zone;
    }
}

fn is_heading(words: &str) -> bool {
    // Long lines are not counted to their end.
    words.len() <= HEADING_CHARS_MAX * 4
        && words.chars().count() <= HEADING_CHARS_MAX
        && words.split_whitespace().count() <= HEADING_WORDS_MAX
        && !words.ends_with(['.', '!', ';', ','])
}

/// "Employees: 350", "Employees<tab>350", "Employees | 350".
fn label_beside(words: &str) -> Option<Label> {
    if words.contains('\n') {
        return None;
    }
    let at = words.find([':', '\t', '|'])?;
    let name = words.get(..at)?.trim_end();
    let rest = words.get(at + 1..)?;
    let value = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '|');
    let start = words.len() - value.len();
    let label = Label { name: 0..name.len(), value: start..words.len(), is_above: false };
    (is_label(name) && !value.is_empty()).then_some(label)
}

/// A label on one line, its value on the next.
fn label_above(text: &str, pair: &[Line]) -> Option<Unit> {
    let [name, value] = pair else { return None };
    let (first, second) = (text.get(name.range.clone())?, text.get(value.range.clone())?);
    let bare = first.trim_end_matches(':').trim_end();
    let is_value = second.len() <= VALUE_CHARS_MAX * 4 && second.chars().count() <= VALUE_CHARS_MAX;
    if !is_label(bare) || !is_value || name.zone != Zone::Firm || name.had_bullet {
        return None;
    }
    let start = name.range.start;
    let label = Label {
        name: 0..bare.len(),
        value: value.range.start - start..value.range.end - start,
        is_above: true,
    };
    Some(Unit {
        range: start..value.range.end,
        zone: value.zone,
        label: Some(label),
        begins_paragraph: true,
    })
}

fn is_label(words: &str) -> bool {
    words.starts_with(char::is_alphabetic)
        && words.len() <= LABEL_CHARS_MAX * 4
        && words.chars().count() <= LABEL_CHARS_MAX
        && words.split_whitespace().count() <= LABEL_WORDS_MAX
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::statements::Pack;

    fn check(text: &str, expected: &[(&str, Zone)]) {
        let page = Page { text, firm: Some("Norvik"), on: date(2026, 6, 1) };
        let layout = Layout::new(&page, &Pack::shipped().page);
        let plain =
            layout.units.iter().filter(|unit| !unit.label.as_ref().is_some_and(|l| l.is_above));
        let found: Vec<(&str, Zone)> = plain.map(|unit| (unit.words(text), unit.zone)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_that_are_full_go_on_and_others_end() {
        check(
            "Norvik builds machines for bakeries and is based in the town of\nLinz in Austria.\n\n\
             · One plant in Graz, which was opened last year;\n· Nine trams",
            &[
                (
                    "Norvik builds machines for bakeries and is based in the town of\nLinz in Austria.",
                    Zone::Firm,
                ),
                ("One plant in Graz, which was opened last year;", Zone::Firm),
                ("Nine trams", Zone::Firm),
            ],
        );
        check(
            "Maier & Co. KG employs 40 people.",
            &[("Maier & Co. KG employs 40 people.", Zone::Firm)],
        );
    }

    #[test]
    fn headings_say_whose_part_begins() {
        check(
            "About Norvik\nWe weave.\nRead also\nMill burns\nContact\nWe use cookies. Yes.",
            &[
                ("About Norvik", Zone::Firm),
                ("We weave.", Zone::Firm),
                ("Read also", Zone::Others),
                ("Mill burns", Zone::Others),
                ("Contact", Zone::Firm),
                ("We use cookies.", Zone::Aside),
                ("Yes.", Zone::Aside),
            ],
        );
    }
}
