//! The page of settings.

use inroad_model::EmailAddress;
use inroad_service::{Deed, Job, Myself, Work};
use maud::{Markup, html};

use super::history;
use crate::access::Key;
use crate::forms::hidden_key;
use crate::job::{self, count};
use crate::visit::Visit;

/// What the page shows.
#[derive(Debug)]
pub(super) struct Known {
    pub myself: Option<Myself>,
    /// Where the data file lies.
    pub path: String,
    /// What it takes on the disk.
    pub bytes: Option<u64>,
    /// Messages that an earlier version of the program read.
    pub read_by_others: u64,
    /// The jobs of this start.
    pub jobs: Vec<Job>,
    /// The address of the calendar, if there is one.
    pub calendar: Option<String>,
    /// What was done last.
    pub deeds: Vec<Deed>,
}

/// The page.
pub(super) fn settings(known: &Known, visit: &Visit) -> Markup {
    let key = &visit.form_key;
    html! {
        h1 { "Settings" }
        (who(known.myself.as_ref(), key))
        (data(known, key))
        (imports(known))
        (calendar(known.calendar.as_deref(), key))
        section.setting {
            h2 { "What was done" }
            @if known.deeds.is_empty() {
                p.quiet { "Nothing yet. Whatever you change stands here, and nearly all of it can be undone." }
            } @else {
                (history::table(&known.deeds, visit))
                p { a href="/settings/history" { "All that was done" } }
            }
        }
    }
}

fn lines(emails: &[EmailAddress]) -> String {
    emails.iter().map(EmailAddress::as_str).collect::<Vec<_>>().join("\n")
}

fn who(myself: Option<&Myself>, key: &Key) -> Markup {
    let seller = myself.map(|myself| myself.seller.clone()).unwrap_or_default();
    html! {
        section.setting {
            h2 { "Who you are" }
            @match myself {
                None => p.quiet { "Not known yet. Name your addresses, or bring your mail." },
                Some(myself) if myself.guessed => p.quiet {
                    "This is guessed from your mail. " a href="/welcome/you" { "What speaks for it" }
                },
                Some(_) => p.quiet { "As you said. " a href="/welcome/you" { "What your mail shows" } },
            }
            form method="post" action="/settings/me" {
                (hidden_key(key))
                label for="name" { "Name" }
                input type="text" name="name" id="name" value=(seller.name.unwrap_or_default()) autocomplete="name" maxlength="200";
                label for="more" { "Your addresses, one a line" }
                textarea name="more" id="more" rows="3" autocomplete="off" spellcheck="false" { "\n" (lines(&seller.emails)) }
                label for="colleagues" { "Colleagues at other domains than yours, one a line" }
                textarea name="colleagues" id="colleagues" rows="2" autocomplete="off" spellcheck="false" { "\n" (lines(&seller.colleagues)) }
                p.quiet { small { "Everybody at your own domain counts as a colleague. With other addresses deals are proposed anew." } }
                div.row { button type="submit" { "Keep" } }
            }
            p { a href="/team" { "Who else works here" } }
            p { a href="/credentials" { "Signing in, and tokens for programs" } }
        }
    }
}

fn data(known: &Known, key: &Key) -> Markup {
    let checks = known.jobs.iter().filter(|job| job.work == Work::Check);
    html! {
        section.setting {
            h2 { "Your data" }
            p {
                @if let Some(bytes) = known.bytes {
                    "One file holds everything: " code.address { (known.path) } ", "
                    (format!("{:.1}", bytes as f64 / 1e6)) " MB."
                } @else {
                    "A workspace on a server holds everything: " code.address { (known.path) } " names it."
                }
            }
            div.row {
                (button("/settings/backup", "Download a backup", key))
                (button("/settings/check", "Look whether all is whole", key))
            }
            @for job in checks.take(1) { p { (job::line(job)) } }
            p.quiet { small { "A backup is the same file as it is at this moment. " code { "inroad restore FILE" } " puts it back." } }
            @if known.read_by_others > 0 {
                p { (count(known.read_by_others, "message")) " read by an earlier version of this program." }
                div.row { (button("/settings/reread", "Read anew", key)) }
            }
        }
    }
}

fn button(action: &str, word: &str, key: &Key) -> Markup {
    html! {
        form method="post" action=(action) { (hidden_key(key)) button type="submit" { (word) } }
    }
}

/// Imports that are shown; the page of imports has the others.
const IMPORTS_SHOWN: usize = 5;

fn imports(known: &Known) -> Markup {
    let imports = known.jobs.iter().filter(|job| matches!(job.work, Work::Import { .. }));
    html! {
        section.setting {
            h2 { "Imports" }
            ul.plain { @for job in imports.take(IMPORTS_SHOWN) { li { (job::line(job)) } } }
            p {
                a href="/import" { "Import something" } " · "
                a href="/settings/problems" { "What was wrong with imported files" } " · "
                a href="/deals/proposed" { "Proposed deals" } " · "
                a href="/welcome" { "The first steps" }
            }
        }
    }
}

fn calendar(address: Option<&str>, key: &Key) -> Markup {
    html! {
        section.setting id="calendar" {
            h2 { "What you planned, in your calendar" }
            @if let Some(address) = address {
                p { "Subscribe to this address in a calendar program on this machine:" }
                p { code.address { (address) } }
                p.quiet {
                    small { "It is only read, and it works while inroad runs. Whoever on this machine has the address can read what you planned, and nothing else. A new address closes the old one for good." }
                }
                form method="post" action="/settings/calendar" {
                    (hidden_key(key))
                    div.row {
                        button type="submit" name="do" value="renew" { "Make a new address" }
                        button type="submit" name="do" value="close" { "Close it" }
                    }
                }
            } @else {
                p.quiet { "A calendar program on this machine can show what you planned with deals and people. It needs an address that nobody can guess." }
                form method="post" action="/settings/calendar" {
                    (hidden_key(key))
                    div.row { button type="submit" name="do" value="make" { "Make an address" } }
                }
            }
        }
    }
}
