//! The sentences from which sayings are learnt: those of `playbook/coach/sayings`, those of another hand that may be
//! seen, and beside them ordinary ones of letters, of business mail and of drafts to build on, which say none of it.
//!
//! Must not: read a sentence or a draft that is set aside, or forgive a line that it does not understand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use inroad_coach::draft::{Channel, Draft};
use inroad_coach::reading::sayings::Saying as Name;
use inroad_language::linear::Label;
use serde::Deserialize;

use crate::cues;
use crate::linear::Lesson;
use crate::project::Project;

const SAYINGS: &str = "playbook/coach/sayings";
/// The file of sentences that say nothing of it, without marks.
const ORDINARY: &str = "ordinary";
/// Of another hand; every other line is set aside.
const SEEN: &str = "crates/coach/tests/sayings";
const DRAFTS: &str = "crates/coach/tests/panel";
/// One letter sentence of so many is taken: more of them would drown what sellers write.
const LETTERS_STEP: usize = 5;

/// What silences the rule of its name where it is said.
pub(super) const SILENCING: [&str; 1] = ["no-way-out"];

/// A sentence with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saying {
    /// The sentence.
    pub text: String,
    /// In which file it stands as something that says it, or that is near.
    pub of: Option<(Name, bool)>,
    /// What it may say, for all that is known.
    pub open: BTreeSet<Name>,
    /// What is set aside with it.
    pub part: usize,
}

impl Lesson<Name> for Saying {
    fn text(&self) -> &str {
        &self.text
    }

    fn carries(&self, name: &Name) -> bool {
        self.of.as_ref().is_some_and(|(of, says)| of == name && *says)
    }

    fn weight(&self, name: &Name) -> f64 {
        // A sentence that says one thing may say another: nobody was asked.
        let says_another = self.of.as_ref().is_some_and(|(of, says)| of != name && *says);
        f64::from(u8::from(!says_another && !self.open.contains(name)))
    }
}

/// Everything that is learnt, and from what.
pub(super) struct Lessons {
    /// The sayings, in the order of their names.
    pub sayings: Vec<Name>,
    /// The sentences.
    pub lessons: Vec<Saying>,
}

/// Reads all of them, in the order of the names of files.
pub(super) fn read(project: &Project) -> Result<Lessons> {
    let mut sayings = Vec::new();
    let mut lessons = Vec::new();
    for file in files(&project.path(SAYINGS), "txt")? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        if stem == ORDINARY {
            let text = std::fs::read_to_string(&file)?;
            let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            lessons.extend(lines.enumerate().map(|(part, line)| plain(line.to_owned(), part)));
            continue;
        }
        let name =
            Name::from_name(&stem).with_context(|| format!("{stem} is no name of a rule"))?;
        let text = std::fs::read_to_string(&file)?;
        let mut found = parse(&text, &name).with_context(|| file.display().to_string())?;
        for says in [true, false] {
            let is_there = found.iter().any(|one| one.carries(&name) == says);
            ensure!(is_there, "{} has no line of one kind", file.display());
        }
        let seen = project.path(SEEN).join(format!("{stem}.txt"));
        if seen.exists() {
            let text = std::fs::read_to_string(&seen)?;
            let all = parse(&text, &name).with_context(|| seen.display().to_string())?;
            found.extend(all.into_iter().step_by(2));
        }
        lessons.extend(found);
        sayings.push(name);
    }
    ensure!(!sayings.is_empty(), "{SAYINGS} has no file");
    let examples = cues::examples::read(&project.path("playbook/cues"))?;
    let ordinary = examples.iter().filter(|one| one.language == "en" && one.cues.is_empty());
    let runs = cues::letters::read(&project.path("playbook/letters"))?;
    let letters = cues::letters::sentences(&runs).filter(|one| one.language == "en");
    let beside = ordinary.chain(letters.step_by(LETTERS_STEP)).enumerate();
    lessons.extend(beside.map(|(part, one)| plain(one.text.clone(), part)));
    lessons.extend(drafts(&project.path(DRAFTS))?);
    Ok(Lessons { sayings, lessons })
}

fn plain(text: String, part: usize) -> Saying {
    Saying { text, of: None, open: BTreeSet::new(), part }
}

/// One file: `#` comments, `+` before what says it, `-` before what is near and does not.
fn parse(text: &str, name: &Name) -> Result<Vec<Saying>> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (says, text) = match line.split_at_checked(2) {
            Some(("+ ", text)) => (true, text),
            Some(("- ", text)) => (false, text),
            _ => bail!("Line {number} begins neither with '+ ' nor with '- '"),
        };
        let of = Some((name.clone(), says));
        // A slash between blanks stands for the end of a line.
        let text = text.replace(" / ", "\n");
        found.push(Saying { text, of, open: BTreeSet::new(), part: found.len() });
    }
    Ok(found)
}

/// What is read of a draft of the panel.
#[derive(Debug, Deserialize)]
struct Case {
    half: String,
    channel: Channel,
    text: String,
    expect: Expected,
}

#[derive(Debug, Deserialize)]
struct Expected {
    findings: BTreeSet<String>,
    #[serde(default)]
    maybe: BTreeSet<String>,
}

/// The sentences of drafts to build on. Those of one draft are set aside together; what it is said to do may be
/// said in any of them.
fn drafts(folder: &Path) -> Result<Vec<Saying>> {
    let mut found = Vec::new();
    for (part, file) in files(folder, "toml")?.iter().enumerate() {
        let text = std::fs::read_to_string(file)?;
        let case: Case = toml::from_str(&text).with_context(|| file.display().to_string())?;
        if !["building", "seen"].contains(&case.half.as_str()) {
            continue;
        }
        let names = case.expect.findings.iter().chain(&case.expect.maybe);
        let mut open: BTreeSet<Name> = names.filter_map(|name| Name::from_name(name)).collect();
        // Where that rule is to speak up, no sentence says what silences it; else one may.
        for name in SILENCING.iter().filter_map(|name| Name::from_name(name)) {
            if !open.remove(&name) {
                open.insert(name);
            }
        }
        let draft = Draft::new(&case.text, case.channel);
        found.extend(draft.sentences.iter().map(|range| {
            let text = draft.sentence(range).to_owned();
            Saying { text, of: None, open: open.clone(), part }
        }));
    }
    Ok(found)
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|found| found == ending));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_it_or_are_near() {
        let [guilt, harsh] = ["guilt", "harsh"].map(|name| Name::from_name(name).unwrap());
        let found =
            parse("# What it is.\n\n+ You let me down. / Why?\n- Thanks.\n", &guilt).unwrap();
        assert_eq!(found[0].text, "You let me down.\nWhy?");
        assert!(found[0].carries(&guilt) && !found[1].carries(&guilt));
        let weights = |name| found.iter().map(|one| one.weight(name)).sum::<f64>();
        assert!((weights(&guilt) - 2.0).abs() < 1e-9 && (weights(&harsh) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let name = Name::from_name("guilt").unwrap();
        for line in ["no mark", "+", "* star"] {
            assert!(parse(line, &name).is_err(), "{line}");
        }
    }
}
