//! Sets of unique identifiers of messages, as ranges: a whole folder takes a few bytes.
//!
//! Must not: unfold a range that a server sent, which may claim four thousand million messages.

use std::fmt::{self, Display, Formatter};

/// A set of numbers from 1 on, kept as ascending ranges that do not touch each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UidSet {
    /// First and last of each.
    ranges: Vec<(u32, u32)>,
}

/// A text that is no set of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is no set of message numbers; one looks like 1:3,7")]
pub struct NotASet;

impl UidSet {
    /// No number at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// From `first` to `last`, in either order; 0 is no number of a message and left out.
    pub fn range(first: u32, last: u32) -> Self {
        Self::of_ranges(vec![(first, last)])
    }

    pub(crate) fn of_ranges(mut ranges: Vec<(u32, u32)>) -> Self {
        for range in &mut ranges {
            *range = (range.0.min(range.1).max(1), range.0.max(range.1));
        }
        ranges.retain(|(first, last)| first <= last);
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last);
                }
                _ => merged.push((first, last)),
            }
        }
        merged.shrink_to_fit();
        Self { ranges: merged }
    }

    /// Reads `7`, `1:3,7` or `9:5`; ranges may overlap and run backwards.
    pub fn parse(text: &str) -> Result<Self, NotASet> {
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain { digits.parse::<u32>().map_err(|_why| NotASet) } else { Err(NotASet) }
        };
        let mut ranges = Vec::new();
        for part in text.split(',') {
            let (first, last) = part.split_once(':').unwrap_or((part, part));
            ranges.push((number(first)?, number(last)?));
        }
        Ok(Self::of_ranges(ranges))
    }

    /// The ranges, first and last of each, ascending.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.ranges.iter().map(|(first, last)| u64::from(last - first) + 1).sum()
    }

    /// The smallest.
    pub fn first(&self) -> Option<u32> {
        self.ranges.first().map(|range| range.0)
    }

    /// The largest.
    pub fn last(&self) -> Option<u32> {
        self.ranges.last().map(|range| range.1)
    }

    /// Whether it holds that number.
    pub fn contains(&self, uid: u32) -> bool {
        let after = self.ranges.partition_point(|(first, _)| *first <= uid);
        after.checked_sub(1).and_then(|at| self.ranges.get(at)).is_some_and(|range| uid <= range.1)
    }

    /// All numbers, ascending. Only for sets whose size is known to be small enough.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.ranges.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::of_ranges(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut ours, mut theirs) = (self.ranges.iter(), other.ranges.iter());
        let (mut a, mut b) = (ours.next(), theirs.next());
        while let (Some(one), Some(two)) = (a, b) {
            let (first, last) = (one.0.max(two.0), one.1.min(two.1));
            if first <= last {
                both.push((first, last));
            }
            if one.1 < two.1 {
                a = ours.next();
            } else {
                b = theirs.next();
            }
        }
        Self::of_ranges(both)
    }

    /// What is in this one only.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut from = 0;
        for (first, last) in &self.ranges {
            let mut next = Some(*first);
            // Ranges of theirs that end before ours begins matter to none of ours that follow.
            while other.ranges.get(from).is_some_and(|range| range.1 < *first) {
                from += 1;
            }
            for (out_first, out_last) in other.ranges.iter().skip(from) {
                let Some(at) = next else { break };
                if out_first > last {
                    break;
                }
                if at < *out_first {
                    left.push((at, out_first - 1));
                }
                next = out_last.checked_add(1).map(|after| after.max(at)).filter(|at| at <= last);
            }
            if let Some(at) = next {
                left.push((at, *last));
            }
        }
        Self::of_ranges(left)
    }

    /// The same numbers in sets that hold so many at the most and are written with so few ranges
    /// that they fit into a command line.
    pub fn chunks(&self, count_max: u32) -> Vec<Self> {
        /// 21 characters each: some servers take no line of more than 8,000.
        const RANGES_MAX: usize = 300;
        let count_max = u64::from(count_max.max(1));
        let mut chunks = Vec::new();
        let mut chunk: Vec<(u32, u32)> = Vec::new();
        let mut room = count_max;
        for (first, last) in &self.ranges {
            let mut first = *first;
            loop {
                let size = u64::from(last - first) + 1;
                let taken = size.min(room);
                let end = first + u32::try_from(taken - 1).unwrap_or(u32::MAX);
                chunk.push((first, end));
                room -= taken;
                if room == 0 || chunk.len() == RANGES_MAX {
                    chunks.push(Self { ranges: std::mem::take(&mut chunk) });
                    room = count_max;
                }
                if taken == size {
                    break;
                }
                first = end + 1;
            }
        }
        if !chunk.is_empty() {
            chunks.push(Self { ranges: chunk });
        }
        chunks
    }
}

