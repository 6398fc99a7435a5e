//! Whether a title that somebody signs with is the one that the seller typed.
//!
//! People type "CFO" and "Sr. Mgr" for what a signature spells out, and signatures put the firm
//! behind the title. Must not: judge what a title is worth.

/// Words that say nothing about a title.
const SMALL_WORDS: [&str; 16] = [
    "of", "the", "and", "for", "de", "du", "des", "der", "für", "und", "et", "di", "del", "van",
    "y", "e",
];
/// An abbreviation has at most this many letters: "asst", "mgr".
const ABBREVIATION_CHARS_MAX: usize = 4;

/// Whether two titles say the same, short forms and small words apart.
pub(crate) fn same_title(typed: &str, signed: &str) -> bool {
    let (typed, signed) = (words(typed), words(signed));
    fits(&typed, &signed) || fits(&signed, &typed)
}

/// A title without the firm's name behind it.
pub(crate) fn without_firm<'t>(title: &'t str, organization: &str) -> &'t str {
    let firm = words(organization);
    let Some(first) = firm.first() else { return title };
    let cut = title.char_indices().skip(1).find_map(|(at, c)| {
        let before = title.get(..at)?.chars().next_back()?;
        let begins = c.is_alphanumeric() && !before.is_alphanumeric();
        (begins && words(title.get(at..)?).first() == Some(first)).then_some(at)
    });
    let kept = cut.and_then(|at| title.get(..at)).unwrap_or(title);
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || ",|-–—@·/(".contains(c));
    let kept = [" at", " bei", " chez", " bij"]
        .iter()
        .find_map(|link| kept.strip_suffix(link).filter(|_| cut.is_some()))
        .unwrap_or(kept);
    if kept.is_empty() { title } else { kept }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.').to_lowercase())
        .filter(|word| !word.is_empty() && !SMALL_WORDS.contains(&word.as_str()))
        .collect()
}

/// Whether the short form can be read as the long one, word by word.
fn fits(short: &[String], long: &[String]) -> bool {
    let Some((first, rest)) = short.split_first() else { return long.is_empty() };
    // "cfo" for "chief financial officer", "bd" for "business development".
    let letters = first.chars().count();
    let initials: String =
        long.iter().take(letters).filter_map(|word| word.chars().next()).collect();
    if letters >= 2 && initials == *first && fits(rest, long.get(letters..).unwrap_or(&[])) {
        return true;
    }
    long.split_first().is_some_and(|(word, behind)| {
        (word == first || shortens(first, word)) && fits(rest, behind)
    })
}

/// "sr" for "senior", "mgr" for "manager": the same first letter, and the rest in order.
fn shortens(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    (2..=ABBREVIATION_CHARS_MAX).contains(&short.chars().count())
        && short.chars().next() == long.chars().next()
        && short.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_the_same_title() {
        for (typed, signed, expected) in [
            ("CFO", "Chief Financial Officer", true),
            ("Director of BD & Marketing", "Director of Business Development & Marketing", true),
            ("Sr. Manager, L&D Operations", "Senior Manager L&D Operations", true),
            ("Vice President Sales", "VP Sales", true),
            ("Head of Delivery", "Head of Delivery a.i.", false),
            ("Buyer", "Head of Purchasing", false),
            ("", "Buyer", false),
        ] {
            assert_eq!(same_title(typed, signed), expected, "{typed} / {signed}");
        }
    }

    #[test]
    fn the_firm_is_no_part_of_a_title() {
        for (title, firm, expected) in [
            ("VP Operations, Great Plains Lines", "Great Plains Lines Inc.", "VP Operations"),
            ("Directeur MediVliet", "MediVliet BV", "Directeur"),
            ("Head of IT at Norcote", "Norcote Ltd", "Head of IT"),
            ("Director, Talent Development", "Northlake", "Director, Talent Development"),
            ("Norcote", "Norcote", "Norcote"),
        ] {
            assert_eq!(without_firm(title, firm), expected, "{title}");
        }
    }
}
