//! The line that introduces a quote: "On … wrote:" in any language, on one to four lines.
//!
//! Told by what it is made of, each part adding to a score: a day, a time, an address, a word for
//! writing, a colon at the end, quoted lines below. Words that belong to none of these take away
//! from it, since a sentence has many of them and an introduction has none.
//!
//! Must not: hold a list of whole phrases.

use std::sync::LazyLock;

use super::day_parts::DayParts;
use super::lines::{Line, is_drawn, next_filled};
use crate::dates::tokens::{Kind, Token, fold, tokens, word_set};
use crate::word_table::WordSet;

/// Programs wrap an introduction over at most so many lines.
const LINES_MAX: usize = 4;
/// Longest introduction: a date, a name and an address of 320 bytes at most.
const BYTES_MAX: usize = 480;

/// Words for writing, in the forms that mail programs use.
const WROTE: &str = "wrote writes schrieb schreibt geschrieben écrit escribió escribio scritto \
    schreef geschreven escreveu skrev skreiv kirjoitti napisał napisała pisze написал написала \
    написали пишет писал писала пише написав napsal napsala napísal napísala írta yazdı scris \
    έγραψε quoting zitat citando cytując написа kirjutas escrigué escriure rašė rakstīja";
/// The same where words are not parted by blanks.
const WROTE_UNPARTED: [&str; 6] = ["写道", "寫道", "のメール", "書きました", "작성", "คุณเขียน"];

/// Words that stand between the parts of an introduction without belonging to a sentence.
const BETWEEN: &str = "on at in the of from by via and am pm a m p um den der dem von vom hat uhr le la les à \
    de du des par el las los il lo alle ore ha giorno data op om het heeft van door em às as os \
    no na dia d kl klo den det fra av af w dniu dnia o godz użytkownik od do roku r г в от \
    пользователь ч gmt utc cet cest est edt pst pdt cst mst msk you vous du ihr te the que i e h \
    uur à mailto s följande following volgende folgendes ve tarihinde na v dňa dne ob";
/// Words that open an introduction when a day follows.
const OPENS: &str = "on am le el il em op den w dnia in om på a la во at dne dňa";
/// Who writes in a sentence, but never in an introduction.
const PRONOUNS: &str = "i he she we they it ich er wir elle on nous ils elles je tu ik hij ze zij we wij jag \
    han hon vi jeg hun minä hän me я он она мы они who lui lei io noi él ella ele ela eu";

/// Words that open a sentence and never an introduction.
const OPENS_SENTENCE: &str = "as what that if when since because like how wie was dass wenn weil comme que ce quand si \
    como lo come ciò zoals wat som hva hvad kuten mitä jak co как что please bitte i we you";

struct Words {
    wrote: WordSet,
    between: WordSet,
    opens: WordSet,
    pronouns: WordSet,
    opens_sentence: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    wrote: word_set(WROTE),
    between: word_set(BETWEEN),
    opens: word_set(OPENS),
    pronouns: word_set(PRONOUNS),
    opens_sentence: word_set(OPENS_SENTENCE),
});

/// The first line of the introduction that ends at a line, if one does.
pub(super) fn ending_at(lines: &[Line<'_>], last: usize) -> Option<usize> {
    let line = lines.get(last).filter(|line| line.is_whole())?;
    let above = last.checked_sub(1).and_then(|above| lines.get(above));
    let is_rest = line.marked && above.is_some_and(|above| is_wrapped_bracket(above, line));
    if line.marked && !is_rest || !may_end(line.head) {
        return None;
    }
    let ground = Ground {
        quote_below: next_filled(lines, last + 1, 4)
            .and_then(|below| lines.get(below))
            .is_some_and(|below| below.marked),
        blank_below: lines.get(last + 1).is_none_or(Line::is_blank),
    };
    let mut joined = String::new();
    let mut best: Option<(f32, usize)> = None;
    for first in (0..=last).rev().take(LINES_MAX) {
        let seen = |line: &&Line<'_>| line.is_text() || is_rest && first == last;
        let Some(line) = lines.get(first).filter(seen).filter(|line| line.is_whole()) else {
            break;
        };
        if first < last && ends_sentence(line.head) {
            break;
        }
        joined = if joined.is_empty() {
            line.head.to_owned()
        } else {
            format!("{} {joined}", line.head)
        };
        if joined.len() > BYTES_MAX {
            break;
        }
        let blank_above =
            first.checked_sub(1).and_then(|above| lines.get(above)).is_none_or(Line::is_blank);
        // An address in brackets goes on from the name above it.
        if line.head.starts_with('<') && first > 0 && !blank_above {
            continue;
        }
        let says_when_or_who = joined.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@');
        if !says_when_or_who && !ground.quote_below {
            continue;
        }
        let parts = Parts::of(&joined);
        let Some(score) = parts.accepted(&ground, blank_above) else { continue };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, first));
        }
    }
    best.map(|(_, first)| first)
}

