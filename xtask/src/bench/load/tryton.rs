//! Tryton on the same PostgreSQL with the same people and deals, asked over JSON-RPC.

use std::path::Path;

use anyhow::Result;

use super::super::tools;
use super::super::web::beside::Serving;
use super::wrk::{self, Rate, Target};
use super::{CONNECTIONS, SECONDS};
use crate::postgres::Postgres;
use crate::project::Project;

/// What the reader should know.
pub(super) const NOTE: &str = "Tryton is served by gunicorn with two processes of four threads, and asked over its JSON-RPC, a request a look: \
     50 opportunities by `search_read` with the columns of its list, parties by `search_read` of their quick search, \
     an opportunity by `create`. Its database is one more in the same server. Its searches look through 5,000 people; ours look \
     through 50,000 mails as well. Both keep the same deals; what each holds beside them is not alike.";

/// What Tryton came to, in the order of [`LIKE_TRYTON`](super::LIKE_TRYTON).
pub(super) struct Beside {
    pub program: String,
    pub rates: Vec<Rate>,
}

pub(super) fn measure(
    project: &Project,
    filled: &Path,
    postgres: &Postgres,
    folder: &Path,
) -> Result<Beside> {
    let packages = [
        "trytond==8.2.*",
        "trytond_party==8.2.*",
        "trytond_sale_opportunity==8.2.*",
        "psycopg[binary,pool]",
        "gunicorn",
    ];
    let python = tools::python(project, "tryton-on-postgres", &packages, &[])?;
    let script = project.path("xtask/src/bench/load/tryton_load.py");
    // Each run of ours has a database of its own, so theirs is filled anew as well.
    let scratch = folder.join("tryton");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)?;
    }
    let files = [filled.join("people.vcf"), filled.join("deals.json")];
    let files = files.map(|file| file.display().to_string());
    let url = postgres.url();
    let more = [files[0].as_str(), files[1].as_str(), super::WORDS[2], url.as_str()];
    let serving = Serving::start(project, &python, &script, &scratch, &more)?;
    let told = &serving.told;
    let mut rates = Vec::new();
    for look in &told.looks {
        let targets = [Target { host: told.host.clone(), requests: look.requests.clone() }];
        wrk::ask(folder, &targets, CONNECTIONS, 2)?;
        let rate = wrk::ask(folder, &targets, 2 * CONNECTIONS, SECONDS)?;
        eprintln!("Tryton, {}: {:.0} a second", look.what, rate.per_second);
        rates.push(rate);
    }
    Ok(Beside { program: told.program.clone(), rates })
}
