//! What can be put right without a thought: a mark or a sentence taken out, a name as the record has it.
//!
//! A fix is offered, and a person takes it or leaves it. Must not: write a word that stands neither in the
//! draft nor in the record, or touch what the finding does not speak of.

use std::ops::Range;

use crate::draft::Draft;
use crate::reading::{metrics, readability, thread};
use crate::report::Finding;

/// A change of a draft that a person may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as the line of a menu.
    pub title: String,
    /// Bytes of the draft and what comes in their place; apart from each other, from left to right.
    pub edits: Vec<(Range<usize>, String)>,
}

/// So many words beside the empty phrase may a sentence have and still say nothing.
const WORDS_BESIDE_MAX: usize = 2;
/// So much of a sentence stands in a menu.
const SHOWN_CHARS_MAX: usize = 50;

/// What could be done about a finding by hand without thinking; nothing for most rules.
///
/// `finding` is of this very draft.
///
/// ```
/// use inroad_coach::audience::Audience;
/// use inroad_coach::draft::{Channel, Draft, Stage};
/// use inroad_coach::{fixes, rules::Pack};
/// let text = "Subject: Re: Tuesday\n\nHi Ann,\n\nWould you mind if I came at ten?";
/// let draft = Draft::new(text, Channel::Email);
/// let report = Pack::shipped().check(&draft, &Audience::default(), Some(Stage::FirstTouch));
/// let found = report.findings.iter().find(|one| one.rule == "re-on-a-first-mail").unwrap();
/// let fix = &fixes::fixes(&draft, found)[0];
/// assert_eq!(fixes::applied(text, fix).as_deref(), Some(
///     "Subject: Tuesday\n\nHi Ann,\n\nWould you mind if I came at ten?"));
/// ```
pub fn fixes(draft: &Draft<'_>, finding: &Finding) -> Vec<Fix> {
    let fix = match finding.rule.as_str() {
        "exclamation-marks" => fewer_exclamations(draft),
        "wrong-name" | "wrong-firm" | "wrong-title" => as_recorded(draft, finding),
        "answer-without-thread" | "re-on-a-first-mail" => without_re(draft),
        "throat-clearing" | "apologises-for-writing" => without_sentence(draft, finding),
        _ => None,
    };
    fix.into_iter().collect()
}

/// A text with a fix in it; `None` if the fix is of another text.
pub fn applied(text: &str, fix: &Fix) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in &fix.edits {
        out.push_str(text.get(at..range.start)?);
        text.get(range.clone())?;
        out.push_str(new);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// The first exclamation mark stays; the others become full stops, or go where another sign stands.
fn fewer_exclamations(draft: &Draft<'_>) -> Option<Fix> {
    let body = metrics::body(draft);
    let from = draft.words.len() - body.len();
    let mut edits = Vec::new();
    let mut kept = false;
    for run in runs_of_marks(body) {
        let marks = body.get(run.clone())?;
        let behind = body.get(run.end..)?.chars().next();
        let ends =
            behind.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '"' | '”' | '’' | '\''));
        if !marks.contains('!') || !ends {
            continue;
        }
        let wanted = if marks.contains('?') {
            "?"
        } else if kept {
            "."
        } else {
            kept = true;
            "!"
        };
        if marks != wanted {
            edits.push((from + run.start..from + run.end, wanted.to_owned()));
        }
    }
    let title = "Keep one exclamation mark, and make the others full stops".to_owned();
    (!edits.is_empty()).then_some(Fix { title, edits })
}

/// Where exclamation and question marks follow each other.
fn runs_of_marks(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, mark) in text.match_indices(['!', '?']) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + mark.len(),
            _ => runs.push(at..at + mark.len()),
        }
    }
    runs
}

