//! From what happened to how a lead stands, and what may happen next.
//!
//! Whatever stands in a file, a fold ends with a valid lead: what cannot happen where a lead stands did not
//! happen to it.

use crate::event::{Kept, KeptLeadEvent, LeadEvent, Outcome, PROMISES_MAX};
use crate::lead::{Feedback, FeedbackKind, Lead, LeadState, Reply, Return};
use crate::who::To;

/// Why something cannot happen to a lead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It stands where that has no meaning.
    #[error("This lead is {0} now; look at it again")]
    Stands(&'static str),
    /// There is no such promise.
    #[error("Nothing of that number was promised")]
    NoPromise,
    /// There is nothing to reply to.
    #[error("There is nothing of that number to reply to")]
    NothingSaid,
    /// A lost lead without a word.
    #[error("Say in a few words why it was lost")]
    NoReason,
}

impl Lead {
    /// A lead after all that happened to it; `None` if it was never handed over.
    pub fn after(number: i64, events: &[KeptLeadEvent]) -> Option<Self> {
        let (first, rest) = events.split_first()?;
        let mut lead = Self::handed_over(number, first)?;
        for event in rest {
            // What cannot be did not happen.
            let _refused: Result<(), Refused> = lead.happens(event);
            lead.last_event = event.number;
        }
        Some(lead)
    }

    fn handed_over(number: i64, first: &KeptLeadEvent) -> Option<Self> {
        let LeadEvent::HandedOver { lead, to } = &first.event else { return None };
        let promised = lead.promised.iter().take(PROMISES_MAX);
        Some(Self {
            number,
            last_event: first.number,
            handed_at: first.at,
            by: first.by.clone(),
            hand_over: (**lead).clone(),
            to: to.clone(),
            state: LeadState::Waiting,
            since: first.at,
            owner: None,
            decided_at: None,
            accepted_at: None,
            returns: Vec::new(),
            reached: None,
            contacted_at: None,
            promises: promised.map(|promise| (promise.clone(), Kept::Open)).collect(),
            feedback: Vec::new(),
            deal: None,
        })
    }

    /// Lets something happen; where it cannot, the lead stays as it is.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn apply(&mut self, kept: &KeptLeadEvent) -> Result<(), Refused> {
        self.happens(kept)?;
        self.last_event = kept.number;
        Ok(())
    }

    fn happens(&mut self, kept: &KeptLeadEvent) -> Result<(), Refused> {
        use LeadState::{Accepted, GivenUp, Lost, Recycled, Returned, Waiting, Won};
        let refused = Err(Refused::Stands(self.state.in_words()));
        match (&kept.event, self.state) {
            (LeadEvent::Accepted, Waiting) => {
                self.owner = Some(kept.by.clone());
                self.accepted_at = Some(kept.at);
                self.decide(kept, Accepted);
            }
            (LeadEvent::Returned { reason, words: _ }, Waiting | Accepted) => {
                self.returns.push(Return { at: kept.at, reason: reason.clone() });
                self.decide(kept, Returned);
            }
            (LeadEvent::Recycled { until, words: _ }, Waiting | Accepted) => {
                self.decide(kept, Recycled { until: *until });
            }
            (
                LeadEvent::Answered { answers, to, words: _ },
                Returned | Recycled { .. } | GivenUp,
            ) => {
                let more = answers.iter().map(|(key, answer)| (key.clone(), answer.clone()));
                self.hand_over.answers.extend(more);
                self.goes_to(kept, to.clone().unwrap_or_else(|| self.to.clone()));
            }
            (LeadEvent::GivenUp { words: _ }, Returned | Recycled { .. }) => {
                self.stands(kept, GivenUp);
            }
            (LeadEvent::Moved { to, words: _ }, Waiting | Accepted) => {
                self.goes_to(kept, to.clone());
            }
            (LeadEvent::Reached { outcome, on, words }, Accepted) => {
                if *outcome == Outcome::Lost && words.is_none() {
                    return Err(Refused::NoReason);
                }
                self.reached = self.reached.max(Some(*outcome));
                if *outcome != Outcome::Lost {
                    self.contacted_at = self.contacted_at.or(Some(on.unwrap_or(kept.at)));
                }
                match outcome {
                    Outcome::Won => self.stands(kept, Won),
                    Outcome::Lost => self.stands(kept, Lost),
                    Outcome::Contacted | Outcome::Meeting | Outcome::Proposal => {}
                }
            }
            (LeadEvent::Promise { promise, kept }, Accepted | Won | Lost) => {
                let found = self.promises.get_mut(*promise).ok_or(Refused::NoPromise)?;
                found.1 = *kept;
            }
            (LeadEvent::Attached { deal }, Accepted | Won | Lost) => {
                self.deal = Some(deal.clone());
            }
            (LeadEvent::Quality { criteria, pressed, words }, _) => {
                let of = FeedbackKind::Quality { criteria: criteria.clone() };
                self.feedback.push(Feedback {
                    number: kept.number,
                    at: kept.at,
                    by: kept.by.clone(),
                    of,
                    pressed: *pressed,
                    words: words.clone(),
                    replies: Vec::new(),
                });
            }
            (LeadEvent::Treatment { pressed, words }, _) => {
                self.feedback.push(Feedback {
                    number: kept.number,
                    at: kept.at,
                    by: kept.by.clone(),
                    of: FeedbackKind::Treatment,
                    pressed: *pressed,
                    words: Some(words.clone()),
                    replies: Vec::new(),
                });
            }
            (LeadEvent::Replied { to, words }, _) => {
                let said = self.feedback.iter_mut().find(|feedback| feedback.number == *to);
                said.ok_or(Refused::NothingSaid)?.replies.push(Reply {
                    number: kept.number,
                    at: kept.at,
                    by: kept.by.clone(),
                    words: words.clone(),
                });
            }
            (_, Waiting | Accepted | Returned | Recycled { .. } | GivenUp | Won | Lost) => {
                return refused;
            }
        }
        Ok(())
    }

    fn stands(&mut self, kept: &KeptLeadEvent, state: LeadState) {
        (self.state, self.since) = (state, kept.at);
    }

    fn decide(&mut self, kept: &KeptLeadEvent, state: LeadState) {
        self.decided_at = self.decided_at.or(Some(kept.at));
        self.stands(kept, state);
    }

    fn goes_to(&mut self, kept: &KeptLeadEvent, to: To) {
        self.to = to;
        self.owner = None;
        self.accepted_at = None;
        self.stands(kept, LeadState::Waiting);
    }
}

