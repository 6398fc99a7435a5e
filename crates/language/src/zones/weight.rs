//! How much a line looks like part of a signature.
//!
//! Must not: know where the line stands beyond what its context says.

use super::closing::{self, Closing};
use super::contact;
use super::device::is_device_line;
use super::lines::Line;
use super::shape::{ends_sentence, is_bullet, is_extension, is_labelled, without_addresses};
use super::writer::Writer;
use crate::dates::tokens::{Kind, Token, tokens};
use crate::signature::{has_phone_number, is_title_word};

/// Longest line that is read word by word.
const READ_BYTES_MAX: usize = 240;

/// What stands around a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// Its place among the filled lines that are looked at.
    pub(super) place: usize,
    /// How many filled lines follow that are of no legal notice.
    pub(super) from_end: usize,
    /// Whether a blank line or nothing stands above.
    pub(super) blank_above: bool,
    /// Whether it is the very first line of what the writer wrote.
    pub(super) opens_all: bool,
    /// Whether it is part of a legal notice.
    pub(super) legal: bool,
}

/// A line with its weight.
#[expect(clippy::struct_excessive_bools, reason = "each is a feature that was seen or not")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weighed {
    /// Above zero: rather of a signature. In the manner of log odds.
    pub(super) weight: f32,
    /// Added if the signature begins with this line.
    pub(super) begins: f32,
    /// It says who writes or how to reach them, or that a machine added it.
    pub(super) identity: bool,
    /// It is a signature's line whatever stands around it.
    pub(super) strong: bool,
    /// It closes a letter or parts the signature from it.
    opens_name: bool,
    /// It introduces what follows, as "my numbers are:" does.
    introduces: bool,
    /// It was introduced so.
    introduced: bool,
    /// It has the form `Label: value`.
    labelled: bool,
    /// It is an entry of a list.
    bullet: bool,
    /// The writer's name stands in it.
    named: bool,
}

/// Weighs a line that follows another.
pub(super) fn weigh(
    line: &Line<'_>,
    above: Option<&Weighed>,
    context: &Context,
    writer: &Writer,
) -> Weighed {
    let mut found = if context.legal {
        Weighed { weight: 3.0, begins: 0.5, identity: true, strong: true, ..Weighed::default() }
    } else if line.fenced {
        Weighed { weight: -8.0, ..Weighed::default() }
    } else if line.is_delimiter() {
        // Two dashes alone are the convention, the others are habits.
        let strong = line.head == "--";
        Weighed {
            weight: if strong { 4.0 } else { 1.0 },
            begins: 1.5,
            identity: strong,
            strong,
            opens_name: true,
            ..Weighed::default()
        }
    } else if line.is_rule() {
        Weighed { weight: 0.0, begins: -0.5, ..Weighed::default() }
    } else if is_device_line(line) && (context.blank_above || context.from_end == 0) {
        Weighed { weight: 4.0, begins: 1.0, identity: true, strong: true, ..Weighed::default() }
    } else if !line.is_whole() || line.bytes > READ_BYTES_MAX || line.is_prose() {
        let introduces =
            line.is_whole() && line.head.ends_with([':', '…']) || line.head.ends_with("...");
        Weighed { weight: -5.0, introduces, ..Weighed::default() }
    } else {
        read(line, above, context, writer)
    };
    if context.blank_above {
        found.begins += 0.5;
    }
    if !found.opens_name && !found.strong {
        let above = above.copied().unwrap_or_default();
        if above.introduces || above.introduced && !context.blank_above {
            found.begins -= 2.0;
            if !found.named {
                found.weight -= 2.0;
                found.introduced = true;
            }
        }
        // A signature does not begin in the middle of a form.
        if above.labelled && found.labelled && !context.blank_above {
            found.begins -= 5.0;
        }
    }
    found.weight -= 0.05 * f32::from(u8::try_from(context.from_end).unwrap_or(u8::MAX));
    found
}

/// What is counted of a line.
struct Counted<'l> {
    words: Vec<&'l Token>,
    capitals: usize,
    small: usize,
    digits: usize,
    email: bool,
    own_email: bool,
    link: bool,
    cells: usize,
}