fn as_recorded(draft: &Draft<'_>, finding: &Finding) -> Option<Fix> {
    let (range, words) = (finding.range.clone()?, finding.instead.clone()?);
    if draft.source.get(range.clone())? == words || words.trim().is_empty() {
        return None;
    }
    let title = format!("Write “{}”, as the record has it", shown(&words));
    Some(Fix { title, edits: vec![(range, words)] })
}

/// The subject without the signs of an answer, if words are left.
fn without_re(draft: &Draft<'_>) -> Option<Fix> {
    let range = draft.subject.clone()?;
    let subject = draft.source.get(range.clone())?;
    let mut rest = subject;
    while let Some(bare) = thread::without_re(rest) {
        rest = bare.trim_start();
    }
    if rest.len() == subject.len() || !rest.contains(char::is_alphanumeric) {
        return None;
    }
    let until = range.start + (subject.len() - rest.len());
    let mark = subject.get(..subject.len() - rest.len())?.trim();
    let title = format!("Take “{mark}” out of the subject");
    Some(Fix { title, edits: vec![(range.start..until, String::new())] })
}

/// The draft without a sentence that is hardly more than the empty phrase that was found.
fn without_sentence(draft: &Draft<'_>, finding: &Finding) -> Option<Fix> {
    let found = finding.range.clone()?;
    let holds = |range: &&Range<usize>| range.start <= found.start && found.end <= range.end;
    let sentence = draft.sentences.iter().find(holds)?.clone();
    let before = draft.source.get(sentence.start..found.start)?;
    let behind = draft.source.get(found.end..sentence.end)?;
    let beside = readability::words(before).count() + readability::words(behind).count();
    let text = draft.sentence(&sentence);
    if beside > WORDS_BESIDE_MAX || text.contains('?') || draft.sentences.len() < 2 {
        return None;
    }
    let title = format!("Take out “{}”", shown(text));
    Some(Fix { title, edits: vec![(with_its_space(draft.source, &sentence)?, String::new())] })
}

/// A sentence with the white space that would be left over without it.
fn with_its_space(text: &str, sentence: &Range<usize>) -> Option<Range<usize>> {
    let (before, behind) = (text.get(..sentence.start)?, text.get(sentence.end..)?);
    let space = behind.len() - behind.trim_start().len();
    let bare = before.trim_end_matches([' ', '\t']);
    let begins_line = bare.is_empty() || bare.ends_with('\n');
    let ends_line = behind.get(..space)?.contains('\n') || space == behind.len();
    if ends_line && !begins_line {
        return Some(bare.len()..sentence.end);
    }
    Some(sentence.start..sentence.end + space)
}

fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN_CHARS_MAX {
        return line;
    }
    line.chars().take(SHOWN_CHARS_MAX).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::audience::{Audience, Dealings, Person};
    use crate::draft::{Channel, Stage};
    use crate::rules::Pack;

    fn audience() -> Audience {
        let person = Person {
            name: Some("Anna Lindner".to_owned()),
            firm: Some("Nordhafen Logistik GmbH".to_owned()),
            title: Some("Head of Purchasing".to_owned()),
            dealings: Some(Dealings::default()),
            ..Person::default()
        };
        Audience { person: Some(person), ..Audience::default() }
    }

    fn offered(text: &str, rule: &str) -> Vec<Fix> {
        let draft = Draft::new(text, Channel::Email);
        let report = Pack::shipped().check(&draft, &audience(), Some(Stage::FirstTouch));
        let found = report.findings.iter().filter(|one| one.rule == rule);
        found.flat_map(|finding| fixes(&draft, finding)).collect()
    }

    /// The first fix of a rule makes `expected` of a text, and the rule is silent then.
    fn check(rule: &str, text: &str, expected: &str) {
        let fixes = offered(text, rule);
        let fix = fixes.first().unwrap_or_else(|| panic!("{rule} offers no fix for {text:?}"));
        let fixed = applied(text, fix).unwrap();
        assert_eq!(fixed, expected, "{}", fix.title);
        let draft = Draft::new(&fixed, Channel::Email);
        let report = Pack::shipped().check(&draft, &audience(), Some(Stage::FirstTouch));
        assert!(report.findings.iter().all(|one| one.rule != rule), "{rule} still speaks up");
    }

    #[test]
    fn what_is_mechanical_is_done() {
        for (rule, text, expected) in [
            (
                "exclamation-marks",
                "Hi Anna!\n\nGreat news!!! It works! Really?! Shall we talk! (Soon!)",
                "Hi Anna!\n\nGreat news! It works. Really? Shall we talk. (Soon.)",
            ),
            ("wrong-name", "Hi Petra,\n\nDoes it fit?", "Hi Anna,\n\nDoes it fit?"),
            ("wrong-name", "Dear Dr. Meier,\n\nFits?", "Dear Dr. Lindner,\n\nFits?"),
            ("wrong-name", "Hi Petra Meier,\n\nFits?", "Hi Anna Lindner,\n\nFits?"),
            ("wrong-firm", "How is Nordhaven today?", "How is Nordhafen today?"),
            (
                "wrong-title",
                "As head of marketing, you decide.",
                "As Head of Purchasing, you decide.",
            ),
            (
                "re-on-a-first-mail",
                "Subject: RE: Tuesday\r\n\r\nHi Anna,",
                "Subject: Tuesday\r\n\r\nHi Anna,",
            ),
            ("answer-without-thread", "Subject: Re: The roster\n\nHi", "Subject: The roster\n\nHi"),
            (
                "throat-clearing",
                "Hi Anna,\n\nI hope this email finds you well. How is it?",
                "Hi Anna,\n\nHow is it?",
            ),
            (
                "throat-clearing",
                "Hi Anna,\r\n\r\nHope you are well.\r\n\r\nHow is it?",
                "Hi Anna,\r\n\r\nHow is it?",
            ),
            ("throat-clearing", "How is it? I know you are busy.\n\nBye", "How is it?\n\nBye"),
        ] {
            check(rule, text, expected);
        }
    }

    #[test]
    fn what_takes_a_thought_is_left_to_the_person() {
        for (rule, text) in [
            ("throat-clearing", "Hi,\n\nI wanted to reach out about the roster. How is it?"),
            ("throat-clearing", "Hi,\n\nI hope this finds you well."),
            ("re-on-a-first-mail", "Subject: Re:\n\nHi Anna"),
            ("no-way-out", "Hi Anna,\n\nWhen shall I come?"),
        ] {
            assert_eq!(offered(text, rule), [], "{rule}: {text}");
        }
    }

    proptest! {
        #[test]
        fn no_fix_brings_words_of_its_own(parts in prop::collection::vec(prop::sample::select(vec![
            "Subject: ", "Re: ", "AW:", "Hi Petra,", "\n", "\r\n\r\n", "😀!!", " Great!", "Wow?!",
            "Hope you are well.", " I know you’re busy! ", "At Nordhaven", "As head of IT, you",
            "sorry to bother you", ". ", "> quoted!\n", "ü", "http://a.example/!b",
        ]), 0..14)) {
            let text = parts.concat();
            let draft = Draft::new(&text, Channel::Email);
            let report = Pack::shipped().check(&draft, &audience(), Some(Stage::FirstTouch));
            for fix in report.findings.iter().flat_map(|finding| fixes(&draft, finding)) {
                let ordered = fix.edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
                prop_assert!(ordered && !fix.title.contains('\n'));
                let fixed = applied(&text, &fix);
                prop_assert!(fixed.is_some());
                let known = format!("{text} Anna Lindner Nordhafen Head of Purchasing");
                let is_known = |word: &str| known.contains(word);
                let letters = |c: char| !c.is_alphanumeric();
                prop_assert!(fix.edits.iter().all(|(_, new)| new.split(letters).all(is_known)));
            }
        }
    }
}