/// What stands around an introduction.
struct Ground {
    quote_below: bool,
    blank_below: bool,
}

/// An address in brackets may be wrapped so that its closing bracket looks like the mark of a quote.
fn is_wrapped_bracket(above: &Line<'_>, line: &Line<'_>) -> bool {
    let opened = || above.head.rsplit_once('<').is_some_and(|(_, rest)| !rest.contains('>'));
    above.is_text() && line.bytes <= 30 && line.head.ends_with(':') && opened()
}

/// A cheap look: most lines end in neither a colon nor a word for writing.
fn may_end(head: &str) -> bool {
    let head = head.trim_end_matches(|c| is_drawn(c) || c == ' ');
    if head.ends_with([':', '：']) {
        return true;
    }
    let last = head.rsplit(' ').next().unwrap_or("");
    last.len() <= 24 && last.chars().all(char::is_alphabetic) && WORDS.wrote.contains(&fold(last))
}

fn ends_sentence(head: &str) -> bool {
    head.ends_with(['?', '!', ':'])
        || head.ends_with('.') && head.split(' ').next_back().is_some_and(|word| word.len() > 6)
}

/// What a candidate is made of.
#[expect(clippy::struct_excessive_bools, reason = "each is a feature that was seen or not")]
#[derive(Debug, Default)]
struct Parts {
    /// Kinds of day parts: weekday or month, year, time of day; a day in numbers counts twice.
    days: u8,
    time: bool,
    address: bool,
    /// The address is the last thing before the colon.
    address_last: bool,
    wrote: bool,
    colon: bool,
    opens_with_day: bool,
    opens: bool,
    /// Words that belong to none of the parts.
    strange: u8,
    pronoun: bool,
    /// It begins as sentences do, not with a name or a day.
    sentence: bool,
    /// Its first word has a small letter; its first word is short, as short names of days are.
    small: bool,
    short: bool,
    words: usize,
}

impl Parts {
    fn of(text: &str) -> Self {
        let bare = text.trim_matches(|c| is_drawn(c) || c == ' ');
        let mut parts = Self {
            colon: bare.ends_with([':', '：']) || bare.len() + 6 < text.len(),
            wrote: WROTE_UNPARTED.iter().any(|word| bare.contains(word)),
            ..Self::default()
        };
        let mut days = DayParts::default();
        let mut before: Option<String> = None;
        for (place, chunk) in bare.split_whitespace().enumerate() {
            if is_address(chunk) {
                parts.address = true;
                parts.address_last = true;
                continue;
            }
            if chunk.contains("://") {
                continue;
            }
            let found = tokens(chunk);
            let day_seen = days.read(&found);
            for token in found.iter().filter(|token| token.kind == Kind::Word) {
                parts.word(token, place, day_seen, before.as_deref());
                before = Some(token.folded.clone());
            }
            if found.iter().any(|token| token.kind != Kind::Mark) {
                parts.address_last = false;
            }
            let opening = place == 0 || place == 1 && (parts.opens || parts.short);
            parts.opens_with_day |= opening && day_seen;
        }
        parts.days = days.count();
        parts.time = days.time;
        parts
    }

