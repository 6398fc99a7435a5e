//! Amounts of money as people of several countries write them.
//!
//! `1.234` is a thousand and more in Germany and less than two in the United States, so a column is
//! read as a whole: what one cell makes certain holds for the doubtful ones.
//! Must not: convert currencies.

/// Which sign stands before the cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecimalSign {
    Dot,
    Comma,
}

/// What the cells of one column say together about its decimal sign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct DecimalEvidence {
    dot: bool,
    comma: bool,
}

impl DecimalEvidence {
    /// Takes one more cell into account.
    pub(super) fn see(&mut self, text: &str) {
        let number = number_in(text);
        match number.map_or(Shape::Nothing, |(digits, _)| shape(&digits)) {
            Shape::Decimal(DecimalSign::Dot) => self.dot = true,
            Shape::Decimal(DecimalSign::Comma) => self.comma = true,
            Shape::Whole | Shape::Doubtful(_) | Shape::Nothing => {}
        }
    }

    /// The sign, if the cells agree on one.
    pub(super) fn sign(self) -> Option<DecimalSign> {
        match (self.dot, self.comma) {
            (true, false) => Some(DecimalSign::Dot),
            (false, true) => Some(DecimalSign::Comma),
            _ => None,
        }
    }
}

/// An amount that was read, or why not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Amount {
    /// The value.
    Value(f64),
    /// It can be read in two ways, and nothing in its column decides.
    Doubtful,
    /// There is no number in it, or more than one.
    None,
}

/// Reads an amount. `sign` is what the column says; cells that are certain do not need it.
pub(super) fn read_amount(text: &str, sign: Option<DecimalSign>) -> Amount {
    let Some((digits, factor)) = number_in(text) else { return Amount::None };
    let decimal = match shape(&digits) {
        Shape::Nothing => return Amount::None,
        Shape::Whole => None,
        Shape::Decimal(sign) => Some(sign),
        Shape::Doubtful(seen) => match (sign, seen) {
            (Some(sign), _) => Some(sign),
            // Nobody writes three decimals behind a comma, while machines write them behind a dot.
            (None, DecimalSign::Comma) => Some(DecimalSign::Dot),
            (None, DecimalSign::Dot) => return Amount::Doubtful,
        },
    };
    let plain: String = digits
        .chars()
        .filter_map(|c| match (c, decimal) {
            ('.', Some(DecimalSign::Dot)) | (',', Some(DecimalSign::Comma)) => Some('.'),
            ('.' | ',', _) => None,
            (c, _) => Some(c),
        })
        .collect();
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() => Amount::Value(value * factor),
        _ => Amount::None,
    }
}

/// The currency that stands in an amount (`€ 1.200`, `1200 EUR`) or alone in its own cell.
///
/// Signs that several countries share (`kr`, `¥`) say nothing; a bare `$` is taken for US dollars.
pub(super) fn read_currency(text: &str) -> Option<String> {
    let code = text
        .split(|c: char| !c.is_alphabetic())
        .find(|word| word.len() == 3 && ISO_4217.split(' ').any(|code| code == *word));
    if let Some(code) = code {
        return Some(code.to_owned());
    }
    let lower = text.to_lowercase();
    CURRENCIES.iter().find(|(sign, _)| lower.contains(sign)).map(|(_, code)| (*code).to_owned())
}

/// Codes of the currencies in use; `TBD` and `VAT` are none.
const ISO_4217: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND \
    BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN \
    ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK \
    JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK \
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG \
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND \
    TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

/// Signs and names, the longer ones first where one contains another.
const CURRENCIES: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("r$", "BRL"),
    ("hk$", "HKD"),
    ("nz$", "NZD"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("£", "GBP"),
    ("pound", "GBP"),
    ("fr.", "CHF"),
    ("zł", "PLN"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("$", "USD"),
    ("us dollar", "USD"),
    ("u.s. dollar", "USD"),
    ("swiss franc", "CHF"),
];

/// How certain the digits are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// No digits.
    Nothing,
    /// No cents, whatever the signs.
    Whole,
    /// The sign before the cents is certain.
    Decimal(DecimalSign),
    /// One sign with three digits behind it.
    Doubtful(DecimalSign),
}

/// The number alone: digits, the two signs and a minus; currencies, blanks and apostrophes gone.
/// Gives what it is multiplied by as well; nothing for a text with two numbers, such as a range.
fn number_in(text: &str) -> Option<(String, f64)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (before, from) = text.split_at_checked(start)?;
    let mut kept = String::new();
    let mut end = 0;
    for (at, c) in from.char_indices() {
        let rest = from.get(at + c.len_utf8()..).unwrap_or_default();
        let groups = || rest.bytes().take_while(u8::is_ascii_digit).count() == 3;
        match c {
            '0'..='9' | '.' | ',' => kept.push(c),
            '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' if groups() => {}
            _ => break,
        }
        end = at + c.len_utf8();
    }
    let behind = from.get(end..).unwrap_or_default();
    if behind.contains(|c: char| c.is_ascii_digit()) || kept.len() > NUMBER_BYTES_MAX {
        return None;
    }
    // `1.200,-` has no cents, and says which sign would stand before them.
    if kept.ends_with(['.', ',']) && behind.starts_with(['-', '–', '—']) {
        kept.push('0');
    }
    // The comma of a sentence is no part of the number.
    let kept = kept.trim_end_matches(['.', ',']);
    let minus = if is_negative(before) { "-" } else { "" };
    Some((format!("{minus}{kept}"), factor(behind)))
}

