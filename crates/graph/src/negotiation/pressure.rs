//! What each actor expects of challenging each other, and the moves that follow.

use super::{Actor, Compromise, Move, NegotiationRules, Odds, Pressed, Voters};

/// What actors expect of each other in a round.
pub(super) struct Pressure<'a> {
    actors: &'a [Actor],
    /// From the lowest to the highest position at first.
    width: f64,
    rules: &'a NegotiationRules,
    /// The risk exponent of each.
    risks: &'a [f64],
    /// How likely each wins against each, row by row.
    odds: Vec<f64>,
}

/// An offer that an actor cannot refuse.
struct Offer {
    made: Move,
    /// Of offers of one kind, the least is taken.
    order: f64,
}

/// The risk exponents of all: ½ for who is in most danger, 2 for who is safest, 1 in the middle.
pub(super) fn risks(actors: &[Actor], width: f64, rules: &NegotiationRules) -> Vec<f64> {
    let neutral = vec![1.0; actors.len()];
    let pressure = Pressure::new(actors, width, rules, &neutral);
    let danger = |to: usize| -> f64 {
        let others = (0..actors.len()).filter(|from| *from != to);
        others.map(|from| pressure.expected(from, from, to)).sum()
    };
    let dangers: Vec<f64> = (0..actors.len()).map(danger).collect();
    let least = dangers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = dangers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponent = |danger: f64| {
        // From −1 for the safest to 1 for who is in most danger.
        let place = if most > least { (2.0 * danger - most - least) / (most - least) } else { 0.0 };
        (1.0 - place / 3.0) / (1.0 + place / 3.0)
    };
    dangers.into_iter().map(exponent).collect()
}

impl<'a> Pressure<'a> {
    pub(super) fn new(
        actors: &'a [Actor],
        width: f64,
        rules: &'a NegotiationRules,
        risks: &'a [f64],
    ) -> Pressure<'a> {
        let mut pressure = Pressure { actors, width, rules, risks, odds: Vec::new() };
        pressure.odds = pressure.all_odds();
        pressure
    }

    /// What an actor would lose by one position compared with no distance at all, as he votes.
    fn loss(&self, voter: usize, position: f64) -> f64 {
        let exponent = match self.rules.voters {
            Voters::Own => self.risks[voter],
            Voters::Neutral => 1.0,
        };
        let actor = &self.actors[voter];
        let far = ((actor.position - position).abs() / self.width).powf(exponent);
        actor.capability * actor.salience * far
    }

    fn all_odds(&self) -> Vec<f64> {
        let count = self.actors.len();
        // Row by row: what each voter loses by the position of each actor.
        let losses: Vec<Vec<f64>> = (0..count)
            .map(|voter| self.actors.iter().map(|a| self.loss(voter, a.position)).collect())
            .collect();
        let votes_for = |one: usize, other: usize| -> f64 {
            losses.iter().map(|losses| (losses[other] - losses[one]).max(0.0)).sum()
        };
        let votes: Vec<f64> =
            (0..count * count).map(|at| votes_for(at / count, at % count)).collect();
        let all: f64 = votes.iter().sum::<f64>() * 2.0;
        let odds = |at: usize| {
            let (one, other) = (at / count, at % count);
            let against = votes[other * count + one];
            let whole = match self.rules.odds {
                // Each pair is counted both ways, for and against.
                Odds::Published => all,
                Odds::Pairwise => votes[at] + against,
            };
            if whole > 0.0 { votes[at] / whole } else { 0.0 }
        };
        (0..votes.len()).map(odds).collect()
    }

    /// What `from` expects to gain by challenging `to`, as `viewer` sees it.
    fn expected(&self, viewer: usize, from: usize, to: usize) -> f64 {
        let (risk, rival) = (self.risks[viewer], &self.actors[to]);
        let far = (self.actors[from].position - rival.position).abs() / self.width;
        let utility = |share: f64| 2.0 - 4.0 * share.max(0.0).powf(risk);
        let (success, failure) = (utility(0.5 - 0.5 * far), utility(0.5 + 0.5 * far));
        let odds = self.odds[from * self.actors.len() + to];
        let fight = odds * success + (1.0 - odds) * failure;
        let gained = rival.salience * fight + (1.0 - rival.salience) * success;
        gained - self.rules.status_quo * utility(0.5)
    }

    /// What one has to offer another, if anything.
    fn offer(&self, actor: usize, rival: usize) -> Option<Offer> {
        let (own, theirs) = (self.actors[actor].position, self.actors[rival].position);
        if own.total_cmp(&theirs).is_eq() {
            return None;
        }
        let mine = self.expected(actor, actor, rival);
        let his = self.expected(actor, rival, actor);
        let (how, position) = if mine > 0.0 && his > mine {
            (Pressed::Confronted, theirs)
        } else if mine < 0.0 && his > -mine {
            (Pressed::Compromised, own + (theirs - own) * (mine / his).abs())
        } else if mine < 0.0 && his > 0.0 && his < -mine {
            (Pressed::GaveIn, theirs)
        } else {
            return None;
        };
        let order = match (how, self.rules.compromise) {
            (Pressed::Compromised, Compromise::Published) => {
                (mine.abs() * own + his.abs() * theirs) / (mine.abs() + his.abs())
            }
            _ => (position - own).abs(),
        };
        Some(Offer { made: Move { actor, pressed_by: rival, how, position }, order })
    }

    /// Each one's move, of those who move.
    pub(super) fn moves(&self) -> Vec<Move> {
        let each = (0..self.actors.len()).filter_map(|actor| {
            let offers = (0..self.actors.len()).filter_map(|rival| self.offer(actor, rival));
            let best =
                offers.min_by(|a, b| a.made.how.cmp(&b.made.how).then(a.order.total_cmp(&b.order)));
            best.map(|offer| offer.made)
        });
        each.collect()
    }
}
