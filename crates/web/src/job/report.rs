//! What came of a job: what is in, what was there, what was wrong and where, and what to do next.

use inroad_model::Issue;
use inroad_service::{Came, Diagnosis, Error, ImportReport, Job, RereadReport, Work};
use maud::{Markup, html};

use super::page::go_on;
use crate::access::Key;
use crate::server::App;

/// What the user does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NextStep {
    /// Bring something.
    Import,
    /// Say who they are.
    You,
    /// Look at what is proposed.
    Proposals,
    /// Read the review.
    Review,
}

impl NextStep {
    /// Where, and the words of the link.
    pub(crate) fn link(self) -> (&'static str, &'static str) {
        match self {
            Self::Import => ("/import", "Import something"),
            Self::You => ("/welcome/you", "Next: say who you are"),
            Self::Proposals => ("/welcome/deals", "Next: look at the deals that are proposed"),
            Self::Review => ("/", "To the review"),
        }
    }
}

/// What comes next, by what the data file holds.
pub(crate) async fn next_step(app: &App) -> Result<NextStep, Error> {
    if app.inroad.is_empty().await? {
        return Ok(NextStep::Import);
    }
    Ok(match app.inroad.myself().await? {
        Some(myself) if !myself.guessed => {
            if app.inroad.proposal_count().await? > 0 {
                NextStep::Proposals
            } else {
                NextStep::Review
            }
        }
        _ => NextStep::You,
    })
}

/// Faults that are shown at once; the page of problems has the others.
const ISSUES_SHOWN_MAX: usize = 100;

/// Whether it ended before its end.
pub(super) fn was_stopped(came: &Came) -> bool {
    match came {
        Came::Import(report) => report.stopped,
        Came::Reread(report) => report.stopped,
        Came::Check(_) => false,
        Came::Nothing => true,
    }
}

/// What came of it.
pub(super) fn came(job: &Job, came: &Came, next: NextStep, key: &Key) -> Markup {
    html! {
        @match came {
            Came::Nothing => {
                p.lead { "It was interrupted before it began; nothing was done." }
                (go_on(job, key))
            }
            Came::Import(report) => (import(job, report, next, key)),
            Came::Reread(report) => (reread(report)),
            Came::Check(diagnosis) => (check(diagnosis)),
        }
    }
}

fn import(job: &Job, report: &ImportReport, next: NextStep, key: &Key) -> Markup {
    let dry_run = job.work == Work::Import { dry_run: true };
    let in_vain = report.files == 0;
    html! {
        p.lead {
            @if in_vain { "There was nothing to import in it." }
            @else if dry_run && report.stopped { "You interrupted the look; this is what it saw." }
            @else if dry_run { "Nothing is kept yet. This is what would come in." }
            @else if report.stopped { "You interrupted it. What stands here is in and stays; going on brings only the rest." }
            @else { "It is all in." }
        }
        @if !in_vain { (table(report, dry_run)) }
        @if !in_vain || job.can_go_on && report.stopped { (go_on(job, key)) }
        @if !dry_run && !in_vain && !report.stopped {
            @let (address, words) = next.link();
            p { a.button.main href=(address) { (words) } }
        }
        @if in_vain || dry_run { p { a href="/import" { "Choose something else" } } }
        (issues(report, dry_run))
    }
}

fn table(report: &ImportReport, dry_run: bool) -> Markup {
    let rows = [
        ("Messages", report.messages, report.message_doubles),
        ("Calendar entries", report.events, report.event_doubles),
        ("Contacts", report.contacts, report.contact_doubles),
        ("Companies", report.companies, report.company_doubles),
        ("Deals", report.deals, report.deal_doubles),
    ];
    html! {
        div.scroll { table.came {
            thead { tr {
                th scope="col" { "" }
                th scope="col" { @if dry_run { "Would come in" } @else { "New" } }
                th scope="col" { "Known already" }
            } }
            tbody {
                @for (noun, new, known) in rows.into_iter().filter(|(_, new, known)| new + known > 0) {
                    tr { th scope="row" { (noun) } td { (grouped(new as u64)) } td { (grouped(known as u64)) } }
                }
            }
        } }
        p.quiet {
            (count(report.files as u64, "file")) " read"
            @if report.facts > 0 { " · " (count(report.facts as u64, "fact")) " found in the letters" }
            @if report.notes > 0 { " · " (count(report.notes as u64, "note")) " for deals" }
            @if report.deals_proposed > 0 { " · " (count(report.deals_proposed as u64, "deal")) " proposed" }
        }
    }
}

fn issues(report: &ImportReport, dry_run: bool) -> Markup {
    let more = report.issue_count.saturating_sub(ISSUES_SHOWN_MAX);
    html! {
        @if report.issue_count > 0 {
            h2 { (count(report.issue_count as u64, "problem")) " with these files" }
            @if report.files > 0 && !report.stopped {
                p.quiet { "Everything else " @if dry_run { "would come in." } @else { "came in." } }
            }
            ul.problems { @for found in report.issues.iter().take(ISSUES_SHOWN_MAX) { (issue(found)) } }
            @if more > 0 {
                p.quiet {
                    "And " (grouped(more as u64)) " more"
                    @if !dry_run { ": " a href="/settings/problems" { "all problems" } }
                }
            }
        }
    }
}

/// What was wrong with a file, where, and the way out.
pub(crate) fn issue(issue: &Issue) -> Markup {
    html! { li { (issue.to_string()) } }
}

fn reread(report: &RereadReport) -> Markup {
    html! {
        p.lead {
            (count(report.messages, "message")) " read anew, " (grouped(report.changed)) " of them otherwise than before."
            @if report.stopped { " You interrupted it; the next start goes on there." }
        }
        @if report.unreadable > 0 {
            p { (count(report.unreadable, "message")) " could not be unpacked and stay as they were." }
        }
        p { a href="/settings" { "To the settings" } }
    }
}

fn check(found: &Diagnosis) -> Markup {
    html! {
        @if found.health.faults.is_empty() {
            p.lead { "The data file is whole." }
        } @else {
            p.lead { "The data file is damaged. Restore a backup: " code { "inroad restore FILE" } }
            ul { @for fault in &found.health.faults { li { (fault) } } }
        }
        div.scroll { table.came {
            tbody {
                @for (noun, number) in &found.health.counts {
                    tr { th scope="row" { (noun) } td { (grouped(*number)) } }
                }
                tr { th scope="row" { "Database" } td { (found.health.database) } }
                tr { th scope="row" { "Digest" } td { code { (found.digest) } } }
            }
        } }
        p.quiet { "Two data files with the same content have the same digest." }
        p { a href="/settings" { "To the settings" } }
    }
}

/// "1 deal", "2 deals", "3 calendar entries".
pub(crate) fn count(number: u64, noun: &str) -> String {
    let number = (grouped(number), number);
    match (number, noun.strip_suffix('y')) {
        ((shown, 1), _) => format!("{shown} {noun}"),
        ((shown, _), Some(stem)) => format!("{shown} {stem}ies"),
        ((shown, _), None) => format!("{shown} {noun}s"),
    }
}

/// A number with thin spaces between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}
