//! Where the signature begins: closing words, the name, titles, ways to reach, legal notices.
//!
//! Every line of the end of a passage gets a weight for what it looks like ([`weight`]); a
//! signature that begins at a line weighs as much as all lines from there on, and a bonus for a
//! good beginning. The heaviest beginning wins if it weighs more than nothing and somebody can be
//! recognised in it. The weights were set by hand on one half of a public set of marked
//! signatures, and judged on the other half.
//!
//! Must not: take a passage away that holds nothing but its own signature-like lines.

use super::device::is_device_line;
use super::lines::Line;
use super::weight::{Context, Weighed, weigh};
use super::writer::Writer;
use super::{Zone, contact};

/// How many filled lines from the end are looked at.
const WINDOW_LINES: usize = 45;
/// How many lines of prose among them end the look: no signature stands around so many.
const PROSE_LINES: usize = 4;
/// What a signature must weigh.
const ENOUGH: f32 = 1.0;

/// A passage of the writer's own lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage {
    /// The first line.
    pub(super) start: usize,
    /// The line after the last.
    pub(super) end: usize,
    /// Whether the writer wrote something before it.
    pub(super) follows_text: bool,
}

/// Marks the signature of a passage, if it has one. Returns whether anything but a signature is
/// left of it.
pub(super) fn mark(
    lines: &[Line<'_>],
    passage: Passage,
    writer: &Writer,
    zones: &mut [Zone],
) -> bool {
    let end = before_postscript(lines, passage);
    let last = Last::of(lines, passage.start, end);
    let Some(begin) = begin(lines, &last, last.whole && !passage.follows_text, writer) else {
        return !last.filled.is_empty();
    };
    let Some(first) = last.filled.get(begin) else { return true };
    for zone in zones.iter_mut().take(end).skip(*first) {
        *zone = Zone::Signature;
    }
    begin > 0 || !last.whole || end < passage.end
}

/// The last filled lines of a passage, in the order of the text.
struct Last {
    filled: Vec<usize>,
    /// Which of them are of a legal notice.
    legal: Vec<bool>,
    /// Whether they are all that the passage holds.
    whole: bool,
}

impl Last {
    fn of(lines: &[Line<'_>], start: usize, end: usize) -> Self {
        let passage = lines.iter().enumerate().take(end).skip(start).rev();
        let found = passage.filter(|(_, line)| !line.is_blank()).map(|(at, _)| at);
        let mut filled: Vec<usize> = found.take(WINDOW_LINES).collect();
        filled.reverse();
        let mut legal = legal_lines(lines, &filled);
        let mut whole = filled.len() < WINDOW_LINES;
        let prose =
            |(at, legal): (&usize, &bool)| !legal && lines.get(*at).is_some_and(Line::is_prose);
        let places = filled.iter().zip(&legal).enumerate().rev();
        let mut prose = places.filter(|(_, seen)| prose(*seen)).map(|(place, _)| place);
        if let Some(begin) = prose.nth(PROSE_LINES - 1) {
            whole &= begin == 0;
            filled.drain(..begin);
            legal.drain(..begin);
        }
        Self { filled, legal, whole }
    }
}

/// Which of the filled lines the signature begins with. `is_all` tells that nothing stands before.
fn begin(lines: &[Line<'_>], last: &Last, is_all: bool, writer: &Writer) -> Option<usize> {
    let mut weighed: Vec<Weighed> = Vec::with_capacity(last.filled.len());
    let mut from_end = last.legal.iter().filter(|legal| !**legal).count();
    for (place, (at, legal)) in last.filled.iter().zip(&last.legal).enumerate() {
        let Some(line) = lines.get(*at) else { continue };
        from_end = from_end.saturating_sub(usize::from(!legal));
        let above = at.checked_sub(1).and_then(|above| lines.get(above));
        let context = Context {
            place,
            from_end,
            blank_above: above.is_none_or(Line::is_blank),
            opens_all: is_all && place == 0,
            legal: *legal,
        };
        let found = weigh(line, weighed.last(), &context, writer);
        weighed.push(found);
    }
    heaviest(&weighed, is_all)
}

/// The beginning from which on the lines weigh most.
fn heaviest(weighed: &[Weighed], is_all: bool) -> Option<usize> {
    let mut sum = 0.0_f32;
    let mut identity = false;
    let mut best: Option<(f32, usize)> = None;
    for (place, line) in weighed.iter().enumerate().rev() {
        sum += line.weight;
        identity |= line.identity;
        let total = sum + line.begins;
        // What would leave no word of the writer must be a signature beyond doubt.
        let leaves_nothing = is_all && place == 0;
        if !identity || leaves_nothing && !line.strong {
            continue;
        }
        if total > ENOUGH && best.is_none_or(|(most, _)| total >= most) {
            best = Some((total, place));
        }
    }
    best.map(|(_, place)| place)
}

/// Which of the filled lines are of a legal notice or a list's footer: their paragraph holds two
/// of its marks, or one behind a rule or another such paragraph.
fn legal_lines(lines: &[Line<'_>], filled: &[usize]) -> Vec<bool> {
    let mut legal = vec![false; filled.len()];
    let mut start = 0;
    while start < filled.len() {
        let mut end = start + 1;
        while let (Some(before), Some(next)) = (filled.get(end - 1), filled.get(end))
            && *next == before + 1
        {
            end += 1;
        }
        let paragraph = filled.get(start..end).unwrap_or_default();
        let text: Vec<&str> =
            paragraph.iter().filter_map(|at| lines.get(*at)).map(|line| line.head).collect();
        let marks = contact::legal_marks(&text.join(" "));
        // The footer of a list begins with a rule; a long notice has several paragraphs.
        let ruled = paragraph.first().and_then(|at| lines.get(*at));
        let ruled = ruled.is_some_and(|line| line.is_rule() || line.is_delimiter());
        let goes_on = start > 0 && legal.get(start - 1).copied().unwrap_or(false);
        if marks >= 1 && (ruled || goes_on) {
            legal.iter_mut().take(end).skip(start).for_each(|line| *line = true);
        } else if marks >= 2 {
            mark_legal(&text, legal.get_mut(start..end).unwrap_or_default());
        }
        start = end;
    }
    legal
}

/// A notice without a blank line above begins with its first marked line; a line that is cut in
/// the middle of a sentence belongs to the line below it.
fn mark_legal(text: &[&str], legal: &mut [bool]) {
    let first = text.iter().position(|line| contact::legal_marks(line) > 0).unwrap_or(0);
    let mut begin = first;
    while let Some(above) = begin.checked_sub(1).and_then(|above| text.get(above))
        && above.len() > 50
        && !above.ends_with(['.', '!', '?', ':'])
    {
        begin -= 1;
    }
    for line in legal.iter_mut().skip(begin) {
        *line = true;
    }
}

/// The line with which a postscript begins, or the end.
fn before_postscript(lines: &[Line<'_>], passage: Passage) -> usize {
    let found = lines.iter().enumerate().take(passage.end).skip(passage.start + 1).rev().take(60);
    let mut found = found.filter(|(_, line)| is_postscript(line.head));
    found.next().map_or(passage.end, |(at, _)| at)
}

fn is_postscript(head: &str) -> bool {
    let bytes = head.as_bytes();
    let marks = [
        "PS:", "P.S.", "P.S:", "PS.", "PS ", "PS,", "P.s.", "Ps:", "p.s.", "ps:", "P. S.", "PPS",
        "З.Ы.", "P.D.", "PD:",
    ];
    bytes.first().is_some_and(|byte| matches!(byte, b'P' | b'p' | 0xD0))
        && marks.iter().any(|mark| head.starts_with(mark))
}

/// A device's line behind which more follows: what follows is the mail that was answered, unless
/// it looks like a signature. Returns the line after which the rest is quoted.
pub(super) fn quoted_after_device(
    lines: &[Line<'_>],
    passage: Passage,
    writer: &Writer,
) -> Option<usize> {
    let mut text_before = passage.follows_text;
    for (at, line) in lines.iter().enumerate().take(passage.end).skip(passage.start) {
        if line.is_blank() {
            continue;
        }
        let alone =
            |next: Option<usize>| next.and_then(|next| lines.get(next)).is_none_or(Line::is_blank);
        if text_before
            && alone(at.checked_sub(1))
            && alone(Some(at + 1))
            && !line.fenced
            && is_device_line(line)
        {
            let rest = Last::of(lines, at + 1, passage.end);
            let signs = begin(lines, &rest, false, writer) == Some(0);
            return (!(rest.filled.is_empty() || signs && rest.whole)).then_some(at + 1);
        }
        text_before = true;
    }
    None
}
