//! A change of the definition that somebody thinks of, and what it would have done to past leads.
//!
//! It tells what the new rule says of leads as they were answered. It cannot tell what people would have
//! answered, or handed over, had they known the rule.

use serde::{Deserialize, Serialize};

use crate::case::{Came, Case};
use crate::definition::{Definition, Need, Told};
use crate::rate::Rate;

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A criterion weighs otherwise.
    Need {
        /// Which, by key.
        criterion: String,
        /// How much.
        need: Need,
    },
    /// A criterion goes.
    Drop {
        /// Which, by key.
        criterion: String,
    },
    /// The least number is another.
    AtLeast {
        /// Which, by key.
        criterion: String,
        /// The number.
        number: f64,
    },
    /// Sales has so many working hours to accept or return.
    AcceptHours {
        /// How many.
        hours: f64,
    },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChange {
    /// There is no such criterion.
    #[error("The definition that counts has no criterion '{0}'")]
    NoCriterion(String),
    /// It has no number.
    #[error("'{0}' is told by yes or no, not by a number")]
    NoNumber(String),
    /// The definition would not hold.
    #[error(transparent)]
    Definition(#[from] crate::definition::InvalidDefinition),
}

impl Change {
    /// The definition with the change.
    ///
    /// # Errors
    /// [`InvalidChange`].
    pub fn made_in(&self, definition: &Definition) -> Result<Definition, InvalidChange> {
        let mut changed = definition.clone();
        let place = |key: &str| {
            let found = definition.criteria.iter().position(|criterion| criterion.key == key);
            found.ok_or_else(|| InvalidChange::NoCriterion(key.to_owned()))
        };
        match self {
            Self::AcceptHours { hours } => changed.accept_hours = *hours,
            Self::Drop { criterion } => {
                changed.criteria.remove(place(criterion)?);
            }
            Self::Need { criterion, need } => {
                let at = place(criterion)?;
                changed.criteria.iter_mut().skip(at).take(1).for_each(|it| it.need = *need);
            }
            Self::AtLeast { criterion, number } => {
                let at = place(criterion)?;
                let found = changed.criteria.get_mut(at).map(|it| &mut it.told);
                let Some(Told::Number { at_least, .. }) = found else {
                    return Err(InvalidChange::NoNumber(criterion.clone()));
                };
                *at_least = Some(*number);
            }
        }
        changed.check()?;
        Ok(changed)
    }

    /// In words.
    pub fn in_words(&self, definition: &Definition) -> String {
        let named = |key: &str| {
            definition.criterion(key).map_or(key.to_owned(), |found| found.name.clone())
        };
        match self {
            Self::Need { criterion, need: Need::Must } => {
                format!("'{}' becomes a must", named(criterion))
            }
            Self::Need { criterion, need: Need::Wanted } => {
                format!("'{}' is only wanted", named(criterion))
            }
            Self::Drop { criterion } => format!("'{}' goes", named(criterion)),
            Self::AtLeast { criterion, number } => {
                format!("'{}' is at least {number}", named(criterion))
            }
            Self::AcceptHours { hours } => format!("{hours} working hours to accept or return"),
        }
    }
}

/// What a change would have done to past leads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// Past leads that were looked at: those that sales took on or gave back.
    pub cases: usize,
    /// Taken on, and no longer qualified.
    pub taken_kept_out: Rate,
    /// Won among them.
    pub won_kept_out: usize,
    /// Given back, and no longer qualified: the returns that would have been spared.
    pub returns_avoided: Rate,
    /// Taken on, and qualified only now.
    pub taken_let_in: usize,
    /// Given back, and qualified only now.
    pub returned_let_in: usize,
    /// Told in time, by the time that counts.
    pub in_time_before: Rate,
    /// Told in time, by the new one.
    pub in_time_after: Rate,
}

