//! The letters of one deal and of no other: what may be shown of it outside this program.

use std::collections::BTreeSet;

use inroad_model::{Deal, EmailAddress, Moment, Nature, Touch};

use crate::Input;
use crate::correspondence::Correspondence;
use crate::dealings::Dealings;
use crate::opt_outs::OptOuts;

/// One deal's people and letters.
#[derive(Debug, Clone)]
pub struct OfDeal<'a> {
    /// Everybody on their side, but those who belong to other deals only.
    pub people: BTreeSet<EmailAddress>,
    /// What passed between them and the seller, and what machines answered in their place, oldest
    /// first, up to the moment of the review.
    pub letters: Vec<(Moment, &'a Touch)>,
}

/// Finds them. A letter whose people on the other side all belong to other deals with that firm is
/// theirs and not this one's.
pub fn of_deal<'a>(
    input: &Input<'a>,
    correspondence: &Correspondence<'a>,
    deal: &'a Deal,
) -> OfDeal<'a> {
    let opt_outs = OptOuts::new(input.opted_out);
    let dealings = Dealings::gather(input, deal, correspondence, &opt_outs);
    let own: BTreeSet<&EmailAddress> = deal.people.iter().map(|seat| &seat.email).collect();
    let others = input.deals.iter().filter(|other| other.id != deal.id);
    let elsewhere: BTreeSet<&EmailAddress> = others
        .flat_map(|other| &other.people)
        .map(|seat| &seat.email)
        .filter(|email| !own.contains(email))
        .collect();
    let is_ours = |touch: &Touch| {
        let everybody = touch.message.from.iter().chain(touch.recipients());
        let theirs = everybody.filter(|m| dealings.people.contains(&m.address));
        theirs.map(|m| &m.address).any(|email| !elsewhere.contains(email))
    };
    let exchanges = dealings.exchanges.iter().map(|exchange| (exchange.at, exchange.touch));
    let machines = correspondence.concerning(&dealings.people).map(|(_, letter)| letter);
    let machines = machines.filter(|letter| {
        let from = letter.touch.message.from.as_ref();
        matches!(letter.touch.message.nature, Nature::AutomaticReply { .. })
            && from.is_some_and(|from| dealings.people.contains(&from.address))
    });
    let machines = machines.map(|letter| (letter.at, letter.touch));
    let mut letters: Vec<_> =
        exchanges.chain(machines).filter(|(_, touch)| is_ours(touch)).collect();
    letters.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.message.id.cmp(&b.1.message.id)));
    letters.dedup_by(|a, b| a.1.message.id == b.1.message.id);
    let mut people = dealings.people.clone();
    people.retain(|email| !elsewhere.contains(email));
    OfDeal { people, letters }
}
