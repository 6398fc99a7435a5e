//! By which way: from what was tried without an answer, and what they answered to before.

use inroad_model::Channel;

use super::reach::{AwayKind, Reach};
use super::record::Record;
use crate::wording;

/// After so many touches without an answer one who was met before may be asked to meet again.
const MEET_AFTER: usize = 4;

/// What bears on the way beside the record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways<'a> {
    pub(super) reach: &'a Reach,
    /// Whether a telephone number is known.
    pub(super) has_phone: bool,
    /// Whether mail to them comes back.
    pub(super) bounces: bool,
}

/// The way, and why in words.
pub(super) fn choose(record: &Record<'_>, ways: Ways<'_>) -> (Channel, String) {
    let run = record.run();
    let mails = run.iter().filter(|made| made.by == Channel::Mail).count();
    let last = run.last();
    if ways.bounces {
        return (Channel::Call, "Mail to them comes back, and a number is known".to_owned());
    }
    if ways.reach.away.iter().any(|told| told.kind == AwayKind::Private) {
        let why = "A written line can wait until they have a moment; a call cannot";
        return (Channel::Mail, why.to_owned());
    }
    if let Some(last) = last {
        let on = wording::day(last.day);
        if let Some(met) = ways.reach.met_at.filter(|_| record.run_days() >= MEET_AFTER)
            && last.by != Channel::Meeting
        {
            let met = wording::day(met.date());
            let why = format!(
                "{} touches by mail and telephone had no answer, and you have met before (on {met}): ask for \
                 a short meeting",
                record.run_days()
            );
            return (Channel::Meeting, why);
        }
        return match last.by {
            Channel::Mail if ways.has_phone => {
                let letters =
                    if mails == 1 { "Your mail".to_owned() } else { format!("{mails} mails") };
                let why = format!(
                    "{letters} without an answer, the last on {on}: a call is something else, and a message \
                     on their voicemail does too"
                );
                (Channel::Call, why)
            }
            Channel::Mail => {
                let why = "No telephone number is known; if you find one, a call is worth more than \
                           another mail";
                (Channel::Mail, why.to_owned())
            }
            Channel::Call => {
                let why = format!("You called on {on} and did not speak: a mail takes that up");
                (Channel::Mail, why)
            }
            Channel::Meeting => {
                let why = format!("You asked to meet on {on}: a mail is the lighter way now");
                (Channel::Mail, why)
            }
        };
    }
    match record.answers.last() {
        Some(answer) if answer.by == Channel::Call && ways.has_phone => {
            let why = format!("You last spoke by telephone, on {}", wording::day(answer.day));
            (Channel::Call, why)
        }
        Some(answer) if answer.by == Channel::Mail => {
            let why = format!("They answered mail before, last on {}", wording::day(answer.day));
            (Channel::Mail, why)
        }
        Some(answer) => {
            let why = format!("You met on {}; a mail comes back to that", wording::day(answer.day));
            (Channel::Mail, why)
        }
        None if ways.has_phone => {
            let why = "Nothing was tried yet: a mail first, so that a call finds them prepared";
            (Channel::Mail, why.to_owned())
        }
        None => {
            let why = "Nothing was tried yet, and no telephone number is known";
            (Channel::Mail, why.to_owned())
        }
    }
}
