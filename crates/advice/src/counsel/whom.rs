//! Whom a step or a question is for.

use inroad_model::{EmailAddress, FactKind, Role};

use crate::absence;
use crate::dealings::{Dealings, Exchange};
use crate::playbook::scenario::Whom;
use crate::politics::Politics;
use crate::rhythm::Rhythm;

/// Who was asked this often and did not answer has answered.
const REMINDERS_ENOUGH: usize = 4;

/// Whoever is waited for: somebody who can be asked, or at least may be.
pub(super) fn counterpart(dealings: &Dealings<'_>) -> Option<EmailAddress> {
    let counterparts = dealings.counterparts();
    let can = counterparts.iter().find(|email| can_be_asked(dealings, email));
    let may = || counterparts.iter().find(|email| !dealings.do_not_contact.forbids(email));
    can.or_else(may).cloned()
}

/// Whoever a step or a question of the playbook means; `None` where nobody there may be asked.
pub(super) fn meant(
    dealings: &Dealings<'_>,
    politics: &Politics,
    whom: Whom,
) -> Option<EmailAddress> {
    let contact =
        || dealings.counterparts().into_iter().find(|email| can_be_asked(dealings, email));
    let decides = || {
        let seats = dealings.deal.people.iter();
        let typed = seats.filter(|seat| seat.roles.contains(&Role::DecisionMaker));
        let read = politics.decides.iter().map(|who| &who.email);
        let mut deciding = read.chain(typed.map(|seat| &seat.email));
        deciding.find(|email| can_be_asked(dealings, email)).cloned()
    };
    match whom {
        Whom::Contact => contact(),
        Whom::Another => another(dealings, politics).or_else(contact),
        Whom::DecisionMaker => decides().or_else(contact),
        Whom::Nobody => None,
    }
}

/// Whether somebody may be written to and would get it: did not opt out, did not leave, and the
/// address works.
pub(crate) fn can_be_asked(dealings: &Dealings<'_>, email: &EmailAddress) -> bool {
    !is_gone(dealings, email) && !dealings.do_not_contact.forbids(email)
}

/// Whether somebody left or the address does not work.
pub(crate) fn is_gone(dealings: &Dealings<'_>, email: &EmailAddress) -> bool {
    dealings.facts.iter().any(|stated| {
        matches!(stated.fact.kind, FactKind::LeftCompany | FactKind::Bounced)
            && stated.fact.email.as_ref() == Some(email)
            && !absence::heard_since(dealings, stated)
    })
}

/// Whether there is nobody left to ask: reminded often, and no second person there ever wrote.
pub(super) fn asked_enough(dealings: &Dealings<'_>, rhythm: &Rhythm) -> bool {
    rhythm.unanswered >= REMINDERS_ENOUGH && other_person(dealings).is_none()
}

/// Somebody else on their side who can help: who could move it, else who wrote to us. Never whoever
/// is against it.
pub(super) fn another(dealings: &Dealings<'_>, politics: &Politics) -> Option<EmailAddress> {
    let counterparts = dealings.counterparts();
    let against = politics.against.as_ref().map(|who| &who.email);
    let fits = |email: &&EmailAddress| {
        !counterparts.contains(*email) && can_be_asked(dealings, email) && against != Some(*email)
    };
    let movers = politics.moves.iter().map(|who| &who.email);
    let writers = dealings.inbound().rev().filter_map(Exchange::writer);
    movers.chain(writers).find(fits).cloned()
}

/// Somebody else on their side who wrote to us, the latest first.
pub(super) fn other_person(dealings: &Dealings<'_>) -> Option<EmailAddress> {
    let counterparts = dealings.counterparts();
    dealings
        .inbound()
        .rev()
        .filter_map(|e| e.writer())
        .find(|email| !counterparts.contains(email) && can_be_asked(dealings, email))
        .cloned()
}
