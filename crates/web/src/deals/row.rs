//! A deal as the board and the list show it.

use inroad_advice::DealReview;
use inroad_advice::rhythm::Owes;
use inroad_model::State;
use inroad_service::{Morning, StoredDeal};

/// A deal, as reviewed and as kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'m> {
    pub deal: &'m DealReview,
    pub stored: Option<&'m StoredDeal>,
}

/// All deals of a morning, what asks for something first.
pub(super) fn rows(morning: &Morning) -> Vec<Row<'_>> {
    let stored: std::collections::BTreeMap<_, _> =
        morning.deals.iter().map(|stored| (&stored.deal.id, stored)).collect();
    let deals = morning.review.by_attention().into_iter();
    deals.map(|deal| Row { deal, stored: stored.get(&deal.id).copied() }).collect()
}

impl Row<'_> {
    /// The version that a form of this row is made from.
    pub(super) fn version(&self) -> String {
        self.stored.map(StoredDeal::version).unwrap_or_default()
    }

    /// How the silence stands to their own habit, in words: that is what the warmth says.
    pub(super) fn warmth(&self) -> String {
        let deal = self.deal;
        if deal.state == State::Closed {
            return "over".to_owned();
        }
        let usual = match deal.usual_days.1 {
            days if days <= 0.0 => String::new(),
            days => format!(", usually up to {}", span(days)),
        };
        match deal.owes {
            Owes::They => format!("silent for {}{usual}", span(deal.silent_days)),
            Owes::We => "they wait for you".to_owned(),
            Owes::Nobody => "nobody waits".to_owned(),
        }
    }
}

/// A number of days as people say it.
fn span(days: f64) -> String {
    let (number, unit) = match days {
        days if days < 1.5 => {
            return if days < 0.7 { "hours".to_owned() } else { "a day".to_owned() };
        }
        days if days < 14.5 => (days, "days"),
        days if days < 60.0 => (days / 7.0, "weeks"),
        days => (days / 30.4, "months"),
    };
    format!("{number:.0} {unit}")
}
