//! One touch a day at one firm: two people who sit side by side are not written to on one morning.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// Which days are taken at each firm.
#[derive(Debug, Default)]
pub(super) struct FirmDays<'k> {
    /// Of each day that is taken, a later day to look at next.
    next: BTreeMap<&'k str, BTreeMap<Date, Date>>,
}

impl<'k> FirmDays<'k> {
    /// The first day from one on that is free; ways that were gone are made short, so that many people
    /// at one firm cost no more than few.
    pub(super) fn free_from(&mut self, firm: &'k str, day: Date) -> Option<Date> {
        let next = self.next.entry(firm).or_default();
        let mut free = day;
        let mut passed = Vec::new();
        // The last day of all leads to itself.
        while let Some(later) = next.get(&free).copied().filter(|later| *later > free) {
            passed.push(free);
            free = later;
        }
        for day in passed {
            next.insert(day, free);
        }
        (free < Date::MAX).then_some(free)
    }

    /// Takes a day.
    pub(super) fn take(&mut self, firm: &'k str, day: Date) {
        let later = day.tomorrow().unwrap_or(Date::MAX);
        self.next.entry(firm).or_default().entry(day).or_insert(later);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_that_is_taken_is_passed_over_at_that_firm_alone() {
        let mut days = FirmDays::default();
        let first = date(2026, 3, 2);
        for expected in 2..9 {
            let day = days.free_from("a.example", first).unwrap();
            assert_eq!(day, date(2026, 3, expected));
            days.take("a.example", day);
        }
        assert_eq!(days.free_from("b.example", first), Some(first));
        days.take("a.example", Date::MAX);
        assert_eq!(days.free_from("a.example", Date::MAX), None);
    }
}
