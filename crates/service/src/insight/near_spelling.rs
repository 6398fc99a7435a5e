//! How far two spellings are apart, so that a slip of the finger can be told.

/// The letters to add, leave out, change or swap with their neighbour that make one text of the other
/// (optimal string alignment); `None` where it takes more than `most`.
pub(super) fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // Three rows of the usual table: of two letters before, of one before, and of this one.
    let mut two_before: Vec<usize> = Vec::new();
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX);
            let changed = at(&before, j) + usize::from(from != to);
            let mut least = changed.min(at(&before, j + 1) + 1).min(at(&row, j) + 1);
            let neighbours = i
                .checked_sub(1)
                .and_then(|i| a.get(i))
                .zip(j.checked_sub(1).and_then(|j| b.get(j)));
            if neighbours == Some((to, from)) && from != to {
                least = least.min(at(&two_before, j - 1) + 1);
            }
            row.push(least);
        }
        if row.iter().all(|slips| *slips > most) {
            return None;
        }
        two_before = std::mem::replace(&mut before, row);
    }
    before.last().copied().filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slips_of_the_finger_are_counted() {
        for (a, b, expected) in [
            ("jana@lindner.example", "jana@lindner.example", Some(0)),
            ("jana@lindner.example", "jnaa@lindner.example", Some(1)),
            ("jana@lindner.example", "jana@linder.example", Some(1)),
            ("jana@lindner.example", "jan@lindner.exampel", Some(2)),
            ("jana@lindner.example", "omar@lindner.example", None),
            ("", "ab", Some(2)),
            ("", "abc", None),
        ] {
            assert_eq!(slips(a, b, 2), expected, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_same_both_ways(a in "[ab]{0,6}", b in "[ab]{0,6}") {
            prop_assert_eq!(slips(&a, &b, 2), slips(&b, &a, 2));
            prop_assert_eq!(slips(&a, &b, 2) == Some(0), a == b);
        }
    }
}
