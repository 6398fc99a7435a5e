//! The example sentences of `playbook/cues`, with what each of them carries.
//!
//! Must not: forgive a line that it does not understand.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use inroad_model::Cue;

/// A sentence that somebody wrote as an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// Who wrote it: the name of the section.
    pub voice: String,
    /// `en`, `de`, `fr`, `nl`, `es` or `it`.
    pub language: String,
    /// The sentence.
    pub text: String,
    /// All cues that it carries.
    pub cues: BTreeSet<Cue>,
}

/// Reads all files, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Vec<Example>> {
    let mut found = Vec::new();
    let names = Cue::ALL.iter().map(|cue| (cue.as_str(), Some(*cue)));
    for (name, cue) in names.chain([("none", None)]) {
        let file = folder.join(format!("{name}.txt"));
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let examples = parse(&text, cue).with_context(|| file.display().to_string())?;
        ensure!(!examples.is_empty(), "{} has no example", file.display());
        found.extend(examples);
    }
    Ok(found)
}

/// The voices, in the order of their names.
pub(crate) fn voices(examples: &[Example]) -> BTreeSet<&str> {
    examples.iter().map(|example| example.voice.as_str()).collect()
}

/// One file: `#` comments, `[voice]`, and lines of language, sentence and other cues.
fn parse(text: &str, cue: Option<Cue>) -> Result<Vec<Example>> {
    let mut voice = None;
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            voice = Some(name.to_owned());
            continue;
        }
        let voice = voice.clone().with_context(|| format!("Line {number}: no [voice] before"))?;
        let example = example(line, voice, cue).with_context(|| format!("Line {number}"))?;
        found.push(example);
    }
    Ok(found)
}

pub(super) fn example(line: &str, voice: String, cue: Option<Cue>) -> Result<Example> {
    let near_miss = line.strip_prefix('!');
    let mut parts = near_miss.unwrap_or(line).split('|').map(str::trim);
    let (Some(language), Some(text)) = (parts.next(), parts.next()) else {
        bail!("A line is `language | sentence | other cues`");
    };
    let is_language = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
    ensure!(is_language, "{language:?} is no language of two letters");
    let mut cues = BTreeSet::new();
    for name in parts.next().unwrap_or_default().split_whitespace() {
        cues.insert(Cue::from_name(name).with_context(|| format!("There is no cue {name}"))?);
    }
    ensure!(parts.next().is_none(), "There are more than three parts");
    if near_miss.is_none() {
        cues.extend(cue);
    }
    Ok(Example { voice, language: language.to_owned(), text: text.to_owned(), cues })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_with_all_they_carry() {
        let text = "# What it is.\n\n[dry]\nen | So sorry, no. | plain_no\n! de | Ja | agreement\n";
        let found = parse(text, Some(Cue::ApologyDelay)).expect("examples");
        let cues: Vec<Vec<Cue>> =
            found.iter().map(|example| example.cues.iter().copied().collect()).collect();
        assert_eq!(cues, [vec![Cue::ApologyDelay, Cue::PlainNo], vec![Cue::Agreement]]);
        assert_eq!((found[1].voice.as_str(), found[1].language.as_str()), ("dry", "de"));
    }

    #[test]
    fn what_is_not_understood_is_told() {
        for line in ["en | no voice", "[a]\nen", "[a]\nen | x | no_such", "[a]\nenglish | x |"] {
            assert!(parse(line, None).is_err(), "{line}");
        }
    }
}
