//! What stands beside a number: what it counts, and the words for thousands and millions.

use super::words::is_word;

/// What numbers of a firm count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// People at work.
    People,
    /// Money, by its currency.
    Money(&'static str),
    /// Something else, of which nobody is likely to ask.
    Other,
}

/// Words that mean people at work, folded.
const PEOPLE: [&str; 11] = [
    "people",
    "person",
    "persons",
    "personen",
    "staff",
    "heads",
    "fte",
    "ftes",
    "personal",
    "workforce",
    "kopfe",
];
/// Beginnings of such words: what follows is an ending, or what is counted of them.
const PEOPLE_BEGIN: [&str; 9] = [
    "employee",
    "headcount",
    "worker",
    "colleague",
    "mitarbeit",
    "beschaftigt",
    "angestellt",
    "arbeitnehm",
    "kolleg",
];
/// Words and signs for money, by currency.
const MONEY: [(&str, &[&str]); 9] = [
    ("eur", &["eur", "euro", "euros", "€"]),
    ("usd", &["usd", "dollar", "dollars", "$"]),
    ("gbp", &["gbp", "pound", "pounds", "pfund", "£"]),
    ("chf", &["chf", "sfr", "franken", "francs"]),
    ("jpy", &["jpy", "yen", "¥"]),
    ("sek", &["sek"]),
    ("nok", &["nok"]),
    ("dkk", &["dkk"]),
    ("pln", &["pln", "zloty"]),
];
/// What else numbers of a firm often count.
const OTHERS: [&str; 34] = [
    "%",
    "percent",
    "prozent",
    "year",
    "years",
    "jahr",
    "jahre",
    "jahren",
    "month",
    "months",
    "monate",
    "monaten",
    "week",
    "weeks",
    "day",
    "days",
    "tage",
    "tagen",
    "hours",
    "stunden",
    "country",
    "countries",
    "lander",
    "landern",
    "office",
    "offices",
    "site",
    "sites",
    "location",
    "locations",
    "standorte",
    "standorten",
    "customers",
    "kunden",
];

/// What a folded word counts; `None` where it is no word for that.
pub(super) fn unit(word: &str) -> Option<Unit> {
    if PEOPLE.contains(&word) || PEOPLE_BEGIN.iter().any(|begin| word.starts_with(begin)) {
        return Some(Unit::People);
    }
    let money = MONEY.iter().find(|(_, words)| words.contains(&word));
    let money = money.map(|(currency, _)| Unit::Money(currency));
    money.or_else(|| OTHERS.contains(&word).then_some(Unit::Other))
}

/// Whether a folded word names money.
pub(super) fn is_money(word: &str) -> bool {
    matches!(unit(word), Some(Unit::Money(_)))
}

/// Whether a folded word means one of the wanted ones.
pub(super) fn is_wanted(word: &str, wanted: &[String]) -> bool {
    let means = |wanted: &String| {
        let same = unit(word).filter(|unit| *unit != Unit::Other);
        is_word(word, wanted) || same.is_some() && same == unit(wanted)
    };
    wanted.iter().any(means)
}

/// How often a folded word takes the number before it.
pub(super) fn factor(word: &str) -> Option<f64> {
    Some(match word {
        "k" | "thousand" | "tsd" | "tausend" => 1e3,
        "m" | "mn" | "mio" | "million" | "millions" | "millionen" => 1e6,
        "b" | "bn" | "billion" | "billions" | "mrd" | "milliarde" | "milliarden" => 1e9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_one_thing_are_one_unit() {
        for (word, wanted, expected) in [
            ("mitarbeitern", "people", true),
            ("beschaftigte", "employees", true),
            ("euros", "eur", true),
            ("€", "euro", true),
            ("usd", "eur", false),
            ("trucks", "truck", true),
            ("years", "countries", false),
        ] {
            assert_eq!(is_wanted(word, &[wanted.to_owned()]), expected, "{word}: {wanted}");
        }
    }
}
