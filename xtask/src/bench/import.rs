//! `cargo xtask bench import`: what an import of 50,000 messages costs, with notmuch and mu in
//! the same run, and how fast search and review answer on the result.
//!
//! Seconds of processor, not of the clock, so that a busy machine gives nearly the same table.
//! The mail is made once into `target/corpora`; `--mail FOLDER` takes another folder that holds
//! `all.mbox` and `maildir`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::cost::{self, Cost};
use super::page::Page;
use super::release;
use crate::project::Project;

/// How many messages are made, and from which seed.
const MESSAGES: &str = "50000";
const SEED: &str = "7";
/// Real mails under a free licence (`cargo xtask corpus`), which the generator re-issues.
const BASE: &str = "target/corpora/spam-assassin/package/data";
const BASE_FOLDERS: [&str; 5] = ["easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"];
const RUNS: usize = 3;

/// Measures ours and the peers' on the same mail.
pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let mut mail = None;
    let mut runs = RUNS;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().with_context(|| format!("{arg} wants a value"))?;
        match arg.as_str() {
            "--mail" => mail = Some(PathBuf::from(value).canonicalize()?),
            "--runs" => runs = value.parse().context("--runs wants a number")?,
            _ => bail!("Options: --mail FOLDER, --runs N"),
        }
    }
    let mail = match mail {
        Some(folder) => folder,
        None => make_mail(project)?,
    };
    let program = release(project)?;
    let scratch = project.path("target/bench/import");
    let mut page = Page::table(&["what", "processor s", "clock s", "resident MB", "on disk MB"]);
    for subject in subjects(&program, &mail, &scratch) {
        eprintln!("{} …", subject.label);
        let Some((cost, disk_mb)) = measure_one(&subject, &scratch, runs)? else {
            page.row(&[subject.label.to_owned(), "not installed".to_owned()]);
            continue;
        };
        page.row(&[
            subject.label.to_owned(),
            format!("{:.1}", cost.processor_s()),
            format!("{:.1}", cost.clock_s),
            format!("{:.0}", cost.resident_mb),
            format!("{disk_mb:.0}"),
        ]);
    }
    page.notes.push(format!("Medians of {runs}. Seconds of processor are user and system."));
    page.notes.push(speed(project, &scratch.join("ours-mbox/inroad.db"))?);
    Ok(page)
}

