//! `inroad coach`: drafts read before a person sends them.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use inroad_model::EmailAddress;
use inroad_service::{
    Coach, CoachAsked, Coached, DRAFT_BYTES_MAX, Dismissal, Inroad, addressee, coach_folder,
    draft_text,
};
use serde::Serialize;

use crate::cli::{CoachAction, CoachArgs, PlainFormat};
use crate::show;

/// Something of the weight that was asked for was found.
const FOUND: u8 = 3;

/// A file with what the coach says of it.
#[derive(Debug, Serialize)]
pub(crate) struct CoachedFile {
    /// The file; `None` for standard input.
    pub file: Option<PathBuf>,
    /// The text in which bytes are counted, where it is not the file itself: of a mail in which words
    /// are encoded.
    pub text: Option<String>,
    #[serde(flatten)]
    pub coached: Coached,
}

/// Does what was asked. `data` is the data file, which need not be there.
pub(crate) async fn run(data: &Path, args: CoachArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let inroad = if data.exists() { Some(Inroad::open_existing(data).await?) } else { None };
    if let Some(action) = &args.action {
        return act(data, inroad, action, out).await;
    }
    let mut coaches: Vec<(Option<EmailAddress>, Coach)> = Vec::new();
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files };
    let mut shown = Shown { format: args.format, several: files.len() > 1, count: 0 };
    let mut heaviest = None;
    for file in files {
        let (text, is_file) = text_of(file)?;
        let person = args.person.clone().or_else(|| addressee(&text));
        if !coaches.iter().any(|(of, _)| *of == person) {
            let coach = match &inroad {
                Some(inroad) => inroad.coach(person.as_ref(), args.on.0).await?,
                None => Coach::without_record(Some(&coach_folder(data)), args.on.0)?,
            };
            coaches.push((person.clone(), coach));
        }
        let Some((_, coach)) = coaches.iter().find(|(of, _)| *of == person) else { continue };
        let many = args.many.then_some(true);
        let asked = CoachAsked { channel: args.channel, stage: args.stage, person, many };
        let coached = coach.read(&text, &asked).with_context(|| label(file))?;
        let name = (file.as_os_str() != "-").then(|| file.clone());
        if let (Some(inroad), Some(name)) = (&inroad, &name) {
            let known_as = name.canonicalize().unwrap_or_else(|_| name.clone());
            inroad.remember_coached(&known_as.to_string_lossy(), &coached).await?;
        }
        heaviest = heaviest.max(coached.report.heaviest());
        let decoded = (!is_file).then(|| text.clone());
        shown.one(&CoachedFile { file: name, text: decoded, coached }, &text, out)?;
    }
    shown.end(out)?;
    let fails = args.fail_on.is_some_and(|least| heaviest.is_some_and(|found| found >= least));
    Ok(if fails { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

/// Shows one after the other as it is read, so that a thousand drafts need the memory of one.
struct Shown {
    format: PlainFormat,
    several: bool,
    count: usize,
}

impl Shown {
    fn one(&mut self, one: &CoachedFile, text: &str, out: &mut dyn Write) -> Result<()> {
        let is_first = self.count == 0;
        self.count += 1;
        match self.format {
            PlainFormat::Table => show::coached(one, text, out),
            PlainFormat::Json => {
                if self.several {
                    writeln!(out, "{}", if is_first { "[" } else { "," })?;
                }
                show::json(one, out)
            }
        }
    }

    fn end(&self, out: &mut dyn Write) -> Result<()> {
        if self.format == PlainFormat::Json && self.several {
            writeln!(out, "]")?;
        }
        Ok(())
    }
}

/// What a draft is called where something is wrong with it.
fn label(file: &Path) -> String {
    let typed = file.as_os_str() == "-";
    if typed { "standard input".to_owned() } else { file.display().to_string() }
}

/// The text of a draft, and whether it is the file as it stands.
pub(crate) fn text_of(file: &Path) -> Result<(String, bool)> {
    let mut bytes = Vec::new();
    // One byte more than a draft may have, so that a longer one is told as such.
    let most = 2 * DRAFT_BYTES_MAX as u64 + 1;
    if file.as_os_str() == "-" {
        std::io::stdin().take(most).read_to_end(&mut bytes)?;
    } else {
        let opened = std::fs::File::open(file).with_context(|| label(file))?;
        opened.take(most).read_to_end(&mut bytes).with_context(|| label(file))?;
    }
    draft_text(bytes).with_context(|| label(file))
}

async fn act(
    data: &Path,
    inroad: Option<Inroad>,
    action: &CoachAction,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let kept = || inroad.context("There is no data file yet; make one with 'inroad import PATH'");
    match action {
        CoachAction::Rules { name } => {
            let now = inroad_model::Moment::utc(jiff::Timestamp::now());
            let coach = Coach::without_record(Some(&coach_folder(data)), now)?;
            match name {
                None => show::rules(coach.pack(), out)?,
                Some(name) => match coach.pack().rule(name) {
                    Some(ready) => show::rule(ready, out)?,
                    None => bail!("No rule is called '{name}'; 'inroad coach rules' lists them"),
                },
            }
        }
        CoachAction::Dismiss { rule, words, undo } => {
            let dismissal = Dismissal { rule: rule.clone(), quote: words.clone() };
            let inroad = kept()?;
            if *undo {
                inroad.undismiss_finding(&dismissal).await?;
                writeln!(out, "'{rule}' speaks up again for these words.")?;
            } else {
                inroad.dismiss_finding(dismissal).await?;
                writeln!(out, "'{rule}' is silent for these words until they change.")?;
            }
        }
        CoachAction::Stats => show::coach_stats(&kept()?.coach_stats().await?, out)?,
    }
    Ok(ExitCode::SUCCESS)
}
