//! The words around a number: what it counts, and whether that is of the whole firm.

use super::super::units::{Unit, is_money, is_wanted, unit};
use super::pieces::Piece;

/// So many words around a number may say what it counts.
const REACH: usize = 3;
/// So many before a colon, where they name what is counted.
const LABEL_REACH: usize = 8;
/// So many words around a number may say that it is of the whole firm.
const WHOLE_REACH: usize = 6;
/// Phrases that say so, folded.
const WHOLE: [&str; 17] = [
    "overall",
    "total",
    "in total",
    "altogether",
    "in all",
    "worldwide",
    "world wide",
    "globally",
    "group wide",
    "groupwide",
    "company wide",
    "companywide",
    "insgesamt",
    "gesamt",
    "weltweit",
    "konzernweit",
    "gruppenweit",
];
/// Words that may stand between a limit and its number, beside money.
const NEARLY: [&str; 6] = ["about", "around", "approximately", "approx", "circa", "ca"];

/// The words around a number within its clause, the nearest first.
pub(super) struct Around<'a> {
    before: Vec<&'a str>,
    behind: Vec<&'a str>,
    /// Whether a colon stands before it.
    is_labelled: bool,
    /// Whether another number stands before it in the clause.
    follows_another: bool,
    /// Whether another number follows in the clause.
    leads_another: bool,
}

impl<'a> Around<'a> {
    pub(super) fn of(pieces: &'a [Piece], first: usize, end: usize) -> Self {
        let (before, behind) =
            (pieces.get(..first).unwrap_or_default(), pieces.get(end..).unwrap_or_default());
        let is_number = |piece: Option<&Piece>| matches!(piece, Some(Piece::Number(_)));
        let word = Piece::word;
        let mut words_before: Vec<&str> = before.iter().rev().map_while(word).collect();
        let mut words_behind: Vec<&str> = behind.iter().map_while(word).collect();
        let follows_another = is_number(before.iter().rev().nth(words_before.len()));
        let leads_another = is_number(behind.get(words_behind.len()));
        let is_labelled = words_before.iter().take(REACH).any(|word| *word == ":");
        let is_word = |word: &&str| !matches!(*word, "-" | ":");
        words_before.retain(is_word);
        words_behind.retain(is_word);
        Self {
            is_labelled,
            before: words_before,
            behind: words_behind,
            follows_another,
            leads_another,
        }
    }

    /// Whether the number counts that: the nearest word that tells what numbers count decides.
    pub(super) fn counts(&self, wanted: &[String]) -> bool {
        if wanted.is_empty() {
            return true;
        }
        let wants_unit = wanted.iter().any(|word| unit(word).is_some());
        let tells = |word: &str| match unit(word) {
            // What is asked for may be the name of a sum: revenue, EUR 12 million.
            Some(Unit::Money(_)) => wants_unit,
            Some(_) => true,
            None => false,
        };
        // Money directly before a number is of that number alone.
        let (money, before) = match self.before.as_slice() {
            [money, before @ ..] if is_money(money) => (Some(money), before),
            before => (None, before),
        };
        if let Some(money) = money.filter(|_| wants_unit) {
            return is_wanted(money, wanted);
        }
        let behind = match self.behind.as_slice() {
            [behind @ .., money] if self.leads_another && is_money(money) => behind,
            behind => behind,
        };
        // Of what stands between two numbers, each counts what is nearer to it.
        let before_reach = match (self.follows_another, self.is_labelled) {
            (_, true) => LABEL_REACH,
            (true, false) => REACH.min(before.len() / 2),
            (false, false) => REACH,
        };
        let behind_reach =
            if self.leads_another { REACH.min(behind.len().div_ceil(2)) } else { REACH };
        let before = before.get(..before_reach).unwrap_or(before);
        let behind = behind.get(..behind_reach).unwrap_or(behind);
        let by_distance = (0..LABEL_REACH).flat_map(|at| [behind.get(at), before.get(at)]);
        let nearest = by_distance.flatten().find(|word| tells(word) || is_wanted(word, wanted));
        nearest.is_some_and(|word| is_wanted(word, wanted))
    }

    pub(super) fn before_limit(&self) -> Vec<&'a str> {
        let stands_between = |word: &&&str| is_money(word) || NEARLY.contains(word);
        self.before.iter().skip_while(stands_between).copied().collect()
    }

    /// From the number on, or from behind what it counts.
    pub(super) fn behind_limit(&self) -> Vec<&'a str> {
        self.behind.iter().skip_while(|word| unit(word).is_some()).copied().collect()
    }

    /// The words within a reach, with a blank on either side of each.
    fn text(&self, reach: usize) -> (String, String) {
        let before: Vec<&str> = self.before.iter().take(reach).rev().copied().collect();
        let behind: Vec<&str> = self.behind.iter().take(reach).copied().collect();
        (format!(" {} ", before.join(" ")), format!(" {} ", behind.join(" ")))
    }

    pub(super) fn is_whole(&self) -> bool {
        let (before, behind) = self.text(WHOLE_REACH);
        let holds = |phrase: &str| {
            let phrase = format!(" {phrase} ");
            before.contains(&phrase) || behind.contains(&phrase)
        };
        WHOLE.into_iter().any(holds)
    }

    /// Whether nothing but that stands beside it: `40 people in Kiel, 300 worldwide`.
    pub(super) fn is_only_whole(&self) -> bool {
        let (before, behind) = self.text(WHOLE_REACH);
        let has_unit = self.before.iter().chain(&self.behind).any(|word| unit(word).is_some());
        let is_beside = |phrase: &str| {
            let phrase = format!(" {phrase} ");
            behind.starts_with(&phrase) || self.behind.is_empty() && before.ends_with(&phrase)
        };
        !has_unit && WHOLE.into_iter().any(is_beside)
    }
}
