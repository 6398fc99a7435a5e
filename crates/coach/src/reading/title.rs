//! The title that a draft gives somebody, against the record.

use std::sync::LazyLock;

use regex::Regex;

use super::Seen;
use super::words::words;
use crate::audience::Person;
use crate::draft::Draft;

/// "As head of purchasing, you …"
static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?-u:\b)(?:as|since you are|since you're|in your role as|you, as)\s+(?:the |a |an |your firm's )?(?P<title>(?:chief|head|vp|vice president|director|manager|ceo|cfo|cto|coo|cio|cmo|owner|founder|managing|general|sales|marketing|purchasing|operations|finance|hr|it|plant|site|facilities|production|quality|technical|project|office|warehouse|fleet|commercial|financial|senior|deputy)(?-u:\b)[a-z &/-]{0,40}?)(?:,| at | in charge|\s+you(?-u:\b))",
    )
    .ok()
});

pub(super) fn look(draft: &Draft<'_>, person: &Person, seen: &mut Vec<Seen>) {
    let (Some(pattern), Some(title)) = (TITLE.as_ref(), &person.title) else { return };
    let known: Vec<String> = words(title).map(|(_, word)| word).collect();
    for found in pattern.captures_iter(&draft.words) {
        let Some(written) = found.name("title") else { continue };
        let said: Vec<String> = words(written.as_str()).map(|(_, word)| word).collect();
        let shares =
            said.iter().any(|word| word.len() > 2 && known.contains(word) && !is_rank(word));
        // A director who is a manager on record has another title, whatever they are of.
        let ranks = |words: &[String]| -> Vec<String> {
            words.iter().filter(|word| is_post(word)).cloned().collect()
        };
        let (theirs, ours) = (ranks(&known), ranks(&said));
        let other_post = !theirs.is_empty()
            && !ours.is_empty()
            && !ours.iter().any(|post| theirs.contains(post));
        let shares = shares && !other_post;
        let same_letters = initials(title) == written.as_str().trim().to_lowercase();
        if !shares && !same_letters && !known.is_empty() {
            let found =
                Seen::at("wrong-title", written.range(), format!("The record says {title}"));
            seen.push(found.instead(Some(title.clone())));
        }
    }
}

/// Words of rank that many titles share.
fn is_rank(word: &str) -> bool {
    ["head", "chief", "director", "manager", "officer", "vice", "president", "senior", "the"]
        .contains(&word)
}

/// The ranks that exclude each other.
fn is_post(word: &str) -> bool {
    ["director", "manager", "president", "assistant", "owner"].contains(&word)
}

fn initials(title: &str) -> String {
    words(title)
        .filter(|(_, word)| word != "of")
        .filter_map(|(_, word)| word.chars().next())
        .collect()
}