fn count<'l>(line: &Line<'_>, tokens: &'l [Token], writer: &Writer) -> Counted<'l> {
    let words: Vec<&Token> = tokens.iter().filter(|token| token.kind == Kind::Word).collect();
    let chunks = || line.head.split_whitespace();
    let lowered = line.head.to_lowercase();
    Counted {
        capitals: words.iter().filter(|word| word.capital).count(),
        small: words.iter().filter(|word| !word.capital && word.folded.chars().count() > 3).count(),
        digits: line.head.bytes().filter(u8::is_ascii_digit).count(),
        email: chunks().any(contact::is_email),
        own_email: !writer.address.is_empty() && lowered.contains(&writer.address),
        link: chunks().any(contact::is_link),
        cells: line
            .head
            .split(['|', '•', '·', '⋅', '◦'])
            .filter(|cell| !cell.trim().is_empty())
            .count(),
        words,
    }
}

fn read(line: &Line<'_>, above: Option<&Weighed>, context: &Context, writer: &Writer) -> Weighed {
    let all = tokens(line.head);
    if let Some(closing) = closing::of(&all, writer) {
        return of_closing(closing);
    }
    // Words of addresses and links say nothing of how a line reads.
    let tokens = match without_addresses(line.head) {
        Some(bare) => tokens(&bare),
        None => all,
    };
    let seen = count(line, &tokens, writer);
    let mut found = Weighed { weight: -1.2, begins: -1.5, ..Weighed::default() };
    name(&mut found, line, &seen, above, context, writer);
    reach(&mut found, line, &seen);
    position(&mut found, line, &seen, &tokens);
    prose(&mut found, line, &seen, context);
    found
}

fn of_closing(closing: Closing) -> Weighed {
    Weighed {
        weight: match (closing.formal, closing.named) {
            (true, true) => 5.0,
            (true, false) | (false, true) => 3.5,
            (false, false) => 1.2,
        },
        begins: 1.5,
        identity: closing.formal || closing.named,
        opens_name: true,
        ..Weighed::default()
    }
}

/// The writer's name, initials, or what is written like a name where one belongs.
fn name(
    found: &mut Weighed,
    line: &Line<'_>,
    seen: &Counted<'_>,
    above: Option<&Weighed>,
    context: &Context,
    writer: &Writer,
) {
    let n = seen.words.len();
    let own = writer.matches(&seen.words);
    let first_own = seen.words.first().is_some_and(|word| writer.has(word));
    let ends = ends_sentence(line.head);
    let second_own = seen.words.get(1).is_some_and(|word| writer.has(word));
    let first_own = first_own
        || second_own && seen.words.first().is_some_and(|word| word.folded.chars().count() == 1);
    // Alone below the last paragraph.
    let nickname = n == 1
        && seen.digits == 0
        && context.from_end == 0
        && context.blank_above
        && !ends
        && seen.words.first().is_some_and(|word| writer.may_be_called(word));
    let initials = n > 1 && seen.digits == 0 && writer.signs_in_letters(&seen.words)
        || n == 1
            && seen.digits == 0
            && seen.words.first().is_some_and(|word| writer.signs_as(word));
    let after_closing = above.is_some_and(|above| above.opens_name);
    let dashed = line.head.starts_with(['-', '/', '~', '–', '—', '*'])
        && !line.head.starts_with("- ")
        && !line.head.starts_with("* ");
    let shaped = (1..=4).contains(&n)
        && seen.small == 0
        && seen.capitals * 2 > n
        && seen.digits == 0
        && !ends
        && !line.head.ends_with([',', ';']);
    let last_own = seen.words.last().is_some_and(|word| writer.has(word));
    let mostly_own = own > 0 && n <= 6 && own * 2 >= n && !ends && !line.head.ends_with(',');
    let partly_own = first_own && n <= 9 && seen.small <= 2 && !ends;
    // "Your friend, Ann."
    let signed = last_own && n <= 4 && context.from_end == 0 && !ends;
    let listed = above.is_some_and(|above| above.bullet);
    let (weight, begins) = if mostly_own {
        (4.2, 0.5)
    } else if initials {
        (4.0, 0.5)
    } else if signed || nickname {
        (3.0, 0.3)
    } else if partly_own {
        (2.2, 0.5)
    } else if shaped && after_closing {
        (3.0, found.begins)
    } else if shaped && dashed && context.from_end <= 3 && !listed {
        (3.5, 0.5)
    } else {
        if shaped && line.bytes <= 45 {
            found.weight += 1.2;
            if (2..=3).contains(&n) && seen.capitals == n {
                found.begins = -0.8;
            }
        }
        return;
    };
    found.weight += weight;
    found.begins = begins;
    found.identity = true;
    found.named = true;
}