    fn word(&mut self, token: &Token, place: usize, day_seen: bool, before: Option<&str>) {
        self.words += 1;
        let word = token.folded.as_str();
        if WORDS.wrote.contains(word) && (!token.capital || place == 0) {
            self.wrote = true;
            self.pronoun |= before.is_some_and(|before| WORDS.pronouns.contains(before));
            return;
        }
        if place == 0 {
            self.opens = WORDS.opens.contains(word);
            let small = !token.capital && token.folded.chars().all(char::is_lowercase);
            self.sentence = WORDS.opens_sentence.contains(word);
            self.small = small;
            self.short = word.chars().count() <= 4;
        }
        let known = day_seen || token.capital || WORDS.between.contains(word);
        // Japanese, Chinese and Korean have no capitals and no blanks.
        let has_case = token.folded.chars().any(char::is_lowercase);
        if !known && has_case {
            self.strange = self.strange.saturating_add(1);
        }
    }

    /// The score, if it is enough.
    fn accepted(&self, ground: &Ground, blank_above: bool) -> Option<f32> {
        let sentence = self.sentence || self.small && !self.opens_with_day;
        if self.pronoun || self.words > 40 || sentence && !ground.quote_below {
            return None;
        }
        let lead = self.opens_with_day;
        let score = f32::from(self.days.min(3))
            + if self.address { 2.0 } else { 0.0 }
            + if self.wrote { 2.0 } else { 0.0 }
            + if self.colon { 1.0 } else { 0.0 }
            + if ground.quote_below { 2.0 } else { 0.0 }
            + if lead { 0.5 } else { 0.0 }
            - 0.7 * f32::from(self.strange);
        let enough = if !self.wrote {
            let stands_alone = self.address && self.address_last && self.time && self.strange == 0;
            self.colon
                && self.opens_with_day
                && self.days >= 2
                && (ground.quote_below || stands_alone)
                && score >= 5.0
        } else if ground.quote_below {
            score >= 5.0
        } else if self.address || self.time {
            score >= 5.5
        } else {
            // Nothing but a day and a name: an introduction stands by itself.
            lead && blank_above && ground.blank_below && self.strange == 0 && score >= 5.5
        };
        enough.then_some(score)
    }
}

fn is_address(chunk: &str) -> bool {
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    bare.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.len() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::read;

    fn check(text: &str, expected: Option<usize>) {
        let lines = read(text);
        let found = (0..lines.len()).find_map(|last| ending_at(&lines, last));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_introductions_in_many_languages() {
        for text in [
            "On Tue, Mar 4, 2025 at 9:12 AM Piet Aalders <piet@a.example> wrote:",
            "Am 04.03.25 um 09:12 schrieb Piet Aalders:",
            "Piet Aalders schreef op 04-03-2025 om 09:12:",
            "Le 4 mars 2025 à 09:12, piet@a.example a écrit :",
            "4.3.2025 9.12, Piet Aalders kirjoitti:",
            "Em ter., 4 de mar. de 2025 às 09:12, Piet <piet@a.example> escreveu:",
            "W dniu wt., 4.03.2025 o 09:12 Piet <piet@a.example> napisał(a):",
            "Den tis 4 mars 2025 09:12Piet <piet@a.example> skrev:",
            "вт, 4 мар. 2025 г. в 09:12, Пит <piet@a.example>:",
            "Dne út 4. 3. 2025 9:12 uživatel Piet <piet@a.example> napsal:",
            "2025年3月4日(火) 9:12 山田太郎 <piet@a.example>:",
            "---- On Tue, 04 Mar 2025 09:12:00 +0100 Piet <piet@a.example> wrote ----",
        ] {
            check(text, Some(0));
        }
    }

    #[test]
    fn a_wrapped_introduction_begins_at_its_first_line() {
        check("See you\nOn Tue, Mar 4, 2025 at 9:12\nPiet <\npiet@a.example> wrote:", Some(1));
        check("text.\n\nPiet Aalders\n<piet@a.example> writes:\n> quoted", Some(2));
    }

    #[test]
    fn sentences_are_no_introductions() {
        for text in [
            "On Monday he wrote:",
            "On 4 March 2025 at 9:12 we wrote:",
            "The agenda for Tuesday, 4 March 2025, 09:12:",
            "please forward what piet@a.example wrote:",
            "Join on 4 March 2025 at 9:12, questions to piet@a.example:",
            "These are the open points from 4.3.2025:",
            "I wrote",
        ] {
            check(text, None);
        }
    }
}
