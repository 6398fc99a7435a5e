//! What a signature says of its writer: name, title, company, phones.
//!
//! The lines are cut into cells (`cells`); a cell is a name if the writer is called so, a title
//! if it holds a word of a position and reads like no sentence (`title`), a company if it bears
//! a legal form or the name of the writer's domain (`company`). A wrong title would become a wrong fact,
//! so what is not plain stays out.
//!
//! Must not: complete or translate anything; every field stands in the text as it is given.

mod cells;
mod company;
mod phones;
mod title;
mod titles;

use inroad_model::{Mailbox, Signature};

use self::cells::Cell;
use crate::dates::tokens::{Kind, Token, tokens};
use crate::zones::writer::Writer;

pub(crate) use self::phones::{has_number as has_phone_number, is_label as is_phone_label};
pub(crate) use self::titles::{is_title_name, is_title_word};

/// Phones that are kept of one signature.
const PHONES_MAX: usize = 6;

/// Reads the lines of a signature. What is not plainly one of the fields stays out.
///
/// ```
/// use inroad_language::signature::read;
/// use inroad_model::Mailbox;
/// let from = Mailbox { name: Some("Ines Postma".into()), address: "i.postma@vialis.example".parse().unwrap() };
/// let found = read("Ines Postma\nHead of Quality | Vialis Medical B.V.\nT +31 20 555 0199", Some(&from));
/// assert_eq!(found.title.as_deref(), Some("Head of Quality"));
/// assert_eq!(found.company.as_deref(), Some("Vialis Medical B.V."));
/// assert_eq!(found.phones, ["+31 20 555 0199"]);
/// ```
pub fn read(signature_text: &str, from: Option<&Mailbox>) -> Signature {
    let writer = Writer::of(from);
    let block = cells::read(signature_text, &writer);
    let named = name(&block.cells, &writer);
    let mut signature = Signature {
        name: named.as_ref().map(|named| named.name.to_owned()),
        phones: phones(&block.lines),
        ..Signature::default()
    };
    let placed = title::find(&block.cells, named.as_ref(), &writer);
    let title = placed.title.zip(placed.cell);
    let title =
        title.map(|(title, at)| title::with_area(&block.cells, &block.lines, at, title, &writer));
    signature.title = title.or(placed.title).map(str::to_owned);
    signature.company = placed
        .company
        .or_else(|| company::find(&block.cells, named.as_ref(), placed.cell, &writer))
        .map(str::to_owned);
    signature
}

/// The cell with the name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'t> {
    /// The name.
    name: &'t str,
    /// The index of the cell.
    cell: usize,
    /// What follows the name in its cell, such as "Head of Quality, Vialis".
    rest: &'t str,
}

/// The cell that names the writer most fully; if the writer's name is not known, the first cell
/// that is written like a name.
fn name<'t>(cells: &[Cell<'t>], writer: &Writer) -> Option<Named<'t>> {
    let mut best: Option<(usize, Named<'t>)> = None;
    for (at, cell) in cells.iter().enumerate() {
        let Some((matched, mut named)) = named_in(cell.text, writer) else { continue };
        named.cell = at;
        if best.is_none_or(|(most, _)| matched > most) {
            best = Some((matched, named));
        }
    }
    if let Some((_, named)) = best {
        return Some(named);
    }
    if writer.is_known() {
        return None;
    }
    let first = cells.first().filter(|cell| is_written_as_name(cell.text))?;
    Some(Named { name: first.text, cell: 0, rest: "" })
}

/// The name at the beginning of a cell, and how many words of the writer's it has.
fn named_in<'t>(cell: &'t str, writer: &Writer) -> Option<(usize, Named<'t>)> {
    let whole = tokens(cell);
    let words = words(&whole);
    let own = |part: &[&Token]| writer.matches(part);
    let n = words.len();
    // "Postma, Ines"
    if n <= 5
        && own(&words) * 2 >= n
        && own(&words) > 0
        && !words.iter().any(|word| is_title_word(word))
        && cell.len() <= 60
    {
        let (name, rest) = match cell.split_once(", ") {
            Some((first, rest)) if own_words(rest, writer) == 0 => (first, rest),
            _ => (cell.split('(').next().unwrap_or(cell), ""),
        };
        return Some((own(&words), Named { name: cells::without_marks(name), cell: 0, rest }));
    }
    if let Some((first, rest)) = cell.split_once([',', '(']) {
        let first_tokens = tokens(first);
        let first_words = self::words(&first_tokens);
        let matched = own(&first_words);
        if matched > 0 && matched * 2 >= first_words.len() && first_words.len() <= 5 {
            return Some((
                matched,
                Named { name: cells::without_marks(first), cell: 0, rest: rest.trim() },
            ));
        }
    }
    // "Ines Postma Head of Quality"
    let last =
        words.iter().take_while(|word| word.capital && !is_title_word(word)).take(4).enumerate();
    let last = last.filter(|(_, word)| writer.has(word)).last()?;
    let (count, word) = last;
    let rest = cell.get(word.end..)?.trim();
    let matched = own(words.get(..=count)?);
    let titled = tokens(rest).iter().any(is_title_word);
    (titled && matched * 2 > count).then(|| {
        let name = cell.get(..word.end).unwrap_or(cell);
        (matched, Named { name: cells::without_marks(name), cell: 0, rest })
    })
}

fn own_words(text: &str, writer: &Writer) -> usize {
    let tokens = tokens(text);
    writer.matches(&words(&tokens))
}

fn words(tokens: &[Token]) -> Vec<&Token> {
    tokens.iter().filter(|token| token.kind == Kind::Word).collect()
}

/// Two to four words in capitals, with the small words that belong to names.
fn is_written_as_name(text: &str) -> bool {
    const WITHIN_NAMES: [&str; 16] = [
        "van", "von", "de", "der", "den", "di", "da", "del", "la", "le", "du", "dos", "el", "zu",
        "ten", "af",
    ];
    let tokens = tokens(text);
    let capitals = tokens.iter().filter(|t| t.kind == Kind::Word && t.capital).count();
    let clean = tokens.iter().all(|t| match t.kind {
        Kind::Word => t.capital || WITHIN_NAMES.contains(&t.folded.as_str()),
        Kind::Mark => matches!(t.folded.as_str(), "." | "-" | "'"),
        Kind::Number(_) => false,
    });
    clean
        && (2..=4).contains(&capitals)
        && tokens.len() <= 8
        && !tokens.iter().any(is_title_word)
        && !crate::zones::contact::has_legal_form(&tokens)
}

fn phones(lines: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    for number in lines.iter().flat_map(|line| phones::of(line)) {
        if found.len() < PHONES_MAX && !found.iter().any(|other| digits(other) == digits(number)) {
            found.push(number.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests;
