//! What deals show: meetings that led to a proposal, and proposals that were won.

use inroad_model::{Moment, Stage};

use super::measure::{Measure, Seen, Told};

/// From a meeting to a proposal it takes so many days; before, nobody knows.
const PROPOSAL_DAYS: f64 = 30.0;
/// What ended longer ago tells of another time.
const ENDED_DAYS_MAX: f64 = 730.0;

/// One deal, as far as it matters here.
#[derive(Debug, Clone, PartialEq)]
pub struct DealCourse {
    /// When the first meeting was held; `None` if none was.
    pub met: Option<Moment>,
    /// The stages that were told of it, oldest first, with their moments.
    pub stages: Vec<(Moment, Stage)>,
}

impl DealCourse {
    fn until(&self, as_of: Moment) -> impl Iterator<Item = &(Moment, Stage)> {
        self.stages.iter().filter(move |(at, _)| at.timestamp() <= as_of.timestamp())
    }

    /// What is won was proposed; of what is lost it must have been said.
    fn came_to_proposal(&self, as_of: Moment) -> bool {
        let is = |(_, stage): &&(Moment, Stage)| {
            matches!(stage, Stage::Proposal | Stage::Negotiation | Stage::Won)
        };
        self.until(as_of).any(|told| is(&told))
    }

    /// How it ended, and when.
    fn end(&self, as_of: Moment) -> Option<(Moment, Stage)> {
        self.until(as_of).last().copied().filter(|(_, stage)| stage.is_end())
    }
}

/// What the deals show at a moment.
pub fn seen(deals: &[DealCourse], as_of: Moment) -> Vec<Seen> {
    let (mut met, mut proposed) = (0, 0);
    let (mut ended, mut won) = (0, 0);
    let age = |at: Moment| as_of.hours_since(at) / 24.0;
    for deal in deals {
        let end = deal.end(as_of).filter(|(at, _)| age(*at) <= ENDED_DAYS_MAX);
        let is_old = deal.end(as_of).is_some() && end.is_none();
        let came = deal.came_to_proposal(as_of);
        let meeting = deal.met.filter(|met| met.timestamp() <= as_of.timestamp());
        let is_ripe = meeting.is_some_and(|met| age(met) > PROPOSAL_DAYS || end.is_some());
        if is_ripe && !is_old {
            met += 1;
            proposed += usize::from(came);
        }
        if let Some((_, stage)) = end.filter(|_| came) {
            ended += 1;
            won += usize::from(stage == Stage::Won);
        }
    }
    vec![
        Seen { measure: Measure::MeetingsToProposals, told: Told::share(proposed, met) },
        Seen { measure: Measure::Closing, told: Told::share(won, ended) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> Moment {
        let start: jiff::Timestamp = "2025-01-01T09:00:00Z".parse().unwrap();
        Moment::utc(start + jiff::SignedDuration::from_hours(24 * day))
    }

    fn deal(met: Option<i64>, stages: &[(i64, Stage)]) -> DealCourse {
        let stages = stages.iter().map(|(day, stage)| (at(*day), *stage)).collect();
        DealCourse { met: met.map(at), stages }
    }

    fn check(deals: &[DealCourse], met: Told, closed: Told) {
        let seen = seen(deals, at(100));
        assert_eq!((seen[0].told, seen[1].told), (met, closed));
    }

    #[test]
    fn meetings_and_proposals() {
        use Stage::{Discovery, Lost, Negotiation, Proposal, Won};
        let none = Told::TooFew { of: 0 };
        let won = deal(Some(10), &[(1, Discovery), (20, Proposal), (40, Won)]);
        let lost = deal(Some(10), &[(20, Negotiation), (40, Lost)]);
        let early = deal(Some(10), &[(1, Discovery), (40, Lost)]);
        let unmet = deal(None, &[(20, Proposal)]);
        let young = deal(Some(90), &[(1, Discovery)]);
        let ahead = deal(Some(120), &[(1, Discovery)]);
        let again = deal(Some(10), &[(20, Lost), (50, Proposal)]);
        let of = |deal: &DealCourse| vec![deal.clone(); 10];
        check(&of(&won), Told::share(10, 10), Told::share(10, 10));
        check(&of(&lost), Told::share(10, 10), Told::share(0, 10));
        // A deal that was lost before any proposal was no closing.
        check(&of(&early), Told::share(0, 10), none);
        check(&of(&unmet), none, none);
        check(&of(&young), none, none);
        check(&of(&ahead), none, none);
        // What was opened again has not ended.
        check(&of(&again), Told::share(10, 10), none);
        check(&[], none, none);
    }
}