/// One line of the table.
struct Subject {
    label: &'static str,
    /// Where it writes; made anew before each run unless `keep`.
    folder: PathBuf,
    keep: bool,
    prepare: Option<Vec<String>>,
    command: Vec<String>,
    environment: Vec<(&'static str, PathBuf)>,
}

fn subjects(program: &Path, mail: &Path, scratch: &Path) -> Vec<Subject> {
    let text = |path: &Path| path.display().to_string();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let ours = |label, folder: &str, input: &str, keep| {
        let folder = scratch.join(folder);
        let data = text(&folder.join("inroad.db"));
        let program = text(program);
        let command = words(&[&program, "--data", &data, "import", &text(&mail.join(input))]);
        Subject { label, folder, keep, prepare: None, command, environment: Vec::new() }
    };
    let maildir = text(&mail.join("maildir"));
    let muhome = scratch.join("mu");
    let muhome_option = format!("--muhome={}", muhome.display());
    let maildir_option = format!("--maildir={maildir}");
    let me = "--my-address=test@example.com";
    vec![
        ours("inroad, mbox", "ours-mbox", "all.mbox", false),
        ours("inroad, the same mbox again", "ours-mbox", "all.mbox", true),
        ours("inroad, Maildir", "ours-maildir", "maildir", false),
        Subject {
            label: "notmuch new, Maildir",
            folder: scratch.join("notmuch"),
            keep: false,
            prepare: None,
            command: words(&["notmuch", "new", "--quiet"]),
            environment: vec![("NOTMUCH_CONFIG", scratch.join("notmuch/config"))],
        },
        Subject {
            label: "mu index, Maildir",
            folder: muhome,
            keep: false,
            prepare: Some(words(&["mu", "init", "--quiet", &muhome_option, &maildir_option, me])),
            command: words(&["mu", "index", "--quiet", &muhome_option]),
            environment: Vec::new(),
        },
    ]
    .into_iter()
    .map(|subject| with_notmuch_config(subject, &maildir))
    .collect()
}

/// notmuch reads where the mail lies from a file, and keeps its index elsewhere only if told.
fn with_notmuch_config(mut subject: Subject, maildir: &str) -> Subject {
    if let Some((_, config)) = subject.environment.first() {
        let index = subject.folder.join("index");
        let script = format!(
            "mkdir -p '{index}' && printf '[database]\\npath={index}\\nmail_root={maildir}\\n\
             [user]\\nname=Test\\nprimary_email=test@example.com\\n[new]\\ntags=inbox\\n' > '{config}'",
            index = index.display(),
            config = config.display(),
        );
        subject.prepare = Some(vec!["sh".to_owned(), "-c".to_owned(), script]);
    }
    subject
}

/// Runs it several times; the median by processor seconds, and what lies on disk afterwards.
fn measure_one(subject: &Subject, scratch: &Path, runs: usize) -> Result<Option<(Cost, f64)>> {
    let mut costs = Vec::new();
    for _ in 0..runs.max(1) {
        if !subject.keep {
            remove_folder(&subject.folder)?;
        }
        std::fs::create_dir_all(&subject.folder)?;
        if let Some(prepare) = &subject.prepare {
            let mut command = command_of(prepare, subject);
            let Ok(status) = command.stdout(Stdio::null()).status() else { return Ok(None) };
            ensure!(status.success(), "{prepare:?} failed");
        }
        let Some(cost) = timed(subject, &scratch.join("time.txt"))? else { return Ok(None) };
        costs.push(cost);
    }
    let median = cost::middle(costs).unwrap_or_default();
    Ok(Some((median, bytes_below(&subject.folder)? as f64 / 1e6)))
}

fn command_of(words: &[String], subject: &Subject) -> Command {
    let mut words = words.iter();
    let mut command = Command::new(words.next().map_or("", String::as_str));
    command.args(words).envs(subject.environment.iter().map(|(k, v)| (*k, v)));
    command
}

/// `None` if the program is not there.
fn timed(subject: &Subject, file: &Path) -> Result<Option<Cost>> {
    let command = command_of(&subject.command, subject);
    let (cost, status) = cost::timed(&command, file, |time| {
        time.stdout(Stdio::null());
    })?;
    if status.code() == Some(127) {
        return Ok(None);
    }
    ensure!(status.success(), "{:?} failed", subject.command);
    Ok(Some(cost))
}

/// Search and review inside one process, on the data file that was just made.
fn speed(project: &Project, data: &Path) -> Result<String> {
    eprintln!("search and review …");
    let out = Command::new("cargo")
        .args(["run", "--quiet", "--release", "--locked", "--package", "inroad-service"])
        .args(["--example", "speed", "--"])
        .arg(data)
        .current_dir(project.root())
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(out.status.success(), "The measurement of search and review failed");
    Ok(String::from_utf8(out.stdout)?)
}

/// The folder with the mail: the one after `--mail`, else that which is made.
pub(super) fn mail_folder(project: &Project, args: &[String]) -> Result<PathBuf> {
    match args {
        [] => make_mail(project),
        [option, folder] if option == "--mail" => Ok(PathBuf::from(folder).canonicalize()?),
        _ => bail!("Options: --mail FOLDER"),
    }
}

/// Makes the mail if it is not there: real mails from a public package, re-issued by the
/// generator that lies beside the repository.
fn make_mail(project: &Project) -> Result<PathBuf> {
    let mail = project.path("target/corpora").join(format!("mail-{MESSAGES}"));
    if mail.join("done").exists() {
        return Ok(mail);
    }
    let base = project.path(BASE);
    ensure!(base.is_dir(), "{} is missing: cargo xtask corpus", base.display());
    let shared = project.path("../shared");
    let generator = shared.join("eval/mail/gen_mail.py");
    ensure!(
        generator.is_file(),
        "{} is not here: name a folder with all.mbox and maildir by --mail",
        generator.display()
    );
    eprintln!("making the mail …");
    remove_folder(&mail)?;
    let mut python = Command::new("python3");
    python.arg(generator).arg("--base").args(BASE_FOLDERS.map(|folder| base.join(folder)));
    python.arg("--bounces").arg(shared.join("data/mail/sisimai/maildir/bsd"));
    python.args(["--n", MESSAGES, "--seed", SEED, "--out"]).arg(&mail).stdout(Stdio::null());
    let status = python.status().context("python3 cannot be started")?;
    ensure!(status.success(), "The generator of mail failed ({status})");
    std::fs::write(mail.join("done"), "")?;
    Ok(mail)
}

fn remove_folder(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause.into()),
        _ => Ok(()),
    }
}

fn bytes_below(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() { bytes_below(&entry.path())? } else { metadata.len() };
    }
    Ok(bytes)
}