#[cfg(test)]
mod tests {
    use inroad_model::{Moment, Remark};
    use proptest::prelude::*;

    use super::*;
    use crate::event::{HandOver, Held};
    use crate::who::Who;

    fn words() -> Remark {
        Remark::new("As agreed").unwrap()
    }

    fn handed() -> LeadEvent {
        let promised = vec!["A price list".to_owned()];
        let lead = HandOver { promised, ..HandOver::default() };
        LeadEvent::HandedOver { lead: Box::new(lead), to: To::Person(Who::Own) }
    }

    fn returned() -> LeadEvent {
        LeadEvent::Returned { reason: "No need".into(), words: words() }
    }

    fn recycled() -> LeadEvent {
        LeadEvent::Recycled { until: jiff::civil::date(2026, 5, 4), words: None }
    }

    fn answered() -> LeadEvent {
        LeadEvent::Answered { words: words(), answers: [].into(), to: None }
    }

    fn reached(outcome: Outcome) -> LeadEvent {
        LeadEvent::Reached { outcome, on: None, words: Some(words()) }
    }

    fn told(events: &[LeadEvent]) -> Vec<KeptLeadEvent> {
        let at: Moment = "2026-03-02T09:00:00Z".parse().unwrap();
        let events = (1..).zip(events.iter().cloned());
        events.map(|(number, event)| KeptLeadEvent { number, at, by: Who::Own, event }).collect()
    }

    #[track_caller]
    fn check(steps: &[LeadEvent], expected: Result<&str, &str>) {
        let mut all = vec![handed()];
        all.extend(steps.iter().cloned());
        let kept = told(&all);
        let (last, before) = kept.split_last().unwrap();
        let mut lead = Lead::after(7, before).unwrap_or_else(|| Lead::after(7, &kept).unwrap());
        let found = if before.is_empty() { Ok(()) } else { lead.apply(last) };
        let found = found.map(|()| lead.state.as_str()).map_err(|why| why.to_string());
        assert_eq!(found.as_ref().map(|s| *s).map_err(String::as_str), expected, "{steps:?}");
        if found.is_ok() {
            assert_eq!(Lead::after(7, &kept).unwrap(), lead);
        }
    }

