//! A job as it stands.

use std::time::Duration;

use inroad_service::{Job, JobState, Pace, Work};
use maud::{Markup, html};

use super::{report, title};
use crate::access::Key;
use crate::forms::hidden_key;
use crate::job::address;
use crate::job::report::{NextStep, count, grouped};

/// How far it is, in words and as a bar.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Says {
    /// From 0 to 100, where it is known.
    pub percent: Option<u8>,
    pub done: String,
    pub file: String,
}

/// The page.
pub(super) fn job(job: &Job, next: NextStep, key: &Key) -> Markup {
    html! {
        h1 { (title(job)) }
        @match &job.state {
            JobState::Waiting | JobState::Running(_) => (under_way(job, key)),
            JobState::Failed(why) => {
                p.lead { (why) }
                (go_on(job, key))
                p { a href="/import" { "To the import" } }
            }
            JobState::Over(came) => (report::came(job, came, next, key)),
        }
    }
}

fn under_way(job: &Job, key: &Key) -> Markup {
    let says = says(job);
    html! {
        noscript { meta http-equiv="refresh" content="2"; }
        div.progress data-job={ (address(job.number)) "/news" } {
            progress max="100" value=[says.percent] aria-label="How far it is" {}
            p role="status" data-done { (says.done) }
            p.quiet data-file { (says.file) }
        }
        form method="post" action={ (address(job.number)) "/stop" } {
            (hidden_key(key))
            button type="submit" { "Interrupt" }
        }
        p.quiet {
            @match job.work {
                Work::Import { dry_run: true } => "Nothing is kept by this. You may leave the page; it goes on.",
                Work::Import { dry_run: false } => "You may leave the page, and look at what is in already; it goes on. If you interrupt, what is in stays, and importing again brings only the rest.",
                Work::Reread => "You may leave the page; it goes on. If you interrupt, the next start goes on there.",
                Work::Check => "You may leave the page; it goes on.",
            }
        }
        script type="module" src="/import.js" {}
    }
}

/// A button that imports what was looked at, or goes on.
pub(super) fn go_on(job: &Job, key: &Key) -> Markup {
    let word = match job.work {
        Work::Import { dry_run: true } => "Import it",
        _ => "Go on",
    };
    html! {
        @if job.can_go_on {
            form method="post" action={ (address(job.number)) "/again" } {
                (hidden_key(key))
                button.main type="submit" { (word) }
            }
        }
    }
}

/// How far a job is.
pub(super) fn says(job: &Job) -> Says {
    match &job.state {
        JobState::Waiting => Says {
            done: "Another one is under way. This one waits for its turn.".to_owned(),
            ..Says::default()
        },
        JobState::Running(pace) => running(job.work, pace),
        JobState::Over(_) | JobState::Failed(_) => Says { percent: Some(100), ..Says::default() },
    }
}

fn running(work: Work, pace: &Pace) -> Says {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = pace.share().map(|share| (share * 100.0) as u8);
    let mut done: Vec<String> = Vec::new();
    match work {
        Work::Check => done.push("Reading every page of the data file".to_owned()),
        Work::Reread => {
            done.push(format!("{} of {} messages", grouped(pace.done), grouped(pace.total)));
        }
        Work::Import { .. } if pace.total == 0 => done.push("Looking what is there".to_owned()),
        Work::Import { dry_run } => {
            done.push(format!("{} read", count(pace.messages, "message")));
            if !dry_run {
                done.push(format!("{} new ones kept", grouped(pace.added)));
            }
            done.push(megabytes(pace));
        }
    }
    done.extend(pace.left().map(left));
    let file = pace.file.as_deref().unwrap_or_default().to_owned();
    Says { percent, done: done.join(" · "), file }
}

/// How much was read; what is packed unpacks to more than its size, of which nothing is said then.
fn megabytes(pace: &Pace) -> String {
    let of = |bytes: u64| format!("{:.1}", bytes as f64 / 1e6);
    if pace.done <= pace.total {
        format!("{} of {} MB", of(pace.done), of(pace.total))
    } else {
        format!("{} MB unpacked", of(pace.done))
    }
}

fn left(left: Duration) -> String {
    match left.as_secs() {
        0..10 => "a few seconds left".to_owned(),
        10..90 => format!("about {} seconds left", left.as_secs() / 10 * 10),
        seconds => format!("about {} minutes left", (seconds + 30) / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_left_as_people_do() {
        for (seconds, expected) in [
            (3, "a few seconds left"),
            (47, "about 40 seconds left"),
            (90, "about 2 minutes left"),
            (600, "about 10 minutes left"),
        ] {
            assert_eq!(left(Duration::from_secs(seconds)), expected);
        }
    }
}
