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
        match shape(&digits_and_signs(text)) {
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
    /// There is no number in it.
    None,
}

/// Reads an amount. `sign` is what the column says; cells that are certain do not need it.
pub(super) fn read_amount(text: &str, sign: Option<DecimalSign>) -> Amount {
    let digits = digits_and_signs(text);
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
        Ok(value) if value.is_finite() => Amount::Value(value),
        _ => Amount::None,
    }
}

/// The currency that stands in an amount (`€ 1.200`, `1200 EUR`) or alone in its own cell.
///
/// Signs that several countries share (`kr`, `¥`) say nothing; a bare `$` is taken for US dollars.
pub(super) fn read_currency(text: &str) -> Option<String> {
    let code = text
        .split(|c: char| !c.is_alphabetic())
        .find(|word| word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase()));
    if let Some(code) = code {
        return Some(code.to_owned());
    }
    let lower = text.to_lowercase();
    CURRENCIES.iter().find(|(sign, _)| lower.contains(sign)).map(|(_, code)| (*code).to_owned())
}

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
fn digits_and_signs(text: &str) -> String {
    let negative =
        text.trim_start().starts_with(['-', '−', '(']) && text.chars().any(|c| c.is_ascii_digit());
    let kept: String =
        text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).take(40).collect();
    // The dot of `Fr.` and the comma of a sentence are no part of the number.
    let kept = kept.trim_matches(|c| matches!(c, '.' | ','));
    if negative { format!("-{kept}") } else { kept.to_owned() }
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
    fn currencies() {
        for (text, expected) in [
            ("1.234,50 €", Some("EUR")),
            ("USD 12", Some("USD")),
            ("$12", Some("USD")),
            ("CHF", Some("CHF")),
            ("12 kr", None),
            ("12", None),
        ] {
            assert_eq!(read_currency(text).as_deref(), expected, "{text:?}");
        }
    }
}
