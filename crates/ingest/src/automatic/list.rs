//! Mail that goes to many: discussion lists, where people write, and newsletters, where nobody
//! answers.
//!
//! Must not: take `List-Unsubscribe` alone for a newsletter; tools that send a seller's own
//! letters one by one add it, too.

use inroad_model::{Message, Nature};

use super::headers::lower;
use super::words;
use crate::mime::Part;

/// Headers of list software that name the list.
const LIST_HEADERS: [&str; 6] =
    ["X-BeenThere", "X-Mailing-List", "Mailing-List", "X-ML-Name", "X-Loop", "X-List"];

/// Headers of services that send to many.
const CAMPAIGN_HEADERS: [&str; 14] = [
    "Feedback-ID",
    "X-Campaign",
    "X-CampaignID",
    "X-Campaign-ID",
    "X-Campaign_ID",
    "X-MC-User",
    "X-CSA-Complaints",
    "CSA-Complaints",
    "X-Report-Abuse",
    "X-Mailer-RecptId",
    "X-Newsletter",
    "X-job",
    "X-Mailing-ID",
    "X-Mass-Mail",
];

/// The list or the newsletter that a message belongs to, if any.
pub(super) fn of(root: &Part<'_>, message: &Message) -> Option<Nature> {
    let precedence = lower(root, "Precedence").unwrap_or_default();
    let has = |name: &str| root.raw_header(name).is_some();
    let list_id = root.header("List-Id");
    let post = root.header("List-Post").filter(|post| post.contains('@'));
    let unsubscribe = has("List-Unsubscribe");
    let software = LIST_HEADERS.iter().find_map(|name| root.header(name));
    let list_sender = list_sender(root);
    let discusses = post.is_some()
        || software.is_some()
        || list_sender.is_some() && matches!(&*precedence, "list" | "bulk")
        || list_id.is_some() && &*precedence == "list"
        || has("X-Mailman-Version")
        || lower(root, "Delivered-To").is_some_and(|to| to.starts_with("mailing list "));
    let campaign = CAMPAIGN_HEADERS.iter().find(|name| has(name));
    if discusses && (campaign.is_none() || post.is_some()) {
        let named = list_id.as_deref().or(post.as_deref()).or(software.as_deref());
        let list = list_name(named.or(list_sender.as_deref()).unwrap_or(&precedence));
        if is_own_group(root, message, &list) {
            return None;
        }
        return Some(Nature::MailingList { list });
    }
    let newsletter = |because: &str| Some(Nature::Newsletter { because: because.to_owned() });
    if matches!(&*precedence, "bulk" | "junk" | "list") {
        return newsletter("Precedence: bulk");
    }
    match (unsubscribe || list_id.is_some(), campaign) {
        (true, Some(name)) if !is_personal(message) => newsletter(name),
        (true, None) if list_id.is_some() && !is_personal(message) => newsletter("List-Id"),
        (true, _) if !is_personal(message) && !words::greets_recipient(message) => {
            newsletter("List-Unsubscribe")
        }
        _ => None,
    }
}

/// Whether a message is part of an exchange: it answers something.
fn is_personal(message: &Message) -> bool {
    !message.in_reply_to.is_empty()
}

/// The address in whose name old list software sends: `owner-list@`, `list-admin@`.
fn list_sender(root: &Part<'_>) -> Option<String> {
    for name in ["Sender", "Errors-To", "Return-Path"] {
        let Some(sender) = root.mailboxes(name).list.into_iter().next() else { continue };
        let local = sender.address.local();
        let found = local.strip_prefix("owner-").or_else(|| {
            let ends = ["-admin", "-bounces", "-owner", "-request", "-errors"];
            ends.iter().find_map(|end| local.strip_suffix(end))
        });
        if let Some(list) = found {
            return Some(format!("{list}@{}", sender.address.domain()));
        }
    }
    None
}

/// The identifier in angle brackets, or the address, or the words.
fn list_name(text: &str) -> String {
    let inside = text.rsplit_once('<').map(|(_, rest)| rest.split('>').next().unwrap_or(rest));
    let bare = inside.unwrap_or(text).trim().trim_start_matches("mailto:");
    let bare = bare.strip_prefix("contact ").unwrap_or(bare);
    bare.split([';', ',', ' ']).next().unwrap_or(bare).chars().take(200).collect()
}

/// A group address of the receiver's own organisation, such as `sales@`, is run by list software,
/// but who writes to it from outside writes to people.
fn is_own_group(root: &Part<'_>, message: &Message, list: &str) -> bool {
    let Some(from) = &message.from else { return false };
    let list_domain = list.rsplit_once('@').map_or(list, |(_, domain)| domain);
    ["Delivered-To", "X-Original-To"].iter().any(|name| {
        root.mailboxes(name).list.iter().any(|receiver| {
            let own = receiver.address.domain();
            own != from.address.domain()
                && own.contains('.')
                && list_domain.ends_with(own)
                && receiver.address.as_str() != list
        })
    })
}
