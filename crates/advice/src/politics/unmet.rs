//! Seats that nobody who was met fills, in words that can be shown.

use inroad_model::{Cue, Role};

use super::cast::Cast;
use super::map::Map;
use super::pointed::Pointed;
use super::sayings::Sayings;
use super::standing;
use crate::dealings::Dealings;

/// From here on a sentence counts as said.
const SAID: f64 = 0.6;

/// What is missing.
pub(super) fn read(
    dealings: &Dealings<'_>,
    cast: &Cast,
    sayings: &Sayings,
    decides: Option<&Pointed>,
) -> Vec<String> {
    let mut unmet = Vec::new();
    if dealings.inbound().next().is_none() {
        return unmet;
    }
    match decides {
        None => {
            unmet.push("Nobody who holds the budget has been met, as far as known".to_owned());
        }
        Some(one) if cast.get(&one.email).is_some_and(|member| member.letters == 0) => {
            unmet.push(format!("{} seems to decide and has never written to you", one.name));
        }
        Some(_) => {}
    }
    let told = |cue: Cue| sayings.0.iter().any(|saying| saying.tells(&[cue]) >= SAID);
    if told(Cue::PurchasingEnters) && !cast.members().any(|member| member.buys) {
        unmet.push("Purchasing has come in, and nobody from there is known".to_owned());
    }
    if told(Cue::UsersUnwilling) && !cast.members().any(|member| member.has(Role::EndUser)) {
        unmet.push("Those who would use it are spoken of, and none of them is known".to_owned());
    }
    if told(Cue::OutsiderSpeaks) && !cast.members().any(|member| member.is_outside) {
        unmet.push("Somebody outside has spoken, and has not been met".to_owned());
    }
    unmet
}

/// Whoever seems to decide and was never met, in words; for maps without letters to tell it.
pub fn on_map(map: &Map) -> Vec<String> {
    let decider = standing::decider(map).map(|at| &map.people()[at]);
    let unmet = decider.filter(|person| !person.is_met);
    unmet
        .map(|person| format!("{} seems to decide and was never met", person.name))
        .into_iter()
        .collect()
}
