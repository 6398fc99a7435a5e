//! The page where something comes in, and the two forms of it that the first page has, too.

use inroad_service::{Job, UPLOAD_BYTES_MAX, UPLOAD_FILES_MAX};
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::hidden_key;
use crate::job;

/// The page.
pub(crate) fn import(jobs: &[Job], from: Files, key: &Key) -> Markup {
    html! {
        h1 { "Import" }
        p.lead {
            "Mail, calendars, contacts and deals. Importing again is safe: what is there already comes in no second time."
        }
        (forms(from, key))
        p { "A mailbox can be read by itself, too: " a href="/connections" { "Connections" } "." }
        @if !jobs.is_empty() {
            h2 { "Since this start" }
            ul.plain { @for job in jobs { li { (job::line(job)) } } }
        }
        p.quiet { a href="/settings/problems" { "What was wrong with imported files" } }
    }
}

/// Where files may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Files {
    /// With whoever asks, and on this machine, which is theirs.
    Anywhere,
    /// With whoever asks, from elsewhere.
    WithWhoAsks,
}

/// Choose or drop files, or type where they lie.
pub(crate) fn forms(from: Files, key: &Key) -> Markup {
    html! {
        div.ways {
            (send(key))
            @if from == Files::Anywhere { (lies(key)) }
        }
        script type="module" src="/import.js" {}
    }
}

fn send(key: &Key) -> Markup {
    let gigabytes = UPLOAD_BYTES_MAX / 1_000_000_000;
    html! {
        form.box method="post" action="/import/upload" enctype="multipart/form-data" data-send {
            (hidden_key(key))
            h2 { "Choose files" }
            p.quiet id="kinds" {
                "A mailbox (mbox), a Takeout or other archive (.zip, .tgz), letters (.eml), calendars (.ics), contacts (.vcf), CSV exports of your CRM, a deals file. Several at once are fine."
            }
            label for="files" { "Files" }
            input type="file" name="file" id="files" multiple aria-describedby="kinds";
            details {
                summary { "A whole folder, such as a Maildir" }
                label for="folder" { "Folder" }
                input type="file" name="file" id="folder" multiple webkitdirectory;
            }
            (buttons())
            p.quiet hidden data-sent role="status" {}
            p.quiet {
                small {
                    "Nothing leaves this machine: what you choose is copied into a private folder, read, and the copy removed. Up to "
                    (gigabytes) " GB and " (job::grouped(UPLOAD_FILES_MAX as u64)) " files."
                }
            }
        }
    }
}

fn lies(key: &Key) -> Markup {
    html! {
        form.box method="post" action="/import/path" {
            (hidden_key(key))
            h2 { "Or say where it lies" }
            p.quiet id="place" {
                "Faster for a large mailbox, as nothing is copied. A folder brings everything in it: a Maildir, or a profile of Thunderbird."
            }
            label for="path" { "Path of a file or a folder" }
            input type="text" name="path" id="path" autocomplete="off" spellcheck="false" placeholder="~/Downloads/takeout.zip" aria-describedby="place";
            (buttons())
        }
    }
}

fn buttons() -> Markup {
    html! {
        div.row {
            button.main type="submit" name="do" value="import" { "Import" }
            button type="submit" name="do" value="look" { "Look first" }
        }
        p.quiet { small { "“Look first” tells what would come in, and keeps nothing." } }
    }
}
