//! The three zones of a mail's body: what the writer added, what is quoted, the signature.
//!
//! Quotes are told by structure, in whatever language: lines marked by `>`, the line that
//! introduces a quote (`attribution`), the copied head of a mail (`header_block`), and lines
//! that announce one (`dividers`). Signatures are told by weighing the last lines of what is
//! left (`sign_off`). Where it is not clear that a text is somebody else's, it stays new.
//!
//! Must not: change or drop a line, or take the whole of a mail away because it might be quoted.

mod attribution;
pub(crate) mod closing;
pub(crate) mod contact;
mod day_parts;
pub(crate) mod device;
mod dividers;
mod header_block;
pub(crate) mod lines;
mod shape;
mod sign_off;
mod weight;
pub(crate) mod writer;

use inroad_model::Mailbox;

use self::lines::{Line, next_filled};
use self::sign_off::Passage;
use self::writer::Writer;

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// The writer's own words.
    New,
    /// Quoted or forwarded text, with the line that introduces it.
    Quoted,
    /// The signature block, with the closing words and the name.
    Signature,
}

/// The zone of every line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    lines: Vec<Zone>,
}

/// Cuts a body into zones. `from` is the writer, whose name tells where the signature begins.
///
/// ```
/// use inroad_language::zones::{Zone, split};
/// let zones = split("Fine with us.\n\nOn 4 March 2025 at 9:12, Piet wrote:\n> Fine?", None);
/// assert_eq!(zones.lines(), [Zone::New, Zone::New, Zone::Quoted, Zone::Quoted]);
/// ```
pub fn split(text: &str, from: Option<&Mailbox>) -> Zones {
    let lines = lines::read(text);
    let writer = Writer::of(from);
    let mut zones: Vec<Zone> =
        lines.iter().map(|line| if line.marked { Zone::Quoted } else { Zone::New }).collect();
    mark_quotes(&lines, &writer, &mut zones);
    mark_overflow(&lines, &mut zones);
    mark_after_device(&lines, &writer, &mut zones);
    mark_signatures(&lines, &writer, &mut zones);
    close_gaps(&lines, &mut zones);
    Zones { lines: zones }
}

impl Zones {
    /// The zone of each line of the text, as [`str::lines`] counts them.
    pub fn lines(&self) -> &[Zone] {
        &self.lines
    }

    /// The lines that the writer added.
    pub fn new_text(&self, text: &str) -> String {
        self.part(text, Zone::New)
    }

    /// The lines that are quoted.
    pub fn quoted_text(&self, text: &str) -> String {
        self.part(text, Zone::Quoted)
    }

    /// The lines of the signature.
    pub fn signature_text(&self, text: &str) -> String {
        self.part(text, Zone::Signature)
    }

    fn part(&self, text: &str, wanted: Zone) -> String {
        let mut part = String::new();
        let mut apart = false;
        for (line, zone) in text.lines().zip(&self.lines) {
            if *zone != wanted {
                apart = true;
                continue;
            }
            // What stood apart must not be read as one sentence.
            if std::mem::take(&mut apart) && !part.is_empty() {
                part.push('\n');
            }
            part.push_str(line);
            part.push('\n');
        }
        part.trim().to_owned()
    }
}

/// What introduces a quote.
struct Mark {
    first: usize,
    last: usize,
    /// It says by itself that another mail follows: a head or a divider.
    explicit: bool,
    /// The head of a mail of the writer's own, which programs put above what they send.
    own: bool,
}

