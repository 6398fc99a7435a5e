//! Which deals something told bears on, and what held of it at a moment.

use inroad_model::{Deal, EmailAddress, Insight, KeptInsight, Known, Moment, that_hold};

use crate::uniting::Canonical;

/// What had been told by a moment, was not taken back by then, and was the last word on its thing.
pub(crate) fn hold_at(mut told: Vec<KeptInsight>, as_of: Moment) -> Vec<KeptInsight> {
    told.retain(|kept| kept.counts_at(as_of));
    that_hold(told)
}

/// Lays beside each deal what was told of its people by a moment, together with what the deal itself
/// brings from a file, the last word on each thing, oldest first.
pub(crate) fn add_insights(
    deals: &mut [Deal],
    said: &[Insight],
    canonical: &Canonical,
    as_of: Moment,
) {
    for deal in deals {
        let own = std::mem::take(&mut deal.insights).into_iter();
        let of_people = said.iter().filter(|insight| bears_on(&insight.known, deal, canonical));
        let all = own
            .chain(of_people.cloned())
            .filter(|insight| insight.at.timestamp() <= as_of.timestamp())
            .filter_map(|insight| united(insight, canonical));
        deal.insights = that_hold(all.collect());
    }
}

/// Whether one of the people, under any address, is among the deal's or at its domain.
pub(crate) fn bears_on(known: &Known, deal: &Deal, canonical: &Canonical) -> bool {
    let is_of = |email: &EmailAddress| {
        deal.people.iter().any(|seat| seat.email == *email)
            || deal.domain.as_deref().is_some_and(|domain| email.is_at(domain))
    };
    known.people().any(|email| is_of(email) || canonical.get(email).is_some_and(is_of))
}

/// The same with the addresses that stand for the people; `None` for a tie of which both ends turned
/// out to be one person.
fn united(mut insight: Insight, canonical: &Canonical) -> Option<Insight> {
    let one = |email: &mut EmailAddress| {
        if let Some(one) = canonical.get(email) {
            *email = one.clone();
        }
    };
    match &mut insight.known {
        Known::Tie { from, to, .. } => {
            one(from);
            one(to);
            (from != to).then_some(())?;
        }
        Known::Person { who, .. } => one(who),
    }
    Some(insight)
}

#[cfg(test)]
mod tests {
    use inroad_model::EmailAddress;

    use super::*;

    fn insight(who: &str, stance: &str, day: u8) -> Insight {
        let known = serde_json::json!({"person": {"who": who, "is": {"stance": stance}}});
        let at = format!("2026-06-{day:02}T09:00:00Z");
        serde_json::from_value(serde_json::json!({"at": at, "known": known})).unwrap()
    }

    fn tie(from: &str, to: &str, day: u8) -> Insight {
        let known = serde_json::json!({"tie": {"from": from, "kind": "trusts", "to": to}});
        let at = format!("2026-06-{day:02}T09:00:00Z");
        serde_json::from_value(serde_json::json!({"at": at, "known": known})).unwrap()
    }

    fn deal(domain: Option<&str>, people: &[&str], insights: &[Insight]) -> Deal {
        let people: Vec<_> = people.iter().map(|p| serde_json::json!({"email": p})).collect();
        let json = serde_json::json!({"id": "d", "name": "D", "domain": domain, "people": people,
                                      "insights": insights});
        serde_json::from_value(json).unwrap()
    }

    fn check(deal: Deal, said: &[Insight], same: &[(&str, &str)], day: u8, expected: &[Insight]) {
        let email = |text: &str| text.parse::<EmailAddress>().unwrap();
        let canonical: Canonical = same.iter().map(|(a, b)| (email(a), email(b))).collect();
        let as_of = format!("2026-06-{day:02}T10:00:00Z").parse().unwrap();
        let mut deals = [deal];
        add_insights(&mut deals, said, &canonical, as_of);
        assert_eq!(deals[0].insights, expected);
    }

    #[test]
    fn a_deal_gets_what_was_told_of_its_people_and_of_nobody_else() {
        let said = [
            insight("eva@lindner.example", "for", 1),
            insight("kim@acme.example", "against", 2),
            insight("jan@home.example", "open", 3),
            tie("kim@acme.example", "eva@lindner.example", 4),
            tie("kim@acme.example", "lee@acme.example", 5),
        ];
        let of = |kept: &[usize]| kept.iter().map(|n| said[*n].clone()).collect::<Vec<_>>();
        for (domain, people, expected) in [
            (Some("lindner.example"), &[][..], &[0, 3][..]),
            (None, &["eva@lindner.example", "jan@home.example"], &[0, 2, 3]),
            (Some("acme.example"), &[], &[1, 3, 4]),
            (Some("other.example"), &[], &[]),
            (None, &[], &[]),
        ] {
            check(deal(domain, people, &[]), &said, &[], 28, &of(expected));
        }
    }

    #[test]
    fn the_last_word_by_that_day_holds_wherever_it_was_said() {
        let (eva, at) = ("eva@lindner.example", Some("lindner.example"));
        let [first, second, third] =
            [("for", 2), ("open", 4), ("against", 6)].map(|(s, day)| insight(eva, s, day));
        let of_file = || deal(at, &[], &[first.clone(), third.clone()]);
        let said = [second.clone()];
        for (day, expected) in [
            (1, &[][..]),
            (3, std::slice::from_ref(&first)),
            (5, std::slice::from_ref(&second)),
            (7, std::slice::from_ref(&third)),
        ] {
            check(of_file(), &said, &[], day, expected);
        }
    }

    #[test]
    fn two_addresses_of_one_person_are_one() {
        let (eva, other) = ("eva@lindner.example", "eva@home.example");
        let said = [
            insight(other, "for", 1),
            insight(eva, "against", 2),
            tie(eva, other, 3),
            tie(other, "jan@lindner.example", 4),
        ];
        let expected = [said[1].clone(), tie(eva, "jan@lindner.example", 4)];
        check(deal(None, &[eva], &[]), &said, &[(other, eva)], 28, &expected);
    }

    #[test]
    fn what_was_taken_back_counts_until_then() {
        let kept = |number: u32, day: u8, back: Option<&str>| KeptInsight {
            number: inroad_model::InsightNumber::new(number).unwrap(),
            withdrawn_at: back.map(|at| at.parse().unwrap()),
            away: Vec::new(),
            insight: insight("eva@lindner.example", if number == 1 { "for" } else { "open" }, day),
        };
        let all = [kept(1, 1, None), kept(2, 3, Some("2026-06-05T10:00:00Z"))];
        for (day, expected) in [(2, Some(1)), (4, Some(2)), (5, Some(1))] {
            let as_of = format!("2026-06-{day:02}T10:00:00Z").parse().unwrap();
            let held = hold_at(all.to_vec(), as_of);
            assert_eq!(held.first().map(|kept| kept.number.get()), expected, "on {day}");
            assert_eq!(held.len(), 1);
        }
    }
}
