//! The day that belongs to a request or a promise.
//!
//! Must not: take the end of an absence, or the day by which something is asked for.

use jiff::civil::{Date, Weekday};

use crate::dates::{FoundDate, Precision, Role};
use crate::facts::lexicon::{Cue, Hit};
use crate::facts::reading::{Reading, Voice};
use crate::text::Sentence;

/// "Call me" on a day nearer than this arranges a call.
const DAYS_ASKED_MIN: i32 = 3;
/// A day stands at most this many words behind its phrase.
const WORDS_TO_DAY_MAX: usize = 16;
/// And at most this many before it, where the verb comes last.
const WORDS_FROM_DAY_MAX: usize = 6;
/// Verbs of a meeting; only with one of [`AGAIN`] they put something off.
const TALK: [&str; 21] = [
    "talk",
    "speak",
    "discuss",
    "look",
    "sprechen",
    "telefonieren",
    "reden",
    "anschauen",
    "parler",
    "hablamos",
    "hablemos",
    "sentiamoci",
    "sentiamo",
    "kunnen",
    "laten",
    "zullen",
    "praten",
    "prata",
    "snakke",
    "falar",
    "parlare",
];
const AGAIN: [&str; 28] = [
    "again", "after", "once", "then", "back", "wieder", "nochmal", "noch", "nochmals", "erneut",
    "nach", "danach", "apres", "nouveau", "despues", "nuevo", "dopo", "nuovo", "weer", "na", "nog",
    "igen", "efter", "etter", "igjen", "novo", "until", "budget",
];

/// The day that belongs to a phrase.
pub(super) fn day_of(
    reading: &Reading<'_>,
    sentence: &Sentence,
    hit: &Hit,
    denied: bool,
) -> Option<Date> {
    let all = reading.days(sentence);
    let tells = hit.cue == Cue::ComeBackTell;
    let fits = |day: &&FoundDate| {
        let start = reading.words_of(day).start;
        let reached = start >= hit.words.start && start <= hit.words.end + WORDS_TO_DAY_MAX;
        let conditional = (hit.words.end..start).any(|at| {
            matches!(
                reading.text.word(at),
                "if" | "unless"
                    | "falls"
                    | "wenn"
                    | "indien"
                    | "who"
                    | "whom"
                    | "which"
                    | "qui"
                    | "dont"
                    | "whose"
            )
        });
        if conditional {
            return false;
        }
        // "On Friday I'll let you know", "am 20. gebe ich Bescheid", "am 12. noch mal telefonieren".
        let near = start < hit.words.start && hit.words.start - start <= WORDS_FROM_DAY_MAX;
        let stands =
            reached || (tells && start < hit.words.start) || (near && !breaks(reading, start, hit));
        stands && reading.lies_ahead(day.date) && day.date > reading.day && !day.relative
    };
    let named = |day: &&FoundDate| {
        // "Don't call before the 5th" names the 5th.
        let limits = matches!(day.role, Role::Until | Role::Before | Role::By);
        if denied && !limits {
            return false;
        }
        if tells {
            names_day(day)
        } else {
            (denied && limits) || asks_for(reading, sentence, hit, day)
        }
    };
    let behind = |day: &&FoundDate| reading.words_of(day).start >= hit.words.start;
    let fitting = || all.iter().filter(fits).filter(named);
    if let Some(day) =
        day_after(reading, sentence, hit).or_else(|| day_then(reading, sentence, hit))
    {
        return Some(day);
    }
    // "In the new year, say on 11 January": the day, not the season.
    let exact = |day: &&FoundDate| day.precision == Precision::Day;
    if let Some(day) = say(reading, sentence) {
        return Some(day);
    }
    let best = fitting().filter(behind).find(exact).or_else(|| fitting().find(behind));
    best.or_else(|| fitting().next()).map(begin)
}

/// Of "the second half of June" the first day: from then on we are welcome.
fn begin(day: &FoundDate) -> Date {
    day.first.filter(|_| day.precision != Precision::Day).unwrap_or(day.date)
}

