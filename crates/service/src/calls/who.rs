//! Which speakers of a call are us: those whom the user names, or those whose names are known as ours.

use std::collections::BTreeSet;

use inroad_model::Issue;

use crate::deal_match::folded;
use crate::{Error, Result};

/// The names of our speakers, as the file spells them; none where nothing tells.
pub(super) fn ours(
    speakers: &[&str],
    me: &[String],
    own_names: &[String],
) -> Result<BTreeSet<String>> {
    if !me.is_empty() {
        let named = me.iter().map(|name| the_one(speakers, name));
        return named.map(|found| found.map(str::to_owned)).collect();
    }
    let is_known = |speaker: &&&str| own_names.iter().any(|name| is_called(speaker, name));
    let known: BTreeSet<String> =
        speakers.iter().filter(is_known).map(|speaker| (*speaker).to_owned()).collect();
    Ok(known)
}

/// What to say where nothing tells who of the speakers is us.
pub(super) fn unknown(speakers: &[&str]) -> Option<Issue> {
    let example = speakers.first()?.split_whitespace().next()?;
    let way_out = format!(
        "There speak {}. Say it with --me, as in --me '{example}', for colleagues of yours too; till \
         then nobody's sentences are read between the lines",
        listed(speakers)
    );
    Some(Issue::new("It is not known who of them is you", way_out))
}

/// The speaker whom a name means: the same name, or the only one of which it is a part.
fn the_one<'s>(speakers: &[&'s str], name: &str) -> Result<&'s str> {
    let wanted = folded(name);
    if let Some(same) = speakers.iter().find(|speaker| folded(speaker) == wanted) {
        return Ok(same);
    }
    let holding: Vec<&&str> =
        speakers.iter().filter(|speaker| folded(speaker).contains(&wanted)).collect();
    let what = match holding.as_slice() {
        [one] if !wanted.is_empty() => return Ok(one),
        [] => format!("Nobody called '{name}' speaks. There speak {}", listed(speakers)),
        _ => format!("Several are called '{name}'. There speak {}", listed(speakers)),
    };
    Err(Error::Invalid { what })
}

/// Whether a speaker goes by a known name: all words of the shorter one stand in the longer, at least
/// two; or the speaker gives a first name alone.
fn is_called(speaker: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (speaker, name) = (words(speaker), words(name));
    let (short, long) =
        if speaker.len() <= name.len() { (&speaker, &name) } else { (&name, &speaker) };
    match short.as_slice() {
        [] => false,
        [one] => speaker.len() == 1 && name.first() == Some(one),
        several => several.iter().all(|word| long.contains(word)),
    }
}

/// So many speakers are named.
const LISTED_MAX: usize = 12;

fn listed(speakers: &[&str]) -> String {
    let named = speakers.iter().take(LISTED_MAX).copied().collect::<Vec<_>>().join(", ");
    match speakers.len().saturating_sub(LISTED_MAX) {
        0 if named.is_empty() => "people without a name".to_owned(),
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(me: &[&str], own: &[&str], expected: std::result::Result<&[&str], &str>) {
        let speakers = ["Jana Lindner", "Jonas Hartmann (Hartmann GmbH)", "Jana Keller"];
        let owned =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        match (ours(&speakers, &owned(me), &owned(own)), expected) {
            (Ok(found), Ok(names)) => assert_eq!(found.into_iter().collect::<Vec<_>>(), names),
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{error}"),
            (found, expected) => panic!("{found:?}, not {expected:?}"),
        }
    }

    #[test]
    fn whom_the_user_names() {
        let jonas = "Jonas Hartmann (Hartmann GmbH)";
        check(&["jonas"], &[], Ok(&[jonas]));
        check(&["Jonas", "jana  keller"], &[], Ok(&["Jana Keller", jonas]));
        check(&["jana"], &[], Err("Several are called 'jana'"));
        check(&["Elin"], &[], Err("There speak Jana Lindner, Jonas"));
        check(&[""], &[], Err("Several"));
    }

    #[test]
    fn whom_the_data_file_knows() {
        let jonas = "Jonas Hartmann (Hartmann GmbH)";
        check(&[], &["Jonas Hartmann"], Ok(&[jonas]));
        check(&[], &["Hartmann, Jonas", "Elin"], Ok(&[jonas]));
        check(&[], &["Jonas"], Ok(&[]));
        check(&[], &[], Ok(&[]));
        let told = unknown(&["Jana Lindner", "Jonas"]).unwrap().to_string();
        assert!(
            told.contains("There speak Jana Lindner, Jonas. Say it with --me, as in --me 'Jana'")
        );
        assert_eq!(unknown(&[]), None);
        assert!(is_called("Jonas", "Jonas Hartmann") && !is_called("Hartmann", "Jonas Hartmann"));
        assert!(!is_called("", "Jonas") && !is_called("Jonas", ""));
    }
}
