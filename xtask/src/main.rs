//! `cargo xtask`: the workshop. Tests, the rules of the house, measurements, rubbish for readers.
//!
//! Everything that a person or CI does to the project goes through here, so that both do the same.
//!
//! Must not: be part of the program, or be needed to build it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks")]

mod bench;
mod ci;
mod command;
mod corpus;
mod cues;
mod debian;
mod deny;
mod dovecot;
mod fuzz;
mod identity_provider;
mod linear;
mod machine;
mod manual;
mod need;
mod npm;
mod package;
mod postgres;
mod project;
mod radicale;
mod ratios;
mod receiver;
mod sayings;
mod screenshot;
mod server;
mod test;
mod tidy;
mod walk;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use linear::keep::Keep;
use package::Build;
use project::Project;

/// The project's own checks and measurements.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// All checks and all tests, as CI runs them
    Ci,
    /// Install what tests need, fetch corpora, run all tests
    Test {
        /// Only the tests inside of the crates, without programs and documentation
        #[arg(long)]
        quick: bool,
        /// Only those of one crate, such as inroad-imap, with the servers that they need
        #[arg(long, conflicts_with = "quick")]
        package: Option<String>,
    },
    /// Run a command beside the servers that tests talk with
    Beside {
        /// The command, such as `cargo test -p inroad-imap`
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
    /// Walk through the pages in a real browser; without a name, all walks
    Walk {
        /// One of crates/web/walk, without its ending
        name: Option<String>,
        /// Take the pictures anew that pages are compared with
        #[arg(long)]
        renew: bool,
    },
    /// Check the rules of the house
    Tidy,
    /// Check licences, banned crates and sources of the dependencies
    Deny,
    /// Fetch test corpora into target/corpora
    Corpus,
    /// Measure; without a name, list what can be measured
    Bench {
        /// What to measure
        name: Option<String>,
        /// Passed on; all know --write
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Learn the cues from playbook/cues; write the weights that ship, and docs/cues.md
    Cues {
        /// Only tell whether what is there is what the examples make
        #[arg(long)]
        check: bool,
        /// Only measure what corrections teach; write docs/corrections.md
        #[arg(long, conflicts_with = "check")]
        teach: bool,
    },
    /// Learn what sentences of drafts say from playbook/coach/sayings; write what ships and its figures
    Sayings {
        /// Only tell whether what ships is what the sentences make
        #[arg(long)]
        check: bool,
    },
    /// Fit the likelihood ratios of cues in playbook/scenarios to playbook/letters
    Ratios,
    /// Write the chapter of the manual that is made from playbook/scenarios
    Manual,
    /// Build the Debian package of the program as teams get it, into target/debian
    Package {
        /// With the program as tests build it, to try the package itself
        #[arg(long)]
        debug: bool,
    },
    /// Install the package in a clean Debian, serve a page there, and look whether all is well
    Debian {
        /// With the program as tests build it, to try the package itself
        #[arg(long)]
        debug: bool,
    },
    /// Take the pictures of README from the sample mailbox
    Screenshot {
        /// Take pictures of made-up maps of accounts instead, into target/maps
        #[arg(long)]
        maps: bool,
    },
    /// Feed rubbish to a reader; without a name, to all of them in turn
    Fuzz {
        /// Which: see fuzz/targets
        target: Option<String>,
        /// How long each
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Folders of more inputs to start from, which are not changed
        #[arg(long)]
        seeds: Vec<std::path::PathBuf>,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let project = Project::find()?;
    match task {
        Task::Ci => ci::run(&project),
        Task::Test { package: Some(package), .. } => test::run_one(&project, &package),
        Task::Test { quick: true, .. } => test::run(&project, test::Extent::Quick),
        Task::Test { .. } => test::run(&project, test::Extent::All),
        Task::Beside { command } => test::beside(&project, &command),
        Task::Walk { name, renew } => test::walk(&project, name, renew),
        Task::Tidy => tidy::run(&project),
        Task::Deny => deny::run(&project),
        Task::Corpus => {
            corpus::fetch(&project);
            Ok(())
        }
        Task::Cues { teach: true, .. } => cues::teach(&project),
        Task::Cues { check, .. } => cues::run(&project, Keep::asked(check)),
        Task::Sayings { check } => sayings::run(&project, Keep::asked(check)),
        Task::Ratios => ratios::run(&project),
        Task::Manual => manual::write(&project),
        Task::Bench { name, args } => bench::run(&project, name.as_deref(), &args),
        Task::Package { debug } => package::run(&project, Build::asked(debug)).map(|_package| ()),
        Task::Debian { debug } => debian::run(&project, Build::asked(debug)),
        Task::Screenshot { maps: false } => screenshot::take(&project),
        Task::Screenshot { maps: true } => screenshot::maps(&project),
        Task::Fuzz { target, seconds, seeds } => {
            fuzz::run(&project, target.as_deref(), seconds, &seeds)
        }
    }
}