/// Marks what introduces quotes, and all that follows where the quote itself bears no marks.
fn mark_quotes(lines: &[Line<'_>], writer: &Writer, zones: &mut [Zone]) {
    let mut at = 0;
    let mut new_lines = 0_usize;
    while let Some(line) = lines.get(at) {
        let found = if line.is_blank() || line.fenced { None } else { mark_at(lines, at, writer) };
        let Some(mark) = found else {
            new_lines += usize::from(line.is_text());
            at += 1;
            continue;
        };
        let first = first_of(lines, mark.first);
        let taken = lines.iter().take(at).skip(first).filter(|line| line.is_text()).count();
        new_lines = new_lines.saturating_sub(taken);
        fill(zones, first, mark.last + 1, Zone::Quoted);
        let below =
            next_filled(lines, mark.last + 1, lines.len()).and_then(|below| lines.get(below));
        let unmarked = below.is_some_and(|below| !below.marked);
        if unmarked && (new_lines > 0 || mark.explicit && !mark.own) {
            fill(zones, mark.last + 1, lines.len(), Zone::Quoted);
            return;
        }
        at = mark.last + 1;
    }
}

fn mark_at(lines: &[Line<'_>], at: usize, writer: &Writer) -> Option<Mark> {
    let line = lines.get(at)?;
    if line.marked {
        let first = attribution::ending_at(lines, at)?;
        return Some(Mark { first, last: at, explicit: false, own: false });
    }
    if dividers::is_divider(line) {
        let head = next_filled(lines, at + 1, 3)
            .and_then(|next| header_block::beginning_at(lines, next, true));
        let last = head.map_or(at, |head| head.last);
        return Some(Mark { first: at, last, explicit: true, own: false });
    }
    if let Some(head) = header_block::beginning_at(lines, at, false) {
        let own =
            !writer.address.is_empty() && head.sender.to_lowercase().contains(&writer.address);
        return Some(Mark { first: at, last: head.last, explicit: true, own });
    }
    let first = attribution::ending_at(lines, at)?;
    Some(Mark { first, last: at, explicit: false, own: false })
}

/// The line with which a mark begins, with the rules and announcements right above it.
fn first_of(lines: &[Line<'_>], mark: usize) -> usize {
    let mut first = mark;
    let mut above = mark;
    while above > 0 && mark - above < 4 {
        above -= 1;
        let Some(line) = lines.get(above) else { break };
        let drawn = line.is_rule() || dividers::has_drawn_ends(line);
        if drawn || line.is_text() && dividers::announces(line) {
            first = above;
        } else if !line.is_blank() {
            break;
        }
    }
    first
}

/// Long quoted lines that a program wrapped: their rest bears no mark.
fn mark_overflow(lines: &[Line<'_>], zones: &mut [Zone]) {
    const LONG_BYTES: usize = 60;
    for (three, zone) in lines.windows(3).zip(zones.iter_mut().skip(1)) {
        let [above, line, below] = three else { continue };
        let between = above.marked && below.marked && line.is_text();
        let cut = above.bytes >= LONG_BYTES && !above.head.ends_with(['.', '?', '!', ':']);
        let rest =
            line.bytes < above.bytes && line.head.chars().next().is_some_and(char::is_lowercase);
        if between && cut && rest {
            *zone = Zone::Quoted;
        }
    }
}

/// The passages of new text between quotes, first to last.
fn passages(lines: &[Line<'_>], zones: &[Zone]) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    let mut follows_text = false;
    let mut open: Option<usize> = None;
    for (at, zone) in zones.iter().enumerate() {
        match (open, *zone == Zone::New) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                found.push(Passage { start, end: at, follows_text });
                follows_text |= has_text(lines, start, at);
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        found.push(Passage { start, end: zones.len(), follows_text });
    }
    found
}

fn has_text(lines: &[Line<'_>], start: usize, end: usize) -> bool {
    lines.iter().take(end).skip(start).any(|line| !line.is_blank())
}

fn mark_after_device(lines: &[Line<'_>], writer: &Writer, zones: &mut [Zone]) {
    for passage in passages(lines, zones) {
        if let Some(quoted) = sign_off::quoted_after_device(lines, passage, writer) {
            fill(zones, quoted, passage.end, Zone::Quoted);
        }
    }
}

/// Signatures stand at the end; and before it where all that follows is another, as below a quote.
fn mark_signatures(lines: &[Line<'_>], writer: &Writer, zones: &mut [Zone]) {
    /// A mail ends with the footers of a few programs at most.
    const ENDINGS_MAX: usize = 4;
    let passages = passages(lines, zones);
    let filled =
        passages.iter().rev().filter(|passage| has_text(lines, passage.start, passage.end));
    for passage in filled.take(ENDINGS_MAX) {
        if sign_off::mark(lines, *passage, writer, zones) {
            return;
        }
    }
}

/// A blank line belongs to what stands around it if both sides are of one zone.
fn close_gaps(lines: &[Line<'_>], zones: &mut [Zone]) {
    let mut before: Option<Zone> = None;
    let mut gap: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() {
            gap.get_or_insert(at);
            continue;
        }
        let here = zones.get(at).copied();
        if let Some(start) = gap.take()
            && let Some(zone) = here.filter(|_| here == before)
        {
            fill(zones, start, at, zone);
        }
        before = here;
    }
}

fn fill(zones: &mut [Zone], start: usize, end: usize, zone: Zone) {
    for place in zones.iter_mut().take(end).skip(start) {
        *place = zone;
    }
}
