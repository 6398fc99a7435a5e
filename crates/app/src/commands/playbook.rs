//! `inroad playbook`: the files behind the causes, checked, shown and begun.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use inroad_service::signs::Signal;
use inroad_service::{Cue, Playbook, check_playbook, playbook_folder, read_playbook};

use crate::cli::PlaybookAction;

/// A file of one's own, to begin with.
const EMPTY: &str = "# What it is, in one line.

cause = \"price_too_high\"    # one of the causes that a review names
name = \"As a person says it\"
share = 0.02                 # how common it is among all open deals, 0 to 1
advice = \"pursue\"          # pursue, wait, let_go or stop
looks_like = \"What one sees.\"

[[evidence]]
sign = \"too_dear\"           # 'inroad playbook signs' lists them
times = 3.0                  # three times as often with this cause as without
why = \"where the number comes from\"
";

/// Does what was asked. Files of one's own lie in `playbook` beside the data file.
pub(crate) fn run(data: &Path, action: &PlaybookAction, out: &mut dyn Write) -> Result<ExitCode> {
    let folder = playbook_folder(data);
    match action {
        PlaybookAction::Check => check(&read_playbook(Some(&folder))?, out),
        PlaybookAction::Show { name: None } => {
            for (name, scenario) in read_playbook(Some(&folder))?.scenarios() {
                writeln!(out, "{name:<26} {}", scenario.name)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        PlaybookAction::Show { name: Some(name) } => {
            show(&read_playbook(Some(&folder))?, name, out)
        }
        PlaybookAction::Signs => {
            for cue in Cue::ALL {
                writeln!(out, "{:<22} a sentence of theirs {}", cue.as_str(), cue.says())?;
            }
            for signal in Signal::ALL {
                writeln!(out, "{:<22} {}", signal.as_str(), signal.says())?;
            }
            Ok(ExitCode::SUCCESS)
        }
        PlaybookAction::New { name } => begin(&folder, name, out),
    }
}

fn check(playbook: &Playbook, out: &mut dyn Write) -> Result<ExitCode> {
    let failed = check_playbook(playbook);
    for case in &failed {
        let place = case.place.map_or_else(|| "nowhere".to_owned(), |place| format!("at {place}"));
        writeln!(
            out,
            "{}.toml, case {}: it should stand at {} at least, and stands {place}",
            case.file, case.case, case.wanted
        )?;
    }
    let cases: usize = playbook.scenarios().map(|(_, scenario)| scenario.case.len()).sum();
    let files = playbook.scenarios().count();
    writeln!(
        out,
        "{files} scenarios, {cases} cases, {} of them not as their file says",
        failed.len()
    )?;
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(playbook: &Playbook, name: &str, out: &mut dyn Write) -> Result<ExitCode> {
    let Some(scenario) = playbook.scenario(name) else {
        bail!("There is no scenario {name}; 'inroad playbook show' lists them");
    };
    writeln!(out, "{}\n{}\n", scenario.name, scenario.looks_like)?;
    writeln!(out, "What speaks for it (over 1) and against it (under 1)")?;
    for clue in &scenario.evidence {
        writeln!(out, "{:>7} {:<22} {}", clue.times, clue.sign.as_str(), clue.why)?;
    }
    for question in &scenario.question {
        writeln!(out, "\nAsk: {}", question.text)?;
    }
    for play in &scenario.play {
        writeln!(out, "\n{}", play.name)?;
        if !play.when.is_empty() {
            writeln!(out, "When {}.", play.when)?;
        }
        for (step, number) in play.steps.iter().zip(1..) {
            writeln!(out, "{number}. {step}")?;
        }
    }
    for never in &scenario.never {
        writeln!(out, "\nNever: {never}")?;
    }
    if !scenario.worked.is_empty() {
        writeln!(out, "\nIt worked when: {}", scenario.worked)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn begin(folder: &Path, name: &str, out: &mut dyn Write) -> Result<ExitCode> {
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    ensure!(plain, "A name has small letters and _ only, as price_too_high");
    let path = folder.join(format!("{name}.toml"));
    let ours = Playbook::shipped_files().iter().find(|(file, _)| *file == name);
    let text = ours.map_or(EMPTY, |(_, text)| *text);
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .with_context(|| format!("{} cannot be begun", path.display()))?;
    file.write_all(text.as_bytes())?;
    writeln!(out, "Begun: {}. Change it, then run 'inroad playbook check'.", path.display())?;
    Ok(ExitCode::SUCCESS)
}
