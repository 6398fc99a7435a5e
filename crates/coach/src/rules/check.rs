//! One rule held against one draft.

use std::ops::Range;
use std::sync::Arc;

use inroad_language::cues;
use inroad_language::patterns::Patterns;
use inroad_model::FoundCue;

use super::pack::{Look, Model, Ready};
use super::rule::{Band, Match, Within};
use crate::reading::{Reading, metrics, sayings};
use crate::report::{Finding, NotChecked, Report};

/// No rule tells of more places than these in one draft.
const PLACES_MAX: usize = 5;
/// From this probability on a cue is taken for read, where a rule does not say.
const SURE_MIN: f32 = 0.6;

/// All rules against a draft.
pub(super) fn all(rules: &[Arc<Ready>], reading: &Reading<'_>) -> Report {
    let mut findings = Vec::new();
    let mut not_checked = Vec::new();
    for ready in rules {
        if ready.off || !is_for(ready, reading) {
            continue;
        }
        match one(ready, reading) {
            Ok(found) => findings.extend(found),
            Err(because) => not_checked.push(NotChecked {
                rule: ready.rule.id.clone(),
                says: ready.rule.says.clone(),
                because,
            }),
        }
    }
    findings.sort_by_key(|finding: &Finding| {
        (std::cmp::Reverse(finding.severity), finding.range.as_ref().map_or(0, |range| range.start))
    });
    Report::new(reading, findings, not_checked)
}

/// Whether a rule is for drafts of that way and stage. Where the stage is not known, rules of some stages
/// only are told as not checked, by [`one`].
fn is_for(ready: &Ready, reading: &Reading<'_>) -> bool {
    let rule = &ready.rule;
    let way = rule.channels.is_empty() || rule.channels.contains(&reading.draft.channel);
    let stage =
        reading.stage().is_none_or(|stage| rule.stages.is_empty() || rule.stages.contains(&stage));
    way && stage
}

/// One rule against a draft: what it finds, or why it cannot be checked.
pub(super) fn one(ready: &Ready, reading: &Reading<'_>) -> Result<Vec<Finding>, String> {
    let rule = &ready.rule;
    if !rule.stages.is_empty() && reading.stage().is_none() {
        let stages: Vec<&str> = rule.stages.iter().map(|stage| stage.in_words()).collect();
        return Err(format!(
            "it is for {}, and it is not known whether this is one",
            stages.join(" or ")
        ));
    }
    if !reading.is_english && ready.reads_english() {
        return Err("it looks at English words, and this is another language".to_owned());
    }
    if let Some(missing) = rule.needs.iter().find(|need| !need.is_met(reading.audience)) {
        return Err(missing.missing().to_owned());
    }
    if ready.unless_anywhere.is_in(metrics::body(reading.draft)) {
        return Ok(Vec::new());
    }
    let looks = rule.matches.iter().zip(&ready.looks);
    let places = looks.filter(|(m, look)| applies(m, look, reading));
    let places = places.flat_map(|(m, look)| places_of(ready, m, look, reading));
    let mut places: Vec<Place> = places.collect();
    // Two of the things that are looked for may be the same words.
    let mut known: Vec<Range<usize>> = Vec::new();
    places.retain(|place| match &place.range {
        Some(range) if known.contains(range) => false,
        Some(range) => {
            known.push(range.clone());
            true
        }
        None => true,
    });
    Ok(places.into_iter().take(PLACES_MAX).map(|place| finding(ready, reading, place)).collect())
}

/// Whether what is taken for granted is so.
fn applies(m: &Match, look: &Look, reading: &Reading<'_>) -> bool {
    let person = reading.audience.person.as_ref();
    let country = || person.and_then(|person| person.country.as_deref()).unwrap_or("");
    let state = || person.and_then(|person| person.state.as_deref()).unwrap_or("");
    let is_seen = |what: &String| reading.seen.iter().any(|seen| seen.what == what);
    m.with.iter().all(is_seen)
        && !m.without.iter().any(is_seen)
        && (m.if_anywhere.is_empty() || look.if_anywhere.is_in(metrics::body(reading.draft)))
        && m.at_least
            .iter()
            .all(|(name, least)| reading.metrics.named(name).is_some_and(|number| number >= *least))
        && (m.countries.is_empty() || m.countries.iter().any(|known| known == country()))
        && (!m.sole_trader || person.is_some_and(|person| person.sole_trader == Some(true)))
        && (m.states.is_empty() || m.states.iter().any(|known| known == state()))
        && (!m.many || reading.audience.many == Some(true))
}

