//! Long work in the background, such as imports: how far it is, and what came of it.

use axum::extract::State;
use inroad_service::{Came, ImportReport, Job, JobState, Work};
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::{Mailbox, Path};
use crate::problem::{Answer, Problem};
use crate::router::Api;

/// A job.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobTold {
    /// Its number.
    number: u64,
    /// What is done: `import`, `look` (what an import would bring), `reread` or `check`.
    #[schema(example = "import")]
    work: &'static str,
    /// With which files, in a few words.
    of: String,
    /// How it stands: `waiting`, `running`, `done`, `stopped` or `failed`.
    #[schema(example = "done")]
    state: &'static str,
    /// How much of it is done, in the measure of `total`; `null` while it does not run.
    done: Option<u64>,
    /// How much there is; 0 while that is not known.
    total: Option<u64>,
    /// Why it failed.
    because: Option<String>,
    /// What came in.
    imported: Option<Imported>,
}

/// What an import brought.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Imported {
    /// Files read.
    files: usize,
    /// New messages.
    messages: usize,
    /// New or changed calendar entries.
    events: usize,
    /// New or changed contacts.
    contacts: usize,
    /// New companies, or companies of which something new is told.
    companies: usize,
    /// New deals.
    deals: usize,
    /// How much was wrong with the input; `/issues` lists it.
    issues: usize,
}

impl From<&ImportReport> for Imported {
    fn from(report: &ImportReport) -> Self {
        Self {
            files: report.files,
            messages: report.messages,
            events: report.events,
            contacts: report.contacts,
            companies: report.companies,
            deals: report.deals,
            issues: report.issue_count,
        }
    }
}

impl From<Job> for JobTold {
    fn from(job: Job) -> Self {
        let work = match job.work {
            Work::Import { dry_run: false } => "import",
            Work::Import { dry_run: true } => "look",
            Work::Reread => "reread",
            Work::Check => "check",
        };
        let mut told = Self {
            number: job.number,
            work,
            of: job.of,
            state: "waiting",
            done: None,
            total: None,
            because: None,
            imported: None,
        };
        match job.state {
            JobState::Waiting => {}
            JobState::Running(pace) => {
                told.state = "running";
                (told.done, told.total) = (Some(pace.done), Some(pace.total));
            }
            JobState::Over(came) => {
                told.state = match &came {
                    Came::Import(report) if report.stopped => "stopped",
                    Came::Nothing => "stopped",
                    _ => "done",
                };
                if let Came::Import(report) = &came {
                    told.imported = Some(Imported::from(&**report));
                }
            }
            JobState::Failed(because) => {
                told.state = "failed";
                told.because = Some(because);
            }
        }
        told
    }
}

/// The jobs of this server
///
/// The last one first; the last fifty or so are remembered.
#[utoipa::path(get, path = "/jobs", tag = "imports", operation_id = "jobs",
    responses((status = 200, body = Vec<JobTold>)))]
pub(crate) async fn list(_: Mailbox, State(api): State<Api>) -> Answer<axum::Json<Vec<JobTold>>> {
    Ok(axum::Json(api.jobs.all().into_iter().map(JobTold::from).collect()))
}

/// One job
#[utoipa::path(get, path = "/jobs/{number}", tag = "imports", operation_id = "job",
    params(("number" = i64, Path, description = "The job's number", example = 1, minimum = 1)),
    responses((status = 200, body = JobTold)))]
pub(crate) async fn one(
    _: Mailbox,
    State(api): State<Api>,
    Path(number): Path<String>,
) -> Answer<axum::Json<JobTold>> {
    let missing = |_| Problem::not_found("There is no job of that number");
    let number: u64 = number.parse().map_err(missing)?;
    let job = api.jobs.watch(number)?.borrow().clone();
    Ok(axum::Json(JobTold::from(job)))
}
