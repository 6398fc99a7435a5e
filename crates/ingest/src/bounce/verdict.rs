//! Which addresses a report is about, and whether delivery to each is over.
//!
//! The code decides where one stands (RFC 3463: 5 is for good, 4 is for now), the words where
//! none does. An address counts if the report lists it, names it as a recipient, or refuses it.
//!
//! Must not: take whom to ask, or who sent the mail, for who failed.

use inroad_model::{BounceClass, EmailAddress, FailedRecipient, Message};

use super::code::{self, Codes};
use super::fields::{Action, Group};
use super::head::{Head, Line};
use super::original::Original;
use super::place::{Rank, leads, passed_on, rank};
use super::{add, one_line};
use crate::mime::Mime;

/// Lines below an address that may tell why.
const REASON_LINES_MAX: usize = 12;

/// Adds the recipient of one group of a delivery status.
pub(super) fn of_group(
    group: &Group,
    owners: &[EmailAddress],
    recipients_max: usize,
    recipients: &mut Vec<FailedRecipient>,
) {
    let written = group.original.as_ref().filter(|address| !owners.contains(address));
    let named = [written, group.final_.as_ref(), group.original.as_ref(), group.actual.as_ref()];
    let Some(address) = named.into_iter().flatten().next() else { return };
    let codes = Codes::of(group.diagnostic.as_deref().unwrap_or_default());
    let given = group.status.clone().filter(|status| code::class_of(status).is_some());
    let general = given.as_deref().is_none_or(|status| status.ends_with(".0.0"));
    let status = if general { codes.status.clone().or(given) } else { given };
    let by_code = status.as_deref().and_then(code::class_of).or(codes.reply);
    let class = match (group.action, by_code) {
        (Some(Action::Passed), _) | (None, Some(2)) => BounceClass::Delivered,
        (Some(Action::Delayed), _) | (_, Some(4)) => BounceClass::Temporary,
        _ => BounceClass::Permanent,
    };
    let diagnostic = group.diagnostic.as_deref().and_then(one_line);
    add(
        recipients,
        FailedRecipient { address: address.clone(), class, status, diagnostic },
        recipients_max,
    );
}

/// Puts the address that was written to in the place of one that it was passed on to, where the
/// words say so: "(expanded from: …)".
pub(super) fn written_addresses(
    head: &Head<'_>,
    original: Option<&Original>,
    recipients: &mut [FailedRecipient],
) {
    let Some(written) = head.lines.iter().find_map(passed_on) else { return };
    if let [only] = recipients
        && original.is_some_and(|original| original.went_to(&written))
    {
        only.address = written;
    }
}

/// The recipients in the words of a report.
pub(super) fn of_text(
    mime: &Mime<'_>,
    head: &Head<'_>,
    owners: &[EmailAddress],
    recipients_max: usize,
) -> Vec<FailedRecipient> {
    let mut recipients = Vec::new();
    for to in mime.root().mailboxes("x-failed-recipients").list {
        add(&mut recipients, judged(to.address, head, None), recipients_max);
    }
    if !recipients.is_empty() {
        return recipients;
    }
    let mut places = Vec::new();
    for (idx, line) in head.lines.iter().enumerate() {
        for found in &line.addresses {
            if let Some(rank) = rank(head, idx, line, found) {
                places.push((rank, idx, found.address.clone()));
            }
        }
    }
    let foreign = |address: &EmailAddress| !owners.contains(address) && !is_office(address);
    let by_foreign: Vec<_> = places.iter().filter(|(_, _, address)| foreign(address)).collect();
    // Who writes to himself is sender and recipient.
    let kept: Vec<_> = if by_foreign.is_empty() {
        places.iter().filter(|(rank, _, _)| *rank == Rank::Listed).collect()
    } else {
        by_foreign
    };
    let best = kept.iter().map(|(rank, _, _)| *rank).max();
    for (rank, idx, address) in kept {
        if Some(*rank) == best {
            let below = head.lines.get(idx + 1..).unwrap_or_default();
            let written = below.iter().take(2).find_map(passed_on).filter(|w| foreign(w));
            let address = written.unwrap_or_else(|| address.clone());
            add(&mut recipients, judged(address, head, Some(*idx)), recipients_max);
        }
    }
    recipients
}

/// The recipient whom a server calls by the name that he has there, alone below the words that
/// say it.
pub(super) fn local_name(message: &Message, head: &Head<'_>) -> Option<EmailAddress> {
    let server = message.from.as_ref()?.address.domain();
    let first = head.first_failure?;
    let mut says = head.lines.iter().skip(first).filter(|line| !line.lower.is_empty());
    let announced = says.by_ref().take(4).find(|line| line.lower.ends_with(':'));
    let name = announced.and_then(|_| says.next()).map(|line| line.text.trim())?;
    let is_name = name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(&b))
        && name.bytes().any(|b| b.is_ascii_alphanumeric());
    if is_name { format!("{name}@{server}").parse().ok() } else { None }
}

/// A recipient that only the mail itself names.
pub(super) fn of_whole(address: EmailAddress, head: &Head<'_>) -> FailedRecipient {
    judged(address, head, None)
}

/// Addresses of offices, which fail for nobody.
fn is_office(address: &EmailAddress) -> bool {
    let local = address.local();
    ["postmaster", "mailer-daemon", "abuse", "hostmaster"].contains(&local)
}

/// Reads the class and the reason of one address out of the words around it.
fn judged(address: EmailAddress, head: &Head<'_>, place: Option<usize>) -> FailedRecipient {
    let own = place.map(|idx| reason(head, idx)).unwrap_or_default();
    let mut codes = Codes::of(&own);
    let mut diagnostic = if codes.any() { one_line(&own) } else { None };
    if !codes.any() {
        // Sendmail lists first, and tells the reasons below.
        let mentions = |line: &&Line<'_>| line.addresses.iter().any(|f| f.address == address);
        let told = head.lines.iter().filter(mentions).find(|line| line.codes.any());
        let told = told.or_else(|| head.lines.iter().find(|line| line.codes.any()));
        if let Some(line) = told {
            codes = line.codes.clone();
            diagnostic = one_line(line.text);
        }
    }
    let class = match codes.class() {
        Some(4) => BounceClass::Temporary,
        Some(2) => BounceClass::Delivered,
        None if head.delayed => BounceClass::Temporary,
        _ => BounceClass::Permanent,
    };
    FailedRecipient {
        address,
        class,
        status: codes.status,
        diagnostic: diagnostic.or_else(|| one_line(&own)),
    }
}

/// The words about an address: its line and those below, up to the next address in the list.
fn reason(head: &Head<'_>, idx: usize) -> String {
    let mut text = String::new();
    for (n, line) in head.lines.iter().skip(idx).take(REASON_LINES_MAX).enumerate() {
        let lists_next = n > 0
            && line
                .addresses
                .first()
                .is_some_and(|found| leads(line.text.get(..found.range.start).unwrap_or_default()));
        if lists_next {
            break;
        }
        text.push_str(line.text);
        text.push('\n');
    }
    text
}