impl Effect {
    /// Of a change of a definition, over some past leads.
    pub fn of(before: &Definition, after: &Definition, cases: &[Case]) -> Self {
        let is = |definition: &Definition, case: &Case| {
            definition.qualifies(&case.answers).is_qualified()
        };
        let of = |came: Came| cases.iter().filter(move |case| case.came == came);
        let falls_out = |case: &&Case| is(before, case) && !is(after, case);
        let comes_in = |case: &&Case| !is(before, case) && is(after, case);
        let in_time = |hours: f64| Rate::among(cases.iter().filter_map(|case| case.in_time(hours)));
        Self {
            cases: of(Came::Taken).count() + of(Came::Returned).count(),
            taken_kept_out: Rate::among(of(Came::Taken).map(|case| falls_out(&case))),
            won_kept_out: of(Came::Taken).filter(|case| case.won).filter(falls_out).count(),
            returns_avoided: Rate::among(of(Came::Returned).map(|case| falls_out(&case))),
            taken_let_in: of(Came::Taken).filter(comes_in).count(),
            returned_let_in: of(Came::Returned).filter(comes_in).count(),
            in_time_before: in_time(before.accept_hours),
            in_time_after: in_time(after.accept_hours),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::definition::{Answer, Given, Met};
    use crate::disagreement::Disagreements;
    use crate::event::Held;
    use crate::gap::Separation;
    use crate::who::Who;

    /// A lead with an answer to `time`, of which both musts are met.
    fn case(number: i64, time: Given, came: Came, won: bool, hours: f64) -> Case {
        let answer = |given| Answer { given, words: String::new() };
        let yes = ["need", "person", "asked"].map(|key| (key.to_owned(), answer(Given::Yes)));
        let mut answers: BTreeMap<String, Answer> = yes.into();
        answers.insert("time".to_owned(), answer(time));
        let definition = Definition::to_begin_with();
        let met: BTreeMap<String, Met> = definition
            .criteria
            .iter()
            .map(|it| (it.key.clone(), it.met(answers.get(&it.key))))
            .collect();
        let held = if came == Came::Returned { Held::DidNotHold } else { Held::Held };
        Case {
            number,
            source: if number % 2 == 0 { "Fair" } else { "Form" }.to_owned(),
            campaign: String::new(),
            by: Who::Own,
            owner: (came == Came::Taken).then_some(Who::Own),
            came,
            decided_hours: Some(hours),
            agreed_hours: 8.0,
            reached: None,
            won,
            reasons: if came == Came::Returned { vec!["No need".to_owned()] } else { Vec::new() },
            answers,
            met,
            held: BTreeMap::from([("need".to_owned(), held)]),
        }
    }

    /// Twelve with a time, ten of them taken on and three won; eight without, one of them taken on.
    fn cases() -> Vec<Case> {
        let with = (0..12).map(|n| {
            let came = if n < 10 { Came::Taken } else { Came::Returned };
            case(n, Given::Yes, came, n < 3, 4.0)
        });
        let without = (12..20).map(|n| {
            let came = if n < 13 { Came::Taken } else { Came::Returned };
            case(n, Given::Unknown, came, false, 12.0)
        });
        with.chain(without).collect()
    }

    #[test]
    fn what_a_must_would_have_done() {
        let before = Definition::to_begin_with();
        let must = Change::Need { criterion: "time".into(), need: Need::Must };
        let effect = Effect::of(&before, &must.made_in(&before).unwrap(), &cases());
        assert_eq!(effect.cases, 20);
        assert_eq!(effect.taken_kept_out, Rate::new(1, 11));
        assert_eq!(effect.returns_avoided, Rate::new(7, 9));
        assert_eq!((effect.won_kept_out, effect.taken_let_in), (0, 0));
        assert_eq!(effect.in_time_before, Rate::new(12, 20));
        let longer = Change::AcceptHours { hours: 16.0 };
        let effect = Effect::of(&before, &longer.made_in(&before).unwrap(), &cases());
        assert_eq!((effect.in_time_after, effect.returns_avoided.events), (Rate::new(20, 20), 0));
    }

    #[test]
    fn what_cannot_be_changed() {
        let before = Definition::to_begin_with();
        for (change, expected) in [
            (Change::Drop { criterion: "hue".into() }, "no criterion 'hue'"),
            (Change::AtLeast { criterion: "need".into(), number: 3.0 }, "by yes or no"),
            (Change::AcceptHours { hours: 0.0 }, "working hours"),
        ] {
            let why = change.made_in(&before).unwrap_err().to_string();
            assert!(why.contains(expected), "{why}");
        }
    }

    #[test]
    fn where_both_sides_differ() {
        let definition = Definition::to_begin_with();
        let found = Disagreements::of(&cases(), &definition, |_| Some("Mia".to_owned()));
        assert_eq!(found.all.taken, Rate::new(11, 20));
        assert_eq!(found.all.reasons, [("No need".to_owned(), 9)]);
        assert_eq!(found.sources.len(), 2);
        assert!(found.campaigns.is_empty());
        assert_eq!(found.taken_by[0].handed, 11);
        let gap = |key: &str| found.criteria.iter().find(|gap| gap.key == key).unwrap().clone();
        assert_eq!(gap("time").taken, Separation::Separates);
        assert_eq!(gap("need").taken, Separation::TooFew);
        assert_eq!(gap("need").did_not_hold, Rate::new(9, 20));
    }
}
