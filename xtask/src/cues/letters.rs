//! The runs of letters in `playbook/letters`: sentences in their place, with what is the matter.
//!
//! Must not: forgive a line that it does not understand.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use inroad_model::Cause;

use super::examples::{Example, example};

/// Some letters about one deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// What is the matter; `None` where nothing is.
    pub cause: Option<Cause>,
    /// The sentences of each letter.
    pub letters: Vec<Vec<Example>>,
}

/// Reads all files, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Vec<Run>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let mut runs = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        runs.extend(parse(&text).with_context(|| file.display().to_string())?);
    }
    Ok(runs)
}

/// All sentences of some runs.
pub(crate) fn sentences(runs: &[Run]) -> impl Iterator<Item = &Example> {
    runs.iter().flat_map(|run| run.letters.iter().flatten())
}

fn parse(text: &str) -> Result<Vec<Run>> {
    let mut voice = None;
    let mut runs: Vec<Run> = Vec::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        let at = || format!("Line {number}");
        if let Some(name) = line.strip_prefix("## ") {
            runs.push(Run { cause: cause(name).with_context(at)?, letters: Vec::new() });
        } else if line.is_empty() || line.starts_with('#') {
        } else if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            voice = Some(name.to_owned());
        } else {
            let run = runs.last_mut().with_context(|| format!("Line {number}: no ## before"))?;
            if line.starts_with("--") {
                run.letters.push(Vec::new());
                continue;
            }
            let letter = run.letters.last_mut();
            let letter = letter.with_context(|| format!("Line {number}: no -- before"))?;
            let voice =
                voice.clone().with_context(|| format!("Line {number}: no [voice] before"))?;
            letter.push(example(line, voice, None).with_context(at)?);
        }
    }
    let empty = runs.iter().position(|run| run.letters.iter().all(Vec::is_empty));
    ensure!(empty.is_none(), "A run has no sentence: the {}th", empty.unwrap_or_default() + 1);
    Ok(runs)
}

fn cause(name: &str) -> Result<Option<Cause>> {
    if name == "healthy" {
        return Ok(None);
    }
    let cause = Cause::ALL.iter().find(|cause| cause.as_str() == name);
    Ok(Some(*cause.with_context(|| format!("There is no cause {name}"))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str =
        "[dry]\n\n## price_too_high\n-- Ann\nen | Too much. | too_dear\n-- Bo\nen | Hm |\n";

    #[test]
    fn a_run_has_letters_of_sentences() {
        let runs = parse(RUN).expect("runs");
        assert_eq!(runs[0].cause, Some(Cause::PriceTooHigh));
        assert_eq!(runs[0].letters.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(sentences(&runs).count(), 2);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        for (good, bad) in
            [("price_too_high", "dear"), ("-- Ann\n", ""), ("[dry]", ""), ("too_dear", "x")]
        {
            assert!(parse(&RUN.replacen(good, bad, 1)).is_err(), "{bad}");
        }
        assert!(parse("[dry]\n## healthy\n-- Ann\n").is_err());
    }
}
