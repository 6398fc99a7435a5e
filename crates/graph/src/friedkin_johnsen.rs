//! The model of Friedkin and Johnsen: people listen, and hold on to what they believed first.
//!
//! Computes: where opinions come to rest, `x = Λ W x + (I − Λ) s`, with `s` the first opinions, `W`
//! the weights of whom one listens to (each row adding up to 1), and `Λ` how open each is: 1 holds on
//! to nothing, 0 hears nobody. And the social power of each: how much all final opinions together
//! move if his first one moves by 1; powers add up to the number of nodes.
//!
//! An edge goes from who listens to who is listened to. Who listens to nobody keeps his opinion.
//!
//! Assumes: openness is known and stays. Misleads: as an oracle; its use is to compare what happens
//! if somebody speaks up with what happens if he is silent.
//!
//! Method: Gauss and Seidel's rounds, for power with the transposed system. Source: Friedkin and
//! Johnsen (1990), Social influence and opinions; Friedkin (2011), equation 5. Checked against: a
//! dense solution in numpy 2.4.6 (tests/oracles/dynamics.py, 1e-9).

use crate::error;
use crate::{Graph, GraphError};

/// The greatest change of a round at which it ends, as a share of the greatest opinion.
const CHANGE_MIN: f64 = 1e-11;
const ROUNDS_MAX: usize = 1_000_000;

/// Who listens to whom, and how open each is; checked once, asked several times.
#[derive(Debug, Clone)]
pub struct FriedkinJohnsen<'a> {
    graph: &'a Graph,
    /// How open each is; 0 for who listens to nobody.
    open: Vec<f64>,
    /// Openness over the strength of all ties: what each unit of a tie's weight passes on.
    passing: Vec<f64>,
    plain: bool,
}