/// Phones, addresses, links.
fn reach(found: &mut Weighed, line: &Line<'_>, seen: &Counted<'_>) {
    let n = seen.words.len();
    if n > 9 && seen.cells < 2 {
        return;
    }
    let few = n <= 4 || seen.cells >= 2 || seen.small == 0;
    if has_phone_number(line.head) && few {
        found.weight += if n <= 3 { 2.8 } else { 2.0 };
        found.identity = true;
    } else if n <= 2 && (4..=7).contains(&seen.digits) && is_extension(line.head) {
        found.weight += 2.4;
        found.identity = true;
    }
    if seen.email && few {
        found.weight += 2.2;
        found.identity = true;
        if seen.own_email {
            found.weight += 1.0;
            found.begins = 0.0;
        }
    }
    if seen.link && n <= 3 {
        found.weight += 1.6;
        found.identity |= seen.cells >= 2;
    }
    if seen.words.first().is_some_and(|word| contact::is_label(&word.folded))
        && (seen.digits >= 4 || seen.email || seen.link)
    {
        found.weight += 1.0;
    }
    if line.head.starts_with('@') && n <= 2 {
        found.weight += 1.6;
    }
}

/// Titles, companies, streets.
fn position(found: &mut Weighed, line: &Line<'_>, seen: &Counted<'_>, tokens: &[Token]) {
    let n = seen.words.len();
    let sentence = line.head.ends_with(['?', '!', ':']) || seen.small > 3 && seen.cells < 2;
    if n == 0 || n > 12 || sentence {
        return;
    }
    let capital = seen.words.first().is_some_and(|word| word.capital);
    if n <= 9 && capital && seen.words.iter().any(|word| is_title_word(word)) {
        found.weight += 2.0;
        found.identity = true;
    }
    if contact::has_legal_form(tokens) && capital {
        found.weight += 2.0;
        found.identity = true;
    }
    if seen.digits >= 2 && seen.small == 0 && seen.capitals >= 1 && n <= 8 {
        found.weight += 1.2;
    }
    if seen.cells >= 2 {
        found.weight += 1.2;
    }
    if n >= 2 && seen.capitals == n && line.bytes <= 50 && !line.head.ends_with('.') {
        found.weight += 0.6;
    }
}

/// What speaks for a sentence, a greeting, a list.
fn prose(found: &mut Weighed, line: &Line<'_>, seen: &Counted<'_>, context: &Context) {
    let n = seen.words.len();
    let one_cell = if seen.cells >= 2 { 0.5 } else { 1.0 };
    found.weight -= one_cell * (0.5 * small_count(seen.small)).min(4.0);
    if line.bytes > 75 {
        found.weight -= one_cell;
    }
    if line.bytes > 110 {
        found.weight -= one_cell * 1.5;
    }
    if line.head.ends_with(['.', '!']) && n >= 4 {
        found.weight -= 1.2;
    }
    if line.head.contains("? ") || line.head.ends_with('?') {
        found.weight -= 3.0;
    }
    found.bullet = is_bullet(line.head);
    if found.bullet {
        found.weight -= 2.0;
    }
    if context.opens_all && context.place == 0 {
        found.weight -= if line.head.ends_with([',', ':', '!']) { 5.0 } else { 1.5 };
    }
    found.introduces =
        (line.head.ends_with(':') || line.head.ends_with("...") && n > 4) && !found.identity;
    found.labelled = is_labelled(line.head);
}

fn small_count(count: usize) -> f32 {
    f32::from(u8::try_from(count).unwrap_or(u8::MAX))
}
