//! What it tells of a pair that its records have no other partner.
//!
//! In a list where nearly everybody stands twice, a wife stands twice as well as her husband. Two records
//! of one house with other given names, neither of which has a partner, are then hardly two people:
//! somebody mistyped. In a list where hardly anybody stands twice, the same tells nothing. So a record that
//! lacks another partner speaks for the pair at hand by the share of records that have one: under any other
//! story it would have had one of its own.
//!
//! Must not: read a field.

/// However many have a partner, some have none.
const SHARE_MAX: f64 = 0.95;
/// From this chance on one record is another's partner.
const PARTNER_MIN: f64 = 0.5;

/// For each pair, bits for both being the same because one or both lack another partner. `chances` tells of each
/// pair how likely it is the same so far.
pub(crate) fn partners(count: usize, pairs: &[(u32, u32)], chances: &[f64]) -> Vec<f64> {
    let mut having = vec![0_u32; count];
    let mut likely = Vec::new();
    for ((a, b), chance) in pairs.iter().zip(chances) {
        let is_likely = *chance > PARTNER_MIN;
        likely.push(is_likely);
        for place in [a, b] {
            if let Some(partners) = having.get_mut(*place as usize) {
                *partners += u32::from(is_likely);
            }
        }
    }
    let share =
        having.iter().filter(|partners| **partners > 0).count() as f64 / count.max(1) as f64;
    let lack = -(1.0 - share.min(SHARE_MAX)).log2();
    let bits = pairs.iter().zip(likely).map(|((a, b), likely)| {
        let others = |place: &u32| having.get(*place as usize).copied().unwrap_or(0);
        let lacks = |place: &u32| others(place) <= u32::from(likely);
        lack * f64::from(u8::from(lacks(a)) + u8::from(lacks(b)))
    });
    bits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lacking_tells_where_most_have() {
        // Three pairs of partners; the last two records have none but maybe each other.
        let pairs = [(0, 1), (2, 3), (4, 5), (6, 7), (0, 6)];
        let bits = partners(8, &pairs, &[0.9, 0.9, 0.9, 0.1, 0.1]);
        assert!((bits[3] - 4.0).abs() < 1e-9, "{bits:?}");
        assert!((bits[4] - 2.0).abs() < 1e-9);
        let few = partners(1_000, &pairs, &[0.9, 0.9, 0.9, 0.1, 0.1]);
        assert!(few[3] < 0.1);
    }
}
