//! How well the program judges deal stories: the project's own in `stories`, and, where they are,
//! more that lie beside the repository and come with a scorer of their own.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use inroad_stories::{Named, Reviewed, Score, build};

use super::page::Page;
use super::release;
use crate::project::Project;

/// The folders of `stories`, one of each hand.
pub(super) const HANDS: [&str; 3] = ["british", "continental", "overseas"];

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let program = release(project)?;
    let mut scores = Vec::new();
    for hand in HANDS {
        let mut score = Score::default();
        for (story, review) in reviewed(project, &program, hand)? {
            score.add(&story.story, &build(&story.story), review.as_ref());
        }
        for quote in &score.wrong_quotes {
            eprintln!("wrong quote: {quote}");
        }
        scores.push(score);
    }
    let mut page = Page::table(&[&["measure"], &HANDS[..]].concat());
    let figures: Vec<_> = scores.iter().map(Score::figures).collect();
    for (at, (name, _)) in figures.first().into_iter().flatten().enumerate() {
        let mut row = vec![(*name).to_owned()];
        row.extend(figures.iter().filter_map(|all| all.get(at)).map(|(_, value)| value.clone()));
        page.row(&row);
    }
    page.notes.push(
        "Each deal is reviewed as of its story's own day. Sentences of the british and the continental \
         letters are among the examples from which cues are learnt; those of overseas are not, so its \
         column says more of strangers. What is measured stands in \
         [stories](../../stories/README.md)."
            .to_owned(),
    );
    page.part = Some(super::second::part(project, &program)?);
    let beside = project.path("../shared/eval/stories");
    if beside.join("score.py").is_file() {
        page.printed = Some(score_beside(&beside, &program, args)?);
        page.notes.push(
            "The second part: both sets of stories that lie beside the repository together, by \
             their own scorer."
                .to_owned(),
        );
    }
    Ok(page)
}

/// The stories of one hand, each with its review; they stay in `target/stories` as files.
pub(crate) fn reviewed(
    project: &Project,
    program: &Path,
    hand: &str,
) -> Result<Vec<(Named, Option<Reviewed>)>> {
    let stories = inroad_stories::read_all(&project.path("stories").join(hand))?;
    ensure!(!stories.is_empty(), "stories/{hand} is empty");
    let built = project.path("target/stories").join(hand);
    let each = stories.into_iter().map(|story| {
        let review = review(program, &built.join(&story.name), &story, &[])?;
        Ok((story, review))
    });
    each.collect()
}

/// Writes a story as files and has it reviewed; nothing if the program gives no review.
pub(super) fn review(
    program: &Path,
    folder: &Path,
    named: &Named,
    more: &[String],
) -> Result<Option<Reviewed>> {
    let files = build(&named.story);
    fs::create_dir_all(folder)?;
    let (mail, deals) = (folder.join("mail.mbox"), folder.join("deals.json"));
    fs::write(&mail, files.mail)?;
    fs::write(&deals, files.deals)?;
    fs::write(folder.join("truth.json"), files.truth)?;
    let mut command = Command::new(program);
    command.arg("review").arg("--mail").arg(&mail).arg("--deals").arg(&deals);
    command.args(["--as-of", &named.story.as_of, "--format", "json"]).args(more);
    let out = command.output().context("The program cannot be started")?;
    match serde_json::from_slice(&out.stdout) {
        Ok(review) => Ok(Some(review)),
        Err(cause) => {
            let errors = String::from_utf8_lossy(&out.stderr);
            eprintln!("{}: no review: {cause} {errors}", named.name);
            Ok(None)
        }
    }
}

fn score_beside(folder: &Path, program: &Path, args: &[String]) -> Result<String> {
    let mut command = Command::new("python3");
    command.arg(folder.join("score.py")).arg("--bin").arg(program);
    command.args([folder.join("one"), folder.join("two")]).args(args);
    let out = command.output().context("python3 cannot be started")?;
    let errors = String::from_utf8_lossy(&out.stderr);
    ensure!(out.status.success(), "The scorer failed: {errors}");
    eprint!("{errors}");
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}