/// "The board meets on the 22nd, I'll write the day after": the day behind the one named last.
fn day_after(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> Option<Date> {
    const WORDS_BEHIND_MAX: usize = 4;
    let last = sentence.words.end.min(hit.words.end + WORDS_BEHIND_MAX);
    let says = (hit.words.start..last).find(|at| {
        let word = |n: usize| reading.text.word(at + n);
        match word(0) {
            "day" => matches!(word(1), "after" | "afterwards" | "following"),
            "next" | "following" => matches!(word(1), "day" | "morning"),
            "tag" => matches!(word(1), "danach" | "darauf"),
            "lendemain" => true,
            "dia" => matches!(word(1), "siguiente" | "despues"),
            "giorno" => matches!(word(1), "dopo" | "seguente"),
            "dag" => matches!(word(1), "erna" | "daarna" | "daarop"),
            _ => false,
        }
    });
    let says = says.filter(|_| reading.text.word(hit.words.start) != "the")?;
    // "The day after, on the 12th" names the day itself.
    if reading.days(sentence).iter().any(|day| reading.words_of(day).start > says) {
        return None;
    }
    let at = reading.text.sentence_of(sentence.words.start);
    let before = at.checked_sub(1).and_then(|at| reading.text.sentences.get(at));
    let named = [Some(sentence), before].into_iter().flatten().find_map(|sentence| {
        let all = reading.days(sentence);
        all.iter()
            .rev()
            .find(|day| {
                day.precision == Precision::Day && !day.relative && reading.lies_ahead(day.date)
            })
            .map(|day| day.date)
    })?;
    named.tomorrow().ok()
}

/// "Could we leave it until after the summer? Say 14 September."
fn say(reading: &Reading<'_>, sentence: &Sentence) -> Option<Date> {
    let at = reading.text.sentence_of(sentence.words.start);
    let next = reading.text.sentences.get(at + 1)?;
    let says = matches!(
        reading.text.word(next.words.start),
        "say"
            | "perhaps"
            | "maybe"
            | "disons"
            | "sagen"
            | "digamos"
            | "diciamo"
            | "zeg"
            | "mettons"
    );
    let all = reading.days(next);
    let day = all.iter().find(|day| {
        day.precision == Precision::Day && !day.relative && reading.lies_ahead(day.date)
    })?;
    (says && next.words.len() <= 8).then_some(day.date)
}

/// "Tied up until the 25th. Could we speak after that?": the day named last.
pub(super) fn day_then(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> Option<Date> {
    const WORDS_BEHIND_MAX: usize = 5;
    let last = sentence.words.end.min(hit.words.end + WORDS_BEHIND_MAX);
    let says = (hit.words.start..last).any(|at| {
        let next = reading.text.word(at + 1);
        match reading.text.word(at) {
            "after" => matches!(next, "that" | "then"),
            "then" => {
                at + 1 >= sentence.words.end && reading.text.word(at.saturating_sub(1)) != "before"
            }
            "danach" | "daarna" => true,
            "apres" => at + 1 >= sentence.words.end || matches!(next, "cela" | "ca"),
            "despues" | "dopo" => at + 1 >= sentence.words.end,
            _ => false,
        }
    });
    // "I'll ask him then" is the writer's own plan, "call then" in a note the seller's.
    let planned = hit.words.start.checked_sub(1).is_some_and(|at| {
        matches!(reading.text.word(at), "'ll" | "will" | "shall" | "werde" | "can" | "to")
    });
    if !says || planned || hit.cue == Cue::ComeBackTell || reading.voice == Voice::Note {
        return None;
    }
    let at = reading.text.sentence_of(sentence.words.start);
    let before = at.checked_sub(1).and_then(|at| reading.text.sentences.get(at));
    [Some(sentence), before].into_iter().flatten().find_map(|sentence| {
        let all = reading.days(sentence);
        let named = all.iter().rev().find(|day| {
            day.precision == Precision::Day && !day.relative && reading.lies_ahead(day.date)
        });
        named.map(|day| day.date)
    })
}

/// Whether a clause ends between a day and the phrase behind it.
fn breaks(reading: &Reading<'_>, day: usize, hit: &Hit) -> bool {
    (day + 1..=hit.words.start)
        .any(|at| reading.text.words.get(at).is_some_and(|word| word.begins_clause))
}

/// A promise needs a day, or the end of a week or month.
fn names_day(day: &FoundDate) -> bool {
    if matches!(day.role, Role::Since | Role::From) {
        return false;
    }
    match day.precision {
        Precision::Day => true,
        Precision::Week => day.date.weekday() == Weekday::Friday,
        Precision::Month => day.date == day.date.last_of_month(),
        Precision::Season => false,
    }
}

/// A request names the day on which, or after which; "by Friday" asks for something else.
fn asks_for(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit, day: &FoundDate) -> bool {
    let says =
        |list: &[&str]| sentence.words.clone().any(|at| list.contains(&reading.text.word(at)));
    let waits = hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "until"
                | "till"
                | "til"
                | "expect"
                | "expecting"
                | "before"
                | "wait"
                | "hold"
                | "nothing"
                | "hasta"
                | "bis"
                | "tot"
                | "fino"
        )
    });
    let role_fits = match day.role {
        Role::Until => waits,
        Role::By => hit.words.clone().any(|at| matches!(reading.text.word(at), "heard" | "hear")),
        Role::Since => false,
        _ => true,
    };
    let talks = hit.words.clone().any(|at| TALK.contains(&reading.text.word(at)));
    if !role_fits || (talks && !says(&AGAIN)) {
        return false;
    }
    let again = matches!(hit.cue, Cue::ComeBackAgain | Cue::ComeBackWord);
    let near = (day.date - reading.day).get_days() < DAYS_ASKED_MIN;
    match day.precision {
        Precision::Day => !near || again,
        Precision::Week => true,
        Precision::Month | Precision::Season => again || waits || !proposes(reading, hit),
    }
}

/// "We could revisit it in spring" is a proposal; "call me in spring" is a request.
fn proposes(reading: &Reading<'_>, hit: &Hit) -> bool {
    hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "we" | "let" | "let's" | "us" | "wir" | "nous" | "happy" | "give" | "leave" | "park"
        )
    }) && !hit.words.clone().any(|at| matches!(reading.text.word(at), "to" | "a"))
}
