//! What was wrong with the entries of one file, up to a bound, and how much more there was.
//!
//! Must not: know any format.

use inroad_model::Issue;

use crate::Limits;

/// A bounded list of issues.
#[derive(Debug)]
pub(crate) struct IssueList {
    issues: Vec<Issue>,
    issues_max: usize,
    dropped: usize,
}

impl IssueList {
    /// Starts with what is known of the file as a whole.
    pub(crate) fn new(issues: Vec<Issue>, limits: &Limits) -> Self {
        Self { issues, issues_max: limits.issues, dropped: 0 }
    }

    /// Tells about one entry, or counts it where the list is full.
    pub(crate) fn add(&mut self, issue: Issue) {
        if self.issues.len() < self.issues_max {
            self.issues.push(issue);
        } else {
            self.dropped += 1;
        }
    }

    /// Tells about the file as a whole, however full the list is.
    pub(crate) fn add_to_all(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// The list, with the number of those that found no room: so many `entries` more.
    pub(crate) fn finish(mut self, entries: &str) -> Vec<Issue> {
        if self.dropped > 0 {
            self.issues.push(Issue::new(
                format!("{} more {entries} have something wrong with them", self.dropped),
                "They were read as far as possible; mend those named and import again to see them",
            ));
        }
        self.issues
    }
}
