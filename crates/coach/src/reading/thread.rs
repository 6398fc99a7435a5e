//! What a draft says of an earlier exchange, against the exchange that there was.

use std::sync::LazyLock;

use inroad_language::patterns::{Patterns, patterns};

use super::Seen;
use crate::audience::Audience;
use crate::draft::Draft;

static SPOKEN: LazyLock<Patterns> = LazyLock::new(|| {
    let list = [
        "(?:as|like) (?:we |just )?(?:discussed|agreed|spoke|spoken|talked)(?: about)?",
        "(?:per|following|after|since|from) our (?:recent |last |earlier )?(?:call|conversation|discussion|chat|talk|meeting)",
        "(?:great|good|nice|lovely|fun|a pleasure|pleasure) (?:to (?:speak|talk|chat|meet|see|catch)|speaking|talking|chatting|meeting|seeing|catching)",
        "(?:talk(?:ed|ing)?|sp(?:oke|eaking)|met|call(?:ed)?|chat(?:ted)?)[^.?!]*? the other (?:day|week|evening)",
        "when we (?:spoke|talked|met)",
        "as (?:you )?(?:requested|asked|promised)",
        "(?:as|like) you (?:said|mentioned|told me|asked|wrote|requested)",
        "you (?:said|mentioned|told me|asked me|asked for|wrote|requested)",
        "thanks? (?:you )?for (?:the|your) (?:call|reply|answer|time|interest|message|enquiry|inquiry)",
    ];
    patterns(&list)
});

pub(super) fn look(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    if let Some(subject) = &draft.subject
        && let Some(bare) = without_re(draft.sentence(subject))
    {
        let dealings = audience.person.as_ref().and_then(|person| person.dealings.as_ref());
        let is_known = dealings.map(|dealings| {
            dealings.subjects.iter().any(|known| bare_subject(known) == bare_subject(bare))
        });
        if is_known == Some(false) {
            let says = "No mail between you has this subject";
            seen.push(Seen::at("answer-without-thread", subject.clone(), says));
        }
    }
    let Some(dealings) = audience.person.as_ref().and_then(|person| person.dealings.as_ref())
    else {
        return;
    };
    if dealings.last_theirs.is_some() || !dealings.met.is_empty() {
        return;
    }
    let says = "No word of theirs, no call and no meeting is known";
    seen.push(Seen::whole("no-history", says));
    if let Some(at) = SPOKEN.find(&draft.words) {
        seen.push(Seen::at("false-history", at, says));
    }
}

/// A subject that begins as an answer, without that beginning.
pub(crate) fn without_re(subject: &str) -> Option<&str> {
    let (mark, rest) = without_tags(subject).split_once(':')?;
    let mark = mark.trim().to_lowercase();
    ["re", "aw", "sv", "antw", "odp", "vs", "tr"].contains(&mark.as_str()).then_some(rest)
}

/// A subject without what mail programs put before it in brackets: "[EXT]".
fn without_tags(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    while let Some((_, behind)) = rest.strip_prefix('[').and_then(|tag| tag.split_once(']')) {
        rest = behind.trim_start();
    }
    rest
}

fn bare_subject(subject: &str) -> String {
    let mut rest = without_tags(subject);
    while let Some((mark, bare)) = rest.split_once(':')
        && mark.trim().chars().count() <= MARK_CHARS_MAX
    {
        rest = without_tags(bare);
    }
    let folded = rest.to_lowercase();
    let bare = folded.split("(was:").next().unwrap_or("");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks of answers and forwards are short in every language.
const MARK_CHARS_MAX: usize = 4;