/// Longest number that is read, in bytes.
const NUMBER_BYTES_MAX: usize = 40;

/// A minus or a bracket before the digits, with no more than a currency beside it. A dash between
/// blanks belongs to the words before it.
fn is_negative(before: &str) -> bool {
    const MINUS: [char; 3] = ['-', '−', '('];
    let letters = before.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 3 && before.contains(MINUS)
}

/// What the word behind a number multiplies it by: `50k`, `1,5 Mio. €`.
fn factor(behind: &str) -> f64 {
    let behind = behind.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(behind);
    let word: String = behind.chars().take_while(|c| c.is_alphabetic()).take(12).collect();
    let word = word.to_lowercase();
    let is_one_of = |names: &[&str]| names.contains(&word.as_str());
    if is_one_of(&["k", "tsd", "thousand", "tausend", "mille", "mil"]) {
        1e3
    } else if is_one_of(&["m", "mm", "mn", "mio", "mln", "million", "millions", "millionen"]) {
        1e6
    } else if is_one_of(&["bn", "mrd", "billion"]) {
        1e9
    } else {
        1.0
    }
}

fn shape(digits: &str) -> Shape {
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return Shape::Nothing;
    }
    let dots = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let last = digits.rfind(['.', ',']);
    let behind = last.map_or(0, |at| digits.len() - at - 1);
    match (dots, commas) {
        (0, 0) => Shape::Whole,
        (1, 0) | (0, 1) => {
            let sign = if dots == 1 { DecimalSign::Dot } else { DecimalSign::Comma };
            let before = digits.trim_start_matches('-').len() - behind - 1;
            let leading_zero = digits.trim_start_matches('-').starts_with('0');
            if behind == 3 && (1..=3).contains(&before) && !leading_zero {
                Shape::Doubtful(sign)
            } else {
                Shape::Decimal(sign)
            }
        }
        // `1.234.567`: a sign that occurs twice groups thousands, so the other one would be cents.
        (_, 0) => Shape::Decimal(DecimalSign::Comma),
        (0, _) => Shape::Decimal(DecimalSign::Dot),
        _ if digits.rfind('.') > digits.rfind(',') => Shape::Decimal(DecimalSign::Dot),
        _ => Shape::Decimal(DecimalSign::Comma),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(column: &[&str], expected: &[Amount]) {
        let mut evidence = DecimalEvidence::default();
        for cell in column {
            evidence.see(cell);
        }
        let read: Vec<Amount> =
            column.iter().map(|cell| read_amount(cell, evidence.sign())).collect();
        assert_eq!(read, expected, "{column:?}");
    }

    #[test]
    fn a_column_decides_for_its_cells() {
        use Amount::{Doubtful, None, Value};
        check(&["1.234,50 €", "48.000"], &[Value(1234.5), Value(48_000.0)]);
        check(&["$1,234.50", "48,000"], &[Value(1234.5), Value(48_000.0)]);
        check(&["48,000.00", "48.000"], &[Value(48_000.0), Value(48.0)]);
        check(&["48.000"], &[Doubtful]);
        check(&["48,000"], &[Value(48_000.0)]);
        check(&["1'250.00 CHF", "1 250"], &[Value(1250.0), Value(1250.0)]);
        check(&["1.234.567"], &[Value(1_234_567.0)]);
        check(&["-12,5", "(30)"], &[Value(-12.5), Value(-30.0)]);
        check(&["0.125", "n/a", ""], &[Value(0.125), None, None]);
        check(&["24120000"], &[Value(24_120_000.0)]);
    }

    #[test]
    fn amounts_in_words_and_ranges() {
        use Amount::{None, Value};
        check(&["50k", "€50K", "50 k€"], &[Value(50_000.0); 3]);
        check(&["1.5M", "1,5 Mio. €"], &[Value(1_500_000.0); 2]);
        check(&["12,5 Tsd. EUR", "12 kr"], &[Value(12_500.0), Value(12.0)]);
        check(&["10,000 - 20,000", "1 200 / 2026", "1.2E+06"], &[None, None, None]);
        check(&["€ -1.200,00", "-€1.200,00"], &[Value(-1200.0); 2]);
        check(&["($1,200)"], &[Value(-1200.0)]);
        check(&["EUR 1.200,-", "Budget - 1200", "1200 EUR"], &[Value(1200.0); 3]);
        check(&["1 250 000,50 €", "1 250"], &[Value(1_250_000.5), Value(1250.0)]);
    }

    #[test]
    fn currencies() {
        for (text, expected) in [
            ("1.234,50 €", Some("EUR")),
            ("USD 12", Some("USD")),
            ("$12", Some("USD")),
            ("CHF", Some("CHF")),
            ("12 kr", None),
            ("12", None),
            ("TBD", None),
            ("NOK", Some("NOK")),
            ("TBD PLN", Some("PLN")),
        ] {
            assert_eq!(read_currency(text).as_deref(), expected, "{text:?}");
        }
    }
}