impl<'a> FriedkinJohnsen<'a> {
    /// Takes the ties and the openness of each.
    ///
    /// Errors: [`GraphError`] on no nodes, a weight below 0, an openness that is not from 0 to 1 or
    /// does not fit the nodes, and if somebody hears, even through others, only people who hold on to
    /// nothing ([`GraphError::Undetermined`]).
    pub fn new(graph: &'a Graph, openness: &[f64]) -> Result<FriedkinJohnsen<'a>, GraphError> {
        graph.check_not_empty()?;
        graph.check_not_negative()?;
        error::length("openness", openness.len(), graph.node_count())?;
        error::share("openness", openness)?;
        let strength: Vec<f64> =
            graph.nodes().map(|node| graph.outgoing(node).strength()).collect();
        let alone = |at: usize| strength[at] <= 0.0;
        let open: Vec<f64> =
            openness.iter().enumerate().map(|(at, o)| if alone(at) { 0.0 } else { *o }).collect();
        let passing =
            open.iter().zip(&strength).map(|(o, s)| if *s > 0.0 { o / s } else { 0.0 }).collect();
        let model = FriedkinJohnsen { graph, open, passing, plain: graph.is_plain() };
        model.check_anchored()?;
        Ok(model)
    }

    /// Everybody must hear somebody, even through others, who holds on to something.
    fn check_anchored(&self) -> Result<(), GraphError> {
        let mut anchored: Vec<bool> = self.open.iter().map(|open| *open < 1.0).collect();
        let mut waiting: Vec<u32> =
            self.graph.nodes().filter(|node| anchored[*node as usize]).collect();
        while let Some(node) = waiting.pop() {
            for (listener, weight) in self.graph.incoming(node).iter() {
                if weight > 0.0 && !std::mem::replace(&mut anchored[listener as usize], true) {
                    waiting.push(listener);
                }
            }
        }
        if anchored.iter().all(|anchored| *anchored) {
            Ok(())
        } else {
            Err(GraphError::Undetermined { what: "opinions: some hear nobody who has one" })
        }
    }

    /// Where opinions come to rest, from what each believed first.
    ///
    /// Errors: [`GraphError`] on opinions that do not fit the nodes or are not finite, and if they do
    /// not come to rest, as when all are very nearly without an anchor.
    ///
    /// ```
    /// use inroad_graph::{Edge, FriedkinJohnsen, Graph};
    /// let graph = Graph::new(2, &[Edge::plain(0, 1)])?;
    /// let model = FriedkinJohnsen::new(&graph, &[0.5, 0.5])?;
    /// assert_eq!(model.equilibrium(&[0.0, 1.0])?, [0.5, 1.0]);
    /// assert_eq!(model.social_power()?, [0.5, 1.5]);
    /// # Ok::<(), inroad_graph::GraphError>(())
    /// ```
    pub fn equilibrium(&self, first: &[f64]) -> Result<Vec<f64>, GraphError> {
        error::length("opinions", first.len(), self.graph.node_count())?;
        error::finite("opinion", first)?;
        let held: Vec<f64> =
            first.iter().zip(&self.open).map(|(s, open)| (1.0 - open) * s).collect();
        let mut now = first.to_vec();
        let scale = first.iter().fold(0.0_f64, |most, opinion| most.max(opinion.abs()));
        settle(scale, |change| {
            for node in self.graph.nodes() {
                let (at, row) = (node as usize, self.graph.outgoing(node));
                let heard: f64 = if self.plain {
                    row.nodes.iter().map(|to| now[*to as usize]).sum()
                } else {
                    row.iter().map(|(to, weight)| weight * now[to as usize]).sum()
                };
                let next = held[at] + self.passing[at] * heard;
                *change = change.max((next - now[at]).abs());
                now[at] = next;
            }
        })?;
        Ok(now)
    }

    /// How much each moves all together.
    ///
    /// Errors: [`GraphError::NotConverged`], as [`FriedkinJohnsen::equilibrium`].
    pub fn social_power(&self) -> Result<Vec<f64>, GraphError> {
        self.power_over(&vec![1.0; self.graph.node_count()])
    }

    /// How much each moves an audience: the sum of final opinions, each weighed by how much it counts
    /// (0 for who has no vote). Powers add up to the sum of these weights.
    ///
    /// Errors: [`GraphError`] on weights that do not fit the nodes, are not finite or below 0, and as
    /// [`FriedkinJohnsen::equilibrium`].
    ///
    /// ```
    /// use inroad_graph::{Edge, FriedkinJohnsen, Graph};
    /// let graph = Graph::new(2, &[Edge::plain(0, 1)])?;
    /// let model = FriedkinJohnsen::new(&graph, &[0.5, 0.5])?;
    /// assert_eq!(model.power_over(&[1.0, 0.0])?, [0.5, 0.5]);
    /// # Ok::<(), inroad_graph::GraphError>(())
    /// ```
    pub fn power_over(&self, audience: &[f64]) -> Result<Vec<f64>, GraphError> {
        error::length("weights of the audience", audience.len(), self.graph.node_count())?;
        error::not_negative("weight of the audience", audience)?;
        // What is heard counts for the listener and for all who hear it from him:
        // (I − Wᵀ Λ)⁻¹ applied to the audience.
        let mut counts = audience.to_vec();
        let scale = audience.iter().copied().fold(0.0, f64::max);
        settle(scale, |change| {
            for node in self.graph.nodes() {
                let at = node as usize;
                let passed = |from: u32| self.passing[from as usize] * counts[from as usize];
                let listeners = self.graph.incoming(node).iter();
                let heard: f64 = listeners.map(|(from, weight)| weight * passed(from)).sum();
                let next = audience[at] + heard;
                *change = change.max((next - counts[at]).abs());
                counts[at] = next;
            }
        })?;
        Ok(counts.iter().zip(&self.open).map(|(count, open)| (1.0 - open) * count).collect())
    }
}

/// Makes rounds until the greatest change is small beside `scale`.
fn settle(scale: f64, mut round: impl FnMut(&mut f64)) -> Result<(), GraphError> {
    for _ in 0..ROUNDS_MAX {
        let mut change = 0.0;
        round(&mut change);
        if change <= CHANGE_MIN * scale {
            return Ok(());
        }
    }
    Err(GraphError::NotConverged { rounds: ROUNDS_MAX })
}
