//! How the telephone numbers of two records agree.

use crate::contact::Phone;
use crate::levels::Pattern;
use crate::person::shared_rarity;

/// The best of any two: 0 the same, 1 but for the last two digits, 2 mistyped, 3 another.
pub(crate) fn put_phones(a: &[Phone], b: &[Phone], field: usize, pattern: &mut Pattern) {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let levels = pairs.map(|(x, y)| match () {
        () if x.is(y) => (0, shared_rarity(&x.last, &y.last)),
        () if x.is_next_door(y) => (1, 0.0),
        () if x.is_mistyped(y) => (2, 0.0),
        () => (3, 0.0),
    });
    if let Some((level, rarity)) = levels.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))) {
        pattern.put_rare(field, level, rarity);
    }
}
