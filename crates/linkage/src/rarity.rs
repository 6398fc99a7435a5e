//! How rare values are in a file.

use crate::form::Form;
use crate::text::Word;

/// Values of each field with how many records have them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    /// Field, hash, count; in order.
    values: Vec<(u8, u64, u32)>,
    /// Records that say something in a field.
    records: Vec<u32>,
}

impl Counts {
    /// Counts the values of all forms; those of one group, by its number, count once.
    pub(crate) fn new<F: Form>(forms: &mut [F], groups: &[u32]) -> Self {
        let mut all: Vec<(u8, u64, u64)> = Vec::with_capacity(forms.len() * 8);
        for (group, form) in groups.iter().zip(forms.iter_mut()) {
            let one = u64::from(*group);
            form.words(&mut |field, _, word| {
                all.push((u8::try_from(field).unwrap_or(u8::MAX), word.hash, one));
            });
        }
        all.sort_unstable();
        all.dedup();
        let mut counts = Self::default();
        for (field, hash, _) in &all {
            match counts.values.last_mut() {
                Some(last) if (last.0, last.1) == (*field, *hash) => last.2 += 1,
                _ => counts.values.push((*field, *hash, 1)),
            }
        }
        let mut speakers: Vec<(u8, u64)> =
            all.iter().map(|(field, _, one)| (*field, *one)).collect();
        speakers.sort_unstable();
        speakers.dedup();
        for (field, _) in speakers {
            let field = usize::from(field);
            if counts.records.len() <= field {
                counts.records.resize(field + 1, 0);
            }
            if let Some(count) = counts.records.get_mut(field) {
                *count += 1;
            }
        }
        counts
    }

    /// Writes into each word of a form how rare it is; `more` is 1 for a form that was not counted.
    pub(crate) fn tell<F: Form>(&self, form: &mut F, more: u32) {
        form.words(&mut |field, share, word| word.rarity = self.rarity(field, share, word, more));
    }

    fn rarity(&self, field: usize, share: f64, word: &Word, more: u32) -> f32 {
        let key = (u8::try_from(field).unwrap_or(u8::MAX), word.hash);
        let found = self.values.binary_search_by(|(field, hash, _)| (*field, *hash).cmp(&key));
        let count =
            found.ok().and_then(|at| self.values.get(at)).map_or(0, |(.., count)| *count) + more;
        let records = self.records.get(field).copied().unwrap_or(0) + more;
        let chance = chance(f64::from(count), f64::from(records), share).clamp(1e-9, 0.9);
        #[expect(clippy::cast_possible_truncation, reason = "a logarithm between -30 and 0")]
        return chance.log2() as f32;
    }
}

/// The chance that another record has a value which `count` of `records` have, and a share of the world
/// where nobody counted. The record itself does not count, and the world counts as a file in which one
/// has it. Where only a few have it, they may all be one: that is no sign of how often others do.
fn chance(count: f64, records: f64, share: f64) -> f64 {
    let others = (count - 2.0).max(0.0);
    let counted = others / (records + 200.0) * (others / 10.0).min(1.0).powi(2);
    ((count - 1.0).max(1.0) / (records + 1.0 / share)).max(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances() {
        assert!((chance(2.0, 3.0, 0.008) - 0.008).abs() < 0.001);
        assert!((chance(50.0, 5_000.0, 0.008) - 0.0096).abs() < 0.001);
        assert!(chance(2.0, 5_000.0, 0.000_02) < 0.000_1);
        assert!(chance(40.0, 5_000.0, 0.000_02) > 0.005);
    }
}