/// A place, with what is to be known of it.
struct Place {
    range: Option<Range<usize>>,
    detail: String,
    instead: Option<String>,
}

impl Place {
    fn at(range: Range<usize>) -> Self {
        Self { range: Some(range), detail: String::new(), instead: None }
    }

    fn whole() -> Self {
        Self::with(None, String::new())
    }

    fn with(range: Option<Range<usize>>, detail: String) -> Self {
        Self { range, detail, instead: None }
    }

    /// Whether some bytes lie within it.
    fn covers(&self, part: &Range<usize>) -> bool {
        self.range.as_ref().is_some_and(|all| all.start < part.end && part.start < all.end)
    }
}

fn places_of(ready: &Ready, m: &Match, look: &Look, reading: &Reading<'_>) -> Vec<Place> {
    let (text, from) = text_within(m.within, reading);
    if !m.any.is_empty() {
        let found = look.words.find_all(text).map(|range| from + range.start..from + range.end);
        let found = found.filter(|range| !is_excused(&ready.unless, reading, range));
        let mut places: Vec<Place> = found.map(Place::at).collect();
        // What is heard in a sentence whose words were found is the same thing.
        let heard = by_model(ready, m, look, reading);
        let found: Vec<Range<usize>> = places.iter().filter_map(|one| one.range.clone()).collect();
        places.extend(heard.into_iter().filter(|one| !found.iter().any(|range| one.covers(range))));
        return places;
    }
    if !m.absent.is_empty() {
        let is_there = look.words.is_in(text)
            || ready.unless.is_in(text)
            || !by_model(ready, m, look, reading).is_empty();
        return if is_there { Vec::new() } else { vec![Place::whole()] };
    }
    if !m.count.is_empty() {
        let found: Vec<Range<usize>> = look.words.find_all(text).collect();
        let (count, excused) = (found.len(), ready.unless.is_in(text));
        let past = found.get(m.max).filter(|_| !excused);
        let detail = format!("{count} times; {} would be fine", m.max);
        return past
            .map(|range| Place::with(Some(from + range.start..from + range.end), detail))
            .into_iter()
            .collect();
    }
    if !m.first_sentence.is_empty() {
        let draft = reading.draft;
        let first = draft.sentences.iter().find(|range| !wishes_well(draft.sentence(range)));
        let found = first.filter(|range| look.words.is_in(reading.draft.sentence(range)));
        let found = found.filter(|range| !is_excused(&ready.unless, reading, range));
        let heard = || {
            let heard = by_model(ready, m, look, reading);
            heard.into_iter().find(|one| one.range.as_ref() == first)
        };
        return found.cloned().map(Place::at).or_else(heard).into_iter().collect();
    }
    if let Some(name) = &m.metric {
        return metric(ready, m, reading, name).into_iter().collect();
    }
    if !m.fact.is_empty() {
        return stated(m, reading);
    }
    if let Some(what) = &m.seen {
        if ready.unless.is_in(text) {
            return Vec::new();
        }
        let seen = reading.seen.iter().filter(|seen| seen.what == what);
        return seen
            .map(|seen| Place {
                range: seen.range.clone(),
                detail: seen.says.clone(),
                instead: seen.instead.clone(),
            })
            .collect();
    }
    match look.model {
        Some(_) => by_model(ready, m, look, reading),
        // Nothing is looked for: what applies is found.
        None => vec![Place::whole()],
    }
}

fn text_within<'r>(within: Within, reading: &'r Reading<'_>) -> (&'r str, usize) {
    let draft = reading.draft;
    match within {
        Within::Words => {
            let body = metrics::body(draft);
            (body, draft.words.len() - body.len())
        }
        Within::Subject => {
            let range = draft.subject.clone().unwrap_or(0..0);
            (draft.source.get(range.clone()).unwrap_or(""), range.start)
        }
        Within::Own => (&draft.own, 0),
        Within::Everything => (draft.source, 0),
    }
}