impl FromIterator<u32> for UidSet {
    fn from_iter<I: IntoIterator<Item = u32>>(uids: I) -> Self {
        Self::of_ranges(uids.into_iter().map(|uid| (uid, uid)).collect())
    }
}

impl Display for UidSet {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (at, (first, last)) in self.ranges.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            if first == last {
                write!(out, "{comma}{first}")?;
            } else {
                write!(out, "{comma}{first}:{last}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(UidSet::parse(text).unwrap().to_string(), expected, "{text}");
    }

    #[test]
    fn reads_ranges_in_any_order() {
        check("7", "7");
        check("9:5", "5:9");
        check("1:3,4,2:2", "1:4");
        check("10,1,5:4", "1,4:5,10");
        check("0:2", "1:2");
        check("0", "");
        check("1:4294967295", "1:4294967295");
        for wrong in ["", ",", "1,", "*", "1:*", "+1", "1:", "4294967296", "1 2", "-1"] {
            assert_eq!(UidSet::parse(wrong), Err(NotASet), "{wrong}");
        }
    }

    #[test]
    fn a_claimed_range_costs_nothing() {
        let all = UidSet::range(1, u32::MAX);
        assert_eq!(all.len(), u64::from(u32::MAX));
        assert_eq!(all.intersection(&UidSet::range(5, 9)).len(), 5);
        assert_eq!(UidSet::range(5, 9).minus(&all), UidSet::new());
        assert_eq!(all.minus(&UidSet::range(2, u32::MAX)), UidSet::range(1, 1));
    }

    fn numbers() -> impl Strategy<Value = BTreeSet<u32>> {
        proptest::collection::btree_set(1_u32..60, 0..40)
    }

    proptest! {
        #[test]
        fn is_a_set(a in numbers(), b in numbers(), count_max in 1_u32..9) {
            let set = |numbers: &BTreeSet<u32>| numbers.iter().copied().collect::<UidSet>();
            let (x, y) = (set(&a), set(&b));
            prop_assert_eq!(x.len(), a.len() as u64);
            prop_assert!(x.iter().eq(a.iter().copied()));
            prop_assert_eq!((x.first(), x.last()), (a.first().copied(), a.last().copied()));
            prop_assert!((0..61).all(|uid| x.contains(uid) == a.contains(&uid)));
            prop_assert_eq!(x.union(&y), set(&(&a | &b)));
            prop_assert_eq!(x.intersection(&y), set(&(&a & &b)));
            prop_assert_eq!(x.minus(&y), set(&(&a - &b)));
            if !a.is_empty() {
                prop_assert_eq!(UidSet::parse(&x.to_string()), Ok(x.clone()));
            }
            let chunks = x.chunks(count_max);
            prop_assert!(chunks.iter().all(|chunk| (1..=u64::from(count_max)).contains(&chunk.len())));
            prop_assert_eq!(chunks.iter().flat_map(UidSet::iter).collect::<Vec<_>>(), a.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn any_text_is_read(text in "[0-9:,* ]{0,30}") {
            if let Ok(set) = UidSet::parse(&text) {
                prop_assert!(set.ranges().iter().all(|(first, last)| 1 <= *first && first <= last));
            }
        }
    }
}