    #[test]
    fn the_ways_of_a_lead() {
        check(&[], Ok("waiting"));
        check(&[LeadEvent::Accepted], Ok("accepted"));
        check(&[returned()], Ok("returned"));
        check(&[recycled()], Ok("recycled"));
        check(&[LeadEvent::Accepted, returned()], Ok("returned"));
        check(&[returned(), answered()], Ok("waiting"));
        check(&[recycled(), answered(), LeadEvent::Accepted], Ok("accepted"));
        check(&[returned(), LeadEvent::GivenUp { words: words() }], Ok("given_up"));
        check(&[LeadEvent::Accepted, reached(Outcome::Meeting)], Ok("accepted"));
        check(&[LeadEvent::Accepted, reached(Outcome::Won)], Ok("won"));
        check(&[LeadEvent::Accepted, reached(Outcome::Lost)], Ok("lost"));
        let moved = LeadEvent::Moved { to: To::Person(Who::Own), words: None };
        check(&[LeadEvent::Accepted, moved], Ok("waiting"));
        let promise = |promise| LeadEvent::Promise { promise, kept: Kept::Kept };
        check(&[LeadEvent::Accepted, promise(0)], Ok("accepted"));
    }

    #[test]
    fn what_cannot_happen() {
        let now = |state: &str| format!("This lead is {state} now; look at it again");
        check(&[LeadEvent::Accepted, LeadEvent::Accepted], Err(&now("accepted")));
        check(&[returned(), returned()], Err(&now("returned")));
        check(&[answered()], Err(&now("waiting")));
        check(&[reached(Outcome::Contacted)], Err(&now("waiting")));
        check(&[LeadEvent::GivenUp { words: words() }], Err(&now("waiting")));
        check(&[handed()], Err(&now("waiting")));
        let promise = LeadEvent::Promise { promise: 1, kept: Kept::Kept };
        check(&[LeadEvent::Accepted, promise], Err("Nothing of that number was promised"));
        let reply = LeadEvent::Replied { to: 9, words: words() };
        check(&[reply], Err("There is nothing of that number to reply to"));
        let lost = LeadEvent::Reached { outcome: Outcome::Lost, on: None, words: None };
        check(&[LeadEvent::Accepted, lost], Err("Say in a few words why it was lost"));
    }

    #[test]
    fn both_sides_speak_and_reply() {
        let quality = LeadEvent::Quality {
            criteria: [("need".to_owned(), Held::DidNotHold)].into(),
            pressed: None,
            words: None,
        };
        let reply = LeadEvent::Replied { to: 2, words: words() };
        let lead = Lead::after(1, &told(&[handed(), quality, reply])).unwrap();
        assert_eq!(lead.feedback[0].replies.len(), 1);
        assert_eq!(lead.held().get("need"), Some(&Held::DidNotHold));
    }

    fn any_event() -> impl Strategy<Value = LeadEvent> {
        let outcome = prop::sample::select(Outcome::ALL.to_vec());
        prop_oneof![
            Just(handed()),
            Just(LeadEvent::Accepted),
            Just(returned()),
            Just(recycled()),
            Just(answered()),
            Just(LeadEvent::GivenUp { words: words() }),
            Just(LeadEvent::Moved { to: To::Person(Who::Own), words: None }),
            outcome.prop_map(reached),
            (0_usize..3).prop_map(|promise| LeadEvent::Promise { promise, kept: Kept::Broken }),
            Just(LeadEvent::Treatment { pressed: Some(true), words: words() }),
            (0_i64..9).prop_map(|to| LeadEvent::Replied { to, words: words() }),
        ]
    }

    proptest! {
        #[test]
        fn any_events_end_in_a_valid_lead(events in prop::collection::vec(any_event(), 0..30)) {
            let all: Vec<LeadEvent> = std::iter::once(handed()).chain(events).collect();
            let lead = Lead::after(1, &told(&all)).unwrap();
            // Somebody works on it exactly while it was taken on, and came no farther without.
            let is_taken = matches!(lead.state, LeadState::Accepted | LeadState::Won | LeadState::Lost);
            prop_assert!(!is_taken || lead.owner.is_some() && lead.accepted_at.is_some());
            prop_assert!(lead.state != LeadState::Waiting || lead.owner.is_none());
            prop_assert!(lead.state != LeadState::Returned || !lead.returns.is_empty());
            prop_assert!(lead.reached.is_none() || lead.decided_at.is_some());
            prop_assert!(lead.last_event <= i64::try_from(all.len()).unwrap());
            // What was refused leaves no trace.
            let again = Lead::after(1, &told(&all));
            prop_assert_eq!(again, Some(lead));
        }
    }
}