/// Whether a first sentence only wishes well: what is read first stands behind it.
fn wishes_well(text: &str) -> bool {
    let folded = text.to_lowercase();
    let text = folded.strip_prefix("i ").unwrap_or(&folded);
    ["hope", "trust", "how are you", "good morning", "good afternoon", "happy "]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Whether the sentence around a place has words that make it right.
fn is_excused(unless: &Patterns, reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let around = reading
        .draft
        .sentences
        .iter()
        .find(|sentence| sentence.start < range.end && range.start < sentence.end);
    unless.is_in(reading.draft.sentence(around.unwrap_or(range)))
}

fn metric(ready: &Ready, m: &Match, reading: &Reading<'_>, name: &str) -> Option<Place> {
    let band = reading.stage().and_then(|stage| m.bands.get(&stage).copied()).or(m.band)?;
    let number = reading.metrics.named(name)?;
    if band.holds(number) || ready.unless.is_in(text_within(m.within, reading).0) {
        return None;
    }
    let detail = format!("{}; {} is usual", rounded(number), in_words(band));
    Some(Place::with(reading.metrics.place(name, reading.draft), detail))
}

/// What holds of a person, in the words of the record.
fn stated(m: &Match, reading: &Reading<'_>) -> Vec<Place> {
    let Some(person) = &reading.audience.person else { return Vec::new() };
    let kinds = m.fact.iter();
    let found = kinds.filter_map(|what| person.stated(*what, reading.audience.on));
    found
        .take(1)
        .map(|stated| {
            let until = stated.until.map(|day| format!("until {day}"));
            let quote = Some(format!("\u{201c}{}\u{201d}", stated.quote))
                .filter(|_| !stated.quote.is_empty());
            let on = stated.on.map(|day| format!("said on {day}"));
            let detail: Vec<String> = [until, quote, on].into_iter().flatten().collect();
            Place::with(None, detail.join(", "))
        })
        .collect()
}

/// The sentences in which a model hears what a rule is about, each with the words that spoke most for it.
fn by_model(ready: &Ready, m: &Match, look: &Look, reading: &Reading<'_>) -> Vec<Place> {
    let places: Vec<(Range<usize>, Vec<String>)> = match look.model {
        None => return Vec::new(),
        Some(Model::Saying(place)) => {
            let chosen = || sayings::known().get(place).map_or(1.0, |of| of.threshold);
            let said = reading.saying(place, m.threshold.unwrap_or_else(chosen));
            let words = |range: &Range<usize>| sayings::words(reading.draft.sentence(range), place);
            said.map(|range| (range.clone(), words(range))).collect()
        }
        Some(Model::Cue(cue)) => {
            let least = m.threshold.unwrap_or(SURE_MIN);
            let (text, from) = text_within(Within::Words, reading);
            let is_it = |found: &FoundCue| found.cue == cue && found.probability >= least;
            let found = cues::read(text).into_iter().filter(is_it);
            found
                .map(|found| (from + found.range.start..from + found.range.end, found.words))
                .collect()
        }
    };
    let places = places.into_iter().filter(|(range, _)| !is_excused(&ready.unless, reading, range));
    places.map(|(range, words)| Place::with(Some(range), heard_in(&words))).collect()
}

/// The words in which it was heard.
fn heard_in(words: &[String]) -> String {
    let quoted = words.iter().map(|word| format!("\u{201c}{word}\u{201d}"));
    match quoted.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => none,
        quoted => format!("heard in {quoted}"),
    }
}

fn finding(ready: &Ready, reading: &Reading<'_>, place: Place) -> Finding {
    let rule = &ready.rule;
    let quote = place.range.as_ref().map(|range| reading.draft.sentence(range).to_owned());
    Finding {
        rule: rule.id.clone(),
        group: ready.group.clone(),
        severity: rule.severity,
        range: place.range,
        quote: quote.unwrap_or_default(),
        instead: place.instead,
        says: rule.says.clone(),
        detail: place.detail,
        why: rule.why.clone(),
        fix: rule.fix.clone(),
        source: rule.source.clone(),
    }
}

fn rounded(number: f64) -> String {
    format!("{}", (number * 10.0).round() / 10.0)
}

fn in_words(band: Band) -> String {
    match band {
        Band(low, high) if low <= 0.0 => format!("at most {}", rounded(high)),
        Band(low, high) if high >= UNBOUNDED => format!("at least {}", rounded(low)),
        Band(low, high) => format!("{} to {}", rounded(low), rounded(high)),
    }
}

/// A bound that is none.
const UNBOUNDED: f64 = 100_000.0;
