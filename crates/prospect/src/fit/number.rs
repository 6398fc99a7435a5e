//! Numbers as people write them of a firm: `350 people`, `51-200 employees`, `EUR 12.5 million`.

use super::words::words;

/// A number, or a span of numbers, with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    /// At least.
    pub(super) low: f64,
    /// At most; infinite where the text says so.
    pub(super) high: f64,
    /// The words near it, folded: what is counted.
    units: Vec<String>,
}

/// Words that mean people at work, folded.
const PEOPLE: [&str; 14] = [
    "people",
    "employees",
    "employee",
    "staff",
    "person",
    "persons",
    "heads",
    "headcount",
    "fte",
    "ftes",
    "mitarbeiter",
    "mitarbeitende",
    "workers",
    "colleagues",
];
/// Words that mean that the number is the least.
const AT_LEAST: [&str; 9] =
    ["over", "than", "above", "least", "exceeding", "beyond", "uber", "mehr", "mindestens"];
/// Words that mean that the number is the most.
const AT_MOST: [&str; 7] = ["under", "below", "most", "up", "fewer", "less", "bis"];

impl Amount {
    /// Whether it counts that; anything where nothing is named.
    pub(super) fn is_of(&self, unit: &str) -> bool {
        let wanted: Vec<String> = words(unit).into_iter().flatten().collect();
        let means_people = wanted.iter().any(|word| PEOPLE.contains(&word.as_str()));
        wanted.is_empty()
            || self.units.iter().any(|word| {
                wanted.contains(word) || means_people && PEOPLE.contains(&word.as_str())
            })
    }
}

/// All numbers of a text.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let pieces = pieces(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let Piece::Number { value, plus } = *piece else {
            at += 1;
            continue;
        };
        let first = at;
        let (mut low, mut high) = (value, if plus { f64::INFINITY } else { value });
        let mut last = at;
        if let (Some(Piece::Word(to)), Some(Piece::Number { value: end, .. })) =
            (pieces.get(at + 1), pieces.get(at + 2))
            && (is_to(to))
            && *end >= value
        {
            high = *end;
            last = at + 2;
        }
        let mut factor = 1.0;
        if let Some(Piece::Word(word)) = pieces.get(last + 1)
            && let Some(times) = times(word)
        {
            factor = times;
            last += 1;
        }
        low *= factor;
        high *= factor;
        let around = around(&pieces, first, last);
        if low.total_cmp(&high).is_eq() {
            let before: Vec<&str> = before(&pieces, first).collect();
            if before.iter().any(|word| AT_MOST.contains(word)) {
                low = 0.0;
            } else if before.iter().any(|word| AT_LEAST.contains(word)) {
                high = f64::INFINITY;
            }
        }
        found.push(Amount { low, high, units: around });
        at = last + 1;
    }
    found
}

/// Words that stand between the ends of a span.
fn is_to(word: &str) -> bool {
    matches!(word, "-" | "to" | "bis" | "and")
}

fn times(word: &str) -> Option<f64> {
    Some(match word {
        "k" | "thousand" | "tsd" | "tausend" => 1e3,
        "m" | "mn" | "mio" | "million" | "millions" | "millionen" => 1e6,
        "b" | "bn" | "billion" | "mrd" | "milliarden" => 1e9,
        _ => return None,
    })
}

/// The three words before a number, the nearest first, up to the end of the clause.
fn before(pieces: &[Piece], first: usize) -> impl Iterator<Item = &str> {
    pieces.get(..first).unwrap_or_default().iter().rev().take(3).map_while(as_word)
}

/// What stands around a number: behind it up to the next one; before it too, but what stands behind
/// a former number counts that one.
fn around(pieces: &[Piece], first: usize, last: usize) -> Vec<String> {
    let behind = pieces.get(last + 1..).unwrap_or_default().iter().take(3).map_while(as_word);
    let in_reach = pieces.get(first.saturating_sub(3)..first).unwrap_or_default();
    let follows_another = in_reach.iter().any(|piece| matches!(piece, Piece::Number { .. }));
    let before = before(pieces, first).take(if follows_another { 1 } else { 3 });
    before.chain(behind).map(str::to_owned).collect()
}

fn as_word(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Word(word) if word != "|" => Some(word),
        _ => None,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Number {
        value: f64,
        plus: bool,
    },
    /// A word, folded; `-` between numbers; `|` at the end of a clause.
    Word(String),
}

fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c.is_ascii_digit() {
            let (digits, end) = number_at(&chars, at);
            let plus = chars.get(end) == Some(&'+');
            if let Some(value) = read(&digits) {
                pieces.push(Piece::Number { value, plus });
            }
            at = end + usize::from(plus);
        } else if c.is_alphabetic() {
            let end = (at..chars.len())
                .find(|&n| chars.get(n).is_none_or(|c| !c.is_alphabetic()))
                .unwrap_or(chars.len());
            let word: String = chars.get(at..end).unwrap_or_default().iter().collect();
            pieces.push(Piece::Word(inroad_language::folding::fold(&word)));
            at = end;
        } else {
            match c {
                '-' | '–' | '—' => pieces.push(Piece::Word("-".to_owned())),
                ',' | ';' | '.' | ':' | '(' | ')' | '\n' => {
                    pieces.push(Piece::Word("|".to_owned()));
                }
                '€' => pieces.push(Piece::Word("eur".to_owned())),
                '$' => pieces.push(Piece::Word("usd".to_owned())),
                '£' => pieces.push(Piece::Word("gbp".to_owned())),
                _ => {}
            }
            at += 1;
        }
    }
    pieces
}

/// Digits with the marks between them, and where they end.
fn number_at(chars: &[char], start: usize) -> (String, usize) {
    let mut end = start;
    let digit = |n: usize| chars.get(n).is_some_and(char::is_ascii_digit);
    let mut digits = String::new();
    while let Some(&c) = chars.get(end) {
        let groups_three = digit(end + 1) && digit(end + 2) && digit(end + 3) && !digit(end + 4);
        let is_mark =
            ".,".contains(c) && digit(end + 1) || " '’\u{a0}\u{202f}".contains(c) && groups_three;
        if !c.is_ascii_digit() && !is_mark {
            break;
        }
        digits.push(if c.is_ascii_digit() || ".,".contains(c) { c } else { ',' });
        end += 1;
    }
    (digits, end)
}

/// `1,200`, `1.200`, `12.5`, `12,5`, `1.200,50`: the last mark with other than three digits behind
/// it, or of two kinds the last one, stands before the fraction.
fn read(digits: &str) -> Option<f64> {
    let last = digits.rfind(['.', ',']);
    let fraction = last.filter(|&at| {
        let mark = digits.as_bytes().get(at).copied().unwrap_or_default();
        let other = if mark == b'.' { ',' } else { '.' };
        digits.len() - at - 1 != 3 || digits.get(..at).is_some_and(|before| before.contains(other))
    });
    let plain: String = digits
        .char_indices()
        .filter_map(|(at, c)| match c {
            '.' | ',' => (Some(at) == fraction).then_some('.'),
            digit => Some(digit),
        })
        .collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, unit: &str, expected: &[(f64, f64)]) {
        let found: Vec<(f64, f64)> = amounts(text)
            .into_iter()
            .filter(|amount| amount.is_of(unit))
            .map(|amount| (amount.low, amount.high))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_as_people_write_them() {
        let inf = f64::INFINITY;
        check("350 people", "people", &[(350.0, 350.0)]);
        check("1,200 employees in 3 countries", "people", &[(1200.0, 1200.0)]);
        check("1.200 Mitarbeiter", "people", &[(1200.0, 1200.0)]);
        check("1 200 salaried staff", "people", &[(1200.0, 1200.0)]);
        check("51-200 people", "people", &[(51.0, 200.0)]);
        check("between 51 and 200 employees", "people", &[(51.0, 200.0)]);
        check("over 1,000 employees", "people", &[(1000.0, inf)]);
        check("up to 50 people", "people", &[(0.0, 50.0)]);
        check("10,000+ employees", "people", &[(10_000.0, inf)]);
        check("revenue EUR 12.5 million", "EUR", &[(12.5e6, 12.5e6)]);
        check("revenue of €25m, 80 people", "eur", &[(25e6, 25e6)]);
        check("Umsatz 12,5 Mio EUR", "EUR", &[(12.5e6, 12.5e6)]);
        check("$1.2bn", "USD", &[(1.2e9, 1.2e9)]);
        check("founded in 1998, 40 people", "people", &[(40.0, 40.0)]);
        check("1.200,50", "", &[(1200.5, 1200.5)]);
        check("no number", "", &[]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>()) {
            for amount in amounts(&text) {
                prop_assert!(amount.low <= amount.high);
            }
        }
    }
}
