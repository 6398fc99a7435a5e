//! When the people of each deal were met first: by the calendar, and by what was written down.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::meetings;
use inroad_model::{
    CalendarEvent, Channel, Deal, DealId, EmailAddress, Entry, EntryNumber, KeptEntry, Moment,
    Subject, typed_domain,
};
use inroad_store::StoredDeal;
use jiff::tz::Offset;

/// When the people of deals were met first, for those of which it is known.
pub(super) fn first_met(
    entries: &[KeptEntry],
    deals: &[StoredDeal],
    events: &[CalendarEvent],
    at: Moment,
) -> BTreeMap<DealId, Moment> {
    let mut met = met_by_entries(entries, at);
    let people = MetPeople::of(events, at);
    for deal in deals.iter().map(|stored| &stored.deal) {
        if let Some(held) = people.first_of(deal) {
            earlier(&mut met, &deal.id, held);
        }
    }
    met
}

/// When people were met first, by their address and by its domain: a deal asks for its own few.
#[derive(Default)]
struct MetPeople<'e> {
    by_address: BTreeMap<&'e EmailAddress, Moment>,
    by_domain: BTreeMap<&'e str, Moment>,
}

impl<'e> MetPeople<'e> {
    fn of(events: &'e [CalendarEvent], at: Moment) -> Self {
        let mut people = Self::default();
        for event in events.iter().filter(|event| !event.is_called_off(at)) {
            let Some(held) = meetings::held_at(event, at) else { continue };
            let attendees = event.attendees.iter().map(|attendee| &attendee.mailbox.address);
            let organizer = event.organizer.as_ref().map(|organizer| &organizer.address);
            attendees.chain(organizer).for_each(|email| people.meet(email, held));
        }
        people
    }

    fn meet(&mut self, email: &'e EmailAddress, held: Moment) {
        let first = self.by_address.entry(email).or_insert(held);
        *first = (*first).min(held);
        for domain in email.domains() {
            let first = self.by_domain.entry(domain).or_insert(held);
            *first = (*first).min(held);
        }
    }

    /// When somebody of a deal was met first: who has a seat in it, or is at its domain.
    fn first_of(&self, deal: &Deal) -> Option<Moment> {
        if self.by_address.is_empty() {
            return None;
        }
        let seats = deal.people.iter().filter_map(|seat| self.by_address.get(&seat.email));
        let domain = deal.domain.as_deref().map(typed_domain).filter(|domain| !domain.is_empty());
        let at_home = domain.and_then(|domain| self.by_domain.get(&*domain));
        seats.chain(at_home).min().copied()
    }
}

fn earlier(met: &mut BTreeMap<DealId, Moment>, deal: &DealId, at: Moment) {
    let first = met.entry(deal.clone()).or_insert(at);
    *first = (*first).min(at);
}

/// Meetings that were noted, and planned ones that were ticked. A plan alone is no meeting.
fn met_by_entries(entries: &[KeptEntry], at: Moment) -> BTreeMap<DealId, Moment> {
    let counting: Vec<&KeptEntry> = entries.iter().filter(|kept| kept.counts_at(at)).collect();
    let done: BTreeSet<EntryNumber> = counting
        .iter()
        .filter_map(|kept| match kept.entry {
            Entry::Done { plan } => Some(plan),
            _ => None,
        })
        .collect();
    let mut met = BTreeMap::new();
    for kept in counting {
        let Subject::Deal(deal) = &kept.about else { continue };
        let day = match &kept.entry {
            Entry::Note { day, by: Some(Channel::Meeting), .. } => *day,
            Entry::Plan { day, by: Channel::Meeting, .. } if done.contains(&kept.number) => *day,
            _ => continue,
        };
        if let Some(held) = Moment::end_of(day, Offset::UTC) {
            earlier(&mut met, deal, held.min(at));
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use inroad_model::Remark;
    use jiff::civil::date;

    use super::*;

    fn check(entries: &[Entry], expected: bool) {
        let at = "2026-03-20T12:00:00Z".parse().unwrap();
        let kept: Vec<KeptEntry> = entries
            .iter()
            .zip(1..)
            .map(|(entry, number)| KeptEntry {
                number: EntryNumber::new(number).unwrap(),
                about: Subject::Deal(DealId::new("d1").unwrap()),
                told_at: "2026-03-02T12:00:00Z".parse().unwrap(),
                withdrawn_at: None,
                away: Vec::new(),
                entry: entry.clone(),
            })
            .collect();
        assert_eq!(met_by_entries(&kept, at).len() == 1, expected, "{entries:?}");
    }

    #[test]
    fn a_plan_alone_is_no_meeting() {
        let words = Remark::new("At the fair").unwrap();
        let plan = |by| Entry::Plan { day: date(2026, 3, 9), by, with: None, what: words.clone() };
        let noted = |by| Entry::Note { day: date(2026, 3, 9), by, text: words.clone() };
        let done = Entry::Done { plan: EntryNumber::new(1).unwrap() };
        check(&[plan(Channel::Meeting)], false);
        check(&[plan(Channel::Meeting), done.clone()], true);
        check(&[plan(Channel::Call), done], false);
        check(&[noted(Some(Channel::Meeting))], true);
        check(&[noted(Some(Channel::Call))], false);
        check(&[noted(None)], false);
    }

    #[test]
    fn a_deal_has_met_whoever_has_a_seat_in_it_or_is_at_its_domain() {
        let moment = |day| format!("2026-03-{day:02}T09:00:00Z").parse::<Moment>().unwrap();
        let emails = ["jana@mail.lindner.example", "omar@kessler.test", "omar@notlindner.example"];
        let emails: Vec<EmailAddress> = emails.iter().map(|email| email.parse().unwrap()).collect();
        let mut people = MetPeople::default();
        emails.iter().zip([7, 5, 3]).for_each(|(email, day)| people.meet(email, moment(day)));
        people.meet(&emails[0], moment(9));
        let odd: EmailAddress = "omar@odd.example.".parse().unwrap();
        people.meet(&odd, moment(1));
        for (deal, expected) in [
            (r#"{"id": "a", "name": "A", "people": [{"email": "omar@kessler.test"}]}"#, Some(5)),
            (r#"{"id": "b", "name": "B", "domain": "@Lindner.example"}"#, Some(7)),
            (
                r#"{"id": "c", "name": "C", "domain": "lindner.example", "people": [{"email": "omar@kessler.test"}]}"#,
                Some(5),
            ),
            (r#"{"id": "d", "name": "D", "people": [{"email": "ines@kessler.test"}]}"#, None),
            (r#"{"id": "e", "name": "E", "domain": "@"}"#, None),
        ] {
            let deal: Deal = serde_json::from_str(deal).unwrap();
            assert_eq!(people.first_of(&deal), expected.map(moment), "{}", deal.id);
        }
    }
}
