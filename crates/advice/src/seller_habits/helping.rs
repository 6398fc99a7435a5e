//! With what a deal could be helped, from how far it is and how it stands.
//!
//! Must not: say who is good at it; people offer that themselves.

use inroad_model::{Stage, State, Strength};

/// What could help, the first one first.
pub fn wanted(stage: Option<Stage>, state: Option<State>) -> Vec<Strength> {
    let mut wanted = Vec::new();
    if matches!(state, Some(State::Cold | State::Dark)) {
        wanted.push(Strength::Reviving);
    }
    wanted.extend_from_slice(match stage {
        None | Some(Stage::Lead) => &[Strength::Opening],
        Some(Stage::Discovery) => &[Strength::Questions],
        Some(Stage::Proposal) => &[Strength::Terms, Strength::Closing],
        Some(Stage::Negotiation) => &[Strength::Closing, Strength::Terms],
        Some(Stage::Won | Stage::Lost) => &[],
    });
    wanted.push(Strength::Trust);
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stage: Option<Stage>, state: State, first: Strength) {
        assert_eq!(wanted(stage, Some(state)).first(), Some(&first), "{stage:?} {state:?}");
    }

    #[test]
    fn by_stage_and_state() {
        check(None, State::Warm, Strength::Opening);
        check(Some(Stage::Discovery), State::Warm, Strength::Questions);
        check(Some(Stage::Negotiation), State::Cooling, Strength::Closing);
        check(Some(Stage::Negotiation), State::Dark, Strength::Reviving);
        check(Some(Stage::Won), State::Closed, Strength::Trust);
    }
}
