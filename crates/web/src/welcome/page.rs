//! The steps of the first minutes.

use inroad_model::EmailAddress;
use inroad_service::{Job, Myself, OwnerCandidate};
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::hidden_key;
use crate::import;
use crate::job::{self, NextStep, count};
use crate::proposals;

/// What the first page depends on.
#[derive(Debug)]
pub(super) struct Start {
    /// Where files may lie.
    pub files: import::page::Files,
    /// Whether nothing is there yet.
    pub empty: bool,
    pub next: NextStep,
    pub jobs: Vec<Job>,
    /// Whether the sample may be tried.
    pub offered: bool,
}

/// The steps with their addresses, in their order.
const STEPS: [(NextStep, &str, &str); 4] = [
    (NextStep::Import, "/welcome", "Your mail"),
    (NextStep::You, "/welcome/you", "Who you are"),
    (NextStep::Proposals, "/welcome/deals", "Your deals"),
    (NextStep::Review, "/", "The review"),
];

fn way(here: NextStep) -> Markup {
    html! {
        nav aria-label="First steps" {
            ol.way {
                @for (number, (step, address, name)) in (1..).zip(STEPS) {
                    li { a href=(address) aria-current=[(step == here).then_some("step")] { (number) ". " (name) } }
                }
            }
        }
    }
}

/// The first page.
pub(super) fn start(start: &Start, key: &Key) -> Markup {
    let under_way = start.jobs.iter().filter(|job| !job.state.is_over());
    html! {
        h1 { "Welcome" }
        @if start.empty {
            p.lead {
                "inroad reads your mailbox and tells each morning which of your deals are warm, which went quiet and why, and what the next honest step is. It runs on this machine and sends nothing by itself."
            }
        } @else {
            p.lead { "Something is in already. You may bring more, or go on." }
            @let (address, words) = start.next.link();
            p { a.button.main href=(address) { (words) } }
        }
        (way(NextStep::Import))
        @for job in under_way { p.word { (job::line(job)) } }
        (import::page::forms(start.files, key))
        p { "Or let inroad read your mailbox by itself: " a href="/connections/new" { "connect it" } "." }
        @if start.offered { (offer_sample(key)) }
        details {
            summary { "How do I get my mail out of my program?" }
            ul {
                li { strong { "Gmail: " } "Google Takeout (takeout.google.com), choose Mail, Calendar and Contacts; leave the archive as it is." }
                li { strong { "Thunderbird: " } "say where your profile's folder lies, as it is." }
                li { strong { "Outlook and Apple Mail: " } "export as mbox, or drag letters out as .eml files into a folder." }
                li { strong { "Any other: " } "whatever keeps a Maildir or an mbox works." }
            }
        }
    }
}

fn offer_sample(key: &Key) -> Markup {
    html! {
        form.box method="post" action="/welcome/sample" {
            (hidden_key(key))
            h2 { "Or look around first" }
            p.quiet { "A sample mailbox of an invented consultant, with eleven deals over six months. It stays apart: nothing of it comes into your own data." }
            div.row { button type="submit" { "Try the sample" } }
        }
    }
}

/// Whoever could be the user, to be confirmed or corrected.
pub(super) fn you(myself: Option<&Myself>, candidates: &[OwnerCandidate], key: &Key) -> Markup {
    let guessed = myself.is_none_or(|myself| myself.guessed);
    let name = myself.and_then(|myself| myself.seller.name.clone()).unwrap_or_default();
    html! {
        h1 { "Who are you?" }
        (way(NextStep::You))
        p.lead {
            @if candidates.is_empty() { "No letter shows it yet. Name your addresses, or bring your mail first." }
            @else if guessed { "All else depends on it: which letters are yours, and who is a colleague. This is what your mail suggests; mark every address that is yours." }
            @else { "You told it already. Mark every address that is yours." }
        }
        form.box method="post" action="/welcome/you" {
            (hidden_key(key))
            label for="name" { "Your name" }
            input type="text" name="name" id="name" value=(name) autocomplete="name" maxlength="200";
            @if !candidates.is_empty() {
                fieldset {
                    legend { "Your addresses" }
                    @for candidate in candidates { (choice(candidate)) }
                }
            }
            label for="more" { "Other addresses of yours, one a line" }
            textarea name="more" id="more" rows="2" autocomplete="off" spellcheck="false" {}
            div.row { button.main type="submit" { "That is me" } }
        }
        p.quiet { "You can change this at any time under " a href="/settings" { "Settings" } "." }
    }
}

fn choice(candidate: &OwnerCandidate) -> Markup {
    html! {
        p {
            label.choice {
                input type="checkbox" name="email" value=(candidate.email) checked[candidate.chosen];
                " " strong { (candidate.email) }
            }
            br;
            small.quiet { (speaks_for(candidate)) }
        }
    }
}

/// What the mail shows of somebody who could be the user.
fn speaks_for(candidate: &OwnerCandidate) -> String {
    let from = from_line(candidate.name.as_deref(), &candidate.email);
    let mut words = vec![format!("“From: {from}” stands on {}", count(candidate.wrote, "letter"))];
    if let Some(folder) = &candidate.sent_folder {
        words.push(format!("{} of it in “{folder}”", count(candidate.in_sent, "message")));
    }
    words.push(format!("{} came to it", count(candidate.received, "message")));
    words.join(" · ")
}

fn from_line(name: Option<&str>, email: &EmailAddress) -> String {
    name.map_or_else(|| email.to_string(), |name| format!("{name} <{email}>"))
}

/// The proposed deals, as a step.
pub(super) fn deals(list: &proposals::page::List<'_>, key: &Key) -> Markup {
    // Once none is left, the review is what comes next.
    html! {
        h1 { "Which of these are deals?" }
        (way(NextStep::Proposals))
        (proposals::page::list(list, "/", key))
        @if list.count > 0 {
            p.quiet { "Those that you leave stay proposed: " a href="/deals/proposed" { "Proposed deals" } ". " a href="/" { "Straight to the review" } }
        }
    }
}

/// On the way to the sample.
pub(super) fn to_sample(link: &str) -> Markup {
    html! {
        h1 { "The sample" }
        p.lead { "It opens at an address of its own, apart from your data, and stays there while inroad runs." }
        p { a.button.main href=(link) { "Open the sample" } }
        p { a href="/welcome" { "Back" } }
    }
}
