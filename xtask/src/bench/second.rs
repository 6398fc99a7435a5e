//! What a second reading is worth, and what a bad one can do: all stories of the project, with
//! readings replayed by a server on this machine that stands in for a model.

use std::path::Path;

use anyhow::Result;
use inroad_stories::{Manner, Named, Reading, Score, StandIn, build, recorded};

use super::page::{Page, table};
use super::stories::{HANDS, review};
use crate::project::Project;

/// What is replayed, and what it is called.
const KINDS: [(&str, Option<Reading>); 5] = [
    ("without", None),
    ("right", Some(Reading::Right)),
    ("false quotes", Some(Reading::FalseQuotes)),
    ("all causes alike", Some(Reading::AllAlike)),
    ("wrong causes, true quotes", Some(Reading::WrongCauses)),
];

/// The figures that a second reading can change.
const SHOWN: [&str; 9] = [
    "state exact",
    "cause first",
    "cause in first three",
    "healthy left alone",
    "Brier of causes",
    "advice",
    "harmful advice",
    "facts, F1",
    "quotes wrong",
];

/// The part of the page of stories that tells of second readings.
pub(super) fn part(project: &Project, program: &Path) -> Result<String> {
    let mut columns = Vec::new();
    for (_, kind) in KINDS {
        let mut score = Score::default();
        for hand in HANDS {
            let stories = inroad_stories::read_all(&project.path("stories").join(hand))?;
            let built = project.path("target/stories").join(hand);
            for named in stories {
                let asked = kind.map(|kind| stand_in(&named, kind)).transpose()?;
                let args = asked.as_ref().map(arguments).unwrap_or_default();
                let reviewed = review(program, &built.join(&named.name), &named, &args)?;
                score.add(&named.story, &build(&named.story), reviewed.as_ref());
            }
        }
        columns.push(score.figures());
    }
    let mut page = Page::table(&[&["measure"], &KINDS.map(|(name, _)| name)[..]].concat());
    for name in SHOWN {
        let values = columns.iter().map(|figures| {
            let found = figures.iter().find(|(known, _)| *known == name);
            found.map_or_else(String::new, |(_, value)| value.clone())
        });
        page.row(&std::iter::once(name.to_owned()).chain(values).collect::<Vec<_>>());
    }
    Ok(format!("## With a second reading (stand-in)\n\n{}\n\n{NOTE}", table(&page.rows)))
}

const NOTE: &str = "All stories of the project. No model was asked: a server on this machine replays readings made of \
each story's truth. *Right*: its causes, with sentences that stand in the letters by which the story says one \
knows; that is as good as a reading can be, so the column is a ceiling. *False quotes*: other causes, with words that \
stand nowhere. *Wrong causes, true quotes*: other causes with sentences that do stand there, which nobody can tell \
from a right reading by looking up quotes. How good a real model is has not been measured.";

/// A server that answers about the deals of a story.
fn stand_in(named: &Named, kind: Reading) -> Result<StandIn> {
    let answers = recorded(&named.story, kind);
    let names = named.story.deals.iter().map(|deal| (&deal.id, &deal.name));
    let of =
        |id: &String| answers.iter().find(|(known, _)| known == id).map(|(_, a)| a.to_string());
    let replayed =
        names.filter_map(|(id, name)| Some((format!("The deal: {name}\n"), of(id)?))).collect();
    Ok(StandIn::start(Manner::Replays(replayed))?)
}

fn arguments(server: &StandIn) -> Vec<String> {
    let (url, host) = (server.url(), server.host());
    [
        "--second-reading-from",
        &url,
        "--second-reading-model",
        "stand-in",
        "--i-agree-to-send-to",
        &host,
    ]
    .map(str::to_owned)
    .to_vec()
}
