//! Who has weight: the seat and the title first, then whose name stands in the ties of others.
//!
//! A buyer's side is a handful of people: what the graph tells is little beside what a title says.

use std::collections::BTreeMap;

use inroad_graph::{Edge, Graph, Walk, pagerank};
use inroad_model::{EmailAddress, TieKind};

use super::cast::{Cast, Member};
use super::decider::Deciding;
use super::ties::Tie;

/// What deciding adds.
const DECIDES: f64 = 0.45;
/// What the place in the graph adds, for the one in the middle.
const CENTRAL: f64 = 0.2;

fn of_seat(member: &Member) -> f64 {
    match member.rank {
        _ if member.is_outside => 0.05,
        _ if member.assists => 0.1,
        _ if member.buys => 0.2,
        Some(3) => 0.55,
        Some(2) => 0.35,
        _ => 0.22,
    }
}

/// How much a tie says that its second end is looked up to.
fn pull(tie: &Tie) -> f64 {
    let kind = match tie.kind {
        TieKind::ReportsTo => 3.0,
        TieKind::GoesToForAdvice => 1.5,
        TieKind::Trusts => 1.2,
        TieKind::Forwards | TieKind::Copies | TieKind::AnswersFor => 1.0,
        TieKind::Knows => 0.5,
        TieKind::AtOdds => 0.0,
    };
    kind * tie.confidence.get()
}

/// The weight of everybody, from 0 to 1.
pub(super) fn weigh(
    cast: &Cast,
    ties: &[Tie],
    deciding: &BTreeMap<EmailAddress, Deciding>,
) -> BTreeMap<EmailAddress, f64> {
    let central = centrality(cast, ties);
    let weigh = |member: &Member| {
        let email = &member.mailbox.address;
        let decides = deciding.get(email).map_or(0.0, |deciding| deciding.score.clamp(0.0, 1.0));
        let central = central.get(email).copied().unwrap_or(0.0);
        (of_seat(member) + DECIDES * decides + CENTRAL * central).clamp(0.0, 1.0)
    };
    cast.members().map(|member| (member.mailbox.address.clone(), weigh(member))).collect()
}

/// The place of everybody among the ties, 1 for the one in the middle; 0 where there are none.
fn centrality(cast: &Cast, ties: &[Tie]) -> BTreeMap<EmailAddress, f64> {
    let order: Vec<&EmailAddress> = cast.members().map(|member| &member.mailbox.address).collect();
    let number = |email: &EmailAddress| {
        let at = order.binary_search(&email).ok()?;
        u32::try_from(at).ok()
    };
    let edges: Vec<Edge> = ties
        .iter()
        .filter_map(|tie| Some(Edge::new(number(&tie.from)?, number(&tie.to)?, pull(tie))))
        .collect();
    if edges.is_empty() {
        return BTreeMap::new();
    }
    let graph = Graph::new(order.len(), &edges);
    let ranks = graph.and_then(|graph| pagerank(&graph, &Walk::default())).unwrap_or_default();
    let most = ranks.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    order.into_iter().cloned().zip(ranks.iter().map(|rank| rank / most)).collect()
}
