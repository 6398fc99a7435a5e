//! What stands in a skeleton, line by line: a blank for each sentence, with what it should do.

use inroad_coach::draft::Channel;
use inroad_model::EmailAddress;

use super::{Skeleton, TouchWords};
use crate::coach::Coach;

/// Words with which steps begin that are said to the person in a letter.
const SAYING: [&str; 10] =
    ["thank", "say", "send", "give", "offer", "show", "name", "answer", "wish", "put"];
/// What stands before a name and is none.
const TITLES: [&str; 10] = ["mr", "mrs", "ms", "mx", "dr", "prof", "herr", "frau", "madame", "sir"];

/// A word of courtesy: it asks for nothing.
pub(super) fn of_courtesy(begun: Skeleton, coach: &Coach) -> Skeleton {
    let kind = "one sentence that wishes them well, speaks of nothing that they did not tell you \
                themselves, and asks for nothing";
    let lines = [greeting(coach, begun.channel), blank(kind), writer(coach)];
    let subject = mail(begun.channel).then(|| blank("two or three kind words"));
    Skeleton { subject, text: paragraphs(&lines), ..begun }
}

/// Opening, something of use, one question, a way out.
pub(super) fn of_a_play(begun: Skeleton, coach: &Coach, touch: Option<&TouchWords>) -> Skeleton {
    let opening = begun.openings.get(begun.opening.saturating_sub(1));
    let opening = blank(opening.map_or("why you write to them, and why now", |one| &one.hint));
    let saying = step(&begun, |first| SAYING.contains(&first));
    let useful = touch.map(|touch| touch.useful.clone()).or(saying);
    let useful =
        blank(&useful.unwrap_or_else(|| {
            "what is new or useful for them, in one or two sentences".to_owned()
        }));
    let question = blank(&question(&begun, coach));
    let way_out = touch.and_then(|touch| touch.way_out.as_deref());
    let way_out = blank(way_out.unwrap_or("in plain words, that a no is fine and needs no reason"));
    let greeting = greeting(coach, begun.channel);
    let lines = match begun.channel {
        Channel::Email => vec![greeting, opening, useful, question, way_out, writer(coach)],
        Channel::Text => vec![greeting, opening, question, way_out, writer(coach)],
        Channel::Voicemail => vec![
            greeting,
            opening,
            question,
            blank("that a short mail will do as well, and that a no is fine"),
            blank("your number, slowly, and then once more"),
        ],
        Channel::Call => vec![
            greeting,
            blank("ask whether this is a good moment, and take a no for a no"),
            opening,
            question,
            blank("a second open question, for what they may answer"),
            blank("what you will do next, and by which day"),
        ],
    };
    let subject = mail(begun.channel).then(|| blank("what it is about, in a few words of theirs"));
    Skeleton { subject, text: paragraphs(&lines), ..begun }
}

fn mail(channel: Channel) -> bool {
    channel == Channel::Email
}

fn paragraphs(lines: &[String]) -> String {
    format!("{}\n", lines.join("\n\n"))
}

/// What a person has to write here.
fn blank(hint: &str) -> String {
    let hint = hint.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("[fill in: {}]", hint.replace('[', "(").replace(']', ")"))
}

/// The first step of the play that begins so, as a hint.
fn step(begun: &Skeleton, is_it: impl Fn(&str) -> bool) -> Option<String> {
    // What is to be said to somebody else is no hint here.
    let is_theirs = |with: &EmailAddress| begun.person.as_ref() == Some(with);
    let play = begun.play.iter().filter(|play| play.with.as_ref().is_none_or(is_theirs));
    let steps = play.flat_map(|play| &play.steps);
    let found = steps.into_iter().find(|step| {
        let first = step.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        is_it(&first.to_lowercase())
    })?;
    let mut letters = found.trim_end_matches('.').chars();
    let first = letters.next()?;
    Some(first.to_lowercase().chain(letters).collect())
}

/// One question; with a day where somebody is warm enough to be asked for one.
fn question(begun: &Skeleton, coach: &Coach) -> String {
    let person = coach.audience().person.as_ref();
    let is_warm = person.and_then(|person| person.state.as_deref()) == Some("warm");
    let day = if is_warm { ", with a day that could suit" } else { "" };
    match step(begun, |first| first == "ask") {
        Some(step) => format!("one clear question{day}: {step}"),
        None => format!("one clear question that is easy to answer{day}"),
    }
}

fn greeting(coach: &Coach, channel: Channel) -> String {
    let name = coach.audience().person.as_ref().and_then(|person| called(person.name.as_deref()?));
    let name = name.map_or_else(|| blank("their name"), str::to_owned);
    if channel.is_spoken() {
        format!("Hello {name}, this is {}.", writer(coach))
    } else {
        format!("Hello {name},")
    }
}

/// What somebody is called who is on record as "Dr. Jana Kühn" or "Kühn, Jana".
fn called(name: &str) -> Option<&str> {
    let given = name.split_once(',').map_or(name, |(_, given)| given);
    given.split_whitespace().find(|word| {
        let bare = word.trim_end_matches('.').to_lowercase();
        !TITLES.contains(&bare.as_str())
            && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
    })
}

fn writer(coach: &Coach) -> String {
    let name = coach.audience().writer.as_ref().map(|writer| writer.name.trim());
    name.filter(|name| !name.is_empty()).map_or_else(|| blank("your name"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_called_by_their_first_name() {
        for (name, expected) in [
            ("Jana Kühn", Some("Jana")),
            ("Dr. Jana Kühn", Some("Jana")),
            ("Kühn, Jana", Some("Jana")),
            ("Anne-Marie O’Neill", Some("Anne-Marie")),
            ("<script>", None),
            ("", None),
        ] {
            assert_eq!(called(name), expected, "{name}");
        }
    }

    #[test]
    fn a_hint_stays_within_its_blank() {
        assert_eq!(blank("ask [them]\nnow"), "[fill in: ask (them) now]");
    }
}
