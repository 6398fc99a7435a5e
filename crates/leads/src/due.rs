//! Whom a lead waits for, and until when, so that none falls between two desks.

use inroad_model::Moment;
use serde::Serialize;

use crate::clock::Clock;
use crate::definition::Definition;
use crate::lead::{Lead, LeadState};

/// Whom a lead waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// Sales, to accept or to return it.
    ToBeAccepted,
    /// Sales, to write or call for the first time.
    ForFirstTouch,
    /// Marketing, to answer a return.
    ForAnswer,
    /// Marketing, since its day has come again.
    ToBeTakenUp,
}

impl Waits {
    /// Whether it is sales that is waited for, not marketing.
    pub fn is_for_sales(self) -> bool {
        matches!(self, Self::ToBeAccepted | Self::ForFirstTouch)
    }

    /// In words, behind what is waited for.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::ToBeAccepted => "to be accepted",
            Self::ForFirstTouch => "for the first call or mail",
            Self::ForAnswer => "for marketing's answer",
            Self::ToBeTakenUp => "to be taken up again by marketing",
        }
    }
}

/// What a lead waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// For whom.
    pub waits: Waits,
    /// From when on.
    pub from: Moment,
    /// Until when it should be done.
    pub until: Moment,
}

impl Due {
    /// Whether it waits at a moment.
    pub fn waits_at(&self, at: Moment) -> bool {
        self.from.timestamp() <= at.timestamp()
    }

    /// Whether it should have been done by a moment: then whoever answers for both sides sees it too.
    pub fn is_overdue(&self, at: Moment) -> bool {
        self.until.timestamp() < at.timestamp()
    }
}

impl Lead {
    /// What the lead waits for, by what was agreed when it was handed over. `touched` is when a letter
    /// first went to the person after the acceptance, where a mailbox tells. Nothing for a lead that is
    /// done, and for one on which sales is at work.
    pub fn due(
        &self,
        definition: &Definition,
        clock: &Clock,
        touched: Option<Moment>,
    ) -> Option<Due> {
        let (waits, from, hours) = match self.state {
            LeadState::Waiting => (Waits::ToBeAccepted, self.since, definition.accept_hours),
            LeadState::Accepted if self.reached.is_none() && touched.is_none() => {
                (Waits::ForFirstTouch, self.since, definition.touch_hours)
            }
            LeadState::Returned => (Waits::ForAnswer, self.since, definition.accept_hours),
            LeadState::Recycled { until } => {
                (Waits::ToBeTakenUp, clock.start_of(until)?, definition.accept_hours)
            }
            LeadState::Accepted | LeadState::GivenUp | LeadState::Won | LeadState::Lost => {
                return None;
            }
        };
        let until = clock.after(from, hours)?;
        Some(Due { waits, from, until })
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::event::{HandOver, KeptLeadEvent, LeadEvent, Outcome};
    use crate::hours::Hours;
    use crate::who::{To, Who};

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    /// A lead of Friday at three in the afternoon, and what followed.
    #[track_caller]
    fn check(steps: &[(&str, LeadEvent)], touched: Option<&str>, expected: Option<(Waits, &str)>) {
        let first =
            LeadEvent::HandedOver { lead: Box::new(HandOver::default()), to: To::Person(Who::Own) };
        let first = ("2026-03-06T15:00:00Z", first);
        let events = std::iter::once(&first).chain(steps);
        let events: Vec<KeptLeadEvent> = (1..)
            .zip(events)
            .map(|(number, (at, event))| {
                let event = event.clone();
                KeptLeadEvent { number, at: moment(at), by: Who::Own, event }
            })
            .collect();
        let lead = Lead::after(1, &events).unwrap();
        let definition = Definition::unsigned();
        let clock = Clock::new(&Hours::usual(), TimeZone::UTC, [].into());
        let due = lead.due(&definition, &clock, touched.map(moment));
        let found = due.map(|due| (due.waits, due.until.to_string()));
        let expected = expected.map(|(waits, at)| (waits, moment(at).to_string()));
        assert_eq!(found, expected, "{steps:?}");
        if let Some(due) = due {
            assert!(due.waits_at(due.until) && !due.is_overdue(due.until));
            assert!(due.is_overdue(moment("2026-06-01T09:00:00Z")));
        }
    }

    #[test]
    fn whom_it_waits_for() {
        let accepted = ("2026-03-09T09:00:00Z", LeadEvent::Accepted);
        check(&[], None, Some((Waits::ToBeAccepted, "2026-03-09T15:00:00Z")));
        check(
            std::slice::from_ref(&accepted),
            None,
            Some((Waits::ForFirstTouch, "2026-03-10T17:00:00Z")),
        );
        check(std::slice::from_ref(&accepted), Some("2026-03-09T10:00:00Z"), None);
        let met = LeadEvent::Reached { outcome: Outcome::Meeting, on: None, words: None };
        check(&[accepted, ("2026-03-10T09:00:00Z", met)], None, None);
        let words = inroad_model::Remark::new("Too small").unwrap();
        let returned = LeadEvent::Returned { reason: "No need".into(), words };
        check(
            &[("2026-03-09T16:00:00Z", returned)],
            None,
            Some((Waits::ForAnswer, "2026-03-10T16:00:00Z")),
        );
        let until = jiff::civil::date(2026, 5, 2);
        let recycled = LeadEvent::Recycled { until, words: None };
        // A Saturday: the first day of work is the Monday.
        check(
            &[("2026-03-09T16:00:00Z", recycled)],
            None,
            Some((Waits::ToBeTakenUp, "2026-05-04T17:00:00Z")),
        );
    }
}
