//! The rules of the house that no compiler checks. One rule a file; a finding is a line that names
//! the place and the way out.
//!
//! Must not: change anything, or forgive a place by its name.

mod changelog;
mod file_length;
mod guards;
mod house_map;
mod layering;
mod links;
mod machine_paths;
mod migrations;
mod module_docs;
mod one_sender;
mod one_writer;
mod playbook_chapter;
mod pure_crates;
mod sockets;
mod stays_home;
mod unfinished;

use anyhow::{Result, bail};

use crate::project::Project;

/// What a rule looks at: the project, its files, its crates.
#[derive(Debug)]
struct Tree<'a> {
    project: &'a Project,
    files: Vec<String>,
    /// What `cargo metadata` says.
    metadata: serde_json::Value,
}

type Rule = (&'static str, fn(&Tree<'_>) -> Vec<String>);

const RULES: [Rule; 16] = [
    ("files are short", file_length::check),
    ("modules say what they are", module_docs::check),
    ("nothing is unfinished", unfinished::check),
    ("no path of one machine", machine_paths::check),
    ("pure crates are held pure", pure_crates::check),
    ("nothing leaves this machine", stays_home::check),
    ("one function hands mail on", one_sender::check),
    ("one file writes on servers", one_writer::check),
    ("few crates reach a network", sockets::check),
    ("migrations are only added", migrations::check),
    ("crates depend downwards", layering::check),
    ("ARCHITECTURE.md names every crate", house_map::check),
    ("links in documents lead somewhere", links::check),
    ("tests that guard are there", guards::check),
    ("the playbook's chapter is current", playbook_chapter::check),
    ("there is a changelog", changelog::check),
];

/// Checks all rules; an error if one is broken.
pub(crate) fn run(project: &Project) -> Result<()> {
    let tree = Tree { project, files: project.files()?, metadata: project.metadata()? };
    let mut count = 0;
    for (name, rule) in RULES {
        let findings = rule(&tree);
        println!("{name}: {}", if findings.is_empty() { "ok" } else { "BROKEN" });
        for finding in &findings {
            println!("  {finding}");
        }
        count += findings.len();
    }
    if count > 0 {
        bail!("{count} places are untidy");
    }
    Ok(())
}

impl Tree<'_> {
    /// The names of files that end in `.extension`.
    fn named(&self, extension: &str) -> impl Iterator<Item = &str> {
        let wanted =
            move |name: &&str| name.rsplit_once('.').is_some_and(|(_, found)| found == extension);
        self.files.iter().map(String::as_str).filter(wanted)
    }

    /// A file as text; what is no UTF-8 is no text and gives nothing.
    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.project.path(name)).unwrap_or_default()
    }

    /// Runs a rule over each file of that kind; its findings are put behind the file's name.
    fn each(&self, extension: &str, rule: impl Fn(&str) -> Vec<String>) -> Vec<String> {
        self.named(extension)
            .flat_map(|name| {
                rule(&self.text(name)).into_iter().map(move |finding| format!("{name}:{finding}"))
            })
            .collect()
    }
}

/// The lines of a text that a test is true of, numbered, each with what is wrong.
fn lines(text: &str, wrong: impl Fn(&str) -> bool, what: &str) -> Vec<String> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| wrong(line))
        .map(|(number, line): (usize, &str)| format!("{number}: {what}: {}", line.trim()))
        .collect()
}
